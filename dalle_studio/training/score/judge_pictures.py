"""What the judges of the scorecard learn from: art of families that the model was not trained on.

The thing judge sees crops of crowded canvases; the picture judge sees whole pictures. Everything is drawn
anew from a seed and a number, and nothing of it is kept.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field

import cv2
import numpy as np

from dalle_studio.core.scene import Mention, Scene
from dalle_studio.training.art.concepts import BY_NAME
from dalle_studio.training.draw.arrays import Bytes, Floats, Integers
from dalle_studio.training.draw.canvas import Canvas, Extent
from dalle_studio.training.draw.chance import chance, pick
from dalle_studio.training.draw.colours import GROUNDS, PAINTS, hsv, repaint
from dalle_studio.training.draw.frame import SIDE, Pixels
from dalle_studio.training.places.built import BACKGROUNDS
from dalle_studio.training.places.place import plain
from dalle_studio.training.score.stage import Art, staged
from dalle_studio.training.styles.styles import STYLES, apply
from dalle_studio.training.words.scenes import look_of, setting_of

CROP_SIDE = 64
"""Width and height of what the thing judge sees, in pixels."""
WHOLE_SIDE = 128
"""Width and height of what the picture judge sees, in pixels."""
UNKNOWN = -1
"""Label of what cannot be told, and is not learnt from."""
COLOURS = tuple(PAINTS)
FILTERS = tuple(style for style in STYLES if style.filter is not None)
SETTINGS = tuple(setting_of(place) for place in BACKGROUNDS)
LOOKS = tuple(look for look in map(look_of, STYLES) if look is not None)

Labels = Mapping[str, Integers]
Batch = tuple[Bytes, Labels]
"""Pictures (count, side, side, 3) and, for each question, the number of the right answer."""


@dataclass(frozen=True)
class Put:
    """A thing on a canvas: its number, its colour's number, and where it lies."""

    thing: int
    colour: int
    extent: Extent


@dataclass
class Crowd:
    """A canvas with things on it."""

    canvas: Canvas
    things: list[Put] = field(default_factory=list[Put])


class ThingPictures:
    """Crops around things, and crops of nothing in particular."""

    def __init__(self, art: Art, names: Sequence[str], round_trip: Callable[[Pixels], Pixels] | None = None):
        """Draw from some art.

        Args:
            art: where things come from.
            names: the classes; a crop's label is a thing's place here, and `len(names)` stands for nothing.
            round_trip: what an autoencoder makes of a picture; done to a few canvases.
        """
        self._art, self._names, self._round_trip = art, names, round_trip
        there = set(art.names())
        self._usable = [number for number, name in enumerate(names) if name in there]

    def batch(self, rng: np.random.Generator, count: int) -> Batch:
        """Crops with the labels "thing" and "colour"."""
        crops: list[tuple[Bytes, int, int]] = []
        while len(crops) < count:
            crops += self._crops(rng)
        pixels, things, colours = zip(*crops[:count], strict=True)
        return _varied(np.stack(pixels), rng), {"thing": np.array(things), "colour": np.array(colours)}

    def _crops(self, rng: np.random.Generator) -> list[tuple[Bytes, int, int]]:
        crowd = self._crowd(rng)
        style = pick(rng, FILTERS) if chance(rng, 0.35) else None
        pixels = crowd.canvas.pixels if style is None else apply(style, crowd.canvas.pixels, rng)
        if self._round_trip is not None and chance(rng, 0.04):
            pixels = self._round_trip(pixels)
        shows = style is None or style.shows_colours
        crops: list[tuple[Bytes, int, int]] = []
        for put in crowd.things:
            for _ in range(2):
                crops.append((_crop_around(pixels, put.extent, rng), put.thing, put.colour if shows else -1))
        empty = _crop_of_nothing(pixels, crowd.things, rng)
        return crops if empty is None else [*crops, (empty, len(self._names), UNKNOWN)]

    def _crowd(self, rng: np.random.Generator) -> Crowd:
        crowd = Crowd(Canvas(rng))
        _ground(crowd.canvas, self._art, rng)
        for x, y, size in pick(rng, (_alone, _pair, _rider, _four), (0.3, 0.25, 0.25, 0.2))(rng):
            self._put(crowd, x, y, size, rng)
        return crowd

    def _put(self, crowd: Crowd, x: float, y: float, size: float, rng: np.random.Generator) -> None:
        number = pick(rng, self._usable)
        name, colour = self._names[number], UNKNOWN
        sprite = self._art.one(name, rng)
        if chance(rng, 0.5 if name in BY_NAME and BY_NAME[name].colourable else 0.1):
            colour = int(rng.integers(len(COLOURS)))
            sprite = repaint(sprite, COLOURS[colour])
        turn = rng.uniform(-15, 15) if chance(rng, 0.6) else 0.0
        extent = crowd.canvas.paste(
            sprite,
            x,
            y,
            size,
            anchor="centre",
            flip=chance(rng, 0.5),
            turn_deg=turn,
            shade=rng.uniform(0.7, 1),
        )
        crowd.things.append(Put(number, colour, extent))


