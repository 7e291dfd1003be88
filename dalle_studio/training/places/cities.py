"""The streets of a city by day and by night, and its skyline."""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from dalle_studio.training.draw.canvas import Canvas
from dalle_studio.training.draw.chance import chance, pick
from dalle_studio.training.draw.colours import RGB, WHITE, mix, times
from dalle_studio.training.draw.frame import SIDE
from dalle_studio.training.draw.light import Light
from dalle_studio.training.places.hours import DUSK, EVENING, GOLDEN, MORNING, NOON, Hour, open_sky
from dalle_studio.training.places.lighting import frame_softly, reflect, shine
from dalle_studio.training.places.place import Lookup
from dalle_studio.training.places.rooms import View, joints
from dalle_studio.training.places.shapes import box, disc, fill, panel, rounded, span

FACADES: tuple[RGB, ...] = (
    (240, 196, 160), (226, 150, 118), (246, 220, 176), (176, 202, 206), (214, 178, 190), (236, 170, 112),
    (164, 184, 158), (250, 232, 206), (196, 132, 112), (150, 176, 204),
)  # fmt: skip
NEON: tuple[RGB, ...] = ((255, 70, 150), (60, 220, 255), (255, 190, 60), (150, 110, 255), (90, 255, 180))


def far_towers(canvas: Canvas, base: float, high: float, colour: RGB, lights: RGB | None = None) -> None:
    """A row of far towers in one colour, with lit windows if `lights` is given."""
    rng, x, lit = canvas.rng, -8.0, []
    while x < SIDE:
        wide, top = rng.uniform(18, 34), base - high * rng.uniform(0.45, 1)
        fill(canvas, [box(x, top, x + wide + 1, base)], times(colour, rng.uniform(0.94, 1.06)))
        if chance(rng, 0.3):
            fill(canvas, [box(x + wide / 2 - 1, top - 14, x + wide / 2 + 1, top)], colour)
        for y in np.arange(top + 6, base - 8, 9):
            lit += [box(a, y, a + 3.5, y + 4) for a in np.arange(x + 4, x + wide - 4, 7) if chance(rng, 0.5)]
        x += wide
    if lights is not None:
        fill(canvas, lit, lights)


def _block(
    canvas: Canvas, view: View, side: int, near: float, far: float, top: float, time: Hour, colour: RGB
) -> list[np.ndarray]:
    """One building at the side of a street; returns the outlines of its windows."""
    x, floor = side * view.wide, view.floor
    depth = min(1, max(0, far - 0.35))
    wall = (
        mix(colour, time.low, 0.55 * depth) if not time.dark else mix(times(colour, 0.3), (40, 36, 92), 0.55)
    )
    lit = 1.04 if side > 0 else 0.86
    shape = view.wall(x, top, floor, near, far)
    ends = (
        (times(wall, lit * 0.92), times(wall, lit))
        if side < 0
        else (times(wall, lit), times(wall, lit * 0.92))
    )
    panel(canvas, shape, *ends, sideways=True)
    cells, count = [], max(2, round((1 / near - 1 / far) * 2.6))
    depths = 1 / np.linspace(1 / far, 1 / near, count * 2 + 1)
    for row in np.arange(top + 9, floor - 30, 17):
        cells += [view.wall(x, row, row + 10, depths[k + 1], depths[k]) for k in range(0, count * 2 - 1, 2)]
    return cells


def _street_view(canvas: Canvas) -> View:
    rng = canvas.rng
    return View(rng.uniform(112, 144), rng.uniform(128, 142), 34, -92, rng.uniform(44, 54))


def _sides(canvas: Canvas, view: View, time: Hour, sprite: Lookup) -> None:
    """Rows of buildings along both sides of a street, far ones first, with shops below."""
    rng, stops = canvas.rng, (1.0, 0.72, 0.52, 0.37, 0.2)
    for far, near in itertools.pairwise(stops):
        for side in (-1, 1):
            colour = canvas.near(pick(rng, FACADES), 8)
            windows = _block(canvas, view, side, near, far, -rng.uniform(52, 104), time, colour)
            _panes(canvas, windows, time, colour)
            _shopfront(canvas, view, side, near, far, time)


def _panes(canvas: Canvas, windows: Sequence[np.ndarray], time: Hour, colour: RGB) -> None:
    if not time.dark:
        fill(canvas, windows, mix((104, 142, 178), mix(colour, time.high, 0.5), 0.3))
        return
    split = canvas.rng.random(len(windows))
    fill(canvas, [w for w, s in zip(windows, split, strict=True) if s < 0.45], (255, 208, 116))
    fill(canvas, [w for w, s in zip(windows, split, strict=True) if 0.45 <= s < 0.6], (255, 160, 120))
    fill(canvas, [w for w, s in zip(windows, split, strict=True) if s >= 0.6], (36, 34, 84))


