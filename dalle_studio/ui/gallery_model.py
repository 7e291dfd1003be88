"""The gallery's entries as rows of a list."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from PySide6.QtCore import (
    QAbstractListModel,
    QMimeData,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    Qt,
    Slot,
)

from dalle_studio.state.composition import title_of_prompt
from dalle_studio.state.entry import Entry
from dalle_studio.state.gallery import Gallery
from dalle_studio.ui.picture_drag import PictureMimeData

ENTRY_ROLE = int(Qt.ItemDataRole.UserRole)
_Index = QModelIndex | QPersistentModelIndex


class GalleryModel(QAbstractListModel):
    """What the gallery shows; rows come and go one block at a time, so that views keep their place."""

    def __init__(self, gallery: Gallery, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._gallery = gallery
        self._entries: tuple[Entry, ...] = ()
        self._rows: dict[Path, int] | None = None  # made when it is needed
        self.refresh()

    def entry(self, index: _Index) -> Entry:
        """The entry of a valid index."""
        return self._entries[index.row()]

    def row_of(self, path: Path) -> int | None:
        """Where the entry of that file stands; None where it is not shown."""
        if self._rows is None:
            self._rows = {entry.path: row for row, entry in enumerate(self._entries)}
        return self._rows.get(path)

    @Slot()
    def refresh(self) -> None:
        """Take the gallery's entries; whoever owns the model calls this when they change."""
        old, new = self._entries, self._gallery.entries
        head = _common(old, new)
        tail = _common(old[head:][::-1], new[head:][::-1])
        self._replace(head, len(old) - tail, new[head : len(new) - tail])
        self._entries = new
        self._rows = None
        others = [row for row in range(head) if old[row] is not new[row]]
        others += [len(new) - back for back in range(tail, 0, -1) if old[-back] is not new[-back]]
        if others:
            self.dataChanged.emit(self.index(others[0]), self.index(others[-1]))

    def _replace(self, first: int, end: int, entries: tuple[Entry, ...]) -> None:
        if end > first:
            self.beginRemoveRows(QModelIndex(), first, end - 1)
            self._entries = self._entries[:first] + self._entries[end:]
            self.endRemoveRows()
        if entries:
            self.beginInsertRows(QModelIndex(), first, first + len(entries) - 1)
            self._entries = self._entries[:first] + entries + self._entries[first:]
            self.endInsertRows()

    def rowCount(self, parent: _Index = QModelIndex()) -> int:  # noqa: B008  Qt's
        """How many entries are shown."""
        return 0 if parent.isValid() else len(self._entries)

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """The entry, its words, its tooltip and what screen readers say."""
        entry = self._entries[index.row()]
        if role == ENTRY_ROLE:
            return entry
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return title_of(entry)
            case Qt.ItemDataRole.ToolTipRole:
                return f"{title_of(entry)}\n{entry.width_px} × {entry.height_px} · {entry.name}"
            case Qt.ItemDataRole.AccessibleTextRole:
                return f"{title_of(entry)}{', starred' if entry.starred else ''}"
            case Qt.ItemDataRole.AccessibleDescriptionRole:
                return f"{entry.name}, {entry.width_px} by {entry.height_px} pixels"
            case _:
                return None

    def flags(self, index: _Index) -> Qt.ItemFlag:
        """Every picture can be selected and dragged out."""
        return Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable | Qt.ItemFlag.ItemIsDragEnabled

    def mimeData(self, indexes: Sequence[QModelIndex]) -> QMimeData:
        """The pictures as files and the first one as an image."""
        return PictureMimeData([self.entry(index).path for index in indexes])

    def supportedDragActions(self) -> Qt.DropAction:
        """The gallery keeps what is dragged out."""
        return Qt.DropAction.CopyAction


def title_of(entry: Entry) -> str:
    """What a picture shows, or its file's name where that is not known."""
    return title_of_prompt(entry.prompt) or entry.name


def _common(first: tuple[Entry, ...], second: tuple[Entry, ...]) -> int:
    """How many entries at the beginning are of the same files."""
    for place, (one, other) in enumerate(zip(first, second, strict=False)):
        if one is not other and one.path != other.path:
            return place
    return min(len(first), len(second))
