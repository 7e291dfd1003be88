"""What rooms are made of: a perspective view, floors and walls, boxes, paintings, colours that go together.

Space is measured from the eye: x to the right and y down, in pixels as they appear on the back wall,
and z, the distance, which is 1 at the back wall and smaller towards the viewer.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from dalle_studio.training.draw.arrays import Floats
from dalle_studio.training.draw.canvas import Canvas, Point
from dalle_studio.training.draw.chance import pick
from dalle_studio.training.draw.colours import RGB, WHITE, mix, times
from dalle_studio.training.draw.frame import SIDE
from dalle_studio.training.places.lighting import reflect, shade
from dalle_studio.training.places.shapes import box, fill, panel, rounded

NEAR = 0.24
"""A distance that lies behind the viewer's feet: things this near leave the frame."""


@dataclass(frozen=True)
class View:
    """Where one looks: the vanishing point, and how far floor, ceiling and walls are from it."""

    x: float
    y: float
    floor: float = 58
    ceiling: float = -92
    wide: float = 92
    """Half the width of the back wall."""

    def at(self, x: float, y: float, z: float) -> Point:
        """Where a point of the room appears in the picture."""
        return self.x + x / z, self.y + y / z

    def wall(self, x: float, top: float, bottom: float, near: float, far: float) -> Floats:
        """A piece of a wall that runs away from the viewer at `x`."""
        corners = ((top, near), (top, far), (bottom, far), (bottom, near))
        return np.array([self.at(x, y, z) for y, z in corners])

    def level(self, y: float, left: float, right: float, near: float, far: float) -> Floats:
        """A flat piece of floor, ceiling or table at height `y`."""
        corners = ((left, far), (right, far), (right, near), (left, near))
        return np.array([self.at(x, y, z) for x, z in corners])

    def front(self, left: float, top: float, right: float, bottom: float, z: float = 1) -> Floats:
        """An upright rectangle that faces the viewer."""
        return np.array([*self.at(left, top, z), *self.at(right, bottom, z)])[
            [[0, 1], [2, 1], [2, 3], [0, 3]]
        ]

    @property
    def base(self) -> float:
        """The y at which the back wall meets the floor."""
        return self.y + self.floor


def look(canvas: Canvas, floor: float = 58, ceiling: float = -92, wide: float = 92) -> View:
    """A view into a room, from a slightly different spot each time."""
    rng = canvas.rng
    return View(
        rng.uniform(112, 144), rng.uniform(106, 120), floor, ceiling, wide * float(rng.uniform(0.92, 1.1))
    )


def room(canvas: Canvas, view: View, wall: RGB, floor: RGB, ceiling: RGB, shiny: float = 0.18) -> None:
    """Draw an empty room: ceiling, floor, back wall and two side walls, with soft dark corners."""
    canvas.gradient([times(ceiling, 0.86), times(ceiling, 1.0)], 0, max(2, view.y + view.ceiling + 2))
    canvas.gradient([times(floor, 1.06), times(floor, 0.9)], view.base)
    back = view.front(-view.wide, view.ceiling, view.wide, view.floor)
    panel(canvas, back, times(wall, 1.04), times(wall, 0.97))
    if shiny:
        reflect(canvas, view.base, shiny)
    sides(canvas, view, wall)


def sides(canvas: Canvas, view: View, wall: RGB) -> None:
    """Draw the two side walls, lighter towards the back, and the soft dark of the corners."""
    left = view.wall(-view.wide, view.ceiling, view.floor, 0.5, 1)
    right = view.wall(view.wide, view.ceiling, view.floor, 0.5, 1)
    panel(canvas, left, times(wall, 0.72), times(wall, 0.93), sideways=True)
    panel(canvas, right, times(wall, 0.93), times(wall, 0.72), sideways=True)
    (x0, y0), (x1, y1) = view.at(-view.wide, view.ceiling, 1), view.at(view.wide, view.floor, 1)
    edges = (box(x0 - 2, y0, x0 + 2, y1), box(x1 - 2, y0, x1 + 2, y1), box(x0, y1 - 2, x1, y1 + 4))
    shade(canvas, (*edges, box(x0, y0 - 2, x1, y0 + 2)), 0.22, 6)


def skirting(canvas: Canvas, view: View, colour: RGB, high: float = 5) -> None:
    """Draw the board along the foot of all three walls."""
    top, bottom, wide = view.floor - high, view.floor, view.wide
    fill(canvas, [view.front(-wide, top, wide, bottom)], colour)
    fill(canvas, [view.wall(side * wide, top, bottom, NEAR, 1) for side in (-1, 1)], times(colour, 0.9))


def boards(canvas: Canvas, view: View, colour: RGB, step: float = 17) -> None:
    """Draw floorboards that run away from the viewer."""
    edges = np.arange(-30, 31) * step
    for tones, factor in ((0, 1.05), (1, 0.94)):
        strips = [view.level(view.floor, x, x + step, NEAR, 1) for x in edges[tones::3]]
        fill(canvas, strips, times(colour, factor))


