"""Places of sport: gym, swimming hall, football stadium."""

from __future__ import annotations

import itertools

import numpy as np

from dalle_studio.training.draw.canvas import Canvas
from dalle_studio.training.draw.chance import pick
from dalle_studio.training.draw.colours import RGB, WHITE, mix, times
from dalle_studio.training.draw.frame import SIDE
from dalle_studio.training.draw.light import Light
from dalle_studio.training.places.hours import Hour, hour
from dalle_studio.training.places.lighting import frame_softly, reflect, shine
from dalle_studio.training.places.place import Lookup
from dalle_studio.training.places.rooms import View, boards, cuboid, room
from dalle_studio.training.places.shapes import box, disc, fill, panel, rounded
from dalle_studio.training.places.windows import outlook


def gym(canvas: Canvas, sprite: Lookup) -> Light:
    """A basketball court in a hall: a hoop, high windows, benches, lines on a polished floor."""
    rng, time = canvas.rng, hour(canvas, 0)
    team = pick(rng, ((66, 116, 190), (214, 84, 70), (76, 150, 126), (242, 158, 62)))
    view = View(rng.uniform(118, 138), rng.uniform(100, 110), 58, -92, 112)
    room(canvas, view, (236, 228, 214), (222, 164, 104), (214, 218, 224), 0.3)
    boards(canvas, view, (222, 164, 104), 12)
    reflect(canvas, view.base, 0.24, 5)
    _court(canvas, view, mix(team, (222, 164, 104), 0.15))
    panes = [box(view.x - 104 + k * 43, 24, view.x - 68 + k * 43, 56) for k in range(5)]
    fill(canvas, panes, mix(time.high, time.low, 0.6))
    fill(canvas, [box(view.x - 112, 116, view.x + 112, view.base)], times(team, 0.86))
    fill(canvas, [box(view.x - 112, 113, view.x + 112, 117)], WHITE)
    for row in range(3):
        y = view.base - 10 - row * 12
        fill(
            canvas,
            [box(view.x + s * 78 - 30, y - 4, view.x + s * 78 + 30, y + 2) for s in (-1, 1)],
            (238, 204, 156),
        )
    _hoop(canvas, view.x, team)
    shine(canvas, [(pane, (70, 66, 50)) for pane in panes], 8)
    beams = [view.level(view.floor, x, x + 24, 0.42, 0.58) for x in (-88, -46, 52)]
    shine(canvas, [(beam, times(time.light, 0.7)) for beam in beams], 5)
    frame_softly(canvas)
    return Light(time.tint, -0.3, 0.14, shadow=0.36)


def _court(canvas: Canvas, view: View, key: RGB) -> None:
    """The lines of a basketball court, and its key in a colour."""
    fill(canvas, [view.level(view.floor, -34, 34, 0.5, 0.99)], key)
    ring = [
        view.at(30 * np.cos(a), view.floor, 1 / (2.02 + 0.42 * np.sin(a)))
        for a in np.linspace(0, 2 * np.pi, 40)
    ]
    for a, b in itertools.pairwise(ring):
        canvas.line(a, b, WHITE, 2)
    fill(
        canvas,
        [view.level(view.floor, side * 35 - 1.5, side * 35 + 1.5, 0.5, 0.99) for side in (-1, 1)],
        WHITE,
    )
    fill(
        canvas,
        [view.level(view.floor, -36, 36, 0.49, 0.505), view.level(view.floor, -96, 96, 0.96, 0.985)],
        WHITE,
    )


def _hoop(canvas: Canvas, x: float, team: RGB) -> None:
    """A basketball hoop with its board and net."""
    canvas.rectangle(x - 3, 0, x + 3, 40, (120, 126, 138))
    rounded(canvas, x - 38, 30, x + 38, 82, 4, times(team, 0.8))
    rounded(canvas, x - 34, 34, x + 34, 78, 2, WHITE)
    fill(canvas, [box(x - 14, 48, x + 14, 76)], (232, 90, 62))
    fill(canvas, [box(x - 11, 51, x + 11, 76)], WHITE)
    for k in range(-3, 4):
        canvas.line((x + k * 5.4, 82), (x + k * 3.2, 108), WHITE, 2)
    for y, half in ((89, 15), (97, 12.5), (105, 10.5)):
        canvas.line((x - half, y), (x + half, y), WHITE)
    canvas.ellipse(x, 81, 19, 5, (240, 96, 50))
    canvas.ellipse(x, 80.5, 14, 2.6, (160, 60, 40))


