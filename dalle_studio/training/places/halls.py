"""Rooms that many people share: classroom, office, library, museum."""

from __future__ import annotations

import itertools

import numpy as np

from dalle_studio.training.draw.canvas import Canvas
from dalle_studio.training.draw.chance import chance, pick
from dalle_studio.training.draw.colours import RGB, WHITE, mix, times
from dalle_studio.training.draw.light import Light
from dalle_studio.training.places.hours import hour
from dalle_studio.training.places.lighting import frame_softly, reflect, shade, shine
from dalle_studio.training.places.place import Lookup
from dalle_studio.training.places.rooms import (
    NEAR,
    View,
    boards,
    cuboid,
    foot_shadow,
    joints,
    look,
    painting,
    palette,
    room,
    skirting,
)
from dalle_studio.training.places.shapes import box, disc, fill, panel, rounded
from dalle_studio.training.places.small_sprites import Stamps
from dalle_studio.training.places.windows import outlook, sunbeams

CREAM: RGB = (250, 246, 238)
SPINES: tuple[RGB, ...] = (
    (190, 78, 66), (226, 164, 84), (70, 118, 130), (92, 92, 142), (126, 148, 98), (232, 214, 176), (150, 82, 96),
)  # fmt: skip


def classroom(canvas: Canvas, sprite: Lookup) -> Light:
    """A classroom: a green board with chalk, rows of desks, a window and a globe."""
    rng, time, (wall, floor, first, second) = canvas.rng, hour(canvas, 0), palette(canvas)
    view, side = look(canvas, wide=100), pick(rng, (-1, 1))
    wall = mix(wall, CREAM, 0.55)
    room(canvas, view, wall, floor, WHITE)
    boards(canvas, view, floor)
    skirting(canvas, view, CREAM)
    left, right = view.x - 66, view.x + 66
    shade(canvas, [box(left - 4, 42, right + 6, 116)], 0.25, 4)
    fill(canvas, [box(left - 5, 36, right + 5, 110)], (176, 122, 78))
    panel(canvas, box(left, 41, right, 104), (52, 112, 92), (42, 94, 80))
    _chalk(canvas, view.x)
    canvas.rectangle(left - 5, 108, right + 5, 113, (206, 152, 102))
    panes = [view.wall(side * view.wide, -62, -4, near, near * 1.32) for near in (0.66, 0.46)]
    for shape in panes:
        panel(canvas, shape, time.high, time.low)
    for shape in panes:
        for a, b in zip(shape, np.roll(shape, 1, 0), strict=True):
            canvas.line(tuple(a), tuple(b), WHITE, 3)
    rows = [view.level(view.floor, x0, x0 + 54, 0.44, 0.98) for x0 in (-106, 52)]
    shade(canvas, rows, 0.2, 6)
    for z in (0.86, 0.62, 0.45):
        for x in (-88, -58, 58, 88) if z > 0.5 else (-84, 84):
            _desk(canvas, view, x, z, second if z > 0.7 else first)
    lights = [view.level(view.floor, -side * 20 - 16, -side * 20 + 16, z, z * 1.2) for z in (0.46, 0.64)]
    shine(canvas, [(shape, time.light) for shape in lights], 4)
    frame_softly(canvas)
    return Light(time.tint, side * 0.5, 0.14, shadow=0.36)


def _chalk(canvas: Canvas, x: float) -> None:
    """Chalk drawings: a sum, a sun and a house, or shapes."""
    chalk = (236, 240, 228)
    if chance(canvas.rng, 0.5):
        for k, dx in enumerate((-46, -30, -14)):
            fill(
                canvas,
                [box(x + dx, 58, x + dx + 9, 61), box(x + dx + 3, 54, x + dx + 6, 66)]
                if k == 1
                else [disc(x + dx + 4, 60, 6)],
                chalk,
            )
        canvas.polygon([(x + 16, 92), (x + 34, 56), (x + 52, 92)], (250, 214, 130))
    else:
        canvas.circle(x - 40, 60, 9, (250, 220, 120))
        fill(canvas, [box(x - 4, 72, x + 26, 94)], (240, 170, 150))
        canvas.polygon([(x - 9, 72), (x + 11, 54), (x + 31, 72)], chalk)
    fill(canvas, [box(x - 54, 80, x - 16, 83), box(x - 54, 89, x - 26, 92)], chalk)


