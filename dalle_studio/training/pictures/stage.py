"""The stage: the sprites of a scene, put into the finished picture and, plainly, into its sketch."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

import cv2
import numpy as np

from dalle_studio.core.layout import Placement
from dalle_studio.training.draw.arrays import Bytes, Floats
from dalle_studio.training.draw.canvas import Canvas
from dalle_studio.training.draw.colours import Sprite
from dalle_studio.training.draw.frame import SIDE, Pixels
from dalle_studio.training.draw.light import Light

GREY = 128
"""Ground of a sketch that shows no place."""
_FLAT_SHADE = 0.4
"""How much of the shading flat art takes."""


@dataclass(frozen=True)
class Cutout:
    """A sprite at its size, turned and mirrored, and its upper left corner in the picture."""

    art: Floats
    """(height, width, 4): colours times alpha, and alpha, 0 to 255."""
    left: int
    top: int
    placement: Placement

    @property
    def foot(self) -> int:
        """The row below its lower edge."""
        return self.top + self.art.shape[0]


def cutout(sprite: Sprite, placement: Placement) -> Cutout:
    """Lay a sprite out as a placement says."""
    art = _laid_out(sprite, placement)
    height, width = art.shape[:2]
    left, top = round(placement.x - width / 2), round(placement.y - height)
    return Cutout(art, left, top, placement)


def _laid_out(sprite: Sprite, placement: Placement) -> Floats:
    scale = placement.size / max(sprite.shape[:2])
    size = (max(2, round(sprite.shape[1] * scale)), max(2, round(sprite.shape[0] * scale)))
    method = cv2.INTER_AREA if scale < 1 else cv2.INTER_LINEAR
    ready = cv2.resize(_premultiplied(sprite), size, interpolation=method)
    if placement.flip:
        ready = ready[:, ::-1]
    return _turned(ready, placement.turn_deg).astype(np.float32)


def _premultiplied(sprite: Sprite) -> Bytes:
    """Colours times alpha, so that scaling and turning draw no dark rim."""
    alpha = np.ascontiguousarray(sprite[..., 3])
    weights = cv2.merge([alpha, alpha, alpha, np.full_like(alpha, 255)])
    return np.asarray(cv2.multiply(sprite, weights, scale=1 / 255), np.uint8)


def _turned(art: Bytes, turn_deg: float) -> Bytes:
    """Turn a sprite counter-clockwise and crop it to what is opaque again."""
    if turn_deg == 0:
        return art
    height, width = art.shape[:2]
    matrix = cv2.getRotationMatrix2D((width / 2, height / 2), turn_deg, 1)
    cosine, sine = abs(matrix[0, 0]), abs(matrix[0, 1])
    new_width, new_height = int(height * sine + width * cosine) + 2, int(height * cosine + width * sine) + 2
    matrix[:, 2] += new_width / 2 - width / 2, new_height / 2 - height / 2
    turned = cv2.warpAffine(np.ascontiguousarray(art), matrix, (new_width, new_height))
    left, top, wide, high = cv2.boundingRect((turned[..., 3] > 8).astype(np.uint8))
    return turned[top : top + high, left : left + wide]


def draw_sketch(cutouts: list[Cutout], place: Pixels | None = None) -> tuple[Pixels, Bytes]:
    """Things as they are, in an empty place or on grey, and how opaque all that is.

    Returns:
        (SIDE, SIDE, 3) and (SIDE, SIDE), 0 to 255.
    """
    pixels = np.full((SIDE, SIDE, 3), GREY, np.float32) if place is None else place.astype(np.float32)
    clear = np.full((SIDE, SIDE), place is None, np.float32)
    for each in cutouts:
        _paste(pixels, each.art, each.left, each.top)
        rows, columns, inner = _overlap(clear, each.art[..., 3], each.left, each.top)
        clear[rows, columns] *= 1 - inner / 255
    return whole(pixels), whole((1 - clear) * 255)


def whole(pixels: Floats) -> Bytes:
    """Rounded to whole numbers, 0 to 255."""
    return np.asarray(cv2.convertScaleAbs(np.maximum(pixels, 0)), np.uint8)


def _paste(below: Floats, art: Floats, left: int, top: int) -> None:
    """Lay a cutout over pixels of three channels, where it is inside."""
    rows, columns, inner = _overlap(below, art, left, top)
    if inner.size == 0:
        return
    clear = 1 - inner[..., 3] / 255
    below[rows, columns] = below[rows, columns] * cv2.merge([clear, clear, clear]) + inner[..., :3]


def _overlap(below: Floats, above: Floats, left: int, top: int) -> tuple[slice, slice, Floats]:
    """The rows and columns of a picture that something laid on it covers, and the part that covers them."""
    rows = slice(max(top, 0), max(0, min(top + above.shape[0], below.shape[0])))
    columns = slice(max(left, 0), max(0, min(left + above.shape[1], below.shape[1])))
    return (
        rows,
        columns,
        above[rows.start - top : rows.stop - top, columns.start - left : columns.stop - left],
    )


def put(
    canvas: Canvas, cutouts: list[Cutout], light: Light, ground: tuple[float, float], family: str
) -> None:
    """Put things into a finished picture, as its light shows them.

    Args:
        canvas: the picture, with its ground drawn.
        cutouts: the things, farthest first.
        light: of the place.
        ground: highest and lowest row where things stand.
        family: of the art; flat art is shaded less.
    """
    pixels = canvas.pixels.astype(np.float32)
    for each in cutouts:
        if each.placement.grounded and light.shadow > 0:
            _shade_ground(pixels, each, light)
    for each in cutouts:
        depth = np.clip((ground[1] - each.placement.y) / max(1.0, ground[1] - ground[0]), 0, 1)
        lit = _lit(each.art, light, 1.0 if family != "flat" else _FLAT_SHADE, float(depth))
        _paste(pixels, lit, each.left, each.top)
    canvas.pixels = whole(pixels)


def _lit(art: Floats, light: Light, shade: float, depth: float) -> Floats:
    """A cutout in the light of a place: tinted, darker on the far side, with a lit rim and some haze."""
    height, width = art.shape[:2]
    alpha = art[..., 3]
    factor = 1 - light.shading * shade * _ramp(height, width, round(light.side, 1))
    colours = art[..., :3] * cv2.merge([factor * np.float32(tint) for tint in light.tint])
    if max(light.rim) > 0:
        rim = _rim(alpha, light.side)
        colours += cv2.merge([rim * np.float32(each) for each in light.rim])
    colour, most = light.haze
    if most * depth > 0.01:
        air = cv2.merge([alpha * np.float32(each / 255) for each in colour])
        colours += (air - colours) * np.float32(most * depth)
    return cv2.merge([*(np.minimum(each, alpha) for each in cv2.split(colours)), alpha])


@lru_cache(4096)
def _ramp(height: int, width: int, side: float) -> Floats:
    """How far from the light a pixel is, 0 to 1: towards the other side, and a little towards the foot."""
    across = np.linspace(0, 1, width, dtype=np.float32)
    across = (1 - across if side > 0 else across) * abs(side)
    down = np.linspace(0, 1, height, dtype=np.float32)
    return across[None, :] * 0.7 + down[:, None] ** 2 * (1 - 0.7 * abs(side))


def _rim(alpha: Floats, side: float) -> Floats:
    """Where the edge is turned to the light, 0 to 1."""
    reach = max(2.0, max(alpha.shape) / 45)
    shift = np.array([[1, 0, -np.sign(side) * reach], [0, 1, reach * (1.2 - abs(side))]], np.float32)
    moved = cv2.warpAffine(alpha, shift, (alpha.shape[1], alpha.shape[0]))
    return np.clip(alpha - cv2.blur(moved, (3, 3)), 0, 255) / 255


def _shade_ground(pixels: Floats, each: Cutout, light: Light) -> None:
    """Darken the ground where a thing touches it, and where its shadow falls."""
    height, alpha = each.art.shape[0], each.art[..., 3]
    if light.stretch > 0.02:
        shadow, left, top = _cast_shadow(alpha, light)
        _darken(pixels, shadow * (0.62 * light.shadow), each.left + left, each.foot + top)
    middle, wide = _footprint(alpha)
    reach = max(3, round(wide * 0.62))
    flat = max(2, round(min(wide * 0.13, height * 0.12)))
    spot = np.zeros((4 * flat + 5, 2 * reach + 13), np.float32)
    centre = (spot.shape[1] // 2, spot.shape[0] // 2)
    cv2.ellipse(spot, centre, (max(1, round(wide * 0.5)), flat), 0, 0, 360, 1.0, -1)
    spot = cv2.GaussianBlur(spot, (0, 0), 1.2 + flat * 0.45)
    left, top = each.left + round(middle) - centre[0], each.foot - round(flat * 0.55) - centre[1]
    _darken(pixels, spot * min(0.75, light.shadow * 1.15), left, top)


def _footprint(alpha: Floats) -> tuple[float, float]:
    """Middle and width of what touches the ground, in pixels from the left edge."""
    low = alpha[-max(2, alpha.shape[0] // 12) :].max(0) > 90
    columns = np.flatnonzero(low)
    if columns.size == 0:
        return alpha.shape[1] / 2, alpha.shape[1] * 0.7
    return (columns[0] + columns[-1]) / 2, max(columns[-1] - columns[0] + 1.0, alpha.shape[1] * 0.3)


def _cast_shadow(alpha: Floats, light: Light) -> tuple[Floats, int, int]:
    """The silhouette laid on the ground, away from the light, with its corner relative to the foot.

    Drawn at half size, since it is blurred anyway.
    """
    height, width = alpha.shape
    long, high = -np.sign(light.side or 1) * abs(light.side) * light.stretch, 0.1 + 0.22 * light.stretch
    reach = abs(long) * height
    pad = 6
    wide, tall = int((width + reach) / 2) + 2 * pad, int(high * height / 2) + 2 * pad
    shift = reach if long < 0 else 0.0
    lower = tall - pad
    # From (x, y) of the silhouette, y down to its height, to the sheared and flattened shadow.
    matrix = np.array(
        [
            [0.5, -long / 2, (long * height + shift) / 2 + pad],
            [0.0, high / 2, lower - high * height / 2],
        ],
        np.float32,
    )
    laid = cv2.warpAffine(alpha, matrix, (wide, tall), flags=cv2.INTER_AREA)
    soft = cv2.GaussianBlur(laid, (0, 0), 0.8 + 0.012 * height) / 255
    full = cv2.resize(soft, (wide * 2, tall * 2), interpolation=cv2.INTER_LINEAR)
    return full, round(-shift - 2 * pad), -2 * lower


def _darken(pixels: Floats, weight: Floats, left: int, top: int) -> None:
    """Multiply pixels by 1 - weight where the two overlap."""
    rows, columns, inner = _overlap(pixels, weight, left, top)
    if inner.size:
        clear = 1 - inner
        pixels[rows, columns] *= cv2.merge([clear, clear, clear])
