"""Places under a burning sky: hills at sunset, the sea at sunset."""

from __future__ import annotations

import numpy as np

from dalle_studio.training.draw.canvas import Canvas
from dalle_studio.training.draw.chance import pick
from dalle_studio.training.draw.colours import RGB, WHITE, mix
from dalle_studio.training.draw.frame import SIDE, grids
from dalle_studio.training.draw.light import Light
from dalle_studio.training.places.deserts import sand_foot
from dalle_studio.training.places.place import Air, Lookup, grass_foot
from dalle_studio.training.places.waters import foam, glitter, water

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
    foam(canvas, line, 4, 0.65)
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
