"""What lies over the picture on the canvas: name chips, cursors, shapes being pulled, frame, compare slider."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from itertools import product
from math import ceil

from PySide6.QtCore import QPointF, QRect, QRectF, QSizeF, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QImage, QPainter, QPainterPath, QPen, QPolygonF

from dalle_studio.core.mask_tools import Point
from dalle_studio.core.request import Intent
from dalle_studio.core.sentence import say
from dalle_studio.state.arrangement import Region
from dalle_studio.state.stroke import Band, Tool
from dalle_studio.ui.language import told
from dalle_studio.ui.theme import Theme, app_font
from dalle_studio.ui.viewport import Viewport

CHIP_HEIGHT = 24
CHIP_WIDTH_MAX = 260
HANDLE = 10
_RING_MAX = 1024  # larger circles are drawn each time
_INK = QColor("#15161a")  # on region colours, which are the same in dark and light
_SHADOW = 18
_MARGIN = _SHADOW + 6  # how far it reaches beyond the picture, and a little more
_CORNER = _SHADOW + 10  # how far its corners reach along the picture's sides
_AROUND = (-_MARGIN, -_MARGIN, _MARGIN, _MARGIN)


@dataclass(frozen=True)
class Chip:
    """A region's name on the picture."""

    number: int
    text: str
    rect: QRectF
    colour: QColor
    is_active: bool


_FATES = {Intent.REMOVE: say("Remove"), Intent.BACKGROUND: say("Keep")}


def chips(
    regions: tuple[Region, ...],
    active: int | None,
    view: Viewport,
    area: QRectF,
    theme: Theme,
    intent: Intent = Intent.FILL,
) -> list[Chip]:
    """Where the names go: above their regions, inside `area`, none over another.

    They say what is to be made, or what becomes of what is there.
    """
    metrics = QFontMetricsF(app_font(12, bold=True))
    placed: list[Chip] = []
    for region in regions:
        if not _is_in_sight(region, view, area):
            continue
        text = told(
            _FATES.get(intent) or region.prompt.strip() or say("Place {number}", number=region.number)
        )
        text = metrics.elidedText(text, Qt.TextElideMode.ElideRight, CHIP_WIDTH_MAX - 24)
        size = QSizeF(round(metrics.horizontalAdvance(text)) + 24, CHIP_HEIGHT)
        rect = _inside(QRectF(_chip_corner(region, view, area, size), size), area)
        while any(rect.intersects(other.rect) for other in placed) and rect.bottom() + 28 < area.bottom():
            rect.translate(0, CHIP_HEIGHT + 4)
        colour = theme.colour(f"region{region.colour}")
        placed.append(Chip(region.number, text, rect, colour, region.number == active))
    return placed


def _is_in_sight(region: Region, view: Viewport, area: QRectF) -> bool:
    box = region.box
    return box is None or view.rect_to_widget(box.left, box.top, box.right, box.bottom).intersects(area)


def _chip_corner(region: Region, view: Viewport, area: QRectF, size: QSizeF) -> QPointF:
    box = region.box
    if box is None:
        return area.topLeft() + QPointF(10, 10)
    middle = view.to_widget((box.left + box.right) / 2, box.top)
    return QPointF(round(middle.x() - size.width() / 2), round(middle.y() - size.height() - 8))


def _inside(rect: QRectF, area: QRectF) -> QRectF:
    rect.moveLeft(max(area.left() + 4, min(rect.left(), area.right() - rect.width() - 4)))
    rect.moveTop(max(area.top() + 4, min(rect.top(), area.bottom() - rect.height() - 4)))
    return rect


def draw_chip(painter: QPainter, chip: Chip) -> None:
    """A rounded label in the region's colour; the active one has a light rim."""
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QColor(0, 0, 0, 60))
    painter.drawRoundedRect(chip.rect.translated(0, 1.5), 8, 8)
    painter.setBrush(chip.colour)
    painter.setPen(QPen(QColor("white"), 2) if chip.is_active else Qt.PenStyle.NoPen)
    painter.drawRoundedRect(chip.rect, 8, 8)
    painter.setPen(_INK)
    painter.setFont(app_font(12, bold=True))
    painter.drawText(chip.rect, Qt.AlignmentFlag.AlignCenter, chip.text)


