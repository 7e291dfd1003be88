"""The outline of a mask as a path, for a dashed edge."""

from __future__ import annotations

from collections import defaultdict

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QPointF
from PySide6.QtGui import QPainterPath, QPolygonF

from dalle_studio.core.mask import Box, Mask

HALF = 128  # a pixel at least this strong is inside
MAX_EDGES = 40_000

Points = NDArray[np.float64]  # (n, 2): x, y


def outline(mask: Mask, box: Box | None, step: int, *, smooth: bool) -> QPainterPath:
    """The border between pixels of half strength and weaker ones, in picture coordinates.

    Args:
        mask: uint8 (height, width).
        box: around everything painted; None gives an empty path.
        step: only every `step`-th pixel is looked at, or fewer where the border is very long.
        smooth: round the pixels' corners off, for views in which single pixels cannot be seen.
    """
    path = QPainterPath()
    if box is None:
        return path
    inside = mask[box.slices][step // 2 :: step, step // 2 :: step] >= HALF
    while inside.size and _edge_count(inside) > MAX_EDGES:
        inside, step = inside[::2, ::2], step * 2
    for loop in loops(inside):
        points = _rounded(loop) if smooth else loop
        points = points * step + (box.left, box.top)
        path.addPolygon(QPolygonF([QPointF(x, y) for x, y in points.tolist()]))
        path.closeSubpath()
    return path


def loops(inside: NDArray[np.bool_]) -> list[Points]:
    """The closed lines along pixel edges around everything inside, as corner points in order."""
    starts, ends = _edges(inside)
    after: defaultdict[int, list[int]] = defaultdict(list)
    for start, end in zip(starts.tolist(), ends.tolist(), strict=True):
        after[start].append(end)
    across = inside.shape[1] + 1
    found: list[Points] = []
    while after:
        line = _walk(after)
        found.append(np.stack([line % across, line // across], axis=1).astype(np.float64))
    return found


def _walk(after: defaultdict[int, list[int]]) -> NDArray[np.int64]:
    """Take one closed line out of the edges."""
    first = here = next(iter(after))
    line: list[int] = []
    while True:
        line.append(here)
        ends = after[here]
        following = ends.pop()
        if not ends:
            del after[here]
        here = following
        if here == first:
            return np.array(line)


def _edges(inside: NDArray[np.bool_]) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Directed edges, the inside on their right: numbers of the corners where they start and end."""
    padded = np.pad(inside, 1)
    across = inside.shape[1] + 1
    core = padded[1:-1, 1:-1]
    sides = (
        # free neighbour above, right, below, left: offsets of start and end corner (column, row)
        (core & ~padded[:-2, 1:-1], (0, 0), (1, 0)),
        (core & ~padded[1:-1, 2:], (1, 0), (1, 1)),
        (core & ~padded[2:, 1:-1], (1, 1), (0, 1)),
        (core & ~padded[1:-1, :-2], (0, 1), (0, 0)),
    )
    starts: list[NDArray[np.int64]] = []
    ends: list[NDArray[np.int64]] = []
    for edge, start, end in sides:
        rows, columns = np.nonzero(edge)
        starts.append((rows + start[1]) * across + columns + start[0])
        ends.append((rows + end[1]) * across + columns + end[0])
    return np.concatenate(starts), np.concatenate(ends)


def _edge_count(inside: NDArray[np.bool_]) -> int:
    return int(
        np.count_nonzero(inside[1:] != inside[:-1]) + np.count_nonzero(inside[:, 1:] != inside[:, :-1])
    )


def _rounded(loop: Points) -> Points:
    """Middles of the edges, evened out twice."""
    points = (loop + np.roll(loop, -1, axis=0)) / 2
    if len(points) < 8:
        return points
    for _ in range(2):
        points = (np.roll(points, 1, axis=0) + 2 * points + np.roll(points, -1, axis=0)) / 4
    return points[::2]
