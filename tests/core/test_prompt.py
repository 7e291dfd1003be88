"""Prompts: blocks become a sentence, styles wrap it."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dalle_studio.core.errors import InvalidRequest
from dalle_studio.core.prompt import (
    MAX_PROMPT_CHARS,
    STYLES,
    Blocks,
    Style,
    check_prompt,
    find_style,
    styled,
)


@pytest.mark.parametrize(
    ("who", "doing", "sentence"),
    [
        (("teddy bears",), ("shopping",), "teddy bears shopping"),
        (("teddy bears", "a robot"), ("shopping",), "teddy bears and a robot shopping"),
        (("a", "b", "c"), (), "a, b and c"),
        ((" a ", "", "  "), (" runs ", "at night"), "a runs at night"),
        ((), ("by the sea",), "by the sea"),
        ((), (), ""),
    ],
)
def test_blocks_become_a_sentence(who: tuple[str, ...], doing: tuple[str, ...], sentence: str) -> None:
    assert Blocks(who, doing).sentence() == sentence


def test_every_style_answers_to_all_its_names() -> None:
    for style in STYLES:
        for name in (style.name, style.name.upper(), f" {style.name} ", *style.also):
            assert find_style(name) is style
    assert find_style("in the style of ukiyo-e").name == "ukiyo-e"


def test_no_two_styles_share_a_name() -> None:
    names = [name for style in STYLES for name in (style.name, *style.also)]
    assert len(names) == len(set(names))


def test_an_unknown_style_names_the_known_ones() -> None:
    with pytest.raises(InvalidRequest, match="no style called “baroque”") as caught:
        find_style("baroque")
    for style in STYLES:
        assert style.name in caught.value.remedy


def test_a_style_wraps_the_sentence() -> None:
    assert styled("a  red\n car ", None) == "a red car"
    assert styled("a red car", find_style("neon")) == "a red car, neon"
    assert styled("a red car", find_style("ukiyo-e")) == "a red car in the style of ukiyo-e"


def test_a_style_alone_is_a_prompt() -> None:
    assert styled("", find_style("neon")) == "neon"
    assert styled("  ", find_style("ukiyo-e")) == "in the style of ukiyo-e"


@given(st.text(max_size=40), st.sampled_from([None, *STYLES]))
def test_any_text_can_be_styled(text: str, style: Style | None) -> None:
    prompt = styled(text, style)
    assert " ".join(text.split()) in prompt
    assert prompt == prompt.strip()


@pytest.mark.parametrize("prompt", ["", "   ", "\n\t", "\u3000"])
def test_an_empty_prompt_is_refused(prompt: str) -> None:
    with pytest.raises(InvalidRequest, match="The prompt is empty"):
        check_prompt(prompt)
    assert check_prompt(prompt, may_be_empty=True) == prompt


def test_a_prompt_may_be_long_but_not_endless() -> None:
    assert check_prompt("x" * MAX_PROMPT_CHARS) == "x" * MAX_PROMPT_CHARS
    with pytest.raises(InvalidRequest, match="2,001 characters") as caught:
        check_prompt("x" * (MAX_PROMPT_CHARS + 1), may_be_empty=True)
    assert "2,000" in caught.value.remedy


def test_bytes_that_are_no_text_are_refused_before_a_picture_is_made_of_them() -> None:
    with pytest.raises(InvalidRequest, match="characters that are not text"):
        check_prompt(b"caf\xe9".decode("utf-8", "surrogateescape"))
    assert check_prompt("café 🚗 山")
