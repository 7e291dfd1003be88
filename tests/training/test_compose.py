"""Composed pictures are reproducible, sketches show what the pictures show, and captions are true."""
# pyright: reportMissingParameterType=false

import json
import re

import numpy as np
import pytest

from dalle_studio.core.scene import Lexicon, Relation
from dalle_studio.training.art.concepts import BY_NAME, THINGS
from dalle_studio.training.draw.colours import PAINTS, repaint
from dalle_studio.training.draw.light import Light
from dalle_studio.training.pictures import compose
from dalle_studio.training.pictures.compose import caption_of, captions, lesson_of, picture
from dalle_studio.training.styles.styles import STYLES, apply
from dalle_studio.training.words import captions_en, captions_zh
from dalle_studio.training.words.captions import phrases
from dalle_studio.training.words.lexicon import lexicon
from dalle_studio.training.words.scenes import Lesson, random_plan, random_scene


@pytest.fixture(scope="module")
def series(sprites):
    return [picture(sprites, index, seed=0) for index in range(90)]


@pytest.fixture(scope="module")
def plans():
    return [random_plan(Lesson(index % 3), np.random.default_rng(index)) for index in range(900)]


def test_same_number_and_seed_give_the_same_picture(sprites, series):
    for index in (0, 7, 77):
        again = picture(sprites, index, seed=0)
        for field in ("pixels", "sketch", "coverage", "caption"):
            assert np.array_equal(getattr(again, field), getattr(series[index], field))


def test_other_seeds_give_other_pictures(sprites, series):
    others = [picture(sprites, index, seed=1) for index in range(12)]
    assert all(
        not np.array_equal(one.pixels, other.pixels) for one, other in zip(series, others, strict=False)
    )


def test_any_run_of_pictures_holds_the_same_share_of_each_lesson():
    shares = [np.bincount([lesson_of(index) for index in range(start, start + 80)]) for start in (0, 5, 1234)]
    for share in shares:
        assert np.abs(share - (10, 30, 40)).max() <= 1


def test_captions_alone_are_those_of_the_pictures(series):
    assert [*captions(90, seed=0)] == [drawn.caption for drawn in series]
    assert caption_of(3, 0) == series[3].caption


def test_pictures_and_sketches_have_their_shapes(series):
    for drawn in series:
        assert drawn.pixels.shape == drawn.sketch.shape == (256, 256, 3)
        assert drawn.coverage.shape == (256, 256)
        assert drawn.pixels.dtype == drawn.sketch.dtype == drawn.coverage.dtype == np.uint8


def test_sketches_are_grey_where_nothing_covers_them(series):
    for drawn in series:
        assert (drawn.sketch[drawn.coverage == 0] == 128).all()


def test_some_sketches_are_empty_and_most_are_not(series):
    empty = sum(not drawn.coverage.any() for drawn in series)
    assert 1 <= empty <= 25


def test_sketch_and_picture_show_the_thing_in_the_same_place(magenta_sprites, monkeypatch):
    monkeypatch.setattr(compose, "plain", lambda *_: Light(shading=0, shadow=0))
    monkeypatch.setattr(compose, "_NO_SKETCH", 0.0)
    checked = 0
    for index in (each for each in range(1600) if lesson_of(each) is Lesson.PLAIN):
        plan = random_plan(Lesson.PLAIN, np.random.default_rng((3, index)))
        if plan.scene.mentions[0].colour or plan.style.filter:
            continue
        drawn = picture(magenta_sprites, index, seed=3)
        inside = drawn.coverage == 255
        assert (drawn.sketch[inside] == (255, 0, 255)).all()
        assert np.abs(drawn.pixels[inside].astype(int) - (255, 0, 255)).max() <= 1
        assert not (drawn.pixels[drawn.coverage == 0] == (255, 0, 255)).all(-1).any()
        checked += 1
    assert checked > 10


