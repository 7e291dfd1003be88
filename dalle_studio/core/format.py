"""Sizes and formats: how large a finished picture is, and at which size a model works towards it."""

from __future__ import annotations

from dataclasses import dataclass

from dalle_studio.core.errors import InvalidRequest
from dalle_studio.core.sentence import say

MAX_SIDE_PX = 8192
MIN_SIDE_PX = 16
DEFAULT_SIDE_PX = 1024


@dataclass(frozen=True, order=True)
class Size:
    """Width and height of a picture, in pixels."""

    width_px: int
    height_px: int

    @property
    def aspect(self) -> float:
        """Width over height."""
        return self.width_px / self.height_px

    @property
    def area_px(self) -> int:
        """Number of pixels."""
        return self.width_px * self.height_px

    @property
    def wh(self) -> tuple[int, int]:
        """(width, height), the order Pillow uses."""
        return self.width_px, self.height_px

    def __str__(self) -> str:
        return f"{self.width_px} × {self.height_px}"


DEFAULT_SIZE = Size(DEFAULT_SIDE_PX, DEFAULT_SIDE_PX)


@dataclass(frozen=True)
class Format:
    """A named picture format with its size in pixels."""

    name: str
    label: str
    size: Size


FORMATS = (
    Format("square", say("Square 1:1"), DEFAULT_SIZE),
    Format("album", say("Album cover"), Size(1440, 1440)),
    Format("banner", say("Banner 3:1"), Size(1536, 512)),
    Format("poster", say("Poster 2:3"), Size(1024, 1536)),
    Format("story", say("Story 9:16"), Size(864, 1536)),
    Format("slide", say("Slide 16:9"), Size(1536, 864)),
)


def find_format(name: str) -> Format:
    """The format of that name. Raises InvalidRequest where there is none."""
    for candidate in FORMATS:
        if candidate.name == name.strip().lower():
            return candidate
    raise InvalidRequest(
        say("There is no format called “{name}”.", name=name),
        say("Use one of: {names}.", names=", ".join(f.name for f in FORMATS)),
    )


def check_size(size: Size) -> Size:
    """The size itself, if a picture may have it. Raises InvalidRequest otherwise."""
    sides = size.wh
    if min(sides) < MIN_SIDE_PX or max(sides) > MAX_SIDE_PX:
        raise InvalidRequest(
            say("A picture of {size} pixels cannot be made.", size=size),
            say("Each side may have {least} to {most} pixels.", least=MIN_SIDE_PX, most=MAX_SIDE_PX),
        )
    return size


def native_size(aspect: float, native_px: int, multiple_px: int) -> Size:
    """The size a model works at for a wanted aspect ratio.

    Both sides are multiples of `multiple_px`; of all such sizes the one is taken whose aspect and whose
    area (`native_px` squared) are nearest, a wrong aspect counting four times as much as a wrong area,
    since it is cropped away afterwards.
    """
    widths = range(2, 4 * native_px // multiple_px + 1)
    units = [(w, max(2, round(w / aspect) + d)) for w in widths for d in (-1, 0, 1)]
    sizes = [Size(w * multiple_px, max(2, h) * multiple_px) for w, h in units]

    def misfit(size: Size) -> float:
        wrong_aspect = abs(size.aspect / aspect - 1) + abs(aspect / size.aspect - 1)
        wrong_area = abs(size.area_px / native_px**2 - 1)
        return 4 * wrong_aspect + wrong_area

    return min(sizes, key=misfit)


def fit_area(size: Size, side_px: int = DEFAULT_SIDE_PX) -> Size:
    """A size of the same aspect with about `side_px` squared pixels and even sides."""
    scale = side_px / size.area_px**0.5
    width, height = (max(MIN_SIDE_PX, round(side * scale / 2) * 2) for side in size.wh)
    return Size(min(width, MAX_SIDE_PX), min(height, MAX_SIDE_PX))


def fit_long_side(size: Size, long_side_px: int) -> Size:
    """A size of the same aspect whose longer side has `long_side_px` pixels."""
    scale = long_side_px / max(size.wh)
    return Size(*(max(1, round(side * scale)) for side in size.wh))


def frame_around(size: Size, aspect: float) -> Size:
    """The smallest size of the wanted aspect that holds `size` without scaling it."""
    if aspect >= size.aspect:
        return Size(max(size.width_px, round(size.height_px * aspect)), size.height_px)
    return Size(size.width_px, max(size.height_px, round(size.width_px / aspect)))
