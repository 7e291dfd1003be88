"""Open green land: meadow, farm, sunflowers, rice terraces."""

from __future__ import annotations

import numpy as np

from dalle_studio.training.draw.canvas import Canvas
from dalle_studio.training.draw.chance import chance, pick
from dalle_studio.training.draw.colours import RGB, WHITE, mix, times
from dalle_studio.training.draw.frame import SIDE, grids
from dalle_studio.training.draw.light import Light
from dalle_studio.training.places.place import (
    BRIGHT,
    CLEAR,
    GOLDEN,
    Air,
    Lookup,
    aside,
    grass_foot,
    haze,
    meadow,
    ranges,
    sky,
    weather,
)
from dalle_studio.training.places.woods import GREENS, LAWN, shade_under, tree, wood_line

BLOOMS: tuple[RGB, ...] = ((238, 70, 76), (255, 206, 70), (246, 130, 190), (252, 250, 244), (150, 110, 230))


def flowers(canvas: Canvas, colours: tuple[RGB, ...], count: int, top: float, size: float = 3.4) -> None:
    """Small blooms, larger towards the viewer."""
    rng = canvas.rng
    places = rng.uniform((0, 0), (1, 1), (count, 2))
    for share, x in places[places[:, 0].argsort()].tolist():
        y, radius = top + (SIDE + 4 - top) * share, size * (0.3 + 0.7 * share) * rng.uniform(0.8, 1.2)
        colour = pick(rng, colours)
        canvas.ellipse(x * SIDE, y, radius, radius * 0.75, times(colour, 0.82))
        canvas.ellipse(x * SIDE, y - radius * 0.25, radius * 0.75, radius * 0.5, colour)


def green_meadow(canvas: Canvas, sprite: Lookup) -> Light:
    """Rolling hills and a flowering meadow."""
    rng, air = canvas.rng, weather(canvas)
    sky(canvas, air, 140)
    ranges(canvas, air, ((112, 170, 104), (150, 196, 110)), (118, 150), 3, 14)
    wood_line(canvas, air, rng.uniform(142, 156), 0.4, pick(rng, GREENS), 20)
    meadow(
        canvas, air, 158, pick(rng, (LAWN, ((168, 202, 86), (98, 150, 56)), ((120, 188, 96), (66, 136, 66))))
    )
    if chance(rng, 0.4):
        tree(canvas, air, aside(canvas, 60, 0), 176, rng.uniform(90, 130), pick(rng, GREENS))
    blooms = tuple(pick(rng, BLOOMS) for _ in range(2))
    flowers(canvas, blooms, int(rng.integers(40, 110)), 172)

    def front() -> None:
        grass_foot(canvas, air, (52, 108, 42), (154, 202, 84), 11, 17)
        flowers(canvas, blooms, 7, 238, 5)

    return air.light(front)


def farm(canvas: Canvas, sprite: Lookup) -> Light:
    """Furrowed fields with a red barn."""
    rng, air = canvas.rng, weather(canvas)
    sky(canvas, air, 136)
    ranges(canvas, air, ((126, 176, 96), (160, 196, 104)), (118, 140), 2, 9)
    wood_line(canvas, air, 144, 0.4, pick(rng, GREENS), 18)
    meadow(canvas, air, 146, ((170, 196, 90), (128, 164, 70)), 2)
    _barn(canvas, air, aside(canvas, 70, -34), 166, rng.uniform(52, 66))
    crop = pick(
        rng,
        (((104, 164, 62), (134, 94, 58)), ((226, 190, 84), (170, 124, 58)), ((120, 176, 80), (150, 116, 70))),
    )
    _furrows(canvas, air, 164, crop)
    return air.light(lambda: grass_foot(canvas, air, times(crop[0], 0.55), crop[0], 9, 14))


def _furrows(canvas: Canvas, air: Air, top: float, crop: tuple[RGB, RGB]) -> None:
    """Rows of a crop that run together at the horizon."""
    rows, columns = grids()
    x = canvas.rng.uniform(60, 196)
    across_rows = (columns - x) / np.maximum(rows - top + 16, 1) * 2.6
    inside = canvas.land(canvas.ridge(top, 1.5, 2, 2), air.far(crop[1], 0.25), air.far(crop[1], 0), 70)
    wave = 0.5 + 0.5 * np.cos(across_rows * np.float32(2 * np.pi))
    bump = np.clip(wave * 1.8 - 0.55 + (canvas.floor_noise(top, 40, 30) - 0.5) * 0.9, 0, 1)
    canvas.cover(air.far(times(crop[0], 0.8), 0.08), inside * bump)
    canvas.cover(air.far(times(crop[0], 1.16), 0), inside * np.clip(bump * 2 - 1.2, 0, 1) * 0.8)


def _barn(canvas: Canvas, air: Air, x: float, y: float, size: float) -> None:
    wall: RGB = air.far(pick(canvas.rng, ((186, 58, 46), (172, 70, 54), (200, 176, 140))), 0.12)
    roof, half, high = air.far((96, 84, 88), 0.12), size * 0.34, size * 0.42
    side = -1 if air.flip else 1
    shade_under(canvas, air, x, y, size * 0.7)
    far = x + side * size * 0.72
    canvas.polygon([(x, y), (far, y - 2), (far, y - high), (x, y - high)], times(wall, 0.72))
    front = [
        (x - half, y),
        (x - half, y - high),
        (x - half * 0.6, y - high * 1.45),
        (x, y - high * 1.7),
        (x + half * 0.6, y - high * 1.45),
        (x + half, y - high),
        (x + half, y),
    ]
    canvas.polygon(
        [
            (x, y - high * 1.72),
            (far - side * half * 0.9, y - high * 1.66),
            (far + side * 2, y - high * 0.95),
            (x + side * half * 1.1, y - high),
        ],
        roof,
    )
    canvas.polygon(front, wall)
    canvas.polygon(
        [
            (x - half * 0.42, y),
            (x - half * 0.42, y - high * 0.66),
            (x + half * 0.42, y - high * 0.66),
            (x + half * 0.42, y),
        ],
        times(wall, 0.55),
    )
    canvas.ellipse(x, y - high * 1.16, half * 0.22, half * 0.24, times(wall, 0.5))


