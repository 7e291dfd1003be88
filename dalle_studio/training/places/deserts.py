"""Dry land: desert, canyon."""

from __future__ import annotations

import cv2
import numpy as np

from dalle_studio.training.draw.arrays import Floats
from dalle_studio.training.draw.blending import duotone
from dalle_studio.training.draw.canvas import Canvas
from dalle_studio.training.draw.chance import chance, pick
from dalle_studio.training.draw.colours import RGB, WHITE, mix, times
from dalle_studio.training.draw.frame import SIDE, grids
from dalle_studio.training.draw.light import Light
from dalle_studio.training.draw.stamps import cacti
from dalle_studio.training.places.mountains import stones
from dalle_studio.training.places.place import (
    BRIGHT,
    CLEAR,
    GOLDEN,
    MORNING,
    Air,
    Lookup,
    aside,
    haze,
    meadow,
    sky,
    weather,
)
from dalle_studio.training.places.woods import shade_under


def dunes(canvas: Canvas, air: Air, y: float, height: float, tones: tuple[RGB, RGB], far: float) -> None:
    """One dune: lit on the side of the sun, with a sharp crest and a shadow behind it."""
    rows, _columns = grids()
    outline = canvas.ridge(y, height, 2, 2, 0.35)
    bend = np.gradient(outline).astype(np.float32)[None]
    slope = cv2.blur(bend, (15, 1))[0] * (1 if air.flip else -1)
    inside = canvas.land(outline, air.far(tones[0], far), air.far(mix(*tones, 0.35), far), 90)
    down = np.clip(1 - (rows - outline[None]) / np.float32(height * 3.2 + 10), 0, 1)
    dark = np.clip(0.5 - slope * 5, 0, 1).astype(np.float32)[None] * down
    canvas.cover(air.far(tones[1], far), inside * dark * 0.75)
    crest = np.exp(-((rows - outline[None] - 1.5) ** 2) / 3)
    canvas.cover(mix(air.far(tones[0], far), WHITE, 0.35), inside * crest * (1 - dark) * 0.6)


def ripples(canvas: Canvas, top: float, strength: float, colour: RGB) -> None:
    """Wind ripples in sand, closer together farther off."""
    rows, columns = grids()
    bend = (canvas.floor_noise(top, 10, 8, 2) - 0.5) * 9 + columns * np.float32(
        canvas.rng.uniform(-0.012, 0.012)
    )
    wave = np.sin(np.float32(1800) / np.maximum(rows - top + 26, 1) + bend)
    near = np.clip((rows - top - 6) / 50, 0, 1) * (rows > top)
    canvas.cover(colour, np.clip(wave * 0.8 - 0.05, 0, 1) * near * np.float32(strength))


SANDS: tuple[tuple[RGB, RGB], ...] = (
    ((246, 204, 136), (186, 118, 72)),
    ((240, 184, 120), (176, 92, 62)),
    ((248, 220, 168), (196, 146, 100)),
)


def desert(canvas: Canvas, sprite: Lookup) -> Light:
    """Dunes in slanting light, sometimes with cacti and red rocks."""
    rng, air = canvas.rng, weather(canvas, (CLEAR, BRIGHT, MORNING, GOLDEN), (2, 1, 1.5, 2))
    warm = Air(
        (air.sky[0], mix(air.sky[1], (250, 226, 180), 0.35), (252, 226, 180)),
        (250, 222, 176),
        air.sun,
        air.key,
        air.cloud,
        0.42,
        max(air.stretch, 0.4),
        0,
        air.x,
        air.y,
    )
    sky(canvas, warm, 140, int(rng.integers(0, 2)))
    tones, cactus = pick(rng, SANDS), chance(rng, 0.5)
    if cactus and chance(rng, 0.7):
        _mesas(canvas, warm, 150, 2, 44)
    for row in range(3):
        dunes(canvas, warm, 140 + row * 17, 12 + 3 * row, tones, 0.55 - 0.2 * row)
    dunes(canvas, warm, 192, 7, tones, 0.04)
    ripples(canvas, 176, 0.16, tones[1])
    for y in np.sort(rng.uniform(182, 214, int(rng.integers(2, 5)) if cactus else 0)).tolist():
        x, tall = aside(canvas, 70, 0), rng.uniform(34, 62) * (y / 190) ** 2
        shade_under(canvas, warm, x, y, tall * 0.36)
        canvas.stamp(
            pick(rng, cacti()),
            x,
            y,
            tall,
            times((26, 84, 56), warm.key),
            times((142, 190, 96), warm.key),
            flip=warm.flip,
        )
    stones(canvas, warm, 3, (200, 250), times(tones[1], 0.7), tones[0])
    return warm.light(lambda: sand_foot(canvas, tones[0], tones[1]))