def draw_shadow(painter: QPainter, rect: QRectF) -> None:
    """One soft shadow under the picture."""
    if min(rect.width(), rect.height()) < 2 * _CORNER:
        _stroke_shadow(painter, rect)
        return
    # its corners are drawn once and its sides are stretched: stroked each time, it costs more than the picture
    ratio = painter.device().devicePixelRatio()
    image, outer, reach = _shadow(ratio), rect.toRect().adjusted(*_AROUND), _MARGIN + _CORNER
    columns, rows = _thirds(outer.left(), outer.width(), reach), _thirds(outer.top(), outer.height(), reach)
    parts = _thirds(0, 2 * reach + 1, reach)
    for row, column in product(range(3), repeat=2):
        if row != 1 or column != 1:
            (left, width), (top, height) = columns[column], rows[row]
            source = (*parts[column], *parts[row])
            x, across, y, down = (ratio * side for side in source)
            painter.drawImage(QRectF(left, top, width, height), image, QRectF(x, y, across, down))


def _thirds(start: int, length: int, reach: int) -> tuple[tuple[int, int], ...]:
    """Start and length of a beginning, a middle and an end."""
    return (start, reach), (start + reach, length - 2 * reach), (start + length - reach, reach)


@lru_cache(maxsize=4)
def _shadow(ratio: float) -> QImage:
    """The shadow of a square that is only just large enough for its corners."""
    side = 2 * (_MARGIN + _CORNER) + 1
    image = QImage(ceil(side * ratio), ceil(side * ratio), QImage.Format.Format_ARGB32_Premultiplied)
    image.fill(Qt.GlobalColor.transparent)
    image.setDevicePixelRatio(ratio)
    painter = QPainter(image)
    _stroke_shadow(painter, QRectF(_MARGIN, _MARGIN, 2 * _CORNER + 1, 2 * _CORNER + 1))
    painter.end()
    image.setDevicePixelRatio(1)
    return image


def _stroke_shadow(painter: QPainter, rect: QRectF) -> None:
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    for distance in range(_SHADOW):
        fade = 1 - distance / _SHADOW
        painter.setPen(QPen(QColor(0, 0, 0, round(26 * fade**2)), 1.5))
        grown = rect.adjusted(-distance, -distance, distance, distance).translated(0, distance / 4)
        painter.drawRoundedRect(grown, 4 + distance, 4 + distance)


def draw_brush(painter: QPainter, centre: QPointF, diameter: float) -> None:
    """The brush's tip: a white circle with a dark rim, to be seen on any picture."""
    if diameter > _RING_MAX:
        _stroke_ring(painter, centre, diameter)
        return
    # drawn once: an antialiased circle costs more than all the rest of a dab
    ring = _ring(round(diameter * 2) / 2, painter.device().devicePixelRatio())
    middle = ring.width() / ring.devicePixelRatio() / 2
    painter.drawImage(QPointF(round(centre.x() - middle), round(centre.y() - middle)), ring)


@lru_cache(maxsize=4)
def _ring(diameter: float, ratio: float) -> QImage:
    side = ceil(diameter) + 6
    image = QImage(round(side * ratio), round(side * ratio), QImage.Format.Format_ARGB32_Premultiplied)
    image.setDevicePixelRatio(ratio)
    image.fill(Qt.GlobalColor.transparent)
    painter = QPainter(image)
    _stroke_ring(painter, QPointF(side / 2, side / 2), diameter)
    painter.end()
    return image


def _stroke_ring(painter: QPainter, centre: QPointF, diameter: float) -> None:
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    for colour, width in ((QColor(0, 0, 0, 130), 3.0), (QColor("white"), 1.5)):
        painter.setPen(QPen(colour, width))
        painter.drawEllipse(centre, diameter / 2, diameter / 2)


def draw_crosshair(painter: QPainter, centre: QPointF) -> None:
    """Where the keyboard points."""
    x, y = centre.x(), centre.y()
    for colour, width in ((QColor(0, 0, 0, 150), 4.0), (QColor("white"), 2.0)):
        painter.setPen(QPen(colour, width))
        for gap, arm in ((4, 12), (-4, -12)):
            painter.drawLine(QPointF(x + gap, y), QPointF(x + arm, y))
            painter.drawLine(QPointF(x, y + gap), QPointF(x, y + arm))


