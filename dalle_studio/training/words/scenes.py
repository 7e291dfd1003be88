"""What the pictures show: scenes made up at random, so that words and relations occur in sensible company."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import IntEnum
from functools import cache

import numpy as np

from dalle_studio.core.scene import Link, Look, Mention, Relation, Scene, Setting, Thing
from dalle_studio.training.art.concepts import BY_NAME, MEASURES, THINGS, WEIGHTS, plural, things_in
from dalle_studio.training.draw.chance import chance, pick
from dalle_studio.training.draw.colours import GROUNDS, PAINTS
from dalle_studio.training.draw.frame import SIDE
from dalle_studio.training.places.built import BACKGROUNDS
from dalle_studio.training.places.place import Background
from dalle_studio.training.styles.styles import STYLES, Style

ANIMATE = ("animal", "mount", "person", "actor")


class Lesson(IntEnum):
    """What a picture teaches; a model sees the easy ones first."""

    PLAIN = 0
    """One large thing on a plain ground, in any style."""
    PLACE = 1
    """One thing in a place, in any style."""
    RELATION = 2
    """Several things and how they stand to one another."""


@dataclass(frozen=True)
class Plan:
    """A scene with everything that decides how it is drawn.

    Attributes:
        scene: what the picture shows.
        style: how it is drawn.
        place: where, or None for a plain ground.
        ground: colour of the plain ground, a key of `GROUNDS`; empty in a place.
    """

    scene: Scene
    style: Style
    place: Background | None
    ground: str


def random_scene(lesson: Lesson, rng: np.random.Generator) -> Scene:
    """Make up a scene."""
    return random_plan(lesson, rng).scene


def random_plan(lesson: Lesson, rng: np.random.Generator) -> Plan:
    """Make up a scene, its style and its ground."""
    style = pick(rng, STYLES, [style.weight for style in STYLES])
    place, ground = _place(lesson, style, rng), ""
    if place is None:
        ground = "white" if style.plain_only else pick(rng, tuple(GROUNDS))
    cast = _Cast(rng, ground, paints=style.shows_colours)
    _plot(lesson, place, rng)(cast)
    setting = None if place is None else setting_of(place)
    scene = Scene(tuple(cast.mentions), tuple(cast.links), setting, look_of(style))
    return Plan(scene, style, place, ground)


def _place(lesson: Lesson, style: Style, rng: np.random.Generator) -> Background | None:
    share = {Lesson.PLAIN: 1.0, Lesson.PLACE: 0.2, Lesson.RELATION: 0.3}[lesson]
    if style.plain_only or chance(rng, share):
        return None
    return pick(rng, BACKGROUNDS, [place.weight for place in BACKGROUNDS])


@cache
def setting_of(place: Background) -> Setting:
    """A background as the product knows it."""
    high, low = place.ground
    names = {"en": place.phrases, "zh": place.phrases_zh}
    return Setting(place.phrases[0], names, (high / SIDE, low / SIDE), place.floating)


@cache
def look_of(style: Style) -> Look | None:
    """A style as the product knows it; None for no style in particular."""
    if style.name == "none":
        return None
    words = {"en": style.words, "zh": style.words_zh}
    families = tuple(dict.fromkeys(style.families))
    return Look(style.name, words, families, style.plain_only, style.shows_ground, style.has_lines)


class _Cast:
    """The things of a scene as they are chosen."""

    def __init__(self, rng: np.random.Generator, ground: str, *, paints: bool) -> None:
        self.rng, self._ground, self._paints = rng, ground, paints
        self.mentions: list[Mention] = []
        self.links: list[Link] = []

    def add(self, among: Sequence[Thing], counts: Sequence[int] = (1,)) -> int:
        """Choose a thing, sometimes its colour, and how many; the number of the mention."""
        used = {mention.thing.name for mention in self.mentions}
        fresh = [thing for thing in among if thing.name not in used]
        thing = pick(self.rng, fresh, [WEIGHTS[thing.name] for thing in fresh])
        count = pick(self.rng, counts) if countable(thing) else 1
        self.mentions.append(Mention(thing, self._colour(thing), count))
        return len(self.mentions) - 1

    def _colour(self, thing: Thing) -> str | None:
        often = 0.5 if thing.colourable else 0.05 * (thing.category in ("animal", "object", "actor"))
        if not self._paints or not chance(self.rng, often):
            return None
        return pick(self.rng, [word for word in PAINTS if word not in self._ground])

    def link(self, subject: int, relation: Relation, thing: int) -> None:
        """Say how one mention stands to another."""
        self.links.append(Link(subject, relation, thing))


def countable(thing: Thing) -> bool:
    """Whether one can speak of two of it."""
    return thing.name in _COUNTABLE


_COUNTABLE = frozenset(
    thing.name for thing in THINGS if thing.name != plural(thing.name) or thing.category in ("animal", "sea")
)
_FEW = (1, 1, 1, 1, 1, 2, 2, 3)
_FEWER = (1, 1, 1, 1, 1, 1, 1, 2)
_MANY = (2, 2, 2, 3, 3, 4)


def _named(text: str) -> tuple[Thing, ...]:
    return tuple(BY_NAME[name] for name in (each.strip() for each in text.split(",")) if name in BY_NAME)


_FIGURES = things_in(*ANIMATE)
_PEOPLE = things_in("person", "actor")
_MOVING = ("jockey", "surfer", "swimmer", "rower", "cyclist", "skier", "snowboarder", "climber", "mermaid",
           "merman", "genie", "walking man", "walking woman", "runner", "fencer")  # fmt: skip
"""People whose art shows them on or in something, or on foot."""
_RIDERS = (
    *(thing for thing in _PEOPLE if thing.name not in _MOVING),
    *(thing for thing in things_in("animal") if thing.size <= 1.1),
)
_STEEDS = (
    *(things_in("mount", "ride") * 3),
    *_named("""turtle, dolphin, whale, shark, tiger, cow, pig, sheep, swan, snail, giraffe, donkey,
               rocket, tractor, canoe, carousel horse, flamingo, kangaroo, rhinoceros, car, airplane, moon"""),
)  # fmt: skip
_BASES = _named("""car, sofa, chair, bed, cardboard box, elephant, stack of books, house, birthday cake,
    turtle, drum, suitcase, bus, gift box, television, skateboard, rock, log, bathtub, dinner plate, horse, cow,
    laptop, castle, toilet, basket, desert island, pizza, piano keyboard, treasure chest, shopping cart, truck,
    moon, star, mushroom, lotus flower, whale, hippo, oil drum, boat, pickup truck, red book, open book""")
_SHELTERS = _named("""tree, tree, palm tree, palm tree, pine tree, christmas tree, umbrella, umbrella, rainbow,
    rainbow, moon, crescent moon, sun, cloud, beach umbrella, rain cloud, star, planet, paper lantern,
    mushroom, sunflower, balloon, tanabata tree""")
_FLYERS = (
    *things_in("sky"),
    *_named(
        "bird, butterfly, bee, eagle, owl, bat, dragon, parrot, dove, crow, duck, fairy, superhero, ladybug"
    ),
)
_GEAR = (
    *(thing for thing in things_in("object", "food", "plant") if thing.size <= 0.6),
    *(_named("balloon, umbrella, kite, guitar, rose, ice cream cone, bouquet, gift box, heart") * 2),
)
_MEALS = tuple(
    thing
    for thing in things_in("food")
    if MEASURES[thing.name] not in ("杯", "瓶", "双", "把", "副", "桶")
    and thing.name not in ("salt shaker", "baby bottle", "ice cube", "juice box", "tin can", "bowl")
)
_SHOES = ("鞋", "靴", "拖", "袜")
_WORN = tuple(
    thing
    for thing in (*(things_in("hat") * 3), *(things_in("eyewear") * 2), *things_in("clothes"))
    if not any(mark in thing.names["zh"][0] for mark in _SHOES)
)
_CARTS = things_in("cart")
_THINGS = THINGS


def _plot(lesson: Lesson, place: Background | None, rng: np.random.Generator) -> Callable[[_Cast], None]:
    if lesson is Lesson.PLAIN:
        return _alone
    fits = _fitting(place)
    if lesson is Lesson.PLACE:
        return lambda cast: _alone(cast, fits if fits and chance(rng, 0.5) else _THINGS)
    plots, weights = zip(*_PLOTS, strict=True)
    return pick(rng, plots, weights)


@cache
def _fitting(place: Background | None) -> tuple[Thing, ...]:
    """What is most at home in a place: food on tables, fish under water; nothing in most places."""
    words = " ".join(place.phrases) if place else ""
    if "table" in words:
        return things_in("food")
    if "underwater" in words or "ocean" in words:
        return (*things_in("sea"), *_named("sailboat, ship, speedboat, canoe, turtle, surfer, penguin"))
    if "shopping" in words or "classroom" in words or "stage" in words:
        return _PEOPLE
    return ()


def _alone(cast: _Cast, among: Sequence[Thing] = _THINGS) -> None:
    cast.add(among)


def _counted(cast: _Cast) -> None:
    cast.add([thing for thing in _THINGS if countable(thing)], _MANY)


def _pair(
    relation: Relation | Sequence[Relation],
    subjects: Sequence[Thing],
    things: Sequence[Thing],
    counts: tuple[Sequence[int], Sequence[int]] = (_FEWER, (1,)),
) -> Callable[[_Cast], None]:
    """A plot in which some subject stands in a relation to some thing."""

    def plot(cast: _Cast) -> None:
        subject = cast.add(subjects, counts[0])
        relations = (relation,) if isinstance(relation, Relation) else relation
        cast.link(subject, pick(cast.rng, relations), cast.add(things, counts[1]))

    return plot


def _loose(cast: _Cast) -> None:
    """Two or three things that are simply there."""
    cast.add(_THINGS, _FEW)
    cast.add(_THINGS, _FEW)
    if chance(cast.rng, 0.35):
        cast.add(_THINGS)


def _dressed_rider(cast: _Cast) -> None:
    rider = cast.add(_RIDERS)
    worn = cast.add(_WORN)
    mount = cast.add(_STEEDS)
    cast.link(rider, Relation.WEARING, worn)
    cast.link(rider, Relation.RIDING, mount)


def _busy(cast: _Cast) -> None:
    """A dressed figure that holds or eats something, or a rider with something in hand."""
    figure = cast.add(_FIGURES)
    wears = chance(cast.rng, 0.6)
    cast.link(
        figure,
        Relation.WEARING if wears else Relation.RIDING,
        cast.add(_WORN if wears else _STEEDS),
    )
    eats = chance(cast.rng, 0.35)
    cast.link(figure, Relation.EATING if eats else Relation.HOLDING, cast.add(_MEALS if eats else _GEAR))


def _rider_beside(cast: _Cast) -> None:
    """A rider or wearer, with something next to the two."""
    rider = cast.add(_RIDERS)
    rides = chance(cast.rng, 0.6)
    cast.link(rider, Relation.RIDING if rides else Relation.WEARING, cast.add(_STEEDS if rides else _WORN))
    other = cast.add(_THINGS, _FEWER)
    if chance(cast.rng, 0.5):
        relation = pick(cast.rng, (Relation.BESIDE, Relation.LEFT_OF, Relation.RIGHT_OF))
        cast.link(rider, relation, other)


def _dressed_somewhere(cast: _Cast) -> None:
    """A dressed figure on or under something."""
    figure = cast.add(_FIGURES)
    cast.link(figure, Relation.WEARING, cast.add(_WORN))
    on = chance(cast.rng, 0.5)
    cast.link(figure, Relation.ON if on else Relation.UNDER, cast.add(_BASES if on else _SHELTERS))


_SIDES = (Relation.LEFT_OF, Relation.RIGHT_OF)
_PLOTS: tuple[tuple[Callable[[_Cast], None], float], ...] = (
    (_alone, 8),
    (_counted, 10),
    (_loose, 12),
    (_pair(Relation.RIDING, _RIDERS, _STEEDS, ((1, 1, 1, 1, 1, 1, 1, 2), (1,))), 17),
    (_pair(Relation.ON, _THINGS, _BASES), 7),
    (_pair(Relation.UNDER, _FIGURES, _SHELTERS), 6),
    (_pair(Relation.ABOVE, _FLYERS, _THINGS), 6),
    (_pair(_SIDES, _THINGS, _THINGS, (_FEWER, _FEWER)), 12),
    (_pair(Relation.BESIDE, _THINGS, _THINGS, (_FEW, _FEW)), 7),
    (_pair(Relation.HOLDING, _FIGURES, _GEAR), 7),
    (_pair(Relation.EATING, _FIGURES, _MEALS), 5),
    (_pair(Relation.WEARING, _FIGURES, _WORN), 8),
    (_pair(Relation.PUSHING, _PEOPLE, _CARTS, ((1,), (1,))), 4),
    (_dressed_rider, 5),
    (_busy, 4),
    (_rider_beside, 5),
    (_dressed_somewhere, 3),
)
