"""One picture on its way: as a tile shows it."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum, auto
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from dalle_studio.core.picture import Picture

PREVIEW_PX = 256  # the longer side of a READY tile's preview is 1 to 2 times as long


class CandidateState(StrEnum):
    """Where a picture is on its way."""

    WAITING = auto()
    MAKING = auto()
    READY = auto()
    FAILED = auto()
    CANCELLED = auto()


@dataclass(frozen=True, kw_only=True, eq=False)
class Candidate:
    """One tile.

    Attributes:
        job, index: which picture of which job.
        label: what tells it from its neighbours, such as the name of a style; may be empty.
        title: of its job.
        progress: 0 to 1.
        aspect: width over height.
        preview: uint8 (height, width, 3): how it looks so far; of a READY one, a small copy of the picture.
        picture: the finished picture; None before it is READY, and for old ones, whose pixels were let go
            (`current` has them always).
        path: its file; None while it has none. A READY one without path could not be saved.
        error: why it FAILED or could not be saved.
        concerns: why not everybody may want to see it.
        fingerprint: of the pixels, where there are concerns; empty otherwise.
    """

    number: int
    job: int
    index: int
    label: str
    title: str
    state: CandidateState = CandidateState.WAITING
    progress: float = 0.0
    aspect: float = 1.0
    preview: NDArray[np.uint8] | None = None
    picture: Picture | None = None
    path: Path | None = None
    kept: bool = False
    error: str = ""
    concerns: tuple[str, ...] = ()
    fingerprint: str = ""


def preview_of(picture: Picture) -> NDArray[np.uint8]:
    """A copy for the tile, its longer side at most twice `PREVIEW_PX`."""
    factor = max(picture.size.wh) // PREVIEW_PX
    return np.asarray(picture.image.reduce(factor)) if factor > 1 else picture.pixels
