"""Places with trees: forest, jungle, bamboo, blossom, autumn, park."""

from __future__ import annotations

import numpy as np

from dalle_studio.training.draw.arrays import Floats
from dalle_studio.training.draw.blending import duotone
from dalle_studio.training.draw.canvas import Canvas
from dalle_studio.training.draw.chance import chance, pick
from dalle_studio.training.draw.colours import RGB, WHITE, mix, times
from dalle_studio.training.draw.frame import SIDE, grids
from dalle_studio.training.draw.light import Light
from dalle_studio.training.draw.stamps import bushes, conifers, crowns, fronds, trunks, tufts
from dalle_studio.training.places.place import (
    BRIGHT,
    CLEAR,
    GOLDEN,
    MORNING,
    SOFT,
    Air,
    Lookup,
    across,
    aside,
    grass_foot,
    haze,
    meadow,
    ranges,
    sky,
    weather,
)

GREENS: tuple[tuple[RGB, RGB], ...] = (
    ((34, 84, 44), (132, 186, 78)),
    ((26, 82, 62), (106, 176, 100)),
    ((56, 92, 36), (170, 198, 84)),
)
"""Dark and lit side of leaves."""
BARK: RGB = (92, 68, 54)
LAWN: tuple[RGB, RGB] = ((142, 192, 84), (84, 140, 58))


def tree(
    canvas: Canvas, air: Air, x: float, y: float, height: float, leaves: tuple[RGB, RGB], far: float = 0
) -> None:
    """A broad-leaved tree that stands on `y`; `far` 0 to 1 fades it."""
    rng = canvas.rng
    bark, half = air.far(BARK, far), height * rng.uniform(0.03, 0.045)
    canvas.polygon(
        [
            (x - half, y),
            (x - half * 0.5, y - height * 0.6),
            (x + half * 0.6, y - height * 0.6),
            (x + half, y),
        ],
        bark,
    )
    lit = half * (-0.9 if not air.flip else 0.2)
    canvas.polygon(
        [
            (x + lit, y),
            (x + lit * 0.6, y - height * 0.5),
            (x + lit * 0.6 + half * 0.5, y - height * 0.5),
            (x + lit + half * 0.7, y),
        ],
        times(bark, 1.3),
    )
    dark, light = (air.far(tone, far) for tone in leaves)
    wide = rng.uniform(0.85, 1.15)
    canvas.stamp(
        pick(rng, crowns()), x, y - height * 0.26, height * 0.76, dark, light, wide=wide, flip=air.flip
    )


def shade_under(canvas: Canvas, air: Air, x: float, y: float, wide: float) -> None:
    """The shadow of a tree or a rock, drawn out away from the sun."""
    shift = -air.side * wide * 0.5
    canvas.blob(x + shift, y, wide, wide * 0.16 + 1, times((40, 56, 48), 0.8), air.shadow)


def wood_line(canvas: Canvas, air: Air, y: float, far: float, leaves: tuple[RGB, RGB], size: float) -> None:
    """A closed row of far bushes and trees."""
    rng, x = canvas.rng, -10.0
    dark, light = (air.far(tone, far) for tone in leaves)
    while x < SIDE + 10:
        tall = size * rng.uniform(0.6, 1.25)
        stamps = crowns() if chance(rng, 0.5) else bushes()
        canvas.stamp(pick(rng, stamps), x, y + 3, tall, dark, light, wide=1.3, flip=air.flip)
        x += tall * rng.uniform(0.7, 1.2)


def firs(
    canvas: Canvas, air: Air, y: float, far: float, size: float, leaves: tuple[RGB, RGB], step: float
) -> None:
    """A row of firs."""
    rng, x = canvas.rng, canvas.rng.uniform(-20, 0)
    dark, light = (air.far(tone, far) for tone in leaves)
    while x < SIDE + 20:
        tall = size * rng.uniform(0.65, 1.2)
        canvas.stamp(pick(rng, conifers()), x, y + rng.uniform(-2, 5), tall, dark, light, flip=air.flip)
        x += tall * step * rng.uniform(0.6, 1.4)


