"""English captions: how a scene is put into words."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

import numpy as np

from dalle_studio.core.scene import Link, Mention, Relation, Scene, Thing
from dalle_studio.training.art.concepts import WITHOUT_ARTICLE, plural, with_article
from dalle_studio.training.draw.chance import chance, pick
from dalle_studio.training.draw.colours import COLOUR_NAMES

RELATIONS: dict[Relation, tuple[str, ...]] = {
    Relation.RIDING: ("riding", "riding", "riding", "riding", "riding on", "on", "is riding"),
    Relation.ON: ("on top of", "on", "on", "standing on", "sitting on"),
    Relation.UNDER: ("under", "under", "under", "beneath", "below", "underneath"),
    Relation.ABOVE: ("above", "above", "over"),
    Relation.LEFT_OF: ("to the left of", "left of", "on the left of", "on the left side of"),
    Relation.RIGHT_OF: ("to the right of", "right of", "on the right of", "on the right side of"),
    Relation.BESIDE: ("next to", "next to", "beside", "near", "with", "by"),
    Relation.HOLDING: ("holding", "holding", "holding", "carrying", "with", "is holding"),
    Relation.EATING: ("eating", "eating", "eating", "is eating"),
    Relation.WEARING: ("wearing", "wearing", "wearing", "in", "with", "is wearing"),
    Relation.PUSHING: ("pushing", "pushing", "with", "is pushing"),
}
FLYING = ("flying over", "flying above", "flying over")
"""Said of birds and aircraft above something."""
POSES = {
    "person": ("standing", "lounging", "relaxing", "walking"),
    "actor": ("sitting", "standing", "waving"),
    "animal": ("sitting", "standing", "walking"),
}
NUMBERS = {2: "two", 3: "three", 4: "four"}
PLAIN_GROUND = ("on {} background", "on {} background", "against {} background", "with {} background")
UNSTYLED = (
    "an image of {}", "a picture of {}", "{}, beautiful", "{}, high quality", "{}, detailed", "{}, colorful",
)  # fmt: skip
"""Used now and then for pictures in no named style."""
SHOPPING = "shopping for groceries"
GROUND_WORDS = {"navy blue": ("navy blue", "dark blue"), "beige": ("beige", "cream")}


def sentence(scene: Scene, place: str, rng: np.random.Generator, *, nominal: bool) -> str:
    """Say what is shown.

    Args:
        scene: what is shown.
        place: where: a phrase such as "on a beach", or nothing.
        rng: decides between ways to say it.
        nominal: whether it has to be a noun: "a cat eating" rather than "a cat is eating".
    """
    shown = _Teller(scene, rng, nominal=nominal).tell()
    if not place:
        return shown
    if not nominal and chance(rng, 0.1):
        return f"{place}, {shown}"
    comma = "," if place.endswith("background") and chance(rng, 0.3) else ""
    return f"{shown}{comma} {place}"


def ground_phrase(colour: str, rng: np.random.Generator) -> str:
    """How a caption names a plain ground: "on a red background"."""
    word = pick(rng, GROUND_WORDS.get(colour, (colour,)))
    return pick(rng, PLAIN_GROUND).format(with_article(word))


class _Teller:
    """Puts one scene into words."""

    def __init__(self, scene: Scene, rng: np.random.Generator, *, nominal: bool) -> None:
        self._scene, self._rng, self._nominal = scene, rng, nominal
        self._said: set[int] = set()

    def tell(self) -> str:
        """The whole scene, without its setting."""
        objects = {link.object for link in self._scene.links}
        numbers = range(len(self._scene.mentions))
        roots = [number for number in numbers if number not in objects] or [0]
        told = [self._told(number, alone=len(roots) == 1) for number in roots]
        told += [self._told(number, alone=False) for number in numbers if number not in self._said]
        return listing(told)

    def _told(self, number: int, *, alone: bool) -> str:
        self._said.add(number)
        mention = self._scene.mentions[number]
        text = noun_phrase(mention, self._rng)
        links = [
            link for link in self._scene.links if link.subject == number and link.object not in self._said
        ]
        if not links:
            return self._posed(text, mention) if alone else text
        clauses = [self._clause(mention, link, alone=alone and len(links) == 1) for link in links]
        close = links[0].relation in (Relation.WEARING, Relation.HOLDING)
        joint = " and " if close and len(clauses) > 1 and chance(self._rng, 0.4) else " "
        return f"{text} {joint.join(clauses)}"

    def _clause(self, subject: Mention, link: Link, *, alone: bool) -> str:
        words = RELATIONS[link.relation]
        if not alone or self._nominal:
            words = [each for each in words if not each.startswith("is ")]
        flies = subject.thing.category in ("animal", "mount", "person") or subject.thing.size >= 1.3
        if link.relation is Relation.ABOVE and flies and chance(self._rng, 0.5):
            words = FLYING
        phrase = pick(self._rng, words)
        if subject.count > 1:
            phrase = re.sub(r"^is ", "are ", phrase)
        return f"{phrase} {self._told(link.object, alone=False)}"

    def _posed(self, text: str, mention: Mention) -> str:
        poses = POSES.get(mention.thing.category)
        if not poses or self._scene.setting is None or not chance(self._rng, 0.1):
            return text
        return f"{text} {pick(self._rng, poses)}"


def noun_phrase(mention: Mention, rng: np.random.Generator) -> str:
    """A mention with its article or number and its colour: "two red cars"."""
    name = _name(mention.thing, mention.count, rng)
    bare = name in WITHOUT_ARTICLE
    if mention.count > 1:
        name = plural(name)
    if mention.colour:
        words = COLOUR_NAMES[mention.colour]["en"]
        name = f"{words[0] if chance(rng, 0.8) else pick(rng, words)} {name}"
    if mention.count > 1:
        return f"{NUMBERS[mention.count]} {name}"
    return name if bare else with_article(name)


def _name(thing: Thing, count: int, rng: np.random.Generator) -> str:
    names: Sequence[str] = thing.names["en"]
    if count > 1:
        names = [name for name in names if name not in WITHOUT_ARTICLE] or names
    return names[0] if chance(rng, 0.65) else pick(rng, names)


def listing(parts: list[str]) -> str:
    """Join phrases as English does: "a, b and c"."""
    return " and ".join([", ".join(parts[:-1]), parts[-1]] if len(parts) > 1 else parts)


def tag(mention: Mention, rng: np.random.Generator) -> str:
    """A mention as people type it in haste: without its article."""
    return re.sub(r"^an? ", "", noun_phrase(mention, rng))


def place_tag(phrase: str) -> str:
    """A place as people type it in haste: "on a beach" gives "beach"."""
    short = re.sub(
        r"^(in front of|on the surface of|at the bottom of|in|on|at|by|under|among|near|inside) ", "", phrase
    )
    return re.sub(r"^(a|an|the) ", "", short)


def phrases() -> Iterator[str]:
    """The fixed words of English captions."""
    for table in (
        *RELATIONS.values(),
        *POSES.values(),
        *GROUND_WORDS.values(),
        FLYING,
        PLAIN_GROUND,
        UNSTYLED,
    ):
        yield from table
    for names in COLOUR_NAMES.values():
        yield from names["en"]
    yield from (*NUMBERS.values(), "a", "an", "and", "are", SHOPPING)
