"""The pictures in the user's folder: search, stars, collections, families, trash, export."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace
from operator import attrgetter
from pathlib import Path

from PySide6.QtCore import QObject, Signal, Slot

from dalle_studio.core.errors import CannotWrite
from dalle_studio.core.picture import Picture
from dalle_studio.core.recipe import Parent, Recipe
from dalle_studio.state.background import Background, as_studio_error
from dalle_studio.state.entry import Entry, children_of, mark_of, marked, neighbour, parents_of, renamed
from dalle_studio.state.notices import Level, Notices
from dalle_studio.state.shelf import Shelf, fingerprints, open_entry, write_picture
from dalle_studio.state.trash import Trash
from dalle_studio.storage.albums import FILE, Albums, Mark
from dalle_studio.storage.export import export_picture

ALL, STARRED, COLLECTION = "all", "starred", "collection:"
FIRST_PICTURES = 100  # fill the window at once, while the rest of a large folder is read


class Gallery(QObject):
    """The entries of one folder. Reading it, exporting and `save_later` happen on another thread.

    Signals:
        changed(): entries, count, collections, query or what is shown.
        selected_changed(): another entry is selected, or none.
        saved(int, Entry), unsaved(int, StudioError): how `save_later` with that ticket went.
        deleted(tuple[Path, ...]): these files are in the trash.
        restored(dict[Path, Path]): `undo_delete` brought these back; from the path each had to the one it has.
    """

    changed = Signal()
    selected_changed = Signal()
    saved = Signal(int, object)
    unsaved = Signal(int, object)
    deleted = Signal(object)
    restored = Signal(object)

    def __init__(self, folder: Path, notices: Notices, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._notices = notices
        self._background = Background(self)
        self._query, self._what, self._tickets = "", ALL, 0
        self._trash = Trash(notices)
        self._is_reading = False
        self._selected: Path | None = None
        self._is_closed = False
        self._open_folder(folder)
        notices.acted.connect(self._act)

    @property
    def folder(self) -> Path:
        """Where the pictures lie. It need not be there yet."""
        return self._folder

    def set_folder(self, folder: Path) -> None:
        """Go to another folder and read it."""
        if folder != self._folder:
            self._open_folder(folder)
            self.select(None)
            self.changed.emit()
            self.refresh()

    def refresh(self) -> None:
        """Read the folder anew. Returns at once; `changed` tells when `entries` are there.

        Of a folder that was never read, the newest pictures come first, the others a little later.
        """
        if self._is_reading:
            self._is_outdated = True
        elif not self._is_closed:
            self._is_reading = True
            self._read(None if self._entries else FIRST_PICTURES)

    def finish(self) -> None:
        """Wait for everything that is being read, saved or exported."""
        self._background.finish()

    def close(self) -> None:
        """Stop reading for good; wait for what is being saved or exported. Close `Jobs` first."""
        self._is_closed = True
        self._shelf.stop()
        self._background.finish()

    @property
    def is_reading(self) -> bool:
        """Whether the folder is being read."""
        return self._is_reading

    # --- what is shown

    @property
    def entries(self) -> tuple[Entry, ...]:
        """What is shown and found, newest first."""
        if self._found is None:
            everyone, words = self._entries.values(), self._query.casefold().split()
            shows_all = not words and self._what == ALL
            found = everyone if shows_all else (each for each in everyone if self._shows(each, words))
            self._found = tuple(sorted(found, key=attrgetter("age"), reverse=True))
        return self._found

    @property
    def count(self) -> int:
        """Number of all pictures."""
        return len(self._entries)

    @property
    def query(self) -> str:
        """What is searched for."""
        return self._query

    def set_query(self, text: str) -> None:
        """Show only entries with all these words in prompt, name, style, verb or collection."""
        if text != self._query:
            self._query = text
            self._changed()

    @property
    def shown(self) -> str:
        """“all”, “starred” or “collection:NAME”."""
        return self._what

    def show(self, what: str) -> None:
        """Show “all”, “starred” or “collection:NAME”."""
        if what != self._what:
            self._what = what
            self._changed()

    @property
    def collections(self) -> tuple[str, ...]:
        """Names of all collections, sorted."""
        found = {name for entry in self._entries.values() for name in entry.collections}
        return tuple(sorted(found, key=str.casefold))

    def entry(self, path: Path) -> Entry | None:
        """The entry of that file, shown or not."""
        return self._entries.get(path)

    @property
    def selected(self) -> Entry | None:
        """The entry that is selected."""
        return self._entries.get(self._selected) if self._selected else None

    def select(self, path: Path | None) -> None:
        """Select an entry, or none."""
        path = path if path in self._entries else None
        if path != self._selected:
            self._selected = path
            self.selected_changed.emit()

    def parents(self, entry: Entry | Recipe) -> tuple[Entry | Parent, ...]:
        """What it was made from; a Parent stands for a picture that is not in the folder."""
        return parents_of(entry.parents, self._entries.values())

    def children(self, entry: Entry) -> tuple[Entry, ...]:  # type: ignore[reportIncompatibleMethodOverride]
        """What was made from it, oldest first."""
        return children_of(entry, self._entries.values())

    # --- pictures in and out

    def save(self, picture: Picture, stem: str) -> Entry:
        """Write a picture now. Takes 50 to 250 ms for 1024 × 1024: prefer `save_later`. Raises CannotWrite."""
        return self._add(write_picture(picture, self._folder, stem))

    def save_later(self, picture: Picture | Callable[[], Picture], stem: str) -> int:
        """Write a picture on another thread; returns a ticket, which `saved` or `unsaved` carries.

        `picture` may be a function that makes it; that runs there too.
        """
        self._tickets += 1
        ticket, folder = self._tickets, self._folder

        def tell(entry: Entry) -> None:
            self.saved.emit(ticket, self._add(entry))

        def fail(error: Exception) -> None:
            self.unsaved.emit(ticket, as_studio_error(error))

        def write() -> Entry:
            return write_picture(picture if isinstance(picture, Picture) else picture(), folder, stem)

        self._background.do(write, tell, fail)
        return ticket

    def open(self, path: Path) -> Picture:
        """Read a picture with its recipe. Raises UnreadablePicture."""
        entry = self._entries.get(path)
        return open_entry(path, entry.recipe if entry else None)

    def export(self, source: Path | Picture, target: Path, with_recipe: bool) -> None:
        """Write a copy of an entry, or any picture, as PNG, JPEG or WebP, by the target's suffix.

        Replaces the target, but never a picture of this gallery. Returns at once; a notice says when it is done.
        """
        if target in self._entries:
            self._notices.tell(
                f"{target.name} is a picture of the gallery.",
                key="export",
                level=Level.ERROR,
                remedy="Choose another name or another folder, so that nothing is lost.",
            )
            return
        entry = self._entries.get(source) if isinstance(source, Path) else None
        recipe = entry.recipe if entry else None

        def export() -> None:
            picture = source if isinstance(source, Picture) else open_entry(source, recipe)
            export_picture(picture, target, with_recipe)

        def done(_: None) -> None:
            self._notices.tell(f"Exported {target.name}.", key="export", level=Level.DONE)
            if target.parent == self._folder:
                self.refresh()

        def fail(error: Exception) -> None:
            self._notices.tell_error(as_studio_error(error), "export")

        self._background.do(export, done, fail)

    # --- stars, kept, collections

    def toggle_star(self, path: Path) -> None:
        """Star an entry, or take its star away."""
        if (entry := self._entries.get(path)) is not None:
            self._mark([replace(entry, starred=not entry.starred)])

    def set_kept(self, path: Path, kept: bool) -> None:
        """Mark an entry as kept, or not."""
        self.set_all_kept([path], kept)

    def set_all_kept(self, paths: Iterable[Path], kept: bool) -> None:
        """Mark entries as kept, or not, in one go."""
        entries = [self._entries[path] for path in paths if path in self._entries]
        self._mark([replace(entry, kept=kept) for entry in entries])

    def add_to(self, path: Path, collection: str) -> None:
        """Put an entry into a collection, which comes to be with its first one."""
        name, entry = " ".join(collection.split()), self._entries.get(path)
        if entry is not None and name and name not in entry.collections:
            self._mark([replace(entry, collections=tuple(sorted((*entry.collections, name))))])

    def remove_from(self, path: Path, collection: str) -> None:
        """Take an entry out of a collection, which ends with its last one."""
        if (entry := self._entries.get(path)) is not None and collection in entry.collections:
            left = tuple(name for name in entry.collections if name != collection)
            self._mark([replace(entry, collections=left)])

    # --- trash

    def delete(self, paths: Iterable[Path]) -> None:
        """Move files to the system's trash, or to “<folder>/.trash” where that fails. A notice offers “Undo”."""
        wanted = [self._entries[path] for path in dict.fromkeys(paths) if path in self._entries]
        gone = {entry.path for entry in self._trash.delete(wanted)}
        if gone:
            self._forget(gone)

    def undo_delete(self) -> None:
        """Bring back what the last `delete` took away, with its star and collections."""
        back = self._trash.undo()
        here = [new for _, new in back if new.path.parent == self._folder]
        self._entries.update({entry.path: entry for entry in here})
        self._mark(here)
        if back:
            self.restored.emit({old.path: new.path for old, new in back})

    # --- inside

    def _open_folder(self, folder: Path) -> None:
        self._folder = folder
        self._albums, self._shelf = Albums(folder), Shelf(folder)
        self._entries: dict[Path, Entry] = {}
        self._found: tuple[Entry, ...] | None = None
        self._is_outdated = True

    def _shows(self, entry: Entry, words: list[str]) -> bool:
        collection = self._what.removeprefix(COLLECTION)
        if self._what == STARRED and not entry.starred:
            return False
        if collection != self._what and collection not in entry.collections:
            return False
        return not words or all(word in entry.words for word in words)

    def _changed(self) -> None:
        self._found = None
        self.changed.emit()

    def _read(self, newest: int | None) -> None:
        self._is_outdated = False
        self._read_albums()
        shelf, marks = self._shelf, self._albums.marks

        def take(entries: dict[Path, Entry]) -> None:
            if self._is_closed:
                self._is_reading = False
            elif self._is_outdated or shelf is not self._shelf:
                self._read(newest)
            else:
                self._take(entries, is_all=newest is None)

        def fail(error: Exception) -> None:
            self._is_reading = False
            self._changed()
            if shelf is not self._shelf:
                self.refresh()
            elif isinstance(error, OSError):
                self._tell_unreadable(error)
            else:
                raise error

        self._background.do(lambda: shelf.read(marks, newest), take, fail)

    def _take(self, entries: dict[Path, Entry], is_all: bool) -> None:
        for path in entries.keys() & self._entries.keys():
            entry, known = entries[path], self._entries[path]
            if entry.modified_ns == known.modified_ns and known.sha256 not in ("", entry.sha256):
                entries[path] = replace(entry, sha256=known.sha256)
        self._entries = entries
        self._is_reading = not is_all
        self._changed()
        if is_all:
            self.select(self._selected)  # which may be gone
            self._look_for_renamed()
        else:
            self._read(None)

    def _tell_unreadable(self, error: OSError) -> None:
        self._notices.tell(
            f"The folder {self._folder} cannot be read: {error.strerror}.",
            key="folder",
            level=Level.ERROR,
            remedy="Check who may read it, or use another folder.",
            details=repr(error),
        )

    def _read_albums(self) -> None:
        aside = self._albums.refresh()
        if aside is not None:
            self._notices.tell(
                f"The file of stars and collections was damaged. It is kept as {aside.name}.",
                key="albums",
                level=Level.WARNING,
                remedy=f"To go back to an older copy, put it in place of {FILE}.",
            )

    def _look_for_renamed(self) -> None:
        """Files that were renamed elsewhere keep their marks: same length, then same pixels."""
        lost, suspects = renamed(self._entries.values(), self._albums.marks)
        if suspects:
            self._background.do(lambda: fingerprints(suspects), lambda found: self._move_marks(lost, found))

    def _move_marks(self, lost: dict[str, Mark], found: dict[Path, str]) -> None:
        here = {path: sha256 for path, sha256 in found.items() if sha256 in lost and path in self._entries}
        self._mark([marked(replace(self._entries[path], sha256=x), lost[x]) for path, x in here.items()])

    def _mark(self, entries: list[Entry]) -> None:
        """Take these entries over, written down first."""
        if not entries:
            return
        self._read_albums()
        try:
            self._albums.put({entry.name: mark_of(entry) for entry in entries})
        except CannotWrite as error:
            self._notices.tell_error(error, "albums")
        else:
            self._entries.update({entry.path: entry for entry in entries})
        self._is_outdated = True
        self._changed()

    def _add(self, entry: Entry) -> Entry:
        """Take a new file over; an old mark of that name was another picture's."""
        if entry.path.parent == self._folder:
            if self._albums.of(entry.name).says_something:
                self._mark([entry])
            self._entries[entry.path] = entry
            self._is_outdated = True
            self._changed()
        return entry

    def _forget(self, paths: set[Path]) -> None:
        shown = self.entries
        for path in paths:
            del self._entries[path]
        self._is_outdated = True
        self._changed()
        if self._selected in paths:
            self.select(neighbour(shown, self._selected, paths))
        self.deleted.emit(tuple(paths))

    @Slot(str)
    def _act(self, key: str) -> None:
        if key == "delete":
            self.undo_delete()
