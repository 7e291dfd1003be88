"""In front of a castle."""

from __future__ import annotations

import numpy as np

from dalle_studio.training.draw.canvas import Canvas
from dalle_studio.training.draw.chance import pick
from dalle_studio.training.draw.colours import RGB, times
from dalle_studio.training.draw.frame import SIDE
from dalle_studio.training.draw.light import Light
from dalle_studio.training.draw.stamps import bushes
from dalle_studio.training.places.place import Air, Lookup, aside, grass_foot, meadow, ranges, sky, weather
from dalle_studio.training.places.woods import GREENS, LAWN, path


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
