"""The scene of `painting`: a moonlit bay with hills, a village, a boat, and a sky full of wind.

Besides its colours a scene says in which direction strokes run, and where they need to be fine.
"""

from __future__ import annotations

import cv2
import numpy as np

from dalle_studio.training.draw.arrays import Floats

Field = Floats
Colour = tuple[float, float, float]

HORIZON = 0.60
"""Height of the water line, as a share of the picture."""
MOON = (0.70, 0.19, 0.062)
"""Centre and radius of the moon, as shares of the side."""
WHIRLS = (
    (0.30, 0.27, 0.17, 1.0),
    (0.52, 0.13, 0.10, -1.0),
    (0.90, 0.42, 0.13, 1.0),
    (0.07, 0.09, 0.09, -1.0),
)
"""Centre, radius and turning sense of the winds in the sky."""
STARS = ((0.13, 0.36), (0.44, 0.40), (0.20, 0.13), (0.38, 0.06), (0.60, 0.33), (0.88, 0.09), (0.55, 0.24),
         (0.93, 0.24), (0.06, 0.24), (0.77, 0.37))  # fmt: skip
BOAT = (0.37, 0.775)
"""Where its mast meets its rim."""
BOAT_PARTS: tuple[tuple[tuple[tuple[float, float], ...], Colour, tuple[float, float]], ...] = (
    (((-0.085, -0.006), (0.088, -0.010), (0.062, 0.024), (-0.058, 0.024)), (46, 26, 30), (1.0, 0.0)),
    (((-0.087, -0.009), (0.090, -0.013), (0.086, -0.002), (-0.083, 0.003)), (172, 98, 58), (1.0, 0.0)),
    (((0.002, -0.222), (0.007, -0.222), (0.008, -0.010), (0.001, -0.010)), (58, 40, 38), (0.0, 1.0)),
    (((0.010, -0.215), (0.094, -0.036), (0.010, -0.026)), (228, 208, 168), (0.42, 0.90)),
    (((0.010, -0.215), (0.034, -0.030), (0.010, -0.026)), (188, 162, 136), (0.12, 0.99)),
    (((-0.002, -0.200), (-0.002, -0.034), (-0.076, -0.024)), (206, 182, 148), (-0.42, 0.90)),
    (((-0.002, -0.200), (-0.002, -0.034), (-0.022, -0.031)), (172, 148, 128), (-0.10, 0.99)),
)
"""Outline of each part from there, its colour, and the direction of its strokes."""


