"""The end of what scrolls fades out, so that nothing looks cut off."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Qt, Slot
from PySide6.QtGui import QColor, QLinearGradient, QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractScrollArea, QWidget

from dalle_studio.ui.theme import Theme

HEIGHT_PX = 28


class Fade(QWidget):
    """Lies over the lower end of a scroll area on a panel, while there is more below."""

    def __init__(self, area: QAbstractScrollArea, theme: Theme) -> None:
        super().__init__(area)
        self._area, self._theme = area, theme
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        theme.changed.connect(self.update)
        bar = area.verticalScrollBar()
        bar.rangeChanged.connect(self._follow)
        bar.valueChanged.connect(self._follow)
        area.installEventFilter(self)
        self._follow()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Stay at the end when the area is resized."""
        if event.type() == QEvent.Type.Resize:
            self._follow()
        return super().eventFilter(watched, event)

    def paintEvent(self, event: QPaintEvent) -> None:
        """From nothing to the colour of the panel."""
        panel = self._theme.colour("panel")
        clear = QColor(panel)
        clear.setAlpha(0)
        gradient = QLinearGradient(0, 0, 0, self.height())
        gradient.setColorAt(0, clear)
        gradient.setColorAt(1, panel)
        QPainter(self).fillRect(self.rect(), gradient)

    @Slot()
    def _follow(self) -> None:
        view, bar = self._area.viewport().geometry(), self._area.verticalScrollBar()
        self.setGeometry(view.left(), view.bottom() + 1 - HEIGHT_PX, view.width(), HEIGHT_PX)
        self.setVisible(bar.value() < bar.maximum())