def sunflowers(canvas: Canvas, sprite: Lookup) -> Light:
    """A field of sunflowers under a wide sky."""
    rng, air = canvas.rng, weather(canvas, (CLEAR, BRIGHT, GOLDEN), (2, 2, 2))
    sky(canvas, air, 132)
    ranges(canvas, air, ((124, 172, 104), (170, 196, 100)), (116, 136), 2, 9)
    canvas.land(canvas.ridge(140, 2), air.far((214, 186, 62), 0.25), air.far((88, 120, 44), 0), 90)
    y = 143.0
    while y < 204:
        size = 2.2 + (y - 143) * 0.16
        for x in np.arange(rng.uniform(-size, 0), SIDE + size, size * 2.0).tolist():
            if y < 176 or abs(x - 128) > 20 + (204 - y) * 1.2:
                _bloom(
                    canvas, air, x + rng.uniform(-0.5, 0.5) * size, y + rng.uniform(-0.3, 0.3) * size, size
                )
        y += size * 1.15
    canvas.land(canvas.ridge(200, 3), air.far((120, 142, 58), 0.05), air.far((84, 104, 44), 0), 50)
    canvas.relief(canvas.below(np.full(SIDE, 200, np.float32)), canvas.floor_noise(180, 30, 16), 0.18)
    for x in (-6.0, 14.0, 36.0, 222.0, 244.0, 262.0):
        _bloom(canvas, air, x + rng.uniform(-5, 5), rng.uniform(196, 216), rng.uniform(12, 16))

    def front() -> None:
        grass_foot(canvas, air, (52, 92, 38), (130, 168, 60), 9)
        for x in (rng.uniform(-4, 26), SIDE - rng.uniform(-4, 26)):
            _bloom(canvas, air, x, rng.uniform(238, 250), rng.uniform(15, 20))

    return air.light(front)


def _bloom(canvas: Canvas, air: Air, x: float, y: float, size: float) -> None:
    gold = times((250, 194, 32), air.key)
    if size > 7:
        canvas.line((x, y), (x, y + size * 3), times((70, 118, 44), air.key), max(1, int(size / 5)))
        canvas.ellipse(x - size, y + size * 1.7, size * 0.8, size * 0.36, times((88, 140, 52), air.key))
        turns = np.linspace(0, 2 * np.pi, 27)[:-1]
        reach = size * np.where(np.arange(26) % 2 == 0, 1.12, 0.8)
        canvas.polygon(np.stack([x + reach * np.cos(turns), y + reach * np.sin(turns)], 1), times(gold, 0.88))
    canvas.ellipse(x, y, size * 0.86, size * 0.86, gold)
    canvas.ellipse(x, y, size * 0.46, size * 0.46, times((104, 62, 26), air.key))


def terraces(canvas: Canvas, sprite: Lookup) -> Light:
    """Rice terraces: curved steps, some of them flooded and mirroring the sky."""
    rng, air = canvas.rng, weather(canvas)
    sky(canvas, air, 110)
    ranges(canvas, air, ((84, 140, 100), (130, 180, 120)), (96, 116), 3, 22)
    wood_line(canvas, air, 122, 0.4, pick(rng, GREENS), 18)
    y, bend, step = 122.0, rng.uniform(0.25, 0.6) * rng.choice((-1, 1)), 9.0
    shape = canvas.ridge(0, 0.7, 2, 2, 0.3)
    while y < SIDE + 20:
        near = float(np.clip((y - 120) / 110, 0, 1))
        outline = (y + shape * step * 1.3 + bend * ((np.arange(SIDE) - 128) / 22) ** 2 * (0.3 + near)).astype(
            np.float32
        )
        far = 0.45 * (1 - near)
        green = mix((176, 206, 84), (108, 176, 74), rng.random())
        wet = y < 190 and chance(rng, 0.5)
        canvas.land(outline, air.far(mix(green, WHITE, 0.15), far), air.far(mix(green, WHITE, 0.15), far), 4)
        lower = mix(air.sky[1], WHITE, 0.25) if wet else air.far(times(green, 0.94), far)
        canvas.land(outline + 1.5 + 2 * near, lower, mix(lower, air.sky[-1], 0.5 if wet else 0.1), step)
        wall = outline + step * 0.66
        canvas.land(wall, air.far((104, 96, 56), far), air.far((62, 104, 48), far), step * 0.4)
        y, step = y + step, step * 1.15 + 0.8
        shape = shape * 0.94 + canvas.ridge(0, 0.12, 2, 1)
    meadow(canvas, air, 204, ((150, 196, 84), (92, 148, 62)), 3)
    haze(canvas, 120, 20, air.haze, 0.5)
    return air.light(lambda: grass_foot(canvas, air, (60, 116, 46), (166, 208, 88), 9))
