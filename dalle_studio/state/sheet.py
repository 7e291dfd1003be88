"""A contact sheet of candidates: one row for each sentence, one labelled picture for each candidate."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

import numpy as np
from PIL import Image

from dalle_studio.core.picture import Picture
from dalle_studio.state.candidate import Candidate, CandidateState
from dalle_studio.state.labels import beside

MAX_IN_ROW = 8
_HEIGHT_PX = 544  # of the tallest picture on a sheet


def can_stand_on_sheet(tiles: Sequence[Candidate]) -> tuple[Candidate, ...]:
    """Those of the candidates that are finished."""
    return tuple(tile for tile in tiles if tile.state is CandidateState.READY)


def contact_sheet_of(tiles: Sequence[Candidate], read: Callable[[Path], Picture], footer: str) -> Picture:
    """One labelled picture of finished candidates. Takes seconds: not for the main thread.

    Args:
        tiles: at least one, READY.
        read: opens the file of a candidate whose pixels were let go; raises StudioError where it cannot.
        footer: what stands below.
    """
    from dalle_studio.storage.contact_sheet import Row, contact_sheet  # not before the window is open

    rows: list[Row] = []
    titles = dict.fromkeys(tile.title for tile in tiles)
    for title in titles:
        row = [tile for tile in tiles if tile.title == title]
        for start in range(0, len(row), MAX_IN_ROW):
            part = row[start : start + MAX_IN_ROW]
            pictures = tuple(_small(tile, read) for tile in part)
            rows.append(Row(title, pictures, tuple(beside(tile.title, tile.label) for tile in part)))
    return Picture(np.array(contact_sheet(rows, "Contact sheet", footer)))


def _small(tile: Candidate, read: Callable[[Path], Picture]) -> Image.Image:
    """Not much larger than it will be on the sheet."""
    picture = tile.picture
    if picture is None:
        assert tile.path is not None  # only pixels of saved candidates are let go
        picture = read(tile.path)
    return picture.image.reduce(max(1, picture.size.height_px // _HEIGHT_PX))
