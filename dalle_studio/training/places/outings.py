"""Places for an outing: playground, harbour, bridge, railway station."""

from __future__ import annotations

import itertools

import numpy as np

from dalle_studio.training.draw.canvas import Canvas
from dalle_studio.training.draw.chance import pick
from dalle_studio.training.draw.colours import RGB, WHITE, mix, times
from dalle_studio.training.draw.frame import SIDE
from dalle_studio.training.draw.light import Light
from dalle_studio.training.places.cities import FACADES, far_towers
from dalle_studio.training.places.hours import DUSK, GOLDEN, MORNING, NOON, Hour, hour, open_sky
from dalle_studio.training.places.lighting import dim, frame_softly, reflect, shade, shine
from dalle_studio.training.places.place import Lookup
from dalle_studio.training.places.rooms import View, joints
from dalle_studio.training.places.shapes import box, disc, fill, panel, rounded


def playground(canvas: Canvas, sprite: Lookup) -> Light:
    """A playground: a slide, swings and trees around a soft floor."""
    rng, time = canvas.rng, pick(canvas.rng, (MORNING, NOON, GOLDEN))
    colours = pick(
        rng,
        (
            ((238, 84, 74), (250, 196, 66), (66, 140, 214)),
            ((72, 172, 150), (246, 138, 76), (250, 214, 90)),
            ((132, 96, 190), (250, 176, 70), (84, 180, 210)),
        ),
    )
    open_sky(canvas, time, 170)
    leaf = mix((104, 170, 96), time.low, 0.35)
    for x in np.arange(-6, 280, 34):
        fill(
            canvas,
            [disc(x + rng.uniform(-8, 8), 140, rng.uniform(24, 38))],
            times(leaf, rng.uniform(0.9, 1.06)),
        )
    canvas.gradient([mix((146, 200, 104), time.low, 0.15), (116, 180, 88)], 158)
    canvas.ellipse(128, 236, 172, 52, (226, 172, 118))
    canvas.ellipse(128, 240, 164, 48, (242, 196, 142))
    flip = pick(rng, (-1, 1))
    _slide(canvas, 128 - flip * 62, 196, flip, *colours)
    _swing(canvas, 128 + flip * 74, 190, *colours)
    shine(canvas, [(disc(116, 234, 84, 16), times(time.light, 0.5))], 12)
    frame_softly(canvas)
    return Light(time.tint, -0.5, 0.16, shadow=0.36)


def _slide(canvas: Canvas, x: float, base: float, way: int, post: RGB, chute: RGB, roof: RGB) -> None:
    shade(canvas, [disc(x + way * 14, base, 66, 7)], 0.25, 4)
    for dx in (-24, 16):
        fill(canvas, [box(x + dx, base - 104, x + dx + 6, base)], post)
    fill(canvas, [box(x - 24, base - 68, x + 22, base - 61)], times(post, 0.85))
    fill(canvas, [[(x - 34, base - 104), (x, base - 136), (x + 32, base - 104)]], roof)
    fill(canvas, [[(x, base - 136), (x + 32, base - 104), (x + 6, base - 104)]], times(roof, 0.84))
    fill(canvas, [box(x - 20, base - 88, x + 18, base - 83)], times(post, 1.1))
    start = x + way * 20
    slope = [
        (start, base - 68),
        (start + way * 14, base - 64),
        (start + way * 52, base - 14),
        (start + way * 76, base - 10),
        (start + way * 76, base),
        (start + way * 46, base - 2),
        (start + way * 6, base - 52),
    ]
    fill(canvas, [slope], chute)
    canvas.line((start, base - 70), (start + way * 52, base - 18), times(chute, 0.8), 3)
    for k in range(5):
        y = base - 10 - k * 12
        fill(canvas, [box(x - way * 36 - 9, y, x - way * 36 + 11, y + 4)], times(post, 0.9))


def _swing(canvas: Canvas, x: float, base: float, post: RGB, seat: RGB, bar: RGB) -> None:
    for side in (-1, 1):
        for foot in (-9, 9):
            canvas.line((x + side * 42, base - 104), (x + side * 48 + foot, base), bar, 5)
    fill(canvas, [box(x - 46, base - 107, x + 46, base - 101)], times(bar, 0.9))
    for dx in (-18, 18):
        for rope in (-7, 7):
            canvas.line((x + dx + rope, base - 102), (x + dx + rope, base - 28), (110, 108, 112), 1)
        rounded(canvas, x + dx - 10, base - 30, x + dx + 10, base - 24, 3, post if dx < 0 else seat)


