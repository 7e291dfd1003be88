"""Facts that an engine tells while it works on a request. One of the last three ends every request."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from dalle_studio.core.errors import StudioError
from dalle_studio.core.picture import Picture


@dataclass(frozen=True)
class Loading:
    """The engine is getting ready; `phase` is a few words for the user."""

    phase: str


@dataclass(frozen=True)
class Progress:
    """`step` of `steps` denoising steps of the whole request are done."""

    step: int
    steps: int
    elapsed_s: float
    remaining_s: float


@dataclass(frozen=True, eq=False)
class Preview:
    """How picture `index` looks so far: uint8 (height, width, 3), a few dozen pixels wide."""

    index: int
    pixels: NDArray[np.uint8]


@dataclass(frozen=True, eq=False)
class Finished:
    """The pictures are made, in the order of their seeds; `notes` are sentences worth telling."""

    pictures: tuple[Picture, ...]
    notes: tuple[str, ...] = ()


@dataclass(frozen=True)
class Failed:
    """The request could not be made."""

    error: StudioError


@dataclass(frozen=True)
class Cancelled:
    """The request was given up because the user said so."""


Event = Loading | Progress | Preview | Finished | Failed | Cancelled
LAST_EVENTS = (Finished, Failed, Cancelled)