def _shopfront(canvas: Canvas, view: View, side: int, near: float, far: float, time: Hour) -> None:
    """The ground floor of a building: a bright window and an awning or a neon sign."""
    rng, x, floor = canvas.rng, side * view.wide, view.floor
    paint = (
        pick(rng, NEON)
        if time.dark
        else pick(rng, ((206, 76, 66), (58, 128, 120), (236, 168, 74), (70, 104, 168)))
    )
    inner, outer = near * 1.06, far * 0.95
    glass = (255, 222, 150) if time.dark else mix((150, 196, 220), WHITE, 0.2)
    fill(canvas, [view.wall(x, floor - 21, floor - 2, inner, outer)], glass)
    fill(canvas, [view.wall(x, floor - 29, floor - 21, inner, outer)], paint)
    a, b = view.at(x, floor - 23, outer), view.at(x, floor - 23, inner)
    lean = -side * 7
    c, d = view.at(x + lean, floor - 17, inner), view.at(x + lean, floor - 17, outer)
    fill(canvas, [[a, b, c, d]], times(paint, 0.85 if not time.dark else 0.6))


def _pavement(canvas: Canvas, view: View, road: RGB, walk: RGB, marks: RGB) -> None:
    canvas.gradient([times(walk, 0.96), times(walk, 1.04)], view.base - 2)
    lane = view.wide * 0.72
    panel(canvas, view.level(view.floor, -lane, lane, 0.2, 1.2), times(road, 1.14), times(road, 0.94))
    kerbs = [view.level(view.floor, *span(s * lane, s * (lane + 2.5)), 0.2, 1.2) for s in (-1, 1)]
    fill(canvas, kerbs, times(walk, 1.12))
    dashes = [view.level(view.floor, -1.3, 1.3, z * 0.88, z) for z in (0.95, 0.72, 0.55, 0.42, 0.325)]
    fill(canvas, dashes, marks)


def _trees(canvas: Canvas, view: View, time: Hour) -> None:
    """Round trees along the pavement."""
    leaf = pick(canvas.rng, ((104, 168, 92), (132, 176, 84), (226, 150, 74), (240, 176, 190)))
    for z in (0.8, 0.58, 0.43):
        for side in (-1, 1):
            x, y = view.at(side * (view.wide * 0.86), view.floor, z)
            size, paint = 13 / z, mix(leaf, time.low, 0.4 * z)
            canvas.ellipse(x, y, size * 0.5, size * 0.1, times(time.low, 0.5), 0.4)
            fill(canvas, [box(x - size * 0.08, y - size * 1.3, x + size * 0.08, y)], (112, 82, 66))
            for dx, dy, r, f in ((0.3, -1.45, 0.56, 0.84), (-0.32, -1.5, 0.58, 0.94), (0, -1.95, 0.66, 1.08)):
                fill(canvas, [disc(x + dx * size, y + dy * size, r * size)], times(paint, f))


def city(canvas: Canvas, sprite: Lookup) -> Light:
    """A city street by day or at dusk, running towards towers in the haze."""
    rng = canvas.rng
    time = pick(rng, (MORNING, NOON, GOLDEN, DUSK), (1.2, 1, 1.2, 0.6))
    view = _street_view(canvas)
    open_sky(canvas, time, view.base)
    if time is GOLDEN or time is DUSK:
        canvas.glow(view.x, view.y - 6, 74, (255, 226, 160), 0.7)
    far_towers(canvas, view.base, 104, mix(time.low, (150, 170, 205), 0.42))
    far_towers(canvas, view.base, 66, mix(time.low, (128, 146, 186), 0.62))
    _pavement(
        canvas, view, mix((96, 98, 112), time.low, 0.18), mix((206, 200, 192), time.low, 0.2), (248, 240, 222)
    )
    _sides(canvas, view, time, sprite)
    _trees(canvas, view, time)
    shine(canvas, [(view.level(view.floor, -30, 60, 0.24, 0.5), times(time.light, 0.4))], 10)
    frame_softly(canvas)
    return Light(time.tint, -0.5, 0.16, shadow=0.36)


