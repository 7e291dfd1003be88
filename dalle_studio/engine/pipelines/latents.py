"""Latents on their way from noise: where they start, and how a mask keeps what is around it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import torch
import torch.nn.functional as F

from dalle_studio.engine.base import Sample


class Blend:
    """Sets latents outside the mask back to the source, as noisy as the next step expects them.

    Blended Latent Diffusion (Avrahami et al. 2023).
    """

    def __init__(self, source: torch.Tensor, sample: Sample, scheduler: Any) -> None:
        """`source`: noise-free latents of the sample's images, (batch, channels, rows, columns)."""
        assert sample.masks is not None
        masks = torch.from_numpy(np.array(sample.masks, dtype=np.float32) / 255)[:, None].to(source.device)
        self._mask = F.adaptive_avg_pool2d(masks, (source.shape[-2], source.shape[-1])).to(source.dtype)
        self._source = source
        self._noise = noise(sample.seeds, source[0].shape, source.dtype).to(source.device)
        self._scheduler = scheduler
        self._walked = sample.steps_to_walk

    def apply(self, latents: torch.Tensor, step: int) -> torch.Tensor:
        """The latents after step number `step` (from 0), set back where the mask says so."""
        timesteps = self._scheduler.timesteps[-self._walked :]
        source = self._source
        if step + 1 < len(timesteps):
            source = self._scheduler.add_noise(source, self._noise, timesteps[step + 1].expand(len(source)))
        return (source + (latents - source) * self._mask).to(latents.dtype)


def noise(seeds: tuple[int, ...], shape: Sequence[int], dtype: torch.dtype) -> torch.Tensor:
    """Gaussian noise of shape (seeds, *shape), each picture's from its own seed."""
    return torch.cat([torch.randn(1, *shape, generator=g, dtype=dtype) for g in generators(seeds)])


def generators(seeds: tuple[int, ...]) -> list[torch.Generator]:
    """One generator a picture, on the CPU, so that a seed gives the same noise on every device."""
    return [torch.Generator("cpu").manual_seed(seed) for seed in seeds]


def clean_latents(scheduler: Any, latents: torch.Tensor) -> torch.Tensor:
    """The latents as free of noise as can be told after a step, for a preview.

    DPM-Solver++ keeps what it expects at the end. Euler's latents grow with their noise, and are scaled back.
    """
    outputs = getattr(scheduler, "model_outputs", None)
    if outputs and outputs[-1] is not None:
        return outputs[-1]
    sigmas, place = getattr(scheduler, "sigmas", None), getattr(scheduler, "step_index", None)
    if sigmas is None or place is None:
        return latents
    return latents / float(sigmas[place] ** 2 + 1) ** 0.5
