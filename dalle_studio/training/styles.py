"""Styles: how a finished scene is redrawn, and how a caption says so.

A style takes its sprites from one art family, or from several and then filters the picture. Filters
add no film or paper grain: noise that no latent can hold would only teach the model to blur.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import cv2
import numpy as np

from dalle_studio.training.arrays import Floats
from dalle_studio.training.canvas import SIDE, Pixels, pick

Filter = Callable[[Pixels, np.random.Generator], Floats]
"""Takes a picture and returns its redrawing, any float, which is then clipped to 0..255."""

_Y, _X = np.mgrid[0:SIDE, 0:SIDE].astype(np.float32)
_ANY = ("3d", "flat", "noto", "twemoji")
_WOODBLOCK_INKS = np.array(
    [(238, 224, 194), (222, 200, 160), (38, 62, 110), (88, 130, 165), (150, 185, 190), (190, 70, 55),
     (225, 130, 95), (90, 110, 70), (150, 160, 105), (45, 40, 45), (110, 80, 60), (240, 190, 150),
     (205, 170, 70)], np.float32,
)  # fmt: skip
_SYNTHWAVE_TONES = ((35, 10, 80), (190, 40, 160), (255, 110, 180), (110, 220, 240), (250, 250, 220))


@dataclass(frozen=True)
class Style:
    """A way of drawing and the caption templates that name it."""

    name: str
    templates: tuple[str, ...]
    """With ``{}`` for the scene."""
    weight: float
    families: tuple[str, ...] = _ANY
    filter: Filter | None = None
    plain_only: bool = False
    """Whether it works on plain white ground alone."""
    shows_colours: bool = True
    """Whether a red thing still looks red: captions name no colours where it does not."""


def apply(style: Style, pixels: Pixels, rng: np.random.Generator) -> Pixels:
    """Redraw a picture in a style."""
    if style.filter is None:
        return pixels
    return np.clip(style.filter(pixels, rng), 0, 255).astype(np.uint8)


def _grey(pixels: Pixels) -> Floats:
    """Brightness, (SIDE, SIDE, 1), 0 to 255."""
    return cv2.cvtColor(pixels, cv2.COLOR_RGB2GRAY).astype(np.float32)[..., None]


def _outlines(pixels: Pixels, low: int, high: int, width_px: int = 2, soften: float = 0.7) -> Floats:
    """Canny edges as ink, (SIDE, SIDE, 1), 0 to 1. `low` and `high` are Canny's two thresholds."""
    edges = cv2.Canny(cv2.GaussianBlur(pixels, (3, 3), 0), low, high)
    if width_px > 1:
        edges = cv2.dilate(edges, np.ones((width_px, width_px), np.uint8))
    ink = edges.astype(np.float32) / 255
    return (cv2.GaussianBlur(ink, (0, 0), soften) if soften else ink)[..., None]


def _ink_on(paper: object, ink_colour: object, ink: Floats) -> Floats:
    return np.asarray(paper, np.float32) * (1 - ink) + np.asarray(ink_colour, np.float32) * ink


def _wobble(pixels: Pixels, rng: np.random.Generator, cells: int, reach_px: float) -> Pixels:
    """Displace pixels softly by up to `reach_px`, differently in each of cells x cells patches."""
    across, down = _X + _patches(rng, cells, reach_px), _Y + _patches(rng, cells, reach_px)
    return cv2.remap(pixels, across, down, cv2.INTER_LINEAR, borderMode=cv2.BORDER_REFLECT)


def _patches(rng: np.random.Generator, cells: int, reach: float) -> Floats:
    """Smooth random values, (SIDE, SIDE), between about -reach and reach, with cells x cells bumps."""
    coarse = rng.uniform(-reach, reach, (cells, cells)).astype(np.float32)
    return cv2.resize(coarse, (SIDE, SIDE), interpolation=cv2.INTER_CUBIC)


def _pixel_art(pixels: Pixels, rng: np.random.Generator) -> Floats:
    cells, tones = pick(rng, (40, 48, 56)), rng.uniform(24, 40)
    small = cv2.resize(pixels, (cells, cells), interpolation=cv2.INTER_AREA).astype(np.float32)
    return cv2.resize(np.round(small / tones) * tones, (SIDE, SIDE), interpolation=cv2.INTER_NEAREST)


def _pencil(pixels: Pixels, rng: np.random.Generator) -> Floats:
    """A colour dodge of the inverted, blurred picture, which leaves lines, over a light shading."""
    grey = _grey(pixels)
    grey = 255 * (grey / 255) ** min(1.0, max(0.45, grey.mean() / 130))  # dark scenes are drawn by daylight
    inverse = cv2.GaussianBlur(255 - grey, (0, 0), rng.uniform(3, 6))[..., None]
    lines = 255 * (np.minimum(255, grey * 255 / (256 - inverse)) / 255) ** 2
    return (lines * 0.78 + grey * 0.22) * np.array([1, 0.99, 0.96], np.float32)


