"""Large pictures with sharp edges, from which the upscaler learns what drawn art looks like close by.

Compositions are drawn at 256 px only, so these are drawn anew: vector emoji rendered at the size they are
shown at, on simple grounds, redrawn by effects that are like the styles four times as large. A picture is to
be read as a quarter of a finished one of 1024 px. This module imports no torch, so that processes start fast.
"""

from __future__ import annotations

import io
import json
import multiprocessing
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import cv2
import numpy as np
import resvg_py
from numpy.typing import NDArray
from PIL import Image

from dalle_studio.training.art.sprites import PACKAGES
from dalle_studio.training.draw.arrays import Bytes, Floats
from dalle_studio.training.draw.chance import chance, pick
from dalle_studio.training.draw.colours import hsv
from dalle_studio.training.run.files import whole_file
from dalle_studio.training.run.report import Report

SIDE = 512
SHARD = 50
WEBP_SIDE = 256
"""Side of the 3d family's pictures; they are never shown larger."""

Pixels = Bytes
"""A picture, (SIDE, SIDE, 3) RGB."""
_Y, _X = np.mgrid[0:SIDE, 0:SIDE].astype(np.float32)


class Art:
    """All emoji of the packages that `art.sprites.fetch` has unpacked; vector art is rendered when asked for."""

    def __init__(self, packages: Path) -> None:
        """Read the icon sets. Raises FileNotFoundError where they are missing."""
        folders = [packages / package.name.replace("/", "-").removeprefix("@") for package in PACKAGES]
        icons = [path for folder in folders if (path := folder / "package/icons.json").exists()]
        self._sets = [_svgs(path) for path in icons]
        self._webps = sorted(path for folder in folders for path in folder.glob("package/assets/*.webp"))

    def draw(self, rng: np.random.Generator, side_px: int) -> Floats:
        """A random emoji, (height, width, 4), premultiplied, 0 to 1; of the 3d family at most `WEBP_SIDE` px."""
        if chance(rng, len(self._webps) and 0.3):
            side_px = min(side_px, WEBP_SIDE)
            image = Image.open(pick(rng, self._webps)).convert("RGBa")
            image = image.resize((side_px, side_px), Image.Resampling.LANCZOS)
        else:
            svg = pick(rng, pick(rng, self._sets))
            png = resvg_py.svg_to_bytes(svg_string=svg, width=side_px, height=side_px)
            image = Image.open(io.BytesIO(bytes(png))).convert("RGBa")
        return np.asarray(image, np.float32) / 255


def _svgs(icons: Path) -> list[str]:
    """Every drawing of an Iconify set."""
    described = json.loads(icons.read_text("utf-8"))
    side = described.get("width", 16)
    return [
        '<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" '
        f'viewBox="0 0 {icon.get("width", side)} {icon.get("height", side)}">{icon["body"]}</svg>'
        for icon in described["icons"].values()
    ]


def _colour(rng: np.random.Generator) -> Floats:
    return np.array(hsv(rng.random(), rng.random() ** 0.7, rng.uniform(0.1, 1) ** 0.6), np.float32)


def _patches(rng: np.random.Generator, cells: int, reach: float) -> Floats:
    """Smooth random values, (SIDE, SIDE), between about -reach and reach, with cells x cells bumps."""
    coarse = rng.uniform(-reach, reach, (cells, cells)).astype(np.float32)
    return cv2.resize(coarse, (SIDE, SIDE), interpolation=cv2.INTER_CUBIC)


def _gradient(rng: np.random.Generator) -> Floats:
    angle, one, other = rng.uniform(0, 2 * np.pi), _colour(rng), _colour(rng)
    along = (np.cos(angle) * _X + np.sin(angle) * _Y) / SIDE
    share = (along - along.min()) / (along.max() - along.min())
    return one + (other - one) * share[..., None] * rng.uniform(0.1, 1)


def _texture(rng: np.random.Generator) -> Floats:
    ground = _gradient(rng)
    for cells in (4, 12, 32, 80):
        ground += _patches(rng, cells, rng.uniform(0, 14))[..., None]
    return ground


def _polygons(rng: np.random.Generator) -> Floats:
    ground = np.ascontiguousarray(np.clip(_gradient(rng), 0, 255).astype(np.uint8))
    for _ in range(int(rng.integers(2, 10))):
        centre, count = rng.uniform(0, SIDE, 2), int(rng.integers(3, 7))
        points = (centre + rng.normal(0, rng.uniform(20, 160), (count, 2))).round().astype(np.int32)
        cv2.fillPoly(ground, [points], _colour(rng).tolist(), cv2.LINE_AA)
    return ground.astype(np.float32)


def _lines(rng: np.random.Generator) -> Floats:
    ground = np.ascontiguousarray(np.clip(_gradient(rng), 0, 255).astype(np.uint8))
    for _ in range(int(rng.integers(2, 16))):
        start, end = rng.integers(-40, SIDE + 40, (2, 2)).tolist()
        colour, width = _colour(rng).tolist(), int(rng.integers(2, 12))
        if chance(rng, 0.6):
            cv2.line(ground, start, end, colour, width, cv2.LINE_AA)
        else:
            cv2.circle(ground, start, int(rng.integers(6, 160)), colour, width, cv2.LINE_AA)
    return ground.astype(np.float32)


