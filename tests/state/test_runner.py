"""The background thread: real engine, real event loop, and an engine that can be scripted."""

from __future__ import annotations

import sys
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import replace

import pytest
from PySide6.QtCore import QCoreApplication, QObject, QThread, Signal, Slot
from pytestqt.qtbot import QtBot

from dalle_studio.core.event import LAST_EVENTS, Cancelled, Event, Failed, Finished, Loading, Progress
from dalle_studio.core.model import Model
from dalle_studio.core.request import Generate, Request, Sampling
from dalle_studio.core.sentence import Sentence
from dalle_studio.engine.base import Emit
from dalle_studio.engine.local import LocalEngine
from dalle_studio.state.runner import Runner


class ScriptedEngine:
    """Steps every few milliseconds until told to stop."""

    def __init__(self, steps: int = 5) -> None:
        self.steps = steps
        self.threads: set[int] = set()

    def run(self, request: Request, emit: Emit, cancel: threading.Event) -> None:
        self.threads.add(threading.get_ident())
        emit(Loading("warming up"))
        for step in range(1, self.steps + 1):
            if cancel.wait(0.005):
                emit(Cancelled())
                return
            emit(Progress(step, self.steps, 0, 0))
        emit(Finished(()))

    def unload(self) -> None:
        pass


class Listener(QObject):
    """Keeps what it hears and on which thread."""

    def __init__(self, runner: Runner) -> None:
        super().__init__()
        self.heard: list[tuple[int, Event]] = []
        self.threads: set[QThread] = set()
        runner.happened.connect(self.hear)

    @Slot(int, object)
    def hear(self, number: int, event: Event) -> None:
        self.heard.append((number, event))
        self.threads.add(QThread.currentThread())

    def ended(self, number: int) -> bool:
        return any(n == number and isinstance(event, LAST_EVENTS) for n, event in self.heard)

    def of(self, number: int) -> list[Event]:
        return [event for n, event in self.heard if n == number]


MakeRunner = Callable[[object], tuple[Runner, Listener]]


@pytest.fixture
def make_runner(qtbot: QtBot) -> Iterator[MakeRunner]:
    runners: list[Runner] = []

    def make(engine: object) -> tuple[Runner, Listener]:
        runner = Runner(engine)  # type: ignore[arg-type]
        runners.append(runner)
        return runner, Listener(runner)

    yield make
    for runner in runners:
        runner.close()


def request(steps: int = 4) -> Generate:
    return Generate(model="starter", prompt="a cat", sampling=Sampling(seed=1, count=2, steps=steps))


def test_events_arrive_in_order_on_the_main_thread_while_work_is_elsewhere(
    qtbot: QtBot, make_runner: MakeRunner
) -> None:
    engine = ScriptedEngine()
    runner, listener = make_runner(engine)
    number = runner.start(request())
    qtbot.waitUntil(lambda: listener.ended(number))
    steps = [event.step for event in listener.of(number) if isinstance(event, Progress)]
    assert steps == [1, 2, 3, 4, 5]
    app = QCoreApplication.instance()
    assert app is not None
    assert listener.threads == {app.thread()}
    assert threading.get_ident() not in engine.threads


def test_requests_queue_and_each_can_be_cancelled(qtbot: QtBot, make_runner: MakeRunner) -> None:
    runner, listener = make_runner(ScriptedEngine(steps=40))
    first, second, third = runner.start(request()), runner.start(request()), runner.start(request())
    assert runner.waiting == 3
    runner.cancel(second)
    qtbot.waitUntil(lambda: listener.ended(third))
    assert isinstance(listener.of(first)[-1], Finished)
    assert isinstance(listener.of(second)[-1], Cancelled)
    assert isinstance(listener.of(third)[-1], Finished)
    assert runner.waiting == 0


def test_cancelling_what_has_ended_does_nothing(qtbot: QtBot, make_runner: MakeRunner) -> None:
    runner, listener = make_runner(ScriptedEngine())
    number = runner.start(request())
    qtbot.waitUntil(lambda: listener.ended(number))
    runner.cancel(number)
    runner.cancel(999)
    assert len([e for e in listener.of(number) if isinstance(e, LAST_EVENTS)]) == 1


def test_close_ends_running_and_waiting_work_at_once(qtbot: QtBot) -> None:
    runner = Runner(ScriptedEngine(steps=100_000))
    for _ in range(3):
        runner.start(request())
    started = time.monotonic()
    runner.close()
    assert time.monotonic() - started < 5


def test_the_real_engine_behind_the_thread(
    qtbot: QtBot, make_runner: MakeRunner, engine: LocalEngine
) -> None:
    runner, listener = make_runner(engine)
    number = runner.start(request())
    qtbot.waitUntil(lambda: listener.ended(number), timeout=120_000)
    last = listener.of(number)[-1]
    assert not isinstance(last, Failed), last.error
    assert isinstance(last, Finished)
    assert len(last.pictures) == 2


def test_a_cancel_reaches_the_real_engine(qtbot: QtBot, make_runner: MakeRunner, engine: LocalEngine) -> None:
    runner, listener = make_runner(engine)
    number = runner.start(request(steps=150))
    qtbot.waitUntil(lambda: any(isinstance(e, Progress) for e in listener.of(number)), timeout=120_000)
    runner.cancel(number)
    qtbot.waitUntil(lambda: listener.ended(number), timeout=60_000)
    assert isinstance(listener.of(number)[-1], Cancelled)


def test_emitting_signals_leaks_and_drops_no_references(qtbot: QtBot) -> None:
    """PySide6 6.12.0 dropped a reference to True and None at every emit, and aborted in the end."""

    class Sender(QObject):
        told = Signal(object)

    sender, heard = Sender(), []
    sender.told.connect(heard.append)
    value = object()
    before = sys.getrefcount(value)
    for _ in range(2000):
        sender.told.emit(value)
    heard.clear()
    assert sys.getrefcount(value) == before
    for _ in range(2000):
        sender.told.emit(True)
        sender.told.emit(None)
    assert heard[-2:] == [True, None]


def test_an_error_of_the_worker_arrives_as_a_sentence(qtbot: QtBot, starter: Model) -> None:
    model = replace(starter, abilities=frozenset())
    runner = Runner(LocalEngine(lambda _: model))
    with qtbot.waitSignal(runner.happened, timeout=60_000) as heard:
        runner.start(Generate(model="starter", prompt="a cat", sampling=Sampling(seed=1, count=1)))
    runner.close()
    _, event = heard.args or (0, None)
    assert isinstance(event, Failed)
    error = event.error
    assert error.message == "Starter model cannot create."
    assert isinstance(error.message, Sentence) and isinstance(error.remedy, Sentence)
