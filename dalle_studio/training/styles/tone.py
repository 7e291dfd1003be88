"""Styles that keep every shape and change light and tone: renders, photographs, synthwave."""

from __future__ import annotations

import cv2
import numpy as np

from dalle_studio.training.draw.arrays import Floats
from dalle_studio.training.draw.chance import chance
from dalle_studio.training.draw.frame import SIDE, Pixels
from dalle_studio.training.styles.tools import (
    X,
    Y,
    areas,
    blur,
    contours,
    grey,
    ink,
    inked,
    mix,
    ramp,
    saturated,
    touching,
    wide_smooth,
)

_CENTRED = np.hypot(X - SIDE / 2, Y - SIDE / 2) / (SIDE / 2)
_KEY_LIGHT = np.clip(1 - np.hypot(X - 40, Y - 20) / 260, 0, 1)[..., None]


def _table(*tones: tuple[int, int, int]) -> Floats:
    """A colour for each of 256 levels of brightness, blended between evenly spaced tones."""
    levels, stops = np.linspace(0, 1, 256), np.linspace(0, 1, len(tones))
    channels = [np.interp(levels, stops, [tone[i] for tone in tones]) for i in range(3)]
    return np.stack(channels, -1).astype(np.float32)


_SYNTHWAVE_TABLE = _table(
    (22, 6, 58), (84, 22, 130), (214, 48, 164), (255, 112, 190), (150, 196, 255), (236, 250, 255)
)
_SEPIA_TABLE = _table((30, 17, 9), (116, 74, 42), (214, 174, 120), (252, 238, 206))


def render(pixels: Pixels, rng: np.random.Generator) -> Floats:
    """Studio light: a warm key light, darker hollows, glowing highlights and a soft vignette."""
    tones = grey(pixels)
    hollows = np.clip((tones - blur(tones, 14)) * 0.45, -0.22, 0.08)
    picture = saturated(pixels * (1 + hollows[..., None]), 1.06)
    glow = blur(picture * ramp(tones, 0.7, 1)[..., None], 9)
    picture = picture * (0.9 + 0.2 * _KEY_LIGHT) + glow * 0.1 + _KEY_LIGHT * ink(16, 12, 5)
    picture = picture * (1 - 0.24 * ramp(_CENTRED, 0.62, 1.42))[..., None]
    return picture - np.clip(picture - 222, 0, None) * 0.45


def flat(pixels: Pixels, rng: np.random.Generator) -> Floats:
    """Few even colours with clean borders; small details keep their own."""
    smooth = wide_smooth(pixels)
    labels, colours = areas(smooth, 8)
    even = cv2.GaussianBlur(saturated(colours, 1.12)[labels], (0, 0), 0.7)
    own = saturated(cv2.medianBlur(pixels, 3).astype(np.float32), 1.12)
    busy = cv2.dilate(contours(pixels, 42, 100), np.ones((5, 5), np.uint8))
    return mix(even, own, blur(busy.astype(np.float32), 1))


def cartoon(pixels: Pixels, rng: np.random.Generator) -> Floats:
    """Cel animation: two or three steps of shade, strong colours and a bold dark outline."""
    smooth = cv2.bilateralFilter(pixels, 5, 40, 4)
    tones = grey(smooth)
    steps = (np.floor(tones * 5) + ramp(tones * 5 % 1, 0.35, 0.65)) / 5
    shaded = smooth * (0.25 + 0.75 * steps / np.maximum(tones, 0.04))[..., None]
    outline = inked(contours(pixels, 42, 100, 16), 3.2)
    return mix(saturated(shaded, 1.25) * 1.04, ink(32, 20, 30), outline)


def black_and_white(pixels: Pixels, rng: np.random.Generator) -> Floats:
    """Film noir: hard contrast, a pool of light, now and then the shadow of a blind."""
    tones = grey(pixels)
    tones = 0.35 * tones + 0.6 * ramp(tones, 0.08, 0.98)
    tones = tones * 0.94 + blur(tones, 7) * 0.12
    if chance(rng, 0.25):
        bars = ramp(np.sin((Y * 0.93 + X * 0.3) * (2 * np.pi / 34)), -0.35, 0.15)
        tones = tones * (0.66 + 0.34 * blur(bars, 1.5))
    distance = np.hypot(X - rng.uniform(90, 166), (Y - rng.uniform(90, 150)) * 1.1) / SIDE
    tones = tones * (1.06 - 0.82 * ramp(distance, 0.28, 0.74))
    return np.repeat(tones[..., None] * 250 + 3, 3, -1)


