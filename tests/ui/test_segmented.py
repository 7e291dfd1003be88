"""One of a few, with mouse and keyboard; the formats drawn in their shapes."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QSignalSpy
from pytestqt.qtbot import QtBot

from dalle_studio.core.format import FORMATS
from dalle_studio.ui.format_row import FormatRow
from dalle_studio.ui.segmented import Segmented
from dalle_studio.ui.theme import Theme

CHOICES = (("draft", "Draft"), ("standard", "Standard"), ("fine", "Fine"))


@pytest.fixture
def row(qtbot: QtBot, theme: Theme) -> Segmented:
    row = Segmented("Speed", CHOICES)
    qtbot.addWidget(row)
    row.set_value("standard")
    row.show()
    return row


def said(spy: QSignalSpy) -> list[object]:
    return [spy.at(place)[0] for place in range(spy.count())]


def test_a_click_chooses(qtbot: QtBot, row: Segmented) -> None:
    spy = QSignalSpy(row.chosen)
    qtbot.mouseClick(row.button("fine"), Qt.MouseButton.LeftButton)
    assert said(spy) == ["fine"] and row.value == "fine"


def test_setting_says_nothing(row: Segmented) -> None:
    spy = QSignalSpy(row.chosen)
    row.set_value("fine")
    assert row.value == "fine" and not said(spy)
    row.set_value("another")
    assert row.value == ""


@pytest.mark.parametrize(
    ("key", "value"),
    [
        (Qt.Key.Key_Right, "fine"),
        (Qt.Key.Key_Left, "draft"),
        (Qt.Key.Key_Home, "draft"),
        (Qt.Key.Key_End, "fine"),
    ],
)
def test_keys_choose(qtbot: QtBot, row: Segmented, key: Qt.Key, value: str) -> None:
    spy = QSignalSpy(row.chosen)
    row.button("standard").setFocus()
    qtbot.keyClick(row.button("standard"), key)
    assert said(spy) == [value] and row.value == value and row.button(value).hasFocus()


def test_every_choice_has_a_name_of_its_own(row: Segmented) -> None:
    names = [row.button(value).accessibleName() for value, _ in CHOICES]
    assert names == ["Speed: Draft", "Speed: Standard", "Speed: Fine"]


def test_all_formats_are_offered_and_look_different(qtbot: QtBot, theme: Theme) -> None:
    row = FormatRow(theme)
    qtbot.addWidget(row)
    row.show()
    spy = QSignalSpy(row.chosen)
    for each in FORMATS:
        qtbot.mouseClick(row.button(each.name), Qt.MouseButton.LeftButton)
    assert said(spy) == [each.name for each in FORMATS]
    assert all(str(each.size) in row.button(each.name).toolTip() for each in FORMATS)
    drawn = [row.button(name).grab().toImage() for name in ("banner", "poster")]
    assert drawn[0] != drawn[1]
