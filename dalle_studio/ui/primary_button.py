"""The one primary button at the foot of the composer, which says what it will do."""

from __future__ import annotations

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QFont, QFontMetrics, QPainter, QPaintEvent
from PySide6.QtWidgets import QPushButton, QStyle, QStyleOptionButton, QWidget

from dalle_studio.ui.theme import Theme, app_font

HEIGHT_PX = 44
_ICON_PX = 18
_PADDING_PX = 8


class PrimaryButton(QPushButton):
    """A large accent button with an icon, its words, and the shortcut beside them."""

    def __init__(self, theme: Theme, icon: str, shortcut: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._icon_name = icon
        self._shortcut = shortcut
        self.setProperty("kind", "primary")
        self.setAutoDefault(False)
        self.setFixedHeight(HEIGHT_PX)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        theme.changed.connect(self.update)

    def sizeHint(self) -> QSize:
        """As wide as its words ask for."""
        return QSize(QFontMetrics(_words_font()).horizontalAdvance(self.text()) + 120, HEIGHT_PX)

    def paintEvent(self, arg__1: QPaintEvent) -> None:
        """The button of the stylesheet, with contents in two sizes."""
        painter = QPainter(self)
        option = QStyleOptionButton()
        self.initStyleOption(option)
        option.text = ""  # pyright: ignore[reportAttributeAccessIssue]
        self.style().drawControl(QStyle.ControlElement.CE_PushButton, option, painter, self)
        role = "on_accent" if self.isEnabled() else "second"
        painter.setPen(self._theme.colour(role))
        self._paint_contents(painter, role)

    def _paint_contents(self, painter: QPainter, role: str) -> None:
        words, keys = _words_font(), app_font(12)
        room = self.width() - _ICON_PX - 9 - 2 * _PADDING_PX
        said = QFontMetrics(words).elidedText(self.text(), Qt.TextElideMode.ElideRight, room)
        width = QFontMetrics(words).horizontalAdvance(said)
        shown = self._keys() if width + self._keys_width(keys) <= room else ""
        widths = [width, self._keys_width(keys) if shown else 0]
        left = (self.width() - _ICON_PX - 9 - sum(widths)) // 2
        painter.drawPixmap(
            left, (HEIGHT_PX - _ICON_PX) // 2, self._theme.pixmap(self._icon_name, role, _ICON_PX)
        )
        left += _ICON_PX + 9
        for text, font, width in zip((said, shown), (words, keys), widths, strict=True):
            painter.setFont(font)
            shift = 8 if font is keys else 0
            place = QRect(left + shift, 0, width + 2, HEIGHT_PX)
            painter.drawText(place, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, text)
            left += width

    def _keys(self) -> str:
        return self._shortcut if self.isEnabled() else ""

    def _keys_width(self, font: QFont) -> int:
        return QFontMetrics(font).horizontalAdvance(self._keys()) + 8 if self._keys() else 0


def _words_font() -> QFont:
    return app_font(15, bold=True)
