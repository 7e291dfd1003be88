"""Composed pictures: a scene drawn from sprites, the caption that is true of it, and boxes of its things.

Picture number `index` of a `seed` is always the same, whichever process draws it and in whatever
order, so that pictures need not be kept.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import IntEnum

import numpy as np

from dalle_studio.training.art import Sprites
from dalle_studio.training.backgrounds import Background
from dalle_studio.training.built_places import BACKGROUNDS, TABLE
from dalle_studio.training.canvas import SIDE, Pixels, chance, pick
from dalle_studio.training.captions import (
    ABOVE,
    ANIMAL_POSES,
    BESIDE,
    LEFT_OF,
    NUMBERS,
    ON_TOP_OF,
    PERSON_POSES,
    RIDING,
    RIGHT_OF,
    SHOPPING,
    WITH_CART,
    caption,
    listing,
)
from dalle_studio.training.concepts import BY_NAME, THINGS, plural, with_article
from dalle_studio.training.scene import ANIMATE, Box, Scene, Subject
from dalle_studio.training.styles import STYLES, Style, apply

BASES = tuple(
    BY_NAME[name]
    for name in ("car", "sofa", "chair", "bed", "cardboard box", "elephant", "stack of books", "house",
                 "birthday cake", "turtle", "drum", "suitcase", "bus", "gift box", "television", "skateboard")
)  # fmt: skip
"""Things that others may stand on."""


class Lesson(IntEnum):
    """What a picture teaches; a model sees the easy ones first."""

    PLAIN = 0
    """One large thing on a plain ground."""
    PLACE = 1
    """One thing in a place, in any style."""
    RELATION = 2
    """Several things and how they stand to one another."""


@dataclass(frozen=True)
class Composition:
    """A picture, what is said about it, and where its things are."""

    pixels: Pixels
    """(256, 256, 3) RGB, 0 to 255."""
    caption: str
    boxes: tuple[Box, ...]
    """In the order in which they were drawn; a later one may cover an earlier one."""


def lesson_of(index: int) -> Lesson:
    """Lessons take turns, so that any run of pictures holds as many of each."""
    return Lesson(index % len(Lesson))


def picture(sprites: Sprites, index: int, seed: int) -> Composition:
    """Picture number `index` of the endless series that belongs to a seed."""
    return compose(sprites, lesson_of(index), np.random.default_rng((seed, index)))


def compose(sprites: Sprites, lesson: Lesson, rng: np.random.Generator) -> Composition:
    """Draw one picture; the same state of `rng` gives the same picture."""
    style = _style(lesson, rng)
    scene = Scene(sprites, style, _place(lesson, style, rng), rng)
    subject = _relation(lesson, rng)(scene)
    text = caption(subject, scene.place_text, style, rng)
    return Composition(apply(style, scene.canvas.pixels, rng), text, tuple(scene.boxes))


def _style(lesson: Lesson, rng: np.random.Generator) -> Style:
    styles = [style for style in STYLES if lesson is not Lesson.PLAIN or style.filter is None]
    return pick(rng, styles, [style.weight for style in styles])


def _place(lesson: Lesson, style: Style, rng: np.random.Generator) -> Background | None:
    share = {Lesson.PLAIN: 1.0, Lesson.PLACE: 0.15, Lesson.RELATION: 0.25}[lesson]
    if style.plain_only or chance(rng, share):
        return None
    return pick(rng, BACKGROUNDS, [place.weight for place in BACKGROUNDS])


def _relation(lesson: Lesson, rng: np.random.Generator) -> Callable[[Scene], str]:
    if lesson is not Lesson.RELATION:
        return _single
    drawings, weights = zip(*RELATIONS, strict=True)
    return pick(rng, drawings, weights)


def _single(scene: Scene) -> str:
    """One thing, large in most pictures; food prefers tables."""
    rng, subject = scene.rng, scene.subject(_fitting(scene))
    size = rng.uniform(120, 205) if chance(rng, 0.8) else rng.uniform(75, 120)
    if scene.place is None:
        half = size * scene.proportion(subject) / 2
        x, y = SIDE / 2 + rng.uniform(-14, 14), SIDE / 2 + rng.uniform(-10, 10)
        scene.put(subject, x, y + half, size, flip=scene.flip())
    elif scene.floating or (subject.thing.category == "sky" and chance(rng, 0.8)):
        turn = rng.uniform(-15, 15) if scene.floating else 0
        x, y = rng.uniform(95, 161), rng.uniform(95, 150)
        scene.put(subject, x, y, size, anchor="centre", turn_deg=turn, flip=scene.flip())
    else:
        scene.put(subject, rng.uniform(95, 161), scene.foot(), size, flip=scene.flip())
    return _posed(scene, subject)


def _fitting(scene: Scene) -> tuple:
    """What may be the subject here: shoppers are alive, tables carry food more often."""
    if scene.place_text == SHOPPING:
        return tuple(thing for thing in THINGS if thing.category in ANIMATE)
    if scene.place is TABLE and chance(scene.rng, 0.6):
        return tuple(thing for thing in THINGS if thing.category == "food")
    return THINGS


def _posed(scene: Scene, subject: Subject) -> str:
    poses = {"person": PERSON_POSES, "animal": ANIMAL_POSES, "actor": ANIMAL_POSES}.get(
        subject.thing.category
    )
    if not poses or not scene.place or scene.place_text == SHOPPING or not chance(scene.rng, 0.1):
        return subject.text
    return f"{subject.text} {pick(scene.rng, poses)}"


def _riding(scene: Scene) -> str:
    rng = scene.rng
    rider = scene.subject_in("person", "actor", more=("cat", "dog", "monkey", "panda", "fox", "teddy bear"))
    mount, size = scene.subject_in("mount", "ride"), rng.uniform(130, 185)
    x, y = rng.uniform(105, 150), scene.foot(highest=210)
    flip = scene.flip()
    seat = y - size * scene.proportion(mount) * 0.52
    rider_x, rider_size = x + size * (-0.06 if flip else 0.06), size * rng.uniform(0.5, 0.62)
    scene.put(rider, rider_x, seat, rider_size, flip=scene.flip(), shadow=False)
    scene.put(mount, x, y, size, flip=flip)
    return f"{rider.text} {pick(rng, RIDING)} {mount.text}"


def _with_cart(scene: Scene) -> str:
    rng, size = scene.rng, scene.rng.uniform(95, 130)
    shopper = scene.subject_in("person", "actor", more=("teddy bear", "cat", "panda", "robot"))
    cart = Subject(BY_NAME["shopping cart"], "a shopping cart")
    x, y = rng.uniform(66, 96), scene.foot()
    scene.put(shopper, x, y, size * 1.1)
    scene.put(cart, x + size * 0.8, y + 4, size * 0.8)
    return f"{shopper.text} {pick(rng, WITH_CART)} {cart.text}"


def _on_top(scene: Scene) -> str:
    rng = scene.rng
    base, subject = scene.subject(BASES), scene.subject()
    size, x, y = rng.uniform(100, 135), rng.uniform(100, 156), scene.foot(highest=210)
    top = y - size * scene.proportion(base) * 0.93
    scene.put(base, x, y, size)
    scene.put(
        subject, x + rng.uniform(-8, 8), top, size * rng.uniform(0.55, 0.8), flip=scene.flip(), shadow=False
    )
    return f"{subject.text} {pick(rng, ON_TOP_OF)} {base.text}"


def _above(scene: Scene) -> str:
    rng = scene.rng
    high, low = scene.subject_in("sky", "animal"), scene.subject()
    scene.put(low, rng.uniform(90, 166), scene.foot(highest=215), rng.uniform(80, 110))
    x, y, size = rng.uniform(90, 166), rng.uniform(48, 72), rng.uniform(70, 96)
    scene.put(high, x, y, size, anchor="centre", flip=scene.flip())
    return f"{high.text} {pick(rng, ABOVE)} {low.text}"


def _side_by_side(scene: Scene) -> str:
    """Two things; captions say left and right, or only that they are together, from left to right."""
    rng, y = scene.rng, scene.foot()
    left, right = scene.subject(), scene.subject()
    level = min(250, max(scene.ground[0], y + rng.uniform(-8, 8)))
    scene.put(left, rng.uniform(60, 76), y, rng.uniform(84, 120), flip=scene.flip())
    scene.put(right, rng.uniform(180, 196), level, rng.uniform(84, 120), flip=scene.flip())
    said = rng.random()
    if said < 0.28:
        return f"{left.text} {pick(rng, LEFT_OF)} {right.text}"
    if said < 0.56:
        return f"{right.text} {pick(rng, RIGHT_OF)} {left.text}"
    if said < 0.76:
        return f"{left.text} {pick(rng, BESIDE)} {right.text}"
    return listing([left.text, right.text])


def _three(scene: Scene) -> str:
    subjects = [scene.subject() for _ in range(3)]
    for subject, x in zip(subjects, (48, 128, 208), strict=True):
        size = scene.rng.uniform(66, 84)
        scene.put(subject, x + scene.rng.uniform(-5, 5), scene.foot(), size, flip=scene.flip())
    return listing([subject.text for subject in subjects])


def _several(scene: Scene) -> str:
    """Two to four of the same thing, counted."""
    rng, count = scene.rng, int(scene.rng.integers(2, 5))
    thing = pick(rng, THINGS, [thing.weight * (thing.name != plural(thing.name)) for thing in THINGS])
    each, step, y = Subject(thing, with_article(thing.name)), SIDE / count, scene.foot()
    for place in range(count):
        size = step * rng.uniform(0.8, 0.95)
        scene.put(each, (place + 0.5) * step, y + rng.uniform(-4, 4), size, flip=scene.flip())
    return f"{NUMBERS[count]} {plural(thing.name)}"


RELATIONS: tuple[tuple[Callable[[Scene], str], float], ...] = (
    (_single, 0.2),
    (_riding, 0.18),
    (_with_cart, 0.07),
    (_on_top, 0.1),
    (_above, 0.1),
    (_side_by_side, 0.25),
    (_three, 0.04),
    (_several, 0.06),
)
