"""Places at, on and under water."""

from __future__ import annotations

import cv2
import numpy as np

from dalle_studio.training.draw.arrays import Floats
from dalle_studio.training.draw.canvas import SIDE, WHITE, Canvas, chance, duotone, grids, pick
from dalle_studio.training.draw.colours import RGB
from dalle_studio.training.draw.light import Light
from dalle_studio.training.draw.stamps import bushes, corals, puff, tufts
from dalle_studio.training.places.fields import alps, sand_foot, stones
from dalle_studio.training.places.place import (
    BRIGHT,
    CLEAR,
    DAYS,
    GOLDEN,
    MORNING,
    Air,
    Lookup,
    across,
    aside,
    grass_foot,
    meadow,
    mix,
    ranges,
    sky,
    times,
    weather,
)
from dalle_studio.training.places.woods import GREENS, LAWN, firs, palm, shade_under, wood_line

SEAS: tuple[tuple[RGB, RGB], ...] = (
    ((26, 112, 184), (82, 206, 210)),
    ((20, 128, 176), (110, 222, 208)),
    ((34, 96, 160), (74, 176, 200)),
)
"""Far and near colour of the sea."""
SAND: tuple[tuple[RGB, RGB], ...] = (
    ((248, 226, 178), (222, 184, 130)),
    ((250, 234, 200), (228, 200, 158)),
    ((242, 212, 158), (208, 164, 110)),
)


def water(
    canvas: Canvas, air: Air, horizon: float, colours: tuple[RGB, RGB], mirror: float, swell: float = 1
) -> None:
    """Water from `horizon` to the lower edge: reflections, ripples and the glitter of the sun.

    Args:
        canvas: what to draw on; what is above the horizon is reflected.
        air: the light.
        horizon: y of its far edge.
        colours: far and near.
        mirror: share of the reflection, 0 to 1.
        swell: how strong ripples are.
    """
    first = int(horizon)
    above = canvas.pixels.copy()
    canvas.mirror(first, 1)
    rows = grids()[0]
    far_tone, near_tone = (times(tone, air.key) for tone in colours)
    canvas.cover(duotone(far_tone, near_tone, (rows - first) / (SIDE - first)), 1 - mirror)
    streaks = canvas.floor_noise(first - 6, 8, 14, 2)
    canvas.relief(1, streaks, 0.34 * swell)
    canvas.cover(mix(air.sky[-1], WHITE, 0.4), np.clip(streaks * 4 - 2.7, 0, 1) * np.float32(0.4 * swell))
    canvas.pixels[:first] = above[:first]
    glitter(canvas, air, first, 0.9 if air.shadow > 0.25 else 0.3)


def glitter(canvas: Canvas, air: Air, horizon: float, strength: float) -> None:
    """The broken path of light below the sun."""
    rows, columns = grids()
    depth = rows - horizon
    wide = 10 + 0.28 * np.clip(depth, 0, None)
    column = np.exp(-(((columns - air.x) / wide) ** 2)) * (depth >= 0)
    sparkle = np.clip(canvas.noise(14, 90, 2) * 3.2 - 1.4, 0, 1)
    canvas.shine(air.sun, strength * column * sparkle * np.exp(-np.clip(depth, 0, None) / 70))


def shore(canvas: Canvas, air: Air, y: float, sand: tuple[RGB, RGB], slant: float) -> None:
    """Where the sea meets the beach: shallow water, foam, wet sand, dry sand."""
    line = (canvas.ridge(y, 3.5, 2, 3, 0.4) + slant * (np.arange(SIDE) - 128)).astype(np.float32)
    dry, low = (times(tone, air.key) for tone in sand)
    canvas.cover(mix((130, 226, 214), dry, 0.35), canvas.below(line - 24, 26) * 0.55)
    for away, thick, opacity in ((20.0, 2.6, 0.5), (9.0, 3.4, 0.7)):
        _foam(canvas, line - away + canvas.ridge(0, 2.4, 5, 3), thick, opacity)
    canvas.land(line, times(mix(dry, low, 0.6), 0.86), mix(dry, low, 0.4), 24)
    canvas.cover(mix(air.sky[1], WHITE, 0.4), canvas.below(line) * (1 - canvas.below(line + 12, 8)) * 0.35)
    _foam(canvas, line + canvas.ridge(0, 1.5, 6, 3), 4.4, 0.95)
    inside = canvas.land(line + 13 + canvas.ridge(0, 2, 3, 3), dry, low, SIDE - y - 10)
    canvas.relief(inside, canvas.floor_noise(y - 30, 10, 12, 3), 0.12)
    canvas.relief(inside, canvas.floor_noise(y - 30, 40, 20, 1), 0.05)
    canvas.blob(air.x, y + 24, 90, 14, mix(air.sun, WHITE, 0.3), 0.3)


