"""A snowy landscape, and what other places in winter are made of."""

from __future__ import annotations

import numpy as np

from dalle_studio.training.draw.canvas import Canvas
from dalle_studio.training.draw.chance import chance, pick
from dalle_studio.training.draw.colours import WHITE, mix
from dalle_studio.training.draw.frame import SIDE
from dalle_studio.training.draw.light import Light
from dalle_studio.training.draw.stamps import conifers
from dalle_studio.training.places.mountains import alps
from dalle_studio.training.places.place import DAYS, Air, Lookup, aside, sky, weather
from dalle_studio.training.places.woods import firs


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
