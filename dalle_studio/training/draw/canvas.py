"""Drawing primitives on a small square picture.

Coordinates are pixels from the upper left corner; edges are smooth (OpenCV's anti-aliasing, with
positions to a sixteenth of a pixel). All randomness comes from the generator given to the canvas.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

import cv2
import numpy as np

from dalle_studio.training.draw.arrays import Bytes, Floats
from dalle_studio.training.draw.blending import blended, duotone, flat, lightened, mapped, spread, to_bytes
from dalle_studio.training.draw.chance import chance
from dalle_studio.training.draw.colours import RGB, Sprite, near
from dalle_studio.training.draw.frame import SIDE, Pixels, grids, within
from dalle_studio.training.draw.noise import VARIANTS, lying_noise, noise_field
from dalle_studio.training.draw.sprites import posed
from dalle_studio.training.draw.stamps import Stamp, sized

_SHIFT = 4
_ONE = 1 << _SHIFT
Point = tuple[float, float]


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
        if last <= first:
            return
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

    def cover(self, colour: RGB | Floats, weight: Floats | float) -> None:
        """Mix in a colour, or a colour for each pixel, where `weight` is above 0.

        Args:
            colour: one RGB, or an array that broadcasts to (SIDE, SIDE, 3).
            weight: 0 to 1, (SIDE, SIDE), (SIDE, 1) or a number.
        """
        above = flat(self.pixels.shape, colour) if isinstance(colour, tuple) else to_bytes(colour)
        self.pixels = blended(self.pixels, above, spread(weight))

    def shine(self, colour: RGB, weight: Floats | float) -> None:
        """Add light of a colour (a screen blend); `weight` as for `cover`."""
        self.pixels = lightened(self.pixels, colour, spread(weight))

    def noise(self, across: int, down: int | None = None, octaves: int = 3) -> Floats:
        """Soft random patches, (SIDE, SIDE), mostly 0.1 to 0.9, about `across` x `down` of the largest."""
        down = across if down is None else down
        field = noise_field(across, down, octaves, int(self.rng.integers(VARIANTS)))
        turned = cv2.flip(field, int(self.rng.integers(-1, 2)))
        return np.asarray(cv2.resize(turned, (SIDE, SIDE), interpolation=cv2.INTER_LINEAR))

    def floor_noise(self, horizon: float, across: int = 24, down: int = 24, octaves: int = 2) -> Floats:
        """Noise lying on the ground, (SIDE, SIDE): fine at `horizon`, coarse below; 0.5 above it."""
        first = int(np.clip(horizon, 0, SIDE - 1))
        seen = lying_noise(across, down, octaves, int(self.rng.integers(VARIANTS)))
        lying = np.full((SIDE, SIDE), 0.5, np.float32)
        lying[first:] = (seen[:, ::-1] if chance(self.rng, 0.5) else seen)[: SIDE - first]
        return lying

    def ridge(self, y: float, height: float, waves: int = 3, octaves: int = 4, rough: float = 0.5) -> Floats:
        """A random skyline: its y in each column, (SIDE,), about `y` plus and minus `height`."""
        line, size = np.zeros(SIDE, np.float32), 1.0
        for octave in range(octaves):
            count = (waves << octave) + 4
            coarse = self.rng.uniform(-1, 1, (1, count)).astype(np.float32)
            method = cv2.INTER_CUBIC if rough < 0.6 or octave == 0 else cv2.INTER_LINEAR
            wide = cv2.resize(coarse, (SIDE + 64, 1), interpolation=method)[0]
            line += size * wide[32 : SIDE + 32]
            size *= rough
        return y + height * line

    def below(self, outline: Floats, soft: float = 1.0) -> Floats:
        """How much of each pixel lies under a skyline, (SIDE, SIDE), 0 to 1."""
        rows = np.arange(SIDE, dtype=np.float32)[:, None]
        return np.clip((rows - outline[None] + 0.5) / soft, 0, 1)

    def land(self, outline: Floats, top: RGB, bottom: RGB, depth: float = 80) -> Floats:
        """Fill everything under a skyline; `top` fades to `bottom` within `depth` px. Returns its weight."""
        inside = self.below(outline)
        first = max(0, int(outline.min()) - 1)
        if first >= SIDE:
            return inside
        rows = np.arange(first, SIDE, dtype=np.float32)[:, None]
        down = (rows - outline[None]) / max(depth, 1)
        part = self.pixels[first:]
        self.pixels[first:] = blended(part, duotone(top, bottom, down), inside[first:])
        return inside

    def relief(self, weight: Floats | float, texture: Floats, amount: float) -> None:
        """Lighten and darken by a texture (0 to 1, 0.5 changes nothing); `amount` 0.3 is strong."""
        factor = (1 + (texture - 0.5) * np.float32(2 * amount) * weight).astype(np.float32)
        self.pixels = np.asarray(cv2.multiply(self.pixels, cv2.merge([factor] * 3), dtype=cv2.CV_8U))

    def blob(
        self,
        x: float,
        y: float,
        radius_x: float,
        radius_y: float,
        colour: RGB,
        opacity: float = 1,
        *,
        light: bool = False,
    ) -> None:
        """A spot that fades out softly: a shadow, a lamp, mist. With `light` it only brightens."""
        rows = slice(max(0, int(y - 2.4 * radius_y)), min(SIDE, int(y + 2.4 * radius_y) + 1))
        columns = slice(max(0, int(x - 2.4 * radius_x)), min(SIDE, int(x + 2.4 * radius_x) + 1))
        if rows.start >= rows.stop or columns.start >= columns.stop:
            return
        down = np.exp(-(((np.arange(rows.start, rows.stop, dtype=np.float32) - y) / radius_y) ** 2))
        along = np.exp(-(((np.arange(columns.start, columns.stop, dtype=np.float32) - x) / radius_x) ** 2))
        weight = np.outer(down * np.float32(opacity), along)
        part = self.pixels[rows, columns]
        if light:
            self.pixels[rows, columns] = lightened(part, colour, weight)
        else:
            self.pixels[rows, columns] = blended(part, flat(part.shape, colour), weight)

    def stamp(
        self,
        stamp: Stamp,
        x: float,
        y: float,
        height: float,
        dark: RGB,
        light: RGB,
        *,
        wide: float = 1,
        opacity: float = 1,
        flip: bool = False,
    ) -> None:
        """Put a stamp with its lower edge at `y`, in two colours.

        Args:
            stamp: the shape.
            x: horizontal centre.
            y: lower edge.
            height: pixels.
            dark: colour of its shadow side.
            light: colour of its lit side.
            wide: factor on its width.
            opacity: 0 to 1.
            flip: mirror it, so that the light comes from the right.
        """
        planes = sized(stamp, height, wide)
        corner = (x - planes.shape[1] / 2, y - planes.shape[0])
        self._stamp_at(planes[:, ::-1] if flip else planes, corner, (dark, light), opacity)

    def _stamp_at(self, planes: Bytes, corner: Point, tones: tuple[RGB, RGB], opacity: float) -> None:
        if (found := within(planes, int(corner[0]), int(corner[1]))) is None:
            return
        place, inner = found
        alpha = inner[..., 0] * np.float32(opacity / 255)
        colour = mapped(np.ascontiguousarray(inner[..., 1]), *tones)
        self.pixels[place] = blended(self.pixels[place], colour, alpha)

    def rays(self, x: float, y: float, colour: RGB, strength: float, reach: float = 220) -> None:
        """Shafts of light that fan out from a point, in or above the picture."""
        rows, columns = grids()
        away_x, away_y = columns - np.float32(x), rows - np.float32(y)
        angle = cv2.phase(away_x + 1e-3, away_y)
        profile = np.tile(self.rng.random((1, 47), np.float32) ** 2, 3)
        fan = cv2.resize(profile, (2160, 1), interpolation=cv2.INTER_CUBIC)[0, 720:1440]
        beam = fan[np.clip(angle * (720 / (2 * np.pi)), 0, 719).astype(np.int32)]
        fade = np.exp(-(away_x**2 + away_y**2) / np.float32(reach**2))
        self.shine(colour, np.clip(strength * beam * fade, 0, 1))

    def mirror(self, horizon: float, strength: float, wobble: float = 3, squeeze: float = 0.9) -> None:
        """Reflect what is above `horizon` in the water below it, broken by waves."""
        first = int(np.clip(horizon, 1, SIDE - 2))
        rows, columns = grids()
        depth = rows[first:] - first
        waves = (self.noise(5, 40, 2)[first:] - 0.5) * np.float32(2 * wobble) * (0.3 + depth / 40)
        source = np.clip(first - 1 - depth * np.float32(squeeze) + waves * 0.6, 0, first - 1)
        seen = cv2.remap(
            self.pixels[:first],
            columns[first:] + waves,
            source,
            cv2.INTER_LINEAR,
            borderMode=cv2.BORDER_REPLICATE,
        )
        self.pixels[first:] = cv2.addWeighted(self.pixels[first:], 1 - strength, seen, strength, 0)

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
        ready = posed(sprite, size, flip, turn_deg)
        height, width = ready.shape[:2]
        left, top = int(x - width / 2), int(y - height) if anchor == "foot" else int(y - height / 2)
        self._paste_at(ready, left, top, shade)
        return Extent(left, top, left + width, top + height)

    def _paste_at(self, sprite: Floats, left: int, top: int, shade: float) -> None:
        if (found := within(sprite, left, top)) is None:
            return
        place, part = found
        mixed = self.pixels[place] * (1 - part[..., 3:] / 255) + part[..., :3] * shade
        self.pixels[place] = np.clip(mixed, 0, 255).astype(np.uint8)

    def _blend(self, colour: RGB | Bytes, weight: Floats) -> None:
        mixed = self.pixels + (np.asarray(colour, np.float32) - self.pixels) * weight
        self.pixels = np.clip(mixed + np.float32(0.5), 0, 255).astype(np.uint8)


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
