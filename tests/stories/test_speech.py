"""Somebody says what they want to see: a recording in place of the microphone, and nothing else is played."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from dalle_studio.core.model import Model
from dalle_studio.engine.local import LocalEngine
from dalle_studio.storage.library import open_picture
from dalle_studio.storage.models.installed import read_lexicon
from dalle_studio.ui.theme import Theme
from tests.takes import PENGUINS, PlayedListener
from tests.user import User, user_of


@pytest.fixture
def user(qtbot: QtBot, theme: Theme, starter: Model, engine: LocalEngine, home: Path) -> Iterator[User]:
    pytest.importorskip("torch")
    listener = PlayedListener(PENGUINS)
    with user_of(
        engine, starter, read_lexicon(starter), home / "pictures", theme, qtbot, listener=listener
    ) as user:
        yield user


def test_what_is_said_becomes_four_pictures(user: User, home: Path) -> None:
    user.click("microphone")
    user.wait(lambda: user.sees("speech_words") and "penguins" in user.text("speech_words").lower(), 30)
    assert user.text("prompt") == ""
    user.wait(lambda: "penguins" in user.text("prompt").lower(), 30)
    assert user.text("prompt").lower() == "three penguins holding balloons in the snow"
    assert not user.sees("speech_bar") and user.tiles == []

    user.press("Ctrl+Z")
    assert user.text("prompt") == ""
    user.press("Ctrl+Shift+Z")
    user.click("Speed: Draft")
    user.click("Variations: 4")
    user.click("primary_button")
    user.wait_for_pictures(4, seconds=250)
    recipes = [open_picture(path).recipe for path in (home / "pictures").glob("*/*.png")]
    assert [recipe.prompt.lower() for recipe in recipes if recipe] == [user.text("prompt").lower()] * 4
    assert user.notices == []
