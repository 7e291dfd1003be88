"""The guard around the worker process, tried by really killing, stopping and aborting it."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import psutil
import pytest

from dalle_studio.core.errors import EngineStopped, InvalidRequest, ModelUnusable
from dalle_studio.core.event import Cancelled, Event, Failed, Finished, Loading, Progress
from dalle_studio.core.model import Model
from dalle_studio.core.request import Generate, Sampling, Upscale
from dalle_studio.core.sentence import Sentence
from dalle_studio.engine.base import Emit
from dalle_studio.engine.local import LocalEngine, Patience
from tests.support import made, run, scene

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="signals")


def generate(count: int = 1, steps: int = 6, seed: int = 3) -> Generate:
    return Generate(
        model="starter", prompt="a red car", sampling=Sampling(seed=seed, count=count, steps=steps)
    )


def at_step(number: int, act: Callable[[], object]) -> tuple[list[Event], Emit]:
    """An `emit` that does something once, when that step is told."""
    events: list[Event] = []
    done: list[int] = []

    def emit(event: Event) -> None:
        events.append(event)
        if isinstance(event, Progress) and event.step == number and not done:
            done.append(number)
            act()

    return events, emit


@pytest.fixture
def impatient(cache: Path, starter: Model) -> Iterator[LocalEngine]:
    engine = LocalEngine(
        lambda _: starter, cache, patience=Patience(heartbeat_s=4, progress_s=60, cancel_s=1.5)
    )
    yield engine
    engine.unload()


def test_an_engine_started_ahead_has_loaded_the_model_when_the_first_request_comes(
    impatient: LocalEngine, starter: Model
) -> None:
    impatient.start(starter)
    worker = impatient.pid
    impatient.start(starter)
    first = run(impatient, generate())
    second = run(impatient, generate())
    assert isinstance(first[-1], Finished) and impatient.pid == worker
    assert not any(isinstance(event, Loading) for event in second)


@pytest.mark.parametrize("how", [signal.SIGKILL, signal.SIGABRT, signal.SIGSEGV])
def test_a_worker_that_dies_is_replaced_and_the_pictures_still_come(
    engine: LocalEngine, how: signal.Signals
) -> None:
    expected = made(engine, generate())[0].sha256
    events, emit = at_step(3, lambda: os.kill(engine.pid or 0, how))
    engine.run(generate(), emit, threading.Event())
    assert Loading("starting the engine again") in events
    last = events[-1]
    assert isinstance(last, Finished)
    assert last.pictures[0].sha256 == expected


def test_a_worker_that_dies_twice_is_an_error_and_the_engine_works_again(engine: LocalEngine) -> None:
    events: list[Event] = []

    def emit(event: Event) -> None:
        events.append(event)
        if isinstance(event, Progress) and event.step == 2:
            os.kill(engine.pid or 0, signal.SIGKILL)

    engine.run(generate(), emit, threading.Event())
    last = events[-1]
    assert isinstance(last, Failed)
    assert isinstance(last.error, EngineStopped)
    message = last.error.message
    assert "signal 9" in message
    assert isinstance(message, Sentence) and isinstance(message.values["reason"], Sentence)
    assert made(engine, generate())


def test_a_worker_that_hangs_is_replaced(impatient: LocalEngine) -> None:
    made(impatient, generate())
    hung = impatient.pid
    events, emit = at_step(2, lambda: os.kill(impatient.pid or 0, signal.SIGSTOP))
    impatient.run(generate(), emit, threading.Event())
    assert isinstance(events[-1], Finished)
    assert impatient.pid != hung
    assert not psutil.pid_exists(hung or 0)


def test_a_worker_that_makes_no_progress_is_given_up(cache: Path, starter: Model) -> None:
    engine = LocalEngine(lambda _: starter, cache, patience=Patience(progress_s=0.0))
    last = run(engine, generate())[-1]
    assert isinstance(last, Failed)
    assert "no progress" in last.error.message
    engine.unload()


def test_cancel_ends_within_one_step_and_keeps_the_worker(engine: LocalEngine) -> None:
    made(engine, generate())
    before, cancel = engine.pid, threading.Event()
    events, emit = at_step(2, cancel.set)
    engine.run(generate(steps=60), emit, cancel)
    assert isinstance(events[-1], Cancelled)
    assert max(e.step for e in events if isinstance(e, Progress)) <= 4
    assert engine.pid == before
    assert made(engine, generate())


def test_a_cancel_that_goes_unheard_ends_the_worker(impatient: LocalEngine) -> None:
    made(impatient, generate())
    cancel = threading.Event()

    def hang_and_cancel() -> None:
        os.kill(impatient.pid or 0, signal.SIGSTOP)
        cancel.set()

    events, emit = at_step(2, hang_and_cancel)
    started = time.monotonic()
    impatient.run(generate(), emit, cancel)
    assert isinstance(events[-1], Cancelled)
    assert time.monotonic() - started < 20
    assert impatient.pid is None
    assert made(impatient, generate())


def test_a_worker_that_dies_of_the_cancel_is_not_started_again(engine: LocalEngine) -> None:
    made(engine, generate())
    cancel = threading.Event()

    def cancel_and_die() -> None:
        cancel.set()
        os.kill(engine.pid or 0, signal.SIGKILL)

    events, emit = at_step(2, cancel_and_die)
    engine.run(generate(steps=30), emit, cancel)
    assert isinstance(events[-1], Cancelled)
    assert Loading("starting the engine again") not in events


def test_a_request_cancelled_before_it_starts_makes_nothing(engine: LocalEngine) -> None:
    cancel = threading.Event()
    cancel.set()
    events = run(engine, generate(), cancel)
    assert not [e for e in events if isinstance(e, Progress)]
    assert isinstance(events[-1], Cancelled)


def test_unload_gives_the_process_back(cache: Path, starter: Model) -> None:
    engine = LocalEngine(lambda _: starter, cache)
    made(
        engine, Upscale(model="starter", source=scene(64, 64), size=replace(scene(64, 64).size, width_px=128))
    )
    pid = engine.pid
    assert pid is not None
    engine.unload()
    assert not psutil.pid_exists(pid)


def test_the_worker_ends_when_its_studio_is_killed(tmp_path: Path) -> None:
    script = """
