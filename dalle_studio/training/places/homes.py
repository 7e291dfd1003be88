"""Rooms of a home, and the table."""

from __future__ import annotations

import cv2

from dalle_studio.training.draw.canvas import Canvas
from dalle_studio.training.draw.chance import chance, pick
from dalle_studio.training.draw.colours import RGB, mix, times
from dalle_studio.training.draw.frame import SIDE
from dalle_studio.training.draw.light import Light
from dalle_studio.training.places.hours import Hour, hour
from dalle_studio.training.places.lighting import dim, frame_softly, lamp_pool, shade, shine
from dalle_studio.training.places.place import Lookup
from dalle_studio.training.places.rooms import (
    View,
    boards,
    cuboid,
    foot_shadow,
    look,
    painting,
    palette,
    room,
    skirting,
    tiles,
)
from dalle_studio.training.places.shapes import box, disc, fill, panel, rounded
from dalle_studio.training.places.small_sprites import Stamps
from dalle_studio.training.places.windows import curtains, outlook, sunbeams, window

CREAM: RGB = (250, 246, 238)
DARK: RGB = (0.88, 0.72, 0.6)
"""What lamplight leaves of the colours of a room."""
LAMP: RGB = (140, 96, 44)


def _empty(canvas: Canvas, time: Hour, wall: RGB, floor: RGB) -> View:
    """A room with floorboards and white skirting, dimmer in the evening."""
    view = look(canvas)
    room(canvas, view, wall, floor, mix(wall, (255, 255, 255), 0.75))
    boards(canvas, view, floor)
    skirting(canvas, view, CREAM)
    if time.dark:
        dim(canvas, DARK)
    return view


def _rug(canvas: Canvas, view: View, colour: RGB, second: RGB) -> None:
    y = SIDE - 24
    for radius, paint in ((104, colour), (92, times(colour, 1.12)), (80, second), (72, times(colour, 1.04))):
        fill(canvas, [disc(view.x, y, radius, radius * 0.2)], paint)


def _floor_lamp(canvas: Canvas, x: float, foot: float, high: float, lit: bool) -> None:
    top = foot - high
    canvas.ellipse(x, foot, 10, 3, (70, 62, 60))
    canvas.rectangle(x - 1, top, x + 2, foot, (92, 82, 76))
    fill(
        canvas,
        [[(x - 9, top - 18), (x + 9, top - 18), (x + 15, top + 4), (x - 15, top + 4)]],
        (255, 236, 190),
    )
    if lit:
        shine(canvas, [(disc(x, top - 6, 46), (110, 74, 32))], 22)
        shine(canvas, [(disc(x, top - 7, 15, 12), (120, 110, 80))], 4)


def _sofa(canvas: Canvas, x: float, foot: float, size: float, colour: RGB, cushion: RGB) -> None:
    """A sofa seen from the front, `size` pixels wide."""
    half, u = size / 2, size / 130
    shade(canvas, [disc(x, foot, half * 1.05, 8 * u)], 0.42, 4)
    for side in (-1, 1):
        leg = x + side * half * 0.86
        canvas.rectangle(leg - 3, foot - 7 * u, leg + 3, foot, (92, 66, 48))
    rounded(canvas, x - half * 0.9, foot - 58 * u, x + half * 0.9, foot - 8 * u, 10 * u, times(colour, 0.86))
    for side in (-1, 1):
        left = x - half * 0.84 if side < 0 else x + 1.5
        rounded(canvas, left, foot - 56 * u, left + half * 0.83, foot - 20 * u, 8 * u, times(colour, 0.98))
        rounded(canvas, left, foot - 32 * u, left + half * 0.83, foot - 15 * u, 6 * u, times(colour, 1.12))
        arm = x + side * half * 0.89
        rounded(canvas, arm - 9 * u, foot - 44 * u, arm + 9 * u, foot - 5 * u, 7 * u, colour)
    for side in (-0.55, 0.55):
        middle = x + side * half
        rounded(canvas, middle - 12 * u, foot - 50 * u, middle + 12 * u, foot - 28 * u, 5 * u, cushion)
    rounded(canvas, x - half * 0.8, foot - 17 * u, x + half * 0.8, foot - 6 * u, 3 * u, times(colour, 0.84))


