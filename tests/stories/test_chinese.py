"""Somebody writes Chinese, and a model draws that reads only English."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication, QPlainTextEdit
from pytestqt.qtbot import QtBot

from dalle_studio.core.model import Model
from dalle_studio.core.request import Generate
from dalle_studio.storage.library import open_picture
from dalle_studio.storage.models.installed import read_lexicon
from dalle_studio.ui.prompt_field import PromptField
from dalle_studio.ui.theme import Theme
from tests.scripted import ScriptedEngine
from tests.user import User, user_of


@pytest.fixture
def engine() -> ScriptedEngine:
    return ScriptedEngine()


@pytest.fixture
def user(qtbot: QtBot, theme: Theme, starter: Model, engine: ScriptedEngine, home: Path) -> Iterator[User]:
    model = replace(starter, label="English Diffusion", reads=frozenset(("en",)))
    with user_of(engine, model, read_lexicon(starter), home / "pictures", theme, qtbot) as user:
        yield user


def write(user: User, text: str) -> None:
    """As an input method does, or the clipboard."""
    user.press("Ctrl+L")
    QApplication.clipboard().setText(text)
    user.find("prompt", PromptField).paste()
    user.press("Esc")


def test_the_english_is_seen_edited_and_what_the_engine_is_asked_for(
    user: User, engine: ScriptedEngine, home: Path
) -> None:
    write(user, "一只戴着红色帽子的猫，油画")
    assert "a cat wearing a red hat, oil painting" in user.text("final_prompt")
    assert "English Diffusion reads English only" in user.text("sent_note")
    user.click("edit_sent")
    editor = user.find("sent_prompt", QPlainTextEdit)
    assert editor.toPlainText() == "a cat wearing a red hat, oil painting"
    user.press("Ctrl+A")
    user.type("a tabby in a red fez, oil painting")
    user.press("Return")
    user.click("Variations: 1")
    user.click("primary_button")
    user.wait_for_pictures(1)
    (request,) = engine.requests
    assert isinstance(request, Generate)
    assert request.prompt == "a tabby in a red fez, oil painting"
    assert request.said == "一只戴着红色帽子的猫，油画"
    (path,) = (home / "pictures").glob("*/*.png")
    recipe = open_picture(path).recipe
    assert recipe is not None
    assert (recipe.said, recipe.prompt) == (request.said, request.prompt)
