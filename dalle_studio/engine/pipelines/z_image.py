"""Z-Image: creates, varies and repaints; its turbo needs eight or nine steps and no guidance."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import torch
from diffusers.pipelines.z_image.pipeline_z_image import ZImagePipeline

from dalle_studio.core.model import Model
from dalle_studio.engine.base import Sample
from dalle_studio.engine.pipelines.flow import Flow, Shown
from dalle_studio.engine.pipelines.large import read_pipeline
from dalle_studio.engine.pipelines.opening import opened
from dalle_studio.engine.watch import Watch


def load(model: Model, precision: str, cache: Path | None, watch: Watch) -> ZImage:
    """Load a folder as the hub holds it. Raises ModelUnusable where it is missing or damaged."""
    return opened(model, lambda: ZImage(model, precision, watch))


class ZImage(Flow):
    """A loaded Z-Image; keeps the `Family` protocol."""

    prompt_tokens = 504  # of 512, eight are the template's

    def _read_pipeline(self, folder: Path) -> Any:
        return read_pipeline(ZImagePipeline, folder, self.precision)

    @property
    def _width(self) -> int:
        return self._pipeline.transformer.config.dim

    @property
    def _channels(self) -> int:
        return self._pipeline.transformer.in_channels

    def _embed(self, prompt: str, shown: tuple[Shown, ...]) -> torch.Tensor:
        embeddings, _ = self._pipeline.encode_prompt(prompt, self.device, do_classifier_free_guidance=False)
        return embeddings[0]

    def _options(self, sample: Sample, watch: Watch) -> dict[str, Any]:
        guided, count = self._guided(sample), len(sample.seeds)
        positive, negative = self._embeddings(sample, sample.prompt, guided, watch)
        return {
            "prompt_embeds": [positive] * count,
            "negative_prompt_embeds": None if negative is None else [negative] * count,
            "guidance_scale": sample.guidance_scale - 1 if guided else 0.0,  # it counts from the prompt on
        }

    def _encode_one(self, image: torch.Tensor) -> torch.Tensor:
        autoencoder = self._pipeline.vae
        latents = autoencoder.encode(self._for_autoencoder(image)).latent_dist.mode()
        return (latents - autoencoder.config.shift_factor) * autoencoder.config.scaling_factor

    def _decode_one(self, latents: torch.Tensor) -> torch.Tensor:
        config = self._pipeline.vae.config
        latents = latents / config.scaling_factor + config.shift_factor
        return self._pipeline.vae.decode(self._for_autoencoder(latents)).sample

    def _pack(self, latents: torch.Tensor) -> torch.Tensor:
        return latents

    def _repack(self, latents: torch.Tensor) -> torch.Tensor:
        return latents

    def _unpack(self, latents: torch.Tensor, rows: int, columns: int) -> torch.Tensor:
        return latents
