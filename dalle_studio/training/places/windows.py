"""Windows: what one sees through them, curtains, and the sun they let in."""

from __future__ import annotations

import cv2

from dalle_studio.training.draw.canvas import Canvas
from dalle_studio.training.draw.colours import RGB, mix, times
from dalle_studio.training.places.hours import Hour
from dalle_studio.training.places.lighting import shade, shine
from dalle_studio.training.places.rooms import View
from dalle_studio.training.places.shapes import box, fill, panel


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
    fill(canvas, [box(left - 5, top - 5, right + 5, bottom + 5)], times(white, 0.93))
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
            panel(
                canvas, shape, times(colour, 1.04 - 0.1 * (fold % 2)), times(colour, 0.9 - 0.1 * (fold % 2))
            )
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
