"""All keyboard shortcuts, with a search."""

from __future__ import annotations

from collections.abc import Iterator

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import QDialog, QGridLayout, QLabel, QLineEdit, QScrollArea, QVBoxLayout, QWidget

from dalle_studio.ui.actions import COMMANDS, LOCAL_KEYS, keys_text
from dalle_studio.ui.language import told, tr
from dalle_studio.ui.theme import Theme


class ShortcutSheet(QDialog):
    """Lists every command and its keys; typing narrows the list."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setObjectName("shortcut_sheet")
        self.setWindowTitle(tr("Keyboard shortcuts"))
        self.resize(500, 620)
        self._theme = theme
        self._search = QLineEdit()
        self._search.setObjectName("shortcut_search")
        self._search.setAccessibleName(tr("Search shortcuts"))
        self._search.setPlaceholderText(tr("Search commands and keys"))
        self._search.setClearButtonEnabled(True)
        self._search.textChanged.connect(self._show)
        self._area = QScrollArea()
        self._area.setWidgetResizable(True)
        column = QVBoxLayout(self)
        column.setContentsMargins(20, 20, 20, 12)
        column.setSpacing(12)
        column.addWidget(self._search)
        column.addWidget(self._area)
        self._show("")
        self._search.setFocus()

    @Slot(str)
    def _show(self, query: str) -> None:
        content = QWidget()
        content.setProperty("kind", "content")
        grid = QGridLayout(content)
        grid.setVerticalSpacing(6)
        grid.setColumnStretch(0, 1)
        rows = tuple(_rows(query)) or ((tr("Nothing is called that."), "", "second"),)
        for row, (left, right, kind) in enumerate(rows):
            name, keys = QLabel(left), QLabel(right)
            name.setProperty("kind", kind)
            name.setWordWrap(True)
            keys.setProperty("kind", "second")
            grid.addWidget(name, row, 0)
            grid.addWidget(keys, row, 1, Qt.AlignmentFlag.AlignRight)
        grid.setRowStretch(grid.rowCount(), 1)
        self._area.setWidget(content)


def shortcuts() -> tuple[tuple[str, str, str], ...]:
    """(group, what it does, keys) of everything that has keys, in the order of the groups."""
    commands = [(each.group, each.text, keys_text(each)) for each in COMMANDS if each.keys]
    return tuple((told(group), told(text), told(keys)) for group, text, keys in (*commands, *LOCAL_KEYS))


def _rows(query: str) -> Iterator[tuple[str, str, str]]:
    group = ""
    for heading, text, keys in shortcuts():
        if query.casefold() not in f"{heading} {text} {keys}".casefold():
            continue
        if heading != group:
            group = heading
            yield heading, "", "group"
        yield text, keys, ""
