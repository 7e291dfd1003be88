"""Fields of noise, (SIDE, SIDE), drawn once and kept: upright ones and such as lie on the ground."""

from __future__ import annotations

from functools import cache, lru_cache

import cv2
import numpy as np

from dalle_studio.training.draw.arrays import Floats
from dalle_studio.training.draw.frame import SIDE, grids

VARIANTS = 8
"""How many noises of each kind there are; each is also mirrored."""


@lru_cache(512)
def noise_field(across: int, down: int, octaves: int, variant: int) -> Floats:
    """One of the noises that pictures choose from; half as wide as a picture where that is enough."""
    rng = np.random.default_rng((across, down, octaves, variant))
    side = SIDE // 2 if (max(across, down) << octaves) <= SIDE else SIDE
    total, size = np.zeros((side, side), np.float32), 1.0
    for octave in range(octaves):
        cells = (min(SIDE, (down << octave) + 3), min(SIDE, (across << octave) + 3))
        coarse = rng.random(cells, np.float32)
        total += np.float32(size) * cv2.resize(coarse, (side, side), interpolation=cv2.INTER_CUBIC)
        size *= 0.5
    return np.clip((total / np.float32(2 - 2 * size) - 0.5) * 1.5 + 0.5, 0, 1)


@lru_cache(256)
def lying_noise(across: int, down: int, octaves: int, variant: int) -> Floats:
    """A noise as it looks on flat ground below a horizon at the upper edge."""
    shape = (SIDE, SIDE)
    flat_noise = cv2.resize(
        noise_field(across, down, octaves, variant), shape, interpolation=cv2.INTER_LINEAR
    )
    columns, rows, fade = _floor_maps()
    seen = cv2.remap(flat_noise, columns, rows, cv2.INTER_LINEAR, borderMode=cv2.BORDER_REFLECT)
    return (cv2.blur(seen, (3, 1)) - 0.5) * fade + 0.5


@cache
def _floor_maps() -> tuple[Floats, Floats, Floats]:
    """Where a pixel `row` below the horizon looks on flat ground, and how much of it can be told."""
    rows, columns = grids()
    away = rows + 20
    return (columns - SIDE / 2) * 110 / away + SIDE / 2, 42000 / away, np.clip((rows - 2) / 60, 0, 1)
