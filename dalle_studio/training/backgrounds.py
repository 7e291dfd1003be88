"""Places in nature: a drawing function for each, the phrases captions use, and where the ground is.

A drawing function takes the canvas and a lookup from a thing's name to its sprite in the family the
whole picture is drawn in.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from dalle_studio.training.canvas import SIDE, Canvas, chance, pick
from dalle_studio.training.colours import GROUNDS, RGB, Sprite, hsv, shift_hue

Lookup = Callable[[str], Sprite]

WHITE: RGB = (255, 255, 255)
FLOWERS = ("rose", "tulip", "sunflower", "hibiscus")


@dataclass(frozen=True)
class Background:
    """A place that a picture can be set in."""

    draw: Callable[[Canvas, Lookup], None]
    ground: tuple[int, int]
    """Highest and lowest y, in pixels, where things stand."""
    phrases: tuple[str, ...]
    weight: float = 1.0
    floating: bool = False
    """Whether things hang freely instead of standing."""


def plain(canvas: Canvas, colour: str) -> None:
    """A studio ground in a colour of `GROUNDS`, a little darker below, sometimes lit in the middle."""
    red, green, blue = canvas.near(GROUNDS[colour], 8)
    shade = canvas.rng.uniform(0.78, 1)
    canvas.gradient([(red, green, blue), (red, green, blue), (red * shade, green * shade, blue * shade)])
    if chance(canvas.rng, 0.5):
        canvas.glow(SIDE / 2, SIDE / 2, 110, WHITE, 0.12)


PLAIN_GROUND = (205, 235)


def day_sky(canvas: Canvas, clouds: int = 0, bottom: float = 80) -> None:
    """A blue sky over the whole picture, with some clouds above `bottom`."""
    canvas.gradient([canvas.near((90, 160, 235)), canvas.near((200, 230, 250))])
    canvas.clouds(clouds, bottom)


def sun(canvas: Canvas, x: float, y: float, radius: float, colour: RGB = (255, 240, 170)) -> None:
    """A disc with its glow: sun or moon."""
    canvas.glow(x, y, radius * 2.5, colour, 0.7)
    canvas.circle(x, y, radius, colour)


def _across(canvas: Canvas, margin: float = 0) -> float:
    return canvas.rng.uniform(-margin, SIDE + margin)


def _space(canvas: Canvas, sprite: Lookup) -> None:
    hue, rng = canvas.rng.uniform(0.6, 0.85), canvas.rng
    low = hsv(hue + rng.uniform(-0.1, 0.1), 0.7, rng.uniform(0.15, 0.35))
    canvas.gradient([hsv(hue, 0.8, rng.uniform(0.05, 0.15)), low])
    canvas.mottle(4, 28, hsv(rng.uniform(0.6, 0.95), 0.6, 1))
    canvas.stars(150)
    for _ in range(rng.integers(1, 4)):
        name = pick(rng, ("planet", "planet", "moon", "planet earth", "star"))
        edge = pick(rng, (rng.uniform(0, 60), rng.uniform(196, SIDE)))
        size, turn = rng.uniform(24, 64), rng.uniform(-30, 30)
        canvas.paste(sprite(name), _across(canvas), edge, size, anchor="centre", turn_deg=turn)


def _moon(canvas: Canvas, sprite: Lookup) -> None:
    rng = canvas.rng
    canvas.gradient([(8, 8, 25), (30, 30, 60)])
    canvas.stars(120)
    canvas.paste(
        sprite("planet earth"),
        rng.uniform(30, 220),
        rng.uniform(30, 90),
        rng.uniform(40, 80),
        anchor="centre",
    )
    grey = rng.uniform(140, 190)
    canvas.hills(
        rng.uniform(160, 190), 8, (grey, grey, grey + 5), below=(grey * 0.8, grey * 0.8, grey * 0.82)
    )
    for _ in range(7):
        x, y, wide = _across(canvas), rng.uniform(200, 250), rng.uniform(8, 24)
        canvas.ellipse(x, y, wide, wide * 0.3, (grey - 38, grey - 38, grey - 35))
        canvas.ellipse(x, y + 1.5, wide * 0.9, wide * 0.25, (grey - 22, grey - 22, grey - 18))


def _beach(canvas: Canvas, sprite: Lookup) -> None:
    rng = canvas.rng
    day_sky(canvas, int(rng.integers(0, 4)))
    if chance(rng, 0.5):
        sun(canvas, rng.uniform(20, 236), rng.uniform(20, 60), rng.uniform(12, 22))
    canvas.gradient([canvas.near((30, 130, 190)), canvas.near((95, 205, 215))], rng.uniform(110, 150))
    shore = rng.uniform(176, 200)
    canvas.hills(shore, 6, canvas.near((242, 250, 250), 4))
    canvas.hills(shore + 5, 6, canvas.near((243, 220, 168)), below=(226, 192, 132))
    if chance(rng, 0.6):
        x = pick(rng, (rng.uniform(0, 50), rng.uniform(206, SIDE)))
        canvas.paste(
            sprite("palm tree"), x, rng.uniform(195, 225), rng.uniform(90, 160), flip=chance(rng, 0.5)
        )
    if chance(rng, 0.4):
        canvas.paste(
            sprite("beach umbrella"), rng.uniform(20, 236), rng.uniform(205, 240), rng.uniform(50, 80)
        )


def _resort(canvas: Canvas, sprite: Lookup) -> None:
    rng = canvas.rng
    day_sky(canvas)
    canvas.hills(rng.uniform(110, 130), 6, canvas.near((60, 170, 200)))
    canvas.hills(rng.uniform(160, 175), 5, canvas.near((240, 217, 170)), below=(226, 198, 145))
    for _ in range(rng.integers(2, 5)):
        flip = chance(rng, 0.5)
        canvas.paste(
            sprite("palm tree"), _across(canvas), rng.uniform(162, 185), rng.uniform(80, 140), flip=flip
        )
    name = pick(rng, ("hut", "beach umbrella"))
    canvas.paste(sprite(name), rng.uniform(20, 236), rng.uniform(168, 185), rng.uniform(60, 90))
    x, y, wide, high = rng.uniform(95, 160), rng.uniform(217, 233), rng.uniform(72, 108), rng.uniform(18, 28)
    canvas.ellipse(x, y, wide, high, (250, 250, 250))
    canvas.ellipse(x, y + 1, wide - 6, high - 4, canvas.near((60, 190, 225)))
    canvas.ellipse(x, y - 3, wide - 16, high - 10, (130, 220, 240), 0.4)


def _forest(canvas: Canvas, sprite: Lookup) -> None:
    rng = canvas.rng
    canvas.gradient([canvas.near((150, 200, 190)), canvas.near((205, 228, 185))])
    for row in range(3):
        y = 120 + row * 30
        canvas.hills(y + 10, 6, canvas.near((70 - row * 8, 130 - row * 10, 60 - row * 6)))
        for _ in range(6):
            name = pick(rng, ("pine tree", "pine tree", "tree"))
            size = rng.uniform(50, 110) * (0.7 + 0.2 * row)
            canvas.paste(
                sprite(name), _across(canvas, 10), y + rng.uniform(10, 25), size, shade=0.65 + 0.13 * row
            )
    canvas.hills(195, 4, canvas.near((92, 146, 64)), below=(60, 104, 44))


def _jungle(canvas: Canvas, sprite: Lookup) -> None:
    rng = canvas.rng
    canvas.gradient([canvas.near((70, 135, 90)), canvas.near((30, 80, 50))])
    for y in np.linspace(130, 202, 11).tolist():
        name = pick(rng, ("palm tree", "palm tree", "tree"))
        shade, flip = 0.45 + (y - 130) / 72 * 0.45, chance(rng, 0.5)
        canvas.paste(sprite(name), _across(canvas, 10), y, rng.uniform(80, 150), shade=shade, flip=flip)
    canvas.hills(200, 5, canvas.near((50, 100, 40)), below=(32, 66, 26))


def _desert(canvas: Canvas, sprite: Lookup) -> None:
    rng = canvas.rng
    canvas.gradient([canvas.near((120, 190, 240)), canvas.near((250, 225, 170))])
    sun(canvas, rng.uniform(30, 226), rng.uniform(25, 70), rng.uniform(12, 22))
    canvas.hills(rng.uniform(140, 160), 14, canvas.near((228, 176, 108)))
    canvas.hills(rng.uniform(170, 190), 10, canvas.near((240, 200, 132)), below=(214, 160, 92))
    for _ in range(rng.integers(1, 5)):
        canvas.paste(sprite("cactus"), _across(canvas), rng.uniform(178, 220), rng.uniform(30, 75))


def _snow(canvas: Canvas, sprite: Lookup) -> None:
    rng = canvas.rng
    canvas.gradient([canvas.near((130, 180, 230)), canvas.near((215, 232, 245))])
    canvas.peaks(190, 130, canvas.near((120, 140, 170)), (250, 252, 255))
    canvas.hills(rng.uniform(175, 190), 7, canvas.near((242, 246, 252), 4), below=(212, 224, 240))
    for _ in range(rng.integers(1, 5)):
        canvas.paste(sprite("pine tree"), _across(canvas), rng.uniform(185, 205), rng.uniform(40, 90))
    for _ in range(60):
        canvas.circle(_across(canvas), _across(canvas), rng.uniform(0.6, 2), WHITE)


def _mountains(canvas: Canvas, sprite: Lookup) -> None:
    day_sky(canvas, 3, 60)
    canvas.peaks(180, 120, canvas.near((110, 125, 150)), (245, 248, 252))
    canvas.hills(canvas.rng.uniform(170, 185), 8, canvas.near((116, 172, 84)), below=(84, 138, 60))


def _meadow(canvas: Canvas, sprite: Lookup) -> None:
    rng = canvas.rng
    day_sky(canvas, 3)
    canvas.hills(rng.uniform(130, 150), 10, canvas.near((138, 196, 98)))
    canvas.hills(rng.uniform(165, 180), 8, canvas.near((112, 182, 76)), below=(82, 150, 56))
    for y in np.sort(rng.uniform(190, 250, rng.integers(2, 9))).tolist():
        canvas.paste(sprite(pick(rng, FLOWERS)), _across(canvas), y, rng.uniform(14, 28))


def _farm(canvas: Canvas, sprite: Lookup) -> None:
    rng = canvas.rng
    day_sky(canvas, 2, 70)
    canvas.hills(150, 6, canvas.near((124, 184, 84)))
    canvas.paste(sprite("house"), rng.uniform(30, 226), 165, rng.uniform(60, 90))
    canvas.rectangle(0, 165, SIDE, SIDE, canvas.near((150, 110, 60)))
    crop, y = canvas.near((110, 165, 60)), 170.0
    while y < SIDE:
        canvas.rectangle(0, y, SIDE, y + (y - 130) / 8, crop)
        y += (y - 130) / 4


def _underwater(canvas: Canvas, sprite: Lookup) -> None:
    rng = canvas.rng
    canvas.gradient([canvas.near((90, 200, 230)), canvas.near((10, 70, 140))])
    for _ in range(3):
        x = _across(canvas)
        canvas.polygon([(x, 0), (x + 20, 0), (x + 70, SIDE), (x - 10, SIDE)], (200, 240, 250), 0.15)
    canvas.hills(rng.uniform(215, 228), 5, canvas.near((215, 195, 140)), below=(170, 160, 124))
    for _ in range(rng.integers(2, 6)):
        name, flip = pick(rng, ("fish", "tropical fish", "jellyfish")), chance(rng, 0.5)
        canvas.paste(sprite(name), _across(canvas), rng.uniform(40, 215), rng.uniform(18, 34), flip=flip)
    for _ in range(15):
        canvas.ring(_across(canvas), _across(canvas), rng.uniform(2, 5), (215, 245, 250))


def _ocean(canvas: Canvas, sprite: Lookup) -> None:
    rng = canvas.rng
    day_sky(canvas, 3)
    horizon = rng.uniform(110, 140)
    canvas.gradient([canvas.near((20, 90, 160)), canvas.near((40, 140, 190))], horizon)
    for y in np.sort(rng.uniform(horizon + 5, SIDE, 34)).tolist():
        near = (y - horizon) / (SIDE - horizon)
        canvas.ellipse(_across(canvas), y, rng.uniform(5, 9) + 10 * near, 0.6 + near, (170, 215, 235), 0.75)


def _sunset(canvas: Canvas, sprite: Lookup) -> None:
    rng = canvas.rng
    canvas.gradient([canvas.near((60, 40, 110)), canvas.near((230, 90, 90)), canvas.near((255, 190, 90))])
    sun(canvas, rng.uniform(60, 196), rng.uniform(120, 160), rng.uniform(18, 34))
    canvas.clouds(3, 110, (255, 170, 140), 0.5)
    canvas.hills(rng.uniform(165, 185), 8, canvas.near((56, 38, 64)), below=(30, 20, 40))


def _sea_at_sunset(canvas: Canvas, sprite: Lookup) -> None:
    rng, x = canvas.rng, canvas.rng.uniform(60, 196)
    canvas.gradient(
        [canvas.near((70, 50, 120)), canvas.near((240, 110, 90)), canvas.near((255, 200, 100))], 0, 152
    )
    sun(canvas, x, 150, rng.uniform(24, 36), (255, 235, 160))
    canvas.gradient([canvas.near((225, 118, 92)), canvas.near((50, 40, 100))], 150)
    for y in range(153, 215, 4):
        canvas.ellipse(x + rng.uniform(-6, 6), y, rng.uniform(10, 34), 1.1, (255, 220, 150), 0.7)


def _night(canvas: Canvas, sprite: Lookup) -> None:
    rng, x, y = canvas.rng, canvas.rng.uniform(25, 231), canvas.rng.uniform(25, 70)
    canvas.gradient([(8, 12, 45), (44, 60, 118)])
    canvas.stars(110, 180)
    canvas.glow(x, y, 40, (220, 225, 255), 0.35)
    canvas.paste(sprite("crescent moon"), x, y, rng.uniform(26, 48), anchor="centre")
    canvas.hills(rng.uniform(170, 190), 8, canvas.near((26, 46, 52)), below=(12, 24, 28))


def _cave(canvas: Canvas, sprite: Lookup) -> None:
    rng = canvas.rng
    canvas.fill((42, 40, 40))
    canvas.mottle(8, 12)
    x, y = rng.uniform(90, 166), rng.uniform(100, 140)
    wide, high = rng.uniform(60, 90), rng.uniform(60, 80)
    for step in range(4):
        light = 0.25 + 0.25 * step
        mouth = (42 + 80 * light, 40 + 112 * light, 40 + 122 * light)
        canvas.ellipse(x, y, wide * (1.15 - 0.1 * step), high * (1.15 - 0.1 * step), mouth)
    for _ in range(9):
        tip = _across(canvas)
        canvas.polygon([(tip - 12, 0), (tip + 12, 0), (tip, rng.uniform(30, 90))], canvas.near((58, 50, 47)))
    canvas.hills(207, 3, canvas.near((66, 57, 52)), below=(38, 33, 31))


def _castle(canvas: Canvas, sprite: Lookup) -> None:
    rng = canvas.rng
    day_sky(canvas, 3)
    canvas.paste(sprite("castle"), rng.uniform(60, 196), 190, rng.uniform(120, 160))
    canvas.hills(rng.uniform(175, 188), 5, canvas.near((116, 172, 86)), below=(84, 138, 60))


def _park(canvas: Canvas, sprite: Lookup) -> None:
    rng = canvas.rng
    day_sky(canvas, 2, 60)
    canvas.hills(150, 5, canvas.near((130, 190, 94)), below=(96, 156, 66))
    for y in np.sort(rng.uniform(155, 180, 4)).tolist():
        canvas.paste(sprite("tree"), _across(canvas), y, rng.uniform(70, 110))
    canvas.polygon([(104, SIDE), (156, SIDE), (131, 166), (125, 166)], canvas.near((218, 200, 162)))


def _rain(canvas: Canvas, sprite: Lookup) -> None:
    canvas.gradient([canvas.near((90, 100, 120)), canvas.near((155, 165, 175))])
    canvas.clouds(5, 60, (122, 127, 142))
    canvas.hills(196, 3, canvas.near((88, 106, 98)), below=(62, 78, 74))
    for _ in range(90):
        x, y = _across(canvas), _across(canvas)
        canvas.line((x, y), (x - 3, y + 10), (200, 210, 225))


def _volcano(canvas: Canvas, sprite: Lookup) -> None:
    rng, x = canvas.rng, canvas.rng.uniform(70, 186)
    canvas.gradient([canvas.near((60, 30, 40)), canvas.near((205, 95, 62))])
    canvas.glow(x, 70, 70, (255, 150, 70), 0.5)
    canvas.paste(sprite("volcano"), x, 200, rng.uniform(130, 170))
    canvas.hills(195, 6, canvas.near((62, 47, 46)), below=(36, 28, 28))


def _autumn(canvas: Canvas, sprite: Lookup) -> None:
    rng = canvas.rng
    canvas.gradient([canvas.near((200, 215, 225)), canvas.near((240, 225, 190))])
    canvas.hills(165, 6, canvas.near((194, 136, 66)), below=(160, 100, 44))
    for y in np.sort(rng.uniform(165, 190, 5)).tolist():
        tree = shift_hue(sprite("tree"), pick(rng, (15, 20, 8)))
        canvas.paste(tree, _across(canvas), y, rng.uniform(70, 120))
    for _ in range(14):
        size, turn = rng.uniform(8, 16), rng.uniform(0, 180)
        canvas.paste(sprite("maple leaf"), _across(canvas), rng.uniform(190, 255), size, turn_deg=turn)


NATURE = (
    Background(
        _space,
        (170, 240),
        ("in outer space", "in space", "among the stars", "floating in space", "in the galaxy"),
        4,
        True,
    ),
    Background(_moon, (205, 245), ("on the moon", "on the surface of the moon"), 1.5),
    Background(_beach, (205, 248), ("on a beach", "at the beach", "on a sandy beach", "by the sea"), 3),
    Background(
        _resort,
        (205, 245),
        ("in a tropical resort", "at a tropical resort", "by a swimming pool", "on a tropical island"),
        2,
    ),
    Background(_forest, (205, 248), ("in a forest", "in the woods", "among trees"), 2.5),
    Background(_jungle, (210, 248), ("in a jungle", "in the rainforest")),
    Background(_desert, (200, 245), ("in a desert", "in the desert", "among sand dunes"), 1.5),
    Background(_snow, (205, 246), ("in the snow", "in a snowy landscape", "in winter"), 2),
    Background(_mountains, (200, 246), ("in the mountains", "in front of snowy mountains"), 1.5),
    Background(_meadow, (200, 248), ("in a meadow", "in a field of flowers", "on the grass"), 2),
    Background(_farm, (205, 246), ("on a farm", "in a field")),
    Background(
        _underwater, (190, 246), ("underwater", "under the sea", "at the bottom of the ocean"), 1.5, True
    ),
    Background(_ocean, (175, 225), ("on the ocean", "in the sea", "on the water"), 1.2),
    Background(_sunset, (200, 245), ("at sunset", "under a sunset sky"), 1.5),
    Background(_sea_at_sunset, (195, 240), ("in front of the sea at sunset",), 0.7),
    Background(_night, (205, 245), ("at night", "under a starry night sky", "in the moonlight"), 1.5),
    Background(_cave, (215, 248), ("in a cave",), 0.7),
    Background(_castle, (205, 248), ("in front of a castle",)),
    Background(_park, (200, 248), ("in a park",), 1.2),
    Background(_rain, (210, 246), ("in the rain",)),
    Background(_volcano, (210, 246), ("near a volcano",), 0.7),
    Background(_autumn, (205, 248), ("in autumn", "in an autumn park")),
)
