"""A picture: its pixels, and everything needed to make it again."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from dalle_studio.core.format import Size

if TYPE_CHECKING:
    from dalle_studio.core.recipe import Recipe


@dataclass(frozen=True, eq=False)
class Picture:
    """Pixels with their history.

    Attributes:
        pixels: uint8 of shape (height, width, 3), sRGB; made read-only.
        recipe: how it was made; None for a picture from elsewhere.
        name: a file name without folder, to find it again; may be empty.
    """

    pixels: NDArray[np.uint8]
    recipe: Recipe | None = field(default=None)
    name: str = ""

    def __post_init__(self) -> None:
        if self.pixels.dtype != np.uint8 or self.pixels.ndim != 3 or self.pixels.shape[2] != 3:
            raise ValueError(f"pixels must be uint8 (h, w, 3), not {self.pixels.dtype} {self.pixels.shape}")
        self.pixels.setflags(write=False)

    def __reduce__(self) -> tuple[type[Picture], tuple[NDArray[np.uint8], Recipe | None, str]]:
        """Between processes too a picture is made whole, and so read-only."""
        return Picture, (self.pixels, self.recipe, self.name)

    @property
    def size(self) -> Size:
        """Width and height in pixels."""
        return Size(self.pixels.shape[1], self.pixels.shape[0])

    @cached_property
    def sha256(self) -> str:
        """Fingerprint of size and pixels; the same for every lossless copy, whatever the file's metadata."""
        digest = hashlib.sha256(f"{self.size.width_px}x{self.size.height_px}:".encode())
        digest.update(np.ascontiguousarray(self.pixels).data)
        return digest.hexdigest()

    @property
    def image(self) -> Image.Image:
        """The same pixels as a Pillow image."""
        return Image.fromarray(self.pixels)