def _foam(canvas: Canvas, line: Floats, thick: float, opacity: float) -> None:
    band = canvas.below(line - thick / 2, 1.5) * (1 - canvas.below(line + thick / 2, 3.5))
    canvas.cover((252, 255, 255), band * opacity)


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


DUSK = Air(
    ((62, 56, 130), (190, 92, 140), (255, 150, 96), (255, 206, 120)),
    (255, 176, 122),
    (255, 214, 132),
    (0.98, 0.72, 0.62),
    ((124, 70, 124), (255, 158, 120)),
    0.4,
    0.7,
    0.3,
)
DUSKS = (
    DUSK,
    Air(
        ((38, 58, 128), (150, 110, 170), (252, 150, 136), (255, 214, 156)),
        (250, 176, 150),
        (255, 226, 168),
        (0.92, 0.74, 0.72),
        ((108, 86, 140), (255, 178, 154)),
        0.4,
        0.7,
        0.3,
    ),
    Air(
        ((96, 40, 92), (222, 72, 82), (255, 132, 60), (255, 196, 92)),
        (255, 156, 92),
        (255, 210, 110),
        (1.0, 0.68, 0.52),
        ((116, 50, 82), (255, 140, 84)),
        0.4,
        0.7,
        0.3,
    ),
)


def dusk(canvas: Canvas, horizon: float) -> Air:
    """A sunset sky with a low sun; says how it is lit."""
    rng, base = canvas.rng, pick(canvas.rng, DUSKS)
    air = Air(
        base.sky,
        base.haze,
        base.sun,
        base.key,
        base.cloud,
        base.shadow,
        base.stretch,
        base.rays,
        rng.uniform(60, 196),
        horizon - rng.uniform(6, 26),
    )
    canvas.gradient(air.sky, 0, horizon)
    canvas.rectangle(0, horizon, SIDE, SIDE, air.sky[-1])
    canvas.blob(air.x, air.y, 130, 60, air.sun, 0.4, light=True)
    bands = canvas.noise(2, 10, 3)
    rows = grids()[0][:, :1]
    shape = np.clip(bands * 3.2 - 1.75, 0, 1) * np.clip(1.1 - rows / horizon, 0, 1)
    under = np.clip(np.roll(bands, -4, 0) * 3.2 - 1.75, 0, 1)
    canvas.cover(air.cloud[0], shape * 0.65)
    canvas.cover(air.cloud[1], np.clip(shape - under * 0.8, 0, 1) * 0.9)
    canvas.blob(air.x, air.y, 38, 38, air.sun, 0.8, light=True)
    canvas.circle(air.x, air.y, rng.uniform(15, 24), mix(air.sun, WHITE, 0.55))
    return air


def sunset(canvas: Canvas, sprite: Lookup) -> Light:
    """Hills under a burning sky."""
    air = dusk(canvas, 152)
    hill: RGB = mix(air.sky[0], (70, 50, 90), 0.4)
    for row in range(3):
        y, far = 148 + 12 * row, 0.62 - 0.24 * row
        canvas.land(
            canvas.ridge(y, 10 - 2 * row, 2 + row, 4),
            mix(hill, air.haze, far),
            mix(hill, air.haze, far + 0.2),
            34,
        )
    grass: tuple[RGB, RGB] = ((150, 106, 84), (82, 56, 78))
    canvas.land(canvas.ridge(184, 4), mix(grass[0], air.sky[2], 0.3), grass[1], 76)
    canvas.relief(canvas.below(np.full(SIDE, 184, np.float32), 10), canvas.floor_noise(172, 26, 18), 0.2)
    canvas.blob(air.x, 190, 80, 12, air.sky[-1], 0.45)
    canvas.rays(air.x, air.y, air.sun, 0.2)
    dark = Air(air.sky, air.haze, air.sun, (1, 1, 1), air.cloud, x=air.x)
    return Light(
        (1.0, 0.82, 0.76),
        air.side * 0.5,
        0.26,
        (150, 92, 48),
        0.42,
        0.6,
        (air.haze, 0.15),
        lambda: grass_foot(canvas, dark, (46, 32, 54), (150, 100, 78), 10),
    )


