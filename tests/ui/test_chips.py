"""Chips with mouse and keyboard: moved, edited, removed."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QSignalSpy
from PySide6.QtWidgets import QApplication, QLineEdit, QToolButton
from pytestqt.qtbot import QtBot

from dalle_studio.ui.chips import ChipRow
from dalle_studio.ui.theme import Theme

LEFT = Qt.MouseButton.LeftButton
CONTROL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def row(qtbot: QtBot, theme: Theme) -> ChipRow:
    row = ChipRow(theme, "who or what")
    qtbot.addWidget(row)
    row.resize(320, 80)
    row.set_blocks(("a teddy bear", "a robot", "a cat"))
    row.show()
    qtbot.waitExposed(row)
    return row


def said(spy: QSignalSpy) -> list[list[object]]:
    return [spy.at(place) for place in range(spy.count())]


def test_it_shows_blocks_in_order_with_add_behind(row: ChipRow) -> None:
    assert [chip.text for chip in row.chips] == ["a teddy bear", "a robot", "a cat"]
    assert [chip.accessibleName() for chip in row.chips] == ["a teddy bear", "a robot", "a cat"]
    places = [(chip.y(), chip.x()) for chip in row.chips]
    assert places == sorted(places) and (row.add_button.y(), row.add_button.x()) > places[-1]


@pytest.mark.parametrize("key", [Qt.Key.Key_Delete, Qt.Key.Key_Backspace])
def test_delete_removes(qtbot: QtBot, row: ChipRow, key: Qt.Key) -> None:
    removed = QSignalSpy(row.removed)
    qtbot.keyClick(row.chips[1], key)
    assert said(removed) == [[1]]


def test_the_cross_removes(qtbot: QtBot, row: ChipRow) -> None:
    removed = QSignalSpy(row.removed)
    cross = row.chips[2].findChild(QToolButton)
    assert cross and cross.accessibleName() == "Remove “a cat”"
    qtbot.mouseClick(cross, LEFT)
    assert said(removed) == [[2]]


def test_arrows_go_to_the_neighbour_and_to_add(qtbot: QtBot, row: ChipRow) -> None:
    row.chips[1].setFocus()
    qtbot.keyClick(row.chips[1], Qt.Key.Key_Left)
    assert row.chips[0].hasFocus()
    qtbot.keyClick(row.chips[0], Qt.Key.Key_Left)
    assert row.chips[0].hasFocus()
    qtbot.keyClick(row.chips[2], Qt.Key.Key_Right)
    assert row.add_button.hasFocus()


def test_control_and_arrows_move_the_chip(qtbot: QtBot, row: ChipRow) -> None:
    moved = QSignalSpy(row.moved)
    qtbot.keyClick(row.chips[1], Qt.Key.Key_Right, CONTROL)
    assert said(moved) == [[1, 2]] and row.chips[2].hasFocus()
    qtbot.keyClick(row.chips[2], Qt.Key.Key_Right, CONTROL)
    qtbot.keyClick(row.chips[1], Qt.Key.Key_Left, CONTROL)
    assert said(moved) == [[1, 2], [1, 0]]


def drag(qtbot: QtBot, row: ChipRow, place: int, to: QPoint) -> None:
    chip = row.chips[place]
    start = QPoint(12, 12)
    qtbot.mousePress(chip, LEFT, pos=start)
    qtbot.mouseMove(chip, start + QPoint(QApplication.startDragDistance() + 2, 0))
    qtbot.mouseMove(chip, chip.mapFromParent(to))
    qtbot.mouseRelease(chip, LEFT, pos=chip.mapFromParent(to))


def test_dragging_moves_the_chip_to_where_it_is_dropped(qtbot: QtBot, row: ChipRow) -> None:
    moved = QSignalSpy(row.moved)
    drag(qtbot, row, 0, row.chips[1].geometry().center() + QPoint(20, 0))
    drag(qtbot, row, 2, QPoint(2, 5))
    assert said(moved) == [[0, 1], [2, 0]]


def test_dropped_where_it_was_it_stays(qtbot: QtBot, row: ChipRow) -> None:
    moved, at = QSignalSpy(row.moved), row.chips[0].pos()
    drag(qtbot, row, 0, QPoint(20, 14))
    assert not said(moved) and row.chips[0].pos() == at


def editor_of(row: ChipRow, place: int) -> QLineEdit:
    editor = row.chips[place].findChild(QLineEdit)
    assert editor
    return editor


def test_f2_edits_in_place(qtbot: QtBot, row: ChipRow) -> None:
    edited = QSignalSpy(row.edited)
    qtbot.keyClick(row.chips[0], Qt.Key.Key_F2)
    editor = editor_of(row, 0)
    assert editor.hasFocus() and editor.selectedText() == "a teddy bear"
    qtbot.keyClicks(editor, "a panda ")
    qtbot.keyClick(editor, Qt.Key.Key_Return)
    assert said(edited) == [[0, "a panda"]] and row.chips[0].hasFocus()


def test_a_double_click_edits_and_escape_gives_up(qtbot: QtBot, row: ChipRow) -> None:
    edited = QSignalSpy(row.edited)
    qtbot.mouseDClick(row.chips[1], LEFT, pos=QPoint(20, 14))
    qtbot.keyClicks(editor_of(row, 1), "nothing")
    qtbot.keyClick(editor_of(row, 1), Qt.Key.Key_Escape)
    assert not said(edited) and row.chips[1].text == "a robot"


def test_going_elsewhere_takes_the_new_text(qtbot: QtBot, row: ChipRow) -> None:
    edited = QSignalSpy(row.edited)
    qtbot.keyClick(row.chips[0], Qt.Key.Key_F2)
    qtbot.keyClicks(editor_of(row, 0), "a panda")
    row.add_button.setFocus()
    assert said(edited) == [[0, "a panda"]] and row.add_button.hasFocus()


def test_what_cannot_be_edited_is_not(qtbot: QtBot, theme: Theme) -> None:
    row = ChipRow(theme, "style", editable=False)
    qtbot.addWidget(row)
    row.set_blocks(("oil",))
    row.show()
    qtbot.keyClick(row.chips[0], Qt.Key.Key_F2)
    qtbot.mouseDClick(row.chips[0], LEFT)
    assert row.chips[0].findChild(QLineEdit) is None


def test_after_removing_the_last_chip_add_has_the_focus(row: ChipRow) -> None:
    row.chips[2].setFocus()
    row.set_blocks(("a teddy bear", "a robot"))
    assert row.chips[1].hasFocus()
    row.set_blocks(())
    assert row.add_button.hasFocus() and not row.chips


def test_a_long_text_stays_inside(qtbot: QtBot, row: ChipRow) -> None:
    row.set_blocks(("a very long description " * 20,))
    assert row.chips[0].geometry().right() <= row.width()


def test_what_is_not_known_looks_different(row: ChipRow) -> None:
    chip = row.chips[0]
    known = chip.grab().toImage()
    row.set_blocks(("a teddy bear", "a robot", "a cat"), unknown=(True, False, False))
    assert chip.grab().toImage() != known and "does not know" in chip.toolTip()


def test_add_asks_for_a_block(qtbot: QtBot, row: ChipRow) -> None:
    wanted = QSignalSpy(row.add_wanted)
    row.add_button.setFocus()
    qtbot.keyClick(row.add_button, Qt.Key.Key_Space)
    assert wanted.count() == 1
