"""Composed pictures are reproducible, and what is said of them is true."""
# pyright: reportMissingParameterType=false

import re

import numpy as np
import pytest

from dalle_studio.training import built_places, styles
from dalle_studio.training.captions import caption_words, phrases
from dalle_studio.training.colours import PAINTS, repaint
from dalle_studio.training.compose import Lesson, compose, picture
from dalle_studio.training.concepts import BY_NAME, THINGS
from dalle_studio.training.scene import Scene, Subject


@pytest.fixture(scope="module")
def series(sprites):
    return [picture(sprites, index, seed=0) for index in range(180)]


def test_same_number_and_seed_give_the_same_picture(sprites, series):
    for index in (0, 7, 77):
        again = picture(sprites, index, seed=0)
        assert np.array_equal(again.pixels, series[index].pixels)
        assert (again.caption, again.boxes) == (series[index].caption, series[index].boxes)


def test_other_seeds_give_other_pictures(sprites, series):
    others = [picture(sprites, index, seed=1) for index in range(12)]
    assert all(
        not np.array_equal(one.pixels, other.pixels) for one, other in zip(series, others, strict=False)
    )


def test_boxes_lie_inside_the_frame(series):
    for drawn in series:
        assert drawn.boxes
        for box in drawn.boxes:
            assert 0 <= box.left < box.right <= 1, drawn.caption
            assert 0 <= box.top < box.bottom <= 1, drawn.caption


def test_boxes_lie_where_the_pixels_of_the_thing_are(magenta_sprites):
    found = 0
    for index in range(0, 120, 3):
        drawn = picture(magenta_sprites, index, seed=3)
        if any(word in PAINTS for word in drawn.boxes[0].text.split()):
            continue
        rows, columns = np.nonzero((drawn.pixels == (255, 0, 255)).all(-1))
        seen = np.array([columns.min(), rows.min(), columns.max() + 1, rows.max() + 1]) / 256
        box = drawn.boxes[0]
        assert np.abs(seen - (box.left, box.top, box.right, box.bottom)).max() < 2.1 / 256, drawn.caption
        found += 1
    assert found > 20


@pytest.mark.parametrize("turn_deg", [0, 30, -75])
def test_box_of_a_turned_thing_is_tight(magenta_sprites, turn_deg):
    scene = Scene(magenta_sprites, styles.STYLES[0], None, np.random.default_rng(0))
    before = scene.canvas.pixels.copy()
    scene.put(Subject(BY_NAME["cat"], "a cat"), 120, 130, 90, anchor="centre", turn_deg=turn_deg)
    rows, columns = np.nonzero((scene.canvas.pixels != before).any(-1))
    box = scene.boxes[0]
    seen = (columns.min() / 256, rows.min() / 256, (columns.max() + 1) / 256, (rows.max() + 1) / 256)
    assert np.allclose(seen, (box.left, box.top, box.right, box.bottom), atol=2 / 256)


def test_left_and_right_in_captions_are_true_of_the_boxes(sprites):
    checked = 0
    for index in range(400):
        drawn = compose(sprites, Lesson.RELATION, np.random.default_rng(index))
        side = re.search(r"\b(left|right) of\b", drawn.caption)
        if side is None:
            continue
        first, second = sorted(drawn.boxes, key=lambda box: drawn.caption.index(box.text))
        if first.text == second.text:
            continue
        if drawn.caption.index(second.text) < side.start():
            continue  # one name contains the other, so the caption does not tell them apart
        assert (first.right < second.right) == (side[1] == "left"), drawn.caption
        assert (first.left < second.left) == (side[1] == "left"), drawn.caption
        checked += 1
    assert checked > 25


def test_counts_in_captions_are_true_of_the_boxes(sprites):
    numbers = {"two": 2, "three": 3, "four": 4}
    checked = 0
    for index in range(300):
        drawn = compose(sprites, Lesson.RELATION, np.random.default_rng(index))
        said = re.search(r"\b(two|three|four)(?! leaf)\b", drawn.caption)
        if said:
            assert len(drawn.boxes) == numbers[said[1]], drawn.caption
            checked += 1
    assert checked > 5


def test_things_are_named_in_the_caption(series):
    for index, drawn in enumerate(series):
        if Lesson(index % 3) is not Lesson.RELATION:
            assert drawn.boxes[0].text in drawn.caption


@pytest.mark.parametrize("place", built_places.BACKGROUNDS, ids=lambda place: place.phrases[0])
def test_every_place_fills_the_picture(sprites, place):
    scene = Scene(sprites, styles.STYLES[0], place, np.random.default_rng(1))
    assert (scene.canvas.pixels.max(-1) > 0).mean() > 0.9
    assert scene.canvas.pixels.reshape(-1, 3).std(0).max() > 4
    assert scene.place_text in place.phrases


@pytest.mark.parametrize("style", styles.STYLES, ids=lambda style: style.name)
def test_every_style_redraws(series, style):
    pixels = series[4].pixels
    drawn = styles.apply(style, pixels, np.random.default_rng(0))
    again = styles.apply(style, pixels, np.random.default_rng(0))
    assert drawn.shape == (256, 256, 3)
    assert drawn.dtype == np.uint8
    assert np.array_equal(drawn, again)
    assert np.array_equal(drawn, pixels) == (style.filter is None)


def test_styles_leave_plain_areas_free_of_grain(series):
    flat = np.full((256, 256, 3), 180, np.uint8)
    for style in styles.STYLES:
        inner = styles.apply(style, flat, np.random.default_rng(0))[60:190, 60:190].astype(float)
        steps = np.abs(np.diff(inner.mean(-1), axis=1))
        assert np.median(steps) < 1.5, style.name


def test_captions_use_only_words_of_the_vocabulary(series):
    known = set(caption_words(phrases()))
    used = set(caption_words(drawn.caption for drawn in series))
    assert used <= known
    assert {"flamingos", "teddy", "bears", "ukiyo-e", "ukiyo", "turquoise", "on", "an"} <= known


def test_captions_speak_proper_english(series):
    for drawn in series:
        assert not re.search(r"\ba [aeio]", drawn.caption), drawn.caption
        assert not re.search(r"\{|\}|  |photo|^ | $", drawn.caption), drawn.caption


def test_things_are_not_painted_in_the_colour_of_their_plain_ground(sprites):
    names = {name for thing in THINGS for name in thing.names}  # such as "black cat"
    checked = 0
    for index in range(300):
        drawn = compose(sprites, Lesson.PLAIN, np.random.default_rng(index))
        ground = re.search(r"(\w+) background", drawn.caption)
        _, _, thing = drawn.boxes[0].text.partition(" ")
        if ground and thing not in names:
            assert ground[1] not in thing.split(), drawn.caption
            checked += 1
    assert checked > 20


def test_plain_lesson_shows_one_thing(series):
    assert all(len(drawn.boxes) == 1 for drawn in series[:: len(Lesson)])


def test_repainting_keeps_the_outline_and_changes_the_hue():
    sprite = np.zeros((40, 40, 4), np.uint8)
    sprite[5:30, 5:30] = (200, 30, 30, 255)
    blue = repaint(sprite, "blue")
    assert np.array_equal(blue[..., 3], sprite[..., 3])
    red, _, azure = blue[10, 10, :3].astype(int)
    assert azure > red + 60


def test_every_thing_has_its_own_name():
    assert len(BY_NAME) == len(THINGS) == 354
