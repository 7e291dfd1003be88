"""What the denoiser learns from: finished pictures and the sketches they were drawn over, as latents, in shards.

A shard is there in full or not at all, so a run that was killed draws only what is missing, and a
denoiser that is already training takes in new shards as they appear.
"""

# pyright: reportPrivateImportUsage=false
# diffusers exports its names lazily, which type checkers do not see.

from __future__ import annotations

from pathlib import Path

import cv2
import numpy as np
import torch
from diffusers import AutoencoderTiny
from numpy.typing import NDArray
from torch import Tensor

from dalle_studio.engine.pipelines.contours import contours
from dalle_studio.training.draw.frame import SIDE
from dalle_studio.training.networks.autoencoder import DOWNSAMPLING, encode
from dalle_studio.training.pictures.series import Drawn, Series
from dalle_studio.training.run.device import Device
from dalle_studio.training.run.files import whole_file
from dalle_studio.training.run.report import Report

SHARD = 512
GRID = SIDE // DOWNSAMPLING
"""Rows and columns of the latents."""
THUMBNAIL_SIDE = 64
"""Pixels along the sides of the small pictures that palettes are taken from and the image encoder sees."""


def store_pairs(
    series: Series, count: int, model: AutoencoderTiny, device: Device, folder: Path, report: Report
) -> None:
    """Draw at least `count` pictures with their sketches and keep their latents and captions (.npz)."""
    missing = [start for start in range(0, count, SHARD) if not _shard(folder, start).exists()]
    if not missing:
        return
    with series.drawing() as drawing, report.bar("Drawing pairs", len(missing) * SHARD) as advance:
        for start in missing:
            drawn = list(drawing.pictures(range(start, start + SHARD)))
            with whole_file(_shard(folder, start)) as path:
                np.savez(path, **_arrays(drawn, model, device))  # pyright: ignore[reportArgumentType]
            advance(SHARD)
    report.line(f"pairs: {count}")


def _shard(folder: Path, start: int) -> Path:
    return folder / f"{start:08d}.npz"


def _arrays(drawn: list[Drawn], model: AutoencoderTiny, device: Device) -> dict[str, NDArray[np.generic]]:
    pixels = np.stack([each.pixels for each in drawn])
    return {
        "pictures": encode(model, pixels, device),
        "sketches": encode(model, np.stack([each.sketch for each in drawn]), device),
        "contours": encode(model, np.stack([contours(each.sketch) for each in drawn]), device),
        "coverage": np.stack([_reduced(each.coverage, GRID) for each in drawn]),
        "thumbnails": np.stack([_reduced(each.pixels, THUMBNAIL_SIDE) for each in drawn]),
        "captions": np.array([each.caption for each in drawn]),
    }


def _reduced(pixels: NDArray[np.uint8], side: int) -> NDArray[np.uint8]:
    return cv2.resize(pixels, (side, side), interpolation=cv2.INTER_AREA).astype(np.uint8)


class Pairs:
    """All pairs that a folder holds so far, on a device."""

    def __init__(self, folder: Path, count: int, device: str) -> None:
        """Load up to `count` pairs.

        Raises:
            FileNotFoundError: there is not even a first shard.
        """
        self._folder, self._count, self._device = folder, count, device
        self._parts: dict[str, list[Tensor]] = {}
        self.captions: list[str] = []
        _shard(folder, 0).stat()
        self.grow()

    def grow(self) -> bool:
        """Take in shards that have appeared, in their order; say whether there were any."""
        before = len(self.captions)
        while len(self.captions) < self._count and _shard(self._folder, len(self.captions)).exists():
            self._take_in(_shard(self._folder, len(self.captions)))
        if len(self.captions) == before:
            return False
        self._tensors = {name: torch.cat(parts) for name, parts in self._parts.items()}
        self._parts = {name: [tensor] for name, tensor in self._tensors.items()}
        return True

    def _take_in(self, shard: Path) -> None:
        with np.load(shard, allow_pickle=False) as arrays:
            self.captions += arrays["captions"].tolist()
            for name in ("pictures", "sketches", "contours", "coverage", "thumbnails"):
                part = torch.from_numpy(arrays[name]).to(self._device)
                self._parts.setdefault(name, []).append(part)

    def __len__(self) -> int:
        return len(self.captions)

    @property
    def scale(self) -> float:
        """The factor that brings latents to unit variance, measured on the first shard."""
        return float(1 / self._tensors["pictures"][:SHARD].float().std())

    def pictures(self, chosen: Tensor) -> Tensor:
        """Unscaled latents (count, 16, rows, columns) of finished pictures."""
        return self._tensors["pictures"][chosen].float()

    def sketches(self, chosen: Tensor) -> Tensor:
        """Unscaled latents (count, 16, rows, columns) of sketches."""
        return self._tensors["sketches"][chosen].float()

    def contours(self, chosen: Tensor) -> Tensor:
        """Unscaled latents (count, 16, rows, columns) of the contours of sketches."""
        return self._tensors["contours"][chosen].float()

    def coverage(self, chosen: Tensor) -> Tensor:
        """(count, 1, rows, columns), 0 to 1."""
        return self._tensors["coverage"][chosen][:, None].float() / 255

    def thumbnails(self, chosen: Tensor) -> Tensor:
        """Small finished pictures, (count, 3, `THUMBNAIL_SIDE`, `THUMBNAIL_SIDE`), -1 to 1."""
        return self._tensors["thumbnails"][chosen].permute(0, 3, 1, 2).float() / 127.5 - 1
