"""How one picture of the gallery is painted: a square cut from its middle, its star, the selection ring."""

from __future__ import annotations

from math import cos, pi, sin

from PySide6.QtCore import QModelIndex, QObject, QPersistentModelIndex, QPointF, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QImage, QPainter, QPainterPath, QPen
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from dalle_studio.storage.pictures.row import Row
from dalle_studio.ui.gallery_model import ENTRY_ROLE
from dalle_studio.ui.theme import Theme
from dalle_studio.ui.thumbnails import Thumbnails
from dalle_studio.ui.veil import paint_veil

INSET_PX = 3  # between the cell's edge and its picture, half of the gap and room for the ring
_RADIUS_PX = 4
_STAR_PX = 14
_STAR_YELLOW = "region3"


class GalleryDelegate(QStyledItemDelegate):
    """Paints pictures in square cells of the size it is told."""

    def __init__(self, thumbnails: Thumbnails, theme: Theme, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._thumbnails = thumbnails
        self._theme = theme
        self._side_px = 96

    def set_side(self, side_px: int) -> None:
        """Use cells of that many pixels a side."""
        self._side_px = side_px

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        """The cell."""
        return QSize(self._side_px, self._side_px)

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        """Paint one picture; where its thumbnail is not read yet, a quiet square."""
        entry: Row | None = index.data(ENTRY_ROLE)
        rect = picture_rect(option.rect)
        is_hovered = bool(option.state & QStyle.StateFlag.State_MouseOver)
        painter.save()
        painter.setRenderHints(QPainter.RenderHint.Antialiasing | QPainter.RenderHint.SmoothPixmapTransform)
        side = round(rect.width() * painter.device().devicePixelRatioF())
        image = self._thumbnails.thumbnail(entry, max(1, side)) if entry else None
        paint_square(painter, rect, image, self._theme.colour("field"))
        if entry and self._thumbnails.is_veiled(entry):
            paint_veil(painter, rect, self._theme)
        if entry and (entry.starred or is_hovered):
            self._paint_star(painter, star_rect(option.rect), entry.starred)
        if option.state & (QStyle.StateFlag.State_Selected | QStyle.StateFlag.State_HasFocus):
            paint_ring(painter, rect, self._theme.colour("accent"))
        painter.restore()

    def _paint_star(self, painter: QPainter, rect: QRect, is_starred: bool) -> None:
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(0, 0, 0, 90))  # the star is seen on every picture
        painter.drawEllipse(QRectF(rect).adjusted(1, 1, -1, -1))
        yellow = self._theme.colour(_STAR_YELLOW)
        painter.setPen(QPen(yellow if is_starred else QColor("white"), 1.5))
        painter.setBrush(yellow if is_starred else Qt.BrushStyle.NoBrush)
        painter.drawPath(_star(QRectF(rect).center()))


def picture_rect(cell: QRect) -> QRect:
    """Where the picture lies in its cell."""
    return cell.adjusted(INSET_PX, INSET_PX, -INSET_PX, -INSET_PX)


def star_rect(cell: QRect) -> QRect:
    """Where a click stars the picture."""
    picture = picture_rect(cell)
    side = _STAR_PX + 8
    return QRect(picture.right() - side - 1, picture.top() + 2, side, side)


def paint_square(painter: QPainter, rect: QRect, image: QImage | None, ground: QColor) -> None:
    """Paint the middle square of an image with round corners; the ground alone without an image."""
    shape = QPainterPath()
    shape.addRoundedRect(QRectF(rect), _RADIUS_PX, _RADIUS_PX)
    painter.fillPath(shape, ground)
    if image is None or image.isNull():
        return
    side = min(image.width(), image.height())
    middle = QRect((image.width() - side) // 2, (image.height() - side) // 2, side, side)
    painter.save()
    painter.setClipPath(shape, Qt.ClipOperation.IntersectClip)
    painter.drawImage(rect, image, middle)
    painter.restore()


def paint_ring(painter: QPainter, rect: QRect, colour: QColor) -> None:
    """Paint the ring of a selected picture round it."""
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.setPen(QPen(colour, 2))
    painter.drawRoundedRect(QRectF(rect).adjusted(-2, -2, 2, 2), _RADIUS_PX + 2, _RADIUS_PX + 2)


def _star(centre: QPointF) -> QPainterPath:
    """Five points, the first upwards."""
    path = QPainterPath()
    for corner in range(10):
        radius = _STAR_PX / 2 if corner % 2 == 0 else _STAR_PX / 2 * 0.45
        angle = -pi / 2 + corner * pi / 5
        point = centre + QPointF(radius * cos(angle), radius * sin(angle) + 0.5)
        path.moveTo(point) if corner == 0 else path.lineTo(point)
    path.closeSubpath()
    return path