def city_at_night(canvas: Canvas, sprite: Lookup) -> Light:
    """A city street at night: neon signs, lit windows, and their reflection in the wet road."""
    rng, view = canvas.rng, _street_view(canvas)
    time = replace(
        EVENING,
        high=pick(rng, ((14, 14, 52), (26, 12, 58), (8, 24, 60))),
        low=pick(rng, ((92, 54, 130), (150, 62, 128), (44, 86, 150))),
    )
    open_sky(canvas, time, view.base)
    canvas.stars(40, 70)
    if chance(canvas.rng, 0.4):
        canvas.glow(view.x + 10, 34, 34, (250, 240, 200), 0.35)
        canvas.circle(view.x + 10, 34, 12, (252, 244, 214))
    far_towers(canvas, view.base, 112, mix(time.low, (44, 40, 104), 0.55), (255, 204, 130))
    _sides(canvas, view, time, sprite)
    signs = _signs(canvas, view)
    canvas.gradient([(66, 52, 104), (34, 30, 66)], view.base)
    reflect(canvas, view.base, 0.62, 4)
    fill(
        canvas,
        [view.level(view.floor, -1.3, 1.3, z * 0.88, z) for z in (0.72, 0.55, 0.42, 0.325)],
        (214, 190, 150),
    )
    _reface(canvas, view, time)
    shine(canvas, [(shape, times(colour, 0.5)) for shape, colour in signs], 8)
    shine(canvas, [(disc(view.x, view.base, 90, 12), (90, 60, 84))], 14)
    first, second = signs[0][1], signs[1][1]
    shine(
        canvas,
        [(disc(40, 236, 42, 16), times(first, 0.24)), (disc(216, 236, 42, 16), times(second, 0.24))],
        14,
    )
    frame_softly(canvas)
    return Light((0.82, 0.76, 0.98), 0.4, 0.2, times(first, 0.35), 0.3)


def _reface(canvas: Canvas, view: View, time: Hour) -> None:
    """Light kerbs on a wet road."""
    lane = view.wide * 0.78
    kerbs = [view.level(view.floor, *span(s * lane, s * (lane + 2)), 0.2, 1.0) for s in (-1, 1)]
    fill(canvas, kerbs, (116, 96, 150))


def _signs(canvas: Canvas, view: View) -> list[tuple[np.ndarray, RGB]]:
    """Upright neon signs that stick out over the pavement."""
    rng, signs = canvas.rng, []
    for z in (0.82, 0.6, 0.44):
        for side in (-1, 1):
            colour, top = pick(rng, NEON), -rng.uniform(34, 56)
            x = side * (view.wide - 5)
            shape = view.front(x - 4.5, top, x + 4.5, top + rng.uniform(26, 36), z)
            (x0, y0), (x1, y1) = shape[0].tolist(), shape[2].tolist()
            rounded(canvas, x0, y0, x1, y1, 3, times(colour, 0.42))
            count = 3
            for k in range(count):
                y = y0 + (y1 - y0) * (k + 0.5) / count
                rounded(
                    canvas,
                    x0 + (x1 - x0) * 0.25,
                    y - (y1 - y0) * 0.1,
                    x1 - (x1 - x0) * 0.25,
                    y + (y1 - y0) * 0.1,
                    3,
                    mix(colour, WHITE, 0.45),
                )
            signs.append((shape, colour))
    return signs


def skyline_at_night(canvas: Canvas, sprite: Lookup) -> Light:
    """A skyline across the water at night, seen from a promenade."""
    rng = canvas.rng
    low = pick(rng, ((226, 106, 128), (110, 84, 176), (60, 112, 176)))
    base = rng.uniform(150, 162)
    canvas.gradient([(14, 16, 60), mix((40, 30, 96), low, 0.4), low], 0, base - 44)
    canvas.rectangle(0, base - 45, SIDE, base, low)
    canvas.stars(50, 80)
    x = rng.uniform(40, 216)
    canvas.glow(x, 42, 46, (255, 240, 210), 0.4)
    canvas.circle(x, 42, rng.uniform(11, 17), (255, 246, 222))
    far_towers(canvas, base, 92, mix(low, (52, 44, 112), 0.6))
    far_towers(canvas, base, 74, (38, 32, 84), (255, 214, 130))
    shine(canvas, [(box(0, base - 14, SIDE, base), (96, 62, 60))], 10)
    canvas.gradient([mix(low, (30, 30, 84), 0.55), (18, 20, 60)], base)
    reflect(canvas, base, 0.85, 3)
    top = base + 48
    canvas.gradient([(92, 80, 128), (56, 48, 92)], top)
    joints(canvas, View(128, 120, top - 120), (70, 60, 108), 26)
    for y, high in ((top - 30, 4), (top - 4, 5)):
        fill(canvas, [box(0, y, SIDE, y + high)], (44, 38, 78))
    fill(canvas, [box(a, top - 28, a + 3, top) for a in range(6, SIDE, 21)], (44, 38, 78))
    canvas.rectangle(0, top - 30, SIDE, top - 29, (150, 120, 160))
    shine(canvas, [(disc(60, 238, 56, 14), (44, 36, 50)), (disc(200, 238, 56, 14), (44, 36, 50))], 14)
    frame_softly(canvas)
    return Light((0.8, 0.77, 0.98), 0.3, 0.2, times(low, 0.3), 0.3)