def path(canvas: Canvas, top: float, x: float, wide: float, colours: tuple[RGB, RGB], bend: float) -> Floats:
    """A way that winds from the lower edge to `top`. Returns its weight."""
    rows, columns = grids()
    near = np.clip((rows[:, :1] - top) / (SIDE - top), 0, 1)
    middle = x + (128 - x) * near + bend * np.sin(near * 2.6 * np.pi) * (1 - near) * (0.3 + near)
    half = 1.5 + wide * near**1.25
    inside = np.clip(half - np.abs(columns - middle) + 0.5, 0, 1) * (rows >= top)
    canvas.cover(duotone(*colours, np.repeat(near, SIDE, 1)), inside)
    canvas.relief(inside, canvas.floor_noise(top - 8, 22, 22), 0.12)
    return inside


def forest(canvas: Canvas, sprite: Lookup) -> Light:
    """Rows of firs or broad-leaved trees in mist, with light falling in."""
    rng, air = canvas.rng, weather(canvas, (CLEAR, MORNING, GOLDEN, SOFT), (1, 2, 2, 1))
    leaves = pick(rng, GREENS)
    glow = mix(air.sky[-1], (214, 232, 196), 0.5)
    canvas.gradient([mix(air.sky[0], leaves[1], 0.45), glow, glow])
    canvas.blob(air.x, 80, 90, 90, air.sun, 0.55, light=True)
    canvas.land(canvas.ridge(148, 3), mix(leaves[1], glow, 0.6), mix(leaves[1], glow, 0.4), 40)
    fir = chance(rng, 0.6)
    for row in range(3):
        y, far = 150 + 16 * row, 0.78 - 0.27 * row
        if fir:
            firs(canvas, air, y, far, 92 + 22 * row, leaves, 0.3)
        else:
            wood_line(canvas, air, y, far, leaves, 70 + 8 * row)
        haze(canvas, y, 20, glow, 0.45)
    _trunks(canvas, air, leaves)
    meadow(canvas, air, 178, (mix(leaves[1], (150, 170, 80), 0.4), mix(leaves[0], (70, 96, 46), 0.6)))
    for _ in range(5):
        canvas.blob(across(canvas), rng.uniform(190, 240), rng.uniform(16, 40), 4, air.sun, 0.22)
    canvas.rays(air.x, -30, air.sun, 0.2 + air.rays)
    return air.light(lambda: grass_foot(canvas, air, (34, 70, 34), (120, 168, 66), 10))


def _trunks(canvas: Canvas, air: Air, leaves: tuple[RGB, RGB]) -> None:
    """Near trees at both sides whose crowns leave the frame."""
    rng = canvas.rng
    for x in (rng.uniform(-4, 34), SIDE - rng.uniform(-4, 34)):
        half, foot, bark = (
            rng.uniform(9, 15),
            rng.uniform(190, 206),
            times(mix(BARK, leaves[0], 0.3), air.key),
        )
        shade_under(canvas, air, x, foot, 40)
        for part, tone in ((1.0, 0.62), (0.62, 0.9), (0.26, 1.18)):
            middle = x - (1 - part) * half * (0.8 if not air.flip else -0.8)
            wide = half * part
            canvas.polygon(
                [
                    (middle - wide * 1.3, foot),
                    (middle - wide * 0.8, 120),
                    (middle - wide * 0.8, -5),
                    (middle + wide * 0.8, -5),
                    (middle + wide * 0.8, 120),
                    (middle + wide * 1.3, foot),
                ],
                times(bark, tone),
            )
        dark, light = (air.far(tone, 0.0) for tone in leaves)
        for shift, size in ((-34, 84), (30, 78), (0, 104)):
            y = rng.uniform(34, 56)
            canvas.stamp(pick(rng, crowns()), x + shift, y, size, dark, light, flip=air.flip, wide=1.1)


