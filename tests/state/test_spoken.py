"""Spoken words as they stand in a prompt, in either language."""

from __future__ import annotations

import pytest

from dalle_studio.core.scene import Lexicon
from dalle_studio.engine.speech.likely import is_traditional
from dalle_studio.state.spoken import expected, fitted, written
from dalle_studio.storage.models.installed import find_model, read_lexicon


@pytest.mark.parametrize(
    ("said", "prompt"),
    [
        ("A red car and 2 dogs.", "A red car and two dogs"),
        ("一只猫在沙发上。", "一只猫在沙发上"),
        ("一 只 猫 , 水 彩 画 .", "一只猫，水彩画"),
        ("一只猫， 两只狗……", "一只猫，两只狗"),
        ("一个机器人和两只狗", "一个机器人和两只狗"),
        ("一只猫 3D 渲染", "一只猫 3D 渲染"),
        ("一只猫，３Ｄ渲染！", "一只猫，3D渲染"),
        ("", ""),
    ],
)
def test_what_is_said_is_tidied(said: str, prompt: str) -> None:
    assert written(said) == prompt
    assert written(prompt) == prompt


def test_chinese_needs_no_spaces_around_it() -> None:
    assert fitted("cat", "a", "on") == " cat "
    assert fitted("猫", "一只", "在沙发上") == "猫"
    assert fitted("cat", "一只", "，油画") == "cat"


def test_what_is_expected_in_chinese_is_written_in_simplified_characters() -> None:
    lexicon: Lexicon | None = read_lexicon(find_model())
    hint, phrases = expected("zh", lexicon)
    assert not is_traditional(hint) and 80 < len(hint) < 160
    assert {"火烈鸟", "一位宇航员", "油画"} <= set(phrases)
    assert not any(map(is_traditional, phrases))
    hint, phrases = expected("en", lexicon)
    assert hint.isascii() and "a raccoon" in phrases
