"""The gallery at the right of the window: search, filters, the pictures, and all that can be done with one."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path

from PySide6.QtCore import QPoint, Qt, QTimer, QUrl, Signal, Slot
from PySide6.QtGui import QDesktopServices, QKeyEvent
from PySide6.QtWidgets import QLabel, QLineEdit, QMenu, QStackedLayout, QVBoxLayout, QWidget

from dalle_studio.core.sentence import say
from dalle_studio.state.gallery import ALL, STARRED, Gallery
from dalle_studio.ui.buttons import TextButton
from dalle_studio.ui.fade import Fade
from dalle_studio.ui.gallery_filters import GalleryFilters
from dalle_studio.ui.gallery_grid import GalleryGrid
from dalle_studio.ui.gallery_model import GalleryModel
from dalle_studio.ui.language import told, tr
from dalle_studio.ui.theme import Theme
from dalle_studio.ui.thumbnails import Thumbnails

IMPORT = say("Import a folder of pictures…")
_TYPING_MS = 100  # a word is searched when the typing rests


class GalleryPanel(QWidget):
    """Shows the gallery's folder.

    Signals:
        open_wanted(Path), vary_wanted(Path), place_wanted(Path), compare_wanted(Path), blend_wanted(Path),
        copy_wanted(Path): what is to be done with that picture.
        export_wanted(Path, bool): a copy elsewhere, with its recipe or without.
        import_wanted(): pictures from elsewhere are to come in.
    """

    open_wanted = Signal(object)
    vary_wanted = Signal(object)
    place_wanted = Signal(object)
    compare_wanted = Signal(object)
    blend_wanted = Signal(object)
    reference_wanted = Signal(object)
    export_wanted = Signal(object, bool)
    copy_wanted = Signal(object)
    import_wanted = Signal()

    def __init__(
        self, gallery: Gallery, thumbnails: Thumbnails, theme: Theme, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._gallery = gallery
        self._theme = theme
        self._typing = QTimer(self, singleShot=True, interval=_TYPING_MS)
        self._typing.timeout.connect(self._search_now)
        self._search = _SearchField(theme)
        self._filters = GalleryFilters(gallery, theme)
        self.can_refer = False
        self._grid = GalleryGrid(GalleryModel(gallery, self), thumbnails, theme)
        Fade(self._grid, theme)
        self._empty = _EmptyPage(theme)
        self._build()
        self._connect()
        self._show()

    @Slot()
    def focus_search(self) -> None:
        """Put the keyboard into the search field."""
        self._search.setFocus()
        self._search.selectAll()

    def menu(self) -> QMenu:
        """What can be done here, with the selected pictures too; belongs to the panel, delete it after use."""
        menu = QMenu(self)
        menu.setObjectName("gallery_menu")
        path = self._grid.path
        if path is not None:
            self._fill(menu, path)
            menu.addSeparator()
        self._add(menu, "import", IMPORT, self.import_wanted.emit)
        return menu

    def _build(self) -> None:
        self.setObjectName("gallery_panel")
        self.setAccessibleName(tr("Gallery"))
        self.setProperty("kind", "panel")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._pages = QStackedLayout()
        self._pages.addWidget(self._grid)
        self._pages.addWidget(self._empty)
        top = QVBoxLayout()
        top.setContentsMargins(12, 14, 12, 0)
        top.setSpacing(8)
        top.addWidget(self._search)
        top.addWidget(self._filters)
        layout = QVBoxLayout(self)
        # the cells have a margin of their own
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(6)
        layout.addLayout(top)
        inset = QVBoxLayout()
        inset.setContentsMargins(9, 0, 0, 0)
        inset.addLayout(self._pages)
        layout.addLayout(inset, 1)

    def _connect(self) -> None:
        self._gallery.changed.connect(self._show)
        self._gallery.selected_changed.connect(self._follow_selection)
        self._search.textChanged.connect(self._typing.start)
        self._search.returnPressed.connect(self._search_now)
        self._search.left_downwards.connect(self._enter_grid)
        self._filters.collection_named.connect(self._collect)
        self._empty.button.clicked.connect(self._press_empty)
        self._grid.current_moved.connect(self._gallery.select)
        self._grid.star_wanted.connect(self._gallery.toggle_star)
        self._grid.open_wanted.connect(self.open_wanted)
        self._grid.copy_wanted.connect(self.copy_wanted)
        self._grid.delete_wanted.connect(self._delete)
        for page in (self._grid, self._empty):
            page.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
            page.customContextMenuRequested.connect(partial(self._open_menu, page))

    @Slot()
    def _show(self) -> None:
        gallery = self._gallery
        self._grid.refresh(gallery.selected)
        if self._search.text() != gallery.query and not self._typing.isActive():
            self._search.setText(gallery.query)
            self._typing.stop()
        if gallery.entries:
            self._pages.setCurrentWidget(self._grid)
        else:
            self._empty.show_reason(*self._why_empty())
            self._pages.setCurrentWidget(self._empty)

    def _why_empty(self) -> tuple[str, str, str, str]:
        """Icon, what is so, what to do, and the label of the button that does it."""
        gallery = self._gallery
        if gallery.count == 0 and gallery.is_reading:
            return "images", say("Reading the folder…"), "", ""
        if gallery.count == 0:
            advice = say("Say what you want to see and press Generate, or bring the pictures you have.")
            return "image-plus", say("No pictures yet"), advice, IMPORT
        if gallery.query:
            advice = say("Search looks through prompts, names, styles and collections.")
            found = say("Nothing found for “{query}”", query=gallery.query)
            return "search", found, advice, say("Clear search")
        if gallery.shown == STARRED:
            return (
                "star",
                say("Nothing starred yet"),
                say("Press S on a picture, or click its star."),
                say("Show all pictures"),
            )
        return (
            "images",
            say("This collection is empty"),
            say("Add pictures by their menu."),
            say("Show all pictures"),
        )

    @Slot()
    def _follow_selection(self) -> None:
        self._grid.go_to(self._gallery.selected)

    @Slot()
    def _search_now(self) -> None:
        self._typing.stop()
        self._gallery.set_query(self._search.text().strip())

    @Slot()
    def _press_empty(self) -> None:
        if self._gallery.count:
            self._show_everything()
        else:
            self.import_wanted.emit()

    def _show_everything(self) -> None:
        self._search.clear()
        self._search_now()
        self._gallery.show(ALL)
        self._search.setFocus()

    @Slot()
    def _enter_grid(self) -> None:
        self._search_now()
        self._grid.setFocus()
        if self._grid.path is None and self._gallery.entries:
            self._gallery.select(self._gallery.entries[0].path)

    @Slot()
    def _delete(self) -> None:
        self._gallery.delete(self._grid.paths)

    @Slot(str)
    def _collect(self, name: str) -> None:
        self._gallery.add_to(self._grid.paths, name)
        self._grid.setFocus()

    def _open_menu(self, page: QWidget, point: QPoint) -> None:
        menu = self.menu()
        menu.aboutToHide.connect(menu.deleteLater)
        menu.popup(page.mapToGlobal(point))

    def _fill(self, menu: QMenu, path: Path) -> None:
        entry = self._gallery.entry(path)
        is_starred = entry is not None and entry.starred
        self._add(menu, "image", say("Open on canvas"), lambda: self.open_wanted.emit(path), say("Return"))
        self._add(menu, "shuffle", say("Vary"), lambda: self.vary_wanted.emit(path))
        self._add(menu, "map-pin-plus", say("Place into"), lambda: self.place_wanted.emit(path))
        self._add(menu, "columns-2", say("Compare with the canvas"), lambda: self.compare_wanted.emit(path))
        self._add(menu, "blend", say("Blend with the canvas"), lambda: self.blend_wanted.emit(path))
        if self.can_refer:
            refer = say("Refer to it in an edit")
            self._add(menu, "image-plus", refer, lambda: self.reference_wanted.emit(path))
        menu.addSeparator()
        icon, text = ("star-off", say("Remove star")) if is_starred else ("star", say("Star"))
        self._add(menu, icon, text, lambda: self._gallery.toggle_star(path), "S")
        self._fill_collections(menu.addMenu(self._theme.icon("folder-plus"), tr("Add to collection")))
        menu.addSeparator()
        self._add(menu, "copy", say("Copy"), lambda: self.copy_wanted.emit(path), "Ctrl+C")
        self._add(menu, "share", say("Export picture…"), lambda: self.export_wanted.emit(path, False))
        self._add(menu, "share", say("Export with recipe…"), lambda: self.export_wanted.emit(path, True))
        self._add(menu, "folder-open", say("Show in folder"), lambda: _show_folder(path))
        menu.addSeparator()
        self._add(menu, "trash-2", say("Move to trash"), self._delete, say("Delete"))

    def _add(self, menu: QMenu, icon: str, text: str, done: Callable[[], object], key: str = "") -> None:
        # after a tab Qt shows the text at the right, as it does with shortcuts
        action = menu.addAction(self._theme.icon(icon), f"{told(text)}\t{told(key)}" if key else told(text))
        action.triggered.connect(lambda: done())

    def _fill_collections(self, menu: QMenu) -> None:
        entries = [self._gallery.entry(path) for path in self._grid.paths]
        for name in self._gallery.collections:
            action = menu.addAction(name)
            action.setCheckable(True)
            action.setChecked(all(entry is not None and name in entry.collections for entry in entries))
            action.toggled.connect(partial(self._set_collection, name))
        if self._gallery.collections:
            menu.addSeparator()
        self._add(menu, "plus", say("New collection…"), self._filters.name_collection)

    def _set_collection(self, name: str, is_in: bool) -> None:
        (self._gallery.add_to if is_in else self._gallery.remove_from)(self._grid.paths, name)


class _SearchField(QLineEdit):
    """A field with a lens and a cross; Esc empties it, the arrow down goes on to the pictures."""

    left_downwards = Signal()

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self.setObjectName("gallery_search")
        self.setAccessibleName(tr("Search the gallery"))
        self.setPlaceholderText(tr("Search pictures and words"))
        self._lens = self.addAction(theme.icon("search"), QLineEdit.ActionPosition.LeadingPosition)
        self._cross = self.addAction(theme.icon("x"), QLineEdit.ActionPosition.TrailingPosition)
        self._cross.setToolTip(tr("Clear the search"))
        self._cross.setVisible(False)
        self._cross.triggered.connect(self.clear)
        self.textChanged.connect(self._show_cross)
        theme.changed.connect(self._dress)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc empties it first; the arrow down leaves it."""
        if event.key() == Qt.Key.Key_Escape and self.text():
            self.clear()
        elif event.key() == Qt.Key.Key_Down:
            self.left_downwards.emit()
        else:
            super().keyPressEvent(event)

    @Slot(str)
    def _show_cross(self, text: str) -> None:
        self._cross.setVisible(bool(text))

    @Slot()
    def _dress(self) -> None:
        self._lens.setIcon(self._theme.icon("search"))
        self._cross.setIcon(self._theme.icon("x"))


