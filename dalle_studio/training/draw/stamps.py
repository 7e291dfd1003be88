"""Shapes that places are built from: clouds, trees, rocks, grass. Each is lit from the upper left.

They are drawn once, always the same few variants, and scaled and coloured anew in every picture.
"""

from __future__ import annotations

import itertools
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache

import cv2
import numpy as np

from dalle_studio.training.draw.arrays import Bytes, Floats

_LIGHT = np.array((-0.45, -0.72, 0.53), np.float32)
_SHIFT = 4
Corner = tuple[float, float]


@dataclass(frozen=True, eq=False)
class Stamp:
    """A shape lit from the upper left, without colours: it gets them when it is put on a canvas."""

    planes: Bytes
    """(height, width, 2), 0 to 255: opacity, and light from dark to lit."""


class _Maker:
    """A stamp being drawn."""

    def __init__(self, width: int, height: int, seed: int) -> None:
        self.rng = np.random.default_rng((seed, 77))
        self.alpha: Floats = np.zeros((height, width), np.float32)
        self.light: Floats = np.zeros((height, width), np.float32)

    def put(self, alpha: Floats, light: Floats | float) -> None:
        self.light += (light - self.light) * alpha
        self.alpha += (1 - self.alpha) * alpha

    def puff(self, x: float, y: float, radius: float, level: float = 0.5, edge: float = 0.12) -> None:
        """A ball; `level` is the brightness of its middle."""
        rows, columns = np.ogrid[0 : self.alpha.shape[0], 0 : self.alpha.shape[1]]
        across, down = (columns - x) / radius, (rows - y) / radius
        distance = np.sqrt(across**2 + down**2)
        toward = np.sqrt(np.clip(1 - distance**2, 0, 1))
        facing = across * _LIGHT[0] + down * _LIGHT[1] + toward * _LIGHT[2]
        alpha = np.clip((1 - distance) / edge, 0, 1).astype(np.float32)
        self.put(alpha, np.clip(level + 0.42 * (facing - 0.4), 0, 1).astype(np.float32))

    def polygon(self, points: Sequence[Corner] | Floats, light: Floats | float) -> None:
        mask = np.zeros(self.alpha.shape, np.uint8)
        shape = np.round(np.asarray(points) * (1 << _SHIFT)).astype(np.int32)
        cv2.fillPoly(mask, [shape], 255, cv2.LINE_AA, _SHIFT)
        self.put(mask.astype(np.float32) / 255, light)

    def roughen(self, reach: float, cells: int) -> None:
        """Ruffle all edges, as leaves do."""
        height, width = self.alpha.shape
        maps: list[Floats] = []
        for grid in np.mgrid[0:height, 0:width].astype(np.float32)[::-1]:
            shift = self.rng.uniform(-reach, reach, (cells, cells)).astype(np.float32)
            maps.append(grid + cv2.resize(shift, (width, height), interpolation=cv2.INTER_CUBIC))
        self.alpha = cv2.remap(self.alpha, maps[0], maps[1], cv2.INTER_LINEAR)
        self.light = cv2.remap(self.light, maps[0], maps[1], cv2.INTER_LINEAR)

    def done(self) -> Stamp:
        return _stamp(self.alpha, self.light)


def _stamp(alpha: Floats, light: Floats) -> Stamp:
    return Stamp(np.clip(np.stack([alpha, light], -1) * 255 + 0.5, 0, 255).astype(np.uint8))


def _variants(count: int, make: Callable[[int], Stamp]) -> tuple[Stamp, ...]:
    return tuple(make(seed) for seed in range(count))


@cache
def clouds() -> tuple[Stamp, ...]:
    """Heaped clouds with flat, shaded undersides, about twice as wide as high."""
    return _variants(8, _cloud)