def _desk(canvas: Canvas, view: View, x: float, z: float, colour: RGB) -> None:
    """A school desk with a chair behind it."""
    floor, wood = view.floor, (226, 176, 122)
    legs = [view.front(x + dx - 0.8, floor - 21, x + dx + 0.8, floor, z) for dx in (-11, 11)]
    fill(canvas, legs, (110, 116, 130))
    cuboid(canvas, view, (x - 14, x + 14), (floor - 24, floor - 21), (z, z * 1.18), wood, times(wood, 1.1))
    cuboid(canvas, view, (x - 9, x + 9), (floor - 30, floor - 24), (z * 0.97, z), colour)


def office(canvas: Canvas, sprite: Lookup) -> Light:
    """An office: a wide window over the city, desks with screens, hanging lamps, plants."""
    rng, time, (wall, _, first, second) = canvas.rng, hour(canvas, 1), palette(canvas)
    view = look(canvas, wide=104)
    room(canvas, view, mix(wall, CREAM, 0.5), (196, 190, 188), WHITE, 0.22)
    joints(canvas, view, (182, 176, 176), 26)
    left, right = view.x - 96, view.x + 96
    fill(canvas, [box(left - 4, 28, right + 4, 132)], (84, 92, 108))
    panel(canvas, box(left, 32, right, 128), time.high, time.low)
    towers = mix((130, 150, 190), time.low, 0.3) if not time.dark else (44, 44, 96)
    for x in np.arange(left, right - 16, 24):
        top = rng.uniform(62, 108)
        fill(canvas, [box(x, top, x + 21, 128)], times(towers, rng.uniform(0.92, 1.1)))
        spots = [box(x + a, y, x + a + 4, y + 5) for a in (4, 12) for y in np.arange(top + 6, 122, 11)]
        fill(canvas, spots, (255, 216, 140) if time.dark else mix(towers, WHITE, 0.35))
    fill(canvas, [box(left + 64 * k - 1.5, 32, left + 64 * k + 1.5, 128) for k in (1, 2)], (84, 92, 108))
    put = Stamps(canvas, sprite)
    for side in (-1, 1):
        for z in (0.88, 0.6):
            _workplace(canvas, view, side * 76, z, first, put)
    put.put("potted plant", *view.at(-98, view.floor, 0.96), 42)
    glows = []
    for x in (48, 128, 208):
        canvas.rectangle(x - 0.5, 0, x + 1, 14, (80, 84, 96))
        canvas.ellipse(x, 18, 24, 7, second)
        canvas.ellipse(x, 21, 21, 4, (255, 248, 222))
        glows.append((disc(x, 24, 30, 16), (66, 56, 36)))
    shine(canvas, glows, 10)
    if not time.dark:
        sunbeams(canvas, view, view.x - 56, view.x + 56, time, rng.uniform(-0.4, 0.4), 3)
    frame_softly(canvas)
    return Light(time.tint, 0.1, 0.12, shadow=0.34)


def _workplace(canvas: Canvas, view: View, x: float, z: float, colour: RGB, put: Stamps) -> None:
    floor = view.floor
    shade(canvas, [foot_shadow(view, (x - 28, x + 28), (z, z * 1.16))], 0.26, 4)
    fill(
        canvas, [view.front(x + dx - 1, floor - 26, x + dx + 1, floor, z) for dx in (-26, 26)], (92, 96, 110)
    )
    cuboid(
        canvas,
        view,
        (x - 30, x + 30),
        (floor - 30, floor - 26),
        (z, z * 1.18),
        (226, 186, 138),
        (242, 208, 164),
    )
    (a, b), (c, d) = view.at(x - 15, floor - 54, z * 1.1), view.at(x + 15, floor - 33, z * 1.1)
    fill(canvas, [view.front(x - 2, floor - 34, x + 2, floor - 29, z * 1.1)], (110, 114, 126))
    rounded(canvas, a, b, c, d, 3, (52, 56, 70))
    panel(canvas, box(a + 2.5, b + 2.5, c - 2.5, d - 3), mix(colour, WHITE, 0.35), colour)
    foot = view.at(x, floor - 6, z * 0.94)
    size = 11 / z
    rounded(
        canvas,
        foot[0] - size,
        foot[1] - size * 2.6,
        foot[0] + size,
        foot[1] - size * 0.9,
        size * 0.5,
        times(colour, 0.8),
    )
    canvas.rectangle(foot[0] - 1.5, foot[1] - size, foot[0] + 1.5, foot[1] + 4, (86, 88, 100))
    canvas.ellipse(foot[0], foot[1] + 4, size * 0.7, 3, (86, 88, 100))


