"""Places of science: laboratory, space station."""

from __future__ import annotations

import itertools

import numpy as np

from dalle_studio.training.draw.canvas import Canvas
from dalle_studio.training.draw.chance import pick
from dalle_studio.training.draw.colours import RGB, WHITE, hsv, mix, times
from dalle_studio.training.draw.light import Light
from dalle_studio.training.places.lighting import frame_softly, reflect, shade, shine
from dalle_studio.training.places.place import Lookup
from dalle_studio.training.places.rooms import NEAR, View, cuboid, foot_shadow, joints, look, room
from dalle_studio.training.places.shapes import box, disc, fill, panel, rounded, span
from dalle_studio.training.places.small_sprites import Stamps


def space_station(canvas: Canvas, sprite: Lookup) -> Light:
    """A corridor of a space station: light panels, a great round window on stars and a planet."""
    rng = canvas.rng
    glow = pick(rng, ((90, 200, 255), (150, 130, 255), (90, 240, 200), (255, 170, 90)))
    hull = canvas.near(pick(rng, ((214, 222, 234), (96, 108, 140), (226, 222, 226))), 6)
    view = View(128 + rng.uniform(-10, 10), rng.uniform(104, 112), 64, -78, 96)
    room(canvas, view, hull, mix(hull, (90, 96, 120), 0.55), hull, 0)
    x, y, radius = view.x, view.y - 6, 62
    canvas.circle(x, y, radius + 9, times(hull, 0.7))
    canvas.circle(x, y, radius + 5, times(hull, 1.1))
    _stars(canvas, x, y, radius, sprite)
    fill(
        canvas,
        [
            disc(x + (radius + 7) * np.cos(a), y + (radius + 7) * np.sin(a), 2.4)
            for a in np.linspace(0, 2 * np.pi, 13)[:-1]
        ],
        times(hull, 0.55),
    )
    joints(canvas, view, mix(hull, (70, 76, 100), 0.6), 32)
    reflect(canvas, view.base, 0.26, 4)
    for z in (0.82, 0.56):
        for side in (-1, 1):
            fill(canvas, [view.wall(side * 96, -78, 64, z * 0.93, z)], times(hull, 0.72))
            shape = view.wall(side * 96, -36, 26, z * 0.68, z * 0.88)
            fill(canvas, [shape], times(hull, 0.62))
            fill(
                canvas,
                [view.wall(side * 96, -26 + k * 15, -17 + k * 15, z * 0.72, z * 0.84) for k in range(3)],
                mix(glow, (40, 50, 90), 0.35),
            )
    strips = [view.wall(side * 95, 44, 49, NEAR, 1) for side in (-1, 1)]
    strips += [view.level(view.ceiling, side * 50 - 4, side * 50 + 4, NEAR, 1) for side in (-1, 1)]
    fill(canvas, strips, mix(glow, WHITE, 0.6))
    shine(canvas, [(strip, times(glow, 0.55)) for strip in strips], 8)
    shine(canvas, [(disc(view.x, 234, 80, 14), times(glow, 0.22))], 12)
    frame_softly(canvas)
    return Light((0.97, 0.99, 1.05), -0.2, 0.16, times(glow, 0.3), 0.34)


def _stars(canvas: Canvas, x: float, y: float, radius: float, sprite: Lookup) -> None:
    """What one sees through a round window: night, stars, a planet."""
    rng = canvas.rng
    canvas.circle(x, y, radius, (14, 14, 48))
    canvas.ellipse(x + 10, y + 14, radius * 0.7, radius * 0.4, (40, 28, 86))
    angles, far = rng.uniform(0, 2 * np.pi, 34), radius * 0.94 * np.sqrt(rng.uniform(0, 1, 34))
    fill(
        canvas,
        [
            disc(x + f * np.cos(a), y + f * np.sin(a), 0.9 + 0.7 * (k % 4 == 0))
            for k, (a, f) in enumerate(zip(angles, far, strict=True))
        ],
        WHITE,
    )
    name = pick(rng, ("planet earth", "planet"))
    Stamps(canvas, sprite).put(name, x + rng.uniform(-20, 20), y + rng.uniform(14, 26), rng.uniform(50, 66))
    shine(canvas, [([(x - 46, y - 20), (x - 16, y - 52), (x - 6, y - 48), (x - 44, y - 6)], (50, 54, 70))], 3)