def _cloud(seed: int) -> Stamp:
    maker = _Maker(256, 120, seed)
    rng, peak = maker.rng, maker.rng.uniform(90, 166)
    for size, count in ((24, 16), (17, 22), (12, 18)):
        for _ in range(count):
            x = rng.uniform(34, 222)
            dome = max(0.0, 1 - abs(x - peak) / 108) ** 0.8
            y = 96 - rng.uniform(0.25, 1) * (12 + 58 * dome) + (24 - size) * -0.3
            maker.puff(x, y, size * rng.uniform(0.7, 1.1), 0.75 - 0.28 * (y - 30) / 70, 0.35)
    rows = np.arange(120, dtype=np.float32)[:, None]
    maker.roughen(3, 22)
    maker.alpha *= np.clip((108 - rows) / 22, 0, 1)
    maker.light = np.clip(cv2.GaussianBlur(maker.light, (0, 0), 1.6), 0, 1)
    return maker.done()


@cache
def crowns() -> tuple[Stamp, ...]:
    """Round tree crowns."""
    return _variants(6, lambda seed: _leaves(seed, 128, 112, 0.5))


@cache
def bushes() -> tuple[Stamp, ...]:
    """Low bushes, twice as wide as high."""
    return _variants(5, lambda seed: _leaves(seed + 20, 160, 76, 0.62))


def _leaves(seed: int, width: int, height: int, middle: float) -> Stamp:
    maker = _Maker(width, height, seed)
    rng = maker.rng
    for size, count in ((0.3, 10), (0.2, 16), (0.13, 26)):
        for _ in range(count):
            turn, away = rng.uniform(0, 2 * np.pi), np.sqrt(rng.random()) * (0.92 - size * 1.4)
            x = width * (0.5 + 0.5 * away * np.cos(turn))
            y = height * (middle + 0.46 * away * np.sin(turn))
            lit = 0.46 - 0.3 * (y / height - 0.5) - 0.22 * (x / width - 0.5)
            maker.puff(x, y, height * size * rng.uniform(0.8, 1.15), lit, 0.2)
    maker.roughen(3.5, 26)
    return maker.done()


@cache
def conifers() -> tuple[Stamp, ...]:
    """Firs with drooping tiers of branches."""
    return _variants(6, _conifer)


def _conifer(seed: int) -> Stamp:
    maker = _Maker(100, 200, seed + 40)
    rng, tiers = maker.rng, 8
    across = np.linspace(-1, 1, 100, dtype=np.float32)[None]
    maker.polygon([(46, 150), (54, 150), (55, 200), (45, 200)], 0.12)
    for tier in range(tiers, 0, -1):
        share = tier / tiers
        top, base, half = 4 + (share - 1 / tiers) * 168, 16 + share * 166, 6 + 40 * share
        edge = np.linspace(-1, 1, 11)
        jag = np.where(np.arange(11) % 2 == 0, 5.0, -4.0) * (0.4 + share) + rng.uniform(-2, 2, 11)
        low = [(50 + half * e, base + j - 10 * e * e) for e, j in zip(edge, jag, strict=True)]
        rows = np.arange(200, dtype=np.float32)[:, None]
        down = np.clip((rows - top) / (base - top), 0, 1)
        maker.polygon([(50, top - 6), *reversed(low)], 0.22 + 0.42 * down - 0.3 * across * (0.4 + 0.6 * down))
    maker.roughen(1.6, 40)
    return maker.done()


@cache
def trunks() -> tuple[Stamp, ...]:
    """Curved palm trunks; each belongs to the fronds of the same number."""
    return _variants(4, lambda seed: _palm(seed)[0])


@cache
def fronds() -> tuple[Stamp, ...]:
    """Palm leaves; each belongs to the trunk of the same number."""
    return _variants(4, lambda seed: _palm(seed)[1])


