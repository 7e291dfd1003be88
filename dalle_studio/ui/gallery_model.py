"""The gallery's entries as rows of a list, of which only those that are seen are read."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
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
from dalle_studio.state.entries import Entries, Ids
from dalle_studio.state.gallery import Gallery
from dalle_studio.storage.pictures.row import Row
from dalle_studio.ui.language import told, tr
from dalle_studio.ui.picture_drag import PictureMimeData

ENTRY_ROLE = int(Qt.ItemDataRole.UserRole)
_MOST_BLOCKS = 40  # that come and go one at a time; where there are more, the list is another one
_Index = QModelIndex | QPersistentModelIndex


class GalleryModel(QAbstractListModel):
    """What the gallery shows; rows come and go in blocks, so that views keep their place and their selection."""

    def __init__(self, gallery: Gallery, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._gallery = gallery
        self._entries = gallery.entries
        self._ids = self._entries.ids

    def entry(self, index: _Index) -> Row | None:
        """The entry of a valid index; None where its file went a moment ago."""
        return self._entries.row(int(self._ids[index.row()]))

    def place_of(self, id_: int) -> int | None:
        """Where the entry of that picture stands; None where it is not shown."""
        return self._entries.place_of(id_)

    @Slot()
    def refresh(self) -> None:
        """Take the gallery's entries; whoever owns the model calls this when they change."""
        old, self._entries = self._entries, self._gallery.entries
        new = self._entries.ids
        if self._ids is not new:
            gone, come = _blocks(self._ids, new), _blocks(new, self._ids)
            if len(gone) + len(come) > _MOST_BLOCKS:
                self.beginResetModel()
                self._ids = new
                self.endResetModel()
            else:
                self._remove(gone)
                self._insert(come, new)
        self._tell_altered(old)

    def _remove(self, blocks: list[tuple[int, int]]) -> None:
        for first, last in reversed(blocks):
            self.beginRemoveRows(QModelIndex(), first, last)
            self._ids = np.delete(self._ids, slice(first, last + 1))
            self.endRemoveRows()

    def _insert(self, blocks: list[tuple[int, int]], new: Ids) -> None:
        for first, last in blocks:
            self.beginInsertRows(QModelIndex(), first, last)
            self._ids = np.insert(self._ids, first, new[first : last + 1])
            self.endInsertRows()
        self._ids = new

    def _tell_altered(self, old: Entries) -> None:
        """Of the rows that were read: most of them are on show."""
        known = self._entries.known
        altered = [id_ for id_, row in old.known.items() if known.get(id_) is not row]
        places = [place for id_ in altered if (place := self.place_of(id_)) is not None]
        if places:
            self.dataChanged.emit(self.index(min(places)), self.index(max(places)))

    def rowCount(self, parent: _Index = QModelIndex()) -> int:  # noqa: B008  Qt's
        """How many entries are shown."""
        return 0 if parent.isValid() else len(self._ids)

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """The entry, its words, its tooltip and what screen readers say."""
        entry = self.entry(index)
        if entry is None or role == ENTRY_ROLE:
            return entry
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return title_of(entry)
            case Qt.ItemDataRole.ToolTipRole:
                return f"{title_of(entry)}\n{entry.width_px} × {entry.height_px} · {entry.name}"
            case Qt.ItemDataRole.AccessibleTextRole:
                title = title_of(entry)
                return tr("{title}, starred", title=title) if entry.starred else title
            case Qt.ItemDataRole.AccessibleDescriptionRole:
                return tr(
                    "{name}, {width} by {height} pixels",
                    name=entry.name,
                    width=entry.width_px,
                    height=entry.height_px,
                )
            case _:
                return None

    def flags(self, index: _Index) -> Qt.ItemFlag:
        """Every picture can be selected and dragged out."""
        return Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable | Qt.ItemFlag.ItemIsDragEnabled

    def mimeData(self, indexes: Sequence[QModelIndex]) -> QMimeData:
        """The pictures as files and the first one as an image."""
        entries = [self.entry(index) for index in indexes]
        return PictureMimeData([entry.path for entry in entries if entry is not None])

    def supportedDragActions(self) -> Qt.DropAction:
        """The gallery keeps what is dragged out."""
        return Qt.DropAction.CopyAction


def title_of(entry: Row) -> str:
    """What a picture shows, or its file's name where that is not known."""
    return told(title_of_prompt(entry.prompt)) or entry.name


def _blocks(ids: Ids, others: Ids) -> list[tuple[int, int]]:
    """First and last place of each run of ids that the others lack. Both fall."""
    rising = others[::-1]
    places = np.minimum(np.searchsorted(rising, ids), max(0, len(rising) - 1))
    lacking = np.flatnonzero(rising[places] != ids) if len(rising) else np.arange(len(ids))
    if not len(lacking):
        return []
    gaps = np.flatnonzero(np.diff(lacking) > 1)
    firsts, lasts = lacking[np.r_[0, gaps + 1]], lacking[np.r_[gaps, len(lacking) - 1]]
    return list(zip(firsts.tolist(), lasts.tolist(), strict=True))
