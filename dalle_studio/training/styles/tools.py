"""What the styles share: contours, brush strokes, colour areas, soft noise and light."""

from __future__ import annotations

import cv2
import numpy as np

from dalle_studio.training.draw.arrays import Bytes, Floats, Mask
from dalle_studio.training.draw.frame import SIDE

Y, X = np.mgrid[0:SIDE, 0:SIDE].astype(np.float32)
"""Row and column of every pixel."""
GRAIN_PX = 12
"""After how many pixels a style's grain repeats: dots, stones, threads, hatching.

Twice as large it is one and a half latents. Finer grain is lost: one that repeats with the latents makes all of
them alike, and the decoder, which enlarges by repeating, makes an even area of them.
"""
SLANT = (X + Y) / GRAIN_PX
"""How far down a diagonal every pixel lies, in grains: a whole number on every falling line."""
COUNTER_SLANT = (X - Y) / GRAIN_PX
"""The same along the other diagonal."""
_HUES_COUNT = np.clip((np.arange(256) - 128) * 2.4 + 128, 0, 255).astype(np.uint8)
_LAB_STRETCH = np.stack([np.arange(256).astype(np.uint8), _HUES_COUNT, _HUES_COUNT], -1)[:, None]


def ink(*rgb: float) -> Floats:
    """A colour as an array, 0 to 255."""
    return np.array(rgb, np.float32)


def grey(pixels: Bytes) -> Floats:
    """Brightness, (height, width), 0 to 1."""
    return cv2.cvtColor(pixels, cv2.COLOR_RGB2GRAY).astype(np.float32) * (1 / 255)


def ramp(values: Floats, low: float | Floats, high: float | Floats) -> Floats:
    """0 below `low`, 1 above `high`, a smooth step between them."""
    part = values - low
    part *= 1 / (high - low)
    np.clip(part, 0, 1, out=part)
    return part * part * (3 - 2 * part)


def mix(below: Floats, above: Floats, weight: Floats) -> Floats:
    """`above` over `below`; `weight` is (SIDE, SIDE), 0 to 1."""
    mixed = above - below
    mixed *= weight[..., None]
    mixed += below
    return mixed


def blur(image: Floats, sigma: float) -> Floats:
    """Gaussian blur; wide ones are made at a quarter of the size."""
    if sigma < 4:
        return cv2.GaussianBlur(image, (0, 0), sigma)
    side = SIDE // 4
    small = cv2.resize(image, (side, side), interpolation=cv2.INTER_AREA)
    return cv2.resize(cv2.GaussianBlur(small, (0, 0), sigma / 4), (SIDE, SIDE), interpolation=cv2.INTER_CUBIC)


def patches(rng: np.random.Generator, cells: int, reach: float = 1) -> Floats:
    """Smooth random values, (SIDE, SIDE), between about -reach and reach, with cells x cells bumps."""
    coarse = rng.uniform(-reach, reach, (cells, cells)).astype(np.float32)
    return cv2.resize(coarse, (SIDE, SIDE), interpolation=cv2.INTER_CUBIC)


def wobble(pixels: Bytes, rng: np.random.Generator, cells: int, reach_px: float) -> Bytes:
    """Displace pixels softly by up to `reach_px`, differently in each of cells x cells patches."""
    across, down = X + patches(rng, cells, reach_px), Y + patches(rng, cells, reach_px)
    return cv2.remap(pixels, across, down, cv2.INTER_LINEAR, borderMode=cv2.BORDER_REFLECT)


def wave(phase: Floats) -> Floats:
    """Ridges, 0 to 1: 1 where the phase is a whole number."""
    return 0.5 + 0.5 * np.cos(phase * np.float32(2 * np.pi))


HALFTONE = 0.5 * (wave(SLANT) + wave(COUNTER_SLANT))
"""A halftone screen: a bump per dot, 0 to 1, in rows that slant."""


