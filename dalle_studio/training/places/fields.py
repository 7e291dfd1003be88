"""Open land: meadow, farm, sunflowers, rice terraces, mountains, desert, canyon, castle, snow."""

from __future__ import annotations

import cv2
import numpy as np

from dalle_studio.training.draw.arrays import Floats
from dalle_studio.training.draw.canvas import SIDE, WHITE, Canvas, blended, chance, duotone, flat, grids, pick
from dalle_studio.training.draw.colours import RGB
from dalle_studio.training.draw.light import Light
from dalle_studio.training.draw.stamps import bushes, cacti, conifers, puff, rocks
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
    haze,
    meadow,
    mix,
    ranges,
    sky,
    times,
    weather,
)
from dalle_studio.training.places.woods import GREENS, LAWN, firs, path, shade_under, tree, wood_line

BLOOMS: tuple[RGB, ...] = ((238, 70, 76), (255, 206, 70), (246, 130, 190), (252, 250, 244), (150, 110, 230))


def alps(
    canvas: Canvas, air: Air, foot: float, height: float, rock: RGB, snow: RGB | None, far: float = 0.3
) -> None:
    """High mountains with lit and shaded faces, and snow on them if given."""
    rng, (rows, columns) = canvas.rng, grids()
    middle = np.sort(rng.uniform(-10, 266, 5))
    high = height * rng.uniform(0.5, 1.0, 5)
    high[int(rng.integers(1, 4))] = height
    slope = rng.uniform(0.75, 1.15, 5)[:, None]
    tops = foot - high[:, None] + slope * np.abs(np.arange(SIDE)[None] - middle[:, None])
    owner = tops.argmin(0)
    jag = canvas.ridge(0, height * 0.07, 9, 4, 0.62)
    outline = (tops.min(0) + jag).astype(np.float32)
    wobble = (canvas.noise(4, 10, 3) - 0.5) * np.float32(height * 0.55)
    facing = (columns - middle[owner][None].astype(np.float32) + wobble) * np.float32(-1 if air.flip else 1)
    lit = np.clip(0.5 - facing / 7, 0, 1)
    dark, light = air.far(times(rock, 0.66), far), air.far(times(rock, 1.18), far)
    face = duotone(dark, light, lit)
    if snow is not None:
        line = (canvas.noise(16, 7, 2) - 0.5) * np.float32(height * 0.5)
        cap = np.clip((height * 0.5 - (rows - (foot - height)) + line) / 5, 0, 1)
        white = duotone(air.far(times(snow, (0.68, 0.76, 0.9)), far), air.far(snow, far * 0.5), lit)
        face = blended(face, white, cap)
    base = np.clip((rows - (foot - height * 0.4)) / (height * 0.4), 0, 1) * np.float32(0.6)
    face = blended(face, flat(face.shape, air.haze), base)
    canvas.cover(face, canvas.below(outline))


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


def mountains(canvas: Canvas, sprite: Lookup) -> Light:
    """Snowy peaks above a green valley."""
    rng, air = canvas.rng, weather(canvas)
    sky(canvas, air, 120, int(rng.integers(0, 4)))
    rock: RGB = pick(rng, ((110, 116, 138), (128, 112, 112), (96, 112, 130)))
    alps(canvas, air, 165, rng.uniform(80, 100), rock, (246, 250, 255), 0.6)
    alps(canvas, air, 178, rng.uniform(110, 140), rock, (252, 253, 255), 0.2)
    haze(canvas, 166, 12, air.haze, 0.5)
    leaves = pick(rng, GREENS[:2])
    canvas.land(canvas.ridge(164, 6), air.far((96, 146, 84), 0.3), air.far((120, 166, 88), 0.2), 20)
    firs(canvas, air, 172, 0.32, 26, leaves, 0.28)
    meadow(canvas, air, 172, LAWN)
    for _ in range(4):
        x = aside(canvas, 46, 8)
        canvas.stamp(
            pick(rng, conifers()),
            x,
            rng.uniform(180, 204),
            rng.uniform(60, 100),
            air.far(leaves[0], 0),
            air.far(leaves[1], 0),
            flip=air.flip,
        )
    stones(canvas, air, 4, (196, 244), (86, 88, 98), (198, 198, 204))
    return air.light(lambda: grass_foot(canvas, air, (50, 104, 46), (146, 196, 88), 9))


