"""Gentle, short motion where it helps to see what became of what; none where it is unwanted or unseen."""

from __future__ import annotations

from PySide6.QtCore import QEasingCurve, QVariantAnimation
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QStyle, QWidget

MOTION_MS = 160


def may_move(widget: QWidget) -> bool:
    """Whether something of a widget may move: not where the system asks for less, nor where nobody looks on."""
    is_seen = widget.isVisible() and QGuiApplication.platformName() != "offscreen"
    hint = QStyle.StyleHint.SH_Widget_Animation_Duration
    return is_seen and widget.style().styleHint(hint, None, widget) > 0


class Motion(QVariantAnimation):
    """Goes from 0 to 1 in a moment and repaints its widget on the way; it ends with the widget."""

    def __init__(self, widget: QWidget) -> None:
        super().__init__(widget)
        self._widget = widget
        self.setDuration(MOTION_MS)
        self.setStartValue(0.0)
        self.setEndValue(1.0)
        self.setEasingCurve(QEasingCurve.Type.OutCubic)
        self.valueChanged.connect(widget.update)

    @property
    def share(self) -> float:
        """How far it has come; 1 where it does not run."""
        is_running = self.state() is QVariantAnimation.State.Running
        return float(self.currentValue()) if is_running else 1.0

    def begin(self) -> None:
        """From 0 again, if the widget may move."""
        self.stop()
        if may_move(self._widget):
            self.start()