def jungle(canvas: Canvas, sprite: Lookup) -> Light:
    """Palms and broad leaves in green, humid air."""
    rng, air = canvas.rng, weather(canvas, (CLEAR, BRIGHT, GOLDEN), (2, 2, 1))
    glow: RGB = pick(rng, ((196, 232, 176), (168, 224, 196), (226, 232, 168)))
    canvas.gradient([(64, 132, 92), mix(glow, (120, 180, 120), 0.3), glow, (120, 168, 100)])
    canvas.blob(air.x * 0.5 + 64, 90, 80, 80, glow, 0.5)
    deep = Air(
        air.sky, mix(glow, (130, 190, 140), 0.4), air.sun, air.key, air.cloud, 0.3, 0.1, 0.3, air.x, 10
    )
    leaves: tuple[RGB, RGB] = pick(rng, (((12, 62, 44), (86, 172, 76)), ((8, 66, 58), (70, 168, 104))))
    for row in range(3):
        far, y = 0.7 - 0.26 * row, 158 + 15 * row
        wood_line(canvas, deep, y, far, leaves, 44 + 6 * row)
        for _ in range(3 - row):
            palm(canvas, deep, aside(canvas, 110, 0), y + 4, rng.uniform(110, 150), far, leaves)
        haze(canvas, y, 14, deep.haze, 0.3)
    meadow(canvas, deep, 186, ((98, 142, 62), (48, 88, 42)))
    for x in (rng.uniform(-6, 22), SIDE - rng.uniform(-6, 22)):
        palm(canvas, deep, x, 206, rng.uniform(150, 196), 0, leaves)
        canvas.stamp(pick(rng, bushes()), x, 214, 44, *leaves, flip=air.flip)
    _hanging_leaves(canvas, leaves)
    canvas.rays(deep.x, -20, (236, 250, 200), 0.34)
    return deep.light(lambda: _broad_leaves(canvas, leaves))


def _hanging_leaves(canvas: Canvas, leaves: tuple[RGB, RGB]) -> None:
    rng = canvas.rng
    for x in (-8, 40, 216, 262):
        canvas.stamp(
            pick(rng, fronds()),
            x + rng.uniform(-12, 12),
            rng.uniform(120, 140),
            170,
            times(leaves[0], 0.6),
            times(leaves[1], 0.62),
            flip=chance(rng, 0.5),
        )


def _broad_leaves(canvas: Canvas, leaves: tuple[RGB, RGB]) -> None:
    """Big leaves that reach in from the lower corners."""
    rng = canvas.rng
    for x in (rng.uniform(-14, 14), SIDE + rng.uniform(-14, 14)):
        canvas.stamp(
            pick(rng, fronds()), x, 318, 150, times(leaves[0], 0.8), leaves[1], flip=chance(rng, 0.5)
        )
    for _ in range(4):
        canvas.stamp(pick(rng, tufts()), aside(canvas, 90), 260, rng.uniform(20, 32), *leaves, wide=1.5)


def palm(
    canvas: Canvas,
    air: Air,
    x: float,
    y: float,
    height: float,
    far: float = 0,
    leaves: tuple[RGB, RGB] = ((20, 84, 54), (122, 190, 74)),
) -> None:
    """A palm that stands on `y`."""
    number, flip = int(canvas.rng.integers(len(trunks()))), chance(canvas.rng, 0.5)
    bark = (air.far((92, 66, 48), far), air.far((196, 160, 116), far))
    canvas.stamp(trunks()[number], x, y, height, *bark, flip=flip)
    canvas.stamp(fronds()[number], x, y, height, air.far(leaves[0], far), air.far(leaves[1], far), flip=flip)


def bamboo(canvas: Canvas, sprite: Lookup) -> Light:
    """A bamboo grove with a path through it."""
    rng, air = canvas.rng, weather(canvas, (CLEAR, MORNING, GOLDEN), (2, 1, 1))
    glow: RGB = pick(rng, ((226, 244, 190), (206, 240, 206), (244, 240, 190)))
    canvas.gradient([(92, 152, 92), glow, mix(glow, WHITE, 0.3), (150, 186, 110)])
    ground = 182
    for row in range(3):
        _culms(canvas, air, ground + 4 * row, 1 - 0.38 * row, glow, (22, 11, 4)[row])
        haze(canvas, 170, 30, glow, 0.3 * (2 - row))
    meadow(canvas, air, ground, ((150, 172, 90), (84, 112, 56)), 2)
    path(canvas, ground, rng.uniform(110, 146), 66, ((222, 208, 170), (186, 160, 118)), 16)
    _culms(canvas, air, 205, 0, glow, 5)
    for _ in range(12):
        x, y, size = aside(canvas, 100, 20), rng.uniform(14, 52), rng.uniform(34, 56)
        canvas.stamp(
            pick(rng, bushes()), x, y, size, (52, 118, 52), (168, 210, 92), flip=air.flip, opacity=0.92
        )
    canvas.rays(air.x, -40, air.sun, 0.4)
    return air.light(lambda: grass_foot(canvas, air, (44, 88, 40), (138, 178, 76), 7))


