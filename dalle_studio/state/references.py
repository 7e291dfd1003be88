"""Pictures that an instruction may speak of, beside the one it changes."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QObject, Signal

from dalle_studio.core.errors import InvalidRequest
from dalle_studio.core.picture import Picture
from dalle_studio.core.request import MAX_REFERENCES
from dalle_studio.core.sentence import say
from dalle_studio.state.files import Files
from dalle_studio.state.notices import Notices


class References(QObject):
    """Up to three pictures; they stay until they are taken away.

    Signals:
        changed(): `pictures` are others.
    """

    changed = Signal()

    def __init__(self, files: Files, notices: Notices, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._files, self._notices = files, notices
        self.pictures: tuple[Picture, ...] = ()

    @property
    def is_full(self) -> bool:
        """Whether no more can be added."""
        return len(self.pictures) >= MAX_REFERENCES

    def add(self, picture: Picture) -> None:
        """One more; a notice says so where there are three already."""
        if self.is_full:
            told = say("There are {count} reference pictures already.", count=MAX_REFERENCES)
            error = InvalidRequest(told, say("Take one away first."))
            self._notices.tell_error(error, key="references")
            return
        self.pictures = (*self.pictures, picture)
        self.changed.emit()

    def add_file(self, path: Path) -> None:
        """The same with a picture from a file, as soon as it is read."""
        self._files.open(path, self.add)

    def remove(self, index: int) -> None:
        """Take one away."""
        self.pictures = (*self.pictures[:index], *self.pictures[index + 1 :])
        self.changed.emit()

    def clear(self) -> None:
        """Take all away."""
        if self.pictures:
            self.pictures = ()
            self.changed.emit()
