"""Places that people built: streets, rooms, shops, a garden with its fence, a table."""

from __future__ import annotations

from dalle_studio.training.backgrounds import FLOWERS, NATURE, WHITE, Background, Lookup, day_sky, sun
from dalle_studio.training.canvas import SIDE, Canvas, chance, pick
from dalle_studio.training.colours import RGB, hsv
from dalle_studio.training.concepts import things_in

FOODS = tuple(thing.name for thing in things_in("food"))


def _buildings(canvas: Canvas, night: bool) -> None:
    rng = canvas.rng
    for row in range(2):
        x, haze = -10.0, 1 - row
        while x < SIDE:
            wide, high = rng.uniform(26, 52), rng.uniform(60, 165) - row * 30
            value = rng.uniform(0.12, 0.3) if night else rng.uniform(0.5, 0.8) + 0.12 * haze
            wall = hsv(rng.uniform(0, 1), rng.uniform(0.05, 0.35) * (1 - 0.4 * haze), value)
            canvas.rectangle(x, 206 - high, x + wide, 206, wall)
            _windows(canvas, x, 206 - high, wide, wall, night)
            x += wide + rng.uniform(0, 6)


def _windows(canvas: Canvas, left: float, top: float, wide: float, wall: RGB, night: bool) -> None:
    pane = (wall[0] * 0.68, wall[1] * 0.68, wall[2] * 0.74)
    for y in range(int(top + 6), 198, 12):
        for x in range(int(left + 4), int(left + wide - 6), 10):
            if not night:
                canvas.rectangle(x, y, x + 5, y + 6, pane)
            elif chance(canvas.rng, 0.5):
                canvas.rectangle(x, y, x + 5, y + 6, (255, 220, 120))


def _road(canvas: Canvas, road: RGB, marks: RGB) -> None:
    canvas.rectangle(0, 205, SIDE, SIDE, road)
    for x in range(-10, SIDE, 48):
        canvas.polygon([(x + 2, 229), (x + 24, 229), (x + 22, 233), (x, 233)], marks)


def _city(canvas: Canvas, sprite: Lookup) -> None:
    day_sky(canvas, 2, 60)
    _buildings(canvas, night=False)
    _road(canvas, canvas.near((95, 95, 105)), (235, 235, 220))


def _city_at_night(canvas: Canvas, sprite: Lookup) -> None:
    rng = canvas.rng
    canvas.gradient([(8, 10, 40), (58, 46, 105)])
    canvas.stars(60, 120)
    if chance(rng, 0.5):
        sun(canvas, rng.uniform(20, 236), rng.uniform(20, 60), rng.uniform(10, 20), (245, 240, 210))
    _buildings(canvas, night=True)
    _road(canvas, (40, 40, 55), (190, 180, 120))


def _street(canvas: Canvas, sprite: Lookup) -> None:
    day_sky(canvas, 2, 60)
    x = -5.0
    while x < SIDE:
        wide = canvas.rng.uniform(60, 90)
        houses = ("house", "house with a garden", "school", "bank", "office building", "church")
        canvas.paste(sprite(pick(canvas.rng, houses)), x + wide / 2, 190, wide * 1.15)
        x += wide
    canvas.rectangle(0, 188, SIDE, SIDE, canvas.near((180, 180, 172)))
    canvas.rectangle(0, 208, SIDE, SIDE, canvas.near((90, 90, 98)))
    canvas.rectangle(0, 206, SIDE, 209, (205, 205, 200))


def _wall(canvas: Canvas, colours: tuple[RGB, ...]) -> None:
    red, green, blue = canvas.near(pick(canvas.rng, colours))
    canvas.gradient([(red, green, blue), (red * 0.94, green * 0.94, blue * 0.94)])


def _wooden_floor(canvas: Canvas, top: int, colour: RGB) -> None:
    red, green, blue = canvas.near(colour)
    canvas.gradient([(red, green, blue), (red * 0.86, green * 0.86, blue * 0.86)], top)
    for x in range(-200, SIDE + 200, 42):
        canvas.line((SIDE / 2 + (x - SIDE / 2) * 0.6, top), (x, SIDE), (red * 0.8, green * 0.8, blue * 0.8))


