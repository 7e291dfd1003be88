"""From a model's own size to the finished size.

A picture that must grow is drawn larger by a network, where the model's folder holds one (Wang et al. 2021,
Real-ESRGAN), and then brought to its exact size by a Lanczos filter; without a network the filter does it all.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from itertools import pairwise, product, repeat
from typing import Protocol

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageOps

from dalle_studio.core.format import Size
from dalle_studio.core.mask import Box
from dalle_studio.core.sentence import say
from dalle_studio.engine.watch import Watch

WEIGHTS = "upscaler/model.safetensors"
"""Where in a model's folder the network lies."""
FACTOR = 4
"""How many times wider and higher a model's own network makes a picture."""
LEAST_GROWTH = 1.25
"""What grows by no more than this is left to Lanczos."""
LANCZOS = "Lanczos"
_LANCZOS_REACH = 3
_TILE_PX, _LEAST_TILE_PX = 256, 64

Pixels = NDArray[np.uint8]
_Frame = tuple[float, float, float, float]
"""A rectangle between pixels: left, top, right, bottom."""


class Enlarger(Protocol):
    """A loaded network that enlarges pictures.

    Attributes:
        name: what recipes call it.
        factor: how many times wider and higher it makes a picture, at least 2.
        margin_px: how far away a pixel of its input can matter.
    """

    name: str
    factor: int
    margin_px: int

    def enlarge(self, pixels: Pixels) -> Pixels:
        """uint8 (height, width, 3) -> uint8 (factor * height, factor * width, 3). Raises MemoryError."""
        ...


def resize(pixels: Pixels, size: Size) -> Pixels:
    """The same picture at another size: (height, width[, 3]) -> (size.height_px, size.width_px[, 3]).

    Lanczos filter with support widened when reducing, so that nothing aliases.
    """
    return pixels if size == _size(pixels) else _lanczos(pixels, _whole(pixels), size)


def cover(pixels: Pixels, size: Size) -> Pixels:
    """The middle of the picture that has the wanted aspect, at the wanted size, by the same filter."""
    if size == _size(pixels):
        return pixels
    return np.asarray(ImageOps.fit(Image.fromarray(pixels), size.wh, Image.Resampling.LANCZOS))


