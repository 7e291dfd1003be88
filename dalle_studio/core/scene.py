"""What a sentence describes: things, how they stand to one another, where, and drawn how.

Plain data. `core/reading.py` makes a scene from a prompt, `core/layout.py` says where its things go.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any


class Relation(StrEnum):
    """How a thing (the subject) stands to another (the object)."""

    RIDING = "riding"
    ON = "on"
    UNDER = "under"
    ABOVE = "above"
    LEFT_OF = "left of"
    RIGHT_OF = "right of"
    BESIDE = "next to"
    HOLDING = "holding"
    EATING = "eating"
    WEARING = "wearing"
    PUSHING = "pushing"


@dataclass(frozen=True)
class Thing:
    """Something that can be named and drawn.

    Attributes:
        name: the usual English name; keys its art.
        names: what people call it, for each language ("en", "zh"), the usual name first.
        category: animal, mount, sea, object, plant, food, sky, place, vehicle, ride, actor, cart, person, hat,
            eyewear or clothes.
        size: height or width, whichever is longer, relative to a grown person (about 0.4 to 2; not to scale).
        colourable: whether it comes in colours.
    """

    name: str
    names: Mapping[str, Sequence[str]]
    category: str
    size: float = 1.0
    colourable: bool = False


@dataclass(frozen=True)
class Setting:
    """A place that a picture can be set in.

    Attributes:
        name: the usual English phrase, such as "on a beach".
        names: phrases for each language, the usual one first.
        ground: highest and lowest place where things stand, as shares of the picture's height from the top.
        floating: whether things hang freely instead of standing.
    """

    name: str
    names: Mapping[str, Sequence[str]]
    ground: tuple[float, float] = (0.8, 0.92)
    floating: bool = False


@dataclass(frozen=True)
class Look:
    """A style as the starter model draws it.

    Attributes:
        name: one of `core.prompt.STYLES`, or "none".
        names: words that ask for it, for each language.
        families: art families it may be drawn from.
        plain_only: whether it is drawn on plain ground alone.
        shows_ground: whether a plain ground keeps its colour in it.
        has_lines: whether it draws a line along every edge, those of a busy place too.
    """

    name: str
    names: Mapping[str, Sequence[str]]
    families: tuple[str, ...]
    plain_only: bool = False
    shows_ground: bool = False
    has_lines: bool = False


@dataclass(frozen=True)
class Lexicon:
    """Everything a starter model knows by name."""

    things: tuple[Thing, ...]
    settings: tuple[Setting, ...]
    looks: tuple[Look, ...]
    colours: Mapping[str, Mapping[str, Sequence[str]]]
    """English name of a colour to its words in each language."""

    @staticmethod
    def from_json(values: Mapping[str, Any]) -> Lexicon:
        """Read what `to_json` wrote. Raises KeyError or TypeError where something is missing."""
        return Lexicon(
            things=tuple(Thing(**each) for each in values["things"]),
            settings=tuple(Setting(**_with_tuple(each, "ground")) for each in values["settings"]),
            looks=tuple(Look(**_with_tuple(each, "families")) for each in values["looks"]),
            colours=values["colours"],
        )

    def to_json(self) -> dict[str, Any]:
        """Plain values, for `json.dumps`."""
        return {
            "things": [dict(vars(each)) for each in self.things],
            "settings": [dict(vars(each)) for each in self.settings],
            "looks": [dict(vars(each)) for each in self.looks],
            "colours": dict(self.colours),
        }


def _with_tuple(values: Mapping[str, Any], name: str) -> dict[str, Any]:
    """A copy of what JSON holds, one of its lists made a tuple."""
    return dict(values) | {name: tuple(values[name])}


@dataclass(frozen=True)
class Mention:
    """A thing as a sentence names it: its colour word, and how many of it (1 to 4)."""

    thing: Thing
    colour: str | None = None
    count: int = 1


@dataclass(frozen=True)
class Link:
    """Mention number `subject` stands in a relation to mention number `object`."""

    subject: int
    relation: Relation
    object: int


@dataclass(frozen=True)
class Scene:
    """What a picture shows.

    Attributes:
        mentions: in the order of the sentence, at most four.
        links: between mentions; a mention without a link simply stands beside the others.
        setting: None for a plain ground.
        look: None for no style in particular.
        unknown: words that name nothing known, as they were written.
        ground: colour word of a plain ground; None where none is named.
    """

    mentions: tuple[Mention, ...] = ()
    links: tuple[Link, ...] = ()
    setting: Setting | None = None
    look: Look | None = None
    unknown: tuple[str, ...] = field(default=())
    ground: str | None = None
