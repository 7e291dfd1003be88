"""Styles made of lines: pencil, pen, chalk, neon tubes, comics and woodblock prints."""

from __future__ import annotations

import cv2
import numpy as np

from dalle_studio.training.draw.arrays import Bytes, Floats
from dalle_studio.training.draw.chance import chance, pick
from dalle_studio.training.draw.frame import SIDE, Pixels
from dalle_studio.training.styles.tools import (
    COUNTER_SLANT,
    GRAIN_PX,
    HALFTONE,
    SLANT,
    X,
    Y,
    areas,
    blur,
    contours,
    daylight,
    grey,
    ink,
    inked,
    mix,
    nearest,
    patches,
    ramp,
    saturated,
    seal,
    touching,
    wave,
    wobble,
)

_EDGE_PX = np.minimum(np.minimum(X, SIDE - 1 - X), np.minimum(Y, SIDE - 1 - Y))
"""Distance from the picture's border."""
_WOODBLOCK_INKS = np.array(
    [(240, 226, 196), (222, 200, 160), (28, 52, 104), (72, 118, 160), (142, 182, 190), (196, 62, 48),
     (226, 126, 88), (70, 104, 70), (148, 162, 104), (42, 40, 50), (112, 80, 60), (240, 190, 150),
     (226, 178, 70), (126, 92, 132), (222, 150, 156), (150, 150, 150)], np.float32,
)  # fmt: skip
_TUBES = np.array(
    [(255, 40, 70), (255, 60, 190), (190, 70, 255), (60, 110, 255), (40, 225, 255), (60, 255, 130),
     (255, 225, 60), (255, 140, 40)], np.float32,
)  # fmt: skip


def _bricks() -> Floats:
    """A wall: 1 on bricks, darker in the joints, (SIDE, SIDE, 1)."""
    row = np.floor(Y / 16)
    joint = np.minimum(Y % 16, (X + 16 * (row % 2)) % 32)
    return (0.55 + 0.45 * ramp(joint, 0.5, 2.5))[..., None]


def _seigaiha() -> Floats:
    """The wave pattern of overlapping circles, blue on white."""
    picture = np.zeros((SIDE, SIDE, 3), np.uint8)
    for row, y in enumerate(range(-20, SIDE + 20, 10)):
        for x in range(-20 + 20 * (row % 2), SIDE + 40, 40):
            for radius, colour in ((20, (44, 86, 142)), (17, (230, 226, 206)), (13, (44, 86, 142)),
                                   (9, (230, 226, 206)), (5, (44, 86, 142))):  # fmt: skip
                cv2.circle(picture, (x, y), radius, colour, -1, cv2.LINE_AA)
    return picture.astype(np.float32)


_BRICKS, _SEIGAIHA = _bricks(), _seigaiha()


def pencil(pixels: Pixels, rng: np.random.Generator) -> Floats:
    """Doubled, wavering graphite lines; darker parts hatched once, the darkest crosswise."""
    tones = blur(daylight(grey(cv2.medianBlur(pixels, 5))), 1.5)
    bend, force = patches(rng, 6, 0.25), 0.5 + 0.5 * patches(rng, 12)
    dark = 1 - tones
    first = ramp(wave(SLANT + bend), 1.0 - dark * 0.9, 1.4 - dark * 0.9) * ramp(dark, 0.24, 0.42)
    second = ramp(wave(COUNTER_SLANT + bend), 1.3 - dark, 1.65 - dark) * ramp(dark, 0.5, 0.7)
    lines = contours(pixels, 36, 86)
    drawn = inked(wobble(lines * 255, rng, 10, 1.2) / 255, 2.4, force * 0.4 - 0.1)
    again = inked(wobble(lines * 255, rng, 8, 2.6) / 255, 1.8, force * 0.5 - 0.5)
    graphite = 1 - (1 - 0.5 * first) * (1 - 0.45 * second) * (1 - 0.85 * drawn) * (1 - 0.4 * again)
    graphite = np.maximum(graphite, 0.3 * ramp(dark, 0.1, 0.9))
    vignette = ramp(_EDGE_PX + patches(rng, 9, 9), 2, 20)
    return mix(
        np.zeros((SIDE, SIDE, 3), np.float32) + ink(249, 248, 243), ink(50, 50, 56), graphite * vignette
    )


