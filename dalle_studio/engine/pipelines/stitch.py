"""A picture that goes over into a drawing, along the line on which the two differ least.

This is the minimum error boundary cut of image quilting (Efros and Freeman 2001): found on a coarse grid, then
softened at the picture's own size.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from dalle_studio.core.mask import Mask

NEAREST, FARTHEST = 0.1, 0.6
"""Between which shares of what is to be drawn the line runs, counted from the picture."""
SOFTNESS = 0.01
"""How softly one goes over into the other, as a share of the picture's longer side."""

Pixels = NDArray[np.uint8]


@dataclass(frozen=True)
class Side:
    """A side of a frame that is to be drawn in full.

    Attributes:
        turns: quarter turns that bring it to the right.
        start: where it begins then, as a share of the width.
    """

    turns: int
    start: float

    def turned(self, pixels: NDArray[np.generic]) -> NDArray[np.generic]:
        """An array (height, width, ...) with that side on the right."""
        return np.rot90(pixels, self.turns)

    def band(self, width: int) -> slice:
        """The columns, of so many, among which the line runs."""
        share = 1 - self.start
        first = min(int(width * (self.start + NEAREST * share)), width - 1)
        return slice(first, max(first + 1, int(width * (self.start + FARTHEST * share))))


def open_side(mask: Mask) -> Side | None:
    """The side of a mask, uint8 (height, width), that is all there is of it; None for any other mask."""
    for turns in range(4):
        hole = np.rot90(mask, turns) > 0
        columns = np.asarray(hole.all(axis=0))
        is_straight = np.array_equal(columns, hole.any(axis=0))
        if is_straight and not columns[0] and columns[columns.argmax() :].all() and columns[-1]:
            return Side(turns, float(columns.argmax() / len(columns)))
    return None


def seam(picture: Pixels, drawing: Pixels, side: Side) -> tuple[NDArray[np.float64], float]:
    """The line along which a drawing goes on from a picture best, and how much the two differ on it.

    Args:
        picture: (rows, columns, 3), with something there as well where it is to be drawn.
        drawing: of the same shape.
        side: what is to be drawn.

    Returns:
        For every row, once the side is turned to the right, the line's place as a share of the width; and the
        sum of the differences.
    """
    near, far = (side.turned(each).astype(np.float64) for each in (picture, drawing))
    band = side.band(near.shape[1])
    costs = np.sqrt(np.square(near - far).sum(axis=2))[:, band]
    for above, row in pairwise(costs):
        row += _steps(above).min(axis=0)
    column = int(costs[-1].argmin())
    total, line = float(costs[-1, column]), [column]
    for row in costs[-2::-1]:
        column += int(_steps(row)[:, column].argmin()) - 1
        line.append(column)
    return (np.array(line[::-1]) + band.start + 0.5) / near.shape[1], total


def _steps(row: NDArray[np.float64]) -> NDArray[np.float64]:
    """What stands left above, above and right above every place: (3, places)."""
    wide = np.pad(row, 1, constant_values=np.inf)
    return np.stack([wide[:-2], wide[1:-1], wide[2:]])


def stitched(picture: Pixels, drawing: Pixels, side: Side, line: NDArray[np.float64]) -> Pixels:
    """The picture up to the line, the drawing beyond it; both (height, width, 3) of any size."""
    near, far = (side.turned(each).astype(np.float32) for each in (picture, drawing))
    height, width = near.shape[:2]
    places = np.interp((np.arange(height) + 0.5) / height, (np.arange(len(line)) + 0.5) / len(line), line)
    beyond = (np.arange(width) + 0.5)[None] - width * places[:, None]
    share = 1 / (1 + np.exp(-beyond / (SOFTNESS * max(height, width))))
    joined = near + (far - near) * share[..., None].astype(np.float32)
    return np.ascontiguousarray(np.rot90(joined.round().astype(np.uint8), -side.turns))
