"""Chinese captions: how a scene is put into words."""

from __future__ import annotations

import re
from collections.abc import Iterator

import numpy as np

from dalle_studio.core.scene import Link, Mention, Relation, Scene, Thing
from dalle_studio.training.art.concepts import NUMBERS_ZH, counted_zh
from dalle_studio.training.draw.chance import chance, pick
from dalle_studio.training.draw.colours import COLOUR_NAMES

RELATIONS: dict[Relation, tuple[str, ...]] = {
    Relation.RIDING: ("骑着{}", "骑着{}", "骑着{}", "骑{}", "骑在{}上", "正在骑{}"),
    Relation.ON: ("在{}上", "在{}上面", "坐在{}上", "站在{}上"),
    Relation.UNDER: ("在{}下", "在{}下面", "在{}底下", "站在{}下"),
    Relation.ABOVE: ("在{}上方", "在{}的上方", "在{}上空"),
    Relation.LEFT_OF: ("在{}左边", "在{}的左边", "在{}的左侧", "在{}左侧"),
    Relation.RIGHT_OF: ("在{}右边", "在{}的右边", "在{}的右侧", "在{}右侧"),
    Relation.BESIDE: ("在{}旁边", "在{}旁边", "在{}的旁边", "挨着{}", "在{}附近"),
    Relation.HOLDING: ("拿着{}", "拿着{}", "手里拿着{}", "抱着{}", "举着{}"),
    Relation.EATING: ("吃着{}", "在吃{}", "正在吃{}", "吃{}"),
    Relation.WEARING: ("戴着{}", "戴着{}", "戴{}"),
    Relation.PUSHING: ("推着{}", "推着{}", "推{}"),
}
SPECIAL = {
    "skateboard": ("踩着{}", "玩{}", "滑着{}"),
    "canoe": ("划着{}", "坐在{}上"),
    "clothes": ("穿着{}", "穿着{}", "穿{}"),
    "vehicle": ("开着{}", "坐在{}上", "开{}"),
    "rocket": ("坐着{}", "骑着{}", "乘坐{}"),
    "flying": ("飞在{}上方", "在{}上空飞", "从{}上方飞过"),
}
_HEADWEAR = ("scarf", "gloves", "necktie")
_ATTRIBUTES = (Relation.WEARING, Relation.HOLDING, Relation.RIDING, Relation.EATING, Relation.PUSHING)
BACKWARDS = {
    Relation.ON: ("{}上有", "{}上面有", "{}上的"),
    Relation.UNDER: ("{}下有", "{}下面有", "{}下的"),
    Relation.ABOVE: ("{}上方有", "{}的上方有", "{}上方的"),
    Relation.LEFT_OF: ("{}左边有", "{}的左边是", "{}左边的"),
    Relation.RIGHT_OF: ("{}右边有", "{}的右边是", "{}右边的"),
    Relation.BESIDE: ("{}旁边有", "{}的旁边是", "{}旁边的"),
}
"""Said of the object first: 宇航员的左边有一匹马."""
PLAIN_GROUND = ("{}背景", "{}背景", "{}的背景")
UNSTYLED = ("一张{}的图片", "{}的图片", "一幅画，{}", "{}，精美", "{}，高清", "画一个场景：{}", "{}，好看")
POSES = {"person": ("站着", "休息"), "actor": ("坐着", "站着"), "animal": ("坐着", "站着", "走路")}
SHOPPING = ("买菜", "购物", "买东西")
GROUND_WORDS = {"navy blue": ("深蓝色", "藏青色"), "beige": ("米色", "米黄色"), "teal": ("青色", "蓝绿色")}


def sentence(scene: Scene, place: str, rng: np.random.Generator, *, nominal: bool) -> str:
    """Say what is shown.

    Args:
        scene: what is shown.
        place: where: a phrase such as 在海滩上, a background, or nothing.
        rng: decides between ways to say it.
        nominal: whether it has to be a noun: 骑着马的猫 rather than 猫骑着马.
    """
    return _Teller(scene, rng, nominal=nominal).tell(place)


def ground_phrase(colour: str, rng: np.random.Generator) -> str:
    """How a caption names a plain ground: 红色背景."""
    words = GROUND_WORDS.get(colour) or COLOUR_NAMES[colour]["zh"][:1]
    return pick(rng, PLAIN_GROUND).format(pick(rng, words))


