"""Places at fresh water: lake, pond, river, waterfall."""

from __future__ import annotations

import numpy as np

from dalle_studio.training.draw.blending import duotone
from dalle_studio.training.draw.canvas import Canvas
from dalle_studio.training.draw.chance import chance, pick
from dalle_studio.training.draw.colours import RGB, WHITE, mix, times
from dalle_studio.training.draw.frame import SIDE, grids
from dalle_studio.training.draw.light import Light
from dalle_studio.training.draw.stamps import bushes, tufts
from dalle_studio.training.places.mountains import alps, stones
from dalle_studio.training.places.place import (
    BRIGHT,
    CLEAR,
    GOLDEN,
    MORNING,
    Air,
    Lookup,
    aside,
    grass_foot,
    meadow,
    ranges,
    sky,
    weather,
)
from dalle_studio.training.places.waters import water
from dalle_studio.training.places.woods import GREENS, LAWN, firs, wood_line


def lake(canvas: Canvas, sprite: Lookup) -> Light:
    """A still lake that mirrors mountains and woods, seen from its bank."""
    rng, air = canvas.rng, weather(canvas)
    horizon = rng.uniform(122, 134)
    sky(canvas, air, horizon, int(rng.integers(0, 4)))
    alps(
        canvas,
        air,
        horizon + 2,
        rng.uniform(66, 96),
        pick(rng, ((112, 120, 146), (104, 124, 128))),
        (252, 253, 255) if chance(rng, 0.7) else None,
        0.4,
    )
    leaves = pick(rng, GREENS)
    canvas.land(canvas.ridge(horizon - 6, 5), air.far(LAWN[1], 0.45), air.far(LAWN[1], 0.4), 10)
    firs(canvas, air, horizon, 0.35, 26, leaves, 0.28)
    water(canvas, air, horizon, ((120, 176, 206), (44, 116, 150)), 0.66, 0.6)
    bank(canvas, air, 196, leaves)
    return air.light(lambda: reeds(canvas, air, 5))


def bank(canvas: Canvas, air: Air, y: float, leaves: tuple[RGB, RGB]) -> None:
    """The near shore: a dark edge, stones, grass."""
    line = canvas.ridge(y, 4, 2, 3, 0.4)
    canvas.cover((24, 52, 50), canvas.below(line - 4, 8) * 0.5)
    canvas.land(line, air.far((156, 138, 100), 0), air.far((120, 104, 72), 0), 6)
    inside = canvas.land(
        line + 5 + canvas.ridge(0, 1.5, 7, 2), times(LAWN[0], air.key), times(LAWN[1], air.key), 56
    )
    canvas.relief(inside, canvas.floor_noise(y - 24, 30, 18), 0.16)
    stones(canvas, air, 6, (y - 2, y + 14), (84, 90, 96), (206, 208, 204), 100)


def reeds(canvas: Canvas, air: Air, count: int) -> None:
    """Reeds and grass at the lower corners."""
    rng = canvas.rng
    for _ in range(count):
        canvas.stamp(
            pick(rng, tufts()),
            aside(canvas, 54),
            rng.uniform(252, 262),
            rng.uniform(28, 52),
            times((48, 96, 50), air.key),
            times((154, 186, 92), air.key),
            wide=0.7,
        )
    grass_foot(canvas, air, (48, 98, 44), (146, 190, 86), 6)


def pond(canvas: Canvas, sprite: Lookup) -> Light:
    """A pond with lily pads, reeds and trees around it."""
    rng, air = canvas.rng, weather(canvas)
    sky(canvas, air, 120)
    leaves = pick(rng, GREENS)
    canvas.land(canvas.ridge(112, 3), air.far(leaves[0], 0.5), air.far(leaves[0], 0.3), 20)
    for row in range(2):
        wood_line(canvas, air, 122 + 10 * row, 0.5 - 0.25 * row, leaves, 44 + 8 * row)
    canvas.land(canvas.ridge(128, 2), times(LAWN[0], air.key), times(LAWN[1], air.key), 14)
    water(canvas, air, 142, ((112, 160, 132), (42, 98, 98)), 0.5, 0.5)
    for x in np.arange(0, 260, 15).tolist():
        canvas.stamp(
            pick(rng, tufts()),
            x + rng.uniform(-6, 6),
            145,
            rng.uniform(8, 20),
            air.far((50, 106, 56), 0.15),
            air.far((150, 190, 90), 0.1),
        )
    for y in np.sort(rng.uniform(150, 192, 13)).tolist():
        _lily(canvas, air, aside(canvas, 118), y, 3 + (y - 146) * 0.24)
    bank(canvas, air, 200, leaves)
    return air.light(lambda: reeds(canvas, air, 6))


def _lily(canvas: Canvas, air: Air, x: float, y: float, size: float) -> None:
    """A floating leaf, sometimes with a flower."""
    tone = times(mix((70, 146, 66), (128, 180, 80), canvas.rng.random()), air.key)
    canvas.ellipse(x, y + 1, size, size * 0.36, times(tone, 0.5))
    canvas.ellipse(x, y, size, size * 0.34, tone)
    canvas.polygon([(x, y), (x + size, y - size * 0.2), (x + size, y + size * 0.08)], (52, 104, 100))
    if chance(canvas.rng, 0.4):
        canvas.ellipse(x - size * 0.2, y - size * 0.24, size * 0.42, size * 0.26, (240, 150, 190))
        canvas.ellipse(x - size * 0.2, y - size * 0.34, size * 0.26, size * 0.2, (255, 222, 236))


