"""A scene being set: the ground, the things put on it, and the boxes they end up in."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

import cv2
import numpy as np

from dalle_studio.training.art import Sprites
from dalle_studio.training.backgrounds import PLAIN_GROUND, Background, plain
from dalle_studio.training.canvas import SIDE, Canvas, Extent, chance, pick
from dalle_studio.training.captions import ground_phrase
from dalle_studio.training.colours import GROUNDS, PAINTS, Sprite, repaint
from dalle_studio.training.concepts import BY_NAME, THINGS, Thing, things_in, with_article
from dalle_studio.training.styles import Style

ANIMATE = ("animal", "mount", "person", "actor")


@dataclass(frozen=True)
class Box:
    """Where a thing lies in the finished picture, as fractions of its width and height (0 to 1)."""

    text: str
    """The thing as the caption names it: "a red car"."""
    left: float
    top: float
    right: float
    bottom: float


@dataclass(frozen=True)
class Subject:
    """A thing with the words and the paint chosen for it."""

    thing: Thing
    text: str
    colour: str | None = None


class Scene:
    """A canvas with its ground drawn, on which things are put."""

    def __init__(
        self, sprites: Sprites, style: Style, place: Background | None, rng: np.random.Generator
    ) -> None:
        """Draw the ground.

        Args:
            sprites: where the pictures of things come from.
            style: decides the art family and whether things are repainted.
            place: what to draw, or None for a plain ground.
            rng: decides all the rest.
        """
        self.rng, self.canvas = rng, Canvas(rng)
        self.family = pick(rng, style.families)
        self.place, self.place_text = place, ""
        self.boxes: list[Box] = []
        self._sprites, self._style = sprites, style
        self._ground_colour = ""
        if place is None:
            self._draw_plain_ground()
        else:
            place.draw(self.canvas, lambda name: sprites.get(name, self.family))
            self.place_text = pick(rng, place.phrases)

    def _draw_plain_ground(self) -> None:
        self._ground_colour = "white" if self._style.plain_only else pick(self.rng, tuple(GROUNDS))
        plain(self.canvas, self._ground_colour)
        if self._style.shows_colours:
            self.place_text = ground_phrase(self._ground_colour, self.rng)

    @property
    def ground(self) -> tuple[int, int]:
        """Highest and lowest y where things stand."""
        return self.place.ground if self.place else PLAIN_GROUND

    @property
    def floating(self) -> bool:
        """Whether things hang freely."""
        return self.place is not None and self.place.floating

    def foot(self, lowest: float = 250, highest: float = 0) -> float:
        """A y on the ground, kept between `highest` and `lowest`."""
        top = max(self.ground[0], highest)
        return self.rng.uniform(top, max(top, min(self.ground[1], lowest)))

    def flip(self) -> bool:
        """Whether to mirror the next thing."""
        return chance(self.rng, 0.4)

    def subject(self, among: Sequence[Thing] = THINGS) -> Subject:
        """Choose a thing, one of its names, and sometimes a colour that the ground does not have."""
        thing = pick(self.rng, among, [thing.weight for thing in among])
        name = thing.name if chance(self.rng, 0.7) else pick(self.rng, thing.names)
        often = 0.5 if thing.colourable else 0.05 * (thing.category in ("animal", "object", "actor"))
        if not self._style.shows_colours or not chance(self.rng, often):
            return Subject(thing, with_article(name))
        colour = pick(self.rng, [word for word in PAINTS if word not in self._ground_colour])
        article = name == with_article(name)
        return Subject(thing, f"{colour} {name}" if article else with_article(f"{colour} {name}"), colour)

    def subject_in(self, *categories: str, more: Sequence[str] = ()) -> Subject:
        """Choose among the things of some categories, and some more by name."""
        return self.subject((*things_in(*categories), *(BY_NAME[name] for name in more)))

    def proportion(self, subject: Subject) -> float:
        """Height of a thing's sprite over its longer side, up to 1."""
        sprite = self._sprite(subject)
        return sprite.shape[0] / max(sprite.shape[:2])

    def put(
        self,
        subject: Subject,
        x: float,
        y: float,
        size: float,
        *,
        anchor: Literal["foot", "centre"] = "foot",
        flip: bool = False,
        turn_deg: float = 0,
        shadow: bool = True,
    ) -> None:
        """Paste a thing (see `Canvas.paste`), with its shadow where things stand, and note its box."""
        sprite = self._sprite(subject)
        if shadow and anchor == "foot" and not self.floating and self.family in ("3d", "noto"):
            self._shadow(x, y, size * sprite.shape[1] / max(sprite.shape[:2]))
        extent = self.canvas.paste(sprite, x, y, size, anchor=anchor, flip=flip, turn_deg=turn_deg)
        self.boxes.append(_box(subject.text, extent))

    def _sprite(self, subject: Subject) -> Sprite:
        sprite = self._sprites.get(subject.thing.name, self.family)
        return repaint(sprite, subject.colour) if subject.colour else sprite

    def _shadow(self, x: float, y: float, wide: float) -> None:
        """A soft ellipse under a thing that is `wide` pixels across."""
        layer = np.zeros((SIDE, SIDE), np.float32)
        centre, radii = (int(x), int(y - 2)), (max(2, int(wide * 0.46)), max(2, int(wide * 0.09)))
        cv2.ellipse(layer, centre, radii, 0, 0, 360, 0.34, -1)
        soft = cv2.GaussianBlur(layer, (0, 0), 2 + wide * 0.02)[..., None]
        self.canvas.pixels = (self.canvas.pixels * (1 - soft)).astype(np.uint8)


def _box(text: str, extent: Extent) -> Box:
    """The part of an extent that is inside the frame."""
    edges = (extent.left, extent.top, extent.right, extent.bottom)
    left, top, right, bottom = (min(max(edge / SIDE, 0.0), 1.0) for edge in edges)
    return Box(text, left, top, right, bottom)
