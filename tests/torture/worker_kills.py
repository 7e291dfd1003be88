"""Workers killed at random moments: every request is answered, with the right pictures or with the reason."""

from __future__ import annotations

import contextlib
import os
import random
import signal
import threading
import time
from collections.abc import Generator
from dataclasses import dataclass, field
from pathlib import Path
from types import MappingProxyType
from unittest.mock import patch

import psutil

from dalle_studio.core.errors import EngineStopped
from dalle_studio.core.event import LAST_EVENTS, Event, Failed, Finished, Loading
from dalle_studio.core.format import Size
from dalle_studio.core.model import Commercial, Licence, Model
from dalle_studio.core.request import Generate, Sampling
from dalle_studio.engine import local
from dalle_studio.engine.local import LocalEngine
from dalle_studio.storage.pictures.library import Library
from tests.torture import paper_family
from tests.torture.bad_pictures import see_that_it_is_told
from tests.torture.library import see_that_all_is_kept

MODEL = Model(
    name="paper",
    label="Paper",
    version="1",
    family=paper_family.FAMILY,
    folder=Path("nowhere"),
    native_px=64,
    steps=MappingProxyType({"draft": 4, "standard": 8, "fine": 16}),
    guidance_scale=1.0,
    licence=Licence("none", Commercial.NO),
)
WORKING_S, STARTING_S = 1.0, 0.5  # a request takes a fifth of a second on a quiet machine
MOST_S = 60.0  # for a worker to say its first word
_COUNT = 3


@dataclass
class Answers:
    """What became of the requests.

    Attributes:
        kills: workers that were killed, while they worked or waited.
        requests: made meanwhile, one after the other.
        told: requests that ended with the reason, since their worker was killed twice.
        unanswered: without a last event, or with more than one.
        wrong: with other pictures than without any kill, or fewer.
        kept: pictures that came and were put into the library.
        left_over: worker processes that nobody ended.
        longest_s: from a request to its answer.
    """

    kills: int = 0
    requests: int = 0
    told: int = 0
    unanswered: int = 0
    wrong: int = 0
    kept: int = 0
    left_over: int = 0
    longest_s: float = 0.0
    pids: set[int] = field(default_factory=set[int])

    @property
    def broken(self) -> int:
        """How many promises were."""
        return self.unanswered + self.wrong + self.left_over


def kill_workers(home: Path, kills: int, seed: int = 0) -> Answers:
    """Make pictures, one request after the other, until so many workers are killed; see that none is lost.

    Raises AssertionError where a picture that came is not in the library afterwards.
    """
    answers = Answers()
    promises: dict[int, bool | None] = {}
    with (
        patch.object(local, "serve", paper_family.serve),
        contextlib.closing(_Engine(LocalEngine(lambda _: MODEL))) as engine,
        _killer(engine, answers, kills, seed) as killer,
        Library(home / "pictures", home / "cache") as library,
    ):
        while killer.is_alive():
            last = _answered(engine, answers)
            for picture in last.pictures if isinstance(last, Finished) else ():
                promises[library.save(picture, "paper").id] = False
        last = _answered(engine, answers)  # nobody kills it any more
        answers.wrong += not isinstance(last, Finished)
    answers.kept = len(promises)
    answers.left_over = sum(map(_is_alive, answers.pids))
    see_that_all_is_kept(home, promises)
    return answers


class _Engine:
    """The engine, and what another thread may know of its worker."""

    def __init__(self, engine: LocalEngine) -> None:
        self.engine = engine
        self._has_spoken = threading.Event()

    def hear(self, event: Event) -> None:
        """Take note of a new worker's first word; each step and preview is one too."""
        if not isinstance(event, Loading) or event.phase != "starting the engine again":
            self._has_spoken.set()

    def wait_for_a_moment(self, moments: random.Random) -> None:
        """Wait for some moment of a new worker's life: one in four while it starts, else once it works."""
        if moments.random() < 1 / 4:
            time.sleep(moments.uniform(0, STARTING_S))
        else:
            self._has_spoken.clear()
            self._has_spoken.wait(MOST_S)
            time.sleep(moments.uniform(0, WORKING_S))

    @property
    def pid(self) -> int | None:
        with contextlib.suppress(ValueError):  # the process was closed at that moment
            return self.engine.pid
        return None

    def close(self) -> None:
        self.engine.unload()


@contextlib.contextmanager
def _killer(engine: _Engine, answers: Answers, kills: int, seed: int) -> Generator[threading.Thread]:
    """A thread that kills so many workers, each after a pause from none to more than a request takes."""
    moments = random.Random(seed)

    def kill_all() -> None:
        while answers.kills < kills:
            pid = engine.pid
            if pid is not None and pid not in answers.pids:
                answers.pids.add(pid)
                engine.wait_for_a_moment(moments)
                with contextlib.suppress(ProcessLookupError):
                    os.kill(pid, signal.SIGKILL)
                    answers.kills += 1
            else:
                time.sleep(0.005)

    thread = threading.Thread(target=kill_all)
    thread.start()
    try:
        yield thread
    finally:
        thread.join()


def _answered(engine: _Engine, answers: Answers) -> Event:
    """Make one request and count what became of it; returns its last event."""
    seed = answers.requests * _COUNT
    sampling = Sampling(seed=seed, count=_COUNT, steps=4)
    events: list[Event] = []
    started = time.monotonic()
    request = Generate(model=MODEL.name, prompt="a red car", sampling=sampling, size=Size(64, 64))

    def emit(event: Event) -> None:
        events.append(event)
        engine.hear(event)

    engine.engine.run(request, emit, threading.Event())
    answers.longest_s = max(answers.longest_s, time.monotonic() - started)
    answers.requests += 1
    answers.unanswered += [isinstance(event, LAST_EVENTS) for event in events].count(True) != 1
    last = events[-1]
    match last:
        case Finished(pictures=pictures):
            colours = [tuple(picture.pixels[0, 0].tolist()) for picture in pictures]
            wanted = [(each % 251, each % 241, 40) for each in range(seed, seed + _COUNT)]
            answers.wrong += colours != wanted
        case Failed(error=EngineStopped() as error):
            see_that_it_is_told(error, error.message, error.remedy)
            answers.told += 1
        case _:
            answers.wrong += 1
    return last


def _is_alive(pid: int) -> bool:
    with contextlib.suppress(psutil.NoSuchProcess):
        return psutil.Process(pid).status() != psutil.STATUS_ZOMBIE
    return False