def stones(
    canvas: Canvas, air: Air, count: int, span: tuple[float, float], dark: RGB, light: RGB, reach: float = 80
) -> None:
    """Boulders at the sides."""
    rng = canvas.rng
    for y in np.sort(rng.uniform(*span, count)).tolist():
        x, size = aside(canvas, reach), rng.uniform(7, 20) * (y / 256)
        canvas.blob(x - air.side * size * 0.6, y, size * 1.3, size * 0.3, times(dark, 0.4), air.shadow + 0.1)
        canvas.stamp(
            pick(rng, rocks()),
            x,
            y,
            size,
            times(dark, air.key),
            times(light, air.key),
            flip=air.flip,
            wide=rng.uniform(0.9, 1.4),
        )


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


def snow(canvas: Canvas, sprite: Lookup) -> Light:
    """Fresh snow, firs and mountains, often with falling flakes."""
    rng = canvas.rng
    air = weather(canvas, DAYS, (2, 1, 2, 1, 1))
    cold = Air(
        tuple(mix(tone, (206, 224, 244), 0.3) for tone in air.sky),
        mix(air.haze, (218, 230, 246), 0.6),
        air.sun,
        mix(air.key, (1.0, 1.0, 1.03), 0.5),
        air.cloud,
        0.3,
        air.stretch,
        0,
        air.x,
        air.y,
    )
    sky(canvas, cold, 140, int(rng.integers(0, 3)))
    if chance(rng, 0.7):
        alps(canvas, cold, 164, rng.uniform(80, 115), (126, 138, 164), (252, 253, 255), 0.35)
    dark, light = (56, 92, 104), (226, 238, 250)
    for row in range(2):
        y = 156 + 12 * row
        canvas.land(canvas.ridge(y, 6), cold.far((240, 246, 254), 0.3), cold.far((216, 228, 246), 0.3), 20)
        firs(canvas, cold, y + 3, 0.5 - 0.25 * row, 30 + 16 * row, (dark, light), 0.45)
    snow_ground(canvas, cold, 178)
    for x in (aside(canvas, 20, 6), aside(canvas, 60, 0), aside(canvas, 40, 0)):
        y, tall = rng.uniform(182, 206), rng.uniform(80, 130)
        canvas.blob(x - cold.side * 20, y, 34, 5, (120, 146, 196), 0.5)
        canvas.stamp(
            pick(rng, conifers()),
            x,
            y,
            tall,
            cold.far((34, 78, 84), 0),
            cold.far((236, 244, 252), 0),
            flip=cold.flip,
        )
    flakes = 70 if chance(rng, 0.55) else 0
    snowfall(canvas, flakes, 1.9)
    return cold.light(lambda: _drift(canvas, flakes // 5))


def snow_ground(canvas: Canvas, air: Air, y: float) -> None:
    """Soft drifts with blue shadows."""
    inside = canvas.land(
        canvas.ridge(y, 5, 2, 3, 0.4), air.far((250, 252, 255), 0.05), air.far((222, 232, 248), 0), 80
    )
    blue = np.clip(canvas.floor_noise(y - 24, 7, 8, 2) * 2.4 - 1.15, 0, 1)
    canvas.cover((168, 190, 232), inside * blue * 0.5)
    canvas.blob(air.x, y + 20, 80, 16, mix(air.sun, WHITE, 0.4), 0.45)


def _drift(canvas: Canvas, flakes: int) -> None:
    outline = canvas.ridge(253, 4, 2, 2, 0.3)
    canvas.cover((246, 250, 255), canvas.below(outline, 6) * 0.95)
    snowfall(canvas, flakes, 3)


def snowfall(canvas: Canvas, count: int, size: float) -> None:
    """Flakes, some near and soft."""
    for x, y, share in canvas.rng.uniform((0, 0, 0.4), (SIDE, SIDE, 1), (count, 3)).tolist():
        canvas.blob(x, y, size * share, size * share, WHITE, 0.95)


def castle(canvas: Canvas, sprite: Lookup) -> Light:
    """A castle with towers on a hill."""
    rng, air = canvas.rng, weather(canvas)
    sky(canvas, air, 140)
    ranges(canvas, air, ((110, 160, 116), (150, 190, 120)), (116, 146), 3, 16)
    x = rng.uniform(84, 172)
    wall: RGB = pick(rng, ((214, 204, 196), (206, 192, 170), (190, 196, 212)))
    roof: RGB = pick(rng, ((74, 96, 168), (176, 70, 66), (92, 130, 120), (120, 84, 150)))
    hill = (176 - 24 * np.exp(-(((np.arange(SIDE) - x) / 80) ** 2)) + canvas.ridge(0, 2)).astype(np.float32)
    for shift, half, high, foot in ((-26, 9, 96, 158), (26, 9, 104, 158), (0, 13, 124, 156)):
        tower(canvas, air, x + shift, foot, half, high, (wall, roof), 0.2)
    _curtain(canvas, air, x, wall)
    for shift, half, high in ((-60, 13, 84), (60, 13, 84)):
        tower(canvas, air, x + shift, 170, half, high, (wall, roof), 0.06)
    canvas.land(hill + 2, air.far((124, 176, 84), 0.12), air.far((100, 156, 70), 0), 40)
    meadow(canvas, air, 178, LAWN, 3)
    path(canvas, 166, x, 36, ((228, 212, 178), (204, 180, 140)), 14)
    for _ in range(5):
        canvas.stamp(
            pick(rng, bushes()),
            aside(canvas, 80),
            rng.uniform(180, 198),
            24,
            *(air.far(tone, 0.05) for tone in pick(rng, GREENS)),
            flip=air.flip,
        )
    return air.light(lambda: grass_foot(canvas, air, (52, 106, 44), (148, 198, 84), 9))


def tower(
    canvas: Canvas,
    air: Air,
    x: float,
    foot: float,
    half: float,
    high: float,
    tones: tuple[RGB, RGB],
    far: float,
) -> None:
    """A round tower with a pointed roof and windows."""
    wall, roof = (air.far(tone, far) for tone in tones)
    turn = -1 if air.flip else 1
    for part in range(6):
        left, tone = x - half + part * half / 3, 1.06 - 0.085 * (part if turn > 0 else 5 - part)
        canvas.rectangle(left, foot - high, left + half / 3 + 1, foot, times(wall, tone))
    canvas.rectangle(x - half - 2, foot - high - 4, x + half + 3, foot - high + 3, times(wall, 0.8))
    top = (x, foot - high - half * 2.9)
    canvas.polygon([(x - half - 4, foot - high - 3), top, (x + half + 4, foot - high - 3)], times(roof, 0.72))
    lit = (x - turn * (half + 4), foot - high - 3)
    canvas.polygon([lit, top, (x + turn * half * 0.15, foot - high - 3)], times(roof, 1.12))
    for y in (foot - high + 16, foot - high + 38):
        canvas.rectangle(x - 2, y, x + 2.5, y + 9, times(wall, 0.42))


def _curtain(canvas: Canvas, air: Air, x: float, tone: RGB) -> None:
    """The wall between the towers, with battlements and a gate."""
    wall = air.far(tone, 0.12)
    canvas.rectangle(x - 60, 118, x + 60, 172, times(wall, 0.92))
    for left in np.arange(x - 60, x + 58, 9).tolist():
        canvas.rectangle(left, 112, left + 5, 119, times(wall, 0.96))
    canvas.rectangle(x - 60, 121, x + 60, 124, times(wall, 0.78))
    canvas.ellipse(x, 150, 12, 14, times(wall, 0.4))
    canvas.rectangle(x - 12, 150, x + 13, 172, times(wall, 0.4))
    canvas.ellipse(x, 152, 9, 11, (96, 66, 48))
    canvas.rectangle(x - 9, 152, x + 10, 172, (96, 66, 48))


def volcano(canvas: Canvas, sprite: Lookup) -> Light:
    """A glowing volcano at dusk."""
    rng, x = canvas.rng, canvas.rng.uniform(78, 178)
    top: RGB = pick(rng, ((44, 30, 66), (66, 30, 46), (40, 44, 78)))
    glow: RGB = (255, 150, 72)
    canvas.gradient([top, mix(top, (196, 84, 76), 0.6), (248, 158, 96)], 0, 170)
    canvas.rectangle(0, 170, SIDE, SIDE, (248, 158, 96))
    canvas.blob(x, 66, 90, 70, glow, 0.6, light=True)
    for step in range(9):
        y, size = 64 - step * 9, 26 + step * 6
        canvas.stamp(
            puff(),
            x + rng.uniform(-6, 6) + step * 5 * rng.uniform(0, 1),
            y + size * 0.4,
            size,
            (74, 52, 66),
            (176 + 40 * (step < 2), 110 - 4 * step, 104),
            opacity=0.8,
        )
    air = Air(((0, 0, 0),), (226, 134, 96), glow, (0.82, 0.7, 0.7), (top, top), 0.4, 0.3, 0, x, 60)
    columns = np.arange(SIDE, dtype=np.float32)
    outline = (
        64 + np.clip(np.abs(columns - x) - 15, 0, None) ** 0.94 * 1.35 + canvas.ridge(0, 2.5, 8, 3, 0.6)
    ).astype(np.float32)
    _cone(canvas, outline, x)
    _lava(canvas, x)
    ranges(canvas, air, ((96, 62, 64), (120, 74, 70)), (166, 176), 2, 8)
    inside = meadow(canvas, air, 184, ((104, 80, 80), (64, 50, 56)), 5)
    canvas.shine((255, 120, 50), inside * np.clip(canvas.floor_noise(176, 8, 8) * 3.4 - 2.2, 0, 1) * 0.35)
    stones(canvas, air, 7, (194, 246), (40, 30, 36), (170, 110, 90))
    for px, py in rng.uniform((x - 60, 8), (x + 60, 90), (22, 2)).tolist():
        canvas.blob(px, py, 1.6, 1.6, (255, 196, 110), 0.9)
    return Light((0.92, 0.8, 0.78), air.side * 0.6, 0.25, (150, 74, 30), 0.4, 0.25, ((226, 134, 96), 0.15))


def _cone(canvas: Canvas, outline: Floats, x: float) -> None:
    rows, columns = grids()
    gullies = canvas.noise(22, 3, 2)
    lit = np.clip(0.4 + (x - columns) / 120 + (gullies - 0.5) * 0.9, 0, 1)
    face = duotone((58, 40, 52), (150, 100, 94), lit)
    face = blended(face, flat(face.shape, (226, 134, 96)), np.clip((rows - 110) / 120, 0, 0.7))
    canvas.cover(face, canvas.below(outline))


def _lava(canvas: Canvas, x: float) -> None:
    """Streams of lava from the crater."""
    rng = canvas.rng
    canvas.blob(x, 64, 18, 7, (255, 190, 90), 0.9, light=True)
    for start in (-9, 0, 8):
        along = np.linspace(0, 1, 14)
        long = rng.uniform(60, 116)
        path_x = (
            x + start + start * along * rng.uniform(2, 5) + np.sin(along * 7 + rng.uniform(0, 6)) * 4 * along
        )
        y, half = 63 + long * along, 3.6 * (1 - along) ** 0.6 + 0.4
        for wide, tone in ((1.9, (226, 70, 34)), (1.0, (255, 176, 66))):
            left = np.stack([path_x - half * wide, y], 1)
            right = np.stack([path_x + half * wide, y], 1)[::-1]
            canvas.polygon(np.concatenate([left, right]), tone, 0.9)
    canvas.ellipse(x, 64, 15, 3.2, (255, 226, 140))


def far_trees(canvas: Canvas, air: Air, y: float) -> None:
    """A far wood, for places at the water."""
    wood_line(canvas, air, y, 0.5, pick(canvas.rng, GREENS), 16)


__all__ = [
    "MORNING",
    "across",
    "alps",
    "canyon",
    "castle",
    "desert",
    "far_trees",
    "farm",
    "flowers",
    "green_meadow",
    "mountains",
    "ripples",
    "sand_foot",
    "snow",
    "snow_ground",
    "snowfall",
    "stones",
    "sunflowers",
    "terraces",
    "volcano",
]
