"""Entries: as many as there are, and only those that are asked for are read."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

import numpy as np
import pytest

from dalle_studio.state.entries import PAGE, REMEMBERED, Entries, neighbour
from dalle_studio.storage.pictures.row import Row

COUNT = 5000


def row(number: int, prompt: str = "") -> Row:
    facts = {"width_px": 1, "height_px": 1, "created": "", "modified_ns": 0, "length_bytes": 0}
    return Row(id=number, path=Path(f"{number}.png"), prompt=prompt, **facts)  # type: ignore[arg-type]


class Shelf:
    """Rows with the ids 1 to 5000, and what was asked for."""

    def __init__(self) -> None:
        self.asked: list[int] = []
        self.gone: set[int] = set()

    def read(self, ids: Iterable[int]) -> list[Row]:
        self.asked += ids
        return [row(id_) for id_ in ids if id_ not in self.gone]


@pytest.fixture
def shelf() -> Shelf:
    return Shelf()


@pytest.fixture
def entries(shelf: Shelf) -> Entries:
    return Entries(shelf.read, np.arange(COUNT, 0, -1))


def test_only_the_page_that_is_asked_for_is_read(entries: Entries, shelf: Shelf) -> None:
    assert len(entries) == COUNT and entries[1000].id == COUNT - 1000
    assert len(shelf.asked) == PAGE and entries[1000].id in shelf.asked
    shelf.asked.clear()
    assert entries[1000 // PAGE * PAGE].id and shelf.asked == []


def test_all_of_them_can_be_gone_through_and_only_some_are_remembered(entries: Entries, shelf: Shelf) -> None:
    assert [each.id for each in entries] == list(range(COUNT, 0, -1))
    assert len(entries.known) <= REMEMBERED and sorted(shelf.asked) == list(range(1, COUNT + 1))


def test_places_are_found_by_id(entries: Entries) -> None:
    assert [entries.place_of(id_) for id_ in (COUNT, 1, 2500, 0, COUNT + 1)] == [
        0,
        COUNT - 1,
        2500,
        None,
        None,
    ]
    assert [each.id for each in entries[2:8:3]] == [COUNT - 2, COUNT - 5]


def test_what_went_meanwhile_is_left_out_and_asked_for_once(entries: Entries, shelf: Shelf) -> None:
    shelf.gone = {COUNT - 1}
    assert entries.row(COUNT - 1) is None and len(entries[:5]) == 4
    with pytest.raises(IndexError):
        entries[1]
    assert shelf.asked.count(COUNT - 1) == 1


def test_what_changed_is_known_anew_and_the_rest_stays(entries: Entries) -> None:
    first, second = entries[0], entries[1]
    starred = row(first.id, "starred")
    after = entries.updated([first.id], [starred], np.array([first.id]))
    assert after.ids is entries.ids and after[0] is starred and after[1] is second
    assert entries[0] is first


def test_what_comes_goes_to_its_place_and_what_does_not_fit_goes(entries: Entries) -> None:
    without = entries.updated([7, 5], [row(7), row(5)], np.array([], np.int64))
    assert len(without) == COUNT - 2 and without.place_of(7) is None and without.place_of(6) == COUNT - 7
    again = without.updated([7, COUNT + 3], [row(7), row(COUNT + 3)], np.array([COUNT + 3, 7]))
    assert again[0].id == COUNT + 3 and again.place_of(7) == COUNT - 6
    assert len(again) == COUNT


def test_after_the_selected_one_is_gone_comes_its_neighbour(entries: Entries) -> None:
    def next_to(selected: int, *gone: int) -> int | None:
        found = neighbour(entries, selected, {selected, *gone})
        return found.id if found else None

    assert next_to(10) == 9 and next_to(10, 9, 8) == 7
    assert next_to(1) == 2 and next_to(1, 2) == 3
    assert next_to(1, *range(1, COUNT + 1)) is None
