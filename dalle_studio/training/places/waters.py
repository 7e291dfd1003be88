"""What places at the water are made of: water, glitter, foam, the shore."""

from __future__ import annotations

import numpy as np

from dalle_studio.training.draw.arrays import Floats
from dalle_studio.training.draw.blending import duotone
from dalle_studio.training.draw.canvas import Canvas
from dalle_studio.training.draw.colours import RGB, WHITE, mix, times
from dalle_studio.training.draw.frame import SIDE, grids
from dalle_studio.training.places.place import Air

SEAS: tuple[tuple[RGB, RGB], ...] = (
    ((26, 112, 184), (82, 206, 210)),
    ((20, 128, 176), (110, 222, 208)),
    ((34, 96, 160), (74, 176, 200)),
)
"""Far and near colour of the sea."""
SAND: tuple[tuple[RGB, RGB], ...] = (
    ((248, 226, 178), (222, 184, 130)),
    ((250, 234, 200), (228, 200, 158)),
    ((242, 212, 158), (208, 164, 110)),
)


def water(
    canvas: Canvas, air: Air, horizon: float, colours: tuple[RGB, RGB], mirror: float, swell: float = 1
) -> None:
    """Water from `horizon` to the lower edge: reflections, ripples and the glitter of the sun.

    Args:
        canvas: what to draw on; what is above the horizon is reflected.
        air: the light.
        horizon: y of its far edge.
        colours: far and near.
        mirror: share of the reflection, 0 to 1.
        swell: how strong ripples are.
    """
    first = int(horizon)
    above = canvas.pixels.copy()
    canvas.mirror(first, 1)
    rows = grids()[0]
    far_tone, near_tone = (times(tone, air.key) for tone in colours)
    canvas.cover(duotone(far_tone, near_tone, (rows - first) / (SIDE - first)), 1 - mirror)
    streaks = canvas.floor_noise(first - 6, 8, 14, 2)
    canvas.relief(1, streaks, 0.34 * swell)
    canvas.cover(mix(air.sky[-1], WHITE, 0.4), np.clip(streaks * 4 - 2.7, 0, 1) * np.float32(0.4 * swell))
    canvas.pixels[:first] = above[:first]
    glitter(canvas, air, first, 0.9 if air.shadow > 0.25 else 0.3)


def glitter(canvas: Canvas, air: Air, horizon: float, strength: float) -> None:
    """The broken path of light below the sun."""
    rows, columns = grids()
    depth = rows - horizon
    wide = 10 + 0.28 * np.clip(depth, 0, None)
    column = np.exp(-(((columns - air.x) / wide) ** 2)) * (depth >= 0)
    sparkle = np.clip(canvas.noise(14, 90, 2) * 3.2 - 1.4, 0, 1)
    canvas.shine(air.sun, strength * column * sparkle * np.exp(-np.clip(depth, 0, None) / 70))


def shore(canvas: Canvas, air: Air, y: float, sand: tuple[RGB, RGB], slant: float) -> None:
    """Where the sea meets the beach: shallow water, foam, wet sand, dry sand."""
    line = (canvas.ridge(y, 3.5, 2, 3, 0.4) + slant * (np.arange(SIDE) - 128)).astype(np.float32)
    dry, low = (times(tone, air.key) for tone in sand)
    canvas.cover(mix((130, 226, 214), dry, 0.35), canvas.below(line - 24, 26) * 0.55)
    for away, thick, opacity in ((20.0, 2.6, 0.5), (9.0, 3.4, 0.7)):
        foam(canvas, line - away + canvas.ridge(0, 2.4, 5, 3), thick, opacity)
    canvas.land(line, times(mix(dry, low, 0.6), 0.86), mix(dry, low, 0.4), 24)
    canvas.cover(mix(air.sky[1], WHITE, 0.4), canvas.below(line) * (1 - canvas.below(line + 12, 8)) * 0.35)
    foam(canvas, line + canvas.ridge(0, 1.5, 6, 3), 4.4, 0.95)
    inside = canvas.land(line + 13 + canvas.ridge(0, 2, 3, 3), dry, low, SIDE - y - 10)
    canvas.relief(inside, canvas.floor_noise(y - 30, 10, 12, 3), 0.12)
    canvas.relief(inside, canvas.floor_noise(y - 30, 40, 20, 1), 0.05)
    canvas.blob(air.x, y + 24, 90, 14, mix(air.sun, WHITE, 0.3), 0.3)


def foam(canvas: Canvas, line: Floats, thick: float, opacity: float) -> None:
    """A strip of foam along a line."""
    band = canvas.below(line - thick / 2, 1.5) * (1 - canvas.below(line + thick / 2, 3.5))
    canvas.cover((252, 255, 255), band * opacity)