def _window(canvas: Canvas, x: float) -> None:
    canvas.rectangle(x - 4, 26, x + 64, 104, (250, 250, 248))
    canvas.rectangle(x, 30, x + 60, 100, canvas.near((150, 205, 240)))
    canvas.rectangle(x + 28, 30, x + 32, 100, (250, 250, 248))


def _living_room(canvas: Canvas, sprite: Lookup) -> None:
    rng = canvas.rng
    _wall(canvas, ((225, 210, 190), (190, 210, 215), (235, 220, 225), (200, 215, 190)))
    _wooden_floor(canvas, 190, (168, 118, 78))
    canvas.rectangle(0, 186, SIDE, 192, (240, 238, 232))
    if chance(rng, 0.5):
        _window(canvas, rng.uniform(20, 180))
    else:
        canvas.paste(sprite("framed picture"), rng.uniform(40, 216), rng.uniform(60, 90), rng.uniform(45, 70))
    rug = canvas.near(hsv(rng.uniform(0, 1), 0.5, 0.75))
    canvas.ellipse(128, 230, 100, 18, rug)
    canvas.ellipse(128, 230, 86, 14, (rug[0] * 0.9, rug[1] * 0.9, rug[2] * 0.9))
    canvas.paste(sprite("sofa"), rng.uniform(60, 196), rng.uniform(200, 214), rng.uniform(100, 140))
    x = pick(rng, (rng.uniform(10, 40), rng.uniform(216, 246)))
    canvas.paste(sprite("potted plant"), x, rng.uniform(205, 220), rng.uniform(50, 80))


def _bedroom(canvas: Canvas, sprite: Lookup) -> None:
    rng = canvas.rng
    _wall(canvas, ((200, 205, 230), (230, 205, 215), (210, 225, 215)))
    _wooden_floor(canvas, 190, (192, 152, 112))
    canvas.paste(sprite("framed picture"), rng.uniform(40, 216), rng.uniform(60, 90), rng.uniform(40, 60))
    canvas.paste(sprite("bed"), rng.uniform(60, 196), rng.uniform(205, 220), rng.uniform(130, 170))


def _kitchen(canvas: Canvas, sprite: Lookup) -> None:
    rng, doors = canvas.rng, canvas.near(hsv(canvas.rng.uniform(0, 1), 0.35, 0.8))
    canvas.fill(canvas.near((236, 233, 224), 6))
    for y in range(70, 150, 20):
        canvas.line((0, y), (SIDE, y), (212, 220, 220))
    for x in range(0, SIDE, 20):
        canvas.line((x, 64), (x, 150), (212, 220, 220))
    for x in range(0, SIDE, 64):
        canvas.rectangle(x + 2, 0, x + 62, 62, doors)
        canvas.rectangle(x + 50, 30, x + 54, 44, (240, 240, 240))
    canvas.rectangle(0, 150, SIDE, 162, canvas.near((120, 100, 90)))
    canvas.rectangle(0, 162, SIDE, SIDE, (70, 62, 58))
    for x in range(0, SIDE, 64):
        canvas.rectangle(x + 2, 164, x + 62, SIDE, (doors[0] * 0.92, doors[1] * 0.92, doors[2] * 0.92))
    for x in (rng.uniform(15, 65), rng.uniform(95, 155), rng.uniform(185, 240)):
        name = pick(rng, ("teapot", "pear", "loaf of bread", "bowl of ramen", "vase"))
        canvas.paste(sprite(name), x, 153, rng.uniform(26, 40))


def _grocery(canvas: Canvas, sprite: Lookup) -> None:
    rng = canvas.rng
    canvas.fill(canvas.near((225, 228, 230)))
    for y in (56, 112, 168):
        size, x = rng.uniform(22, 34), rng.uniform(-10, 10)
        canvas.rectangle(0, y - 46, SIDE, y, (206, 208, 208))
        while x < SIDE:
            food = sprite(pick(rng, FOODS))
            for _ in range(rng.integers(2, 5)):
                canvas.paste(food, x, y, size * rng.uniform(0.9, 1.1))
                x += size * 0.95
        canvas.rectangle(0, y, SIDE, y + 7, canvas.near((150, 120, 90), 5))
    canvas.rectangle(0, 185, SIDE, SIDE, canvas.near((208, 208, 203)))
    for x in range(-160, SIDE + 100, 40):
        canvas.line((x, SIDE), (SIDE / 2 + (x - SIDE / 2) * 0.6, 185), (184, 184, 182))


