"""The table of things: names in both languages, in the singular and the plural."""
# pyright: reportMissingParameterType=false

from collections import Counter

import pytest

from dalle_studio.training.art.concepts import (
    BY_NAME,
    LABELS,
    MEASURES,
    THINGS,
    WEIGHTS,
    counted_zh,
    plural,
    things_in,
    with_article,
)

CATEGORIES = {
    "animal", "mount", "sea", "object", "plant", "food", "sky", "place", "vehicle", "ride", "actor", "cart",
    "person", "hat", "eyewear", "clothes",
}  # fmt: skip


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("cat", "a cat"),
        ("owl", "an owl"),
        ("unicorn", "a unicorn"),
        ("ufo", "a ufo"),
        ("scissors", "scissors"),
        ("sneakers", "sneakers"),
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
        ("woman in a hijab", "women in a hijab"),
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


@pytest.mark.parametrize(
    ("name_zh", "count", "name", "expected"),
    [
        ("宇航员", 2, "astronaut", "两个宇航员"),
        ("猫", 1, "cat", "一只猫"),
        ("红色的马", 3, "horse", "三匹红色的马"),
        ("汽车", 4, "car", "四辆汽车"),
        ("玫瑰", 1, "rose", "一朵玫瑰"),
        ("树", 1, "tree", "一棵树"),
        ("鱼", 1, "fish", "一条鱼"),
        ("房子", 1, "house", "一座房子"),
        ("椅子", 1, "chair", "一把椅子"),
        ("飞机", 1, "airplane", "一架飞机"),
        ("帆船", 1, "sailboat", "一艘帆船"),
        ("书", 1, "open book", "一本书"),
        ("咖啡", 1, "cup of coffee", "一杯咖啡"),
        ("礼帽", 1, "top hat", "一顶礼帽"),
        ("墨镜", 1, "sunglasses", "一副墨镜"),
    ],
)
def test_counted_in_chinese(name_zh, count, name, expected):
    assert counted_zh(name_zh, count, name) == expected


def test_categories_hold_what_their_name_says():
    assert {thing.category for thing in THINGS} == CATEGORIES
    assert "horse" in {thing.name for thing in things_in("mount", "ride")}
    assert "pizza" not in {thing.name for thing in things_in("mount", "ride")}
    assert {"crown", "top hat"} <= {thing.name for thing in things_in("hat")}


def test_every_thing_is_described_in_full():
    assert len(THINGS) == len(BY_NAME) == len(LABELS) == len(WEIGHTS) == len(MEASURES) >= 440
    for thing in THINGS:
        assert thing.names["en"][0] == thing.name
        assert all(name and name == name.strip("~* ") for names in thing.names.values() for name in names)
        assert all(ord(name[-1]) > 0x2E80 or name == "UFO" for name in thing.names["zh"]), thing.name
        assert 0.3 < thing.size <= 2
        assert 1 <= WEIGHTS[thing.name] <= 15
        assert len(MEASURES[thing.name]) == 1


@pytest.mark.parametrize("language", ["en", "zh"])
def test_no_two_things_share_a_name(language):
    uses = Counter(name for thing in THINGS for name in {name.lower() for name in thing.names[language]})
    assert [name for name, count in uses.items() if count > 1] == []
