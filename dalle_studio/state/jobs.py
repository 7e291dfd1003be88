"""The queue of requests: what runs, what waits, how long it takes, and how each one ended."""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import StrEnum, auto
from typing import Any

from PySide6.QtCore import QCoreApplication, QEvent, QObject, Signal, Slot

from dalle_studio.core.event import Cancelled, Event, Failed, Finished, Loading, Preview, Progress
from dalle_studio.core.request import Place, Request, Upscale
from dalle_studio.core.sentence import say
from dalle_studio.state.runner import Runner

_UPSCALE_COST = 16  # picture-steps: about as long as one picture


class JobState(StrEnum):
    """Where a job is on its way."""

    WAITING = auto()
    RUNNING = auto()
    DONE = auto()
    FAILED = auto()
    CANCELLED = auto()


@dataclass(frozen=True, eq=False)
class Job:
    """One request in the queue.

    Attributes:
        phase: what is going on beside denoising, a few words; empty most of the time.
        step: denoising steps done, of `steps` for all pictures together; both 0 before the first.
        remaining_s: seconds until it ends; None until that is known.
    """

    number: int
    title: str
    request: Request
    state: JobState
    phase: str = ""
    step: int = 0
    steps: int = 0
    remaining_s: float | None = None


class Jobs(QObject):
    """Requests that run or wait, one after the other.

    Every job ends once, with `finished`, `failed` or `cancelled`; it has left `jobs` by then. A waiting job that
    is given up ends at once. A running one becomes CANCELLED at once, and ends when the engine has let go of it.

    Signals:
        changed(): the list, or the state of a job in it.
        progressed(int): step, phase or time left of the job with that number.
        previewed(int, int, ndarray): job, index of the picture, uint8 (height, width, 3).
        finished(int, tuple[Picture, ...], tuple[str, ...]): job, pictures in order, sentences worth telling.
        failed(int, StudioError): job and reason.
        cancelled(int): job.
    """

    changed = Signal()
    progressed = Signal(int)
    previewed = Signal(int, int, object)
    finished = Signal(int, object, object)
    failed = Signal(int, object)
    cancelled = Signal(int)

    def __init__(self, runner: Runner, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._runner = runner
        self._jobs: dict[int, Job] = {}
        self._seconds_per_cost: float | None = None
        runner.happened.connect(self._hear)

    @property
    def jobs(self) -> tuple[Job, ...]:
        """The running job and those that wait, in order."""
        return tuple(self._jobs.values())

    @property
    def running(self) -> Job | None:
        """The job the engine is at: RUNNING, or CANCELLED while the engine lets go of it."""
        first = next(iter(self._jobs.values()), None)
        return first if first is not None and first.state is not JobState.WAITING else None

    @property
    def remaining_s(self) -> float | None:
        """Seconds until the whole queue is done; None where that is not known or nothing runs."""
        times = [self._remaining_s(job) for job in self._jobs.values()]
        known = [time for time in times if time is not None]
        return sum(known) if known and len(known) == len(times) else None

    def start(self, request: Request, title: str) -> int:
        """Queue a request; returns the job's number."""
        number = self._runner.start(request)
        self._jobs[number] = Job(number, title, request, JobState.WAITING)
        self._run_first()
        self.changed.emit()
        return number

    def cancel(self, number: int) -> None:
        """Give a job up, running or waiting. Of a job that has ended, nothing happens."""
        job = self._jobs.get(number)
        if job is None or job.state is JobState.CANCELLED:
            return
        self._runner.cancel(number)
        if job.state is JobState.WAITING:
            self._end(number)
            self.cancelled.emit(number)
        else:
            self._update(number, state=JobState.CANCELLED, phase=say("Stopping"), remaining_s=0.0)
        self.changed.emit()

    def cancel_all(self) -> None:
        """Give every job up, those that wait first."""
        for number in reversed(tuple(self._jobs)):
            self.cancel(number)

    def close(self) -> None:
        """End the runner and the engine. What was finished by then is still told, the rest is cancelled."""
        self._runner.close()
        QCoreApplication.sendPostedEvents(self._runner, QEvent.Type.MetaCall.value)
        for number in tuple(self._jobs):
            self._end(number)
            self.cancelled.emit(number)
        self.changed.emit()

    @Slot(int, object)
    def _hear(self, number: int, event: Event) -> None:
        job = self._jobs.get(number)
        if job is None:  # given up while it waited
            return
        if isinstance(event, Finished | Failed | Cancelled):
            self._finish(job, event)
        elif job.state is JobState.RUNNING:
            self._go_on(job, event)

    def _go_on(self, job: Job, event: Loading | Progress | Preview) -> None:
        match event:
            case Preview(index=index, pixels=pixels):
                self.previewed.emit(job.number, index, pixels)
                return
            case Loading(phase=phase):
                self._update(job.number, phase=phase)
            case Progress(step=step, steps=steps, remaining_s=remaining_s):
                self._update(job.number, phase="", step=step, steps=steps, remaining_s=remaining_s)
                if step < steps:
                    self._seconds_per_cost = remaining_s / (_cost(job.request) * (1 - step / steps))
        self.progressed.emit(job.number)

    def _finish(self, job: Job, event: Finished | Failed | Cancelled) -> None:
        self._end(job.number)
        match event:
            case Finished(pictures=pictures, notes=notes):
                self.finished.emit(job.number, pictures, notes)
            case Failed(error=error) if job.state is not JobState.CANCELLED:
                self.failed.emit(job.number, error)
            case _:
                self.cancelled.emit(job.number)
        self.changed.emit()

    def _end(self, number: int) -> None:
        del self._jobs[number]
        self._run_first()

    def _run_first(self) -> None:
        """The runner takes the first that waits as soon as it is free."""
        first = next(iter(self._jobs.values()), None)
        if first is not None and first.state is JobState.WAITING:
            self._update(first.number, state=JobState.RUNNING)

    def _update(self, number: int, **values: Any) -> None:
        self._jobs[number] = replace(self._jobs[number], **values)

    def _remaining_s(self, job: Job) -> float | None:
        if job.remaining_s is not None or self._seconds_per_cost is None:
            return job.remaining_s
        return self._seconds_per_cost * _cost(job.request)


def _cost(request: Request) -> int:
    """How much work a request is, about, in denoising steps of single pictures."""
    if isinstance(request, Upscale):
        return _UPSCALE_COST
    regions = len(request.regions) if isinstance(request, Place) else 1
    return request.sampling.steps * request.sampling.count * regions
