"""Composed pictures: a scene drawn from sprites, the sketch a model gets to see of it, and the caption true of it.

Picture number `index` of a `seed` is always the same, whichever process draws it and in whatever
order, so that pictures need not be kept.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import cv2
import numpy as np

from dalle_studio.core.format import Size
from dalle_studio.core.layout import PLAIN_GROUND, Placement, arrange
from dalle_studio.core.scene import Mention
from dalle_studio.training.art.sprites import Sprites
from dalle_studio.training.draw.arrays import Bytes
from dalle_studio.training.draw.canvas import Canvas
from dalle_studio.training.draw.chance import chance, pick
from dalle_studio.training.draw.colours import Sprite, repaint
from dalle_studio.training.draw.frame import SIDE, Pixels
from dalle_studio.training.pictures.stage import Cutout, cutout, draw_sketch, put
from dalle_studio.training.places.place import Background, plain
from dalle_studio.training.styles.styles import apply
from dalle_studio.training.words.captions import caption
from dalle_studio.training.words.scenes import Lesson, Plan, random_plan

FRAME = Size(SIDE, SIDE)
PLACE_SIDE = 128
"""Side of a place in the library, in pixels."""
_TURNS = (Lesson.PLAIN, *3 * (Lesson.PLACE, Lesson.RELATION), Lesson.RELATION)
_NO_SKETCH = 0.06
"""Share of pictures whose sketch is empty: prompts whose words have no art are drawn without one."""
_LOST_THING = 0.1
"""Share of pictures of several things in which one of them is missing in the sketch."""
_PLACE_SHOWN = 0.85
"""Share of pictures of a place whose sketch shows the place."""
_SMALL = 0.22
"""Share of pictures whose things are smaller than the product draws them unasked."""


@dataclass(frozen=True)
class Composition:
    """A picture, what is said about it, and what is shown of it beforehand."""

    pixels: Pixels
    """(256, 256, 3) RGB, 0 to 255: the finished picture."""
    caption: str
    """In English or Chinese."""
    sketch: Pixels
    """(256, 256, 3): its things, plain and unlit, in an empty place or on grey."""
    coverage: Bytes
    """(256, 256): how opaque what is sketched is, 0 to 255."""


def lesson_of(index: int) -> Lesson:
    """Lessons take turns, so that any run of pictures holds the same share of each."""
    return _TURNS[index % len(_TURNS)]


def picture(sprites: Sprites, index: int, seed: int) -> Composition:
    """Picture number `index` of the endless series that belongs to a seed."""
    return compose(sprites, lesson_of(index), np.random.default_rng((seed, index)))


def caption_of(index: int, seed: int) -> str:
    """The caption of picture number `index`, without drawing it."""
    rng = np.random.default_rng((seed, index))
    return caption(random_plan(lesson_of(index), rng), rng)


def captions(count: int, seed: int) -> Iterator[str]:
    """The captions of the first `count` pictures of a seed, without drawing them: thousands in a second."""
    return (caption_of(index, seed) for index in range(count))


def compose(sprites: Sprites, lesson: Lesson, rng: np.random.Generator) -> Composition:
    """Draw one picture; the same state of `rng` gives the same picture."""
    plan = random_plan(lesson, rng)
    text = caption(plan, rng)
    family = pick(rng, plan.style.families)
    cutouts = _cutouts(sprites, plan, family, rng)
    finished, empty = _finished(sprites, plan, family, cutouts, rng)
    pixels = apply(plan.style, finished, rng)
    shown = plan.place is not None and chance(rng, _PLACE_SHOWN)
    return Composition(
        pixels, text, *draw_sketch(_sketched(cutouts, rng), softened(empty) if shown else None)
    )


def empty_place(sprites: Sprites, place: Background, family: str, rng: np.random.Generator) -> Pixels:
    """A place with nobody in it, small, as sketches show it: (`PLACE_SIDE`, `PLACE_SIDE`, 3)."""
    canvas = Canvas(rng)
    place.draw(canvas, lambda name: sprites.get(name, family))
    return _small(canvas.pixels)


def softened(pixels: Pixels) -> Pixels:
    """A place as a library of small drawings gives it back."""
    return np.asarray(cv2.resize(_small(pixels), (SIDE, SIDE), interpolation=cv2.INTER_CUBIC), np.uint8)


def _small(pixels: Pixels) -> Pixels:
    return np.asarray(cv2.resize(pixels, (PLACE_SIDE, PLACE_SIDE), interpolation=cv2.INTER_AREA), np.uint8)


def _cutouts(sprites: Sprites, plan: Plan, family: str, rng: np.random.Generator) -> list[Cutout]:
    painted: dict[int, Sprite] = {}
    for number, mention in enumerate(plan.scene.mentions):
        sprite = sprites.get(mention.thing.name, family)
        painted[number] = repaint(sprite, mention.colour) if mention.colour else sprite

    def shape(mention: Mention) -> tuple[float, float]:
        high, wide = sprites.get(mention.thing.name, family).shape[:2]
        return wide / max(wide, high), high / max(wide, high)

    fill = rng.uniform(0.4, 0.66) if chance(rng, _SMALL) else None
    placements: list[Placement] = arrange(plan.scene, FRAME, shape, rng, fill)
    return [cutout(painted[placement.number], placement) for placement in placements]


def _finished(
    sprites: Sprites, plan: Plan, family: str, cutouts: list[Cutout], rng: np.random.Generator
) -> tuple[Pixels, Pixels]:
    """The picture before its style: the ground, the things in its light, what lies before them; and its ground."""
    canvas = Canvas(rng)
    if plan.place is None:
        light = plain(canvas, plan.ground)
        rows = (PLAIN_GROUND[0] * SIDE, PLAIN_GROUND[1] * SIDE)
    else:
        light = plan.place.draw(canvas, lambda name: sprites.get(name, family))
        rows = plan.place.ground
    empty = canvas.pixels.copy()
    put(canvas, cutouts, light, rows, family)
    if light.foreground is not None:
        light.foreground()
    return canvas.pixels, empty


def _sketched(cutouts: list[Cutout], rng: np.random.Generator) -> list[Cutout]:
    """The things that the sketch shows: mostly all of them."""
    nothing, one_less = chance(rng, _NO_SKETCH), chance(rng, _LOST_THING)
    if nothing:
        return []
    numbers = sorted({each.placement.number for each in cutouts})
    if one_less and len(numbers) > 1:
        lost = pick(rng, numbers)
        return [each for each in cutouts if each.placement.number != lost]
    return cutouts
