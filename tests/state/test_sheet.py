"""Contact sheets: every subject in every style, and one labelled picture of them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from pytestqt.qtbot import QtBot

from dalle_studio.core.errors import CannotWrite
from dalle_studio.core.model import Model
from dalle_studio.core.picture import Picture
from dalle_studio.core.request import Generate
from dalle_studio.state.candidate import Candidate, CandidateState
from dalle_studio.state.sheet import can_stand_on_sheet, contact_sheet_of
from dalle_studio.state.studio import Studio
from dalle_studio.storage.library import open_picture, save_picture
from tests.scripted import ScriptedEngine, drawn

READY = CandidateState.READY


@pytest.fixture
def engine() -> ScriptedEngine:
    return ScriptedEngine()


@pytest.fixture
def studio(qtbot: QtBot, engine: ScriptedEngine, starter: Model, tmp_path: Path) -> Iterator[Studio]:
    studio = Studio(engine, starter, None, tmp_path / "gallery")
    yield studio
    studio.close()


def compose(studio: Studio, *styles: str) -> None:
    studio.composer.set_text("a cat")
    studio.composer.add_block("who", "a dog")
    studio.composer.add_block("doing", "on a beach")
    for style in styles:
        studio.composer.add_block("styles", style)
    studio.composer.change(each_subject=True)


def finish(qtbot: QtBot, studio: Studio) -> None:
    tiles = studio.candidates
    qtbot.waitUntil(lambda: not studio.jobs.jobs and all(tile.path for tile in tiles.candidates))


def made(engine: ScriptedEngine) -> list[Generate]:
    return [request for request in engine.requests if isinstance(request, Generate)]


def tile(number: int, title: str, label: str, picture: Picture | None, path: Path | None = None) -> Candidate:
    made = Candidate(number=number, job=1, index=number, label=label, title=title, state=READY)
    return replace(made, picture=picture, path=path)


def test_every_subject_is_made_in_every_style_once(
    qtbot: QtBot, studio: Studio, engine: ScriptedEngine
) -> None:
    compose(studio, "oil", "neon")
    studio.composer.change(count=4)
    assert (studio.due.hint, studio.due.pictures) == ("2 subjects × 2 styles", 4)
    studio.make()
    finish(qtbot, studio)
    assert [request.prompt for request in made(engine)] == [
        "a cat on a beach, oil painting",
        "a cat on a beach, neon",
        "a dog on a beach, oil painting",
        "a dog on a beach, neon",
    ]
    assert len({request.sampling for request in made(engine)}) == 1
    assert made(engine)[0].sampling.count == 1
    tiles = studio.candidates.candidates
    assert [tile.label for tile in tiles] == ["a cat · oil", "a cat · neon", "a dog · oil", "a dog · neon"]
    assert [tile.title for tile in tiles] == ["a cat on a beach"] * 2 + ["a dog on a beach"] * 2
    names = {tile.path.name for tile in tiles if tile.path}
    assert "a-cat-on-a-beach-oil.png" in names


def test_without_styles_there_is_one_of_each_subject(
    qtbot: QtBot, studio: Studio, engine: ScriptedEngine
) -> None:
    compose(studio)
    assert (studio.due.hint, studio.due.pictures) == ("2 subjects", 2)
    studio.make()
    finish(qtbot, studio)
    assert [tile.label for tile in studio.candidates.candidates] == ["a cat", "a dog"]


def test_one_subject_is_no_sheet(studio: Studio) -> None:
    compose(studio, "oil")
    studio.composer.remove_block("who", 0)
    studio.composer.change(count=3)
    assert studio.composer.value.final_prompts == (("oil", "a cat on a beach, oil painting"),)
    assert studio.due.pictures == 3


def test_the_switch_is_undone_and_recalled_with_the_prompt(studio: Studio) -> None:
    compose(studio)
    studio.composer.remember()
    studio.history.undo()
    assert not studio.composer.value.is_sheet
    studio.history.redo()
    studio.composer.clear()
    assert not studio.composer.value.each_subject
    studio.composer.recall(-1)
    assert studio.composer.value.is_sheet


def test_a_sheet_is_saved_beside_the_pictures(qtbot: QtBot, studio: Studio) -> None:
    compose(studio, "oil", "neon")
    studio.make()
    finish(qtbot, studio)
    before = {entry.path for entry in studio.gallery.entries}
    studio.save_contact_sheet()
    qtbot.waitUntil(lambda: any(notice.key == "sheet" for notice in studio.notices.notices))
    (entry,) = [entry for entry in studio.gallery.entries if entry.path not in before]
    assert entry.name == "contact-sheet.png" and studio.gallery.selected == entry
    assert open_picture(entry.path).size.width_px == 1792
    assert len(studio.candidates.candidates) == 4, "a sheet is no candidate"


def test_without_pictures_there_is_no_sheet(studio: Studio) -> None:
    studio.save_contact_sheet()
    (notice,) = studio.notices.notices
    assert "no finished picture" in notice.text and notice.remedy


def test_a_sheet_that_cannot_be_written_is_told(
    qtbot: QtBot, studio: Studio, monkeypatch: pytest.MonkeyPatch
) -> None:
    compose(studio)
    studio.make()
    finish(qtbot, studio)

    def refuse(*_: object) -> None:
        raise CannotWrite("The disk is full.", "Make room.")

    monkeypatch.setattr("dalle_studio.storage.pictures.library.save_picture", refuse)
    studio.save_contact_sheet()
    qtbot.waitUntil(lambda: any(notice.text == "The disk is full." for notice in studio.notices.notices))


def test_pixels_that_were_let_go_are_read_again(tmp_path: Path) -> None:
    pictures = [drawn(seed) for seed in (1, 2)]
    paths = [save_picture(picture, tmp_path, "p") for picture in pictures]
    in_memory = [tile(n, "a cat", f"seed {n}", picture) for n, picture in enumerate(pictures)]
    in_files = [tile(n, "a cat", f"seed {n}", None, path) for n, path in enumerate(paths)]
    one, other = (contact_sheet_of(tiles, open_picture, "") for tiles in (in_memory, in_files))
    assert np.array_equal(one.pixels, other.pixels)


def test_rows_are_of_one_sentence_and_no_longer_than_eight() -> None:
    def height(*titles: str) -> int:
        tiles = [tile(n, title, "", drawn(1)) for n, title in enumerate(titles)]
        return contact_sheet_of(tiles, open_picture, "").size.height_px

    assert height("a", "a") < height("a", "b")
    assert height("a", "b", "a") == height("a", "a", "b")
    assert height(*["a"] * 8) < height(*["a"] * 9)


def test_only_finished_candidates_stand_on_a_sheet() -> None:
    waiting = replace(tile(2, "a", "", None), state=CandidateState.MAKING)
    assert can_stand_on_sheet([tile(1, "a", "", drawn(1)), waiting])[0].number == 1
    assert not can_stand_on_sheet([waiting])
