"""The canvas on the screen, to look at: picture, regions and what is being made, zoomed and moved.

A plain widget that repaints only what changed: a dab of the brush costs about the same on a picture of
4096 x 4096 pixels as on a small one. What it paints is in `canvas_scene`, how it is worked in `canvas_view`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import cast

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QEvent, QPointF, QRect, QRectF, Qt, Signal, Slot
from PySide6.QtGui import QFocusEvent, QImage, QPainter, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import QWidget

from dalle_studio.core.mask import Box
from dalle_studio.core.mask_tools import Point
from dalle_studio.core.picture import Picture
from dalle_studio.core.sentence import joined, say
from dalle_studio.state.canvas import Canvas
from dalle_studio.ui.canvas_hints import EmptyCanvas
from dalle_studio.ui.canvas_scene import CanvasScene, fit_area
from dalle_studio.ui.language import told
from dalle_studio.ui.region_overlay import scaled
from dalle_studio.ui.theme import Theme
from dalle_studio.ui.viewport import Viewport

ZOOM_STEP = 1.25


class CanvasSurface(QWidget):
    """Shows a canvas.

    Attributes:
        empty: what is shown while there is no picture; the window adds its buttons to it.

    Signals:
        zoom_changed(float): device pixels per picture pixel, 1 = 100 %.
    """

    zoom_changed = Signal(float)

    def __init__(self, canvas: Canvas, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._canvas = canvas
        self._theme = theme
        self._viewport = Viewport()
        self._scene = CanvasScene(canvas, theme, self._viewport)
        self._fits = True
        self._holds_still = False
        self._content = QRectF()
        self._tab_focus = False
        self._buffer = QImage()
        self.empty = EmptyCanvas(theme, self)
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self.setMinimumSize(320, 240)
        canvas.changed.connect(self._sync)
        canvas.painted.connect(self._repaint_pixels)
        theme.changed.connect(self._sync)
        self._sync()

    # Zoom and preview

    @property
    def zoom(self) -> float:
        """Device pixels per picture pixel, 0.05 to 32; 1 = 100 %."""
        return self._viewport.zoom

    def set_zoom(self, zoom: float, about: QPointF | None = None) -> None:
        """Zoom about a point of the widget, its middle without one."""
        self._fits = False
        self._viewport.set_zoom(zoom, about or QRectF(self.rect()).center())
        self._moved()

    def zoom_in(self) -> None:
        """A quarter closer."""
        self.set_zoom(self.zoom * ZOOM_STEP)

    def zoom_out(self) -> None:
        """A quarter farther away."""
        self.set_zoom(self.zoom / ZOOM_STEP)

    def zoom_to_100(self) -> None:
        """One picture pixel on one pixel of the screen."""
        self.set_zoom(1.0)

    def zoom_to_fit(self) -> None:
        """Picture and frame whole, now and when the window's size changes."""
        self._fits = True
        content = self._scene.content
        if content:
            self._viewport.fit(content, fit_area(self.size(), self._scene.clear_from_px))
            self._moved()

    def keep_clear(self, top_px: int) -> None:
        """A picture that fits keeps clear of bars that reach so far down from the top."""
        if top_px != self._scene.clear_from_px:
            self._scene.clear_from_px = top_px
            self._refit()

    def show_preview(self, pixels: NDArray[np.uint8] | None) -> None:
        """Show a small uint8 (height, width, 3) array in the picture's place; None ends it."""
        self._scene.preview = pixels
        self._show_hints()
        self.update()

    def blur(self, hides: Callable[[Picture], bool]) -> None:
        """Blur pictures of which this is true, from now on."""
        self._scene.hides = hides
        self.update()

    def widget_position(self, x: float, y: float) -> QPointF:
        """The point of the widget that shows this place of the picture (in picture pixels)."""
        return self._viewport.to_widget(x, y)

    # Following the canvas

    @Slot()
    def _sync(self) -> None:
        if self._canvas.is_drawing:
            return  # what a stroke changes is told by `painted`
        content = self._scene.content or QRectF()
        if content != self._content:
            is_new = content.size() != self._content.size() and not self._canvas.frame
            self._content = content
            self._fits = self._fits or is_new
            self._refit()
        self._show_hints()
        self._describe()
        self.update()

    @Slot(object)
    def _repaint_pixels(self, box: Box) -> None:
        self.update(self._viewport.covers(box.left, box.top, box.right, box.bottom, around=4))

    def _moved(self) -> None:
        self.zoom_changed.emit(self.zoom)
        self.update()

    def _show_hints(self) -> None:
        self.empty.setVisible(self._canvas.picture is None and self._scene.preview is None)

    def _describe(self) -> None:
        picture = self._canvas.picture
        names = [each.prompt or say("Place {number}", number=each.number) for each in self._canvas.regions]
        if picture is None:
            description = say("No picture")
        elif names:
            description = say(
                "Picture of {size} pixels, regions: {regions}",
                size=picture.size,
                regions=joined(names, say(", ")),
            )
        else:
            description = say("Picture of {size} pixels", size=picture.size)
        self.setAccessibleDescription(told(description))

    # Painting

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint what must be painted anew."""
        image = self._drawn(event.rect())
        painter = QPainter(self)
        for part in cast("Iterable[QRect]", event.region()):
            painter.setClipRect(part)  # one rectangle at a time: Qt is slow where the clip is several
            painter.drawImage(part.topLeft(), image, scaled(part, self._viewport.ratio))
        painter.setClipping(False)
        if self._tab_focus:
            painter.setPen(QPen(self._theme.colour("accent"), 2))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRect(QRectF(self.rect()).adjusted(1, 1, -1, -1))
        painter.end()

    def _drawn(self, clip: QRect) -> QImage:
        """The scene in `clip`, on an image of the widget's size."""
        wanted = self.size() * self._viewport.ratio
        if self._buffer.size() != wanted:
            self._buffer = QImage(wanted, QImage.Format.Format_RGB32)
            self._buffer.setDevicePixelRatio(self._viewport.ratio)
        painter = QPainter(self._buffer)
        painter.setClipRect(clip)
        self._scene.draw(painter, clip, self.size())
        painter.end()
        return self._buffer

    def event(self, event: QEvent) -> bool:
        """On a screen of another density the picture keeps its size; its pixels are drawn finer or coarser."""
        if event.type() is QEvent.Type.DevicePixelRatioChange:
            self._viewport.ratio = self.devicePixelRatioF()
            self._moved()
        return super().event(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep the picture whole, or its middle where it is."""
        self._viewport.ratio = self.devicePixelRatioF()
        self.empty.setGeometry(self.rect())
        if self._fits:
            self.zoom_to_fit()
        elif event.oldSize().isValid():
            gain = event.size() - event.oldSize()
            self._viewport.pan(gain.width() / 2, gain.height() / 2)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """A ring shows that the keyboard is here, if it came by keyboard."""
        self._tab_focus = event.reason() in (Qt.FocusReason.TabFocusReason, Qt.FocusReason.BacktabFocusReason)
        self.update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """No ring."""
        self._tab_focus = False
        self.update()

    # For those who work on it

    def _refit(self) -> None:
        if self._fits and not self._holds_still:
            self.zoom_to_fit()

    def _at(self, point: QPointF) -> Point:
        place = self._viewport.to_picture(point)
        return place.x(), place.y()

    def _pan(self, by: QPointF) -> None:
        if self._canvas.picture:
            self._fits = False
            self._viewport.pan(by.x(), by.y())
            self.update()

    def _point_at(self, point: Point | None) -> None:
        """Move the tool's tip and repaint where it was and is."""
        dirty = self._scene.pointer_rect()
        self._scene.pointer = point
        for rect in (dirty, self._scene.pointer_rect()):
            if not rect.isEmpty():
                self.update(rect)
