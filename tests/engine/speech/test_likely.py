"""Known phrases are found by how they sound."""

from __future__ import annotations

import pytest

from dalle_studio.engine.speech.likely import Likely, is_traditional, sounds
from dalle_studio.state.vocabulary import vocabulary_of

VOCABULARY = vocabulary_of(None)
LIKELY = Likely((*VOCABULARY.subjects, *VOCABULARY.doings, *VOCABULARY.styles))


@pytest.mark.parametrize(
    ("one", "other"), [("a raccoon", "rackoon"), ("photo", "foto"), ("a koala", "coala"), ("night", "nite")]
)
def test_spelling_does_not_matter(one: str, other: str) -> None:
    assert sounds(one) == sounds(other)


@pytest.mark.parametrize(
    ("heard", "meant"),
    [
        ("a rackon eating ice", "a raccoon"),
        ("I pink flame in go on the moon", "a pink flamingo"),
        ("something under the northern light", "under the northern lights"),
        ("a lama", "a llama"),
    ],
)
def test_what_was_misheard_is_found(heard: str, meant: str) -> None:
    assert meant in LIKELY.among(heard, 8)


def test_nothing_is_found_in_nothing() -> None:
    assert LIKELY.among("", 8) == []
    assert Likely(()).among("a red car", 8) == []


def test_words_in_the_order_of_a_known_phrase_are_familiar() -> None:
    known = Likely(("a bowl of ramen", "under the northern lights"))
    assert known.familiar("A bowl of ramen.") == pytest.approx(3 / 4)
    assert known.familiar("ramen of bowl a") == 0
    assert known.familiar("") == 0


def test_chinese_characters_of_no_known_phrase_are_strangers() -> None:
    known = Likely(("一只猫", "沙发", "in space"))
    assert known.strangers("一只猫，沙发。") == 0
    assert known.strangers("一只猫在沙发上") == pytest.approx(2 / 7)
    assert Likely(()).strangers("猫") == 1


def test_traditional_characters_are_known() -> None:
    assert is_traditional("一隻貓") and is_traditional("a 龍")
    assert not is_traditional("一只猫和一条龙，a cat")


def test_words_of_no_known_phrase_are_strangers() -> None:
    assert LIKELY.strangers("A raccoon and two cats on the moon.") == 0
    assert LIKELY.strangers("a flock of sheep") == pytest.approx(0.5)
    assert LIKELY.strangers("") == 0
