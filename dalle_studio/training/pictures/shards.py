"""Arrays of many compositions, in shards.

A shard is there in full or not at all, so a run that was killed draws only what is missing, and a
network that is already training takes in new shards as they appear.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor

from dalle_studio.training.pictures.series import Drawn, Series
from dalle_studio.training.run.files import whole_file
from dalle_studio.training.run.report import Report

SHARD = 512
"""Compositions in a shard."""
CAPTIONS = "captions"
Arrays = Mapping[str, NDArray[np.generic]]


def store_shards(
    series: Series, count: int, arrays_of: Callable[[list[Drawn]], Arrays], folder: Path, report: Report
) -> None:
    """Draw at least `count` pictures and keep what `arrays_of` makes of each `SHARD` of them (.npz)."""
    missing = [start for start in range(0, count, SHARD) if not _shard(folder, start).exists()]
    if not missing:
        return
    with series.drawing() as drawing, report.bar(f"Drawing {folder.name}", len(missing) * SHARD) as advance:
        for start in missing:
            drawn = list(drawing.pictures(range(start, start + SHARD)))
            with whole_file(_shard(folder, start)) as path:
                np.savez(path, **arrays_of(drawn))  # pyright: ignore[reportArgumentType]
            advance(SHARD)
    report.line(f"{folder.name}: {count}")


class Shards:
    """What a folder holds so far, on a device."""

    def __init__(self, folder: Path, count: int, device: str) -> None:
        """Load up to `count` compositions.

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
            self.captions += arrays[CAPTIONS].tolist()
            for name in set(arrays) - {CAPTIONS}:
                part = torch.from_numpy(arrays[name]).to(self._device)
                self._parts.setdefault(name, []).append(part)

    def __len__(self) -> int:
        return len(self.captions)


def _shard(folder: Path, start: int) -> Path:
    return folder / f"{start:08d}.npz"