def draw_band(painter: QPainter, view: Viewport, band: Band, colour: QColor) -> None:
    """A shape being pulled."""
    path = QPainterPath()
    if band.tool is Tool.LASSO:
        path.addPolygon(QPolygonF([view.to_widget(x, y) for x, y in band.points]))
        path.closeSubpath()
    else:
        rect = QRectF(*(view.to_widget(x, y) for x, y in band.points)).normalized()
        path.addRect(rect) if band.tool is Tool.RECTANGLE else path.addEllipse(rect)
    fill = QColor(colour)
    fill.setAlphaF(0.08 if band.erases else 0.22)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.fillPath(path, fill)
    painter.strokePath(path, QPen(QColor(0, 0, 0, 90), 3))
    painter.strokePath(path, QPen(QColor("white") if band.erases else colour, 2, Qt.PenStyle.DashLine))


def band_rect(view: Viewport, points: tuple[Point, ...]) -> QRect:
    """Whole widget units that a shape being pulled covers."""
    x, y = zip(*points, strict=True)
    return view.covers(min(x), min(y), max(x), max(y), around=4)


def handles(frame: QRectF) -> dict[tuple[int, int], QPointF]:
    """The eight grips of the frame by the sides they pull: (-1, 0) is the left one."""
    x, y = (
        (frame.left(), frame.center().x(), frame.right()),
        (frame.top(), frame.center().y(), frame.bottom()),
    )
    return {(h, v): QPointF(x[h + 1], y[v + 1]) for h in (-1, 0, 1) for v in (-1, 0, 1) if (h, v) != (0, 0)}


def draw_extension(painter: QPainter, frame: QRectF, clip: QRect, theme: Theme) -> None:
    """The soft checker that stands for what is not there yet."""
    light, dark = theme.colour("raised"), theme.colour("panel")
    part = frame.intersected(QRectF(clip)).toAlignedRect()
    painter.fillRect(frame.intersected(QRectF(clip)), dark)
    side = 12
    left, top = round(frame.left()), round(frame.top())
    painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)
    for row in range((part.top() - top) // side, (part.bottom() - top) // side + 1):
        for column in range((part.left() - left) // side, (part.right() - left) // side + 1):
            if (row + column) % 2:
                square = QRectF(left + column * side, top + row * side, side, side)
                painter.fillRect(square.intersected(frame), light)


def draw_frame(painter: QPainter, frame: QRectF, theme: Theme) -> None:
    """The frame's edge and its grips."""
    accent = theme.colour("accent")
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.setPen(QPen(accent, 2))
    painter.drawRect(frame)
    painter.setBrush(QColor("white"))
    for point in handles(frame).values():
        painter.drawRoundedRect(QRectF(point.x() - HANDLE / 2, point.y() - HANDLE / 2, HANDLE, HANDLE), 3, 3)


def draw_slider(painter: QPainter, x: float, top: float, bottom: float) -> None:
    """The line between two pictures being compared, with its knob."""
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    middle = QPointF(x, (top + bottom) / 2)
    painter.setPen(QPen(QColor(0, 0, 0, 90), 4))
    painter.drawLine(QPointF(x, top), QPointF(x, bottom))
    painter.setPen(QPen(QColor("white"), 2))
    painter.drawLine(QPointF(x, top), QPointF(x, bottom))
    painter.setPen(QPen(QColor(0, 0, 0, 90), 1))
    painter.setBrush(QColor("white"))
    painter.drawEllipse(middle, 14, 14)
    painter.setPen(QPen(_INK, 2, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap, Qt.PenJoinStyle.RoundJoin))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    for side in (-1, 1):
        tip = middle + QPointF(8 * side, 0)
        painter.drawPolyline([tip + QPointF(-4 * side, -4), tip, tip + QPointF(-4 * side, 4)])


def draw_corners(painter: QPainter, rect: QRectF, clip: QRect, colour: QColor) -> None:
    """Round the picture's corners by painting over them."""
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    side = 4.0
    for x, right in ((rect.left(), side), (rect.right(), -side)):
        for y, down in ((rect.top(), side), (rect.bottom(), -side)):
            tip = QPointF(x, y)
            if QRectF(tip, QSizeF(right, down)).normalized().intersects(QRectF(clip)):
                path = QPainterPath(tip)
                path.lineTo(x + right, y)
                path.quadTo(tip, QPointF(x, y + down))
                path.closeSubpath()
                painter.fillPath(path, colour)
