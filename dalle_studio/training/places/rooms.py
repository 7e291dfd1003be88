"""What places that people built are made of: perspective rooms, soft light, windows, shelves.

Space is measured from the eye: x to the right and y down, in pixels as they appear on the back wall,
and z, the distance, which is 1 at the back wall and smaller towards the viewer.
"""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from dataclasses import dataclass

import cv2
import numpy as np

from dalle_studio.training.draw.arrays import Bytes, Floats
from dalle_studio.training.draw.canvas import SIDE, Canvas, Point, chance, pick
from dalle_studio.training.draw.colours import RGB, Sprite
from dalle_studio.training.places.place import Lookup

Shape = Sequence[Point] | Floats
_ONE = 16
_ROUND = np.linspace(0, 2 * np.pi, 28, endpoint=False)
_CIRCLE = np.stack([np.cos(_ROUND), np.sin(_ROUND)], 1)
NEAR = 0.24
"""A distance that lies behind the viewer's feet: things this near leave the frame."""


def tone(colour: RGB, factor: float) -> RGB:
    """A colour made darker, or lighter with a factor above 1."""
    return min(255, colour[0] * factor), min(255, colour[1] * factor), min(255, colour[2] * factor)


def mix(first: RGB, second: RGB, share: float) -> RGB:
    """A blend of two colours; `share` is that of the second."""
    red, green, blue = (a + (b - a) * share for a, b in zip(first, second, strict=True))
    return red, green, blue


def disc(x: float, y: float, radius_x: float, radius_y: float | None = None) -> Floats:
    """The outline of an ellipse."""
    return _CIRCLE * (radius_x, radius_x if radius_y is None else radius_y) + (x, y)


def span(first: float, second: float) -> tuple[float, float]:
    """Two numbers, the lower one first."""
    return min(first, second), max(first, second)


def box(left: float, top: float, right: float, bottom: float) -> Floats:
    """The outline of an upright rectangle."""
    return np.array([(left, top), (right, top), (right, bottom), (left, bottom)], float)


def _fixed(shapes: Sequence[Shape] | Floats, scale: float = 1) -> list[Floats]:
    return [(np.asarray(shape) * (_ONE * scale)).astype(np.int32) for shape in shapes]


def fill(canvas: Canvas, shapes: Sequence[Shape] | Floats, colour: RGB) -> None:
    """Fill shapes that do not overlap, all in one colour."""
    if len(shapes):
        cv2.fillPoly(canvas.pixels, _fixed(shapes), colour, cv2.LINE_AA, 4)


def rounded(
    canvas: Canvas, left: float, top: float, right: float, bottom: float, radius: float, colour: RGB
) -> None:
    """Fill a rectangle with round corners."""
    radius = max(0.5, min(radius, (right - left) / 2, (bottom - top) / 2))
    across = np.where(_CIRCLE[:, 0] > 0, right - radius, left + radius)
    down = np.where(_CIRCLE[:, 1] > 0, bottom - radius, top + radius)
    fill(canvas, [_CIRCLE * radius + np.stack([across, down], 1)], colour)


def panel(canvas: Canvas, shape: Shape, first: RGB, last: RGB, sideways: bool = False) -> None:
    """Fill a shape with a blend of two colours from its top to its bottom, or from left to right."""
    points = np.asarray(shape, float)
    left, top = np.clip(np.floor(points.min(0)), 0, SIDE).astype(int)
    right, bottom = np.clip(np.ceil(points.max(0)) + 1, 0, SIDE).astype(int)
    if right <= left or bottom <= top:
        return
    low, high = (points.min(0)[0], points.max(0)[0]) if sideways else (points.min(0)[1], points.max(0)[1])
    along = np.arange(left, right) if sideways else np.arange(top, bottom)
    share = np.clip((along - low) / max(1, high - low), 0, 1)[:, None]
    ramp = (np.array(first) * (1 - share) + np.array(last) * share).astype(np.float32)
    ramp = ramp[None] if sideways else ramp[:, None]
    if _upright(points):
        canvas.pixels[top : bottom - 1, left : right - 1] = ramp[:-1] if not sideways else ramp[:, :-1]
        return
    mask = np.zeros((bottom - top, right - left), np.uint8)
    cv2.fillPoly(mask, _fixed([points - (left, top)]), 255, cv2.LINE_AA, 4)
    part = canvas.pixels[top:bottom, left:right]
    weight = mask[..., None].astype(np.float32) / 255
    canvas.pixels[top:bottom, left:right] = (part + (ramp - part) * weight + 0.5).astype(np.uint8)


