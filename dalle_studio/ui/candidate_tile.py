"""One picture being made, as a tile: it waits, fills in, is ready, or could not be made."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QPoint, QPointF, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QFocusEvent,
    QFont,
    QFontMetrics,
    QImage,
    QMouseEvent,
    QPainter,
    QPainterPath,
    QPaintEvent,
    QPen,
    QPixmap,
)
from PySide6.QtWidgets import QApplication, QSizePolicy, QWidget

from dalle_studio.core.sentence import Sentence, joined, say
from dalle_studio.state.candidate import Candidate, CandidateState
from dalle_studio.state.veil import Veil
from dalle_studio.ui.language import told, tr
from dalle_studio.ui.motion import Motion
from dalle_studio.ui.picture_drag import drag_out
from dalle_studio.ui.theme import Theme
from dalle_studio.ui.veil import blurred_image, paint_veil

PICTURE_HEIGHT_PX = 112
_MOST_WIDTH_PX, _LEAST_WIDTH_PX = 252, 84
_RING_PX = 4  # around the picture, for selection and focus
_LABEL_PX = 20
_RADIUS_PX = 4
_STATE_TEXTS = {
    CandidateState.WAITING: say("waiting"),
    CandidateState.READY: say("ready"),
    CandidateState.FAILED: say("failed"),
    CandidateState.CANCELLED: say("cancelled"),
}


class CandidateTile(QWidget):
    """Paints one candidate, with its label beneath; repaints only when told that it changed.

    Signals:
        pressed(int): the candidate of that number was clicked or got the focus.
        opened(int): it was double-clicked.
    """

    pressed = Signal(int)
    opened = Signal(int)

    def __init__(
        self, candidate: Candidate, theme: Theme, parent: QWidget | None = None, *, veil: Veil | None = None
    ) -> None:
        super().__init__(parent)
        self._veil = veil
        self._candidate = candidate
        self._theme = theme
        self._is_current = False
        self._picture_of: tuple[object, QSize, bool] | None = None
        self._picture = QPixmap()
        self._before: QPixmap | None = None  # what the picture turns out of
        self._turning = Motion(self)
        self._press_at: QPoint | None = None
        self.setObjectName(f"candidate_{candidate.number}")
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        theme.changed.connect(self.update)
        if veil is not None:
            veil.changed.connect(self.update)
        self.show_candidate(candidate, is_current=False)

    @property
    def candidate(self) -> Candidate:
        """What is shown."""
        return self._candidate

    @property
    def is_veiled(self) -> bool:
        """Whether it is blurred, because not everybody wants to see it."""
        of = self._candidate
        return self._veil is not None and self._veil.hides(of.concerns, of.fingerprint)

    @property
    def is_current(self) -> bool:
        """Whether it wears the selection ring."""
        return self._is_current

    def show_candidate(self, candidate: Candidate, is_current: bool) -> None:
        """Show the candidate as it is now; repaints if it is another value than before."""
        if candidate is self._candidate and is_current == self._is_current and self.accessibleName():
            return
        if candidate.state is not self._candidate.state:
            self._before = self._picture if self._picture_of else None
            self._turning.begin()
        self._candidate, self._is_current = candidate, is_current
        # Tab stops once in the strip, at the selected tile; arrows go on from there
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus if is_current else Qt.FocusPolicy.ClickFocus)
        self.setAccessibleName(
            tr(
                "Candidate {number}: {label}, {state}",
                number=candidate.number,
                label=self._label(),
                state=self._state_text(),
            )
        )
        why = say(
            "Blurred: {concerns}. Double-click it, then press Show",
            concerns=joined(candidate.concerns, say(", ")),
        )
        self.setToolTip(told(candidate.error or (why if self.is_veiled else candidate.title)))
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        """The picture in its own shape, room for the ring, and the label."""
        width = max(_LEAST_WIDTH_PX, self._picture_size().width())
        return QSize(width + 2 * _RING_PX, PICTURE_HEIGHT_PX + 2 * _RING_PX + _LABEL_PX)

    def picture_rect(self) -> QRect:
        """Where the picture lies in the tile."""
        size = self._picture_size()
        left = (self.width() - size.width()) // 2
        return QRect(QPoint(left, _RING_PX + (PICTURE_HEIGHT_PX - size.height()) // 2), size)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the picture or its state, the ring and the label."""
        painter = QPainter(self)
        painter.setRenderHints(QPainter.RenderHint.Antialiasing | QPainter.RenderHint.SmoothPixmapTransform)
        rect = self.picture_rect()
        self._paint_picture(painter, rect)
        self._paint_state(painter, rect)
        if self.is_veiled:
            paint_veil(painter, rect, self._theme)
        if self._is_current:
            self._paint_ring(painter, rect)
        self._paint_label(painter)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Select it; a drag may begin."""
        if event.button() == Qt.MouseButton.LeftButton:
            self._press_at = event.position().toPoint()
            self.pressed.emit(self._candidate.number)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Drag the finished picture out."""
        path = self._candidate.path
        if self._press_at is None or path is None or not event.buttons() & Qt.MouseButton.LeftButton:
            return
        distance = (event.position().toPoint() - self._press_at).manhattanLength()
        if distance >= QApplication.startDragDistance():
            self._press_at = None
            drag_out(self, [path], self._picture)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """Show it on the canvas."""
        self.opened.emit(self._candidate.number)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Paint the focus."""
        super().focusInEvent(event)
        self.update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Paint the lost focus."""
        super().focusOutEvent(event)
        self.update()

    def _picture_size(self) -> QSize:
        aspect = self._candidate.aspect
        width = min(round(PICTURE_HEIGHT_PX * aspect), _MOST_WIDTH_PX)
        return QSize(width, min(PICTURE_HEIGHT_PX, max(1, round(width / aspect))))

    def _label(self) -> str:
        return told(self._candidate.label) or str(self._candidate.index + 1)

    def _state_text(self) -> Sentence:
        candidate = self._candidate
        if candidate.state is CandidateState.MAKING:
            return say("{percent}% made", percent=f"{100 * candidate.progress:.0f}")
        text = _STATE_TEXTS[candidate.state]
        return say("{state}, kept", state=text) if candidate.kept else text

    def _paint_picture(self, painter: QPainter, rect: QRect) -> None:
        shape = QPainterPath()
        shape.addRoundedRect(QRectF(rect), _RADIUS_PX, _RADIUS_PX)
        pixels = self._pixels()
        if pixels is None:
            painter.fillPath(shape, self._theme.colour("raised"))
            return
        painter.save()
        painter.setClipPath(shape)
        picture = self._scaled(pixels, rect.size())
        if self._before is not None and self._turning.share < 1:
            painter.drawPixmap(rect, self._before)
            painter.setOpacity(self._turning.share)
        painter.drawPixmap(rect, picture)
        painter.restore()

    def _pixels(self) -> NDArray[np.uint8] | None:
        candidate = self._candidate
        if candidate.picture is not None and candidate.preview is None:
            return candidate.picture.pixels
        has_look = candidate.state in (CandidateState.MAKING, CandidateState.READY)
        return candidate.preview if has_look else None

    def _scaled(self, pixels: NDArray[np.uint8], size: QSize) -> QPixmap:
        ratio = self.devicePixelRatioF()
        size = (QSize(size) * ratio).expandedTo(QSize(1, 1))
        shown = pixels, size, self.is_veiled
        known = self._picture_of
        if known is None or known[0] is not pixels or known[1:] != shown[1:]:
            image = scaled_image(pixels, size)
            self._picture = QPixmap.fromImage(blurred_image(image) if self.is_veiled else image)
            self._picture.setDevicePixelRatio(ratio)
            self._picture_of = shown
        return self._picture

    def _paint_state(self, painter: QPainter, rect: QRect) -> None:
        match self._candidate.state:
            case CandidateState.WAITING:
                self._paint_icon(painter, rect, "clock", "second")
            case CandidateState.MAKING:
                self._paint_progress(painter, QPointF(rect.center()) + QPointF(0.5, 0.5))
            case CandidateState.FAILED:
                reason = told(self._candidate.error) or tr("Could not be made")
                self._paint_reason(painter, rect, "circle-alert", reason)
            case CandidateState.CANCELLED:
                self._paint_reason(painter, rect, "ban", tr("Cancelled"))
            case CandidateState.READY if self._candidate.kept:
                self._paint_kept(painter, rect)
            case _:
                pass

    def _paint_icon(self, painter: QPainter, rect: QRect, name: str, role: str) -> None:
        place = QRect(0, 0, 20, 20)
        place.moveCenter(rect.center())
        self._theme.icon(name, role).paint(painter, place)

    def _paint_progress(self, painter: QPainter, centre: QPointF) -> None:
        ring = QRectF(centre.x() - 14, centre.y() - 14, 28, 28)
        has_look = self._pixels() is not None
        if has_look:  # a dark disc: the ring is read on every picture
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(0, 0, 0, 110))
            painter.drawEllipse(centre, 22, 22)
        painter.setPen(QPen(QColor(255, 255, 255, 90) if has_look else self._theme.colour("edge"), 4))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawEllipse(ring)
        pen = QPen(self._theme.colour("accent"), 4)
        pen.setCapStyle(Qt.PenCapStyle.RoundCap)
        painter.setPen(pen)
        # Qt counts sixteenths of a degree, counter-clockwise from three o'clock
        painter.drawArc(ring, 90 * 16, round(-360 * 16 * self._candidate.progress))

    def _paint_reason(self, painter: QPainter, rect: QRect, icon: str, reason: str) -> None:
        place = QRect(0, 0, 20, 20)
        place.moveCenter(QPoint(rect.center().x(), rect.top() + rect.height() // 4))
        self._theme.icon(icon, "second").paint(painter, place)
        painter.setFont(self._small_font())
        painter.setPen(self._theme.colour("second"))
        room = rect.adjusted(6, rect.height() // 4 + 14, -6, -4)
        flags = Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignTop | Qt.TextFlag.TextWordWrap
        painter.save()
        painter.setClipRect(room)
        painter.drawText(room, int(flags), reason)
        painter.restore()

    def _paint_kept(self, painter: QPainter, rect: QRect) -> None:
        badge = QRect(rect.right() - 22, rect.top() + 5, 18, 18)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(self._theme.colour("accent"))
        painter.drawEllipse(badge)
        self._theme.icon("check", "on_accent").paint(painter, badge.adjusted(3, 3, -3, -3))

    def _paint_ring(self, painter: QPainter, rect: QRect) -> None:
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(QPen(self._theme.colour("accent"), 3 if self.hasFocus() else 2))
        painter.drawRoundedRect(QRectF(rect).adjusted(-2.5, -2.5, 2.5, 2.5), 6.5, 6.5)

    def _paint_label(self, painter: QPainter) -> None:
        painter.setFont(self._small_font())
        painter.setPen(self._theme.colour("text" if self._is_current else "second"))
        room = QRect(0, self.height() - _LABEL_PX, self.width(), _LABEL_PX)
        metrics = painter.fontMetrics()
        text = _fitted(self._label(), metrics, room.width())
        painter.drawText(room, Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignBottom, text)

    def _small_font(self) -> QFont:
        font = QFont(self.font())
        font.setPixelSize(11)
        return font


def scaled_image(pixels: NDArray[np.uint8], size: QSize) -> QImage:
    """Pixels (height, width, 3) as an image of that size; large ones are thinned first, which is quick."""
    step = max(1, min(pixels.shape[0] // (2 * size.height()), pixels.shape[1] // (2 * size.width())))
    thin = np.ascontiguousarray(pixels[::step, ::step])
    height, width = thin.shape[:2]
    image = QImage(thin.data, width, height, 3 * width, QImage.Format.Format_RGB888)
    smooth = Qt.TransformationMode.SmoothTransformation
    # the copy outlives the array
    return image.scaled(size, Qt.AspectRatioMode.IgnoreAspectRatio, smooth).convertToFormat(
        QImage.Format.Format_RGB32
    )


def _fitted(label: str, metrics: QFontMetrics, width: int) -> str:
    """Of “subject · style” the subject is cut short first."""
    subject, between, style = label.rpartition(" · ")
    room = width - metrics.horizontalAdvance(between + style)
    if subject and room > width // 4:
        return metrics.elidedText(subject, Qt.TextElideMode.ElideRight, room) + between + style
    return metrics.elidedText(label, Qt.TextElideMode.ElideRight, width)
