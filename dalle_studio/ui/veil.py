"""How pictures are blurred that not everybody wants to see."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from PIL import Image
from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QImage, QPainter

from dalle_studio.core.picture import Picture
from dalle_studio.ui.theme import Theme

_LEFT_PX = 10
"""Pixels that are left of the shorter side: colours can be told, nothing else."""
_ICON_PX = 20


def blurred(picture: Picture) -> NDArray[np.uint8]:
    """Its pixels so that only colours can be told: uint8 (height, width, 3) of the same size."""
    width, height = picture.size.wh
    factor = max(1, min(width, height) // _LEFT_PX)
    left = picture.image.reduce(factor)
    return np.asarray(left.resize((width, height), Image.Resampling.BICUBIC))


def blurred_image(image: QImage) -> QImage:
    """The same of an image that is painted."""
    side = max(1, min(image.width(), image.height()))
    smooth, keep = Qt.TransformationMode.SmoothTransformation, Qt.AspectRatioMode.IgnoreAspectRatio
    size = QSize(max(1, image.width() * _LEFT_PX // side), max(1, image.height() * _LEFT_PX // side))
    return image.scaled(size, keep, smooth).scaled(image.size(), keep, smooth)


def paint_veil(painter: QPainter, rect: QRect, theme: Theme) -> None:
    """The sign in the middle that says a picture is blurred on purpose."""
    place = QRect(0, 0, _ICON_PX, _ICON_PX)
    place.moveCenter(rect.center())
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(theme.colour("panel"))
    painter.drawEllipse(place.adjusted(-7, -7, 7, 7))
    theme.icon("eye-off", "text").paint(painter, place)