def shifted(image: Floats, right: float, down: float) -> Floats:
    """The picture moved by some pixels; its border is repeated."""
    matrix = np.array([[1, 0, right], [0, 1, down]], np.float32)
    return cv2.warpAffine(image, matrix, (SIDE, SIDE), borderMode=cv2.BORDER_REPLICATE)


def saturated(image: Floats, factor: float) -> Floats:
    """Colours moved away from grey (factor above 1) or towards it."""
    middle = image @ ink(0.3, 0.59, 0.11)
    moved = image * np.float32(factor)
    moved += (middle * np.float32(1 - factor))[..., None]
    return moved


def contours(pixels: Bytes, low: float = 42, high: float = 100, shortest_px: int = 12) -> Bytes:
    """Connected lines, one pixel wide, where brightness or colour changes; 0 or 1.

    Lab colour differences are what counts, so a red thing on a green ground has a contour. `low` and
    `high` are Canny's thresholds. Lines of fewer than `shortest_px` pixels are left out, and slivers such
    as glints on water, whose two sides would run together.
    """
    lab = cv2.cvtColor(cv2.GaussianBlur(pixels, (5, 5), 1.1), cv2.COLOR_RGB2LAB)
    edges = cv2.Canny(cv2.LUT(lab, _LAB_STRETCH), low, high, L2gradient=True)
    _, labels, stats, _ = cv2.connectedComponentsWithStats(edges, connectivity=8)
    size = stats[:, [cv2.CC_STAT_WIDTH, cv2.CC_STAT_HEIGHT]]
    sliver = (size.min(1) <= 5) & (size.max(1) > 7) & (size.max(1) < 30)
    kept = (stats[:, cv2.CC_STAT_AREA] >= shortest_px) & ~sliver
    kept[0] = False
    return kept[labels].astype(np.uint8)


def inked(lines: Bytes, width_px: float, pressure: Floats | float = 0) -> Floats:
    """Contours as smooth strokes, 0 to 1, finer where they crowd.

    `pressure` between about -1 and 1 makes them thinner or thicker.
    """
    sigma = 0.42 * width_px
    peak = 1 / (sigma * 2.507)
    crowd = np.clip(blur(lines.astype(np.float32), 4) - 0.13, 0, 0.2)
    middle = peak * (0.46 - 0.3 * pressure + 2.4 * crowd)
    return ramp(cv2.GaussianBlur(lines.astype(np.float32), (0, 0), sigma), middle * 0.55, middle * 1.45)


