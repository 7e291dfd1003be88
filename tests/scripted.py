"""An engine that does as it is told: no model, no process, real events, real recipes."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime

import numpy as np

from dalle_studio.core.errors import EngineError, StudioError
from dalle_studio.core.event import Cancelled, Failed, Finished, Loading, Preview, Progress
from dalle_studio.core.model import Model
from dalle_studio.core.picture import Picture
from dalle_studio.core.recipe import Provenance, record
from dalle_studio.core.request import Generate, Request, Sampling, Upscale, for_picture
from dalle_studio.engine.base import Emit

MADE = Provenance(
    model_version="0.1",
    device="cpu",
    precision="float32",
    native="64 × 64",
    upscaler="",
    elapsed_s=1.25,
    created="2026-01-02T03:04:05Z",
    software="Dalle Studio 0.1.0",
)
LOST = EngineError("The engine lost its thread.", "Try again.", "a trace")


def asking(prompt: str = "a cat", count: int = 2, steps: int = 4, seed: int = 1) -> Generate:
    """A request for the scripted engine."""
    return Generate(model="starter", prompt=prompt, sampling=Sampling(seed=seed, count=count, steps=steps))


def drawn(seed: int, width_px: int = 48, height_px: int = 32) -> Picture:
    """Noise; without recipe."""
    return Picture(np.random.default_rng(seed).integers(0, 256, (height_px, width_px, 3), np.uint8))


def recorded(
    request: Request, index: int = 0, created: str = MADE.created, made: Provenance = MADE
) -> Picture:
    """Picture `index` of a request, with its recipe, as an engine hands it over."""
    alone = for_picture(request, index, "float32")
    seed = 0 if isinstance(alone, Upscale) else alone.sampling.seed
    return Picture(drawn(seed).pixels, record(alone, replace(made, created=created)))


class ScriptedEngine:
    """Goes a step each time it is let (`go`), or at once if `free`; obeys a cancel between steps.

    Args:
        free: whether it needs no `go`.
        error: what every request fails with after its first step.
        batch: how many pictures are drawn at a time; None for all.
        notes: of every request.
        made: what every recipe says beside its request.
    """

    def __init__(
        self,
        free: bool = True,
        error: StudioError | None = None,
        batch: int | None = None,
        notes: tuple[str, ...] = (),
        made: Provenance = MADE,
    ) -> None:
        self.free = free
        self.error = error
        self.batch = batch
        self.notes = notes
        self.made = made
        self.requests: list[Request] = []
        self._steps = threading.Semaphore(0)

    def go(self, steps: int = 1) -> None:
        """Let it go so many steps; the end of a request is one more."""
        self._steps.release(steps)

    def run(self, request: Request, emit: Emit, cancel: threading.Event) -> None:
        """See `Engine.run`."""
        self.requests.append(request)
        emit(Loading("warming up"))
        batches = list(self._batches(request))
        steps = 1 if isinstance(request, Upscale) else request.sampling.steps
        whole = steps * len(batches)
        for number in range(whole):
            if not self._may_go_on(cancel):
                emit(Cancelled())
                return
            emit(Progress(number + 1, whole, float(number + 1), float(whole - number - 1)))
            for index in batches[number // steps]:
                emit(Preview(index, np.full((4, 4, 3), number, np.uint8)))
            if self.error is not None:
                emit(Failed(self.error))
                return
        if not self._may_go_on(cancel):
            emit(Cancelled())
            return
        indices = [index for batch in batches for index in batch]
        emit(Finished(tuple(self.picture(request, index) for index in indices), self.notes))

    def picture(self, request: Request, index: int) -> Picture:
        """What it made."""
        return recorded(request, index, made=self.made)

    def unload(self) -> None:
        """See `Engine.unload`."""

    def _batches(self, request: Request) -> Iterator[range]:
        count = 1 if isinstance(request, Upscale) else request.sampling.count
        limit = self.batch or count
        for start in range(0, count, limit):
            yield range(start, min(count, start + limit))

    def _may_go_on(self, cancel: threading.Event) -> bool:
        while not cancel.is_set():
            if self.free or self._steps.acquire(timeout=0.005):
                return not cancel.is_set()
        return False


class QuietEngine(ScriptedEngine):
    """Stands in where the application starts its own engine: has nothing to load, and knows what time it is."""

    machine = None  # it draws on none

    def __init__(self, *_: object, **__: object) -> None:
        super().__init__()

    def start(self, model: Model) -> None:
        """Nothing to do."""

    def picture(self, request: Request, index: int) -> Picture:
        """What it made, just now."""
        return recorded(request, index, datetime.now(UTC).isoformat(timespec="seconds"))
