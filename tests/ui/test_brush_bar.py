"""The bar of brush options: sliders and buttons change the canvas, and follow it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import cast

import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QSignalSpy
from PySide6.QtWidgets import QAbstractButton, QLabel, QSlider, QWidget
from pytestqt.qtbot import QtBot

from dalle_studio.core.errors import InvalidRequest
from dalle_studio.core.mask import Box
from dalle_studio.core.picture import Picture
from dalle_studio.state.canvas import Canvas
from dalle_studio.state.history import History
from dalle_studio.state.stroke import Tool
from dalle_studio.ui.brush_bar import BrushBar
from dalle_studio.ui.theme import Theme


@pytest.fixture
def canvas() -> Canvas:
    canvas = Canvas(History())
    canvas.show(Picture(np.zeros((256, 256, 3), np.uint8)))
    return canvas


@pytest.fixture
def bar(qtbot: QtBot, theme: Theme, canvas: Canvas) -> Iterator[BrushBar]:
    window = QWidget()  # a bar is never a window of its own
    qtbot.addWidget(window)
    bar = BrushBar(canvas, theme, window)
    bar.adjustSize()
    window.resize(bar.size())
    window.show()
    yield bar


def button(bar: BrushBar, name: str) -> QAbstractButton:
    return cast("QAbstractButton", bar.findChild(QAbstractButton, name))


def label(bar: BrushBar, name: str) -> str:
    return cast("QLabel", bar.findChild(QLabel, name)).text()


def click(qtbot: QtBot, bar: BrushBar, name: str) -> None:
    qtbot.mouseClick(button(bar, name), Qt.MouseButton.LeftButton)


def paint(canvas: Canvas) -> None:
    canvas.set_tool(Tool.RECTANGLE)
    canvas.press(100, 100)
    canvas.release(150, 150)


@pytest.mark.parametrize("name", ["brush_size", "feather"])
def test_a_slider_reaches_all_values_by_keyboard(
    qtbot: QtBot, bar: BrushBar, canvas: Canvas, name: str
) -> None:
    slider = cast("QSlider", bar.findChild(QSlider, name))

    def value() -> int:
        return canvas.brush_px if name == "brush_size" else canvas.feather_px

    qtbot.keyClick(slider, Qt.Key.Key_Home)
    assert value() == (1 if name == "brush_size" else 0)
    qtbot.keyClick(slider, Qt.Key.Key_End)
    assert value() == (2048 if name == "brush_size" else 256)
    assert label(bar, f"{name}_value") == str(value())


def test_the_bar_follows_the_canvas_exactly(bar: BrushBar, canvas: Canvas) -> None:
    canvas.set_brush_px(123)
    canvas.set_feather_px(7)
    assert label(bar, "brush_size_value") == "123"
    assert label(bar, "feather_value") == "7"
    assert (canvas.brush_px, canvas.feather_px) == (123, 7), "showing a value does not round it"


def test_growing_shrinking_inverting_and_clearing(qtbot: QtBot, bar: BrushBar, canvas: Canvas) -> None:
    paint(canvas)
    region = canvas.regions[0]
    click(qtbot, bar, "grow_mask")
    assert region.box == Box(98, 98, 152, 152)
    click(qtbot, bar, "shrink_mask")
    assert region.box == Box(100, 100, 150, 150)
    click(qtbot, bar, "invert_mask")
    assert region.mask[0, 0] == 255 and region.mask[125, 125] == 0
    click(qtbot, bar, "clear_mask")
    assert region.box is None


def test_buttons_wait_until_they_can_do_something(
    qtbot: QtBot, theme: Theme, bar: BrushBar, canvas: Canvas
) -> None:
    names = ["grow_mask", "shrink_mask", "clear_mask", "export_mask"]
    assert not any(button(bar, name).isEnabled() for name in names)
    paint(canvas)
    assert all(button(bar, name).isEnabled() for name in names)
    empty = BrushBar(Canvas(History()), theme)
    qtbot.addWidget(empty)
    assert not button(empty, "invert_mask").isEnabled() and not button(empty, "new_region").isEnabled()


def test_files_are_the_window_s_business(qtbot: QtBot, bar: BrushBar, canvas: Canvas) -> None:
    paint(canvas)
    wanted, unwanted = QSignalSpy(bar.import_wanted), QSignalSpy(bar.export_wanted)
    click(qtbot, bar, "import_mask")
    assert (wanted.count(), unwanted.count()) == (1, 0)
    click(qtbot, bar, "export_mask")
    assert (wanted.count(), unwanted.count()) == (1, 1)


def test_a_new_region_is_begun_and_the_sixth_refused(qtbot: QtBot, bar: BrushBar, canvas: Canvas) -> None:
    refused = QSignalSpy(bar.refused)
    for _ in range(6):
        click(qtbot, bar, "new_region")
    assert len(canvas.regions) == 5 and refused.count() == 1
    assert isinstance(refused.at(0)[0], InvalidRequest)


def test_everything_has_a_name_of_its_own(bar: BrushBar) -> None:
    widgets = [*bar.findChildren(QAbstractButton), *bar.findChildren(QSlider)]
    names = [widget.accessibleName() for widget in widgets]
    assert all(names) and len(set(names)) == len(names)
    assert all(widget.toolTip() for widget in widgets)
