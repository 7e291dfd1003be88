"""Places to watch a show: concert stage, circus tent."""

from __future__ import annotations

import numpy as np

from dalle_studio.training.draw.canvas import Canvas
from dalle_studio.training.draw.chance import pick
from dalle_studio.training.draw.colours import RGB, WHITE, hsv, mix, times
from dalle_studio.training.draw.frame import SIDE
from dalle_studio.training.draw.light import Light
from dalle_studio.training.places.lighting import frame_softly, reflect, shade, shine
from dalle_studio.training.places.place import Lookup
from dalle_studio.training.places.rooms import View, boards
from dalle_studio.training.places.shapes import box, disc, fill, panel, rounded


def stage(canvas: Canvas, sprite: Lookup) -> Light:
    """A stage at a concert: beams of coloured light, curtains, loudspeakers, a shining floor."""
    rng = canvas.rng
    hue = rng.uniform(0.56, 0.98)
    dark = hsv(hue, 0.75, 0.2)
    canvas.gradient([times(dark, 0.7), hsv(hue + 0.06, 0.7, 0.42)], 0, 190)
    canvas.glow(128, 150, 90, hsv(hue + 0.1, 0.55, 1), 0.6)
    canvas.gradient([hsv(hue + 0.03, 0.5, 0.46), hsv(hue, 0.6, 0.22)], 180)
    boards(canvas, View(128, 124, 56), hsv(hue + 0.03, 0.5, 0.4), 17)
    _screen(canvas, hue)
    reflect(canvas, 180, 0.45, 5)
    fill(canvas, [box(0, 12, SIDE, 15), box(0, 24, SIDE, 26)], (70, 66, 84))
    for x in range(0, SIDE, 14):
        canvas.line((x, 14), (x + 7, 25), (70, 66, 84))
    spots = np.array((34, 82, 128, 174, 222))
    beams, hues = [], (hue + 0.5, hue + 0.12, hue + 0.35, hue + 0.12, hue + 0.5)
    for x, shade_ in zip(spots.tolist(), hues, strict=True):
        rounded(canvas, x - 7, 20, x + 7, 34, 3, (40, 38, 52))
        canvas.ellipse(x, 34, 7, 3, WHITE)
        aim, reach = 128 + (x - 128) * rng.uniform(-0.3, 0.5), 30
        beams.append(
            ([(x - 4, 34), (x + 4, 34), (aim + reach, 240), (aim - reach, 240)], hsv(shade_, 0.6, 0.36))
        )
    for beam in beams:
        shine(canvas, [beam], 3.6)
    cloth = hsv(pick(rng, (0.98, 0.98, hue, 0.62)), 0.8, 0.7)
    for side in (-1, 1):
        _curtain(canvas, side, cloth)
        _speaker(canvas, 128 + side * 84, 196)
    shine(canvas, [(disc(128, 232, 72, 13), (150, 140, 120))], 7)
    frame_softly(canvas)
    return Light((1.0, 0.95, 1.0), 0.0, 0.2, times(hsv(hue + 0.5, 0.5, 1), 0.4), 0.42)


def _screen(canvas: Canvas, hue: float) -> None:
    """Bright bars at the back of a stage, as of an equaliser."""
    for k, high in enumerate(canvas.rng.uniform(24, 80, 9).tolist()):
        x = 56 + k * 16
        panel(
            canvas,
            box(x, 172 - high, x + 11, 172),
            hsv(hue + 0.12 + k * 0.03, 0.35, 1),
            hsv(hue + 0.2, 0.8, 0.8),
        )


def _curtain(canvas: Canvas, side: int, colour: RGB) -> None:
    for fold in range(4):
        a, b = fold * 12, fold * 12 + 12
        x0, x1 = (a, b) if side < 0 else (SIDE - b, SIDE - a)
        panel(
            canvas,
            box(x0, 0, x1, 206 - fold * 3),
            times(colour, 0.62),
            times(colour, 1.0 - 0.22 * (fold % 2)),
        )


