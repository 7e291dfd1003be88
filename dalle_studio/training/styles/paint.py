"""Styles made with a brush: watercolour, oil, impressionism, ink wash, and stitches laid like strokes."""

from __future__ import annotations

from dataclasses import dataclass

import cv2
import numpy as np

from dalle_studio.training.draw.arrays import Bytes, Floats
from dalle_studio.training.draw.chance import chance
from dalle_studio.training.draw.frame import SIDE, Pixels
from dalle_studio.training.styles.tools import (
    COUNTER_SLANT,
    GRAIN_PX,
    SLANT,
    X,
    Y,
    areas,
    blur,
    contours,
    daylight,
    flow,
    grey,
    ink,
    inked,
    lit,
    mix,
    patches,
    ramp,
    saturated,
    seal,
    shifted,
    touching,
    wave,
    wobble,
)

_INWARD = np.minimum(np.minimum(X, SIDE - 1 - X), np.minimum(Y, SIDE - 1 - Y))


@dataclass(frozen=True)
class Layer:
    """Brush strokes of one size, laid on a jittered grid."""

    spacing_px: float
    width_px: float
    length_px: float
    only_details: bool = False
    taper: tuple[float, ...] = (0.55, 0.95, 1, 0.9, 0.45)
    """Width along the stroke."""


def strokes(
    picture: Bytes,
    lines: Bytes,
    angles: Floats,
    rng: np.random.Generator,
    layers: tuple[Layer, ...],
    vary: float,
) -> tuple[Floats, Floats]:
    """Paint a picture with curved strokes.

    Args:
        picture: where the colours come from.
        lines: its contours, near which the finest strokes go.
        angles: direction of the strokes, (SIDE, SIDE), radians.
        rng: decides where they start and how their colours vary.
        layers: from the broadest to the finest.
        vary: how much a stroke's colour may differ from the picture, 0 to 255.

    Returns:
        The paint, and a number of each stroke's own, (SIDE, SIDE), 0 to 255, to light its borders.
    """
    canvas = np.dstack([cv2.blur(picture, (9, 9)), np.full((SIDE, SIDE), 128, np.uint8)])
    busy = cv2.dilate(lines, np.ones((9, 9), np.uint8))
    for layer in layers:
        starts = _starts(rng, layer, busy)
        outlines, colours = _outlines(picture, angles, starts, layer)
        shift = rng.normal(0, vary, (len(starts), 1)) + rng.normal(0, vary * 0.5, (len(starts), 3))
        colours = np.clip(colours + shift, 0, 255)
        levels = rng.integers(40, 216, (len(starts), 1))
        for outline, colour in zip(outlines, np.hstack([colours, levels]).tolist(), strict=True):
            cv2.fillConvexPoly(canvas, outline, colour, cv2.LINE_8, 4)
    return canvas[..., :3].astype(np.float32), canvas[..., 3].astype(np.float32)


def _starts(rng: np.random.Generator, layer: Layer, busy: Bytes) -> Floats:
    """Middles of the strokes in random order, (n, 2): x, y."""
    line = np.arange(layer.spacing_px / 2, SIDE, layer.spacing_px)
    grid = np.stack(np.meshgrid(line, line), -1).reshape(-1, 2)
    spots = np.clip(grid + rng.uniform(-0.5, 0.5, grid.shape) * layer.spacing_px, 0, SIDE - 1)
    rng.shuffle(spots)
    if layer.only_details:
        spots = spots[busy[spots[:, 1].astype(int), spots[:, 0].astype(int)] > 0]
    return spots.astype(np.float32)


