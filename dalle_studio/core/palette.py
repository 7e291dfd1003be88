"""Colours of a picture as a whole: measured, carried over to another picture, or changed as by another light.

All of it is computed in Oklab (Ottosson 2020), where equal distances look about equally large.
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageFilter

Pixels = NDArray[np.uint8]
Colours = NDArray[np.float32]
"""Oklab: lightness 0 to 1, green to red and blue to yellow about -0.4 to 0.4, along the last axis."""

_TO_CONES = np.array(
    [
        [0.4122214708, 0.5363325363, 0.0514459929],
        [0.2119034982, 0.6806995451, 0.1073969566],
        [0.0883024619, 0.2817188376, 0.6299787005],
    ],
    np.float32,
)
_TO_LAB = np.array(
    [
        [0.2104542553, 0.7936177850, -0.0040720468],
        [1.9779984951, -2.4285922050, 0.4505937099],
        [0.0259040371, 0.7827717662, -0.8086757660],
    ],
    np.float32,
)
_FROM_LAB, _FROM_CONES = np.linalg.inv(_TO_LAB), np.linalg.inv(_TO_CONES)


def oklab(pixels: Pixels) -> Colours:
    """Pixels in sRGB, uint8 (..., 3), as Oklab."""
    return _from_srgb(pixels.astype(np.float32) / np.float32(255))


def _from_srgb(values: Colours) -> Colours:
    linear = np.where(values <= 0.04045, values / 12.92, ((values + 0.055) / 1.055) ** 2.4)
    return np.cbrt(linear @ _TO_CONES.T) @ _TO_LAB.T


def _to_srgb(colours: Colours) -> Colours:
    """Values 0 to 1; what sRGB cannot show is clipped."""
    linear = ((colours @ _FROM_LAB.T) ** 3 @ _FROM_CONES.T).clip(0, 1)
    return np.where(linear <= 0.0031308, linear * 12.92, 1.055 * linear ** (1 / 2.4) - 0.055)


_LATTICE = 33
"""Points along each side of the cube of colours at which a change is computed; between them it is linear."""
_GOLDEN = (5**0.5 - 1) / 2
"""Multiples of it, modulo 1, lie far from their neighbours: seeds that follow each other get lights unlike."""
_MOST_STRETCH = 2.0
"""How much contrast may grow along any direction of colour; more would show noise and bands."""
_MOST_TURN = 0.65 * np.pi
_SAMPLES = 128
"""Pixels along the longer side that stand for a picture's colours."""


def relit(pixels: Pixels, seed: int, amount: float, brightness: float = 0.0) -> Pixels:
    """A picture as in another light: hues turned together, shadows and lights tinted, darker or brighter.

    Args:
        pixels: uint8 (height, width, 3).
        seed: of the light.
        amount: 0 = the same light, 1 = quite another one.
        brightness: how much light is added at most to a black picture, in Oklab's lightness; bright pictures
            become a little darker.
    """
    rng = np.random.default_rng(seed)
    turn = amount * _MOST_TURN * (2 * (seed * _GOLDEN % 1) - 1)
    richness = 1 + amount * rng.uniform(-0.3, 0.3)
    lift = amount * brightness * rng.uniform(0.4, 1) * (1 - samples(pixels)[:, 0].mean() / 0.6)
    angle, gamma = rng.uniform(0, 2 * np.pi), np.exp(amount * rng.uniform(-0.4, 0.4))
    rotation = richness * np.array([[np.cos(turn), np.sin(turn)], [-np.sin(turn), np.cos(turn)]])
    tint = 0.04 * amount * np.array([np.cos(angle), np.sin(angle)])

    def change(colours: Colours) -> Colours:
        lightness = (colours[:, :1] + lift).clip(0, 1)
        chroma = colours[:, 1:] @ rotation + tint * (2 * lightness - 0.5)
        return np.concatenate([lightness**gamma, chroma], axis=1).astype(np.float32)

    return _changed(pixels, change)


def matched(pixels: Pixels, like: Pixels) -> Pixels:
    """A picture in the colours of another: with the same means and covariances in Oklab.

    The change is the linear one that moves colours least (Pitié and Kokaram 2007), so that it makes no bands.

    Args:
        pixels, like: uint8 (height, width, 3), of any sizes.
    """
    own, wanted = _statistics(pixels), _statistics(like)
    move = _least_move(own[1], wanted[1])
    return _changed(pixels, lambda colours: ((colours - own[0]) @ move + wanted[0]).astype(np.float32))


def _statistics(pixels: Pixels) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    colours = samples(pixels).astype(np.float64)
    return colours.mean(axis=0), np.cov(colours.T) + 1e-5 * np.eye(3)


def _least_move(before: NDArray[np.float64], after: NDArray[np.float64]) -> NDArray[np.float64]:
    """The symmetric matrix that turns one covariance into another, as far as that stretches nothing too much."""
    root = _root(before)
    inverse = np.linalg.inv(root)
    stretches, axes = np.linalg.eigh(inverse @ _root(root @ after @ root) @ inverse)
    return (axes * stretches.clip(0, _MOST_STRETCH)) @ axes.T


def _root(matrix: NDArray[np.float64]) -> NDArray[np.float64]:
    values, vectors = np.linalg.eigh(matrix)
    return (vectors * np.sqrt(values.clip(0))) @ vectors.T


def samples(pixels: Pixels) -> Colours:
    """Colours that stand for those of a whole picture, (n, 3)."""
    step = max(1, max(pixels.shape[:2]) // _SAMPLES)
    return oklab(pixels[step // 2 :: step, step // 2 :: step].reshape(-1, 3))


def _changed(pixels: Pixels, change: Callable[[Colours], Colours]) -> Pixels:
    """The picture with a change of colours, which is computed on a lattice."""
    levels = np.linspace(0, 1, _LATTICE, dtype=np.float32)
    blue, green, red = np.meshgrid(levels, levels, levels, indexing="ij")
    lattice = np.stack([red, green, blue], axis=-1).reshape(-1, 3)
    table = _to_srgb(change(_from_srgb(lattice)))
    return np.asarray(
        Image.fromarray(pixels).filter(ImageFilter.Color3DLUT(_LATTICE, table.ravel().tolist()))
    )
