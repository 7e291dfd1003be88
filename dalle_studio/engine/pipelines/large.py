"""What the families of large models have in common, from the opening of their folders to their pixels.

Local files only, safetensors only, and the weights in the wanted number format at once. Where parts lie, how many
pictures fit and what to do where memory is short, is decided here for all of them.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import diffusers
import numpy as np
import torch
import transformers

from dalle_studio.core.format import Size
from dalle_studio.core.model import Model
from dalle_studio.core.sentence import say
from dalle_studio.engine.base import Pixels, Sample
from dalle_studio.engine.pipelines.device import torch_device
from dalle_studio.engine.pipelines.memory import Placement
from dalle_studio.engine.pipelines.precision import DTYPES, usable
from dalle_studio.engine.pipelines.preview import LatentPreview
from dalle_studio.engine.watch import Watch

PREVIEW_FIT_PX = 256
"""Side of the pictures that previews are fitted on, at most: encoding them takes its time."""

SOFTWARE = (
    f"torch {torch.__version__}, diffusers {diffusers.__version__}, transformers {transformers.__version__}"
)


def read_pipeline(kind: Any, folder: Path, number_format: str, **parts: Any) -> Any:
    """A diffusers pipeline of a class, its weights never in another number format than the wanted one.

    Args:
        kind: the pipeline's class.
        folder: as the hub holds it, with a `model_index.json`.
        number_format: a key of `DTYPES`.
        parts: those that are not to be read from the folder.
    """
    if not (
        folder / "model_index.json"
    ).is_file():  # diffusers would take the path for a repository on the hub
        raise FileNotFoundError(f"no model_index.json in {folder}")
    pipeline = kind.from_pretrained(
        str(folder),
        dtype=DTYPES[number_format],
        local_files_only=True,
        use_safetensors=True,
        **parts,
    )
    pipeline.set_progress_bar_config(disable=True)
    return pipeline


def number_format(precision: str, device: str) -> str:
    """The number format for a wanted precision, a key of `DTYPES`.

    Where none is wanted, or it cannot be had, bfloat16 if the device has it: models this large gain more from
    half the memory than from a measurement, and their layouts make no difference.
    """
    formats = {candidate.dtype for candidate in usable(device)}
    wanted = precision.split()[0]
    if wanted in formats:
        return wanted
    return "bfloat16" if "bfloat16" in formats else "float32"


class Large(ABC):
    """A loaded model; keeps the `Family` protocol.

    The CPU draws one picture at a time: it is no slower there, and whatever the batch, the kernels are the same
    and so are the bits. On an accelerator a batch is one; its last bits may then depend on its size.
    """

    multiple_px: int

    def __init__(self, model: Model, precision: str, watch: Watch) -> None:
        """Load the folder `model.folder`."""
        self.native_px = model.native_px
        self.device = torch_device()
        self.software = SOFTWARE
        self.precision = number_format(precision, self.device)
        self._pipelines = self._read(model, watch)
        watch.check()
        side = self.native_px
        bytes_per_px = self._bytes_per_picture(Size(side, side)) // side**2
        self._placement = Placement(self._pipelines, self.device, self.precision, bytes_per_px, side)
        self._placement.settle(watch)
        with torch.inference_mode():
            self._preview = LatentPreview(self._encode_one, min(self.native_px, PREVIEW_FIT_PX))
        watch.check()

    @abstractmethod
    def _read(self, model: Model, watch: Watch) -> list[Any]:
        """Read all parts; returns the pipelines that they are used by."""

    @abstractmethod
    def _denoise(self, sample: Sample, first_index: int, watch: Watch) -> torch.Tensor:
        """Noise-free latents of the batch, (batch, channels, rows, columns)."""

    @abstractmethod
    def _encode_one(self, image: torch.Tensor) -> torch.Tensor:
        """(1, 3, height, width) from -1 to 1 -> latents (1, channels, rows, columns)."""

    @abstractmethod
    def _decode_one(self, latents: torch.Tensor) -> torch.Tensor:
        """The way back."""

    @abstractmethod
    def _bytes_per_picture(self, size: Size) -> int:
        """Memory that one picture of a batch takes at most, roughly."""

    @abstractmethod
    def steps_of(self, sample: Sample) -> int:
        """See `Family.steps_of`."""

    def _note(self, sample: Sample, watch: Watch) -> None:
        """Tell what of the sample is left out."""
        if sample.structure is not None:
            watch.note(say("This model cannot follow another picture's edges or depth; they were left out."))

    def _parts(self, sample: Sample) -> Iterator[Sample]:
        """The sample as it can go through the pipelines: whole, or picture by picture."""
        yield sample

    @property
    def memory(self) -> str:
        """See `Family.memory`."""
        return self._placement.words

    def make_room(self) -> str | None:
        """See `Family.make_room`."""
        return self._placement.make_room()

    def batch_limit(self, size: Size) -> int:
        """See `Family.batch_limit`."""
        return 1 if self.device == "cpu" else self._placement.limit(size)

    @torch.inference_mode()
    def sample(self, sample: Sample, first_index: int, watch: Watch) -> Pixels:
        """Draw the batch; see `Family.sample`."""
        watch.check()
        self._note(sample, watch)
        drawn: list[Pixels] = []
        with self._placement.drawing(sample.size, len(sample.seeds)):
            for part in self._parts(sample):
                index = first_index + sum(len(pixels) for pixels in drawn)
                drawn.append(self._decode(self._denoise(part, index, watch), watch.check))
        return np.concatenate(drawn)

    @torch.inference_mode()
    def autoencode(self, images: Pixels) -> Pixels:
        """A round trip through the autoencoder; see `Family.autoencode`."""
        with self._placement.drawing(Size(images.shape[2], images.shape[1]), len(images)):
            return self._decode(self._encode(images))

    def _encode(self, images: Pixels) -> torch.Tensor:
        """Latents of uint8 (batch, height, width, 3), in float32; one at a time, to the same bits in any batch."""
        tensor = to_tensor(images).to(self.device)
        return torch.cat([self._encode_one(image[None]).float() for image in tensor])

    def _decode(self, latents: torch.Tensor, check: Callable[[], None] = lambda: None) -> Pixels:
        pictures: list[torch.Tensor] = []
        for latent in latents:  # one at a time: less memory, and a cancel in between
            check()
            pictures.append(self._decode_one(latent[None])[0].float())
        pixels = (torch.stack(pictures) * 127.5 + 127.5).round().clamp(0, 255).to(torch.uint8)
        return pixels.permute(0, 2, 3, 1).cpu().numpy()


def to_tensor(images: Pixels) -> torch.Tensor:
    """uint8 (n, h, w, 3) -> (n, 3, h, w) from -1 to 1."""
    return torch.from_numpy(np.array(images)).permute(0, 3, 1, 2) / 127.5 - 1


def alone(sample: Sample) -> Iterator[Sample]:
    """Each picture of a sample as a sample of its own."""
    for number, seed in enumerate(sample.seeds):
        one = slice(number, number + 1)
        yield replace(
            sample,
            seeds=(seed,),
            images=None if sample.images is None else sample.images[one],
            masks=None if sample.masks is None else sample.masks[one],
        )


def alike(images: Pixels) -> bool:
    """Whether all of some pictures are the same."""
    return all(np.array_equal(image, images[0]) for image in images[1:])


def note_truncation(tokenizer: Any, prompt: str, most: int, watch: Watch) -> None:
    """Tell what of a prompt comes after the `most` tokens that a model reads."""
    tokens = tokenizer(prompt, add_special_tokens=False).input_ids
    if len(tokens) > most:
        lost = tokenizer.decode(tokens[most:])[:80].strip()
        watch.note(say("The prompt is too long for this model; it did not read from “{lost}” on.", lost=lost))
