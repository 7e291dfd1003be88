"""The child process that owns torch. Started by `local.py`, speaks pickled messages over one pipe.

In: `Job`, `Ready` (a model to be loaded ahead of its first job) or None (end). Out: events, the `Machine` that is
drawn on, once, and `Heartbeat` every second for as long as the process is able to.
"""

from __future__ import annotations

import contextlib
import faulthandler
import importlib
import logging
import os
import signal
import threading
import traceback
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from multiprocessing.connection import Connection
from multiprocessing.synchronize import Event as SharedEvent
from pathlib import Path
from typing import Any

from dalle_studio import __version__
from dalle_studio.core.errors import EngineError, InvalidRequest, OutOfMemory, StudioError
from dalle_studio.core.event import Cancelled, Event, Failed, Finished
from dalle_studio.core.model import Ability, AddOn, AddOnKind, Model
from dalle_studio.core.picture import Picture
from dalle_studio.core.recipe import Provenance, record
from dalle_studio.core.request import Request, Upscale, ability_of, for_picture
from dalle_studio.core.sentence import say
from dalle_studio.engine.base import Family
from dalle_studio.engine.child import end_with_parent
from dalle_studio.engine.make import Made, make
from dalle_studio.engine.safety import Judge, judged
from dalle_studio.engine.upscaler import WEIGHTS, Enlarger
from dalle_studio.engine.watch import CancelledByUser, Watch
from dalle_studio.engine.without_torchvision import hide_torchvision

HEARTBEAT_S = 1.0

_VERBS = {
    Ability.CREATE: say("create"),
    Ability.PLACE: say("place"),
    Ability.VARY: say("vary"),
    Ability.BLEND: say("blend"),
    Ability.EXTEND: say("extend"),
    Ability.EDIT: say("edit"),
}

POLITENESS = 10
"""How far the worker stands back for the window, in steps of niceness: 0 not at all, 19 altogether."""


@dataclass(frozen=True, eq=False)
class Job:
    """A request with the model it names, and the one whose upscaler serves models that have none."""

    request: Request
    model: Model
    enlarges: Model | None = None


@dataclass(frozen=True, eq=False)
class Ready:
    """A model to be loaded ahead of its first job; see `Job`."""

    model: Model
    enlarges: Model | None = None


@dataclass(frozen=True)
class Heartbeat:
    """The process is alive and its interpreter runs."""


def serve(connection: Connection, cancel: SharedEvent, cache: Path | None, log: Path | None) -> None:
    """Work on jobs until the pipe is closed. The process's main function."""
    _settle_in(log)
    send = _locked(connection)
    threading.Thread(target=_beat, args=(send,), daemon=True).start()
    worker = _Worker(cancel, cache, send)
    while True:
        try:
            job = connection.recv()
        except (EOFError, OSError):
            return
        if job is None:
            return
        if isinstance(job, Ready):
            worker.get_ready(job)
        else:
            send(worker.answer(job))