def harbour(canvas: Canvas, sprite: Lookup) -> Light:
    """A harbour: boats on calm water, a lighthouse, coloured houses and a wooden pier."""
    rng, time = canvas.rng, pick(canvas.rng, (MORNING, NOON, GOLDEN, DUSK))
    base, side = rng.uniform(124, 134), pick(rng, (-1, 1))
    open_sky(canvas, time, base)
    canvas.hills(base - 22, 10, mix((110, 150, 170), time.low, 0.5))
    _quay(canvas, base, side, time)
    _lighthouse(canvas, 128 + side * rng.uniform(78, 100), base + 4, rng.uniform(78, 96))
    canvas.gradient([mix((92, 184, 214), time.low, 0.18), mix((36, 120, 172), time.high, 0.12)], base)
    reflect(canvas, base, 0.36, 4)
    for y in (base + 14, base + 30, base + 50):
        fill(
            canvas,
            [disc(rng.uniform(20, 236), y, rng.uniform(22, 44), 1.3) for _ in range(3)],
            mix((200, 230, 240), time.low, 0.4),
        )
    for x, size in ((38, 1.0), (216, 0.84), (150, 0.4)):
        _boat(canvas, x + rng.uniform(-8, 8), base + 8 + 44 * size, size * 40)
    view = View(128, base - 4, 84, wide=150)
    _pier(canvas)
    shine(canvas, [(view.level(84, -60, 60, 0.5, 0.9), times(time.light, 0.4))], 12)
    frame_softly(canvas)
    return Light(time.tint, -side * 0.5, 0.16, shadow=0.36)


def _quay(canvas: Canvas, base: float, side: int, time: Hour) -> None:
    """A row of coloured houses from one edge of the picture on."""
    x = 128 - side * 128
    for k in range(5):
        wall, left = (
            canvas.near(FACADES[(k * 3 + int(canvas.rng.integers(9))) % 10], 8),
            x + side * k * 25 - (25 if side < 0 else 0),
        )
        top = base - canvas.rng.uniform(30, 48)
        fill(canvas, [box(left, top, left + 25, base)], mix(wall, time.low, 0.15))
        fill(canvas, [[(left - 1, top), (left + 12, top - 13), (left + 26, top)]], (196, 104, 84))
        fill(
            canvas,
            [box(left + a, top + b, left + a + 5, top + b + 8) for a in (4, 15) for b in (7, 20)],
            mix((96, 130, 160), time.low, 0.3),
        )


def _pier(canvas: Canvas) -> None:
    """Planks along the lower edge, and two bollards."""
    canvas.gradient([(206, 160, 116), (170, 122, 84)], 214)
    fill(
        canvas,
        [box(0, 212 + k * (11 + k * 2), SIDE, 213.5 + k * (11 + k * 2)) for k in range(1, 4)],
        (146, 102, 72),
    )
    fill(canvas, [box(0, 211, SIDE, 214)], (232, 192, 148))
    for x in (22, 234):
        rounded(canvas, x - 9, 190, x + 9, 222, 5, (128, 88, 64))
        canvas.ellipse(x, 191, 9, 3.4, (206, 166, 126))


def _boat(canvas: Canvas, x: float, y: float, size: float) -> None:
    """A sailing boat on the water with its reflection."""
    sail, hull = (
        pick(canvas.rng, (WHITE, (255, 226, 150), (240, 120, 96))),
        pick(canvas.rng, (*FACADES[4:], (60, 104, 160))),
    )
    fill(canvas, [disc(x, y + size * 0.08, size * 0.8, size * 0.1)], (226, 242, 246))
    fill(
        canvas,
        [
            [
                (x - size * 0.8, y - size * 0.28),
                (x + size * 0.8, y - size * 0.28),
                (x + size * 0.5, y),
                (x - size * 0.5, y),
            ]
        ],
        times(hull, 0.9),
    )
    fill(canvas, [box(x - size * 0.8, y - size * 0.32, x + size * 0.8, y - size * 0.24)], WHITE)
    fill(canvas, [box(x - size * 0.03, y - size * 1.75, x + size * 0.03, y - size * 0.3)], (120, 88, 66))
    for side, top, reach, cloth in ((1, 1.7, 0.72, sail), (-1, 1.5, 0.6, times(sail, 0.86))):
        mast, low = x + side * size * 0.08, y - size * 0.42
        fill(canvas, [[(mast, y - size * top), (mast, low), (x + side * size * reach, low)]], cloth)