def _garden(canvas: Canvas, sprite: Lookup) -> None:
    rng = canvas.rng
    canvas.gradient([canvas.near((90, 160, 235)), canvas.near((200, 230, 250))])
    board = canvas.near((160, 114, 72))
    for x in range(0, SIDE, 16):
        tone = rng.uniform(0.92, 1.05)
        plank = (board[0] * tone, board[1] * tone, board[2] * tone)
        canvas.polygon([(x, 112), (x + 7, 104), (x + 14, 112), (x + 14, 170), (x, 170)], plank)
    canvas.rectangle(0, 168, SIDE, SIDE, canvas.near((112, 172, 78)))
    for _ in range(12):
        name = pick(rng, FLOWERS)
        canvas.paste(sprite(name), rng.uniform(0, SIDE), rng.uniform(168, 200), rng.uniform(24, 42))


def _library(canvas: Canvas, sprite: Lookup) -> None:
    rng = canvas.rng
    canvas.fill(canvas.near((92, 58, 38)))
    for y in range(8, 190, 46):
        x = 2.0
        while x < SIDE:
            wide, high = rng.uniform(6, 13), rng.uniform(28, 40)
            spine = hsv(rng.uniform(0, 1), rng.uniform(0.3, 0.7), rng.uniform(0.4, 0.8))
            canvas.rectangle(x, y + 40 - high, x + wide, y + 40, spine)
            canvas.rectangle(x, y + 46 - high, x + wide, y + 48 - high, (214, 188, 120))
            x += wide + 1
        canvas.rectangle(0, y + 40, SIDE, y + 46, (120, 78, 50))
    _wooden_floor(canvas, 195, (152, 108, 72))


def _stage(canvas: Canvas, sprite: Lookup) -> None:
    rng = canvas.rng
    canvas.fill(canvas.near((25, 15, 40)))
    for x in (rng.uniform(20, 236) for _ in range(3)):
        canvas.polygon([(x, 0), (x + 70, SIDE), (x - 70, SIDE)], hsv(rng.uniform(0, 1), 0.7, 1), 0.25)
    _wooden_floor(canvas, 205, (96, 60, 48))
    canvas.ellipse(SIDE / 2, 232, 90, 16, WHITE, 0.2)


def _table(canvas: Canvas, sprite: Lookup) -> None:
    rng = canvas.rng
    _wall(canvas, ((220, 205, 190), (180, 195, 205), (215, 215, 200)))
    canvas.mottle(3, 8)
    y, (red, green, blue) = rng.uniform(150, 175), canvas.near((170, 116, 70))
    canvas.gradient([(red, green, blue), (red * 0.85, green * 0.85, blue * 0.85)], y)
    for board in range(5):
        height = y + 8 + board * 18
        end = (SIDE, height + rng.uniform(-3, 3))
        canvas.line((0, height), end, (red * 0.82, green * 0.82, blue * 0.8))


TABLE = Background(_table, (195, 235), ("on a table", "on a wooden table"), 1.5)
BUILT = (
    Background(_city, (225, 250), ("in a city", "in the city", "on a city street", "downtown"), 2),
    Background(
        _city_at_night,
        (225, 250),
        ("in a city at night", "in front of a city skyline at night", "on a city street at night"),
        2.5,
    ),
    Background(_street, (222, 250), ("on a street", "in a small town", "in a village")),
    Background(_living_room, (215, 248), ("in a living room", "at home", "in a cozy room"), 1.5),
    Background(_bedroom, (220, 250), ("in a bedroom",)),
    Background(_kitchen, (195, 250), ("in a kitchen",), 1.2),
    Background(
        _grocery, (215, 250), ("in a grocery store", "in a supermarket", "shopping for groceries"), 2.5
    ),
    Background(_garden, (210, 248), ("in a garden",)),
    TABLE,
    Background(_library, (215, 250), ("in a library",)),
    Background(_stage, (220, 248), ("on a stage",), 0.8),
)
BACKGROUNDS = NATURE + BUILT
