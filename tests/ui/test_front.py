import gc
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication, QLabel, QMenu
from pytestqt.qtbot import QtBot
from shiboken6 import isValid

from dalle_studio.core.model import Model
from dalle_studio.state.studio import Studio
from dalle_studio.ui.front import Front
from dalle_studio.ui.language import Language
from dalle_studio.ui.theme import Theme
from tests.leftovers import settle, things
from tests.scripted import ScriptedEngine


@pytest.fixture
def front(qapp: QApplication, theme: Theme, starter: Model, home: Path) -> Iterator[Front]:
    before = things()
    studio = Studio(ScriptedEngine(), starter, None, home / "pictures", data=home / "data")
    studio.preferences.change(language="en")
    language = Language(qapp, "en")
    front = Front(studio, theme, language)
    front.window.show()
    yield front
    front.window.close()
    language.choose("en")
    language.deleteLater()
    front.window.deleteLater()
    studio.deleteLater()
    settle()
    gc.collect()
    after = things()
    for kind, known in before.items():
        assert after[kind] <= known, f"left behind: {kind} {after[kind] - known}"


def choose(front: Front, name: str, qtbot: QtBot) -> None:
    old = front.window
    menu = old.findChild(QMenu, "language_menu")
    assert menu is not None
    next(action for action in menu.actions() if action.text() == name).trigger()
    qtbot.waitUntil(lambda: front.window is not old)
    settle()


def test_another_language_makes_the_window_anew(front: Front, qtbot: QtBot) -> None:
    old = front.window
    assert old.commands["redo"].text() == "Redo"
    choose(front, "简体中文", qtbot)
    assert not isValid(old)
    assert front.window.isVisible()
    assert front.window.commands["redo"].text() == "重做"


def test_what_was_written_and_what_is_at_work_stays(front: Front, qtbot: QtBot) -> None:
    studio = front.window._studio
    front.window.composer.prompt.setFocus()
    studio.composer.set_text("a cat")
    studio.make()
    choose(front, "简体中文", qtbot)
    assert front.window.composer.prompt.toPlainText() == "a cat"
    qtbot.waitUntil(lambda: all(tile.picture for tile in studio.candidates.candidates), timeout=10_000)
    choose(front, "English", qtbot)
    studio.make()
    qtbot.waitUntil(lambda: all(tile.picture for tile in studio.candidates.candidates), timeout=10_000)
    assert front.window.findChild(QLabel, "job_text") is not None


def test_the_choice_is_remembered(front: Front, qtbot: QtBot) -> None:
    choose(front, "简体中文", qtbot)
    assert front.window._studio.preferences.value.language == "zh_CN"
    menu = front.window.findChild(QMenu, "language_menu")
    assert menu is not None
    assert [action.text() for action in menu.actions() if action.isChecked()] == ["简体中文"]
