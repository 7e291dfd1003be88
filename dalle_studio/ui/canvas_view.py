"""The canvas on the screen, to work on: with mouse, pen, touchpad and keyboard."""

from __future__ import annotations

from dataclasses import replace
from enum import Enum, auto

from PySide6.QtCore import QEvent, QPoint, QPointF, Qt, Signal, Slot
from PySide6.QtGui import QFocusEvent, QKeyEvent, QMouseEvent, QNativeGestureEvent, QWheelEvent
from PySide6.QtWidgets import QGestureEvent, QPinchGesture, QWidget

from dalle_studio.core.errors import StudioError
from dalle_studio.core.mask_tools import Point
from dalle_studio.state.canvas import Canvas
from dalle_studio.state.stroke import Tool
from dalle_studio.ui.canvas_hints import PromptEdit
from dalle_studio.ui.canvas_paint import Chip, band_rect, handles
from dalle_studio.ui.canvas_surface import ZOOM_STEP, CanvasSurface
from dalle_studio.ui.language import tr
from dalle_studio.ui.theme import Theme

BRUSH_STEP = 1.15
_GRAB = 10  # widget units around a handle or the slider that grab it
_COMPARE_STEP = 0.05  # of the picture's width, that an arrow key moves the slider
_KEY_STEP = 8  # widget units that an arrow key moves the crosshair

_CURSORS = {
    Tool.SELECT: Qt.CursorShape.ArrowCursor,
    Tool.HAND: Qt.CursorShape.OpenHandCursor,
    Tool.MARKER: Qt.CursorShape.CrossCursor,
    Tool.BRUSH: Qt.CursorShape.BlankCursor,
    Tool.ERASER: Qt.CursorShape.BlankCursor,
    Tool.RECTANGLE: Qt.CursorShape.CrossCursor,
    Tool.LASSO: Qt.CursorShape.CrossCursor,
    Tool.FRAME: Qt.CursorShape.ArrowCursor,
    Tool.COMPARE: Qt.CursorShape.SplitHCursor,
}
_HANDLE_CURSORS = {
    (1, 0): Qt.CursorShape.SizeHorCursor,
    (0, 1): Qt.CursorShape.SizeVerCursor,
    (1, 1): Qt.CursorShape.SizeFDiagCursor,
    (1, -1): Qt.CursorShape.SizeBDiagCursor,
}
_BOTH_SIDES = Qt.KeyboardModifier.AltModifier | Qt.KeyboardModifier.ShiftModifier
_SIDES = {
    Qt.Key.Key_Left: "left",
    Qt.Key.Key_Right: "right",
    Qt.Key.Key_Up: "top",
    Qt.Key.Key_Down: "bottom",
}
_ARROWS = {
    Qt.Key.Key_Left: (-1, 0),
    Qt.Key.Key_Right: (1, 0),
    Qt.Key.Key_Up: (0, -1),
    Qt.Key.Key_Down: (0, 1),
}


class _Grab(Enum):
    """What a pressed pointer moves."""

    NOTHING = auto()
    VIEW = auto()
    TOOL = auto()
    FRAME = auto()
    PICTURE = auto()
    SLIDER = auto()


