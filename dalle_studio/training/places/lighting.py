"""Soft light, shadows and reflections in places that people built."""

from __future__ import annotations

from collections.abc import Sequence

import cv2
import numpy as np

from dalle_studio.training.draw.arrays import Bytes
from dalle_studio.training.draw.canvas import Canvas
from dalle_studio.training.draw.colours import RGB
from dalle_studio.training.draw.frame import SIDE
from dalle_studio.training.places.shapes import Shape, disc, fixed


def _soft(shapes: Sequence[tuple[Shape, RGB]], base: int, blur: float) -> Bytes:
    """Shapes on an even ground, blurred; drawn small because nothing sharp remains."""
    side = 32 if blur > 14 else 64 if blur > 3.5 else 128
    layer = np.full((side, side, 3), base, np.uint8)
    for shape, colour in shapes:
        cv2.fillPoly(layer, fixed([shape], side / SIDE), colour, cv2.LINE_AA, 4)
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


def lamp_pool(
    canvas: Canvas, x: float, y: float, radius: float, colour: RGB = (150, 104, 46), squash: float = 1
) -> None:
    """Add a soft pool of light, flat on the floor with a small `squash`."""
    shine(canvas, [(disc(x, y, radius, radius * squash), colour)], radius * 0.42)