def library(canvas: Canvas, sprite: Lookup) -> Light:
    """A library: tall shelves of books in perspective, an arched window, a carpet and green lamps."""
    rng, time = canvas.rng, hour(canvas, 1)
    wood = pick(rng, ((148, 96, 62), (120, 76, 54), (178, 128, 86), (92, 66, 62)))
    view = View(rng.uniform(116, 140), rng.uniform(106, 118), 56, -110, rng.uniform(66, 78))
    room(canvas, view, mix(wood, CREAM, 0.55), (186, 136, 92), mix(wood, CREAM, 0.4), 0)
    boards(canvas, view, mix(wood, (206, 156, 108), 0.6), 15)
    reflect(canvas, view.base, 0.14, 4)
    middle = view.x
    rounded(canvas, middle - 33, 18, middle + 33, view.base - 22, 33, times(wood, 0.8))
    rounded(canvas, middle - 28, 23, middle + 28, view.base - 27, 28, mix(time.high, time.low, 0.5))
    outlook(canvas, middle - 28, 60, middle + 28, view.base - 50, time)
    fill(canvas, [box(middle - 33, view.base - 54, middle + 33, view.base - 48)], times(wood, 0.8))
    fill(canvas, [box(middle - 34, view.base - 48, middle + 34, view.base - 20)], mix(wood, CREAM, 0.5))
    fill(
        canvas,
        [box(middle - 1.5, 23, middle + 1.5, view.base - 50), box(middle - 28, 76, middle + 28, 79)],
        times(wood, 0.8),
    )
    for side in (-1, 1):
        _bookcase(canvas, view, side, wood)
    carpet = pick(rng, ((178, 66, 62), (64, 112, 116), (84, 84, 140), (206, 142, 74)))
    fill(canvas, [view.level(view.floor, -36, 36, NEAR, 0.9)], times(carpet, 0.86))
    fill(canvas, [view.level(view.floor, -31, 31, NEAR, 0.88)], (238, 206, 140))
    fill(canvas, [view.level(view.floor, -29, 29, NEAR, 0.87)], carpet)
    shine(
        canvas,
        [(view.level(view.floor, -24, 30, 0.4, 0.62), time.light if not time.dark else (56, 36, 16))],
        6,
    )
    glows = []
    for side in (-1, 1):
        x, y = view.at(side * 44, -64, 0.62)
        canvas.rectangle(x - 1, 0, x + 1, y, (120, 92, 62))
        canvas.ellipse(x, y, 15, 8, (255, 226, 158))
        glows.append((disc(x, y, 34), (98, 68, 28)))
    shine(canvas, glows, 14)
    frame_softly(canvas)
    return Light((1.03, 0.98, 0.92), 0.15, 0.16, shadow=0.38)