def laboratory(canvas: Canvas, sprite: Lookup) -> Light:
    """A laboratory: benches with glowing flasks, cupboards, a screen, a bright clean floor."""
    rng = canvas.rng
    accent = pick(rng, ((60, 170, 176), (86, 130, 210), (130, 108, 200), (90, 176, 120)))
    view = look(canvas, wide=100)
    room(canvas, view, mix(accent, WHITE, 0.78), (226, 232, 234), WHITE, 0.26)
    joints(canvas, view, (206, 214, 218), 24)
    _screen(canvas, view.x + rng.uniform(-14, 14))
    for side in (-1, 1):
        _cupboard(canvas, view.x + side * 74 - 22, accent)
    _lab_bench(canvas, view, (-100, 100), (0.84, 1.0), accent)
    for side in (-1, 1):
        _lab_bench(canvas, view, span(side * 66, side * 110), (0.5, 0.72), accent)
    glows = []
    spots = [(-76, 0.92), (-48, 0.92), (46, 0.92), (78, 0.92), (-82, 0.62), (82, 0.62)]
    for k, (across, z) in enumerate(spots):
        paint = hsv(rng.uniform(0, 1), 0.72, 1)
        glows.append(
            (
                _flask(canvas, *view.at(across, view.floor - 46, z), 15 / z, paint, k % 2 == 0),
                times(paint, 0.3),
            )
        )
    shine(canvas, glows, 7)
    fill(
        canvas,
        [view.level(view.ceiling, side * 46 - 12, side * 46 + 12, 0.5, 0.86) for side in (-1, 1)],
        WHITE,
    )
    shine(canvas, [(disc(view.x, 232, 70, 13), (30, 32, 32))], 12)
    frame_softly(canvas)
    return Light((1.0, 1.02, 1.03), -0.1, 0.12, shadow=0.32)


def _screen(canvas: Canvas, x: float) -> None:
    """A dark screen with a curve on it."""
    rounded(canvas, x - 42, 38, x + 42, 92, 5, (56, 66, 88))
    panel(canvas, box(x - 38, 42, x + 38, 88), (34, 58, 92), (44, 84, 116))
    points = [(x - 34 + 4 * k, 66 - 14 * np.sin(k * 0.8 + x)) for k in range(18)]
    for a, b in itertools.pairwise(points):
        canvas.line(a, b, (120, 240, 210), 2)


def _cupboard(canvas: Canvas, left: float, accent: RGB) -> None:
    """A cupboard on the wall with bottles on two shelves."""
    fill(canvas, [box(left - 2, 34, left + 46, 84)], times(accent, 0.9))
    fill(
        canvas,
        [box(left + 1, 37, left + 43, 58), box(left + 1, 61, left + 43, 81)],
        mix(accent, WHITE, 0.72),
    )
    for k, y in ((0, 58), (1, 58), (2, 58), (0, 81), (1, 81), (2, 81)):
        rounded(
            canvas,
            left + 4 + k * 13,
            y - 15,
            left + 13 + k * 13,
            y,
            3,
            hsv(canvas.rng.uniform(0, 1), 0.45, 0.95),
        )


def _lab_bench(
    canvas: Canvas, view: View, across: tuple[float, float], away: tuple[float, float], accent: RGB
) -> None:
    floor = view.floor
    shade(canvas, [foot_shadow(view, across, away)], 0.25, 4)
    cuboid(canvas, view, across, (floor - 42, floor), away, (244, 247, 248))
    count = max(2, round((across[1] - across[0]) / 22))
    step = (across[1] - across[0]) / count
    doors = [
        view.front(across[0] + k * step + 2, floor - 36, across[0] + (k + 1) * step - 2, floor - 5, away[0])
        for k in range(count)
    ]
    fill(canvas, doors, mix(accent, WHITE, 0.5))
    cuboid(
        canvas,
        view,
        (across[0] - 2, across[1] + 2),
        (floor - 46, floor - 42),
        (away[0] * 0.98, away[1]),
        times(accent, 0.62),
        times(accent, 0.8),
    )


def _flask(canvas: Canvas, x: float, foot: float, size: float, paint: RGB, cone: bool) -> np.ndarray:
    """A glass flask with coloured liquid."""
    glass = (226, 242, 248)
    fill(canvas, [box(x - size * 0.18, foot - size * 1.8, x + size * 0.18, foot - size * 0.8)], glass)
    rounded(canvas, x - size * 0.28, foot - size * 1.9, x + size * 0.28, foot - size * 1.76, 2, WHITE)
    if cone:
        fill(
            canvas,
            [
                [
                    (x - size * 0.18, foot - size * 1.2),
                    (x + size * 0.18, foot - size * 1.2),
                    (x + size * 0.8, foot),
                    (x - size * 0.8, foot),
                ]
            ],
            glass,
        )
        liquid = np.array(
            [
                (x - size * 0.42, foot - size * 0.68),
                (x + size * 0.42, foot - size * 0.68),
                (x + size * 0.74, foot - 1),
                (x - size * 0.74, foot - 1),
            ]
        )
    else:
        fill(canvas, [disc(x, foot - size * 0.62, size * 0.66)], glass)
        liquid = disc(x, foot - size * 0.52, size * 0.56, size * 0.46)
    fill(canvas, [liquid], paint)
    return liquid
