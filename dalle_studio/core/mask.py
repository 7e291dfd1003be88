"""Masks: where in a picture something is to be made.

A mask is a uint8 array of shape (height, width): 255 = make it here, 0 = leave it untouched, between = blend.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageFilter

from dalle_studio.core.errors import InvalidRequest
from dalle_studio.core.format import Size
from dalle_studio.core.sentence import say

Mask = NDArray[np.uint8]


@dataclass(frozen=True)
class Box:
    """A rectangle of whole pixels: left and top are inside, right and bottom are just outside."""

    left: int
    top: int
    right: int
    bottom: int

    @property
    def size(self) -> Size:
        """Width and height in pixels."""
        return Size(self.right - self.left, self.bottom - self.top)

    @property
    def slices(self) -> tuple[slice, slice]:
        """Rows and columns, for indexing an array of shape (height, width, ...)."""
        return slice(self.top, self.bottom), slice(self.left, self.right)


def place_marker(size: Size, centre: tuple[float, float], diameter: float) -> Mask:
    """A filled ellipse that says “here”: a circle on square pictures, the picture's aspect on others.

    Args:
        size: the picture's size.
        centre: (x, y) as fractions of width and height, 0 to 1.
        diameter: as a fraction of width and height, above 0 and up to 1.

    Raises:
        InvalidRequest: where the numbers are out of range.
    """
    if not (0 <= centre[0] <= 1 and 0 <= centre[1] <= 1) or not 0 < diameter <= 1:
        raise InvalidRequest(
            say(
                "A place at {x},{y} of size {diameter} is not inside the picture.",
                x=f"{centre[0]:g}",
                y=f"{centre[1]:g}",
                diameter=f"{diameter:g}",
            ),
            say("Give x and y from 0 to 1 and a size above 0 up to 1, for example --at 0.3,0.7 --size 0.25."),
        )
    rows, columns = np.ogrid[0 : size.height_px, 0 : size.width_px]
    x = ((columns + 0.5) / size.width_px - centre[0]) / (diameter / 2)
    y = ((rows + 0.5) / size.height_px - centre[1]) / (diameter / 2)
    return np.where(x**2 + y**2 <= 1, 255, 0).astype(np.uint8)


def bounds(mask: Mask) -> Box | None:
    """The smallest box around everything above 0, or None for an empty mask."""
    # the maximum of bytes is many times faster than `any` of them
    rows, columns = np.flatnonzero(mask.max(axis=1)), np.flatnonzero(mask.max(axis=0))
    if rows.size == 0:
        return None
    return Box(int(columns[0]), int(rows[0]), int(columns[-1]) + 1, int(rows[-1]) + 1)


def grow(mask: Mask, radius_px: int) -> Mask:
    """The mask with every part of it wider by `radius_px` on all sides."""
    image = Image.fromarray(mask)
    for _ in range(radius_px):  # many 3x3 maxima cost less than one large one
        image = image.filter(ImageFilter.MaxFilter(3))
    return np.asarray(image)


def feather(mask: Mask, radius_px: float) -> Mask:
    """The mask with its edge softened *inwards*: nothing outside the mask is ever touched.

    The edge ramps from 0 to the mask's own value over about twice `radius_px`.
    """
    if radius_px <= 0:
        return mask
    # the shape alone is blurred, so that a grey mask keeps its greys
    shape = Image.fromarray(np.where(mask > 0, 255, 0).astype(np.uint8))
    blurred = np.asarray(shape.filter(ImageFilter.GaussianBlur(radius_px)), dtype=np.float32)
    inwards = np.clip(blurred * 2 - 255, 0, 255)
    return np.minimum(mask, inwards.round().astype(np.uint8))


def context_box(inner: Box, picture: Size, least_px: int) -> Box:
    """The surroundings a model needs to see to paint inside `inner`.

    Half of the inner box's longer side is added all around; the result is at least `least_px` on each side
    where the picture is, as square as the picture allows, and inside the picture.
    """
    side = max(least_px, 2 * max(inner.size.wh))
    left, right = _span((inner.left + inner.right) // 2, min(side, picture.width_px), picture.width_px)
    top, bottom = _span((inner.top + inner.bottom) // 2, min(side, picture.height_px), picture.height_px)
    return Box(left, top, right, bottom)


def _span(centre: int, length: int, limit: int) -> tuple[int, int]:
    start = min(max(0, centre - length // 2), limit - length)
    return start, start + length
