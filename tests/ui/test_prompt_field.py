"""The prompt field: growing, suggestions, marks, history."""

from __future__ import annotations

from collections.abc import Sequence

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QContextMenuEvent, QTextCursor
from PySide6.QtTest import QSignalSpy
from PySide6.QtWidgets import QMenu
from pytestqt.qtbot import QtBot

from dalle_studio.ui.prompt_field import LINE_PX, MAX_LINES, MIN_LINES, PromptField
from dalle_studio.ui.theme import Theme

KNOWN = ("a telephone", "a telescope", "a television")
CONTROL = Qt.KeyboardModifier.ControlModifier


def suggest(before: str) -> Sequence[str]:
    word = before.split(" ")[-1]
    return [known for known in KNOWN if word and known.removeprefix("a ").startswith(word)]


def complete(before: str, suggestion: str) -> str:
    return " ".join([*before.split(" ")[:-1], suggestion])


@pytest.fixture
def field(qtbot: QtBot, theme: Theme) -> PromptField:
    field = PromptField(theme, suggest, complete)
    qtbot.addWidget(field)
    field.resize(300, 80)
    field.show()
    field.setFocus()
    qtbot.waitUntil(field.hasFocus)
    return field


def said(spy: QSignalSpy) -> list[object]:
    return [spy.at(place)[0] for place in range(spy.count())]


def test_it_grows_to_eight_lines_and_shrinks_again(field: PromptField) -> None:
    low = field.height()
    heights: list[int] = []
    for lines in (1, 5, 30):
        field.set_text("\n".join(["words"] * lines))
        heights.append(field.height())
    field.set_text("")
    assert heights == [low, low + 2 * LINE_PX, low + (MAX_LINES - MIN_LINES) * LINE_PX]
    assert field.height() == low


def test_typing_is_told_and_showing_is_not(qtbot: QtBot, field: PromptField) -> None:
    spy = QSignalSpy(field.edited)
    qtbot.keyClicks(field, "cat")
    field.set_text("a dog")
    field.set_unknown([("dog", None)])
    assert said(spy) == ["c", "ca", "cat"] and field.text == "a dog"


def test_the_cursor_stays_where_one_writes(qtbot: QtBot, field: PromptField) -> None:
    field.set_text("red car")
    field.moveCursor(QTextCursor.MoveOperation.Start)
    qtbot.keyClicks(field, "a ")
    field.set_text(field.text)
    assert field.textCursor().position() == 2


@pytest.mark.parametrize("key", [Qt.Key.Key_Tab, Qt.Key.Key_Return])
def test_a_suggestion_is_taken(qtbot: QtBot, field: PromptField, key: Qt.Key) -> None:
    qtbot.keyClicks(field, "look at tel")
    assert field.completion.isVisible() and field.completion.current == "a telephone"
    qtbot.keyClick(field, Qt.Key.Key_Down)
    qtbot.keyClick(field, key)
    assert field.text == "look at a telescope" and not field.completion.isVisible()


def test_a_suggestion_is_clicked(qtbot: QtBot, field: PromptField) -> None:
    qtbot.keyClicks(field, "tele")
    shown = field.completion.list
    place = shown.visualItemRect(shown.item(2)).center()
    qtbot.mouseClick(shown.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert field.text == "a television"


def test_escape_closes_the_suggestions_and_return_is_a_new_line_again(
    qtbot: QtBot, field: PromptField
) -> None:
    qtbot.keyClicks(field, "tel")
    qtbot.keyClick(field, Qt.Key.Key_Escape)
    assert not field.completion.isVisible()
    qtbot.keyClick(field, Qt.Key.Key_Return)
    assert field.text == "tel\n"


def test_nothing_is_suggested_within_a_word(qtbot: QtBot, field: PromptField) -> None:
    field.set_text("phone")
    field.moveCursor(QTextCursor.MoveOperation.Start)
    qtbot.keyClicks(field, "tele")
    assert not field.completion.isVisible()


def test_control_return_submits(qtbot: QtBot, field: PromptField) -> None:
    spy = QSignalSpy(field.submitted)
    qtbot.keyClicks(field, "tel")
    qtbot.keyClick(field, Qt.Key.Key_Return, CONTROL)
    assert spy.count() == 1 and field.text == "tel" and not field.completion.isVisible()


def test_arrows_recall_at_the_first_and_last_line_only(qtbot: QtBot, field: PromptField) -> None:
    spy = QSignalSpy(field.recalled)
    field.set_text("one\ntwo\nthree")
    qtbot.keyClick(field, Qt.Key.Key_Up)
    assert not said(spy)
    qtbot.keyClick(field, Qt.Key.Key_Up, CONTROL)
    qtbot.keyClick(field, Qt.Key.Key_Up)
    qtbot.keyClick(field, Qt.Key.Key_Up)
    assert said(spy) == [-1, -1]
    field.moveCursor(QTextCursor.MoveOperation.End)
    qtbot.keyClick(field, Qt.Key.Key_Down)
    assert said(spy) == [-1, -1, 1]


def test_the_word_being_written_is_not_marked_yet(qtbot: QtBot, field: PromptField) -> None:
    field.set_unknown([("glork", None)])
    qtbot.keyClicks(field, "a glork")
    assert field.marked == ()
    qtbot.keyClicks(field, " and")
    assert field.marked == ("glork",)


def dotted(field: PromptField) -> str:
    """The letters that are underlined."""
    ranges = field.document().firstBlock().layout().formats()
    return " ".join(field.text[each.start : each.start + each.length] for each in ranges)


def test_only_whole_words_are_underlined(field: PromptField) -> None:
    field.set_text("Bar a barn, 柴犬子 ")
    field.set_unknown([("bar", "bear"), ("柴犬", None)])
    assert dotted(field) == "Bar 柴犬"


def test_the_menu_offers_what_was_probably_meant(qtbot: QtBot, field: PromptField) -> None:
    spy = QSignalSpy(field.replaced)
    field.set_text("baer on a beach")
    field.set_unknown([("baer", "bear")])
    cursor = field.textCursor()
    cursor.setPosition(2)
    place = field.cursorRect(cursor).center()
    field.contextMenuEvent(QContextMenuEvent(QContextMenuEvent.Reason.Mouse, place, field.mapToGlobal(place)))
    menu = field.findChild(QMenu)
    assert menu
    menu.actions()[0].trigger()
    menu.close()
    assert spy.at(0) == ["baer", "bear"] and spy.count() == 1


def test_undo_is_left_to_the_window(qtbot: QtBot, field: PromptField) -> None:
    qtbot.keyClicks(field, "cat")
    qtbot.keyClick(field, Qt.Key.Key_Z, CONTROL)
    assert field.text == "cat" and not field.isUndoRedoEnabled()


def test_ten_thousand_letters_are_no_trouble(field: PromptField) -> None:
    field.set_text("a cat " * 1700)
    field.set_unknown([("cat", None)])
    assert len(field.text) == 10200