def _outlines(picture: Bytes, angles: Floats, starts: Floats, layer: Layer) -> tuple[Floats, Floats]:
    """Outlines, (n, points, 2) in sixteenths of a pixel, and colours; strokes end where the colour changes."""
    rows, columns = starts[:, 1].astype(int), starts[:, 0].astype(int)
    colours = picture[rows, columns].astype(np.float32)
    spine = [starts]
    for sign in (-1, 1):
        at, heading = starts, angles[rows, columns]
        for _ in range(2):
            step = sign * layer.length_px / 4 * np.stack([np.cos(heading), np.sin(heading)], 1)
            to = np.clip(at + step, 0, SIDE - 1)
            down, across = to[:, 1].astype(int), to[:, 0].astype(int)
            same = np.abs(picture[down, across] - colours).max(1) < 40
            at = np.where(same[:, None], to, at + 0.15 * step)
            turned = angles[down, across]
            heading = turned + np.pi * np.round((heading - turned) / np.pi)
            spine = [at, *spine] if sign < 0 else [*spine, at]
    path = np.stack(spine, 1)
    along = path[:, -1] - path[:, 0] + 1e-3
    normal = np.stack([-along[:, 1], along[:, 0]], 1) / np.linalg.norm(along, axis=1, keepdims=True)
    side = normal[:, None] * (np.array(layer.taper, np.float32)[:, None] * layer.width_px / 2)
    outline = np.concatenate([path + side, (path - side)[:, ::-1]], 1)
    return np.round(outline * 16).astype(np.int32), colours


_OIL = (Layer(13, 15, 36), Layer(8, 8.5, 23), Layer(5.4, 4.8, 13, only_details=True))
_THICK = (Layer(10, 9.5, 34), Layer(7, 6, 26), Layer(5.4, 4.4, 13, only_details=True))
_LINEN = np.zeros((SIDE, SIDE, 3), np.float32) + ink(232, 220, 196)
_WEAVE = (0.93 + 0.07 * (2 * wave(X / GRAIN_PX) - 1) * (2 * wave(Y / GRAIN_PX) - 1))[..., None]


def oil(pixels: Pixels, rng: np.random.Generator) -> Floats:
    """Strokes that follow the forms, thick enough to catch the light; warm lights, deep darks."""
    lines = contours(pixels)
    paint, height = strokes(pixels, lines, flow(pixels, rng, 0.004), rng, _OIL, 8)
    detail = cv2.dilate(lines, np.ones((3, 3), np.uint8)).astype(np.float32)
    paint = mix(paint, cv2.medianBlur(pixels, 3).astype(np.float32), blur(detail, 1.2) * 0.5)
    relief = np.clip(lit(blur(height, 0.8), 0.13), -24, 24)
    picture = blur(paint, 0.6) + relief[..., None]
    return saturated((picture - 120) * 1.1 + 118, 1.12) * ink(1.02, 0.99, 0.94)


def impressionist(pixels: Pixels, rng: np.random.Generator) -> Floats:
    """Long ropes of thick paint that swirl where nothing stands, in blues and yellows, as Van Gogh did."""
    bright = saturated(pixels.astype(np.float32), 1.35)
    tones = grey(pixels)[..., None]
    bright += (0.5 - tones) * ink(-30, -6, 46) + np.clip(tones - 0.5, 0, 1) * ink(24, 16, -50)
    bright = np.clip(bright * 0.9 + 6, 0, 236).astype(np.uint8)
    lines = contours(pixels)
    paint, height = strokes(bright, lines, flow(pixels, rng, 0.05, 5), rng, _THICK, 18)
    paint = mix(paint, ink(22, 30, 74), inked(lines, 3, patches(rng, 9, 0.6)) * 0.7)
    relief = np.clip(lit(blur(height, 0.7), 0.2), -34, 34)
    return (blur(paint, 0.5) - 124) * 1.08 + 126 + relief[..., None]


def embroidery(pixels: Pixels, rng: np.random.Generator) -> Floats:
    """Satin stitches, neighbouring colours in opposite directions, hemmed in their own colour, on woven cloth."""
    labels, colours = areas(pixels, 10, 3)
    colours = np.clip(saturated(colours, 1.25), 12, 245)
    leaning = (np.arange(len(colours)) % 2).astype(bool)[labels]
    across, along = np.where(leaning, SLANT, COUNTER_SLANT), np.where(leaning, COUNTER_SLANT, SLANT)
    ends = wave((along + 2 * (np.floor(across + 0.5) % 2)) / 4) ** 24
    round_ = wave(across) * (1 - 0.8 * ends)
    thread = colours[labels] * (0.55 + 0.55 * round_)[..., None] + (ramp(round_, 0.75, 1) * 16)[..., None]
    lines = contours(pixels, 42, 100)
    cloth = mix(_LINEN, colours[labels], np.full((SIDE, SIDE), 0.35, np.float32)) * _WEAVE
    plain = blur((touching(lines, "top") | touching(lines, "bottom")).astype(np.float32), 0.8)
    shade = shifted(blur(1 - plain, 4), 2, 3) * plain
    picture = mix(thread, cloth * (1 - 0.45 * shade)[..., None], plain)
    hem = cv2.erode(colours[labels].astype(np.uint8), np.ones((7, 7), np.uint8)).astype(np.float32)
    twist = 0.5 + 0.3 * wave((X + Y) / GRAIN_PX * 2)
    return mix(picture, hem * twist[..., None], inked(lines, 4))


