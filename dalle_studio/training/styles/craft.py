"""Styles made of pieces: pixels, glass, tiles, triangles, paper, clay and spot-colour prints."""

from __future__ import annotations

import cv2
import numpy as np

from dalle_studio.training.draw.arrays import Bytes, Floats, Integers
from dalle_studio.training.draw.chance import pick
from dalle_studio.training.draw.frame import SIDE, Pixels
from dalle_studio.training.styles.tools import (
    GRAIN_PX,
    HALFTONE,
    X,
    Y,
    areas,
    blur,
    contours,
    grey,
    ink,
    inked,
    lit,
    mix,
    nearest,
    palette,
    patches,
    ramp,
    saturated,
    shifted,
    touching,
    wave,
    wide_smooth,
)

_HALF = SIDE // 2
PIXEL_PX = 8
"""Side of a square of pixel art."""
_SPOT_INKS = (((255, 72, 160), (0, 110, 190)), ((255, 96, 60), (0, 130, 130)), ((255, 200, 40), (70, 60, 170)),
              ((255, 110, 110), (40, 70, 120)))  # fmt: skip
_PROCESS_INKS = ((255, 222, 40), (255, 72, 150), (0, 120, 200))


def pixel_art(pixels: Pixels, rng: np.random.Generator) -> Floats:
    """A coarse crisp grid, a dozen colours and darkened outlines."""
    count = SIDE // PIXEL_PX
    whole = cv2.resize(pixels, (count, count), interpolation=cv2.INTER_AREA)
    small = saturated(whole.astype(np.float32), 1.25)
    lines = contours(pixels, 42, 100).astype(np.float32)
    edge = cv2.resize(lines, (count, count), interpolation=cv2.INTER_AREA)
    small = mix(small, small * 0.4, ramp(edge, 0.09, 0.16) * 0.85)
    colours = palette(np.clip(small, 0, 255).astype(np.uint8), 14)
    return np.repeat(np.repeat(colours[nearest(small, colours)], PIXEL_PX, 0), PIXEL_PX, 1)


def _cells(pixels: Bytes, rng: np.random.Generator, spacing: int, colour_weight: float) -> Integers:
    """Group pixels around jittered seeds by nearness in place and colour; labels at half size."""
    image = cv2.resize(cv2.medianBlur(pixels, 5), (_HALF, _HALF), interpolation=cv2.INTER_AREA)
    image = image.astype(np.float32) * colour_weight
    count = _HALF // spacing
    rows, columns = np.mgrid[0:count, 0:count].astype(np.float32)
    jitter = rng.uniform(-0.38, 0.38, (2, count, count)).astype(np.float32)
    seeds_y = np.clip((rows + 0.5 + jitter[0]) * _HALF / count, 0, _HALF - 1)
    seeds_x = np.clip((columns + 0.5 + jitter[1]) * _HALF / count, 0, _HALF - 1)
    colour = image[seeds_y.astype(int), seeds_x.astype(int)]
    y, x = np.mgrid[0:_HALF, 0:_HALF].astype(np.float32)
    cell_y, cell_x = (y * count / _HALF).astype(int), (x * count / _HALF).astype(int)
    best, labels = np.full((_HALF, _HALF), 9e9, np.float32), np.zeros((_HALF, _HALF), np.int32)
    for dy in (-1, 0, 1):
        for dx in (-1, 0, 1):
            j, i = np.clip(cell_y + dy, 0, count - 1), np.clip(cell_x + dx, 0, count - 1)
            distance = (y - seeds_y[j, i]) ** 2 + (x - seeds_x[j, i]) ** 2
            distance += ((image - colour[j, i]) ** 2).sum(-1)
            nearer = distance < best
            best, labels = np.where(nearer, distance, best), np.where(nearer, j * count + i, labels)
    return labels


def _means(pixels: Bytes, labels: Integers) -> Floats:
    """Mean colour of every label, (labels, 3)."""
    image, flat = cv2.resize(pixels, (_HALF, _HALF), interpolation=cv2.INTER_AREA), labels.ravel()
    counts = np.maximum(np.bincount(flat), 1)
    sums = [np.bincount(flat, image[..., i].ravel().astype(np.float32)) for i in range(3)]
    return (np.stack(sums, 1) / counts[:, None]).astype(np.float32)