def sea_at_sunset(canvas: Canvas, sprite: Lookup) -> Light:
    """The sun going down into the sea, and wet sand."""
    rng = canvas.rng
    horizon = rng.uniform(132, 146)
    air = dusk(canvas, horizon)
    water(
        canvas,
        Air(air.sky, air.haze, air.sun, (1, 1, 1), air.cloud, x=air.x),
        horizon,
        (mix(air.sky[2], air.sky[1], 0.5), air.sky[0]),
        0.6,
        0.8,
    )
    glitter(canvas, air, horizon, 0.9)
    sand: tuple[RGB, RGB] = ((206, 140, 112), (128, 82, 92))
    line = canvas.ridge(196, 4, 2, 3, 0.4)
    canvas.land(line, mix(sand[0], air.sky[-1], 0.4), sand[1], 60)
    _foam(canvas, line, 4, 0.65)
    canvas.blob(air.x, 204, 50, 10, air.sun, 0.55)
    return Light(
        (1.0, 0.82, 0.76),
        air.side * 0.5,
        0.26,
        (160, 100, 56),
        0.4,
        0.5,
        (air.haze, 0.12),
        lambda: sand_foot(canvas, *sand),
    )


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


def rain(canvas: Canvas, sprite: Lookup) -> Light:
    """A wet street of grass and puddles under heavy clouds."""
    rng = canvas.rng
    tone: RGB = pick(rng, ((92, 106, 130), (104, 112, 120), (86, 104, 118)))
    air = Air(
        (times(tone, 0.8), tone, mix(tone, WHITE, 0.45)),
        mix(tone, WHITE, 0.35),
        WHITE,
        (0.72, 0.8, 0.84),
        (times(tone, 0.72), mix(tone, WHITE, 0.3)),
        0.18,
        0.03,
        0,
        60,
        30,
    )
    sky(canvas, air, 150, 0, disc=False)
    for x in np.linspace(-10, 266, 7).tolist():
        canvas.stamp(
            puff(), x + rng.uniform(-16, 16), rng.uniform(34, 62), rng.uniform(60, 92), *air.cloud, wide=1.9
        )
    ranges(canvas, air, ((92, 128, 108), (110, 140, 112)), (128, 150), 2, 12)
    wood_line(canvas, air, 160, 0.5, GREENS[1], 24)
    meadow(canvas, air, 164, ((132, 164, 116), (82, 112, 86)), 3)
    for y in np.sort(rng.uniform(182, 244, 6)).tolist():
        _puddle(canvas, air, across(canvas), y)
    _drops(canvas, 110, 0.32)
    return Light(
        (0.9, 0.94, 0.98),
        -0.2,
        0.12,
        (30, 36, 44),
        0.25,
        0.04,
        (air.haze, 0.2),
        lambda: _drops(canvas, 26, 0.42),
    )


def _puddle(canvas: Canvas, air: Air, x: float, y: float) -> None:
    wide = canvas.rng.uniform(20, 44) * (y - 130) / 90
    canvas.ellipse(x, y, wide, wide * 0.16, times(air.sky[0], 0.8))
    canvas.ellipse(x, y + 0.8, wide * 0.97, wide * 0.14, mix(air.sky[1], air.sky[2], 0.6))
    for _ in range(2):
        dx, size = canvas.rng.uniform(-0.6, 0.6) * wide, wide * 0.2
        canvas.ellipse(x + dx, y, size, size * 0.3, mix(air.sky[2], WHITE, 0.6))
        canvas.ellipse(x + dx, y, size * 0.74, size * 0.2, mix(air.sky[1], air.sky[2], 0.6))


def _drops(canvas: Canvas, count: int, opacity: float) -> None:
    """Slanting rain, a few bold streaks."""
    dry, canvas.pixels = canvas.pixels, canvas.pixels.copy()
    for x, y, long in canvas.rng.uniform((0, -20, 10), (SIDE + 20, SIDE, 24), (count, 3)).tolist():
        canvas.line((x, y), (x - long * 0.26, y + long), (226, 236, 246))
    canvas.pixels = np.asarray(cv2.addWeighted(dry, 1 - opacity, canvas.pixels, opacity, 0))


