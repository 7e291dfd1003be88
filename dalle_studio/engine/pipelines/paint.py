"""Colour words, and how a drawing is repainted in them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

Sprite = NDArray[np.uint8]
"""A cut-out picture, (height, width, 4): RGB and alpha, 0 to 255, not premultiplied."""
HUES = 180
"""Hues are whole numbers below this: half degrees, as OpenCV counts them."""
_COLOURLESS = 40
"""Saturation, 0 to 255, below which a drawing counts as grey."""
_Mask = NDArray[np.bool_]


@dataclass(frozen=True)
class Paint:
    """How a colour word changes a sprite."""

    hue: int
    """0 to 179: red is 0, green 60, blue 120."""
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
    "silver": Paint(108, 0.1, 1.0),
}

COLOUR_NAMES: Mapping[str, Mapping[str, Sequence[str]]] = {
    "red": {"en": ("red", "crimson", "scarlet"), "zh": ("红色", "红", "大红色", "大红", "鲜红色", "赤色")},
    "orange": {"en": ("orange",), "zh": ("橙色", "橙", "橘色", "橘黄色", "橘红色")},
    "yellow": {"en": ("yellow",), "zh": ("黄色", "黄", "明黄色", "黄颜色")},
    "green": {"en": ("green",), "zh": ("绿色", "绿", "翠绿色", "碧绿色", "草绿色")},
    "blue": {"en": ("blue",), "zh": ("蓝色", "蓝", "天蓝色", "深蓝色", "浅蓝色")},
    "purple": {"en": ("purple", "violet"), "zh": ("紫色", "紫", "紫罗兰色")},
    "pink": {"en": ("pink",), "zh": ("粉色", "粉红色", "粉红", "粉")},
    "turquoise": {"en": ("turquoise", "teal", "cyan"), "zh": ("青色", "青绿色", "蓝绿色", "绿松石色", "青")},
    "brown": {"en": ("brown",), "zh": ("棕色", "褐色", "咖啡色", "棕", "褐")},
    "black": {"en": ("black",), "zh": ("黑色", "黑", "漆黑")},
    "white": {"en": ("white",), "zh": ("白色", "白", "雪白", "雪白色")},
    "gray": {"en": ("gray", "grey"), "zh": ("灰色", "灰")},
    "gold": {"en": ("gold", "golden"), "zh": ("金色", "金黄色", "金")},
    "silver": {"en": ("silver",), "zh": ("银色", "银", "银白色")},
}
"""Words for each of `PAINTS`, the usual one first."""


def repaint(sprite: Sprite, word: str) -> Sprite:
    """Repaint the part of a sprite that has its main hue in the colour of a word of `PAINTS`.

    Light and shade within that part are kept: saturation and value are scaled, not replaced.
    """
    paint, (hue, saturation, value) = PAINTS[word], _to_hsv(sprite)
    part = _main_part(sprite, hue, saturation, value)
    if not part.any():
        return sprite
    vivid = saturation[part].mean()
    if vivid < _COLOURLESS:  # an elephant: there is no colour to scale
        saturation, vivid = np.ones_like(saturation), 1
    saturation = saturation / vivid * 230 * paint.saturation
    value = value / max(value[part].mean(), 1) * 215 * paint.value
    colours = _to_rgb(np.full_like(hue, paint.hue), np.clip(saturation, 0, 255), np.clip(value, 0, 255))
    return _with_colours(sprite, colours, part)


def shift_hue(sprite: Sprite, hue: int) -> Sprite:
    """Give the part with the main hue another one (0 to 179): green leaves turn autumnal."""
    old, saturation, value = _to_hsv(sprite)
    part = _main_part(sprite, old, saturation, value)
    return _with_colours(sprite, _to_rgb(np.full_like(old, hue), saturation, value), part)


def _with_colours(sprite: Sprite, colours: Sprite, part: _Mask) -> Sprite:
    painted = sprite.copy()
    painted[..., :3][part] = colours[part]
    return painted


def _main_part(sprite: Sprite, hue: NDArray[Any], saturation: NDArray[Any], value: NDArray[Any]) -> _Mask:
    """Pixels within 20 hue steps of the commonest hue; of a mostly grey sprite, all but its bright accents."""
    opaque = sprite[..., 3] > 40
    vivid = opaque & (saturation > 70) & (value > 40)
    if vivid.sum() < max(50, 0.2 * opaque.sum()):
        return opaque & (saturation < 130)
    counts = np.bincount(hue[vivid].astype(np.int64) % HUES, minlength=HUES)
    smooth = np.convolve(np.concatenate([counts[-8:], counts, counts[:8]]), np.ones(17), "valid")
    distance = np.abs((hue - int(smooth.argmax()) + HUES // 2) % HUES - HUES // 2)
    return (saturation > 45) & (distance < 20)


def _to_hsv(sprite: Sprite) -> tuple[NDArray[np.float32], NDArray[np.float32], NDArray[np.float32]]:
    """Hue (whole numbers below `HUES`), saturation and value (0 to 255) of every pixel."""
    red, green, blue = np.moveaxis(sprite[..., :3].astype(np.float32), -1, 0)
    value = np.maximum(np.maximum(red, green), blue)
    spread = value - np.minimum(np.minimum(red, green), blue)
    steps = np.maximum(spread, 1)
    sixths = np.where(
        value == red,
        (green - blue) / steps,
        np.where(value == green, 2 + (blue - red) / steps, 4 + (red - green) / steps),
    )
    saturation = np.rint(255 * spread / np.maximum(value, 1))
    return np.rint(sixths * (HUES / 6)) % HUES, saturation, value


def _to_rgb(hue: NDArray[Any], saturation: NDArray[Any], value: NDArray[Any]) -> Sprite:
    """Turn hue, saturation and value back into uint8 (height, width, 3)."""
    turns = np.array([5, 3, 1], np.float32) + hue[..., None] / (HUES / 6)
    ramp = np.clip(np.minimum(turns % 6, 4 - turns % 6), 0, 1)
    colours = value[..., None] * (1 - saturation[..., None] / 255 * ramp)
    return np.rint(colours).astype(np.uint8)
