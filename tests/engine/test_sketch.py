"""What the starter model is shown of a prompt: things where they belong, in a place or on grey."""

from __future__ import annotations

import numpy as np
import pytest
from PIL import Image, ImageFilter

from dalle_studio.core.format import Size
from dalle_studio.core.mask import bounds, place_marker
from dalle_studio.core.model import Model
from dalle_studio.engine.pipelines.backdrop import LIGHT, NAMED, chosen
from dalle_studio.engine.pipelines.sketch import GREY, Sketch, Sketcher

SQUARE = Size(256, 256)
FRAMES = [SQUARE, Size(384, 128), Size(96, 256)]


@pytest.fixture(scope="module")
def sketcher(tiny_starter: Model) -> Sketcher:
    return Sketcher(tiny_starter.folder)


def same(one: Sketch, other: Sketch) -> bool:
    return np.array_equal(one.pixels, other.pixels) and np.array_equal(one.coverage, other.coverage)


def test_a_seed_decides_everything(sketcher: Sketcher) -> None:
    first, again, others = (
        [sketcher.draw("a cat on a beach", SQUARE, seed) for seed in seeds]
        for seeds in ((3,), (3,), (4, 5, 6, 7))
    )
    assert same(first[0], again[0])
    assert not all(same(first[0], other) for other in others)


@pytest.mark.parametrize("frame", FRAMES)
def test_things_stand_on_grey_where_no_place_is_named(sketcher: Sketcher, frame: Size) -> None:
    sketch = sketcher.draw("a cat", frame, 1)
    assert sketch.pixels.shape == (frame.height_px, frame.width_px, 3)
    assert 0.02 < (sketch.coverage > 0).mean() < 0.9
    assert (sketch.pixels[sketch.coverage == 0] == GREY).all()
    assert (sketch.pixels[sketch.coverage == 255].std(axis=0) < 8).all(), "the cat is of one colour"


def test_a_plain_ground_has_the_colour_that_is_named(sketcher: Sketcher) -> None:
    assert sketcher.draw("a cat on a red background", SQUARE, 1).backdrop == NAMED["red"]
    assert sketcher.draw("a pink background", SQUARE, 1).backdrop == NAMED["pink"]
    assert sketcher.draw("a cat on a beach", SQUARE, 1).backdrop is None
    assert sketcher.draw("quiet joy", SQUARE, 1).backdrop is None


def test_things_stand_out_before_a_ground_that_nobody_names(sketcher: Sketcher) -> None:
    grounds = {sketcher.draw("a cat", SQUARE, seed).backdrop for seed in range(12)}
    assert len(grounds) > 2
    assert sketcher.draw("a cat", Size(128, 128), 5).backdrop == sketcher.draw("a cat", SQUARE, 5).backdrop
    cat = np.full((9, 9, 4), (235, 225, 200, 255), np.uint8)
    assert (232, 218, 190) not in {chosen([cat], np.random.default_rng(n), deep=True) for n in range(40)}
    light = {chosen([cat], np.random.default_rng(n), deep=False) for n in range(40)}
    assert light <= set(LIGHT)


def test_a_prompt_without_things_is_an_empty_sketch(sketcher: Sketcher) -> None:
    assert not sketcher.draw("quiet joy", SQUARE, 1).coverage.any()


@pytest.mark.parametrize("prompt", ["on a beach", "海滩"])
@pytest.mark.parametrize("frame", FRAMES)
def test_a_place_fills_every_frame_and_keeps_its_ground(sketcher: Sketcher, frame: Size, prompt: str) -> None:
    sketch = sketcher.draw(prompt, frame, 2)
    assert (sketch.coverage == 255).all()
    sandy = sketch.pixels[..., 0] > sketch.pixels[..., 2]
    assert not sandy[: round(0.83 * frame.height_px)].any()
    assert sandy[round(0.89 * frame.height_px) :].all()


def test_a_place_is_soft_behind_things_that_are_drawn_in_lines(sketcher: Sketcher) -> None:
    def sharpest(prompt: str) -> int:
        """The largest step from row to row at the left edge."""
        column = sketcher.draw(prompt, SQUARE, 2).pixels[:, 0, 0].astype(int)
        return int(np.abs(np.diff(column)).max())

    assert sharpest("a cat on a beach, line art") < 0.6 * sharpest("a cat on a beach")
    assert sharpest("on a beach, line art") == sharpest("on a beach")


def test_a_style_is_named_as_captions_name_it(sketcher: Sketcher) -> None:
    assert sketcher.as_captions_say("a cat as a line drawing") == "a cat as a line drawing, line art"
    for prompt in ("Line art of a cat", "一只猫，线稿", "a cat", ""):
        assert sketcher.as_captions_say(prompt) == prompt


def test_like_in_chinese_is_not_read_as_a_part_of_pixel_art(sketcher: Sketcher) -> None:
    assert sketcher.as_captions_say("一只像老虎的猫") == "一只老虎的猫"


