"""A contact sheet of candidates: one row for each sentence, one labelled picture for each candidate."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

import numpy as np
from PIL import Image
from PySide6.QtCore import QObject, Slot

from dalle_studio.core.errors import StudioError
from dalle_studio.core.picture import Picture
from dalle_studio.core.sentence import Sentence, say
from dalle_studio.state.candidate import Candidate, CandidateState
from dalle_studio.state.gallery import Gallery
from dalle_studio.state.labels import beside
from dalle_studio.state.notices import Level, Notices
from dalle_studio.storage.pictures.row import Row

MAX_IN_ROW = 8
_HEIGHT_PX = 544  # of the tallest picture on a sheet


class Sheets(QObject):
    """Saves contact sheets into a gallery; a notice tells of each."""

    def __init__(self, gallery: Gallery, notices: Notices, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._gallery, self._notices = gallery, notices
        self._tickets: set[int] = set()
        gallery.saved.connect(self._tell)
        gallery.unsaved.connect(self._tell_unsaved)

    def save(self, make: Callable[[], Picture]) -> None:
        """Make a sheet on another thread and save it."""
        self._tickets.add(self._gallery.save_later(make, "contact sheet"))

    @Slot(int, object)
    def _tell(self, ticket: int, entry: Row) -> None:
        if ticket in self._tickets:
            self._tickets.remove(ticket)
            self._notices.tell(say("Saved {file}.", file=entry.name), key="sheet", level=Level.DONE)
            self._gallery.select(entry.path)

    @Slot(int, object)
    def _tell_unsaved(self, ticket: int, error: StudioError) -> None:
        if ticket in self._tickets:
            self._tickets.remove(ticket)
            self._notices.tell_error(error, key="sheet")


def can_stand_on_sheet(tiles: Sequence[Candidate]) -> tuple[Candidate, ...]:
    """Those of the candidates that are finished."""
    return tuple(tile for tile in tiles if tile.state is CandidateState.READY)


def footer_of(count: int, model: str) -> Sentence:
    """What stands below so many pictures of a model."""
    if count == 1:
        return say("1 picture · {model} · Dalle Studio", model=model)
    return say("{count} pictures · {model} · Dalle Studio", count=count, model=model)


def contact_sheet_of(
    tiles: Sequence[Candidate],
    read: Callable[[Path], Picture],
    footer: str,
    told: Callable[[str], str] = str,
) -> Picture:
    """One labelled picture of finished candidates. Takes seconds: not for the main thread.

    Args:
        tiles: at least one, READY.
        read: opens the file of a candidate whose pixels were let go; raises StudioError where it cannot.
        footer: what stands below.
        told: says sentences in the language of the sheet.
    """
    from dalle_studio.storage import contact_sheet as sheet  # not before the window is open

    rows: list[sheet.Row] = []
    titles = dict.fromkeys(tile.title for tile in tiles)
    for title in titles:
        row = [tile for tile in tiles if tile.title == title]
        for start in range(0, len(row), MAX_IN_ROW):
            part = row[start : start + MAX_IN_ROW]
            pictures = tuple(_small(tile, read) for tile in part)
            captions = tuple(told(beside(tile.title, tile.label)) for tile in part)
            rows.append(sheet.Row(told(title), pictures, captions))
    return Picture(np.array(sheet.contact_sheet(rows, told(say("Contact sheet")), told(footer))))


def _small(tile: Candidate, read: Callable[[Path], Picture]) -> Image.Image:
    """Not much larger than it will be on the sheet."""
    picture = tile.picture
    if picture is None:
        assert tile.path is not None  # only pixels of saved candidates are let go
        picture = read(tile.path)
    return picture.image.reduce(max(1, picture.size.height_px // _HEIGHT_PX))