import threading
from dalle_studio.core.request import Generate, Sampling
from dalle_studio.engine.local import LocalEngine
from dalle_studio.storage.models.installed import find_model
if __name__ == "__main__":
    engine = LocalEngine(find_model)
    request = Generate(model="starter", prompt="a car", sampling=Sampling(seed=1, count=1, steps=200))
    engine.run(request, lambda event: print(engine.pid, flush=True), threading.Event())
"""
    path = tmp_path / "studio.py"
    path.write_text(script)
    with subprocess.Popen([sys.executable, str(path)], stdout=subprocess.PIPE, text=True) as studio:
        assert studio.stdout is not None
        worker = psutil.Process(int(studio.stdout.readline()))
        studio.kill()
    psutil.wait_procs([worker], timeout=15)
    assert not worker.is_running() or worker.status() == psutil.STATUS_ZOMBIE


def test_a_model_nobody_has_is_told_before_anything_starts(cache: Path) -> None:
    def find(name: str) -> Model:
        raise InvalidRequest(f"There is no model called “{name}” here.", "Use another.")

    engine = LocalEngine(find, cache)
    last = run(engine, generate())[-1]
    assert isinstance(last, Failed)
    assert isinstance(last.error, InvalidRequest)
    assert engine.pid is None


@pytest.mark.parametrize(
    "damage", ["gone", "truncated weights", "no weights", "pickled weights", "broken json"]
)
def test_a_damaged_model_folder_is_an_error_with_a_remedy(
    damage: str, cache: Path, starter: Model, tmp_path: Path, engine: LocalEngine
) -> None:
    import shutil

    folder = tmp_path / "model"
    shutil.copytree(starter.folder, folder)
    weights = folder / "vae" / "diffusion_pytorch_model.safetensors"
    match damage:
        case "gone":
            shutil.rmtree(folder)
        case "truncated weights":
            weights.write_bytes(weights.read_bytes()[:100_000])
        case "pickled weights":
            weights.unlink()
            weights.with_suffix(".bin").write_bytes(
                b"cos\nsystem\n(S'touch " + str(tmp_path / "ran").encode() + b"'\ntR."
            )
        case "no weights":
            weights.unlink()
        case _:
            (folder / "unet" / "config.json").write_text("{")
    broken = LocalEngine(lambda _: replace(starter, folder=folder, name=damage), cache)
    last = run(broken, generate())[-1]
    broken.unload()
    assert isinstance(last, Failed)
    assert isinstance(last.error, ModelUnusable), f"{last.error} {last.error.details}"
    assert not (tmp_path / "ran").exists(), "a model must never run code"
