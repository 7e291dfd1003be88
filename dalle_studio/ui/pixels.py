"""Between Qt's images and the studio's pictures."""

from __future__ import annotations

import numpy as np
from PySide6.QtCore import Qt
from PySide6.QtGui import QImage, QPainter

from dalle_studio.core.picture import Picture


def picture_of(image: QImage, name: str = "") -> Picture:
    """A picture with an image's pixels, what is transparent on white.

    Raises:
        ValueError: the image is empty.
    """
    if image.isNull():
        raise ValueError("an empty image")
    plain = _on_white(image).convertToFormat(QImage.Format.Format_RGB888)
    rows = np.frombuffer(plain.constBits(), np.uint8).reshape(plain.height(), plain.bytesPerLine())
    return Picture(rows[:, : 3 * plain.width()].reshape(plain.height(), plain.width(), 3).copy(), None, name)


def image_of(picture: Picture) -> QImage:
    """An image with a copy of the picture's pixels."""
    height, width = picture.pixels.shape[:2]
    data = np.ascontiguousarray(picture.pixels).tobytes()
    return QImage(data, width, height, 3 * width, QImage.Format.Format_RGB888).copy()


def _on_white(image: QImage) -> QImage:
    if not image.hasAlphaChannel():
        return image
    opaque = QImage(image.size(), QImage.Format.Format_RGB32)
    opaque.fill(Qt.GlobalColor.white)
    with QPainter(opaque) as painter:
        painter.drawImage(0, 0, image)
    return opaque
