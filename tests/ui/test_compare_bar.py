"""Two pictures under a slider: named, moved by keyboard, and ended."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PIL import Image
from pytestqt.qtbot import QtBot

from dalle_studio.core.model import Model
from dalle_studio.state.stroke import Tool
from dalle_studio.ui.theme import Theme
from tests.scripted import ScriptedEngine, drawn
from tests.user import User, user_of


@pytest.fixture
def user(qtbot: QtBot, theme: Theme, starter: Model, home: Path) -> Iterator[User]:
    with user_of(ScriptedEngine(), starter, None, home / "pictures", theme, qtbot) as user:
        paths = [home / "one.png", home / "other.png"]
        for seed, path in enumerate(paths):
            Image.fromarray(drawn(seed, 64, 64).pixels).save(path)
        user.drop(paths[:1])
        user.wait(lambda: user.studio.canvas.picture)
        user.studio.compare_with(paths[1])
        user.wait(lambda: user.studio.canvas.compare)
        yield user


def test_both_pictures_are_named_and_the_button_ends_it(user: User) -> None:
    assert user.text("compare_names") == "one.png  |  other.png"
    user.click("compare_end")
    assert user.studio.canvas.compare is None and not user.sees("compare_bar")


def test_the_bar_stands_in_the_place_of_the_tools_options(user: User) -> None:
    user.studio.canvas.set_tool(Tool.FRAME)
    assert user.sees("compare_bar") and not user.sees("frame_bar")
    user.click("compare_end")
    assert user.sees("frame_bar")


def test_arrows_move_the_slider_and_escape_ends_it(user: User) -> None:
    user.window.centre.view.setFocus()
    user.press("Right", "Right", "Left")
    assert user.studio.canvas.compare_at == pytest.approx(0.55)
    user.press("Esc")
    assert user.studio.canvas.compare is None
