"""Places in the clouds and below them: above the clouds, in a storm, in the rain."""

from __future__ import annotations

import cv2
import numpy as np

from dalle_studio.training.draw.arrays import Floats
from dalle_studio.training.draw.canvas import Canvas
from dalle_studio.training.draw.chance import chance, pick
from dalle_studio.training.draw.colours import RGB, WHITE, mix, times
from dalle_studio.training.draw.frame import SIDE
from dalle_studio.training.draw.light import Light
from dalle_studio.training.draw.stamps import clouds, puff
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
    ranges,
    sky,
    veil,
    weather,
)
from dalle_studio.training.places.sunsets import DUSKS
from dalle_studio.training.places.woods import GREENS, wood_line


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
    _thunderclouds(canvas, x, tone, bright)
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


def _thunderclouds(canvas: Canvas, x: float, tone: RGB, bright: RGB) -> None:
    """Rows of heavy clouds, lit around `x`."""
    rng = canvas.rng
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
