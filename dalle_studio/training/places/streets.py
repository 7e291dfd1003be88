"""Streets by day and by night, a skyline, a Chinese street, a garden."""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from dalle_studio.training.draw.canvas import SIDE, Canvas, chance, pick
from dalle_studio.training.draw.colours import RGB
from dalle_studio.training.draw.light import Light
from dalle_studio.training.places.place import FLOWERS, Lookup
from dalle_studio.training.places.rooms import (
    DUSK,
    EVENING,
    GOLDEN,
    MORNING,
    NOON,
    Hour,
    Stamps,
    View,
    box,
    disc,
    fill,
    frame_softly,
    hour,
    joints,
    maybe,
    mix,
    panel,
    reflect,
    rope_of,
    rounded,
    shine,
    span,
    tone,
)

WHITE: RGB = (255, 255, 255)
FACADES: tuple[RGB, ...] = (
    (240, 196, 160), (226, 150, 118), (246, 220, 176), (176, 202, 206), (214, 178, 190), (236, 170, 112),
    (164, 184, 158), (250, 232, 206), (196, 132, 112), (150, 176, 204),
)  # fmt: skip
NEON: tuple[RGB, ...] = ((255, 70, 150), (60, 220, 255), (255, 190, 60), (150, 110, 255), (90, 255, 180))


def open_sky(canvas: Canvas, time: Hour, bottom: float) -> None:
    """Draw the sky of an hour down to `bottom`, by day with clouds."""
    canvas.gradient([time.high, mix(time.high, time.low, 0.75), time.low], 0, bottom)
    if not time.dark:
        canvas.clouds(int(canvas.rng.integers(1, 4)), 60, mix(WHITE, time.low, 0.25), 0.8)