def _bookcase(canvas: Canvas, view: View, side: int, wood: RGB) -> None:
    """A wall of books that runs away from the viewer, with boards and posts."""
    rng, x, floor = canvas.rng, side * view.wide, view.floor
    fill(canvas, [view.wall(x, -130, floor, 0.38, 1)], times(wood, 0.5))
    depths = 1 / np.linspace(1, 2.55, 27)
    books: dict[int, list[np.ndarray]] = {}
    for level in range(5):
        low = floor - 6 - level * 36
        colour = int(rng.integers(len(SPINES)))
        for k in range(26):
            if rng.random() < 0.55:
                colour = int(rng.integers(len(SPINES)))
            top = low - rng.uniform(22, 30)
            books.setdefault(colour, []).append(view.wall(x, top, low, depths[k + 1] * 1.006, depths[k]))
    for colour, shapes in books.items():
        fill(canvas, shapes, mix(SPINES[colour], wood, 0.12))
    shelves = [view.wall(x, floor - 6 - level * 36, floor - 1 - level * 36, 0.38, 1) for level in range(6)]
    fill(canvas, shelves, times(wood, 1.08))
    for z in (0.98, 0.67, 0.5):
        fill(canvas, [view.wall(x, -130, floor, z * 0.975, z * 1.015)], times(wood, 1.16))


_GALLERY_WALLS: tuple[RGB, ...] = (
    (244, 240, 234),
    (206, 88, 78),
    (72, 112, 126),
    (226, 196, 152),
    (92, 104, 152),
    (150, 176, 152),
)
_GALLERY_ACCENTS: tuple[RGB, ...] = (
    (236, 110, 84),
    (60, 128, 150),
    (246, 190, 84),
    (112, 96, 170),
    (96, 160, 110),
)


def museum(canvas: Canvas, sprite: Lookup) -> Light:
    """A gallery: framed pictures on bright walls, spotlights, a polished floor, a roped-off picture."""
    rng = canvas.rng
    wall = canvas.near(pick(rng, _GALLERY_WALLS), 6)
    floor = pick(rng, ((206, 160, 112), (226, 222, 216), (166, 118, 82)))
    view = look(canvas, wide=98)
    room(canvas, view, wall, floor, (240, 240, 238), 0.3)
    if floor[2] > 150:
        joints(canvas, view, times(floor, 0.92), 26)
    else:
        boards(canvas, view, floor, 14)
        reflect(canvas, view.base, 0.22, 4)
    skirting(canvas, view, CREAM)
    painting(canvas, view.x - 34, 44, view.x + 34, 106, _GALLERY_ACCENTS)
    for side in (-1, 1):
        for near in (0.78, 0.54):
            shape = view.wall(side * view.wide, -54, 2, near, near * 1.2)
            middle = shape.mean(0)
            fill(canvas, [middle + (shape - middle) * 1.16], (206, 166, 98))
            panel(canvas, shape, mix(pick(rng, _GALLERY_ACCENTS), WHITE, 0.4), pick(rng, _GALLERY_ACCENTS))
            fill(canvas, [middle + (shape - middle) * (0.3, 0.4)], pick(rng, _GALLERY_ACCENTS))
        painting(canvas, view.x + side * 70 - 14, 56, view.x + side * 70 + 14, 96, _GALLERY_ACCENTS)
    fill(canvas, [view.level(view.ceiling, x - 2, x + 2, 0.4, 1) for x in (-50, 50)], (84, 86, 94))
    cones = [
        (
            [(x - 4, view.y + view.ceiling), (x + 4, view.y + view.ceiling), (x + 40, 126), (x - 40, 126)],
            (40, 36, 26),
        )
        for x in (view.x, view.x - 70, view.x + 70)
    ]
    shine(canvas, cones, 6)
    _rope(canvas, view)
    shine(canvas, [(disc(view.x, 232, 72, 14), (44, 40, 28))], 12)
    frame_softly(canvas)
    return Light((1.02, 1.0, 0.98), -0.2, 0.16, shadow=0.36)


def _rope(canvas: Canvas, view: View) -> None:
    """Golden posts with a red cord before the large picture."""
    y = view.base + 10
    for x in (-46, 46):
        fill(canvas, [box(view.x + x - 2, y - 32, view.x + x + 2, y)], (222, 178, 92))
        canvas.circle(view.x + x, y - 34, 4, (240, 204, 120))
        canvas.ellipse(view.x + x, y, 9, 3, (196, 150, 76))
    share = np.linspace(0, 1, 13)
    points = [(view.x - 46 + 92 * s, y - 30 + 44 * s * (1 - s)) for s in share]
    for first, second in itertools.pairwise(points):
        canvas.line(first, second, (190, 44, 58), 4)
