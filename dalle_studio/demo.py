"""The pictures that show what the studio does: three stories in its window, and one labelled sheet of all."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from dalle_studio.core.errors import CannotWrite, StudioError
from dalle_studio.core.format import find_format, frame_around
from dalle_studio.core.model import Model
from dalle_studio.core.picture import Picture
from dalle_studio.core.request import Extend, Generate, Request, Sampling
from dalle_studio.session import Session, Task
from dalle_studio.storage.contact_sheet import Row, contact_sheet
from dalle_studio.storage.library import check_folder, file_stem, open_picture, write_png
from dalle_studio.storage.models.installed import find_model
from dalle_studio.storage.paths import resources_dir

SHEET = "contact-sheet.png"
_SEED = 7
_STYLES = ("3d render", "watercolour", "ukiyo-e")


def make_demo(session: Session, folder: Path, painting: Path | None) -> Path:
    """Make every row of the demonstration in `folder`; returns the path of its contact sheet."""
    check_folder(folder)
    demo = _Demo(session, folder, find_model())
    bears, flamingos, variations = _play_stories(
        session, folder, painting or resources_dir() / "samples" / "night_over_the_bay.jpg"
    )
    rows = [
        demo.sentence("an astronaut riding a horse in outer space"),
        bears,
        demo.sentence("an astronaut lounging in a tropical resort in space"),
        flamingos,
        variations,
        demo.sentence("a red car", count=2),
        demo.sentence("a blue car", count=2),
        demo.sentence("一个宇航员在外太空骑马"),
        demo.banner(),
    ]
    sheet = contact_sheet(rows, "Dalle Studio", demo.footer)
    path = folder / SHEET
    try:
        write_png(path, sheet)
    except OSError as error:
        raise CannotWrite(f"{path} cannot be written.", "Free some space or use another folder.") from error
    session.tell_path(path)
    return path


def _play_stories(session: Session, folder: Path, painting: Path) -> list[Row]:
    """The three stories in the window, each with a screenshot at its end; returns their rows."""
    try:
        from dalle_studio import tour  # nothing else on the command line needs Qt
    except ImportError as error:
        raise StudioError(
            "The window's libraries cannot be loaded.",
            "Install what is missing; python3 packaging/bootstrap.py says what.",
            repr(error),
        ) from error
    studio = tour.Tour(session, folder, session.cancel)
    stories: list[tuple[str, Callable[[], list[Picture]], Callable[[list[Picture]], Row]]] = [
        ("teddy-bears", lambda: tour.teddy_bears(studio), _bears),
        ("flamingos", lambda: tour.flamingos(studio, _STYLES), _flamingos),
        ("variations", lambda: tour.variations(studio, painting), _variations),
    ]
    rows: list[Row] = []
    try:
        for name, play, row_of in stories:
            session.begin(f"In the window: {name}")
            told = len(studio.saved)
            pictures = play()
            studio.shoot(folder / f"window-{name}.png")
            for path in studio.saved[told:]:
                session.tell_path(path)
            session.tell_path(folder / f"window-{name}.png")
            rows.append(row_of(pictures))
    except tour.TourCancelled:
        session.give_up()
    finally:
        studio.close()
    return rows


def _bears(pictures: list[Picture]) -> Row:
    title = "“Teddy bears” + “shopping for groceries” + “in the style of ukiyo-e”"
    return _row(title, pictures, [f"seed {_seed(p)}" for p in pictures])


def _flamingos(pictures: list[Picture]) -> Row:
    captions = ["the picture", *(f"{style}, only the ellipses are new" for style in _STYLES)]
    return _row("“a pink flamingo” placed at three spots, in three styles", pictures, captions)


def _variations(pictures: list[Picture]) -> Row:
    captions = ["the painting", *(f"variation, seed {_seed(p)}" for p in pictures[1:])]
    return _row("Four variations of a painting, from near", pictures, captions)


@dataclass(frozen=True)
class _Demo:
    session: Session
    folder: Path
    model: Model

    @property
    def footer(self) -> str:
        return (
            f"{self.model.label} {self.model.version}, made on this machine without a network. "
            "Make any of them again: dalle-studio again PICTURE"
        )

    def sentence(self, prompt: str, count: int = 4) -> Row:
        pictures = self._make(self._generate(prompt, count), prompt)
        return _row(f"“{prompt}”", pictures, [f"seed {_seed(p)}" for p in pictures])

    def banner(self) -> Row:
        """A square picture continued on both sides to a banner."""
        prompt = "a city at night"
        (square,) = self._make(self._generate(prompt, 1), prompt)
        request = Extend(
            model=self.model.name,
            source=square,
            prompt=prompt,
            size=frame_around(square.size, find_format("banner").size.aspect),
            sampling=self._sampling(1),
        )
        pictures = [square, *self._make(request, f"{prompt} banner")]
        return _row(f"“{prompt}” extended from a square to a banner", pictures, ["the picture", "3:1"])

    def _generate(self, prompt: str, count: int) -> Generate:
        return Generate(model=self.model.name, prompt=prompt, sampling=self._sampling(count))

    def _sampling(self, count: int) -> Sampling:
        steps, guidance = self.model.steps["standard"], self.model.guidance_scale
        return Sampling(seed=_SEED, count=count, steps=steps, guidance_scale=guidance)

    def _make(self, request: Request, name: str) -> list[Picture]:
        paths = self.session.make([Task(request, file_stem(name))], self.folder)
        return [open_picture(path) for path in paths]


def _row(title: str, pictures: list[Picture], captions: list[str]) -> Row:
    recipe = pictures[-1].recipe
    assert recipe is not None
    made = recipe.provenance
    size = pictures[-1].size
    facts = [
        str(size),
        f"drawn at {made.native}",
        f"upscaled by {made.upscaler}",
        f"{made.elapsed_s:.1f} s",
        *made.notes,
    ]
    images = tuple(picture.image for picture in pictures)
    return Row(title, images, tuple(captions), " · ".join(facts))


def _seed(picture: Picture) -> int | None:
    return picture.recipe.seed if picture.recipe else None
