"""Regions over a picture: a see-through fill and a dashed edge in the region's colour.

What does not change is painted once, into a layer for each region. A region being painted is drawn from its
mask each time, which for the few pixels around a dab costs next to nothing.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from functools import cache
from math import ceil, floor

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QPoint, QPointF, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QImage, QPainter, QPainterPath, QPen, QTransform

from dalle_studio.core.mask import Box, Mask
from dalle_studio.core.mask_tools import join
from dalle_studio.state.arrangement import Region
from dalle_studio.ui.outline import HALF, outline
from dalle_studio.ui.viewport import Viewport

FILL_ALPHA = 0.33
EDGE_PX = 2
DASH_PX = 8
_EXACT_FROM_ZOOM = 8.0


@dataclass(frozen=True, eq=False)
class _Layer:
    """A region painted once: an image of `part` of the widget, good as long as the key is the same."""

    key: object
    part: QRect
    image: QImage


class RegionOverlay:
    """Paints regions; remembers their outlines and layers."""

    def __init__(self) -> None:
        self._outlines: dict[int, _Outline] = {}
        self._layers: dict[int, _Layer] = {}

    def draw(
        self,
        painter: QPainter,
        viewport: Viewport,
        size: QSize,
        clip: QRect,
        regions: Sequence[tuple[Region, QColor]],
        live: Collection[int],
    ) -> None:
        """Paint all regions where they lie in `clip`; those with a number in `live` are being painted."""
        for region, colour in regions:
            if region.number in live:
                _draw_mask(painter, viewport, clip, region.mask, colour, with_edge=True)
            else:
                layer = self._layer(viewport, size, region, colour)
                part = layer.part.intersected(clip)
                if not part.isEmpty():
                    source = part.translated(-layer.part.topLeft())
                    painter.drawImage(part.topLeft(), layer.image, scaled(source, viewport.ratio))

    def _layer(self, viewport: Viewport, size: QSize, region: Region, colour: QColor) -> _Layer:
        shape = region.painting
        key = (viewport.key, size.width(), size.height(), id(shape), shape.revision, colour.rgb())
        layer = self._layers.get(region.number)
        if layer is None or layer.key != key:
            layer = self._layers[region.number] = self._drawn(key, viewport, size, region, colour)
        return layer

    def _drawn(self, key: object, viewport: Viewport, size: QSize, region: Region, colour: QColor) -> _Layer:
        box = region.box
        if box is None:
            return _Layer(key, QRect(), QImage())
        around = viewport.covers(box.left, box.top, box.right, box.bottom, around=EDGE_PX + 1)
        part = around.intersected(QRect(QPoint(), size))
        image = QImage(part.size() * viewport.ratio, QImage.Format.Format_ARGB32_Premultiplied)
        image.setDevicePixelRatio(viewport.ratio)
        image.fill(Qt.GlobalColor.transparent)
        if not part.isEmpty():
            painter = QPainter(image)
            painter.translate(-part.topLeft())
            _draw_mask(painter, viewport, part, region.mask, colour, with_edge=False)
            self._draw_outline(painter, viewport, size, region, colour)
            painter.end()
        return _Layer(key, part, image)

    def _draw_outline(
        self, painter: QPainter, viewport: Viewport, size: QSize, region: Region, colour: QColor
    ) -> None:
        place = QTransform(viewport.scale, 0, 0, viewport.scale, viewport.left, viewport.top)
        pen = QPen(colour, EDGE_PX)
        pen.setDashPattern([2.6, 2.0])
        pen.setCapStyle(Qt.PenCapStyle.FlatCap)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.strokePath(place.map(self._outline(region, viewport, size)), pen)

    def _outline(self, region: Region, viewport: Viewport, size: QSize) -> QPainterPath:
        """The part of the border that is in sight, and some around: panning a little needs no other."""
        exact = viewport.zoom >= _EXACT_FROM_ZOOM
        step = 0 if exact else max(1, int(1 / viewport.zoom))
        known = self._outlines.get(region.number)
        if known is None or not known.serves(region, step, _in_sight(viewport, size, region.box)):
            part = _in_sight(viewport, size, region.box, around=0.25)
            path = outline(region.mask, part, max(1, step), smooth=not exact)
            revision = region.painting.revision
            known = self._outlines[region.number] = _Outline(region, revision, step, part, path)
        return known.path


@dataclass(frozen=True, eq=False)
class _Outline:
    """A border that was traced, and from what."""

    region: Region
    revision: int
    step: int
    part: Box | None
    path: QPainterPath

    def serves(self, region: Region, step: int, part: Box | None) -> bool:
        now = region.painting
        is_same = (self.region.painting, self.revision, self.step) == (now, now.revision, step)
        return is_same and (part is None or join(self.part, part) == self.part)


def _in_sight(viewport: Viewport, size: QSize, box: Box | None, around: float = 0) -> Box | None:
    """The part of a box that a widget of this size shows, and this share of the widget around it."""
    if box is None:
        return None
    extra = QPointF(size.width() * around, size.height() * around)
    start = viewport.to_picture(-extra)
    end = viewport.to_picture(QPointF(size.width(), size.height()) + extra)
    part = Box(
        max(box.left, floor(start.x())),
        max(box.top, floor(start.y())),
        min(box.right, ceil(end.x())),
        min(box.bottom, ceil(end.y())),
    )
    return part if part.left < part.right and part.top < part.bottom else None


def _draw_mask(
    painter: QPainter, viewport: Viewport, clip: QRect, mask: Mask, colour: QColor, *, with_edge: bool
) -> None:
    """The mask as it is now, sampled once for each device pixel of `clip`."""
    rim = EDGE_PX if with_edge else 0
    left, top, width, height = (
        round(edge * viewport.ratio) for edge in (clip.x(), clip.y(), clip.width(), clip.height())
    )
    columns = _samples(left - rim, width + 2 * rim, viewport.left * viewport.ratio, viewport.zoom)
    rows = _samples(top - rim, height + 2 * rim, viewport.top * viewport.ratio, viewport.zoom)
    strength = _sampled(mask, rows, columns)
    if strength.any():
        colours = _fill_table(colour.rgb()).take(strength[rim : rim + height, rim : rim + width])
        if with_edge:
            colours[_edge(strength, rim) & _dashes(left, top, width, height)] = colour.rgba()
        image = QImage(colours.data, width, height, 4 * width, QImage.Format.Format_ARGB32_Premultiplied)
        painter.drawImage(QRectF(clip), image, QRectF(image.rect()))


def _samples(start: int, count: int, origin: float, zoom: float) -> NDArray[np.int64]:
    """Picture rows (or columns) under the middles of device pixels; may lie outside the picture."""
    return np.floor((np.arange(start, start + count) + 0.5 - origin) / zoom).astype(np.int64)


def _sampled(mask: Mask, rows: NDArray[np.int64], columns: NDArray[np.int64]) -> Mask:
    """The mask at rows x columns (both rising), 0 outside the picture."""
    height, width = mask.shape
    found = np.zeros((rows.size, columns.size), np.uint8)
    top, bottom = np.searchsorted(rows, (0, height)).tolist()
    left, right = np.searchsorted(columns, (0, width)).tolist()
    if top < bottom and left < right:
        # narrow to the part first: gathering single pixels from all over a large mask is slow
        part = mask[rows[top] : rows[bottom - 1] + 1, columns[left] : columns[right - 1] + 1]
        by_rows = part.take(rows[top:bottom] - rows[top], axis=0)
        found[top:bottom, left:right] = by_rows.take(columns[left:right] - columns[left], axis=1)
    return found


@cache
def _fill_table(colour: int) -> NDArray[np.uint32]:
    """Premultiplied ARGB for each strength of a mask."""
    alpha = np.arange(256) * FILL_ALPHA
    tint = QColor(colour)
    red, green, blue = (np.round(alpha * part / 255) for part in (tint.red(), tint.green(), tint.blue()))
    parts = [np.round(alpha), red, green, blue]
    a, r, g, b = (part.astype(np.uint32) for part in parts)
    return (a << 24 | r << 16 | g << 8 | b).astype(np.uint32)


def _edge(strength: Mask, rim: int) -> NDArray[np.bool_]:
    """Pixels inside that have the outside within `rim` pixels; `strength` has a rim to look at."""
    inside = strength >= HALF
    height, width = inside.shape
    deep = np.ones((height - 2 * rim, width - 2 * rim), bool)
    for down, right in ((-rim, 0), (rim, 0), (0, -rim), (0, rim)):
        deep &= inside[rim + down : height - rim + down, rim + right : width - rim + right]
    return inside[rim : height - rim, rim : width - rim] & ~deep


def _dashes(left: int, top: int, width: int, height: int) -> NDArray[np.bool_]:
    """Stripes across the usual directions of an edge, `DASH_PX` (a power of two) wide."""
    x = (np.arange(left, left + width) * 3).astype(np.uint8)
    y = (np.arange(top, top + height) * 2).astype(np.uint8)
    return (x + y[:, None]) & (2 * DASH_PX) == 0


def scaled(rect: QRect, ratio: float) -> QRect:
    """Widget units to the pixels of an image of that device pixel ratio."""
    whole = QRectF(rect.x() * ratio, rect.y() * ratio, rect.width() * ratio, rect.height() * ratio)
    return whole.toRect()
