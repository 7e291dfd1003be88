"""The tiles under the canvas: from waiting to ready, saved before shown, kept, discarded, brought back."""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pytest
from pytestqt.qtbot import QtBot

from dalle_studio.core.errors import CannotWrite
from dalle_studio.core.picture import Picture
from dalle_studio.state import candidates as candidates_module
from dalle_studio.state.candidate import Candidate, CandidateState
from dalle_studio.state.candidates import Candidates
from dalle_studio.state.gallery import Gallery
from dalle_studio.state.jobs import Jobs
from dalle_studio.state.notices import Level, Notices
from dalle_studio.state.runner import Runner
from dalle_studio.state.shares import Shares
from dalle_studio.storage.library import open_picture
from tests.scripted import LOST, ScriptedEngine, asking, recorded

WAITING, MAKING, READY, FAILED, CANCELLED = CandidateState


@dataclass(eq=False)
class Desk:
    """Everything that candidates stand between."""

    engine: ScriptedEngine
    jobs: Jobs
    gallery: Gallery
    notices: Notices
    candidates: Candidates
    qtbot: QtBot

    @property
    def tiles(self) -> tuple[Candidate, ...]:
        return self.candidates.candidates

    @property
    def states(self) -> list[CandidateState]:
        return [tile.state for tile in self.tiles]

    def begin(self, count: int = 2, prompt: str = "a cat", steps: int = 2) -> int:
        job = self.jobs.start(asking(prompt, count=count, steps=steps), prompt)
        self.candidates.expect(job, tuple(f"style {n}" for n in range(count)), 1.5, prompt)
        return job

    def make(self, count: int = 2, prompt: str = "a cat") -> list[int]:
        """Make pictures to the end; returns the numbers of their tiles."""
        before = {tile.number for tile in self.tiles}
        self.begin(count, prompt)
        self.wait(lambda: self.jobs.jobs == () and not {WAITING, MAKING} & set(self.states))
        return [tile.number for tile in self.tiles if tile.number not in before]

    def wait(self, what: Callable[[], object]) -> None:
        self.qtbot.waitUntil(lambda: bool(what()))

    def press(self, action: str) -> None:
        """Press the button that says so."""
        (notice,) = (notice for notice in self.notices.notices if notice.action == action)
        self.notices.act(notice.number)

    def files(self) -> set[str]:
        return {path.name for path in self.gallery.folder.glob("*/*.png")}


MakeDesk = Callable[..., Desk]


@pytest.fixture
def make_desk(tmp_path: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> Iterator[MakeDesk]:
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))
    desks: list[Desk] = []

    def make(engine: ScriptedEngine | None = None) -> Desk:
        engine = engine or ScriptedEngine()
        notices = Notices()
        jobs, gallery = Jobs(Runner(engine)), Gallery(tmp_path / "pictures", notices)
        desks.append(Desk(engine, jobs, gallery, notices, Candidates(jobs, gallery, notices), qtbot))
        return desks[-1]

    yield make
    for desk in desks:
        desk.jobs.close()
        desk.gallery.close()


@pytest.fixture
def desk(make_desk: MakeDesk) -> Desk:
    return make_desk()


# --- being made


def test_tiles_are_announced_fill_in_and_become_pictures(make_desk: MakeDesk) -> None:
    desk = make_desk(ScriptedEngine(free=False))
    job = desk.begin(count=2)
    first, second = desk.tiles
    assert desk.states == [WAITING, WAITING] and first.number != second.number
    assert (first.job, first.index, second.index) == (job, 0, 1)
    assert (first.label, second.label, first.title, first.aspect) == ("style 0", "style 1", "a cat", 1.5)
    desk.engine.go()
    desk.wait(lambda: all(tile.preview is not None for tile in desk.tiles))
    assert desk.states == [MAKING, MAKING] and [tile.progress for tile in desk.tiles] == [0.5, 0.5]
    assert all(tile.picture is None and tile.path is None for tile in desk.tiles)
    desk.engine.go(2)
    desk.wait(lambda: desk.states == [READY, READY])
    for tile in desk.tiles:
        assert tile.progress == 1 and tile.picture and tile.picture.recipe and tile.path and not tile.error
        assert tile.picture.name == tile.path.name
        assert open_picture(tile.path).sha256 == tile.picture.sha256
    assert desk.files() == {"a-cat-style-0.png", "a-cat-style-1.png"}
    assert [tile.number for tile in desk.tiles] == [first.number, second.number]