def _watercolour(pixels: Pixels, rng: np.random.Generator) -> Floats:
    """Pale, wobbling washes with darker rims, fading into white paper at an uneven border."""
    wash = _wobble(cv2.medianBlur(pixels, 7), rng, 24, 4)
    rims = _outlines(wash, 40, 110, width_px=1, soften=1.4)
    paint = (255 - (255 - wash.astype(np.float32)) * 0.68) * (1 - 0.35 * rims)
    paint += _patches(rng, 10, 14)[..., None]
    inward = np.minimum(np.minimum(_X, SIDE - 1 - _X), np.minimum(_Y, SIDE - 1 - _Y)) / SIDE * 14
    painted = np.clip(inward + _patches(rng, 12, 0.4), 0, 1)[..., None]
    return _ink_on((250, 248, 242), paint, painted)


def _oil(pixels: Pixels, rng: np.random.Generator) -> Floats:
    """Dabs of colour: square patches are shifted at random, smoothed, and lit like thick paint."""
    shift = rng.uniform(-3.5, 3.5, (56, 56, 2)).astype(np.float32)
    shift = cv2.resize(shift, (SIDE, SIDE), interpolation=cv2.INTER_NEAREST)
    moved = cv2.remap(
        pixels, _X + shift[..., 0], _Y + shift[..., 1], cv2.INTER_LINEAR, borderMode=cv2.BORDER_REFLECT
    )
    dabs = cv2.medianBlur(moved, 7)
    slope = cv2.Sobel(_grey(dabs), cv2.CV_32F, 1, 0) + cv2.Sobel(_grey(dabs), cv2.CV_32F, 0, 1)
    light = np.clip(cv2.GaussianBlur(slope, (0, 0), 0.8) * 0.12, -18, 18)[..., None]
    return (dabs.astype(np.float32) - 128) * 1.1 + 128 + light