def _lighthouse(canvas: Canvas, x: float, base: float, high: float) -> None:
    canvas.ellipse(x, base, 30, 8, (128, 124, 122))
    for k in range(5):
        a, b = 1 - k / 5, 1 - (k + 1) / 5
        paint = (226, 78, 70) if k % 2 == 0 else (252, 248, 240)
        lower, upper = 8 + 6 * a, 8 + 6 * b
        shape = [
            (x - upper, base - high * (1 - b)),
            (x + upper, base - high * (1 - b)),
            (x + lower, base - high * (1 - a)),
            (x - lower, base - high * (1 - a)),
        ]
        panel(canvas, shape, paint, times(paint, 0.78), sideways=True)
    top = base - high
    fill(canvas, [box(x - 12, top - 2, x + 12, top + 2)], (70, 76, 92))
    fill(canvas, [box(x - 6, top - 16, x + 6, top - 2)], (255, 232, 150))
    fill(canvas, [[(x - 9, top - 15), (x, top - 26), (x + 9, top - 15)]], (226, 78, 70))


def bridge(canvas: Canvas, sprite: Lookup) -> Light:
    """The deck of a hanging bridge with its towers and cables; the river and a city at the sides."""
    rng, time = canvas.rng, hour(canvas, 0.7)
    view = View(rng.uniform(118, 138), rng.uniform(122, 134), 30, -100, 44)
    paint = pick(rng, ((222, 92, 66), (66, 140, 170), (238, 196, 120), (196, 206, 214)))
    open_sky(canvas, time, view.y + 12)
    far = mix((120, 140, 180), time.low, 0.5) if not time.dark else (44, 42, 96)
    far_towers(canvas, view.y + 10, 56, far, (255, 210, 130) if time.dark else None)
    canvas.gradient([mix((110, 180, 214), time.low, 0.45), mix((30, 104, 158), time.high, 0.35)], view.y + 8)
    reflect(canvas, view.y + 8, 0.34, 4)
    panel(canvas, view.level(view.floor, -46, 46, 0.16, 1), (182, 176, 176), (150, 144, 148))
    fill(
        canvas,
        [view.level(view.floor, -2, 2, z * 0.86, z) for z in (0.9, 0.66, 0.48, 0.36, 0.27)],
        (246, 238, 220),
    )
    for z in (0.95, 0.42):
        _tower(canvas, view, z, mix(paint, time.low, 0.5 * z))
    for side in (-1, 1):
        _cables(canvas, view, side, paint)
        for y, high in ((-12, 3), (0, 2)):
            fill(
                canvas,
                [view.wall(side * 46, view.floor - 16 + y / 2, view.floor - 16 + y / 2 + high, 0.2, 1)],
                paint,
            )
        posts = [
            view.front(side * 46 - 0.7, view.floor - 20, side * 46 + 0.7, view.floor, z)
            for z in 1 / np.linspace(1, 4, 13)
        ]
        fill(canvas, posts, times(paint, 0.86))
    shine(canvas, [(view.level(view.floor, -20, 40, 0.26, 0.5), times(time.light, 0.5))], 10)
    if time.dark:
        dim(canvas, (0.8, 0.74, 0.94))
    frame_softly(canvas)
    return Light(time.tint, -0.5, 0.16, shadow=0.36)


def _tower(canvas: Canvas, view: View, z: float, colour: RGB) -> None:
    for side in (-1, 1):
        panel(
            canvas, view.front(side * 46 - 4, -70, side * 46 + 4, view.floor, z), colour, times(colour, 0.85)
        )
    for y in (-68, -34):
        fill(canvas, [view.front(-46, y, 46, y + 7, z)], times(colour, 0.92))


def _cables(canvas: Canvas, view: View, side: int, colour: RGB) -> None:
    spots = 1 / np.linspace(1 / 0.95, 1 / 0.42, 11)
    share = np.linspace(-1, 1, 11)
    points = [view.at(side * 46, -18 - 50 * s * s, z) for s, z in zip(share, spots, strict=True)]
    for (x, y), z in zip(points, spots.tolist(), strict=True):
        canvas.line((x, y), view.at(side * 46, view.floor - 20, z), mix(colour, WHITE, 0.3))
    for first, second in itertools.pairwise(points):
        canvas.line(first, second, colour, 3)
    canvas.line(points[-1], view.at(side * 46, -20, 0.2), colour, 4)


