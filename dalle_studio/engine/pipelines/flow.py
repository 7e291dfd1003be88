"""What the families of flow-matching transformers have in common (Lipman et al. 2023).

Each needs one pipeline of diffusers, the one that creates. A picture is started from by latents part-way to noise
and a schedule that begins there (see `schedule.py`), and repainted by setting the latents outside the mask back to
the source after every step (see `latents.py`). Sizes, packing and what a model is told differ.
"""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Callable
from functools import lru_cache
from pathlib import Path
from typing import Any, ClassVar

import torch

from dalle_studio.core.format import Size
from dalle_studio.core.model import Model
from dalle_studio.core.sentence import say
from dalle_studio.engine.base import Pixels, Sample
from dalle_studio.engine.pipelines.large import Large, note_truncation
from dalle_studio.engine.pipelines.latents import Blend, noise
from dalle_studio.engine.pipelines.lora import Wardrobe
from dalle_studio.engine.pipelines.precision import DTYPES
from dalle_studio.engine.pipelines.schedule import PartialSchedule
from dalle_studio.engine.watch import Watch

ACTIVATIONS = 40
"""Tensors as large as a layer's output that a step holds at most, roughly."""

UNGUIDED = say("The negative prompt was left out: without guidance, this model takes none.")
Shown = tuple[bytes, int, int]
"""A picture that the text encoder is shown: red, green and blue, width, height."""


class Flow(Large):
    """A loaded model; keeps the `Family` protocol."""

    prompt_tokens: ClassVar[int]
    """How many tokens of a prompt are read."""
    _walked: torch.Tensor
    """Latents as the last step left them, (batch, channels, rows, columns)."""

    def _read(self, model: Model, watch: Watch) -> list[Any]:
        self._pipeline = self._read_pipeline(model.folder)
        self._schedule: Any = PartialSchedule.from_config(self._pipeline.scheduler.config)
        self._pipeline.scheduler = self._schedule
        self._reduction: int = self._pipeline.vae_scale_factor
        self.multiple_px = 2 * self._reduction  # the transformer reads latents two by two
        self._embedded = lru_cache(maxsize=16)(self._embed)
        self._wardrobe = Wardrobe(model, self._pipeline, self._settle_layers)
        return [self._pipeline]

    @abstractmethod
    def _read_pipeline(self, folder: Path) -> Any:
        """The pipeline in a folder."""

    @abstractmethod
    def _embed(self, prompt: str, shown: tuple[Shown, ...]) -> torch.Tensor:
        """What the text encoder makes of a prompt, and of the pictures that it is shown with it."""

    @abstractmethod
    def _options(self, sample: Sample, watch: Watch) -> dict[str, Any]:
        """What the pipeline is called with, beside what all have in common."""

    @abstractmethod
    def _pack(self, latents: torch.Tensor) -> torch.Tensor:
        """(batch, channels, rows, columns) -> what the pipeline takes as its first latents."""

    @abstractmethod
    def _repack(self, latents: torch.Tensor) -> torch.Tensor:
        """(batch, channels, rows, columns) -> what the pipeline takes back after a step."""

    @abstractmethod
    def _unpack(self, latents: torch.Tensor, rows: int, columns: int) -> torch.Tensor:
        """What the pipeline hands out after a step -> (batch, channels, rows, columns)."""

    @property
    @abstractmethod
    def _channels(self) -> int:
        """Of its latents."""

    def sample(self, sample: Sample, first_index: int, watch: Watch) -> Pixels:
        """See `Family.sample`."""
        self._wardrobe.wear(sample.loras, watch)
        return super().sample(sample, first_index, watch)

    def steps_of(self, sample: Sample) -> int:
        """See `Family.steps_of`."""
        return sample.steps_to_walk

    @property
    def _width(self) -> int:
        """Of the transformer's tokens."""
        return self._pipeline.transformer.inner_dim

    def _bytes_per_picture(self, size: Size) -> int:
        tokens = size.area_px // self.multiple_px**2 + self.prompt_tokens
        return ACTIVATIONS * self._width * tokens * DTYPES[self.precision].itemsize

    def _guided(self, sample: Sample) -> bool:
        """Whether classifier-free guidance is computed."""
        return sample.guidance_scale > 1

    def _note(self, sample: Sample, watch: Watch) -> None:
        super()._note(sample, watch)
        if sample.negative_prompt and not self._guided(sample):
            watch.note(UNGUIDED)

    def _denoise(self, sample: Sample, first_index: int, watch: Watch) -> torch.Tensor:
        rows, columns = self._grid(sample)
        latents = noise(sample.seeds, (self._channels, rows, columns), torch.float32).to(self.device)
        start = None
        if sample.images is not None:
            start = self._encode(sample.images)
            latents = start + (latents - start) * sample.strength
        options = self._options(sample, watch)
        watch.check()
        self._schedule.begin_at(sample.strength, sample.steps_to_walk)
        self._pipeline(
            latents=self._pack(latents),
            width=sample.size.width_px,
            height=sample.size.height_px,
            num_inference_steps=sample.steps,
            output_type="latent",
            callback_on_step_end=self._after_step(sample, start, first_index, watch),
            callback_on_step_end_tensor_inputs=["latents"],
            **options,
        )
        return self._walked

    def _after_step(
        self, sample: Sample, start: torch.Tensor | None, first_index: int, watch: Watch
    ) -> Callable[[Any, int, Any, dict[str, torch.Tensor]], dict[str, torch.Tensor]]:
        """What diffusers calls at the end of each step: where a cancel takes effect and previews are shown."""
        blend = None
        if start is not None and sample.masks is not None:
            blend = Blend(start, sample, self._schedule)

        def after_step(
            pipeline: Any, step: int, timestep: Any, values: dict[str, torch.Tensor]
        ) -> dict[str, torch.Tensor]:
            watch.step()
            latents = self._unpack(values["latents"], *self._grid(sample)).float()
            if blend is not None:
                latents = blend.apply(latents, step)
                values["latents"] = self._repack(latents).to(values["latents"].dtype)
            self._walked = latents
            clean = self._unpack(self._schedule.clean, *self._grid(sample))
            for index, pixels in enumerate(self._preview.render(clean)):
                watch.preview(first_index + index, pixels)
            return values

        return after_step

    def _settle_layers(self) -> None:
        """Bring layers that came later into the format of the others; diffusers puts them where those are."""
        self._pipeline.transformer.to(DTYPES[self.precision])

    def _grid(self, sample: Sample) -> tuple[int, int]:
        """Rows and columns of the sample's latents."""
        return sample.size.height_px // self._reduction, sample.size.width_px // self._reduction

    def _embeddings(
        self, sample: Sample, prompt: str, guided: bool, watch: Watch, shown: tuple[Shown, ...] = ()
    ) -> tuple[torch.Tensor, torch.Tensor | None]:
        """What the text encoder makes of a prompt, and where guided of the negative prompt."""
        watch.check()
        note_truncation(self._pipeline.tokenizer, prompt, self.prompt_tokens, watch)
        positive = self._embedded(prompt, shown)
        watch.check()
        return positive, self._embedded(sample.negative_prompt, shown) if guided else None

    def _for_autoencoder(self, tensor: torch.Tensor) -> torch.Tensor:
        return tensor.to(self.device, self._pipeline.vae.dtype)
