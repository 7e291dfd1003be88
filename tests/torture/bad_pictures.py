"""Damaged pictures at every door of the studio: each is opened or refused with a sentence, soon."""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import numpy as np

from dalle_studio.core.errors import UnreadablePicture
from dalle_studio.core.format import MAX_SIDE_PX, MIN_SIDE_PX, Size
from dalle_studio.storage.header import read_header
from dalle_studio.storage.library import open_mask, open_picture
from dalle_studio.storage.pictures.facts import read_facts
from tests.torture.mutants import mutated
from tests.torture.pictures import samples


@dataclass(frozen=True)
class BadPictures:
    """Mutants of the sample pictures; the same number gives the same file."""

    seed: int = 0

    def mutant(self, number: int) -> tuple[str, bytes]:
        """See `Trial.mutant`."""
        rng = random.Random(f"{self.seed} {number}")
        name, data = samples()[number % len(samples())]
        _, other = rng.choice(samples())
        return name, mutated(name, data, rng, other)

    def run(self, number: int, folder: Path) -> bool:
        """See `Trial.run`."""
        name, data = self.mutant(number)
        path = folder / f"mutant.{name.rpartition('.')[2]}"
        path.write_bytes(data)
        return is_opened(path)


@dataclass(frozen=True)
class Files:
    """All files in a folder, for broken ones that somebody collected."""

    folder: Path

    @cached_property
    def paths(self) -> list[Path]:
        """Of all files, sorted."""
        return sorted(path for path in self.folder.rglob("*") if path.is_file())

    def mutant(self, number: int) -> tuple[str, bytes]:
        """See `Trial.mutant`."""
        path = self.paths[number]
        return path.name, path.read_bytes()

    def run(self, number: int, folder: Path) -> bool:
        """See `Trial.run`."""
        return is_opened(self.paths[number])


def is_opened(path: Path) -> bool:
    """Take a picture to every door, and see that what comes in is one. Returns whether one let it in."""
    is_let_in = [_passes(lambda: _open_picture(path)), _passes(lambda: _open_mask(path))]
    header, _ = read_header(path), read_facts(path)
    assert header is None or max(header.size.wh) <= MAX_SIDE_PX
    return any((*is_let_in, header))


def see_that_it_is_told(error: Exception, *sentences: str) -> None:
    """Raises AssertionError where an error is no sentence with a remedy."""
    for sentence in sentences:
        assert sentence.strip() == sentence and sentence.endswith(".") and "\n" not in sentence, repr(error)


def _open_picture(path: Path) -> None:
    pixels = open_picture(path).pixels
    height, width, channels = pixels.shape
    assert pixels.dtype == np.uint8 and channels == 3
    assert min(width, height) >= MIN_SIDE_PX and max(width, height) <= MAX_SIDE_PX


def _open_mask(path: Path) -> None:
    size = Size(40, 34)  # of the samples' proportions, so that masks are scaled too
    mask = open_mask(path, size)
    assert mask.dtype == np.uint8 and mask.shape == (size.height_px, size.width_px)


def _passes(door: Callable[[], None]) -> bool:
    try:
        door()
    except UnreadablePicture as error:
        see_that_it_is_told(error, error.message, error.remedy)
        return False
    return True