Spot = tuple[float, float, float]
"""Horizontal and vertical centre, and size, in pixels."""


def _alone(rng: np.random.Generator) -> list[Spot]:
    return [(rng.uniform(88, 168), rng.uniform(88, 168), rng.uniform(110, 230))]


def _pair(rng: np.random.Generator) -> list[Spot]:
    spots = [(x, rng.uniform(100, 190), rng.uniform(85, 140)) for x in (rng.uniform(50, 80), 195)]
    return spots if chance(rng, 0.5) else spots[::-1]


def _rider(rng: np.random.Generator) -> list[Spot]:
    """One thing half hidden behind a larger one below it, or in front of it."""
    size, x = rng.uniform(120, 170), rng.uniform(100, 156)
    small = size * rng.uniform(0.45, 0.75)
    spots = [(x + rng.uniform(-20, 20), 165 - 0.45 * size - 0.3 * small, small), (x, 165.0, size)]
    return spots if chance(rng, 0.6) else spots[::-1]


def _four(rng: np.random.Generator) -> list[Spot]:
    corners = [(x + rng.uniform(-12, 12), y + rng.uniform(-12, 12)) for x in (64, 192) for y in (64, 192)]
    return [(x, y, rng.uniform(60, 120)) for x, y in corners]


def _ground(canvas: Canvas, art: Art, rng: np.random.Generator) -> None:
    """A place, a plain ground, or coloured shapes without meaning."""
    kind = rng.random()
    if kind < 0.45:
        pick(rng, BACKGROUNDS).draw(canvas, art.lookup(rng))
    elif kind < 0.7:
        plain(canvas, pick(rng, tuple(GROUNDS)))
    else:
        canvas.gradient([_any_colour(rng), _any_colour(rng)])
        canvas.mottle(int(rng.integers(2, 24)), rng.uniform(5, 60), _any_colour(rng))
        for _ in range(int(rng.integers(0, 9))):
            points = rng.uniform(-20, SIDE + 20, (int(rng.integers(3, 6)), 2))
            canvas.polygon(points, _any_colour(rng), rng.uniform(0.2, 1))


def _any_colour(rng: np.random.Generator) -> tuple[float, float, float]:
    return hsv(rng.uniform(0, 1), rng.uniform(0, 1), rng.uniform(0.1, 1))


def _crop_around(pixels: Pixels, extent: Extent, rng: np.random.Generator) -> Bytes:
    """A square a little larger than the thing and not quite around its middle; inside the picture."""
    longer = max(extent.right - extent.left, extent.bottom - extent.top)
    side = int(np.clip(longer * rng.uniform(0.9, 1.7), 40, SIDE))
    slack = max(0.06 * side, (side - longer) / 2)
    x = (extent.left + extent.right) / 2 + rng.uniform(-slack, slack)
    y = (extent.top + extent.bottom) / 2 + rng.uniform(-slack, slack)
    left, top = (int(np.clip(middle - side / 2, 0, SIDE - side)) for middle in (x, y))
    return shrunk(pixels[top : top + side, left : left + side], CROP_SIDE)


