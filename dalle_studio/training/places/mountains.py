"""Mountains and what is in them: snowy peaks, a volcano, a cave."""

from __future__ import annotations

import numpy as np

from dalle_studio.training.draw.arrays import Floats
from dalle_studio.training.draw.blending import blended, duotone, flat
from dalle_studio.training.draw.canvas import Canvas
from dalle_studio.training.draw.chance import pick
from dalle_studio.training.draw.colours import RGB, WHITE, mix, times
from dalle_studio.training.draw.frame import SIDE, grids
from dalle_studio.training.draw.light import Light
from dalle_studio.training.draw.stamps import conifers, puff, rocks
from dalle_studio.training.places.place import (
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
from dalle_studio.training.places.woods import GREENS, LAWN, firs


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


def cave(canvas: Canvas, sprite: Lookup) -> Light:
    """A cave with stalactites and daylight falling in."""
    rng = canvas.rng
    rock, day = pick(
        rng,
        (((92, 78, 74), (206, 232, 246)), ((72, 82, 96), (236, 226, 196)), ((88, 74, 96), (190, 230, 226))),
    )
    x, y = rng.uniform(84, 172), rng.uniform(92, 116)
    wide, high = rng.uniform(44, 64), rng.uniform(52, 70)
    canvas.gradient([day, mix(day, WHITE, 0.4), mix(day, (130, 160, 110), 0.5)], 0, 190)
    rows, columns = grids()
    rough = (canvas.noise(5, 5, 2) - 0.5) * 0.45
    away = np.sqrt(((columns - x) / wide) ** 2 + ((rows - y) / high) ** 2) + rough
    texture = canvas.noise(9, 12, 4)
    for row, (edge, bright) in enumerate(((1.0, 0.95), (1.32, 0.66), (1.72, 0.42))):
        inside = np.clip((away - edge + rough * 0.8 * row) * 22, 0, 1)
        tone = times(mix(rock, day, 0.25 * (2 - row) / 2), bright)
        canvas.cover(tone, inside)
        canvas.relief(inside, texture, 0.34)
        canvas.cover(mix(day, rock, 0.4), np.clip(1 - (away - edge) * 26, 0, 1) * inside * (0.4 - 0.12 * row))
    _stalactites(canvas, rock)
    inside = canvas.land(canvas.ridge(196, 4), times(mix(rock, day, 0.25), 0.95), times(rock, 0.62), 60)
    canvas.relief(inside, canvas.floor_noise(180, 14, 14, 3), 0.24)
    canvas.blob(x, 208, 70, 14, day, 0.4)
    air = Air(((0, 0, 0),), rock, day, (1, 1, 1), (rock, day), 0.4, 0.1, 0, x, y)
    stones(canvas, air, 6, (200, 252), times(rock, 0.4), times(rock, 1.15), 70)
    canvas.rays(x, y - 40, day, 0.4, 180)
    return Light(
        (0.86, 0.84, 0.86),
        float(np.clip((x - 128) / 60, -1, 1)),
        0.25,
        times(day, 0.4),
        0.4,
        0.15,
        (day, 0.1),
    )


def _stalactites(canvas: Canvas, rock: RGB) -> None:
    rng = canvas.rng
    for row in range(2):
        for tip in np.arange(-4, 264, 25 - 5 * row).tolist():
            x, long = tip + rng.uniform(-7, 7), rng.uniform(20, 66) * (0.7 + 0.35 * abs(tip - 128) / 128)
            half, tone = rng.uniform(6, 12), times(rock, 0.62 - 0.2 * row)
            canvas.polygon(
                [(x - half, -2), (x + half, -2), (x + 1.5, long * 0.8), (x, long)], times(tone, 0.8)
            )
            canvas.polygon([(x - half, -2), (x - half * 0.1, -2), (x - 0.5, long * 0.92)], times(tone, 1.25))