def line_art(pixels: Pixels, rng: np.random.Generator) -> Floats:
    """Even black lines on white, dark details filled."""
    lines = inked(contours(pixels, 36, 86), 3.2)
    solid = _spot_blacks(pixels, 0.17)
    drawn = np.maximum(lines, solid)
    return mix(np.full((SIDE, SIDE, 3), 253, np.float32), ink(18, 18, 22), drawn)


def _spot_blacks(pixels: Bytes, darkest: float) -> Floats:
    """Small parts darker than `darkest`, such as eyes, wheels and hair; 0 to 1."""
    dark = (cv2.medianBlur(grey(pixels), 3) < darkest).astype(np.uint8)
    _, labels, stats, _ = cv2.connectedComponentsWithStats(dark, connectivity=4)
    sizes = stats[:, cv2.CC_STAT_AREA]
    small = (sizes > 8) & (sizes < 900) & (stats[:, [2, 3]].min(1) > 2)
    small[0] = False
    return ramp(cv2.GaussianBlur(small[labels].astype(np.float32), (0, 0), 1), 0.3, 0.7)


def blueprint(pixels: Pixels, rng: np.random.Generator) -> Floats:
    """White lines on blue ruled paper, with a frame, a title block and dimension lines."""
    paper = np.zeros((SIDE, SIDE, 3), np.float32) + ink(22, 66, 148) + patches(rng, 4, 6)[..., None]
    paper[4::GRAIN_PX] += 13
    paper[:, 4::GRAIN_PX] += 13
    paper[4 :: 4 * GRAIN_PX] += 14
    paper[:, 4 :: 4 * GRAIN_PX] += 14
    lines = contours(pixels, 36, 86)
    lines[_EDGE_PX < 15] = 0
    tones = grey(cv2.medianBlur(pixels, 5))
    solid = ~(touching(lines, "top") | touching(lines, "bottom")) & (_EDGE_PX > 15)
    paper += blur(solid * (8 + 34 * tones), 1)[..., None] * ink(0.75, 0.95, 1)
    drawn = np.zeros((SIDE, SIDE), np.float32)
    _technical_frame(drawn, lines)
    return mix(paper, ink(236, 244, 252), np.maximum(inked(lines, 2.6), drawn))


def _technical_frame(drawn: Floats, lines: Bytes) -> None:
    """Add a border, a title block, and a dimension line over the drawn things."""
    cv2.rectangle(drawn, (8, 8), (SIDE - 9, SIDE - 9), 0.9, 1)
    cv2.rectangle(drawn, (SIDE - 73, SIDE - 33), (SIDE - 9, SIDE - 9), 0.9, 1)
    for start, end in (((184, 231), (246, 231)), ((184, 239), (246, 239)), ((215, 231), (215, 246))):
        cv2.line(drawn, start, end, 0.7, 1)
    columns = np.nonzero(lines[40:-40].any(0))[0]
    left, right = (int(columns.min()), int(columns.max())) if len(columns) else (64, 192)
    cv2.line(drawn, (left, 19), (right, 19), 0.8, 1)
    for x in (left, right):
        cv2.line(drawn, (x, 15), (x, 24), 0.8, 1)
        cv2.line(drawn, (x - 3, 22), (x + 3, 16), 0.8, 1)


def chalk(pixels: Pixels, rng: np.random.Generator) -> Floats:
    """Thick crumbling lines and pastel rubbings on a smudged dark board."""
    tones = grey(pixels)
    board = ink(*pick(rng, ((36, 58, 50), (40, 44, 48), (34, 50, 48))))
    ground = board + (patches(rng, 5, 7) + patches(rng, 14, 4))[..., None]
    crumbs = patches(rng, 48)
    rubbing = ramp(wave(COUNTER_SLANT + patches(rng, 9, 0.2)) * 0.6 + crumbs * 0.3, 0.0, 0.6)
    lines = contours(pixels, 36, 86)
    plain = touching(lines, "top") | touching(lines, "bottom")
    strength = blur(np.where(plain, 0.16, 0.72).astype(np.float32) * (0.35 + 0.65 * tones), 1.5)
    pastel = saturated(cv2.medianBlur(pixels, 5).astype(np.float32), 1.2) * 0.72 + 72
    picture = mix(ground, pastel, rubbing * strength)
    drawn = inked(wobble(lines * 255, rng, 14, 1.2) / 255, 3.4, crumbs * 0.6)
    return mix(picture, ink(240, 238, 228), drawn * 0.92)


