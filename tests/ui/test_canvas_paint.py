"""What is put together from pieces drawn once looks as if it had been drawn in one go."""

from __future__ import annotations

import numpy as np
import pytest
from numpy.typing import NDArray
from PySide6.QtCore import QRectF
from PySide6.QtGui import QImage, QPainter
from PySide6.QtWidgets import QApplication

from dalle_studio.ui import canvas_paint
from dalle_studio.ui.pixels import picture_of


def painted(draw: object, rect: QRectF, ratio: float) -> NDArray[np.int16]:
    image = QImage(round(400 * ratio), round(360 * ratio), QImage.Format.Format_RGB32)
    image.setDevicePixelRatio(ratio)
    image.fill(0xFFC0C0C0)
    painter = QPainter(image)
    draw(painter, rect)  # type: ignore[operator]
    painter.end()
    return picture_of(image).pixels.astype(np.int16)


@pytest.mark.parametrize("ratio", [1.0, 2.0])
@pytest.mark.parametrize("rect", [QRectF(60, 50, 280, 240), QRectF(60, 50, 70, 240), QRectF(80, 70, 30, 20)])
def test_the_shadow_of_pieces_is_the_shadow(qapp: QApplication, rect: QRectF, ratio: float) -> None:
    whole = painted(canvas_paint._stroke_shadow, rect, ratio)
    pieces = painted(canvas_paint.draw_shadow, rect, ratio)
    assert whole.min() < 0xC0 - 30
    assert np.abs(whole - pieces).max() <= 4