class _EmptyPage(QWidget):
    """Says why there are no pictures and what to do."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._icon_name = "images"
        self.setObjectName("gallery_empty")
        self._icon = QLabel()
        self._title = _centred("gallery_empty_title", "")
        self._advice = _centred("gallery_empty_advice", "second")
        self.button = TextButton(theme, tr("Clear search"))
        self.button.setObjectName("gallery_empty_button")
        self.button.setMinimumWidth(48)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(15, 0, 24, 0)
        layout.setSpacing(8)
        layout.addStretch(2)
        for widget in (self._icon, self._title, self._advice, self.button):
            is_text = widget in (self._title, self._advice)
            layout.addWidget(widget, 0, Qt.AlignmentFlag(0) if is_text else Qt.AlignmentFlag.AlignHCenter)
        layout.addStretch(3)
        theme.changed.connect(self._dress)

    def show_reason(self, icon: str, title: str, advice: str, button: str) -> None:
        """Say it; texts that are empty are left out."""
        self._icon_name = icon
        self._title.setText(told(title))
        self._advice.setText(told(advice))
        self._advice.setVisible(bool(advice))
        self.button.setText(told(button))
        self.button.setAccessibleName(told(button))
        self.button.setToolTip(told(button))
        self.button.setVisible(bool(button))
        self._dress()

    @Slot()
    def _dress(self) -> None:
        self._icon.setPixmap(self._theme.pixmap(self._icon_name, "third", 32))


def _centred(name: str, kind: str) -> QLabel:
    label = QLabel()
    label.setObjectName(name)
    label.setProperty("kind", kind)
    label.setTextFormat(Qt.TextFormat.PlainText)
    label.setAlignment(Qt.AlignmentFlag.AlignHCenter)
    label.setWordWrap(True)
    return label


def _show_folder(path: Path) -> None:
    QDesktopServices.openUrl(QUrl.fromLocalFile(str(path.parent)))
