"""Quiet streets: a small town, a Chinese street with red lanterns."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from dalle_studio.training.draw.canvas import Canvas
from dalle_studio.training.draw.chance import pick
from dalle_studio.training.draw.colours import WHITE, mix, times
from dalle_studio.training.draw.frame import SIDE
from dalle_studio.training.draw.light import Light
from dalle_studio.training.places.cities import FACADES
from dalle_studio.training.places.hours import DUSK, EVENING, Hour, hour, open_sky
from dalle_studio.training.places.lighting import frame_softly, reflect, shine
from dalle_studio.training.places.place import Lookup
from dalle_studio.training.places.rooms import View, joints
from dalle_studio.training.places.shapes import box, disc, fill, panel, rope_of, rounded


def _house(canvas: Canvas, x: float, base: float, wide: float, high: float, time: Hour) -> None:
    """A gabled house from the front with windows, a door and flower boxes."""
    rng = canvas.rng
    wall, roof = (
        canvas.near(pick(rng, FACADES), 8),
        pick(rng, ((186, 92, 74), (92, 104, 132), (150, 82, 66), (206, 122, 84))),
    )
    glass = (255, 220, 140) if time.dark else mix((130, 182, 214), time.low, 0.25)
    if time.dark:
        wall, roof = mix(times(wall, 0.5), (64, 56, 124), 0.4), mix(times(roof, 0.5), (40, 36, 92), 0.4)
    top, shut = base - high, pick(rng, ((70, 128, 126), (176, 78, 70), (74, 96, 146), WHITE))
    panel(canvas, box(x, top, x + wide, base), wall, times(wall, 0.92))
    gable = [(x - 4, top + 2), (x + wide / 2, top - wide * 0.5), (x + wide + 4, top + 2)]
    fill(canvas, [gable], times(roof, 0.9))
    fill(canvas, [[(x + 4, top + 2), (x + wide / 2, top - wide * 0.4), (x + wide - 4, top + 2)]], wall)
    fill(
        canvas,
        [[gable[0], gable[1], (gable[1][0], gable[1][1] + 7), (gable[0][0] + 6, gable[0][1] + 2)]],
        times(roof, 1.1),
    )
    canvas.circle(x + wide / 2, top - wide * 0.12, wide * 0.08, glass)
    for row in range(max(1, int(high // 44))):
        for share in (0.26, 0.74):
            a, y = x + wide * share, top + 12 + row * 40
            fill(canvas, [box(a - 13, y, a - 8, y + 22), box(a + 8, y, a + 13, y + 22)], shut)
            fill(canvas, [box(a - 8, y - 1, a + 8, y + 23)], WHITE)
            fill(canvas, [box(a - 6, y + 1, a - 1, y + 21), box(a + 1, y + 1, a + 6, y + 21)], glass)
            fill(canvas, [box(a - 10, y + 22, a + 10, y + 26)], (110, 160, 84))
            for dx in (-6, 0, 6):
                canvas.circle(a + dx, y + 21, 3, (236, 104, 120))
    rounded(canvas, x + wide / 2 - 9, base - 32, x + wide / 2 + 9, base + 6, 9, times(shut, 0.9))
    canvas.circle(x + wide / 2 + 5, base - 13, 1.6, (250, 214, 130))


def street(canvas: Canvas, sprite: Lookup) -> Light:
    """A small town: gabled houses in a row, trees, a pavement and a quiet road."""
    rng, time = canvas.rng, hour(canvas, 0.4)
    base = rng.uniform(182, 190)
    open_sky(canvas, time, base)
    canvas.hills(base - 76, 14, mix((120, 170, 120), time.low, 0.55 if not time.dark else 0.2))
    x = rng.uniform(-30, 0)
    while x < SIDE:
        wide = rng.uniform(62, 80)
        _house(canvas, x, base, wide, rng.uniform(76, 108), time)
        x += wide + rng.uniform(6, 14)
    fill(canvas, [box(0, base - 4, SIDE, base + 6)], mix((112, 168, 90), time.low, 0.1))
    for _ in range(3):
        _bush(canvas, rng.uniform(0, SIDE), base + 5, rng.uniform(9, 14))
    canvas.gradient([(226, 216, 200), (208, 198, 184)], base + 5)
    canvas.gradient([(122, 122, 134), (104, 104, 118)], base + 22)
    canvas.rectangle(0, base + 20, SIDE, base + 23, (244, 238, 226))
    shine(canvas, [([(60, base + 22), (190, base + 22), (150, 256), (0, 256)], times(time.light, 0.5))], 10)
    if time.dark:
        below = canvas.pixels[int(base) - 4 :]
        below[:] = (below * np.array((0.5, 0.5, 0.78), np.float32)).astype(np.uint8)
        shine(canvas, [(disc(128, base + 30, 110, 16), (70, 48, 26))], 14)
    frame_softly(canvas)
    return Light(time.tint if not time.dark else (0.72, 0.7, 0.92), -0.5, 0.16, shadow=0.36)


def _bush(canvas: Canvas, x: float, y: float, size: float) -> None:
    green = canvas.near((88, 152, 82), 12)
    for dx, dy, r in ((-0.7, -0.5, 0.7), (0.7, -0.5, 0.7), (0, -0.8, 0.9)):
        fill(canvas, [disc(x + dx * size, y + dy * size, r * size)], times(green, 1 + 0.12 * (dx == 0)))


def lantern_street(canvas: Canvas, sprite: Lookup) -> Light:
    """A Chinese street at dusk: upturned roofs on both sides and strings of red lanterns."""
    rng = canvas.rng
    time = pick(
        rng,
        (
            replace(DUSK, high=(62, 52, 132), low=(248, 150, 126), dark=True),
            replace(EVENING, low=(112, 62, 112)),
        ),
    )
    view = View(rng.uniform(116, 140), rng.uniform(124, 134), 40, -92, rng.uniform(48, 56))
    open_sky(canvas, time, view.base)
    if time.high[0] < 40:
        canvas.stars(40, 70)
    canvas.glow(view.x, view.y + 10, 70, (255, 170, 110), 0.6)
    for far, near in ((1.0, 0.7), (0.7, 0.46), (0.46, 0.22)):
        for side in (-1, 1):
            _pavilion(canvas, view, side, near, far, time)
    _gate(canvas, view)
    canvas.gradient([(150, 92, 96), (72, 50, 74)], view.base)
    reflect(canvas, view.base, 0.5, 4)
    joints(canvas, view, (96, 66, 84), 18)
    glows = []
    for depth, count in ((0.72, 7), (0.46, 6)):
        a, b = view.at(-view.wide, -56, depth), view.at(view.wide, -56, depth)
        for x, y in rope_of(canvas, a, b, 7 / depth, count + 2)[1:-1]:
            glows.append((_lantern(canvas, x, y, 6.0 / depth), (120, 40, 16)))
    for side, z in ((-1, 0.36), (1, 0.36)):
        x, y = view.at(side * (view.wide - 12), -40, z)
        canvas.line((x, -4), (x, y), (80, 40, 40))
        glows.append((_lantern(canvas, x, y, 20), (130, 46, 20)))
    shine(canvas, glows, 10)
    shine(canvas, [(disc(view.x, 232, 90, 20), (84, 38, 22))], 14)
    frame_softly(canvas)
    return Light((1.0, 0.82, 0.8), 0.3, 0.2, (90, 36, 20), 0.34)


def _lantern(canvas: Canvas, x: float, y: float, size: float) -> np.ndarray:
    """A red lantern that hangs from (x, y)."""
    middle = y + size * 1.1
    shape = disc(x, middle, size, size * 0.86)
    fill(canvas, [shape], (222, 42, 38))
    fill(canvas, [disc(x, middle, size * 0.62, size * 0.86)], (240, 66, 48))
    fill(canvas, [disc(x, middle, size * 0.26, size * 0.86)], (255, 112, 70))
    fill(
        canvas,
        [
            box(x - size * 0.5, y, x + size * 0.5, y + size * 0.28),
            box(x - size * 0.5, y + size * 1.9, x + size * 0.5, y + size * 2.14),
        ],
        (250, 200, 90),
    )
    fill(canvas, [box(x - size * 0.12, y + size * 2.1, x + size * 0.12, y + size * 2.9)], (244, 176, 70))
    return shape


def _pavilion(canvas: Canvas, view: View, side: int, near: float, far: float, time: Hour) -> None:
    """A two-storeyed house with upturned roofs at the side of the street."""
    x, floor = side * view.wide, view.floor
    fill(canvas, [view.wall(x, -66, floor, near, far)], mix((126, 58, 54), time.low, 0.4 * far))
    depths = 1 / np.linspace(1 / far, 1 / near, 8)
    for top, bottom in ((-50, -22), (2, 36)):
        cells = [view.wall(x, top, bottom, depths[k + 1], depths[k]) for k in range(1, 7, 2)]
        fill(canvas, cells, (250, 176, 92))
        fill(canvas, [view.wall(x, (top + bottom) / 2 - 1, (top + bottom) / 2 + 1, near, far)], (120, 46, 44))
    fill(canvas, [view.wall(x, -66, floor, d * 0.985, d * 1.015) for d in depths[::2]], (176, 50, 44))
    for y in (-64, -10):
        _eave(canvas, view, side, y, near, far)


def _eave(canvas: Canvas, view: View, side: int, y: float, near: float, far: float) -> None:
    """A curved roof edge over the pavement."""
    share = np.linspace(0, 1, 9)
    depths = 1 / (1 / far + (1 / near - 1 / far) * share)
    lift = 9 * np.abs(share * 2 - 1) ** 3
    low = [view.at(side * (view.wide - 11), y + 7 - up, z) for up, z in zip(lift, depths, strict=True)]
    high = [view.at(side * view.wide, y - 9 - up * 0.4, z) for up, z in zip(lift, depths, strict=True)]
    edge = [view.at(side * (view.wide - 11), y + 9.5 - up, z) for up, z in zip(lift, depths, strict=True)]
    fill(canvas, [high + low[::-1]], (58, 84, 92))
    fill(canvas, [low + edge[::-1]], (240, 186, 92))


def _gate(canvas: Canvas, view: View) -> None:
    """A gate at the far end of the street."""
    x, y, base = view.x, view.y, view.base
    fill(canvas, [box(x - 30, y - 8, x - 24, base), box(x + 24, y - 8, x + 30, base)], (184, 54, 48))
    fill(canvas, [box(x - 36, y - 10, x + 36, y - 2)], (214, 82, 60))
    roof = [
        (x - 48, y - 18),
        (x - 36, y - 15),
        (x - 16, y - 28),
        (x + 16, y - 28),
        (x + 36, y - 15),
        (x + 48, y - 18),
        (x + 40, y - 9),
        (x - 40, y - 9),
    ]
    fill(canvas, [roof], (54, 78, 92))
    fill(canvas, [box(x - 40, y - 10, x + 40, y - 8)], (242, 190, 96))
