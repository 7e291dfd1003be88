"""The studio backdrop behind things of a prompt that names no place: a sweep of one colour from wall to floor."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

RGB = tuple[int, int, int]

NAMED: Mapping[str, RGB] = {
    "red": (215, 45, 45),
    "orange": (240, 140, 40),
    "yellow": (250, 215, 70),
    "green": (80, 175, 90),
    "blue": (60, 110, 215),
    "purple": (140, 80, 190),
    "pink": (245, 170, 200),
    "turquoise": (70, 200, 200),
    "brown": (140, 95, 60),
    "black": (30, 30, 32),
    "white": (245, 245, 245),
    "gray": (160, 160, 165),
    "gold": (225, 180, 70),
    "silver": (205, 208, 214),
    "beige": (232, 218, 190),
    "navy blue": (28, 40, 90),
    "teal": (30, 130, 130),
}
"""Backdrops by name; a prompt may ask for those that are words of `paint.PAINTS`."""
LIGHT: tuple[RGB, ...] = (
    NAMED["white"],
    NAMED["beige"],
    (206, 212, 220),
    (160, 206, 238),
    (246, 190, 204),
    (168, 220, 200),
    (250, 222, 120),
)
DEEP: tuple[RGB, ...] = (NAMED["teal"], NAMED["navy blue"])
"""Backdrops for those that ask for none; in some styles paint does not cover as these would have to."""
APART = 48
"""Mean difference of red, green and blue, in levels, from which on a colour stands out before another."""

NEARLY = 0.1
"""Colours before which so much less of a thing stands out than before the best one are as good."""


def chosen(drawings: Sequence[NDArray[np.uint8]], rng: np.random.Generator, *, deep: bool) -> RGB:
    """A colour before which every one of some things stands out.

    Args:
        drawings: of the things, each (height, width, 4): RGB and alpha; at least one.
        rng: chooses among the best.
        deep: whether it may be one of `DEEP`.
    """
    grounds = LIGHT + DEEP if deep else LIGHT
    seen = [drawing[drawing[..., 3] > 127, :3].astype(np.float32) for drawing in drawings]
    contrast = [min(_share_apart(each, ground) for each in seen) for ground in grounds]
    best = [
        ground for ground, share in zip(grounds, contrast, strict=True) if share >= max(contrast) - NEARLY
    ]
    return best[int(rng.integers(len(best)))]


def _share_apart(pixels: NDArray[np.float32], ground: RGB) -> float:
    """How much of a thing, pixels (count, 3), differs clearly from a ground, 0 to 1."""
    return float((np.abs(pixels - ground).mean(axis=1) > APART).mean())


def sweep(colour: RGB, rows: int, columns: int) -> NDArray[np.float32]:
    """The backdrop, (rows, columns, 3), 0 to 255: lit from above, darker at the foot and in the corners."""
    down, across = np.mgrid[-1 : 1 : rows * 1j, -1 : 1 : columns * 1j].astype(np.float32)
    height = np.interp(down, (-1, -0.4, 0.1, 0.5, 1), (0.96, 1.02, 1.03, 0.98, 0.9))
    corners = np.clip((down**2 + across**2 - 0.55) / 1.45, 0, 1)
    light = (height * (1 - 0.14 * corners))[..., None]
    return np.clip(np.array(colour, np.float32) * light, 0, 255).astype(np.float32)