class Upscaler:
    """Brings the pictures of one request to their finished size.

    Memory stays bounded, for the network sees one tile at a time, with all around it that can matter to the
    result; every tile is a step of the watch.
    """

    def __init__(self, enlarger: Enlarger | None, watch: Watch) -> None:
        self._enlarger = enlarger
        self._factor = enlarger.factor if enlarger else 1
        self._tile_px = _TILE_PX
        self._watch = watch
        self.name = LANCZOS  # until the network has drawn something

    def expect(self, before: Size, after: Size, pictures: int = 1) -> None:
        """Tell the watch how many steps that many pictures will take."""
        self._watch.expect(pictures * self._steps(_growth((0, 0, *before.wh), after), after))

    def resize(self, pixels: Pixels, size: Size) -> Pixels:
        """As the function `resize`, of (height, width, 3)."""
        if not self._draws(pixels, size):
            return resize(pixels, size)
        return self._scale(pixels, _whole(pixels), size)

    def cover(self, pixels: Pixels, size: Size) -> Pixels:
        """As the function `cover`, of (height, width, 3)."""
        if not self._draws(pixels, size):
            return cover(pixels, size)
        return self._scale(pixels, _middle(_size(pixels), size), size)

    def cover_all(self, pictures: Sequence[Pixels], size: Size) -> list[Pixels]:
        """`cover` for many pictures; where only Lanczos is wanted, on all cores: Pillow lets go of the GIL."""
        if any(self._draws(pixels, size) for pixels in pictures):
            return [self.cover(pixels, size) for pixels in pictures]
        with ThreadPoolExecutor() as threads:
            return list(threads.map(cover, pictures, repeat(size)))

    def _draws(self, pixels: Pixels, size: Size) -> bool:
        return self._enlarger is not None and _growth(_whole(pixels), size) > LEAST_GROWTH

    def _steps(self, growth: float, size: Size) -> int:
        if self._enlarger is None or growth <= LEAST_GROWTH:
            return 0
        before = 0
        if growth > self._factor * LEAST_GROWTH:
            before, growth = self._steps(growth / self._factor, self._before(size)), self._factor
        return before + len(list(_tiles(growth, size, self._tile_px)))

    def _scale(self, pixels: Pixels, frame: _Frame, size: Size) -> Pixels:
        """What lies in the frame, at that size. What must grow far is drawn in several passes."""
        growth = _growth(frame, size)
        if growth <= LEAST_GROWTH:
            return _lanczos(pixels, frame, size)
        if growth > self._factor * LEAST_GROWTH:
            pixels = self._scale(pixels, frame, self._before(size))
            frame, growth = _whole(pixels), self._factor
        while True:
            before = self._watch.steps_done
            try:
                return self._in_tiles(pixels, frame, size, growth)
            except MemoryError:
                if self._tile_px // 2 < _LEAST_TILE_PX:
                    raise
            tiles = len(list(_tiles(growth, size, self._tile_px)))
            self._tile_px //= 2
            self._watch.note(say("Enlarged in smaller tiles: memory was short."))
            more = len(list(_tiles(growth, size, self._tile_px))) - tiles
            self._watch.expect(self._watch.steps_done - before + more)

    def _in_tiles(self, pixels: Pixels, frame: _Frame, size: Size, growth: float) -> Pixels:
        finished = np.empty((size.height_px, size.width_px, 3), np.uint8)
        for tile in _tiles(growth, size, self._tile_px):
            finished[tile.slices] = self._draw(pixels, _part(frame, size, tile), tile.size)
            self._watch.step()
        return finished

    def _before(self, size: Size) -> Size:
        """The size that the network brings to this one."""
        return Size(-(-size.width_px // self._factor), -(-size.height_px // self._factor))

    def _draw(self, pixels: Pixels, part: _Frame, size: Size) -> Pixels:
        """One tile of the finished picture, from the part of the source that it shows."""
        assert self._enlarger is not None
        left, top, right, bottom = part
        scale = max((right - left) / size.width_px, (bottom - top) / size.height_px, 1 / self._factor)
        reach = self._enlarger.margin_px + math.ceil(_LANCZOS_REACH * scale) + 1
        window = Box(
            max(0, math.floor(left) - reach),
            max(0, math.floor(top) - reach),
            min(pixels.shape[1], math.ceil(right) + reach),
            min(pixels.shape[0], math.ceil(bottom) + reach),
        )
        large = self._enlarger.enlarge(pixels[window.slices])
        self.name = self._enlarger.name
        left, right = self._factor * (left - window.left), self._factor * (right - window.left)
        top, bottom = self._factor * (top - window.top), self._factor * (bottom - window.top)
        return _lanczos(large, (left, top, right, bottom), size)


def _tiles(growth: float, size: Size, tile_px: int) -> Iterator[Box]:
    """Tiles of the finished picture, all about equal, each made of about `tile_px` of the source or less."""
    columns, rows = (_cuts(side, growth, tile_px) for side in size.wh)
    for (top, bottom), (left, right) in product(pairwise(rows), pairwise(columns)):
        yield Box(left, top, right, bottom)


def _cuts(side_px: int, growth: float, tile_px: int) -> list[int]:
    count = max(1, math.ceil(side_px / growth / tile_px - 1e-6))
    return [round(side_px * number / count) for number in range(count + 1)]


def _part(frame: _Frame, size: Size, tile: Box) -> _Frame:
    """Where a tile of the finished picture lies in the source whose frame becomes that picture."""
    left, top, right, bottom = frame
    across, down = (right - left) / size.width_px, (bottom - top) / size.height_px
    return (
        left + tile.left * across,
        top + tile.top * down,
        left + tile.right * across,
        top + tile.bottom * down,
    )


def _growth(frame: _Frame, size: Size) -> float:
    left, top, right, bottom = frame
    return max(size.width_px / (right - left), size.height_px / (bottom - top))


def _middle(before: Size, after: Size) -> _Frame:
    """The largest frame in the middle that has the aspect of `after`."""
    width = min(before.width_px, before.height_px * after.aspect)
    height = min(before.height_px, before.width_px / after.aspect)
    left, top = (before.width_px - width) / 2, (before.height_px - height) / 2
    return left, top, left + width, top + height


def _whole(pixels: Pixels) -> _Frame:
    return 0, 0, pixels.shape[1], pixels.shape[0]


def _size(pixels: Pixels) -> Size:
    return Size(pixels.shape[1], pixels.shape[0])


def _lanczos(pixels: Pixels, frame: _Frame, size: Size) -> Pixels:
    image = Image.fromarray(pixels)
    return np.asarray(image.resize(size.wh, Image.Resampling.LANCZOS, box=frame))
