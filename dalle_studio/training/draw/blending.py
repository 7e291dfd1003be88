"""Arithmetic on whole pictures: mixing, lightening, colouring."""

from __future__ import annotations

import cv2
import numpy as np

from dalle_studio.training.draw.arrays import Bytes, Floats
from dalle_studio.training.draw.colours import RGB
from dalle_studio.training.draw.frame import SIDE

_RAMP = np.linspace(0, 1, 256, dtype=np.float32)[:, None, None]


def spread(weight: Floats | float) -> Floats:
    """A weight for every pixel, (SIDE, SIDE) float32, from one that may be a column or a number."""
    share = np.asarray(weight, np.float32)
    return (
        share if share.shape == (SIDE, SIDE) else np.ascontiguousarray(np.broadcast_to(share, (SIDE, SIDE)))
    )


def flat(shape: tuple[int, ...], colour: RGB) -> Bytes:
    """A picture of one colour."""
    picture = np.empty((shape[0], shape[1] * 3), np.uint8)
    picture[:] = np.tile(to_bytes(np.asarray(colour)), shape[1])
    return picture.reshape(shape)


def to_bytes(picture: Bytes | Floats) -> Bytes:
    """A picture of any number type as bytes, clipped."""
    return picture if picture.dtype == np.uint8 else np.clip(picture + 0.5, 0, 255).astype(np.uint8)


def blended(below: Bytes, above: Bytes, weight: Floats) -> Bytes:
    """Two pictures of equal size, mixed pixel by pixel; `weight` of the upper one, 0 to 1, float32."""
    share = np.clip(weight, 0, 1, dtype=np.float32)
    return np.asarray(cv2.blendLinear(below, above, 1 - share, share))


def lightened(below: Bytes, colour: RGB, weight: Floats) -> Bytes:
    """A picture with light of a colour added (a screen blend)."""
    red, green, blue = (
        cv2.convertScaleAbs(np.clip(weight, 0, 1), alpha=min(max(channel, 0), 255)) for channel in colour
    )
    dark = cv2.bitwise_not(cv2.merge([red, green, blue]))
    return np.asarray(cv2.bitwise_not(cv2.multiply(cv2.bitwise_not(below), dark, scale=1 / 255)))


def duotone(one: RGB, other: RGB, share: Floats) -> Bytes:
    """A picture between two colours; `share` of the second for each pixel, clipped to 0..1."""
    return mapped(np.clip(share * 255 + 0.5, 0, 255).astype(np.uint8), one, other)


def mapped(share: Bytes, one: RGB, other: RGB) -> Bytes:
    """A picture between two colours; `share` of the second for each pixel, 0 to 255."""
    first, last = np.array(one, np.float32), np.array(other, np.float32)
    return np.asarray(cv2.applyColorMap(share, to_bytes(first + (last - first) * _RAMP)))