def _plant(canvas: Canvas, x: float, foot: float, high: float, pot: RGB) -> None:
    """A leafy plant in a pot."""
    shade(canvas, [disc(x, foot, high * 0.22, high * 0.06)], 0.35, 3)
    green = canvas.near((76, 146, 92), 14)
    for lean, reach, factor in (
        (-0.5, 0.7, 0.82),
        (0.5, 0.72, 0.8),
        (-0.28, 0.95, 1.0),
        (0.3, 0.9, 0.94),
        (0.02, 1.0, 1.12),
    ):
        tip, start = (x + lean * high * 0.7, foot - high * reach), (x, foot - high * 0.3)
        side = high * 0.13
        middle = ((tip[0] + start[0]) / 2, (tip[1] + start[1]) / 2)
        leaf = [start, (middle[0] - side, middle[1]), tip, (middle[0] + side, middle[1] + side * 0.4)]
        fill(canvas, [leaf], times(green, factor))
    wide = high * 0.17
    shape = [
        (x - wide, foot - high * 0.34),
        (x + wide, foot - high * 0.34),
        (x + wide * 0.72, foot),
        (x - wide * 0.72, foot),
    ]
    panel(canvas, shape, times(pot, 1.08), times(pot, 0.8), sideways=True)


def living_room(canvas: Canvas, sprite: Lookup) -> Light:
    """A living room: a window and a sofa, a lamp, a plant, a rug."""
    rng, time, (wall, floor, first, second) = canvas.rng, hour(canvas), palette(canvas)
    view, side = _empty(canvas, time, wall, floor), pick(rng, (-1, 1))
    middle = view.x + side * 42
    window(canvas, middle - 34, 34, middle + 34, 108, time, (2, 2))
    curtains(canvas, middle - 34, 34, middle + 34, 108, mix(second, CREAM, 0.5))
    left = view.x - side * 46
    painting(canvas, left - 20, 50, left + 20, 98, (first, second, floor))
    _sofa(canvas, view.x - side * rng.uniform(8, 30), view.base + 20, rng.uniform(128, 150), first, second)
    _rug(canvas, view, mix(second, wall, 0.35), mix(first, CREAM, 0.3))
    _plant(canvas, view.x + side * 100, view.base + 34, rng.uniform(78, 96), CREAM)
    _floor_lamp(canvas, view.x - side * 104, view.base + 22, 104, time.dark or chance(rng, 0.4))
    if time.dark:
        lamp_pool(canvas, view.x - side * 60, 200, 110, (112, 76, 40), 0.7)
    else:
        sunbeams(canvas, view, middle - 34, middle + 34, time, -side * 0.5)
    frame_softly(canvas)
    return Light(time.tint, -0.6 * side if time.dark else 0.5 * side, 0.16, shadow=0.36)


def _bed(canvas: Canvas, view: View, wood: RGB, blanket: RGB, pillow: RGB) -> None:
    floor, half = view.floor, 50
    shade(canvas, [foot_shadow(view, (-half, half), (0.6, 1))], 0.4, 5)
    rounded(canvas, *view.at(-half - 4, floor - 52, 1), *view.at(half + 4, floor, 1), 10, wood)
    rounded(canvas, *view.at(-half + 2, floor - 46, 1), *view.at(half - 2, floor, 1), 7, times(wood, 1.12))
    cuboid(canvas, view, (-half, half), (floor - 26, floor - 4), (0.66, 0.98), times(CREAM, 0.94), CREAM)
    for side in (-1, 1):
        x, y = view.at(side * 23, floor - 23, 0.93)
        rounded(canvas, x - 21, y - 17, x + 21, y + 2, 8, pillow if side > 0 else times(pillow, 0.96))
    cuboid(
        canvas,
        view,
        (-half - 2, half + 2),
        (floor - 28, floor - 7),
        (0.645, 0.86),
        blanket,
        times(blanket, 1.13),
    )
    fill(canvas, [view.level(floor - 28, -half - 2, half + 2, 0.8, 0.86)], mix(blanket, CREAM, 0.65))


