"""Models from a file or folder of the user's: what it is, first, and then its copy among the installed ones."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal, Slot

from dalle_studio.core.errors import StudioError
from dalle_studio.core.model import AddOn, Licence, Model
from dalle_studio.core.sentence import say
from dalle_studio.state.background import Background
from dalle_studio.state.installs import as_told, seldom
from dalle_studio.state.model_store import ModelStore
from dalle_studio.state.notices import Level, Notices

if TYPE_CHECKING:
    from dalle_studio.storage.models.importing import Found


class ModelImport(QObject):
    """Looks at one file or folder at a time.

    Attributes:
        path: what is being looked at, or was found; None for nothing.
        found: what it is; None before that is known.
        problem: why it cannot be taken in.
        share: of the copy that is done, 0 to 1; None where nothing is being copied.

    Signals:
        changed(): any of these.
        came(str): that name is installed now.
    """

    changed = Signal()
    came = Signal(str)
    _progressed = Signal(object, object)  # bytes need more than the 32 bits of an int

    def __init__(self, store: ModelStore, notices: Notices, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._store, self._notices = store, notices
        self._background = Background(self)
        self.path: Path | None = None
        self.found: Found | None = None
        self.problem: StudioError | None = None
        self.share: float | None = None
        self._progressed.connect(self._show_progress)

    @property
    def is_looking(self) -> bool:
        """Whether something is being looked at."""
        return self.path is not None and self.found is None and self.problem is None

    def look(self, path: Path) -> None:
        """Find out what a file or folder is. While something is being copied, nothing happens."""
        if self.share is not None or self.is_looking:
            return
        self.path, self.found, self.problem = path, None, None
        self._background.do(lambda: self._store.inspect(path), self._take, self._fail)
        self.changed.emit()

    def drop(self) -> None:
        """Leave what was found where it is."""
        if self.share is None and not self.is_looking:
            self._clear()

    def take_in(self, name: str, licence: Licence) -> None:
        """Copy what was found to the installed models, under that name."""
        path = self.path
        if path is None or self.found is None or self.share is not None:
            return
        self.share, self.problem = 0.0, None

        def copy() -> Model | AddOn:
            return self._store.import_model(path, name, licence, seldom(self._progressed.emit))

        self._background.do(copy, self._copied, self._fail)
        self.changed.emit()

    def finish(self) -> None:
        """Wait for what is being looked at or copied."""
        self._background.finish()

    def _take(self, found: Found) -> None:
        self.found = found
        self.changed.emit()

    def _copied(self, made: Model | AddOn) -> None:
        self.share = None
        self._clear()
        told = say("{model} is imported.", model=made.label)
        self._notices.tell(told, key=f"installed:{made.name}", level=Level.DONE)
        self.came.emit(made.name)

    def _fail(self, error: Exception) -> None:
        self.problem, self.share = as_told(error), None
        self.changed.emit()

    def _clear(self) -> None:
        self.path = self.found = self.problem = None
        self.changed.emit()

    @Slot(object, object)
    def _show_progress(self, done: int, total: int) -> None:
        if self.share is not None:
            self.share = done / max(1, total)
            self.changed.emit()