def test_scenes_say_what_lessons_teach(plans):
    for index, plan in enumerate(plans):
        lesson = Lesson(index % 3)
        if lesson is not Lesson.RELATION:
            assert len(plan.scene.mentions) == 1
            assert plan.scene.mentions[0].count == 1
        assert (plan.place is None) == (plan.scene.setting is None) == bool(plan.ground)
        assert lesson is not Lesson.PLAIN or plan.place is None
        assert len(plan.scene.mentions) <= 4
    assert {link.relation for plan in plans for link in plan.scene.links} == set(Relation)


def test_scenes_are_reproducible():
    one, other = (random_scene(Lesson.RELATION, np.random.default_rng(4)) for _ in range(2))
    assert one == other


def test_things_are_not_painted_in_the_colour_of_their_plain_ground(plans):
    for plan in plans:
        for mention in plan.scene.mentions:
            assert mention.colour is None or mention.colour not in plan.ground


def test_captions_come_in_both_languages():
    texts = [*captions(600, seed=2)]
    chinese = [text for text in texts if re.search("[一-鿿]", text)]
    assert 0.3 < len(chinese) / len(texts) < 0.5
    for text in texts:
        assert not re.search(r"\{|\}|  |^ | $|^，|，，|的的|，$", text), text
        assert not re.search(r"\ba [aeio]", text), text


def words_of(texts):
    """Lower-case words; one with a hyphen or an apostrophe counts whole and in its parts."""
    whole = {word for text in texts for word in re.findall(r"[^\W_]+(?:['-][^\W_]+)*", text.lower())}
    return whole | {part for word in whole for part in re.split(r"['-]", word)}


def test_captions_use_only_words_of_the_vocabulary():
    known = words_of(phrases())
    texts = [text for text in captions(600, seed=3) if not re.search("[一-鿿]", text)]
    assert words_of(texts) <= known
    assert {"flamingos", "teddy", "bears", "ukiyo-e", "ukiyo", "turquoise", "on", "an"} <= known


@pytest.mark.parametrize("language", [captions_en, captions_zh])
def test_sentences_name_every_thing(plans, language):
    key = "en" if language is captions_en else "zh"
    for number, plan in enumerate(plans):
        text = language.sentence(plan.scene, "", np.random.default_rng(number), nominal=number % 2 == 0)
        for mention in plan.scene.mentions:
            names = mention.thing.names[key]
            if key == "zh" or mention.count == 1:
                assert any(name in text for name in names), (text, names)


@pytest.mark.parametrize("style", STYLES, ids=lambda style: style.name)
def test_every_style_redraws(series, style):
    pixels = series[4].pixels
    drawn = apply(style, pixels, np.random.default_rng(0))
    again = apply(style, pixels, np.random.default_rng(0))
    assert drawn.shape == (256, 256, 3)
    assert drawn.dtype == np.uint8
    assert np.array_equal(drawn, again)
    assert np.array_equal(drawn, pixels) == (style.filter is None)


def test_the_lexicon_survives_a_file():
    known = lexicon()
    again = Lexicon.from_json(json.loads(json.dumps(known.to_json())))
    assert [thing.name for thing in again.things] == [thing.name for thing in THINGS]
    assert set(again.colours) == set(PAINTS)
    assert "none" in {look.name for look in again.looks}
    for setting in again.settings:
        assert setting.names["zh"]
        assert 0 < setting.ground[0] <= setting.ground[1] <= 1


def test_repainting_keeps_the_outline_and_changes_the_hue():
    sprite = np.zeros((40, 40, 4), np.uint8)
    sprite[5:30, 5:30] = (200, 30, 30, 255)
    blue = repaint(sprite, "blue")
    assert np.array_equal(blue[..., 3], sprite[..., 3])
    red, _, azure = blue[10, 10, :3].astype(int)
    assert azure > red + 60


def test_every_thing_has_its_own_name():
    assert len(BY_NAME) == len(THINGS)
