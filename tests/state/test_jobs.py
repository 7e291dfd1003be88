"""The queue: what runs, what waits, and the one end of each."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from typing import Any

import numpy as np
import pytest
from PySide6.QtCore import QObject, Slot
from pytestqt.qtbot import QtBot

from dalle_studio.core.errors import StudioError
from dalle_studio.core.format import Size
from dalle_studio.core.mask import Mask
from dalle_studio.core.picture import Picture
from dalle_studio.core.request import Place, Region, Sampling, Upscale
from dalle_studio.state.jobs import Jobs, JobState
from dalle_studio.state.runner import Runner
from tests.scripted import LOST, ScriptedEngine, asking, drawn


class Listener(QObject):
    """Writes down how each job ended, and what was seen before."""

    def __init__(self, jobs: Jobs) -> None:
        super().__init__()
        self.ends: list[tuple[str, int]] = []
        self.pictures: dict[int, tuple[Picture, ...]] = {}
        self.notes: tuple[str, ...] = ()
        self.errors: dict[int, StudioError] = {}
        self.previews: list[tuple[int, int]] = []
        self.phases: list[str] = []
        self._jobs = jobs
        jobs.finished.connect(self.finish)
        jobs.failed.connect(self.fail)
        jobs.cancelled.connect(self.cancel)
        jobs.previewed.connect(self.preview)
        jobs.progressed.connect(self.progress)

    @Slot(int, object, object)
    def finish(self, job: int, pictures: tuple[Picture, ...], notes: tuple[str, ...]) -> None:
        self.ends.append(("finished", job))
        self.pictures[job], self.notes = pictures, notes

    @Slot(int, object)
    def fail(self, job: int, error: StudioError) -> None:
        self.ends.append(("failed", job))
        self.errors[job] = error

    @Slot(int)
    def cancel(self, job: int) -> None:
        self.ends.append(("cancelled", job))

    @Slot(int, int, object)
    def preview(self, job: int, index: int, pixels: Any) -> None:
        assert pixels.shape[2] == 3 and pixels.dtype == np.uint8
        self.previews.append((job, index))

    @Slot(int)
    def progress(self, job: int) -> None:
        assert self._jobs.running and self._jobs.running.number == job
        self.phases.append(self._jobs.running.phase)


MakeJobs = Callable[[ScriptedEngine], tuple[Jobs, Listener]]


@pytest.fixture
def make(qtbot: QtBot) -> Iterator[MakeJobs]:
    made: list[Jobs] = []

    def make_jobs(engine: ScriptedEngine) -> tuple[Jobs, Listener]:
        jobs = Jobs(Runner(engine))
        made.append(jobs)
        return jobs, Listener(jobs)

    yield make_jobs
    for jobs in made:
        jobs.close()


def wait_for_request(engine: ScriptedEngine, number: int) -> None:
    """Those before it are done then, but the main thread has not looked into its queue."""
    while len(engine.requests) < number:
        time.sleep(0.001)


def test_a_job_goes_its_way_from_loading_to_pictures(qtbot: QtBot, make: MakeJobs) -> None:
    engine = ScriptedEngine(free=False, notes=("Made in smaller batches.",))
    jobs, listener = make(engine)
    number = jobs.start(asking(count=2, steps=3), "A cat")
    assert [(job.number, job.title, job.state) for job in jobs.jobs] == [(number, "A cat", JobState.RUNNING)]
    qtbot.waitUntil(lambda: listener.phases == ["warming up"])
    engine.go()
    qtbot.waitUntil(lambda: len(listener.previews) == 2)
    assert jobs.running and (jobs.running.step, jobs.running.steps, jobs.running.phase) == (1, 3, "")
    assert jobs.remaining_s == 2
    engine.go(3)
    qtbot.waitUntil(lambda: listener.ends == [("finished", number)])
    assert len(listener.pictures[number]) == 2 and listener.notes == ("Made in smaller batches.",)
    assert listener.previews == [(number, index) for _ in range(3) for index in range(2)]
    assert (jobs.jobs, jobs.running, jobs.remaining_s) == ((), None, None)


def test_jobs_run_in_order_and_only_the_first_runs(qtbot: QtBot, make: MakeJobs) -> None:
    engine = ScriptedEngine(free=False)
    jobs, listener = make(engine)
    numbers = [jobs.start(asking(prompt, steps=1), prompt) for prompt in ("a cat", "a dog", "a car")]
    assert [job.state for job in jobs.jobs] == [JobState.RUNNING, JobState.WAITING, JobState.WAITING]
    engine.go(2)
    qtbot.waitUntil(lambda: len(listener.ends) == 1)
    assert [job.state for job in jobs.jobs] == [JobState.RUNNING, JobState.WAITING]
    engine.go(4)
    qtbot.waitUntil(lambda: len(listener.ends) == 3)
    assert listener.ends == [("finished", number) for number in numbers]


def test_a_waiting_job_that_is_given_up_ends_at_once_and_is_never_made(qtbot: QtBot, make: MakeJobs) -> None:
    engine = ScriptedEngine(free=False)
    jobs, listener = make(engine)
    first, second, third = (jobs.start(asking(prompt), "") for prompt in ("a cat", "a dog", "a car"))
    jobs.cancel(second)
    assert listener.ends == [("cancelled", second)]
    assert [job.number for job in jobs.jobs] == [first, third]
    engine.go(100)
    qtbot.waitUntil(lambda: len(listener.ends) == 3)
    assert listener.ends[1:] == [("finished", first), ("finished", third)]


def test_a_running_job_is_acknowledged_at_once_and_ends_once(qtbot: QtBot, make: MakeJobs) -> None:
    engine = ScriptedEngine(free=False)
    jobs, listener = make(engine)
    first, second = jobs.start(asking(), "first"), jobs.start(asking(), "second")
    qtbot.waitUntil(lambda: len(listener.phases) == 1)
    with qtbot.waitSignal(jobs.changed):
        jobs.cancel(first)
    assert jobs.running and jobs.running.number == first
    assert (jobs.running.state, jobs.running.phase) == (JobState.CANCELLED, "Stopping")
    jobs.cancel(first)
    qtbot.waitUntil(lambda: listener.ends == [("cancelled", first)])
    engine.go(100)
    qtbot.waitUntil(lambda: listener.ends == [("cancelled", first), ("finished", second)])


def test_pictures_that_were_finished_before_the_cancel_came_are_not_lost(
    qtbot: QtBot, make: MakeJobs
) -> None:
    engine = ScriptedEngine(free=False)
    jobs, listener = make(engine)
    first, second = jobs.start(asking(steps=1), ""), jobs.start(asking(), "")
    engine.go(2)
    wait_for_request(engine, 2)
    jobs.cancel(first)
    qtbot.waitUntil(lambda: listener.ends == [("finished", first)])
    assert len(listener.pictures[first]) == 2
    assert [job.number for job in jobs.jobs] == [second]


def test_a_failure_is_told_and_the_next_job_goes_on(qtbot: QtBot, make: MakeJobs) -> None:
    engine = ScriptedEngine(error=LOST)
    jobs, listener = make(engine)
    first = jobs.start(asking(), "")
    qtbot.waitUntil(lambda: listener.ends == [("failed", first)])
    assert listener.errors[first] is LOST
    engine.error = None
    second = jobs.start(asking(), "")
    qtbot.waitUntil(lambda: listener.ends[1:] == [("finished", second)])


def test_all_can_be_given_up(qtbot: QtBot, make: MakeJobs) -> None:
    jobs, listener = make(ScriptedEngine(free=False))
    numbers = [jobs.start(asking(), "") for _ in range(3)]
    jobs.cancel_all()
    assert listener.ends == [("cancelled", numbers[2]), ("cancelled", numbers[1])]
    qtbot.waitUntil(lambda: len(listener.ends) == 3 and jobs.jobs == ())
    jobs.cancel_all()
    jobs.cancel(numbers[0])
    assert len(listener.ends) == 3


def test_the_time_left_counts_what_waits(qtbot: QtBot, make: MakeJobs) -> None:
    engine = ScriptedEngine(free=False)
    jobs, listener = make(engine)
    jobs.start(asking(count=2, steps=4), "")
    assert jobs.remaining_s is None
    engine.go()
    qtbot.waitUntil(lambda: len(listener.previews) == 2)
    assert jobs.remaining_s == 3
    jobs.start(asking(count=2, steps=8), "")  # twice the work of one that takes 4 s
    assert jobs.remaining_s == pytest.approx(3 + 8)
    mask: Mask = np.full((32, 48), 255, np.uint8)
    regions = (Region("a cat", mask), Region("a dog", mask))
    sampling = Sampling(seed=1, count=1, steps=4)
    jobs.start(Place(model="starter", source=drawn(1), regions=regions, sampling=sampling), "")
    assert jobs.remaining_s == pytest.approx(3 + 8 + 4)
    jobs.start(Upscale(model="starter", source=drawn(1), size=Size(96, 64)), "")
    assert jobs.remaining_s is not None and jobs.remaining_s > 15


def test_closing_keeps_what_is_finished_and_cancels_the_rest(qtbot: QtBot) -> None:
    engine = ScriptedEngine(free=False)
    jobs = Jobs(Runner(engine))
    listener = Listener(jobs)
    first, second = jobs.start(asking(steps=1), ""), jobs.start(asking(), "")
    engine.go(2)
    wait_for_request(engine, 2)
    jobs.close()
    assert listener.ends == [("finished", first), ("cancelled", second)]
    assert len(listener.pictures[first]) == 2
    assert jobs.jobs == ()
