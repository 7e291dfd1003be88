"""Shops and cafés, and the places where people buy things."""

from __future__ import annotations

from collections.abc import Sequence

from dalle_studio.training.draw.canvas import Canvas
from dalle_studio.training.draw.chance import chance, pick
from dalle_studio.training.draw.colours import RGB, WHITE, hsv, mix, times
from dalle_studio.training.draw.frame import SIDE
from dalle_studio.training.draw.light import Light
from dalle_studio.training.places.hours import hour
from dalle_studio.training.places.lighting import frame_softly, lamp_pool, reflect, shade, shine
from dalle_studio.training.places.place import Lookup
from dalle_studio.training.places.rooms import (
    NEAR,
    View,
    boards,
    cuboid,
    foot_shadow,
    joints,
    look,
    palette,
    room,
    tiles,
)
from dalle_studio.training.places.shapes import box, disc, fill, panel, rope_of, rounded
from dalle_studio.training.places.small_sprites import Stamps
from dalle_studio.training.places.windows import outlook

PRODUCE = (
    "slice of watermelon", "orange", "lemon", "banana", "pineapple", "mango", "apple", "pear", "peach",
    "strawberry", "tomato", "avocado", "eggplant", "carrot", "corn", "broccoli", "grapes", "cherries",
    "kiwi fruit",
)  # fmt: skip
GOODS = (
    "cheese",
    "loaf of bread",
    "croissant",
    "honey pot",
    "cookie",
    "donut",
    "pretzel",
    "popcorn",
    "cupcake",
)
CLOTH: tuple[RGB, ...] = (
    (226, 84, 74), (242, 168, 66), (72, 160, 150), (76, 122, 190), (222, 116, 140), (116, 168, 96),
)  # fmt: skip
TOYS = (
    "teddy bear", "robot", "balloon", "soccer ball", "car", "rocket", "kite", "drum", "nesting dolls",
    "steam train", "puzzle piece", "game controller", "ball of yarn", "gift box", "unicorn", "t-rex", "sailboat",
    "basketball",
)  # fmt: skip


def aisle(
    canvas: Canvas, view: View, put: Stamps, names: Sequence[str], back: RGB, board: RGB, light: float = 1
) -> None:
    """Line both sides with shelves of things in perspective, far ones first."""
    wide, floor = view.wide, view.floor
    levels = (floor - 4, floor - 34, floor - 64, floor - 94)
    for side in (-1, 1):
        shape = view.wall(side * wide, floor - 124, floor, 0.4, 1)
        ends = (times(back, 0.78), back) if side < 0 else (back, times(back, 0.78))
        panel(canvas, shape, *ends, sideways=True)
        tops = [view.wall(side * wide, y - 29, y - 21, NEAR, 1) for y in levels]
        fill(canvas, tops, times(back, 0.82))
        for level in levels:
            fill(canvas, [view.wall(side * wide, level, level + 4, NEAR, 1)], board)
        for level in levels:
            _row(canvas, view, put, names, side, level, light)


def _row(
    canvas: Canvas, view: View, put: Stamps, names: Sequence[str], side: int, level: float, light: float
) -> None:
    """Fill one shelf from the back to the front with groups of the same thing."""
    depth, name, left = 0.96, pick(canvas.rng, names), 0
    while depth > 0.38:
        if left == 0:
            name, left = pick(canvas.rng, names), int(canvas.rng.integers(2, 4))
        x, y = view.at(side * (view.wide + 2), level, depth)
        if -20 < x < SIDE + 20 and -4 < y < SIDE + 30:
            put.put(name, x, y, 24 / depth, light * (0.9 + 0.1 * min(1, 1.4 - depth)))
        depth /= 1.135
        left -= 1


