"""The one door for messages to the user: what happened, what to do about it, and what can be pressed."""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import StrEnum

from PySide6.QtCore import QObject, Signal

from dalle_studio.core.errors import StudioError

MAX_NOTICES = 5


class Level(StrEnum):
    """How much a notice matters."""

    INFO = "info"
    DONE = "done"
    WARNING = "warning"
    ERROR = "error"


@dataclass(frozen=True, kw_only=True)
class Notice:
    """One message.

    Attributes:
        number: unique while the program runs.
        text: a sentence.
        level: how much it matters.
        key: a later notice with the same key takes its place; empty: none does.
        remedy: a sentence that says what to do; may be empty.
        details: for “Copy details”; may be empty.
        action: label of a button; empty for none.
        lasts: whether it stays until it is taken away, because it tells of something that goes on.
    """

    number: int
    text: str
    level: Level = Level.INFO
    key: str = ""
    remedy: str = ""
    details: str = ""
    action: str = ""
    lasts: bool = False


class Notices(QObject):
    """The messages that are on show, the newest last.

    Signals:
        changed(): the messages are others now.
        acted(str): the button of the notice with that key was pressed.
    """

    changed = Signal()
    acted = Signal(str)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._notices: tuple[Notice, ...] = ()
        self._numbers = 0

    @property
    def notices(self) -> tuple[Notice, ...]:
        """At most five, the newest last."""
        return self._notices

    def tell(
        self,
        text: str,
        *,
        key: str = "",
        level: Level = Level.INFO,
        remedy: str = "",
        details: str = "",
        action: str = "",
        lasts: bool = False,
    ) -> int:
        """Show a message in place of the one with the same key, if there is one; returns its number."""
        self._numbers += 1
        notice = Notice(
            number=self._numbers,
            text=text,
            level=level,
            key=key,
            remedy=remedy,
            details=details,
            action=action,
            lasts=lasts,
        )
        others = [other for other in self._notices if not key or other.key != key]
        self._show((*others, notice)[-MAX_NOTICES:])
        return notice.number

    def tell_error(self, error: StudioError, key: str = "") -> int:
        """Show what went wrong and what to do about it; returns the notice's number."""
        return self.tell(
            error.message, key=key, level=Level.ERROR, remedy=error.remedy, details=error.details
        )

    def retell(self, number: int, text: str) -> None:
        """Say something else in a message that is on show. One that has gone by itself is no error."""
        self._show(
            tuple(replace(each, text=text) if each.number == number else each for each in self._notices)
        )

    def dismiss(self, number: int) -> None:
        """Take a message away. One that has gone by itself is no error."""
        left = tuple(notice for notice in self._notices if notice.number != number)
        if left != self._notices:
            self._show(left)

    def act(self, number: int) -> None:
        """Press the button of a message, which goes away by that."""
        for notice in self._notices:
            if notice.number == number and notice.action:
                self.dismiss(number)
                self.acted.emit(notice.key)

    def _show(self, notices: tuple[Notice, ...]) -> None:
        self._notices = notices
        self.changed.emit()
