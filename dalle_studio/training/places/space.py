"""Other worlds: outer space, the moon, Mars."""

from __future__ import annotations

import numpy as np

from dalle_studio.training.draw.arrays import Floats
from dalle_studio.training.draw.canvas import Canvas
from dalle_studio.training.draw.chance import chance, pick
from dalle_studio.training.draw.colours import RGB, WHITE, hsv, mix, times
from dalle_studio.training.draw.frame import SIDE, grids
from dalle_studio.training.draw.light import Light
from dalle_studio.training.draw.stamps import ball
from dalle_studio.training.places.mountains import alps, stones
from dalle_studio.training.places.place import Air, Lookup, across, aside, ranges, veil


def stars(canvas: Canvas, count: int, bottom: float = SIDE) -> None:
    """Stars of many sizes; a few have a halo and a cross of rays."""
    rng = canvas.rng
    for x, y, size in rng.uniform((0, 0, 0), (SIDE, bottom, 1), (count, 3)).tolist():
        tone: RGB = pick(rng, ((255, 255, 255), (206, 222, 255), (255, 236, 206)))
        canvas.circle(x, y, 0.5 + 0.75 * size**3, times(tone, 0.55 + 0.45 * size))
        if size > 0.93:
            canvas.blob(x, y, 4.5, 4.5, tone, 0.8, light=True)
            canvas.blob(x, y, 9, 0.9, tone, 0.9, light=True)
            canvas.blob(x, y, 0.9, 9, tone, 0.9, light=True)


def planet(canvas: Canvas, x: float, y: float, radius: float, hue: float, ring: bool) -> None:
    """A planet with bands, lit from the upper left, with a shine of air at its rim."""
    dark, light = hsv(hue, 0.8, 0.14), hsv(hue + 0.03, 0.5, 0.98)
    canvas.blob(
        x - radius * 0.1, y - radius * 0.06, radius * 1.15, radius * 1.15, hsv(hue, 0.5, 1), 0.35, light=True
    )
    before = canvas.pixels.copy()
    canvas.stamp(ball(), x, y + radius, radius * 2, dark, light)
    rows, columns = grids()
    across_disc, down = (columns - x) / radius, (rows - y) / radius
    inside = np.clip((1 - np.sqrt(across_disc**2 + down**2)) * radius, 0, 1)
    bands = canvas.noise(2, int(4 + 600 / max(radius, 20)), 2)
    canvas.relief(inside, bands, 0.28)
    if ring:
        _ring(canvas, before, x, y, radius, hsv(hue + 0.08, 0.3, 0.95))


def _ring(canvas: Canvas, before: Floats, x: float, y: float, radius: float, colour: RGB) -> None:
    rows, columns = grids()
    turned = (columns - x) * 0.95 + (rows - y) * 0.32
    upright = (rows - y) * 0.95 - (columns - x) * 0.32
    away = np.sqrt(turned**2 + (upright / 0.3) ** 2) / radius
    band = np.clip((away - 1.3) * radius * 0.3, 0, 1) * np.clip((2.05 - away) * radius * 0.3, 0, 1)
    grooves = 0.7 + 0.3 * np.sin(away * 22)
    behind = (upright < 0) & ((columns - x) ** 2 + (rows - y) ** 2 < radius**2)
    canvas.cover(colour, band * grooves * 0.8 * ~behind)


def earth(canvas: Canvas, x: float, y: float, radius: float) -> None:
    """The blue planet."""
    canvas.blob(x, y, radius * 1.3, radius * 1.3, (90, 150, 255), 0.6, light=True)
    rows, columns = grids()
    across_disc, down = (columns - x) / radius, (rows - y) / radius
    distance = np.sqrt(across_disc**2 + down**2)
    inside = np.clip((1 - distance) * radius, 0, 1)
    toward = np.sqrt(np.clip(1 - distance**2, 0, 1))
    lit = np.clip((-0.7 * across_disc - 0.4 * down + 0.6 * toward) * 1.15, 0.04, 1)[..., None]
    cells = int(400 / radius)
    land, white = canvas.noise(cells, cells, 3), canvas.noise(cells, cells * 2, 3)
    face = np.zeros((SIDE, SIDE, 3), np.float32) + np.array((36, 104, 206), np.float32)
    face += (np.array((92, 160, 84), np.float32) - face) * np.clip(land * 9 - 4.7, 0, 1)[..., None]
    face += (255 - face) * (np.clip(white * 4 - 2.3, 0, 1)[..., None] * 0.9)
    rim = np.clip(distance - 0.72, 0, 1)[..., None] * 1.6
    canvas.cover((face + (np.array((150, 210, 255), np.float32) - face) * rim) * lit, inside)


def nebula(canvas: Canvas, hue: float, strength: float) -> None:
    """Clouds of gas in two colours."""
    rng = canvas.rng
    rows, columns = grids()
    turn = rng.uniform(-1, 1)
    lane = np.exp(-((((rows - 128) - turn * (columns - 128) + rng.uniform(-70, 70)) / 85) ** 2))
    gas = np.clip(canvas.noise(3, 3, 4) * 2.4 - 0.85, 0, 1)
    canvas.shine(hsv(hue, 0.75, 1), gas * lane * strength)
    core = np.clip(canvas.noise(4, 4, 4) * 2.6 - 1.15, 0, 1)
    canvas.shine(hsv(hue + rng.choice((-0.16, 0.14, 0.22)), 0.7, 1), core * gas * lane * strength * 1.1)