def _strip_lights(canvas: Canvas, view: View) -> None:
    """Two rows of bright panels in the ceiling."""
    panels = [
        view.level(view.ceiling, x - 13, x + 13, near, near * 1.22)
        for x in (-42, 42)
        for near in (0.34, 0.47, 0.63, 0.82)
    ]
    fill(canvas, panels, WHITE)
    shine(canvas, [(shape, (110, 110, 104)) for shape in panels], 7)


def grocery(canvas: Canvas, sprite: Lookup) -> Light:
    """An aisle of a supermarket, its shelves full of food, under bright ceiling panels."""
    rng = canvas.rng
    hue = pick(rng, (0.38, 0.02, 0.58, 0.11, 0.47))
    accent = hsv(hue, 0.72, 0.82)
    view = View(rng.uniform(116, 140), rng.uniform(98, 112), 56, -76, rng.uniform(64, 74))
    room(canvas, view, (236, 240, 238), (226, 228, 228), (222, 230, 234), 0)
    _strip_lights(canvas, view)
    put, names = Stamps(canvas, sprite), [pick(rng, PRODUCE + GOODS) for _ in range(9)]
    _fridges(canvas, view, put, names, accent)
    canvas.gradient([(232, 234, 232), (204, 208, 212)], view.base)
    tiles(canvas, view, mix(accent, (236, 238, 238), 0.86), 24)
    cream = pick(rng, ((250, 240, 220), (240, 244, 246), (244, 226, 196)))
    aisle(canvas, view, put, names, cream, pick(rng, (accent, (168, 118, 78), WHITE)))
    reflect(canvas, view.base, 0.12, 4)
    if chance(canvas.rng, 0.6):
        _crates(canvas, view, put, pick(rng, (-1, 1)))
    shade(
        canvas,
        [view.level(view.floor, side * view.wide - 5, side * view.wide + 5, 0.4, 1) for side in (-1, 1)],
        0.3,
        5,
    )
    lights = [disc(view.x, 232, 66, 12)]
    shine(canvas, [(shape, (30, 30, 26)) for shape in lights], 12)
    frame_softly(canvas)
    return Light((1.03, 1.03, 1.02), -0.1, 0.1, shadow=0.34)