def _palm(seed: int) -> tuple[Stamp, Stamp]:
    trunk, leaves = _Maker(200, 256, seed + 60), _Maker(200, 256, seed + 60)
    rng, along = leaves.rng, np.linspace(0, 1, 14)
    lean = rng.uniform(-46, 46)
    x, y, half = 100 - lean + 2 * lean * along**1.7 * 0.8, 256 - 170 * along, 7.5 - 3.5 * along
    for part in range(13):
        ends = [(x[part] - half[part], y[part]), (x[part + 1] - half[part + 1], y[part + 1])]
        ends += [(x[part + 1] + half[part + 1], y[part + 1] - 1), (x[part] + half[part], y[part])]
        across = (np.arange(200, dtype=np.float32)[None] - x[part]) / (2 * half[part])
        trunk.polygon(ends, np.clip(0.5 - 0.6 * across + 0.07 * (-1) ** part, 0, 1) * np.ones((256, 1)))
    for order, turn in enumerate(np.concatenate([np.linspace(0.15, 2.99, 6), np.linspace(-0.35, 3.5, 7)])):
        _frond(leaves, (x[-1], y[-1]), turn + rng.uniform(-0.12, 0.12), 0.22 if order < 6 else 0.45)
    return trunk.done(), leaves.done()


def _frond(maker: _Maker, start: Corner, turn: float, level: float) -> None:
    long, bend = maker.rng.uniform(70, 92), maker.rng.uniform(38, 62)
    along = np.linspace(0, 1, 13)
    x = start[0] + np.cos(turn) * long * along
    y = start[1] - np.sin(turn) * long * 0.62 * along + bend * along**2.2
    wide = 11 * np.sin(np.pi * np.clip(along * 0.93 + 0.07, 0, 1)) ** 0.7
    teeth = np.where(np.arange(13) % 2 == 0, 1.0, 0.62)
    upper = list(zip(x, y - wide * 0.35, strict=True))
    lower = list(zip(x, y + wide * teeth, strict=True))
    maker.polygon(upper + lower[::-1], level - 0.1)
    light = level + 0.32 + 0.12 * (np.cos(turn) < 0)
    maker.polygon(upper + list(zip(x, y + wide * 0.3, strict=True))[::-1], light)


@cache
def rocks() -> tuple[Stamp, ...]:
    """Boulders with lit upper facets."""
    return _variants(6, _rock)


def _rock(seed: int) -> Stamp:
    maker = _Maker(128, 84, seed + 80)
    rng = maker.rng
    turns = np.linspace(np.pi, 2 * np.pi, 8) + rng.uniform(-0.1, 0.1, 8)
    reach = rng.uniform(0.82, 1.0, 8)
    rim = [(64 + 60 * r * np.cos(t), 80 + 74 * r * np.sin(t)) for t, r in zip(turns, reach, strict=True)]
    middle = (64 + rng.uniform(-16, 4), 80 - rng.uniform(30, 44))
    maker.polygon([(4, 84), *rim, (124, 84)], 0.3)
    for one, two in itertools.pairwise(rim):
        normal = np.array((two[1] - one[1], one[0] - two[0])) / (np.hypot(*np.subtract(two, one)) + 1e-6)
        maker.polygon([one, two, middle], float(np.clip(0.42 + 0.5 * (normal @ _LIGHT[:2]), 0.1, 1)))
    maker.polygon([middle, rim[-1], (124, 84), (70, 84)], 0.2)
    maker.polygon([middle, (70, 84), (4, 84), rim[0]], 0.46)
    maker.light = cv2.GaussianBlur(maker.light, (0, 0), 2.4)
    maker.roughen(2.5, 14)
    return maker.done()


@cache
def tufts() -> tuple[Stamp, ...]:
    """Tufts of grass: dark at the foot, lit at the tips."""
    return _variants(6, _tuft)


def _tuft(seed: int) -> Stamp:
    maker = _Maker(120, 80, seed + 100)
    rng = maker.rng
    down = np.clip((np.arange(80, dtype=np.float32)[:, None]) / 80, 0, 1)
    for _ in range(24):
        foot, high, lean = rng.uniform(18, 102), rng.uniform(34, 76), rng.uniform(-24, 24)
        along = np.linspace(0, 1, 6)
        x, y, half = foot + lean * along**2, 80 - high * along, 3.4 * (1 - along) ** 0.8
        left, right = list(zip(x - half, y, strict=True)), list(zip(x + half, y, strict=True))
        maker.polygon(
            left + right[::-1], np.clip(1 - down + rng.uniform(-0.22, 0.12), 0, 1) * np.ones((1, 120))
        )
    return maker.done()


