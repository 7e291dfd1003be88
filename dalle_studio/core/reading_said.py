"""What a sentence has said so far: its things, and who does what to whom."""

from __future__ import annotations

from dataclasses import dataclass, field

from dalle_studio.core.reading_tags import (
    ALIVE,
    AT_ONCE,
    CABINS,
    HEADGEAR,
    LEFT,
    SEATS,
    WEARABLE,
    Kind,
    Sense,
    Tag,
    Tie,
)
from dalle_studio.core.scene import Link, Look, Mention, Relation, Setting, Thing

_ADJUNCTS = (Relation.WEARING, Relation.HOLDING, Relation.EATING, Relation.PUSHING)
"""What follows their object is said of their subject: "a cat in a hat on a sofa"."""
_RIDERS_DO = (Relation.HOLDING, Relation.EATING, *AT_ONCE)
"""What is rather said of a rider than of what is ridden."""
_HANDS = ("person", "actor")
_HANDY, _HANDY_SIZE = ("object", "plant", "food"), 0.8
"""What a person "with" it has in hand."""
DESCRIBING = (Kind.COUNT, Kind.COLOUR, Kind.SKIP, Kind.ARTICLE)
"""Kinds that may stand before a noun and belong to it."""


@dataclass
class Clause:
    """What has been said of a noun that is still to come."""

    tie: Tie | None = None
    subject: int | None = None
    waiting: tuple[Tie, tuple[int, ...]] | None = None
    """A clause before its noun, which will be the subject of these objects."""
    colour: str | None = None
    count: int | None = None
    definite: bool = False


@dataclass
class Said:
    """What has been made out so far."""

    mentions: list[Mention] = field(default_factory=list[Mention])
    links: list[Link] = field(default_factory=list[Link])
    parents: dict[int, tuple[int, Relation]] = field(default_factory=dict[int, tuple[int, Relation]])
    """Object to subject, as the sentence has them."""
    sides: dict[int, Tie] = field(default_factory=dict[int, Tie])
    place: tuple[int, Setting] | None = None
    look: Look | None = None
    ground: str | None = None
    """Colour of the background."""

    def subject(self, number: int | None, tie: Tie, *, pause: bool) -> int | None:
        """Of whom a relation is said: mostly the last thing, but not of a hat, nor after "and".

        Args:
            number: the last thing.
            tie: the relation.
            pause: whether "and" or a comma stands before it.
        """
        seen: set[int] = set()
        climbs_on = tie.verb and pause
        while number is not None and number in self.parents and number not in seen:
            seen.add(number)
            parent, relation = self.parents[number]
            alive = self.mentions[number].thing.category in ALIVE
            busy = relation is Relation.RIDING and tie.relation in _RIDERS_DO
            if not (climbs_on or busy or relation in _ADJUNCTS or (tie.verb and not alive)):
                break
            number = parent
        return number

    def link(self, subject: int, tie: Tie, object_: int, relation: Relation | None = None) -> None:
        """Note a link, unless a thing would be linked with itself."""
        if subject == object_:
            return
        things = self.mentions[subject].thing, self.mentions[object_].thing
        flipped = tie.flipped
        if relation is None:
            relation, flipped = meant(tie, *things)
        link = Link(object_, relation, subject) if flipped else Link(subject, relation, object_)
        if link not in self.links:
            self.links.append(link)
            self.parents.setdefault(object_, (subject, relation))

    def colour_ground(self, before: str | None, following: list[Tag]) -> None:
        """Note the colour of the background: said before it, or of it and of no other: “背景是蓝色”."""
        rest = [tag for tag in following if tag.kind not in (Kind.SKIP, Kind.HAVE, Kind.DE)]
        named = rest and rest[0].kind is Kind.COLOUR and not (rest[1:] and rest[1].kind is Kind.THING)
        self.ground = before or (rest[0].colour if named else None) or self.ground

    def put_between(self, number: int, middle: list[int]) -> None:
        """Note that a thing is between two others, and forget these."""
        left, right = middle
        self.link(left, LEFT, number)
        self.link(number, LEFT, right)
        middle.clear()

    def sort_sides(self) -> None:
        """What is on the left comes before whatever is not."""
        sides = self.sides
        for number, side in sides.items():
            for other in range(len(self.mentions)):
                if sides.get(other) != side and other not in self.parents and other != number:
                    pair = (number, other) if side == LEFT else (other, number)
                    self.link(pair[0], LEFT, pair[1])


def is_loose(link: Link, number: int, parent: tuple[int, Relation] | None) -> bool:
    """Whether a link only says that a thing comes with its parent."""
    return bool(parent) and link == Link(parent[0], Relation.BESIDE, number)


def meant(tie: Tie, subject: Thing, object_: Thing) -> tuple[Relation, bool]:
    """The relation that a word stands for between these two, and whether they change places."""
    alive, seat = subject.category in ALIVE, object_.category
    if tie.sense in (Sense.IN, Sense.WITH) and seat in WEARABLE and alive:
        return Relation.WEARING, False
    if tie.sense is Sense.WITH and subject.category in _HANDS:
        if seat == "cart":
            return Relation.PUSHING, False
        if seat in _HANDY and object_.size <= _HANDY_SIZE:
            return Relation.HOLDING, False
    if tie.sense in (Sense.IN, Sense.SEATED) and alive and seat in CABINS:
        return Relation.RIDING, False
    if tie.sense is Sense.IN and seat == "place":
        return Relation.BESIDE, False
    if tie.sense is Sense.ON and alive and seat in SEATS:
        return Relation.RIDING, False
    if tie.sense is Sense.ON and subject.category in HEADGEAR and object_.category in ALIVE:
        return Relation.WEARING, True
    return tie.relation, tie.flipped


def without_compounds(tags: list[Tag]) -> list[Tag]:
    """Leave out the first of two nouns that are one: "a robot dog" is a dog."""
    kept: list[Tag] = []
    described = False
    for place, tag in enumerate(tags):
        following = tags[place + 1] if place + 1 < len(tags) else None
        joined = following is not None and following.kind is Kind.THING and not following.zh
        compound = described and joined and not (tag.plural or tag.zh)
        ground = following is not None and following.kind is Kind.GROUND
        if tag.kind is Kind.THING and (compound or ground):
            continue
        described = tag.kind in (Kind.ARTICLE, Kind.COUNT) or (described and tag.kind in DESCRIBING)
        kept.append(tag)
    return kept
