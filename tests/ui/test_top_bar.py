"""The bar at the top."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAction
from PySide6.QtTest import QSignalSpy
from PySide6.QtWidgets import QAbstractButton, QLabel, QWidget
from pytestqt.qtbot import QtBot

from dalle_studio.ui.actions import make_actions
from dalle_studio.ui.theme import Theme
from dalle_studio.ui.top_bar import TopBar

BUTTONS = [
    "open",
    "save",
    "undo",
    "redo",
    "zoom_out",
    "zoom_in",
    "zoom_to_fit",
    "shortcuts",
    "theme",
    "about",
]


class Bar:
    def __init__(self, qtbot: QtBot, theme: Theme) -> None:
        self.window = QWidget()
        qtbot.addWidget(self.window)
        self.actions = make_actions(self.window, theme)
        self.widget = TopBar(self.actions, QLabel("Starter model"), theme, self.window)
        self.window.resize(1080, 60)
        self.window.show()

    def button(self, name: str) -> QAbstractButton:
        found = self.widget.findChild(QAbstractButton, f"{name}_button")
        assert found is not None
        return found

    def label(self, name: str) -> QLabel:
        found = self.widget.findChild(QLabel, name)
        assert found is not None
        return found


@pytest.fixture
def bar(qtbot: QtBot, theme: Theme) -> Bar:
    return Bar(qtbot, theme)


@pytest.mark.parametrize("name", BUTTONS)
def test_each_button_triggers_its_command(qtbot: QtBot, bar: Bar, name: str) -> None:
    spy = QSignalSpy(bar.actions[name].triggered)
    qtbot.mouseClick(bar.button(name), Qt.MouseButton.LeftButton)
    assert spy.count() == 1


def test_a_button_is_as_able_as_its_command(bar: Bar) -> None:
    action: QAction = bar.actions["undo"]
    action.setEnabled(False)
    assert not bar.button("undo").isEnabled()
    action.setEnabled(True)
    assert bar.button("undo").isEnabled()


def test_tooltips_name_the_keys_and_screen_readers_the_command(bar: Bar) -> None:
    assert bar.button("undo").toolTip() == "Undo (Ctrl+Z)"
    assert bar.button("undo").accessibleName() == "Undo"
    assert bar.button("about").toolTip() == "About Dalle Studio"


def test_it_names_what_is_on_the_canvas(bar: Bar) -> None:
    assert bar.label("document").text() == "Dalle Studio"
    bar.widget.show_title("beach <b>1</b>.png")
    assert bar.label("document").text() == "beach <b>1</b>.png"
    assert bar.label("document").textFormat() == Qt.TextFormat.PlainText
    bar.widget.show_title("")
    assert bar.label("document").text() == "Dalle Studio"


def test_a_mark_says_what_is_not_saved(bar: Bar) -> None:
    bar.widget.show_title("night", True)
    assert bar.label("unsaved").isVisible() and bar.label("document").text() == "night"
    bar.widget.show_title("night")
    assert not bar.label("unsaved").isVisible()


def test_a_long_name_is_cut_in_its_middle_and_stands_whole_in_the_tooltip(bar: Bar) -> None:
    name = "a" * 120 + ".png"
    least = bar.widget.minimumSizeHint().width()
    bar.widget.show_title(name)
    assert "…" in bar.label("document").text() and bar.label("document").text().endswith("png")
    assert bar.label("document").toolTip() == name
    assert bar.widget.minimumSizeHint().width() < least + 320
    bar.widget.show_title("b.png")
    assert bar.label("document").toolTip() == ""


def test_zoom_is_told_in_whole_percent(bar: Bar) -> None:
    bar.widget.show_zoom(0.333)
    assert bar.label("zoom").text() == "33 %"
    bar.widget.show_zoom(32.0)
    assert bar.label("zoom").text() == "3200 %"
    bar.widget.show_zoom(None)
    assert bar.label("zoom").text() == ""


def test_the_zoom_stands_in_the_middle(qtbot: QtBot, bar: Bar) -> None:
    bar.widget.resize(1080, 46)
    qtbot.waitUntil(lambda: bar.widget.width() == 1080)
    buttons = [bar.button("zoom_out"), bar.button("zoom_to_fit")]
    left, right = buttons[0].geometry().left(), buttons[1].geometry().right()
    assert abs((left + right) / 2 - 540) < 12