def neon(pixels: Pixels, rng: np.random.Generator) -> Floats:
    """Glass tubes in strong colours, white-hot inside, that light up a dark brick wall."""
    lines = contours(pixels, 56, 135, 18)
    hsv = cv2.cvtColor(cv2.blur(pixels, (7, 7)), cv2.COLOR_RGB2HSV)
    hsv[..., 1], hsv[..., 2] = np.maximum(hsv[..., 1], 170), 255
    vivid = cv2.cvtColor(hsv, cv2.COLOR_HSV2RGB)
    small = cv2.resize(vivid, (SIDE // 4, SIDE // 4), interpolation=cv2.INTER_NEAREST)
    tubes = cv2.resize(_TUBES[nearest(small, _TUBES)], (SIDE, SIDE), interpolation=cv2.INTER_LINEAR)
    tube, core = inked(lines, 4.2), inked(lines, 1.7)
    light = tubes * tube[..., None]
    glow = blur(light, 5) * 0.9 + blur(light, 18) * 1.5
    wall = _BRICKS * (ink(14, 10, 26) + pixels * 0.05 + glow * 0.55)
    return mix(wall + glow * 0.5, tubes * 0.95 + 20, tube) + core[..., None] * 150


def comic(pixels: Pixels, rng: np.random.Generator) -> Floats:
    """Ink outlines, flat bright colours shaded with printed dots, and a panel's frame."""
    labels, colours = areas(pixels, 12)
    flat = np.clip(saturated(colours, 1.45) * 1.06 + 8, 0, 255)
    flat = cv2.GaussianBlur(flat[labels], (0, 0), 0.7)
    tones = blur(grey(pixels), 2)
    shade = 1 - ramp(HALFTONE + 0.35 - ramp(tones, 0.08, 0.62) * 1.4, -0.1, 0.15)
    light = ramp(HALFTONE - 0.62 - ramp(0.95 - tones, 0.05, 0.3), -0.12, 0.08) * (tones > 0.62)
    picture = flat * (1 - 0.34 * (1 - shade) * (tones < 0.62))[..., None]
    picture = mix(picture, ink(255, 255, 250), light * 0.7)
    lines = np.maximum(
        inked(contours(pixels, 40, 100), 3.4, patches(rng, 9, 0.5)), _spot_blacks(pixels, 0.25)
    )
    picture = mix(picture, ink(14, 12, 18), lines)
    picture = mix(picture, ink(14, 12, 18), ramp(-_EDGE_PX, -11, -10))
    return mix(picture, ink(250, 248, 242), ramp(-_EDGE_PX, -8, -7))


def ukiyo_e(pixels: Pixels, rng: np.random.Generator) -> Floats:
    """Few inks, blue keylines, a sky printed darker towards the top, a paper margin and a seal."""
    labels, colours = areas(pixels, 13)
    inks = _WOODBLOCK_INKS[nearest(colours[None], _WOODBLOCK_INKS, ink(0.8, 1.1, 0.6))[0]]
    lines = contours(pixels, 36, 86)
    picture = (inks * 0.86 + colours * 0.14)[labels]
    sky = blur(touching(lines, "top").astype(np.float32), 1.2)
    dark = float(grey(pixels)[:64].mean()) < 0.3
    low, top = pick(rng, (((240, 214, 170), (30, 66, 128)), ((244, 196, 164), (60, 96, 140)),
                          ((226, 226, 200), (34, 80, 130)), ((246, 222, 178), (196, 84, 62))))  # fmt: skip
    fade = ramp(Y, 12, rng.uniform(90, 170))[..., None]
    bokashi = ink(*top) * (1 - fade) + ink(*((70, 100, 140) if dark else low)) * fade
    picture = mix(picture, bokashi, sky * ramp(-Y, -190, -100) * 0.9)
    if chance(rng, 0.35):
        ground = blur(touching(lines, "bottom").astype(np.float32), 1) * ramp(Y, 206, 208)
        picture = mix(picture, _SEIGAIHA, ground)
    picture = cv2.GaussianBlur(picture, (0, 0), 0.7)
    picture = mix(picture, ink(24, 34, 66), inked(lines, 2.8, patches(rng, 10, 0.4)) * 0.94)
    picture = picture * (ink(1, 0.975, 0.92) + patches(rng, 6, 0.02)[..., None])
    picture = mix(picture, ink(238, 226, 200), ramp(-_EDGE_PX - patches(rng, 20, 0.5), -9.5, -8))
    seal(picture, rng, *pick(rng, ((242, 240), (36, 240), (242, 42))))
    return picture
