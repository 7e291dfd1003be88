"""The list of keyboard shortcuts and its search."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QLineEdit
from pytestqt.qtbot import QtBot

from dalle_studio.ui.actions import COMMANDS, LOCAL_KEYS
from dalle_studio.ui.shortcut_sheet import ShortcutSheet, shortcuts
from dalle_studio.ui.theme import Theme


@pytest.fixture
def sheet(qtbot: QtBot, theme: Theme) -> ShortcutSheet:
    sheet = ShortcutSheet(theme)
    sheet.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose, False)
    qtbot.addWidget(sheet)
    sheet.show()
    return sheet


def shown(sheet: ShortcutSheet) -> list[str]:
    return [label.text() for label in sheet.findChildren(QLabel) if label.text()]


def search(qtbot: QtBot, sheet: ShortcutSheet, text: str) -> list[str]:
    field = sheet.findChild(QLineEdit, "shortcut_search")
    assert field is not None
    field.clear()
    qtbot.keyClicks(field, text)
    return shown(sheet)


def test_everything_with_a_key_is_listed(sheet: ShortcutSheet) -> None:
    labels = shown(sheet)
    for command in COMMANDS:
        assert (command.text in labels) == bool(command.keys)
    for group, text, keys in LOCAL_KEYS:
        assert group in labels and text in labels and keys in labels


def test_each_group_stands_together_under_one_heading(sheet: ShortcutSheet) -> None:
    groups = [group for group, _, _ in shortcuts()]
    headings = [label.text() for label in sheet.findChildren(QLabel) if label.property("kind") == "group"]
    assert headings == list(dict.fromkeys(groups))


def test_typing_narrows_the_list(qtbot: QtBot, sheet: ShortcutSheet) -> None:
    assert search(qtbot, sheet, "undo") == ["Edit", "Undo", "Ctrl+Z"]
    assert len(search(qtbot, sheet, "")) > 40


def test_keys_and_groups_are_searched_too(qtbot: QtBot, sheet: ShortcutSheet) -> None:
    assert "Export the picture" in search(qtbot, sheet, "ctrl+e")
    found = search(qtbot, sheet, "gallery")
    assert "Star" in found and "Search the gallery" in found


def test_what_is_nowhere_leaves_nothing(qtbot: QtBot, sheet: ShortcutSheet) -> None:
    assert search(qtbot, sheet, "xylophone") == ["Nothing is called that."]


def test_the_keyboard_is_in_the_search_and_escape_closes(qtbot: QtBot, theme: Theme) -> None:
    sheet = ShortcutSheet(theme)
    sheet.open()
    field = sheet.focusWidget()
    assert isinstance(field, QLineEdit) and field.accessibleName() == "Search shortcuts"
    with qtbot.waitSignal(sheet.destroyed):
        qtbot.keyClick(field, Qt.Key.Key_Escape)
