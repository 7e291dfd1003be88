"""Places of night, weather and other worlds: space, moon, Mars, night, northern lights, clouds, storm, cave."""

from __future__ import annotations

import cv2
import numpy as np

from dalle_studio.training.draw.arrays import Floats
from dalle_studio.training.draw.canvas import SIDE, WHITE, Canvas, chance, grids, pick
from dalle_studio.training.draw.colours import RGB, hsv
from dalle_studio.training.draw.light import Light
from dalle_studio.training.draw.stamps import ball, clouds, conifers, puff
from dalle_studio.training.places.fields import alps, snow_ground, snowfall, stones
from dalle_studio.training.places.place import (
    BRIGHT,
    CLEAR,
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
    times,
    veil,
    weather,
)
from dalle_studio.training.places.waters import DUSKS
from dalle_studio.training.places.woods import firs, wood_line


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
        _curtain(
            canvas,
            118 - 26 * number + rng.uniform(-12, 12),
            hsv(hue + 0.05 * number, 0.7, 1),
            hsv(pick(rng, (0.55, 0.8, 0.88)), 0.6, 1),
            0.95 - 0.15 * number,
        )
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


def _curtain(canvas: Canvas, y: float, low: RGB, high: RGB, strength: float) -> None:
    """One band of northern light: sharp below, fading upwards in rays."""
    rows, _columns = grids()
    outline = canvas.ridge(y, 22, 2, 3, 0.4)
    up = (outline[None] - rows) / np.float32(78)
    rays = canvas.noise(26, 1, 2)[:1]
    glow = np.clip((up + 0.09) / 0.1, 0, 1) * np.exp(-np.clip(up, 0, None) * 2.4) * (0.25 + 1.0 * rays)
    fade = np.clip(canvas.noise(3, 1, 1)[:1] * 1.6 - 0.1, 0, 1)
    glow = np.clip(glow * fade * strength, 0, 1)
    share = np.clip(up * 1.25, 0, 1)
    canvas.shine(low, glow * (1 - share))
    canvas.shine(high, glow * share)


def cloud_tops(canvas: Canvas, sprite: Lookup) -> Light:
    """A sea of clouds seen from above."""
    rng = canvas.rng
    air = weather(canvas, (CLEAR, BRIGHT, MORNING, GOLDEN, DUSKS[0], DUSKS[1]), (2, 2, 1.5, 1.5, 0.8, 0.8))
    y = rng.uniform(60, 110) if air.stretch > 0.3 else rng.uniform(26, 70)
    canvas.gradient(air.sky, 0, 150)
    canvas.rectangle(0, 150, SIDE, SIDE, mix(air.haze, WHITE, 0.3))
    canvas.blob(air.x, y, 90, 80, air.sun, 0.6, light=True)
    canvas.blob(air.x, y, 30, 30, air.sun, 0.8, light=True)
    canvas.circle(air.x, y, 12, mix(air.sun, WHITE, 0.7))
    veil(canvas, air, 120, 0.6)
    for row in range(6):
        near = row / 5
        level, size = 150 + 150 * near**1.4, 20 + 100 * near
        far = 0.7 * (1 - near)
        shade = mix(air.cloud[0], air.sky[0], 0.3)
        dark, light = mix(shade, air.haze, far), mix(air.cloud[1], air.haze, far * 0.5)
        for x in np.arange(rng.uniform(-size, 0), SIDE + size, size * 1.2).tolist():
            canvas.stamp(
                pick(rng, clouds()),
                x + rng.uniform(-0.3, 0.3) * size,
                level + rng.uniform(-0.15, 0.15) * size,
                size,
                dark,
                light,
                wide=1.15,
                flip=air.flip,
            )
        haze(canvas, level, 8 + 8 * near, mix(light, air.haze, 0.5), 0.5 - 0.35 * near)
    canvas.rays(air.x, y, air.sun, 0.14)
    tint = mix((1.0, 1.0, 1.0), air.key, 0.5)
    return Light(tint, air.side * 0.7, 0.18, times(air.sun, 0.3), 0, 0, (air.haze, 0.1))


