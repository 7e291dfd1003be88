"""Files that come and go beside the main thread: in order, told where they fail or take their time."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from dalle_studio.core.errors import CannotWrite, InvalidRequest
from dalle_studio.state.files import Files
from dalle_studio.state.notices import Notices
from dalle_studio.storage.library import save_picture
from tests.scripted import drawn


@pytest.fixture
def files(qtbot: QtBot) -> Iterator[Files]:
    files = Files(Notices())
    yield files
    files.close()


def told(files: Files) -> list[str]:
    return [notice.text for notice in files._notices.notices]


def test_pictures_come_in_the_order_they_were_asked_for(files: Files, tmp_path: Path) -> None:
    large, small = (save_picture(drawn(1, side, side), tmp_path, f"{side}") for side in (900, 20))
    came: list[int] = []
    for path in (large, small, large):
        files.open(path, lambda picture: came.append(picture.size.width_px))
    assert came == [] and files.is_busy
    files.finish()
    assert came == [900, 20, 900] and not files.is_busy and told(files) == []


def test_what_takes_long_is_told_while_it_lasts(files: Files, qtbot: QtBot) -> None:
    goes_on = threading.Event()
    came: list[bool] = []
    files.do("Opening beach.png …", goes_on.wait, came.append, key="open")
    files.do("Opening moon.png …", lambda: True, came.append, key="open")
    qtbot.waitUntil(lambda: told(files) == ["Opening beach.png …"])
    goes_on.set()
    qtbot.waitUntil(lambda: came == [True, True])
    assert told(files) == []


def test_what_fails_is_told_and_the_next_goes_on(files: Files) -> None:
    def write() -> None:
        raise CannotWrite("The disk is full.", "Free some space.")

    def refuse(_: object) -> None:
        raise InvalidRequest("It has another size.", "Use one of the same size.")

    came: list[int] = []
    files.do("Writing", write, lambda _: None, key="one")
    files.do("Reading", lambda: 1, refuse, key="two")
    files.do("Reading", lambda: 2, came.append, key="three")
    files.finish()
    assert told(files) == ["The disk is full.", "It has another size."] and came == [2]


def test_a_closing_studio_writes_to_the_end_and_takes_nothing_more(files: Files) -> None:
    done: list[str] = []
    files.do("Writing", lambda: done.append("written"), lambda _: done.append("taken"), key="one")
    files.close()
    assert done == ["written"]