def _seams(labels: Integers) -> Floats:
    """1 where two labels meet, at full size and soft."""
    borders = np.zeros(labels.shape, np.float32)
    borders[:, 1:] = labels[:, 1:] != labels[:, :-1]
    borders[1:] = np.maximum(borders[1:], labels[1:] != labels[:-1])
    return cv2.resize(cv2.GaussianBlur(borders, (0, 0), 0.8), (SIDE, SIDE), interpolation=cv2.INTER_CUBIC)


def stained_glass(pixels: Pixels, rng: np.random.Generator) -> Floats:
    """Panes of glowing glass, lighter inside, held by dark rounded lead."""
    labels = _cells(pixels, rng, 12, 0.32)
    glass = np.clip(saturated(_means(pixels, labels), 1.4) * 0.92 + 10, 0, 228)
    glass *= rng.uniform(0.82, 1.14, (len(glass), 1)).astype(np.float32)
    panes = cv2.resize(glass[labels], (SIDE, SIDE), interpolation=cv2.INTER_NEAREST)
    seams = np.maximum(ramp(_seams(labels), 0.22, 0.44), inked(contours(pixels, 64, 160, 24), 2.7))
    inner = 1 - blur(seams, 3)
    picture = panes * (0.62 + 0.6 * inner + patches(rng, 16, 0.08))[..., None]
    picture += blur(picture, 10) * 0.14
    lead = ink(26, 24, 30) + np.clip(lit(blur(seams, 1.4), 60), 0, 50)[..., None]
    return mix(picture, lead, seams)