def far_towers(canvas: Canvas, base: float, high: float, colour: RGB, lights: RGB | None = None) -> None:
    """A row of far towers in one colour, with lit windows if `lights` is given."""
    rng, x, lit = canvas.rng, -8.0, []
    while x < SIDE:
        wide, top = rng.uniform(18, 34), base - high * rng.uniform(0.45, 1)
        fill(canvas, [box(x, top, x + wide + 1, base)], tone(colour, rng.uniform(0.94, 1.06)))
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
        mix(colour, time.low, 0.55 * depth) if not time.dark else mix(tone(colour, 0.3), (40, 36, 92), 0.55)
    )
    lit = 1.04 if side > 0 else 0.86
    shape = view.wall(x, top, floor, near, far)
    ends = (
        (tone(wall, lit * 0.92), tone(wall, lit)) if side < 0 else (tone(wall, lit), tone(wall, lit * 0.92))
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
    fill(canvas, [[a, b, c, d]], tone(paint, 0.85 if not time.dark else 0.6))


def _pavement(canvas: Canvas, view: View, road: RGB, walk: RGB, marks: RGB) -> None:
    canvas.gradient([tone(walk, 0.96), tone(walk, 1.04)], view.base - 2)
    lane = view.wide * 0.72
    panel(canvas, view.level(view.floor, -lane, lane, 0.2, 1.2), tone(road, 1.14), tone(road, 0.94))
    kerbs = [view.level(view.floor, *span(s * lane, s * (lane + 2.5)), 0.2, 1.2) for s in (-1, 1)]
    fill(canvas, kerbs, tone(walk, 1.12))
    dashes = [view.level(view.floor, -1.3, 1.3, z * 0.88, z) for z in (0.95, 0.72, 0.55, 0.42, 0.325)]
    fill(canvas, dashes, marks)


def _trees(canvas: Canvas, view: View, time: Hour) -> None:
    """Round trees along the pavement."""
    leaf = pick(canvas.rng, ((104, 168, 92), (132, 176, 84), (226, 150, 74), (240, 176, 190)))
    for z in (0.8, 0.58, 0.43):
        for side in (-1, 1):
            x, y = view.at(side * (view.wide * 0.86), view.floor, z)
            size, paint = 13 / z, mix(leaf, time.low, 0.4 * z)
            canvas.ellipse(x, y, size * 0.5, size * 0.1, tone(time.low, 0.5), 0.4)
            fill(canvas, [box(x - size * 0.08, y - size * 1.3, x + size * 0.08, y)], (112, 82, 66))
            for dx, dy, r, f in ((0.3, -1.45, 0.56, 0.84), (-0.32, -1.5, 0.58, 0.94), (0, -1.95, 0.66, 1.08)):
                fill(canvas, [disc(x + dx * size, y + dy * size, r * size)], tone(paint, f))


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
    shine(canvas, [(view.level(view.floor, -30, 60, 0.24, 0.5), tone(time.light, 0.4))], 10)
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
    if maybe(canvas, 0.4):
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
    shine(canvas, [(shape, tone(colour, 0.5)) for shape, colour in signs], 8)
    shine(canvas, [(disc(view.x, view.base, 90, 12), (90, 60, 84))], 14)
    first, second = signs[0][1], signs[1][1]
    shine(
        canvas, [(disc(40, 236, 42, 16), tone(first, 0.24)), (disc(216, 236, 42, 16), tone(second, 0.24))], 14
    )
    frame_softly(canvas)
    return Light((0.82, 0.76, 0.98), 0.4, 0.2, tone(first, 0.35), 0.3)


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
            rounded(canvas, x0, y0, x1, y1, 3, tone(colour, 0.42))
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
    return Light((0.8, 0.77, 0.98), 0.3, 0.2, tone(low, 0.3), 0.3)


def _house(canvas: Canvas, x: float, base: float, wide: float, high: float, time: Hour) -> None:
    """A gabled house from the front with windows, a door and flower boxes."""
    rng = canvas.rng
    wall, roof = (
        canvas.near(pick(rng, FACADES), 8),
        pick(rng, ((186, 92, 74), (92, 104, 132), (150, 82, 66), (206, 122, 84))),
    )
    glass = (255, 220, 140) if time.dark else mix((130, 182, 214), time.low, 0.25)
    if time.dark:
        wall, roof = mix(tone(wall, 0.5), (64, 56, 124), 0.4), mix(tone(roof, 0.5), (40, 36, 92), 0.4)
    top, shut = base - high, pick(rng, ((70, 128, 126), (176, 78, 70), (74, 96, 146), WHITE))
    panel(canvas, box(x, top, x + wide, base), wall, tone(wall, 0.92))
    gable = [(x - 4, top + 2), (x + wide / 2, top - wide * 0.5), (x + wide + 4, top + 2)]
    fill(canvas, [gable], tone(roof, 0.9))
    fill(canvas, [[(x + 4, top + 2), (x + wide / 2, top - wide * 0.4), (x + wide - 4, top + 2)]], wall)
    fill(
        canvas,
        [[gable[0], gable[1], (gable[1][0], gable[1][1] + 7), (gable[0][0] + 6, gable[0][1] + 2)]],
        tone(roof, 1.1),
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
    rounded(canvas, x + wide / 2 - 9, base - 32, x + wide / 2 + 9, base + 6, 9, tone(shut, 0.9))
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
    shine(canvas, [([(60, base + 22), (190, base + 22), (150, 256), (0, 256)], tone(time.light, 0.5))], 10)
    if time.dark:
        below = canvas.pixels[int(base) - 4 :]
        below[:] = (below * np.array((0.5, 0.5, 0.78), np.float32)).astype(np.uint8)
        shine(canvas, [(disc(128, base + 30, 110, 16), (70, 48, 26))], 14)
    frame_softly(canvas)
    return Light(time.tint if not time.dark else (0.72, 0.7, 0.92), -0.5, 0.16, shadow=0.36)


def _bush(canvas: Canvas, x: float, y: float, size: float) -> None:
    green = canvas.near((88, 152, 82), 12)
    for dx, dy, r in ((-0.7, -0.5, 0.7), (0.7, -0.5, 0.7), (0, -0.8, 0.9)):
        fill(canvas, [disc(x + dx * size, y + dy * size, r * size)], tone(green, 1 + 0.12 * (dx == 0)))


def garden(canvas: Canvas, sprite: Lookup) -> Light:
    """A garden: a fence, bushes and beds of flowers on both sides of a lawn with a path."""
    rng, time = canvas.rng, pick(canvas.rng, (MORNING, NOON, GOLDEN))
    open_sky(canvas, time, 172)
    leaf = mix((96, 164, 92), time.low, 0.1)
    for x in np.arange(-10, 270, 30):
        fill(
            canvas,
            [disc(x + rng.uniform(-8, 8), 112, rng.uniform(24, 40))],
            mix(tone(leaf, rng.uniform(0.88, 1.05)), time.low, 0.4),
        )
    board = pick(rng, ((250, 246, 236), (196, 146, 98), (170, 206, 214)))
    fill(canvas, [box(0, 124, SIDE, 129), box(0, 150, SIDE, 155)], tone(board, 0.86))
    planks = [[(x, 114), (x + 7, 106), (x + 14, 114), (x + 14, 172), (x, 172)] for x in range(-4, SIDE, 19)]
    fill(canvas, planks, board)
    canvas.gradient([mix((128, 190, 92), time.low, 0.12), (104, 172, 78)], 166)
    view = View(128 + rng.uniform(-14, 14), 140, 28)
    panel(canvas, view.level(28, -20, 20, 0.2, 1), (244, 226, 190), (226, 200, 158))
    stamps = Stamps(canvas, sprite)
    names = [pick(rng, FLOWERS) for _ in range(3)]
    for row, (y, size) in enumerate(((178, 24), (194, 32), (214, 42))):
        for side in (-1, 1):
            for step in range(4 - row):
                x = 128 + side * (52 + row * 22 + step * (22 + 6 * row) + rng.uniform(-4, 4))
                canvas.ellipse(x, y, size * 0.5, size * 0.22, tone(leaf, 0.86))
                stamps.put(names[(step + row) % 3], x, y, size)
    shine(canvas, [([(70, 170), (150, 170), (130, 256), (10, 256)], tone(time.light, 0.6))], 12)
    frame_softly(canvas)
    return Light(time.tint, -0.5, 0.16, shadow=0.34, foreground=lambda: _flower_edge(canvas, stamps, names))


def _flower_edge(canvas: Canvas, stamps: Stamps, names: Sequence[str]) -> None:
    """Flowers in the two lower corners, in front of everything."""
    for index, x in enumerate((4, 34, 224, 254)):
        stamps.put(names[index % 3], x, 264 if index in (0, 3) else 270, 46)


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
