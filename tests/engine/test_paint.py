"""Repainting drawings in the colour of a word."""

from __future__ import annotations

import colorsys

import numpy as np
import pytest

from dalle_studio.engine.pipelines.paint import COLOUR_NAMES, PAINTS, Sprite, repaint, shift_hue

VIVID = ("red", "orange", "yellow", "green", "blue", "purple", "pink", "turquoise", "brown", "gold")


def car() -> Sprite:
    """A red body with light and shade, grey wheels, on nothing."""
    sprite = np.zeros((40, 60, 4), np.uint8)
    sprite[5:20, 5:55] = (230, 40, 40, 255)
    sprite[20:30, 5:55] = (150, 20, 20, 255)
    sprite[30:38, 10:50] = (90, 90, 90, 255)
    return sprite


def hue(pixel: Sprite) -> float:
    return colorsys.rgb_to_hsv(*(pixel[:3] / 255).tolist())[0] * 180


@pytest.mark.parametrize("word", PAINTS)
def test_outline_wheels_and_the_original_stay(word: str) -> None:
    sprite = car()
    painted = repaint(sprite, word)
    assert np.array_equal(sprite, car())
    assert np.array_equal(painted[..., 3], sprite[..., 3])
    assert np.array_equal(painted[30:], sprite[30:])
    assert not np.array_equal(painted[5:30, 5:55], sprite[5:30, 5:55])


@pytest.mark.parametrize("word", VIVID)
def test_body_gets_the_hue_of_the_word(word: str) -> None:
    painted = repaint(car(), word)
    for row in (10, 25):
        away = abs(hue(painted[row, 20]) - PAINTS[word].hue)
        assert min(away, 180 - away) < 2


@pytest.mark.parametrize("word", PAINTS)
def test_shade_stays_darker_than_light(word: str) -> None:
    painted = repaint(car(), word).astype(int)
    assert painted[25, 20, :3].sum() < painted[10, 20, :3].sum()


def test_colourless_words() -> None:
    black, grey, white = (
        repaint(car(), word)[:30, 5:55, :3].astype(int) for word in ("black", "gray", "white")
    )
    assert black[5:].mean() < 80 < grey[5:].mean() < 180 < white[5:].mean()
    for shades in (black, grey, white):
        assert np.ptp(shades, axis=-1).max() < 20


def test_colourless_drawings_are_painted_whole() -> None:
    sprite = np.full((20, 20, 4), (200, 200, 200, 255), np.uint8)
    red, green, _ = repaint(sprite, "red")[5, 5, :3].astype(int)
    assert red > green


def test_nothing_is_done_to_a_transparent_drawing() -> None:
    sprite = np.zeros((20, 20, 4), np.uint8)
    assert np.array_equal(repaint(sprite, "blue"), sprite)


def test_shifted_hue_keeps_brightness() -> None:
    shifted = shift_hue(car(), 60)
    assert hue(shifted[10, 20]) == pytest.approx(60, abs=1)
    assert shifted[10, 20, :3].max() == 230


def test_every_paint_has_words_of_its_own_in_both_languages() -> None:
    assert set(COLOUR_NAMES) == set(PAINTS)
    for language in ("en", "zh"):
        words = [word for names in COLOUR_NAMES.values() for word in names[language]]
        assert len(words) == len(set(words))
    assert all(names["en"][0] == colour for colour, names in COLOUR_NAMES.items())