def _culms(canvas: Canvas, air: Air, foot: float, far: float, glow: RGB, count: int) -> None:
    """Bamboo canes, round and with knots; the nearest keep to the sides."""
    rng = canvas.rng
    for number in range(count):
        x = across(canvas) if count > 10 else aside(canvas, 34 + 16 * count if count < 6 else 108, 0)
        x = (number + rng.uniform(0.1, 0.9)) * SIDE / count if count > 10 else x
        half, lean = (1 - 0.62 * far) * rng.uniform(5, 7), rng.uniform(-7, 7)
        base = mix(times(mix((84, 150, 62), (140, 172, 76), rng.random()), air.key), glow, far * 0.72)
        for wide, shift, tone in ((1.0, 0.0, 0.62), (0.72, -0.2, 0.95), (0.3, -0.4, 1.28)):
            middle, width = x + shift * half * (-1 if air.flip else 1), half * wide
            canvas.polygon(
                [
                    (middle - width, foot),
                    (middle + lean - width, -4),
                    (middle + lean + width, -4),
                    (middle + width, foot),
                ],
                times(base, tone),
            )
        for y in np.arange(foot - rng.uniform(10, 40), 0, -30 * (1 - 0.4 * far)).tolist():
            middle = x + lean * (foot - y) / (foot + 4)
            canvas.polygon(
                [(middle - half, y), (middle + half, y), (middle + half, y + 1.8), (middle - half, y + 1.8)],
                times(base, 0.5),
            )


def blossom(canvas: Canvas, sprite: Lookup) -> Light:
    """A garden of flowering cherry trees with petals on the lawn."""
    rng, air = canvas.rng, weather(canvas, (CLEAR, BRIGHT, MORNING), (2, 1, 2))
    sky(canvas, air, 150, int(rng.integers(0, 3)))
    pink: tuple[RGB, RGB] = pick(
        rng,
        (
            ((222, 122, 160), (255, 214, 228)),
            ((206, 130, 190), (252, 220, 244)),
            ((226, 148, 158), (255, 232, 232)),
        ),
    )
    ranges(canvas, air, ((120, 172, 120), (140, 186, 120)), (120, 146), 2, 10)
    wood_line(canvas, air, 158, 0.45, pink, 34)
    meadow(canvas, air, 160, LAWN, 3)
    for x, y, size in (
        (aside(canvas, 90, 0), 172, 84),
        (rng.uniform(-8, 26), 190, 150),
        (rng.uniform(230, 264), 188, 150),
    ):
        shade_under(canvas, air, x, y, size * 0.4)
        tree(canvas, air, x, y, size * rng.uniform(0.9, 1.1), pink)
        canvas.stamp(pick(rng, bushes()), x, y - size * 0.42, size * 0.42, *pink, wide=1.15, flip=air.flip)
    if chance(rng, 0.5):
        path(canvas, 160, rng.uniform(100, 156), 54, ((232, 218, 196), (206, 186, 160)), 14)
    petals(canvas, 70, 176, pink[1])
    return air.light(lambda: petals(canvas, 16, 60, mix(pink[0], pink[1], 0.6)))


def petals(canvas: Canvas, count: int, top: float, colour: RGB) -> None:
    """Petals that lie on the ground or fall."""
    rng = canvas.rng
    for x, y, size in rng.uniform((0, top, 0.6), (SIDE, SIDE, 1), (count, 3)).tolist():
        grow = 0.6 + 1.5 * (y - 60) / 196
        canvas.ellipse(x, y, 2.1 * size * grow, 1.2 * size * grow, times(colour, rng.uniform(0.88, 1.02)))


