"""How long pictures will take on this machine, and how much memory, learnt from those that were made here.

Time is a straight line: what a request costs in any case, and what each step of each picture costs on top. The two
are told apart by the median of slopes (Theil 1950, Sen 1968), which a run that loaded the model, or was disturbed
by other programs, does not move; where all runs were equally long, all time is put down to the steps. Nothing is
taken over from other machines: before its first run, a model's time is unknown.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass, replace
from itertools import combinations
from pathlib import Path
from statistics import median
from typing import Any

from dalle_studio.core.errors import CannotWrite
from dalle_studio.core.format import Size
from dalle_studio.core.model import Model
from dalle_studio.core.recipe import Recipe
from dalle_studio.storage.durable import replace_bytes
from dalle_studio.storage.paths import data_dir

FILE = "estimates.json"
SCHEMA = 1
KEPT, KINDS = 12, 200
"""Runs that are remembered of a kind, and kinds: the youngest ones."""
_MIB = 2**20


@dataclass(frozen=True)
class Estimate:
    """What a request will take.

    Attributes:
        seconds: None where nothing is known of it.
        memory_bytes: of the device, at most; 0 where nothing is known of it.
    """

    seconds: float | None
    memory_bytes: int


@dataclass(frozen=True)
class _Run:
    """One request that was finished; its pictures' steps, and how many, and their size in pixels."""

    size: str
    steps: int
    count: int
    seconds: float
    memory_mib: int

    @property
    def work(self) -> int:
        return self.steps * self.count


@dataclass(frozen=True)
class _Kind:
    """Runs that can be compared, the youngest last."""

    model: str
    version: str
    device: str
    precision: str
    verb: str
    runs: tuple[_Run, ...] = ()


def learn(recipe: Recipe, count: int, path: Path | None = None) -> None:
    """Remember how long a finished request took. That nothing can be written is no reason to say so.

    Args:
        recipe: of one of its pictures; those of requests without steps, such as Upscale, teach nothing.
        count: how many pictures it made.
        path: of the file; None: the user's own.
    """
    steps = recipe.request.get("sampling", {}).get("steps")
    if not isinstance(steps, int):
        return
    made = recipe.provenance
    kind = _Kind(recipe.request["model"], made.model_version, made.device, made.precision, recipe.verb)
    run = _Run(_size_of(recipe), steps, count, made.elapsed_s, made.memory_mib)
    path = path or _path()
    kinds = _read(path)
    before = next((each.runs for each in kinds if replace(each, runs=()) == kind), ())
    kinds = [each for each in kinds if replace(each, runs=()) != kind]
    kinds.append(replace(kind, runs=(*before, run)[-KEPT:]))
    _write(path, kinds[-KINDS:])


def estimate(
    model: Model,
    size: Size,
    steps: int,
    count: int,
    verb: str = "generate",
    *,
    memory_bytes: int = 0,
    path: Path | None = None,
) -> Estimate | None:
    """What a request will take here; None where nothing is known of either time or memory.

    Args:
        model: its version and the processor it last ran on count.
        size: of the finished pictures.
        steps: denoising steps.
        count: pictures.
        verb: as recipes name it; others than "generate" learn for themselves.
        memory_bytes: what the model is said to need; told until it has run here.
        path: of the file; None: the user's own.
    """
    wanted = (model.name, model.version, verb)
    read = _read(path or _path(), model.name)
    kinds = [each for each in read if (each.model, each.version, each.verb) == wanted]
    if not kinds:
        return Estimate(None, memory_bytes) if memory_bytes else None
    runs = kinds[-1].runs
    alike = [run for run in runs if run.size == str(size)] or runs
    most_mib = max((run.memory_mib for run in runs), default=0)
    return Estimate(_seconds(alike, steps * count), most_mib * _MIB or memory_bytes)


def _seconds(runs: Sequence[_Run], work: int) -> float:
    """For that many steps of pictures, by the line through the runs."""
    pairs = [(one, other) for one, other in combinations(runs, 2) if one.work != other.work]
    slopes = [(other.seconds - one.seconds) / (other.work - one.work) for one, other in pairs]
    slope = median(slopes) if slopes else 0.0
    if slope <= 0:  # all of one length, or noise: in proportion
        return work * median(run.seconds / run.work for run in runs)
    fixed = median(run.seconds - slope * run.work for run in runs)
    return max(0.0, fixed) + slope * work


def _size_of(recipe: Recipe) -> str:
    """The finished size, or for a verb that keeps its source's the one the model worked at."""
    size = recipe.request.get("size")
    return recipe.provenance.native if size is None else str(Size(**size))


def _path() -> Path:
    return data_dir() / FILE


def _read(path: Path, model: str | None = None) -> list[_Kind]:
    """What was learnt, of one model or all; nothing where the file is missing, damaged or of a later version."""
    try:
        data = json.loads(path.read_text(encoding="utf-8"))
        kinds: list[Any] = data["kinds"] if data["schema"] == SCHEMA else []
        return [_kind(each) for each in kinds if model in (None, each["model"])]
    except (OSError, ValueError, LookupError, TypeError, AttributeError, RecursionError):
        return []


def _kind(data: Any) -> _Kind:
    runs = tuple(_run(each) for each in data["runs"])
    if not runs:
        raise ValueError("a kind without runs")
    return replace(_Kind(**data), runs=runs)


def _run(data: Any) -> _Run:
    run = _Run(**data)
    numbers: tuple[Any, ...] = (run.steps, run.count, run.seconds, run.memory_mib)
    if not all(isinstance(each, int | float) and 0 <= each < 1e9 for each in numbers) or not run.work:
        raise ValueError(f"not a run: {run}")
    return run


def _write(path: Path, kinds: list[_Kind]) -> None:
    text = json.dumps({"schema": SCHEMA, "kinds": [asdict(kind) for kind in kinds]})
    try:
        replace_bytes(path, text.encode())
    except CannotWrite:
        return