def storm(canvas: Canvas, sprite: Lookup) -> Light:
    """Dark clouds, lightning, and rain over open land."""
    rng = canvas.rng
    tone: RGB = pick(rng, ((58, 62, 96), (70, 60, 100), (50, 72, 92)))
    bright = mix(tone, (196, 206, 240), 0.62)
    canvas.gradient([times(tone, 0.55), tone, bright], 0, 165)
    canvas.rectangle(0, 165, SIDE, SIDE, bright)
    x = rng.uniform(50, 206)
    canvas.blob(x, 70, 80, 90, (206, 206, 255), 0.5, light=True)
    air = Air(
        (tone, bright),
        bright,
        (226, 226, 255),
        (0.55, 0.6, 0.7),
        (times(tone, 0.5), bright),
        0.3,
        0.1,
        0,
        x,
        20,
    )
    _bolt(canvas, x, 26, 158, 5.0)
    if chance(rng, 0.5):
        _bolt(canvas, aside(canvas, 70, 0), 40, 150, 2.6)
    for row in range(3):
        for px in np.arange(-10, 270, 36).tolist():
            light = mix(times(tone, 0.75), bright, 0.3 + 0.3 * float(np.exp(-(((px - x) / 60) ** 2))))
            canvas.stamp(
                puff(),
                px + rng.uniform(-18, 18),
                58 - 18 * row + rng.uniform(-6, 6),
                rng.uniform(56, 84),
                times(tone, 0.5),
                light,
                wide=1.8,
            )
    ranges(canvas, air, ((92, 112, 112), (100, 120, 112)), (150, 168), 2, 9)
    meadow(canvas, air, 174, ((150, 166, 138), (82, 98, 96)), 4)
    canvas.blob(x, 180, 70, 12, (206, 214, 250), 0.3)
    return Light(
        (0.82, 0.84, 0.95),
        air.side * 0.5,
        0.25,
        (110, 110, 150),
        0.32,
        0.1,
        (bright, 0.15),
        lambda: grass_foot(canvas, air, (40, 60, 56), (130, 150, 120), 8),
    )


def _bolt(canvas: Canvas, x: float, top: float, bottom: float, wide: float) -> None:
    """A forked flash with its glow."""
    rng = canvas.rng
    glow = np.zeros((SIDE, SIDE), np.uint8)
    trunk = _crooked(rng, (x, top), (x + rng.uniform(-30, 30), bottom), 9)
    forks = [
        (
            _crooked(
                rng,
                tuple(trunk[part]),
                (trunk[part][0] + rng.uniform(-46, 46), trunk[part][1] + rng.uniform(24, 50)),
                5,
            ),
            wide * 0.5,
        )
        for part in (3, 5, 6)
    ]
    for points, thick in ((trunk, wide), *forks):
        fixed = np.round(points).astype(np.int32)
        cv2.polylines(glow, [fixed], False, 255, max(1, int(thick * 2)), cv2.LINE_AA)
    soft = cv2.GaussianBlur(glow, (0, 0), 7).astype(np.float32) / 255
    canvas.shine((196, 190, 255), np.clip(soft * 1.6, 0, 1))
    for points, thick in ((trunk, wide), *forks):
        half = np.linspace(thick * 0.5, 0.5, len(points))[:, None] * (1, 0)
        canvas.polygon(np.concatenate([points - half, (points + half)[::-1]]), (255, 254, 246))


def _crooked(
    rng: np.random.Generator, start: tuple[float, ...], end: tuple[float, float], parts: int
) -> Floats:
    points = np.linspace(start, end, parts)
    points[1:-1] += rng.uniform(-9, 9, (parts - 2, 2)) * (1, 0.4)
    return points


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


__all__ = [
    "cave",
    "cloud_tops",
    "mars",
    "moon",
    "night",
    "northern_lights",
    "snowy_village",
    "space",
    "storm",
    "wood_line",
]