def _woodblock(pixels: Pixels, rng: np.random.Generator) -> Floats:
    """Few inks, dark outlines, a blue fade at the top and a paper margin, as ukiyo-e prints have."""
    smooth = cv2.medianBlur(pixels, 5)
    small = cv2.resize(smooth, (SIDE // 2, SIDE // 2), interpolation=cv2.INTER_AREA).astype(np.float32)
    distance = ((small[:, :, None] - _WOODBLOCK_INKS) ** 2 * np.array([0.6, 1, 0.5], np.float32)).sum(-1)
    flat = cv2.resize(_WOODBLOCK_INKS[distance.argmin(-1)], (SIDE, SIDE), interpolation=cv2.INTER_LINEAR)
    print_ = _ink_on(flat * 0.8 + smooth * 0.2, (35, 30, 38), _outlines(smooth, 50, 120) * 0.85)
    print_ = _ink_on(print_, (38, 62, 110), np.clip(1 - _Y / SIDE * 4, 0, 1)[..., None] * 0.5)
    framed = np.full_like(print_, 1) * np.array([236, 224, 200], np.float32)
    framed[8:-8, 8:-8] = print_[8:-8, 8:-8] * np.array([1, 0.97, 0.9], np.float32)
    return framed


def _neon(pixels: Pixels, rng: np.random.Generator) -> Floats:
    hsv = cv2.cvtColor(cv2.blur(pixels, (9, 9)), cv2.COLOR_RGB2HSV)
    hsv[..., 1], hsv[..., 2] = np.maximum(hsv[..., 1], 150), 255
    tubes = cv2.cvtColor(hsv, cv2.COLOR_HSV2RGB) * _outlines(pixels, 50, 130, soften=0.6)
    return np.array([12, 8, 28]) + pixels * 0.08 + cv2.GaussianBlur(tubes, (0, 0), 5) * 1.3 + tubes


def _comic(pixels: Pixels, rng: np.random.Generator) -> Floats:
    flat = np.round(cv2.medianBlur(pixels, 5).astype(np.float32) / 52) * 52
    dots = (np.sin(_X * 0.9) * np.sin(_Y * 0.9) > 0.25)[..., None] & (_grey(pixels) < 170)
    return _ink_on(
        np.clip(flat * 1.08 * (1 - 0.22 * dots), 0, 255), (12, 10, 14), _outlines(pixels, 60, 140, 3)
    )


def _line_art(pixels: Pixels, rng: np.random.Generator) -> Floats:
    return _ink_on((252, 252, 250), (20, 20, 25), _outlines(pixels, 40, 100))


def _blueprint(pixels: Pixels, rng: np.random.Generator) -> Floats:
    paper = np.zeros((SIDE, SIDE, 3), np.float32) + np.array([25, 70, 150], np.float32)
    paper[::16] += 14
    paper[:, ::16] += 14
    return _ink_on(paper, (235, 242, 250), np.clip(_outlines(pixels, 40, 100, width_px=1) * 1.4, 0, 1))


def _chalk(pixels: Pixels, rng: np.random.Generator) -> Floats:
    board = np.array([38, 52, 46], np.float32) + pixels * 0.12
    return _ink_on(board, (228, 228, 218), _outlines(pixels, 40, 100) * 0.85)


def _black_and_white(pixels: Pixels, rng: np.random.Generator) -> Floats:
    return np.repeat((_grey(pixels) - 128) * 1.1 + 125, 3, axis=-1)


def _sepia(pixels: Pixels, rng: np.random.Generator) -> Floats:
    return _grey(pixels) / 255 * np.array([250, 215, 165], np.float32) + np.array([25, 15, 5], np.float32)


def _synthwave(pixels: Pixels, rng: np.random.Generator) -> Floats:
    grey, steps = _grey(pixels)[..., 0] / 255, np.linspace(0, 1, len(_SYNTHWAVE_TONES))
    tones = [np.interp(grey, steps, [tone[channel] for tone in _SYNTHWAVE_TONES]) for channel in range(3)]
    return np.stack(tones, -1) * 0.75 + pixels * 0.25


STYLES = (
    Style("none", ("{}",), 30, ("3d", "3d", "3d", "flat", "noto", "noto")),
    Style(
        "3d",
        (
            "a 3d render of {}",
            "3d render of {}",
            "{}, 3d render",
            "{}, digital art",
            "a 3d illustration of {}",
            "{}, 3d",
        ),
        14,
        ("3d",),
    ),
    Style(
        "flat",
        (
            "a flat illustration of {}",
            "flat vector art of {}",
            "{}, flat design",
            "{}, vector illustration",
            "{} as a flat vector",
        ),
        8,
        ("flat",),
    ),
    Style("cartoon", ("a cartoon of {}", "{}, cartoon style", "cartoon drawing of {}"), 6, ("noto",)),
    Style(
        "icon",
        ("a black and white icon of {}", "{}, icon", "a stencil of {}"),
        3,
        ("icon",),
        plain_only=True,
        shows_colours=False,
    ),
    Style(
        "pixel art",
        ("{}, pixel art", "pixel art of {}", "{} as pixel art", "{} in pixel art style"),
        6,
        filter=_pixel_art,
    ),
    Style(
        "pencil",
        ("a pencil sketch of {}", "{}, pencil drawing", "a pencil drawing of {}"),
        4,
        filter=_pencil,
        shows_colours=False,
    ),
    Style(
        "watercolour",
        (
            "a watercolor of {}",
            "{}, watercolor",
            "a watercolor painting of {}",
            "{} as a watercolor painting",
        ),
        6,
        filter=_watercolour,
    ),
    Style("oil", ("an oil painting of {}", "{}, oil on canvas", "{}, oil painting"), 5, filter=_oil),
    Style(
        "ukiyo-e",
        (
            "{} in the style of ukiyo-e",
            "{}, ukiyo-e",
            "a ukiyo-e woodblock print of {}",
            "{} as a japanese woodblock print",
        ),
        6,
        filter=_woodblock,
        shows_colours=False,
    ),
    Style("neon", ("{}, neon", "a neon sign of {}", "{} in neon lights"), 4, filter=_neon),
    Style("comic", ("{}, comic book style", "{}, pop art", "a comic book panel of {}"), 4, filter=_comic),
    Style(
        "line art",
        ("line art of {}", "{}, line art", "a line drawing of {}", "black and white line art of {}"),
        4,
        filter=_line_art,
        shows_colours=False,
    ),
    Style("blueprint", ("a blueprint of {}", "{}, blueprint"), 2, filter=_blueprint, shows_colours=False),
    Style(
        "chalk", ("a chalk drawing of {}", "{}, chalk on a blackboard"), 2, filter=_chalk, shows_colours=False
    ),
    Style(
        "black and white",
        ("a black and white picture of {}", "{}, black and white"),
        2,
        filter=_black_and_white,
        shows_colours=False,
    ),
    Style("sepia", ("a vintage picture of {}", "{}, sepia"), 2, filter=_sepia, shows_colours=False),
    Style("synthwave", ("{}, vaporwave", "{}, synthwave style"), 3, filter=_synthwave, shows_colours=False),
)