@cache
def cacti() -> tuple[Stamp, ...]:
    """Saguaro cacti with one to three arms."""
    return _variants(4, _cactus)


def _cactus(seed: int) -> Stamp:
    maker = _Maker(120, 200, seed + 120)
    rng = maker.rng
    for side in (-1, 1) if seed != 1 else (-1,):
        base, high, reach = rng.uniform(95, 140), rng.uniform(40, 66), rng.uniform(30, 38)
        _limb(maker, [(60, base), (60 + side * reach * 0.7, base - 2), (60 + side * reach, base - 14)], 9)
        _limb(maker, [(60 + side * reach, base - 10), (60 + side * reach, base - high)], 9)
    _limb(maker, [(60, 205), (60, 22)], 14)
    return maker.done()


def _limb(maker: _Maker, path: Sequence[Corner], half: float) -> None:
    """A ribbed, rounded limb along a path."""
    for lit, wide, shift in ((0.16, 1.0, 0.0), (0.42, 0.68, -0.22), (0.72, 0.3, -0.42)):
        points = np.array([(x + shift * half, y) for x, y in path])
        mask = np.zeros(maker.alpha.shape, np.uint8)
        fixed = np.round(points).astype(np.int32)
        cv2.polylines(mask, [fixed], False, 255, max(1, int(2 * half * wide)), cv2.LINE_AA)
        maker.put(cv2.GaussianBlur(mask, (0, 0), 1.2).astype(np.float32) / 255, lit)


@cache
def corals() -> tuple[Stamp, ...]:
    """Branching corals."""
    return _variants(4, _coral)


def _coral(seed: int) -> Stamp:
    maker = _Maker(140, 140, seed + 140)
    stack = [(70.0, 142.0, np.pi / 2, 44.0, 9.0)]
    while stack:
        x, y, turn, long, half = stack.pop(0)
        end = (x + np.cos(turn) * long, y - np.sin(turn) * long)
        _limb(maker, [(x, y), end], half)
        if half > 3.6:
            for spread in (-0.55, 0.55) if half < 8 else (-0.75, 0.05, 0.75):
                bend = turn + spread + maker.rng.uniform(-0.2, 0.2)
                stack.append((*end, bend, long * maker.rng.uniform(0.62, 0.85), half * 0.78))
    return maker.done()


@cache
def puff() -> Stamp:
    """A soft ball, such as of smoke."""
    maker = _Maker(96, 96, 0)
    maker.puff(48, 48, 47, 0.5, 0.5)
    return maker.done()


@cache
def ball() -> Stamp:
    """A hard ball, lit from the left with a dark side, such as a planet."""
    rows, columns = np.mgrid[0:160, 0:160].astype(np.float32)
    across, down = (columns - 79.5) / 78, (rows - 79.5) / 78
    distance = np.sqrt(across**2 + down**2)
    toward = np.sqrt(np.clip(1 - distance**2, 0, 1))
    facing = -0.75 * across - 0.4 * down + 0.5 * toward
    return _stamp((1 - distance) * 78, facing * 1.1 + 0.06)


def sized(stamp: Stamp, height: float, wide: float) -> Bytes:
    """The planes of a stamp at about a height in px, its width multiplied by `wide`."""
    rows, columns = stamp.planes.shape[:2]
    return _scaled(stamp, (_step(columns * height / rows * wide), _step(height)))


def _step(length: float) -> int:
    """A length rounded to one of few, at most 4 % apart, so that scaled stamps are used again."""
    return (
        max(2, round(length))
        if length < 24
        else round(24 * 1.08 ** round(np.log(length / 24) / np.log(1.08)))
    )


@lru_cache(4096)
def _scaled(stamp: Stamp, size: tuple[int, int]) -> Bytes:
    """The planes of a stamp at a size (width, height)."""
    method = cv2.INTER_AREA if size[1] < stamp.planes.shape[0] else cv2.INTER_LINEAR
    return np.asarray(cv2.resize(stamp.planes, size, interpolation=method))
