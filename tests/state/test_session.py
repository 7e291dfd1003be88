"""The session: what was on the canvas two seconds before a crash comes back; what still runs is left alone."""

from __future__ import annotations

import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from dalle_studio.core.errors import StudioError, UnreadableFile
from dalle_studio.state.session import Session
from dalle_studio.storage import durable, journal
from dalle_studio.storage.journal import Recovered
from dalle_studio.storage.project import Project
from tests.storage.projects import facts, full_project
from tests.storage.samples import only_posix
from tests.storage.test_project import full_disk

Start = Callable[..., Session]


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return tmp_path / "sessions"


@pytest.fixture
def start(qtbot: QtBot, root: Path) -> Iterator[Start]:
    """Starts a session that keeps a project; each one is closed in the end."""
    sessions: list[Session] = []

    def start_session(project: Project | None = None) -> Session:
        sessions.append(Session(root, lambda: project or full_project(), delay_ms=0))
        return sessions[-1]

    yield start_session
    for session in sessions:
        session.close()


def restored(qtbot: QtBot, session: Session) -> Recovered:
    found: list[Recovered] = []
    (left,) = session.left_behind()
    session.read(left, found.append, lambda error: pytest.fail(str(error)))
    qtbot.waitUntil(lambda: bool(found))
    session.adopt(left)
    return found[0]


def journals(root: Path) -> list[Path]:
    return list(root.glob("*/journal.json"))


def test_what_is_not_saved_is_found_by_the_next_session(qtbot: QtBot, start: Start, root: Path) -> None:
    first = start()
    first.file = Path("/pictures/night.ora")
    first.touch()
    first.touch()
    qtbot.waitUntil(lambda: len(journals(root)) == 1)
    first.close()
    second = start()
    recovered = restored(qtbot, second)
    assert facts(recovered.project) == facts(full_project())
    assert recovered.file == second.file == Path("/pictures/night.ora")


def test_closing_writes_what_is_not_written_yet(start: Start, root: Path, qtbot: QtBot) -> None:
    first = start()
    first.touch()
    first.close()
    assert facts(restored(qtbot, start()).project) == facts(full_project())


def test_what_is_saved_or_never_changed_leaves_nothing(start: Start, root: Path) -> None:
    start().close()
    assert not root.exists()
    session = start()
    session.touch()
    session.clear()
    session.close()
    session = start()
    session.touch()
    session._write_due()
    session.clear()
    session.close()
    assert list(root.iterdir()) == []


def test_a_session_that_still_runs_is_never_recovered(qtbot: QtBot, start: Start, root: Path) -> None:
    running, other = start(), start()
    running.touch()
    qtbot.waitUntil(lambda: len(journals(root)) == 1)
    assert running.left_behind() == () == other.left_behind()


def test_two_sessions_are_not_offered_the_same(start: Start) -> None:
    crashed = start()
    crashed.touch()
    crashed.close()
    first, second = start(), start()
    assert len(first.left_behind()) == 1 == len(first.left_behind())
    assert second.left_behind() == ()
    first.later()
    assert len(second.left_behind()) == 1


def test_what_is_discarded_is_gone(start: Start, root: Path) -> None:
    crashed = start()
    crashed.touch()
    crashed.close()
    session = start()
    (left,) = session.left_behind()
    session.discard(left)
    assert session.left_behind() == () and list(root.iterdir()) == []


def test_what_is_restored_stays_kept_until_it_is_saved(qtbot: QtBot, start: Start, root: Path) -> None:
    crashed = start()
    crashed.touch()
    crashed.close()
    session = start()
    restored(qtbot, session)
    session.close()  # or a second crash, before anything was changed
    session = start()
    restored(qtbot, session)
    session.clear()
    session.close()
    assert start().left_behind() == ()


