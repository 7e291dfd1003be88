"""The things a picture can show: their names, their kind, how large they are and how often they are drawn.

They stand in ``things.txt``. A heading ``[category size measure]`` opens each category and says what its
things have unless they say otherwise: their size (`core.scene.Thing.size`) and the Chinese measure word that
counts them. Every other line is one thing::

    label = name *, other names | Chinese names | options

The label is the short name that the Unicode CLDR gives the emoji, which is how the art is found; it is left
out where it equals the first name. A star marks a thing that may be repainted in any colour, and a tilde
stands before a name that takes neither article nor plural ("~jeans"). The usual name comes first in both
languages. Options, in any order: a number is the size, ``x5`` says how much more often than others it is
drawn, and anything else is the measure word. Empty lines and lines with a leading ``#`` say nothing.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from dalle_studio.core.scene import Thing

TABLE = Path(__file__).with_name("things.txt")
NUMBERS_ZH = {1: "一", 2: "两", 3: "三", 4: "四"}
SOUNDS_LIKE_YOU = ("unicorn", "ufo")
IRREGULAR_PLURALS = {
    "man": "men", "woman": "women", "person": "people", "child": "children", "mouse": "mice", "goose": "geese",
    "wolf": "wolves", "leaf": "leaves", "loaf": "loaves", "elf": "elves", "knife": "knives", "ox": "oxen",
    "sheep": "sheep", "fish": "fish", "jellyfish": "jellyfish", "pufferfish": "pufferfish", "deer": "deer",
    "moose": "moose", "bison": "bison", "shrimp": "shrimp", "squid": "squid", "tomato": "tomatoes",
    "potato": "potatoes", "mango": "mangoes", "volcano": "volcanoes", "hero": "heroes", "superhero": "superheroes",
    "businessman": "businessmen", "businesswoman": "businesswomen", "fireman": "firemen", "snowman": "snowmen",
    "gentleman": "gentlemen", "merman": "mermen", "policeman": "policemen", "policewoman": "policewomen",
    "repairman": "repairmen", "spaceman": "spacemen", "spacewoman": "spacewomen",
}  # fmt: skip


@dataclass(frozen=True)
class _Line:
    """What one line of the table says."""

    thing: Thing
    label: str
    measure: str
    weight: float
    without_article: frozenset[str]


def _lines(table: str) -> Iterator[_Line]:
    category, size, measure = "", "", ""
    for text in table.splitlines():
        if text.startswith("["):
            category, size, measure = text.strip("[]").split()
        elif text and not text.startswith("#"):
            english, chinese, options = f"{text}||".split("|")[:3]
            yield _line(english, chinese, [size, measure, *options.split()], category)


def _line(english: str, chinese: str, options: Sequence[str], category: str) -> _Line:
    """Read one thing; of two options that say the same, the last one counts."""
    label, _, listed = english.replace("*", "").rpartition("=")
    names = {"en": _listed(listed.replace("~", "")), "zh": _listed(chinese)}
    size, measure, weight = 1.0, "", 1.0
    for option in options:
        if option.startswith("x"):
            weight = 2.5 * float(option[1:])
        elif option[0].isdigit():
            size = float(option)
        else:
            measure = option
    thing = Thing(names["en"][0], names, category, size, "*" in english)
    bare = frozenset(name.removeprefix("~") for name in _listed(listed) if name.startswith("~"))
    return _Line(thing, label.strip() or thing.name, measure, weight, bare)


def _listed(text: str) -> tuple[str, ...]:
    return tuple(name.strip() for name in text.split(","))


_LINES = tuple(_lines(TABLE.read_text("utf-8")))
THINGS = tuple(line.thing for line in _LINES)
BY_NAME = {thing.name: thing for thing in THINGS}
LABELS = {line.thing.name: line.label for line in _LINES}
"""Name of each thing to the CLDR short name of its emoji."""
WEIGHTS = {line.thing.name: line.weight for line in _LINES}
"""Name of each thing to how often it is drawn, relative to the others (1 to 15)."""
MEASURES = {line.thing.name: line.measure for line in _LINES}
"""Name of each thing to the Chinese word that counts it."""
WITHOUT_ARTICLE = frozenset[str]().union(*(line.without_article for line in _LINES))


def things_in(*categories: str) -> tuple[Thing, ...]:
    """All things of the given categories, in table order."""
    return tuple(thing for thing in THINGS if thing.category in categories)


def with_article(name: str) -> str:
    """Put "a" or "an" before a name, or nothing before plurals, materials and proper names."""
    if name in WITHOUT_ARTICLE:
        return name
    vowel = name[0].lower() in "aeio" or (name[0] == "u" and not name.startswith(SOUNDS_LIKE_YOU))
    return f"{'an' if vowel else 'a'} {name}"


def plural(name: str) -> str:
    """The plural of a name: "cup of coffee" gives "cups of coffee". Names without article stay."""
    if name in WITHOUT_ARTICLE:
        return name
    for link in (" of ", " with ", " in "):
        head, found, rest = name.partition(link)
        if found:
            return plural(head) + link + rest
    before, space, noun = name.rpartition(" ")
    return before + space + _plural_noun(noun)


def _plural_noun(noun: str) -> str:
    if noun in IRREGULAR_PLURALS:
        return IRREGULAR_PLURALS[noun]
    if noun.endswith("y") and noun[-2] not in "aeiou":
        return noun[:-1] + "ies"
    return noun + ("es" if noun.endswith(("s", "x", "ch", "sh")) else "s")


def counted_zh(name_zh: str, count: int, name: str) -> str:
    """Count a thing in Chinese: 两个宇航员, 一匹马.

    Args:
        name_zh: what the sentence calls it, with a colour word in front or without.
        count: 1 to 4.
        name: the usual English name of the thing, which decides the measure word.
    """
    return f"{NUMBERS_ZH[count]}{MEASURES[name]}{name_zh.removeprefix(f'一{MEASURES[name]}')}"
