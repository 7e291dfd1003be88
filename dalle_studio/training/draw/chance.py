"""Choices made by chance."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TypeVar

import numpy as np

Item = TypeVar("Item")


def pick(rng: np.random.Generator, options: Sequence[Item], weights: Sequence[float] | None = None) -> Item:
    """One of the options, each equally likely or in proportion to its weight."""
    if weights is None:
        return options[int(rng.integers(len(options)))]
    bounds = np.cumsum(weights)
    return options[int(np.searchsorted(bounds, rng.uniform(0, bounds[-1]), side="right"))]


def chance(rng: np.random.Generator, probability: float) -> bool:
    """True with the given probability."""
    return bool(rng.random() < probability)
