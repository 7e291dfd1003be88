"""A coral reef under the sea."""

from __future__ import annotations

import numpy as np

from dalle_studio.training.draw.canvas import Canvas
from dalle_studio.training.draw.chance import pick
from dalle_studio.training.draw.colours import RGB, WHITE, mix, times
from dalle_studio.training.draw.frame import SIDE
from dalle_studio.training.draw.light import Light
from dalle_studio.training.draw.stamps import bushes, corals, tufts
from dalle_studio.training.places.place import Air, Lookup, aside


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
    _sand(canvas)
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


def _sand(canvas: Canvas) -> None:
    """The bottom of the sea, under a net of light."""
    inside = canvas.land(canvas.ridge(214, 4), (226, 216, 170), (132, 158, 154), 50)
    net = np.clip(1 - np.abs(canvas.floor_noise(186, 12, 12, 2) - 0.5) * 8, 0, 1)
    canvas.cover((250, 255, 230), inside * net * 0.45)


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