class _Worker:
    """Keeps the loaded model between jobs."""

    def __init__(self, cancel: SharedEvent, cache: Path | None, send: Callable[[object], None]) -> None:
        self._cancel = cancel
        self._cache = cache
        self._send = send
        self._loaded: tuple[Model, str, Family] | None = None
        self._enlargers: dict[tuple[str, ...], Enlarger] = {}
        self._judges: dict[AddOn, Judge] = {}
        self._bare_bytes = 0
        self._peak: Any = None

    def get_ready(self, wanted: Ready) -> None:
        """Load a model. What goes wrong is told by the first job, which tries again."""
        watch = Watch(self._send, self._cancel.is_set)
        with contextlib.suppress(Exception):
            family = self._family(wanted.model, "auto", watch)
            self._enlarger((wanted.model, wanted.enlarges), family, watch)

    def answer(self, job: Job) -> Event:
        """The last event of the job; the others are sent."""
        self._peak = None
        watch = Watch(self._emit, self._cancel.is_set)
        try:
            return self._make(job, watch)
        except CancelledByUser:
            return Cancelled()
        except StudioError as error:
            return Failed(error)
        except MemoryError as error:
            return Failed(_short_of_memory(job.model, error))
        except Exception as error:
            return Failed(_unexpected(error))

    def _emit(self, event: Event) -> None:
        if self._peak is not None:
            self._peak.look()
        self._send(event)

    def _make(self, job: Job, watch: Watch) -> Finished:
        request = job.request
        needed = ability_of(request)
        if needed is not None and needed not in job.model.abilities:
            raise InvalidRequest(
                say("{model} cannot {needed}.", model=job.model.label, needed=_VERBS[needed]),
                say("Choose a model that can, or install what it needs for that."),
            )
        family = (
            None
            if isinstance(request, Upscale)
            else self._family(job.model, request.sampling.precision, watch)
        )
        enlarger = self._enlarger_for(job, family, watch)
        judge = self._judge(job, watch)
        if family is not None:
            self._peak = _pipelines("device").Peak(family.device, self._bare_bytes)
        made = make(request, family, watch, enlarger)
        if family is not None and family.native_px < job.model.native_px:
            watch.note(say("Drawn at {size} pixels and enlarged: memory was short.", size=made.native))
        concerns = [() if judge is None else judged(judge, pixels) for pixels in made.pictures]
        peak_mib = 0 if self._peak is None else self._peak.mib
        return Finished(_with_recipes(job, family, made, concerns, peak_mib, watch), tuple(watch.notes))

    def _family(self, model: Model, precision: str, watch: Watch) -> Family:
        if self._loaded is not None:
            loaded_model, asked, family = self._loaded
            if loaded_model == model and precision in (asked, family.precision):
                return family
            del family
            self._drop()
        watch.loading(say("starting the engine"))
        self._look_around()
        module = _pipelines(model.family.replace("-", "_"))
        watch.loading(say("loading {model}", model=model.label))
        family = module.load(model, precision, self._cache, watch)
        self._loaded = (model, precision, family)
        return family

    def _drop(self) -> None:
        """Give back what the loaded model takes, before another one takes as much."""
        assert self._loaded is not None
        device = self._loaded[2].device
        self._loaded = None
        self._enlargers.clear()
        self._judges.clear()
        _pipelines("device").give_back(device)

    def _look_around(self) -> None:
        """Tell what is drawn on, the first time; and how much memory the process has without any model."""
        if not self._bare_bytes:
            device = _pipelines("device")
            self._bare_bytes = device.process_bytes()
            self._send(device.this_machine())

    def _enlarger_for(self, job: Job, family: Family | None, watch: Watch) -> Enlarger | None:
        """The network that the request names, or else the model's own, or else the one for all."""
        if not (isinstance(job.request, Upscale) and job.request.upscaler):
            return self._enlarger((job.model, job.enlarges), family, watch)
        name = job.request.upscaler
        found = (each for each in job.model.add_ons if each.kind is AddOnKind.UPSCALER and each.name == name)
        add_on = next(found, None)
        if add_on is None:
            raise InvalidRequest(
                say("There is no upscaler called “{name}” here.", name=name),
                say("Install it, or leave the choice to the model."),
            )
        key = (str(add_on.path), add_on.version)
        if key not in self._enlargers:
            watch.loading(say("loading {add_on}", add_on=add_on.label))
            self._look_around()
            self._enlargers = {key: _pipelines("spandrel_upscaler").load(add_on)}
        return self._enlargers[key]

    def _enlarger(
        self, models: tuple[Model | None, ...], family: Family | None, watch: Watch
    ) -> Enlarger | None:
        """The network of the first of some models that has one, in the family's number format."""
        model = next((each for each in models if each and (each.folder / WEIGHTS).exists()), None)
        if model is None:
            return None
        how = (family.precision, family.device) if family else ("float32", "cpu")
        key = (str(model.folder), model.version, *how)
        if key not in self._enlargers:
            watch.loading(say("loading the upscaler of {model}", model=model.label))
            self._enlargers = {key: _pipelines("compact").load(model, *how)}
        return self._enlargers[key]

    def _judge(self, job: Job, watch: Watch) -> Judge | None:
        """What looks at finished pictures once more, where the model has an add-on for that."""
        add_on = job.model.add_on(AddOnKind.SAFETY)
        if add_on is None or isinstance(job.request, Upscale):
            return None
        if add_on not in self._judges:
            watch.loading(say("loading {add_on}", add_on=add_on.label))
            self._judges = {add_on: _pipelines("safety").load(add_on)}
        return self._judges[add_on]


