"""The pictures in the user's folder: search, stars, collections, families, trash, import."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path
from typing import TypeVar

import numpy as np
from PySide6.QtCore import QObject, Signal, Slot

from dalle_studio.core.errors import StudioError, UnreadableLibrary
from dalle_studio.core.picture import Picture
from dalle_studio.core.recipe import Parent, Recipe
from dalle_studio.core.sentence import say
from dalle_studio.state.background import Background, as_studio_error
from dalle_studio.state.entries import Entries, neighbour
from dalle_studio.state.imports import Imports
from dalle_studio.state.notices import Notices
from dalle_studio.state.trash import Trash
from dalle_studio.state.upkeep import Upkeep
from dalle_studio.storage.library import open_picture
from dalle_studio.storage.pictures.library import Library
from dalle_studio.storage.pictures.row import EVERYTHING, Filter, Row

ALL, STARRED, COLLECTION = "all", "starred", "collection:"
_MANY = 500  # pictures that change at once: then everything is asked for anew
_T = TypeVar("_T")


class Gallery(QObject):
    """The library of one folder. Reading it, importing and `save_later` happen on other threads.

    Signals:
        changed(): entries, count, collections, query or what is shown.
        selected_changed(): another entry is selected, or none.
        recipe_read(): `selected_recipe` is known now.
        saved(int, Row), unsaved(int, StudioError): how `save_later` with that ticket went.
        deleted(tuple[Path, ...]): these files are in the trash.
        restored(dict[Path, Path]): `undo_delete` brought these back; from the path each had to the one it has.
    """

    changed = Signal()
    selected_changed = Signal()
    recipe_read = Signal()
    saved = Signal(int, object)
    unsaved = Signal(int, object)
    deleted = Signal(object)
    restored = Signal(object)

    def __init__(self, folder: Path, notices: Notices, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._notices = notices
        self._background, self._reading = Background(self), Background(self)
        self._imports = Imports(notices, self)
        self._trash = Trash(notices)
        self._query, self._what, self._tickets = "", ALL, 0
        self._left: list[Upkeep] = []  # of folders shown before: what is saved there may take a moment
        self._entries: Entries | None = None
        self._known: Mapping[int, Row | None] = {}  # of what was shown before
        self._count: int | None = None
        self._selected: Row | None = None
        self._recipe: Recipe | None = None
        self._upkeep = self._new_upkeep(folder)
        self._imports.came.connect(self._renew)
        notices.acted.connect(self._act)

    @property
    def folder(self) -> Path:
        """Where the pictures lie. It need not be there yet."""
        return self._upkeep.folder

    def set_folder(self, folder: Path) -> None:
        """Go to another folder and read it."""
        if folder != self.folder:
            self._upkeep.leave()
            self._upkeep.altered.disconnect(self._renew)
            self._left.append(self._upkeep)
            self._upkeep = self._new_upkeep(folder)
            self._renew()
            self.refresh()

    def refresh(self) -> None:
        """See what has happened to the folder. Returns at once; `changed` tells when `entries` are others.

        What the library knows is there first, then what it finds, the newest first.
        """
        self._upkeep.look()

    def finish(self) -> None:
        """Wait for everything that is being read, saved or imported."""
        upkeeps = (*self._left, self._upkeep)
        doing = (self._background, self._reading, self._imports)
        while any(each.is_busy for each in (*doing, *upkeeps)):
            for each in (*doing, *upkeeps):
                each.finish()

    def close(self) -> None:
        """Stop reading for good; wait for what is being saved. Close `Jobs` first."""
        self._upkeep.leave()
        self._imports.close()
        self._background.finish()
        self._reading.finish()
        for upkeep in (*self._left, self._upkeep):
            upkeep.close()

    @property
    def is_reading(self) -> bool:
        """Whether the folder is being read."""
        return self._upkeep.is_looking

    # --- what is shown

    @property
    def entries(self) -> Entries:
        """What is shown and found, newest first; read page by page, as it is asked for."""
        if self._entries is None:
            ids = self._ask(lambda library: library.ids(self._filter), np.zeros(0, np.int64))
            self._entries = Entries(self._page, ids, self._known)
        return self._entries

    @property
    def count(self) -> int:
        """Number of all pictures."""
        if self._count is None:
            is_all = self._entries is not None and self._filter == EVERYTHING
            self._count = len(self.entries) if is_all else self._ask(lambda library: library.count(), 0)
        return self._count

    @property
    def query(self) -> str:
        """What is searched for."""
        return self._query

    def set_query(self, text: str) -> None:
        """Show only entries with words that begin like all these, in prompt, name, style, model or collection."""
        if text != self._query:
            self._query = text
            self._show_others()

    @property
    def shown(self) -> str:
        """“all”, “starred” or “collection:NAME”."""
        return self._what

    def show(self, what: str) -> None:
        """Show “all”, “starred” or “collection:NAME”."""
        if what != self._what:
            self._what = what
            self._show_others()

    @property
    def collections(self) -> tuple[str, ...]:
        """Names of all collections, sorted."""
        return self._ask(lambda library: library.collections(), ())

    def entry(self, path: Path) -> Row | None:
        """The entry of that file, shown or not."""
        return self._ask(lambda library: library.row(path), None)

    @property
    def selected(self) -> Row | None:
        """The entry that is selected."""
        return self._selected

    @property
    def selected_recipe(self) -> Recipe | None:
        """How the selected picture was made; None where it does not tell, or has not been read yet."""
        return self._recipe

    def select(self, path: Path | None) -> None:
        """Select an entry, or none."""
        self._select(self.entry(path) if path is not None else None)

    def recipe(self, entry: Row) -> Recipe | None:
        """How a picture was made; None where it does not tell. Takes a millisecond or a few."""
        if self._recipe is not None and self._selected == entry:
            return self._recipe
        return self._ask(lambda library: library.recipe(entry), None)

    def thumbnail(self, entry: Row, side_px: int) -> bytes:
        """A small JPEG of 256 or 512 px. For other threads. Raises CannotWrite, UnreadablePicture."""
        return self._upkeep.open().thumbnail(entry, side_px)

    def parents(self, entry: Row | Recipe) -> tuple[Row | Parent, ...]:
        """What it was made from; a Parent stands for a picture that is not in the folder."""
        return self._ask(lambda library: library.parents(entry.parents), entry.parents)

    def children(self, entry: Row) -> tuple[Row, ...]:  # type: ignore[reportIncompatibleMethodOverride]
        """What was made from it, oldest first."""
        return self._ask(lambda library: library.children(entry), ())

    # --- pictures in and out

    def save(self, picture: Picture, stem: str) -> Row:
        """Write a picture now. Takes 50 to 250 ms for 1024 × 1024: prefer `save_later`.

        Raises CannotWrite, UnreadableLibrary.
        """
        entry = self._upkeep.open().save(picture, stem)
        self._follow([entry.id])
        return entry

    def save_later(self, picture: Picture | Callable[[], Picture], stem: str) -> int:
        """Write a picture on another thread; returns a ticket, which `saved` or `unsaved` carries.

        `picture` may be a function that makes it; that runs there too.
        """
        self._tickets += 1
        ticket, upkeep = self._tickets, self._upkeep

        def tell(entry: Row) -> None:
            if upkeep is self._upkeep:
                self._follow([entry.id])
            self.saved.emit(ticket, entry)

        def fail(error: Exception) -> None:
            if isinstance(error, UnreadableLibrary):
                upkeep.deal_with(error)
            self.unsaved.emit(ticket, as_studio_error(error))

        def write() -> Row:
            made = picture if isinstance(picture, Picture) else picture()
            return upkeep.open().save(made, stem)

        self._background.do(write, tell, fail)
        return ticket

    def open(self, path: Path) -> Picture:
        """Read a picture with its recipe. Raises UnreadablePicture."""
        entry = self.entry(path)
        return self._upkeep.open().open(entry) if entry else open_picture(path)

    def import_folder(self, source: Path) -> None:
        """Copy every picture of a folder, and of those in it, into the library. Returns at once; notices tell."""
        if source.resolve().is_relative_to(self.folder.resolve()):
            told = say("{folder} is in the gallery's own folder.", folder=source.name)
            self._notices.tell(told, key="import")
            self.refresh()
        else:
            self._imports.start(source, self._upkeep.open)

    def recipe_of(self, parent: Parent) -> Recipe | None:
        """How a source picture was made, where it is here and tells. For other threads."""
        library = self._upkeep.open()
        (found,) = library.parents([parent])
        return library.recipe(found) if isinstance(found, Row) else None

    # --- stars, kept, collections

    def toggle_star(self, path: Path) -> None:
        """Star an entry, or take its star away."""
        if (entry := self.entry(path)) is not None:
            self._mark([entry], lambda library, ids: library.set_star(ids, not entry.starred))

    def set_kept(self, paths: Iterable[Path], kept: bool) -> None:
        """Mark entries as kept, or not, in one go."""
        self._mark(self._entries_of(paths), lambda library, ids: library.set_kept(ids, kept))

    def add_to(self, paths: Iterable[Path], collection: str) -> None:
        """Put entries into a collection, which comes to be with its first one."""
        self._mark(self._entries_of(paths), lambda library, ids: library.add_to(ids, collection))

    def remove_from(self, paths: Iterable[Path], collection: str) -> None:
        """Take entries out of a collection, which ends with its last one."""
        self._mark(self._entries_of(paths), lambda library, ids: library.remove_from(ids, collection))

    # --- trash

    def delete(self, paths: Iterable[Path]) -> None:
        """Move files to the system's trash, or to a “.trash” beside them; a notice offers “Undo”."""
        gone = self._trash.delete(self._entries_of(paths))
        if not gone:
            return
        shown, ids = self.entries, {entry.id for entry in gone}
        self._mark(gone, lambda library, ids: library.forget(ids))
        if self._selected is not None and self._selected.id in ids:
            self._select(neighbour(shown, self._selected.id, ids))
        self.deleted.emit(tuple(entry.path for entry in gone))

    def undo_delete(self) -> None:
        """Bring back what the last `delete` took away, with its star and collections."""
        back = self._trash.undo()

        def bring_back(library: Library, _: Sequence[int]) -> None:
            for entry, path in back:
                library.bring_back(entry.id, path)

        self._mark([entry for entry, _ in back], bring_back)
        if back:
            self.restored.emit({entry.path: path for entry, path in back})

    # --- inside

    @property
    def _filter(self) -> Filter:
        collection = self._what.removeprefix(COLLECTION)
        return Filter(
            query=self._query,
            starred=self._what == STARRED,
            collection=collection if collection != self._what else "",
        )

    def _new_upkeep(self, folder: Path) -> Upkeep:
        upkeep = Upkeep(folder, self._notices, self)
        upkeep.altered.connect(self._renew)
        return upkeep

    def _ask(self, question: Callable[[Library], _T], otherwise: _T) -> _T:
        """An answer of the library; `otherwise` while it is not open, and where it cannot be read."""
        try:
            return question(self._upkeep.library) if self._upkeep.library else otherwise
        except StudioError as error:
            self._upkeep.deal_with(error)
            return otherwise

    def _page(self, ids: Iterable[int]) -> tuple[Row, ...]:
        return self._ask(lambda library: library.page(ids), ())

    def _entries_of(self, paths: Iterable[Path]) -> list[Row]:
        return [entry for path in dict.fromkeys(paths) if (entry := self.entry(path)) is not None]

    def _show_others(self) -> None:
        self._known, self._entries = self.entries.known, None
        self.changed.emit()

    @Slot()
    def _renew(self) -> None:
        """Anything may be otherwise than it was."""
        self._entries, self._known, self._count = None, {}, None
        self._select(next(iter(self._page([self._selected.id])), None) if self._selected else None)
        self.changed.emit()

    def _mark(self, entries: list[Row], change: Callable[[Library, Sequence[int]], None]) -> None:
        """Change these pictures in the library, then show them so."""
        ids, upkeep = [entry.id for entry in entries], self._upkeep
        if ids:
            try:
                change(upkeep.open(), ids)
            except StudioError as error:
                upkeep.deal_with(error)
            self._follow(ids)

    def _follow(self, ids: Sequence[int]) -> None:
        """Show these pictures as they are now."""
        if len(ids) > _MANY:
            self._renew()
            return
        if self._entries is not None:
            rows, fitting = self._page(ids), self._ask(lambda library: library.ids(self._filter, ids), None)
            self._entries = self._entries.updated(ids, rows, fitting) if fitting is not None else None
        self._count = None
        if self._selected is not None and self._selected.id in ids:
            self._select(next(iter(self._page([self._selected.id])), self._selected))
        self.changed.emit()

    def _select(self, entry: Row | None) -> None:
        before, self._selected = self._selected, entry
        is_other = (entry.id if entry else None) != (before.id if before else None)
        if is_other:
            self._recipe = None
            self.selected_changed.emit()
        if entry is not None and (is_other or (before and before.modified_ns != entry.modified_ns)):
            self._read_recipe(entry)

    def _read_recipe(self, entry: Row) -> None:
        upkeep = self._upkeep

        def take(recipe: Recipe | None) -> None:
            if self._selected is not None and self._selected.id == entry.id:
                self._recipe = recipe
                self.recipe_read.emit()

        self._reading.do(lambda: upkeep.open().recipe(entry), take, upkeep.deal_with)

    @Slot(str)
    def _act(self, key: str) -> None:
        if key == "delete":
            self.undo_delete()
