"""What runs beside the work: counting steps, telling the time left, and noticing a cancel."""

from __future__ import annotations

import time
from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

from dalle_studio.core.event import Event, Loading, Preview, Progress


class CancelledByUser(Exception):  # not an error: the way out of the work
    """Raised from within the work once a cancel was asked for."""


class Watch:
    """Follows one request through its steps. Every call is a point at which a cancel takes effect."""

    def __init__(self, emit: Callable[[Event], None], is_cancelled: Callable[[], bool]) -> None:
        self._emit = emit
        self._is_cancelled = is_cancelled
        self._started = time.monotonic()
        self._first_step: float | None = None
        self._steps = 0
        self._step = 0
        self.notes: list[str] = []

    @property
    def elapsed_s(self) -> float:
        """Seconds since the request began."""
        return time.monotonic() - self._started

    @property
    def steps_done(self) -> int:
        """Steps counted so far."""
        return self._step

    def start_over(self) -> None:
        """Say that what was expected and not done is not to come any more."""
        self._steps = self._step

    def check(self) -> None:
        """Raise CancelledByUser if a cancel was asked for."""
        if self._is_cancelled():
            raise CancelledByUser

    def loading(self, phase: str) -> None:
        """Tell that the engine is getting ready."""
        self.check()
        self._emit(Loading(phase))

    def expect(self, steps: int) -> None:
        """Say that so many more steps are to come."""
        self._first_step = self._first_step or time.monotonic()
        self._steps += steps

    def step(self) -> None:
        """Count one step."""
        self.check()
        self._step += 1
        self._steps = max(self._steps, self._step)  # some schedulers walk a step more than they were asked
        walked_s = time.monotonic() - (self._first_step or self._started)
        remaining_s = walked_s / self._step * (self._steps - self._step)
        self._emit(Progress(self._step, self._steps, self.elapsed_s, remaining_s))

    def preview(self, index: int, pixels: NDArray[np.uint8]) -> None:
        """Show how picture `index` looks so far."""
        self._emit(Preview(index, pixels))

    def note(self, text: str) -> None:
        """Keep a sentence for the user, once."""
        if text not in self.notes:
            self.notes.append(text)
