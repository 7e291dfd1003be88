"""The studio: turns what people want into jobs, and shows what comes of them. Tests drive it without a window."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal, Slot

from dalle_studio.core.errors import InvalidRequest, StudioError
from dalle_studio.core.format import MAX_SIDE_PX, MIN_SIDE_PX
from dalle_studio.core.picture import Picture
from dalle_studio.core.recipe import Recipe
from dalle_studio.core.request import Intent, ability_of
from dalle_studio.core.sentence import say
from dalle_studio.state import requests
from dalle_studio.state.abilities import check_ability
from dalle_studio.state.ancestry import prompt_of_whole
from dalle_studio.state.blend import Blend
from dalle_studio.state.candidate import Candidate
from dalle_studio.state.parts import Parts
from dalle_studio.state.requests import Wanted
from dalle_studio.state.sheet import can_stand_on_sheet, contact_sheet_of, footer_of
from dalle_studio.state.translation import put_in_words
from dalle_studio.state.verbs import Due, Verb, due
from dalle_studio.storage.decoder import open_bytes
from dalle_studio.storage.library import check_space
from dalle_studio.storage.openraster import SUFFIX
from dalle_studio.storage.pictures.row import Row

if TYPE_CHECKING:
    from dalle_studio.storage.models.estimates import Estimate


class Studio(Parts):
    """Everything the window shows, and every intention it can have.

    What cannot be done becomes a notice: no method raises a StudioError.

    Attributes:
        viewed: the candidate that is looked at instead of the canvas's own picture; None for that picture.
        blend: what variations are made of instead of the picture on the canvas; None for that picture.
        memory: how the model lay in memory when it drew last, in words; empty before that.

    Signals:
        changed(): what the primary button would do, or what is looked at.
    """

    changed = Signal()

    def _connect(self) -> None:
        super()._connect()
        self.viewed: Candidate | None = None
        self.blend: Blend | None = None
        self.memory = ""
        self._newest_job = 0
        self._arranged = self._arrangement()
        self.composer.changed.connect(self.changed)
        self.references.changed.connect(self.changed)
        self.veil.changed.connect(self.changed)
        self.models.chosen.connect(self._follow_model)
        self.documents.replaced.connect(self._start_over)
        self.canvas.changed.connect(self._follow_canvas)
        self.canvas.painted.connect(self._follow_paint)
        self.jobs.finished.connect(self._learn)
        self.estimates.changed.connect(self.changed)
        self.candidates.ready.connect(self._show_first)
        self.candidates.changed.connect(self._follow_candidates)

    @property
    def looked_at(self) -> Picture | None:
        """The candidate that is looked at, or else the picture on the canvas."""
        return self.viewed.picture if self.viewed else self.canvas.picture

    @property
    def due(self) -> Due:
        """What the primary button does now."""
        return due(self.composer, self.canvas, blends=self.blend is not None)

    @property
    def estimate(self) -> Estimate | None:
        """What that will cost; None where nothing like it was made on this machine yet."""
        return self.estimates.of(self.due, self.composer, self.canvas)

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
            case Due(verb=Verb.EDIT):
                self.edit()
            case _:
                self.vary()

    def generate(self) -> None:
        """Make pictures of the composed prompt, for each style that is chosen; of a sheet, one of each subject."""
        composer, guide = self.composer, requests.guide(self.canvas, self.composer)
        self._start(lambda: requests.generate(self.model.name, composer.value, composer.sampling(), guide))

    def edit(self) -> None:
        """Change the picture on the canvas as the composed sentence says; it may speak of the references."""
        source, composer, others = self.looked_at, self.composer, self.references.pictures
        if source is not None:
            self._start(
                lambda: requests.edit(self.model.name, source, others, composer.value, composer.sampling())
            )

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
        source = picture or (blend.first if blend else self.looked_at)
        if source is None:
            self._tell(say("There is no picture to vary."), say("Open or generate one first."))
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
        source = self.looked_at
        if source is None:
            self._tell(say("There is no picture to enlarge."), say("Open or generate one first."))
            return
        upscaler = self.composer.upscaler
        self._start(lambda: [requests.upscale(self.model.name, source, upscaler)])

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
        first = self.looked_at
        if first is None:
            problem = say("There is no picture on the canvas to blend with.")
            self._tell(problem, say("Open or generate one first."))
        else:
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

    def save_contact_sheet(self, told: Callable[[str], str] = str) -> None:
        """Write one labelled picture of all finished candidates into the gallery; a notice says so.

        `told` says sentences in the language of the sheet; it is called on another thread.
        """
        tiles = can_stand_on_sheet(self.candidates.candidates)
        if not tiles:
            problem = say("There is no finished picture for a contact sheet.")
            self._tell(problem, say("Make some first."))
            return
        footer = footer_of(len(tiles), self.model.label)
        self.sheets.save(lambda: contact_sheet_of(tiles, self.files.read, footer, told))

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
            told = say(
                "Of {count} files only the first, {file}, is opened.", count=len(paths), file=paths[0].name
            )
            self.notices.tell(told, key="several", remedy=say("Bring the others one at a time."))

    def show_bytes(self, data: bytes, name: str) -> None:
        """Put a picture on the canvas that is in no file, such as one that another program copied."""
        self.show_later(partial(self.files.decoder.call, open_bytes, data, name))

    def show_later(self, make: Callable[[], Picture]) -> None:
        """Put a picture on the canvas that another thread makes."""
        self.files.do(say("Opening the picture …"), make, self.show, key="open")

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
                say("This picture has {size} pixels.", size=picture.size),
                say("Use one of {least} to {most} pixels a side.", least=MIN_SIDE_PX, most=MAX_SIDE_PX),
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
            problem = say("This picture carries no recipe.")
            self._tell(problem, say("Only pictures made by Dalle Studio do."))
        elif not prompt:
            if recipe.seed is not None:
                self.composer.change(seed=recipe.seed, seed_locked=True)
        else:
            if seed:
                self._use_model_of(recipe)
            try:
                self.composer.load(recipe, seed=seed)
            except StudioError as error:
                self.notices.tell_error(error, key="recipe")

    # Below

    def _use_model_of(self, recipe: Recipe) -> None:
        """The same picture again comes from the same model only."""
        name = str(recipe.request["model"])
        if any(model.name == name for model in self.models.value.models):
            self.models.choose(name)
        elif name != self.model.name:
            told = say(
                "“{missing}”, which made this picture, is not installed: {model} draws another.",
                missing=name,
                model=self.model.label,
            )
            self.notices.tell(told, key="recipe")

    def _show_opened(self, path: Path, picture: Picture) -> None:
        self.show(picture)
        if not path.is_relative_to(self.gallery.folder):  # those are a click away already
            self.preferences.add_recent(path.absolute())

    def _start(self, ask: Callable[[], Sequence[Wanted]]) -> None:
        """Queue what is asked for and announce its tiles; tell why not where that cannot be made or saved."""
        try:
            asked = [put_in_words(wanted, self.composer, self.notices) for wanted in ask()]
            for wanted in asked:
                check_ability(self.model, ability_of(wanted.request))
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

    def _tell(self, message: str, remedy: str) -> None:
        self.notices.tell_error(InvalidRequest(message, remedy), key="due")

    @Slot()
    def _follow_model(self) -> None:
        self.memory = ""
        self.composer.use(self.model, self.models.lexicon)

    @Slot()
    def _start_over(self) -> None:
        """Another project is open: what is made for the one before comes to the gallery, and not to the canvas."""
        self._newest_job, self.blend = 0, None
        self.references.clear()
        self.look_at_canvas()

    @Slot(int)
    def _show_first(self, number: int) -> None:
        """The first picture of what was asked for last comes to the canvas, unless another is looked at."""
        tiles = [each for each in self.candidates.candidates if each.job == self._newest_job]
        if tiles and tiles[0].number == number and self.candidates.current is None:
            self.look_at(number)

    @Slot(int, object, object)
    def _learn(self, job: int, pictures: tuple[Picture, ...], notes: tuple[str, ...]) -> None:
        recipe = pictures[0].recipe if pictures else None
        if recipe is None:
            return
        if recipe.request.get("model") == self.model.name:
            self.memory = recipe.provenance.memory
        self.estimates.learn(recipe, len(pictures))

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
