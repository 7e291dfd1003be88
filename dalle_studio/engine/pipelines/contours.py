"""The contours of a sketch: thin black lines on white, where colours meet (Canny 1986, without its hysteresis).

Styles that are made of lines need them sharper than latents of the sketch itself can say.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageFilter

SMOOTHING_PX = 1.1
LOW, HIGH = 7.0, 20.0
"""Grey levels a pixel at which a line begins to show, and at which it is black."""
WIDTH_PX, INK = 0.8, 2.2
"""Spread of a line, and what makes up for the darkness that spreading costs."""


def contours(pixels: NDArray[np.uint8]) -> NDArray[np.uint8]:
    """Contours of a picture.

    Args:
        pixels: uint8 (height, width, 3).

    Returns:
        uint8 (height, width, 3), grey.
    """
    smooth = np.asarray(Image.fromarray(pixels).filter(ImageFilter.GaussianBlur(SMOOTHING_PX)), np.float32)
    down, right = (np.gradient(smooth, axis=axis) for axis in (0, 1))
    strength = down**2 + right**2
    strongest = strength.argmax(axis=2)[..., None]
    down, right, strength = (
        np.take_along_axis(each, strongest, axis=2)[..., 0] for each in (down, right, np.sqrt(strength))
    )
    thin = np.where(is_ridge(strength, down, right), strength, 0)
    shade = Image.fromarray((np.clip((thin - LOW) / (HIGH - LOW), 0, 1) * 255).astype(np.uint8))
    spread = np.asarray(shade.filter(ImageFilter.GaussianBlur(WIDTH_PX)), np.float32)
    line = 255 - np.clip(spread * INK, 0, 255).astype(np.uint8)
    return np.repeat(line[..., None], 3, axis=2)


def is_ridge(
    strength: NDArray[np.float32], down: NDArray[np.float32], right: NDArray[np.float32]
) -> NDArray[np.bool_]:
    """Where no neighbour across the line is stronger, for slopes (height, width) of such directions."""
    padded = np.pad(strength, 1)
    height, width = strength.shape

    def neighbour(below: int, beside: int) -> NDArray[np.float32]:
        return padded[1 + below : 1 + below + height, 1 + beside : 1 + beside + width]

    steep, flat = np.abs(down) > 2.4142 * np.abs(right), np.abs(right) > 2.4142 * np.abs(down)
    falling = down * right > 0
    across = [
        (steep, (1, 0)),
        (flat, (0, 1)),
        (~steep & ~flat & falling, (1, 1)),
        (~steep & ~flat & ~falling, (1, -1)),
    ]
    ridge = np.zeros(strength.shape, np.bool_)
    for where, (below, beside) in across:
        highest = (strength >= neighbour(below, beside)) & (strength > neighbour(-below, -beside))
        ridge |= where & highest
    return ridge
