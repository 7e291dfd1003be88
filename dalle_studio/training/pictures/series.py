"""Compositions drawn by several processes at once.

This module imports no torch, so that the processes start fast and stay small.
"""

from __future__ import annotations

import multiprocessing
from collections.abc import Generator, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from multiprocessing.pool import Pool
from pathlib import Path

import cv2

from dalle_studio.training.art.sprites import Sprites
from dalle_studio.training.pictures.compose import Composition, picture

Drawn = Composition
"""What a process hands over: a picture, its caption, its sketch and how much of it that covers."""


@dataclass(frozen=True)
class Series:
    """An endless series of compositions and the means to draw them."""

    sprites: Path
    """File written by `art.sprites.make_sprites`."""
    seed: int
    processes: int

    @contextmanager
    def drawing(self) -> Generator[Drawing, None, None]:
        """Keep the processes that draw for the length of the block.

        Raises:
            FileNotFoundError: there are no sprites yet. A process would fail in silence.
        """
        self.sprites.stat()
        context = multiprocessing.get_context("spawn")
        with context.Pool(self.processes, _start, (self.sprites, self.seed)) as pool:
            yield Drawing(pool)


class Drawing:
    """A set of processes, ready to draw."""

    def __init__(self, pool: Pool) -> None:
        """Use the processes of `pool`, which `_start` has prepared."""
        self._pool = pool

    def pictures(self, indices: Iterable[int]) -> Iterator[Drawn]:
        """Pictures by number, in order, drawn ahead of use."""
        return self._pool.imap(_draw, indices, chunksize=8)


_series: dict[str, tuple[Sprites, int]] = {}
"""What a drawing process draws from; `multiprocessing` offers no other place to keep it."""


def _start(sprites: Path, seed: int) -> None:
    cv2.setNumThreads(1)
    _series["drawn"] = Sprites.load(sprites), seed


def _draw(index: int) -> Drawn:
    sprites, seed = _series["drawn"]
    return picture(sprites, index, seed)