def bedroom(canvas: Canvas, sprite: Lookup) -> Light:
    """A bedroom: a made bed under a picture, with a window, a bedside lamp and curtains."""
    rng, time, (wall, floor, first, second) = canvas.rng, hour(canvas, 2), palette(canvas)
    view, side = _empty(canvas, time, wall, floor), pick(rng, (-1, 1))
    middle = view.x + side * 54
    window(canvas, middle - 24, 36, middle + 24, 104, time, (2, 1))
    curtains(canvas, middle - 24, 36, middle + 24, 104, mix(first, CREAM, 0.45))
    for x in (-58, -26) if side > 0 else (26, 58):
        painting(canvas, view.x + x - 11, 58, view.x + x + 11, 88, (first, second, floor))
    _bed(canvas, view, times(floor, 0.72), first, mix(second, CREAM, 0.6))
    x = -side * 74
    cuboid(canvas, view, (x - 12, x + 12), (view.floor - 26, view.floor), (0.84, 0.98), times(floor, 0.86))
    lamp_x, lamp_y = view.at(x, view.floor - 26, 0.9)
    canvas.rectangle(lamp_x - 1, lamp_y - 16, lamp_x + 2, lamp_y, (120, 96, 70))
    fill(
        canvas,
        [
            [
                (lamp_x - 7, lamp_y - 28),
                (lamp_x + 7, lamp_y - 28),
                (lamp_x + 12, lamp_y - 12),
                (lamp_x - 12, lamp_y - 12),
            ]
        ],
        (255, 232, 184),
    )
    lamp_pool(canvas, lamp_x, lamp_y - 20, 62 if time.dark else 30, LAMP)
    if time.dark:
        lamp_pool(canvas, view.x, 190, 100, (84, 52, 34), 0.6)
    else:
        sunbeams(canvas, view, middle - 24, middle + 24, time, -side * 0.6)
    frame_softly(canvas)
    return Light(time.tint, -0.5 * side if time.dark else 0.5 * side, 0.16, shadow=0.36)


def _cupboards(canvas: Canvas, view: View, colour: RGB, window_at: tuple[float, float]) -> None:
    """A row of hanging cupboards on the back wall that leaves the window free."""
    for index in range(-4, 4):
        left, right = index * 26 + 1, index * 26 + 25
        x = view.x + left
        if right + view.x > window_at[0] - 8 and x < window_at[1] + 8:
            continue
        top, bottom = view.y - 84, view.y - 32
        panel(canvas, box(x, top, x + 24, bottom), times(colour, 1.05), times(colour, 0.95))
        fill(canvas, [box(x + 4, top + 4, x + 20, bottom - 4)], times(colour, 1.1))
        canvas.rectangle(x + 18, bottom - 13, x + 20, bottom - 4, (225, 190, 120))
    shade(canvas, [box(view.x - 104, view.y - 32, view.x + 104, view.y - 26)], 0.2, 4)


def _counter(canvas: Canvas, view: View, colour: RGB, top: RGB) -> None:
    """Base cupboards along the back wall, an oven among them, with a worktop."""
    floor, wide = view.floor, view.wide
    cuboid(canvas, view, (-wide, wide), (floor - 44, floor), (0.86, 1), colour)
    for index in range(-4, 4):
        left, right = index * 23 + 1.2, index * 23 + 21.8
        if right > wide or left < -wide:
            continue
        fill(canvas, [view.front(left, floor - 38, right, floor - 3, 0.86)], times(colour, 1.08))
        fill(canvas, [view.front(left + 6, floor - 35, right - 6, floor - 33.6, 0.86)], (232, 200, 136))
    oven = view.front(-22, floor - 38, 22, floor - 3, 0.86)
    fill(canvas, [oven], (70, 72, 80))
    fill(canvas, [view.front(-17, floor - 28, 17, floor - 8, 0.86)], (36, 38, 46))
    shine(canvas, [(view.front(-14, floor - 24, 14, floor - 11, 0.86), (120, 62, 20))], 3)
    cuboid(canvas, view, (-wide, wide), (floor - 48, floor - 44), (0.84, 1), times(top, 0.9), times(top, 1.1))