def pool_hall(canvas: Canvas, sprite: Lookup) -> Light:
    """A swimming hall: lanes of clear water between tiles, tall windows, a bright edge in front."""
    rng, time = canvas.rng, hour(canvas, 0.3)
    view = View(rng.uniform(118, 138), rng.uniform(96, 106), 54, -80, 104)
    room(canvas, view, (226, 240, 242), (232, 236, 232), WHITE, 0)
    panes = [box(view.x - 98 + k * 50, 30, view.x - 56 + k * 50, view.base - 22) for k in range(4)]
    outlook(canvas, view.x - 98, 30, view.x + 94, view.base - 22, time)
    fill(
        canvas, [box(view.x - 56 + k * 50, 30, view.x - 48 + k * 50, view.base - 22) for k in range(3)], WHITE
    )
    deep = pick(rng, ((36, 150, 200), (54, 170, 190), (44, 128, 196)))
    panel(canvas, view.level(view.floor, -96, 96, 0.45, 0.94), mix(deep, WHITE, 0.45), deep)
    reflect(canvas, view.base, 0.3, 4)
    for k in range(-3, 4):
        for j in range(12):
            z0, z1 = 1 / (1.08 + j * 0.095), 1 / (1.08 + (j + 0.8) * 0.095)
            fill(
                canvas,
                [view.level(view.floor, k * 28 - 1.3, k * 28 + 1.3, z1, z0)],
                (236, 90, 74) if j % 2 else WHITE,
            )
    front = view.at(0, view.floor, 0.45)[1]
    canvas.gradient([(246, 242, 230), (222, 218, 208)], front)
    fill(canvas, [box(0, front, SIDE, front + 5)], mix(deep, WHITE, 0.3))
    for x in (52, 204):
        cuboid(canvas, View(128, 0), (x - 142, x - 114), (front - 16, front + 2), (1, 1.04), (240, 240, 240))
    shine(
        canvas,
        [
            (disc(rng.uniform(40, 216), rng.uniform(view.base + 12, front - 8), 26, 2.4), (90, 100, 100))
            for _ in range(7)
        ],
        2,
    )
    shine(canvas, [(pane, (40, 40, 34)) for pane in panes], 8)
    frame_softly(canvas)
    return Light(time.tint, -0.2, 0.12, shadow=0.3)


def stadium(canvas: Canvas, sprite: Lookup) -> Light:
    """A football stadium: full stands, floodlights, a striped pitch and a goal."""
    rng, time = canvas.rng, hour(canvas, 1.6)
    view = View(rng.uniform(118, 138), rng.uniform(100, 110), 40, -92, 118)
    canvas.gradient([time.high, time.low], 0, view.base)
    team = pick(rng, ((214, 62, 62), (58, 104, 196), (240, 180, 58), (84, 160, 110)))
    _stands(canvas, view, team, time)
    canvas.gradient([(92, 172, 84), (70, 156, 74)], view.base)
    depths = 1 / np.linspace(1, 4.2, 15)
    strips = [view.level(view.floor, -700, 700, depths[k + 1], depths[k]) for k in range(0, 14, 2)]
    fill(canvas, [np.clip(strip, -300, 560) for strip in strips], (112, 190, 92))
    lines = [view.level(view.floor, *pair, 0.3, 1) for pair in ((-62, -60), (60, 62))]
    fill(
        canvas,
        [*lines, view.level(view.floor, -62, 62, 0.485, 0.5), view.level(view.floor, -240, 240, 0.96, 0.99)],
        (244, 250, 240),
    )
    _goal(canvas, view)
    glows = []
    for side in (-1, 1):
        x = 128 + side * 104
        fill(canvas, [box(x - 2, 24, x + 2, view.y)], (110, 116, 130))
        rounded(canvas, x - 19, 8, x + 19, 32, 4, (90, 96, 112))
        fill(
            canvas,
            [disc(x - 12 + a * 12, 14 + b * 11, 4.4) for a in range(3) for b in range(2)],
            (255, 254, 238),
        )
        glows.append((disc(x, 20, 30), (110, 110, 96)))
    shine(canvas, glows, 12)
    shine(canvas, [(disc(128, 226, 110, 22), (40, 44, 26))], 14)
    frame_softly(canvas)
    return Light((1.02, 1.03, 1.0) if not time.dark else (0.96, 0.98, 1.04), -0.3, 0.14, (40, 40, 40), 0.36)


def _stands(canvas: Canvas, view: View, team: RGB, time: Hour) -> None:
    """Tiers full of people behind the pitch, as bold dots."""
    rng, base = canvas.rng, view.base
    top = base - 92
    fill(
        canvas,
        [[(0, top - 26), (SIDE, top - 26), (SIDE, top - 14), (0, top - 8)]],
        mix((226, 230, 236), time.high, 0.25),
    )
    for tier, (y, high) in enumerate(((top, 42), (top + 48, 36))):
        panel(canvas, box(0, y, SIDE, y + high), times(team, 0.5 + 0.1 * tier), times(team, 0.78))
        crowd: tuple[RGB, ...] = (team, (250, 240, 226), times(team, 1.3), (250, 206, 120), (94, 84, 120))
        rows, step = high // 8, 8
        for paint in crowd:
            heads = [
                disc(x * step + (row % 2) * 4, y + 5 + row * 8, 3.2)
                for row in range(rows)
                for x in range(33)
                if rng.random() < 0.16
            ]
            fill(canvas, heads, mix(paint, time.high, 0.12))
        fill(canvas, [box(0, y + high, SIDE, y + high + 6)], (240, 240, 236))
    fill(canvas, [box(k * 44 + 2, base - 10, k * 44 + 40, base - 1) for k in range(6)], times(team, 0.9))


def _goal(canvas: Canvas, view: View) -> None:
    left, top, right, bottom = view.x - 34, view.base - 32, view.x + 34, view.base + 2
    fill(canvas, [box(left, top, right, bottom)], (150, 190, 150))
    for k in range(1, 8):
        canvas.line((left + k * 8.5, top), (left + k * 8.5, bottom), (222, 234, 222))
    for k in range(1, 4):
        canvas.line((left, top + k * 8.5), (right, top + k * 8.5), (222, 234, 222))
    fill(canvas, [box(left - 3, top - 3, left, bottom), box(right, top - 3, right + 3, bottom)], WHITE)
    fill(canvas, [box(left - 3, top - 3, right + 3, top)], WHITE)
