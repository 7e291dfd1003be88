"""The questions of the scorecard: scenes by chance, and sentences for them that no training caption uses."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from dalle_studio.core.scene import Link, Look, Mention, Relation, Scene, Setting, Thing
from dalle_studio.training.art.concepts import THINGS, counted_zh, with_article
from dalle_studio.training.draw.chance import chance, pick
from dalle_studio.training.draw.colours import COLOUR_NAMES, PAINTS
from dalle_studio.training.score.judge_pictures import LOOKS, SETTINGS
from dalle_studio.training.styles.styles import STYLES

LANGUAGES = ("en", "zh")
RIDERS = ("person", "actor", "animal")
MOUNTS = ("mount", "ride")

ALONE = {
    "en": ("show me {}", "a picture with {} in it", "{}, nothing else", "I would like to see {}", "just {}"),
    "zh": ("请画{}", "我想看{}", "只画{}", "给我看看{}", "画面里有{}"),
}
PLACED = {
    "en": ("show me {} {}", "{}, {}", "I would like to see {} {}", "there is {} {}"),
    "zh": ("{1}有{0}", "{0}，{1}", "请画{1}的{0}", "我想看{0}{1}"),
}
TOGETHER = {
    "en": ("{} together with {}", "{} and {}", "here are {} and also {}", "both {} and {}"),
    "zh": ("{}和{}", "既有{}，也有{}", "{}跟{}在一起", "画面里有{}和{}"),
}
RELATED: Mapping[Relation, Mapping[str, Sequence[str]]] = {
    Relation.LEFT_OF: {
        "en": ("{} on the left, {} on the right", "{} to the left of {}", "left of {1} there is {0}"),
        "zh": ("左边是{}，右边是{}", "{}在{}的左边", "{1}的左侧有{0}"),
    },
    Relation.RIGHT_OF: {
        "en": ("{} on the right, {} on the left", "{} to the right of {}", "right of {1} there is {0}"),
        "zh": ("右边是{}，左边是{}", "{}在{}的右边", "{1}的右侧有{0}"),
    },
    Relation.ABOVE: {
        "en": ("{} up above {}", "{} hovering over {}", "above {1} there is {0}"),
        "zh": ("{}在{}的上方", "{1}的上空有{0}", "{}飞在{}上面"),
    },
    Relation.RIDING: {
        "en": ("{} that rides {}", "{} riding on {}", "{} sitting on the back of {}"),
        "zh": ("{}骑着{}", "{}骑在{}上", "骑{1}的{0}"),
    },
}
STYLED = {
    "en": ("show me {}, {}", "{}, done in {}", "{}: {}"),
    "zh": ("{}，{}", "请画{}，用{}", "{1}的{0}"),
}


@dataclass(frozen=True)
class Case:
    """One question: what the model is told, and what is true of a right picture.

    Attributes:
        number: from 0, in its row and language.
        language: "en" or "zh".
        prompt: the sentence.
        scene: what it means.
        seed: of the picture.
    """

    number: int
    language: str
    prompt: str
    scene: Scene
    seed: int


class Writer:
    """Makes one scene and its sentence."""

    def __init__(
        self, language: str, number: int, rng: np.random.Generator, known: Collection[str] | None = None
    ) -> None:
        """Prepare.

        Args:
            language: "en" or "zh".
            number: of the question; the row's own subject comes in turn.
            rng: decides all the rest.
            known: names of the things that may be asked for; None for all.
        """
        self.language, self.number, self.rng = language, number, rng
        self.things = [thing for thing in THINGS if known is None or thing.name in known]

    def thing(self, *categories: str, colourable: bool = False, without: Sequence[Thing] = ()) -> Thing:
        """A thing of some categories (none: of any)."""
        fitting = [
            thing
            for thing in self.things
            if (not categories or thing.category in categories)
            and (thing.colourable or not colourable)
            and thing not in without
        ]
        return pick(self.rng, fitting)

    def in_turn(self, kind: Sequence[Thing] | Sequence[Setting] | Sequence[Look]) -> int:
        """Which of a kind is due: all come up before one comes up again."""
        order = np.random.default_rng(len(kind)).permutation(len(kind))
        return int(order[self.number % len(kind)])

    def names(self, thing: Thing, colour: str | None = None) -> str:
        """The thing with its article or its measure word, now and then by another of its names."""
        names = thing.names[self.language]
        name = pick(self.rng, names) if chance(self.rng, 0.25) else names[0]
        if self.language == "zh":
            painted = f"{COLOUR_NAMES[colour]['zh'][0]}的{name}" if colour else name
            return counted_zh(painted, 1, thing.name)
        if colour is None:
            return with_article(name)
        bare = with_article(name) == name
        return f"{colour} {name}" if bare else with_article(f"{colour} {name}")

    def where(self, setting: Setting) -> str:
        """How a setting is called."""
        return pick(self.rng, setting.names[self.language])

    def how(self, look: Look) -> str:
        """How a style is called."""
        style = next(style for style in STYLES if style.name == look.name)
        return pick(self.rng, style.words if self.language == "en" else style.words_zh)

    def sentence(self, templates: Mapping[str, Sequence[str]], *parts: str) -> str:
        """One of the templates, filled."""
        return pick(self.rng, templates[self.language]).format(*parts)


Made = tuple[Scene, str]


def alone(writer: Writer) -> Made:
    """One thing, every thing in turn, without a place."""
    thing = writer.things[writer.in_turn(writer.things)]
    return Scene((Mention(thing),)), writer.sentence(ALONE, writer.names(thing))


def in_setting(writer: Writer) -> Made:
    """One thing in a place; the places come in turn."""
    thing, setting = writer.thing(), SETTINGS[writer.in_turn(SETTINGS)]
    text = writer.sentence(PLACED, writer.names(thing), writer.where(setting))
    return Scene((Mention(thing),), setting=setting), text


def coloured(writer: Writer) -> Made:
    """One thing in a colour; the colours come in turn."""
    thing, colour = writer.thing(colourable=True), tuple(PAINTS)[writer.number % len(PAINTS)]
    return Scene((Mention(thing, colour),)), writer.sentence(ALONE, writer.names(thing, colour))


def two(writer: Writer) -> Made:
    """Two different things."""
    first = writer.thing()
    second = writer.thing(without=(first,))
    text = writer.sentence(TOGETHER, writer.names(first), writer.names(second))
    return Scene((Mention(first), Mention(second))), text


def related(writer: Writer) -> Made:
    """Two things to the left, to the right, above or riding."""
    relation = tuple(RELATED)[writer.number % len(RELATED)]
    riding = relation is Relation.RIDING
    subject = writer.thing(*(RIDERS if riding else ()))
    other = writer.thing(*(MOUNTS if riding else ()), without=(subject,))
    text = writer.sentence(RELATED[relation], writer.names(subject), writer.names(other))
    return Scene((Mention(subject), Mention(other)), (Link(0, relation, 1),)), text


def styled(writer: Writer) -> Made:
    """One thing in a style; the styles come in turn."""
    thing, look = writer.thing(), LOOKS[writer.in_turn(LOOKS)]
    text = writer.sentence(STYLED, writer.names(thing), writer.how(look))
    return Scene((Mention(thing),), look=look), text


def cases(
    make: Callable[[Writer], Made], language: str, count: int, known: Collection[str] | None = None
) -> list[Case]:
    """The first `count` questions of a row in a language, about known things; always the same."""
    made: list[Case] = []
    for number in range(count):
        rng = np.random.default_rng((977, number, LANGUAGES.index(language), len(make.__name__)))
        scene, prompt = make(Writer(language, number, rng, known))
        made.append(Case(number, language, prompt, scene, 1_000_000 + number))
    return made