def test_restoring_gives_up_nothing_of_this_session(qtbot: QtBot, start: Start, root: Path) -> None:
    crashed = start()
    crashed.touch()
    crashed.close()
    session = start(Project(composition={"text": "own"}))
    session.touch()
    qtbot.waitUntil(lambda: len(journals(root)) == 2)
    restored(qtbot, session)
    assert len(start().left_behind()) == 1


def test_a_damaged_journal_is_told_and_can_be_discarded(qtbot: QtBot, start: Start, root: Path) -> None:
    crashed = start()
    crashed.touch()
    crashed.close()
    journals(root)[0].write_bytes(b"{")
    session, errors = start(), list[StudioError]()
    (left,) = session.left_behind()
    session.read(left, lambda _: pytest.fail("read"), errors.append)
    qtbot.waitUntil(lambda: bool(errors))
    assert isinstance(errors[0], UnreadableFile)
    session.discard(left)
    assert session.left_behind() == ()


def test_what_is_set_aside_is_on_the_disk_and_the_first_to_be_found(
    qtbot: QtBot, root: Path, start: Start
) -> None:
    crashed = start()
    crashed.touch()
    crashed.close()
    texts, done = ["one"], list[str]()
    session = Session(root, lambda: Project(composition={"text": texts[-1]}), delay_ms=0)
    session.file = Path("/pictures/night.ora")
    session.set_aside(lambda: done.append("done"), lambda error: pytest.fail(str(error)))
    texts.append("two")
    session.touch()  # while it is being written
    qtbot.waitUntil(lambda: done == ["done"])
    assert session.file is None
    first, _ = session.left_behind()
    assert first.file == Path("/pictures/night.ora")
    assert journal.read(first.folder).project.composition == {"text": "two"}
    session.touch()
    session.close()
    assert len(journals(root)) == 3


def test_where_it_cannot_be_set_aside_the_session_goes_on(
    start: Start, root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    session, errors = start(), list[StudioError]()
    with monkeypatch.context() as patch:
        patch.setattr(durable.os, "fsync", full_disk)
        session.set_aside(lambda: pytest.fail("set aside"), errors.append)
        session._background.finish()
    assert len(errors) == 1 and session.left_behind() == ()
    session.close()
    assert len(journals(root)) == 1


def test_a_full_disk_is_told_once_and_tried_again(
    qtbot: QtBot, start: Start, root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    session, errors = start(), list[StudioError]()
    session.failed.connect(errors.append)
    with monkeypatch.context() as patch:
        patch.setattr(durable.os, "fsync", full_disk)
        for _ in range(2):
            session._write_due()
            session._background.finish()
    assert len(errors) == 1 and "Free some space" in errors[0].remedy
    session.close()
    assert len(journals(root)) == 1


STUDIO = """
import sys
from pathlib import Path
from PySide6.QtCore import QCoreApplication, QTimer
from dalle_studio.state.session import Session
from dalle_studio.storage.project import Project

application, number = QCoreApplication([]), 0
session = Session(Path(sys.argv[1]), lambda: Project(composition={"number": number}))

def change():
    global number
    number += 1
    session.touch()
    print(number, flush=True)
    if number < 20:
        QTimer.singleShot(100, change)

change()
application.exec()
"""


@pytest.fixture
def child(root: Path) -> Iterator[subprocess.Popen[str]]:
    command = [sys.executable, "-c", STUDIO, str(root)]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True, cwd=Path(__file__).parents[2])
    yield process
    process.kill()
    process.communicate()


@only_posix
def test_killed_it_comes_back_as_it_was_two_seconds_before(
    qtbot: QtBot, start: Start, child: subprocess.Popen[str]
) -> None:
    assert child.stdout
    session = start()
    while next(child.stdout) != "20\n":
        assert session.left_behind() == ()
    time.sleep(2)  # the promise
    assert session.left_behind() == ()
    child.send_signal(signal.SIGKILL)
    child.wait()
    assert restored(qtbot, session).project.composition == {"number": 20}
