"""What a run tells the person who started it: progress bars and short lines."""

from __future__ import annotations

import time
from collections.abc import Callable, Generator, Iterable, Sequence
from contextlib import contextmanager
from typing import TypeVar

from rich.console import Console
from rich.progress import (
    BarColumn,
    MofNCompleteColumn,
    Progress,
    TextColumn,
    TimeElapsedColumn,
    TimeRemainingColumn,
)

Item = TypeVar("Item")
Advance = Callable[..., None]
"""Called with the number of finished items, and optionally ``note=`` for the end of the bar."""


class Report:
    """Writes to one terminal; lines carry the time since the run began."""

    def __init__(self, console: Console | None = None) -> None:
        """Write to `console`, or to the standard output."""
        self._console = console or Console(highlight=False)
        self._started = time.monotonic()

    def line(self, text: str) -> None:
        """One line of log, such as ``[ 12:05] autoencoder: step 5000, 27.1 dB``."""
        minutes, seconds = divmod(int(time.monotonic() - self._started), 60)
        self._console.print(f"[{minutes:3d}:{seconds:02d}] {text}", markup=False, soft_wrap=True)

    @contextmanager
    def bar(self, label: str, total: int, done: int = 0) -> Generator[Advance, None, None]:
        """A progress bar from `done` to `total` items for the length of the block."""
        columns = (
            TextColumn("{task.description}"),
            BarColumn(),
            MofNCompleteColumn(),
            TimeElapsedColumn(),
            TimeRemainingColumn(elapsed_when_finished=True, compact=True),
            TextColumn("{task.fields[note]}"),
        )
        with Progress(*columns, console=self._console) as progress:
            task = progress.add_task(label, total=total, completed=done, note="")

            def advance(items: int, note: str = "") -> None:
                progress.update(task, advance=items, note=note)

            yield advance

    def track(self, items: Sequence[Item], label: str) -> Iterable[Item]:
        """Go through `items` with a progress bar."""
        with self.bar(label, len(items)) as advance:
            for item in items:
                yield item
                advance(1)
