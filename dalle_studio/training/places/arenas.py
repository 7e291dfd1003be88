"""Places to watch and explore: stage, gym, circus, swimming hall, greenhouse, space station, laboratory."""

from __future__ import annotations

import itertools

import numpy as np

from dalle_studio.training.draw.canvas import SIDE, Canvas, pick
from dalle_studio.training.draw.colours import RGB, hsv
from dalle_studio.training.draw.light import Light
from dalle_studio.training.places.place import Lookup
from dalle_studio.training.places.rooms import (
    NEAR,
    Stamps,
    View,
    boards,
    box,
    cuboid,
    disc,
    fill,
    foot_shadow,
    frame_softly,
    hour,
    joints,
    look,
    mix,
    outlook,
    panel,
    reflect,
    room,
    rounded,
    shade,
    shine,
    span,
    tone,
)

WHITE: RGB = (255, 255, 255)


def stage(canvas: Canvas, sprite: Lookup) -> Light:
    """A stage at a concert: beams of coloured light, curtains, loudspeakers, a shining floor."""
    rng = canvas.rng
    hue = rng.uniform(0.56, 0.98)
    dark = hsv(hue, 0.75, 0.2)
    canvas.gradient([tone(dark, 0.7), hsv(hue + 0.06, 0.7, 0.42)], 0, 190)
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
    return Light((1.0, 0.95, 1.0), 0.0, 0.2, tone(hsv(hue + 0.5, 0.5, 1), 0.4), 0.42)


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
            canvas, box(x0, 0, x1, 206 - fold * 3), tone(colour, 0.62), tone(colour, 1.0 - 0.22 * (fold % 2))
        )


def _speaker(canvas: Canvas, x: float, base: float) -> None:
    shade(canvas, [disc(x, base, 26, 6)], 0.4, 4)
    rounded(canvas, x - 19, base - 66, x + 19, base, 3, (44, 42, 56))
    for y, radius in ((base - 21, 14), (base - 50, 9)):
        canvas.circle(x, y, radius, (86, 82, 104))
        canvas.circle(x, y, radius * 0.72, (30, 28, 40))
        canvas.circle(x, y, radius * 0.28, (110, 106, 130))


def gym(canvas: Canvas, sprite: Lookup) -> Light:
    """A basketball court in a hall: a hoop, high windows, benches, lines on a polished floor."""
    rng, time = canvas.rng, hour(canvas, 0)
    team = pick(rng, ((66, 116, 190), (214, 84, 70), (76, 150, 126), (242, 158, 62)))
    view = View(rng.uniform(118, 138), rng.uniform(100, 110), 58, -92, 112)
    room(canvas, view, (236, 228, 214), (222, 164, 104), (214, 218, 224), 0.3)
    boards(canvas, view, (222, 164, 104), 12)
    reflect(canvas, view.base, 0.24, 5)
    fill(canvas, [view.level(view.floor, -34, 34, 0.5, 0.99)], mix(team, (222, 164, 104), 0.15))
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
    panes = [box(view.x - 104 + k * 43, 24, view.x - 68 + k * 43, 56) for k in range(5)]
    fill(canvas, panes, mix(time.high, time.low, 0.6))
    fill(canvas, [box(view.x - 112, 116, view.x + 112, view.base)], tone(team, 0.86))
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
    shine(canvas, [(beam, tone(time.light, 0.7)) for beam in beams], 5)
    frame_softly(canvas)
    return Light(time.tint, -0.3, 0.14, shadow=0.36)


