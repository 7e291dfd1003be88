"""Where a picture lies in a widget: zoom and place, and the way from one's coordinates to the other's."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRect, QRectF

MIN_ZOOM = 0.05
MAX_ZOOM = 32.0


class Viewport:
    """The mapping between picture pixels and widget coordinates.

    Attributes:
        scale: widget units per picture pixel.
        left: widget x of the picture's left edge.
        top: widget y of the picture's top edge.
        ratio: device pixels per widget unit.
    """

    def __init__(self) -> None:
        self.scale = 1.0
        self.left = 0.0
        self.top = 0.0
        self.ratio = 1.0

    @property
    def zoom(self) -> float:
        """Device pixels per picture pixel: 1 = 100 %."""
        return self.scale * self.ratio

    @property
    def key(self) -> tuple[float, float, float, float]:
        """The same as long as nothing moved."""
        return self.scale, self.left, self.top, self.ratio

    def to_picture(self, point: QPointF) -> QPointF:
        """The place in the picture under a point of the widget."""
        return QPointF((point.x() - self.left) / self.scale, (point.y() - self.top) / self.scale)

    def to_widget(self, x: float, y: float) -> QPointF:
        """The point of the widget over a place in the picture."""
        return QPointF(self.left + x * self.scale, self.top + y * self.scale)

    def rect_to_widget(self, left: float, top: float, right: float, bottom: float) -> QRectF:
        """A rectangle of the picture in the widget's coordinates."""
        return QRectF(self.to_widget(left, top), self.to_widget(right, bottom))

    def covers(self, left: float, top: float, right: float, bottom: float, around: int = 1) -> QRect:
        """Whole widget units that show this part of the picture, and some around."""
        rect = self.rect_to_widget(left, top, right, bottom).toAlignedRect()
        return rect.adjusted(-around, -around, around, around)

    def set_zoom(self, zoom: float, about: QPointF) -> None:
        """Zoom, brought into 5 to 3200 %, while the picture stays put under a point of the widget."""
        fixed = self.to_picture(about)
        self.scale = min(max(MIN_ZOOM, zoom), MAX_ZOOM) / self.ratio
        self._put(about.x() - fixed.x() * self.scale, about.y() - fixed.y() * self.scale)

    def pan(self, dx: float, dy: float) -> None:
        """Move the picture in the widget."""
        self._put(self.left + dx, self.top + dy)

    def fit(self, content: QRectF, area: QRectF) -> None:
        """Show this part of the picture (may reach beyond it) whole, in the middle of an area."""
        scale = min(area.width() / content.width(), area.height() / content.height())
        self.scale = min(max(MIN_ZOOM, scale * self.ratio), MAX_ZOOM) / self.ratio
        middle = area.center() - content.center() * self.scale
        self._put(middle.x(), middle.y())

    def _put(self, left: float, top: float) -> None:
        """Whole device pixels, so that a picture at 100 % is shown pixel for pixel."""
        self.left = round(left * self.ratio) / self.ratio
        self.top = round(top * self.ratio) / self.ratio
