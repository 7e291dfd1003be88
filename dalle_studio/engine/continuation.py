"""How a picture goes on through a place that something is taken away from, before a model draws there."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from dalle_studio.core.mask import Mask
from dalle_studio.engine.base import Pixels


def continued(pixels: Pixels, mask: Mask) -> Pixels:
    """The picture with its masked pixels joined across, row by row: sky to sky and ground to ground.

    Rows that the mask covers from side to side are joined from above to below.

    Args:
        pixels: uint8 (height, width, 3).
        mask: uint8 (height, width); what is not 0 is replaced.
    """
    hole: NDArray[np.bool_] = mask > 0
    if hole.all():
        return pixels
    joined = pixels.copy()
    for row in np.flatnonzero(hole.any(axis=1) & ~hole.all(axis=1)):
        joined[row] = _joined(joined[row], ~hole[row])
    covered = np.asarray(hole.all(axis=1))
    if covered.any():
        flat = joined.reshape(len(joined), -1)
        joined = _joined(flat, ~covered).reshape(joined.shape)
    return joined


def _joined(values: Pixels, known: NDArray[np.bool_]) -> Pixels:
    """uint8 (places, channels) with the places that are not known drawn straight between their neighbours."""
    places, there = np.arange(len(values)), np.flatnonzero(known)
    after = np.searchsorted(there, places).clip(0, len(there) - 1)
    right = there[after]
    left = there[np.where(right <= places, after, (after - 1).clip(0))]
    share = (places - left) / np.maximum(right - left, 1)
    share = share.clip(0, 1)[:, None]
    return (values[left] * (1 - share) + values[right] * share).round().astype(np.uint8)
