"""The studio: owns the rest of the state and turns what people want into jobs. Tests drive it without a window."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from PySide6.QtCore import QObject, Signal, Slot

from dalle_studio.core.errors import InvalidRequest, StudioError
from dalle_studio.core.format import Size, find_format, fit_area, fit_long_side
from dalle_studio.core.model import Model
from dalle_studio.core.picture import Picture
from dalle_studio.core.prompt import find_style, styled
from dalle_studio.core.request import Extend, Generate, Place, Region, Request, Upscale, Vary
from dalle_studio.core.scene import Lexicon
from dalle_studio.engine.base import Engine
from dalle_studio.state.candidates import Candidate, Candidates
from dalle_studio.state.canvas import Canvas
from dalle_studio.state.composer import Composer
from dalle_studio.state.entry import Entry
from dalle_studio.state.gallery import Gallery
from dalle_studio.state.history import History
from dalle_studio.state.jobs import Jobs
from dalle_studio.state.notices import Notices
from dalle_studio.state.runner import Runner
from dalle_studio.state.verbs import Due, Verb, due
from dalle_studio.storage.library import open_mask, open_picture

UPSCALED_PX = 2048
_Requests = Callable[[], list[tuple[Request, str]]]


class Studio(QObject):
    """Everything the window shows, and every intention it can have.

    What cannot be done becomes a notice: no method raises a StudioError.

    Attributes:
        viewed: the candidate that is looked at instead of the canvas's own picture; None for that picture.
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
    ) -> None:
        super().__init__(parent)
        self.model = model
        self.history = History(parent=self)
        self.notices = Notices(self)
        self.composer = Composer(model, lexicon, self.history, self)
        self.canvas = Canvas(self.history, self)
        self.jobs = Jobs(Runner(engine, self), self)
        self.gallery = Gallery(folder, self.notices, self)
        self.candidates = Candidates(self.jobs, self.gallery, self.notices, self)
        self.viewed: Candidate | None = None
        self.seconds_per_picture: float | None = None
        self._newest_job = 0
        self.composer.changed.connect(self.changed)
        self.canvas.changed.connect(self._follow_canvas)
        self.jobs.finished.connect(self._learn_speed)
        self.candidates.ready.connect(self._show_first)
        self.candidates.changed.connect(self._follow_candidates)

    @property
    def due(self) -> Due:
        """What the primary button does now."""
        return due(self.composer, self.canvas)

    def close(self) -> None:
        """End everything; pictures that are finished are saved first."""
        self.jobs.close()
        self.gallery.close()
        self.composer.close()

    # Making

    def make(self) -> None:
        """Do what is due."""
        match self.due:
            case Due(is_possible=False, hint=hint):
                self.notices.tell_error(InvalidRequest(hint, ""), key="due")
            case Due(verb=Verb.GENERATE):
                self.generate()
            case Due(verb=Verb.FILL):
                self.fill()
            case Due(verb=Verb.EXTEND):
                self.extend()
            case _:
                self.vary()

    def generate(self) -> None:
        """Make pictures of the composed prompt, for each style that is chosen."""
        size = find_format(self.composer.value.format).size

        def requests() -> list[tuple[Request, str]]:
            sampling = self.composer.sampling()
            return [
                (Generate(model=self.model.name, prompt=prompt, sampling=sampling, size=size), style)
                for style, prompt in self.composer.value.final_prompts
            ]

        self._start(requests, self.composer.value.sentence)

    def fill(self) -> None:
        """Make things in the painted regions; of several styles, one candidate each."""
        picture = self.canvas.picture
        if picture is None:
            return

        def requests() -> list[tuple[Request, str]]:
            value = self.composer.value
            regions = self.canvas.place_regions(value.sentence)
            sampling = self.composer.sampling(1 if len(value.styles) > 1 else value.count)
            return [
                (
                    Place(
                        model=self.model.name,
                        source=picture,
                        regions=tuple(_styled(region, style) for region in regions),
                        sampling=sampling,
                        feather_px=self.canvas.feather_px,
                    ),
                    style,
                )
                for style in value.styles or ("",)
            ]

        self._start(requests, "; ".join(region.prompt for region in self.canvas.regions if region.prompt))

    def vary(self, picture: Picture | None = None, blend: Picture | None = None, mix: float = 0.5) -> None:
        """Make variations of a picture, or of a blend of two; without one, of what is looked at."""
        source = picture or self._looked_at()
        if source is None:
            self._tell("There is no picture to vary.", "Open or generate one first.")
            return

        def requests() -> list[tuple[Request, str]]:
            request = Vary(
                model=self.model.name,
                source=source,
                sampling=self.composer.sampling(),
                size=fit_area(source.size),
                prompt=_prompt_of(source) or self.composer.value.sentence,
                how_far=self.composer.value.how_far,
                blend=blend,
                mix=mix,
            )
            return [(request, "")]

        self._start(requests, f"Variations of {_name(source)}")

    def extend(self) -> None:
        """Continue the picture into its frame."""
        picture, frame = self.canvas.picture, self.canvas.frame
        if picture is None or frame is None:
            return

        def requests() -> list[tuple[Request, str]]:
            request = Extend(
                model=self.model.name,
                source=picture,
                sampling=self.composer.sampling(),
                size=frame,
                prompt=self.composer.value.final_prompts[0][1] or _prompt_of(picture),
                feather_px=self.canvas.feather_px,
            )
            return [(request, "")]

        self._start(requests, f"Extending {_name(picture)}")

    def upscale(self) -> None:
        """Make what is looked at larger."""
        source = self._looked_at()
        if source is None:
            self._tell("There is no picture to enlarge.", "Open or generate one first.")
            return
        size = fit_long_side(source.size, max(UPSCALED_PX, 2 * max(source.size.wh)))
        self._start(
            lambda: [(Upscale(model=self.model.name, source=source, size=size), "")],
            f"Enlarging {_name(source)}",
        )

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
            self.viewed = None
            self.canvas.show(candidate.picture)

    def vary_candidate(self, number: int) -> None:
        """Make variations of a candidate."""
        self.candidates.select(number)
        if self.candidates.current is not None and self.candidates.current.picture is not None:
            self.vary(self.candidates.current.picture)

    # Files

    def open(self, path: Path) -> Picture | None:
        """Put a picture from a file on the canvas."""
        picture = self.read(path)
        if picture is not None:
            self.show(picture)
        return picture

    def read(self, path: Path) -> Picture | None:
        """A picture from a file, or None and a notice."""
        try:
            return open_picture(path)
        except StudioError as error:
            self.notices.tell_error(error, key="open")
            return None

    def show(self, picture: Picture) -> None:
        """Put a picture on the canvas."""
        self.viewed = None
        self.canvas.show(picture)
        self.changed.emit()

    def import_mask(self, path: Path) -> None:
        """Paint the active region, or a new one, as a picture says: white = there."""
        if self.canvas.picture is None:
            self._tell("There is no picture to paint on.", "Open or generate one first.")
            return
        try:
            self.canvas.import_mask(open_mask(path, self.canvas.picture.size))
        except StudioError as error:
            self.notices.tell_error(error, key="mask")

    def compare_with(self, path: Path) -> None:
        """Lay a picture beside the canvas's, under a slider."""
        other = self.read(path)
        if other is not None:
            try:
                self.canvas.set_compare(other)
            except StudioError as error:
                self.notices.tell_error(error, key="compare")

    def use(self, entry: Entry, *, seed: bool, prompt: bool = True) -> None:
        """Take a picture's recipe over: Use all (with its seed), Remix (without), Use seed (nothing else)."""
        recipe = entry.recipe
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

    def _start(self, requests: _Requests, title: str) -> None:
        """Queue the requests and announce their tiles."""
        try:
            wanted = requests()
        except StudioError as error:
            self.notices.tell_error(error, key="due")
            return
        self.composer.remember()
        self.look_at_canvas()
        self._newest_job = 0
        for request, style in wanted:
            job = self.jobs.start(request, title or "A picture")
            self._newest_job = self._newest_job or job
            self.candidates.expect(job, _labels(request, style), _size(request).aspect, title)

    def _looked_at(self) -> Picture | None:
        return self.viewed.picture if self.viewed else self.canvas.picture

    def _tell(self, message: str, remedy: str) -> None:
        self.notices.tell_error(InvalidRequest(message, remedy), key="due")

    @Slot(int)
    def _show_first(self, number: int) -> None:
        """The first picture of what was asked for last comes to the canvas, unless another is looked at."""
        candidate = next((each for each in self.candidates.candidates if each.number == number), None)
        if candidate is None or candidate.job != self._newest_job or candidate.index != 0:
            return
        if self.candidates.current is None:
            self.look_at(number)

    @Slot(int, object, object)
    def _learn_speed(self, job: int, pictures: tuple[Picture, ...], notes: tuple[str, ...]) -> None:
        recipe = pictures[0].recipe if pictures else None
        if recipe is not None:
            self.seconds_per_picture = recipe.provenance.elapsed_s / len(pictures)
            self.changed.emit()

    @Slot()
    def _follow_canvas(self) -> None:
        """Painting goes back to the canvas's own picture."""
        if self.viewed is not None and self.canvas.is_drawing:
            self.viewed = None
        self.changed.emit()

    @Slot()
    def _follow_candidates(self) -> None:
        if self.viewed is not None and self.candidates.current is None:
            self.viewed = None
            self.changed.emit()


def _styled(region: Region, style: str) -> Region:
    return replace(region, prompt=styled(region.prompt, find_style(style))) if style else region


def _labels(request: Request, style: str) -> tuple[str, ...]:
    if isinstance(request, Upscale):
        return (str(request.size),)
    seeds = (request.sampling.seed + index for index in range(request.sampling.count))
    return tuple(style or f"seed {seed}" for seed in seeds)


def _size(request: Request) -> Size:
    return request.source.size if isinstance(request, Place) else request.size


def _prompt_of(picture: Picture) -> str:
    return picture.recipe.prompt if picture.recipe else ""


def _name(picture: Picture) -> str:
    return picture.name or "a picture"
