"""One of a few: a row of words of which one is chosen."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QAbstractButton, QButtonGroup, QFrame, QHBoxLayout, QWidget

from dalle_studio.ui.buttons import WordsButton
from dalle_studio.ui.language import told, tr


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
        button.setAccessibleName(tr("{name}: {label}", name=self._name, label=label))
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
            button = WordsButton(told(label))
            button.setProperty("kind", "segment")
            button.setMinimumWidth(20)
            self.add(value, label, button)
