"""Chinese prompts in English: known words in English order, unknown ones kept and told."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dalle_studio.core import phrases
from dalle_studio.core.glossary import Glossary
from dalle_studio.core.picture import Picture
from dalle_studio.core.prompt import STYLES, Blocks, styled
from dalle_studio.core.recipe import Parent, Provenance, record, request_of
from dalle_studio.core.request import Generate, Sampling
from dalle_studio.core.script import IS_CJK, is_chinese
from dalle_studio.core.wording import reworded, rewordings
from dalle_studio.storage.models.installed import find_model, read_lexicon

LEXICON = read_lexicon(find_model())
assert LEXICON is not None
GLOSSARY = Glossary(LEXICON)


@pytest.mark.parametrize(
    ("chinese", "english"),
    [
        ("一只猫骑着马，在沙滩上", "a cat riding a horse, on a beach"),
        ("骑着马的宇航员", "an astronaut riding a horse"),
        ("一只戴着红色帽子的猫在沙滩上", "a cat wearing a red hat on a beach"),
        ("戴着墨镜和礼帽的企鹅", "a penguin wearing sunglasses and a top hat"),
        ("沙发上坐着一只毛茸茸的橘猫", "a fluffy orange cat sitting on a sofa"),
        ("猫的左边有一只狗", "a dog to the left of a cat"),
        ("在猫和狗之间的一个红色的球", "a red ball between a cat and a dog"),
        ("没有戴帽子的男人", "a man not wearing a hat"),
        ("一个男孩和他的狗在海边看日落", "a boy and his dog watching sunset by the sea"),
        ("3只猫和一条龙", "3 cats and a dragon"),
        ("一只猫头鹰坐在书架上", "an owl sitting on a bookshelf"),
        ("一束玫瑰花", "a bunch of roses"),
        ("水彩画风格的猫", "a cat, watercolor"),
        ("模糊，低质量，水印", "blurry, low quality, a watermark"),
        ("a robot 在太空中", "a robot in outer space"),
        ("一张印有“你好”的海报", "a poster with the words “你好”"),
    ],
)
def test_sentences_are_said_as_english_does(chinese: str, english: str) -> None:
    translation = GLOSSARY.english(chinese)
    assert (translation.text, translation.unknown) == (english, ())


def test_every_phrase_of_the_pickers_is_known() -> None:
    for pair in phrases.ALL:
        translation = GLOSSARY.english(pair.zh)
        assert (translation.text, translation.unknown) == (pair.en, ())


def test_everything_that_the_model_knows_has_english() -> None:
    assert LEXICON is not None
    for named in (*LEXICON.things, *LEXICON.settings):
        for name in named.names["zh"]:
            assert not GLOSSARY.english(name).unknown, name


def test_what_is_unknown_is_kept_and_told_once() -> None:
    translation = GLOSSARY.english("一只齉齾在沙滩上，齉齾")
    assert translation.text == "a 齉齾 on a beach, 齉齾"
    assert translation.unknown == ("齉齾",)


@pytest.mark.parametrize("prompt", ["", "a cat, watercolor", "  two  cats\n", "café 🚗"])
def test_what_is_not_chinese_stays_as_it_is(prompt: str) -> None:
    assert GLOSSARY.english(prompt).text == GLOSSARY.prompt(prompt).text == prompt


def test_a_style_is_asked_for_in_english() -> None:
    for style in STYLES:
        assert GLOSSARY.prompt(styled("一只猫", style)).text == styled("a cat", style)
        assert GLOSSARY.prompt(styled("齉齾", style)).text == styled("齉齾", style, chinese=False)


def test_what_somebody_wrote_goes_before_the_glossary() -> None:
    own = {"一只猫": "a fat tabby 猫"}
    translation = GLOSSARY.prompt("一只猫，油画", own)
    assert (translation.text, translation.unknown) == ("a fat tabby 猫, oil painting", ("猫",))


def test_chinese_is_cut_at_its_words() -> None:
    text = "一只猫头鹰 and 滑板"
    assert [text[start:end] for start, end in GLOSSARY.spans(text)][-3:] == ["猫头鹰", "and", "滑板"]


@given(st.text(st.sampled_from("一只猫在沙滩上骑着的红色狗和没有坐，。“”龘 ab1"), max_size=60))
def test_any_text_is_put_into_words_of_english_or_kept(text: str) -> None:
    translation = GLOSSARY.english(text)
    assert translation == GLOSSARY.english(text)
    assert all(word in text for word in translation.unknown)
    if IS_CJK.search(translation.text):
        assert translation.unknown or "“" in text or not IS_CJK.search(text)


@pytest.mark.parametrize("part", ["骑", "的", "在", "骑猫的", "没有", "一"])
def test_the_longest_prompt_of_nonsense_takes_no_second(part: str) -> None:
    start = time.perf_counter()
    GLOSSARY.english((part * 2000)[:2000])
    assert time.perf_counter() - start < 5


def test_a_request_keeps_what_was_said_and_its_recipe_too() -> None:
    sampling = Sampling(seed=1, count=1, negative_prompt="模糊")
    asked = Generate(model="sd15", prompt="一只猫", sampling=sampling)
    sent = reworded(asked, lambda prompt: GLOSSARY.prompt(prompt).text)
    assert isinstance(sent, Generate)
    assert (sent.prompt, sent.said, sent.sampling.negative_prompt) == ("a cat", "一只猫", "blurry")
    assert rewordings(sent) == (("一只猫", "a cat"),)
    recipe = record(sent, MADE)
    assert (recipe.prompt, recipe.said) == ("a cat", "一只猫")
    assert request_of(recipe, _no_picture) == sent


def test_what_needs_no_other_words_is_the_same_request() -> None:
    asked = Generate(model="sd15", prompt="a cat", sampling=Sampling(seed=1))
    assert reworded(asked, lambda prompt: GLOSSARY.prompt(prompt).text) is asked
    recipe = record(asked, MADE)
    assert "said" not in recipe.request and recipe.said == "a cat"


MADE = Provenance(
    model_version="1",
    device="cpu",
    precision="float32",
    native="64 × 64",
    upscaler="",
    elapsed_s=1.0,
    created="2026-01-02T03:04:05Z",
    software="Dalle Studio",
)


def _no_picture(parent: Parent) -> Picture:
    raise AssertionError(parent)


@pytest.mark.parametrize(
    ("who", "doing", "sentence"),
    [
        (("一只猫",), ("骑着马", "在沙滩上"), "一只猫骑着马，在沙滩上"),
        (("一只猫", "一只狗", "一匹马"), (), "一只猫、一只狗和一匹马"),
        (("一只猫", "a robot"), ("在太空中",), "一只猫和a robot 在太空中"),
        (("a robot",), ("在太空中",), "a robot 在太空中"),
        (("一只猫，",), ("骑着马", "at night"), "一只猫，骑着马，at night"),
    ],
)
def test_chinese_blocks_are_joined_as_chinese_is(
    who: tuple[str, ...], doing: tuple[str, ...], sentence: str
) -> None:
    assert Blocks(who, doing).sentence() == sentence


@pytest.mark.parametrize(
    ("text", "chinese"),
    [
        ("一只猫", True),
        ("a cat", False),
        ("a robot 在太空中", True),
        ("a cat with a sign that says 你好", False),
        ("", False),
    ],
)
def test_a_text_is_of_the_language_that_most_of_it_is(text: str, chinese: bool) -> None:
    assert is_chinese(text) is chinese
