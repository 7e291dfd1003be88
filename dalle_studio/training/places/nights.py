"""Places at night: starry hills, northern lights, a snowy village."""

from __future__ import annotations

import numpy as np

from dalle_studio.training.draw.canvas import Canvas
from dalle_studio.training.draw.chance import chance, pick
from dalle_studio.training.draw.colours import RGB, WHITE, hsv, mix, times
from dalle_studio.training.draw.frame import SIDE, grids
from dalle_studio.training.draw.light import Light
from dalle_studio.training.draw.stamps import conifers
from dalle_studio.training.places.mountains import alps
from dalle_studio.training.places.place import Air, Lookup, aside, grass_foot, haze, meadow, ranges, veil
from dalle_studio.training.places.snow import snow_ground, snowfall
from dalle_studio.training.places.space import nebula, stars
from dalle_studio.training.places.woods import firs

NIGHTS: tuple[tuple[RGB, ...], ...] = (
    ((10, 16, 52), (30, 48, 110), (84, 104, 170)),
    ((18, 14, 56), (54, 44, 116), (120, 92, 160)),
    ((6, 22, 50), (18, 62, 104), (70, 124, 160)),
)


def night_air(canvas: Canvas, tones: tuple[RGB, ...]) -> Air:
    """Moonlight."""
    x = aside(canvas, 84, -26)
    return Air(
        tones,
        tones[-1],
        (214, 226, 255),
        (0.42, 0.5, 0.72),
        (times(tones[1], 0.9), mix(tones[2], WHITE, 0.25)),
        0.36,
        0.3,
        0,
        x,
        canvas.rng.uniform(30, 66),
    )


def night_sky(canvas: Canvas, air: Air, horizon: float) -> None:
    """Stars and a moon, with thin clouds."""
    rng = canvas.rng
    canvas.gradient(air.sky, 0, horizon)
    canvas.rectangle(0, horizon, SIDE, SIDE, air.sky[-1])
    nebula(canvas, rng.uniform(0.58, 0.75), 0.22)
    stars(canvas, 80, horizon * 0.9)
    _moon_disc(canvas, air.x, air.y, rng.uniform(12, 19), chance(rng, 0.5))
    veil(canvas, air, horizon, 0.3)


def _moon_disc(canvas: Canvas, x: float, y: float, radius: float, full: bool) -> None:
    canvas.blob(x, y, radius * 3.4, radius * 3.4, (190, 206, 255), 0.45, light=True)
    if full:
        canvas.circle(x, y, radius, (246, 244, 226))
        for dx, dy, size in ((-0.3, -0.2, 0.25), (0.3, 0.15, 0.2), (-0.1, 0.42, 0.16), (0.25, -0.4, 0.13)):
            canvas.blob(x + dx * radius, y + dy * radius, size * radius, size * radius, (206, 206, 200), 0.8)
        return
    turn = np.linspace(-np.pi / 2, np.pi / 2, 24)
    outer = np.stack([x + radius * np.cos(turn), y + radius * np.sin(turn)], 1)
    inner = np.stack([x + radius * 0.45 * np.cos(turn), y + radius * np.sin(turn)], 1)[::-1]
    canvas.polygon(np.concatenate([outer, inner]), (252, 246, 220))


def night(canvas: Canvas, sprite: Lookup) -> Light:
    """Moonlit hills and woods under stars."""
    rng = canvas.rng
    air = night_air(canvas, pick(rng, NIGHTS))
    night_sky(canvas, air, 160)
    ranges(canvas, air, ((96, 130, 150), (80, 116, 130)), (130, 160), 3, 14)
    firs(canvas, air, 170, 0.3, 34, ((30, 60, 70), (90, 130, 120)), 0.4)
    meadow(canvas, air, 172, ((136, 172, 130), (60, 92, 84)))
    haze(canvas, 172, 14, air.haze, 0.35)
    canvas.blob(air.x, 198, 90, 16, (150, 176, 230), 0.25)
    if chance(rng, 0.5):
        _fireflies(canvas, 16)
    return Light(
        (0.76, 0.82, 1.0),
        air.side * 0.8,
        0.25,
        (90, 110, 160),
        0.42,
        0.3,
        (air.haze, 0.15),
        lambda: grass_foot(canvas, air, (34, 64, 60), (120, 160, 120), 9),
    )


def _fireflies(canvas: Canvas, count: int) -> None:
    for x, y in canvas.rng.uniform((0, 140), (SIDE, 240), (count, 2)).tolist():
        canvas.blob(x, y, 5, 5, (255, 224, 110), 0.5, light=True)
        canvas.circle(x, y, 1.1, (255, 246, 190))


