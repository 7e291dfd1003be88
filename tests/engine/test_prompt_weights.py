"""Which parts of a prompt are weights, and which are text."""

from __future__ import annotations

import pytest

pytest.importorskip("torch")

from dalle_studio.engine.pipelines.prompt_weights import Fragment, fragments, plain, weighs


@pytest.mark.parametrize(
    ("prompt", "parts"),
    [
        ("a (red hat:1.3) here", [("a ", 1), ("red hat", 1.3), (" here", 1)]),
        ("(hat:.5)", [("hat", 0.5)]),
        ("(hat : 2)", [("hat", 2)]),
        ("hat++, (a big dog)+++", [("hat", 1.21), (", ", 1), ("a big dog", 1.331)]),
        ("一顶红色的帽子++", [("一顶红色的帽子", 1.21)]),
        ("so" + "+" * 20, [("so", 2)]),
    ],
)
def test_weights_are_read(prompt: str, parts: list[tuple[str, float]]) -> None:
    found = fragments(prompt)
    assert [part.text for part in found] == [text for text, _ in parts]
    assert [part.weight for part in found] == pytest.approx([weight for _, weight in parts])
    assert weighs(prompt)


@pytest.mark.parametrize(
    "prompt",
    [
        "",
        "a cat (sleeping)",
        "(a cat",
        "a book on C++",
        "a meeting (at 10:30)",
        "a cat (sleeping:)",
        "a cat (:1.3)",
        "a cat (sleeping:1.3",
        "a cat (sleeping:three)",
        "a cat (sleeping:-1)",
        "a cat (sleeping:7)",
        "two + two, 1+ 1, a cat+",
        '("a cat", "a dog").blend(0.5, 0.5)',
    ],
)
def test_everything_else_is_text(prompt: str) -> None:
    assert fragments(prompt) == (Fragment(prompt),)
    assert plain(prompt) == prompt
    assert not weighs(prompt)


def test_brackets_around_a_weight_stay_text() -> None:
    assert plain("((a cat:1.3) and a dog)") == "(a cat and a dog)"
