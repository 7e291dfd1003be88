"""Names in the singular and the plural."""
# pyright: reportMissingParameterType=false

import pytest

from dalle_studio.training.concepts import plural, things_in, with_article


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("cat", "a cat"),
        ("owl", "an owl"),
        ("unicorn", "a unicorn"),
        ("ufo", "a ufo"),
        ("scissors", "scissors"),
        ("orange car", "an orange car"),
    ],
)
def test_article(name, expected):
    assert with_article(name) == expected


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("teddy bear", "teddy bears"),
        ("cup of coffee", "cups of coffee"),
        ("house with a garden", "houses with a garden"),
        ("wolf", "wolves"),
        ("baby", "babies"),
        ("monkey", "monkeys"),
        ("church", "churches"),
        ("old woman", "old women"),
        ("fox", "foxes"),
        ("scissors", "scissors"),
        ("sheep", "sheep"),
    ],
)
def test_plural(name, expected):
    assert plural(name) == expected


def test_categories_hold_what_their_name_says():
    assert "horse" in {thing.name for thing in things_in("mount", "ride")}
    assert "pizza" not in {thing.name for thing in things_in("mount", "ride")}
