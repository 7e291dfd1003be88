"""The project that is open: new, open, save, and the journal of what is not saved yet.

Nothing that was not saved is given up for another project: it is set aside in the journal first.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, Signal, Slot

from dalle_studio.core.errors import CannotWrite, StudioError
from dalle_studio.core.sentence import joined, say
from dalle_studio.state.arrangement import Arrangement
from dalle_studio.state.canvas import Canvas
from dalle_studio.state.composer import Composer
from dalle_studio.state.composition import Composition
from dalle_studio.state.files import Files
from dalle_studio.state.history import History
from dalle_studio.state.notices import Level, Notices
from dalle_studio.state.options import Options
from dalle_studio.state.preferences import Preferences
from dalle_studio.state.session import Session
from dalle_studio.state.snapshot import Snapshots, arrangement_of, composition_of, options_of
from dalle_studio.storage import journal
from dalle_studio.storage.decoder import PROJECT_LIMIT_S
from dalle_studio.storage.durable import previous_of
from dalle_studio.storage.journal import Left, Recovered
from dalle_studio.storage.openraster import SUFFIX, Opened, open_project, save_project
from dalle_studio.storage.project import Project

SESSIONS = "sessions"
KEPT = "kept"  # key of the notice whose button brings back what was set aside
_Facts = tuple[object, ...]


@dataclass(frozen=True, eq=False)
class Document:
    """Which project is open.

    Attributes:
        file: where Save writes; None where that is to be asked.
        suggested: where to suggest to save it; None for nowhere in particular.
        spared: a damaged file, or another program's, that must not be replaced.
        read: what was read, for what this version does not know of it.
    """

    file: Path | None = None
    suggested: Path | None = None
    spared: Path | None = None
    read: Project = field(default_factory=Project)


class Documents(QObject):
    """Projects on their way between canvas, composer and files. What fails becomes a notice.

    Args:
        canvas: what is on it belongs to the project.
        composer: so does what it holds.
        history: is cleared when another project comes.
        files: reads and writes beside the main thread.
        notices: where is told what was lost, kept and saved.
        preferences: where projects last used are remembered.
        data: folder where the journals of all sessions lie.
        parent: owner in Qt's sense.

    Signals:
        changed(): the file, the name, or whether there is something to save.
        replaced(): another project is on the canvas.
        set_aside(): what was not saved of another project is kept in the journal.
    """

    changed = Signal()
    replaced = Signal()
    set_aside = Signal()

    def __init__(
        self,
        canvas: Canvas,
        composer: Composer,
        history: History,
        files: Files,
        notices: Notices,
        preferences: Preferences,
        data: Path,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._canvas, self._composer, self._history = canvas, composer, history
        self._files, self._notices, self._preferences = files, notices, preferences
        self._snapshots = Snapshots(canvas, composer)
        self.session = Session(data / SESSIONS, self._take, self._read_journal, self)
        self._document = Document()
        self._known = self._facts()
        self._saved: _Facts | None = self._known  # None: what is there was never saved
        self._is_putting = False
        self._written: tuple[Path, _Facts] | None = None  # by a save that is not told yet
        canvas.changed.connect(self._follow)
        canvas.painted.connect(self._follow_paint)
        composer.changed.connect(self._follow)
        self.session.failed.connect(self._tell_unkept)

    @property
    def file(self) -> Path | None:
        """Where Save writes; None where that is to be asked."""
        return self._document.file

    @property
    def name(self) -> str:
        """Of the project, or else of the picture on the canvas; may be empty."""
        named, picture = self._document.file or self._document.suggested, self._canvas.picture
        return named.stem if named else picture.name if picture else ""

    @property
    def suggested(self) -> Path:
        """Where to suggest to save."""
        if self._document.file or self._document.suggested:
            return self._document.file or self._document.suggested or Path()
        recent = self._preferences.value.recent
        folder = Path(recent[0]).parent if recent else Path.home()
        return folder / f"{Path(self.name).stem or 'untitled'}{SUFFIX}"

    @property
    def is_changed(self) -> bool:
        """Whether there is something that was not saved."""
        return self._known != self._saved

    # What people do

    def new(self) -> None:
        """Begin with an empty canvas and an empty prompt. How pictures are drawn, and the tools, stay as set."""
        canvas = self._canvas
        options = Options(brush_px=canvas.brush_px, feather_px=canvas.feather_px, hardness=canvas.hardness)
        empty = Composition()
        kept = ("format", "count", "speed", "guidance_scale", "steps", "how_far", "keep")
        composition = replace(empty, **{name: getattr(self._composer.value, name) for name in kept})
        self._leave(lambda: self._put(Arrangement(), options, composition, Document()))

    def open(self, path: Path) -> None:
        """Open a project as soon as it is read. Of a damaged one, a notice tells what is lost."""
        if not path.exists():
            self._preferences.forget_recent(path)

        def read() -> tuple[Opened, Arrangement]:
            opened = self._files.decoder.call(open_project, path, limit_s=PROJECT_LIMIT_S)
            return opened, arrangement_of(opened.project)

        self._files.do(
            say("Opening {file} …", file=path.name),
            read,
            lambda both: self._leave(partial(self._show, *both)),
            key="open",
        )

    def save(self, path: Path | None = None) -> None:
        """Write the project to its file or, where a path is given, to that one from now on."""
        target = path or self._document.file
        if target is None:
            return
        if target.suffix.lower() != SUFFIX:
            target = target.with_name(target.name + SUFFIX)
        spared = self._document.spared
        if spared and target.resolve() == spared.resolve():
            problem = say("{file} is damaged or another program's, and is not replaced.", file=target.name)
            self._notices.tell_error(CannotWrite(problem, say("Save under another name.")), key="save")
            return
        project, facts = self._take(), self._facts()

        def write() -> None:
            save_project(project, target)
            self._written = target, facts

        doing = say("Saving {file} …", file=target.name)
        self._files.do(doing, write, lambda _: self._tell_saved(), key="save")

    def restore(self, left: Left) -> None:
        """Go on with what an earlier session left, or this one set aside."""

        def take_over(both: tuple[Recovered, Arrangement]) -> None:
            self._leave(lambda: self._bring_back(left, *both))

        def fail(error: StudioError) -> None:
            self._notices.tell_error(error, key="restore")

        self.session.read(left, take_over, fail)

    def close(self) -> None:
        """Wait for what is being saved; what is not saved stays in the journal. Close `Files` first."""
        self._note_saved()
        self.session.close()

    # Below

    def _leave(self, then: Callable[[], None]) -> None:
        """Make way for another project: what is not saved is set aside first, or else stays on the canvas."""
        if not self.is_changed:
            then()
            return
        name = self.name

        def kept() -> None:
            then()
            told = (
                say("What was not saved of “{name}” is kept.", name=name)
                if name
                else say("What was not saved is kept.")
            )
            self._notices.tell(told, key=KEPT, action=say("Bring it back"))
            self.set_aside.emit()

        self.session.set_aside(kept, self._tell_unkept)

    def _show(self, opened: Opened, arrangement: Arrangement) -> None:
        project, path = opened.project, opened.path
        if opened.is_whole:
            document = Document(path, read=project)
        else:
            document = Document(suggested=opened.save_path, spared=path, read=project)
        self._put(arrangement, options_of(project.options), composition_of(project.composition), document)
        if opened.is_whole:
            self._preferences.add_recent(path)
        else:
            self._tell_lost(opened)

    def _bring_back(self, left: Left, recovered: Recovered, arrangement: Arrangement) -> None:
        self.session.adopt(left)
        project = recovered.project
        document = Document(recovered.file, read=project)
        self._put(arrangement, options_of(project.options), composition_of(project.composition), document)
        self._saved = None
        self.changed.emit()
        if recovered.lost:
            lost = joined(recovered.lost, say(", "))
            told = say("Not all could be brought back. Lost: {lost}.", lost=lost)
            self._notices.tell(told, key="restore", level=Level.WARNING)

    def _put(
        self, arrangement: Arrangement, options: Options, composition: Composition, document: Document
    ) -> None:
        self._document = document
        self.session.file = document.file
        self._is_putting = True
        self._canvas.put(arrangement, options)
        self._composer.put(composition)
        self._history.clear()
        self._is_putting = False
        self._known = self._saved = self._facts()
        self.replaced.emit()
        self.changed.emit()

    def _take(self) -> Project:
        return self._snapshots.take().with_unknown_of(self._document.read)

    def _read_journal(self, folder: Path) -> tuple[Recovered, Arrangement]:
        recovered = self._files.decoder.call(journal.read, folder, limit_s=PROJECT_LIMIT_S)
        return recovered, arrangement_of(recovered.project)

    def _facts(self) -> _Facts:
        """Equal for two moments between which nothing changed that is worth saving."""
        canvas, composed = self._canvas, self._composer.value
        composed = composed if composed.seed_locked else replace(composed, seed=0)  # rolled each time
        regions = tuple(
            (each.number, each.prompt, each.painting, each.painting.revision) for each in canvas.regions
        )
        return canvas.picture, canvas.margins, canvas.intent, regions, composed

    @Slot()
    def _follow(self) -> None:
        facts = self._known if self._is_putting else self._facts()
        if facts != self._known:
            self._known = facts
            if self.is_changed:
                self.session.touch()
            else:
                self.session.clear()
            self.changed.emit()

    @Slot()
    def _follow_paint(self) -> None:
        if self._canvas.is_drawing:
            self.session.touch()

    def _note_saved(self) -> bool:
        """Take over what a save has written. Whether there was one."""
        if self._written is None:
            return False
        (target, self._saved), self._written = self._written, None
        self._document = replace(self._document, file=target, suggested=None, spared=None)
        self.session.file = target
        self._preferences.add_recent(target)
        if self.is_changed:
            self.session.touch()
        else:
            self.session.clear()
        return True

    def _tell_saved(self) -> None:
        if self._note_saved():
            self.changed.emit()
            told = say("Saved {file}.", file=self.name + SUFFIX)
            self._notices.tell(told, key="save", level=Level.DONE)

    def _tell_lost(self, opened: Opened) -> None:
        name, previous = opened.path.name, previous_of(opened.path)
        remedy = say("The file stays as it is: Save writes a new one.")
        if opened.lost:
            told = say("{file} is damaged. Lost: {lost}.", file=name, lost=joined(opened.lost, say(", ")))
            if previous.exists():
                remedy = say(
                    "The file stays as it is: Save writes a new one. {file} beside it may be whole.",
                    file=previous.name,
                )
            self._notices.tell(told, key="open", level=Level.WARNING, remedy=remedy)
        else:
            told = say(
                "{file} is damaged or another program's; what this studio knows of it was read.", file=name
            )
            self._notices.tell(told, key="open", level=Level.INFO, remedy=remedy)

    @Slot(object)
    def _tell_unkept(self, error: StudioError) -> None:
        told = say("What is not saved cannot be kept safe. {message}", message=error.message)
        self._notices.tell(told, key="journal", level=Level.ERROR, remedy=error.remedy, details=error.details)
