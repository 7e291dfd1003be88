"""One line of words that gives way where there is little room."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QLabel

_LEAST_PX = 60


class Words(QLabel):
    """As wide as its text if there is room; else its end is cut off, and the tool tip has all of it."""

    def __init__(self, text: str = "") -> None:
        super().__init__()
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setText(text)

    def setText(self, arg__1: str) -> None:
        """Other words."""
        super().setText(arg__1)
        self.setToolTip(arg__1)

    def minimumSizeHint(self) -> QSize:
        """A word or two."""
        least = super().minimumSizeHint()
        return QSize(min(least.width(), _LEAST_PX), least.height())

    def paintEvent(self, arg__1: QPaintEvent) -> None:
        """As much as there is room for."""
        shown = self.fontMetrics().elidedText(self.text(), Qt.TextElideMode.ElideRight, self.width())
        painter, role, aligned = QPainter(self), self.foregroundRole(), self.alignment()
        self.style().drawItemText(
            painter, self.rect(), aligned, self.palette(), self.isEnabled(), shown, role
        )
