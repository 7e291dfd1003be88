"""Small copies of the gallery's pictures, read in the background and kept within a bound of bytes."""

from __future__ import annotations

from collections import OrderedDict
from typing import NamedTuple

from PySide6.QtCore import (
    QBuffer,
    QByteArray,
    QObject,
    QPointF,
    QRectF,
    QRunnable,
    QSize,
    Qt,
    QThreadPool,
    Signal,
    Slot,
)
from PySide6.QtGui import QColor, QImage, QImageReader, QPainter, QPen

from dalle_studio.core.errors import StudioError
from dalle_studio.state.gallery import Gallery
from dalle_studio.state.veil import Veil
from dalle_studio.storage.pictures.row import Row
from dalle_studio.storage.pictures.thumbnails import SIDES_PX
from dalle_studio.ui.veil import blurred_image

LIMIT_BYTES = 64 * 1024**2
_MOST_WAITING = 128  # what was scrolled past long ago is not read; painting it again asks again
_MOST_STRETCHED = 4  # a panorama's thumbnail is at most this many times as long as it is wide


class _Key(NamedTuple):
    id: int
    modified_ns: int
    side_px: int


class Thumbnails(QObject):
    """Reads thumbnails on threads of its own and remembers the latest ones.

    A thumbnail covers a square of the asked side: its shorter side has that many pixels, so that a grid of
    squares cuts its middle out and a strip shows it whole. A file that changed is read again.

    Signals:
        ready(int): the thumbnail of the picture with that id has been read; ask for it again.
    """

    ready = Signal(object)

    def __init__(
        self,
        gallery: Gallery,
        parent: QObject | None = None,
        limit_bytes: int = LIMIT_BYTES,
        veil: Veil | None = None,
    ) -> None:
        super().__init__(parent)
        self._veil = veil
        if veil is not None:
            veil.changed.connect(self._lift)
        self._gallery = gallery
        self._limit_bytes = limit_bytes
        self._size_bytes = 0
        self._images: OrderedDict[_Key, QImage] = OrderedDict()
        self._waiting: OrderedDict[_Key, _Reading] = OrderedDict()
        self._asked = 0
        self._post = _Post()
        self._post.read.connect(self._keep)
        self._pool = QThreadPool(self)
        self._pool.setMaxThreadCount(2)

    @property
    def size_bytes(self) -> int:
        """What the kept thumbnails take."""
        return self._size_bytes

    @property
    def is_busy(self) -> bool:
        """Whether any are being read."""
        return bool(self._waiting)

    def thumbnail(self, entry: Row, side_px: int) -> QImage | None:
        """The thumbnail, or None while it is being read: `ready` says when. Broken files have a placeholder.

        One of a picture that not everybody wants to see is blurred.

        Args:
            entry: of the gallery.
            side_px: of the square to cover, in device pixels, from 1.
        """
        key = _Key(entry.id, entry.modified_ns, side_px)
        image = self._images.get(key)
        if image is None:
            self._read(key, entry)
        else:
            self._images.move_to_end(key)
        return blurred_image(image) if image is not None and self.is_veiled(entry) else image

    def is_veiled(self, entry: Row) -> bool:
        """Whether the picture is blurred, because not everybody wants to see it."""
        concerns = (entry.concerns,) if entry.concerns else ()
        return self._veil is not None and self._veil.hides(concerns, entry.sha256)

    def close(self) -> None:
        """Give up what waits and end the threads. Call it before the gallery is closed."""
        self._pool.clear()
        self._pool.waitForDone()
        self._waiting.clear()

    def _read(self, key: _Key, entry: Row) -> None:
        if key in self._waiting:
            return
        reading = self._waiting[key] = _Reading(key, entry, self._gallery, self._post)
        self._asked += 1
        self._pool.start(reading, self._asked)  # the latest first: it is what is on screen now
        if len(self._waiting) > _MOST_WAITING:
            self._give_up_oldest()

    def _give_up_oldest(self) -> None:
        key, reading = next(iter(self._waiting.items()))
        if self._pool.tryTake(reading):
            del self._waiting[key]

    @Slot()
    def _lift(self) -> None:
        """Pictures that were blurred may not be so any more, and others may be."""
        for id_ in {key.id for key in self._images}:
            self.ready.emit(id_)

    @Slot(object, QImage)
    def _keep(self, key: _Key, image: QImage) -> None:
        if self._waiting.pop(key, None) is None:
            return
        self._images[key] = image
        self._size_bytes += image.sizeInBytes()
        while self._size_bytes > self._limit_bytes and len(self._images) > 1:
            _, oldest = self._images.popitem(last=False)
            self._size_bytes -= oldest.sizeInBytes()
        self.ready.emit(key.id)


class _Post(QObject):
    """Carries images from the threads that read them to the main thread."""

    read = Signal(object, QImage)


class _Reading(QRunnable):
    def __init__(self, key: _Key, entry: Row, gallery: Gallery, post: _Post) -> None:
        super().__init__()
        self.setAutoDelete(False)  # Python owns it
        self._key, self._entry, self._gallery, self._post = key, entry, gallery, post

    def run(self) -> None:
        side_px = self._key.side_px
        try:
            image = shrunk(self._gallery.thumbnail(self._entry, _kept_side(self._entry, side_px)), side_px)
        except StudioError:  # damaged or gone: opening it says so
            image = QImage()
        self._post.read.emit(self._key, placeholder(side_px) if image.isNull() else image)


def shrunk(data: bytes, side_px: int) -> QImage:
    """A JPEG's picture, its shorter side `side_px` or its own if that is less; null where it is broken."""
    source = QByteArray(data)
    buffer = QBuffer(source)
    reader = QImageReader(buffer)
    size = reader.size()
    if size.isValid():
        reader.setScaledSize(_covering(size, side_px))
    # of all formats this one is painted fastest
    return reader.read().convertToFormat(QImage.Format.Format_ARGB32_Premultiplied)


def _kept_side(entry: Row, side_px: int) -> int:
    """Of the sizes the library keeps, the least whose shorter side covers the square, as far as there is one."""
    longer_px = side_px * max(entry.width_px, entry.height_px) / max(1, min(entry.width_px, entry.height_px))
    return next((kept for kept in SIDES_PX if kept >= longer_px), SIDES_PX[-1])


def placeholder(side_px: int) -> QImage:
    """A faint square with a picture's outline crossed out; quiet on dark and on light ground."""
    image = QImage(side_px, side_px, QImage.Format.Format_ARGB32_Premultiplied)
    image.fill(QColor(128, 132, 140, 48))
    pen = QPen(QColor(128, 132, 140), max(1.0, side_px / 48))
    pen.setCapStyle(Qt.PenCapStyle.RoundCap)
    painter = QPainter(image)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(pen)
    frame = QRectF(0.35 * side_px, 0.38 * side_px, 0.3 * side_px, 0.24 * side_px)
    painter.drawRoundedRect(frame, 0.03 * side_px, 0.03 * side_px)
    painter.drawLine(QPointF(0.34, 0.66) * side_px, QPointF(0.66, 0.34) * side_px)
    painter.end()
    return image


def _covering(size: QSize, side_px: int) -> QSize:
    scale = side_px / min(size.width(), size.height())
    scale = min(1.0, scale, _MOST_STRETCHED * side_px / max(size.width(), size.height()))
    return QSize(max(1, round(size.width() * scale)), max(1, round(size.height() * scale)))
