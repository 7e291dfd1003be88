"""What is composed and what is on the canvas, as requests with their titles and labels."""

from __future__ import annotations

import pytest

from dalle_studio.core.errors import InvalidRequest
from dalle_studio.core.format import Size
from dalle_studio.core.request import Extend, Generate, Intent, Place, Sampling, Upscale, Vary
from dalle_studio.state import requests
from dalle_studio.state.blend import Blend
from dalle_studio.state.canvas import Canvas
from dalle_studio.state.composition import Composition
from dalle_studio.state.frame import Frame
from dalle_studio.state.history import History
from dalle_studio.state.stroke import Tool
from tests.scripted import asking, drawn, recorded

SAMPLING = Sampling(seed=7, count=2, steps=4)


@pytest.fixture
def canvas(qapp: object) -> Canvas:
    canvas = Canvas(History())
    canvas.show(drawn(1, 64, 64))
    return canvas


def paint(canvas: Canvas, x: int, prompt: str = "") -> None:
    canvas.add_region(prompt)
    canvas.set_tool(Tool.RECTANGLE)
    canvas.press(x, 8)
    canvas.drag(x + 8, 16)
    canvas.release(x + 8, 16)


def test_a_sheet_is_one_picture_of_each_subject_in_each_style() -> None:
    value = Composition(text="a cat", who=("a dog",), doing=("on a beach",), each_subject=True)
    (cat, dog) = requests.generate("m", value, SAMPLING)
    assert isinstance(cat.request, Generate) and cat.request.sampling.count == 1
    assert (cat.request.prompt, cat.title, cat.labels) == (
        "a cat on a beach",
        "a cat on a beach",
        ("a cat",),
    )
    assert dog.title == "a dog on a beach"


def test_pictures_are_told_apart_by_their_style_or_else_their_seeds() -> None:
    (plain,) = requests.generate("m", Composition(text="a cat", format="banner"), SAMPLING)
    assert (plain.title, plain.labels, plain.aspect) == ("a cat", ("seed 7", "seed 8"), 3)
    (oil,) = requests.generate("m", Composition(text="a cat", styles=("oil",)), SAMPLING)
    assert (oil.title, oil.labels) == ("a cat", ("oil 1", "oil 2"))


def test_painted_regions_are_asked_for_and_an_empty_one_is_not(canvas: Canvas) -> None:
    paint(canvas, 0)
    canvas.add_region("an empty one")
    paint(canvas, 30, "a boat")
    (wanted,) = requests.fill("m", canvas, Composition(text="a flamingo"), SAMPLING, "")
    assert isinstance(wanted.request, Place) and wanted.title == "a flamingo; a boat"
    regions = wanted.request.regions
    assert [region.prompt for region in regions] == ["a flamingo", "a boat"]
    canvas.clear()
    assert regions[1].mask[12, 34] == 255, "a request is not painted over"


def test_a_stroke_in_progress_counts(canvas: Canvas) -> None:
    canvas.set_tool(Tool.BRUSH)
    canvas.press(20, 20)
    (wanted,) = requests.fill("m", canvas, Composition(text="a cat"), SAMPLING, "")
    assert isinstance(wanted.request, Place) and wanted.request.regions[0].mask[20, 20] == 255
    assert not canvas.is_drawing


def test_in_several_styles_a_place_gets_one_picture_each_and_its_title_names_no_style(canvas: Canvas) -> None:
    paint(canvas, 0, "a cat")
    value = Composition(styles=("watercolour", "oil"), count=4)
    first, second = requests.fill("m", canvas, value, SAMPLING, "")
    assert isinstance(first.request, Place) and first.request.sampling.count == 1
    assert first.request.regions[0].prompt == "a cat, watercolor"
    assert (first.title, first.labels, second.labels) == ("a cat", ("watercolour",), ("oil",))
    assert first.name == "a cat · watercolour"


def test_behind_a_picture_that_is_painted_all_over_there_is_no_room(canvas: Canvas) -> None:
    canvas.invert()
    canvas.set_intent(Intent.BACKGROUND)
    with pytest.raises(InvalidRequest, match="no background is left"):
        requests.fill("m", canvas, Composition(text="a beach"), SAMPLING, "")


def test_an_extension_has_the_picture_where_it_lies_in_its_frame(canvas: Canvas) -> None:
    canvas.set_frame(Frame(left=10, right=30, top=5))
    (wanted,) = requests.extend("m", canvas, Composition(), SAMPLING)
    assert isinstance(wanted.request, Extend)
    assert (wanted.request.size, wanted.request.known.left, wanted.request.known.top) == (
        Size(104, 69),
        10,
        5,
    )
    assert wanted.title == "Extending a picture"


def test_a_blend_is_named_after_both_and_told_what_is_nearer() -> None:
    one, other = recorded(asking("a cat")), recorded(asking("a dog"))
    wanted = requests.vary("m", one, Blend(one, other, 0.8), Composition(), SAMPLING)
    assert isinstance(wanted.request, Vary) and wanted.request.prompt == "a dog"
    assert wanted.title == "Blends of a picture and a picture"


def test_an_enlarged_picture_is_labelled_by_its_size() -> None:
    wanted = requests.upscale("m", drawn(1, 64, 32))
    assert isinstance(wanted.request, Upscale) and wanted.labels == ("2048 × 1024",)