def test_a_tile_is_never_ready_before_its_picture_is_in_a_file(desk: Desk) -> None:
    seen: list[int] = []

    def look() -> None:
        for tile in desk.tiles:
            if tile.state is READY:
                assert tile.path and tile.path.exists()
                seen.append(tile.number)

    desk.candidates.changed.connect(look)
    assert set(desk.make(3)) == set(seen)


def test_each_ready_tile_is_told(desk: Desk) -> None:
    ready: list[int] = []
    desk.candidates.ready.connect(ready.append)
    assert desk.make(3) == ready


def test_one_tile_at_a_time_is_told_of_previews(make_desk: MakeDesk) -> None:
    desk = make_desk(ScriptedEngine(free=False, batch=1))
    updated: list[int] = []
    desk.candidates.updated.connect(updated.append)
    desk.begin(count=2, steps=2)
    first, second = (tile.number for tile in desk.tiles)
    desk.engine.go(1)
    desk.wait(lambda: desk.tiles[0].preview is not None)
    assert desk.tiles[1].preview is None and updated[-1] == first
    desk.engine.go(2)
    desk.wait(lambda: desk.tiles[1].preview is not None)
    assert updated[-1] == second and desk.tiles[0].progress > desk.tiles[1].progress


def test_pictures_of_an_unannounced_job_are_saved_too(desk: Desk) -> None:
    desk.jobs.start(asking("a dog", count=2), "a dog")
    desk.wait(lambda: desk.states == [READY, READY])
    assert desk.files() == {"a-dog.png", "a-dog-2.png"}
    assert desk.tiles[0].aspect == 1.5


def test_a_failed_job_says_why(make_desk: MakeDesk) -> None:
    desk = make_desk(ScriptedEngine(error=LOST))
    job = desk.begin()
    desk.wait(lambda: desk.states == [FAILED, FAILED])
    assert {tile.error for tile in desk.tiles} == {LOST.message}
    (notice,) = desk.notices.notices
    assert (notice.key, notice.text, notice.remedy) == (f"job-{job}", LOST.message, LOST.remedy)
    assert (notice.level, notice.details) == (Level.ERROR, LOST.details)


def test_what_the_engine_notes_is_told(make_desk: MakeDesk) -> None:
    desk = make_desk(ScriptedEngine(notes=("Made in smaller batches: memory was short.",)))
    desk.make()
    assert [notice.text for notice in desk.notices.notices] == ["Made in smaller batches: memory was short."]


def test_a_job_that_is_given_up_leaves_cancelled_tiles(make_desk: MakeDesk) -> None:
    desk = make_desk(ScriptedEngine(free=False))
    first, second = desk.begin(1), desk.begin(1)
    desk.jobs.cancel(second)
    assert desk.states == [WAITING, CANCELLED]
    desk.jobs.cancel(first)
    desk.wait(lambda: desk.states == [CANCELLED, CANCELLED])
    assert desk.files() == set()
    desk.candidates.clear_finished()
    assert desk.tiles == ()


def test_pictures_finished_while_the_window_closes_are_saved(make_desk: MakeDesk) -> None:
    desk = make_desk(ScriptedEngine(free=False))
    desk.begin(2, steps=1)
    desk.begin(1)
    desk.engine.go(2)
    while len(desk.engine.requests) < 2:  # the first is done, and nobody here knows
        time.sleep(0.001)
    desk.jobs.close()
    desk.gallery.close()
    assert desk.states == [READY, READY, CANCELLED] and len(desk.files()) == 2


# --- a folder that takes nothing


