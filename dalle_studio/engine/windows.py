"""How a picture goes on beyond its edges: in windows that walk outwards, over its mirror image."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import numpy as np

from dalle_studio.core.format import Size
from dalle_studio.core.mask import Box
from dalle_studio.engine.base import Pixels


def mirrored(pixels: Pixels, known: Box, frame: Size) -> Pixels:
    """The frame with the picture in it and the picture's mirror image around it: colours to start from."""
    rows = (known.top, frame.height_px - known.bottom)
    columns = (known.left, frame.width_px - known.right)
    return np.pad(pixels, (rows, columns, (0, 0)), mode="symmetric")


def windows(known: Box, frame: Size) -> Iterator[tuple[Box, Box]]:
    """Windows that walk outwards from what is known, each half on known ground, with the known box before it.

    First to the right and left at the picture's own height, then down and up at the full width.
    """
    while known.right < frame.width_px or known.left > 0:
        side = min(frame.width_px, known.bottom - known.top)
        left = _window_start(known.left, known.right, side, frame.width_px)
        window = Box(left, known.top, left + side, known.bottom)
        yield window, known
        known = replace(known, left=min(known.left, window.left), right=max(known.right, window.right))
    while known.bottom < frame.height_px or known.top > 0:
        side = min(frame.height_px, frame.width_px)
        top = _window_start(known.top, known.bottom, side, frame.height_px)
        window = Box(0, top, frame.width_px, top + side)
        yield window, known
        known = replace(known, top=min(known.top, window.top), bottom=max(known.bottom, window.bottom))


def _window_start(known_start: int, known_end: int, side: int, length: int) -> int:
    """Where the next window of `side` begins, within `length`: towards the end first, then towards the start."""
    beyond = (side + 1) // 2
    start = known_end + beyond - side if known_end < length else known_start - beyond
    return min(max(0, start), length - side)
