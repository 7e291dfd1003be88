"""The bar of tools: a click takes a tool, and the bar follows the canvas."""

from __future__ import annotations

from collections.abc import Iterator
from typing import cast

import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QToolButton, QWidget
from pytestqt.qtbot import QtBot

from dalle_studio.core.picture import Picture
from dalle_studio.state.canvas import Canvas
from dalle_studio.state.history import History
from dalle_studio.state.stroke import Tool
from dalle_studio.ui.theme import Theme
from dalle_studio.ui.tool_bar import TOOL_ENTRIES, ToolBar


@pytest.fixture
def canvas() -> Canvas:
    canvas = Canvas(History())
    canvas.show(Picture(np.zeros((64, 64, 3), np.uint8)))
    return canvas


@pytest.fixture
def bar(qtbot: QtBot, theme: Theme, canvas: Canvas) -> Iterator[ToolBar]:
    window = QWidget()  # a bar is never a window of its own
    qtbot.addWidget(window)
    bar = ToolBar(canvas, theme, window)
    bar.adjustSize()
    window.resize(bar.size())
    window.show()
    yield bar


def button(bar: ToolBar, tool: Tool) -> QToolButton:
    return cast("QToolButton", bar.findChild(QToolButton, f"tool_{tool}"))


@pytest.mark.parametrize("tool", [tool for tool in Tool if tool is not Tool.COMPARE])
def test_a_click_takes_a_tool(qtbot: QtBot, bar: ToolBar, canvas: Canvas, tool: Tool) -> None:
    qtbot.mouseClick(button(bar, tool), Qt.MouseButton.LeftButton)
    assert canvas.tool is tool


def test_the_bar_follows_the_canvas(bar: ToolBar, canvas: Canvas) -> None:
    canvas.set_tool(Tool.LASSO)
    checked = [tool for tool in Tool if button(bar, tool).isChecked()]
    assert checked == [Tool.LASSO]


def test_compare_waits_for_a_second_picture(bar: ToolBar, canvas: Canvas) -> None:
    assert not button(bar, Tool.COMPARE).isEnabled()
    canvas.set_compare(Picture(np.zeros((64, 64, 3), np.uint8)))
    assert button(bar, Tool.COMPARE).isEnabled()


def test_every_tool_has_a_name_a_key_and_a_hint(bar: ToolBar) -> None:
    assert [entry.tool for entry in TOOL_ENTRIES] == list(Tool)
    names = {button(bar, entry.tool).accessibleName() for entry in TOOL_ENTRIES}
    assert len(names) == len({entry.key for entry in TOOL_ENTRIES}) == len(Tool)
    for entry in TOOL_ENTRIES:
        assert f"({entry.key})" in button(bar, entry.tool).toolTip()


def test_the_frame_s_hint_says_that_both_sides_move(bar: ToolBar) -> None:
    assert "both sides move" in button(bar, Tool.FRAME).toolTip()
