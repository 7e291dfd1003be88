"""What becomes of the regions: chosen in the bar under the picture."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from dalle_studio.core.model import Model
from dalle_studio.core.picture import Picture
from dalle_studio.core.request import Intent
from dalle_studio.state.canvas import Canvas
from dalle_studio.state.history import History
from dalle_studio.state.stroke import Tool
from dalle_studio.state.studio import Studio
from dalle_studio.ui.centre import Centre
from dalle_studio.ui.intent_bar import IntentBar
from dalle_studio.ui.theme import Theme
from tests.scripted import ScriptedEngine, drawn


@pytest.fixture
def canvas() -> Canvas:
    canvas = Canvas(History())
    canvas.show(Picture(np.zeros((64, 64, 3), np.uint8)))
    return canvas


@pytest.fixture
def bar(qtbot: QtBot, theme: Theme, canvas: Canvas) -> Iterator[IntentBar]:
    window = QWidget()  # a bar is never a window of its own
    qtbot.addWidget(window)
    bar = IntentBar(canvas, window)
    bar.adjustSize()
    window.resize(bar.size())
    window.show()
    yield bar


@pytest.mark.parametrize("intent", list(Intent))
def test_a_click_chooses(qtbot: QtBot, bar: IntentBar, canvas: Canvas, intent: Intent) -> None:
    canvas.set_intent(Intent.REMOVE if intent is Intent.FILL else Intent.FILL)
    qtbot.mouseClick(bar.intents.button(intent), Qt.MouseButton.LeftButton)
    assert canvas.intent is intent


def test_it_follows_the_canvas(bar: IntentBar, canvas: Canvas) -> None:
    assert bar.intents.value == Intent.FILL
    canvas.set_intent(Intent.BACKGROUND)
    assert bar.intents.value == Intent.BACKGROUND


def test_arrows_choose_too(qtbot: QtBot, bar: IntentBar, canvas: Canvas) -> None:
    button = bar.intents.button(Intent.FILL)
    button.setFocus()
    qtbot.keyClick(button, Qt.Key.Key_End)
    assert canvas.intent is Intent.BACKGROUND


def test_every_choice_says_what_it_does_and_is_not_cut_off(bar: IntentBar) -> None:
    for intent in Intent:
        button = bar.intents.button(intent)
        assert button.toolTip() and button.accessibleName()
        assert button.width() >= button.fontMetrics().horizontalAdvance(button.text())


def test_it_is_there_while_something_is_painted_and_clear_of_the_tools(
    qtbot: QtBot, theme: Theme, starter: Model, tmp_path: Path
) -> None:
    studio = Studio(ScriptedEngine(), starter, None, tmp_path)
    centre = Centre(studio, theme)
    qtbot.addWidget(centre)
    centre.resize(424, 400)
    studio.show(drawn(1))
    studio.canvas.set_tool(Tool.MARKER)
    assert centre.intent.isHidden()
    studio.canvas.press(20, 16)
    studio.canvas.release(20, 16)
    assert not centre.intent.isHidden()
    assert not centre.intent.geometry().intersects(centre.tools.geometry())
    assert centre.rect().contains(centre.intent.geometry())
    studio.canvas.set_frame_format(3.0)
    assert centre.intent.isHidden()
    studio.close()