def mosaic(pixels: Pixels, rng: np.random.Generator) -> Floats:
    """Rows of small square stones, no two of one tone, cut where the colour changes, in dark mortar."""
    count = SIDE // GRAIN_PX + 1
    tones = rng.normal(0, 1, (count, count)).astype(np.float32)
    stones = tones[(Y // GRAIN_PX).astype(int), (X // GRAIN_PX).astype(int)]
    lines = contours(pixels, 42, 100)
    areas_, colours = areas(pixels, 12)
    stone = saturated(colours, 1.25)[areas_] * (1 + 0.13 * stones)[..., None] + 6 * stones[..., None]
    across, down = X % GRAIN_PX + 0.5, Y % GRAIN_PX + 0.5
    off = np.minimum(np.minimum(across, GRAIN_PX - across), np.minimum(down, GRAIN_PX - down))
    gaps = np.maximum(1 - ramp(off, 0.3, 1.4), inked(lines, 2.4))
    relief = np.clip(lit(blur(1 - gaps, 0.9), 26), -22, 26)
    return mix(stone + relief[..., None], ink(92, 84, 78), gaps * 0.8)


def low_poly(pixels: Pixels, rng: np.random.Generator) -> Floats:
    """Flat triangles between points that lie along the contours, each turned to the light in its own way."""
    smooth = cv2.medianBlur(pixels, 5)
    lines = np.argwhere(contours(pixels, 36, 92) > 0)[:, ::-1]
    along = lines[rng.permutation(len(lines))] if len(lines) else np.zeros((0, 2), int)
    apart = np.unique(along // 11, axis=0, return_index=True)[1]
    line = np.linspace(14, SIDE - 14, 8)
    scattered = np.stack(np.meshgrid(line, line), -1).reshape(-1, 2) + rng.uniform(-11, 11, (64, 2))
    rim = [(x, y) for x in range(0, 256, 51) for y in range(0, 256, 51) if x in (0, 255) or y in (0, 255)]
    plan = cv2.Subdiv2D((-2, -2, SIDE + 4, SIDE + 4))
    plan.insert(np.concatenate([along[apart], scattered, np.array(rim)]).astype(np.float32).tolist())
    corners = np.array(plan.getTriangleList()).reshape(-1, 3, 2)
    corners = corners[((corners > -2) & (corners < SIDE + 2)).all((1, 2))]
    inside = np.clip(corners.mean(1), 0, SIDE - 1).astype(int)
    shade = 1 + 0.13 * np.cos(np.arctan2(*(corners[:, 1] - corners[:, 0]).T[::-1]) * 2 + 1)
    shade += rng.uniform(-0.06, 0.06, len(corners))
    colours = saturated(cv2.blur(smooth, (5, 5))[inside[:, 1], inside[:, 0]].astype(np.float32), 1.2)
    canvas = smooth.copy()
    for corner, colour in zip(
        (corners * 16).astype(np.int32), (colours * shade[:, None]).tolist(), strict=True
    ):
        cv2.fillConvexPoly(canvas, corner, colour, cv2.LINE_AA, 4)
    return canvas


def paper_cut(pixels: Pixels, rng: np.random.Generator) -> Floats:
    """Sheets of coloured paper stacked from the border inwards, each throwing a shadow."""
    labels, colours = areas(wide_smooth(pixels), 9, 3)
    counts = np.maximum(np.bincount(labels.ravel(), minlength=len(colours)), 1)
    inward = 1 - np.maximum(abs(X - 127.5), abs(Y - 127.5)) / 127.5
    order = np.argsort(np.bincount(labels.ravel(), inward.ravel(), len(colours)) / counts)
    colours = np.clip(saturated(colours, 1.2) * 1.05, 12, 250)
    rank = np.argsort(order).astype(np.uint8)[labels]
    picture = np.zeros((SIDE, SIDE, 3), np.float32) + colours[order[0]]
    lines = contours(pixels, 42, 100)
    real = np.maximum(ramp(blur(lines.astype(np.float32), 4), 0.005, 0.05), touching(lines, "top"))
    for level in range(1, len(colours)):
        sheet = ramp(cv2.GaussianBlur((rank >= level).astype(np.float32), (0, 0), 1.3), 0.35, 0.65)
        shadow = shifted(blur(sheet, 4), 3, 4) * (1 - sheet) * real
        picture = picture * (1 - 0.44 * shadow)[..., None]
        picture = mix(picture, colours[order[level]], sheet)
    return cv2.GaussianBlur(picture, (0, 0), 0.6)


def clay(pixels: Pixels, rng: np.random.Generator) -> Floats:
    """Every area a soft swollen piece of plasticine of one colour, dented by thumbs, with a dull shine."""
    smooth = wide_smooth(pixels)
    lines = contours(smooth, 40, 100)
    labels, colours = areas(smooth, 9)
    depth = cv2.distanceTransform(1 - lines, cv2.DIST_L2, 3)
    height = np.sqrt(np.clip(depth, 0, 14) / 14) * 15
    height = blur(height, 1.8) + patches(rng, 20, 1.5) + patches(rng, 11, 2.2)
    slope = lit(height, 0.6)
    shade = np.clip(slope * 0.2, -0.45, 0.3)
    shine = ramp(slope, 1, 2.6) * 0.36
    crease = inked(lines, 2.8) * 0.4
    piece = cv2.GaussianBlur(colours[labels], (0, 0), 1.2) * 0.7 + smooth * np.float32(0.3)
    picture = saturated(piece, 1.0) * 0.86 + 22
    return mix(picture * (1 + shade - crease)[..., None], ink(255, 250, 240), shine)


_SCREENS = (
    0.5 * (wave(X / GRAIN_PX) + wave(Y / GRAIN_PX)),
    HALFTONE,
    0.5 * (wave(X / GRAIN_PX + 0.5) + wave(Y / GRAIN_PX + 0.5)),
)
"""Halftone screens for up to three inks: a bump per dot, 0 to 1."""


def risograph(pixels: Pixels, rng: np.random.Generator) -> Floats:
    """Two or three loud inks, each in coarse dots and visibly out of its place."""
    image = saturated(wide_smooth(pixels).astype(np.float32) / 255, 1.25)
    if rng.random() < 0.5:
        inks, parts = _PROCESS_INKS, [1 - image[..., 2], 1 - image[..., 1], 1 - image[..., 0]]
    else:
        inks = pick(rng, _SPOT_INKS)
        dark = 1 - grey(pixels)
        parts = [
            np.clip(0.25 + (image[..., 0] - image[..., 2]) * 0.9 + dark * 0.5, 0, 1),
            ramp(dark, 0.15, 1),
        ]
    picture = np.zeros((SIDE, SIDE, 3), np.float32) + ink(246, 241, 229)
    for colour, part, screen in zip(inks, parts, _SCREENS, strict=False):
        moved = shifted(part.astype(np.float32), *(rng.choice((-1, 1), 2) * rng.uniform(1.5, 4, 2)).tolist())
        printed = ramp(ramp(moved, 0.04, 0.88) * 1.12 + screen * 0.9 - 1, -0.22, 0.22) * 0.92
        picture *= 1 - (1 - ink(*colour) / 255) * printed[..., None]
    return picture
