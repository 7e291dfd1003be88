"""FLUX.2 Klein: creates, and edits pictures that it is shown.

The picture around a mask is shown to it as a reference, too, as diffusers' `Flux2KleinInpaintPipeline` does; that
one, though, loses thin strokes, resizes, and takes one picture for all. Distilled models take no guidance.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import torch
from diffusers.pipelines.flux2.pipeline_flux2_klein import Flux2KleinPipeline

from dalle_studio.core.model import Model
from dalle_studio.engine.base import Sample
from dalle_studio.engine.pipelines.flow import Flow, Shown
from dalle_studio.engine.pipelines.instructions import instruction, references, shown_alike
from dalle_studio.engine.pipelines.large import read_pipeline
from dalle_studio.engine.pipelines.opening import opened
from dalle_studio.engine.watch import Watch


def load(model: Model, precision: str, cache: Path | None, watch: Watch) -> Flux2:
    """Load a folder as the hub holds it. Raises ModelUnusable where it is missing or damaged."""
    return opened(model, lambda: Flux2(model, precision, watch))


class Flux2(Flow):
    """A loaded FLUX.2 Klein; keeps the `Family` protocol."""

    prompt_tokens = 500  # of 512, twelve are the template's

    def _read_pipeline(self, folder: Path) -> Any:
        return read_pipeline(Flux2KleinPipeline, folder, self.precision)

    @property
    def _channels(self) -> int:
        return self._pipeline.vae.config.latent_channels

    def _guided(self, sample: Sample) -> bool:
        return sample.guidance_scale > 1 and not self._pipeline.config.is_distilled

    def _parts(self, sample: Sample) -> Iterator[Sample]:
        return shown_alike(sample)

    def _embed(self, prompt: str, shown: tuple[Shown, ...]) -> torch.Tensor:
        return self._pipeline.encode_prompt(prompt, self.device)[0]

    def _options(self, sample: Sample, watch: Watch) -> dict[str, Any]:
        guided, count = self._guided(sample), len(sample.seeds)
        positive, negative = self._embeddings(sample, instruction(sample), guided, watch)
        return {
            "image": references(sample) or None,
            "prompt_embeds": positive.expand(count, -1, -1),
            "negative_prompt_embeds": None if negative is None else negative.expand(count, -1, -1),
            "guidance_scale": sample.guidance_scale if guided else 1.0,
        }

    def _encode_one(self, image: torch.Tensor) -> torch.Tensor:
        latents = self._pipeline.vae.encode(self._for_autoencoder(image)).latent_dist.mode()
        mean, spread = self._statistics(latents)
        return self._pipeline._unpatchify_latents((self._pack(latents) - mean) / spread)

    def _decode_one(self, latents: torch.Tensor) -> torch.Tensor:
        mean, spread = self._statistics(latents)
        latents = self._pipeline._unpatchify_latents(self._pack(latents) * spread + mean)
        return self._pipeline.vae.decode(self._for_autoencoder(latents)).sample

    def _pack(self, latents: torch.Tensor) -> torch.Tensor:
        return self._pipeline._patchify_latents(latents)

    def _repack(self, latents: torch.Tensor) -> torch.Tensor:
        return self._pipeline._pack_latents(self._pack(latents))

    def _unpack(self, latents: torch.Tensor, rows: int, columns: int) -> torch.Tensor:
        patches = latents.permute(0, 2, 1).unflatten(2, (rows // 2, columns // 2))
        return self._pipeline._unpatchify_latents(patches)

    def _statistics(self, latents: torch.Tensor) -> tuple[torch.Tensor, torch.Tensor]:
        """Mean and standard deviation of the autoencoder's latents, two by two in one."""
        norm = self._pipeline.vae.bn
        mean, variance = (
            values.view(1, -1, 1, 1).to(latents) for values in (norm.running_mean, norm.running_var)
        )
        return mean, (variance + self._pipeline.vae.config.batch_norm_eps).sqrt()
