"""The pictures that show what the studio does, and one labelled sheet of them all."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from dalle_studio.core.errors import CannotWrite
from dalle_studio.core.format import find_format, fit_area, frame_around
from dalle_studio.core.mask import place_marker
from dalle_studio.core.model import Model
from dalle_studio.core.picture import Picture
from dalle_studio.core.prompt import Blocks, find_style, styled
from dalle_studio.core.request import Extend, Generate, Place, Region, Request, Sampling, Vary
from dalle_studio.session import Session, Task
from dalle_studio.storage.contact_sheet import Row, contact_sheet
from dalle_studio.storage.library import file_stem, open_picture, write_png
from dalle_studio.storage.models import find_model
from dalle_studio.storage.paths import resources_dir

SHEET = "contact-sheet.png"
_SEED = 7
_SPOTS = (("left", (0.24, 0.66)), ("middle", (0.5, 0.6)), ("right", (0.76, 0.66)))
_SPOT_DIAMETER = 0.36
_STYLES = ("3d render", "watercolour", "ukiyo-e")


def make_demo(session: Session, folder: Path, painting: Path | None) -> Path:
    """Make every row of the demonstration in `folder`; returns the path of its contact sheet."""
    demo = _Demo(session, folder, find_model())
    rows = [
        demo.sentence("an astronaut riding a horse in outer space"),
        demo.blocks(Blocks(("Teddy bears",), ("shopping for groceries",)), "ukiyo-e"),
        demo.sentence("an astronaut lounging in a tropical resort in space"),
        *demo.places(),
        demo.variations(painting or resources_dir() / "samples" / "night_over_the_bay.jpg"),
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

    def blocks(self, blocks: Blocks, style: str) -> Row:
        prompt = styled(blocks.sentence(), find_style(style))
        pictures = self._make(self._generate(prompt, 4), prompt)
        title = " + ".join(f"“{block}”" for block in (*blocks.who, *blocks.doing, f"in the style of {style}"))
        return _row(title, pictures, [f"seed {_seed(p)}" for p in pictures])

    def places(self) -> list[Row]:
        """A pink flamingo at three spots of one beach, a row for each style."""
        prompt = "a palm tree on a beach"
        (beach,) = self._make(self._generate(prompt, 1), prompt)
        return [
            _row(
                f"“a pink flamingo” placed at three spots, {name}",
                [beach, *(self._flamingo(beach, name, where, spot) for where, spot in _SPOTS)],
                ["the picture", *(f"{where}, only the ellipse is new" for where, _ in _SPOTS)],
            )
            for name in _STYLES
        ]

    def variations(self, painting: Path) -> Row:
        source = open_picture(painting)
        request = Vary(
            model=self.model.name,
            source=source,
            size=fit_area(source.size),
            sampling=self._sampling(4),
            how_far=0.35,
        )
        pictures = self._make(request, f"{painting.stem} variation")
        captions = ["the painting", *(f"variation, seed {_seed(p)}" for p in pictures)]
        return _row("Four variations of a painting, from near", [source, *pictures], captions)

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

    def _flamingo(self, beach: Picture, style: str, where: str, spot: tuple[float, float]) -> Picture:
        prompt = styled("a pink flamingo", find_style(style))
        region = Region(prompt, place_marker(beach.size, spot, _SPOT_DIAMETER))
        request = Place(model=self.model.name, source=beach, regions=(region,), sampling=self._sampling(1))
        (picture,) = self._make(request, f"flamingo {where} {style}")
        return picture

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
