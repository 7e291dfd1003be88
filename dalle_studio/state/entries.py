"""What the gallery shows, however many: a number for each picture, and the rows of those looked at lately."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import overload

import numpy as np
from numpy.typing import NDArray

from dalle_studio.storage.pictures.row import Row

PAGE = 60  # rows read at a time: what a window shows, and some more
REMEMBERED = 20 * PAGE
Ids = NDArray[np.int64]


class Entries(Sequence[Row]):
    """Rows in the order of their ids, the latest first; read when they are asked for.

    What is shown never changes: when pictures come or go, the gallery has another one of these.

    Attributes:
        ids: `Row.id` of every picture, falling.
    """

    def __init__(
        self,
        read: Callable[[Iterable[int]], Iterable[Row]],
        ids: Ids,
        known: Mapping[int, Row | None] | None = None,
    ) -> None:
        """`read` gives the rows of these ids, as far as they are there; `known` are rows that were read before."""
        self.ids = ids
        self._read = read
        self._known = dict(known or {})

    @property
    def known(self) -> Mapping[int, Row | None]:
        """Rows that were read lately, by id; None for a picture that is gone."""
        return self._known

    def __len__(self) -> int:
        return len(self.ids)

    @overload
    def __getitem__(self, place: int) -> Row: ...
    @overload
    def __getitem__(self, place: slice) -> tuple[Row, ...]: ...
    def __getitem__(self, place: int | slice) -> Row | tuple[Row, ...]:
        """A row, or those rows that are there. Raises IndexError where there is none."""
        if isinstance(place, slice):
            return tuple(row for id_ in self.ids[place] if (row := self.row(int(id_))) is not None)
        row = self.row(int(self.ids[place]))
        if row is None:
            raise IndexError(place)
        return row

    def __iter__(self) -> Iterator[Row]:
        return iter(self[:])

    def place_of(self, id_: int) -> int | None:
        """Where a picture stands; None where it is not shown."""
        rising = self.ids[::-1]
        place = int(np.searchsorted(rising, id_))
        is_there = place < len(rising) and int(rising[place]) == id_
        return len(rising) - 1 - place if is_there else None

    def row(self, id_: int) -> Row | None:
        """The row of a picture that is shown; None where its file went meanwhile."""
        if id_ not in self._known:
            place = self.place_of(id_)
            if place is None:
                return None
            self._read_page(place // PAGE * PAGE)
        return self._known[id_]

    def updated(self, ids: Sequence[int], rows: Iterable[Row], fitting: Ids) -> Entries:
        """What is shown after these pictures changed, and now `rows` is known of them, and `fitting` are shown."""
        changed, shown = set(ids), self.ids
        known = {id_: row for id_, row in self._known.items() if id_ not in changed}
        if {id_ for id_ in changed if self.place_of(id_) is not None} != set(fitting.tolist()):
            left = shown[~np.isin(shown, np.array(ids, np.int64))]
            shown = np.sort(np.concatenate([left, fitting]))[::-1]
        return Entries(self._read, shown, {**known, **{row.id: row for row in rows}})

    def _read_page(self, start: int) -> None:
        wanted = [id_ for id_ in self.ids[start : start + PAGE].tolist() if id_ not in self._known]
        found = {row.id: row for row in self._read(wanted)}
        self._known.update({id_: found.get(id_) for id_ in wanted})
        for id_ in list(self._known)[: max(0, len(self._known) - REMEMBERED)]:
            del self._known[id_]


def neighbour(shown: Entries, selected: int, gone: set[int]) -> Row | None:
    """The next picture that is left after the selected one, else the one before."""
    place = shown.place_of(selected) or 0
    nearest = (*range(place, len(shown)), *range(place - 1, -1, -1))
    return next(
        (row for at in nearest if (id_ := int(shown.ids[at])) not in gone and (row := shown.row(id_))), None
    )
