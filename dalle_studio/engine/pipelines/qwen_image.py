"""Qwen-Image, which creates, and Qwen-Image-Edit, which changes pictures that it is shown.

Which of them a folder holds, its `model_index.json` says. The editing ones show their references to the text
encoder, too, a language model that sees; the older of the two takes a single one.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import torch
from diffusers.pipelines.qwenimage import pipeline_qwenimage_edit_plus as plus
from diffusers.pipelines.qwenimage.pipeline_qwenimage import QwenImagePipeline
from diffusers.pipelines.qwenimage.pipeline_qwenimage_edit import QwenImageEditPipeline
from diffusers.pipelines.qwenimage.pipeline_qwenimage_edit_plus import QwenImageEditPlusPipeline
from PIL import Image
from transformers import BatchFeature
from transformers.models.qwen2_vl.image_processing_pil_qwen2_vl import Qwen2VLImageProcessorPil

from dalle_studio.core.model import Model
from dalle_studio.core.sentence import say
from dalle_studio.engine.base import Sample
from dalle_studio.engine.pipelines.flow import Flow, Shown
from dalle_studio.engine.pipelines.instructions import instruction, references, shown_alike
from dalle_studio.engine.pipelines.large import read_pipeline
from dalle_studio.engine.pipelines.opening import opened
from dalle_studio.engine.watch import Watch

LONGEST = 1024
"""Tokens that the pipelines pass on at most."""


def load(model: Model, precision: str, cache: Path | None, watch: Watch) -> QwenImage:
    """Load a folder as the hub holds it. Raises ModelUnusable where it is missing or damaged."""

    def kind(*arguments: Any) -> QwenImage:
        return _KINDS[_class_name(model.folder)](*arguments)

    return opened(model, lambda: kind(model, precision, watch))


class QwenImage(Flow):
    """A loaded Qwen-Image; keeps the `Family` protocol."""

    prompt_tokens = LONGEST

    def _read_pipeline(self, folder: Path) -> Any:
        return read_pipeline(QwenImagePipeline, folder, self.precision)

    @property
    def _channels(self) -> int:
        return self._pipeline.vae.config.z_dim

    def _embed(self, prompt: str, shown: tuple[Shown, ...]) -> torch.Tensor:
        return self._pipeline.encode_prompt(prompt, device=self.device, max_sequence_length=LONGEST)[0]

    def _options(self, sample: Sample, watch: Watch) -> dict[str, Any]:
        return self._told(sample, sample.prompt, (), watch)

    def _told(self, sample: Sample, prompt: str, shown: tuple[Shown, ...], watch: Watch) -> dict[str, Any]:
        guided = self._guided(sample)
        positive, negative = self._embeddings(sample, prompt, guided, watch, shown)
        options: dict[str, Any] = {
            "prompt_embeds": positive,
            "prompt_embeds_mask": _all_of(positive),
            "true_cfg_scale": sample.guidance_scale if guided else 1.0,
            "num_images_per_prompt": len(sample.seeds),
            "max_sequence_length": LONGEST,
        }
        if negative is not None:
            options |= {
                "negative_prompt_embeds": negative,
                "negative_prompt_embeds_mask": _all_of(negative),
            }
        return options

    def _encode_one(self, image: torch.Tensor) -> torch.Tensor:
        latents = self._pipeline.vae.encode(self._for_autoencoder(image)[:, :, None]).latent_dist.mode()
        mean, spread = self._statistics(latents)
        return ((latents - mean) / spread)[:, :, 0]

    def _decode_one(self, latents: torch.Tensor) -> torch.Tensor:
        mean, spread = self._statistics(latents)
        frames = self._for_autoencoder(latents[:, :, None] * spread + mean)
        return self._pipeline.vae.decode(frames).sample[:, :, 0]

    def _pack(self, latents: torch.Tensor) -> torch.Tensor:
        return self._pipeline._pack_latents(latents, *latents.shape)

    def _repack(self, latents: torch.Tensor) -> torch.Tensor:
        return self._pack(latents)

    def _unpack(self, latents: torch.Tensor, rows: int, columns: int) -> torch.Tensor:
        height, width = rows * self._reduction, columns * self._reduction
        return self._pipeline._unpack_latents(latents, height, width, self._reduction)[:, :, 0]

    def _statistics(self, latents: torch.Tensor) -> tuple[torch.Tensor, torch.Tensor]:
        """Mean and standard deviation of the autoencoder's latents, (1, channels, 1, 1, 1): of films."""
        config = self._pipeline.vae.config
        mean, spread = (
            torch.tensor(values).view(1, -1, 1, 1, 1).to(latents)
            for values in (config.latents_mean, config.latents_std)
        )
        return mean, spread


