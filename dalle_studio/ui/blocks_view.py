"""The three rows of building blocks, and the pickers that fill them."""

from __future__ import annotations

import re
from collections.abc import Sequence

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import QCheckBox, QLabel, QVBoxLayout, QWidget

from dalle_studio.core.prompt import find_style
from dalle_studio.core.sentence import Sentence, say
from dalle_studio.state.composer import Composer, Row
from dalle_studio.ui.chips import ChipRow
from dalle_studio.ui.flow import FlowLayout
from dalle_studio.ui.language import told, tr
from dalle_studio.ui.picker import Picker, StylePicker
from dalle_studio.ui.style_pictures import style_pixmap
from dalle_studio.ui.theme import Theme

HEADINGS: dict[Row, Sentence] = {
    "who": say("Who or what"),
    "doing": say("Doing or where"),
    "styles": say("In the style of"),
}
_NAMES: dict[Row, Sentence] = {
    "who": say("who or what"),
    "doing": say("doing or where"),
    "styles": say("in the style of"),
}
"""The same within a sentence."""


class BlocksView(QWidget):
    """Who or what, doing or where, in the style of."""

    def __init__(self, composer: Composer, theme: Theme) -> None:
        super().__init__()
        self._composer = composer
        self._theme = theme
        self._picked: Row = "who"
        self.picker: Picker | None = None
        self.rows: dict[Row, ChipRow] = {}
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        for row in HEADINGS:
            self._add_row(column, row)
        composer.changed.connect(self._show_value)
        self._show_value()

    def _add_row(self, column: QVBoxLayout, row: Row) -> None:
        chips = (
            ChipRow(self._theme, _NAMES[row], label=_style, picture=style_pixmap, editable=False)
            if row == "styles"
            else ChipRow(self._theme, _NAMES[row])
        )
        chips.setAccessibleName(told(HEADINGS[row]))
        chips.setObjectName(f"{row}_row")
        chips.add_wanted.connect(self._pick)
        chips.removed.connect(self._remove)
        chips.moved.connect(self._move)
        chips.edited.connect(self._edit)
        self.rows[row] = chips
        column.addSpacing(14)
        column.addLayout(self._heading(row))
        column.addSpacing(7)
        column.addWidget(chips)

    def _heading(self, row: Row) -> FlowLayout:
        heading = QLabel(told(HEADINGS[row]))
        heading.setProperty("kind", "group")
        line = FlowLayout(align=Qt.AlignmentFlag.AlignJustify | Qt.AlignmentFlag.AlignVCenter)
        line.addWidget(heading)
        if row == "who":
            self.each = self._switch()
            line.addWidget(self.each)
        return line

    def _switch(self) -> QCheckBox:
        switch = QCheckBox(tr("Each subject on its own"))
        switch.setObjectName("each_subject")
        switch.setAccessibleName(switch.text())
        switch.setToolTip(tr("A contact sheet: one picture of each subject in each style"))
        switch.setStyleSheet("QCheckBox { min-height: 16px; max-height: 16px; font-size: 11px; }")
        switch.clicked.connect(self._switch_each)
        return switch

    @Slot(bool)
    def _switch_each(self, each: bool) -> None:
        self._composer.change(each_subject=each)

    @Slot()
    def _show_value(self) -> None:
        value = self._composer.value
        self.each.setVisible(len(value.subjects) > 1)
        self.each.setChecked(value.each_subject)
        unknown = [word for word, _ in self._composer.unknown_words]
        for row, chips in self.rows.items():
            blocks = self._blocks(row)
            words = () if row == "styles" else unknown
            chips.set_blocks(blocks, [any(has_word(block, word) for word in words) for block in blocks])
        if isinstance(self.picker, StylePicker):
            self.picker.set_chosen(self._composer.value.styles)

    def _blocks(self, row: Row) -> tuple[str, ...]:
        value = self._composer.value
        return {"who": value.who, "doing": value.doing, "styles": value.styles}[row]

    def replace_word(self, word: str, meant: str) -> bool:
        """Put another word in place of one in the first block that has it; whether there was one."""
        rows: tuple[Row, ...] = ("who", "doing")
        for row in rows:
            for place, block in enumerate(self._blocks(row)):
                if has_word(block, word):
                    self._composer.edit_block(row, place, with_word(block, word, meant))
                    return True
        return False

    def _row_of_sender(self) -> Row:
        sender = self.sender()
        return next(row for row, chips in self.rows.items() if chips is sender)

    @Slot(int)
    def _remove(self, place: int) -> None:
        self._composer.remove_block(self._row_of_sender(), place)

    @Slot(int, int)
    def _move(self, place: int, to: int) -> None:
        self._composer.move_block(self._row_of_sender(), place, to)

    @Slot(int, str)
    def _edit(self, place: int, text: str) -> None:
        self._composer.edit_block(self._row_of_sender(), place, text)

    # picking

    @Slot()
    def _pick(self) -> None:
        self.open_picker(self._row_of_sender())

    def open_picker(self, row: Row) -> None:
        """Open the picker of a row under its “add” button."""
        self._picked = row
        self.picker = picker = self._make_picker(row)
        picker.picked.connect(self._take)
        picker.closed.connect(self._forget_picker)
        picker.show_under(self.rows[row].add_button)
        picker.field.setFocus()

    def _make_picker(self, row: Row) -> Picker:
        words = self._composer.vocabulary
        if row == "styles":
            picker = StylePicker(self._theme, self, words.styles)
            picker.set_chosen(self._composer.value.styles)
            return picker
        items = words.subjects if row == "who" else words.doings
        return Picker(self._theme, _NAMES[row], self, items, search=self._search, also=words.english)

    def _search(self, typed: str) -> Sequence[str]:
        composer = self._composer
        return [composer.completed(typed, suggestion).strip() for suggestion in composer.suggestions(typed)]

    @Slot(str)
    def _take(self, text: str) -> None:
        styles = self._composer.value.styles
        if self._picked == "styles" and text in styles:
            self._composer.remove_block("styles", styles.index(text))
        else:
            self._composer.add_block(self._picked, text)

    @Slot()
    def _forget_picker(self) -> None:
        if self.picker is not None:
            self.picker.deleteLater()
            self.picker = None


def _style(name: str) -> str:
    return told(find_style(name).name)


def has_word(text: str, word: str) -> bool:
    """Whether the word stands in the text, in any case."""
    return _pattern(word).search(text) is not None


def with_word(text: str, word: str, meant: str) -> str:
    """The text with another word in place of the first such one."""
    return _pattern(word).sub(lambda found: meant, text, count=1)


def _pattern(word: str) -> re.Pattern[str]:
    """Chinese has no spaces between words."""
    edge = r"\b" if word.isascii() else ""
    return re.compile(edge + re.escape(word) + edge, re.IGNORECASE)
