"""Colour words: what they look like on a plain ground, and how a sprite is repainted in them."""

from __future__ import annotations

import colorsys
from dataclasses import dataclass

import cv2
import numpy as np

from dalle_studio.training.arrays import Bytes, Integers, Mask

RGB = tuple[float, float, float]
"""Red, green, blue, each 0 to 255."""
Sprite = Bytes
"""A cut-out picture, (height, width, 4): RGB and alpha, 0 to 255, not premultiplied."""


@dataclass(frozen=True)
class Paint:
    """How a colour word changes a sprite, in OpenCV's HSV (hue 0 to 179)."""

    hue: int
    saturation: float
    """Share of full saturation that the sprite's painted part gets on average, 0 to 1."""
    value: float
    """Brightness relative to a normally lit sprite: 0.3 is black, 1.6 is white."""


PAINTS = {
    "red": Paint(2, 0.95, 0.9),
    "orange": Paint(13, 1.0, 1.0),
    "yellow": Paint(25, 1.0, 1.0),
    "green": Paint(60, 0.85, 0.8),
    "blue": Paint(108, 0.9, 0.9),
    "purple": Paint(138, 0.8, 0.8),
    "pink": Paint(165, 0.5, 1.05),
    "turquoise": Paint(88, 0.85, 0.9),
    "brown": Paint(11, 0.65, 0.55),
    "black": Paint(0, 0.05, 0.3),
    "white": Paint(0, 0.05, 1.6),
    "gray": Paint(0, 0.05, 0.75),
    "gold": Paint(22, 0.9, 0.95),
}

GROUNDS: dict[str, RGB] = {
    "red": (215, 45, 45),
    "orange": (240, 140, 40),
    "yellow": (250, 215, 70),
    "green": (80, 175, 90),
    "blue": (60, 110, 215),
    "purple": (140, 80, 190),
    "pink": (245, 170, 200),
    "turquoise": (70, 200, 200),
    "white": (245, 245, 245),
    "gray": (160, 160, 165),
    "black": (30, 30, 32),
    "beige": (232, 218, 190),
    "navy blue": (28, 40, 90),
    "teal": (30, 130, 130),
}
QUIET_GROUNDS = ("white", "gray", "black", "beige")
"""Grounds so common behind a thing that a caption may leave them out."""


def hsv(hue: float, saturation: float, value: float) -> RGB:
    """RGB of a hue (in turns, any real number) with saturation and value 0 to 1, clipped."""
    red, green, blue = colorsys.hsv_to_rgb(hue % 1, min(max(saturation, 0), 1), min(max(value, 0), 1))
    return red * 255, green * 255, blue * 255


def near(rng: np.random.Generator, colour: RGB, spread: float = 12) -> RGB:
    """A colour close to another: every channel moves by up to `spread`."""
    red, green, blue = np.clip(np.array(colour) + rng.uniform(-spread, spread, 3), 0, 255).tolist()
    return red, green, blue


def repaint(sprite: Sprite, word: str) -> Sprite:
    """Repaint the part of a sprite that has its main hue in the colour of a word of `PAINTS`.

    Light and shade within that part are kept: saturation and value are scaled, not replaced.
    """
    paint, pixels = PAINTS[word], _to_hsv(sprite)
    part = _main_part(sprite, pixels)
    if not part.any():
        return sprite
    saturation, value = pixels[..., 1][part], pixels[..., 2][part]
    pixels[..., 0][part] = paint.hue
    pixels[..., 1][part] = np.clip(saturation / max(saturation.mean(), 1) * 230 * paint.saturation, 0, 255)
    pixels[..., 2][part] = np.clip(value / max(value.mean(), 1) * 215 * paint.value, 0, 255)
    return _from_hsv(pixels, part, sprite)


def shift_hue(sprite: Sprite, hue: int) -> Sprite:
    """Give the part with the main hue another one (OpenCV hue 0 to 179): green leaves turn autumnal."""
    pixels = _to_hsv(sprite)
    part = _main_part(sprite, pixels)
    pixels[..., 0][part] = hue
    return _from_hsv(pixels, part, sprite)


def _to_hsv(sprite: Sprite) -> Integers:
    return cv2.cvtColor(np.ascontiguousarray(sprite[..., :3]), cv2.COLOR_RGB2HSV).astype(np.int32)


def _from_hsv(pixels: Integers, part: Mask, sprite: Sprite) -> Sprite:
    colours = cv2.cvtColor(pixels.astype(np.uint8), cv2.COLOR_HSV2RGB)
    painted = sprite.copy()
    painted[..., :3] = np.where(part[..., None], colours, sprite[..., :3])
    return painted


def _main_part(sprite: Sprite, pixels: Integers) -> Mask:
    """Pixels within 20 hue steps of the commonest hue; of a colourless sprite, all that is opaque."""
    hue, saturation, value = pixels[..., 0], pixels[..., 1], pixels[..., 2]
    opaque = sprite[..., 3] > 40
    vivid = opaque & (saturation > 70) & (value > 40)
    if vivid.sum() < 50:
        return opaque
    counts = np.bincount(hue[vivid], minlength=180)
    smooth = np.convolve(np.concatenate([counts[-8:], counts, counts[:8]]), np.ones(17), "valid")
    distance = np.abs((hue - int(smooth.argmax()) + 90) % 180 - 90)
    return (saturation > 45) & (distance < 20)