def _pipelines(name: str) -> Any:
    """A module that loads torch: late, and only here."""
    return importlib.import_module(f"dalle_studio.engine.pipelines.{name}")


def _with_recipes(
    job: Job,
    family: Family | None,
    made: Made,
    concerns: list[tuple[str, ...]],
    peak_mib: int,
    watch: Watch,
) -> tuple[Picture, ...]:
    precision = family.precision if family else ""
    provenance = Provenance(
        model_version=job.model.version,
        device=family.device if family else "cpu",
        precision=precision,
        native=str(made.native or ""),
        upscaler=made.upscaler,
        elapsed_s=round(watch.elapsed_s, 3),
        created=datetime.now(UTC).isoformat(timespec="seconds"),
        software=", ".join(filter(None, [f"dalle-studio {__version__}", family.software if family else ""])),
        notes=tuple(watch.notes),
        licence=job.model.licence.name,
        commercial=job.model.licence.commercial,
        memory=family.memory if family else "",
        memory_mib=peak_mib,
    )
    return tuple(
        Picture(
            pixels,
            record(for_picture(job.request, index, precision), replace(provenance, concerns=concerns[index])),
        )
        for index, pixels in enumerate(made.pictures)
    )


def _short_of_memory(model: Model, error: MemoryError) -> OutOfMemory:
    return OutOfMemory(
        say("There is not enough memory for {model}.", model=model.label),
        say("Close other programs or take a smaller model."),
        "".join(traceback.format_exception(error)),
    )


def _unexpected(error: Exception) -> EngineError:
    return EngineError(
        say("The engine met a fault it does not know: {fault}.", fault=type(error).__name__),
        say("Try again; if it comes back, report it with the details."),
        "".join(traceback.format_exception(error)),
    )


def _locked(connection: Connection) -> Callable[[object], None]:
    lock = threading.Lock()

    def send(message: object) -> None:
        with lock:
            connection.send(message)

    return send


def _beat(send: Callable[[object], None]) -> None:
    pause = threading.Event()
    while not pause.wait(HEARTBEAT_S):
        try:
            send(Heartbeat())
        except OSError:  # the studio is gone: nobody is left to work for
            os._exit(0)


def _settle_in(log: Path | None) -> None:
    """What must be set before anything heavy is imported."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is the studio's business; it tells us by `cancel`
    os.environ["HF_HUB_OFFLINE"] = "1"
    os.environ["DIFFUSERS_DISABLE_REMOTE_CODE"] = "true"
    hide_torchvision()
    # OpenMP threads that wait by spinning take the core from the window; shorter spells cost nothing when idle.
    os.environ.setdefault("GOMP_SPINCOUNT", "10000")
    if hasattr(os, "nice"):  # and where there are no more cores than those threads, the window goes first
        os.nice(POLITENESS)
    # tqdm's lock between processes is of no use here, and would be reported as leaked when the worker is killed.
    import tqdm.std  # not where the window's process sees it

    tqdm.std.TqdmDefaultWriteLock.mp_lock = None  # type: ignore[reportAttributeAccessIssue]
    end_with_parent()
    _write_log_to(log)
    logging.disable(logging.WARNING)


def _write_log_to(log: Path | None) -> None:
    """Send what libraries print, and a crash's stack, to a file instead of the user's terminal."""
    target = os.devnull
    if log is not None:
        try:
            log.parent.mkdir(parents=True, exist_ok=True)
            with log.open("ab") as probe:
                target = str(log) if probe.tell() < 1_000_000 else target
            if target == os.devnull:
                log.replace(log.with_suffix(".old.log"))
                target = str(log)
        except OSError:
            target = os.devnull
    file = os.open(target, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o644)
    os.dup2(file, 1)
    os.dup2(file, 2)
    faulthandler.enable()
