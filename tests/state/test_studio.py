"""The studio without a window: what people want becomes requests, and what comes of them is looked at."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from PIL import Image
from PySide6.QtTest import QSignalSpy
from pytestqt.qtbot import QtBot

from dalle_studio.core.format import Size
from dalle_studio.core.model import Model
from dalle_studio.core.picture import Picture
from dalle_studio.core.request import Extend, Generate, Place, Upscale, Vary
from dalle_studio.state import files
from dalle_studio.state.candidate import Candidate, CandidateState
from dalle_studio.state.notices import Level
from dalle_studio.state.stroke import Tool
from dalle_studio.state.studio import Studio
from dalle_studio.storage.library import open_picture, save_picture
from tests.scripted import LOST, ScriptedEngine, asking, drawn, recorded
from tests.storage import bad_readers
from tests.user import DECODER


class Desk:
    def __init__(self, studio: Studio, engine: ScriptedEngine, qtbot: QtBot, folder: Path) -> None:
        self.studio, self.engine, self.folder = studio, engine, folder
        self._qtbot = qtbot

    @property
    def tiles(self) -> tuple[Candidate, ...]:
        return self.studio.candidates.candidates

    @property
    def notice(self) -> tuple[str, str]:
        """The last message and its remedy."""
        newest = self.studio.notices.notices[-1]
        assert newest.level is Level.ERROR
        return newest.text, newest.remedy

    def wait(self, what: Callable[[], object]) -> None:
        self._qtbot.waitUntil(lambda: bool(what()))

    def made(self) -> None:
        """Wait until nothing is being made."""
        undone = (CandidateState.WAITING, CandidateState.MAKING)
        self.wait(lambda: not self.studio.jobs.jobs and not any(t.state in undone for t in self.tiles))

    def mark(self, x: float, y: float, prompt: str = "") -> None:
        self.studio.canvas.add_region(prompt)
        self.studio.canvas.set_tool(Tool.MARKER)
        self.studio.canvas.press(x, y)
        self.studio.canvas.release(x, y)

    def file(self, name: str, picture: Picture) -> Path:
        path = self.folder / name
        Image.fromarray(picture.pixels).save(path)
        return path


MakeDesk = Callable[..., Desk]


@pytest.fixture
def make_desk(home: Path, qtbot: QtBot, starter: Model) -> Iterator[MakeDesk]:
    studios: list[Studio] = []

    def make(engine: ScriptedEngine | None = None) -> Desk:
        engine = engine or ScriptedEngine()
        studios.append(Studio(engine, starter, None, home / "pictures", decoder=DECODER))
        studios[-1].composer.change(speed="draft", count=2)
        return Desk(studios[-1], engine, qtbot, home)

    yield make
    for studio in studios:
        studio.close()


@pytest.fixture
def desk(make_desk: MakeDesk) -> Desk:
    return make_desk()


# Making


def test_generating_asks_for_what_is_composed(desk: Desk) -> None:
    desk.studio.composer.change(
        text="a cat", format="banner", seed=7, seed_locked=True, negative_prompt="rain"
    )
    desk.studio.make()
    desk.made()
    (request,) = desk.engine.requests
    assert isinstance(request, Generate)
    assert (request.prompt, request.size, request.model) == ("a cat", Size(1536, 512), "starter")
    sampling = request.sampling
    assert (sampling.seed, sampling.count, sampling.steps) == (7, 2, 6)
    assert sampling.negative_prompt == "rain"


def test_each_style_is_asked_for_with_the_same_seed(desk: Desk) -> None:
    desk.studio.composer.change(text="a cat", styles=("oil", "neon"))
    desk.studio.make()
    desk.made()
    prompts = [request.prompt for request in desk.engine.requests if isinstance(request, Generate)]
    assert prompts == ["a cat, oil painting", "a cat, neon"]
    seeds = {request.sampling.seed for request in desk.engine.requests if isinstance(request, Generate)}
    assert len(seeds) == 1
    assert [tile.label for tile in desk.tiles] == ["oil 1", "oil 2", "neon 1", "neon 2"]


def test_what_is_made_is_in_files_and_remembered(desk: Desk) -> None:
    desk.studio.composer.set_text("a cat")
    desk.studio.make()
    desk.made()
    assert all(tile.path is not None and tile.path.is_file() for tile in desk.tiles)
    assert desk.studio.composer.prompt_history == ("a cat",)


def test_regions_are_filled_each_with_its_own_words(desk: Desk) -> None:
    desk.studio.show(drawn(1, 64, 64))
    desk.studio.composer.set_text("a cat")
    desk.mark(16, 32, "a dog")
    desk.mark(48, 32)
    desk.studio.canvas.set_feather_px(5)
    desk.studio.make()
    desk.made()
    (request,) = desk.engine.requests
    assert isinstance(request, Place)
    assert [region.prompt for region in request.regions] == ["a dog", "a cat"]
    assert request.regions[0].mask[32, 16] == 255 and request.regions[0].mask[32, 60] == 0
    assert request.feather_px == 5 and request.sampling.count == 2


def test_a_picture_alone_is_varied_as_far_as_was_set(desk: Desk) -> None:
    source = recorded(asking("a lighthouse"))
    desk.studio.composer.change(how_far=0.8)
    desk.studio.show(source)
    desk.studio.make()
    desk.made()
    (request,) = desk.engine.requests
    assert isinstance(request, Vary) and request.source is source
    assert (request.prompt, request.how_far) == ("a lighthouse", 0.8)
    assert request.size.aspect == pytest.approx(source.size.aspect, rel=0.01)


def test_a_candidate_is_varied(desk: Desk) -> None:
    desk.studio.composer.set_text("a cat")
    desk.studio.make()
    desk.made()
    second = desk.tiles[1]
    desk.studio.vary_candidate(second.number)
    desk.made()
    request = desk.engine.requests[-1]
    assert isinstance(request, Vary) and second.picture is not None
    assert request.source.sha256 == second.picture.sha256
    assert request.prompt == "a cat"


def test_extending_asks_for_the_frame_in_each_style(desk: Desk) -> None:
    desk.studio.show(drawn(1, 64, 64))
    desk.studio.canvas.set_frame_format(3.0)
    desk.studio.composer.change(text="a beach", styles=("oil", "neon"), count=1)
    assert desk.studio.due.pictures == 2
    desk.studio.make()
    desk.made()
    requests = [request for request in desk.engine.requests if isinstance(request, Extend)]
    assert [request.prompt for request in requests] == ["a beach, oil painting", "a beach, neon"]
    assert {request.size for request in requests} == {Size(192, 64)}


def test_extending_without_words_goes_by_the_pictures_own(desk: Desk) -> None:
    desk.studio.show(recorded(asking("a lighthouse")))
    desk.studio.canvas.set_frame_format(3.0)
    desk.studio.make()
    desk.made()
    (request,) = desk.engine.requests
    assert isinstance(request, Extend) and request.prompt == "a lighthouse"


def test_enlarging_doubles_at_least(desk: Desk) -> None:
    desk.studio.show(drawn(1, 1600, 800))
    desk.studio.upscale()
    desk.made()
    (request,) = desk.engine.requests
    assert isinstance(request, Upscale) and request.size == Size(3200, 1600)


@pytest.mark.parametrize("want", [Studio.vary, Studio.upscale])
def test_without_a_picture_there_is_nothing_to_start_from(desk: Desk, want: Callable[[Studio], None]) -> None:
    want(desk.studio)
    assert desk.notice[0].startswith("There is no picture to")
    assert desk.notice[1] == "Open or generate one first."
    assert desk.tiles == ()


# Being refused


def test_an_empty_prompt_is_a_sentence_and_a_remedy(desk: Desk) -> None:
    desk.studio.make()
    assert desk.notice == ("The prompt is empty.", "Say what you want to see, for example “a red car”.")
    assert desk.engine.requests == [] and desk.tiles == ()


def test_a_prompt_of_ten_thousand_characters_is_refused_and_stays(desk: Desk) -> None:
    text = "a cat " * 1667
    desk.studio.composer.set_text(text)
    desk.studio.make()
    assert "characters" in desk.notice[0] and desk.notice[1].startswith("Shorten it")
    assert desk.studio.composer.value.text == text and desk.tiles == ()


def test_a_picture_is_not_varied_with_a_sentence_too_long(desk: Desk) -> None:
    desk.studio.composer.set_text("a cat " * 1667)
    desk.studio.show(drawn(1))
    desk.studio.vary()
    assert desk.notice[1].startswith("Shorten it") and desk.tiles == ()


def test_what_is_as_large_as_can_be_is_not_enlarged(desk: Desk) -> None:
    desk.studio.show(drawn(1, 8192, 16))
    desk.studio.upscale()
    assert desk.notice[1] and desk.tiles == ()


def test_a_failure_of_the_engine_is_told_once_and_its_tiles_say_so(make_desk: MakeDesk) -> None:
    desk = make_desk(ScriptedEngine(error=LOST))
    desk.studio.composer.set_text("a cat")
    desk.studio.make()
    desk.made()
    assert desk.notice == (LOST.message, LOST.remedy)
    assert {tile.state for tile in desk.tiles} == {CandidateState.FAILED}


# Looking


def test_the_first_picture_comes_to_the_canvas(desk: Desk) -> None:
    desk.studio.composer.set_text("a cat")
    desk.studio.make()
    desk.made()
    current = desk.studio.candidates.current
    assert current is not None and current.index == 0
    assert desk.studio.canvas.picture is current.picture


def test_the_first_that_is_left_comes_where_the_first_was_discarded(make_desk: MakeDesk) -> None:
    desk = make_desk(ScriptedEngine(free=False))
    desk.studio.composer.set_text("a cat")
    desk.studio.make()
    desk.studio.candidates.discard(desk.tiles[0].number)
    desk.engine.go(20)
    desk.made()
    assert desk.studio.canvas.picture is not None
    assert desk.studio.candidates.current is desk.tiles[0]


def test_whoever_looks_at_a_candidate_is_not_disturbed(make_desk: MakeDesk) -> None:
    desk = make_desk(ScriptedEngine(free=False))
    desk.studio.composer.set_text("a cat")
    desk.studio.make()
    desk.engine.go(20)
    desk.made()
    desk.studio.make()
    desk.studio.look_at(desk.tiles[1].number)
    desk.engine.go(20)
    desk.made()
    assert desk.studio.candidates.current is desk.tiles[1]
    assert desk.studio.canvas.picture is desk.tiles[1].picture


def filled(desk: Desk) -> None:
    """A picture with a filled region, its first candidate looked at."""
    desk.studio.show(drawn(1, 64, 64))
    desk.studio.composer.set_text("a cat")
    desk.mark(16, 32)
    desk.studio.make()
    desk.made()


def test_a_candidate_is_looked_at_without_losing_the_regions(desk: Desk) -> None:
    filled(desk)
    studio = desk.studio
    assert studio.viewed is not None and studio.viewed.index == 0
    assert studio.canvas.picture is not studio.viewed.picture
    assert len(studio.canvas.regions) == 1
    studio.look_at_canvas()
    assert studio.viewed is None and studio.candidates.current is None


def test_painting_goes_back_to_the_picture_with_its_regions(desk: Desk) -> None:
    filled(desk)
    spy = QSignalSpy(desk.studio.changed)
    desk.studio.canvas.set_tool(Tool.BRUSH)
    assert desk.studio.viewed is not None
    desk.studio.canvas.press(40, 40)
    assert desk.studio.viewed is None and spy.count() > 0


@pytest.mark.parametrize(
    "change",
    [
        lambda studio: studio.history.undo(),
        lambda studio: studio.canvas.clear(),
        lambda studio: studio.canvas.remove_region(1),
        lambda studio: studio.canvas.set_frame_format(3.0),
    ],
    ids=["undo", "clear", "remove", "frame"],
)
def test_what_changes_the_regions_is_seen(desk: Desk, change: Callable[[Studio], None]) -> None:
    filled(desk)
    change(desk.studio)
    assert desk.studio.viewed is None


def test_another_tool_or_brush_changes_nothing_on_show(desk: Desk) -> None:
    filled(desk)
    desk.studio.canvas.set_tool(Tool.LASSO)
    desk.studio.canvas.set_brush_px(9)
    assert desk.studio.viewed is not None


def test_a_candidate_that_goes_is_not_looked_at_any_more(desk: Desk) -> None:
    desk.studio.composer.change(count=1)
    filled(desk)
    desk.studio.candidates.discard(desk.tiles[0].number)
    assert desk.studio.viewed is None


def test_a_candidate_becomes_the_picture_to_paint_on(desk: Desk) -> None:
    filled(desk)
    viewed = desk.studio.viewed
    assert viewed is not None
    desk.studio.place_into(viewed.number)
    assert desk.studio.viewed is None
    assert desk.studio.canvas.picture is viewed.picture and desk.studio.canvas.regions == ()
    desk.studio.history.undo()
    assert len(desk.studio.canvas.regions) == 1


# Files


def test_a_picture_comes_from_a_file(desk: Desk) -> None:
    path = desk.file("b.png", drawn(5))
    desk.studio.open(path)
    desk.studio.files.finish()
    assert desk.studio.canvas.picture is not None and desk.studio.canvas.picture.name == "b.png"


def test_what_is_opened_is_no_candidate(desk: Desk) -> None:
    desk.studio.composer.change(text="a cat", count=1)
    desk.studio.make()
    desk.made()
    assert desk.studio.candidates.current is not None
    desk.studio.show(drawn(5))
    assert desk.studio.candidates.current is None


def bad_file(folder: Path, kind: str) -> Path:
    path = folder / f"{kind}.png"
    match kind:
        case "truncated":
            Image.fromarray(drawn(1, 200, 200).pixels).save(path)
            path.write_bytes(path.read_bytes()[:4000])
        case "dot":
            Image.new("RGB", (1, 1)).save(path)
        case "huge":
            Image.new("1", (20000, 20000)).save(path, compress_level=1)
        case "text":
            path.write_text("no picture")
        case _:
            return folder if kind == "folder" else path
    return path


@pytest.mark.parametrize("kind", ["missing", "folder", "truncated", "dot", "huge", "text"])
def test_a_file_that_cannot_be_read_leaves_everything_as_it_was(desk: Desk, kind: str) -> None:
    before = drawn(3, 64, 64)
    desk.studio.show(before)
    desk.mark(16, 32)
    desk.studio.open(bad_file(desk.folder, kind))
    desk.studio.files.finish()
    assert all(desk.notice)
    assert desk.studio.canvas.picture is before and len(desk.studio.canvas.regions) == 1


@pytest.mark.parametrize("size", [(1, 1), (8200, 16), (16, 15)])
def test_a_pasted_picture_too_small_or_large_is_refused(desk: Desk, size: tuple[int, int]) -> None:
    desk.studio.show(drawn(1, *size))
    assert desk.studio.canvas.picture is None
    assert "pixels" in desk.notice[0] and desk.notice[1]


def test_a_mask_goes_out_and_comes_in_again(desk: Desk) -> None:
    desk.studio.show(drawn(1, 64, 64))
    desk.mark(16, 32)
    mask = desk.studio.canvas.export_mask()
    desk.studio.masks.save(desk.folder / "mask")
    desk.studio.canvas.clear()
    desk.studio.masks.open(desk.folder / "mask.png")
    desk.studio.files.finish()
    assert np.array_equal(desk.studio.canvas.export_mask(), mask)


def test_a_mask_that_cannot_be_written_is_told(desk: Desk) -> None:
    desk.studio.show(drawn(1, 64, 64))
    desk.mark(16, 32)
    desk.studio.masks.save(desk.folder / "no such folder" / "mask.png")
    desk.studio.files.finish()
    assert "cannot be written" in desk.notice[0] and desk.notice[1]


def test_an_empty_mask_is_not_written(desk: Desk) -> None:
    desk.studio.show(drawn(1, 64, 64))
    desk.studio.masks.save(desk.folder / "mask.png")
    desk.studio.files.finish()
    assert desk.notice[0] == "Nothing is painted yet."
    assert not (desk.folder / "mask.png").exists()


def test_a_mask_for_no_picture_and_one_of_another_size_are_refused(desk: Desk) -> None:
    mask = desk.file("mask.png", drawn(2, 30, 64))
    desk.studio.masks.open(mask)
    assert desk.notice[0] == "There is no picture to paint on."
    desk.studio.show(drawn(1, 64, 64))
    desk.studio.masks.open(mask)
    desk.studio.files.finish()
    assert "30 × 64" in desk.notice[0] and desk.studio.canvas.regions == ()


def test_a_second_picture_is_laid_beside(desk: Desk) -> None:
    desk.studio.show(drawn(1, 64, 64))
    desk.studio.compare_with(desk.file("b.png", drawn(2, 64, 64)))
    desk.studio.files.finish()
    compare = desk.studio.canvas.compare
    assert compare is not None and np.array_equal(compare.pixels, drawn(2, 64, 64).pixels)


# Recipes


def test_a_recipe_is_used_whole_or_as_a_remix_or_for_its_seed(desk: Desk) -> None:
    studio = desk.studio
    entry = studio.gallery.save(recorded(asking("a lighthouse", seed=77)), "lighthouse")
    studio.use(entry, seed=False)
    assert studio.composer.value.text == "a lighthouse" and not studio.composer.value.seed_locked
    studio.composer.set_text("a cat")
    studio.use(entry, seed=True, prompt=False)
    assert (studio.composer.value.text, studio.composer.value.seed) == ("a cat", 77)
    studio.use(entry, seed=True)
    assert studio.composer.value.text == "a lighthouse" and studio.composer.value.seed_locked


def test_a_picture_from_elsewhere_has_no_recipe_to_use(desk: Desk) -> None:
    entry = desk.studio.gallery.save(drawn(1), "holiday")
    desk.studio.use(entry, seed=True)
    assert desk.notice == ("This picture carries no recipe.", "Only pictures made by Dalle Studio do.")


def test_a_damaged_recipe_is_told_and_changes_nothing(desk: Desk) -> None:
    picture = recorded(asking("a lighthouse"))
    assert picture.recipe is not None
    request = {**picture.recipe.request, "sampling": {"seed": "x"}}
    damaged = replace(picture, recipe=replace(picture.recipe, request=request))
    entry = desk.studio.gallery.save(damaged, "lighthouse")
    desk.studio.composer.set_text("a cat")
    desk.studio.use(entry, seed=True)
    assert "damaged" in desk.notice[0] and desk.studio.composer.value.text == "a cat"


def test_an_opened_picture_is_varied_by_its_own_prompt(desk: Desk) -> None:
    path = save_picture(recorded(asking("a lighthouse")), desk.folder, "lighthouse")
    desk.studio.vary_file(path)
    desk.studio.files.finish()
    desk.made()
    (request,) = desk.engine.requests
    assert isinstance(request, Vary) and request.prompt == "a lighthouse"
    made = open_picture(next((desk.folder / "pictures").glob("*/*.png")))
    assert made.recipe is not None and made.recipe.parents[0].name == "lighthouse.png"


# Ending


def test_what_is_finished_when_it_ends_is_saved(make_desk: MakeDesk) -> None:
    desk = make_desk(ScriptedEngine(free=False))
    desk.studio.composer.set_text("a cat")
    desk.studio.make()
    desk.studio.make()
    desk.engine.go(7)
    desk.wait(lambda: len(desk.engine.requests) == 2)
    desk.studio.close()
    assert len(list((desk.folder / "pictures").glob("*/*.png"))) == 2
    assert desk.studio.jobs.jobs == ()


def test_where_the_disk_is_full_nothing_is_begun(
    make_desk: MakeDesk, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk = make_desk()
    desk.studio.composer.set_text("a cat")
    with monkeypatch.context() as patch:
        usage = shutil._ntuple_diskusage(0, 0, 10 * 1024**2)
        patch.setattr(shutil, "disk_usage", lambda _: usage)
        desk.studio.make()
    text, remedy = desk.notice
    assert "has only 10 MB left" in text and remedy.startswith("Free some space")
    assert desk.tiles == () and desk.engine.requests == []
    desk.studio.make()
    desk.made()
    assert len(desk.tiles) == 2


def test_of_several_files_the_first_is_opened(make_desk: MakeDesk) -> None:
    desk = make_desk()
    studio = desk.studio
    studio.open_first([desk.file(name, drawn(1)) for name in ("a.png", "b.png")])
    studio.files.finish()
    assert studio.canvas.picture and studio.canvas.picture.name == "a.png"
    assert studio.notices.notices[-1].text == "Of 2 files only the first, a.png, is opened."


def test_a_file_that_breaks_the_decoder_is_a_notice(
    make_desk: MakeDesk, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk = make_desk()
    with monkeypatch.context() as patch:
        patch.setattr(files, "open_picture", bad_readers.crash)
        desk.studio.open(desk.file("bad.png", drawn(1)))
        desk.studio.files.finish()
    text, remedy = desk.notice
    assert text == "bad.png could not be decoded, and was not opened." and remedy
    desk.studio.open(desk.file("good.png", drawn(1)))
    desk.studio.files.finish()
    assert desk.studio.canvas.picture and desk.studio.canvas.picture.name == "good.png"


def test_every_picture_that_comes_in_is_decoded_elsewhere(
    make_desk: MakeDesk, monkeypatch: pytest.MonkeyPatch
) -> None:
    """In this process no picture file is decoded: whoever tries fails."""

    def refuse(*_: object, **__: object) -> None:
        raise AssertionError("decoded in the window's process")

    desk = make_desk()
    studio, path = desk.studio, desk.file("a.png", drawn(1))
    studio.open(path)
    studio.files.finish()
    studio.documents.save(desk.folder / "a.ora")
    studio.files.finish()
    monkeypatch.setattr(Image, "open", refuse)
    studio.open(desk.folder / "a.ora")
    studio.files.finish()
    desk.mark(10, 10)
    studio.masks.open(path)
    studio.blend_with_file(path)
    studio.compare_with(path)
    studio.show_bytes(path.read_bytes(), "pasted")
    studio.files.finish()
    assert studio.canvas.picture and studio.canvas.picture.name == "pasted"
    assert not [notice for notice in studio.notices.notices if notice.level is Level.ERROR]
