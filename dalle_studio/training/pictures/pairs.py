"""What the denoiser learns from: finished pictures and the sketches they were drawn over, as latents."""

# pyright: reportPrivateImportUsage=false
# diffusers exports its names lazily, which type checkers do not see.

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import cv2
import numpy as np
import torch
import torch.nn.functional as nnf
from diffusers import AutoencoderTiny
from numpy.typing import NDArray
from torch import Tensor

from dalle_studio.engine.pipelines.contours import contours
from dalle_studio.training.draw.frame import SIDE
from dalle_studio.training.networks.autoencoder import DOWNSAMPLING, encode
from dalle_studio.training.pictures.series import Drawn, Series
from dalle_studio.training.pictures.shards import CAPTIONS, SHARD, Arrays, Shards, store_shards
from dalle_studio.training.run.device import Device
from dalle_studio.training.run.report import Report

GRID = SIDE // DOWNSAMPLING
"""Rows and columns of the latents."""
THUMBNAIL_SIDE = 64
"""Pixels along the sides of the small pictures that palettes are taken from and the image encoder sees."""


@dataclass(frozen=True)
class Pair:
    """A batch of pictures and their sketches; latents are unscaled, all are `GRID` rows and columns large.

    Attributes:
        pictures: latents (batch, 16, rows, columns) of finished pictures.
        sketches: latents of their sketches.
        contours: latents of the contours of their sketches.
        coverage: (batch, 1, rows, columns), 0 to 1: how opaque what is sketched is.
        colours: (batch, 3, rows, columns), -1 to 1: of the finished pictures.
    """

    pictures: Tensor
    sketches: Tensor
    contours: Tensor
    coverage: Tensor
    colours: Tensor

    def __add__(self, other: Pair) -> Pair:
        """Both batches as one."""
        both = zip(vars(self).values(), vars(other).values(), strict=True)
        return Pair(*(torch.cat(parts) for parts in both))


def store_pairs(
    series: Series, count: int, model: AutoencoderTiny, device: Device, folder: Path, report: Report
) -> None:
    """Draw at least `count` pictures with their sketches and keep their latents and captions (.npz)."""
    store_shards(series, count, lambda drawn: _arrays(drawn, model, device), folder, report)


def _arrays(drawn: list[Drawn], model: AutoencoderTiny, device: Device) -> Arrays:
    pixels = np.stack([each.pixels for each in drawn])
    return {
        "pictures": encode(model, pixels, device),
        "sketches": encode(model, np.stack([each.sketch for each in drawn]), device),
        "contours": encode(model, np.stack([contours(each.sketch) for each in drawn]), device),
        "coverage": np.stack([reduced(each.coverage, GRID) for each in drawn]),
        "thumbnails": np.stack([reduced(each.pixels, THUMBNAIL_SIDE) for each in drawn]),
        CAPTIONS: np.array([each.caption for each in drawn]),
    }


def reduced(pixels: NDArray[np.uint8], side: int) -> NDArray[np.uint8]:
    """Pixels averaged down to squares of `side`."""
    return cv2.resize(pixels, (side, side), interpolation=cv2.INTER_AREA).astype(np.uint8)


class Pairs(Shards):
    """All pairs that a folder holds so far, on a device."""

    @property
    def scale(self) -> float:
        """The factor that brings latents to unit variance, measured on the first shard."""
        return float(1 / self._tensors["pictures"][:SHARD].float().std())

    def __getitem__(self, chosen: Tensor) -> Pair:
        """The pairs of some numbers."""
        tensors = self._tensors
        return Pair(
            tensors["pictures"][chosen].float(),
            tensors["sketches"][chosen].float(),
            tensors["contours"][chosen].float(),
            tensors["coverage"][chosen][:, None].float() / 255,
            nnf.adaptive_avg_pool2d(self.thumbnails(chosen), GRID),
        )

    def pictures(self, chosen: Tensor) -> Tensor:
        """Unscaled latents (count, 16, rows, columns) of finished pictures."""
        return self._tensors["pictures"][chosen].float()

    def thumbnails(self, chosen: Tensor) -> Tensor:
        """Small finished pictures, (count, 3, `THUMBNAIL_SIDE`, `THUMBNAIL_SIDE`), -1 to 1."""
        return self._tensors["thumbnails"][chosen].permute(0, 3, 1, 2).float() / 127.5 - 1