def _upright(points: Floats) -> bool:
    """Whether a shape is a rectangle as `box` and `View.front` give it."""
    (x0, y0), (x1, y1), (x2, y2), (x3, y3) = (
        points[:4].tolist() if len(points) == 4 else ((0, 0), (0, 1), (0, 0), (0, 0))
    )
    return y0 == y1 and x1 == x2 and y2 == y3 and x3 == x0


def _soft(shapes: Sequence[tuple[Shape, RGB]], base: int, blur: float) -> Bytes:
    """Shapes on an even ground, blurred; drawn small because nothing sharp remains."""
    side = 32 if blur > 14 else 64 if blur > 3.5 else 128
    layer = np.full((side, side, 3), base, np.uint8)
    for shape, colour in shapes:
        cv2.fillPoly(layer, _fixed([shape], side / SIDE), colour, cv2.LINE_AA, 4)
    layer = cv2.GaussianBlur(layer, (0, 0), blur * side / SIDE, borderType=cv2.BORDER_REPLICATE)
    return cv2.resize(layer, (SIDE, SIDE), interpolation=cv2.INTER_LINEAR)


def shine(canvas: Canvas, lights: Sequence[tuple[Shape, RGB]], blur: float = 6) -> None:
    """Add soft light in shapes; its colours say how strong it is."""
    light = _soft(lights, 0, blur)
    dark = cv2.multiply(np.invert(canvas.pixels), np.invert(light), scale=1 / 255)
    canvas.pixels = np.invert(dark)


def shade(canvas: Canvas, shapes: Sequence[Shape], depth: float = 0.3, blur: float = 5) -> None:
    """Darken softly in shapes: shadows and corners."""
    grey = 255 * (1 - depth)
    shadow = _soft([(shape, (grey, grey, min(255, grey + 8))) for shape in shapes], 255, blur)
    canvas.pixels = cv2.multiply(canvas.pixels, shadow, scale=1 / 255)


def dim(canvas: Canvas, tint: RGB) -> None:
    """Multiply the whole picture by a factor for each channel."""
    steps = np.arange(256)[:, None] * np.array(tint)
    table = np.clip(steps, 0, 255).astype(np.uint8)[None]
    canvas.pixels = cv2.LUT(canvas.pixels, table)


def _vignette() -> Bytes:
    rows, columns = np.mgrid[-1 : 1 : SIDE * 1j, -1 : 1 : SIDE * 1j]
    fall = 1 - 0.16 * np.clip((rows**2 + columns**2 - 0.5) / 1.5, 0, 1)
    return np.repeat((fall * 255).astype(np.uint8)[..., None], 3, -1)


_VIGNETTE = _vignette()


def frame_softly(canvas: Canvas) -> None:
    """Darken the corners a little, which leads the eye to the middle."""
    canvas.pixels = cv2.multiply(canvas.pixels, _VIGNETTE, scale=1 / 255)


