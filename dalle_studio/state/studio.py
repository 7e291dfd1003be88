"""The studio: owns the rest of the state and turns what people want into jobs. Tests drive it without a window."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from itertools import cycle
from pathlib import Path

import numpy as np
from PySide6.QtCore import QObject, Signal, Slot

from dalle_studio.core.errors import InvalidRequest, StudioError
from dalle_studio.core.format import MAX_SIDE_PX, MIN_SIDE_PX, Size, find_format, fit_area, fit_long_side
from dalle_studio.core.model import Model
from dalle_studio.core.picture import Picture
from dalle_studio.core.prompt import find_style, styled
from dalle_studio.core.request import Extend, Generate, Intent, Place, Region, Request, Upscale, Vary
from dalle_studio.core.scene import Lexicon
from dalle_studio.engine.base import Engine
from dalle_studio.state.ancestry import prompt_of_whole
from dalle_studio.state.blend import Blend
from dalle_studio.state.candidates import Candidate, Candidates
from dalle_studio.state.canvas import Canvas
from dalle_studio.state.composer import Composer
from dalle_studio.state.entry import Entry
from dalle_studio.state.gallery import Gallery
from dalle_studio.state.history import History
from dalle_studio.state.jobs import Jobs
from dalle_studio.state.notices import Level, Notices
from dalle_studio.state.runner import Runner
from dalle_studio.state.sheet import can_stand_on_sheet, contact_sheet_of
from dalle_studio.state.verbs import Due, Verb, due
from dalle_studio.storage.export import export_picture
from dalle_studio.storage.library import open_mask, open_picture

UPSCALED_PX = 2048
_Requests = Callable[[], list[tuple[Request, str]]]


class Studio(QObject):
    """Everything the window shows, and every intention it can have.

    What cannot be done becomes a notice: no method raises a StudioError.

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
        self.blend: Blend | None = None
        self.seconds_per_picture: float | None = None
        self._newest_job = 0
        self._sheets: set[int] = set()  # tickets of the gallery
        self._arranged = self._arrangement()
        self.composer.changed.connect(self.changed)
        self.canvas.changed.connect(self._follow_canvas)
        self.canvas.painted.connect(self._follow_paint)
        self.jobs.finished.connect(self._learn_speed)
        self.gallery.saved.connect(self._tell_sheet)
        self.gallery.unsaved.connect(self._tell_no_sheet)
        self.candidates.ready.connect(self._show_first)
        self.candidates.changed.connect(self._follow_candidates)

    @property
    def due(self) -> Due:
        """What the primary button does now."""
        return due(self.composer, self.canvas, blends=self.blend is not None)

    def close(self) -> None:
        """End everything; pictures that are finished are saved first."""
        self.jobs.close()
        self.gallery.close()
        self.composer.close()

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
        value = self.composer.value
        size = find_format(value.format).size

        def requests() -> list[tuple[Request, str]]:
            sampling = self.composer.sampling(1 if value.is_sheet else None)
            return [
                (Generate(model=self.model.name, prompt=prompt, sampling=sampling, size=size), label)
                for label, prompt in value.final_prompts
            ]

        self._start(requests, *(sentence for _, sentence in value.sentences for _ in value.styles or ("",)))

    def fill(self) -> None:
        """Do with the painted regions what the canvas's intent says; of several styles, one candidate each."""
        picture = self.canvas.picture
        if picture is None:
            return
        removes = self.canvas.intent is Intent.REMOVE

        def requests() -> list[tuple[Request, str]]:
            value = self.composer.value
            styles = ("",) if removes else value.styles or ("",)
            shows = (prompt_of_whole(picture, self.gallery) or value.styled_prompts[0][1]) if removes else ""
            regions = self.canvas.place_regions(value.sentence, shows)
            sampling = self.composer.sampling(1 if len(styles) > 1 else value.count)
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
                for style in styles
            ]

        self._start(requests, self._fill_title(picture))

    def _fill_title(self, picture: Picture) -> str:
        match self.canvas.intent:
            case Intent.REMOVE:
                return f"Removed from {_name(picture)}"
            case Intent.BACKGROUND:
                return f"Behind {_name(picture)}: {self.composer.value.sentence}"
            case Intent.FILL:
                return "; ".join(region.prompt for region in self.canvas.regions if region.prompt)

    def vary(self, picture: Picture | None = None) -> None:
        """Make variations of a picture; without one, of the blend, or else of what is looked at."""
        blend = self.blend if picture is None else None
        source = picture or (blend.first if blend else self._looked_at())
        if source is None:
            self._tell("There is no picture to vary.", "Open or generate one first.")
            return

        def requests() -> list[tuple[Request, str]]:
            request = Vary(
                model=self.model.name,
                source=source,
                sampling=self.composer.sampling(),
                size=fit_area(source.size),
                prompt=_prompt_of(blend.nearer if blend else source) or self.composer.value.sentence,
                how_far=self.composer.value.how_far,
                blend=blend and blend.second,
                mix=blend.mix if blend else 0.5,
            )
            return [(request, "")]

        of = f"{_name(source)} and {_name(blend.second)}" if blend else _name(source)
        self._start(requests, f"{'Blends' if blend else 'Variations'} of {of}")

    def extend(self) -> None:
        """Continue the picture into its frame, for each style that is chosen."""
        picture, frame = self.canvas.picture, self.canvas.frame
        if picture is None or frame is None:
            return

        def requests() -> list[tuple[Request, str]]:
            sampling = self.composer.sampling()
            return [
                (
                    Extend(
                        model=self.model.name,
                        source=picture,
                        sampling=sampling,
                        size=frame,
                        prompt=prompt or _prompt_of(picture),
                        feather_px=self.canvas.feather_px,
                    ),
                    style,
                )
                for style, prompt in self.composer.value.styled_prompts
            ]

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
        picture = self.read(path)
        if picture is not None:
            self.blend_with(picture)

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
        self._sheets.add(
            self.gallery.save_later(lambda: contact_sheet_of(tiles, open_picture, footer), "contact sheet")
        )

    @Slot(int, object)
    def _tell_sheet(self, ticket: int, entry: Entry) -> None:
        if ticket in self._sheets:
            self._sheets.remove(ticket)
            self.notices.tell(f"Saved {entry.name}.", key="sheet", level=Level.DONE)
            self.gallery.select(entry.path)

    @Slot(int, object)
    def _tell_no_sheet(self, ticket: int, error: StudioError) -> None:
        if ticket in self._sheets:
            self._sheets.remove(ticket)
            self.notices.tell_error(error, key="sheet")

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
        """Put a picture on the canvas; of a blend it becomes the first."""
        if not MIN_SIDE_PX <= min(picture.size.wh) <= max(picture.size.wh) <= MAX_SIDE_PX:
            self._tell(
                f"This picture has {picture.size} pixels.",
                f"Use one of {MIN_SIDE_PX} to {MAX_SIDE_PX} pixels a side.",
            )
            return
        self.viewed = None
        if self.blend is not None:
            self.blend = replace(self.blend, first=picture)
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

    def export_mask(self, path: Path) -> None:
        """Write everything that is painted as a picture: white = there."""
        try:
            mask = Picture(np.repeat(self.canvas.export_mask()[..., None], 3, axis=2))
            export_picture(mask, path if path.suffix else path.with_suffix(".png"), with_recipe=False)
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

    def _start(self, requests: _Requests, *titles: str) -> None:
        """Queue the requests and announce their tiles. A title for each request, or one for all."""
        try:
            wanted = requests()
        except StudioError as error:
            self.notices.tell_error(error, key="due")
            return
        self.composer.remember()
        self.look_at_canvas()
        self._newest_job = 0
        for (request, label), title in zip(wanted, cycle(titles)):
            job = self.jobs.start(request, title or "A picture")
            self._newest_job = self._newest_job or job
            self.candidates.expect(job, _labels(request, label), _size(request).aspect, title)

    def _set_blend(self, blend: Blend | None) -> None:
        self.blend = blend
        self.changed.emit()

    def _looked_at(self) -> Picture | None:
        return self.viewed.picture if self.viewed else self.canvas.picture

    def _tell(self, message: str, remedy: str) -> None:
        self.notices.tell_error(InvalidRequest(message, remedy), key="due")

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
    return Path(picture.name).stem or "a picture"
