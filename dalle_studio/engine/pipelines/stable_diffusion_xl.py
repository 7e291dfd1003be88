"""Stable Diffusion XL (Podell et al. 2023), base and few-step ones such as Lightning: a second text encoder, its
pooled tokens and the picture's size tell the denoiser more, and the autoencoder needs float32's range."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import torch
from diffusers.pipelines.stable_diffusion_xl.pipeline_stable_diffusion_xl import StableDiffusionXLPipeline
from diffusers.pipelines.stable_diffusion_xl.pipeline_stable_diffusion_xl_img2img import (
    StableDiffusionXLImg2ImgPipeline,
)

from dalle_studio.core.model import Model
from dalle_studio.engine.pipelines.opening import opened
from dalle_studio.engine.pipelines.precision import Precision
from dalle_studio.engine.pipelines.stable_diffusion import StableDiffusion, Text
from dalle_studio.engine.watch import Watch

_TIME_IDS = 6
"""Numbers that say size, crop and target size."""


def load(model: Model, precision: str, cache: Path | None, watch: Watch) -> StableDiffusionXL:
    """Load a diffusers folder. Raises ModelUnusable where it is missing or damaged."""
    return opened(model, lambda: StableDiffusionXL(model, precision, cache, watch))


class StableDiffusionXL(StableDiffusion):
    """A loaded Stable Diffusion XL model; keeps the `Family` protocol."""

    creates: Any = StableDiffusionXLPipeline
    varies: Any = StableDiffusionXLImg2ImgPipeline
    text_encoders = (("tokenizer", "text_encoder"), ("tokenizer_2", "text_encoder_2"))
    guided_tensors = ("prompt_embeds", "add_text_embeds", "add_time_ids")

    @property
    def _vae_precision(self) -> Precision:
        """Float32 where the autoencoder says that it overflows in less, or loses what it cannot spare."""
        if not self._create.vae.config.force_upcast:
            return self._precision
        return Precision("float32", self._precision.channels_last)

    def _options(self) -> dict[str, Any]:
        return {"add_watermarker": False}

    def _start(self, images: torch.Tensor) -> torch.Tensor:
        """As latents: the pipeline would change the autoencoder's number format for good."""
        return self._encode_each(images)

    def _said(self, prompt: str, negative: str, guided: bool) -> Text:
        embeddings, negatives, pooled, negatives_pooled = self._create.encode_prompt(
            prompt, device=self.device, do_classifier_free_guidance=guided, negative_prompt=negative or None
        )
        return {
            "prompt_embeds": embeddings,
            "negative_prompt_embeds": negatives,
            "pooled_prompt_embeds": pooled,
            "negative_pooled_prompt_embeds": negatives_pooled,
        }

    def _options_of_step(self, count: int) -> dict[str, Any]:
        unet = self._create.unet
        width = unet.config.projection_class_embeddings_input_dim
        pooled = width - _TIME_IDS * unet.config.addition_time_embed_dim
        blank = torch.zeros(count, pooled + _TIME_IDS, device=self.device, dtype=unet.dtype)
        text, sizes = blank.split((pooled, _TIME_IDS), dim=1)
        return {"added_cond_kwargs": {"text_embeds": text, "time_ids": sizes}}