def _hoop(canvas: Canvas, x: float, team: RGB) -> None:
    """A basketball hoop with its board and net."""
    canvas.rectangle(x - 3, 0, x + 3, 40, (120, 126, 138))
    rounded(canvas, x - 38, 30, x + 38, 82, 4, tone(team, 0.8))
    rounded(canvas, x - 34, 34, x + 34, 78, 2, WHITE)
    fill(canvas, [box(x - 14, 48, x + 14, 76)], (232, 90, 62))
    fill(canvas, [box(x - 11, 51, x + 11, 76)], WHITE)
    for k in range(-3, 4):
        canvas.line((x + k * 5.4, 82), (x + k * 3.2, 108), WHITE, 2)
    for y, half in ((89, 15), (97, 12.5), (105, 10.5)):
        canvas.line((x - half, y), (x + half, y), WHITE)
    canvas.ellipse(x, 81, 19, 5, (240, 96, 50))
    canvas.ellipse(x, 80.5, 14, 2.6, (160, 60, 40))


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
    panel(canvas, box(0, 138, SIDE, 190), tone(first, 0.42), tone(first, 0.55))
    heads: dict[int, list[np.ndarray]] = {k: [] for k in range(4)}
    for row in range(4):
        for k in range(19):
            heads[int(rng.integers(4))].append(disc(k * 15 + (row % 2) * 7, 148 + row * 10, 5))
    for k, paint in enumerate(((250, 204, 150), (226, 130, 110), (150, 110, 160), (120, 150, 190))):
        fill(canvas, heads[k], mix(paint, tone(first, 0.5), 0.35))
    canvas.gradient([(238, 190, 126), (214, 156, 96)], 184)
    ring = tone(first, 1.0)
    canvas.ellipse(128, 218, 172, 40, tone(ring, 0.72))
    canvas.ellipse(128, 208, 172, 40, ring)
    canvas.ellipse(128, 208, 160, 34, tone(second, 0.96))
    canvas.gradient([(240, 196, 134), (222, 166, 106)], 212)
    canvas.ellipse(128, 210, 154, 31, (236, 190, 128))
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
            tone(leaf, rng.uniform(0.92, 1.08)),
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
        canvas, [(view.level(view.floor, a, a + 16, 0.4, 0.62), tone(time.light, 0.8)) for a in (-26, 4)], 4
    )
    shine(canvas, [([(40, -10), (110, -10), (190, 220), (90, 220)], tone(time.light, 0.4))], 12)
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
        fill(canvas, [disc(x, y - 6 / z, 8 / z, 9 / z)], tone(green, 0.82 + 0.14 * (k % 3)))
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
            tone(green, 0.9 + 0.1 * (k % 2)),
        )
    for dx, dy in ((-0.7, 0.1), (0.1, -0.4), (0.8, 0.3)):
        canvas.circle(x + dx * size, y + dy * size, 3.4, (246, 120, 146))


def space_station(canvas: Canvas, sprite: Lookup) -> Light:
    """A corridor of a space station: light panels, a great round window on stars and a planet."""
    rng = canvas.rng
    glow = pick(rng, ((90, 200, 255), (150, 130, 255), (90, 240, 200), (255, 170, 90)))
    hull = canvas.near(pick(rng, ((214, 222, 234), (96, 108, 140), (226, 222, 226))), 6)
    view = View(128 + rng.uniform(-10, 10), rng.uniform(104, 112), 64, -78, 96)
    room(canvas, view, hull, mix(hull, (90, 96, 120), 0.55), hull, 0)
    x, y, radius = view.x, view.y - 6, 62
    canvas.circle(x, y, radius + 9, tone(hull, 0.7))
    canvas.circle(x, y, radius + 5, tone(hull, 1.1))
    _stars(canvas, x, y, radius, sprite)
    fill(
        canvas,
        [
            disc(x + (radius + 7) * np.cos(a), y + (radius + 7) * np.sin(a), 2.4)
            for a in np.linspace(0, 2 * np.pi, 13)[:-1]
        ],
        tone(hull, 0.55),
    )
    joints(canvas, view, mix(hull, (70, 76, 100), 0.6), 32)
    reflect(canvas, view.base, 0.26, 4)
    for z in (0.82, 0.56):
        for side in (-1, 1):
            fill(canvas, [view.wall(side * 96, -78, 64, z * 0.93, z)], tone(hull, 0.72))
            shape = view.wall(side * 96, -36, 26, z * 0.68, z * 0.88)
            fill(canvas, [shape], tone(hull, 0.62))
            fill(
                canvas,
                [view.wall(side * 96, -26 + k * 15, -17 + k * 15, z * 0.72, z * 0.84) for k in range(3)],
                mix(glow, (40, 50, 90), 0.35),
            )
    strips = [view.wall(side * 95, 44, 49, NEAR, 1) for side in (-1, 1)]
    strips += [view.level(view.ceiling, side * 50 - 4, side * 50 + 4, NEAR, 1) for side in (-1, 1)]
    fill(canvas, strips, mix(glow, WHITE, 0.6))
    shine(canvas, [(strip, tone(glow, 0.55)) for strip in strips], 8)
    shine(canvas, [(disc(view.x, 234, 80, 14), tone(glow, 0.22))], 12)
    frame_softly(canvas)
    return Light((0.97, 0.99, 1.05), -0.2, 0.16, tone(glow, 0.3), 0.34)


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
    x = view.x + rng.uniform(-14, 14)
    rounded(canvas, x - 42, 38, x + 42, 92, 5, (56, 66, 88))
    panel(canvas, box(x - 38, 42, x + 38, 88), (34, 58, 92), (44, 84, 116))
    points = [(x - 34 + 4 * k, 66 - 14 * np.sin(k * 0.8 + x)) for k in range(18)]
    for a, b in itertools.pairwise(points):
        canvas.line(a, b, (120, 240, 210), 2)
    for side in (-1, 1):
        left = view.x + side * 74 - 22
        fill(canvas, [box(left - 2, 34, left + 46, 84)], tone(accent, 0.9))
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
                hsv(rng.uniform(0, 1), 0.45, 0.95),
            )
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
                tone(paint, 0.3),
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
        tone(accent, 0.62),
        tone(accent, 0.8),
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
