"""A picture between those it was made from and those made from it, as a row of thumbnails."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt, Slot
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QHBoxLayout, QLabel, QMenu, QWidget

from dalle_studio.core.recipe import Parent
from dalle_studio.core.sentence import say
from dalle_studio.state.gallery import Gallery
from dalle_studio.storage.pictures.row import Row
from dalle_studio.ui.buttons import TextButton
from dalle_studio.ui.gallery_delegate import paint_ring, paint_square
from dalle_studio.ui.gallery_model import title_of
from dalle_studio.ui.language import tr
from dalle_studio.ui.theme import Theme
from dalle_studio.ui.thumbnails import Thumbnails

_SIDE_PX = 34
_RING_PX = 3
_MOST_PARENTS, _MOST_CHILDREN = 2, 2


class FamilyStrip(QWidget):
    """Parents > the picture > its children; a click goes to one of them."""

    def __init__(
        self, gallery: Gallery, thumbnails: Thumbnails, theme: Theme, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._gallery = gallery
        self._thumbnails = thumbnails
        self._theme = theme
        self._shown: tuple[object, ...] = ()
        self.setObjectName("family")
        self.setAccessibleName(tr("Family of the picture"))
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.setSpacing(2)
        theme.changed.connect(self._rebuild)

    def show_entry(self, entry: Row) -> None:
        """Show the family of that picture."""
        parents, children = self._gallery.parents(entry), self._gallery.children(entry)
        shown = (entry.path, parents, tuple(child.path for child in children))
        if shown != self._shown:
            self._shown = shown
            self._clear()
            self._fill(entry, parents, children)
        self.setVisible(bool(parents or children))

    def _fill(self, entry: Row, parents: tuple[Row | Parent, ...], children: tuple[Row, ...]) -> None:
        for parent in parents[:_MOST_PARENTS]:
            self._add_tile(parent, tr("Made from: {title}", title=_title_of(parent)))
        if parents:
            self._add_chevron()
        self._add_tile(entry, tr("This picture: {title}", title=title_of(entry)), is_this=True)
        if children:
            self._add_chevron()
        for child in children[:_MOST_CHILDREN]:
            self._add_tile(child, tr("Made from this: {title}", title=title_of(child)))
        if len(children) > _MOST_CHILDREN:
            self._add_more(children[_MOST_CHILDREN:])
        self._row.addStretch(1)

    def _clear(self) -> None:
        while (item := self._row.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.hide()
                widget.deleteLater()

    def _add_tile(self, who: Row | Parent, name: str, *, is_this: bool = False) -> None:
        entry = who if isinstance(who, Row) else None
        tile = FamilyTile(entry, self._thumbnails, self._theme, is_this=is_this)
        tile.setAccessibleName(name)
        tile.setToolTip(name)
        tile.setEnabled(entry is not None)
        if entry is not None:
            tile.clicked.connect(lambda: self._gallery.select(entry.path))
        self._row.addWidget(tile)
        tile.show()  # in the same frame as the others go

    def _add_chevron(self) -> None:
        label = QLabel()
        label.setPixmap(self._theme.pixmap("chevron-right", "third", 14))
        self._row.addWidget(label)
        label.show()

    def _add_more(self, others: tuple[Row, ...]) -> None:
        count = len(others)
        text = tr("+1 variation") if count == 1 else tr("+{count} variations", count=count)
        button = TextButton(self._theme, text, kind="quiet")
        button.setObjectName("family_more")
        button.setMinimumWidth(30)
        button.setToolTip(tr("Show the other pictures made from this one"))
        button.setStyleSheet("QPushButton { padding: 0 5px; min-height: 26px; }")
        button.clicked.connect(lambda: self._open_menu(button, others))
        self._row.addWidget(button)
        button.show()

    def _open_menu(self, button: QWidget, others: tuple[Row, ...]) -> None:
        menu = QMenu(self)
        for entry in others:
            title = menu.fontMetrics().elidedText(title_of(entry), Qt.TextElideMode.ElideRight, 300)
            action = menu.addAction(title.replace("&", "&&"))
            action.triggered.connect(lambda _=False, path=entry.path: self._gallery.select(path))
        menu.aboutToHide.connect(menu.deleteLater)
        menu.popup(button.mapToGlobal(button.rect().bottomLeft()))

    @Slot()
    def _rebuild(self) -> None:
        self._shown = ()
        if self._gallery.selected is not None:
            self.show_entry(self._gallery.selected)


class FamilyTile(QAbstractButton):
    """One small picture; `entry` is None where it is not in the folder."""

    def __init__(self, entry: Row | None, thumbnails: Thumbnails, theme: Theme, *, is_this: bool) -> None:
        super().__init__()
        self._entry = entry
        self._thumbnails = thumbnails
        self._theme = theme
        self._is_this = is_this
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        thumbnails.ready.connect(self._repaint)

    def sizeHint(self) -> QSize:
        """The picture and room for the ring."""
        return QSize(_SIDE_PX + 2 * _RING_PX, _SIDE_PX + 2 * _RING_PX)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the picture, and the ring of this one or of the focus."""
        painter = QPainter(self)
        painter.setRenderHints(QPainter.RenderHint.Antialiasing | QPainter.RenderHint.SmoothPixmapTransform)
        rect = self.rect().adjusted(_RING_PX, _RING_PX, -_RING_PX, -_RING_PX)
        side = round(rect.width() * self.devicePixelRatioF())
        image = self._thumbnails.thumbnail(self._entry, side) if self._entry else None
        paint_square(painter, rect, image, self._theme.colour("raised"))
        if self._entry is None:
            self._theme.icon("file-image", "second").paint(painter, rect.adjusted(9, 9, -9, -9))
        if self._is_this:
            paint_ring(painter, rect, self._theme.colour("accent"))
        elif self.hasFocus():
            paint_ring(painter, rect, self._theme.colour("text"))

    @Slot(object)
    def _repaint(self, id_: int) -> None:
        if self._entry is not None and id_ == self._entry.id:
            self.update()


def _title_of(parent: Row | Parent) -> str:
    if isinstance(parent, Row):
        return title_of(parent)
    return say("{name}, not in this folder", name=parent.name or say("a picture"))
