"""The canvas with its bars: which of them are there, where, and what they do."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QSignalSpy
from PySide6.QtWidgets import QAbstractButton, QWidget
from pytestqt.qtbot import QtBot

from dalle_studio.core.format import FORMATS, Size
from dalle_studio.core.model import Model
from dalle_studio.state.stroke import Tool
from dalle_studio.state.studio import Studio
from dalle_studio.ui.centre import Centre
from dalle_studio.ui.theme import Theme
from tests.scripted import ScriptedEngine, drawn

BARS = ("tool_bar", "brush_bar", "frame_bar", "viewed_bar")


class Desk:
    def __init__(self, studio: Studio, centre: Centre, qtbot: QtBot) -> None:
        self.studio, self.centre, self._qtbot = studio, centre, qtbot

    @property
    def bars(self) -> set[str]:
        """The bars that are there."""
        return {name for name in BARS if self.widget(name).isVisible()}

    def widget(self, name: str) -> QWidget:
        found = self.centre.findChild(QWidget, name)
        assert isinstance(found, QWidget)
        return found

    def click(self, name: str) -> None:
        assert self.widget(name).isVisible() and self.widget(name).isEnabled()
        self._qtbot.mouseClick(self.widget(name), Qt.MouseButton.LeftButton)

    def fill(self) -> None:
        """A picture with a filled region, whose first candidate is looked at."""
        self.studio.show(drawn(1, 64, 64))
        self.studio.composer.change(text="a cat", count=2)
        self.studio.canvas.set_tool(Tool.MARKER)
        self.studio.canvas.press(30, 30)
        self.studio.canvas.release(30, 30)
        self.studio.make()
        self._qtbot.waitUntil(lambda: self.studio.viewed is not None)


@pytest.fixture
def desk(qtbot: QtBot, theme: Theme, starter: Model, home: Path) -> Iterator[Desk]:
    studio = Studio(ScriptedEngine(), starter, None, home / "pictures")
    centre = Centre(studio, theme)
    qtbot.addWidget(centre)
    centre.resize(900, 600)
    centre.show()
    yield Desk(studio, centre, qtbot)
    studio.close()


def test_an_empty_canvas_has_no_bars(desk: Desk) -> None:
    assert desk.bars == set()


@pytest.mark.parametrize(
    ("tool", "bar"),
    [
        (Tool.SELECT, set[str]()),
        (Tool.HAND, set[str]()),
        (Tool.MARKER, {"brush_bar"}),
        (Tool.BRUSH, {"brush_bar"}),
        (Tool.ERASER, {"brush_bar"}),
        (Tool.RECTANGLE, {"brush_bar"}),
        (Tool.LASSO, {"brush_bar"}),
        (Tool.FRAME, {"frame_bar"}),
    ],
)
def test_a_picture_brings_the_tools_and_each_tool_its_bar(desk: Desk, tool: Tool, bar: set[str]) -> None:
    desk.studio.show(drawn(1, 64, 64))
    desk.studio.canvas.set_tool(tool)
    assert desk.bars == {"tool_bar"} | bar


def test_with_regions_their_bar_stays(desk: Desk) -> None:
    desk.studio.show(drawn(1, 64, 64))
    desk.studio.canvas.add_region("a cat")
    desk.studio.canvas.set_tool(Tool.SELECT)
    assert desk.bars == {"tool_bar", "brush_bar"}


@pytest.mark.parametrize("width_px", [424, 780, 900, 1600])
def test_the_bars_keep_to_the_edges_of_the_canvas(desk: Desk, width_px: int) -> None:
    desk.studio.show(drawn(1, 64, 64))
    desk.studio.canvas.set_tool(Tool.BRUSH)
    desk.centre.resize(width_px, 450)
    assert desk.centre.view.geometry() == desk.centre.rect()
    for name in ("tool_bar", "brush_bar"):
        assert desk.centre.rect().contains(desk.widget(name).geometry())
    brush, tools = desk.widget("brush_bar").geometry(), desk.widget("tool_bar").geometry()
    assert abs(brush.center().x() - desk.centre.width() / 2) <= (2 if width_px > 424 else 40)
    assert abs(tools.center().y() - 225) <= 2
    assert not brush.intersects(tools)
    for button in desk.centre.brush.findChildren(QAbstractButton):
        place = button.mapTo(desk.centre, button.rect().center())
        assert brush.contains(place), button.objectName()


def test_in_a_narrow_canvas_the_formats_stand_in_rows(desk: Desk) -> None:
    desk.studio.show(drawn(1, 64, 64))
    desk.studio.canvas.set_tool(Tool.FRAME)
    desk.centre.resize(900, 600)
    one_row = desk.widget("frame_bar").height()
    desk.centre.resize(424, 600)
    assert desk.widget("frame_bar").height() > one_row
    for button in desk.centre.frame.findChildren(QAbstractButton):
        place = button.mapTo(desk.centre, button.rect().topRight())
        assert desk.centre.rect().contains(place), button.objectName()


def test_each_format_frames_the_picture(desk: Desk) -> None:
    desk.studio.show(drawn(1, 100, 100))
    desk.studio.canvas.set_tool(Tool.FRAME)
    desk.click("frame_banner")
    assert desk.studio.canvas.frame == Size(300, 100)
    desk.click("frame_story")
    frame = desk.studio.canvas.frame
    assert frame is not None and frame.aspect == pytest.approx(9 / 16, rel=0.02)
    desk.click("frame_none")
    assert desk.studio.canvas.frame is None
    assert not desk.widget("frame_none").isEnabled()


def test_of_formats_with_one_shape_only_the_first_is_offered(desk: Desk) -> None:
    shapes = {shape.size.aspect for shape in FORMATS}
    buttons = desk.centre.frame.findChildren(QAbstractButton)
    assert len(buttons) == len(shapes) + 1  # and “No frame”
    assert desk.centre.frame.findChild(QAbstractButton, "frame_album") is None


def test_a_frame_that_would_be_too_large_is_refused(desk: Desk) -> None:
    desk.studio.show(drawn(1, 16, 4000))
    desk.studio.canvas.set_tool(Tool.FRAME)
    spy = QSignalSpy(desk.centre.frame.refused)
    desk.click("frame_banner")
    assert spy.count() == 1 and desk.studio.canvas.frame is None


def test_a_candidate_on_show_says_so_and_leads_back(desk: Desk) -> None:
    desk.fill()
    assert desk.bars == {"tool_bar", "viewed_bar"}
    desk.click("viewed_back")
    assert desk.studio.viewed is None
    assert desk.bars == {"tool_bar", "brush_bar"} and len(desk.studio.canvas.regions) == 1


def test_a_candidate_on_show_can_be_gone_on_from(desk: Desk) -> None:
    desk.fill()
    viewed = desk.studio.viewed
    assert viewed is not None
    desk.click("viewed_use")
    assert desk.studio.canvas.picture is viewed.picture
    assert desk.studio.viewed is None and desk.studio.canvas.regions == ()
