"""The frame that every picture fills."""

from __future__ import annotations

from functools import cache

import numpy as np

from dalle_studio.training.draw.arrays import Bytes, Floats

SIDE = 256
"""Width and height of every picture, in pixels."""
Pixels = Bytes
"""A picture, (SIDE, SIDE, 3) RGB, 0 to 255."""


@cache
def grids() -> tuple[Floats, Floats]:
    """The row and the column of every pixel, (SIDE, SIDE) each; not to be changed."""
    rows, columns = np.mgrid[0:SIDE, 0:SIDE].astype(np.float32)
    return rows, columns


def within(part: Floats, left: int, top: int) -> tuple[tuple[slice, slice], Floats] | None:
    """Rows and columns of the frame under a part with its corner there, and what of it is inside, if any."""
    height, width = part.shape[:2]
    rows = slice(max(top, 0), min(top + height, SIDE))
    columns = slice(max(left, 0), min(left + width, SIDE))
    if rows.start >= rows.stop or columns.start >= columns.stop:
        return None
    inner = part[rows.start - top : rows.stop - top, columns.start - left : columns.stop - left]
    return (rows, columns), inner