class QwenImageEdit(QwenImage):
    """A loaded Qwen-Image-Edit; keeps the `Family` protocol. Draws nothing without being shown a picture."""

    def _read_pipeline(self, folder: Path) -> Any:
        self._reads_several = _class_name(folder) == QwenImageEditPlusPipeline.__name__
        kind = QwenImageEditPlusPipeline if self._reads_several else QwenImageEditPipeline
        pipeline = read_pipeline(kind, folder, self.precision, processor=None)
        pipeline.processor = _Processor(folder / "processor", pipeline.tokenizer)
        return pipeline

    def _parts(self, sample: Sample) -> Iterator[Sample]:
        return shown_alike(sample)

    def _embed(self, prompt: str, shown: tuple[Shown, ...]) -> torch.Tensor:
        pictures = [Image.frombytes("RGB", (width, height), data) for data, width, height in shown]
        return self._pipeline.encode_prompt(
            prompt,
            image=pictures if self._reads_several else pictures[0],
            device=self.device,
            max_sequence_length=LONGEST,
        )[0]

    def _options(self, sample: Sample, watch: Watch) -> dict[str, Any]:
        pictures = references(sample)
        if not self._reads_several and len(pictures) > 1:
            pictures = pictures[:1]
            watch.note(say("This model reads one picture only; the others were left out."))
        shown = tuple((small.tobytes(), *small.size) for small in map(self._as_read, pictures))
        told = self._told(sample, instruction(sample), shown, watch)
        return told | {"image": pictures if self._reads_several else pictures[0]}

    def _as_read(self, picture: Image.Image) -> Image.Image:
        """A picture in the size in which the pipeline shows it to the text encoder."""
        area = plus.CONDITION_IMAGE_SIZE if self._reads_several else plus.VAE_IMAGE_SIZE
        width, height = plus.calculate_dimensions(area, picture.width / picture.height)
        return self._pipeline.image_processor.resize(picture, height, width)


class _Processor:
    """What `Qwen2VLProcessor` does with pictures and text; that one needs torchvision, for films."""

    _PICTURE = "<|image_pad|>"

    def __init__(self, folder: Path, tokenizer: Any) -> None:
        self._pictures = Qwen2VLImageProcessorPil.from_pretrained(str(folder), local_files_only=True)
        self._tokenizer = tokenizer

    def __call__(self, text: list[str], images: Any, padding: bool, return_tensors: str) -> BatchFeature:
        """Token ids and patches. `text` has one place for each of `images`."""
        patches: Any = self._pictures(images=images, return_tensors=return_tensors)
        cells = self._pictures.merge_size**2
        pieces = "".join(text).split(self._PICTURE)
        spread = [self._PICTURE * int(grid.prod() // cells) for grid in patches["image_grid_thw"]]
        whole = "".join(piece + places for piece, places in zip(pieces, [*spread, ""], strict=True))
        tokens = self._tokenizer([whole], padding=padding, return_tensors=return_tensors)
        return BatchFeature({**tokens, **patches})


_KINDS: dict[str, type[QwenImage]] = {
    QwenImagePipeline.__name__: QwenImage,
    QwenImageEditPipeline.__name__: QwenImageEdit,
    QwenImageEditPlusPipeline.__name__: QwenImageEdit,
}


def _class_name(folder: Path) -> str:
    return json.loads((folder / "model_index.json").read_text(encoding="utf-8"))["_class_name"]


def _all_of(embedding: torch.Tensor) -> torch.Tensor:
    """The mask of an embedding without padding."""
    return torch.ones(embedding.shape[:2], dtype=torch.long, device=embedding.device)
