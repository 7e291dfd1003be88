"""Sprites made ready to be pasted: scaled, mirrored and turned."""

from __future__ import annotations

import cv2
import numpy as np

from dalle_studio.training.draw.arrays import Floats
from dalle_studio.training.draw.colours import Sprite


def posed(sprite: Sprite, size: float, flip: bool, turn_deg: float) -> Floats:
    """A sprite whose longer side is `size` px, then mirrored, then turned counter-clockwise; premultiplied."""
    return _turned(_resized(_premultiplied(sprite), size, flip), turn_deg)


def _premultiplied(sprite: Sprite) -> Floats:
    """Colours times alpha, so that scaling and turning draw no dark rim; still 0 to 255."""
    ready = sprite.astype(np.float32)
    ready[..., :3] *= ready[..., 3:] / 255
    return ready


def _resized(sprite: Floats, size: float, flip: bool) -> Floats:
    scale = size / max(sprite.shape[:2])
    width, height = max(2, int(sprite.shape[1] * scale)), max(2, int(sprite.shape[0] * scale))
    method = cv2.INTER_AREA if scale < 1 else cv2.INTER_LINEAR
    resized = cv2.resize(sprite, (width, height), interpolation=method)
    return resized[:, ::-1] if flip else resized


def _turned(sprite: Floats, turn_deg: float) -> Floats:
    """Turn a sprite and crop it to what is opaque again."""
    if turn_deg == 0:
        return sprite
    height, width = sprite.shape[:2]
    matrix = cv2.getRotationMatrix2D((width / 2, height / 2), turn_deg, 1)
    cosine, sine = abs(matrix[0, 0]), abs(matrix[0, 1])
    new_width, new_height = int(height * sine + width * cosine) + 2, int(height * cosine + width * sine) + 2
    matrix[:, 2] += new_width / 2 - width / 2, new_height / 2 - height / 2
    turned = cv2.warpAffine(np.ascontiguousarray(sprite), matrix, (new_width, new_height))
    rows, columns = np.nonzero(turned[..., 3] > 8)
    return turned[rows.min() : rows.max() + 1, columns.min() : columns.max() + 1]
