"""Small sprites for shelves, tables and beds of flowers."""

from __future__ import annotations

import cv2
import numpy as np

from dalle_studio.training.draw.arrays import Floats
from dalle_studio.training.draw.canvas import Canvas
from dalle_studio.training.draw.colours import Sprite
from dalle_studio.training.draw.frame import within
from dalle_studio.training.places.place import Lookup


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
        if (found := within(part, round(x - wide / 2), round(y - high))) is None:
            return
        place, part = found
        below = self._canvas.pixels[place]
        mixed = below * (1 - part[..., 3:]) + part[..., :3] * light
        self._canvas.pixels[place] = np.minimum(mixed, 255).astype(np.uint8)

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
