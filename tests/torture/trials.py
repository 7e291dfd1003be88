"""Tries in child processes, so that a crash or a hang is seen and counted instead of ending the count."""

from __future__ import annotations

import contextlib
import faulthandler
import multiprocessing
import os
import sys
import tempfile
import time
import traceback
from collections.abc import Generator, Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from enum import StrEnum, auto
from multiprocessing.connection import Connection
from multiprocessing.context import SpawnProcess
from pathlib import Path
from typing import Any, Protocol

LIMIT_S = 60.0
"""A file that takes longer hangs. The slowest that are whole take a few seconds on a busy machine."""
START_LIMIT_S = 180.0
MEMORY_BYTES = 12 * 1024**3
LANES = 2
LOG, LOG_CHARS = "log.txt", 4000


class Became(StrEnum):
    """What became of one try."""

    OPENED = auto()
    REFUSED = auto()  # with a sentence and a remedy
    FAULT = auto()  # an exception that nobody foresaw, or a broken promise
    CRASH = auto()
    HANG = auto()


BROKEN = (Became.FAULT, Became.CRASH, Became.HANG)


class Trial(Protocol):
    """Numbered tries, each the same in every process. Has to be pickled."""

    def mutant(self, number: int) -> tuple[str, bytes]:
        """A file name and what is in the file."""
        ...

    def run(self, number: int, folder: Path) -> bool:
        """Whether it was opened rather than refused. Raises where a promise is broken."""
        ...


@dataclass(frozen=True)
class Outcome:
    """What became of try `number`; `details` says why a promise is broken."""

    number: int
    became: Became
    elapsed_s: float
    details: str = ""


@dataclass
class Tally:
    """Outcomes counted. Of those that break a promise, all are kept."""

    counts: dict[Became, int] = field(default_factory=lambda: dict.fromkeys(Became, 0))
    broken: list[Outcome] = field(default_factory=list[Outcome])
    slowest: Outcome | None = None

    def add(self, outcome: Outcome) -> None:
        """Count one more."""
        self.counts[outcome.became] += 1
        if outcome.became in BROKEN:
            self.broken.append(outcome)
        if self.slowest is None or outcome.elapsed_s > self.slowest.elapsed_s:
            self.slowest = outcome


def tally(trial: Trial, count: int, limit_s: float = LIMIT_S, lanes: int = LANES) -> Tally:
    """Try the numbers from 0 to `count` in `lanes` processes, begun anew after each that crashes or hangs."""
    total = Tally()
    lanes = min(lanes, count)
    with ThreadPoolExecutor(lanes) as pool:
        shares = [range(lane, count, lanes) for lane in range(lanes)]
        for outcomes in pool.map(lambda share: list(_outcomes(trial, share, limit_s)), shares):
            for outcome in outcomes:
                total.add(outcome)
    return total


def save_broken(trial: Trial, broken: Iterable[Outcome], folder: Path) -> list[Path]:
    """Write the files that broke a promise, each named by its number and beside it what happened."""
    paths: list[Path] = []
    for outcome in broken:
        name, data = trial.mutant(outcome.number)
        folder.mkdir(parents=True, exist_ok=True)
        path = folder / f"{outcome.number:06}-{outcome.became}-{name}"
        path.write_bytes(data)
        path.with_name(f"{path.name}.txt").write_text(outcome.details, "utf-8")
        paths.append(path)
    return paths


def _outcomes(trial: Trial, numbers: range, limit_s: float) -> Iterator[Outcome]:
    while numbers:
        outcome = None
        with _child(trial, numbers) as child:
            for outcome in child.told(numbers, limit_s):
                yield outcome
        if outcome is None:
            raise RuntimeError("the process for the tries does not start")
        numbers = numbers[numbers.index(outcome.number) + 1 :]


@dataclass(frozen=True)
class _Child:
    process: SpawnProcess
    connection: Any  # a Connection, on Windows a PipeConnection
    log: Path

    def told(self, numbers: range, limit_s: float) -> Iterator[Outcome]:
        """What it says, number by number, and at last how it ended where that was too early."""
        if not self._is_ready():
            return
        for number in numbers:
            if not self.connection.poll(limit_s):
                yield Outcome(number, Became.HANG, limit_s, f"no end within {limit_s:g} s")
                return
            try:
                yield self.connection.recv()
            except (EOFError, OSError):
                yield Outcome(number, Became.CRASH, 0, self._ending())
                return

    def _is_ready(self) -> bool:
        try:
            return self.connection.poll(START_LIMIT_S) and self.connection.recv() is None
        except EOFError:
            return False

    def _ending(self) -> str:
        self.process.join(5)
        log = self.log.read_text("utf-8", "replace")[-LOG_CHARS:]
        return f"its process ended with code {self.process.exitcode}\n{log}"


@contextlib.contextmanager
def _child(trial: Trial, numbers: range) -> Generator[_Child]:
    context = multiprocessing.get_context("spawn")
    ours, theirs = context.Pipe()
    with tempfile.TemporaryDirectory() as folder:
        process = context.Process(target=_work, args=(theirs, trial, numbers, Path(folder)), daemon=True)
        process.start()
        theirs.close()
        try:
            yield _Child(process, ours, Path(folder) / LOG)
        finally:
            ours.close()
            process.kill()
            process.join()
            process.close()


def _work(connection: Connection, trial: Trial, numbers: range, folder: Path) -> None:
    """The child's main function."""
    tempfile.tempdir = str(folder)  # it may be killed, and leaves nothing behind all the same
    _limit_memory()
    _write_log_to(folder / LOG)
    trial.mutant(numbers[0])
    connection.send(None)  # ready: what is imported and made only once is not counted
    for number in numbers:
        connection.send(_tried(trial, number, folder))


def _tried(trial: Trial, number: int, folder: Path) -> Outcome:
    started = time.perf_counter()
    try:
        became, details = Became.OPENED if trial.run(number, folder) else Became.REFUSED, ""
    except Exception:
        became, details = Became.FAULT, traceback.format_exc()
    return Outcome(number, became, time.perf_counter() - started, details)


def _write_log_to(path: Path) -> None:
    """What libraries print of broken files, and the stack of a crash."""
    log = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_APPEND)
    os.dup2(log, 2)
    faulthandler.enable()


def _limit_memory() -> None:
    """A file that asks for all memory there is must not end other programs."""
    if sys.platform == "linux":
        import resource

        resource.setrlimit(resource.RLIMIT_AS, (MEMORY_BYTES, MEMORY_BYTES))
