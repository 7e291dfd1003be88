"""The microphone in the composer, worked by mouse and keyboard."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QLocale, QPoint, Qt
from PySide6.QtGui import QContextMenuEvent
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from dalle_studio.core.errors import CannotHear
from dalle_studio.core.model import AddOnKind, Model
from dalle_studio.engine.speech.base import Heard, Level, Opened, Said, Unheard
from dalle_studio.state.studio import Studio
from dalle_studio.ui.main_window import MainWindow
from dalle_studio.ui.model_card import ModelCard
from dalle_studio.ui.speech_controls import MicrophoneButton, SpeechBar, SpeechMenuButton
from dalle_studio.ui.theme import Theme
from tests.scripted import ScriptedEngine
from tests.shelves import ScriptedStore, add_on
from tests.state.test_speech import ScriptedListener

LEFT = Qt.MouseButton.LeftButton


@pytest.fixture
def listener() -> ScriptedListener:
    return ScriptedListener()


@pytest.fixture
def store() -> ScriptedStore:
    return ScriptedStore()


@pytest.fixture
def window(
    qtbot: QtBot,
    starter: Model,
    tmp_path: Path,
    theme: Theme,
    listener: ScriptedListener,
    store: ScriptedStore,
) -> Iterator[MainWindow]:
    studio = Studio(ScriptedEngine(), starter, None, tmp_path, listener=listener, store=store)
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


def rows(button: MicrophoneButton) -> dict[str, bool]:
    """What the menu lists, and whether it is chosen."""
    button.menu_of_speech.fill()
    return {action.text(): action.isChecked() for action in button.menu_of_speech.actions() if action.text()}


def choose(button: MicrophoneButton, text: str) -> None:
    next(action for action in button.menu_of_speech.actions() if action.text() == text).trigger()


def test_the_menu_offers_what_is_installed(button: MicrophoneButton, store: ScriptedStore) -> None:
    assert rows(button) == {
        "As the window (English)": True,
        "English": False,
        "Chinese": False,
        "English (built in)": True,
        "Install a recogniser for Chinese …": False,
    }
    store.owned = (*store.owned, add_on("whisper-base", AddOnKind.SPEECH, "Whisper base"))
    assert rows(button)["Chinese and English: Whisper base (installed)"] is False
    assert "More recognisers …" in rows(button)


def test_what_is_chosen_hears(
    qtbot: QtBot,
    window: MainWindow,
    button: MicrophoneButton,
    store: ScriptedStore,
    listener: ScriptedListener,
) -> None:
    store.owned = (*store.owned, add_on("whisper-base", AddOnKind.SPEECH, "Whisper base"))
    rows(button)
    choose(button, "Chinese")
    assert rows(button)["Chinese and English: Whisper base (installed)"]
    qtbot.mouseClick(button, LEFT)
    assert listener.asked is not None
    assert (listener.asked.recogniser, listener.asked.language) == (Path("whisper-base"), "zh")
    qtbot.mouseClick(button, LEFT)
    listener.events = [Said("一只 猫。", 1.0)]
    qtbot.waitUntil(lambda: window.composer.prompt.text == "一只猫")
    rows(button)
    choose(button, "English (built in)")
    assert rows(button)["English"] and rows(button)["English (built in)"]


def test_the_menu_opens_by_the_right_button_and_by_the_arrow(
    qtbot: QtBot, window: MainWindow, button: MicrophoneButton, listener: ScriptedListener
) -> None:
    at = QPoint(5, 5)
    event = QContextMenuEvent(QContextMenuEvent.Reason.Mouse, at, button.mapToGlobal(at))
    QApplication.sendEvent(button, event)
    assert button.menu_of_speech.isVisible() and listener.calls == []
    button.menu_of_speech.close()
    (arrow,) = window.findChildren(SpeechMenuButton)
    assert arrow.menu() is button.menu_of_speech and arrow.accessibleName()


def test_in_a_chinese_window_the_way_to_a_recogniser_is_shown(
    qtbot: QtBot, window: MainWindow, button: MicrophoneButton, listener: ScriptedListener
) -> None:
    QLocale.setDefault(QLocale("zh_CN"))
    try:
        qtbot.mouseClick(button, LEFT)
        assert "listen" not in listener.calls
        (notice,) = window._studio.notices.notices
        assert notice.action == "Install a recogniser …"
        window._studio.notices.act(notice.number)
        page = window.models.page
        assert page is not None and page.isVisible()
        qtbot.waitUntil(lambda: page.is_whole and bool(page.findChildren(ModelCard, "model_whisper-base")))
        card = page.findChildren(ModelCard, "model_whisper-base")[0]
        qtbot.waitUntil(lambda: not card.visibleRegion().isEmpty())
        window._studio.notices.act(notice.number)
        assert page.isVisible()
        qtbot.mouseClick(button, LEFT)
        assert listener.asked is not None and listener.asked.language == "en"
    finally:
        QLocale.setDefault(QLocale("en"))