def kitchen(canvas: Canvas, sprite: Lookup) -> Light:
    """A kitchen: cupboards, tiles, a window over the worktop, hanging lamps and a chequered floor."""
    rng, time, (wall, floor, first, second) = canvas.rng, hour(canvas, 0.6), palette(canvas)
    view = look(canvas, wide=98)
    room(canvas, view, mix(wall, CREAM, 0.5), mix(CREAM, floor, 0.25), CREAM, 0.24)
    tiles(canvas, view, mix(pick(rng, (first, second, wall)), CREAM, 0.55), 23)
    for y in range(int(view.y - 30), int(view.y + 12), 10):
        canvas.rectangle(view.x - view.wide, y, view.x + view.wide, y + 1, mix(wall, CREAM, 0.2))
    if time.dark:
        dim(canvas, DARK)
    middle = view.x + rng.uniform(-30, 30)
    _cupboards(canvas, view, first, (middle - 26, middle + 26))
    window(canvas, middle - 26, 32, middle + 26, 92, time, (2, 1))
    _counter(canvas, view, first, pick(rng, ((238, 232, 224), (196, 146, 98), (96, 84, 84))))
    shelf = Stamps(canvas, sprite)
    for x in (-78, -52, 48, 74):
        name = pick(rng, ("teapot", "vase", "loaf of bread", "potted plant", "lemon", "honey pot", "pie"))
        shelf.put(name, *view.at(x, view.floor - 47, 0.93), rng.uniform(20, 30))
    _hanging(canvas, view, second, 3, time.dark)
    if not time.dark:
        sunbeams(canvas, view, middle - 26, middle + 26, time, rng.uniform(-0.5, 0.5))
    frame_softly(canvas)
    return Light(time.tint, 0.2, 0.12, shadow=0.34)


def _hanging(canvas: Canvas, view: View, colour: RGB, count: int, dark: bool) -> None:
    """A row of lamps that hang from the ceiling in the foreground."""
    glows = []
    for index in range(count):
        x, y = view.x + (index - (count - 1) / 2) * 74, 26 + 4 * (index % 2)
        canvas.rectangle(x - 0.5, 0, x + 1, y - 8, (70, 64, 64))
        fill(canvas, [[(x - 4, y - 11), (x + 4, y - 11), (x + 15, y + 5), (x - 15, y + 5)]], colour)
        canvas.ellipse(x, y + 5, 15, 3.5, (255, 244, 206))
        glows.append((disc(x, y + 12, 26, 22), (96, 70, 30) if dark else (50, 40, 20)))
    shine(canvas, glows, 12)


def bathroom(canvas: Canvas, sprite: Lookup) -> Light:
    """A bathroom: a tub with foam, a round mirror over a basin, tiles and a window."""
    rng, time, (wall, _, first, second) = canvas.rng, hour(canvas, 0.4), palette(canvas)
    aqua = pick(rng, ((150, 214, 218), (176, 208, 232), wall, (206, 226, 214)))
    view, side = look(canvas), pick(rng, (-1, 1))
    room(canvas, view, mix(aqua, CREAM, 0.45), CREAM, CREAM, 0.3)
    tiles(canvas, view, mix(aqua, (90, 120, 140), 0.2), 19)
    for y in range(int(view.y - 10), int(view.base), 14):
        fill(canvas, [box(view.x - view.wide, y, view.x + view.wide, y + 12)], mix(aqua, CREAM, 0.12))
    if time.dark:
        dim(canvas, DARK)
    middle = view.x + side * 46
    window(canvas, middle - 24, 36, middle + 24, 84, time, (2, 2))
    _basin(canvas, view.x - side * 62, view, mix(first, CREAM, 0.1))
    _tub(canvas, middle - side * 8, view.base + 22, second)
    if not time.dark:
        sunbeams(canvas, view, middle - 24, middle + 24, time, -side * 0.6)
    frame_softly(canvas)
    return Light(time.tint, 0.4 * side, 0.12, shadow=0.3)


