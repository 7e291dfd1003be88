"""A row of building blocks as chips that wraps like words."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QPoint, QRect, Qt, Signal, Slot
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from dalle_studio.ui.buttons import TextButton
from dalle_studio.ui.chip import Chip, Picture
from dalle_studio.ui.flow import FlowLayout
from dalle_studio.ui.language import told, tr
from dalle_studio.ui.theme import Theme


class ChipRow(QWidget):
    """Chips in wrapping rows, with “add” behind the last.

    Args:
        theme: the look.
        name: what the row holds, for example "who or what", within a sentence.
        label: what a block is called in the window's language.
        picture: draws what stands before a chip's text; None: nothing.
        editable: whether a chip's text can be changed.

    Signals:
        add_wanted(): the “add” button.
        removed(int), moved(int, int), edited(int, str): what should become of the blocks.
    """

    add_wanted = Signal()
    removed = Signal(int)
    moved = Signal(int, int)
    edited = Signal(int, str)

    def __init__(
        self,
        theme: Theme,
        name: str,
        *,
        label: Callable[[str], str] = told,
        picture: Picture | None = None,
        editable: bool = True,
    ) -> None:
        super().__init__()
        self._theme = theme
        self._label = label
        self._picture = picture
        self._editable = editable
        self._drop_at: int | None = None
        self._shown: tuple[tuple[str, ...], tuple[bool, ...]] = (), ()
        self.chips: list[Chip] = []
        self._flow = FlowLayout(self)
        self.add_button = TextButton(theme, tr("add"), kind="add", icon="plus")
        self.add_button.setObjectName(f"add_{name}".replace(" ", "_"))
        self.add_button.setToolTip(tr("Add {name}", name=name))
        self.add_button.setAccessibleName(self.add_button.toolTip())
        self.add_button.clicked.connect(self.add_wanted)
        self._flow.addWidget(self.add_button)
        self.setAccessibleName(told(name))

    def set_blocks(self, blocks: Sequence[str], unknown: Sequence[bool] = ()) -> None:
        """Show these blocks; `unknown` says of each whether the model knows it."""
        shown = tuple(blocks), tuple(unknown)
        if shown == self._shown:
            return
        self._shown = shown
        while len(self.chips) > len(blocks):
            self._take_chip()
        while len(self.chips) < len(blocks):
            self._add_chip()
        for place, (chip, block) in enumerate(zip(self.chips, blocks, strict=True)):
            chip.set_text(block, self._label(block), unknown=place < len(unknown) and unknown[place])
        self._settle()

    def _add_chip(self) -> None:
        chip = Chip(self._theme, self._picture, editable=self._editable, parent=self)
        chip.remove_wanted.connect(self._remove)
        chip.edited.connect(self._edit)
        chip.step_wanted.connect(self._step)
        chip.dragged.connect(self._drag)
        chip.dropped.connect(self._drop)
        self._flow.insert_widget(len(self.chips), chip)
        self.setTabOrder(chip, self.add_button)
        self.chips.append(chip)
        chip.show()

    def _take_chip(self) -> None:
        chip = self.chips.pop()
        if chip.hasFocus():
            (self.chips[-1] if self.chips else self.add_button).setFocus()
        self._flow.removeWidget(chip)
        chip.hide()
        chip.deleteLater()

    def _settle(self) -> None:
        self._flow.invalidate()
        self.updateGeometry()
        self._flow.setGeometry(self.rect())

    def _sender(self) -> int:
        sender = self.sender()
        return next(place for place, chip in enumerate(self.chips) if chip is sender)

    @Slot()
    def _remove(self) -> None:
        self.removed.emit(self._sender())

    @Slot(str)
    def _edit(self, text: str) -> None:
        self.edited.emit(self._sender(), text)

    @Slot(int, bool)
    def _step(self, step: int, take_along: bool) -> None:
        place = self._sender()
        to = place + step
        if not 0 <= to < len(self.chips):
            if to == len(self.chips) and not take_along:
                self.add_button.setFocus(Qt.FocusReason.TabFocusReason)
            return
        if take_along:
            self.moved.emit(place, to)
        self.chips[to].setFocus(Qt.FocusReason.TabFocusReason)

    @Slot(QPoint)
    def _drag(self, point: QPoint) -> None:
        place = self._sender()
        others = [chip for chip in self.chips if chip is not self.chips[place]]
        self._drop_at = sum(_stands_before(chip.geometry(), point) for chip in others)
        self.update()

    @Slot()
    def _drop(self) -> None:
        place, to = self._sender(), self._drop_at
        self._drop_at = None
        self._settle()
        self.update()
        if to is not None and to != place:
            self.moved.emit(place, to)

    def paintEvent(self, event: QPaintEvent) -> None:
        """A bar where the dragged chip will go."""
        if self._drop_at is None:
            return
        resting = [chip.geometry() for chip in self.chips if not chip.dragging]
        if not resting:
            return
        before = self._drop_at < len(resting)
        beside = resting[self._drop_at] if before else resting[-1]
        x = beside.left() - 4 if before else beside.right() + 3
        painter = QPainter(self)
        painter.fillRect(max(0, x), beside.top(), 2, beside.height(), self._theme.colour("accent"))


def _stands_before(chip: QRect, point: QPoint) -> bool:
    """Whether something dropped at the point comes after the chip."""
    if point.y() > chip.bottom() + 3:
        return True
    return point.y() >= chip.top() - 3 and point.x() > chip.center().x()
