"""A garden with a fence, and a greenhouse."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from dalle_studio.training.draw.canvas import Canvas
from dalle_studio.training.draw.chance import pick
from dalle_studio.training.draw.colours import RGB, WHITE, mix, times
from dalle_studio.training.draw.frame import SIDE
from dalle_studio.training.draw.light import Light
from dalle_studio.training.places.hours import GOLDEN, MORNING, NOON, hour, open_sky
from dalle_studio.training.places.lighting import frame_softly, shine
from dalle_studio.training.places.place import FLOWERS, Lookup
from dalle_studio.training.places.rooms import View, cuboid, joints
from dalle_studio.training.places.shapes import box, disc, fill, panel
from dalle_studio.training.places.small_sprites import Stamps


def greenhouse(canvas: Canvas, sprite: Lookup) -> Light:
    """A glass house: a gabled roof of panes, benches of plants on both sides, a stone path."""
    rng, time = canvas.rng, hour(canvas, 0)
    view = View(rng.uniform(116, 140), rng.uniform(108, 118), 54, -70, 84)
    frame = pick(rng, (WHITE, (92, 132, 118), (236, 226, 206), (110, 120, 130)))
    canvas.gradient([time.high, time.low], 0, view.base)
    leaf = mix((110, 176, 104), time.low, 0.45)
    for x in np.arange(-10, 280, 26):
        fill(
            canvas,
            [disc(x + rng.uniform(-6, 6), view.base - 24, rng.uniform(18, 34))],
            times(leaf, rng.uniform(0.92, 1.08)),
        )
    canvas.gradient([(222, 206, 182), (196, 178, 152)], view.base)
    joints(canvas, view, (206, 188, 162), 22)
    _glass(canvas, view, frame)
    green = (96, 160, 88)
    put, names = (
        Stamps(canvas, sprite),
        [pick(rng, ("tulip", "rose", "sunflower", "potted plant", "hibiscus", "cactus")) for _ in range(4)],
    )
    for z in (0.92, 0.74, 0.58, 0.45):
        for side in (-1, 1):
            _bed(canvas, view, side, z, green, put, names[int(rng.integers(4))])
    for side in (-1, 1):
        _basket(canvas, *view.at(side * 46, -66, 0.6), 17, green)
    shine(
        canvas, [(view.level(view.floor, a, a + 16, 0.4, 0.62), times(time.light, 0.8)) for a in (-26, 4)], 4
    )
    shine(canvas, [([(40, -10), (110, -10), (190, 220), (90, 220)], times(time.light, 0.4))], 12)
    frame_softly(canvas)
    return Light(time.tint, -0.4, 0.14, shadow=0.34)


def _glass(canvas: Canvas, view: View, frame: RGB) -> None:
    """The bars of the glass walls and the gabled roof."""
    for z in (0.99, 0.7, 0.5, 0.37):
        wide = max(2, round(2.4 / z))
        eaves = view.at(-84, -44, z), view.at(84, -44, z)
        top = view.at(0, -104, z)
        for corner, side in zip(eaves, (-1, 1), strict=True):
            canvas.line(corner, top, frame, wide)
            canvas.line(corner, view.at(side * 84, view.floor, z), frame, wide)
    for x, y in ((-84, -44), (84, -44), (0, -104), (-42, -74), (42, -74), (-84, 4), (84, 4)):
        canvas.line(view.at(x, y, 1), view.at(x, y, 0.25), frame, 3)
    for x in (-56, -28, 28, 56):
        canvas.line(view.at(x, view.floor, 1), view.at(x, -104 + abs(x) * 0.714, 1), frame, 2)
    canvas.line(view.at(-84, -44, 1), view.at(84, -44, 1), frame, 2)


def _bed(canvas: Canvas, view: View, side: int, z: float, green: RGB, put: Stamps, name: str) -> None:
    """A piece of a bench with leaves and two flowers."""
    floor, (x0, x1) = view.floor, sorted((side * 44, side * 84))
    cuboid(canvas, view, (x0, x1), (floor - 14, floor), (z, z * 1.24), (186, 132, 90), (110, 78, 58))
    for k in range(4):
        x, y = view.at(x0 + 6 + 9 * k, floor - 15, z * 1.08)
        fill(canvas, [disc(x, y - 6 / z, 8 / z, 9 / z)], times(green, 0.82 + 0.14 * (k % 3)))
    for share in (0.28, 0.72):
        put.put(name, *view.at(x0 + (x1 - x0) * share, floor - 15, z), 26 / z)


def _basket(canvas: Canvas, x: float, y: float, size: float, green: RGB) -> None:
    canvas.line((x, -4), (x, y), (120, 110, 100))
    fill(
        canvas,
        [[(x - size, y), (x + size, y), (x + size * 0.6, y + size), (x - size * 0.6, y + size)]],
        (172, 118, 80),
    )
    for k, dx in enumerate((-0.9, -0.3, 0.35, 0.95)):
        fill(
            canvas,
            [disc(x + dx * size, y + (0.5 if k in (0, 3) else -0.1) * size, size * 0.52, size * 0.74)],
            times(green, 0.9 + 0.1 * (k % 2)),
        )
    for dx, dy in ((-0.7, 0.1), (0.1, -0.4), (0.8, 0.3)):
        canvas.circle(x + dx * size, y + dy * size, 3.4, (246, 120, 146))


def garden(canvas: Canvas, sprite: Lookup) -> Light:
    """A garden: a fence, bushes and beds of flowers on both sides of a lawn with a path."""
    rng, time = canvas.rng, pick(canvas.rng, (MORNING, NOON, GOLDEN))
    open_sky(canvas, time, 172)
    leaf = mix((96, 164, 92), time.low, 0.1)
    for x in np.arange(-10, 270, 30):
        fill(
            canvas,
            [disc(x + rng.uniform(-8, 8), 112, rng.uniform(24, 40))],
            mix(times(leaf, rng.uniform(0.88, 1.05)), time.low, 0.4),
        )
    board = pick(rng, ((250, 246, 236), (196, 146, 98), (170, 206, 214)))
    fill(canvas, [box(0, 124, SIDE, 129), box(0, 150, SIDE, 155)], times(board, 0.86))
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
                canvas.ellipse(x, y, size * 0.5, size * 0.22, times(leaf, 0.86))
                stamps.put(names[(step + row) % 3], x, y, size)
    shine(canvas, [([(70, 170), (150, 170), (130, 256), (10, 256)], times(time.light, 0.6))], 12)
    frame_softly(canvas)
    return Light(time.tint, -0.5, 0.16, shadow=0.34, foreground=lambda: _flower_edge(canvas, stamps, names))


def _flower_edge(canvas: Canvas, stamps: Stamps, names: Sequence[str]) -> None:
    """Flowers in the two lower corners, in front of everything."""
    for index, x in enumerate((4, 34, 224, 254)):
        stamps.put(names[index % 3], x, 264 if index in (0, 3) else 270, 46)
