"""Picking with the keyboard, the mouse, and words of one's own."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QSignalSpy
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from dalle_studio.core.prompt import STYLES
from dalle_studio.ui.picker import Picker, StylePicker
from dalle_studio.ui.theme import Theme

ITEMS = ("a polar bear", "a cat", "a teddy bear", "bears in a boat")
STYLE_NAMES = tuple(style.name for style in STYLES)
CONTROL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def window(qtbot: QtBot) -> QWidget:
    window = QWidget()
    qtbot.addWidget(window)
    window.resize(340, 400)
    window.show()
    return window


@pytest.fixture
def picker(theme: Theme, window: QWidget) -> Picker:
    picker = Picker(theme, "who or what", window, ITEMS, search=lambda typed: ["a bear", "cat"])
    picker.show_under(window)
    picker.field.setFocus()
    return picker


@pytest.fixture
def styles(theme: Theme, window: QWidget) -> StylePicker:
    picker = StylePicker(theme, window, STYLE_NAMES)
    picker.show_under(window)
    picker.field.setFocus()
    return picker


def picked(spy: QSignalSpy) -> list[object]:
    return [spy.at(place)[0] for place in range(spy.count())]


def test_it_offers_everything_first(picker: Picker) -> None:
    assert picker.shown == ITEMS and picker.field.hasFocus()


def test_typing_narrows_the_best_first_and_nothing_twice(qtbot: QtBot, picker: Picker) -> None:
    qtbot.keyClicks(picker.field, "bear")
    assert picker.shown == ("bears in a boat", "a polar bear", "a teddy bear", "a bear", "cat")
    picker.field.clear()
    qtbot.keyClicks(picker.field, "cat")
    assert picker.shown == ("a cat", "a bear")


def test_arrows_and_return_pick_and_close(qtbot: QtBot, picker: Picker) -> None:
    spy = QSignalSpy(picker.picked)
    qtbot.keyClick(picker.field, Qt.Key.Key_Down)
    qtbot.keyClick(picker.field, Qt.Key.Key_Return)
    assert picked(spy) == ["a cat"] and not picker.isVisible()


def test_control_return_stays_for_more(qtbot: QtBot, picker: Picker) -> None:
    spy = QSignalSpy(picker.picked)
    qtbot.keyClick(picker.field, Qt.Key.Key_Return, CONTROL)
    qtbot.keyClicks(picker.field, "teddy")
    qtbot.keyClick(picker.field, Qt.Key.Key_Return)
    assert picked(spy) == ["a polar bear", "a teddy bear"]


def test_a_click_picks(qtbot: QtBot, picker: Picker) -> None:
    spy = QSignalSpy(picker.picked)
    place = picker.list.visualItemRect(picker.list.item(2)).center()
    qtbot.mouseClick(picker.list.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert picked(spy) == ["a teddy bear"]


def test_own_words_can_be_added(qtbot: QtBot, picker: Picker) -> None:
    spy = QSignalSpy(picker.picked)
    qtbot.keyClicks(picker.field, "Zaphod")
    last = picker.list.count() - 1
    assert picker.list.item(last).text() == "Add “Zaphod”"
    for _ in range(last):
        qtbot.keyClick(picker.field, Qt.Key.Key_Down)
    qtbot.keyClick(picker.field, Qt.Key.Key_Return)
    assert picked(spy) == ["Zaphod"]


def test_escape_closes_without_picking(qtbot: QtBot, picker: Picker) -> None:
    spy, closed = QSignalSpy(picker.picked), QSignalSpy(picker.closed)
    qtbot.keyClick(picker.field, Qt.Key.Key_Escape)
    assert not picker.isVisible() and closed.count() == 1 and not picked(spy)


def test_it_stays_on_the_screen(theme: Theme, window: QWidget) -> None:
    screen = window.screen().availableGeometry()
    window.move(screen.bottomRight() - QPoint(60, 60))
    picker = Picker(theme, "who or what", window, ITEMS)
    picker.show_under(window)
    assert screen.contains(picker.geometry())


def test_styles_take_no_own_words(qtbot: QtBot, styles: StylePicker) -> None:
    spy = QSignalSpy(styles.picked)
    qtbot.keyClicks(styles.field, "zzz")
    assert styles.shown == ()
    qtbot.keyClick(styles.field, Qt.Key.Key_Return)
    assert not picked(spy) and styles.isVisible()


def test_arrows_walk_through_the_grid(qtbot: QtBot, styles: StylePicker) -> None:
    spy = QSignalSpy(styles.picked)
    qtbot.keyClick(styles.field, Qt.Key.Key_Right)
    qtbot.keyClick(styles.field, Qt.Key.Key_Return, CONTROL)
    assert picked(spy) == [STYLE_NAMES[1]] and styles.isVisible()
    qtbot.keyClick(styles.field, Qt.Key.Key_Down)
    assert styles.list.currentRow() > 3


def test_chosen_styles_are_marked(qtbot: QtBot, styles: StylePicker) -> None:
    plain = styles.list.item(0).icon().pixmap(72, 72).toImage()
    styles.set_chosen(STYLE_NAMES[:1])
    assert styles.list.item(0).icon().pixmap(72, 72).toImage() != plain


def test_clicks_pick_styles_one_after_the_other(qtbot: QtBot, styles: StylePicker) -> None:
    spy = QSignalSpy(styles.picked)
    for row in (1, 2):
        place = styles.list.visualItemRect(styles.list.item(row)).center()
        qtbot.mouseClick(styles.list.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert picked(spy) == list(STYLE_NAMES[1:3]) and styles.isVisible()