def watercolour(pixels: Pixels, rng: np.random.Generator) -> Floats:
    """Washes that bleed, pool darkly at their rims and leave the paper white around the picture."""
    wet = wobble(cv2.medianBlur(pixels, 5), rng, 26, 2.6)
    wash = wet.astype(np.float32)
    bleeding = ramp(patches(rng, 8), 0.0, 0.8)
    wash = mix(wash, blur(wash, 6), bleeding * 0.4)
    lines = contours(wet, 40, 105)
    pooled = blur(inked(lines, 2.6), 0.8) * 0.62 + blur(lines.astype(np.float32), 4) * 0.9
    blooms = patches(rng, 7)
    fronts = np.exp(-((blooms - 0.3) ** 2) / 0.004) * ramp(patches(rng, 5), 0, 0.5)
    strength = 0.7 + 0.16 * patches(rng, 9) + 0.5 * pooled + 0.13 * fronts - 0.14 * ramp(blooms, 0.3, 0.5)
    paper = ink(252, 250, 245)
    tones = wash / 255
    light = daylight(tones, 0.55)
    picture = paper * (1 - (1 - saturated(light, 1.35)) * strength[..., None])
    if chance(rng, 0.45):
        pen = inked(contours(pixels, 42, 100), 1.6, patches(rng, 12, 0.5) - 0.1)
        picture = mix(picture, ink(70, 60, 62), pen * 0.6)
    inward = _INWARD + patches(rng, 10, 9) + patches(rng, 26, 3)
    rim = ramp(inward, 12, 14) - 0.85 * ramp(inward, 14.5, 19)
    picture *= 1 - 0.16 * np.clip(rim, 0, 1)[..., None]
    return mix(np.zeros_like(picture) + paper, picture, ramp(inward, 11.5, 14))


def ink_wash(pixels: Pixels, rng: np.random.Generator) -> Floats:
    """Chinese ink painting: wet greys, brush lines that swell, empty paper for sky, and a red seal."""
    lines = contours(pixels, 30, 72)
    soft = wobble(cv2.medianBlur(pixels, 5), rng, 20, 4)
    tones = daylight(grey(soft), 0.6)
    steps = sum(ramp(tones, level - 0.05, level + 0.05) for level in (0.3, 0.48, 0.66, 0.82)) / 4
    wash = (1 - steps) * (0.8 + 0.35 * patches(rng, 8))
    wash += (blur(wash, 5) - wash) * ramp(patches(rng, 7), -0.2, 0.5)
    pooled = blur(inked(contours(soft, 40, 105), 3), 1.5)
    empty = blur((touching(lines, "top")).astype(np.float32), 3)
    mist = 1 - 0.9 * empty * (0.75 + 0.25 * ramp(Y, 60, 0))
    density = np.clip((wash * 0.95 + pooled * 0.2) * mist, 0, 0.92)
    brush = inked(wobble(lines * 255, rng, 9, 1.5) / 255, 3.2, patches(rng, 8, 0.9))
    density = np.maximum(density, brush * (0.8 + 0.15 * patches(rng, 10)))
    tint = saturated(soft.astype(np.float32), 1) - grey(soft)[..., None] * 255
    paper = np.zeros((SIDE, SIDE, 3), np.float32) + ink(243, 237, 222) + patches(rng, 6, 3)[..., None]
    inward = ramp(_INWARD + patches(rng, 8, 10), 0, 26)
    picture = (
        mix(paper, ink(28, 28, 32) + tint * 0.1, density * inward) + tint * (0.09 * (1 - empty))[..., None]
    )
    seal(picture, rng, 244, 246, 20)
    return picture
