"""One gesture on the canvas: from the press of a tool to its release."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from math import ceil, floor

from dalle_studio.core import mask_tools
from dalle_studio.core.format import Size
from dalle_studio.core.mask import Box
from dalle_studio.core.mask_tools import Point, join
from dalle_studio.core.sentence import say
from dalle_studio.state.tiles import TileDiff, TiledMask

MARKER_SHARE = 0.28  # of the picture's width and height, for a marker dropped with one click
_DRAG_PX = 3  # a shorter drag is a click


class Tool(StrEnum):
    """What the pointer does on the canvas."""

    SELECT = "select"
    HAND = "hand"
    MARKER = "marker"
    BRUSH = "brush"
    ERASER = "eraser"
    RECTANGLE = "rectangle"
    LASSO = "lasso"
    FRAME = "frame"
    COMPARE = "compare"


MARKING_TOOLS = (Tool.MARKER, Tool.BRUSH, Tool.RECTANGLE, Tool.LASSO)
SHAPE_TOOLS = (Tool.MARKER, Tool.RECTANGLE, Tool.LASSO)
PAINTING_TOOLS = (*MARKING_TOOLS, Tool.ERASER)
_SHAPES = {Tool.MARKER: say("place marker"), Tool.RECTANGLE: say("rectangle"), Tool.LASSO: say("lasso")}


@dataclass(frozen=True)
class Band:
    """The outline of a shape being pulled.

    Attributes:
        tool: RECTANGLE or MARKER (`points` are two corners of the shape's box) or LASSO (the line so far).
        points: in picture pixels.
        erases: whether the shape will be taken away.
    """

    tool: Tool
    points: tuple[Point, ...]
    erases: bool


def marker_box(centre: Point, picture: Size) -> tuple[Point, Point]:
    """Two corners of the ellipse that one click with the marker drops."""
    half_width, half_height = (side * MARKER_SHARE / 2 for side in picture.wh)
    x, y = centre
    return (x - half_width, y - half_height), (x + half_width, y + half_height)


class Stroke:
    """A gesture in progress over one mask or more. Brush and eraser work at once, shapes on release."""

    def __init__(
        self,
        tool: Tool,
        masks: tuple[TiledMask, ...],
        start: Point,
        *,
        diameter_px: float,
        hardness: float,
        erases: bool,
    ) -> None:
        self.tool = tool
        self.masks = masks
        self.erases = erases or tool is Tool.ERASER
        self._diameter_px = diameter_px
        self._hardness = hardness
        self._points = [start]

    @property
    def label(self) -> str:
        """What is being done, to follow the word “Undo”."""
        if self.tool not in _SHAPES:
            return say("eraser stroke") if self.erases else say("brush stroke")
        shape = _SHAPES[self.tool]
        return say("erasing by {shape}", shape=shape) if self.erases else shape

    @property
    def band(self) -> Band | None:
        """The outline to show; None for brush and eraser."""
        if self.tool is Tool.LASSO:
            return Band(self.tool, tuple(self._points), self.erases)
        if self.tool is Tool.MARKER:
            return Band(self.tool, self._marker_box(), self.erases)
        if self.tool is Tool.RECTANGLE:
            return Band(self.tool, (self._points[0], self._points[-1]), self.erases)
        return None

    def begin(self) -> Box | None:
        """The first touch; returns the box of pixels changed."""
        return None if self.tool in SHAPE_TOOLS else self._paint(self._points[0], self._points[0])

    def move(self, to: Point) -> Box | None:
        """The pointer went on; returns the box of pixels changed."""
        last = self._points[-1]
        if self.tool is Tool.LASSO:
            self._points.append(to)
            return None
        self._points = [self._points[0], to]
        return None if self.tool in SHAPE_TOOLS else self._paint(last, to)

    def end(self) -> Box | None:
        """Draw the shape; returns the box of pixels changed."""
        dirty = None
        if self.tool in SHAPE_TOOLS:
            for mask in self.masks:
                dirty = join(dirty, self._draw_shape(mask))
        return dirty

    def commit(self) -> tuple[tuple[TiledMask, TileDiff], ...]:
        """What the whole gesture changed."""
        diffs = [(mask, mask.commit()) for mask in self.masks]
        return tuple((mask, diff) for mask, diff in diffs if diff)

    def revert(self) -> Box | None:
        """Take everything back; returns the box of the pixels put back."""
        dirty = None
        for mask in self.masks:
            dirty = join(dirty, mask.revert())
        return dirty

    def _paint(self, start: Point, end: Point) -> Box | None:
        dirty = None
        for mask in self.masks:
            if _touch(mask, (start, end), self._diameter_px / 2 + 2):
                box = mask_tools.stroke(
                    mask.pixels, start, end, self._diameter_px, self._hardness, 0 if self.erases else 255
                )
                dirty = join(dirty, box)
        return dirty

    def _draw_shape(self, mask: TiledMask) -> Box | None:
        points = self._marker_box() if self.tool is Tool.MARKER else tuple(self._points)
        if not _touch(mask, points, 2):
            return None
        value = 0 if self.erases else 255
        if self.tool is Tool.RECTANGLE:
            return mask_tools.rectangle(mask.pixels, points[0], points[-1], value)
        if self.tool is Tool.LASSO:
            return mask_tools.lasso(mask.pixels, points, value)
        (left, top), (right, bottom) = points
        centre = (left + right) / 2, (top + bottom) / 2
        return mask_tools.marker(mask.pixels, centre, right - left, bottom - top, value)

    def _marker_box(self) -> tuple[Point, Point]:
        """A click drops a marker of the usual size; a drag pulls it out from its middle."""
        (x, y), (to_x, to_y) = self._points[0], self._points[-1]
        across, down = abs(to_x - x), abs(to_y - y)
        if max(across, down) < _DRAG_PX:
            height_px, width_px = self.masks[0].pixels.shape
            return marker_box((x, y), Size(width_px, height_px))
        return (x - across, y - down), (x + across, y + down)


def _touch(mask: TiledMask, points: tuple[Point, ...], reach_px: float) -> bool:
    """Remember what lies around the points; False where none of it is in the picture."""
    x, y = zip(*points, strict=True)
    around = Box(
        floor(min(x) - reach_px), floor(min(y) - reach_px), ceil(max(x) + reach_px), ceil(max(y) + reach_px)
    )
    box = mask_tools.clip(around, mask.pixels)
    if box:
        mask.touch(box)
    return box is not None
