"""Masks that can take back what was painted: they remember the tiles an edit touched, and no more."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from dalle_studio.core.format import Size
from dalle_studio.core.mask import Box, Mask, bounds
from dalle_studio.core.mask_tools import join

TILE_PX = 256
Place = tuple[int, int]  # row and column of a tile
Tile = Mask | int  # an even tile is its value alone


@dataclass(frozen=True, eq=False)
class TileDiff:
    """What an edit changed: the tiles before and after it, of the same places."""

    before: dict[Place, Tile]
    after: dict[Place, Tile]

    @property
    def size_bytes(self) -> int:
        """Memory that the tiles take."""
        tiles = (*self.before.values(), *self.after.values())
        return sum(64 if isinstance(tile, int) else tile.nbytes for tile in tiles)


class TiledMask:
    """A mask being painted.

    Attributes:
        pixels: uint8 (height, width). Call `touch` before changing any of it.
        view: the same pixels, read-only.
        box: the smallest box around everything painted, or None; up to date after every edit.
        revision: another number after every edit.
    """

    def __init__(self, size: Size) -> None:
        self.pixels: Mask = np.zeros((size.height_px, size.width_px), np.uint8)
        self.view: Mask = self.pixels.view()
        self.view.setflags(write=False)
        self.box: Box | None = None
        self.revision = 0
        self._before: dict[Place, Tile] = {}
        self._touched: Box | None = None

    def touch(self, box: Box) -> None:
        """Remember what lies in the box, unless this edit did so already."""
        self._touched = join(self._touched, box)
        for place in _places(box):
            if place not in self._before:
                self._before[place] = _packed(self.pixels[_slices(place)])

    def commit(self) -> TileDiff | None:
        """End the edit; what it changed, or None where every pixel is as it was."""
        before, self._before = self._before, {}
        after = {place: _packed(self.pixels[_slices(place)]) for place in before}
        changed = [place for place in before if not np.array_equal(before[place], after[place])]
        self._measure(self._touched)
        self._touched = None
        if not changed:
            return None
        return TileDiff(
            {place: before[place] for place in changed}, {place: after[place] for place in changed}
        )

    def revert(self) -> Box | None:
        """End the edit and take it back; returns the box of the pixels put back."""
        before, self._before, self._touched = self._before, {}, None
        return self._put(before)

    def undo(self, diff: TileDiff) -> Box | None:
        """Put back what was there before an edit; returns the box of the pixels changed."""
        return self._put(diff.before)

    def redo(self, diff: TileDiff) -> Box | None:
        """Put back what an edit made; returns the box of the pixels changed."""
        return self._put(diff.after)

    def _put(self, tiles: dict[Place, Tile]) -> Box | None:
        dirty = None
        for place, tile in tiles.items():
            self.pixels[_slices(place)] = tile
            dirty = join(dirty, self._box_of(place))
        self._measure(dirty)
        return dirty

    def _measure(self, dirty: Box | None) -> None:
        """Find the box again; only there where something was or was changed, since masks can be large."""
        self.revision += 1
        around = join(self.box, dirty)
        if around is None:
            return
        inner = bounds(self.pixels[around.slices])
        self.box = inner and Box(
            around.left + inner.left,
            around.top + inner.top,
            around.left + inner.right,
            around.top + inner.bottom,
        )

    def _box_of(self, place: Place) -> Box:
        height, width = self.pixels.shape
        rows, columns = _slices(place)
        return Box(columns.start, rows.start, min(width, columns.stop), min(height, rows.stop))


def _places(box: Box) -> Iterator[Place]:
    for row in range(box.top // TILE_PX, (box.bottom - 1) // TILE_PX + 1):
        for column in range(box.left // TILE_PX, (box.right - 1) // TILE_PX + 1):
            yield row, column


def _slices(place: Place) -> tuple[slice, slice]:
    row, column = place[0] * TILE_PX, place[1] * TILE_PX
    return slice(row, row + TILE_PX), slice(column, column + TILE_PX)


def _packed(tile: Mask) -> Tile:
    first = int(tile[0, 0])
    return first if bool((tile == first).all()) else tile.copy()