def underwater(canvas: Canvas, sprite: Lookup) -> Light:
    """A reef: light from above, corals, sea grass, fish far off."""
    rng = canvas.rng
    top, deep = pick(
        rng,
        (
            ((126, 226, 232), (14, 84, 150)),
            ((110, 214, 240), (18, 72, 156)),
            ((136, 232, 214), (14, 98, 134)),
        ),
    )
    canvas.gradient([top, mix(top, deep, 0.45), mix(top, deep, 0.8), deep])
    x = rng.uniform(60, 196)
    canvas.blob(x, -10, 120, 60, (230, 255, 250), 0.7, light=True)
    air = Air(
        (top, deep), mix(top, deep, 0.6), (220, 255, 250), (0.75, 0.95, 1.0), (top, deep), 0.25, 0.05, 0, x, 0
    )
    for row in range(2):
        canvas.land(
            canvas.ridge(176 + 16 * row, 16, 3, 4),
            mix((40, 84, 110), air.haze, 0.72 - 0.3 * row),
            mix((30, 70, 100), air.haze, 0.8 - 0.3 * row),
            50,
        )
        _reef(canvas, air, 196 + 12 * row, 0.5 - 0.28 * row, 5)
    canvas.rays(x, -60, (214, 250, 246), 0.55, 260)
    sand: tuple[RGB, RGB] = ((226, 216, 170), (132, 158, 154))
    inside = canvas.land(canvas.ridge(214, 4), sand[0], sand[1], 50)
    net = np.clip(1 - np.abs(canvas.floor_noise(186, 12, 12, 2) - 0.5) * 8, 0, 1)
    canvas.cover((250, 255, 230), inside * net * 0.45)
    _shoal(canvas, air)
    _reef(canvas, air, 232, 0.0, 7, 76)
    _bubbles(canvas, 16)
    return Light(
        (0.86, 1.0, 1.06),
        0.0,
        0.2,
        (40, 90, 90),
        0.12,
        0.0,
        (mix(top, deep, 0.5), 0.25),
        lambda: _bubbles(canvas, 5),
    )


REEF: tuple[tuple[RGB, RGB], ...] = (
    ((176, 54, 92), (255, 142, 140)),
    ((190, 96, 40), (255, 196, 104)),
    ((110, 60, 150), (214, 150, 236)),
    ((36, 120, 96), (130, 214, 140)),
    ((196, 70, 130), (255, 170, 200)),
)


def _reef(canvas: Canvas, air: Air, y: float, far: float, count: int, reach: float = 128) -> None:
    rng = canvas.rng
    for _ in range(count):
        dark, light = (air.far(tone, far) for tone in pick(rng, REEF))
        x, tall, foot = aside(canvas, reach), rng.uniform(26, 54) * (1 - 0.4 * far), y + rng.uniform(-4, 6)
        kind = rng.random()
        if kind < 0.5:
            canvas.stamp(pick(rng, corals()), x, foot, tall, dark, light)
        elif kind < 0.75:
            canvas.stamp(pick(rng, bushes()), x, foot, tall * 0.6, dark, light, wide=0.8)
        else:
            canvas.stamp(
                pick(rng, tufts()),
                x,
                foot,
                tall * 1.3,
                air.far((20, 92, 70), far),
                air.far((120, 200, 110), far),
                wide=0.55,
            )


def _shoal(canvas: Canvas, air: Air) -> None:
    """Small far fish swimming one way."""
    rng, way = canvas.rng, pick(canvas.rng, (-1, 1))
    x, y = aside(canvas, 90, -20), rng.uniform(50, 120)
    tone = pick(rng, ((255, 206, 96), (255, 140, 110), (220, 240, 250)))
    for dx, dy, size in rng.uniform((-36, -20, 3.2), (36, 20, 5.4), (9, 3)).tolist():
        middle, level = x + dx, y + dy
        colour = air.far(tone, 0.3)
        canvas.polygon(
            [
                (middle - way * size * 0.7, level),
                (middle - way * size * 1.6, level - size * 0.55),
                (middle - way * size * 1.6, level + size * 0.55),
            ],
            times(colour, 0.8),
        )
        canvas.ellipse(middle, level, size, size * 0.5, colour)


def _bubbles(canvas: Canvas, count: int) -> None:
    rng = canvas.rng
    for x, y, size in rng.uniform((0, 10, 1.5), (SIDE, 230, 4.5), (count, 3)).tolist():
        canvas.blob(x, y, size * 0.8, size * 0.8, (210, 246, 250), 0.35)
        canvas.ring(x, y, size, (224, 250, 252))
        canvas.circle(x - size * 0.35, y - size * 0.35, size * 0.25, WHITE)
