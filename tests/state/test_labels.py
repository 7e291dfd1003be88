"""Labels of candidates."""

from __future__ import annotations

import pytest

from dalle_studio.state.labels import beside, joined, numbered


@pytest.mark.parametrize(
    ("title", "label", "told"),
    [
        ("a cat on a beach", joined("a cat", "oil"), "oil"),
        ("a cat on a beach", "a cat", ""),
        ("a cat on a beach", "seed 5", "seed 5"),
        ("", "oil", "oil"),
    ],
)
def test_a_label_repeats_nothing_of_the_title(title: str, label: str, told: str) -> None:
    assert beside(title, label) == told


def test_a_label_has_only_the_parts_there_are() -> None:
    assert joined("a cat", "oil") == "a cat · oil"
    assert (joined("", "oil"), joined("a cat", ""), joined()) == ("oil", "a cat", "")


def test_numbers_follow_what_tells_pictures_apart() -> None:
    labels = numbered(joined("a cat", "oil"), 2)
    assert labels == ("a cat · oil 1", "a cat · oil 2")
    assert beside("a cat on a beach", labels[1]) == "oil 2"
