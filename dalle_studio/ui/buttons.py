"""Buttons that follow the theme."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt, Slot
from PySide6.QtWidgets import QPushButton, QToolButton, QWidget

from dalle_studio.ui.theme import TEXT_ICON_SIZE, Theme


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


class TextButton(QPushButton):
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
