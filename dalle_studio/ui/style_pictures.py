"""A small picture of every style, for chips and the style picker."""

from __future__ import annotations

import zlib
from functools import cache, lru_cache

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QBrush, QColor, QImage, QLinearGradient, QPainter, QPainterPath, QPixmap

from dalle_studio.storage.paths import resources_dir

PICTURE_PX = 96


@cache
def style_image(name: str) -> QImage:
    """resources/styles/<name>.webp, 96 px square; a plain swatch of two hues where there is no such file."""
    image = QImage(str(resources_dir() / "styles" / f"{name}.webp"))
    return _swatch(name) if image.isNull() else image


@lru_cache(256)
def style_pixmap(name: str, size_px: int, radius_px: float, ratio: float = 1.0) -> QPixmap:
    """The picture of a style with round corners, `size_px` square, for a screen of that pixel ratio."""
    side = round(size_px * ratio)
    pixmap = QPixmap(side, side)
    pixmap.fill(Qt.GlobalColor.transparent)
    path = QPainterPath()
    path.addRoundedRect(QRectF(0, 0, side, side), radius_px * ratio, radius_px * ratio)
    smooth = Qt.TransformationMode.SmoothTransformation
    image = style_image(name).scaled(side, side, Qt.AspectRatioMode.KeepAspectRatioByExpanding, smooth)
    painter = QPainter(pixmap)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.fillPath(path, QBrush(image))
    painter.end()
    pixmap.setDevicePixelRatio(ratio)
    return pixmap


def _swatch(name: str) -> QImage:
    hue = zlib.crc32(name.encode()) % 360
    image = QImage(PICTURE_PX, PICTURE_PX, QImage.Format.Format_RGB32)
    gradient = QLinearGradient(0, 0, PICTURE_PX, PICTURE_PX)
    gradient.setColorAt(0, QColor.fromHsv(hue, 110, 220))
    gradient.setColorAt(1, QColor.fromHsv((hue + 50) % 360, 150, 150))
    painter = QPainter(image)
    painter.fillRect(image.rect(), gradient)
    painter.end()
    return image
