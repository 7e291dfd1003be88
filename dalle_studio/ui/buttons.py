"""Buttons that follow the theme."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt, Slot
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QPushButton, QStyle, QStyleOptionButton, QToolButton, QWidget

from dalle_studio.ui.theme import TEXT_ICON_SIZE, Theme

_ICON_GAP_PX = 4  # what Qt leaves between icon and words


class IconButton(QToolButton):
    """An icon with a tooltip, which is also its accessible name.

    Reached with Tab; a click leaves the keyboard where it was.
    """

    def __init__(
        self,
        theme: Theme,
        icon: str,
        tooltip: str,
        *,
        role: str = "second",
        size_px: int = 18,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._theme = theme
        self._icon = icon
        self._role = role
        self.setIconSize(QSize(size_px, size_px))
        self.setAutoRaise(True)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setToolTip(tooltip)
        self.setAccessibleName(tooltip)
        self._dress()
        theme.changed.connect(self._dress)

    def set_icon(self, icon: str, role: str | None = None) -> None:
        """Another icon, in another colour where a role is given."""
        self._icon, self._role = icon, role or self._role
        self._dress()

    @Slot()
    def _dress(self) -> None:
        self.setIcon(self._theme.icon(self._icon, self._role))


class WordsButton(QPushButton):
    """A button that cuts its words with an ellipsis where it is too narrow for them."""

    def paintEvent(self, arg__1: QPaintEvent) -> None:
        """As Qt does it, but for words that are too long."""
        option = QStyleOptionButton()
        self.initStyleOption(option)
        room = self.style().subElementRect(QStyle.SubElement.SE_PushButtonContents, option, self).width()
        if not self.icon().isNull():
            room -= self.iconSize().width() + _ICON_GAP_PX
        if self.fontMetrics().horizontalAdvance(self.text()) <= room:
            super().paintEvent(arg__1)
            return
        words = self.fontMetrics().elidedText(self.text(), Qt.TextElideMode.ElideRight, room)
        option.text = words  # pyright: ignore[reportAttributeAccessIssue]
        painter = QPainter(self)
        self.style().drawControl(QStyle.ControlElement.CE_PushButton, option, painter, self)
        painter.end()


class TextButton(WordsButton):
    """A button with words and, where named, an icon; `kind` as in `ui/stylesheet.py`."""

    def __init__(
        self, theme: Theme, text: str, *, kind: str = "", icon: str = "", parent: QWidget | None = None
    ) -> None:
        super().__init__(text, parent)
        self._theme = theme
        self._icon = icon
        self._role = {"primary": "on_accent", "danger": "danger", "link": "accent"}.get(kind, "second")
        self.setProperty("kind", kind)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setIconSize(TEXT_ICON_SIZE)
        self.setAutoDefault(False)
        self.setAccessibleName(text)
        self._dress()
        theme.changed.connect(self._dress)

    def set_icon(self, icon: str, role: str | None = None) -> None:
        """Another icon, in another colour where a role is given."""
        self._icon, self._role = icon, role or self._role
        self._dress()

    @Slot()
    def _dress(self) -> None:
        if self._icon:
            self.setIcon(self._theme.text_icon(self._icon, self._role))
