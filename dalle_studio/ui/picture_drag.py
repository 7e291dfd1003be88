"""Dragging pictures out to other programs: as files, and as an image for those that take no files."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QMimeData, QPoint, Qt, QUrl
from PySide6.QtGui import QDrag, QImage, QPixmap
from PySide6.QtWidgets import QWidget

_IMAGE = "application/x-qt-image"


class PictureMimeData(QMimeData):
    """Addresses of picture files; the first one's pixels are read only if someone asks for them."""

    def __init__(self, paths: Sequence[Path]) -> None:
        super().__init__()
        self._first = paths[0]
        self.setUrls([QUrl.fromLocalFile(str(path)) for path in paths])

    def formats(self) -> list[str]:
        """What can be had: the files, then an image."""
        return [*super().formats(), _IMAGE]

    def hasFormat(self, mimetype: str, /) -> bool:
        """Whether it can be had in that format."""
        return mimetype in self.formats()

    def retrieveData(self, mimetype: str, preferredType: object, /) -> object:  # noqa: N803  Qt's names
        """The data in that format; an image is decoded now."""
        if mimetype == _IMAGE:
            return QImage(str(self._first))
        return super().retrieveData(mimetype, preferredType)  # type: ignore[arg-type]


def drag_out(source: QWidget, paths: Sequence[Path], picture: QPixmap) -> None:
    """Drag picture files from a widget, `picture` under the cursor. Returns when they are dropped."""
    drag = QDrag(source)
    drag.setMimeData(PictureMimeData(paths))
    drag.setPixmap(picture)
    drag.setHotSpot(QPoint(16, 16))
    drag.exec(Qt.DropAction.CopyAction)
