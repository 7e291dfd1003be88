"""Whatever the state says can be said in another language: all of it is sentences, and in them is only data."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterable, Iterator
from dataclasses import fields
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from dalle_studio import state
from dalle_studio.core.model import Ability, AddOnKind
from dalle_studio.core.picture import Picture
from dalle_studio.core.request import Follow, Intent
from dalle_studio.core.sentence import Sentence, say, translated
from dalle_studio.state.composition import CALLED, Composition
from dalle_studio.state.sheet import can_stand_on_sheet, contact_sheet_of, footer_of
from dalle_studio.state.stroke import Tool
from dalle_studio.state.studio import Studio
from dalle_studio.state.veil import concerns_of
from dalle_studio.state.verbs import due
from tests.scripted import asking, drawn, recorded
from tests.shelves import add_on, model
from tests.state.desks import Start, picture_file, start, work_on

__all__ = ["start"]
_NAME = re.compile(r"\{\w+\}")


def left(texts: Iterable[str], *data: str) -> list[str]:
    """Of these texts, those with words that a translation would leave as they are."""
    return [text for text in texts if text and _words(text, data)]


def _words(text: str, data: tuple[str, ...]) -> bool:
    said = translated(text, lambda template: " ".join(_NAME.findall(template)))
    for each in sorted(data, key=len, reverse=True):
        said = said.replace(each, "")
    return not isinstance(text, Sentence) or re.search("[A-Za-z]{2,}", said) is not None


class Heard:
    """Every notice of a studio, for as long as it runs."""

    def __init__(self, studio: Studio) -> None:
        self._notices = studio.notices
        self.texts: dict[str, str] = {}
        self._notices.changed.connect(self._hear)

    def _hear(self) -> None:
        for each in self._notices.notices:
            self.texts |= {text: text for text in (each.text, each.remedy, each.action)}


@pytest.fixture
def studio(start: Start) -> Iterator[Studio]:
    studio = start()
    yield studio
    studio.files.finish()


def dues(studio: Studio) -> Iterator[str]:
    composer, canvas = studio.composer, studio.canvas
    composer.change(text="a red car", count=1)
    yield from texts_of(studio)
    composer.change(styles=("oil", "neon"), count=3)
    yield from texts_of(studio)
    composer.change(who=("a blue fox",), each_subject=True)
    yield from texts_of(studio)
    composer.change(who=(), styles=(), each_subject=False)
    canvas.show(drawn(1, 96, 64))
    composer.use(model("editor", Ability.CREATE, add_ons=(add_on("edges", AddOnKind.EDGES),)), None)
    composer.change(guide=Follow.EDGES)
    yield from texts_of(studio)
    composer.use(model("editor", *Ability), None)
    composer.change(text="")
    yield from texts_of(studio, blends=True)
    composer.use(model("editor", Ability.EDIT), None)
    yield from texts_of(studio)
    composer.use(model("toy"), None)
    yield from texts_of(studio)
    composer.use(model("able", *Ability), None)
    composer.change(text="a red car")
    for x in (20, 70):
        canvas.add_region("a dog")
        canvas.set_tool(Tool.MARKER)
        canvas.press(x, 30)
        canvas.release(x, 30)
    for intent in Intent:
        canvas.set_intent(intent)
        yield from texts_of(studio)
    canvas.set_frame_format(3.0)
    yield from texts_of(studio)


def texts_of(studio: Studio, *, blends: bool = False) -> tuple[str, str]:
    now = due(studio.composer, studio.canvas, blends=blends)
    return now.text, now.hint


def test_what_is_due_is_said_in_sentences(studio: Studio) -> None:
    said = list(dues(studio))
    assert {"Fill 2 regions", "2 subjects × 2 styles", "1 picture, with the edges of this one"} <= {
        text.replace("3 pictures", "1 picture") for text in said
    }
    assert not left(said, "EDITOR", "TOY")


def test_what_can_be_undone_is_named_in_sentences(studio: Studio, home: Path) -> None:
    work_on(studio, picture_file(home))
    composer, canvas = studio.composer, studio.canvas
    composer.change(seed=5, seed_locked=True, negative_prompt="blurry")
    composer.add_block("who", "a fox")
    composer.surprise(1)
    composer.clear()
    for tool in (Tool.MARKER, Tool.LASSO, Tool.RECTANGLE, Tool.ERASER):
        canvas.set_tool(tool)
        for x, erases in ((30, False), (40, True)):
            canvas.press(x, 20, erases=erases)
            canvas.drag(x + 20, 20)
            canvas.drag(x + 20, 40)
            canvas.release(x + 20, 40)
    canvas.invert()
    canvas.grow(3)
    canvas.shrink(2)
    canvas.clear()
    canvas.set_frame_format(3.0)
    canvas.add_region("a cat")
    canvas.remove_region(1)
    labels: list[str] = []
    while studio.history.undo_label is not None:
        labels.append(studio.history.undo_label)
        studio.history.undo()
        assert studio.history.redo_label == labels[-1]
    assert {"brush stroke", "erasing by lasso", "change of seed and seed locked and negative prompt"} <= {
        *labels
    }
    assert not left(labels)


def test_every_field_of_a_composition_has_a_name_for_undo() -> None:
    assert set(CALLED) == {field.name for field in fields(Composition)}


def test_notices_are_sentences(studio: Studio, home: Path, qtbot: QtBot) -> None:
    heard, file = Heard(studio), picture_file(home)
    studio.vary()
    studio.upscale()
    studio.save_contact_sheet()
    studio.masks.open(file)
    studio.models.choose("nowhere")
    studio.open_first([file, file])
    studio.show(drawn(1, 9, 9))
    work_on(studio, file)
    studio.exports.export(drawn(1), home / "copy.png", with_recipe=False)
    studio.documents.save(home / "night.ora")
    for _ in range(4):
        studio.references.add(drawn(1))
    studio.files.finish()
    folder = home / "old"
    folder.mkdir()
    picture_file(folder, "one.png", 1)
    (folder / "two.png").write_bytes(b"nothing")
    studio.gallery.import_folder(folder)
    qtbot.waitUntil(lambda: any("cannot be read" in text for text in heard.texts))
    qtbot.waitUntil(lambda: bool(studio.gallery.entries))
    studio.gallery.import_folder(studio.gallery.folder)
    studio.gallery.delete([studio.gallery.entries[0].path])
    studio.gallery.undo_delete()
    studio.composer.set_text("not saved")
    studio.documents.new()
    qtbot.waitUntil(lambda: bool(studio.recovery.works) and studio.recovery.works[0].is_read)
    studio.recovery.discard(studio.recovery.works[0])
    assert len(heard.texts) > 25
    names = ("painting.png", "copy.png", "night.ora", "night", "nowhere", "one", "png", "old", "pictures")
    assert not left(heard.texts.values(), *names)


def test_progress_of_an_import_is_a_sentence_that_came_from_another_thread(
    studio: Studio, home: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("dalle_studio.state.imports._NEWS_S", 0.0)
    heard, folder = Heard(studio), home / "old"
    folder.mkdir()
    for seed in range(3):
        picture_file(folder, f"{seed}.png", seed)
    studio.gallery.import_folder(folder)
    qtbot.waitUntil(lambda: any(re.search("old: . of 3", text) for text in heard.texts))
    assert not left(heard.texts.values(), "old")


def test_jobs_and_tiles_are_named_in_sentences(studio: Studio, qtbot: QtBot) -> None:
    named: list[str] = []
    studio.jobs.changed.connect(lambda: named.extend(job.title for job in studio.jobs.jobs))
    studio.show(drawn(1, 96, 64))
    studio.vary()
    studio.upscale()
    studio.canvas.set_frame_format(3.0)
    studio.composer.change(text="a red car", styles=("oil", "neon"))
    studio.extend()
    qtbot.waitUntil(lambda: not studio.jobs.jobs)
    labels = [tile.label for tile in studio.candidates.candidates]
    assert {"Variations of a picture", "Extending a picture · oil"} <= {*named} and "oil 1" in labels
    assert not left(named, "oil", "neon")
    assert not left((label for label in labels if label != "2048 × 1365"), "oil", "neon")


def test_a_contact_sheet_is_written_in_the_language_of_the_window(studio: Studio, qtbot: QtBot) -> None:
    studio.composer.change(text="a red car", count=1)
    studio.make()
    qtbot.waitUntil(lambda: bool(can_stand_on_sheet(studio.candidates.candidates)))
    tiles = studio.candidates.candidates
    asked: list[str] = []

    def told(text: str) -> str:
        asked.append(text)
        return text

    contact_sheet_of(tiles, studio.files.read, footer_of(len(tiles), "TOY"), told)
    assert {"Contact sheet", "1 picture · TOY · Dalle Studio"} <= {*asked} and tiles[0].label in asked
    assert not left((text for text in asked if text != "a red car"), "TOY")


def test_concerns_that_come_from_a_file_are_sentences_again() -> None:
    plain, kept = "It could not be checked.", say("Of {share}.", share="97%")
    picture = recorded(asking())
    assert picture.recipe is not None
    object.__setattr__(picture.recipe.provenance, "concerns", (plain, kept))
    read = concerns_of(Picture(picture.pixels, picture.recipe))
    assert read == (plain, kept) and not left(read, "97%")


def test_no_error_and_no_notice_is_a_plain_text() -> None:
    plain = [
        f"{path.name}:{call.lineno}"
        for path in Path(state.__path__[0]).glob("*.py")
        for call in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(call, ast.Call) and _tells(call) and any(_is_plain(text) for text in _told_in(call))
    ]
    assert not plain


def _tells(call: ast.Call) -> bool:
    name = call.func.attr if isinstance(call.func, ast.Attribute) else getattr(call.func, "id", "")
    return name in ("tell", "_tell", "InvalidRequest", "CannotWrite", "EngineError", "UnreadablePicture")


def _told_in(call: ast.Call) -> list[ast.expr]:
    named = [each.value for each in call.keywords if each.arg in ("remedy", "action")]
    return [*call.args[:2], *named]


def _is_plain(text: ast.expr) -> bool:
    return isinstance(text, ast.JoinedStr) or (isinstance(text, ast.Constant) and isinstance(text.value, str))
