"""The edges of a picture, white on black: Canny's (1986), as ControlNets for edges were trained with."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from dalle_studio.engine.pipelines.contours import is_ridge

WEAK, STRONG = 100.0, 200.0
"""Slopes, as Sobel's filter sums them up, from which on a pixel belongs to an edge, and is sure to."""


def edges(pixels: NDArray[np.uint8]) -> NDArray[np.uint8]:
    """The edges of a picture.

    Args:
        pixels: uint8 (height, width, 3).

    Returns:
        uint8 (height, width, 3): 255 on an edge, else 0.
    """
    grey = np.pad(np.asarray(Image.fromarray(pixels).convert("L"), np.float32), 1, mode="edge")
    down, right = _slope(grey), _slope(grey.T).T
    slope = np.abs(down) + np.abs(right)
    thin = np.where(is_ridge(slope, down, right), slope, 0)
    line = _connected(thin > STRONG, thin > WEAK)
    return np.repeat(line[..., None], 3, axis=2).astype(np.uint8) * 255


def _slope(grey: NDArray[np.float32]) -> NDArray[np.float32]:
    """Sobel's filter downwards; the result is a pixel smaller at every side."""
    across = grey[:, :-2] + 2 * grey[:, 1:-1] + grey[:, 2:]
    slope: NDArray[np.float32] = (across[2:] - across[:-2]).astype(np.float32)
    return slope


def _connected(sure: NDArray[np.bool_], possible: NDArray[np.bool_]) -> NDArray[np.bool_]:
    """What is sure, and what is possible and touches it, directly or through others."""
    found = np.pad(sure, 1)
    left = np.pad(possible & ~sure, 1)
    rows, columns = np.nonzero(found)
    around = [(below, beside) for below in (-1, 0, 1) for beside in (-1, 0, 1) if below or beside]
    while len(rows):
        touched = np.zeros_like(found)
        for below, beside in around:
            touched[rows + below, columns + beside] = True
        touched &= left
        rows, columns = np.nonzero(touched)
        found |= touched
        left &= ~touched
    return found[1:-1, 1:-1]