def tiles(canvas: Canvas, view: View, colour: RGB, step: float = 24, rows: int = 9) -> None:
    """Draw every other tile of a chequered floor."""
    depths = 1 / (1 + np.arange(rows + 1) * step / 58)
    found = [
        view.level(view.floor, x * step, (x + 1) * step, depths[row + 1], depths[row])
        for row in range(rows)
        for x in range(-14 + row % 2, 14, 2)
        if abs(x * step) / depths[row] < 300
    ]
    fill(canvas, found, colour)


def joints(canvas: Canvas, view: View, colour: RGB, step: float = 24, rows: int = 8) -> None:
    """Draw the lines between large floor tiles."""
    for x in range(-12, 13):
        canvas.line(view.at(x * step, view.floor, 1), view.at(x * step, view.floor, NEAR), colour)
    for row in range(rows):
        y = view.at(0, view.floor, 1 / (1 + row * step / 58))[1]
        canvas.line((0, y), (SIDE, y), colour)


def cuboid(
    canvas: Canvas,
    view: View,
    across: tuple[float, float],
    down: tuple[float, float],
    away: tuple[float, float],
    colour: RGB,
    top: RGB | None = None,
) -> None:
    """Draw a box by its extent in x, y and z: its front, its visible side and its top."""
    (left, right), (high, low), (near, far) = across, down, away
    if left > 0:
        fill(canvas, [view.wall(left, high, low, near, far)], times(colour, 0.78))
    if right < 0:
        fill(canvas, [view.wall(right, high, low, near, far)], times(colour, 0.78))
    if high > 0:
        fill(canvas, [view.level(high, left, right, near, far)], top or times(colour, 1.14))
    front = view.front(left, high, right, low, near)
    panel(canvas, front, colour, times(colour, 0.88))


def foot_shadow(view: View, across: tuple[float, float], away: tuple[float, float]) -> Floats:
    """The patch of floor under a box, a little larger, to be given to `shade`."""
    return view.level(view.floor, across[0] - 4, across[1] + 4, away[0] * 0.96, away[1])


def painting(
    canvas: Canvas, left: float, top: float, right: float, bottom: float, colours: Sequence[RGB]
) -> None:
    """Hang a framed abstract picture on the back wall."""
    rng = canvas.rng
    shade(canvas, [box(left, top + 3, right + 3, bottom + 4)], 0.28, 3)
    fill(
        canvas,
        [box(left - 3, top - 3, right + 3, bottom + 3)],
        pick(rng, ((70, 52, 42), (214, 176, 106), (245, 243, 238))),
    )
    _abstract(canvas, left, top, right, bottom, [pick(rng, colours) for _ in range(3)])


def _abstract(
    canvas: Canvas, left: float, top: float, right: float, bottom: float, colours: Sequence[RGB]
) -> None:
    """A hill under a sun, a disc and a block, or three pillars, in three colours."""
    wide, high, (first, second, third) = right - left, bottom - top, colours
    panel(canvas, box(left, top, right, bottom), mix(first, WHITE, 0.55), mix(first, WHITE, 0.3))
    kind = int(canvas.rng.integers(3))
    if kind == 0:
        hill = [
            (left, bottom),
            (left, top + high * 0.7),
            (left + wide * 0.4, top + high * 0.45),
            (right, top + high * 0.75),
            (right, bottom),
        ]
        canvas.circle(left + wide * 0.68, top + high * 0.32, min(wide, high) * 0.16, second)
        fill(canvas, [hill], third)
    elif kind == 1:
        canvas.circle(left + wide * 0.42, top + high * 0.45, min(wide, high) * 0.3, second)
        fill(canvas, [box(left + wide * 0.5, top + high * 0.4, left + wide * 0.88, top + high * 0.88)], third)
    else:
        for index, colour in enumerate((first, second, third)):
            x = left + wide * (0.1 + 0.28 * index)
            rounded(
                canvas,
                x,
                top + high * (0.15 + 0.14 * (index % 2)),
                x + wide * 0.22,
                bottom - high * 0.12,
                9,
                colour,
            )


PALETTES: tuple[tuple[RGB, RGB, RGB, RGB], ...] = (
    ((200, 214, 190), (200, 152, 106), (216, 112, 78), (236, 184, 92)),
    ((243, 212, 202), (206, 160, 116), (48, 126, 130), (240, 176, 90)),
    ((245, 230, 204), (150, 100, 68), (56, 84, 142), (240, 128, 108)),
    ((190, 216, 232), (218, 182, 142), (244, 190, 74), (226, 108, 110)),
    ((70, 122, 128), (190, 140, 98), (242, 152, 82), (244, 224, 186)),
    ((218, 208, 238), (194, 150, 116), (132, 98, 186), (246, 196, 96)),
    ((252, 218, 174), (176, 116, 76), (86, 146, 104), (206, 92, 66)),
    ((204, 234, 216), (210, 168, 124), (244, 122, 110), (62, 88, 150)),
    ((116, 76, 108), (160, 108, 80), (242, 152, 170), (244, 196, 106)),
    ((238, 236, 230), (214, 184, 150), (70, 140, 190), (250, 186, 80)),
)
"""Wall, floor and two accents that go together."""


def palette(canvas: Canvas) -> tuple[RGB, RGB, RGB, RGB]:
    """Wall, floor and two accents, each moved a little."""
    wall, floor, first, second = pick(canvas.rng, PALETTES)
    return canvas.near(wall, 8), canvas.near(floor, 8), canvas.near(first, 10), canvas.near(second, 10)
