"""Everything that is painted on the canvas, in its order from back to front."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QPoint, QPointF, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter

from dalle_studio.core.format import Size
from dalle_studio.core.mask_tools import Point
from dalle_studio.core.picture import Picture
from dalle_studio.state.canvas import Canvas
from dalle_studio.state.stroke import Band, Tool, marker_box
from dalle_studio.ui import canvas_paint
from dalle_studio.ui.canvas_paint import Chip
from dalle_studio.ui.picture_levels import SHARP_FROM_ZOOM, PictureLevels, draw_stretched
from dalle_studio.ui.region_overlay import RegionOverlay
from dalle_studio.ui.theme import Theme
from dalle_studio.ui.veil import blurred
from dalle_studio.ui.viewport import Viewport


class CanvasScene:
    """Paints a canvas through a viewport.

    Attributes:
        overlay: the painted regions.
        preview: uint8 (height, width, 3), shown in the picture's place while one is being made; or None.
        pointer: where the tool's tip is, in picture pixels; or None.
        crosshair: whether the keyboard moves the pointer.
        clear_from_px: how far bars reach down from the top of the widget.
        hides: whether a picture is to be blurred.
    """

    def __init__(self, canvas: Canvas, theme: Theme, viewport: Viewport) -> None:
        self._canvas = canvas
        self._theme = theme
        self._viewport = viewport
        self._pictures: dict[tuple[int, bool], tuple[Picture, PictureLevels]] = {}
        self.overlay = RegionOverlay()
        self.preview: NDArray[np.uint8] | None = None
        self.pointer: Point | None = None
        self.crosshair = False
        self.clear_from_px = 0
        self.hides: Callable[[Picture], bool] = lambda _: False

    @property
    def content(self) -> QRectF | None:
        """Picture and frame, in picture pixels; None where there is no picture."""
        picture = self._canvas.picture
        if picture is None:
            return None
        (width, height), (left, top) = (self._canvas.frame or picture.size).wh, self._canvas.frame_offset
        return QRectF(-left, -top, width, height)

    @property
    def picture_rect(self) -> QRectF:
        """Where the picture lies in the widget; empty where there is none."""
        picture = self._canvas.picture
        return self._viewport.rect_to_widget(0, 0, *picture.size.wh) if picture else QRectF()

    @property
    def frame_rect(self) -> QRectF:
        """Where the frame lies in the widget: around the picture at least."""
        content = self.content or QRectF()
        return self._viewport.rect_to_widget(content.left(), content.top(), content.right(), content.bottom())

    @property
    def slider_x(self) -> float:
        """Where the compare slider is in the widget."""
        rect = self.picture_rect
        return rect.left() + rect.width() * self._canvas.compare_at

    def chips(self, size: QSize) -> list[Chip]:
        """The names of the regions, where they are painted in a widget of this size."""
        if self._canvas.picture is None or self._canvas.compare or self.preview is not None:
            return []
        regions = self._canvas.regions
        if self._canvas.is_drawing:  # a region just begun gets its name when the stroke ends
            regions = tuple(region for region in regions if region.box)
        active = self._canvas.active and self._canvas.active.number
        area = self.picture_rect.adjusted(-40, -40, 40, 40).intersected(QRectF(QRect(QPoint(), size)))
        return canvas_paint.chips(regions, active, self._viewport, area, self._theme, self._canvas.intent)

    def pointer_rect(self) -> QRect:
        """Whole widget units that the tool's tip covers; empty where it is not painted."""
        if self.pointer is None:
            return QRect()
        x, y = self.pointer
        tool = self._canvas.tool
        if tool in (Tool.BRUSH, Tool.ERASER):
            reach = self._canvas.brush_px / 2
            rect = self._viewport.covers(x - reach, y - reach, x + reach, y + reach, around=4)
        elif self.ghost:
            rect = canvas_paint.band_rect(self._viewport, self.ghost.points)
        else:
            rect = QRect()
        if self.crosshair:
            centre = self._viewport.to_widget(x, y).toPoint()
            rect = rect.united(QRect(centre.x() - 16, centre.y() - 16, 32, 32))
        return rect

    @property
    def ghost(self) -> Band | None:
        """What a click with the marker would drop."""
        picture = self._canvas.picture
        if self._canvas.tool is not Tool.MARKER or self._canvas.band or not self.pointer or not picture:
            return None
        return Band(Tool.MARKER, marker_box(self.pointer, picture.size), erases=False)

    def draw(self, painter: QPainter, clip: QRect, size: QSize) -> None:
        """Paint what lies in `clip` of a widget of this size."""
        painter.fillRect(clip, self._theme.colour("canvas"))
        if self.preview is not None and not self._preview_fits(self.preview):
            self._draw_loose_preview(painter, self.preview, size)
            return
        if self._canvas.picture is None:
            return
        self._draw_surroundings(painter, clip)
        self._draw_picture(painter, self._canvas.picture, clip)
        if (
            self._canvas.compare is None and self.preview is None
        ):  # what was made is judged without marks on it
            self._draw_regions(painter, clip, size)
        self._draw_tools(painter, clip)

    def _preview_fits(self, preview: NDArray[np.uint8]) -> bool:
        picture = self._canvas.picture
        shape = Size(preview.shape[1], preview.shape[0])
        return picture is not None and abs(shape.aspect / picture.size.aspect - 1) < 0.05

    def _draw_loose_preview(self, painter: QPainter, preview: NDArray[np.uint8], size: QSize) -> None:
        place = Viewport()
        place.fit(QRectF(0, 0, preview.shape[1], preview.shape[0]), fit_area(size, self.clear_from_px))
        rect = place.rect_to_widget(0, 0, preview.shape[1], preview.shape[0])
        canvas_paint.draw_shadow(painter, rect)
        draw_stretched(painter, preview, rect)

    def _draw_surroundings(self, painter: QPainter, clip: QRect) -> None:
        outer = self.frame_rect if self._canvas.frame else self.picture_rect
        if not outer.contains(QRectF(clip)):
            canvas_paint.draw_shadow(painter, outer)
        if self._canvas.frame and not self.picture_rect.contains(QRectF(clip)):
            canvas_paint.draw_extension(painter, outer, clip, self._theme)

    def _draw_picture(self, painter: QPainter, picture: Picture, clip: QRect) -> None:
        if self.preview is not None:
            draw_stretched(painter, self.preview, self.picture_rect)
            return
        self._levels(picture).draw(painter, self._viewport, clip)
        other = self._canvas.compare
        if other:
            right = clip.intersected(QRect(round(self.slider_x), clip.top(), clip.right() + 1, clip.height()))
            painter.save()
            painter.setClipRect(right, Qt.ClipOperation.IntersectClip)
            self._levels(other).draw(painter, self._fitted_to(picture, other), right)
            painter.restore()
        if self._viewport.zoom < SHARP_FROM_ZOOM and not self._canvas.frame:
            canvas_paint.draw_corners(painter, self.picture_rect, clip, self._theme.colour("canvas"))

    def _fitted_to(self, picture: Picture, other: Picture) -> Viewport:
        """The viewport that shows another picture as wide as the one on the canvas."""
        viewport = Viewport()
        viewport.ratio, viewport.left, viewport.top = (
            self._viewport.ratio,
            self._viewport.left,
            self._viewport.top,
        )
        viewport.scale = self._viewport.scale * picture.size.width_px / other.size.width_px
        return viewport

    def _levels(self, picture: Picture) -> PictureLevels:
        """Ready to be painted; only the pictures on show are kept."""
        key = id(picture), self.hides(picture)
        if key not in self._pictures:
            shown = (self._canvas.picture, self._canvas.compare)
            self._pictures = {key: kept for key, kept in self._pictures.items() if kept[0] in shown}
            pixels = blurred(picture) if key[1] else picture.pixels
            self._pictures[key] = (picture, PictureLevels(pixels))
        return self._pictures[key][1]

    def _draw_regions(self, painter: QPainter, clip: QRect, size: QSize) -> None:
        coloured = [(r, self._theme.colour(f"region{r.colour}")) for r in self._canvas.regions]
        visible = clip.intersected(self.picture_rect.toAlignedRect().adjusted(-2, -2, 2, 2))
        if not visible.isEmpty():
            self.overlay.draw(painter, self._viewport, size, visible, coloured, self._canvas.live)
        for chip in self.chips(size):
            if chip.rect.adjusted(-2, -2, 2, 4).intersects(QRectF(clip)):
                canvas_paint.draw_chip(painter, chip)

    def _draw_tools(self, painter: QPainter, clip: QRect) -> None:
        band = self._canvas.band or self.ghost
        if band:
            canvas_paint.draw_band(painter, self._viewport, band, self._mark_colour())
        if self._canvas.frame or self._canvas.tool is Tool.FRAME:
            canvas_paint.draw_frame(painter, self.frame_rect, self._theme)
        if self._canvas.compare:
            area = self.picture_rect.intersected(QRectF(clip.adjusted(-4000, -4000, 4000, 4000)))
            canvas_paint.draw_slider(painter, self.slider_x, area.top(), area.bottom())
        if self.pointer and self.pointer_rect().intersects(clip):
            self._draw_pointer(painter, self._viewport.to_widget(*self.pointer))

    def _draw_pointer(self, painter: QPainter, centre: QPointF) -> None:
        if self._canvas.tool in (Tool.BRUSH, Tool.ERASER):
            canvas_paint.draw_brush(painter, centre, self._canvas.brush_px * self._viewport.scale)
        if self.crosshair:
            canvas_paint.draw_crosshair(painter, centre)

    def _mark_colour(self) -> QColor:
        """Of the active region, or of the one that the next mark makes."""
        taken = {region.colour for region in self._canvas.regions}
        active = self._canvas.active
        free = next((colour for colour in range(5) if colour not in taken), 0)
        return self._theme.colour(f"region{active.colour if active else free}")


def fit_area(size: QSize, top_px: int = 0) -> QRectF:
    """The part of the canvas that bars floating at its edges leave free; those at the top reach to `top_px`."""
    return QRectF(QRect(QPoint(), size)).adjusted(72, max(68, top_px), -72, -64)
