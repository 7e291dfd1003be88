"""The recovery page: a page, not a dialog, that lists what was not saved and what can be done with it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from PIL import Image
from PySide6.QtWidgets import QApplication, QLabel
from pytestqt.qtbot import QtBot

from dalle_studio.core.model import Model
from dalle_studio.state.recovery import Work
from dalle_studio.state.stroke import Tool
from dalle_studio.storage.journal import Left
from dalle_studio.ui.recovery_page import RecoveryPage, WorkCard, facts_text
from dalle_studio.ui.theme import Theme
from tests.scripted import ScriptedEngine, drawn
from tests.user import User, user_of

OpenWindow = Callable[[], User]


@pytest.fixture
def open_window(qtbot: QtBot, theme: Theme, starter: Model, home: Path) -> Iterator[OpenWindow]:
    with ExitStack() as windows:

        def open_window() -> User:
            context = user_of(ScriptedEngine(), starter, None, home / "pictures", theme, qtbot, home / "data")
            user = windows.enter_context(context)
            user.studio.recovery.look()
            return user

        yield open_window


def leave(open_window: OpenWindow, home: Path) -> None:
    """A painting with a region and a sentence; then a window with words alone. Both are closed without saving."""
    first = open_window()
    Image.fromarray(drawn(5, 96, 64).pixels).save(home / "painting.png")
    first.type("a lighthouse")
    first.drop([home / "painting.png"])
    first.studio.canvas.set_tool(Tool.MARKER)
    first.pull((0.5, 0.5))
    first.window.close()
    second = open_window()
    second.wait(lambda: second.sees("recovery_page"))
    second.type("a fox")
    second.window.close()


def labels(user: User) -> list[str]:
    page = user.find("recovery_page", RecoveryPage)
    return [label.text() for label in page.findChildren(QLabel) if label.isVisible() and label.text()]


def test_nothing_is_shown_where_nothing_was_left(open_window: OpenWindow) -> None:
    user = open_window()
    user.studio.documents.session._background.finish()
    assert not user.sees("recovery_page") and not user.window.commands["recover"].isEnabled()


def test_each_piece_of_work_is_listed_and_no_dialog_is_in_the_way(
    open_window: OpenWindow, home: Path
) -> None:
    leave(open_window, home)
    user = open_window()
    user.wait(lambda: user.sees("restore_painting.png"))
    assert QApplication.activeModalWidget() is None
    page = user.find("recovery_page", RecoveryPage)
    facts = [label.toolTip() for label in page.findChildren(QLabel)]
    assert any(each.startswith("Today") and "1 region" in each for each in facts), facts
    user.wait(lambda: user.sees("restore_a fox"))
    assert {"a fox", "painting.png", "a lighthouse"} <= set(labels(user))
    user.type("a cat")  # the keyboard is where it always is
    assert user.text("prompt") == "a cat"


def test_one_click_restores(open_window: OpenWindow, home: Path) -> None:
    leave(open_window, home)
    user = open_window()
    user.wait(lambda: user.sees("restore_painting.png"))
    user.click("restore_painting.png")
    user.wait(lambda: user.text("document") == "painting.png")
    assert user.text("prompt") == "a lighthouse" and len(user.studio.canvas.regions) == 1
    assert not user.sees("recovery_page") and user.sees("unsaved")
    user.window.commands["recover"].trigger()
    assert user.sees("restore_a fox")


def test_later_leaves_the_page_and_the_menu_brings_it_back(open_window: OpenWindow, home: Path) -> None:
    leave(open_window, home)
    user = open_window()
    user.wait(lambda: user.sees("recovery_later"))
    user.click("recovery_later")
    assert not user.sees("recovery_page") and user.sees("first_picture")
    user.window.commands["recover"].trigger()
    assert user.sees("recovery_page")


def test_discard_takes_it_off_the_list_and_can_be_undone(open_window: OpenWindow, home: Path) -> None:
    leave(open_window, home)
    user = open_window()
    user.wait(lambda: user.sees("discard_a fox") and user.sees("discard_painting.png"))
    user.click("discard_a fox")
    assert not user.sees("discard_a fox") and user.sees("discard_painting.png")
    assert user.notices == [("Discarded “a fox”.", "")]
    user.click("notice_action")
    user.wait(lambda: user.sees("discard_a fox"))


def test_it_fills_the_centre_and_long_names_are_cut(open_window: OpenWindow, home: Path) -> None:
    first = open_window()
    first.studio.composer.set_text("a fox " * 60)
    first.window.close()
    user = open_window()
    user.wait(lambda: user.sees("recovery_page") and user.window.findChild(WorkCard) is not None)
    user.wait(lambda: any("…" in text for text in labels(user)))
    page = user.find("recovery_page", RecoveryPage)
    for width, height in ((1080, 640), (1500, 900)):
        user.window.resize(width, height)
        QApplication.processEvents()
        assert page.geometry() == user.window.centre.rect()
        card = user.window.findChild(WorkCard)
        assert card is not None and card.width() <= page.width()
        assert page.rect().contains(card.mapTo(page, card.rect().topRight()))


def test_the_facts_are_told_in_words() -> None:
    now = datetime(2026, 3, 14, 15, 0)

    def facts(then: datetime, size_bytes: int, regions: int = 0) -> str:
        left = Left(Path("a"), None, then.timestamp(), size_bytes)
        return facts_text(Work(left, regions=regions), now)

    assert facts(now, 3_000_000, 2) == "Today, 15:00 · 2 regions · 3 MB"
    assert facts(now - timedelta(hours=16), 900, 1) == "Yesterday, 23:00 · 1 region · 1 KB"
    assert facts(now - timedelta(days=10), 70_000) == "4 Mar 2026, 15:00 · 70 KB"