class CanvasView(CanvasSurface):
    """Shows a canvas and lets people work on it with mouse, pen, touchpad and keyboard.

    Left button: the tool; right button: the same tool takes away. Handles of the frame pull their own sides, with
    Shift or Alt the opposite ones too; the picture can be moved within the frame. Middle button, Space or the
    hand: pan. Wheel: scroll; with Ctrl zoom, with Alt the size of the brush, as with `[` and `]` (with Shift the
    hardness). Arrow keys move a crosshair, Space or Enter works there; of the frame they push a side out,
    with Shift in. F2 renames the active region, Delete removes it, Escape gives a stroke up.

    Signals:
        refused(StudioError): a gesture could not be done; to be shown as a notice.
    """

    refused = Signal(object)

    def __init__(self, canvas: Canvas, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(canvas, theme, parent)
        self._grab = _Grab.NOTHING
        self._handle = (0, 0)
        self._last = QPointF()
        self._space = False
        self._edit = PromptEdit(self)
        self._edit.done.connect(canvas.set_prompt)
        self.setObjectName("canvas_view")
        self.setAccessibleName(tr("Canvas"))
        self.setMouseTracking(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.grabGesture(Qt.GestureType.PinchGesture)
        canvas.changed.connect(self._show_cursor)

    def edit_prompt(self, number: int) -> None:
        """Let a region's prompt be edited on the picture."""
        region = next((region for region in self._canvas.regions if region.number == number), None)
        chip = next((chip for chip in self._scene.chips(self.size()) if chip.number == number), None)
        if region and chip:
            self._canvas.activate(number)
            self._edit.adjustSize()
            corner = chip.rect.center() - QPointF(self._edit.width() / 2, self._edit.height() / 2)
            space = self.rect().adjusted(8, 8, -8 - self._edit.width(), -8 - self._edit.height())
            self._edit.move(
                max(space.left(), min(round(corner.x()), space.right())),
                max(space.top(), min(round(corner.y()), space.bottom())),
            )
            self._edit.begin(number, region.prompt)

    # Pointer

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Grab what lies under the pointer: chip, handle, slider, view, or begin with the tool."""
        point, button = event.position(), event.button()
        if self._grab is not _Grab.NOTHING:
            return
        self._leave_keyboard()
        self._last = point
        if button is Qt.MouseButton.MiddleButton or self._space or self._canvas.tool is Tool.HAND:
            self._grab = _Grab.VIEW
        elif button is Qt.MouseButton.LeftButton and (chip := self._chip_at(point)):
            self._canvas.activate(chip.number)
        elif button is Qt.MouseButton.LeftButton and (handle := self._handle_at(point)):
            self._grab, self._handle, self._holds_still = _Grab.FRAME, handle, True
        elif button is Qt.MouseButton.LeftButton and self._is_in_frame(point):
            self._grab, self._holds_still = _Grab.PICTURE, True
        elif self._is_on_slider(point):
            self._grab = _Grab.SLIDER
        elif button in (Qt.MouseButton.LeftButton, Qt.MouseButton.RightButton):
            self._grab = _Grab.TOOL
            self._press(self._at(point), erases=button is Qt.MouseButton.RightButton)
        self._show_cursor()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Go on with what was grabbed; otherwise only the tool's tip follows."""
        point = event.position()
        self._leave_keyboard()
        match self._grab:
            case _Grab.VIEW:
                self._pan(point - self._last)
            case _Grab.TOOL:
                self._drag(self._at(point))
            case _Grab.FRAME:
                self._pull_frame(point, both=bool(event.modifiers() & _BOTH_SIDES))
            case _Grab.PICTURE:
                self._move_in_frame(point)
                self._point_at(self._at(point))
                return  # `_last` is where the picture was taken hold of
            case _Grab.SLIDER:
                rect = self._scene.picture_rect
                self._canvas.set_compare_at((point.x() - rect.left()) / rect.width())
            case _Grab.NOTHING:
                self._show_cursor(point)
        self._last = point
        self._point_at(self._at(point))

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Let go."""
        grab, self._grab = self._grab, _Grab.NOTHING
        if grab is _Grab.TOOL:
            self._canvas.release(*self._at(event.position()))
        if grab in (_Grab.FRAME, _Grab.PICTURE):
            self._holds_still = False
            self._refit()
        self._show_cursor(event.position())

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Forget held keys."""
        self._space = False
        self._show_cursor()
        super().focusOutEvent(event)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """On a name: edit it. Elsewhere: a press like any other."""
        chip = self._chip_at(event.position())
        if chip:
            self.edit_prompt(chip.number)
        else:
            self.mousePressEvent(event)

    def leaveEvent(self, event: QEvent) -> None:
        """The tool's tip goes with the pointer."""
        self._point_at(None)

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Scroll; with Ctrl zoom at the pointer, with Alt change the brush."""
        turn = event.angleDelta()
        notches = (turn.y() or turn.x()) / 120  # Qt turns the wheel sideways while Alt is held
        modifiers = event.modifiers()
        if modifiers & Qt.KeyboardModifier.ControlModifier:
            self.set_zoom(self.zoom * ZOOM_STEP**notches, event.position())
        elif modifiers & Qt.KeyboardModifier.AltModifier:
            self._resize_brush(notches)
        else:
            step = event.pixelDelta() if not event.pixelDelta().isNull() else turn / 2
            if modifiers & Qt.KeyboardModifier.ShiftModifier and not step.x():
                step = QPoint(step.y(), 0)
            self._pan(QPointF(step))
        event.accept()

    def event(self, event: QEvent) -> bool:
        """Pinch to zoom, on touchpads and touch screens; keep Tab for moving on."""
        if isinstance(event, QNativeGestureEvent):
            if event.gestureType() is Qt.NativeGestureType.ZoomNativeGesture:
                self.set_zoom(self.zoom * (1 + event.value()), event.position())
                return True
        elif isinstance(event, QGestureEvent):
            pinch = event.gesture(Qt.GestureType.PinchGesture)
            if isinstance(pinch, QPinchGesture):
                about = QPointF(self.mapFromGlobal(pinch.centerPoint().toPoint()))
                self.set_zoom(self.zoom * pinch.scaleFactor(), about)
                return True
        return super().event(event)

    # Keyboard

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Crosshair, brush size, region names; everything else goes on to the window."""
        if not self._act_on_key(event):
            super().keyPressEvent(event)

    def keyReleaseEvent(self, event: QKeyEvent) -> None:
        """Space is let go: no more panning."""
        if event.key() == Qt.Key.Key_Space and not event.isAutoRepeat():
            self._space = False
            self._show_cursor()
        else:
            super().keyReleaseEvent(event)

    def _act_on_key(self, event: QKeyEvent) -> bool:
        key, active = Qt.Key(event.key()), self._canvas.active
        is_frame = self._canvas.tool is Tool.FRAME
        if self._canvas.picture is None:
            return False
        match key:
            case Qt.Key.Key_BracketLeft:
                self._resize_brush(-1)
            case Qt.Key.Key_BracketRight:
                self._resize_brush(1)
            case Qt.Key.Key_BraceLeft:
                self._canvas.set_hardness(self._canvas.hardness - 0.25)
            case Qt.Key.Key_BraceRight:
                self._canvas.set_hardness(self._canvas.hardness + 0.25)
            case Qt.Key.Key_Escape if self._canvas.is_drawing:
                self._canvas.cancel_stroke()
                self._grab = _Grab.NOTHING
            case Qt.Key.Key_Escape if self._canvas.compare:
                self._canvas.set_compare(None)
            case Qt.Key.Key_Left | Qt.Key.Key_Right if self._canvas.compare:
                self._canvas.set_compare_at(self._canvas.compare_at + _ARROWS[key][0] * _COMPARE_STEP)
            case Qt.Key.Key_F2 if active:
                self.edit_prompt(active.number)
            case Qt.Key.Key_Delete | Qt.Key.Key_Backspace if active:
                self._canvas.remove_region(active.number)
            case Qt.Key.Key_Left | Qt.Key.Key_Right | Qt.Key.Key_Up | Qt.Key.Key_Down if is_frame:
                self._push_frame(_SIDES[key], out=not self._has(event, Qt.KeyboardModifier.ShiftModifier))
            case Qt.Key.Key_Left | Qt.Key.Key_Right | Qt.Key.Key_Up | Qt.Key.Key_Down:
                self._move_crosshair(*_ARROWS[key], fine=self._has(event, Qt.KeyboardModifier.ShiftModifier))
            case Qt.Key.Key_Return | Qt.Key.Key_Enter:
                self._work_at_crosshair()
            case Qt.Key.Key_Space if self._scene.crosshair:
                self._work_at_crosshair()
            case Qt.Key.Key_Space:
                self._space = True
                self._show_cursor()
            case _:
                return False
        return True

    def _move_crosshair(self, right: int, down: int, *, fine: bool) -> None:
        """Bring the crosshair up, or move it; a shape being pulled follows."""
        picture = self._canvas.picture
        if picture is None:
            return
        width, height = picture.size.wh
        x, y = self._scene.pointer or (width / 2, height / 2)
        step = 1.0 if fine else max(1.0, round(_KEY_STEP / self._viewport.scale))
        if self._scene.crosshair:
            x, y = x + right * step, y + down * step
        self._scene.crosshair = True
        point = min(max(0.5, x), width - 0.5), min(max(0.5, y), height - 0.5)
        if self._canvas.is_drawing:
            self._drag(point)
        self._point_at(point)

    def _work_at_crosshair(self) -> None:
        """A click of the tool; rectangle and lasso begin with one press and end with the next."""
        point = self._scene.pointer
        if not self._scene.crosshair or point is None:
            return
        is_whole = self._canvas.tool not in (Tool.RECTANGLE, Tool.LASSO)
        if self._canvas.is_drawing or (self._press(point) and is_whole):
            self._canvas.release(*point)

    def _leave_keyboard(self) -> None:
        if self._scene.crosshair:
            self._point_at(None)
            self._scene.crosshair = False

    # Below

    def _press(self, point: Point, *, erases: bool = False) -> bool:
        try:
            self._canvas.press(*point, erases=erases)
        except StudioError as error:
            self._grab = _Grab.NOTHING
            self.refused.emit(error)
            return False
        return True

    def _drag(self, point: Point) -> None:
        before = self._canvas.band
        self._canvas.drag(*point)
        for band in (before, self._canvas.band):
            if band:
                self.update(band_rect(self._viewport, band.points))

    def _resize_brush(self, steps: float) -> None:
        before = self._canvas.brush_px
        wanted = before * BRUSH_STEP**steps
        self._canvas.set_brush_px(max(before + 1, wanted) if steps > 0 else min(before - 1, wanted))

    def _chip_at(self, point: QPointF) -> Chip | None:
        chips = reversed(self._scene.chips(self.size()))
        return next((chip for chip in chips if chip.rect.contains(point)), None)

    def _handle_at(self, point: QPointF) -> tuple[int, int] | None:
        if self._canvas.tool is not Tool.FRAME or self._canvas.picture is None:
            return None
        for sides, grip in handles(self._scene.frame_rect).items():
            if (grip - point).manhattanLength() <= _GRAB:
                return sides
        return None

    def _pull_frame(self, point: QPointF, *, both: bool) -> None:
        if self._canvas.picture:
            size, (x, y) = self._canvas.picture.size, self._at(point)
            pulled = self._canvas.margins.pulled(self._handle, round(x), round(y), size, both=both)
            self._canvas.set_frame(pulled)

    def _push_frame(self, side: str, *, out: bool) -> None:
        step = max(1, round(_KEY_STEP / self._viewport.scale))
        margin = getattr(self._canvas.margins, side) + (step if out else -step)
        self._canvas.set_frame(replace(self._canvas.margins, **{side: margin}))

    def _move_in_frame(self, point: QPointF) -> None:
        """The picture follows the pointer while the frame stays where it is on the screen."""
        before, by = self._canvas.frame_offset, (point - self._last) / self._viewport.scale
        self._canvas.move_in_frame(before[0] + round(by.x()), before[1] + round(by.y()))
        after = self._canvas.frame_offset
        moved = QPointF(after[0] - before[0], after[1] - before[1]) * self._viewport.scale
        self._viewport.pan(moved.x(), moved.y())
        self._last += moved

    def _is_in_frame(self, point: QPointF) -> bool:
        """Whether the picture can be moved by a press here."""
        is_frame = self._canvas.tool is Tool.FRAME and self._canvas.frame is not None
        return is_frame and self._scene.picture_rect.contains(point)

    def _is_on_slider(self, point: QPointF) -> bool:
        return self._canvas.compare is not None and abs(point.x() - self._scene.slider_x) <= _GRAB

    @Slot()
    def _show_cursor(self, point: QPointF | None = None) -> None:
        shape = _CURSORS[self._canvas.tool]
        if self._grab is _Grab.VIEW:
            shape = Qt.CursorShape.ClosedHandCursor
        elif self._space:
            shape = Qt.CursorShape.OpenHandCursor
        elif self._canvas.picture is None:
            shape = Qt.CursorShape.ArrowCursor
        elif point and (handle := self._handle_at(point)):
            right, below = handle
            shape = _HANDLE_CURSORS[(abs(right), right * below if right and below else abs(below))]
        elif point and self._is_in_frame(point):
            shape = Qt.CursorShape.SizeAllCursor
        elif point and self._grab is _Grab.NOTHING and self._chip_at(point):
            shape = Qt.CursorShape.PointingHandCursor
        elif point and self._is_on_slider(point):
            shape = Qt.CursorShape.SplitHCursor
        if self.cursor().shape() is not shape:
            self.setCursor(shape)

    @staticmethod
    def _has(event: QKeyEvent, modifier: Qt.KeyboardModifier) -> bool:
        return bool(event.modifiers() & modifier)
