"""Chinese prompts and a model that reads English only: what is sent, kept and told."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from dalle_studio.core.model import Model
from dalle_studio.core.request import Generate, Place, Request
from dalle_studio.state.composer import Composer
from dalle_studio.state.composition import fields_of
from dalle_studio.state.history import History
from dalle_studio.state.snapshot import composition_of
from dalle_studio.state.stroke import Tool
from dalle_studio.state.studio import Studio
from dalle_studio.storage.models.installed import read_lexicon
from tests.scripted import ScriptedEngine, drawn, recorded
from tests.user import DECODER


@pytest.fixture
def reads_english(starter: Model) -> Model:
    return replace(starter, label="English Diffusion", reads=frozenset(("en",)))


@pytest.fixture
def composer(qtbot: QtBot, reads_english: Model) -> Iterator[Composer]:
    composer = Composer(reads_english, read_lexicon(reads_english), History())
    yield composer
    composer.close()


@pytest.fixture
def engine() -> ScriptedEngine:
    return ScriptedEngine()


@pytest.fixture
def studio(home: Path, qtbot: QtBot, reads_english: Model, engine: ScriptedEngine) -> Iterator[Studio]:
    lexicon = read_lexicon(reads_english)
    studio = Studio(engine, reads_english, lexicon, home / "pictures", data=home / "data", decoder=DECODER)
    yield studio
    studio.close()


def asked(engine: ScriptedEngine, studio: Studio, qtbot: QtBot) -> Request:
    """The last request that came to the engine."""
    qtbot.waitUntil(lambda: bool(engine.requests) and not studio.jobs.jobs, timeout=10_000)
    return engine.requests[-1]


def test_a_chinese_prompt_is_sent_in_english(composer: Composer) -> None:
    composer.add_block("who", "一只猫")
    composer.add_block("doing", "在沙滩上")
    composer.add_block("styles", "水彩画")
    composer.change(negative_prompt="模糊")
    assert composer.value.styles == ("watercolour",)
    assert composer.value.final_prompts == (("水彩画", "一只猫在沙滩上，水彩画"),)
    assert composer.translates
    assert [each.text for each in composer.translations] == ["a cat on a beach, watercolor", "blurry"]
    assert composer.sent("一只猫在沙滩上，水彩画") == "a cat on a beach, watercolor"


def test_a_model_that_reads_it_is_sent_what_was_written(composer: Composer, starter: Model) -> None:
    composer.set_text("一只猫")
    composer.use(starter, read_lexicon(starter))
    assert not composer.translates and composer.sent("一只猫") == "一只猫"


def test_english_is_sent_as_it_is(composer: Composer) -> None:
    composer.set_text("a cat")
    assert not composer.translates and composer.sent("a cat") == "a cat"


def test_the_english_can_be_written_otherwise_and_that_undone(qtbot: QtBot, reads_english: Model) -> None:
    history = History()
    composer = Composer(reads_english, read_lexicon(reads_english), history)
    composer.set_text("一只猫")
    composer.translate({"一只猫": " a fat\n tabby "})
    assert composer.sent("一只猫") == "a fat tabby" and composer.english == {"一只猫": "a fat tabby"}
    history.undo()
    assert composer.sent("一只猫") == "a cat"
    history.redo()
    composer.translate({"一只猫": ""})
    assert composer.sent("一只猫") == "a cat" and composer.value.translated == ()
    composer.close()


def test_what_was_written_for_another_sentence_is_not_sent(composer: Composer) -> None:
    composer.set_text("一只猫")
    composer.translate({"一只猫": "a tabby"})
    composer.set_text("一只狗")
    assert composer.sent("一只狗") == "a dog"
    composer.set_text("一只猫")
    assert composer.sent("一只猫") == "a tabby"


def test_a_sheet_has_english_for_each_subject(composer: Composer) -> None:
    composer.change(who=("一只猫", "一只狗"), doing=("在沙滩上",), each_subject=True)
    assert list(composer.english.values()) == ["a cat on a beach", "a dog on a beach"]


def test_too_much_english_is_a_problem(composer: Composer) -> None:
    composer.set_text("一只猫")
    composer.translate({"一只猫": "cat " * 600})
    assert composer.problem and "characters" in composer.problem.message


def test_a_project_keeps_the_english(composer: Composer) -> None:
    composer.set_text("一只猫")
    composer.translate({"一只猫": "a tabby"})
    assert composition_of({**vars(composer.value)}) == composer.value
    assert composition_of({"translated": [["一只猫", 7]]}).translated == ()


def test_the_engine_is_asked_in_english_and_the_recipe_has_both(
    studio: Studio, engine: ScriptedEngine, qtbot: QtBot
) -> None:
    studio.composer.change(text="一只猫在沙滩上", styles=("oil",), count=1)
    studio.composer.translate({"一只猫在沙滩上": "a tabby on a beach"})
    studio.generate()
    request = asked(engine, studio, qtbot)
    assert isinstance(request, Generate)
    assert (request.prompt, request.said) == ("a tabby on a beach, oil painting", "一只猫在沙滩上，油画")
    recipe = recorded(request).recipe
    assert recipe is not None
    fields = fields_of(recipe, studio.model)
    assert (fields["text"], fields["styles"]) == ("一只猫在沙滩上", ("oil",))
    assert fields["translated"] == (("一只猫在沙滩上", "a tabby on a beach"),)
    assert not studio.notices.notices


def test_regions_are_told_what_they_become(studio: Studio, engine: ScriptedEngine, qtbot: QtBot) -> None:
    studio.show(drawn(1, 96, 64))
    canvas = studio.canvas
    canvas.set_tool(Tool.BRUSH)
    canvas.set_brush_px(20)
    canvas.press(30, 30)
    canvas.drag(60, 40)
    canvas.release(62, 40)
    canvas.set_prompt(1, "一只狗")
    studio.fill()
    request = asked(engine, studio, qtbot)
    assert isinstance(request, Place)
    assert (request.regions[0].prompt, request.regions[0].said) == ("a dog", "一只狗")
    told = [notice.text for notice in studio.notices.notices]
    assert told == ["English Diffusion is told “a dog” for “一只狗”."]


def test_surprises_come_in_the_language_of_the_window(composer: Composer) -> None:
    composer.speak("zh")
    composer.surprise(5)
    known = composer.vocabulary
    assert set(composer.value.who) <= set(known.subjects) and set(composer.value.doing) <= set(known.doings)
    assert all("\u4e00" <= block[0] <= "\u9fff" for block in (*composer.value.who, *composer.value.doing))
    first = composer.value
    composer.surprise(5)
    assert composer.value == first


def test_another_model_leaves_the_language(composer: Composer, starter: Model) -> None:
    composer.speak("zh")
    composer.use(starter, None)
    assert composer.vocabulary.language == "zh"
