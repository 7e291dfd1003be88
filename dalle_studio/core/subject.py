"""What stands in the foreground of a picture, found without any model.

A colour that differs from the others and keeps together in one place, away from the frame, is what draws the eye
(saliency filters, Perazzi et al. 2012). From there colours of subject and surroundings are told apart by turns, as
GrabCut does (Rother et al. 2004), and the edge is fitted to the picture's own (guided filter, He et al. 2010).
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageChops, ImageDraw, ImageFilter, ImageOps

from dalle_studio.core.mask import Mask
from dalle_studio.core.palette import Pixels, oklab

_GRID, _EDGE_GRID = 48, 256
"""Cells along the longer side in which the subject is told from its surroundings, and its edge is drawn."""
_COLOUR = 0.05
"""Distance in Oklab at which colours begin to be others."""
_NEAR, _MIDDLE, _TOUCHING = 0.25, 0.28, 0.1
"""Reaches in parts of a side: of what is compared most, of the middle, of what belongs together."""
_TURNS = 5
_LEAST = 0.15
"""Share of a picture that its subject takes at least."""
_BAY = 6
"""Half the width of the bays in its edge that are closed, in cells."""
_SMOOTH_PX, _SMOOTHNESS = 12, 1e-3
"""Radius and strength of the guided filter."""

_Map = NDArray[np.floating]


def subject_of(pixels: Pixels) -> Mask:
    """How much each pixel belongs to the subject of a picture, uint8 (height, width), 255 = all.

    Args:
        pixels: uint8 (height, width, 3).
    """
    fine = _reduced(pixels, _EDGE_GRID)
    rough = _told_apart(_reduced(pixels, _GRID))
    rough = np.asarray(Image.fromarray(rough).resize(fine.shape[1::-1], Image.Resampling.BICUBIC))
    edge = _guided(np.maximum(rough, _mean(rough)), oklab(fine)[..., 0])
    bar = min(0.5, float(np.quantile(edge, 1 - _LEAST)))
    certain = ((edge - bar) / (0.3 * max(bar, 0.2)) + 0.5).clip(0, 1)
    mask = _closed(Image.fromarray((certain * 255).round().astype(np.uint8)))
    return np.asarray(mask.resize(pixels.shape[1::-1], Image.Resampling.BICUBIC))


def _closed(mask: Image.Image) -> Image.Image:
    """With bays and holes closed: what cannot be reached from the frame belongs to the subject."""
    reach = 2 * _BAY + 1
    wide = ImageOps.expand(mask, _BAY + 1, 0).filter(ImageFilter.MaxFilter(reach))
    walls = wide.point([255 * (value > 127) for value in range(256)])
    ImageDraw.floodfill(walls, (0, 0), 128)
    inside = walls.point([255 * (value != 128) for value in range(256)]).filter(ImageFilter.MinFilter(reach))
    return ImageChops.lighter(mask, ImageOps.crop(inside, _BAY + 1))


def _told_apart(small: Pixels) -> _Map:
    """How likely each pixel belongs to the subject, 0 to 1, (height, width)."""
    rows, columns = small.shape[:2]
    colours = oklab(small).reshape(-1, 3)
    y, x = (each.ravel().astype(np.float32) for each in np.mgrid[0:rows, 0:columns])
    places = np.stack([(y + 0.5) / rows - 0.5, (x + 0.5) / columns - 0.5], axis=1)
    apart = _distances(places)
    alike, near = np.exp(-_distances(colours) / (2 * _COLOUR**2)), np.exp(-apart / (2 * _NEAR**2))
    middle = np.exp(-(places**2).sum(axis=1) / (2 * _MIDDLE**2))
    framed = (np.abs(places).max(axis=1) > 0.5 - 1.5 / min(rows, columns)).astype(np.float32)
    framed *= places[:, 0] < 0.4  # what stands in a picture often reaches its lower edge
    share = (0.01 + _unit(_uniqueness(colours, near) * _compactness(alike, places)) ** 0.5) * middle
    touching = np.exp(-apart / (2 * _TOUCHING**2))
    touching /= touching.sum(axis=1, keepdims=True)
    weight = 0.3 + near
    local = alike * weight
    for _ in range(_TURNS):
        around = (1 - share) * (0.3 + framed)
        own, other = local @ share / (weight @ share), local @ around / (weight @ around)
        prior = (touching @ share).clip(0.02, 0.9) * (0.4 + 0.6 * middle)
        share = own * prior / (own * prior + other * (1 - prior) + 1e-9) * (1 - 0.8 * framed)
    return share.reshape(rows, columns)


def _uniqueness(colours: _Map, near: _Map) -> _Map:
    weight = 0.3 + near
    return (weight * _distances(colours)).sum(axis=1) / weight.sum(axis=1)


def _compactness(alike: _Map, places: _Map) -> _Map:
    weight = alike / alike.sum(axis=1, keepdims=True)
    spread = weight @ (places**2).sum(axis=1) - ((weight @ places) ** 2).sum(axis=1)
    return np.exp(-3 * _unit(spread))


def _distances(points: _Map) -> _Map:
    """Squared distances between all points (n, channels): (n, n)."""
    squares = (points**2).sum(axis=1)
    return (squares[:, None] + squares - 2 * points @ points.T).clip(0)


def _unit(values: _Map) -> _Map:
    low, high = np.quantile(values, (0.02, 0.98))
    return ((values - low) / max(high - low, 1e-6)).clip(0, 1).astype(np.float32)


def _guided(values: _Map, guide: _Map) -> _Map:
    """Values smoothed, with edges where the guide has some; both (height, width)."""
    mean_guide, mean_values = _mean(guide), _mean(values)
    covariance = _mean(guide * values) - mean_guide * mean_values
    slope = covariance / (_mean(guide**2) - mean_guide**2 + _SMOOTHNESS)
    return _mean(slope) * guide + _mean(mean_values - slope * mean_guide)


def _mean(values: _Map) -> _Map:
    """Of the square around each pixel."""
    return _mean_down(_mean_down(values).T).T


def _mean_down(values: _Map) -> _Map:
    padded = np.pad(values.astype(np.float64), ((_SMOOTH_PX + 1, _SMOOTH_PX), (0, 0)), mode="edge")
    sums, span = padded.cumsum(axis=0), 2 * _SMOOTH_PX + 1
    return ((sums[span:] - sums[:-span]) / span).astype(np.float32)


def _reduced(pixels: Pixels, side_px: int) -> Pixels:
    """The picture with its longer side that long."""
    height, width = pixels.shape[:2]
    share = side_px / max(height, width)
    size = max(8, round(width * share)), max(8, round(height * share))
    return np.asarray(Image.fromarray(pixels).resize(size, Image.Resampling.BOX))