def train_station(canvas: Canvas, sprite: Lookup) -> Light:
    """A platform under an arched glass roof, a train along one side, a clock."""
    rng, time, side = canvas.rng, hour(canvas, 0.5), pick(canvas.rng, (-1, 1))
    view = View(128 + side * rng.uniform(4, 14), rng.uniform(112, 122), 52, -96, 84)
    steel = pick(rng, ((92, 132, 140), (150, 104, 84), (104, 114, 152)))
    canvas.gradient([time.high, time.low], 0, view.base)
    far_towers(canvas, view.base, 46, mix((140, 160, 196), time.low, 0.55))
    spots = np.linspace(np.pi, 2 * np.pi, 15)
    for z in (0.98, 0.74, 0.56, 0.42, 0.31):
        arch = [view.at(np.cos(a) * 92, np.sin(a) * 60 - 26, z) for a in spots]
        for first, second in itertools.pairwise(arch):
            canvas.line(first, second, mix(steel, time.low, 0.5 * z), max(2, round(3.2 / z)))
    for a in spots[1:-1:2]:
        start, end = (
            view.at(np.cos(a) * 92, np.sin(a) * 60 - 26, 1),
            view.at(np.cos(a) * 92, np.sin(a) * 60 - 26, 0.25),
        )
        canvas.line(start, end, mix(steel, time.low, 0.3), 2)
    canvas.gradient([(220, 212, 204), (196, 188, 184)], view.base)
    joints(canvas, view, (204, 196, 190), 24)
    reflect(canvas, view.base, 0.16, 4)
    _pillars(canvas, view, -side, steel)
    _train(canvas, view, side, time)
    edge = sorted((side * 36, side * 44))
    fill(canvas, [view.level(view.floor, edge[0], edge[1], 0.2, 1)], (250, 204, 70))
    _clock(canvas, *view.at(-side * 22, -44, 0.6), steel)
    shine(
        canvas,
        [
            (view.level(view.floor, -50, 16, near, far), times(time.light, 0.6))
            for near, far in ((0.38, 0.46), (0.54, 0.7))
        ],
        5,
    )
    frame_softly(canvas)
    return Light(time.tint, -side * 0.4, 0.16, shadow=0.36)


def _clock(canvas: Canvas, x: float, y: float, steel: RGB) -> None:
    """A clock that hangs from the roof."""
    canvas.line((x, 0), (x, y), times(steel, 0.6), 3)
    canvas.circle(x, y, 20, times(steel, 0.7))
    canvas.circle(x, y, 16.5, (255, 252, 244))
    canvas.line((x, y), (x + 8, y + 3), (50, 50, 60), 2)
    canvas.line((x, y), (x - 2, y - 12), (50, 50, 60), 2)


def _pillars(canvas: Canvas, view: View, side: int, steel: RGB) -> None:
    for z in (0.9, 0.66, 0.48, 0.36):
        shape = view.front(side * 82 - 4, -40, side * 82 + 4, view.floor, z)
        panel(canvas, shape, times(steel, 1.15), times(steel, 0.86), sideways=True)


def _train(canvas: Canvas, view: View, side: int, time: Hour) -> None:
    """A train that stands along the platform."""
    body = pick(canvas.rng, ((226, 78, 72), (60, 118, 184), (72, 156, 130), (240, 238, 234)))
    band = (250, 236, 210) if body[2] < 200 else (226, 84, 74)
    x, floor = side * 50, view.floor
    fill(canvas, [view.wall(x, floor + 2, floor + 16, 0.2, 0.98)], (70, 66, 74))
    ends = (times(body, 0.82), times(body, 1.02)) if side < 0 else (times(body, 1.02), times(body, 0.82))
    panel(canvas, view.wall(x, -36, floor + 2, 0.2, 0.98), *ends, sideways=True)
    fill(canvas, [view.wall(x, -44, -35, 0.2, 0.98)], times(band, 0.92))
    fill(canvas, [view.wall(x, 22, 28, 0.2, 0.98)], band)
    depths = 1 / np.arange(1.04, 5, 0.115)
    glass = (255, 226, 150) if time.dark else (116, 164, 196)
    panes = [
        view.wall(x, -22, 8, depths[k + 2], depths[k]) for k in range(0, len(depths) - 3, 3) if k % 12 != 9
    ]
    doors = [view.wall(x, -26, floor, depths[k + 2], depths[k]) for k in range(9, len(depths) - 3, 12)]
    fill(canvas, panes, glass)
    fill(canvas, doors, times(band, 0.82))
