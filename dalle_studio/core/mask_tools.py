"""Tools that draw into a mask in place: brush, eraser, rectangle, lasso, marker, invert, grow, shrink.

Every tool changes the given array and returns the box of pixels it may have changed, or None where it touched
nothing. Coordinates are picture pixels from the top left corner: the first pixel spans 0 to 1. `value` is 255
to paint (a pixel never gets weaker) or 0 to erase (a pixel never gets stronger).
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from math import ceil, floor, hypot

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageDraw

from dalle_studio.core.mask import Box, Mask, bounds

Point = tuple[float, float]


def dab(mask: Mask, x: float, y: float, diameter: float, hardness: float = 1, value: int = 255) -> Box | None:
    """One round touch of the brush, centred on the pixel that holds (x, y).

    Args:
        mask: uint8 (height, width), changed in place.
        x: from the left edge, in pixels; may lie outside.
        y: from the top edge, in pixels; may lie outside.
        diameter: in pixels, 1 or more.
        hardness: 1 = full strength up to an antialiased edge, 0 = fading from the centre.
        value: 255 paints, 0 erases.
    """
    stamp = _stamp(diameter, hardness)
    reach = stamp.shape[0] // 2
    return _apply(mask, floor(x) - reach, floor(y) - reach, stamp, value)


def stroke(
    mask: Mask, start: Point, end: Point, diameter: float, hardness: float = 1, value: int = 255
) -> Box | None:
    """Dabs from `start` (left out: it was the last touch) to `end`, so close that they make one even line."""
    spacing = max(1.0, diameter**0.5 / 2)  # between two touches a sixteenth of a pixel is lost
    count = max(1, ceil(hypot(end[0] - start[0], end[1] - start[1]) / spacing))
    dirty = None
    for i in range(1, count + 1):
        x, y = (a + (b - a) * i / count for a, b in zip(start, end, strict=True))
        dirty = join(dirty, dab(mask, x, y, diameter, hardness, value))
    return dirty


def rectangle(mask: Mask, start: Point, end: Point, value: int = 255) -> Box | None:
    """Every pixel that the rectangle between two corners touches."""
    left, right = sorted((start[0], end[0]))
    top, bottom = sorted((start[1], end[1]))
    box = clip(Box(floor(left), floor(top), ceil(right), ceil(bottom)), mask)
    if box:
        mask[box.slices] = value
    return box


def lasso(mask: Mask, points: Sequence[Point], value: int = 255) -> Box | None:
    """The inside of a polygon, its last point joined to the first. Fewer than three points hold nothing."""
    if len(points) < 3:
        return None
    x, y = zip(*points, strict=True)
    box = clip(Box(floor(min(x)), floor(min(y)), ceil(max(x)), ceil(max(y))), mask)
    if box is None:
        return None
    inside = Image.new("L", box.size.wh)
    # Pillow puts whole numbers at the middle of a pixel
    corners = [(a - box.left - 0.5, b - box.top - 0.5) for a, b in points]
    ImageDraw.Draw(inside).polygon(corners, fill=255)
    return _apply(mask, box.left, box.top, np.asarray(inside), value)


def marker(mask: Mask, centre: Point, width: float, height: float, value: int = 255) -> Box | None:
    """A filled ellipse with an antialiased edge that says “here” (as core.mask.place_marker, in pixels)."""
    reach = Box(
        floor(centre[0] - width / 2) - 1,
        floor(centre[1] - height / 2) - 1,
        ceil(centre[0] + width / 2) + 1,
        ceil(centre[1] + height / 2) + 1,
    )
    box = clip(reach, mask)
    if box is None or width <= 0 or height <= 0:
        return None
    rows, columns = np.ogrid[box.top : box.bottom, box.left : box.right]
    x = ((columns + 0.5 - centre[0]) / (width / 2)).astype(np.float32)
    y = ((rows + 0.5 - centre[1]) / (height / 2)).astype(np.float32)
    edge_px = (1 - np.sqrt(x**2 + y**2)) * min(width, height) / 2
    return _apply(mask, box.left, box.top, _strength(edge_px + 0.5), value)


def invert(mask: Mask) -> Box | None:
    """What was painted is free and what was free is painted."""
    np.bitwise_not(mask, out=mask)
    return whole(mask)


def grow(mask: Mask, radius_px: int) -> Box | None:
    """Every part wider by `radius_px` on all sides, with round corners (core.mask.grow keeps them square)."""
    box = _around(mask, radius_px)
    if box is None or radius_px <= 0:
        return None
    mask[box.slices] = _dilated(mask[box.slices], radius_px)
    return box


def shrink(mask: Mask, radius_px: int) -> Box | None:
    """Every part narrower by `radius_px` on all sides; the picture's own edge is no edge."""
    box = _around(mask, radius_px)
    if box is None or radius_px <= 0:
        return None
    mask[box.slices] = ~_dilated(~mask[box.slices], radius_px)
    return box


