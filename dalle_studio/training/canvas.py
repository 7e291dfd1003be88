"""Drawing primitives on a small square picture.

Coordinates are pixels from the upper left corner; edges are smooth (OpenCV's anti-aliasing, with
positions to a sixteenth of a pixel). All randomness comes from the generator given to the canvas.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal, TypeVar

import cv2
import numpy as np

from dalle_studio.training.arrays import Bytes, Floats
from dalle_studio.training.colours import RGB, Sprite, near

SIDE = 256
"""Width and height of every picture, in pixels."""
_SHIFT = 4
_ONE = 1 << _SHIFT

Point = tuple[float, float]
Pixels = Bytes
"""A picture, (SIDE, SIDE, 3) RGB, 0 to 255."""
Item = TypeVar("Item")


def pick(rng: np.random.Generator, options: Sequence[Item], weights: Sequence[float] | None = None) -> Item:
    """One of the options, each equally likely or in proportion to its weight."""
    if weights is None:
        return options[int(rng.integers(len(options)))]
    bounds = np.cumsum(weights)
    return options[int(np.searchsorted(bounds, rng.uniform(0, bounds[-1]), side="right"))]


def chance(rng: np.random.Generator, probability: float) -> bool:
    """True with the given probability."""
    return bool(rng.random() < probability)


@dataclass(frozen=True)
class Extent:
    """A rectangle in pixels; it may reach beyond the frame."""

    left: float
    top: float
    right: float
    bottom: float


class Canvas:
    """A picture being drawn."""

    def __init__(self, rng: np.random.Generator) -> None:
        """Start with a black picture; `rng` decides everything left open by the calls."""
        self.rng = rng
        self.pixels: Pixels = np.zeros((SIDE, SIDE, 3), np.uint8)

    def fill(self, colour: RGB) -> None:
        """Paint everything in one colour."""
        self.pixels[:] = _byte(colour)

    def gradient(self, colours: Sequence[RGB], top: float = 0, bottom: float = SIDE) -> None:
        """Blend colours from `top` down to `bottom`, evenly spaced."""
        first, last = max(0, int(top)), min(SIDE, int(bottom))
        positions, stops = np.linspace(0, 1, last - first), np.linspace(0, 1, len(colours))
        column = np.stack(
            [np.interp(positions, stops, [colour[i] for colour in colours]) for i in range(3)], 1
        )
        self.pixels[first:last] = column[:, None].round().astype(np.uint8)

    def rectangle(self, left: float, top: float, right: float, bottom: float, colour: RGB) -> None:
        """Fill a rectangle, cut off at the frame."""
        self.pixels[max(0, int(top)) : max(0, int(bottom)), max(0, int(left)) : max(0, int(right))] = _byte(
            colour
        )

    def polygon(self, points: Sequence[Point] | Floats, colour: RGB, opacity: float = 1) -> None:
        """Fill a polygon."""
        shape = np.round(np.asarray(points) * _ONE).astype(np.int32)
        with _Layer(self, opacity) as pixels:
            cv2.fillPoly(pixels, [shape], colour, cv2.LINE_AA, _SHIFT)

    def circle(self, x: float, y: float, radius: float, colour: RGB, opacity: float = 1) -> None:
        """Fill a circle."""
        self.ellipse(x, y, radius, radius, colour, opacity)

    def ellipse(
        self, x: float, y: float, radius_x: float, radius_y: float, colour: RGB, opacity: float = 1
    ) -> None:
        """Fill an upright ellipse."""
        centre, radii = _fixed((x, y)), _fixed((radius_x, radius_y))
        with _Layer(self, opacity) as pixels:
            cv2.ellipse(pixels, centre, radii, 0, 0, 360, colour, -1, cv2.LINE_AA, _SHIFT)

    def ring(self, x: float, y: float, radius: float, colour: RGB) -> None:
        """Draw the outline of a circle, one pixel wide."""
        cv2.circle(self.pixels, _fixed((x, y)), int(radius * _ONE), colour, 1, cv2.LINE_AA, _SHIFT)

    def line(self, start: Point, end: Point, colour: RGB, width_px: int = 1) -> None:
        """Draw a straight line."""
        cv2.line(self.pixels, _fixed(start), _fixed(end), colour, width_px, cv2.LINE_AA, _SHIFT)

    def hills(self, y: float, height: float, colour: RGB, below: RGB | None = None) -> None:
        """Fill everything under a rolling horizon around `y`, down to the lower edge.

        With `below`, the colour fades to that one towards the lower edge.
        """
        x = np.linspace(0, SIDE, 65)
        waves = np.zeros_like(x)
        for size in (1, 2):
            length, start = self.rng.uniform(1, 3), self.rng.uniform(0, 2 * np.pi)
            waves += np.sin(x / SIDE * length * 2 * np.pi + start) * height / size
        outline = [(0, SIDE), *zip(x.tolist(), (y + waves).tolist(), strict=True), (SIDE, SIDE)]
        self.polygon(outline, colour)
        if below is not None:
            self._fade_below(outline, y - 1.5 * height, below)

    def _fade_below(self, outline: Sequence[Point], top: float, colour: RGB) -> None:
        inside = np.zeros((SIDE, SIDE), np.uint8)
        shape = np.round(np.array(outline) * _ONE).astype(np.int32)
        cv2.fillPoly(inside, [shape], 255, cv2.LINE_AA, _SHIFT)
        depth = np.clip((np.arange(SIDE, dtype=np.float32) - top) / max(1, SIDE - top), 0, 1)
        self._blend(_byte(colour), inside.astype(np.float32)[..., None] / 255 * depth[:, None, None])

    def peaks(self, y: float, height: float, colour: RGB, snow: RGB | None = None) -> None:
        """Draw a row of mountains that stand on `y`, with white caps if `snow` is given."""
        x, shade = -30.0, (colour[0] * 0.86, colour[1] * 0.86, colour[2] * 0.88)
        while x < SIDE:
            wide, high = self.rng.uniform(70, 150), height * self.rng.uniform(0.6, 1)
            top = (x + wide / 2, y - high)
            self.polygon([(x, y), top, (x + wide, y)], colour)
            self.polygon([top, (x + wide, y), (top[0] + wide * 0.06, y)], shade)
            if snow is not None:
                cap = ((-0.17, 0.34), (0, 0), (0.17, 0.34), (0.06, 0.26), (-0.05, 0.4))
                self.polygon([(top[0] + dx * wide, top[1] + dy * high) for dx, dy in cap], snow)
            x += wide * self.rng.uniform(0.4, 0.7)

    def stars(self, count: int, bottom: int = SIDE) -> None:
        """Scatter small stars above `bottom`."""
        spots = self.rng.integers((0, 0), (bottom, SIDE), (count, 2))
        brightness = self.rng.integers(120, 255, count).astype(np.uint8)
        self.pixels[spots[:, 0], spots[:, 1]] = brightness[:, None]
        for (y, x), light in zip(spots[::5].tolist(), brightness[::5].tolist(), strict=True):
            self.circle(x, y, 1, (light, light, light))

    def clouds(
        self, count: int, bottom: float = 100, colour: RGB = (255, 255, 255), opacity: float = 0.85
    ) -> None:
        """Draw rounded clouds with flat undersides above `bottom`."""
        with _Layer(self, opacity) as pixels:
            for _ in range(count):
                x, y = self.rng.uniform(0, SIDE), self.rng.uniform(16, bottom)
                self._cloud(pixels, x, y, self.rng.uniform(9, 20), colour)

    def _cloud(self, pixels: Pixels, x: float, y: float, size: float, colour: RGB) -> None:
        for offset in (-1.5, -0.75, 0, 0.75, 1.5):
            radius = size * self.rng.uniform(0.55, 0.75) * (1.25 - 0.35 * abs(offset))
            centre = _fixed((x + offset * size, y - radius))
            cv2.circle(pixels, centre, int(radius * _ONE), colour, -1, cv2.LINE_AA, _SHIFT)
        corner, opposite = _fixed((x - 1.5 * size, y - size * 0.5)), _fixed((x + 1.5 * size, y))
        cv2.rectangle(pixels, corner, opposite, colour, -1, cv2.LINE_AA, _SHIFT)

    def glow(self, x: float, y: float, radius: float, colour: RGB, strength: float = 0.6) -> None:
        """Add light that falls off around a point, as around a sun or a lamp."""
        rows, columns = np.ogrid[0:SIDE, 0:SIDE]
        distance = ((rows - y) ** 2 + (columns - x) ** 2) / radius**2
        self._blend(_byte(colour), (strength * np.exp(-distance)).astype(np.float32)[..., None])

    def mottle(self, cells: int, amount: float, tint: RGB = (255, 255, 255)) -> None:
        """Lighten and darken softly in about `cells` x `cells` patches, by up to `amount` (0 to 255)."""
        coarse = self.rng.uniform(-amount, amount, (cells, cells)).astype(np.float32)
        patches = cv2.resize(coarse, (SIDE, SIDE), interpolation=cv2.INTER_CUBIC)[..., None]
        mixed = self.pixels + patches * (np.array(tint, np.float32) / 255)
        self.pixels = np.clip(mixed, 0, 255).astype(np.uint8)

    def near(self, colour: RGB, spread: float = 12) -> RGB:
        """A colour close to the given one."""
        return near(self.rng, colour, spread)

    def paste(
        self,
        sprite: Sprite,
        x: float,
        y: float,
        size: float,
        *,
        anchor: Literal["foot", "centre"] = "foot",
        flip: bool = False,
        turn_deg: float = 0,
        shade: float = 1,
    ) -> Extent:
        """Paste a sprite whose longer side becomes `size` pixels, and say where it lies.

        Args:
            sprite: what to paste.
            x: horizontal centre.
            y: lower edge (anchor "foot") or vertical centre.
            size: pixels of the longer side before turning.
            anchor: what `y` means.
            flip: mirror left and right.
            turn_deg: counter-clockwise turn.
            shade: factor on the colours, below 1 for things far away.
        """
        ready = _turned(_resized(_premultiplied(sprite), size, flip), turn_deg)
        height, width = ready.shape[:2]
        left, top = int(x - width / 2), int(y - height) if anchor == "foot" else int(y - height / 2)
        self._paste_at(ready, left, top, shade)
        return Extent(left, top, left + width, top + height)

    def _paste_at(self, sprite: Floats, left: int, top: int, shade: float) -> None:
        height, width = sprite.shape[:2]
        rows = slice(max(top, 0), min(top + height, SIDE))
        columns = slice(max(left, 0), min(left + width, SIDE))
        if rows.start >= rows.stop or columns.start >= columns.stop:
            return
        part = sprite[rows.start - top : rows.stop - top, columns.start - left : columns.stop - left]
        mixed = self.pixels[rows, columns] * (1 - part[..., 3:] / 255) + part[..., :3] * shade
        self.pixels[rows, columns] = np.clip(mixed, 0, 255).astype(np.uint8)

    def _blend(self, colour: RGB | Bytes, weight: Floats) -> None:
        mixed = self.pixels + (np.asarray(colour, np.float32) - self.pixels) * weight
        self.pixels = np.clip(mixed, 0, 255).astype(np.uint8)


class _Layer:
    """Draws on a copy and mixes it in, or directly on the picture where it is opaque."""

    def __init__(self, canvas: Canvas, opacity: float) -> None:
        self._canvas, self._opacity = canvas, opacity

    def __enter__(self) -> Pixels:
        self._pixels = self._canvas.pixels if self._opacity == 1 else self._canvas.pixels.copy()
        return self._pixels

    def __exit__(self, *_: object) -> None:
        if self._opacity != 1:
            below = self._canvas.pixels
            self._canvas.pixels = cv2.addWeighted(below, 1 - self._opacity, self._pixels, self._opacity, 0)


def _byte(colour: RGB | Bytes) -> Bytes:
    return np.clip(np.asarray(colour), 0, 255).astype(np.uint8)


def _fixed(point: Point) -> tuple[int, int]:
    """A point in OpenCV's fixed-point coordinates."""
    return round(point[0] * _ONE), round(point[1] * _ONE)


