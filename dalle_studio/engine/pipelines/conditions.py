"""What the starter model is shown beside the prompt: a sketch and its contours, a picture's known part, a palette.

All of it lies on the grid of the latents and goes through a T2I-Adapter (Mou et al. 2023), whose features are
computed once for a picture and added inside the denoiser's encoder. What is absent is all zeros.
"""

from __future__ import annotations

from collections.abc import Generator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

import torch
import torch.nn.functional as F

PALETTE_CELLS = (4, 8, 16)
"""Cells along the shorter side in which a palette may keep a picture's colours."""


def channel_count(latent_channels: int) -> int:
    """Channels of the stacked conditions: three kinds of latents, three masks, three colours."""
    return 3 * latent_channels + 6


@dataclass
class Conditions:
    """Conditions of a batch, each tensor (batch, channels, rows, columns).

    Attributes:
        sketch: scaled latents of drawings of the things, and of the place or mid-grey.
        contours: scaled latents of the sketch's contours, black on white.
        coverage: how much of a cell the drawings cover, 0 to 1, one channel.
        known: scaled latents of the picture that is there already.
        known_mask: 1 where that picture is to stay, one channel.
        palette: colours, -1 to 1, three channels.
        palette_mask: 1 where the palette holds, one channel.
    """

    sketch: torch.Tensor
    contours: torch.Tensor
    coverage: torch.Tensor
    known: torch.Tensor
    known_mask: torch.Tensor
    palette: torch.Tensor
    palette_mask: torch.Tensor

    @staticmethod
    def none(like: torch.Tensor) -> Conditions:
        """No conditions at all, for latents of that shape."""
        batch, _, rows, columns = like.shape
        coverage, known, coloured = (like.new_zeros(batch, 1, rows, columns) for _ in range(3))
        colours = like.new_zeros(batch, 3, rows, columns)
        sketch, contours, picture = (torch.zeros_like(like) for _ in range(3))
        return Conditions(sketch, contours, coverage, picture, known, colours, coloured)

    def stack(self) -> torch.Tensor:
        """(batch, `channel_count`, rows, columns), with nothing drawn where nothing is covered or known."""
        return torch.cat(
            [
                self.sketch * (self.coverage > 0),
                self.coverage,
                self.known * self.known_mask,
                self.known_mask,
                self.palette * self.palette_mask,
                self.palette_mask,
                self.contours * (self.coverage > 0),
            ],
            dim=1,
        )


def pooled_palette(colours: torch.Tensor, cells: int, weight: torch.Tensor) -> torch.Tensor:
    """Colours averaged over about `cells` cells along the shorter side, at their old size.

    Args:
        colours: (batch, 3, rows, columns).
        cells: at least 1.
        weight: (batch, 1, rows, columns), 0 to 1: how much each colour counts.
    """
    rows, columns = colours.shape[-2:]
    short = min(rows, columns)
    coarse = max(1, round(rows * cells / short)), max(1, round(columns * cells / short))

    def smoothed(values: torch.Tensor) -> torch.Tensor:
        pooled = F.adaptive_avg_pool2d(values, coarse)
        return F.interpolate(pooled, size=(rows, columns), mode="bilinear", align_corners=False)

    return smoothed(colours * weight) / smoothed(weight).clamp(min=0.02)


@contextmanager
def adapted(denoiser: Any, features: Sequence[torch.Tensor]) -> Generator[None]:
    """Let a denoiser see an adapter's features, each (pictures, ...), for the length of the block.

    With classifier-free guidance the denoiser gets every picture twice; so do the features.
    """
    forward = denoiser.forward

    def shown(sample: torch.Tensor, *rest: Any, **options: Any) -> Any:
        times = len(sample) // len(features[0])
        residuals = [feature.to(sample.dtype).repeat(times, 1, 1, 1) for feature in features]
        return forward(sample, *rest, down_intrablock_additional_residuals=residuals, **options)

    denoiser.forward = shown
    try:
        yield
    finally:
        denoiser.forward = forward
