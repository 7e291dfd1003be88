"""Files asked for in dialogs: exports with the recipe or without, and masks."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
from PIL import Image
from pytestqt.qtbot import QtBot

from dalle_studio.core.model import Model
from dalle_studio.storage.library import open_picture, save_picture
from dalle_studio.ui.theme import Theme
from tests.scripted import ScriptedEngine, asking, drawn, recorded
from tests.user import User, user_of


@pytest.fixture
def user(qtbot: QtBot, theme: Theme, starter: Model, home: Path) -> Iterator[User]:
    with user_of(ScriptedEngine(), starter, None, home / "pictures", theme, qtbot) as user:
        yield user


def file(home: Path, name: str) -> Path:
    Image.fromarray(drawn(1, 64, 64).pixels).save(home / name)
    return home / name


def test_a_picture_is_exported_under_the_name_that_is_given(user: User, home: Path) -> None:
    user.type("a cat")
    user.press("Ctrl+Return")
    user.wait_for_pictures(4)
    user.answer_with(home / "out.jpg")
    user.press("Ctrl+E")
    user.wait(lambda: ("Exported out.jpg.", "") in user.notices)
    with Image.open(home / "out.jpg") as image:
        assert image.format == "JPEG"


@pytest.mark.parametrize(("keys", "has_recipe"), [("Ctrl+E", False), ("Ctrl+Shift+E", True)])
def test_the_recipe_goes_with_a_picture_where_that_is_asked_for(
    user: User, home: Path, keys: str, has_recipe: bool
) -> None:
    user.drop([save_picture(recorded(asking("a lighthouse")), home, "lighthouse")])
    user.answer_with(home / "out")
    user.press(keys)
    user.wait(lambda: (home / "out.png").exists())
    assert (open_picture(home / "out.png").recipe is not None) == has_recipe


def test_a_mask_is_exported_and_imported_by_the_dialogs(user: User, home: Path) -> None:
    user.drop([file(home, "b.png")])
    user.find("canvas_view").setFocus()
    user.press("M")
    user.pull((0.5, 0.5))
    mask = user.studio.canvas.export_mask()
    user.answer_with(home / "mask.png")
    user.click("export_mask")
    user.click("clear_mask")
    user.answer_with(home / "mask.png")
    user.click("import_mask")
    assert np.array_equal(user.studio.canvas.export_mask(), mask)
