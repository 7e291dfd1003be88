"""What the studio remembers of its user's choices, from one start to the next."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

from PySide6.QtCore import QObject, Signal

from dalle_studio.core.sentence import say
from dalle_studio.state.background import Background, as_studio_error
from dalle_studio.state.notices import Level, Notices
from dalle_studio.storage.settings import MAX_RECENT, Settings, SettingsFile

_KEY = "settings"


class Preferences(QObject):
    """The settings as they stand. They are written beside the main thread.

    Args:
        path: of their file, which is read at once.
        notices: where it is told that they could not be read or written.
        parent: owner in Qt's sense.

    Signals:
        changed(): the value is another now.
    """

    changed = Signal()

    def __init__(self, path: Path, notices: Notices, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._notices = notices
        self._file = SettingsFile(path)
        self._value = self._file.value
        self._background = Background(self)
        aside = self._file.set_aside
        if aside:
            told = say(
                "The settings were damaged and begin anew. What was there is kept as {file}.", file=aside.name
            )
            notices.tell(told, key=_KEY, level=Level.WARNING)

    @property
    def value(self) -> Settings:
        """The settings as they stand."""
        return self._value

    def change(self, **changes: Any) -> None:
        """Set some of them, by their names."""
        self._take(replace(self._value, **changes), lambda: self._file.change(**changes))

    def add_recent(self, path: Path) -> None:
        """Put a file first in the list of those last used."""
        others = [each for each in self._value.recent if each != str(path)]
        recent = (str(path), *others)[:MAX_RECENT]
        self._take(replace(self._value, recent=recent), lambda: self._file.add_recent(path))

    def forget_recent(self, path: Path) -> None:
        """Take a file out of that list."""
        recent = tuple(each for each in self._value.recent if each != str(path))
        self._take(replace(self._value, recent=recent), lambda: self._file.forget_recent(path))

    def close(self) -> None:
        """Wait for what is being written."""
        self._background.finish()

    def _take(self, value: Settings, write: Callable[[], None]) -> None:
        if value != self._value:
            self._value = value
            self._background.do(write, lambda _: None, self._tell)
            self.changed.emit()

    def _tell(self, error: Exception) -> None:
        self._notices.tell_error(as_studio_error(error), _KEY)