def test_places_differ_from_seed_to_seed(sketcher: Sketcher) -> None:
    tones = {int(sketcher.draw("on a beach", SQUARE, seed).pixels[0, 0, 2]) for seed in range(8)}
    assert len(tones) == 2


@pytest.mark.parametrize("spot", [(0.25, 0.3), (0.7, 0.75)])
def test_things_go_where_the_mask_is(sketcher: Sketcher, spot: tuple[float, float]) -> None:
    mask = place_marker(SQUARE, spot, 0.3)
    box = bounds(mask)
    assert box is not None
    picture = np.full((256, 256, 3), 200, np.uint8)
    sketch = sketcher.draw_into("a flamingo on a beach", 1, picture, mask)
    drawn = (sketch.pixels != 200).any(axis=2)
    inside = np.zeros_like(drawn)
    inside[box.top : box.bottom, box.left : box.right] = True
    assert not (drawn & ~inside).any()
    assert drawn[inside].mean() > 0.3
    assert (sketch.coverage == 255).all()


def test_things_keep_clear_of_the_edge_of_a_mask_of_any_shape(sketcher: Sketcher) -> None:
    corner = np.zeros((256, 256), np.uint8)
    corner[60:220, 60:130] = corner[150:220, 60:220] = 255  # the middle of its box is bare
    disc = place_marker(SQUARE, (0.5, 0.5), 0.6)
    picture = np.full((256, 256, 3), 200, np.uint8)
    for mask in (disc, corner):
        for seed in range(3):
            drawn = (sketcher.draw_into("a cat", seed, picture, mask).pixels != 200).any(axis=2)
            clear = np.asarray(Image.fromarray(mask).filter(ImageFilter.MinFilter(5))) > 0
            assert drawn[clear].sum() > 0.95 * drawn.sum() > 0.15 * (mask > 0).sum()


def test_nothing_is_sketched_into_a_mask_for_words_that_name_no_thing(sketcher: Sketcher) -> None:
    picture, mask = np.full((64, 64, 3), 90, np.uint8), place_marker(Size(64, 64), (0.5, 0.5), 0.5)
    assert not sketcher.draw_into("quiet joy", 1, picture, mask).coverage.any()


@pytest.mark.parametrize("tone", [1, 2])
def test_a_picture_is_continued_by_the_drawing_that_is_like_it(
    sketcher: Sketcher, tone: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("dalle_studio.engine.pipelines.sketch.CLOSEST", 2)  # one drawing and its mirror image
    picture = np.full((128, 256, 3), (120 // tone, 180 // tone, 240 // tone), np.uint8)
    mask = np.full((128, 256), 255, np.uint8)
    mask[:, :100] = 0
    for seed in range(6):
        sketch = sketcher.draw_around("on a beach", seed, picture, mask)
        assert sketch.pixels[0, 200, 2] == 240 // tone


def test_beyond_a_side_the_picture_goes_over_into_the_place(sketcher: Sketcher) -> None:
    picture, mask = np.zeros((256, 256, 3), np.uint8), np.zeros((256, 256), np.uint8)
    mask[:, 128:] = 255
    assert sketcher.can_go_on("on a beach", mask)
    assert not sketcher.can_go_on("a cat", mask)
    assert not sketcher.can_go_on("on a beach", np.full_like(mask, 255))
    sketch = sketcher.draw_around("on a beach", 1, picture, mask)
    assert not sketch.pixels[:, :112].any()
    assert sketch.pixels[:, 112:132].max() < 12  # no break where the picture ends
    assert sketch.pixels[:, -8:].mean() > 60
    assert (sketch.coverage == 255).all()


def test_a_picture_is_continued_by_itself_where_no_place_is_named(sketcher: Sketcher) -> None:
    picture, mask = np.zeros((64, 64, 3), np.uint8), np.full((64, 64), 255, np.uint8)
    assert sketcher.draw_around("", 1, picture, mask).pixels is picture


def test_behind_what_stays_lies_the_place_alone(sketcher: Sketcher) -> None:
    behind, alone = (sketcher.draw_behind(prompt, SQUARE, 3) for prompt in ("a cat on a beach", "on a beach"))
    assert same(behind, alone)
    assert same(alone, sketcher.draw("on a beach", SQUARE, 3))


def test_behind_what_stays_lie_things_where_no_place_is_named(sketcher: Sketcher) -> None:
    assert same(sketcher.draw_behind("a red car", SQUARE, 3), sketcher.draw("a red car", SQUARE, 3))


def test_colour_words_repaint(sketcher: Sketcher) -> None:
    sketch = sketcher.draw("a red car", SQUARE, 1)
    red, green, blue = sketch.pixels[sketch.coverage == 255].mean(axis=0)
    assert red > 1.5 * green
    assert red > 1.5 * blue


def test_words_that_are_read_as_others_or_lost_are_told(sketcher: Sketcher) -> None:
    assert sketcher.notes("a cat on a beach") == []
    notes = " ".join(sketcher.notes("a zzyzx and a cat"))
    assert "zzyzx" in notes
    assert "does not know" in notes
