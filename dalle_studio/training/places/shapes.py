"""Shapes with smooth edges that places built by people are drawn from."""

from __future__ import annotations

import itertools
from collections.abc import Sequence

import cv2
import numpy as np

from dalle_studio.training.draw.arrays import Floats
from dalle_studio.training.draw.canvas import Canvas, Point
from dalle_studio.training.draw.colours import RGB
from dalle_studio.training.draw.frame import SIDE

Shape = Sequence[Point] | Floats
_ONE = 16
_ROUND = np.linspace(0, 2 * np.pi, 28, endpoint=False)
_CIRCLE = np.stack([np.cos(_ROUND), np.sin(_ROUND)], 1)


def disc(x: float, y: float, radius_x: float, radius_y: float | None = None) -> Floats:
    """The outline of an ellipse."""
    return _CIRCLE * (radius_x, radius_x if radius_y is None else radius_y) + (x, y)


def span(first: float, second: float) -> tuple[float, float]:
    """Two numbers, the lower one first."""
    return min(first, second), max(first, second)


def box(left: float, top: float, right: float, bottom: float) -> Floats:
    """The outline of an upright rectangle."""
    return np.array([(left, top), (right, top), (right, bottom), (left, bottom)], float)


def fixed(shapes: Sequence[Shape] | Floats, scale: float = 1) -> list[Floats]:
    """Shapes in OpenCV's fixed-point coordinates."""
    return [(np.asarray(shape) * (_ONE * scale)).astype(np.int32) for shape in shapes]


def fill(canvas: Canvas, shapes: Sequence[Shape] | Floats, colour: RGB) -> None:
    """Fill shapes that do not overlap, all in one colour."""
    if len(shapes):
        cv2.fillPoly(canvas.pixels, fixed(shapes), colour, cv2.LINE_AA, 4)


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
    cv2.fillPoly(mask, fixed([points - (left, top)]), 255, cv2.LINE_AA, 4)
    part = canvas.pixels[top:bottom, left:right]
    weight = mask[..., None].astype(np.float32) / 255
    canvas.pixels[top:bottom, left:right] = (part + (ramp - part) * weight + 0.5).astype(np.uint8)


def _upright(points: Floats) -> bool:
    """Whether a shape is a rectangle as `box` and `View.front` give it."""
    (x0, y0), (x1, y1), (x2, y2), (x3, y3) = (
        points[:4].tolist() if len(points) == 4 else ((0, 0), (0, 1), (0, 0), (0, 0))
    )
    return y0 == y1 and x1 == x2 and y2 == y3 and x3 == x0


def rope_of(canvas: Canvas, start: Point, end: Point, sag: float, count: int) -> list[Point]:
    """Points along a hanging cord, which is drawn as a thin dark line."""
    share = np.linspace(0, 1, count)
    down = start[1] + (end[1] - start[1]) * share + 4 * sag * share * (1 - share)
    points = list(zip((start[0] + (end[0] - start[0]) * share).tolist(), down.tolist(), strict=True))
    for first, second in itertools.pairwise(points):
        canvas.line(first, second, (70, 60, 66))
    return points
