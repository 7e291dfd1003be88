"""Places at the sea and on it: beach, tropical resort, ocean. The sea at sunset is in `sunsets`."""

from __future__ import annotations

import numpy as np

from dalle_studio.training.draw.canvas import Canvas
from dalle_studio.training.draw.chance import chance, pick
from dalle_studio.training.draw.colours import RGB, WHITE, mix, times
from dalle_studio.training.draw.frame import SIDE, grids
from dalle_studio.training.draw.light import Light
from dalle_studio.training.draw.stamps import bushes, tufts
from dalle_studio.training.places.deserts import sand_foot
from dalle_studio.training.places.place import BRIGHT, CLEAR, DAYS, GOLDEN, Air, Lookup, aside, sky, weather
from dalle_studio.training.places.waters import SAND, SEAS, glitter, shore, water
from dalle_studio.training.places.woods import GREENS, palm, shade_under


def beach(canvas: Canvas, sprite: Lookup) -> Light:
    """Sand, surf and a turquoise sea, sometimes with palms or a headland."""
    rng, air = canvas.rng, weather(canvas)
    horizon = rng.uniform(104, 130)
    sky(canvas, air, horizon, int(rng.integers(0, 4)))
    if chance(rng, 0.5):
        _headland(canvas, air, horizon)
    water(canvas, air, horizon, pick(rng, SEAS), 0.22, 0.8)
    sand = pick(rng, SAND)
    shore(canvas, air, rng.uniform(172, 186), sand, rng.uniform(-0.07, 0.07))
    palms = int(rng.choice((0, 1, 2), p=(0.35, 0.4, 0.25)))
    left = chance(rng, 0.5)
    for _ in range(palms):
        x, y = rng.uniform(-4, 40), rng.uniform(192, 216)
        x = x if left else SIDE - x
        shade_under(canvas, air, x, y, 34)
        palm(canvas, air, x, y, rng.uniform(120, 190))
        canvas.stamp(
            pick(rng, tufts()),
            x,
            y + 4,
            16,
            times((60, 116, 54), air.key),
            times((150, 190, 90), air.key),
            wide=1.5,
        )
    _shells(canvas, sand)
    return air.light(lambda: sand_foot(canvas, times(sand[0], air.key), times(sand[1], air.key)))


def _headland(canvas: Canvas, air: Air, horizon: float) -> None:
    """Green cliffs or islands on the horizon, at one side."""
    rng, x = canvas.rng, aside(canvas, 60, 20)
    bump = np.exp(-(((np.arange(SIDE) - x) / rng.uniform(36, 64)) ** 2)) * rng.uniform(18, 40)
    outline = (horizon + 2 - bump + canvas.ridge(0, 2, 9, 3, 0.6) * (bump > 3)).astype(np.float32)
    canvas.land(outline, air.far((88, 150, 98), 0.5), air.far((120, 150, 120), 0.65), 30)


def _shells(canvas: Canvas, sand: tuple[RGB, RGB]) -> None:
    rng = canvas.rng
    for y in np.sort(rng.uniform(205, 252, 9)).tolist():
        x, size = aside(canvas, 100), rng.uniform(1.2, 2.8)
        canvas.ellipse(x + 1, y + size * 0.7, size * 1.4, size * 0.6, times(sand[1], 0.75), 1)
        canvas.ellipse(
            x, y, size * 1.2, size * 0.8, pick(rng, ((250, 240, 230), (240, 190, 170), (200, 184, 172)))
        )


def resort(canvas: Canvas, sprite: Lookup) -> Light:
    """A pool with loungers, palms and huts at the sea."""
    rng, air = canvas.rng, weather(canvas, (BRIGHT, CLEAR, GOLDEN), (3, 2, 1))
    sky(canvas, air, 112, int(rng.integers(0, 4)))
    canvas.gradient([air.far(SEAS[0][0], 0.2), air.far(SEAS[1][1], 0)], 112)
    glitter(canvas, air, 112, 0.5)
    canvas.land(canvas.ridge(136, 3), air.far(SAND[1][0], 0.1), air.far(SAND[1][1], 0), 30)
    for x in (rng.uniform(0, 50), rng.uniform(206, 256)):
        _hut(canvas, air, x, rng.uniform(150, 156), rng.uniform(44, 60))
    for _ in range(3):
        palm(canvas, air, aside(canvas, 66), rng.uniform(150, 160), rng.uniform(100, 136), 0.1)
    for x in np.arange(-8, 270, 22).tolist():
        if abs(x - 128) > 36:
            dark, light = (air.far(tone, 0.05) for tone in pick(rng, GREENS))
            canvas.stamp(pick(rng, bushes()), x, 164, rng.uniform(14, 22), dark, light, flip=air.flip)
    _parasol(canvas, air, aside(canvas, 62, -24), 172, 40)
    _pool(canvas, air)
    for x in (rng.uniform(-8, 16), SIDE - rng.uniform(-8, 16)):
        palm(canvas, air, x, rng.uniform(210, 226), rng.uniform(160, 200))
    return air.light(None)