def space(canvas: Canvas, sprite: Lookup) -> Light:
    """Nebulae, stars and planets."""
    rng, hue = canvas.rng, canvas.rng.uniform(0.55, 0.9)
    canvas.gradient([hsv(hue, 0.75, 0.09), hsv(hue + 0.05, 0.7, 0.2), hsv(hue - 0.05, 0.75, 0.11)])
    nebula(canvas, hue, rng.uniform(0.45, 0.75))
    stars(canvas, 90)
    big = chance(rng, 0.4)
    if big:
        planet(
            canvas,
            rng.uniform(30, 226),
            256 + rng.uniform(50, 90),
            rng.uniform(100, 130),
            rng.random(),
            False,
        )
    for _ in range(int(rng.integers(1, 3))):
        x, y = (
            aside(canvas, 60, 0),
            rng.uniform(20, 90) if big else pick(rng, (rng.uniform(20, 80), rng.uniform(190, 240))),
        )
        if chance(rng, 0.25):
            earth(canvas, x, y, rng.uniform(20, 38))
        else:
            planet(canvas, x, y, rng.uniform(12, 34), rng.random(), chance(rng, 0.4))
    return Light((0.95, 0.96, 1.06), -0.6, 0.35, times(hsv(hue, 0.4, 1), 0.45), 0, 0)


def moon(canvas: Canvas, sprite: Lookup) -> Light:
    """Grey dust and craters below the earth."""
    rng = canvas.rng
    canvas.gradient([(6, 8, 22), (18, 22, 46), (38, 42, 70)], 0, 200)
    nebula(canvas, rng.uniform(0.55, 0.75), 0.16)
    stars(canvas, 90, 190)
    if chance(rng, 0.85):
        earth(canvas, aside(canvas, 90, -34), rng.uniform(38, 82), rng.uniform(22, 40))
    grey: RGB = pick(rng, ((196, 196, 204), (206, 200, 192), (180, 186, 200)))
    air = Air(((0, 0, 0),), (62, 66, 92), WHITE, (1, 1, 1), (grey, grey), 0.5, 0.5, 0, 20, 40)
    alps(canvas, air, 190, rng.uniform(24, 44), times(grey, 0.72), None, 0.2)
    outline = canvas.ridge(178, 7, 2, 4, 0.45)
    inside = canvas.land(outline, grey, times(grey, 0.62), 90)
    canvas.relief(inside, canvas.floor_noise(168, 14, 14, 3), 0.2)
    _craters(canvas, grey, 9)
    stones(canvas, air, 5, (196, 250), times(grey, 0.34), times(grey, 1.1))
    return Light((0.98, 0.98, 1.02), -0.8, 0.35, (70, 76, 96), 0.55, 0.5)


def _craters(canvas: Canvas, tone: RGB, count: int) -> None:
    """Flat craters: a lit far rim, a dark near wall."""
    rng = canvas.rng
    for y in np.sort(rng.uniform(188, 250, count)).tolist():
        x, wide = across(canvas), rng.uniform(8, 24) * (y - 150) / 80
        canvas.ellipse(x, y - 0.8, wide * 1.12, wide * 0.34, mix(tone, WHITE, 0.35))
        canvas.ellipse(x, y, wide, wide * 0.29, times(tone, 0.42))
        canvas.ellipse(x + wide * 0.12, y + wide * 0.05, wide * 0.84, wide * 0.21, times(tone, 0.66))


def mars(canvas: Canvas, sprite: Lookup) -> Light:
    """Red dust, rocks and far mesas under a butterscotch sky."""
    rng = canvas.rng
    top: RGB = pick(rng, ((196, 132, 96), (150, 104, 104), (210, 152, 110)))
    air = Air(
        (top, mix(top, (244, 196, 150), 0.6), (250, 208, 162)),
        (240, 186, 142),
        (255, 240, 220),
        (1, 1, 1),
        ((200, 140, 110), (250, 210, 170)),
        0.42,
        0.35,
        0.1,
        aside(canvas, 80, 0),
        rng.uniform(26, 70),
    )
    canvas.gradient(air.sky, 0, 160)
    canvas.rectangle(0, 160, SIDE, SIDE, air.sky[-1])
    veil(canvas, air, 150, 0.35)
    canvas.blob(air.x, air.y, 60, 60, air.sun, 0.5, light=True)
    canvas.circle(air.x, air.y, 7, (255, 250, 240))
    rust: RGB = pick(rng, ((206, 104, 64), (190, 84, 56), (214, 118, 72)))
    alps(canvas, air, 162, rng.uniform(30, 66), times(rust, 0.9), None, 0.6)
    ranges(canvas, air, (times(rust, 0.95), rust), (150, 170), 3, 9)
    inside = canvas.land(canvas.ridge(180, 4), mix(rust, (250, 190, 140), 0.25), times(rust, 0.68), 80)
    canvas.relief(inside, canvas.floor_noise(166, 16, 16, 3), 0.2)
    if chance(rng, 0.6):
        _craters(canvas, times(rust, 0.95), 4)
    stones(canvas, air, 11, (184, 250), times(rust, 0.36), times(rust, 1.1), 110)
    return air.light(None)
