"""Colours: how they are made and mixed, those of plain grounds, and what the studio itself paints sprites with."""

from __future__ import annotations

import colorsys

import numpy as np

from dalle_studio.engine.pipelines.backdrop import NAMED
from dalle_studio.engine.pipelines.paint import COLOUR_NAMES, PAINTS, Sprite, repaint, shift_hue

__all__ = [
    "COLOUR_NAMES", "GROUNDS", "PAINTS", "QUIET_GROUNDS", "RGB", "WHITE", "Sprite", "hsv", "mix", "near",
    "repaint", "shift_hue", "times",
]  # fmt: skip

RGB = tuple[float, float, float]
"""Red, green, blue, each 0 to 255."""
WHITE: RGB = (255, 255, 255)

GROUNDS: dict[str, RGB] = {
    name: NAMED[name]
    for name in (
        "red", "orange", "yellow", "green", "blue", "purple", "pink", "turquoise", "white", "gray", "black",
        "beige", "navy blue", "teal",
    )
}  # fmt: skip
QUIET_GROUNDS = ("white", "gray", "black", "beige")
"""Grounds so common behind a thing that a caption may leave them out."""


def hsv(hue: float, saturation: float, value: float) -> RGB:
    """RGB of a hue (in turns, any real number) with saturation and value 0 to 1, clipped."""
    red, green, blue = colorsys.hsv_to_rgb(hue % 1, min(max(saturation, 0), 1), min(max(value, 0), 1))
    return red * 255, green * 255, blue * 255


def near(rng: np.random.Generator, colour: RGB, spread: float = 12) -> RGB:
    """A colour close to another: every channel moves by up to `spread`."""
    red, green, blue = np.clip(np.array(colour) + rng.uniform(-spread, spread, 3), 0, 255).tolist()
    return red, green, blue


def mix(one: RGB, other: RGB, share: float) -> RGB:
    """A colour between two; `share` 0 is `one`, 1 is `other`."""
    return (
        one[0] + (other[0] - one[0]) * share,
        one[1] + (other[1] - one[1]) * share,
        one[2] + (other[2] - one[2]) * share,
    )


def times(colour: RGB, factor: RGB | float) -> RGB:
    """A colour under light of another colour or brightness."""
    red, green, blue = (factor,) * 3 if isinstance(factor, float | int) else factor
    return min(colour[0] * red, 255.0), min(colour[1] * green, 255.0), min(colour[2] * blue, 255.0)