def sepia(pixels: Pixels, rng: np.random.Generator) -> Floats:
    """An old print: brown tones without deep blacks, burnt corners, often a pale border."""
    tones = grey(pixels)
    tones = 0.05 + 0.9 * (tones * 0.75 + blur(tones, 2) * 0.25)
    tones *= 1 - 0.42 * ramp(_CENTRED, 0.7, 1.4)
    picture = _SEPIA_TABLE[(np.clip(tones, 0, 1) * 255).astype(np.uint8)]
    if chance(rng, 0.6):
        edge = np.maximum(abs(X - SIDE / 2 + 0.5), abs(Y - SIDE / 2 + 0.5))
        picture = mix(picture, ink(244, 232, 208), ramp(edge, 117, 118.5))
    return picture


def vaporwave(pixels: Pixels, rng: np.random.Generator) -> Floats:
    """Pink and cyan tones; a striped sun in an empty sky, and a glowing grid on an empty floor."""
    lines, tones = contours(pixels), grey(pixels)
    bent = np.clip(tones * 1.02, 0, 1)
    mapped = _SYNTHWAVE_TABLE[(bent * 255).astype(np.uint8)]
    picture = mapped * 0.76 + saturated(pixels.astype(np.float32), 1.3) * 0.24
    sky, floor = touching(lines, "top"), touching(lines, "bottom")
    floor_rows = np.nonzero(floor[:, ::8].mean(1) > 0.4)[0]
    horizon = rng.uniform(0.56, 0.7) * SIDE
    if len(floor_rows) and SIDE * 0.4 < floor_rows[0] < SIDE * 0.9:
        horizon = float(floor_rows[0])
    soft_sky = blur((sky & (horizon > Y)).astype(np.float32), 1)
    picture = mix(picture, _synth_sky(rng, horizon) * (0.65 + 0.5 * tones[..., None]), soft_sky * 0.9)
    soft_floor = blur((floor & (horizon <= Y)).astype(np.float32), 1)
    picture = mix(picture, _synth_floor(horizon), soft_floor * 0.9)
    rim = inked(lines, 1.8)
    return mix(picture, ink(255, 120, 220), rim * 0.55) + blur(rim, 4)[..., None] * ink(70, 20, 80)


def _synth_sky(rng: np.random.Generator, horizon: float) -> Floats:
    height = np.clip(Y / horizon, 0, 1)[..., None]
    picture = ink(26, 8, 66) * (1 - height) + ink(226, 58, 158) * height
    radius, centre = rng.uniform(62, 84), (rng.uniform(80, 176), horizon - rng.uniform(20, 50))
    inside = ramp(-np.hypot(X - centre[0], Y - centre[1]), -radius, -radius + 1.5)
    down = (Y - centre[1]) / radius
    gaps = ramp(np.sin(Y * (2 * np.pi / 13)), 0.62 - 0.9 * down, 0.8 - 0.9 * down) * (down > -0.15)
    colour = mix(np.zeros_like(picture) + ink(255, 226, 92), ink(255, 62, 148), ramp(down, -0.7, 0.8))
    return mix(picture, colour, inside * (1 - gaps))


def _synth_floor(horizon: float) -> Floats:
    depth = np.maximum(Y - horizon, 0.5) / (SIDE - horizon)
    across = (X - SIDE / 2) / (depth + 0.22) / 34
    down = 3.2 / (depth + 0.3)
    verticals = abs(across - np.round(across)) * (depth + 0.22) * 34
    rows = abs(down - np.round(down)) * (depth + 0.3) ** 2 / 3.2 * (SIDE - horizon)
    wire = 1 - ramp(np.minimum(verticals, rows), 0.5, 1.8)
    floor = ink(30, 8, 66) + np.clip(1 - depth, 0, 1)[..., None] * ink(70, 10, 70)
    return mix(floor, ink(70, 240, 255), wire * 0.9)