def _fridges(canvas: Canvas, view: View, put: Stamps, names: Sequence[str], accent: RGB) -> None:
    """The far wall: a coloured sign board over lit shelves."""
    wide, floor = view.wide, view.floor
    panel(canvas, view.front(-wide, -30, wide, floor), (252, 250, 236), (226, 230, 226))
    for index, level in enumerate((-4, 24, 52)):
        for step in range(7):
            x, y = view.at(-wide + 12 + step * (wide * 2 - 24) / 6, level, 1)
            put.put(names[(index * 2 + step // 2) % len(names)], x, y, 20)
        fill(canvas, [view.front(-wide, level, wide, level + 4)], times(accent, 0.92))
    fill(canvas, [view.front(-wide, -62, wide, -34)], accent)
    rounded(canvas, *view.at(-30, -56, 1), *view.at(30, -40, 1), 8, WHITE)
    for index, name in enumerate(names[:3]):
        put.put(name, *view.at(-18 + 18 * index, -41, 1), 13)


def _crates(canvas: Canvas, view: View, put: Stamps, side: int) -> None:
    """A stand of fruit in wooden crates by one shelf."""
    rng, near = canvas.rng, 0.5
    x0, x1 = sorted((side * (view.wide - 2), side * (view.wide - 24)))
    shade(canvas, [foot_shadow(view, (x0, x1), (near, 0.72))], 0.35, 4)
    top = view.floor - 17
    cuboid(canvas, view, (x0, x1), (top, view.floor), (near, 0.72), (196, 142, 90), (120, 82, 54))
    name = pick(rng, ("apple", "orange", "lemon", "tomato", "peach", "pear"))
    for depth in (0.7, 0.62, 0.55):
        for share in (0.18, 0.5, 0.82):
            put.put(name, *view.at(x0 + (x1 - x0) * share, top + 3, depth), 11 / depth)


def _awning(canvas: Canvas, shape: Sequence[tuple[float, float]], colour: RGB, stripes: int = 7) -> None:
    """A striped awning over four corners: back left, back right, front right, front left."""
    (ax, ay), (bx, by), (cx, cy), (dx, dy) = shape
    for index in range(stripes):
        start, end = index / stripes, (index + 1) / stripes
        paint = colour if index % 2 == 0 else (252, 248, 238)
        low = (dx + (cx - dx) * start, dy + (cy - dy) * start), (dx + (cx - dx) * end, dy + (cy - dy) * end)
        high = (ax + (bx - ax) * start, ay + (by - ay) * start), (ax + (bx - ax) * end, ay + (by - ay) * end)
        fill(canvas, [[*high, low[1], low[0]]], paint)
        middle = ((low[0][0] + low[1][0]) / 2, (low[0][1] + low[1][1]) / 2)
        canvas.ellipse(*middle, abs(low[1][0] - low[0][0]) / 2, 5, times(paint, 0.86))


def market(canvas: Canvas, sprite: Lookup) -> Light:
    """A street market: stalls of fruit under striped awnings on both sides, bunting above."""
    rng, time = canvas.rng, hour(canvas, 0)
    view = View(rng.uniform(112, 144), rng.uniform(104, 116), 56, -92, 64)
    canvas.gradient([time.high, time.low], 0, view.base)
    canvas.clouds(2, 46, mix(WHITE, time.low, 0.3))
    _far_houses(canvas, view)
    canvas.gradient([mix((226, 206, 178), time.low, 0.25), (196, 168, 138)], view.base - 16)
    joints(canvas, View(view.x, view.y, 52), (206, 182, 152), 22)
    put, order = Stamps(canvas, sprite), rng.permutation(6).tolist()
    fruits = [pick(rng, PRODUCE) for _ in range(7)]
    for index, near in enumerate((0.74, 0.52, 0.36)):
        for side in (-1, 1):
            colour = CLOTH[order[(index * 2 + (side > 0)) % 6]]
            _stall(canvas, view, put, side, near, colour, fruits)
    for y in (8, 26):
        points = rope_of(canvas, (-6, y), (262, y - 4), 14, 13)
        for index, (x, top) in enumerate(points):
            fill(canvas, [[(x - 7, top), (x + 7, top), (x, top + 13)]], CLOTH[order[index % 6]])
    shine(canvas, [(disc(view.x, 236, 60, 16), times(time.light, 0.5))], 12)
    frame_softly(canvas)
    return Light(time.tint, -0.4, 0.14, shadow=0.36)


def _far_houses(canvas: Canvas, view: View) -> None:
    """A pale row of houses at the end of the street."""
    x = view.x - 100.0
    while x < view.x + 100:
        wide, high = canvas.rng.uniform(24, 40), canvas.rng.uniform(46, 74)
        wall = hsv(canvas.rng.uniform(0.02, 0.14), 0.26, 0.95)
        top = view.y + 46 - high
        panel(canvas, box(x, top, x + wide, view.y + 50), wall, times(wall, 0.94))
        canvas.polygon([(x - 2, top), (x + wide / 2, top - 14), (x + wide + 2, top)], (206, 130, 104))
        fill(
            canvas,
            [box(x + wide * s, top + 10, x + wide * s + 6, top + 20) for s in (0.2, 0.6)],
            (150, 170, 190),
        )
        x += wide


def _stall(
    canvas: Canvas, view: View, put: Stamps, side: int, near: float, colour: RGB, names: Sequence[str]
) -> None:
    far, floor = near * 1.34, view.floor
    x0, x1 = sorted((side * 44, side * 92))
    shade(canvas, [foot_shadow(view, (x0, x1), (near, far))], 0.32, 4)
    cuboid(canvas, view, (x0, x1), (floor - 26, floor), (near, far), (184, 132, 86), (124, 84, 56))
    names = [pick(canvas.rng, names) for _ in range(2)]
    for row, depth in enumerate((far * 0.97, far * 0.86, near * 1.02)):
        for step in range(4):
            x = x0 + (x1 - x0) * (0.14 + 0.24 * step)
            put.put(names[step // 2], *view.at(x, floor - 22 + row, depth), 13 / depth)
    posts = [view.front(x - 0.8, floor - 72, x + 0.8, floor - 26, near) for x in (x0 + 2, x1 - 2)]
    fill(canvas, posts, (120, 84, 60))
    corners = [
        view.at(x0 - 2, floor - 92, far),
        view.at(x1 + 2, floor - 92, far),
        view.at(x1 + 3, floor - 68, near),
        view.at(x0 - 3, floor - 68, near),
    ]
    _awning(canvas, corners, colour)


def toy_shop(canvas: Canvas, sprite: Lookup) -> Light:
    """A toy shop: shelves of toys on both sides, a big bow window, garlands and balloons."""
    rng = canvas.rng
    hue = rng.uniform(0, 1)
    wall = hsv(hue, 0.24, 0.97)
    view = View(rng.uniform(116, 140), rng.uniform(100, 112), 56, -84, rng.uniform(66, 76))
    room(canvas, view, wall, (250, 236, 214), mix(wall, WHITE, 0.6), 0)
    middle = view.x
    rounded(canvas, middle - 50, view.y - 62, middle + 50, view.y + 30, 48, WHITE)
    rounded(canvas, middle - 45, view.y - 57, middle + 45, view.y + 26, 44, (150, 214, 250))
    canvas.ellipse(middle - 10, view.y - 18, 20, 7, WHITE)
    canvas.ellipse(middle + 20, view.y - 34, 16, 6, WHITE)
    put, names = Stamps(canvas, sprite), [pick(rng, TOYS) for _ in range(9)]
    for index, name in enumerate(names[:3]):
        put.put(name, middle + (index - 1) * 34, view.base - 14, 40)
    canvas.rectangle(middle - 62, view.base - 16, middle + 62, view.base, hsv(hue + 0.5, 0.5, 0.9))
    tiles(canvas, view, hsv(hue + 0.5, 0.15, 0.98), 25)
    reflect(canvas, view.base, 0.14, 4)
    aisle(canvas, view, put, names, mix(wall, WHITE, 0.45), hsv(hue + 0.08, 0.42, 0.9))
    for index in range(5):
        x, y = 30 + index * 49, 26 + 10 * ((index % 2) * 2 - 1)
        colour = hsv(hue + index * 0.21, 0.62, 0.98)
        canvas.line((x, y + 12), (x + 3, y + 34), (150, 140, 140))
        canvas.ellipse(x, y, 13, 16, colour)
        canvas.ellipse(x - 4, y - 6, 4, 5, mix(colour, WHITE, 0.6))
    shine(canvas, [(disc(view.x, 230, 70, 14), (44, 40, 30))], 12)
    frame_softly(canvas)
    return Light((1.03, 1.02, 1.0), -0.1, 0.12, shadow=0.34)


def cafe(canvas: Canvas, sprite: Lookup) -> Light:
    """A café: a counter with cakes, menu boards, hanging lamps, small tables at the sides."""
    rng, time, (wall, floor, first, second) = canvas.rng, hour(canvas, 1), palette(canvas)
    view, side = look(canvas, wide=100), pick(rng, (-1, 1))
    wall = mix(wall, (206, 164, 124), 0.35)
    room(canvas, view, wall, floor, mix(wall, WHITE, 0.5), 0.22)
    boards(canvas, view, floor, 20)
    middle = view.x - side * 54
    fill(canvas, [box(middle - 36, 28, middle + 36, 118)], (74, 54, 46))
    outlook(canvas, middle - 32, 32, middle + 32, 114, time)
    fill(canvas, [box(middle - 1.5, 32, middle + 1.5, 114)], (74, 54, 46))
    _menu(canvas, view.x + side * 44, 40)
    put = Stamps(canvas, sprite)
    _bar(canvas, view, side, put, first)
    for x in (-70, 70):
        _bistro(canvas, view, x, second, put)
    glows = []
    for index in range(4):
        x, y = 36 + index * 62, 22 + 6 * (index % 2)
        canvas.rectangle(x - 0.5, 0, x + 1, y - 6, (60, 50, 48))
        canvas.polygon([(x - 4, y - 8), (x + 4, y - 8), (x + 14, y + 6), (x - 14, y + 6)], times(first, 0.9))
        canvas.ellipse(x, y + 6, 14, 4, (255, 240, 196))
        glows.append((disc(x, y + 14, 28, 26), (104, 76, 36)))
    shine(canvas, glows, 12)
    lamp_pool(canvas, view.x, 232, 80, (60, 42, 20), 0.3)
    frame_softly(canvas)
    return Light((1.04, 0.98, 0.92), side * 0.3, 0.16, shadow=0.38)


def _menu(canvas: Canvas, x: float, y: float) -> None:
    """Two blackboards with chalk lines."""
    for left in (x - 42, x + 2):
        rounded(canvas, left - 3, y - 3, left + 43, y + 47, 3, (150, 104, 68))
        rounded(canvas, left, y, left + 40, y + 44, 2, (52, 58, 58))
        canvas.circle(left + 20, y + 11, 6, (240, 226, 196))
        fill(
            canvas,
            [box(left + 7, y + 22 + k * 7, left + 33 - 5 * (k % 2), y + 25 + k * 7) for k in range(3)],
            (214, 216, 206),
        )


def _bar(canvas: Canvas, view: View, side: int, put: Stamps, colour: RGB) -> None:
    """A counter with a row of cakes and a coffee machine."""
    floor = view.floor
    x0, x1 = sorted((side * 98, -side * 20))
    shade(canvas, [foot_shadow(view, (x0, x1), (0.8, 1))], 0.35, 4)
    cuboid(canvas, view, (x0, x1), (floor - 44, floor), (0.82, 0.96), colour)
    step = (x1 - x0) / 6
    slats = [
        view.front(x0 + step * k + 2, floor - 36, x0 + step * (k + 1) - 2, floor - 4, 0.82) for k in range(6)
    ]
    fill(canvas, slats, times(colour, 1.1))
    cuboid(
        canvas,
        view,
        (x0 - 3, x1 + 3),
        (floor - 48, floor - 44),
        (0.8, 0.98),
        (214, 164, 112),
        (238, 194, 144),
    )
    x, y = view.at(side * 70, floor - 47, 0.9)
    rounded(canvas, x - 17, y - 30, x + 17, y, 4, (196, 202, 208))
    rounded(canvas, x - 12, y - 18, x + 12, y - 4, 2, (88, 92, 100))
    canvas.circle(x, y - 24, 3, (226, 96, 76))
    for dx in (6, 26, 46):
        name = pick(
            canvas.rng, ("cupcake", "slice of cake", "croissant", "donut", "cup of coffee", "cookie", "pie")
        )
        put.put(name, *view.at(side * dx, floor - 46, 0.88), 22)


def _bistro(canvas: Canvas, view: View, x: float, colour: RGB, put: Stamps) -> None:
    """A small round table with a cup on it."""
    foot = view.at(x, view.floor, 0.66)
    top = foot[1] - 48
    shade(canvas, [disc(foot[0], foot[1], 22, 6)], 0.36, 4)
    canvas.rectangle(foot[0] - 2, top, foot[0] + 2, foot[1], (70, 58, 54))
    canvas.ellipse(*foot, 13, 4, (70, 58, 54))
    canvas.ellipse(foot[0], top + 3, 32, 8, times(colour, 0.74))
    canvas.ellipse(foot[0], top, 32, 8, times(colour, 1.06))
    put.put("cup of coffee", foot[0], top + 3, 25)