def _pool(canvas: Canvas, air: Air) -> None:
    """A terrace with a pool set into it."""
    rng = canvas.rng
    stone: RGB = times(pick(rng, ((244, 234, 216), (232, 224, 214), (246, 226, 200))), air.key)
    canvas.land(np.full(SIDE, 164, np.float32), stone, times(stone, 0.92), 90)
    x, y, wide, high = rng.uniform(104, 152), 184.0, rng.uniform(84, 108), 13.0
    canvas.ellipse(x, y + 1.5, wide + 5, high + 4, times(stone, 0.8))
    canvas.ellipse(x, y, wide + 4, high + 3, times(stone, 1.05))
    canvas.ellipse(x, y, wide, high, (40, 142, 196))
    canvas.ellipse(x, y + 1.6, wide - 2, high - 1.6, (62, 200, 222))
    rows, columns = grids()
    inside = np.clip((1 - ((columns - x) / wide) ** 2 - ((rows - y - 1) / (high - 1)) ** 2) * 8, 0, 1)
    net = 1 - np.abs(canvas.floor_noise(150, 16, 26, 2) - 0.5) * 7
    canvas.cover((206, 250, 250), inside * np.clip(net, 0, 1) * 0.6)
    tiles = canvas.below(np.full(SIDE, 206, np.float32), 6)
    canvas.relief(tiles, canvas.floor_noise(150, 12, 12, 2), 0.07)


def _hut(canvas: Canvas, air: Air, x: float, y: float, size: float) -> None:
    """A hut with a thatched roof."""
    wall, straw = air.far((176, 126, 84), 0.12), air.far((206, 168, 104), 0.12)
    half, side = size * 0.4, -1 if air.flip else 1
    canvas.rectangle(x - half * 0.8, y - size * 0.45, x + half * 0.8, y, wall)
    canvas.rectangle(x - half * 0.2, y - size * 0.34, x + half * 0.2, y, times(wall, 0.5))
    top = (x, y - size)
    canvas.polygon(
        [(x - half * 1.25, y - size * 0.4), top, (x + half * 1.25, y - size * 0.4)], times(straw, 0.74)
    )
    canvas.polygon(
        [(x - side * half * 1.25, y - size * 0.4), top, (x + side * half * 0.2, y - size * 0.37)], straw
    )


def _parasol(canvas: Canvas, air: Air, x: float, y: float, size: float) -> None:
    """A parasol above a lounger."""
    cloth: RGB = pick(canvas.rng, ((236, 84, 76), (250, 190, 70), (70, 170, 190), (250, 246, 238)))
    canvas.blob(x, y + 2, size * 0.7, 4, (60, 60, 60), air.shadow)
    canvas.polygon(
        [(x - 18, y - 5), (x + 16, y - 4), (x + 20, y), (x - 16, y)], times((250, 248, 242), air.key)
    )
    canvas.line((x, y), (x, y - size), times((150, 110, 80), air.key), 2)
    top = (x, y - size * 1.2)
    canvas.polygon(
        [(x - size * 0.62, y - size * 0.74), top, (x + size * 0.62, y - size * 0.74)], times(cloth, 0.76)
    )
    lit = -0.62 if not air.flip else 0.62
    canvas.polygon(
        [(x + lit * size, y - size * 0.74), top, (x - lit * size * 0.25, y - size * 0.72)],
        times(cloth, air.key),
    )


def ocean(canvas: Canvas, sprite: Lookup) -> Light:
    """Open water with swell; it washes over what floats in it."""
    rng, air = canvas.rng, weather(canvas, DAYS, (3, 2, 1.5, 1.5, 1))
    horizon = rng.uniform(108, 132)
    sky(canvas, air, horizon, int(rng.integers(1, 5)))
    if chance(rng, 0.3):
        _headland(canvas, air, horizon)
    tones: tuple[RGB, RGB] = pick(
        rng,
        (((60, 138, 196), (14, 92, 158)), ((64, 160, 190), (16, 112, 150)), ((70, 124, 176), (20, 70, 130))),
    )
    water(canvas, air, horizon, tones, 0.3, 1.1)
    for y in (horizon + 12, horizon + 28, horizon + 52, horizon + 84):
        near = (y - horizon) / 84
        _wave(canvas, air, y, near, tones[1], 0.7)
    front = mix(tones[1], tones[0], 0.4)

    def wash() -> None:
        _wave(canvas, air, 224, 1, front, 0.8, 0.6)
        _wave(canvas, air, 244, 1.2, tones[1], 0.8, 0.85)

    return air.light(wash, 0.2)


def _wave(
    canvas: Canvas, air: Air, y: float, near: float, tone: RGB, foam: float, opacity: float = 0.7
) -> None:
    """A swell: light along its crest, darker in its trough."""
    line = canvas.ridge(y, 1.5 + 4.5 * near, 3 + int(4 * (1 - near)), 3, 0.5)
    rows = grids()[0]
    down = rows - line[None]
    body = canvas.below(line) * np.exp(-np.clip(down, 0, None) / (4 + 20 * near))
    canvas.cover(times(mix(tone, (60, 190, 200), 0.3), air.key), body * opacity)
    caps = np.clip(canvas.noise(7, 20, 2) * 3 - 1.4, 0, 1)
    crest = np.exp(-(((down - 1) / (0.8 + 1.3 * near)) ** 2))
    canvas.cover(mix(air.sky[-1], WHITE, 0.6), crest * caps * foam)
