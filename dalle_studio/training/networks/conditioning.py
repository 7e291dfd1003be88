"""Conditions for training: which of sketch, known part and palette a picture is shown, drawn by lot."""

from __future__ import annotations

from dataclasses import dataclass

import cv2
import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor

from dalle_studio.engine.pipelines.conditions import PALETTE_CELLS, Conditions, pooled_palette
from dalle_studio.training.pictures.pairs import GRID, Pair


@dataclass(frozen=True)
class Shares:
    """Shares of the pictures of a batch.

    Attributes:
        inpainted: of which a part is known already.
        with_palette: that come with their colours, as variations do.
        palette_alone: of those, that come without a sketch.
        unsketched: of those without their colours, that come without a sketch too.
        unadapted: made from the caption alone, as by a pipeline that knows no adapter.
    """

    inpainted: float = 0.3
    with_palette: float = 0.25
    palette_alone: float = 0.7
    unsketched: float = 0.0
    unadapted: float = 0.05


USUAL = Shares()


def random_conditions(
    pair: Pair, scale: float, rng: np.random.Generator, shares: Shares = USUAL
) -> Conditions:
    """Conditions for a batch of pairs; the same state of `rng` gives the same ones."""
    count, device = len(pair.pictures), pair.pictures.device
    has_palette = rng.random(count) < shares.with_palette
    has_sketch = rng.random(count) >= np.where(has_palette, shares.palette_alone, shares.unsketched)
    known_mask = torch.from_numpy(np.stack([_known(rng, shares.inpainted) for _ in range(count)]))
    known_mask = known_mask.to(device)[:, None]
    coverage = pair.coverage * _column(has_sketch, device)
    cells = PALETTE_CELLS[int(rng.integers(len(PALETTE_CELLS)))]
    return Conditions(
        sketch=pair.sketches * scale,
        contours=pair.contours * scale,
        coverage=coverage * (1 - known_mask),
        known=pair.pictures * scale,
        known_mask=known_mask,
        palette=pooled_palette(pair.colours, cells, 1 - coverage),
        palette_mask=(1 - coverage) * _column(has_palette, device),
    )


def unadapted(count: int, rng: np.random.Generator, device: torch.device, shares: Shares = USUAL) -> Tensor:
    """Factor on an adapter's features, (count, 1, 1, 1): 0 for a picture made from its caption alone."""
    return _column(rng.random(count) >= shares.unadapted, device)


def _column(flags: NDArray[np.bool_], device: torch.device) -> Tensor:
    return torch.from_numpy(flags.astype(np.float32)).to(device).view(-1, 1, 1, 1)


def _known(rng: np.random.Generator, share: float) -> NDArray[np.float32]:
    """Mask of what is known already, (GRID, GRID): mostly nothing, else all but a hole or one side of it."""
    if rng.random() >= share:
        return np.zeros((GRID, GRID), np.float32)
    hole = np.zeros((GRID, GRID), np.float32)
    kind = rng.random()
    if kind < 0.3:
        _side(hole, rng)
    elif kind < 0.6:
        left, top = rng.integers(0, GRID - 4, 2)
        wide, high = rng.integers(4, GRID - 2, 2)
        hole[top : top + high, left : left + wide] = 1
    else:
        for _ in range(rng.integers(1, 4)):
            centre = tuple(int(value) for value in rng.integers(2, GRID - 2, 2))
            radii = tuple(int(value) for value in rng.integers(2, GRID // 2, 2))
            cv2.ellipse(hole, centre, radii, float(rng.uniform(0, 180)), 0, 360, 1.0, -1)
    return 1 - hole


def _side(hole: NDArray[np.float32], rng: np.random.Generator) -> None:
    """Open one or two opposite sides, as extending a picture does."""
    view = hole if rng.random() < 0.5 else hole.T
    depth = int(rng.integers(3, GRID - 3))
    if rng.random() < 0.3:
        view[: depth // 2] = 1
        view[-(depth // 2) :] = 1
    elif rng.random() < 0.5:
        view[:depth] = 1
    else:
        view[-depth:] = 1
