"""Small widgets on the canvas: what it says while it is empty, and the field to rename a region."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QLabel, QLineEdit, QVBoxLayout, QWidget

from dalle_studio.ui.flow import FlowLayout
from dalle_studio.ui.language import tr
from dalle_studio.ui.theme import Theme, app_font


class EmptyCanvas(QWidget):
    """What to do when there is no picture yet. The window adds its buttons with `add`."""

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("empty_canvas")
        self._theme = theme
        self._icon = QLabel(alignment=Qt.AlignmentFlag.AlignCenter)
        self._text = QLabel(tr("Describe a picture on the left, or drop one here"))
        self._text.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._text.setFont(app_font(15))
        self._text.setProperty("kind", "second")
        self._text.setWordWrap(True)
        self._buttons = FlowLayout(gap_px=8, align=Qt.AlignmentFlag.AlignHCenter)
        column = QVBoxLayout(self)
        column.setSpacing(16)
        column.addStretch()
        column.addWidget(self._icon)
        column.addWidget(self._text)
        column.addLayout(self._buttons)
        column.addStretch()
        self._dress()
        theme.changed.connect(self._dress)

    def add(self, widget: QWidget) -> None:
        """One more button below the text."""
        self._buttons.addWidget(widget)

    @Slot()
    def _dress(self) -> None:
        self._icon.setPixmap(self._theme.pixmap("image-plus", "third", 48))
        self._text.setStyleSheet(f"font-size: 15px; color: {self._theme.value('second')};")


class PromptEdit(QLineEdit):
    """The field in which a region's name is changed, on the picture itself.

    Enter or a click elsewhere takes the text, Escape leaves it as it was.
    """

    done = Signal(int, str)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("region_prompt_edit")
        self.setAccessibleName(tr("What to make in this region"))
        self.setPlaceholderText(tr("What goes here?"))
        self.setFixedWidth(240)
        self._view = parent
        self._number: int | None = None
        self.hide()
        self.editingFinished.connect(self._finish)

    def begin(self, number: int, text: str) -> None:
        """Edit a region's prompt."""
        self._number = number
        self.setText(text)
        self.selectAll()
        self.show()
        self.raise_()
        self.setFocus(Qt.FocusReason.OtherFocusReason)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Escape gives up; everything else is text."""
        if event.key() == Qt.Key.Key_Escape:
            self._close()
        else:
            super().keyPressEvent(event)

    @Slot()
    def _finish(self) -> None:
        number, text = self._number, self.text()
        if number is not None:
            self._close()
            self.done.emit(number, text)

    def _close(self) -> None:
        self._number = None
        self.hide()
        self._view.setFocus(Qt.FocusReason.OtherFocusReason)
