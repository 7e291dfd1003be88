"""The microphone in the composer, worked by mouse and keyboard."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from dalle_studio.core.errors import CannotHear
from dalle_studio.core.model import Model
from dalle_studio.engine.speech.base import Heard, Level, Opened, Said, Unheard
from dalle_studio.state.studio import Studio
from dalle_studio.ui.main_window import MainWindow
from dalle_studio.ui.speech_controls import MicrophoneButton, SpeechBar
from dalle_studio.ui.theme import Theme
from tests.scripted import ScriptedEngine
from tests.state.test_speech import ScriptedListener

LEFT = Qt.MouseButton.LeftButton


@pytest.fixture
def listener() -> ScriptedListener:
    return ScriptedListener()


@pytest.fixture
def window(
    qtbot: QtBot, starter: Model, tmp_path: Path, theme: Theme, listener: ScriptedListener
) -> Iterator[MainWindow]:
    studio = Studio(ScriptedEngine(), starter, None, tmp_path, listener=listener)
    window = MainWindow(studio, theme)
    window.show()
    qtbot.waitExposed(window)
    yield window
    window.close()
    window.deleteLater()
    studio.deleteLater()


@pytest.fixture
def button(window: MainWindow) -> MicrophoneButton:
    return window.findChildren(MicrophoneButton)[0]


@pytest.fixture
def bar(window: MainWindow) -> SpeechBar:
    return window.findChildren(SpeechBar)[0]


def test_a_click_opens_the_microphone_and_the_next_one_ends_it(
    qtbot: QtBot, window: MainWindow, button: MicrophoneButton, bar: SpeechBar, listener: ScriptedListener
) -> None:
    assert "nothing is uploaded" in button.toolTip() and not bar.isVisible()
    qtbot.mouseClick(button, LEFT)
    assert bar.isVisible() and bar.state.text() == "Opening the microphone"
    listener.events = [Opened(), Level(0.5), Heard("a pink flamingo")]
    qtbot.waitUntil(lambda: bar.words.text() == "a pink flamingo")
    assert "Esc" in bar.state.text() and bar.meter.accessibleDescription() == "50%"
    qtbot.mouseClick(button, LEFT)
    assert listener.calls == ["listen", "finish"]
    listener.events = [Said("A pink flamingo.", 2.0)]
    qtbot.waitUntil(lambda: window.composer.prompt.text == "A pink flamingo")
    assert not bar.isVisible() and window.composer.prompt.hasFocus()


def test_a_button_that_is_held_listens_until_it_is_let_go(
    qtbot: QtBot, button: MicrophoneButton, listener: ScriptedListener
) -> None:
    qtbot.mousePress(button, LEFT)
    qtbot.wait(600)
    assert listener.calls == ["listen"]
    qtbot.mouseRelease(button, LEFT)
    assert listener.calls == ["listen", "finish"]


def test_escape_drops_what_was_said_and_the_prompt_stays(
    qtbot: QtBot, window: MainWindow, button: MicrophoneButton, bar: SpeechBar, listener: ScriptedListener
) -> None:
    window._studio.composer.set_text("a cat")
    qtbot.mouseClick(button, LEFT)
    listener.events = [Opened(), Heard("and a dog")]
    qtbot.waitUntil(lambda: bar.words.text() == "and a dog")
    qtbot.keyClick(window.composer.prompt, Qt.Key.Key_Escape)
    assert listener.calls[-1] == "cancel" and not bar.isVisible()
    assert window.composer.prompt.text == "a cat"


def test_words_land_at_the_cursor_and_go_with_one_undo(
    qtbot: QtBot, window: MainWindow, button: MicrophoneButton, listener: ScriptedListener
) -> None:
    window._studio.composer.set_text("a cat, sepia")
    cursor = window.composer.prompt.textCursor()
    cursor.setPosition(5)
    window.composer.prompt.setTextCursor(cursor)
    qtbot.keyClick(window, Qt.Key.Key_M, Qt.KeyboardModifier.ControlModifier)
    listener.events = [Said("on a sofa.", 2.0)]
    qtbot.waitUntil(lambda: window.composer.prompt.text == "a cat on a sofa, sepia")
    assert window.composer.prompt.textCursor().position() == len("a cat on a sofa")
    qtbot.keyClick(window, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert window.composer.prompt.text == "a cat, sepia"


def test_a_missing_microphone_is_a_notice_and_the_prompt_stays(
    qtbot: QtBot, window: MainWindow, button: MicrophoneButton, listener: ScriptedListener
) -> None:
    window._studio.composer.set_text("a cat")
    qtbot.mouseClick(button, LEFT)
    listener.events = [Unheard(CannotHear("There is no microphone.", "Connect one."))]
    qtbot.waitUntil(lambda: bool(window._studio.notices.notices))
    assert window._studio.notices.notices[0].text == "There is no microphone."
    assert window.composer.prompt.text == "a cat"
