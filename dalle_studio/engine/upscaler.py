"""From a model's own size to the finished size."""

from __future__ import annotations

from collections.abc import Iterable
from concurrent.futures import ThreadPoolExecutor
from itertools import repeat

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageOps

from dalle_studio.core.format import Size

UPSCALER = "Lanczos"


def resize(pixels: NDArray[np.uint8], size: Size) -> NDArray[np.uint8]:
    """The same picture at another size: (height, width[, 3]) -> (size.height_px, size.width_px[, 3]).

    Lanczos filter with support widened when reducing, so that nothing aliases.
    """
    if size == Size(pixels.shape[1], pixels.shape[0]):
        return pixels
    return np.asarray(Image.fromarray(pixels).resize(size.wh, Image.Resampling.LANCZOS))


def cover(pixels: NDArray[np.uint8], size: Size) -> NDArray[np.uint8]:
    """The middle of the picture that has the wanted aspect, at the wanted size."""
    if size == Size(pixels.shape[1], pixels.shape[0]):
        return pixels
    return np.asarray(ImageOps.fit(Image.fromarray(pixels), size.wh, Image.Resampling.LANCZOS))


def all_covered(pictures: Iterable[NDArray[np.uint8]], size: Size) -> list[NDArray[np.uint8]]:
    """`cover` for many pictures, on all cores: Pillow lets go of the interpreter while it resizes."""
    with ThreadPoolExecutor() as threads:
        return list(threads.map(cover, pictures, repeat(size)))