def _basin(canvas: Canvas, x: float, view: View, cupboard: RGB) -> None:
    canvas.circle(x, view.y - 40, 27, (224, 190, 130))
    canvas.circle(x, view.y - 40, 24, (206, 232, 242))
    canvas.polygon(
        [(x - 16, view.y - 30), (x + 4, view.y - 60), (x + 11, view.y - 58), (x - 9, view.y - 24)],
        (236, 246, 250),
    )
    top = view.base - 48
    panel(canvas, box(x - 27, top + 8, x + 27, view.base + 6), times(cupboard, 1.05), times(cupboard, 0.86))
    fill(canvas, [box(x - 0.8, top + 12, x + 0.8, view.base)], times(cupboard, 0.75))
    rounded(canvas, x - 32, top, x + 32, top + 11, 5, (255, 255, 255))
    canvas.rectangle(x - 2, top - 13, x + 2, top, (190, 196, 204))
    canvas.rectangle(x - 2, top - 13, x + 9, top - 10, (190, 196, 204))


def _tub(canvas: Canvas, x: float, foot: float, feet: RGB) -> None:
    """A free-standing tub with foam."""
    shade(canvas, [disc(x, foot, 68, 9)], 0.4, 4)
    for side in (-44, 44):
        canvas.ellipse(x + side, foot - 2, 6, 6, feet)
    shape = [
        (x - 66, foot - 48),
        (x + 66, foot - 48),
        (x + 56, foot - 14),
        (x + 40, foot - 5),
        (x - 40, foot - 5),
        (x - 56, foot - 14),
    ]
    panel(canvas, shape, (255, 255, 255), (206, 216, 226))
    for dx, radius in ((-48, 10), (-30, 14), (-10, 12), (10, 16), (30, 12), (48, 10)):
        canvas.circle(x + dx, foot - 54, radius, (255, 255, 255))
        canvas.circle(x + dx + 2, foot - 50, radius * 0.8, (232, 244, 250))
    rounded(canvas, x - 72, foot - 53, x + 72, foot - 44, 5, (250, 252, 253))


def table(canvas: Canvas, sprite: Lookup) -> Light:
    """A wooden table close by, with a softly blurred room and a bright window behind it."""
    rng, time, (wall, floor, first, second) = canvas.rng, hour(canvas, 0.7), palette(canvas)
    canvas.gradient([times(wall, 0.98), times(wall, 0.84)])
    edge, side = rng.uniform(150, 170), pick(rng, (-1, 1))
    x = 128 + side * rng.uniform(48, 66)
    fill(canvas, [box(x - 46, 16, x + 46, 118)], CREAM)
    outlook(canvas, x - 40, 22, x + 40, 112, time)
    fill(canvas, [box(x - 2, 22, x + 2, 112)], CREAM)
    far = 128 - side * rng.uniform(56, 78)
    fill(canvas, [box(far - 44, 66, far + 44, 72)], times(floor, 0.8))
    for dx in (-28, -4, 22):
        high = rng.uniform(14, 34)
        rounded(canvas, far + dx - 9, 66 - high, far + dx + 9, 66, 5, pick(rng, (first, second, CREAM)))
    canvas.rectangle(0, edge - 16, SIDE, edge, times(wall, 0.78))
    canvas.pixels = cv2.GaussianBlur(canvas.pixels, (0, 0), 4)
    if time.dark:
        dim(canvas, DARK)
    wood = pick(rng, ((206, 152, 102), (176, 116, 74), (226, 186, 140), (138, 92, 64)))
    _planks(canvas, View(128 + rng.uniform(-20, 20), edge - 60, 60), edge, wood)
    beam = time.light if not time.dark else (90, 60, 30)
    lean = -side * 70
    shine(
        canvas,
        [([(x + lean - 62, 256), (x + lean + 34, 256), (x + 30, edge + 6), (x - 30, edge + 6)], beam)],
        7,
    )
    frame_softly(canvas)
    return Light(time.tint, 0.6 * side, 0.16, shadow=0.42, stretch=0.22)


def _planks(canvas: Canvas, view: View, edge: float, wood: RGB) -> None:
    """The top of a table from its far edge to the viewer."""
    canvas.gradient([times(wood, 1.12), times(wood, 0.92)], edge)
    for tones, factor in ((0, 1.08), (1, 0.95)):
        strips = [view.level(view.floor, x, x + 34, 0.3, 1) for x in range(-408 + 34 * tones, 408, 102)]
        fill(canvas, strips, times(wood, factor))
    canvas.rectangle(0, edge, SIDE, edge + 2, times(wood, 1.25))