class NightScene:
    """The picture to be painted."""

    def __init__(self, side: int, rng: np.random.Generator) -> None:
        """Draw everything, `side` pixels square."""
        self._side, self._rng = side, rng
        y, x = np.mgrid[0:side, 0:side].astype(np.float32) / side
        self._x, self._y = x, y
        self.flow: Field = np.zeros((side, side, 2), np.float32)
        """Unit vectors (x, y) along which strokes run."""
        self.attention: Field = np.full((side, side), 0.8, np.float32)
        """How much errors matter: 1 is usual, more asks for finer strokes."""
        self.colours: Field = self._sky()
        """(side, side, 3), 0 to 255."""
        self._stars_and_moon()
        self._water()
        self._hills()
        self._village()
        self._boat()
        norm = np.linalg.norm(self.flow, axis=-1, keepdims=True)
        self.flow /= np.maximum(norm, 1e-4)

    def _noise(self, cells_x: int, cells_y: int) -> Field:
        coarse = self._rng.normal(0, 1, (cells_y, cells_x)).astype(np.float32)
        return cv2.resize(coarse, (self._side, self._side), interpolation=cv2.INTER_CUBIC)

    def _sky(self) -> Field:
        """Blues in bands that the wind has carried along its flow."""
        self.flow[..., 0], self.flow[..., 1] = 1.0, 0.25 * np.sin(self._x * 7 + 2 * self._y)
        for centre_x, centre_y, radius, sense in (*WHIRLS, (MOON[0], MOON[1], 0.15, 1.0)):
            dx, dy = self._x - centre_x, self._y - centre_y
            pull = 3.2 * np.exp(-(dx**2 + dy**2) / (2 * (radius * 0.62) ** 2))
            distance = np.sqrt(dx**2 + dy**2) + 1e-3
            self.flow[..., 0] += sense * pull * -dy / distance
            self.flow[..., 1] += sense * pull * dx / distance
        carried = self._carried(self._noise(90, 90) + 0.7 * self._noise(30, 30), steps=46)
        carried = (carried - carried.mean()) / carried.std()
        tones = np.array(
            [(12, 20, 62), (22, 44, 112), (38, 82, 158), (84, 138, 190), (168, 200, 206)], np.float32
        )
        level = np.clip(0.32 + 0.17 * carried + 0.34 * (self._y / HORIZON) ** 2, 0, 1)
        return _ramp(level, tones)

    def _carried(self, texture: Field, steps: int) -> Field:
        """Smear a texture along the flow (line integral convolution)."""
        norm = np.linalg.norm(self.flow, axis=-1, keepdims=True)
        unit = self.flow / np.maximum(norm, 1e-4)
        total = texture.copy()
        for sense in (1.0, -1.0):
            x, y = self._x * self._side, self._y * self._side
            for _ in range(steps):
                dx = cv2.remap(unit[..., 0], x, y, cv2.INTER_LINEAR, borderMode=cv2.BORDER_REPLICATE)
                dy = cv2.remap(unit[..., 1], x, y, cv2.INTER_LINEAR, borderMode=cv2.BORDER_REPLICATE)
                x, y = x + sense * dx * 1.6, y + sense * dy * 1.6
                total += cv2.remap(texture, x, y, cv2.INTER_LINEAR, borderMode=cv2.BORDER_REFLECT)
        return total / (2 * steps + 1)

    def _light(self, x: float, y: float, radius: float, colour: Colour, strength: float) -> None:
        """Add a halo."""
        distance = ((self._x - x) ** 2 + (self._y - y) ** 2) / radius**2
        weight = (strength * np.exp(-distance))[..., None]
        self.colours += (np.array(colour, np.float32) - self.colours) * weight

    def _disc(self, x: float, y: float, radius: float, colour: Colour) -> None:
        distance = np.sqrt((self._x - x) ** 2 + (self._y - y) ** 2)
        weight = np.clip((radius - distance) * self._side / 2 + 0.5, 0, 1)[..., None]
        self.colours += (np.array(colour, np.float32) - self.colours) * weight

    def _rings(self, x: float, y: float, radius: float, count: int, strength: float) -> None:
        """Bands of light around a star or the moon."""
        distance = np.sqrt((self._x - x) ** 2 + (self._y - y) ** 2) / radius
        bands = (0.5 + 0.5 * np.cos(distance * count * 2 * np.pi)) * np.exp(-((distance / 0.75) ** 2))
        self.colours += (np.array((236, 226, 150), np.float32) - self.colours) * (strength * bands)[..., None]

    def _stars_and_moon(self) -> None:
        for number, (x, y) in enumerate(STARS):
            size = 0.0085 + 0.004 * (number % 3)
            self._light(x, y, size * 4.6, (150, 190, 200), 0.55)
            self._rings(x, y, size * 4.2, 2, 0.5)
            self._disc(x, y, size, (250, 240, 180))
            self._circling(x, y, size * 5)
        x, y, radius = MOON
        self._light(x, y, radius * 2.9, (190, 206, 176), 0.75)
        self._rings(x, y, radius * 3.0, 3, 0.5)
        self._disc(x, y, radius, (250, 226, 130))
        self._disc(x - radius * 0.22, y - radius * 0.16, radius * 0.62, (255, 244, 190))
        self._circling(x, y, radius * 2.8)

    def _circling(self, x: float, y: float, radius: float) -> None:
        """Strokes run around a light, and are finer there."""
        dx, dy = self._x - x, self._y - y
        weight = np.exp(-(dx**2 + dy**2) / (2 * (radius * 0.6) ** 2))
        distance = np.sqrt(dx**2 + dy**2) + 1e-3
        around = np.stack([-dy / distance, dx / distance], -1)
        self.flow = self.flow * (1 - weight[..., None]) + 3 * around * weight[..., None]
        self.attention = np.maximum(self.attention, 0.8 + 0.9 * weight)

    def _water(self) -> None:
        water = self._y > HORIZON
        depth = np.clip((self._y - HORIZON) / (1 - HORIZON), 0, 1)
        ripples = self._noise(26, 150) * (0.5 + depth) + 0.6 * self._noise(60, 260)
        tones = np.array([(10, 26, 62), (20, 52, 98), (40, 92, 138), (96, 146, 176)], np.float32)
        sea = _ramp(np.clip(0.52 - 0.3 * depth + 0.11 * ripples, 0, 1), tones)
        path = np.exp(-(((self._x - MOON[0]) / (0.035 + 0.10 * depth)) ** 2))
        glitter = np.clip(path * (0.62 + 0.42 * self._noise(20, 120)), 0, 1)[..., None]
        sea += (np.array((248, 226, 150), np.float32) - sea) * glitter * 0.92
        self.colours = np.where(water[..., None], sea, self.colours).astype(np.float32)
        self.flow[water] = 0
        self.flow[..., 0][water] = 1.0
        self.flow[..., 1][water] = 0.12 * np.sin(self._x[water] * 30 + self._y[water] * 60)
        self.attention[water] = 0.9

    def _hills(self) -> None:
        """Three ranges, each nearer one darker and greener, and the shore they end in."""
        x = self._x[0]
        ranges = (
            (0.485 + 0.045 * np.sin(x * 5.2 + 0.6) + 0.018 * np.sin(x * 13), (54, 84, 132), (32, 58, 104)),
            (0.535 + 0.040 * np.sin(x * 4.1 + 2.6) + 0.014 * np.sin(x * 11 + 1), (40, 74, 104), (20, 42, 72)),
            (0.600 - 0.115 * np.exp(-(((x - 0.06) / 0.17) ** 2)) - 0.085 * np.exp(-(((x - 1.0) / 0.16) ** 2)),
             (44, 84, 78), (14, 34, 46)),
        )  # fmt: skip
        for ridge, light, dark in ranges:
            inside = (self._y > ridge[None]) & (self._y < HORIZON + 0.004)
            down = np.clip((self._y - ridge[None]) / 0.10 + 0.25 * self._noise(40, 40), 0, 1)
            colours = _ramp(down, np.array([light, dark], np.float32))
            self.colours[inside] = colours[inside]
            slope = np.gradient(ridge) * self._side
            self.flow[inside] = np.stack(np.broadcast_arrays(1.0, slope[None] * (1 - 0.5 * down)), -1)[inside]
            self.attention[inside] = 1.0
        self._reflect_hills()

    def _reflect_hills(self) -> None:
        """The dark of the hills in the water below the shore, broken by ripples."""
        depth = (self._y - HORIZON) / 0.075
        dark = np.clip(1.05 - depth + 0.35 * self._noise(24, 170), 0, 1) * (depth > 0) * 0.72
        self.colours += (np.array((14, 34, 58), np.float32) - self.colours) * dark[..., None]

    def _polygon(self, points: list[tuple[float, float]], colour: Colour) -> None:
        corners = np.round(np.array(points) * self._side * 16).astype(np.int32)
        cv2.fillPoly(self.colours, [corners], colour, cv2.LINE_8, 4)

    def _village(self) -> None:
        """Little houses along the shore with lit windows, a church, and their light on the water."""
        places = [*np.linspace(0.02, 0.31, 10), *np.linspace(0.80, 0.985, 7)]
        for number, x in enumerate(places):
            x += float(self._rng.uniform(-0.006, 0.006))
            base = HORIZON - 0.004 - float(self._rng.uniform(0, 0.030)) * (number % 2)
            wide, high = float(self._rng.uniform(0.020, 0.030)), float(self._rng.uniform(0.020, 0.032))
            self._house(x, base, wide, high)
        self._church(0.165, HORIZON - 0.030)

    def _house(self, x: float, base: float, wide: float, high: float) -> None:
        wall = float(self._rng.uniform(0.85, 1.15))
        roof: Colour = (92, 46, 44) if self._rng.random() < 0.5 else (52, 44, 66)
        self._polygon(_rectangle(x, base, wide, high), (104 * wall, 98 * wall, 112 * wall))
        shade = _rectangle(x + wide * 0.3, base, wide * 0.4, high)
        self._polygon(shade, (66 * wall, 64 * wall, 86 * wall))
        peak = [(x - wide * 0.62, base - high), (x, base - high * 1.75), (x + wide * 0.62, base - high)]
        self._polygon(peak, roof)
        if self._rng.random() < 0.85:
            self._window(x - wide * 0.14, base - high * 0.42, wide * 0.30)

    def _window(self, x: float, y: float, size: float) -> None:
        self._light(x, y, size * 2.6, (250, 170, 70), 0.55)
        self._polygon(_rectangle(x, y + size * 0.6, size, size * 1.2), (255, 214, 104))
        self._glow_on_water(x)
        near = (np.abs(self._x - x) < 0.03) & (np.abs(self._y - y) < 0.03)
        self.attention[near] = 2.2

    def _glow_on_water(self, x: float) -> None:
        depth = (self._y - HORIZON) / 0.16
        column = np.exp(-(((self._x - x) / (0.006 + 0.007 * np.clip(depth, 0, 1))) ** 2))
        broken = np.clip(0.55 + 0.6 * self._noise(30, 150), 0, 1)
        weight = column * broken * np.clip(1 - depth, 0, 1) * (depth > 0) * 0.85
        self.colours += (np.array((246, 176, 76), np.float32) - self.colours) * weight[..., None]

    def _church(self, x: float, base: float) -> None:
        self._polygon(_rectangle(x, base, 0.026, 0.060), (98, 94, 112))
        self._polygon(_rectangle(x + 0.008, base, 0.010, 0.060), (62, 62, 86))
        self._polygon([(x - 0.016, base - 0.060), (x, base - 0.135), (x + 0.016, base - 0.060)], (38, 42, 72))
        self._window(x - 0.002, base - 0.036, 0.008)

    def _boat(self) -> None:
        """A small sailing boat with a lantern, above its reflection."""
        self._boat_reflection()
        x, y = BOAT
        for outline, colour, along in BOAT_PARTS:
            points = [(x + dx, y + dy) for dx, dy in outline]
            self._polygon(points, colour)
            inside = np.zeros((self._side, self._side), np.uint8)
            cv2.fillPoly(inside, [np.round(np.array(points) * self._side).astype(np.int32)], 1)
            self.flow[cv2.dilate(inside, np.ones((15, 15), np.uint8)) > 0] = along
            self.attention[cv2.dilate(inside, np.ones((13, 13), np.uint8)) > 0] = 2.2
        self._light(x - 0.060, y - 0.022, 0.024, (255, 190, 90), 0.75)
        self._disc(x - 0.060, y - 0.020, 0.006, (255, 232, 150))

    def _boat_reflection(self) -> None:
        """Hull and sails upside down in the water, torn into bands by the waves."""
        x, y = BOAT
        depth = (self._y - y - 0.020) / 0.17
        sway = 0.010 * np.sin(self._y * 260) + 0.006 * self._noise(12, 120)
        wide = np.where(depth < 0.14, 0.066, 0.060 * (1.05 - depth))
        inside = np.abs(self._x + sway - x) < wide
        broken = np.clip(0.62 + 0.55 * self._noise(20, 130), 0, 1) * (1 - 0.75 * depth)
        weight = (inside * broken * (depth > 0) * (depth < 1)).astype(np.float32)
        weight = cv2.GaussianBlur(weight, (0, 0), 2.0)[..., None]
        tones = np.where(depth[..., None] < 0.16, (34, 22, 30), (150, 140, 128))
        self.colours += (tones.astype(np.float32) - self.colours) * weight * 0.8


def _rectangle(x: float, base: float, wide: float, high: float) -> list[tuple[float, float]]:
    """Corners of an upright rectangle that stands on `base`, centred on x."""
    return [
        (x - wide / 2, base - high),
        (x + wide / 2, base - high),
        (x + wide / 2, base),
        (x - wide / 2, base),
    ]


def _ramp(level: Field, tones: Field) -> Field:
    """Colours from a level of 0 to 1, by evenly spaced tones."""
    stops = np.linspace(0, 1, len(tones))
    return np.stack([np.interp(level, stops, tones[:, channel]) for channel in range(3)], -1).astype(
        np.float32
    )