def river(canvas: Canvas, sprite: Lookup) -> Light:
    """A river that winds down from the hills, and its bank."""
    rng, air = canvas.rng, weather(canvas)
    sky(canvas, air, 126)
    leaves = pick(rng, GREENS)
    ranges(canvas, air, ((96, 152, 108), (146, 190, 112)), (104, 132), 3, 18)
    wood_line(canvas, air, 138, 0.42, leaves, 26)
    meadow(canvas, air, 138, LAWN, 2)
    rows, columns = grids()
    near = np.clip((rows[:, :1] - 140) / 66, 0, 1)
    middle = rng.uniform(90, 166) + rng.choice((-1, 1)) * 52 * np.sin(near * 4.2 + 0.4) * (0.25 + 0.75 * near)
    half = 4 + 150 * near**1.5
    edge = half - np.abs(columns - middle) + (canvas.noise(12, 20, 2) - 0.5) * 8 * near
    inside = np.clip(edge + 0.5, 0, 1) * (rows >= 140)
    canvas.cover(air.far((142, 122, 84), 0.1), np.clip((edge + 3.5) / 1.5, 0, 1) * (rows >= 140))
    deep = duotone(times((72, 152, 184), air.key), mix(air.sky[1], WHITE, 0.2), np.repeat(1 - near, SIDE, 1))
    canvas.cover(deep, inside)
    streaks = canvas.floor_noise(130, 9, 14, 2)
    canvas.relief(inside, streaks, 0.3)
    canvas.cover(mix(air.sky[-1], WHITE, 0.5), inside * np.clip(streaks * 4 - 2.6, 0, 1) * 0.6)
    stones(canvas, air, 6, (176, 200), (84, 92, 96), (204, 208, 206), 128)
    bank(canvas, air, 206, leaves)
    return air.light(lambda: reeds(canvas, air, 4))


def waterfall(canvas: Canvas, sprite: Lookup) -> Light:
    """Water falling over a mossy cliff into a pool."""
    rng, air = canvas.rng, weather(canvas, (CLEAR, BRIGHT, MORNING, GOLDEN), (2, 2, 1.5, 1))
    sky(canvas, air, 90, 2, disc=False)
    leaves = pick(rng, GREENS)
    x, half = rng.uniform(84, 172), rng.uniform(22, 36)
    rows, columns = grids()
    ledge = (30 + np.abs(np.arange(SIDE) - x) * -0.12 + canvas.ridge(0, 8, 3, 4)).astype(np.float32)
    cliff = canvas.noise(14, 4, 3) * 0.7 + canvas.noise(5, 12, 2) * 0.3
    lit = np.clip(cliff * 1.7 - 0.45 + (x - columns) * (-1 if air.flip else 1) / 500, 0, 1)
    canvas.cover(
        duotone(air.far((52, 64, 70), 0.1), air.far((172, 168, 152), 0.15), lit), canvas.below(ledge)
    )
    moss = np.clip(canvas.noise(9, 6, 3) * 3.4 - 1.7, 0, 1) * np.clip(1.15 - (rows - 30) / 150, 0, 1)
    canvas.cover(air.far(mix(*leaves, 0.55), 0.1), moss * canvas.below(ledge) * 0.85)
    wood_line(canvas, air, 42, 0.2, leaves, 40)
    _fall(canvas, air, x, half)
    water(canvas, air, 166, ((150, 208, 210), (40, 120, 136)), 0.35, 0.8)
    for dx in np.linspace(-1.2, 1.2, 7).tolist():
        canvas.blob(x + dx * half, 166 + rng.uniform(-3, 4), 16, 9, (248, 254, 255), 0.7)
    canvas.blob(x, 158, 70, 26, (236, 248, 250), 0.4)
    for side in (-1, 1):
        for _ in range(3):
            canvas.stamp(
                pick(rng, bushes()),
                x + side * (half + rng.uniform(24, 110)),
                rng.uniform(162, 176),
                rng.uniform(28, 46),
                *(air.far(tone, 0.05) for tone in leaves),
                flip=air.flip,
            )
    stones(canvas, air, 8, (172, 204), (66, 76, 80), (190, 196, 190), 90)
    bank(canvas, air, 204, leaves)
    canvas.rays(air.x, -20, air.sun, 0.16)
    return air.light(lambda: reeds(canvas, air, 4))


def _fall(canvas: Canvas, air: Air, x: float, half: float) -> None:
    """The falling water: vertical threads, bright in the middle."""
    rows, columns = grids()
    wide = half * (0.82 + 0.28 * rows / 166)
    edge = (canvas.noise(40, 4, 2) - 0.5) * 14
    inside = np.clip((wide - np.abs(columns - x) + edge) / 3, 0, 1) * (rows > 32) * (rows < 172)
    threads = canvas.noise(44, 3, 2)
    canvas.cover(duotone((132, 190, 214), (252, 255, 255), np.clip(threads * 1.9 - 0.3, 0, 1)), inside * 0.95)
    canvas.blob(x, 34, half, 5, (236, 250, 252), 0.7)