def _crop_of_nothing(pixels: Pixels, things: Iterable[Put], rng: np.random.Generator) -> Bytes | None:
    """A square in which every thing is cut to a rest or small, if a few attempts find one."""
    for _ in range(4):
        side = int(rng.uniform(64, 200))
        left, top = (int(each) for each in rng.uniform(0, SIDE - side, 2))
        if all(_is_lost(put.extent, left, top, side) for put in things):
            return shrunk(pixels[top : top + side, left : left + side], CROP_SIDE)
    return None


def _is_lost(extent: Extent, left: int, top: int, side: int) -> bool:
    wide = min(extent.right, left + side) - max(extent.left, left)
    high = min(extent.bottom, top + side) - max(extent.top, top)
    seen = max(wide, 0) * max(high, 0)
    whole = (extent.right - extent.left) * (extent.bottom - extent.top)
    return seen < 0.25 * whole or seen < 0.03 * side**2


def shrunk(pixels: Pixels, side: int) -> Bytes:
    """A square picture at another size."""
    method = cv2.INTER_AREA if pixels.shape[0] > side else cv2.INTER_LINEAR
    return cv2.resize(pixels, (side, side), interpolation=method)


def _varied(pictures: Bytes, rng: np.random.Generator) -> Bytes:
    """Light, contrast and tint a little off; some pictures soft, as an autoencoder leaves them."""
    count, side = pictures.shape[:2]
    softened: Floats = pictures.astype(np.float32)
    for number in np.flatnonzero(rng.random(count) < 0.3):
        softened[number] = cv2.GaussianBlur(softened[number], (0, 0), rng.uniform(0.4, side / 50))
    gain = rng.uniform(0.75, 1.25, (count, 1, 1, 1)) * rng.uniform(0.9, 1.1, (count, 1, 1, 3))
    shift = rng.uniform(-25, 25, (count, 1, 1, 1))
    return np.clip((softened - 128) * gain.astype(np.float32) + 128 + shift, 0, 255).astype(np.uint8)


class WholePictures:
    """Whole pictures in a style and a setting; grounds without a place are a setting of their own."""

    def __init__(self, art: Art, model_art: Art) -> None:
        """Draw from some art.

        Args:
            art: families that the model does not know.
            model_art: the model's own, for those styles that are nothing but an art family.
        """
        self._art, self._model_art = art, model_art
        self._names = [name for name in art.names() if name in BY_NAME]

    def batch(self, rng: np.random.Generator, count: int) -> Batch:
        """Pictures with the labels "style" and "setting"."""
        drawn = [self._one(rng) for _ in range(count)]
        pixels, styles, settings = zip(*drawn, strict=True)
        return _varied(np.stack(pixels), rng), {"style": np.array(styles), "setting": np.array(settings)}

    def _one(self, rng: np.random.Generator) -> tuple[Bytes, int, int]:
        style, place = int(rng.integers(len(LOOKS))), int(rng.integers(len(SETTINGS) + 1))
        look, setting = LOOKS[style], SETTINGS[place] if place < len(SETTINGS) else None
        own = len(set(look.families)) > 1
        family = "" if own else look.families[0]
        sprite = (self._art if own else self._model_art).lookup(rng, family)
        actors = [Mention(BY_NAME[pick(rng, self._names)]) for _ in range(int(rng.integers(1, 4)))]
        scene = Scene(tuple(actors), setting=setting, look=look)
        flat = family == "flat" if family else chance(rng, 0.5)
        return shrunk(staged(scene, sprite, flat, rng), WHOLE_SIDE), style, place
