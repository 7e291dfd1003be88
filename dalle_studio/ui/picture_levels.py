"""A picture ready to be painted at any zoom."""

from __future__ import annotations

from math import ceil, floor, log2

import numpy as np
from numpy.typing import NDArray
from PIL import Image
from PySide6.QtCore import QRect, QRectF
from PySide6.QtGui import QImage, QPainter

from dalle_studio.ui.viewport import Viewport

SHARP_FROM_ZOOM = 2.0
_BAND_PX = 32  # no less than the widget's smallest zoom asks for


def to_image(pixels: NDArray[np.uint8]) -> QImage:
    """uint8 (height, width, 3) as a QImage of its own memory, in the format that paints fastest."""
    height, width, _ = pixels.shape
    pixels = np.ascontiguousarray(pixels)
    wrapped = QImage(pixels.data, width, height, 3 * width, QImage.Format.Format_RGB888)
    return wrapped.convertToFormat(QImage.Format.Format_RGB32)


class PictureLevels:
    """A picture in full, a half, a quarter … of its size; each is made when it is first needed.

    Painting a large picture small then costs what the small one costs, and is free of moiré.
    """

    def __init__(self, pixels: NDArray[np.uint8]) -> None:
        self._pixels = pixels
        self._levels: dict[int, QImage] = {}

    def draw(self, painter: QPainter, viewport: Viewport, clip: QRect) -> None:
        """Paint the part of the picture that lies in `clip` (widget coordinates)."""
        if viewport.zoom >= SHARP_FROM_ZOOM:
            self._draw_sharp(painter, viewport, clip)
            return
        level = self._level(max(0, floor(-log2(viewport.zoom))))
        height, width, _ = self._pixels.shape
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform, viewport.zoom != 1)
        # always the whole picture, clipped: parts scaled one by one would show seams
        painter.drawImage(viewport.rect_to_widget(0, 0, width, height), level, QRectF(level.rect()))

    def _draw_sharp(self, painter: QPainter, viewport: Viewport, clip: QRect) -> None:
        """Only the visible pixels: Qt's rasteriser ends at 32767 units."""
        height, width, _ = self._pixels.shape
        start = viewport.to_picture(QRectF(clip).topLeft())
        end = viewport.to_picture(QRectF(clip).bottomRight())
        left, top = max(0, floor(start.x())), max(0, floor(start.y()))
        right, bottom = min(width, ceil(end.x())), min(height, ceil(end.y()))
        if left < right and top < bottom:
            painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform, False)
            painter.drawImage(
                viewport.rect_to_widget(left, top, right, bottom),
                self._level(0),
                QRectF(left, top, right - left, bottom - top),
            )

    def _level(self, number: int) -> QImage:
        if number not in self._levels:
            self._levels[number] = self._reduced(number)
        return self._levels[number]

    def _reduced(self, number: int) -> QImage:
        if number == 0:
            return to_image(self._pixels)
        # band by band: copies of a few hundred kilobytes cost half of what copies of all pixels do
        factor, pixels = 2**number, self._pixels
        bands = range(0, pixels.shape[0], max(factor, _BAND_PX))
        small = [Image.fromarray(pixels[top : top + bands.step]).reduce(factor) for top in bands]
        return to_image(np.concatenate([np.asarray(band) for band in small]))


def draw_stretched(painter: QPainter, pixels: NDArray[np.uint8], target: QRectF) -> None:
    """A small preview, softly enlarged."""
    image = to_image(pixels)
    painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
    painter.drawImage(target, image, QRectF(image.rect()))