def reflect(canvas: Canvas, y: float, strength: float, blur: float = 3) -> None:
    """Mirror what is above `y` softly in a smooth floor or wet road below it."""
    row = int(y)
    high = min(row, SIDE - row)
    part = canvas.pixels[row - high : row][::-1]
    small = cv2.resize(part, (64, max(2, high // 4)), interpolation=cv2.INTER_AREA)
    small = cv2.GaussianBlur(small, (0, 0), sigmaX=blur / 3, sigmaY=blur)
    mirrored = cv2.resize(small, (SIDE, high), interpolation=cv2.INTER_LINEAR)
    share = (strength * np.linspace(1, 0.35, high, dtype=np.float32))[:, None, None]
    below = canvas.pixels[row : row + high]
    canvas.pixels[row : row + high] = (below + (mirrored - below.astype(np.float32)) * share).astype(np.uint8)


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
    canvas.gradient([tone(ceiling, 0.86), tone(ceiling, 1.0)], 0, max(2, view.y + view.ceiling + 2))
    canvas.gradient([tone(floor, 1.06), tone(floor, 0.9)], view.base)
    back = view.front(-view.wide, view.ceiling, view.wide, view.floor)
    panel(canvas, back, tone(wall, 1.04), tone(wall, 0.97))
    if shiny:
        reflect(canvas, view.base, shiny)
    sides(canvas, view, wall)


def sides(canvas: Canvas, view: View, wall: RGB) -> None:
    """Draw the two side walls, lighter towards the back, and the soft dark of the corners."""
    left = view.wall(-view.wide, view.ceiling, view.floor, 0.5, 1)
    right = view.wall(view.wide, view.ceiling, view.floor, 0.5, 1)
    panel(canvas, left, tone(wall, 0.72), tone(wall, 0.93), sideways=True)
    panel(canvas, right, tone(wall, 0.93), tone(wall, 0.72), sideways=True)
    (x0, y0), (x1, y1) = view.at(-view.wide, view.ceiling, 1), view.at(view.wide, view.floor, 1)
    edges = (box(x0 - 2, y0, x0 + 2, y1), box(x1 - 2, y0, x1 + 2, y1), box(x0, y1 - 2, x1, y1 + 4))
    shade(canvas, (*edges, box(x0, y0 - 2, x1, y0 + 2)), 0.22, 6)


def skirting(canvas: Canvas, view: View, colour: RGB, high: float = 5) -> None:
    """Draw the board along the foot of all three walls."""
    top, bottom, wide = view.floor - high, view.floor, view.wide
    fill(canvas, [view.front(-wide, top, wide, bottom)], colour)
    fill(canvas, [view.wall(side * wide, top, bottom, NEAR, 1) for side in (-1, 1)], tone(colour, 0.9))


def boards(canvas: Canvas, view: View, colour: RGB, step: float = 17) -> None:
    """Draw floorboards that run away from the viewer."""
    edges = np.arange(-30, 31) * step
    for tones, factor in ((0, 1.05), (1, 0.94)):
        strips = [view.level(view.floor, x, x + step, NEAR, 1) for x in edges[tones::3]]
        fill(canvas, strips, tone(colour, factor))


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
        fill(canvas, [view.wall(left, high, low, near, far)], tone(colour, 0.78))
    if right < 0:
        fill(canvas, [view.wall(right, high, low, near, far)], tone(colour, 0.78))
    if high > 0:
        fill(canvas, [view.level(high, left, right, near, far)], top or tone(colour, 1.14))
    front = view.front(left, high, right, low, near)
    panel(canvas, front, colour, tone(colour, 0.88))


def foot_shadow(view: View, across: tuple[float, float], away: tuple[float, float]) -> Floats:
    """The patch of floor under a box, a little larger, to be given to `shade`."""
    return view.level(view.floor, across[0] - 4, across[1] + 4, away[0] * 0.96, away[1])


@dataclass(frozen=True)
class Hour:
    """A time of day as seen from a room."""

    high: RGB
    """The sky above."""
    low: RGB
    """The sky at the horizon."""
    light: RGB
    """What falls through windows on the floor; its brightness says how strongly."""
    tint: RGB
    """Factor on what stands in the room."""
    dark: bool = False


MORNING = Hour((112, 184, 245), (222, 241, 252), (96, 86, 62), (1.03, 1.02, 1.0))
NOON = Hour((84, 164, 240), (196, 230, 250), (84, 80, 66), (1.02, 1.02, 1.02))
GOLDEN = Hour((247, 178, 122), (255, 232, 186), (128, 84, 34), (1.06, 0.99, 0.9))
DUSK = Hour((104, 92, 176), (252, 174, 150), (90, 46, 40), (1.0, 0.91, 0.93))
EVENING = Hour((16, 24, 66), (58, 70, 132), (14, 18, 38), (0.9, 0.84, 0.86), True)
HOURS = (MORNING, NOON, GOLDEN, DUSK, EVENING)


def hour(canvas: Canvas, dark: float = 1.0) -> Hour:
    """A time of day, evening in proportion to `dark`."""
    return pick(canvas.rng, HOURS, (1.4, 1.2, 1.3, 0.7, 0.9 * dark))


def outlook(canvas: Canvas, left: float, top: float, right: float, bottom: float, time: Hour) -> None:
    """Draw what is seen through a pane: sky, and soft hills, trees or roofs."""
    panel(canvas, box(left, top, right, bottom), time.high, time.low)
    view = canvas.pixels[max(0, int(top)) : int(bottom), max(0, int(left)) : int(right)]
    if view.size == 0:
        return
    high, wide = view.shape[:2]
    kind = int(canvas.rng.integers(3))
    far, close = ((190, 205, 220), (110, 165, 105)) if not time.dark else ((40, 48, 92), (26, 34, 66))
    spots = canvas.rng.uniform(0, wide, 7)
    for index, x in enumerate(spots.tolist()):
        colour = mix(far, time.low, 0.35) if index < 3 else mix(close, time.low, 0.25)
        size = high * (0.34 if index < 3 else 0.2) * (0.8 + 0.07 * index)
        if kind == 0:
            corner = (int(x - size * 0.35), int(high - size * 1.3)), (int(x + size * 0.35), high)
            cv2.rectangle(view, *corner, mix(colour, (150, 150, 175), 0.4), -1)
        else:
            cv2.circle(view, (int(x), high + 2), int(size), colour, -1, cv2.LINE_AA)


def window(
    canvas: Canvas, left: float, top: float, right: float, bottom: float, time: Hour, bars: tuple[int, int]
) -> None:
    """Draw a window in the back wall with panes `bars` across and down, a white frame and a sill."""
    white = (250, 249, 245) if not time.dark else (196, 196, 206)
    fill(canvas, [box(left - 5, top - 5, right + 5, bottom + 5)], tone(white, 0.93))
    fill(canvas, [box(left - 3, top - 3, right + 3, bottom + 3)], white)
    outlook(canvas, left, top, right, bottom, time)
    for index in range(1, bars[0]):
        x = left + (right - left) * index / bars[0]
        fill(canvas, [box(x - 1.5, top, x + 1.5, bottom)], white)
    for index in range(1, bars[1]):
        y = top + (bottom - top) * index / bars[1]
        fill(canvas, [box(left, y - 1.5, right, y + 1.5)], white)
    fill(canvas, [box(left - 8, bottom + 3, right + 8, bottom + 8)], white)
    shade(canvas, [box(left - 6, bottom + 9, right + 8, bottom + 11)], 0.3, 3)


def curtains(canvas: Canvas, left: float, top: float, right: float, bottom: float, colour: RGB) -> None:
    """Draw a pair of curtains beside a window, with folds."""
    wide = (right - left) * 0.2 + 6
    for side, x in ((1, left - 10), (-1, right + 10)):
        for fold in range(4):
            start, end = x + side * wide * fold / 4, x + side * wide * (fold + 1) / 4
            low = x + (start - x) * 0.8
            shape = [
                (start, top - 10),
                (end, top - 10),
                (x + (end - x) * 0.8, bottom + 16),
                (low, bottom + 16),
            ]
            panel(canvas, shape, tone(colour, 1.04 - 0.1 * (fold % 2)), tone(colour, 0.9 - 0.1 * (fold % 2)))
    canvas.rectangle(left - 16, top - 14, right + 16, top - 10, (120, 92, 70))


def sunbeams(
    canvas: Canvas, view: View, left: float, right: float, time: Hour, lean: float, panes: int = 2
) -> None:
    """Let a window throw its panes on the floor as soft parallelograms; `lean` is their slant."""
    step, lights = (right - left) / panes, []
    for index in range(panes):
        start, end = left + step * index + 2 - view.x, left + step * (index + 1) - 2 - view.x
        for near, far in ((0.44, 0.6), (0.62, 0.86)):
            a, b = view.floor * lean * (1 - far) * 2.4, view.floor * lean * (1 - near) * 2.4
            points = ((start + a, far), (end + a, far), (end + b, near), (start + b, near))
            lights.append(([view.at(x, view.floor, z) for x, z in points], time.light))
    shine(canvas, lights, 3)


def lamp_pool(
    canvas: Canvas, x: float, y: float, radius: float, colour: RGB = (150, 104, 46), squash: float = 1
) -> None:
    """Add a soft pool of light, flat on the floor with a small `squash`."""
    shine(canvas, [(disc(x, y, radius, radius * squash), colour)], radius * 0.42)


class Stamps:
    """Small sprites for shelves, scaled down once for each picture."""

    def __init__(self, canvas: Canvas, sprite: Lookup) -> None:
        """Take the canvas to put them on and where sprites come from."""
        self._canvas, self._sprite = canvas, sprite
        self._ready: dict[str, Sprite] = {}

    def put(self, name: str, x: float, y: float, size: float, light: float = 1) -> None:
        """Put a sprite with its foot at (x, y), its longer side `size` pixels."""
        source = self._source(name, size)
        scale = size / max(source.shape[:2])
        wide, high = max(2, round(source.shape[1] * scale)), max(2, round(source.shape[0] * scale))
        part = cv2.resize(source, (wide, high), interpolation=cv2.INTER_LINEAR)
        left, top = round(x - wide / 2), round(y - high)
        rows, columns = slice(max(top, 0), min(top + high, SIDE)), slice(max(left, 0), min(left + wide, SIDE))
        if rows.start >= rows.stop or columns.start >= columns.stop:
            return
        part = part[rows.start - top : rows.stop - top, columns.start - left : columns.stop - left]
        below = self._canvas.pixels[rows, columns]
        mixed = below * (1 - part[..., 3:]) + part[..., :3] * light
        self._canvas.pixels[rows, columns] = np.minimum(mixed, 255).astype(np.uint8)

    def _source(self, name: str, size: float) -> Floats:
        """The smallest kept copy of a sprite that is not smaller than needed, premultiplied."""
        if name not in self._ready:
            self._ready[name] = self._sprite(name)
        sprite = self._ready[name]
        kept = _small(sprite)
        for copy in kept:
            if max(copy.shape[:2]) >= size:
                return copy
        return _premultiplied(sprite)


def _premultiplied(sprite: Sprite) -> Floats:
    """Every other pixel of a sprite with colours times alpha; alpha becomes 0 to 1."""
    ready = sprite[::2, ::2].astype(np.float32)
    ready[..., 3:] /= 255
    ready[..., :3] *= ready[..., 3:]
    return ready


_SMALL: dict[int, tuple[Sprite, Floats, Floats]] = {}
"""Sprites, which keeps their ids in use, and their copies at an eighth and a quarter of the size."""


def _small(sprite: Sprite) -> tuple[Floats, Floats]:
    """Small copies of a sprite, kept from picture to picture."""
    if id(sprite) not in _SMALL:
        if len(_SMALL) >= 240:
            _SMALL.clear()
        half = cv2.resize(_premultiplied(sprite), None, fx=0.5, fy=0.5, interpolation=cv2.INTER_AREA)
        quarter = cv2.resize(half, None, fx=0.5, fy=0.5, interpolation=cv2.INTER_AREA)
        _SMALL[id(sprite)] = sprite, quarter, half
    return _SMALL[id(sprite)][1:]


def painting(
    canvas: Canvas, left: float, top: float, right: float, bottom: float, colours: Sequence[RGB]
) -> None:
    """Hang a framed abstract picture on the back wall."""
    rng, wide, high = canvas.rng, right - left, bottom - top
    shade(canvas, [box(left, top + 3, right + 3, bottom + 4)], 0.28, 3)
    fill(
        canvas,
        [box(left - 3, top - 3, right + 3, bottom + 3)],
        pick(rng, ((70, 52, 42), (214, 176, 106), (245, 243, 238))),
    )
    first, second, third = (pick(rng, colours) for _ in range(3))
    panel(
        canvas,
        box(left, top, right, bottom),
        mix(first, (255, 255, 255), 0.55),
        mix(first, (255, 255, 255), 0.3),
    )
    kind = int(rng.integers(3))
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


def rope_of(canvas: Canvas, start: Point, end: Point, sag: float, count: int) -> list[Point]:
    """Points along a hanging cord, which is drawn as a thin dark line."""
    share = np.linspace(0, 1, count)
    down = start[1] + (end[1] - start[1]) * share + 4 * sag * share * (1 - share)
    points = list(zip((start[0] + (end[0] - start[0]) * share).tolist(), down.tolist(), strict=True))
    for first, second in itertools.pairwise(points):
        canvas.line(first, second, (70, 60, 66))
    return points


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


def maybe(canvas: Canvas, probability: float = 0.5) -> bool:
    """Whether to add something this time."""
    return chance(canvas.rng, probability)
