"""The canvas: a picture, up to five painted regions with their own prompts, and a frame to extend it to.

Everything that is on the canvas but the painted pixels is one frozen `Arrangement`; undo puts arrangements
back and, for pixels, the tiles that an edit changed.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

import numpy as np
from PySide6.QtCore import QObject, Signal

from dalle_studio.core import mask_tools
from dalle_studio.core.errors import InvalidRequest
from dalle_studio.core.format import Size
from dalle_studio.core.mask import Box, Mask
from dalle_studio.core.picture import Picture
from dalle_studio.core.request import Intent
from dalle_studio.core.sentence import say
from dalle_studio.state.arrangement import Arrangement, Region
from dalle_studio.state.canvas_change import CanvasChange
from dalle_studio.state.frame import NO_FRAME, Frame, frame_of
from dalle_studio.state.history import History
from dalle_studio.state.options import Options
from dalle_studio.state.stroke import MARKING_TOOLS, PAINTING_TOOLS, Band, Stroke, Tool
from dalle_studio.state.tiles import TileDiff, TiledMask


class Canvas(QObject):
    """What is on the canvas, and the tools that change it.

    Methods that cannot do what they are asked raise InvalidRequest, a sentence with a remedy.

    Signals:
        changed(): picture, regions, active region, tool, options, frame or comparison.
        painted(Box): pixels of masks changed, within this box of the picture.
    """

    changed = Signal()
    painted = Signal(object)

    def __init__(self, history: History, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._history = history
        self._now, self._options = Arrangement(), Options()
        self._is_recorded = False
        self._stroke: Stroke | None = None
        self._before_stroke = self._now

    # What is there

    @property
    def picture(self) -> Picture | None:
        """The picture on show."""
        return self._now.picture

    @property
    def regions(self) -> tuple[Region, ...]:
        """All regions in the order they were made, five at most."""
        return self._now.regions

    @property
    def active(self) -> Region | None:
        """The region that tools work on."""
        return self._now.find(self._now.active)

    @property
    def band(self) -> Band | None:
        """The outline of the shape being pulled."""
        return self._stroke and self._stroke.band

    @property
    def is_drawing(self) -> bool:
        """Whether a gesture of a painting tool is in progress."""
        return self._stroke is not None

    @property
    def live(self) -> frozenset[int]:
        """Numbers of the regions whose pixels the gesture in progress changes."""
        if self._stroke is None or self._stroke.band:
            return frozenset()
        return frozenset(region.number for region in self._now.targets)

    def show(self, picture: Picture | None, *, keep_regions: bool = False) -> None:
        """Put a picture on the canvas.

        Regions are kept only where asked and where the new picture has the same size. Going from one picture
        to another of the same size loses nothing and is not a step to undo; anything else is.
        """
        self.end_stroke()
        same_size = picture is not None and picture.size == self._now.size
        is_bare = not self.regions and self.frame is None
        keeps = same_size and (keep_regions or is_bare)
        after = replace(self._now, picture=picture) if keeps else Arrangement(picture)
        self._options = replace(self._options, compare=None)
        if keeps or (is_bare and not self._is_recorded):
            self._now = after
            self.changed.emit()
        else:
            self._arrange(say("showing a picture"), after, merge_key="canvas picture")

    def put(self, arrangement: Arrangement, options: Options) -> None:
        """Put another project on the canvas; that is no step to undo."""
        self.cancel_stroke()
        self._now, self._options, self._is_recorded = arrangement, options, False
        self.changed.emit()

    # Regions

    def activate(self, number: int | None) -> None:
        """Let tools work on this region; None: the next mark makes a new one."""
        self.end_stroke()
        if number != self._now.active and (number is None or self._now.find(number)):
            self._now = replace(self._now, active=number)
            self.changed.emit()

    def add_region(self, prompt: str = "") -> Region:
        """A new empty region, active. Raises InvalidRequest without a picture or beyond five."""
        self.end_stroke()
        after = self._now.with_region(prompt)
        self._arrange(say("new region"), after)
        return after.regions[-1]

    def remove_region(self, number: int) -> None:
        """Take a region and what is painted in it away."""
        self.end_stroke()
        if self._now.find(number):
            self._arrange(say("removing a region"), self._now.without_region(number))

    def set_prompt(self, number: int, text: str) -> None:
        """What to make in a region. Changes in quick succession are one step to undo."""
        self.end_stroke()
        region = self._now.find(number)
        if region and region.prompt != text:
            after = self._now.with_prompt(number, text)
            self._arrange(say("a region's prompt"), after, merge_key=f"region {number}")

    @property
    def intent(self) -> Intent:
        """What becomes of the painted regions; with BACKGROUND, of everything but them."""
        return self._options.intent

    def set_intent(self, intent: Intent) -> None:
        """Choose what becomes of the painted regions."""
        self.end_stroke()
        self._choose(replace(self._options, intent=intent))

    # Tool and options

    @property
    def tool(self) -> Tool:
        """What the pointer does."""
        return self._options.tool

    @property
    def brush_px(self) -> int:
        """Diameter of brush and eraser in picture pixels, 1 to 2048."""
        return self._options.brush_px

    @property
    def feather_px(self) -> int:
        """How softly what is made blends in at the edge of a region, 0 to 256 picture pixels."""
        return self._options.feather_px

    @property
    def hardness(self) -> float:
        """Of brush and eraser: 1 = sharp edge, 0 = fading from the centre."""
        return self._options.hardness

    def set_tool(self, tool: Tool) -> None:
        """Take another tool; a stroke in progress ends."""
        self.end_stroke()
        self._choose(replace(self._options, tool=tool))

    def set_brush_px(self, diameter_px: float) -> None:
        """The brush's diameter, brought into its limits."""
        self._choose(self._options.with_brush_px(diameter_px))

    def set_feather_px(self, feather_px: float) -> None:
        """The feather, brought into its limits."""
        self._choose(self._options.with_feather_px(feather_px))

    def set_hardness(self, hardness: float) -> None:
        """The hardness, brought into 0 to 1."""
        self._choose(self._options.with_hardness(hardness))

    # A second picture to compare with

    @property
    def compare(self) -> Picture | None:
        """The second picture, shown right of the slider."""
        return self._options.compare

    @property
    def compare_at(self) -> float:
        """Where the slider is: 0 = left edge of the picture, 1 = right edge."""
        return self._options.compare_at

    def set_compare(self, picture: Picture | None) -> None:
        """Compare with this picture; None ends it."""
        ends = picture is None and self.tool is Tool.COMPARE
        self._choose(replace(self._options, compare=picture, tool=Tool.SELECT if ends else self.tool))

    def set_compare_at(self, share: float) -> None:
        """Move the slider, brought into 0 to 1."""
        self._choose(replace(self._options, compare_at=min(max(0.0, share), 1.0)))

    # The pointer, in picture pixels

    def press(self, x: float, y: float, *, erases: bool = False) -> None:
        """Begin what the tool does. With `erases`, marking tools take away.

        A marking tool without an active region makes a new one; an eraser without one works on all.
        """
        self.end_stroke()
        if self.picture is None:
            return
        if self.tool in PAINTING_TOOLS:
            self._begin_stroke(x, y, erases=erases)
        elif self.tool is Tool.SELECT:
            self.activate(self.region_at(x, y))
        elif self.tool is Tool.COMPARE:
            self.set_compare_at(x / self.picture.size.width_px)

    def drag(self, x: float, y: float) -> None:
        """The pointer moved while pressed."""
        if self._stroke:
            self._tell(self._stroke.move((x, y)))
        elif self.tool is Tool.COMPARE and self.picture:
            self.set_compare_at(x / self.picture.size.width_px)

    def release(self, x: float, y: float) -> None:
        """The pointer was let go: the gesture becomes a step to undo."""
        if self._stroke:
            self._tell(self._stroke.move((x, y)))
            self.end_stroke()

    def end_stroke(self) -> None:
        """Let the gesture in progress, if any, become a step to undo; one that changed nothing leaves no trace."""
        if self._stroke is None:
            return
        stroke, self._stroke = self._stroke, None
        self._tell(stroke.end())
        diffs = stroke.commit()
        if diffs:
            self._record(CanvasChange(stroke.label, self, self._before_stroke, self._now, diffs))
        else:
            self._now = self._before_stroke
            self.changed.emit()

    def cancel_stroke(self) -> None:
        """Take the gesture in progress back, and the region that it made."""
        stroke, self._stroke = self._stroke, None
        if stroke:
            dirty = stroke.revert()
            self._now = self._before_stroke
            self._tell(dirty)
            self.changed.emit()

    def region_at(self, x: float, y: float) -> int | None:
        """Number of the newest region painted at this pixel, or None."""
        return self._now.region_at(x, y)

    # The whole mask of the active region; without one, of all regions

    def invert(self) -> None:
        """Swap painted and free; without an active region all of a new one is painted."""
        self.end_stroke()
        now = self._now if self.active else self._now.with_region()
        self._edit(say("inverting"), now, mask_tools.invert)

    def grow(self, radius_px: int) -> None:
        """Widen the painted area on all sides."""
        self.end_stroke()
        self._edit(say("growing"), self._now, lambda mask: mask_tools.grow(mask, radius_px))

    def shrink(self, radius_px: int) -> None:
        """Narrow the painted area on all sides."""
        self.end_stroke()
        self._edit(say("shrinking"), self._now, lambda mask: mask_tools.shrink(mask, radius_px))

    def clear(self) -> None:
        """Wipe the painted area."""
        self.end_stroke()
        self._edit(say("clearing"), self._now, lambda mask: mask.fill(0))

    def import_mask(self, mask: Mask) -> None:
        """Paint the active region (or a new one) as the mask, of the picture's size, says; white is painted."""
        self.end_stroke()
        if not mask.any():
            raise InvalidRequest(
                say("The mask is empty."), say("Use one that is white where the thing should go.")
            )
        now = self._now if self.active else self._now.with_region()
        self._edit(say("importing a mask"), now, lambda pixels: np.copyto(pixels, mask))

    def export_mask(self) -> Mask:
        """Everything that is painted, in one mask. Raises InvalidRequest where nothing is."""
        self.end_stroke()
        masks = [region.mask for region in self.regions if region.box]
        if not masks:
            raise InvalidRequest(say("Nothing is painted yet."), say("Paint where things should go first."))
        return np.maximum.reduce(masks)

    # The frame, for Extend

    @property
    def frame(self) -> Size | None:
        """The size to extend the picture to; None where it is the picture's own."""
        return self._now.frame.size(self.picture.size) if self.picture and self._now.frame else None

    @property
    def frame_offset(self) -> tuple[int, int]:
        """Where the picture's left top corner lies in the frame."""
        return self._now.frame.left, self._now.frame.top

    @property
    def margins(self) -> Frame:
        """How far the frame reaches beyond each side of the picture."""
        return self._now.frame

    def set_frame(self, wanted: Frame) -> None:
        """Let the frame reach so far beyond the picture; it stays within 8192 pixels a side."""
        if self.picture is not None:
            self._frame(self._now.frame.become(wanted, self.picture.size))

    def move_in_frame(self, left: int, top: int) -> None:
        """Put the picture's left top corner there in the frame, or as near as it can be."""
        self._frame(self._now.frame.with_picture_at(left, top))

    def set_frame_format(self, aspect: float | None) -> None:
        """The smallest frame of that aspect (width over height) around the picture; None takes it away.

        Raises InvalidRequest without a picture and where the frame would be too large.
        """
        if self.picture is None:
            raise InvalidRequest(
                say("There is no picture to extend."), say("Open a picture or generate one first.")
            )
        self._frame(frame_of(self.picture.size, aspect) if aspect else NO_FRAME)

    # Below

    def step(self, start: Arrangement, end: Arrangement, dirty: Sequence[Box | None]) -> None:
        """Used by undo: what differs between start and end becomes as it is at the end."""
        self._now = self._now.moved(start, end)
        for box in dirty:
            self._tell(box)
        self.changed.emit()

    def _choose(self, options: Options) -> None:
        if options != self._options:
            self._options = options
            self.changed.emit()

    def _frame(self, frame: Frame) -> None:
        self.end_stroke()
        if frame != self._now.frame:
            self._arrange(say("moving the frame"), replace(self._now, frame=frame), merge_key="frame")

    def _arrange(self, label: str, after: Arrangement, *, merge_key: str = "") -> None:
        before, self._now = self._now, after
        self._record(CanvasChange(label, self, before, after), merge_key)

    def _record(self, change: CanvasChange, merge_key: str = "") -> None:
        self._is_recorded = True
        self._history.add(change, merge_key)
        self.changed.emit()

    def _begin_stroke(self, x: float, y: float, *, erases: bool) -> None:
        self._before_stroke = now = self._now
        if self.tool in MARKING_TOOLS and not erases and self.active is None:
            now = now.with_region()
        if now.targets:
            self._now = now
            self._stroke = Stroke(
                self.tool,
                tuple(region.painting for region in now.targets),
                (x, y),
                diameter_px=self.brush_px,
                hardness=self.hardness,
                erases=erases,
            )
            self._tell(self._stroke.begin())
            if now is not self._before_stroke:
                self.changed.emit()

    def _edit(self, label: str, now: Arrangement, tool: Callable[[Mask], object]) -> None:
        before, diffs = self._now, list[tuple[TiledMask, TileDiff]]()
        for region in now.targets:
            region.painting.touch(mask_tools.whole(region.mask))
            tool(region.painting.pixels)
            diff = region.painting.commit()
            if diff:
                diffs.append((region.painting, diff))
                self._tell(mask_tools.whole(region.mask))
        if diffs:
            self._now = now
            self._record(CanvasChange(label, self, before, now, tuple(diffs)))

    def _tell(self, box: Box | None) -> None:
        if box:
            self.painted.emit(box)
