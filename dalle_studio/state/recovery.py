"""What earlier sessions left without saving: to be brought back, left for later, or discarded."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QObject, Signal, Slot

from dalle_studio.core.errors import StudioError
from dalle_studio.core.picture import Picture
from dalle_studio.core.sentence import say
from dalle_studio.state.background import Background
from dalle_studio.state.canvas import Canvas
from dalle_studio.state.documents import KEPT, Documents
from dalle_studio.state.files import Files
from dalle_studio.state.notices import Notices
from dalle_studio.state.snapshot import composition_of
from dalle_studio.storage.decoder import PROJECT_LIMIT_S
from dalle_studio.storage.journal import Glance, Left, glance

_DISCARDED = "discarded"  # key of the notice whose button undoes it


@dataclass(frozen=True, eq=False)
class Work:
    """One piece of work that was not saved.

    Attributes:
        left: its journal.
        is_read: whether the following is known yet.
        picture: a small copy of what was on the canvas, with its regions; None where there was nothing.
        sentence: what was composed; may be empty.
        regions: how many were on the picture.
        picture_name: may be empty.
    """

    left: Left
    is_read: bool = False
    picture: Picture | None = None
    sentence: str = ""
    regions: int = 0
    picture_name: str = ""

    @property
    def name(self) -> str:
        """Of its file, or of its picture, or what was composed; never empty."""
        file = self.left.file
        return (file.stem if file else self.picture_name or self.sentence) or say("Untitled")


class Recovery(QObject):
    """The list of what can be brought back, and whether it is on show.

    It gives way as soon as another picture comes to the canvas. What is discarded is deleted when the studio ends,
    and can be taken back until then.

    Signals:
        changed(): the list, what is known of one, or whether it is on show.
    """

    changed = Signal()

    def __init__(
        self,
        documents: Documents,
        canvas: Canvas,
        files: Files,
        notices: Notices,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._documents, self._canvas, self._files, self._notices = documents, canvas, files, notices
        self._background = Background(self)
        self._works: tuple[Work, ...] = ()
        self._discarded: dict[Path, Work] = {}
        self._is_open = self._is_closed = False
        self._over: Picture | None = None  # what was on the canvas when the list came on show
        documents.set_aside.connect(self._look_again)
        documents.replaced.connect(self._start_over)
        canvas.changed.connect(self._give_way)
        notices.acted.connect(self._act)

    @property
    def works(self) -> tuple[Work, ...]:
        """What can be brought back, the last written first."""
        return tuple(work for work in self._works if work.left.folder not in self._discarded)

    @property
    def is_open(self) -> bool:
        """Whether the list is on show."""
        return self._is_open and bool(self.works)

    def look(self) -> None:
        """Find what earlier sessions left, and show it where there is anything. Call it once at the start."""
        self._look(self.open)

    def open(self) -> None:
        """Show the list."""
        self._over = self._canvas.picture
        self._set_open(True)

    def later(self) -> None:
        """Leave everything where it is: it can be brought back at any time, also after the next start."""
        self._set_open(False)

    def restore(self, work: Work) -> None:
        """Go on with it. What is on the canvas and not saved takes its place in the list."""
        self._documents.restore(work.left)

    def discard(self, work: Work) -> None:
        """Take it off the list; a notice offers to undo that."""
        self._discarded[work.left.folder] = work
        told = say("Discarded “{name}”.", name=_short(work.name))
        self._notices.tell(told, key=_DISCARDED, action=say("Undo"))
        self.changed.emit()

    def close(self) -> None:
        """Delete what was discarded. Call it before `Documents.close`."""
        self._is_closed = True
        self._background.finish()
        for work in self._discarded.values():
            self._documents.session.discard(work.left)
        self._discarded = {}

    def _look(self, then: Callable[[], None]) -> None:
        def take(found: tuple[Left, ...]) -> None:
            if self._is_closed:
                return
            known: Mapping[tuple[Path, float], Work] = {
                (work.left.folder, work.left.changed_s): work for work in self._works
            }
            self._works = tuple(known.get((left.folder, left.changed_s), Work(left)) for left in found)
            for work in self._works:
                if not work.is_read:
                    self._read(work.left)
            then()
            self.changed.emit()

        if not self._is_closed:
            self._documents.session.look(take)

    def _read(self, left: Left) -> None:
        def take(seen: Glance) -> None:
            sentence = composition_of(seen.composition).sentence
            work = Work(left, True, seen.picture, sentence, seen.regions, seen.name)
            self._works = tuple(work if each.left is left else each for each in self._works)
            self.changed.emit()

        def look() -> Glance:
            if self._is_closed:
                return Glance()
            return self._files.decoder.call(glance, left.folder, limit_s=PROJECT_LIMIT_S)

        def fail(error: Exception) -> None:
            if not isinstance(error, StudioError):
                raise error
            take(Glance())  # restoring it tells why

        self._background.do(look, take, fail)

    def _set_open(self, is_open: bool) -> None:
        if is_open != self._is_open:
            self._is_open = is_open
            self.changed.emit()

    @Slot()
    def _look_again(self) -> None:
        self._look(lambda: None)

    @Slot()
    def _start_over(self) -> None:
        self._set_open(False)
        self._look_again()

    @Slot()
    def _give_way(self) -> None:
        if self._is_open and self._canvas.picture is not self._over:
            self._set_open(False)

    @Slot(str)
    def _act(self, key: str) -> None:
        if key == _DISCARDED and self._discarded:
            self._discarded.popitem()
            self.changed.emit()
        elif key == KEPT:
            self._look(self._restore_newest)

    def _restore_newest(self) -> None:
        if self.works:
            self.restore(self.works[0])


def _short(name: str) -> str:
    return name if len(name) <= 40 else f"{name[:39]}…"