FALL: tuple[tuple[RGB, RGB], ...] = (
    ((160, 58, 24), (250, 158, 54)),
    ((172, 96, 20), (255, 208, 76)),
    ((136, 36, 32), (232, 98, 60)),
)


def autumn(canvas: Canvas, sprite: Lookup) -> Light:
    """Trees in red and gold, with fallen leaves."""
    rng, air = canvas.rng, weather(canvas, (CLEAR, MORNING, GOLDEN, SOFT), (1.5, 1.5, 2, 0.7))
    sky(canvas, air, 150, int(rng.integers(0, 3)))
    ranges(canvas, air, ((196, 140, 90), (206, 160, 104)), (112, 140), 2, 12)
    for row in range(2):
        wood_line(canvas, air, 150 + 9 * row, 0.55 - 0.25 * row, pick(rng, FALL), 36 + 10 * row)
    meadow(canvas, air, 162, ((214, 170, 84), (150, 92, 48)), 3)
    for x, y, size in (
        (aside(canvas, 96, 0), 174, 92),
        (rng.uniform(-8, 24), 192, 156),
        (rng.uniform(232, 264), 190, 150),
    ):
        shade_under(canvas, air, x, y, size * 0.4)
        tree(canvas, air, x, y, size, pick(rng, FALL))
    if chance(rng, 0.5):
        path(canvas, 162, rng.uniform(100, 156), 50, ((226, 198, 152), (178, 138, 96)), 14)
    for _ in range(3):
        petals(canvas, 30, 176, pick(rng, FALL)[1])
    canvas.rays(air.x, 0, air.sun, air.rays)
    return air.light(lambda: _leaf_heap(canvas))


def _leaf_heap(canvas: Canvas) -> None:
    for dark, light in FALL:
        petals(canvas, 5, 215, mix(dark, light, 0.6))
        x = aside(canvas, 80)
        canvas.stamp(pick(canvas.rng, bushes()), x, 270, canvas.rng.uniform(22, 34), dark, light, wide=1.5)


def park(canvas: Canvas, sprite: Lookup) -> Light:
    """A tended lawn with trees, flower beds and a winding way."""
    rng, air = canvas.rng, weather(canvas)
    sky(canvas, air, 140)
    leaves = pick(rng, GREENS)
    canvas.land(canvas.ridge(134, 3), air.far(leaves[0], 0.5), air.far(LAWN[1], 0.3), 14)
    for row in range(2):
        wood_line(canvas, air, 142 + 9 * row, 0.55 - 0.25 * row, leaves, 36 + 8 * row)
    meadow(canvas, air, 152, LAWN, 2)
    path(canvas, 153, rng.uniform(80, 176), 40, ((236, 222, 190), (206, 184, 144)), rng.uniform(-34, 34))
    spots = (
        (aside(canvas, 100, 0), 166, 82),
        (rng.uniform(-8, 26), 184, 130),
        (rng.uniform(230, 262), 178, 116),
    )
    for x, y, size in spots:
        shade_under(canvas, air, x, y, size * 0.4)
        tree(canvas, air, x, y, size, leaves)
    for _ in range(4):
        x, y = aside(canvas, 90), rng.uniform(172, 196)
        canvas.stamp(
            pick(rng, bushes()), x, y, 20, air.far(leaves[0], 0), air.far(leaves[1], 0), flip=air.flip
        )
        _flower_dots(
            canvas, x, y - 9, pick(rng, ((240, 96, 110), (255, 210, 84), (236, 140, 210), (255, 250, 240)))
        )
    return air.light(lambda: grass_foot(canvas, air, (52, 106, 44), (148, 198, 84), 9))


def _flower_dots(canvas: Canvas, x: float, y: float, colour: RGB) -> None:
    for dx, dy in canvas.rng.uniform((-17, -6), (17, 7), (9, 2)).tolist():
        canvas.circle(x + dx, y + dy, 1.9, colour)