def touching(lines: Bytes, side: str) -> Mask:
    """The areas between contours that take up much of the picture's top or bottom row: sky, wall, floor."""
    free = (cv2.dilate(lines, np.ones((5, 5), np.uint8)) == 0).astype(np.uint8)
    count, labels = cv2.connectedComponents(free, connectivity=4)
    row = np.bincount(labels[2 if side == "top" else -4], minlength=count)
    row[0] = 0
    area = (row > SIDE // 12)[labels].astype(np.uint8)
    return cv2.dilate(area, np.ones((7, 7), np.uint8)) > 0


def wide_smooth(pixels: Bytes) -> Bytes:
    """Smooth shading away but keep borders: a bilateral filter at half size."""
    small = cv2.resize(pixels, (SIDE // 2, SIDE // 2), interpolation=cv2.INTER_AREA)
    return cv2.resize(cv2.bilateralFilter(small, 7, 45, 5), (SIDE, SIDE), interpolation=cv2.INTER_LINEAR)


def palette(pixels: Bytes, count: int) -> Floats:
    """The colours that represent a picture best, (count, 3), 0 to 255."""
    small = cv2.resize(pixels, (44, 44), interpolation=cv2.INTER_NEAREST).reshape(-1, 3).astype(np.float32)
    cv2.setRNGSeed(1)  # OpenCV's own generator would make pictures differ from run to run
    stop = (cv2.TERM_CRITERIA_MAX_ITER | cv2.TERM_CRITERIA_EPS, 7, 2.0)
    start = np.zeros((len(small), 1), np.int32)
    return cv2.kmeans(small, count, start, stop, 1, cv2.KMEANS_PP_CENTERS)[2]


def nearest(image: Floats, colours: Floats, importance: Floats | None = None) -> Bytes:
    """For every pixel the index of the colour nearest to it."""
    scale = np.sqrt(importance) if importance is not None else np.ones(3, np.float32)
    scaled, labels = image.astype(np.float32) * scale, np.zeros(image.shape[:2], np.uint8)
    best = np.full(image.shape[:2], np.inf, np.float32)
    for index, colour in enumerate(colours * scale):
        score = cv2.transform(scaled, np.append(-2 * colour, (colour**2).sum())[None].astype(np.float32))
        labels[score < best] = index
        np.minimum(best, score, out=best)
    return labels


def areas(pixels: Bytes, count: int, smooth_px: int = 5) -> tuple[Bytes, Floats]:
    """Simplify into areas of few colours: the index of each pixel's colour, and the colours."""
    smooth = cv2.medianBlur(pixels, smooth_px)
    colours = palette(smooth, count)
    order = np.argsort(colours @ ink(0.3, 0.59, 0.11))
    return cv2.medianBlur(nearest(smooth, colours[order]), 5), colours[order]


def daylight(tones: Floats, wanted: float = 0.62) -> Floats:
    """Brighten the tones of a dark scene until they are about `wanted` on average."""
    mean = float(np.clip(tones.mean(), 0.03, 0.97))
    return np.clip(tones, 0, None) ** min(1.0, max(0.35, float(np.log(wanted) / np.log(mean))))


def lit(height: Floats, strength: float) -> Floats:
    """Light from the upper left on a relief: above 0 where it faces the light, below 0 in its shade."""
    return (shifted(height, -1, -1) - shifted(height, 1, 1)) * strength


def flow(pixels: Bytes, rng: np.random.Generator, swirl: float, cells: int = 5) -> Floats:
    """The angle in which a brush would go, (SIDE, SIDE), radians: along edges, and in swirls elsewhere."""
    half = SIDE // 2
    small = cv2.GaussianBlur(cv2.resize(grey(pixels), (half, half), interpolation=cv2.INTER_AREA), (0, 0), 1)
    right, down = cv2.Sobel(small, cv2.CV_32F, 1, 0), cv2.Sobel(small, cv2.CV_32F, 0, 1)
    squares = cv2.GaussianBlur(np.dstack([down**2 - right**2, -2 * right * down]), (0, 0), 4)
    around = cv2.resize(
        rng.uniform(-1, 1, (cells, cells, 2)).astype(np.float32), (half, half), interpolation=2
    )
    doubled = squares + around * swirl
    angle = 0.5 * np.arctan2(doubled[..., 1], doubled[..., 0])
    return cv2.resize(angle, (SIDE, SIDE), interpolation=cv2.INTER_NEAREST)


def seal(picture: Floats, rng: np.random.Generator, right: int, bottom: int, side_px: int = 20) -> None:
    """Stamp a small red seal with carved strokes, as East Asian artists sign, into the picture."""
    stamp = np.zeros((side_px, side_px, 3), np.float32) + ink(188, 44, 36)
    for column in (0.28, 0.68):
        x, top = int(side_px * column), int(rng.integers(3, 6))
        cv2.line(stamp, (x, top), (x, side_px - 4), (240, 226, 200), 2)
        for y in rng.choice(np.arange(4, side_px - 3, 4), 2, replace=False).tolist():
            cv2.line(stamp, (x - 3, y), (x + 3, y), (240, 226, 200), 1)
    picture[bottom - side_px : bottom, right - side_px : right] = cv2.GaussianBlur(stamp, (0, 0), 0.5)
