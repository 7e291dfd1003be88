"""Paste a result back into a picture: bit-identical wherever the mask is 0."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from dalle_studio.core.mask import Box, Mask


def composite(base: NDArray[np.uint8], patch: NDArray[np.uint8], box: Box, mask: Mask) -> NDArray[np.uint8]:
    """A copy of `base` with `patch` blended in at `box`.

    Args:
        base: (height, width, 3).
        patch: (box height, box width, 3).
        box: where the patch lies in the base.
        mask: (height, width) of the base; 255 takes the patch, 0 keeps the base exactly.
    """
    rows, columns = box.slices
    weight = mask[rows, columns, None].astype(np.uint16)
    under = base[rows, columns].astype(np.uint16)
    result = base.copy()
    result[rows, columns] = (patch * weight + under * (255 - weight) + 127) // 255
    return result
