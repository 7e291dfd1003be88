"""Hearing in a process of its own: started on demand, ended at once, replaced when it dies."""

from __future__ import annotations

import os
import signal
import time
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import psutil
import pytest
import soundfile

from dalle_studio.core.errors import CannotHear, EngineStopped
from dalle_studio.engine.speech.base import RATE_HZ, Heard, Level, Listen, Opened, Said, Unheard
from dalle_studio.engine.speech.local import Listener
from tests.models.whisper import build_whisper
from tests.takes import FLAMINGO, PENGUINS, heard


@pytest.fixture(scope="module")
def shared() -> Iterator[Listener]:
    listener = Listener()
    yield listener
    listener.cancel()


@pytest.fixture
def listener(shared: Listener) -> Listener:
    return shared


def test_a_recording_is_read_at_once(listener: Listener) -> None:
    events = heard(listener, Listen("a pink flamingo.", recording=FLAMINGO))
    assert events[0] == Opened()
    last = events[-1]
    assert isinstance(last, Said) and "flamingo on the moon" in last.text and not last.cut
    assert last.seconds == pytest.approx(2.89, abs=0.01)


def test_live_words_and_levels_come_while_somebody_speaks_and_silence_ends_it(listener: Listener) -> None:
    events = heard(listener, Listen(recording=PENGUINS, paced=True))
    live = [event.text for event in events if isinstance(event, Heard)]
    levels = [event.value for event in events if isinstance(event, Level)]
    assert len(live) >= 2 and len(live[0]) < len(live[-1])
    assert max(levels) > 0.6 and min(levels) < 0.2
    assert isinstance(events[-1], Said) and "penguins" in events[-1].text


def test_who_says_that_was_all_need_not_wait_for_the_silence(listener: Listener, tmp_path: Path) -> None:
    path = tmp_path / "long.flac"
    sound, rate_hz = soundfile.read(PENGUINS)
    soundfile.write(path, np.pad(np.tile(sound, 8), (0, 5 * rate_hz)), rate_hz)
    listener.listen(Listen(recording=path, paced=True))
    while not any(isinstance(event, Heard) for event in listener.poll()):
        listener.wait(0.2)
    listener.finish()
    events = []
    while listener.listens:
        listener.wait(0.2)
        events += listener.poll()
    assert isinstance(events[-1], Said) and events[-1].seconds < 20  # of 35


def test_what_cannot_be_heard_leaves_the_process_ready(listener: Listener, tmp_path: Path) -> None:
    path = tmp_path / "noise.wav"
    soundfile.write(path, np.random.default_rng(1).normal(0, 0.1, 3 * RATE_HZ), RATE_HZ)
    last = heard(listener, Listen(recording=path))[-1]
    assert isinstance(last, Unheard) and "only noise" in last.error.message
    last = heard(listener, Listen(recording=tmp_path / "none.wav"))[-1]
    assert isinstance(last, Unheard) and isinstance(last.error, CannotHear)
    assert isinstance(heard(listener, Listen(recording=FLAMINGO))[-1], Said)


def test_another_recogniser_takes_the_place_of_the_one_before(listener: Listener, tmp_path: Path) -> None:
    pytest.importorskip("torch")
    build_whisper(tmp_path / "ears")
    asked = Listen("一只猫。", ("一只猫",), FLAMINGO, recogniser=tmp_path / "ears", language="zh")
    listener.get_ready()
    pid = listener.pid
    last = heard(listener, asked)[-1]
    assert isinstance(last, Said | Unheard)  # its weights are random: it may say anything, or nothing
    assert "flamingo" not in getattr(last, "text", "") and listener.pid == pid
    last = heard(listener, Listen(recording=FLAMINGO, recogniser=tmp_path / "lost"))[-1]
    assert isinstance(last, Unheard) and "“lost” is missing or damaged" in last.error.message
    last = heard(listener, Listen("a pink flamingo.", recording=FLAMINGO))[-1]
    assert isinstance(last, Said) and "flamingo" in last.text and listener.pid == pid


def test_a_cancel_ends_the_process_at_once() -> None:
    listener = Listener()
    listener.listen(Listen(recording=PENGUINS, paced=True))
    process = psutil.Process(listener.pid)
    started = time.monotonic()
    listener.cancel()
    assert time.monotonic() - started < 0.5
    assert not process.is_running() and not listener.listens and listener.poll() == ()


def test_a_process_that_dies_is_told_and_replaced(listener: Listener) -> None:
    listener.listen(Listen(recording=PENGUINS, paced=True))
    assert listener.pid is not None
    os.kill(listener.pid, signal.SIGKILL)
    events = []
    while listener.listens:
        listener.wait(0.2)
        events += listener.poll()
    assert isinstance(events[-1], Unheard) and isinstance(events[-1].error, EngineStopped)
    assert isinstance(heard(listener, Listen(recording=FLAMINGO))[-1], Said)