def _hills(rng: np.random.Generator) -> Floats:
    ground = _gradient(rng)
    for height in np.sort(rng.uniform(0.2, 0.95, int(rng.integers(1, 5)))):
        waves, phase, swell = rng.uniform(0.5, 4), rng.uniform(0, 7), rng.uniform(5, 60)
        edge = SIDE * height + swell * np.sin(_X / SIDE * waves * 6 + phase)
        below = np.clip(_Y - edge + 0.5, 0, 1)[..., None]
        ground = ground * (1 - below) + (_colour(rng) + _patches(rng, 24, 8)[..., None]) * below
    return ground


def _plain(rng: np.random.Generator) -> Floats:
    return np.zeros((SIDE, SIDE, 3), np.float32) + _colour(rng)


def _scene(art: Art, rng: np.random.Generator) -> Pixels:
    """Some emoji of very different sizes on a ground; they overlap and reach beyond the frame."""
    picture = pick(rng, (_gradient, _texture, _polygons, _lines, _hills, _plain))(rng)
    for _ in range(int(rng.integers(2, 9))):
        thing = art.draw(rng, int(2 ** rng.uniform(7, 9.6)))
        if chance(rng, 0.3):
            thing = np.ascontiguousarray(np.rot90(thing, int(rng.integers(4))))
        _paste(picture, thing, rng.integers(-thing.shape[0] // 2, SIDE - thing.shape[0] // 2, 2))
    return np.clip(picture, 0, 255).astype(np.uint8)


def _paste(picture: Floats, thing: Floats, corner: NDArray[np.int64]) -> None:
    """Lay a premultiplied cut-out over a picture, in place; the corner may lie outside."""
    top, left = np.maximum(corner, 0)
    part = thing[max(0, -corner[0]) :, max(0, -corner[1]) :][: SIDE - top, : SIDE - left]
    under = picture[top : top + part.shape[0], left : left + part.shape[1]]
    under *= 1 - part[..., 3:]
    under += part[..., :3] * 255


def _ink(pixels: Pixels, low: int, high: int, width_px: int) -> Floats:
    """Smooth outlines, (SIDE, SIDE, 1), 0 to 1: edges drawn at twice the size and brought back."""
    edges = cv2.Canny(cv2.GaussianBlur(pixels, (0, 0), 1.5), low, high)
    pen = cv2.getStructuringElement(cv2.MORPH_ELLIPSE, (width_px, width_px))
    drawn = cv2.GaussianBlur(cv2.dilate(edges, pen).astype(np.float32) / 255, (0, 0), 1.6)
    return np.clip((drawn - 0.5) * 2.5 + 0.5, 0, 1)[..., None]


def _posterised(pixels: Pixels, rng: np.random.Generator) -> Floats:
    tones = rng.uniform(30, 64)
    return np.round(cv2.medianBlur(pixels, 9).astype(np.float32) / tones) * tones


def _comic(pixels: Pixels, rng: np.random.Generator) -> Floats:
    """Few tones, dots where it is dark, and thick ink."""
    flat, period = _posterised(pixels, rng), rng.uniform(7, 28)
    wave = np.sin(_X * 2 * np.pi / period) * np.sin(_Y * 2 * np.pi / period)
    dots = np.clip((wave - 0.25) * period / 3, 0, 1)[..., None]
    dark = cv2.GaussianBlur(pixels.mean(axis=2).astype(np.float32), (0, 0), 6)[..., None] < 170
    return _outlined(flat * (1 - rng.uniform(0.15, 0.5) * dots * dark), pixels, rng)


def _outlined(under: Floats, pixels: Pixels, rng: np.random.Generator) -> Floats:
    ink = _ink(pixels, 30, 90, int(rng.integers(3, 11)))
    return under * (1 - ink) + _colour(rng) * rng.uniform(0, 0.4) * ink


def _inked(pixels: Pixels, rng: np.random.Generator) -> Floats:
    return _outlined(pixels.astype(np.float32), pixels, rng)


def _line_art(pixels: Pixels, rng: np.random.Generator) -> Floats:
    """Lines alone: ink on paper, chalk on a board, a blueprint with its grid."""
    paper, pen = (_colour(rng), _colour(rng)) if chance(rng, 0.5) else (np.float32(250), np.float32(20))
    ground = np.zeros((SIDE, SIDE, 3), np.float32) + paper
    if chance(rng, 0.3):
        ground[::64], ground[:, ::64] = paper * 0.85, paper * 0.85
    ink = _ink(pixels, 30, 90, int(rng.integers(3, 11)))
    return ground * (1 - ink) + pen * ink


def _strokes(pixels: Pixels, rng: np.random.Generator) -> Floats:
    """Dabs with firm edges, as a brush leaves them: patches shifted at random, then smoothed by a median."""
    cells, reach = int(rng.integers(24, 64)), rng.uniform(4, 16)
    shift = rng.uniform(-reach, reach, (cells, cells, 2)).astype(np.float32)
    shift = cv2.resize(shift, (SIDE, SIDE), interpolation=cv2.INTER_NEAREST)
    moved = cv2.remap(
        pixels, _X + shift[..., 0], _Y + shift[..., 1], cv2.INTER_LINEAR, borderMode=cv2.BORDER_REFLECT
    )
    dabs = cv2.medianBlur(moved, int(rng.integers(4, 8)) * 2 + 1).astype(np.float32)
    grey = cv2.GaussianBlur(dabs.mean(axis=2), (0, 0), 1)
    light = np.clip(cv2.Sobel(grey, cv2.CV_32F, 1, 1, ksize=3) * 0.5, -16, 16)[..., None]
    return (dabs - 128) * 1.1 + 128 + light


def _pixel_art(pixels: Pixels, rng: np.random.Generator) -> Floats:
    """Crisp squares; in a finished picture of 1024 px there are 40 to 56 of them to a side."""
    squares, tones = int(rng.integers(18, 32)), rng.uniform(16, 40)
    small = cv2.resize(pixels, (squares, squares), interpolation=cv2.INTER_AREA).astype(np.float32)
    return cv2.resize(np.round(small / tones) * tones, (SIDE, SIDE), interpolation=cv2.INTER_NEAREST)


def _watercolour(pixels: Pixels, rng: np.random.Generator) -> Floats:
    """Pale washes with uneven borders and darker rims."""
    across, down = _X + _patches(rng, 32, 12), _Y + _patches(rng, 32, 12)
    wash = cv2.remap(
        cv2.medianBlur(pixels, 15), across, down, cv2.INTER_LINEAR, borderMode=cv2.BORDER_REFLECT
    )
    rims = cv2.GaussianBlur(_ink(wash, 30, 80, 3), (0, 0), 2)[..., None]
    paint = (255 - (255 - wash.astype(np.float32)) * rng.uniform(0.5, 0.9)) * (1 - 0.35 * rims)
    return paint + _patches(rng, 16, 12)[..., None]


def _grey(pixels: Pixels, rng: np.random.Generator) -> Floats:
    return pixels.mean(axis=2, keepdims=True) * rng.uniform(0.8, 1.2) * np.array([1, 0.97, 0.9], np.float32)


def _untouched(pixels: Pixels, rng: np.random.Generator) -> Floats:
    return pixels.astype(np.float32)


_EFFECTS: dict[Callable[[Pixels, np.random.Generator], Floats], float] = {
    _untouched: 40,
    _posterised: 6,
    _comic: 8,
    _inked: 8,
    _line_art: 6,
    _strokes: 10,
    _pixel_art: 8,
    _watercolour: 8,
    _grey: 4,
}


def large_picture(art: Art, index: int, seed: int) -> Pixels:
    """Picture number `index` of the series that `seed` names."""
    rng = np.random.default_rng((seed, index))
    pixels = _scene(art, rng)
    effect = pick(rng, list(_EFFECTS), list(_EFFECTS.values()))
    return np.clip(effect(pixels, rng), 0, 255).astype(np.uint8)


@dataclass(frozen=True)
class _Shard:
    packages: Path
    seed: int
    start: int


_art: dict[Path, Art] = {}
"""What a drawing process draws from."""


def _draw(shard: _Shard) -> tuple[int, Pixels]:
    cv2.setNumThreads(1)
    if shard.packages not in _art:
        _art[shard.packages] = Art(shard.packages)
    art = _art[shard.packages]
    numbers = range(shard.start, shard.start + SHARD)
    return shard.start, np.stack([large_picture(art, number, shard.seed) for number in numbers])


def store_large(packages: Path, count: int, folder: Path, seed: int, processes: int, report: Report) -> None:
    """Draw at least `count` pictures into shards (.npy); what is there already is left alone.

    Raises:
        FileNotFoundError: the art has not been fetched.
    """
    starts = [n for n in range(0, count, SHARD) if not (folder / f"{n:08d}.npy").exists()]
    if not starts:
        return
    packages.stat()
    shards = [_Shard(packages, seed, start) for start in starts]
    pool = multiprocessing.get_context("spawn").Pool(processes)
    with pool, report.bar("Drawing large pictures", len(shards) * SHARD) as advance:
        for start, pixels in pool.imap_unordered(_draw, shards):
            with whole_file(folder / f"{start:08d}.npy") as path:
                np.save(path, pixels)
            advance(SHARD)
    report.line(f"upscaler: {count} large pictures")


def load_large(count: int, folder: Path) -> list[Pixels]:
    """The first `count` pictures, memory-mapped."""
    shards = (np.load(folder / f"{start:08d}.npy", mmap_mode="r") for start in range(0, count, SHARD))
    return [pixels for shard in shards for pixels in shard][:count]
