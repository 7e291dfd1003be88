"""Changing a picture by a sentence, in the window: the button, what the words refer to, other ways out."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDropEvent
from pytestqt.qtbot import QtBot

from dalle_studio.core.model import Model
from dalle_studio.core.request import Edit, Generate, Vary
from dalle_studio.storage.library import save_picture
from dalle_studio.ui.theme import Theme
from tests.scripted import ScriptedEngine, drawn
from tests.shelves import ScriptedStore, flux
from tests.user import User, user_of


@pytest.fixture
def engine() -> ScriptedEngine:
    return ScriptedEngine()


@pytest.fixture
def user(qtbot: QtBot, theme: Theme, starter: Model, home: Path, engine: ScriptedEngine) -> Iterator[User]:
    store = ScriptedStore((flux(),))
    with user_of(engine, starter, None, home / "pictures", theme, qtbot, None, store) as user:
        user.studio.models.refresh()
        user.studio.models.finish()
        user.studio.models.choose("flux2-klein")
        user.studio.show(drawn(1, 64, 64))
        user.type("make it night")
        yield user


def test_the_primary_button_edits(user: User, engine: ScriptedEngine) -> None:
    assert user.text("primary_button") == "Edit" and user.sees("edit_panel")
    assert not user.sees("vary_panel")
    user.click("primary_button")
    user.wait_for_pictures(4)
    (request,) = engine.requests
    assert isinstance(request, Edit) and request.prompt == "make it night"


def test_with_the_starter_none_of_it_is_there(user: User) -> None:
    user.studio.models.choose("starter")
    assert user.text("primary_button") == "Generate" and not user.sees("edit_panel")
    assert not user.window.gallery.can_refer


def test_new_pictures_and_variations_are_a_click_away(user: User, engine: ScriptedEngine) -> None:
    user.click("generate_anew")
    user.click("vary_instead")
    user.wait_for_pictures(8)
    assert [type(each) for each in engine.requests] == [Generate, Vary]


def test_pictures_to_refer_to_come_by_dialog_and_drop_and_go(
    user: User, engine: ScriptedEngine, home: Path
) -> None:
    paths = [save_picture(drawn(n, 64, 64), home, f"reference {n}") for n in range(3)]
    user.answer_with(paths[0])
    user.click("reference_choose")
    user.wait(lambda: len(user.studio.references.pictures) == 1)
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(path)) for path in paths[1:]])
    none, left = Qt.KeyboardModifier.NoModifier, Qt.MouseButton.LeftButton
    panel = user.window.edit
    panel.dropEvent(QDropEvent(QPointF(9, 9), Qt.DropAction.CopyAction, data, left, none))
    user.wait(lambda: user.sees("Picture 4"))
    assert not user.sees("reference_choose")
    user.click("remove_reference_1")
    user.click("primary_button")
    user.wait_for_pictures(4)
    (request,) = engine.requests
    assert isinstance(request, Edit)
    assert [each.name for each in request.references] == [paths[0].name, paths[2].name]
