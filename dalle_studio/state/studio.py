"""The studio: owns the rest of the state and turns what people want into jobs. Tests drive it without a window."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, QTemporaryDir, Signal, Slot

from dalle_studio.core.errors import InvalidRequest, StudioError
from dalle_studio.core.format import MAX_SIDE_PX, MIN_SIDE_PX
from dalle_studio.core.model import Model
from dalle_studio.core.picture import Picture
from dalle_studio.core.request import Intent
from dalle_studio.core.scene import Lexicon
from dalle_studio.engine.base import Engine
from dalle_studio.engine.speech.local import Listener
from dalle_studio.state import requests
from dalle_studio.state.ancestry import prompt_of_whole
from dalle_studio.state.blend import Blend
from dalle_studio.state.candidate import Candidate
from dalle_studio.state.candidates import Candidates
from dalle_studio.state.canvas import Canvas
from dalle_studio.state.composer import Composer
from dalle_studio.state.documents import Documents
from dalle_studio.state.exports import Exports
from dalle_studio.state.files import Files
from dalle_studio.state.gallery import Gallery
from dalle_studio.state.history import History
from dalle_studio.state.jobs import Jobs
from dalle_studio.state.masks import Masks
from dalle_studio.state.notices import Notices
from dalle_studio.state.preferences import Preferences
from dalle_studio.state.recovery import Recovery
from dalle_studio.state.requests import Wanted
from dalle_studio.state.runner import Runner
from dalle_studio.state.sheet import Sheets, can_stand_on_sheet, contact_sheet_of
from dalle_studio.state.speech import Hears, Speech
from dalle_studio.state.verbs import Due, Verb, due
from dalle_studio.storage.decoder import Decoder, open_bytes
from dalle_studio.storage.library import check_space
from dalle_studio.storage.openraster import SUFFIX
from dalle_studio.storage.pictures.row import Row
from dalle_studio.storage.settings import FILE


class Studio(QObject):
    """Everything the window shows, and every intention it can have.

    What cannot be done becomes a notice: no method raises a StudioError.

    Args:
        lexicon: what the model knows by name; None where that is not known.
        folder: of the gallery.
        data: folder for settings, and for what is not saved; without one, both end with the studio.
        decoder: shared with others; without one, it has its own.
        listener: hears what is said; without one, the microphone is listened to on this machine.

    Attributes:
        viewed: the candidate that is looked at instead of the canvas's own picture; None for that picture.
        blend: what variations are made of instead of the picture on the canvas; None for that picture.
        seconds_per_picture: what the last job took for each; None before the first.

    Signals:
        changed(): what the primary button would do, or what is looked at.
    """

    changed = Signal()

    def __init__(
        self,
        engine: Engine,
        model: Model,
        lexicon: Lexicon | None,
        folder: Path,
        parent: QObject | None = None,
        *,
        data: Path | None = None,
        decoder: Decoder | None = None,
        listener: Hears | None = None,
    ) -> None:
        super().__init__(parent)
        self._passing = QTemporaryDir()  # deleted with this object
        data = data or Path(self._passing.path())
        self.model = model
        self.history = History(parent=self)
        self.notices = Notices(self)
        self.composer = Composer(model, lexicon, self.history, self)
        self.speech = Speech(listener or Listener(), self.notices, self.composer.vocabulary, self)
        self.canvas = Canvas(self.history, self)
        self.jobs = Jobs(Runner(engine, self), self)
        self.files = Files(self.notices, self, decoder)
        self.gallery = Gallery(folder, self.notices, self)
        self.preferences = Preferences(data / FILE, self.notices, self)
        self.exports = Exports(self.gallery, self.files, self.notices, self.preferences, data, self)
        self.masks = Masks(self.canvas, self.files, self.notices, self)
        self.documents = Documents(
            self.canvas, self.composer, self.history, self.files, self.notices, self.preferences, data, self
        )
        self.recovery = Recovery(self.documents, self.canvas, self.files, self.notices, self)
        self.candidates = Candidates(self.jobs, self.gallery, self.notices, self)
        self.viewed: Candidate | None = None
        self.blend: Blend | None = None
        self.seconds_per_picture: float | None = None
        self._newest_job = 0
        self._sheets = Sheets(self.gallery, self.notices, self)
        self._arranged = self._arrangement()
        self.composer.changed.connect(self.changed)
        self.documents.replaced.connect(self._start_over)
        self.composer.failed.connect(self._tell_prompts)
        self.canvas.changed.connect(self._follow_canvas)
        self.canvas.painted.connect(self._follow_paint)
        self.jobs.finished.connect(self._learn_speed)
        self.candidates.ready.connect(self._show_first)
        self.candidates.changed.connect(self._follow_candidates)

    @property
    def due(self) -> Due:
        """What the primary button does now."""
        return due(self.composer, self.canvas, blends=self.blend is not None)

    def close(self) -> None:
        """End everything; pictures that are finished are saved first."""
        self.speech.close()
        self.recovery.close()
        self.jobs.close()
        self.gallery.close()
        self.files.close()
        self.documents.close()
        self.composer.close()
        self.preferences.close()

    # Making

    def make(self) -> None:
        """Do what is due."""
        match self.due:
            case Due(problem=StudioError() as problem):
                self.notices.tell_error(problem, key="due")
            case Due(verb=Verb.GENERATE):
                self.generate()
            case Due(verb=Verb.FILL):
                self.fill()
            case Due(verb=Verb.EXTEND):
                self.extend()
            case _:
                self.vary()

    def generate(self) -> None:
        """Make pictures of the composed prompt, for each style that is chosen; of a sheet, one of each subject."""
        composer = self.composer
        self._start(lambda: requests.generate(self.model.name, composer.value, composer.sampling()))

    def fill(self) -> None:
        """Do with the painted regions what the canvas's intent says; of several styles, one candidate each."""
        picture, composer = self.canvas.picture, self.composer
        if picture is None:
            return
        whole = prompt_of_whole(picture, self.gallery) if self.canvas.intent is Intent.REMOVE else ""
        self._start(
            lambda: requests.fill(self.model.name, self.canvas, composer.value, composer.sampling(), whole)
        )

    def vary(self, picture: Picture | None = None) -> None:
        """Make variations of a picture; without one, of the blend, or else of what is looked at."""
        blend, composer = (self.blend if picture is None else None), self.composer
        source = picture or (blend.first if blend else self._looked_at())
        if source is None:
            self._tell("There is no picture to vary.", "Open or generate one first.")
            return
        self._start(
            lambda: [requests.vary(self.model.name, source, blend, composer.value, composer.sampling())]
        )

    def extend(self) -> None:
        """Continue the picture into its frame, for each style that is chosen."""
        composer = self.composer
        if self.canvas.frame is not None:
            self._start(
                lambda: requests.extend(self.model.name, self.canvas, composer.value, composer.sampling())
            )

    def upscale(self) -> None:
        """Make what is looked at larger."""
        source = self._looked_at()
        if source is None:
            self._tell("There is no picture to enlarge.", "Open or generate one first.")
            return
        self._start(lambda: [requests.upscale(self.model.name, source)])

    # Looking

    def look_at(self, number: int) -> None:
        """Show a candidate on the canvas; one that stands for itself becomes the canvas's picture."""
        self.candidates.select(number)
        candidate = self.candidates.current
        if candidate is None or candidate.picture is None:
            return
        if self.canvas.regions or self.canvas.frame is not None:
            self.viewed = candidate
        else:
            self.viewed = None
            self.canvas.show(candidate.picture)
        self.changed.emit()

    def look_at_canvas(self) -> None:
        """Back from a candidate to the canvas's own picture and its regions."""
        self.viewed = None
        self.candidates.select(None)
        self.changed.emit()

    def place_into(self, number: int) -> None:
        """Take a candidate as the picture to paint regions on."""
        self.candidates.select(number)
        candidate = self.candidates.current
        if candidate is not None and candidate.picture is not None:
            self.show(candidate.picture)

    def vary_candidate(self, number: int) -> None:
        """Make variations of a candidate."""
        self.candidates.select(number)
        if self.candidates.current is not None and self.candidates.current.picture is not None:
            self.vary(self.candidates.current.picture)

    # Blending

    def blend_with(self, picture: Picture) -> None:
        """Let variations be made of what is looked at and this picture."""
        first = self._looked_at()
        if first is None:
            self._tell("There is no picture on the canvas to blend with.", "Open or generate one first.")
            return
        self._set_blend(Blend(first, picture, self.blend.mix if self.blend else 0.5))

    def blend_with_file(self, path: Path) -> None:
        """The same with a picture from a file."""
        self.files.open(path, self.blend_with)

    def set_mix(self, mix: float) -> None:
        """How much of the second picture, brought into 0 to 1."""
        if self.blend is not None:
            self._set_blend(replace(self.blend, mix=min(max(0.0, mix), 1.0)))

    def end_blend(self) -> None:
        """Let variations be of one picture again."""
        self._set_blend(None)

    # Contact sheet

    def save_contact_sheet(self) -> None:
        """Write one labelled picture of all finished candidates into the gallery; a notice says so."""
        tiles = can_stand_on_sheet(self.candidates.candidates)
        if not tiles:
            self._tell("There is no finished picture for a contact sheet.", "Make some first.")
            return
        footer = f"{len(tiles)} pictures · {self.model.label} · Dalle Studio"
        self._sheets.save(lambda: contact_sheet_of(tiles, self.files.read, footer))

    # Files

    def open(self, path: Path) -> None:
        """Open a project, or put a picture on the canvas, as soon as it is read."""
        if path.suffix.lower().rstrip("~") == SUFFIX:
            self.documents.open(path)
        else:
            self.files.open(path, partial(self._show_opened, path))

    def open_first(self, paths: Sequence[Path]) -> None:
        """Open the first of several files; of the others a notice tells."""
        self.open(paths[0])
        if len(paths) > 1:
            told = f"Of {len(paths)} files only the first, {paths[0].name}, is opened."
            self.notices.tell(told, key="several", remedy="Bring the others one at a time.")

    def show_bytes(self, data: bytes, name: str) -> None:
        """Put a picture on the canvas that is in no file, such as one that another program copied."""
        self.show_later(partial(self.files.decoder.call, open_bytes, data, name))

    def show_later(self, make: Callable[[], Picture]) -> None:
        """Put a picture on the canvas that another thread makes."""
        self.files.do("Opening the picture …", make, self.show, key="open")

    def vary_file(self, path: Path) -> None:
        """Open a picture and make variations of it."""

        def vary(picture: Picture) -> None:
            self.show(picture)
            self.vary(picture)

        self.files.open(path, vary)

    def show(self, picture: Picture) -> None:
        """Put a picture on the canvas; of a blend it becomes the first."""
        if not MIN_SIDE_PX <= min(picture.size.wh) <= max(picture.size.wh) <= MAX_SIDE_PX:
            self._tell(
                f"This picture has {picture.size} pixels.",
                f"Use one of {MIN_SIDE_PX} to {MAX_SIDE_PX} pixels a side.",
            )
            return
        self.viewed = None
        current = self.candidates.current
        if current is not None and current.picture is not picture:
            self.candidates.select(None)  # its tile is not what is on the canvas any more
        if self.blend is not None:
            self.blend = replace(self.blend, first=picture)
        self.canvas.show(picture)
        self.changed.emit()

    def compare_with(self, path: Path) -> None:
        """Lay a picture beside the canvas's, under a slider."""
        self.files.open(path, self.canvas.set_compare)

    def use(self, entry: Row, *, seed: bool, prompt: bool = True) -> None:
        """Take a picture's recipe over: Use all (with its seed), Remix (without), Use seed (nothing else)."""
        recipe = self.gallery.recipe(entry)
        if recipe is None:
            self._tell("This picture carries no recipe.", "Only pictures made by Dalle Studio do.")
        elif not prompt:
            if recipe.seed is not None:
                self.composer.change(seed=recipe.seed, seed_locked=True)
        else:
            try:
                self.composer.load(recipe, seed=seed)
            except StudioError as error:
                self.notices.tell_error(error, key="recipe")

    # Below

    def _show_opened(self, path: Path, picture: Picture) -> None:
        self.show(picture)
        if not path.is_relative_to(self.gallery.folder):  # those are a click away already
            self.preferences.add_recent(path.absolute())

    def _start(self, ask: Callable[[], Sequence[Wanted]]) -> None:
        """Queue what is asked for and announce its tiles; tell why not where that cannot be made or saved."""
        try:
            asked = ask()
            check_space(self.gallery.folder)
        except StudioError as error:
            self.notices.tell_error(error, key="due")
            return
        self.composer.remember()
        self.look_at_canvas()
        self._newest_job = 0
        for wanted in asked:
            job = self.jobs.start(wanted.request, wanted.name)
            self._newest_job = self._newest_job or job
            self.candidates.expect(job, wanted.labels, wanted.aspect, wanted.title)

    def _set_blend(self, blend: Blend | None) -> None:
        self.blend = blend
        self.changed.emit()

    def _looked_at(self) -> Picture | None:
        return self.viewed.picture if self.viewed else self.canvas.picture

    def _tell(self, message: str, remedy: str) -> None:
        self.notices.tell_error(InvalidRequest(message, remedy), key="due")

    @Slot()
    def _start_over(self) -> None:
        """Another project is open: what is made for the one before comes to the gallery, and not to the canvas."""
        self._newest_job, self.blend = 0, None
        self.look_at_canvas()

    @Slot(object)
    def _tell_prompts(self, error: StudioError) -> None:
        self.notices.tell_error(error, key="prompts")

    @Slot(int)
    def _show_first(self, number: int) -> None:
        """The first picture of what was asked for last comes to the canvas, unless another is looked at."""
        tiles = [each for each in self.candidates.candidates if each.job == self._newest_job]
        if tiles and tiles[0].number == number and self.candidates.current is None:
            self.look_at(number)

    @Slot(int, object, object)
    def _learn_speed(self, job: int, pictures: tuple[Picture, ...], notes: tuple[str, ...]) -> None:
        recipe = pictures[0].recipe if pictures else None
        if recipe is not None:
            self.seconds_per_picture = recipe.provenance.elapsed_s / len(pictures)
            self.changed.emit()

    @Slot()
    def _follow_canvas(self) -> None:
        """Whatever changes what is on the canvas, undo too, goes back to the canvas's own picture."""
        before, self._arranged = self._arranged, self._arrangement()
        if self.canvas.is_drawing or self._arranged != before:
            self.viewed = None
        self.changed.emit()

    @Slot()
    def _follow_paint(self) -> None:
        if self.viewed is not None:
            self.viewed = None
            self.changed.emit()

    def _arrangement(self) -> tuple[object, ...]:
        return self.canvas.picture, self.canvas.regions, self.canvas.frame

    @Slot()
    def _follow_candidates(self) -> None:
        if self.viewed is not None and self.candidates.current is None:
            self.viewed = None
            self.changed.emit()
