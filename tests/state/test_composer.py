"""The composition: blocks to sentences, undo, seeds, recipes, and words that are not known."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import numpy as np
import pytest
from pytestqt.qtbot import QtBot

from dalle_studio.core.errors import InvalidRequest, StudioError, UnreadablePicture
from dalle_studio.core.format import FORMATS, Size
from dalle_studio.core.mask import Mask
from dalle_studio.core.picture import Picture
from dalle_studio.core.prompt import MAX_PROMPT_CHARS, STYLES
from dalle_studio.core.recipe import Provenance, Recipe, record
from dalle_studio.core.request import (
    MAX_SEED,
    Generate,
    Keep,
    Place,
    Region,
    Request,
    Sampling,
    Upscale,
    Vary,
)
from dalle_studio.core.scene import Lexicon
from dalle_studio.state.composer import Composer, Composition
from dalle_studio.state.history import History
from dalle_studio.storage.models.installed import find_model, read_lexicon
from tests.support import scene

PROVENANCE = Provenance(
    model_version="1",
    device="cpu",
    precision="float32",
    native="256 × 256",
    upscaler="",
    elapsed_s=1.0,
    created="2026-11-24T00:00:00+00:00",
    software="Dalle Studio",
)


class Clock:
    """Time that passes when told."""

    now_s = 0.0

    def __call__(self) -> float:
        return self.now_s


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def history(qtbot: QtBot, clock: Clock) -> History:
    return History(clock=clock)


@pytest.fixture
def composer(history: History) -> Composer:
    return Composer(find_model(), None, history)


@pytest.fixture(scope="module")
def lexicon() -> Lexicon:
    lexicon = read_lexicon(find_model())
    assert lexicon is not None
    return lexicon


@pytest.fixture
def reading(history: History, lexicon: Lexicon) -> Iterator[Composer]:
    composer = Composer(find_model(), lexicon, history)
    yield composer
    composer.close()


# the sentence


def test_blocks_become_a_sentence_and_one_prompt_for_each_style() -> None:
    composition = Composition(
        text="Teddy bears",
        who=("a robot", "a cat"),
        doing=("shopping for groceries", "at night"),
        styles=("ukiyo-e", "oil"),
    )
    sentence = "Teddy bears, a robot and a cat shopping for groceries at night"
    assert composition.sentence == sentence
    assert composition.final_prompts == (
        ("ukiyo-e", f"{sentence} in the style of ukiyo-e"),
        ("oil", f"{sentence}, oil painting"),
    )


def test_without_a_style_there_is_one_prompt() -> None:
    assert Composition(text="  a\n cat ").final_prompts == (("", "a cat"),)


# blocks and undo


def test_blocks_are_added_moved_edited_and_removed(composer: Composer) -> None:
    for text in ("a cat", " a dog ", "", "  ", "an owl"):
        composer.add_block("who", text)
    assert composer.value.who == ("a cat", "a dog", "an owl")
    composer.move_block("who", 0, 2)
    assert composer.value.who == ("a dog", "an owl", "a cat")
    composer.edit_block("who", 1, "two owls")
    assert composer.value.who == ("a dog", "two owls", "a cat")
    composer.edit_block("who", 0, " ")
    composer.remove_block("who", 1)
    assert composer.value.who == ("two owls",)
    composer.add_block("doing", "on a beach")
    assert composer.value.sentence == "two owls on a beach"


def test_styles_are_known_and_there_once(composer: Composer) -> None:
    for name in ("watercolor", "oil", "oil painting", "Ukiyo-E"):
        composer.add_block("styles", name)
    assert composer.value.styles == ("watercolour", "oil", "ukiyo-e")
    with pytest.raises(InvalidRequest, match="no style called “sculpture”"):
        composer.add_block("styles", "sculpture")
    assert composer.value.styles == ("watercolour", "oil", "ukiyo-e")


def test_every_edit_is_a_step_back_and_forth(composer: Composer, history: History) -> None:
    composer.set_text("a cat")
    composer.add_block("who", "a dog")
    composer.add_block("doing", "on a beach")
    composer.move_block("who", 0, 0)  # changes nothing
    composer.change(format="banner", count=2)
    composer.remove_block("doing", 0)
    composer.surprise(1)
    composer.clear()
    values = [composer.value]
    while history.undo_label is not None:
        history.undo()
        values.append(composer.value)
    assert len(values) == 8
    assert values[-1] == Composition()
    assert values[3] == Composition(
        text="a cat", who=("a dog",), doing=("on a beach",), format="banner", count=2
    )
    for value in reversed(values[:-1]):
        history.redo()
        assert composer.value == value


def test_what_changes_nothing_is_no_step_and_is_not_told(
    qtbot: QtBot, composer: Composer, history: History
) -> None:
    with qtbot.assertNotEmitted(composer.changed):
        composer.change(format="square", count=4)
        composer.set_text("")
        composer.clear()
        composer.add_block("who", " ")
    assert history.undo_label is None
    for act in (lambda: composer.set_text("a"), history.undo, history.redo):
        with qtbot.waitSignal(composer.changed):
            act()


def test_typing_and_dragging_without_a_pause_are_one_step(
    composer: Composer, history: History, clock: Clock
) -> None:
    for text in ("a", "a ", "a c", "a ca", "a cat"):
        composer.set_text(text)
        clock.now_s += 0.3
    clock.now_s += 1
    composer.set_text("a cat!")
    for how_far in (0.4, 0.5, 0.6):
        composer.change(how_far=how_far)
    composer.change(format="banner")
    composer.change(format="poster")
    history.undo()
    assert composer.value.format == "banner"
    history.undo()
    history.undo()
    assert composer.value == Composition(text="a cat!")
    history.undo()
    assert composer.value == Composition(text="a cat")
    history.undo()
    assert composer.value == Composition()


def test_clear_leaves_the_settings(composer: Composer) -> None:
    composer.surprise(3)
    composer.change(text="a cat", negative_prompt="blur", format="story", seed=5, seed_locked=True)
    composer.clear()
    assert composer.value == Composition(format="story", seed=5, seed_locked=True)


# surprise


def test_a_surprise_fills_the_rows_and_is_the_same_for_the_same_seed(composer: Composer) -> None:
    composer.set_text("a cat")
    composer.surprise(7)
    first = composer.value
    assert first.text == ""
    assert first.who and first.doing and len(first.styles) == 1
    composer.surprise(8)
    assert composer.value != first
    composer.surprise(7)
    assert composer.value == first


def test_a_surprise_without_a_seed_is_another_each_time(composer: Composer) -> None:
    sentences: set[str] = set()
    for _ in range(20):
        composer.surprise()
        sentences.add(composer.value.sentence)
    assert len(sentences) > 10


# words


def test_unknown_words_come_with_the_nearest_known_one(qtbot: QtBot, reading: Composer) -> None:
    reading.set_text("a corgi riding a horse next to a xqzzt")
    expected = (("corgi", "dog"), ("xqzzt", None))
    qtbot.waitUntil(lambda: reading.unknown_words == expected)
    reading.set_text("a corgi riding a horse")
    assert reading.unknown_words == (("corgi", "dog"),)  # at once
    reading.set_text("a dog riding a horse")
    assert reading.unknown_words == ()
    reading.add_block("who", "a flibber")
    qtbot.waitUntil(lambda: reading.unknown_words == (("flibber", None),))


def test_new_unknown_words_are_told(qtbot: QtBot, reading: Composer) -> None:
    reading.set_text("a corgi")
    with qtbot.waitSignal(reading.changed):
        assert reading.unknown_words == ()
    assert reading.unknown_words == (("corgi", "dog"),)


def test_the_last_sentence_is_read_however_fast_it_is_typed(qtbot: QtBot, reading: Composer) -> None:
    seen: list[object] = []
    reading.changed.connect(lambda: seen.append(reading.unknown_words))
    for text in ("a cat", "a corgi", "a xqzzt", "a cat and a flibber"):
        reading.set_text(text)
    assert seen == [()] * 4
    qtbot.waitUntil(lambda: seen[-1] == (("flibber", None),))


def test_surprises_are_understood(qtbot: QtBot, reading: Composer) -> None:
    reading.set_text("xqzzt")
    qtbot.waitUntil(lambda: len(reading.unknown_words) == 1)
    for seed in range(30):
        reading.surprise(seed)
        reading.add_block("who", "xqzzt")  # tells when the sentence has been read
        qtbot.waitUntil(lambda: reading.unknown_words == (("xqzzt", None),))


def test_a_sentence_too_long_is_not_read(qtbot: QtBot, reading: Composer) -> None:
    reading.set_text("a xqzzt")
    qtbot.waitUntil(lambda: len(reading.unknown_words) == 1)
    reading.set_text("a xqzzt " * 1250)
    assert reading.unknown_words == ()


def test_without_a_lexicon_no_word_is_unknown(composer: Composer) -> None:
    composer.set_text("a xqzzt")
    assert composer.unknown_words == ()


def test_nothing_is_read_after_the_end(reading: Composer) -> None:
    reading.set_text("a corgi")
    assert reading.unknown_words == ()
    reading.close()
    assert reading.unknown_words == (("corgi", "dog"),)
    reading.set_text("a corgi and a xqzzt")
    assert reading.unknown_words == (("corgi", "dog"),)


def test_words_are_suggested_and_put_in(reading: Composer, composer: Composer) -> None:
    assert "caterpillar" in reading.suggestions("a red cate")
    assert len(reading.suggestions("a s", limit=3)) == 3
    assert reading.completed("a red cate", "caterpillar") == "a red caterpillar"
    assert "火烈鸟" in reading.suggestions("一只火")
    assert "riding a horse" in composer.suggestions("riding a h")  # with no lexicon at all


# what stands in the way


@pytest.mark.parametrize(
    "fields, message",
    [
        ({}, "The prompt is empty"),
        ({"text": " \n"}, "The prompt is empty"),
        ({"styles": ("oil",)}, "The prompt is empty"),
        ({"text": "word " * 2000}, "The prompt has 9,9"),
        ({"text": "x" * MAX_PROMPT_CHARS, "styles": ("oil",)}, "The prompt has 2,014"),
        ({"text": "a cat", "negative_prompt": "x" * 10_000}, "The prompt has 10,000"),
        ({"text": "a \ud800"}, "not text"),
        ({"text": "a cat", "seed": MAX_SEED, "seed_locked": True}, "The last picture's seed"),
        ({"text": "a cat", "guidance_scale": 31.0}, "The guidance scale"),
        (
            {"who": ("a cat",) * 9, "each_subject": True, "styles": tuple(s.name for s in STYLES[:8])},
            "A contact sheet of 9 subjects × 8 styles has 72 pictures.",
        ),
    ],
)
def test_a_problem_is_told(composer: Composer, fields: dict[str, Any], message: str) -> None:
    composer.change(**fields)
    assert isinstance(composer.problem, StudioError)
    assert message in composer.problem.message
    assert composer.problem.remedy


@pytest.mark.parametrize(
    "fields",
    [
        {"text": "a cat"},
        {"who": ("a cat",) * 64, "each_subject": True},
        {"doing": ("on a beach",)},
        {"text": "a cat", "seed": MAX_SEED},
    ],
)
def test_where_there_is_no_problem(composer: Composer, fields: dict[str, Any]) -> None:
    composer.change(**fields)
    assert composer.problem is None
    assert composer.sampling().count == 4


# how pictures are drawn


def test_speed_and_model_say_how_many_steps(composer: Composer) -> None:
    model = find_model()
    for speed in ("draft", "standard", "fine"):
        composer.change(speed=speed)
        assert composer.steps == model.steps[speed]
    assert composer.guidance_scale == model.guidance_scale
    composer.change(steps=33, guidance_scale=7.5)
    assert (composer.steps, composer.guidance_scale) == (33, 7.5)


def test_a_locked_seed_stays_and_an_open_one_is_rolled(
    qtbot: QtBot, composer: Composer, history: History
) -> None:
    composer.change(seed=42, seed_locked=True, negative_prompt="blur", count=3)
    assert composer.sampling() == Sampling(
        seed=42,
        count=3,
        steps=composer.steps,
        guidance_scale=composer.guidance_scale,
        negative_prompt="blur",
    )
    assert composer.sampling(count=1).count == 1
    composer.change(seed_locked=False)
    with qtbot.waitSignal(composer.changed):
        seeds = [composer.sampling().seed for _ in range(3)]
    assert len(set(seeds)) == 3
    assert composer.value.seed == seeds[-1]
    history.undo()  # of the lock: rolling is no step
    assert (composer.value.seed, composer.value.seed_locked) == (seeds[-1], True)


# recipes


def recipe_of(request: Request) -> Recipe:
    return record(request, PROVENANCE)


def drawn(**fields: Any) -> Sampling:
    model = find_model()
    usual = Sampling(seed=99, count=1, steps=model.steps["fine"], guidance_scale=model.guidance_scale)
    return replace(usual, **fields)


def generate(prompt: str = "a cat", size: Size = FORMATS[0].size, **fields: Any) -> Recipe:
    return recipe_of(Generate(model="starter", prompt=prompt, sampling=drawn(**fields), size=size))


def test_use_all_brings_everything_back(composer: Composer, history: History) -> None:
    composer.change(who=("a dog",), doing=("at night",), steps=3, count=8)
    before = composer.value
    recipe = generate("a cat on a beach, oil painting", FORMATS[2].size, negative_prompt="blur")
    composer.load(recipe, seed=True)
    assert composer.value == Composition(
        text="a cat on a beach",
        styles=("oil",),
        format="banner",
        speed="fine",
        negative_prompt="blur",
        seed=99,
        seed_locked=True,
        count=8,
    )
    history.undo()
    assert composer.value == before


def test_remix_leaves_the_seed(composer: Composer) -> None:
    composer.change(seed=5)
    composer.load(generate(), seed=False)
    assert (composer.value.text, composer.value.seed, composer.value.seed_locked) == ("a cat", 5, False)


def test_unusual_numbers_are_taken_over(composer: Composer) -> None:
    composer.load(generate(steps=77, guidance_scale=9.5), seed=True)
    assert (composer.value.steps, composer.value.guidance_scale) == (77, 9.5)


@pytest.mark.parametrize("name", [style.name for style in STYLES])
def test_the_prompt_of_every_style_comes_back_the_same(composer: Composer, name: str) -> None:
    ((_, prompt),) = Composition(text="a cat, asleep", styles=(name,)).final_prompts
    composer.load(generate(prompt), seed=False)
    assert (composer.value.text, composer.value.styles) == ("a cat, asleep", (name,))


@pytest.mark.parametrize(
    "size, name",
    [
        (Size(1440, 1440), "album"),
        (Size(512, 512), "square"),
        (Size(600, 200), "banner"),
        (Size(640, 1000), "poster"),
        (Size(1600, 900), "slide"),
    ],
)
def test_the_format_most_like_the_picture_is_taken(composer: Composer, size: Size, name: str) -> None:
    composer.load(generate(size=size), seed=False)
    assert composer.value.format == name


def test_recipes_of_other_kinds_say_what_they_can(composer: Composer) -> None:
    source = scene()
    vary = Vary(
        model="starter", source=source, sampling=drawn(), size=source.size, how_far=0.8, keep=Keep.LAYOUT
    )
    composer.load(recipe_of(vary), seed=True)
    assert (composer.value.how_far, composer.value.text, composer.value.seed) == (0.8, "", 99)
    assert composer.value.keep is Keep.LAYOUT
    composer.load(recipe_of(place(source)), seed=True)
    assert composer.value.text == "a flamingo; a boat"
    kept = composer.value
    composer.load(recipe_of(Upscale(model="starter", source=source, size=Size(1280, 1280))), seed=True)
    assert composer.value == kept


def test_variations_of_an_older_recipe_keep_nothing(composer: Composer) -> None:
    composer.change(keep=Keep.PALETTE)
    composer.load(Recipe("vary", {"prompt": "a cat", "how_far": 0.5}, (), PROVENANCE), seed=True)
    assert composer.value.keep is Keep.FREE


def place(source: Picture) -> Place:
    mask: Mask = np.full((source.size.height_px, source.size.width_px), 255, dtype=np.uint8)
    regions = (Region("a flamingo", mask), Region("a boat", mask))
    return Place(model="starter", source=source, regions=regions, sampling=drawn())


@pytest.mark.parametrize(
    "request_",
    [
        {"prompt": "a cat", "sampling": {"seed": "one"}},
        {"prompt": "a cat", "sampling": {"seed": -1}},
        {"prompt": "a cat", "sampling": {"colour": 1}},
        {"prompt": "a cat", "sampling": 7},
        {"prompt": "a cat", "size": {"width_px": 0, "height_px": 0}},
        {"prompt": "a cat", "size": {}},
        {"prompt": "a cat", "how_far": "far"},
        {"prompt": "a cat", "how_far": 0.5, "keep": "mood"},
    ],
)
def test_a_damaged_recipe_changes_nothing(composer: Composer, request_: dict[str, Any]) -> None:
    composer.set_text("an owl")
    with pytest.raises(UnreadablePicture):
        composer.load(Recipe("generate", request_, (), PROVENANCE), seed=True)
    assert composer.value == Composition(text="an owl")
