"""What variations start from: their source as it is, in another light or frame, or with other surroundings.

Knows no model: what variations keep is seen to before and after a family draws, so that every family keeps it.
"""

from __future__ import annotations

from itertools import product

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from dalle_studio.core.format import Size
from dalle_studio.core.mask import Mask
from dalle_studio.core.palette import matched, relit
from dalle_studio.core.request import Keep
from dalle_studio.core.subject import subject_of
from dalle_studio.engine.base import Pixels
from dalle_studio.engine.upscaler import resize

CLOSEST_CROP, CLOSEST_PALETTE_CROP = 0.3, 0.45
"""The most that is cut off a source's sides: where nothing is kept, and where its colours are."""
OTHER_HOUR = 0.3
"""How much light dark surroundings get at most, in Oklab's lightness."""
_BEND = 0.08
"""How far shapes are bent at most, as a share of the shorter side."""
_KNOTS, _MESH = 4, 12
"""Places along each side at which chance bends a picture, and cells between which it is bent straight."""


class Variations:
    """What variations of one picture start from, and what is left to do when they are drawn.

    Attributes:
        subject: uint8 (height, width), 255 = stays as it is; None where no subject is kept.
    """

    def __init__(self, source: Pixels, keep: Keep, how_far: float) -> None:
        """`source`: uint8 (height, width, 3), at the finished size."""
        self._source, self._keep, self._far = source, keep, how_far
        self.subject = subject_of(source) if keep is Keep.SUBJECT else None

    def start(self, seed: int) -> Pixels:
        """What the variation with that seed starts from, as large as the source."""
        match self._keep:
            case Keep.FREE:
                return self._source
            case Keep.LAYOUT:
                return relit(self._source, seed, self._far)
            case Keep.PALETTE:
                return bent(cropped(self._source, seed, self._far, CLOSEST_PALETTE_CROP), seed, self._far)
            case Keep.SUBJECT:
                assert self.subject is not None
                return self._surrounded(self.subject, seed)

    def finished(self, drawn: Pixels, start: Pixels) -> Pixels:
        """A drawn variation, at the finished size, with what is kept put right.

        Colours are matched to those of the part of the source that it started from: of a face that fills the frame
        now, nothing is to take the colour of a background that is no longer there.
        """
        return matched(drawn, start) if self._keep is Keep.PALETTE else drawn

    def detail_share(self, size: Size) -> NDArray[np.float32]:
        """How much of their start's detail variations get back, 0 to 1, (height, width) of that size."""
        share = np.full((size.height_px, size.width_px), (1 - self._far) ** 2, np.float32)
        if self.subject is not None:
            share = np.maximum(share, resize(self.subject, size).astype(np.float32) / 255)
        return share

    def _surrounded(self, subject: Mask, seed: int) -> Pixels:
        """The subject in other surroundings: in another light, and in shapes that bend around it."""
        around = relit(bent(self._source, seed, self._far, subject), seed, self._far, OTHER_HOUR)
        pictures = (Image.fromarray(each) for each in (self._source, around, subject))
        return np.asarray(Image.composite(*pictures))


def cropped(pixels: Pixels, seed: int, far: float, closest: float = CLOSEST_CROP) -> Pixels:
    """A part of a picture, as large as the whole, perhaps mirrored.

    Args:
        pixels: uint8 (height, width, 3).
        seed: which part.
        far: 0 = the whole, 1 = as close as it gets.
        closest: share of each side that is cut off at most.
    """
    rng = np.random.default_rng(seed)
    share = 1 - closest * far * rng.random()
    (height, width), places = pixels.shape[:2], rng.random(2)
    left, top = places[0] * width * (1 - share), places[1] * height * (1 - share)
    box = (left, top, left + share * width, top + share * height)
    image = Image.fromarray(pixels).resize((width, height), Image.Resampling.BICUBIC, box)
    mirrored = rng.random() < far / 2
    return np.asarray(image.transpose(Image.Transpose.FLIP_LEFT_RIGHT) if mirrored else image)


def bent(pixels: Pixels, seed: int, far: float, held: Mask | None = None) -> Pixels:
    """A picture with its shapes bent, each part another way, without a crease.

    Args:
        pixels: uint8 (height, width, 3).
        seed: which way.
        far: 0 = not at all, 1 = as far as it goes.
        held: uint8 (height, width), 255 = stays where it is.
    """
    image = Image.fromarray(pixels)
    edges = [np.linspace(0, side, _MESH + 1).round().astype(int) for side in image.size]
    reach = _BEND * far * min(image.size) * (1 if held is None else _loose(held))
    inside = [side - 0.5 for side in image.size]  # beyond its last pixels a picture is black
    seen = (np.stack(np.meshgrid(*edges), axis=-1) + reach * _moves(seed)).clip(0.5, inside)

    def cell(row: int, column: int) -> tuple[tuple[int, ...], tuple[float, ...]]:
        box = edges[0][column], edges[1][row], edges[0][column + 1], edges[1][row + 1]
        corners = seen[[row, row + 1, row + 1, row], [column, column, column + 1, column + 1]]
        return tuple(map(int, box)), tuple(corners.ravel().tolist())

    cells = [cell(row, column) for row, column in product(range(_MESH), repeat=2)]
    return np.asarray(image.transform(image.size, Image.Transform.MESH, cells, Image.Resampling.BICUBIC))


def _moves(seed: int) -> NDArray[np.float32]:
    """How far the corners of the mesh move in x and y, about -1 to 1."""
    knots = np.random.default_rng(seed).uniform(-1, 1, (2, _KNOTS, _KNOTS)).astype(np.float32)
    size = (_MESH + 1, _MESH + 1)
    return np.stack(
        [np.asarray(Image.fromarray(each).resize(size, Image.Resampling.BICUBIC)) for each in knots], axis=-1
    )


def _loose(held: Mask) -> NDArray[np.float32]:
    """How freely the corners of the mesh move, 0 to 1, (rows, columns, 1): not where something near is held."""
    cells = Image.fromarray(held).resize((_MESH, _MESH), Image.Resampling.BOX)
    around = np.pad(np.asarray(cells, np.float32) / 255, 1, mode="edge")
    nearest = np.maximum.reduce(
        [around[top : top + _MESH + 1, left : left + _MESH + 1] for top in (0, 1) for left in (0, 1)]
    )
    return 1 - np.minimum(1, 2 * nearest)[..., None]
