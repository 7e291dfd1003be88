"""Many compositions, stored as pixels, in shards.

A shard is there in full or not at all, so a run that was killed draws only what is missing.
"""

# pyright: reportPrivateImportUsage=false
# diffusers exports its names lazily, which type checkers do not see.

from __future__ import annotations

import hashlib
from pathlib import Path

import numpy as np
from diffusers import AutoencoderTiny
from numpy.typing import NDArray

from dalle_studio.training.pictures.series import Series
from dalle_studio.training.run.files import whole_file
from dalle_studio.training.run.report import Report

PIXEL_SHARD = 128


def _starts(count: int, shard: int, folder: Path, suffix: str) -> list[int]:
    """First picture numbers of the shards that `count` pictures need and `folder` lacks."""
    return [start for start in range(0, count, shard) if not (folder / f"{start:08d}{suffix}").exists()]


def store_pixels(series: Series, count: int, folder: Path, report: Report) -> None:
    """Draw at least `count` pictures into shards (.npy)."""
    starts = _starts(count, PIXEL_SHARD, folder, ".npy")
    if not starts:
        return
    with series.drawing() as drawing, report.bar("Drawing pictures", len(starts) * PIXEL_SHARD) as advance:
        for start in starts:
            drawn = drawing.pictures(range(start, start + PIXEL_SHARD))
            with whole_file(folder / f"{start:08d}.npy") as path:
                np.save(path, np.stack([each.pixels for each in drawn]))
            advance(PIXEL_SHARD)
    report.line(f"pictures: {count}")


def load_pixels(count: int, folder: Path) -> list[NDArray[np.uint8]]:
    """The first `count` pictures, each (256, 256, 3), memory-mapped."""
    shards = (np.load(folder / f"{start:08d}.npy", mmap_mode="r") for start in range(0, count, PIXEL_SHARD))
    return [pixels for shard in shards for pixels in shard][:count]


def fingerprint(model: AutoencoderTiny) -> str:
    """Twelve hexadecimal digits that differ between any two encoders: latents last as long as theirs does."""
    digest = hashlib.sha256()
    for weight in model.encoder.state_dict().values():
        digest.update(weight.cpu().contiguous().numpy().tobytes())
    return digest.hexdigest()[:12]
