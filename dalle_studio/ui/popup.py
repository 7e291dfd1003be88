"""What opens over the window and closes by itself: rounded, with the one shadow of the look."""

from __future__ import annotations

from PySide6.QtCore import QPoint, QRect, QRectF, Qt, Signal
from PySide6.QtGui import QColor, QHideEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QVBoxLayout, QWidget

from dalle_studio.ui.theme import Theme

SHADOW_PX = 10
RADIUS_PX = 12


class Popup(QWidget):
    """A panel that closes with Esc or a click beside it. Put content into `body`.

    Signals:
        closed(): it is hidden again.
    """

    closed = Signal()

    def __init__(self, theme: Theme, parent: QWidget, flags: Qt.WindowType = Qt.WindowType.Popup) -> None:
        quiet = Qt.WindowType.FramelessWindowHint | Qt.WindowType.NoDropShadowWindowHint
        super().__init__(parent, flags | quiet)
        self._theme = theme
        self.setAttribute(Qt.WidgetAttribute.WA_TranslucentBackground)
        self.body = QVBoxLayout(self)
        self.body.setContentsMargins(*(SHADOW_PX + 8,) * 4)
        self.body.setSpacing(8)
        theme.changed.connect(self.update)

    def show_under(self, anchor: QWidget, rect: QRect | None = None) -> None:
        """Open below a widget (or a rectangle of it), above it where there is more room; on the screen."""
        around = QRect(QPoint(), anchor.size()) if rect is None else rect
        around = QRect(anchor.mapToGlobal(around.topLeft()), around.size())
        self.adjustSize()
        self.move(
            _place(around, self.size().width(), self.size().height(), anchor.screen().availableGeometry())
        )
        self.show()

    def hideEvent(self, event: QHideEvent) -> None:
        """However it was closed."""
        super().hideEvent(event)
        self.closed.emit()

    def paintEvent(self, event: QPaintEvent) -> None:
        """A rounded panel on its shadow."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        box = QRectF(self.rect()).adjusted(SHADOW_PX, SHADOW_PX, -SHADOW_PX, -SHADOW_PX)
        paint_shadow(painter, box, RADIUS_PX)
        painter.setPen(QPen(self._theme.colour("edge"), 1))
        painter.setBrush(self._theme.colour("panel"))
        painter.drawRoundedRect(box.adjusted(0.5, 0.5, -0.5, -0.5), RADIUS_PX, RADIUS_PX)


def paint_shadow(painter: QPainter, box: QRectF, radius_px: float) -> None:
    """The soft shadow of a rounded box, `SHADOW_PX` wide."""
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QColor(0, 0, 0, 9))
    for grow in range(SHADOW_PX, 0, -1):
        around = box.adjusted(-grow, -grow, grow, grow).translated(0, 1)
        painter.drawRoundedRect(around, radius_px + grow, radius_px + grow)


def _place(around: QRect, width: int, height: int, screen: QRect) -> QPoint:
    below = around.bottom() + 4 - SHADOW_PX
    above = around.top() - 4 + SHADOW_PX - height
    room_below = screen.bottom() - around.bottom()
    y = below if below + height <= screen.bottom() or room_below >= around.top() - screen.top() else above
    x = min(around.left() - SHADOW_PX, screen.right() - width)
    return QPoint(max(screen.left(), x), max(screen.top(), min(y, screen.bottom() - height)))
