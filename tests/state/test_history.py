"""Undo and redo: order, joining, limits."""

from __future__ import annotations

from dataclasses import dataclass, field

import pytest
from pytestqt.qtbot import QtBot

from dalle_studio.state.history import MAX_STEPS, MIN_STEPS, History


class Clock:
    """Time that passes when told."""

    now_s = 100.0

    def __call__(self) -> float:
        return self.now_s


@dataclass
class Shelf:
    """A value with changes that can be undone."""

    history: History
    value: int = 0
    called: list[str] = field(default_factory=list[str])

    def set(self, value: int, merge_key: str = "", size_bytes: int = 1) -> None:
        change = Set(self, self.value, value, size_bytes)
        self.value = value
        self.history.add(change, merge_key)


@dataclass(frozen=True)
class Set:
    shelf: Shelf
    before: int
    after: int
    size_bytes: int = 1

    @property
    def label(self) -> str:
        return f"set {self.after}"

    def undo(self) -> None:
        self.shelf.called.append(f"undo {self.label}")
        self.shelf.value = self.before

    def redo(self) -> None:
        self.shelf.called.append(f"redo {self.label}")
        self.shelf.value = self.after


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def shelf(qtbot: QtBot, clock: Clock) -> Shelf:
    return Shelf(History(limit_bytes=1000, clock=clock))


def undone(shelf: Shelf) -> list[int]:
    """The values on the way back to where nothing can be undone."""
    values: list[int] = []
    while shelf.history.undo_label is not None:
        shelf.history.undo()
        values.append(shelf.value)
    return values


def test_steps_go_back_and_forth(shelf: Shelf) -> None:
    history = shelf.history
    assert (history.undo_label, history.redo_label) == (None, None)
    shelf.set(1)
    shelf.set(2)
    assert shelf.called == []  # a change comes in done
    history.undo()
    assert (shelf.value, history.undo_label, history.redo_label) == (1, "set 1", "set 2")
    history.undo()
    assert (shelf.value, history.undo_label, history.redo_label) == (0, None, "set 1")
    history.redo()
    history.redo()
    assert (shelf.value, history.undo_label, history.redo_label) == (2, "set 2", None)


def test_a_new_change_ends_what_could_be_done_again(shelf: Shelf) -> None:
    shelf.set(1)
    shelf.history.undo()
    shelf.set(2)
    assert shelf.history.redo_label is None
    shelf.history.redo()
    assert shelf.value == 2


def test_every_step_is_told(qtbot: QtBot, shelf: Shelf) -> None:
    history = shelf.history
    with qtbot.assertNotEmitted(history.changed):
        history.undo()
        history.redo()
    for act in (lambda: shelf.set(1), history.undo, history.redo):
        with qtbot.waitSignal(history.changed):
            act()


def test_changes_in_quick_succession_join(shelf: Shelf, clock: Clock) -> None:
    shelf.set(1)
    for value in (2, 3, 4):
        shelf.set(value, "prompt")
        clock.now_s += 0.9
    shelf.history.undo()
    assert shelf.value == 1
    shelf.history.redo()
    assert shelf.value == 4
    assert shelf.called == ["undo set 2", "redo set 4"]


def test_a_pause_another_key_and_no_key_part_steps(shelf: Shelf, clock: Clock) -> None:
    shelf.set(1, "prompt")
    clock.now_s += 1
    shelf.set(2, "prompt")
    shelf.set(3, "seed")
    shelf.set(4, "prompt")
    shelf.set(5)
    shelf.set(6)
    assert undone(shelf) == [5, 4, 3, 2, 1, 0]


def test_nothing_joins_a_step_that_was_undone_and_done_again(shelf: Shelf) -> None:
    shelf.set(1, "prompt")
    shelf.history.undo()
    shelf.history.redo()
    shelf.set(2, "prompt")
    assert undone(shelf) == [1, 0]


def test_the_number_of_steps_has_a_limit(shelf: Shelf) -> None:
    for value in range(1, MAX_STEPS + 11):
        shelf.set(value)
    assert undone(shelf) == list(range(MAX_STEPS + 9, 9, -1))


def test_memory_has_a_limit(shelf: Shelf) -> None:
    for value in range(1, 21):
        shelf.set(value, size_bytes=100)
    assert undone(shelf) == list(range(19, 9, -1))


def test_joined_changes_count_whole(shelf: Shelf) -> None:
    for value in range(1, 7):
        shelf.set(value)
    shelf.set(7, "paint", size_bytes=500)
    shelf.set(8, "paint", size_bytes=500)
    assert undone(shelf) == [6, 5, 4, 3, 2]


def test_the_last_steps_stay_however_large(shelf: Shelf) -> None:
    for value in range(1, 21):
        shelf.set(value, size_bytes=10**9)
    assert len(undone(shelf)) == MIN_STEPS
