"""Undo and redo over everything: prompt, paint, regions and placement, in one row of steps."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol

from PySide6.QtCore import QObject, Signal

MAX_STEPS = 200
MIN_STEPS = 5
LIMIT_BYTES = 512 * 2**20
MERGE_S = 1.0


class Change(Protocol):
    """Something that was done and can be undone.

    Attributes:
        label: what was done, to follow the word “Undo”, such as “brush stroke”.
        size_bytes: memory that it keeps.
    """

    @property
    def label(self) -> str: ...  # noqa: D102 (above)

    @property
    def size_bytes(self) -> int: ...  # noqa: D102

    def undo(self) -> None:
        """Bring back what was before."""
        ...

    def redo(self) -> None:
        """Do it again."""
        ...


@dataclass(frozen=True)
class _Joined:
    """Several changes of one value: the first knows what was before, the last what came of it."""

    first: Change
    last: Change

    @property
    def label(self) -> str:
        return self.last.label

    @property
    def size_bytes(self) -> int:
        return self.first.size_bytes + self.last.size_bytes

    def undo(self) -> None:
        self.first.undo()

    def redo(self) -> None:
        self.last.redo()


class History(QObject):
    """What was done, to be undone. Keeps 200 steps and `limit_bytes`, but always the last five steps.

    Args:
        limit_bytes: memory that all steps together may keep.
        clock: seconds, to tell whether changes come in quick succession.
        parent: owner in Qt's sense.

    Signals:
        changed(): another step is the next to undo or redo.
    """

    changed = Signal()

    def __init__(
        self,
        limit_bytes: int = LIMIT_BYTES,
        clock: Callable[[], float] = time.monotonic,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._limit_bytes = limit_bytes
        self._clock = clock
        self._done: list[Change] = []
        self._undone: list[Change] = []
        self._merge_key = ""
        self._merge_until_s = 0.0

    @property
    def undo_label(self) -> str | None:
        """What `undo` would take back; None where there is nothing."""
        return self._done[-1].label if self._done else None

    @property
    def redo_label(self) -> str | None:
        """What `redo` would do again; None where there is nothing."""
        return self._undone[-1].label if self._undone else None

    def add(self, change: Change, merge_key: str = "") -> None:
        """Remember a change that has just been done.

        Changes with the same merge key, each less than a second after the one before, become one step. They
        must be changes of one value: of a step only the first's `undo` and the last's `redo` are called.
        """
        if merge_key and merge_key == self._merge_key and self._clock() < self._merge_until_s:
            last = self._done.pop()
            change = _Joined(last.first if isinstance(last, _Joined) else last, change)
        self._done.append(change)
        self._undone.clear()
        self._merge_key, self._merge_until_s = merge_key, self._clock() + MERGE_S
        self._forget()
        self.changed.emit()

    def undo(self) -> None:
        """Take the last change back; does nothing where there is none."""
        if self._done:
            self._done[-1].undo()
            self._undone.append(self._done.pop())
            self._merge_key = ""
            self.changed.emit()

    def redo(self) -> None:
        """Do again what was undone last; does nothing where there is nothing."""
        if self._undone:
            self._undone[-1].redo()
            self._done.append(self._undone.pop())
            self._merge_key = ""
            self.changed.emit()

    def clear(self) -> None:
        """Forget everything: another project is open now."""
        self._done, self._undone, self._merge_key = [], [], ""
        self.changed.emit()

    def _forget(self) -> None:
        """Drop the oldest steps where there are too many or too large ones."""
        size_bytes = sum(change.size_bytes for change in self._done)
        while len(self._done) > MAX_STEPS or (size_bytes > self._limit_bytes and len(self._done) > MIN_STEPS):
            size_bytes -= self._done.pop(0).size_bytes
