"""Projects by keyboard and menu: new, open, save, recent; and what exports carry."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest
from PIL import Image
from PySide6.QtCore import QTimer
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QApplication, QMenu
from pytestqt.qtbot import QtBot

from dalle_studio.core.model import Model
from dalle_studio.state import exports
from dalle_studio.storage.library import open_picture, save_picture
from dalle_studio.storage.openraster import open_project
from dalle_studio.ui.actions import COMMANDS
from dalle_studio.ui.theme import Scheme, Theme
from tests.scripted import ScriptedEngine, asking, drawn, recorded
from tests.user import User, user_of

OpenWindow = Callable[[], User]


@pytest.fixture
def open_window(qtbot: QtBot, theme: Theme, starter: Model, home: Path) -> Iterator[OpenWindow]:
    with ExitStack() as windows:

        def open_window() -> User:
            context = user_of(ScriptedEngine(), starter, None, home / "pictures", theme, qtbot, home / "data")
            return windows.enter_context(context)

        yield open_window


@pytest.fixture
def user(open_window: OpenWindow) -> User:
    return open_window()


def menu(user: User) -> QMenu:
    found = user.window.findChild(QMenu, "project_menu")
    assert found is not None
    return found


def recent(user: User) -> list[QAction]:
    found = user.window.findChild(QMenu, "recent_menu")
    assert found is not None
    return found.actions()


def save_as(user: User, path: Path, keys: str = "Ctrl+Shift+S") -> None:
    user.answer_with(path)
    user.press(keys)
    user.wait(path.exists)


def test_no_two_commands_have_the_same_keys() -> None:
    keys = [QKeySequence(each) for command in COMMANDS for each in command.keys]
    assert len({each.toString() for each in keys}) == len(keys)


def test_a_project_is_saved_and_opened_by_keyboard(open_window: OpenWindow, home: Path) -> None:
    user = open_window()
    user.type("a castle")
    assert user.sees("unsaved") and user.window.isWindowModified()
    save_as(user, home / "castle.ora", "Ctrl+S")  # which asks for a name the first time
    assert not user.sees("unsaved") and not user.window.isWindowModified()
    assert user.text("document") == "castle" and user.window.windowTitle() == "castle[*]"
    user.type(" at night")
    assert user.sees("unsaved") and user.window.isWindowModified()
    user.press("Ctrl+S")
    user.wait(lambda: not user.sees("unsaved"))
    assert open_project(home / "castle.ora").project.composition["text"] == "a castle at night"
    user.press("Ctrl+N")
    user.wait(lambda: user.text("prompt") == "")
    assert user.text("document") == "Dalle Studio" and user.window.windowTitle() == "Dalle Studio[*]"
    user.answer_with(home / "castle.ora")
    user.press("Ctrl+O")
    user.wait(lambda: user.text("prompt") == "a castle at night")


def test_save_as_begins_a_second_file(user: User, home: Path) -> None:
    user.type("a castle")
    save_as(user, home / "one.ora")
    user.type(" at night")
    user.answer_with(home / "two")  # the ending is added
    user.press("Ctrl+Shift+S")
    user.wait((home / "two.ora").exists)
    assert user.text("document") == "two"
    assert open_project(home / "one.ora").project.composition["text"] == "a castle"


def test_a_dialog_that_is_closed_saves_nothing(user: User, home: Path) -> None:
    user.type("a castle")

    def close() -> None:
        dialog = QApplication.activeModalWidget()
        assert dialog is not None
        dialog.close()

    QTimer.singleShot(200, user.window, close)
    user.press("Ctrl+S")
    assert user.sees("unsaved") and user.studio.documents.file is None


def test_projects_last_used_are_in_the_menu(open_window: OpenWindow, home: Path) -> None:
    user = open_window()
    assert not recent(user)
    for name in ("one", "two"):
        user.type(name)
        save_as(user, home / f"{name}.ora")
        user.press("Ctrl+N")
        user.wait(lambda: user.text("prompt") == "")
    assert [action.text() for action in recent(user)] == ["two.ora", "one.ora"]
    recent(user)[1].trigger()
    user.wait(lambda: user.text("prompt") == "one")
    assert [action.text() for action in recent(user)] == ["one.ora", "two.ora"]
    (home / "two.ora").unlink()
    recent(user)[1].trigger()
    user.wait(lambda: user.notices)
    assert [action.text() for action in recent(user)] == ["one.ora"]


def test_paintings_last_used_are_in_the_menu_and_those_of_the_gallery_are_not(user: User, home: Path) -> None:
    Image.fromarray(drawn(5, 96, 64).pixels).save(home / "painting.png")
    user.drop([home / "painting.png"])
    user.wait(lambda: bool(recent(user)))
    kept = user.studio.gallery.save(drawn(6), "kept")
    user.studio.open(kept.path)
    user.studio.files.finish()
    assert user.studio.canvas.picture and user.studio.canvas.picture.name == kept.name
    assert [action.text() for action in recent(user)] == ["painting.png"]
    recent(user)[0].trigger()
    user.wait(lambda: user.studio.canvas.picture and user.studio.canvas.picture.name == "painting.png")
    (home / "painting.png").unlink()
    recent(user)[0].trigger()
    user.wait(lambda: bool(user.notices) and not recent(user))


def test_a_project_can_be_dropped(user: User, home: Path) -> None:
    user.type("a castle")
    save_as(user, home / "castle.ora")
    user.press("Ctrl+N")
    user.wait(lambda: user.text("prompt") == "")
    user.drop([home / "castle.ora"])
    user.wait(lambda: user.text("prompt") == "a castle")


def test_new_with_unsaved_work_asks_nothing_and_loses_nothing(user: User, home: Path) -> None:
    user.type("a castle")
    user.press("Ctrl+N")
    user.wait(lambda: user.text("prompt") == "")
    assert user.notices == [("What was not saved is kept.", "")]
    user.click("notice_action")
    user.wait(lambda: user.text("prompt") == "a castle")
    assert user.sees("unsaved")


def test_the_menu_has_every_project_command_with_its_keys(user: User, theme: Theme) -> None:
    assert user.find("project_button").isEnabled()
    texts = [action.text() for action in menu(user).actions() if action.text()]
    assert texts[:5] == [
        "New project",
        "Open a project or a picture",
        "Open recent",
        "Save the project",
        "Save the project as",
    ]
    icons = {action.text(): action.icon().cacheKey() for action in menu(user).actions() if action.text()}
    theme.choose(Scheme.LIGHT)
    changed = [
        action.text()
        for action in menu(user).actions()
        if action.icon().cacheKey() != icons.get(action.text(), 0)
    ]
    theme.choose(Scheme.DARK)
    assert {"New project", "Save the project", "Open recent"} <= set(changed)


def test_exports_carry_the_recipe_where_that_is_ticked(user: User, home: Path) -> None:
    user.drop([save_picture(recorded(asking()), home, "lighthouse")])
    user.window.commands["add_recipe"].trigger()
    user.answer_with(home / "a.png")
    user.press("Ctrl+E")
    user.wait((home / "a.png").exists)
    assert open_picture(home / "a.png").recipe is not None
    user.window.commands["add_recipe"].trigger()
    user.answer_with(home / "b.png")
    user.press("Ctrl+E")
    user.wait((home / "b.png").exists)
    assert open_picture(home / "b.png").recipe is None


def test_signing_is_switched_on_and_off(user: User, home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    sign, own = user.window.commands["sign"], user.window.commands["own_certificate"]
    assert not sign.isChecked() and not own.isEnabled()
    sign.trigger()
    assert user.studio.preferences.value.signs_exports and own.isEnabled()
    sign.trigger()
    assert not user.studio.preferences.value.signs_exports
    monkeypatch.setattr(exports, "_LIBRARIES", ("no_such_library",))
    sign.trigger()
    assert not sign.isChecked()
    ((text, remedy),) = user.notices
    assert "not installed" in text and "pip install" in remedy


def test_a_certificate_of_ones_own_is_chosen_and_left_again(user: User, home: Path) -> None:
    credentials = pytest.importorskip("dalle_studio.storage.credentials")
    credentials.own_credential(home / "mine")
    path, own = home / "mine" / "content-credential.pem", user.window.commands["own_certificate"]
    user.window.commands["sign"].trigger()
    user.answer_with(path)
    own.trigger()
    user.wait(lambda: own.isChecked())
    assert user.studio.preferences.value.credential == str(path) and own.toolTip() == str(path)
    own.trigger()
    assert not own.isChecked() and user.studio.preferences.value.credential == ""
    (home / "bad.pem").write_text("no certificate")
    user.answer_with(home / "bad.pem")
    own.trigger()
    user.wait(lambda: user.notices)
    assert not own.isChecked()


def test_the_names_of_picture_and_project(user: User, home: Path) -> None:
    Image.fromarray(drawn(1, 64, 64).pixels).save(home / "a.png")
    user.drop([home / "a.png"])
    user.wait(lambda: user.text("document") == "a.png")
    assert user.window.windowTitle() == "a.png[*]"
    save_as(user, home / "night.ora")
    user.wait(lambda: user.text("document") == "night")