def whole(mask: Mask) -> Box:
    """The box of the entire mask."""
    return Box(0, 0, mask.shape[1], mask.shape[0])


def clip(box: Box, mask: Mask) -> Box | None:
    """The part of a box that lies in the mask, or None."""
    height, width = mask.shape
    inside = Box(max(0, box.left), max(0, box.top), min(width, box.right), min(height, box.bottom))
    return inside if inside.left < inside.right and inside.top < inside.bottom else None


def join(one: Box | None, other: Box | None) -> Box | None:
    """The smallest box around both."""
    if one is None or other is None:
        return one or other
    return Box(
        min(one.left, other.left),
        min(one.top, other.top),
        max(one.right, other.right),
        max(one.bottom, other.bottom),
    )


@lru_cache(maxsize=8)
def _stamp(diameter: float, hardness: float) -> Mask:
    """The brush's tip: uint8 (n, n), n odd, 255 in the middle."""
    radius = diameter / 2
    reach = ceil(radius)
    steps = np.arange(-reach, reach + 1, dtype=np.float32)
    distance = np.hypot(steps[:, None], steps[None, :])
    fade_px = max(1.0, (1 - hardness) * radius)  # never less than a pixel: that is antialiasing
    stamp = _strength((radius + 0.5 - distance) / fade_px)
    stamp.setflags(write=False)
    return stamp


def _strength(share: NDArray[np.floating]) -> Mask:
    return (np.clip(share, 0, 1) * 255 + 0.5).astype(np.uint8)


def _apply(mask: Mask, left: int, top: int, shape: Mask, value: int) -> Box | None:
    box = clip(Box(left, top, left + shape.shape[1], top + shape.shape[0]), mask)
    if box is None:
        return None
    under = mask[box.slices]
    part = shape[box.top - top : box.bottom - top, box.left - left : box.right - left]
    if value:
        np.maximum(under, part, out=under)
    else:
        np.minimum(under, ~part, out=under)
    return box


def _around(mask: Mask, radius_px: int) -> Box | None:
    box = bounds(mask)
    if box is None:
        return None
    r = radius_px
    return clip(Box(box.left - r, box.top - r, box.right + r, box.bottom + r), mask)


def _dilated(mask: Mask, radius_px: int) -> Mask:
    """The maximum over a disc around each pixel. Outside the array everything counts as 0."""
    result = mask.copy()
    wide, reach = mask.copy(), 0  # `wide` is the maximum over 2 * reach + 1 pixels of a row
    for rows_away in range(radius_px, -1, -1):
        wanted = floor((radius_px**2 - rows_away**2) ** 0.5)
        for step in range(reach + 1, wanted + 1):
            np.maximum(wide[:, step:], mask[:, :-step], out=wide[:, step:])
            np.maximum(wide[:, :-step], mask[:, step:], out=wide[:, :-step])
        reach = max(reach, wanted)
        _raise_rows(result, wide, rows_away)
    return result


def _raise_rows(result: Mask, by: Mask, rows_away: int) -> None:
    rows = result.shape[0]
    if rows_away < rows:
        np.maximum(result[rows_away:], by[: rows - rows_away], out=result[rows_away:])
        np.maximum(result[: rows - rows_away], by[rows_away:], out=result[: rows - rows_away])
