"""The picture formats, each drawn as a little frame of its shape."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QWidget

from dalle_studio.core.format import FORMATS, Format
from dalle_studio.core.sentence import say
from dalle_studio.ui.language import told, tr
from dalle_studio.ui.segmented import ChoiceRow
from dalle_studio.ui.theme import Theme, app_font

_NAMES = {
    "square": say("Square"),
    "album": say("Album"),
    "banner": say("Banner"),
    "poster": say("Poster"),
    "story": say("Story"),
    "slide": say("Slide"),
}
_TILE = QSize(46, 54)
_AREA_PX2 = 300
_LONGEST_PX = 26.0


class FormatRow(ChoiceRow):
    """One of `core.format.FORMATS`, by name."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(say("Format"), parent)
        self.row.setContentsMargins(0, 0, 0, 0)
        self.row.setSpacing(4)
        for each in FORMATS:
            self.add(each.name, each.label, _Tile(theme, each))


class _Tile(QAbstractButton):
    def __init__(self, theme: Theme, shape: Format) -> None:
        super().__init__()
        self._theme = theme
        self._aspect = shape.size.aspect
        self.setText(told(_NAMES[shape.name]))
        self.setToolTip(tr("{format}, {size} pixels", format=shape.label, size=shape.size))
        self.setFont(app_font(11))
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        theme.changed.connect(self.update)

    def sizeHint(self) -> QSize:
        return _TILE

    def paintEvent(self, e: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._paint_box(painter)
        lively = self.isChecked() or self.underMouse()
        painter.setPen(QPen(self._theme.colour("text" if lively else "second"), 1.5))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRoundedRect(self._frame(), 2.5, 2.5)
        bottom = self.rect().adjusted(2, 33, -2, -5)
        name = painter.fontMetrics().elidedText(self.text(), Qt.TextElideMode.ElideRight, bottom.width())
        painter.drawText(bottom, Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignVCenter, name)

    def _paint_box(self, painter: QPainter) -> None:
        if self.isChecked() or self.hasFocus():
            colour = self._theme.colour("accent")
            painter.setPen(QPen(colour, 2 if self.hasFocus() else 1))
            painter.setBrush(self._theme.colour("field"))
            if self.hasFocus() and self.isChecked():
                painter.setBrush(self._theme.colour("accent_soft"))
        elif self.underMouse():
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(self._theme.colour("field"))
        else:
            return
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(1, 1, -1, -1), 9, 9)

    def _frame(self) -> QRectF:
        """All formats about the same area, as their pictures are."""
        width = min(_LONGEST_PX, (_AREA_PX2 * self._aspect) ** 0.5)
        height = width / self._aspect
        middle = QPointF(self.width() / 2, 19)
        return QRectF(middle.x() - width / 2, middle.y() - height / 2, width, height)
