"""The frame around a picture, to extend it to: how far it reaches beyond each side."""

from __future__ import annotations

from dataclasses import dataclass, replace

from dalle_studio.core.format import MAX_SIDE_PX, Size, check_size, frame_around

_ACROSS, _DOWN = {-1: "left", 1: "right"}, {-1: "top", 1: "bottom"}
_OPPOSITE = {"left": "right", "right": "left", "top": "bottom", "bottom": "top"}


@dataclass(frozen=True)
class Frame:
    """How many pixels a frame reaches beyond a picture on each side; none is negative."""

    left: int = 0
    top: int = 0
    right: int = 0
    bottom: int = 0

    def __bool__(self) -> bool:
        """Whether it reaches beyond the picture at all."""
        return self != NO_FRAME

    def size(self, picture: Size) -> Size:
        """Of the frame around a picture."""
        width, height = picture.wh
        return Size(self.left + width + self.right, self.top + height + self.bottom)

    def pulled(self, sides: tuple[int, int], x: int, y: int, picture: Size, *, both: bool) -> Frame:
        """The frame with a side, or the two of a corner, at a place.

        Args:
            sides: -1 = left, 1 = right, 0 = neither; -1 = top, 1 = bottom, 0 = neither.
            x, y: from the picture's left top corner, in its pixels.
            picture: its size.
            both: whether the opposite sides move as far out.
        """
        to = {"left": -x, "right": x - picture.width_px, "top": -y, "bottom": y - picture.height_px}
        names = [name for name in (_ACROSS.get(sides[0]), _DOWN.get(sides[1])) if name]
        opposite = {_OPPOSITE[name]: to[name] for name in names} if both else {}
        return replace(self, **{name: to[name] for name in names}, **opposite)

    def become(self, wanted: Frame, picture: Size) -> Frame:
        """The wanted frame, brought within 8192 pixels a side; there the sides that were not pulled stay."""
        across, down = (MAX_SIDE_PX - side for side in picture.wh)
        left, right = _within(across, (wanted.left, wanted.right), (self.left, self.right))
        top, bottom = _within(down, (wanted.top, wanted.bottom), (self.top, self.bottom))
        return Frame(left, top, right, bottom)

    def with_picture_at(self, left: int, top: int) -> Frame:
        """The same frame with the picture's left top corner there, or as near as it can be."""
        across, down = self.left + self.right, self.top + self.bottom
        left, top = min(max(0, left), across), min(max(0, top), down)
        return Frame(left, top, across - left, down - top)


NO_FRAME = Frame()


def frame_of(picture: Size, aspect: float) -> Frame:
    """The smallest frame of that aspect (width over height) with the picture in its middle.

    Raises InvalidRequest where it would be too large.
    """
    size = check_size(frame_around(picture, aspect))
    across, down = size.width_px - picture.width_px, size.height_px - picture.height_px
    return Frame(across // 2, down // 2, across - across // 2, down - down // 2)


def _within(room: int, wanted: tuple[int, int], before: tuple[int, int]) -> tuple[int, int]:
    first, second = (max(0, side) for side in wanted)
    if first + second <= room:
        return first, second
    if second == before[1]:
        return room - second, second
    if first == before[0]:
        return first, room - first
    return room // 2, room // 2
