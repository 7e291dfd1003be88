"""The studio is killed at work, and started twice: real processes of the application, without a screen."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import IO, Any

import psutil
import pytest
from PIL import Image

from tests.scripted import drawn
from tests.storage.samples import only_posix

MOST_LOST_S = 2.0
State = dict[str, Any]
Begin = Callable[..., subprocess.Popen[str]]


@pytest.fixture
def begin(tmp_path: Path) -> Iterator[Begin]:
    """Starts the application to do some work; everything is ended afterwards."""
    Image.fromarray(drawn(5, 192, 128).pixels).save(tmp_path / "painting.png")
    home = {name: str(tmp_path / name) for name in ("HOME", "XDG_CONFIG_HOME", "XDG_CACHE_HOME")}
    home |= {"XDG_DATA_HOME": str(tmp_path / "data"), "XDG_RUNTIME_DIR": str(tmp_path / "run")}
    (tmp_path / "run").mkdir(mode=0o700)
    processes: list[subprocess.Popen[str]] = []

    def begin_work(work: str, *files: Path) -> subprocess.Popen[str]:
        command = [sys.executable, "-m", "tests.real_studio", work, str(tmp_path), *map(str, files)]
        process = subprocess.Popen(
            command,
            env={**os.environ, **home, "QT_QPA_PLATFORM": "offscreen"},
            stdout=subprocess.PIPE,
            text=True,
            cwd=Path(__file__).parents[2],
        )
        processes.append(process)
        return process

    yield begin_work
    for process in processes:
        process.kill()
        process.communicate()


def output(process: subprocess.Popen[str]) -> IO[str]:
    assert process.stdout is not None
    return process.stdout


def states_until_killed(process: subprocess.Popen[str], seconds: float) -> tuple[list[State], float]:
    """What was told by a studio that is killed so many seconds after its first step, and when that was."""
    first = output(process).readline()
    time.sleep(seconds)
    process.send_signal(signal.SIGKILL)
    killed_s = time.time()
    process.wait()
    lines = [line for line in (first, *output(process)) if line.endswith("\n")]
    return [json.loads(line) for line in lines], killed_s


def same(one: State, other: State) -> bool:
    return all(one[key] == other[key] for key in ("text", "painted", "regions", "picture"))


@only_posix
@pytest.mark.parametrize("seconds", [2.5, 4.1])
def test_a_killed_studio_comes_back_as_it_was_two_seconds_before(begin: Begin, seconds: float) -> None:
    told, killed_s = states_until_killed(begin("paint"), seconds)
    restoring = begin("restore")
    back = json.loads(output(restoring).readline())
    assert restoring.wait(30) == 0
    assert len(told) > 3 and back["regions"] == 1 and back["painted"] > 0 and back["text"]
    if back["text"][:-1] == told[-1]["text"]:  # a step that was journaled and could not be told any more
        assert back["painted"] >= told[-1]["painted"]
        return
    # a step may have been journaled half-way: its letter typed and its stroke not yet painted
    places = [place for place, state in enumerate(told) if state["text"] == back["text"]]
    assert places, "what came back was never there"
    place = places[-1]
    before = told[place - 1]["painted"] if place else 0
    assert back["picture"] == told[place]["picture"]
    assert before <= back["painted"] <= told[place]["painted"]
    lost_s = killed_s - told[place + 1]["at_s"] if place + 1 < len(told) else 0.0
    assert lost_s <= MOST_LOST_S, f"{lost_s:.2f} s of work were lost"


@only_posix
def test_what_was_restored_is_kept_for_the_next_start_too(begin: Begin) -> None:
    states_until_killed(begin("paint"), 2.5)
    came: list[State] = []
    for _ in range(2):  # each one closes without saving, and says nothing
        restoring = begin("restore")
        came.append(json.loads(output(restoring).readline()))
        assert restoring.wait(30) == 0 and came[-1]["notices"] == []
    assert same(*came)


@only_posix
def test_the_decoder_ends_with_a_killed_studio(begin: Begin) -> None:
    process = begin("paint")
    output(process).readline()
    children = psutil.Process(process.pid).children(recursive=True)
    assert children
    process.send_signal(signal.SIGKILL)
    process.wait()
    _, alive = psutil.wait_procs(children, timeout=10)
    assert not alive


def test_a_second_studio_hands_its_files_over_and_ends(begin: Begin, tmp_path: Path) -> None:
    first = begin("wait")
    assert json.loads(output(first).readline())["name"] is None
    second = begin("wait", tmp_path / "painting.png")
    assert second.wait(30) == 0 and output(second).read() == ""
    assert json.loads(output(first).readline())["name"] == "painting.png"


@only_posix
def test_a_killed_studio_stands_in_nobodys_way(begin: Begin, tmp_path: Path) -> None:
    first = begin("wait", tmp_path / "painting.png")
    output(first).readline()
    first.send_signal(signal.SIGKILL)
    first.wait()
    second = begin("wait", tmp_path / "painting.png")
    while json.loads(output(second).readline())["name"] != "painting.png":
        pass
    assert second.poll() is None
