"""What was done on the canvas, to be undone."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from dalle_studio.state.arrangement import Arrangement
from dalle_studio.state.tiles import TileDiff, TiledMask

if TYPE_CHECKING:
    from dalle_studio.state.canvas import Canvas


@dataclass(frozen=True, eq=False)
class CanvasChange:
    """A step to undo: an arrangement and the pixels that changed with it."""

    label: str
    canvas: Canvas
    before: Arrangement
    after: Arrangement
    diffs: tuple[tuple[TiledMask, TileDiff], ...] = ()

    @property
    def size_bytes(self) -> int:
        """Memory kept by this step: tiles, and the masks and picture that only the past knows."""
        gone = [r.painting for r in self.before.regions if not self.after.find(r.number)]
        size = sum(diff.size_bytes for _, diff in self.diffs) + sum(mask.pixels.nbytes for mask in gone)
        if self.before.picture and self.before.picture is not self.after.picture:
            size += self.before.picture.pixels.nbytes
        return size + 512

    def undo(self) -> None:
        """Put back what was before."""
        self.canvas.cancel_stroke()
        dirty = [mask.undo(diff) for mask, diff in self.diffs]
        self.canvas.step(self.after, self.before, dirty)

    def redo(self) -> None:
        """Do it again."""
        self.canvas.cancel_stroke()
        dirty = [mask.redo(diff) for mask, diff in self.diffs]
        self.canvas.step(self.before, self.after, dirty)
