"""Composed pictures of given scenes, for the judges: the same stage as `compose`, with any art and no caption."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

import numpy as np

from dalle_studio.core.format import Size
from dalle_studio.core.layout import PLAIN_GROUND, arrange
from dalle_studio.core.scene import Mention, Scene
from dalle_studio.training.draw.canvas import Canvas
from dalle_studio.training.draw.chance import pick
from dalle_studio.training.draw.colours import GROUNDS, Sprite, repaint
from dalle_studio.training.draw.frame import SIDE, Pixels
from dalle_studio.training.draw.light import Light
from dalle_studio.training.pictures.stage import cutout, put
from dalle_studio.training.places.built import BACKGROUNDS
from dalle_studio.training.places.place import Background, plain
from dalle_studio.training.styles.styles import STYLES, Style, apply
from dalle_studio.training.words.scenes import Lesson, random_plan

FRAME = Size(SIDE, SIDE)
PLACES: Mapping[str, Background] = {place.phrases[0]: place for place in BACKGROUNDS}
_PLAIN_STYLE = next(style for style in STYLES if style.name == "none")
_STYLES: Mapping[str, Style] = {style.name: style for style in STYLES}
_PLAIN_LIGHT = Light(side=-0.4, shading=0.12, shadow=0.3, stretch=0.0)


class Art:
    """Sprites of whatever families a file holds."""

    def __init__(self, arrays: Mapping[str, Sprite], families: Sequence[str] = ()) -> None:
        """Take a mapping from ``name/family`` to sprites.

        Args:
            arrays: such as an opened .npz file.
            families: use these alone; empty for all.
        """
        self._arrays = arrays
        self._read: dict[str, Sprite] = {}
        self._families: dict[str, list[str]] = {}
        for key in arrays:
            name, _, family = key.rpartition("/")
            if not families or family in families:
                self._families.setdefault(name, []).append(family)

    @classmethod
    def load(cls, path: Path, families: Sequence[str] = ()) -> Art:
        """Open a file of sprites."""
        return cls(np.load(path, allow_pickle=False), families)

    def names(self) -> list[str]:
        """The things that are there, sorted."""
        return sorted(self._families)

    def one(self, name: str, rng: np.random.Generator) -> Sprite:
        """A thing in a family taken by chance."""
        return self.get(name, pick(rng, self._families[name]))

    def get(self, name: str, family: str) -> Sprite:
        """A thing in a family, or in the first family that has it."""
        families = self._families[name]
        key = f"{name}/{family if family in families else families[0]}"
        if key not in self._read:
            self._read[key] = self._arrays[key]
        return self._read[key]

    def lookup(self, rng: np.random.Generator, family: str = "") -> Callable[[str], Sprite]:
        """One sprite for each name, always the same; a name that is not there gets another thing's.

        Args:
            rng: chooses families.
            family: take this one instead, as far as it goes.
        """
        anything, found = self.names()[0], dict[str, Sprite]()

        def find(name: str) -> Sprite:
            if name not in found:
                there = name if name in self._families else anything
                found[name] = self.get(there, family or pick(rng, self._families[there]))
            return found[name]

        return find


def staged(scene: Scene, sprite: Callable[[str], Sprite], flat: bool, rng: np.random.Generator) -> Pixels:
    """Draw a scene.

    Args:
        scene: what to show.
        sprite: finds the drawing of a thing.
        flat: whether the drawings are flat and take little shade.
        rng: decides all the rest.
    """
    canvas, light = Canvas(rng), _PLAIN_LIGHT
    rows = (PLAIN_GROUND[0] * SIDE, PLAIN_GROUND[1] * SIDE)
    if scene.setting is None:
        used = {mention.colour for mention in scene.mentions}
        plain(canvas, pick(rng, [colour for colour in GROUNDS if colour not in used]))
    else:
        place = PLACES[scene.setting.name]
        light, rows = place.draw(canvas, sprite) or Light(), place.ground
    _put(canvas, scene, sprite, light, rows, flat)
    if light.foreground is not None:
        light.foreground()
    style = _PLAIN_STYLE if scene.look is None else _STYLES[scene.look.name]
    return apply(style, canvas.pixels, rng)


def _put(
    canvas: Canvas,
    scene: Scene,
    sprite: Callable[[str], Sprite],
    light: Light,
    rows: tuple[float, float],
    flat: bool,
) -> None:
    def shape(mention: Mention) -> tuple[float, float]:
        high, wide = sprite(mention.thing.name).shape[:2]
        return wide / max(wide, high), high / max(wide, high)

    def painted(mention: Mention) -> Sprite:
        drawing = sprite(mention.thing.name)
        return repaint(drawing, mention.colour) if mention.colour else drawing

    placements = arrange(scene, FRAME, shape, canvas.rng)
    cutouts = [cutout(painted(placement.mention), placement) for placement in placements]
    put(canvas, cutouts, light, rows, "flat" if flat else "noto")


class Stage:
    """Draws scenes in the art that the model knows."""

    def __init__(self, art: Art) -> None:
        """Keep the art, of the families that styles name."""
        self.art = art

    def compose(self, scene: Scene, seed: int) -> Pixels:
        """A scene; the same seed gives the same picture."""
        rng = np.random.default_rng((53, seed))
        family = pick(rng, (scene.look.families if scene.look else None) or _PLAIN_STYLE.families)
        return staged(scene, self.art.lookup(rng, family), family == "flat", rng)

    def random(self, seed: int) -> Pixels:
        """A scene by chance."""
        plan = random_plan(Lesson.RELATION, np.random.default_rng((59, seed)))
        return self.compose(plan.scene, seed)
