"""The gallery's pictures in three columns, as many as there are; only what is seen is painted."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QItemSelectionModel, QModelIndex, QPoint, QSize, Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent, QKeySequence, QMouseEvent, QPixmap, QResizeEvent
from PySide6.QtWidgets import QListView, QWidget

from dalle_studio.storage.pictures.row import Row
from dalle_studio.ui.gallery_delegate import GalleryDelegate, star_rect
from dalle_studio.ui.gallery_model import GalleryModel
from dalle_studio.ui.language import tr
from dalle_studio.ui.picture_drag import drag_out
from dalle_studio.ui.square_grid import COLUMNS, SquareGrid
from dalle_studio.ui.theme import Theme
from dalle_studio.ui.thumbnails import Thumbnails


class GalleryGrid(SquareGrid):
    """Pictures to select, star, open and drag out.

    Keys: arrows, Home, End, Page up and down move; Enter opens, S stars, Delete moves to the trash, Ctrl+C copies.

    Signals:
        open_wanted(Path), star_wanted(Path), copy_wanted(Path): of one picture.
        delete_wanted(): the selected ones are to go.
        current_moved(Path): the user went to that picture.
    """

    open_wanted = Signal(object)
    star_wanted = Signal(object)
    copy_wanted = Signal(object)
    delete_wanted = Signal()
    current_moved = Signal(object)

    def __init__(
        self, model: GalleryModel, thumbnails: Thumbnails, theme: Theme, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._model = model
        self._thumbnails = thumbnails
        self._delegate = GalleryDelegate(thumbnails, theme, self)
        self._is_following = False
        self._build()
        thumbnails.ready.connect(self._repaint)
        theme.changed.connect(self.viewport().update)
        self.selectionModel().currentChanged.connect(self._tell_current)

    @property
    def paths(self) -> tuple[Path, ...]:
        """The selected pictures, in the order they stand."""
        chosen = sorted(self.selectedIndexes(), key=QModelIndex.row)
        return tuple(entry.path for index in chosen if (entry := self._model.entry(index)) is not None)

    @property
    def path(self) -> Path | None:
        """The picture that the keyboard is at."""
        return self._path_at(self.currentIndex())

    def refresh(self, current: Row | None) -> None:
        """Take the model's new rows, then go to that picture, without telling."""
        self._is_following = True
        self._model.refresh()
        self._is_following = False
        self.go_to(current)

    def go_to(self, entry: Row | None) -> None:
        """Select that picture, or none, without telling."""
        if self._is_following:  # it comes from here
            return
        row = self._model.place_of(entry.id) if entry else None
        if row is not None and row == self.currentIndex().row() and self.selectionModel().isRowSelected(row):
            return
        self._is_following = True
        if row is None:
            self.setCurrentIndex(QModelIndex())
            self.clearSelection()
        else:
            flag = QItemSelectionModel.SelectionFlag.ClearAndSelect
            self.selectionModel().setCurrentIndex(self._model.index(row), flag)
            self.scrollTo(self._model.index(row))
        self._is_following = False

    def _build(self) -> None:
        self.setObjectName("gallery_grid")
        self.setAccessibleName(tr("Pictures in the gallery"))
        self.setProperty("kind", "bare")
        self.setFrameShape(QListView.Shape.NoFrame)
        self.setModel(self._model)
        self.setItemDelegate(self._delegate)
        self.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setSelectionMode(QListView.SelectionMode.ExtendedSelection)
        self.setSelectionRectVisible(False)
        self.setDragEnabled(True)
        self.setMouseTracking(True)
        self.viewport().setAutoFillBackground(False)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Make three columns of the width."""
        # room is kept for the scroll bar, so that nothing moves when it comes
        side = (self.width() - self.verticalScrollBar().sizeHint().width()) // COLUMNS
        self._delegate.set_side(side)
        self.setGridSize(QSize(side, side))
        self.verticalScrollBar().setSingleStep(side // 2)
        super().resizeEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """The keys named above; the others as in every list."""
        path = self.path
        if path is None:
            super().keyPressEvent(event)
        elif event.matches(QKeySequence.StandardKey.Copy):
            self.copy_wanted.emit(path)
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.open_wanted.emit(path)
        elif event.key() == Qt.Key.Key_S and not event.modifiers():
            self.star_wanted.emit(path)
        elif event.key() == Qt.Key.Key_Delete:
            self.delete_wanted.emit()
        else:
            super().keyPressEvent(event)

    def keyboardSearch(self, search: str) -> None:
        """Letters are commands here; the search field searches."""

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """A click on the star stars, one beside it selects."""
        index = self.indexAt(event.position().toPoint())
        if event.button() == Qt.MouseButton.LeftButton and self._is_on_star(
            index, event.position().toPoint()
        ):
            self.star_wanted.emit(self._path_at(index))
        else:
            super().mousePressEvent(event)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """Open; on the star, star again."""
        index = self.indexAt(event.position().toPoint())
        if self._is_on_star(index, event.position().toPoint()):
            self.star_wanted.emit(self._path_at(index))
        elif self._path_at(index) is not None and event.button() == Qt.MouseButton.LeftButton:
            self.open_wanted.emit(self._path_at(index))

    def startDrag(self, supportedActions: Qt.DropAction) -> None:  # noqa: N803  Qt's names
        """Drag the selected pictures out, the current one under the cursor."""
        paths = self.paths
        if paths:
            current = self._model.entry(self.currentIndex()) if self.currentIndex().isValid() else None
            image = self._thumbnails.thumbnail(current, self.gridSize().width()) if current else None
            drag_out(self, paths, QPixmap() if image is None else QPixmap.fromImage(image))

    def _is_on_star(self, index: QModelIndex, point: QPoint) -> bool:
        return self._path_at(index) is not None and star_rect(self.visualRect(index)).contains(point)

    def _path_at(self, index: QModelIndex) -> Path | None:
        entry = self._model.entry(index) if index.isValid() else None
        return entry.path if entry is not None else None

    @Slot(object)
    def _repaint(self, id_: int) -> None:
        row = self._model.place_of(id_)
        if row is not None:
            self.update(self._model.index(row))

    @Slot(QModelIndex)
    def _tell_current(self, current: QModelIndex) -> None:
        path = self._path_at(current)
        if not self._is_following and path is not None:
            self._is_following = True
            self.current_moved.emit(path)
            self._is_following = False