def _speaker(canvas: Canvas, x: float, base: float) -> None:
    shade(canvas, [disc(x, base, 26, 6)], 0.4, 4)
    rounded(canvas, x - 19, base - 66, x + 19, base, 3, (44, 42, 56))
    for y, radius in ((base - 21, 14), (base - 50, 9)):
        canvas.circle(x, y, radius, (86, 82, 104))
        canvas.circle(x, y, radius * 0.72, (30, 28, 40))
        canvas.circle(x, y, radius * 0.28, (110, 106, 130))


def circus(canvas: Canvas, sprite: Lookup) -> Light:
    """Inside a circus tent: stripes that meet at the top, spotlights, a ring with stars, lights."""
    rng = canvas.rng
    first, second = pick(
        rng,
        (
            ((214, 58, 58), (252, 232, 196)),
            ((62, 96, 184), (252, 226, 150)),
            ((126, 66, 150), (250, 206, 110)),
            ((226, 98, 66), (250, 238, 214)),
        ),
    )
    x, y = 128 + rng.uniform(-12, 12), -26
    canvas.fill(first)
    angles = np.linspace(-0.1, np.pi + 0.1, 18)
    wedges = [
        [(x, y), (x + 400 * np.cos(a), y + 400 * np.sin(a)), (x + 400 * np.cos(b), y + 400 * np.sin(b))]
        for a, b in zip(angles[:-1:2], angles[1::2], strict=True)
    ]
    fill(canvas, wedges, second)
    shade(canvas, [box(0, -60, SIDE, 30), box(-30, 60, 18, 200), box(238, 60, 290, 200)], 0.4, 26)
    _audience(canvas, first)
    _ring(canvas, first, second)
    for side in (-1, 1):
        bulbs = [(128 + side * (14 + 24 * k), 92 + 22 * np.sin(k * 0.7)) for k in range(6)]
        fill(canvas, [disc(a, b, 3.4) for a, b in bulbs], (255, 244, 190))
    beams = [
        ([(a - 6, -4), (a + 6, -4), (b + 40, 238), (b - 40, 238)], (60, 54, 36))
        for a, b in ((24, 148), (232, 108))
    ]
    for beam in beams:
        shine(canvas, [beam], 4)
    shine(canvas, [(disc(128, 228, 84, 18), (96, 84, 54))], 8)
    frame_softly(canvas)
    return Light((1.05, 1.0, 0.94), 0.0, 0.16, (50, 40, 20), 0.4)


def _audience(canvas: Canvas, cloth: RGB) -> None:
    """Rows of heads in the half-dark of a tent."""
    panel(canvas, box(0, 138, SIDE, 190), times(cloth, 0.42), times(cloth, 0.55))
    heads: dict[int, list[np.ndarray]] = {k: [] for k in range(4)}
    for row in range(4):
        for k in range(19):
            heads[int(canvas.rng.integers(4))].append(disc(k * 15 + (row % 2) * 7, 148 + row * 10, 5))
    for k, paint in enumerate(((250, 204, 150), (226, 130, 110), (150, 110, 160), (120, 150, 190))):
        fill(canvas, heads[k], mix(paint, times(cloth, 0.5), 0.35))


def _ring(canvas: Canvas, outer: RGB, inner: RGB) -> None:
    """The ring of a circus, with sand in it."""
    canvas.gradient([(238, 190, 126), (214, 156, 96)], 184)
    canvas.ellipse(128, 218, 172, 40, times(outer, 0.72))
    canvas.ellipse(128, 208, 172, 40, outer)
    canvas.ellipse(128, 208, 160, 34, times(inner, 0.96))
    canvas.gradient([(240, 196, 134), (222, 166, 106)], 212)
    canvas.ellipse(128, 210, 154, 31, (236, 190, 128))