class _Teller:
    """Puts one scene into words."""

    def __init__(self, scene: Scene, rng: np.random.Generator, *, nominal: bool) -> None:
        self._scene, self._rng, self._nominal = scene, rng, nominal
        self._said: set[int] = set()

    def tell(self, place: str) -> str:
        """The whole scene."""
        objects = {link.object for link in self._scene.links}
        numbers = range(len(self._scene.mentions))
        roots = [number for number in numbers if number not in objects] or [0]
        linked = {link.subject for link in self._scene.links}
        if len(roots) == 1:
            return self._sentence(roots[0], place)
        told = [self._sentence(number, "") if number in linked else self._noun(number) for number in roots]
        joint = pick(self._rng, ("和", "和", "与")) if not any(each in linked for each in roots) else "，还有"
        text = joint.join(["、".join(told[:-1]), told[-1]])
        return self._before(text, place) if place else text

    def _before(self, text: str, place: str) -> str:
        """Put a place or a background to a finished text."""
        if self._nominal:
            bare = place.removeprefix("在")
            return f"{bare}{'上' if bare.endswith('背景') else ''}的{text}"
        if place.endswith("背景"):
            return f"{text}，{place}" if chance(self._rng, 0.7) else f"{place}，{text}"
        if not place.startswith("在"):
            return f"{place}，{text}" if chance(self._rng, 0.6) else f"{text}，{place}"
        bare = place.removeprefix("在")
        forms = ("{place}，{text}", "{bare}，{text}", "{bare}的{text}", "{text}，{place}", "{text}{place}")
        form = pick(self._rng, forms[: 4 if self._scene.links else 5])
        return form.format(place=place, bare=bare, text=text)

    def _sentence(self, number: int, place: str) -> str:
        """A subject, where it is, and what it does."""
        self._said.add(number)
        mention = self._scene.mentions[number]
        links = [link for link in self._scene.links if link.subject == number]
        if not links:
            return self._alone(mention, place)
        if self._nominal or (len(links) == 1 and chance(self._rng, 0.3)):
            told = self._turned_round(mention, links)
            return self._before(told, place) if place else told
        *attributes, main = links
        modifier = "".join(self._attribute(link) for link in attributes)
        subject, verb = _noun_phrase(mention, self._rng, modifier, often=0.8), self._verb(mention, main)
        if place.startswith("在") and chance(self._rng, 0.5) and main.relation in _ATTRIBUTES:
            return f"{subject}{place}{re.sub('^正?在(?=[吃骑])', '', verb)}"
        told = f"{subject}{verb}"
        return self._before(told, place) if place else told

    def _alone(self, mention: Mention, place: str) -> str:
        noun = _noun_phrase(mention, self._rng, often=0.8)
        if not place:
            return noun
        poses = POSES.get(mention.thing.category)
        if place.startswith("在") and not self._nominal and chance(self._rng, 0.5):
            pose = pick(self._rng, poses) if poses and chance(self._rng, 0.2) else ""
            return f"{noun}{place}{pose}"
        return self._before(noun, place)

    def _turned_round(self, mention: Mention, links: list[Link]) -> str:
        """The other way to say it: 一只戴着礼帽的猫, 宇航员的左边有一匹马."""
        *attributes, main = links
        modifier = "".join(self._attribute(link) for link in attributes)
        if main.relation not in BACKWARDS:
            return _noun_phrase(mention, self._rng, modifier + self._attribute(main), often=0.85)
        other = _noun_phrase(self._scene.mentions[main.object], self._rng, often=0.4)
        forms = BACKWARDS[main.relation]
        form = forms[2] if self._nominal else pick(self._rng, forms)
        return form.format(other) + _noun_phrase(mention, self._rng, modifier, often=0.95)

    def _attribute(self, link: Link) -> str:
        verb = self._verb(self._scene.mentions[link.subject], link)
        return re.sub(r"^正?在(?=[吃骑])", "", verb) + "的"

    def _verb(self, subject: Mention, link: Link) -> str:
        thing = self._scene.mentions[link.object]
        forms = _forms(subject.thing, link.relation, thing.thing)
        return pick(self._rng, forms).format(_noun_phrase(thing, self._rng, often=0.45))

    def _noun(self, number: int) -> str:
        return _noun_phrase(self._scene.mentions[number], self._rng, often=0.8)


def _forms(subject: Thing, relation: Relation, thing: Thing) -> tuple[str, ...]:
    """Ways to say a relation between two things."""
    key = ""
    if relation is Relation.RIDING:
        key = thing.name if thing.name in SPECIAL else thing.category
    elif relation is Relation.WEARING and thing.name not in _HEADWEAR:
        key = thing.category
    elif relation is Relation.ABOVE and subject.category in ("animal", "mount"):
        key = "flying"
    if relation in (Relation.ON, Relation.UNDER) and subject.category not in (
        "animal",
        "mount",
        "person",
        "actor",
    ):
        return RELATIONS[relation][:2]
    return SPECIAL.get(key, RELATIONS[relation])


def _noun_phrase(mention: Mention, rng: np.random.Generator, modifier: str = "", often: float = 0.7) -> str:
    """A mention with its number, what is said of it and its colour: 两只戴着礼帽的黑猫.

    Args:
        mention: what is named.
        rng: decides between names.
        modifier: ends in 的, or empty.
        often: how often a single thing is counted with 一.
    """
    names = mention.thing.names["zh"]
    name = names[0] if chance(rng, 0.6) else pick(rng, names)
    if mention.colour:
        name = _coloured(name, mention.colour, rng)
    if name.startswith("一") and modifier:
        return f"{modifier}{name}"
    if mention.count == 1 and (name.startswith("一") or not chance(rng, often)):
        return f"{modifier}{name}"
    return counted_zh(f"{modifier}{name}", mention.count, mention.thing.name)


def _coloured(name: str, colour: str, rng: np.random.Generator) -> str:
    words = COLOUR_NAMES[colour]["zh"]
    word = words[0] if chance(rng, 0.7) else pick(rng, words)
    if name.startswith("一") and len(name) > 2:
        return f"{word}的{name}"
    return f"{word}的{name}" if chance(rng, 0.45) else f"{word}{name}"


def tag(mention: Mention, rng: np.random.Generator) -> str:
    """A mention as people type it in haste."""
    return _noun_phrase(mention, rng, often=0.0)


def place_tag(phrase: str) -> str:
    """A place as people type it in haste: 在海滩上 gives 海滩."""
    return re.sub(r"(?<=..)[上里中下]$", "", phrase.removeprefix("在"))


def phrases() -> Iterator[str]:
    """The fixed words of Chinese captions."""
    for table in (*RELATIONS.values(), *SPECIAL.values(), *BACKWARDS.values(), *GROUND_WORDS.values()):
        yield from table
    for names in COLOUR_NAMES.values():
        yield from names["zh"]
    yield from (*POSES["person"], *POSES["animal"], *PLAIN_GROUND, *UNSTYLED, *SHOPPING, *NUMBERS_ZH.values())
    yield from ("和", "与", "还有", "的", "背景")
