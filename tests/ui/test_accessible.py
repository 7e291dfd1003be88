"""Everything that can be pressed has a name, for people who hover, who listen, and who write tests."""

from __future__ import annotations

from pathlib import Path

from PIL import Image
from PySide6.QtWidgets import QAbstractButton, QLineEdit
from pytestqt.qtbot import QtBot

from dalle_studio.core.model import Model
from dalle_studio.state.stroke import Tool
from dalle_studio.ui.theme import Theme
from tests.scripted import ScriptedEngine, drawn
from tests.user import User, user_of


def nameless(user: User) -> list[str]:
    """What is visible and lacks an object name, a tooltip or an accessible name."""
    buttons = [each for each in user.window.findChildren(QAbstractButton) if each.isVisible()]
    own = [
        each for each in buttons if not isinstance(each.parentWidget(), QLineEdit)
    ]  # a field's icons are its
    return [
        f"{type(each).__name__} “{each.objectName()}” {each.toolTip()} {each.accessibleName()}"
        for each in own
        if not (each.objectName() and each.toolTip() and (each.accessibleName() or each.text()))
    ]


def test_every_button_of_the_window_has_its_names(
    qtbot: QtBot, theme: Theme, starter: Model, home: Path
) -> None:
    with user_of(ScriptedEngine(), starter, None, home / "pictures", theme, qtbot) as user:
        assert nameless(user) == []
        user.type("a cat")
        user.press("Ctrl+Return")
        user.wait_for_pictures(4)
        user.click("more")
        user.click("Add who or what")
        user.type("dog")
        user.press("Return", "Esc")
        Image.fromarray(drawn(1, 64, 64).pixels).save(home / "one.png")
        user.drop([home / "one.png"])
        user.wait(lambda: user.text("document") == "one.png")
        assert nameless(user) == []
        for tool in (Tool.BRUSH, Tool.FRAME):
            user.click(f"tool_{tool}")
            assert nameless(user) == []