def _premultiplied(sprite: Sprite) -> Floats:
    """Colours times alpha, so that scaling and turning draw no dark rim; still 0 to 255."""
    ready = sprite.astype(np.float32)
    ready[..., :3] *= ready[..., 3:] / 255
    return ready


def _resized(sprite: Floats, size: float, flip: bool) -> Floats:
    scale = size / max(sprite.shape[:2])
    width, height = max(2, int(sprite.shape[1] * scale)), max(2, int(sprite.shape[0] * scale))
    method = cv2.INTER_AREA if scale < 1 else cv2.INTER_LINEAR
    resized = cv2.resize(sprite, (width, height), interpolation=method)
    return resized[:, ::-1] if flip else resized


def _turned(sprite: Floats, turn_deg: float) -> Floats:
    """Turn a sprite and crop it to what is opaque again."""
    if turn_deg == 0:
        return sprite
    height, width = sprite.shape[:2]
    matrix = cv2.getRotationMatrix2D((width / 2, height / 2), turn_deg, 1)
    cosine, sine = abs(matrix[0, 0]), abs(matrix[0, 1])
    new_width, new_height = int(height * sine + width * cosine) + 2, int(height * cosine + width * sine) + 2
    matrix[:, 2] += new_width / 2 - width / 2, new_height / 2 - height / 2
    turned = cv2.warpAffine(np.ascontiguousarray(sprite), matrix, (new_width, new_height))
    rows, columns = np.nonzero(turned[..., 3] > 8)
    return turned[rows.min() : rows.max() + 1, columns.min() : columns.max() + 1]