def northern_lights(canvas: Canvas, sprite: Lookup) -> Light:
    """Curtains of light above snow or ice."""
    rng = canvas.rng
    tones: tuple[RGB, ...] = pick(
        rng, (((8, 14, 44), (16, 40, 84), (44, 96, 124)), ((16, 12, 48), (36, 38, 92), (70, 98, 140)))
    )
    canvas.gradient(tones, 0, 165)
    canvas.rectangle(0, 165, SIDE, SIDE, tones[-1])
    stars(canvas, 80, 150)
    hue = pick(rng, (0.38, 0.42, 0.46))
    for number in range(3):
        _curtain(canvas, hue, number)
    air = Air(
        tones,
        mix(tones[-1], (110, 200, 180), 0.3),
        (160, 255, 214),
        (0.5, 0.68, 0.8),
        (tones[0], tones[2]),
        0.3,
        0.15,
        0,
        80,
        40,
    )
    alps(canvas, air, 170, rng.uniform(44, 76), (84, 104, 140), (220, 236, 250), 0.3)
    if chance(rng, 0.7):
        firs(canvas, air, 176, 0.2, 30, ((24, 54, 70), (130, 170, 180)), 0.5)
    snow_ground(canvas, air, 176)
    canvas.shine(hsv(hue, 0.6, 1), canvas.below(np.full(SIDE, 178, np.float32), 30) * 0.14)
    return Light(
        (0.8, 0.92, 0.98),
        -0.3,
        0.2,
        (60, 140, 110),
        0.35,
        0.1,
        (air.haze, 0.15),
        lambda: _night_drift(canvas),
    )


def _night_drift(canvas: Canvas) -> None:
    outline = canvas.ridge(254, 4, 2, 2, 0.3)
    canvas.cover((150, 184, 208), canvas.below(outline, 6) * 0.9)


def _curtain(canvas: Canvas, hue: float, number: int) -> None:
    """One band of northern light: sharp below, fading upwards in rays; a higher number hangs higher."""
    y = 118 - 26 * number + canvas.rng.uniform(-12, 12)
    low, high = hsv(hue + 0.05 * number, 0.7, 1), hsv(pick(canvas.rng, (0.55, 0.8, 0.88)), 0.6, 1)
    rows, _columns = grids()
    outline = canvas.ridge(y, 22, 2, 3, 0.4)
    up = (outline[None] - rows) / np.float32(78)
    rays = canvas.noise(26, 1, 2)[:1]
    glow = np.clip((up + 0.09) / 0.1, 0, 1) * np.exp(-np.clip(up, 0, None) * 2.4) * (0.25 + 1.0 * rays)
    fade = np.clip(canvas.noise(3, 1, 1)[:1] * 1.6 - 0.1, 0, 1)
    glow = np.clip(glow * fade * (0.95 - 0.15 * number), 0, 1)
    share = np.clip(up * 1.25, 0, 1)
    canvas.shine(low, glow * (1 - share))
    canvas.shine(high, glow * share)


def snowy_village(canvas: Canvas, sprite: Lookup) -> Light:
    """Houses with lit windows on a winter's night."""
    rng = canvas.rng
    air = night_air(canvas, pick(rng, NIGHTS))
    cold = Air(air.sky, air.haze, air.sun, (0.58, 0.68, 0.9), air.cloud, 0.34, 0.2, 0, air.x, air.y)
    night_sky(canvas, air, 160)
    alps(canvas, cold, 160, rng.uniform(50, 76), (92, 110, 150), (226, 238, 255), 0.35)
    firs(canvas, cold, 166, 0.3, 40, ((36, 70, 90), (196, 214, 230)), 0.34)
    snow_ground(canvas, cold, 164)
    for x in np.sort(rng.permutation((16.0, 62.0, 196.0, 240.0, 128.0))[:4]).tolist():
        _house(canvas, cold, x + rng.uniform(-8, 8), 180 - 8 * (abs(x - 128) < 40), rng.uniform(34, 46))
    for _ in range(2):
        canvas.stamp(
            pick(rng, conifers()),
            aside(canvas, 24),
            rng.uniform(190, 204),
            rng.uniform(70, 110),
            cold.far((30, 70, 84), 0),
            cold.far((226, 238, 250), 0),
            flip=cold.flip,
        )
    snow_ground(canvas, cold, 192)
    canvas.blob(128, 196, 90, 8, (255, 200, 120), 0.25)
    snowfall(canvas, 50, 1.7)
    return Light(
        (0.84, 0.88, 1.0),
        air.side * 0.6,
        0.2,
        (120, 110, 110),
        0.36,
        0.15,
        (air.haze, 0.12),
        lambda: _night_drift(canvas),
    )


def _house(canvas: Canvas, air: Air, x: float, y: float, size: float) -> None:
    wall: RGB = times(
        pick(canvas.rng, ((170, 110, 84), (150, 100, 100), (176, 140, 104), (120, 110, 130))),
        (0.7, 0.7, 0.82),
    )
    half, high, side = size * 0.42, size * 0.5, -1 if air.flip else 1
    canvas.rectangle(x - half, y - high, x + half, y, wall)
    canvas.rectangle(x, y - high, x + side * half, y, times(wall, 0.84)) if side > 0 else None
    canvas.polygon([(x - half, y - high + 1), (x, y - size * 0.98), (x + half, y - high + 1)], wall)
    ridge = size * 1.06
    canvas.polygon(
        [
            (x - half * 1.3, y - high + 4),
            (x, y - ridge),
            (x + half * 1.3, y - high + 4),
            (x + half * 1.2, y - high - 3),
            (x, y - ridge - 6),
            (x - half * 1.2, y - high - 3),
        ],
        (226, 236, 252),
    )
    for dx in (-0.5, 0.5):
        left, top = x + dx * half - 3.5, y - high * 0.72
        canvas.blob(left + 3.5, top + 5, 10, 10, (255, 196, 96), 0.55, light=True)
        canvas.rectangle(left, top, left + 7, top + 9, (255, 216, 128))
    canvas.rectangle(x - 2.5, y - high * 0.5, x + 3, y, times(wall, 0.5))
    canvas.blob(x, y + 3, half * 1.3, 5, (255, 206, 130), 0.5)
