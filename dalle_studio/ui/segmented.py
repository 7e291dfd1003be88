"""One of a few: a row of words of which one is chosen."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, Qt, Signal, Slot
from PySide6.QtGui import QFontMetrics, QHelpEvent, QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import (
    QAbstractButton,
    QButtonGroup,
    QFrame,
    QHBoxLayout,
    QPushButton,
    QStyle,
    QStyleOptionButton,
    QToolTip,
    QWidget,
)

from dalle_studio.ui.language import told, tr
from dalle_studio.ui.theme import app_font

_PADDING_PX = 3


class ChoiceRow(QFrame):
    """Buttons of which one is chosen, with the mouse, the arrow keys, Home and End; Tab enters and leaves.

    Signals:
        chosen(str): the value that was chosen by the user.
    """

    chosen = Signal(str)

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._name = name
        self._values: list[str] = []
        self._group = QButtonGroup(self)
        self._group.idClicked.connect(self._choose)
        self._group.idToggled.connect(self._let_tab_enter)
        self.row = QHBoxLayout(self)
        self.setAccessibleName(told(name))

    def add(self, value: str, label: str, button: QAbstractButton) -> None:
        """One more choice, which `button` stands for."""
        button.setCheckable(True)
        button.setAccessibleName(tr("{name}: {text}", name=self._name, text=label))
        button.setObjectName(f"{self._name}_{value}".lower().replace(" ", "_"))
        if not button.toolTip():
            button.setToolTip(button.accessibleName())
        self._group.addButton(button, len(self._values))
        self._values.append(value)
        self.row.addWidget(button, 1)
        self._let_tab_enter()

    @property
    def value(self) -> str:
        """The chosen value; “” before one was set."""
        checked = self._group.checkedId()
        return self._values[checked] if checked >= 0 else ""

    def set_value(self, value: str) -> None:
        """Choose without a signal; a value that is not among the choices leaves none chosen."""
        if value in self._values:
            self._group.button(self._values.index(value)).setChecked(True)
            return
        self._group.setExclusive(False)
        for button in self._group.buttons():
            button.setChecked(False)
        self._group.setExclusive(True)

    def button(self, value: str) -> QAbstractButton:
        """The button of a value."""
        return self._group.button(self._values.index(value))

    @Slot()
    def _let_tab_enter(self) -> None:
        """Tab goes to the chosen button only (or the first where none is); arrows reach the others."""
        entry = self._group.checkedButton() or self._group.button(0)
        for button in self._group.buttons():
            button.setFocusPolicy(Qt.FocusPolicy.TabFocus if button is entry else Qt.FocusPolicy.NoFocus)

    @Slot(int)
    def _choose(self, number: int) -> None:
        self.chosen.emit(self._values[number])

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Home and End; Qt does the arrows."""
        ends = {Qt.Key.Key_Home: 0, Qt.Key.Key_End: len(self._values) - 1}
        if event.key() in ends:
            button = self._group.button(ends[Qt.Key(event.key())])
            button.setFocus(Qt.FocusReason.TabFocusReason)
            button.click()
        else:
            super().keyPressEvent(event)


class Segmented(ChoiceRow):
    """Words side by side in one frame.

    Args:
        name: what is chosen, for example "Speed".
        choices: (value, label) of each.
        parent: the widget it lies in.
    """

    def __init__(self, name: str, choices: Sequence[tuple[str, str]], parent: QWidget | None = None) -> None:
        super().__init__(name, parent)
        self.setProperty("kind", "segmented")
        self.row.setContentsMargins(2, 2, 2, 2)
        self.row.setSpacing(0)
        for value, label in choices:
            self.add(value, label, _Segment(told(label)))


class _Segment(QPushButton):
    """A word, its end cut off where there is no room; the tool tip has all of it."""

    def __init__(self, label: str) -> None:
        super().__init__(label)
        self.setProperty("kind", "segment")
        self.setMinimumWidth(20)

    def paintEvent(self, arg__1: QPaintEvent) -> None:
        """The button of the stylesheet."""
        painter, option = QPainter(self), QStyleOptionButton()
        self.initStyleOption(option)
        option.text = self._shown  # pyright: ignore[reportAttributeAccessIssue]
        self.style().drawControl(QStyle.ControlElement.CE_PushButton, option, painter, self)

    @property
    def _shown(self) -> str:
        metrics, room = QFontMetrics(app_font(bold=self.isChecked())), self.width() - 2 * _PADDING_PX
        return metrics.elidedText(self.text(), Qt.TextElideMode.ElideRight, room)

    def event(self, e: QEvent) -> bool:
        """A word that is cut stands whole above what is said of it."""
        if e.type() is QEvent.Type.ToolTip and isinstance(e, QHelpEvent) and self._shown != self.text():
            tip = self.toolTip()
            QToolTip.showText(e.globalPos(), tip if self.text() in tip else f"{self.text()}\n{tip}", self)
            return True
        return super().event(e)