def test_a_picture_that_cannot_be_saved_is_shown_and_can_be_saved_again(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    fsync = os.fsync

    def full(_: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    desk.make(2)
    assert desk.states == [READY, READY] and desk.files() == set()
    assert all(tile.picture and tile.path is None and "No space" in tile.error for tile in desk.tiles)
    (notice,) = desk.notices.notices
    assert notice.level is Level.ERROR and "No space" in notice.text and "Free some space" in notice.remedy
    desk.candidates.clear_finished()
    assert len(desk.tiles) == 2
    desk.press("Save again")
    desk.wait(lambda: desk.states == [READY, READY])
    assert all(tile.path is None for tile in desk.tiles)
    monkeypatch.setattr(os, "fsync", fsync)
    desk.press("Save again")
    desk.wait(lambda: all(tile.path for tile in desk.tiles))
    assert desk.states == [READY, READY] and len(desk.files()) == 2
    assert all(not tile.error for tile in desk.tiles)


def test_a_discarded_picture_that_is_in_no_file_comes_back(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object) -> None:
        raise CannotWrite("The folder is closed.", "Open it.")

    monkeypatch.setattr("dalle_studio.storage.pictures.library.save_picture", refuse)
    (number,) = desk.make(1)
    fingerprint = desk.tiles[0].picture.sha256  # type: ignore[union-attr]
    desk.candidates.discard(number)
    assert desk.tiles == ()
    desk.press("Undo")
    (tile,) = desk.tiles
    assert tile.number == number and tile.picture and tile.picture.sha256 == fingerprint


# --- looking at them


def test_arrow_keys_flip_through_what_can_be_seen(make_desk: MakeDesk) -> None:
    desk = make_desk(ScriptedEngine())
    a, b = desk.make(2)
    desk.engine.free = False
    desk.begin(2)  # nothing to see yet
    current: list[int | None] = []
    for by in (+1, +1, +1, -1, -1):
        desk.candidates.step(by)
        current.append(desk.candidates.current and desk.candidates.current.number)
    assert current == [a, b, b, a, a]
    desk.candidates.select(None)
    desk.candidates.step(-1)
    assert desk.candidates.current and desk.candidates.current.number == b
    desk.candidates.select(999)
    assert desk.candidates.current is None


def test_of_old_pictures_the_pixels_go_and_come_back_when_they_are_looked_at(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(candidates_module, "PICTURE_BYTES", 2 * 48 * 32 * 3)
    oldest, *_ = numbers = desk.make(4)
    assert [tile.picture is not None for tile in desk.tiles] == [False, False, True, True]
    assert all(tile.preview is not None and tile.preview.shape == (32, 48, 3) for tile in desk.tiles)
    desk.candidates.select(oldest)
    current = desk.candidates.current
    assert current and current.picture and current.path
    assert current.picture.sha256 == open_picture(current.path).sha256
    current.path.unlink()
    desk.candidates.select(numbers[3])
    desk.candidates.select(numbers[1])
    desk.candidates.select(numbers[2])
    desk.candidates.select(oldest)
    current = desk.candidates.current
    assert current and current.number == oldest and current.picture is None
    assert desk.notices.notices[-1].level is Level.ERROR


def test_a_large_picture_has_a_small_preview(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    large = Picture(np.full((600, 1200, 3), 77, np.uint8), recorded(asking()).recipe)
    monkeypatch.setattr("tests.scripted.recorded", lambda *_, **__: large)
    desk.make(1)
    preview = desk.tiles[0].preview
    assert preview is not None and preview.shape == (150, 300, 3) and (preview == 77).all()


# --- deciding


def test_keeping_is_written_down_and_follows_the_gallery(desk: Desk) -> None:
    first, second = desk.make(2)
    desk.candidates.keep(first)
    assert [tile.kept for tile in desk.tiles] == [True, False]
    assert sum(entry.kept for entry in desk.gallery.entries) == 1
    desk.gallery.set_kept([tile.path for tile in desk.tiles[:1] if tile.path], False)
    assert not desk.tiles[0].kept
    desk.candidates.keep_all()
    desk.candidates.keep(second)
    desk.candidates.keep(999)
    assert all(tile.kept for tile in desk.tiles) and all(entry.kept for entry in desk.gallery.entries)


def test_a_discarded_picture_is_in_the_trash_and_comes_back_to_its_place(desk: Desk) -> None:
    first, second, third = desk.make(3)
    desk.candidates.keep(second)
    desk.candidates.select(second)
    path = desk.candidates.current and desk.candidates.current.path
    desk.candidates.discard(second)
    assert [tile.number for tile in desk.tiles] == [first, third]
    assert desk.candidates.current and desk.candidates.current.number == third
    assert path and not path.exists() and desk.gallery.count == 2
    desk.press("Undo")
    assert [tile.number for tile in desk.tiles] == [first, second, third]
    assert path.exists() and desk.gallery.count == 3 and desk.tiles[1].kept and desk.tiles[1].path == path


def test_all_but_the_kept_are_discarded_in_one_go(desk: Desk) -> None:
    first, second, third = desk.make(3)
    desk.candidates.keep(second)
    desk.candidates.discard_all()
    assert [tile.number for tile in desk.tiles] == [second] and len(desk.files()) == 1
    desk.press("Undo")
    assert [tile.number for tile in desk.tiles] == [first, second, third] and len(desk.files()) == 3


def test_what_the_gallery_deletes_leaves_the_strip(desk: Desk) -> None:
    desk.make(2)
    path = desk.tiles[0].path
    assert path
    desk.gallery.delete([path])
    assert [tile.index for tile in desk.tiles] == [1]
    desk.gallery.undo_delete()
    assert [tile.index for tile in desk.tiles] == [0, 1]


def test_clearing_the_strip_keeps_the_files(desk: Desk) -> None:
    desk.make(2)
    desk.engine.free = False
    desk.begin(1)
    desk.candidates.clear_finished()
    assert desk.states == [WAITING] and len(desk.files()) == 2


def test_a_picture_discarded_while_it_is_made_is_not_saved(make_desk: MakeDesk) -> None:
    desk = make_desk(ScriptedEngine(free=False))
    desk.begin(2)
    first, second = (tile.number for tile in desk.tiles)
    desk.candidates.discard(first)
    desk.engine.go(100)
    desk.wait(lambda: desk.states == [READY])
    assert desk.tiles[0].number == second and len(desk.files()) == 1


def test_discarding_all_of_a_job_cancels_it(make_desk: MakeDesk) -> None:
    desk = make_desk(ScriptedEngine(free=False))
    desk.begin(2)
    for tile in desk.tiles:
        desk.candidates.discard(tile.number)
    desk.wait(lambda: desk.jobs.jobs == ())
    assert desk.tiles == () and desk.files() == set()


def test_a_picture_discarded_while_it_is_saved_goes_to_the_trash(desk: Desk) -> None:
    desk.begin(1)

    def discard() -> None:
        if desk.jobs.jobs == () and desk.tiles and desk.tiles[0].state is MAKING:
            desk.candidates.discard(desk.tiles[0].number)

    desk.candidates.changed.connect(discard)
    desk.wait(lambda: any(notice.action == "Undo" for notice in desk.notices.notices))
    assert desk.tiles == () and desk.files() == set()
    desk.press("Undo")
    assert desk.states == [READY] and len(desk.files()) == 1


# --- shares


def test_all_pictures_drawn_together_advance_together() -> None:
    shares = Shares(4)
    for step in range(1, 5):
        shares.advance(step / 8)
        for index in range(4):
            shares.preview(index)
    assert shares.progress == [0.5] * 4


@pytest.mark.parametrize("rounds", [1, 2, 3])
def test_pictures_drawn_in_batches_advance_in_turn(rounds: int) -> None:
    """Several places in each picture, two of five pictures at a time."""
    shares, step = Shares(5), 0
    whole = rounds * 3 * 10
    for _ in range(rounds):
        for batch in ((0, 1), (2, 3), (4,)):
            for _ in range(10):
                step += 1
                before = list(shares.progress)
                shares.advance(step / whole)
                assert all(now >= then for now, then in zip(shares.progress, before, strict=True))
                assert sum(shares.progress) == pytest.approx(5 * step / whole)
                assert max(shares.progress) <= 1
                for index in batch:
                    shares.preview(index)
            if rounds == 1 and batch == (0, 1):
                assert min(shares.progress[:2]) > 0.7 > 0.3 > max(shares.progress[2:])
    assert shares.progress == pytest.approx([1] * 5)


def test_more_steps_than_expected_never_take_anything_back() -> None:
    shares = Shares(2)
    shares.advance(0.5)
    shares.advance(0.25)
    assert shares.progress == [0.5, 0.5]
    shares.preview(7)  # of no picture that was announced
    shares.advance(1)
    assert shares.progress == [1, 1]