def sand_foot(canvas: Canvas, light: RGB, dark: RGB) -> None:
    """A low drift along the lower edge."""
    outline = canvas.ridge(256, 4, 2, 2, 0.3)
    canvas.cover(mix(light, dark, 0.2), canvas.below(outline, 7) * 0.85)


def _mesas(canvas: Canvas, air: Air, foot: float, count: int, height: float) -> None:
    """Table mountains in layers of red rock."""
    rng = canvas.rng
    for number in range(count):
        x, half, far = aside(canvas, 100, 0), rng.uniform(26, 52), 0.5 - 0.25 * number
        top = foot - height * rng.uniform(0.7, 1.1)
        edge = np.clip(np.abs(np.arange(SIDE) - x) - half, 0, None)
        outline = (top + edge**0.8 * 5.2 + canvas.ridge(0, 2, 12, 3, 0.6)).astype(np.float32)
        _strata(canvas, air, outline, far, x)


def _strata(canvas: Canvas, air: Air, outline: Floats, far: float, x: float) -> None:
    _rows, columns = grids()
    layers = np.interp(np.arange(SIDE), np.arange(0, 264, 8), canvas.rng.uniform(0, 1, 33)).astype(
        np.float32
    )[:, None]
    cracks = canvas.noise(20, 3, 2)
    side = np.clip(0.5 + (columns - x) * (1 if air.flip else -1) / 40 + (cracks - 0.5) * 2.2, 0, 1)
    lit = np.clip(0.65 * side + 0.35 * layers, 0, 1)
    face = duotone(air.far((140, 62, 50), far), air.far((240, 156, 100), far), lit)
    canvas.cover(face, canvas.below(outline))


def canyon(canvas: Canvas, sprite: Lookup) -> Light:
    """Walls of red, layered rock around a sunlit floor."""
    rng, air = canvas.rng, weather(canvas, (CLEAR, BRIGHT, GOLDEN, MORNING), (2, 1, 2, 1))
    sky(canvas, air, 120, int(rng.integers(0, 3)), disc=False)
    _mesas(canvas, air, 150, 2, 66)
    columns = np.arange(SIDE, dtype=np.float32)
    for row in range(3):
        gap, far = 34 + 26 * row, 0.42 - 0.2 * row
        top = 74 - 26 * row
        for side in (-1, 1):
            inner = 128 + side * (gap + rng.uniform(-8, 8))
            away = np.clip((inner - columns) * side, 0, None)
            outline = top + rng.uniform(-12, 12) + 9 * away**0.8 + canvas.ridge(0, 4, 8, 4, 0.6)
            _strata(canvas, air, outline.astype(np.float32), far, inner)
        haze(canvas, 170, 26, air.haze, 0.3 - 0.1 * row)
    tones: tuple[RGB, RGB] = ((240, 180, 124), (172, 96, 66))
    meadow(canvas, air, 182, (tones[0], mix(*tones, 0.7)), 4)
    stones(canvas, air, 7, (188, 240), (120, 56, 46), (238, 162, 112))
    return air.light(lambda: sand_foot(canvas, *tones))
