"""Which number format a model runs in: the one asked for, the one measured here or, if it is large, the usual."""

from __future__ import annotations

import copy
from pathlib import Path
from typing import Any

import torch

from dalle_studio.core.model import Model
from dalle_studio.core.sentence import say
from dalle_studio.engine.pipelines.kernels import set_up
from dalle_studio.engine.pipelines.precision import DTYPES, Precision, expected, fastest, seconds, usable
from dalle_studio.engine.watch import Watch

MEASURED_BYTES = 500_000_000
"""Size of the largest denoiser that is tried: with larger ones that takes minutes, and gigabytes."""
BATCH = 8


def settled(model: Model, precision: str, device: str) -> Precision | None:
    """The number format that is asked for or goes without saying; None where it is to be measured."""
    candidates = usable(device)
    if precision != "auto" and Precision.named(precision) in candidates:
        return Precision.named(precision)
    weights = (model.folder / "unet").glob("*.safetensors")
    return expected(candidates) if sum(file.stat().st_size for file in weights) > MEASURED_BYTES else None


def measured(
    model: Model, denoiser: Any, side: int, options: dict[str, Any], cache: Path | None, watch: Watch
) -> Precision:
    """The number format in which a denoiser, wherever it is, takes a step in the shortest time.

    Args:
        model: names what is remembered.
        denoiser: a UNet with attention to text.
        side: rows and columns of its latents.
        options: what it takes beside latents and text, for `BATCH` pictures.
        cache: see `fastest`.
        watch: is told of every trial.
    """
    device = denoiser.device

    def measure(candidate: Precision) -> float:
        watch.loading(say("finding the fastest number format"))
        trial = candidate.apply(copy.deepcopy(denoiser)).eval()
        set_up(trial, candidate, device.type)
        latents = torch.zeros(BATCH, denoiser.config.in_channels, side, side, device=device)
        text = torch.zeros(
            BATCH, 8, denoiser.config.cross_attention_dim, device=device, dtype=DTYPES[candidate.dtype]
        )

        @torch.inference_mode()
        def step() -> None:
            trial(candidate.lay(latents), 500, encoder_hidden_states=text, **options)
            if device.type == "cuda":
                torch.cuda.synchronize()

        return seconds(step)

    return fastest(f"{model.name} {model.version} {device.type}", usable(device.type), cache, measure)
