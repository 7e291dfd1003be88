"""The tiles under the canvas: pictures that are being made, and those that wait for a decision."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QObject, Signal, Slot

from dalle_studio.core.errors import StudioError
from dalle_studio.core.picture import Picture
from dalle_studio.core.sentence import say
from dalle_studio.state.candidate import Candidate, CandidateState, preview_of
from dalle_studio.state.gallery import Gallery
from dalle_studio.state.jobs import Jobs
from dalle_studio.state.labels import beside
from dalle_studio.state.notices import Level, Notices
from dalle_studio.state.shares import Shares
from dalle_studio.state.veil import concerns_of
from dalle_studio.storage.pictures.row import Row

PICTURE_BYTES = 96 * 1024**2  # pixels of saved pictures that stay in memory
SAVE, DISCARD = "save", "discard"  # keys of notices whose buttons are ours


_GIVEN_UP = (CandidateState.FAILED, CandidateState.CANCELLED)


class Candidates(QObject):
    """Tiles of all jobs, oldest first. A picture is in a file before its tile is READY.

    Tells `notices` why a job failed (key "job-NUMBER") and what a job notes.

    Signals:
        changed(): the list, a tile's state, or the selection.
        updated(int): preview or progress of one tile.
        ready(int): the tile with that number has its picture now.
    """

    changed = Signal()
    updated = Signal(int)
    ready = Signal(int)

    def __init__(self, jobs: Jobs, gallery: Gallery, notices: Notices, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._jobs, self._gallery, self._notices = jobs, gallery, notices
        self._tiles: dict[int, Candidate] = {}
        self._shares: dict[int, Shares] = {}
        self._saving: dict[int, Candidate] = {}  # by the gallery's ticket
        self._discarded: list[Candidate] = []
        self._numbers = 0
        self._selected: int | None = None
        self._connect()

    def _connect(self) -> None:
        self._jobs.progressed.connect(self._progress)
        self._jobs.previewed.connect(self._preview)
        self._jobs.finished.connect(self._finish)
        self._jobs.failed.connect(self._fail)
        self._jobs.cancelled.connect(self._cancel)
        self._gallery.saved.connect(self._saved)
        self._gallery.unsaved.connect(self._unsaved)
        self._gallery.deleted.connect(self._take_away)
        self._gallery.restored.connect(self._bring_back)
        self._gallery.changed.connect(self._follow_gallery)
        self._notices.acted.connect(self._act)

    @property
    def candidates(self) -> tuple[Candidate, ...]:
        """Every tile, in order."""
        return tuple(self._tiles[number] for number in sorted(self._tiles))

    @property
    def current(self) -> Candidate | None:
        """The tile that is looked at; if READY, it has its picture, unless its file cannot be read any more."""
        return None if self._selected is None else self._tiles.get(self._selected)

    def select(self, number: int | None) -> None:
        """Look at a tile, or at none."""
        number = number if number in self._tiles else None
        if number != self._selected:
            self._selected = number
            if number is not None:
                self._reopen(self._tiles[number])
            self.changed.emit()

    def step(self, by: int) -> None:
        """Look at the next (+1) or previous (-1) tile that has something to show; stops at the ends."""
        numbers = [tile.number for tile in self.candidates if tile.preview is not None]
        here = self._selected if self._selected is not None else (-1 if by > 0 else self._numbers + 1)
        beyond = [n for n in numbers if n > here] if by > 0 else [n for n in reversed(numbers) if n < here]
        if beyond:
            self.select(beyond[0])

    def expect(self, job: int, labels: tuple[str, ...], aspect: float, title: str) -> None:
        """Announce the pictures of a job, one tile for each label. Call right after `Jobs.start`."""
        self._shares[job] = Shares(len(labels))
        for index, label in enumerate(labels):
            self._new(job, index, label, title, aspect)
        self.changed.emit()

    def keep(self, number: int) -> None:
        """Mark a READY picture as kept."""
        if (tile := self._tiles.get(number)) is not None and tile.path is not None:
            self._gallery.set_kept([tile.path], True)

    def keep_all(self) -> None:
        """Keep every READY picture."""
        self._gallery.set_kept([tile.path for tile in self.candidates if tile.path is not None], True)

    def discard(self, number: int) -> None:
        """Take a tile away and its file to the trash; the notice's “Undo” brings both back.

        Of a picture still to be made nothing is saved; when all of a job are discarded, the job is cancelled.
        """
        if (tile := self._tiles.get(number)) is not None:
            self._discard([tile])

    def discard_all(self) -> None:
        """Discard every READY picture that is not kept, in one go."""
        self._discard(
            [tile for tile in self.candidates if tile.state is CandidateState.READY and not tile.kept]
        )

    def clear_finished(self) -> None:
        """Take away the tiles of saved, failed and cancelled pictures; the files stay."""
        self._remove([tile for tile in self.candidates if tile.path is not None or tile.state in _GIVEN_UP])

    # --- what the jobs tell

    @Slot(int)
    def _progress(self, number: int) -> None:
        job, shares = self._jobs.running, self._shares.get(number)
        if job is None or job.number != number or shares is None:
            return
        if job.steps:
            shares.advance(job.step / job.steps)
        begins = False
        for tile in self._of(number):
            begins |= tile.state is CandidateState.WAITING
            self._update(tile, state=CandidateState.MAKING, progress=shares.progress[tile.index])
            self.updated.emit(tile.number)
        if begins:
            self.changed.emit()

    @Slot(int, int, object)
    def _preview(self, job: int, index: int, pixels: NDArray[np.uint8]) -> None:
        if job in self._shares:
            self._shares[job].preview(index)
        for tile in self._of(job):
            if tile.index == index:
                self._update(tile, preview=pixels)
                self.updated.emit(tile.number)

    @Slot(int, object, object)
    def _finish(self, job: int, pictures: tuple[Picture, ...], notes: tuple[str, ...]) -> None:
        is_announced = self._shares.pop(job, None) is not None
        tiles = {tile.index: tile for tile in self._of(job)}
        for index, picture in enumerate(pictures):
            tile = tiles.pop(index, None)
            if tile is None and not is_announced:
                tile = self._new(job, index, "", "", picture.size.aspect)
            if tile is not None:  # otherwise it was discarded while it was made
                self._save(replace(tile, picture=picture))
        for tile in tiles.values():
            error = say("The engine made fewer pictures than asked.")
            self._update(tile, state=CandidateState.FAILED, error=error)
        for note in notes:
            self._notices.tell(note)
        self.changed.emit()

    @Slot(int, object)
    def _fail(self, job: int, error: StudioError) -> None:
        self._give_up(job, CandidateState.FAILED, error.message)
        self._notices.tell_error(error, f"job-{job}")

    @Slot(int)
    def _cancel(self, job: int) -> None:
        self._give_up(job, CandidateState.CANCELLED, "")

    def _give_up(self, job: int, state: CandidateState, error: str) -> None:
        self._shares.pop(job, None)
        for tile in self._of(job):
            self._update(tile, state=state, error=error)
        self.changed.emit()

    # --- saving

    def _save(self, tile: Candidate) -> None:
        """`tile` carries the picture; the one on show gets it when it is in a file."""
        assert tile.picture is not None
        self._update(self._tiles[tile.number], state=CandidateState.MAKING, progress=1.0)
        recipe = tile.picture.recipe
        stem = f"{tile.title} {beside(tile.title, tile.label)}".strip() or (recipe.prompt if recipe else "")
        self._saving[self._gallery.save_later(tile.picture, stem)] = tile

    @Slot(int, object)
    def _saved(self, ticket: int, entry: Row) -> None:
        tile = self._saving.pop(ticket, None)
        if tile is not None and tile.picture is not None:
            self._show(tile, replace(tile.picture, name=entry.name), entry.path)

    @Slot(int, object)
    def _unsaved(self, ticket: int, error: StudioError) -> None:
        tile = self._saving.pop(ticket, None)
        if tile is None or tile.picture is None:
            return
        self._notices.tell(
            error.message,
            key=SAVE,
            level=Level.ERROR,
            remedy=error.remedy,
            details=error.details,
            action=say("Save again"),
        )
        self._show(tile, tile.picture, None, error.message)

    def _show(self, tile: Candidate, picture: Picture, path: Path | None, error: str = "") -> None:
        """The tile is READY. One that was discarded while it was saved goes to the trash, like any other."""
        is_unwanted = tile.number not in self._tiles
        self._tiles[tile.number] = replace(
            self._tiles.get(tile.number, tile),
            state=CandidateState.READY,
            progress=1.0,
            picture=picture,
            preview=preview_of(picture),
            path=path,
            error=error,
            concerns=concerns_of(picture),
            fingerprint=picture.sha256 if concerns_of(picture) else "",
        )
        self._let_go()
        if is_unwanted:
            self.discard(tile.number)
            return
        self.ready.emit(tile.number)
        self.changed.emit()

    def _save_again(self) -> None:
        for tile in self.candidates:
            if tile.state is CandidateState.READY and tile.path is None:
                self._save(tile)
        self.changed.emit()

    # --- memory

    def _let_go(self) -> None:
        """Of the oldest saved pictures the pixels go: they are in files, and memory is not."""
        room = PICTURE_BYTES
        for tile in reversed(self.candidates):
            if tile.picture is not None and tile.path is not None and tile.number != self._selected:
                room -= tile.picture.pixels.nbytes
                if room < 0:
                    self._update(tile, picture=None)

    def _reopen(self, tile: Candidate) -> None:
        if tile.picture is None and tile.path is not None:
            try:
                self._update(tile, picture=self._gallery.open(tile.path))
            except StudioError as error:
                self._notices.tell_error(error, "candidate")
            self._let_go()

    # --- discarding

    def _discard(self, tiles: list[Candidate]) -> None:
        filed = [tile.path for tile in tiles if tile.path is not None]
        loose = [tile for tile in tiles if tile.path is None]
        if filed:
            self._gallery.delete(filed)  # which comes back as _take_away
        if loose:
            self._remove(loose)
            self._remember([tile for tile in loose if tile.picture is not None])
            for job in {tile.job for tile in loose if not self._of(tile.job)}:
                self._jobs.cancel(job)

    def _remember(self, tiles: list[Candidate]) -> None:
        """Pictures in no file exist only here: they are kept as long as the window is open."""
        self._discarded.extend(tiles)
        if tiles:
            told = say("Discarded a picture that is in no file.")
            self._notices.tell(told, key=DISCARD, action=say("Undo"))

    @Slot(object)
    def _take_away(self, paths: tuple[Path, ...]) -> None:
        gone = [tile for tile in self.candidates if tile.path in paths]
        self._discarded.extend(gone)
        self._remove(gone)

    @Slot(object)
    def _bring_back(self, paths: dict[Path, Path]) -> None:
        back = [tile for tile in self._discarded if tile.path in paths]
        self._discarded = [tile for tile in self._discarded if tile.path not in paths]
        self._tiles.update({tile.number: replace(tile, path=paths[tile.path]) for tile in back if tile.path})
        self._let_go()
        self.changed.emit()

    def _bring_back_loose(self) -> None:
        back = [tile for tile in self._discarded if tile.path is None]
        self._discarded = [tile for tile in self._discarded if tile.path is not None]
        self._tiles.update({tile.number: tile for tile in back})
        self.changed.emit()

    @Slot()
    def _follow_gallery(self) -> None:
        entries = {tile: self._gallery.entry(tile.path) for tile in self.candidates if tile.path}
        others = [tile for tile, entry in entries.items() if entry and entry.kept != tile.kept]
        for tile in others:
            self._update(tile, kept=not tile.kept)
        if others:
            self.changed.emit()

    @Slot(str)
    def _act(self, key: str) -> None:
        if key == SAVE:
            self._save_again()
        elif key == DISCARD:
            self._bring_back_loose()

    # --- tiles

    def _new(self, job: int, index: int, label: str, title: str, aspect: float) -> Candidate:
        self._numbers += 1
        tile = Candidate(number=self._numbers, job=job, index=index, label=label, title=title, aspect=aspect)
        self._tiles[tile.number] = tile
        return tile

    def _of(self, job: int) -> list[Candidate]:
        """The tiles of a job that wait for their pictures."""
        waiting = (CandidateState.WAITING, CandidateState.MAKING)
        saving = {tile.number for tile in self._saving.values()}
        return [
            tile
            for tile in self.candidates
            if tile.job == job and tile.state in waiting and tile.number not in saving
        ]

    def _update(self, tile: Candidate, **values: Any) -> None:
        self._tiles[tile.number] = replace(tile, **values)

    def _remove(self, tiles: list[Candidate]) -> None:
        """Take tiles away; if one was looked at, the nearest that is left is looked at."""
        if not tiles:
            return
        gone = {tile.number for tile in tiles}
        here = self._selected
        self._tiles = {number: tile for number, tile in self._tiles.items() if number not in gone}
        if here in gone:
            left = [tile.number for tile in self.candidates if tile.preview is not None]
            after, before = [n for n in left if n > here], [n for n in left if n < here]
            self._selected = None
            self.select(after[0] if after else before[-1] if before else None)
        self.changed.emit()
