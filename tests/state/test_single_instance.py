"""One studio for a user: the second hands its files over; one that was killed stands in nobody's way."""

from __future__ import annotations

import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtNetwork import QLocalSocket
from pytestqt.qtbot import QtBot

from dalle_studio.state import single_instance
from dalle_studio.state.single_instance import MAX_MESSAGE_BYTES, SingleInstance
from tests.storage.samples import only_posix

LATER = """
import sys
from pathlib import Path
from PySide6.QtCore import QCoreApplication
from dalle_studio.state.single_instance import SingleInstance

application = QCoreApplication([])
instance = SingleInstance(Path(sys.argv[1]))
if instance.claim():
    print("first", flush=True)
    application.exec()
print(instance.hand_over([Path(each) for each in sys.argv[2:]]), flush=True)
"""


@pytest.fixture
def first(tmp_path: Path, qtbot: QtBot) -> Iterator[SingleInstance]:
    instance = SingleInstance(tmp_path / "data")
    yield instance
    instance.release()


def later(folder: Path, *files: str) -> subprocess.Popen[str]:
    command = [sys.executable, "-c", LATER, str(folder), *files]
    return subprocess.Popen(command, stdout=subprocess.PIPE, text=True, cwd=Path(__file__).parents[2])


def test_a_later_studio_hands_its_files_to_the_first(
    tmp_path: Path, first: SingleInstance, qtbot: QtBot
) -> None:
    assert first.claim()
    for files in (["/pictures/a 猫.png", "b.ora"], []):
        with later(tmp_path / "data", *files) as process:
            with qtbot.waitSignal(first.asked, timeout=20_000) as asked:
                pass
            assert asked.args == [tuple(Path(file).absolute() for file in files)]
            assert process.stdout and process.stdout.read() == "True\n"


@only_posix
def test_a_killed_studio_does_not_stand_in_the_way(tmp_path: Path, first: SingleInstance) -> None:
    with later(tmp_path / "data") as process:
        assert process.stdout and next(process.stdout) == "first\n"
        assert not first.claim()
        process.send_signal(signal.SIGKILL)
        process.wait()
    assert first.claim()


def test_the_next_is_first_once_the_first_has_ended(tmp_path: Path, first: SingleInstance) -> None:
    second = SingleInstance(tmp_path / "data")
    assert first.claim() and not second.claim()
    first.release()
    assert second.claim()
    second.release()
    other = SingleInstance(tmp_path / "other")
    assert first.claim() and other.claim()
    other.release()


def test_one_that_hangs_keeps_nobody_waiting(
    tmp_path: Path, first: SingleInstance, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(single_instance, "ANSWER_MS", 20)
    second = SingleInstance(tmp_path / "data")
    assert not second.hand_over([])
    assert first.claim()
    assert not second.hand_over([Path("a.png")])  # nothing is read while this thread waits


@pytest.mark.parametrize("message", [b"5\n", b"\xff\n", b"[[[\n", b"[" * 100_000 + b"\n", b"null\n"])
def test_nonsense_at_the_door_is_no_files(first: SingleInstance, qtbot: QtBot, message: bytes) -> None:
    assert first.claim()
    with qtbot.assertNotEmitted(first.asked, wait=50):
        socket = QLocalSocket()
        socket.connectToServer(first._name)
        socket.write(message)
        socket.flush()


def test_a_message_without_end_is_cut_off(first: SingleInstance, qtbot: QtBot) -> None:
    assert first.claim()
    socket = QLocalSocket()
    socket.connectToServer(first._name)
    with qtbot.waitSignal(socket.disconnected):
        socket.write(b"x" * (MAX_MESSAGE_BYTES + 1))


def test_where_nothing_can_be_written_the_studio_opens_all_the_same(tmp_path: Path, qapp: object) -> None:
    (tmp_path / "file").write_text("mine")
    instance = SingleInstance(tmp_path / "file" / "data")
    assert not instance.claim() and not instance.hand_over([Path("a.png")])
