"""What the primary button does next: it follows from the composition and the canvas alone."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from dalle_studio.core.model import Ability, AddOnKind, Model
from dalle_studio.core.prompt import MAX_PROMPT_CHARS
from dalle_studio.core.request import Follow
from dalle_studio.state.canvas import Canvas
from dalle_studio.state.composer import Composer
from dalle_studio.state.history import History
from dalle_studio.state.stroke import Tool
from dalle_studio.state.verbs import Due, Verb, due
from tests.scripted import drawn
from tests.shelves import add_on, model


class Desk:
    def __init__(self, model: Model) -> None:
        history = History()
        self.composer, self.canvas = Composer(model, None, history), Canvas(history)

    @property
    def due(self) -> Due:
        return due(self.composer, self.canvas)

    def show(self) -> None:
        self.canvas.show(drawn(1, 64, 64))

    def mark(self, x: float, prompt: str = "") -> None:
        region = self.canvas.add_region(prompt)
        self.canvas.set_tool(Tool.MARKER)
        self.canvas.press(x, 32)
        self.canvas.release(x, 32)
        assert self.canvas.regions[-1].number == region.number


@pytest.fixture
def desk(qapp: object, starter: Model) -> Iterator[Desk]:
    desk = Desk(starter)
    yield desk
    desk.composer.close()


def test_without_a_word_nothing_can_be_generated(desk: Desk) -> None:
    now = desk.due
    assert (now.verb, now.is_possible, now.pictures) == (Verb.GENERATE, False, 0)
    assert now.problem is not None and now.hint == f"{now.problem.message} {now.problem.remedy}"


def test_a_sentence_is_generated(desk: Desk) -> None:
    desk.composer.set_text("a cat")
    now = desk.due
    assert now.is_possible
    assert (now.verb, now.text, now.hint, now.pictures) == (Verb.GENERATE, "Generate", "4 pictures", 4)


def test_every_style_gets_its_pictures(desk: Desk) -> None:
    desk.composer.change(text="a cat", styles=("oil", "neon", "flat"), count=2)
    assert (desk.due.hint, desk.due.pictures) == ("3 styles × 2 pictures", 6)


def test_one_style_and_one_picture_are_not_counted_out(desk: Desk) -> None:
    desk.composer.change(text="a cat", styles=("oil",), count=1)
    assert (desk.due.hint, desk.due.pictures) == ("1 picture", 1)


@pytest.mark.parametrize(
    ("fields", "remedy"),
    [
        ({"text": "a" * (MAX_PROMPT_CHARS + 1)}, "Shorten it"),
        ({"text": "a cat", "steps": 500}, "Use a number"),
        ({"text": "a cat", "negative_prompt": "b" * (MAX_PROMPT_CHARS + 1)}, "Shorten it"),
    ],
)
def test_what_cannot_be_generated_says_why(desk: Desk, fields: dict[str, object], remedy: str) -> None:
    desk.composer.change(**fields)
    now = desk.due
    assert not now.is_possible and now.problem is not None
    assert now.problem.remedy.startswith(remedy)


def test_a_picture_alone_is_varied(desk: Desk) -> None:
    desk.show()
    now = desk.due
    assert (now.verb, now.text, now.is_possible, now.pictures) == (Verb.VARY, "Vary", True, 4)


def test_variations_are_of_the_picture_not_of_styles(desk: Desk) -> None:
    desk.show()
    desk.composer.change(styles=("oil", "neon"))
    assert (desk.due.verb, desk.due.hint, desk.due.pictures) == (Verb.VARY, "4 pictures", 4)


def test_with_a_sentence_the_picture_is_left_alone(desk: Desk) -> None:
    desk.show()
    desk.composer.set_text("a cat")
    assert desk.due.verb is Verb.GENERATE


EDITOR = model("editor", Ability.EDIT)
KLEIN = model("klein", Ability.CREATE, Ability.EDIT, Ability.VARY)
FOLLOWER = model("follower", Ability.CREATE, Ability.EDIT, add_ons=(add_on("edges", AddOnKind.EDGES),))


def test_a_model_that_edits_changes_the_picture_as_the_sentence_says(desk: Desk) -> None:
    desk.composer.use(KLEIN, None)
    desk.composer.set_text("make it night")
    assert desk.due.verb is Verb.GENERATE
    desk.show()
    now = desk.due
    assert (now.verb, now.text, now.hint, now.pictures) == (Verb.EDIT, "Edit", "4 pictures", 4)
    desk.composer.set_text("")
    assert desk.due.verb is Verb.VARY
    desk.mark(16, "a dog")
    assert (desk.due.verb, desk.due.is_possible) == (Verb.FILL, False)


def test_a_model_that_only_edits_asks_for_a_picture_and_for_words(desk: Desk) -> None:
    desk.composer.use(EDITOR, None)
    desk.composer.set_text("make it night")
    assert "EDITOR cannot make pictures from words alone. Open the picture" in desk.due.hint
    desk.show()
    assert desk.due.is_possible and desk.due.verb is Verb.EDIT
    desk.composer.set_text("")
    assert desk.due.verb is Verb.EDIT and "Nothing says what to change." in desk.due.hint


def test_pictures_that_follow_this_one_are_new_ones(desk: Desk) -> None:
    desk.composer.use(FOLLOWER, None)
    desk.composer.change(text="a cat", guide=Follow.EDGES)
    assert desk.due.hint == "4 pictures"  # there is nothing to follow yet
    desk.show()
    assert (desk.due.verb, desk.due.hint) == (Verb.GENERATE, "4 pictures, with the edges of this one")
    desk.composer.use(KLEIN, None)
    assert desk.due.verb is Verb.EDIT  # it cannot follow


@pytest.mark.parametrize(
    ("lacks", "says"),
    [
        (Ability.CREATE, "PARTIAL cannot make pictures from words alone."),
        (Ability.PLACE, "PARTIAL cannot place things in a picture."),
        (Ability.EXTEND, "PARTIAL cannot continue a picture beyond its edges."),
        (Ability.VARY, "PARTIAL cannot make variations of a picture."),
        (Ability.BLEND, "PARTIAL cannot blend two pictures."),
    ],
)
def test_what_the_model_cannot_do_is_said_in_words(desk: Desk, lacks: Ability, says: str) -> None:
    desk.composer.use(model("partial", *(set(Ability) - {lacks, Ability.EDIT})), None)
    desk.composer.set_text("a cat" if lacks is Ability.CREATE else "")
    if lacks is not Ability.CREATE:
        desk.show()
    if lacks is Ability.PLACE:
        desk.mark(16, "a dog")
    if lacks is Ability.EXTEND:
        desk.canvas.set_frame_format(3.0)
    now = due(desk.composer, desk.canvas, blends=lacks is Ability.BLEND)
    assert not now.is_possible and now.hint.startswith(says), now
    desk.composer.use(model("able", *Ability), None)
    able = due(desk.composer, desk.canvas, blends=lacks is Ability.BLEND)
    assert says[8:] not in able.hint


def test_painted_regions_are_filled(desk: Desk) -> None:
    desk.show()
    desk.composer.set_text("a cat")
    desk.mark(16)
    assert (desk.due.verb, desk.due.text, desk.due.hint) == (Verb.FILL, "Fill", "4 pictures")
    desk.mark(48)
    assert (desk.due.text, desk.due.hint) == ("Fill 2 regions", "2 regions × 4 pictures")


def test_of_several_styles_regions_are_filled_once_each(desk: Desk) -> None:
    desk.show()
    desk.composer.change(text="a cat", styles=("oil", "neon"), count=8)
    desk.mark(16)
    desk.mark(48)
    assert (desk.due.hint, desk.due.pictures) == ("2 regions × 2 styles", 2)


def test_an_empty_region_is_not_filled(desk: Desk) -> None:
    desk.show()
    desk.composer.set_text("a cat")
    desk.canvas.add_region()
    assert desk.due.verb is Verb.GENERATE
    desk.mark(16)
    assert desk.due.text == "Fill"


def test_regions_with_words_of_their_own_need_no_sentence(desk: Desk) -> None:
    desk.show()
    desk.mark(16, "a dog")
    assert desk.due.verb is Verb.FILL and desk.due.is_possible
    desk.mark(48, " ")
    assert desk.due.verb is Verb.FILL and not desk.due.is_possible


def test_a_frame_comes_before_regions(desk: Desk) -> None:
    desk.show()
    desk.mark(16)
    desk.canvas.set_frame_format(3.0)
    now = desk.due
    assert (now.verb, now.text, now.is_possible) == (Verb.EXTEND, "Extend", True)
