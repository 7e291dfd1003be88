"""The command line: `dalle-studio`. A composition root that also serves scripts (`--json`).

Paths of finished pictures go to standard output, everything else to standard error. Exit codes: 0 made,
1 an error of ours, 2 wrong options, 3 unreadable picture, 4 cannot write, 5 engine failure, 6 download failed,
130 cancelled.
"""

from __future__ import annotations

import io
import secrets
import sys
from collections.abc import Iterable, Sequence
from enum import StrEnum, auto
from pathlib import Path
from typing import Annotated

import typer

from dalle_studio import __version__
from dalle_studio.core.errors import InvalidRequest
from dalle_studio.core.format import FORMATS, find_format, fit_area, fit_long_side, frame_around
from dalle_studio.core.mask import Mask, place_marker
from dalle_studio.core.model import SPEEDS, Model
from dalle_studio.core.picture import Picture
from dalle_studio.core.prompt import STYLES, Blocks, Style, find_style, styled
from dalle_studio.core.request import (
    MAX_SEED,
    Extend,
    Generate,
    Keep,
    Place,
    Region,
    Sampling,
    Upscale,
    Vary,
)
from dalle_studio.demo import make_demo
from dalle_studio.session import Session, Task
from dalle_studio.storage.library import file_stem, open_mask, open_picture, open_request
from dalle_studio.storage.models.installed import find_model
from dalle_studio.storage.pictures.files import days_beside

app = typer.Typer(
    no_args_is_help=True,
    add_completion=False,
    rich_markup_mode="rich",
    pretty_exceptions_enable=False,
    help="Say it, place it, vary it: pictures made on this machine, offline.",
    epilog="Exit codes: 0 made · 1 an error of ours · 2 wrong options · 3 unreadable picture · 4 cannot write · "
    "5 engine failure · 6 download failed · 130 cancelled.",
)

_STYLE_NAMES = ", ".join(style.name for style in STYLES)
_FORMAT_NAMES = ", ".join(f"{f.name} ({f.size})" for f in FORMATS)

PictureFile = Annotated[
    Path, typer.Argument(metavar="PICTURE", help="A PNG, JPEG, WebP, TIFF, GIF or BMP file.")
]


class Anchor(StrEnum):
    """Where in a larger frame a picture lies; across the direction in which nothing is added, it says nothing."""

    CENTRE = auto()
    LEFT = auto()
    RIGHT = auto()
    TOP = auto()
    BOTTOM = auto()


Count = Annotated[int, typer.Option("-n", "--count", help="How many pictures (of each style).")]
Styles = Annotated[
    list[str] | None,
    typer.Option("--style", help=f"One set for each --style: {_STYLE_NAMES}.", show_default=False),
]
FormatName = Annotated[str, typer.Option("--format", help=f"{_FORMAT_NAMES}.")]
Seed = Annotated[
    int | None, typer.Option(help="Of the first picture; the others count on. Random if left out.")
]
Speed = Annotated[
    str | None, typer.Option(help=f"{', '.join(SPEEDS)}. [default: standard]", show_default=False)
]
Steps = Annotated[int | None, typer.Option(help="Denoising steps, instead of --speed.")]
Guidance = Annotated[
    float | None, typer.Option(help="Guidance scale, 1 to 30: how closely the prompt leads.")
]
Negative = Annotated[str, typer.Option(help="Negative prompt: what to stay away from.")]
Folder = Annotated[
    Path | None,
    typer.Option("-o", "--output", help="Folder for the pictures.", show_default="Pictures/Dalle Studio"),
]
Json = Annotated[bool, typer.Option("--json", help="Write one JSON object a line to standard output.")]


@app.command()
def generate(
    prompt: Annotated[str | None, typer.Argument(help="What you want to see.")] = None,
    who: Annotated[list[str] | None, typer.Option(help="A building block: who or what.")] = None,
    doing: Annotated[list[str] | None, typer.Option(help="A building block: doing what, or where.")] = None,
    style: Styles = None,
    format: FormatName = "square",
    count: Count = 4,
    seed: Seed = None,
    speed: Speed = None,
    steps: Steps = None,
    guidance: Guidance = None,
    negative: Negative = "",
    output: Folder = None,
    json: Json = False,
) -> None:
    """Make pictures from a sentence, or from building blocks."""
    with Session(json) as session:
        model = find_model()
        sentence = _sentence(prompt, who, doing)
        sampling = _sampling(model, count, seed, speed, steps, guidance, negative)
        size = find_format(format).size
        requests = [
            Generate(model=model.name, prompt=styled(sentence, look), sampling=sampling, size=size)
            for look in _looks(style)
        ]
        session.make([Task(request, file_stem(request.prompt)) for request in requests], output)


@app.command()
def place(
    picture: PictureFile,
    prompt: Annotated[str | None, typer.Argument(help="What to put there.")] = None,
    at: Annotated[
        list[str] | None, typer.Option(help="Where: x,y as fractions, such as 0.3,0.7. Repeatable.")
    ] = None,
    size: Annotated[
        float | None, typer.Option(help="With --at: diameter as a fraction. [default: 0.3]")
    ] = None,
    mask: Annotated[
        Path | None, typer.Option(help="Where: a picture of the same size, white = there.")
    ] = None,
    region: Annotated[
        list[str] | None, typer.Option(help="x,y,size:prompt, such as '0.3,0.7,0.25:a red car'. Repeatable.")
    ] = None,
    feather: Annotated[int, typer.Option(help="Softness of the edge in pixels, inwards.")] = 16,
    style: Styles = None,
    count: Count = 4,
    seed: Seed = None,
    speed: Speed = None,
    steps: Steps = None,
    guidance: Guidance = None,
    negative: Negative = "",
    output: Folder = None,
    json: Json = False,
) -> None:
    """Put things where you say; every pixel outside stays as it is."""
    with Session(json) as session:
        model = find_model()
        source = open_picture(picture)
        places = _places(source, prompt, at, size, mask, region)
        sampling = _sampling(model, count, seed, speed, steps, guidance, negative)
        tasks = [
            Task(
                Place(
                    model=model.name,
                    source=source,
                    regions=tuple(Region(styled(what, look), where) for what, where in places),
                    sampling=sampling,
                    feather_px=feather,
                ),
                file_stem(" ".join([picture.stem, places[0][0], look.name if look else ""])),
            )
            for look in _looks(style)
        ]
        session.make(tasks, output)


@app.command()
def vary(
    picture: PictureFile,
    prompt: Annotated[
        str | None, typer.Option(help="What it shows; taken from its recipe if left out.")
    ] = None,
    how_far: Annotated[float, typer.Option(help="0 = almost the same, 1 = only the idea.")] = 0.4,
    keep: Annotated[
        str,
        typer.Option(
            help="What stays: layout (in other colours), palette (in other shapes), subject (in other "
            "surroundings), or free, which is nothing in particular."
        ),
    ] = "free",
    blend: Annotated[Path | None, typer.Option(help="A second picture to mix in.")] = None,
    mix: Annotated[
        float | None, typer.Option(help="With --blend: 0 = the first, 1 = the second. [default: 0.5]")
    ] = None,
    format: Annotated[
        str | None, typer.Option("--format", help=f"{_FORMAT_NAMES}; the picture's own if left out.")
    ] = None,
    count: Count = 4,
    seed: Seed = None,
    speed: Speed = None,
    steps: Steps = None,
    guidance: Guidance = None,
    negative: Negative = "",
    output: Folder = None,
    json: Json = False,
) -> None:
    """Make variations of a picture, or blend two."""
    with Session(json) as session:
        if mix is not None and blend is None:
            raise InvalidRequest("--mix needs a second picture.", "Add --blend PICTURE.")
        model = find_model()
        source = open_picture(picture)
        request = Vary(
            model=model.name,
            source=source,
            prompt=_prompt_for(source, prompt),
            how_far=how_far,
            keep=_kept(keep),
            blend=open_picture(blend) if blend else None,
            mix=0.5 if mix is None else mix,
            size=find_format(format).size if format else fit_area(source.size),
            sampling=_sampling(model, count, seed, speed, steps, guidance, negative),
        )
        session.make([Task(request, file_stem(f"{picture.stem} variation"))], output)


@app.command()
def extend(
    picture: PictureFile,
    format: Annotated[str, typer.Option("--format", help=f"{_FORMAT_NAMES}.")],
    prompt: Annotated[
        str | None, typer.Option(help="What it shows; taken from its recipe if left out.")
    ] = None,
    anchor: Annotated[Anchor, typer.Option(help="Where in the new frame the picture lies.")] = Anchor.CENTRE,
    count: Count = 4,
    seed: Seed = None,
    speed: Speed = None,
    steps: Steps = None,
    guidance: Guidance = None,
    negative: Negative = "",
    output: Folder = None,
    json: Json = False,
) -> None:
    """Continue a picture beyond its edges, to another format."""
    with Session(json) as session:
        model = find_model()
        source = open_picture(picture)
        size = frame_around(source.size, find_format(format).size.aspect)
        request = Extend(
            model=model.name,
            source=source,
            prompt=_prompt_for(source, prompt),
            size=size,
            left_px={"left": 0, "right": size.width_px - source.size.width_px}.get(anchor),
            top_px={"top": 0, "bottom": size.height_px - source.size.height_px}.get(anchor),
            sampling=_sampling(model, count, seed, speed, steps, guidance, negative),
        )
        session.make([Task(request, file_stem(f"{picture.stem} {format}"))], output)


@app.command()
def upscale(
    picture: PictureFile,
    to: Annotated[int, typer.Option(help="Length of the longer side, in pixels.")],
    output: Folder = None,
    json: Json = False,
) -> None:
    """Make a picture larger."""
    with Session(json) as session:
        source = open_picture(picture)
        request = Upscale(model=find_model().name, source=source, size=fit_long_side(source.size, to))
        session.make([Task(request, file_stem(f"{picture.stem} {to}"))], output)


@app.command()
def show(picture: PictureFile, json: Json = False) -> None:
    """Show how a picture was made."""
    with Session(json) as session:
        session.show(open_picture(picture))


@app.command()
def again(
    picture: PictureFile,
    source_folder: Annotated[
        Path | None, typer.Option(help="Where its source pictures lie, if not beside it.")
    ] = None,
    output: Folder = None,
    json: Json = False,
) -> None:
    """Make a picture again from its recipe, and compare."""
    with Session(json) as session:
        request = open_request(picture, [*([source_folder] if source_folder else []), *days_beside(picture)])
        stem = file_stem(f"{picture.stem} again")
        (made,) = session.make([Task(request, stem)], output)
        session.compare(open_picture(picture), open_picture(made))


@app.command()
def demo(
    output: Annotated[Path, typer.Option("-o", "--output", help="Folder for the pictures.")] = Path(
        "demo-output"
    ),
    painting: Annotated[Path | None, typer.Option(help="A painting to vary, instead of ours.")] = None,
    json: Json = False,
) -> None:
    """Make the pictures that show what the studio does, with one labelled contact sheet."""
    with Session(json) as session:
        make_demo(session, output, painting)


@app.callback(invoke_without_command=True)
def _root(version: Annotated[bool, typer.Option("--version", help="Print the version.")] = False) -> None:
    if version:
        typer.echo(f"dalle-studio {__version__}")
        raise typer.Exit


def main() -> None:
    """The console script."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):  # a path that is no Unicode is written as the bytes it is
            stream.reconfigure(errors="surrogateescape")
    app()


def _sentence(prompt: str | None, who: Sequence[str] | None, doing: Sequence[str] | None) -> str:
    if prompt is not None and (who or doing):
        raise InvalidRequest(
            "A prompt and building blocks were given.", "Use either a prompt or --who and --doing."
        )
    return prompt if prompt is not None else Blocks(tuple(who or ()), tuple(doing or ())).sentence()


def _looks(styles: Iterable[str] | None) -> list[Style | None]:
    return [find_style(name) for name in styles or ()] or [None]


def _sampling(
    model: Model,
    count: int,
    seed: int | None,
    speed: str | None,
    steps: int | None,
    guidance: float | None,
    negative: str,
) -> Sampling:
    if speed is not None and steps is not None:
        raise InvalidRequest("--speed and --steps were both given.", "Use one of them.")
    if speed is not None and speed not in SPEEDS:
        raise InvalidRequest(f"There is no speed “{speed}”.", f"Use one of: {', '.join(SPEEDS)}.")
    return Sampling(
        seed=secrets.randbelow(MAX_SEED // 2) if seed is None else seed,
        count=count,
        steps=model.steps[speed or "standard"] if steps is None else steps,
        guidance_scale=model.guidance_scale if guidance is None else guidance,
        negative_prompt=negative,
    )


def _kept(name: str) -> Keep:
    try:
        return Keep(name)
    except ValueError as error:
        raise InvalidRequest(
            f"Variations cannot keep “{name}”.", f"Use one of: {', '.join(Keep)}."
        ) from error


def _places(
    source: Picture,
    prompt: str | None,
    at: Sequence[str] | None,
    size: float | None,
    mask: Path | None,
    regions: Sequence[str] | None,
) -> list[tuple[str, Mask]]:
    if sum(map(bool, (at, mask, regions))) != 1:
        raise InvalidRequest(
            "Say where exactly once.", "Use --at (repeatable), or --mask, or --region (repeatable)."
        )
    if regions and prompt is not None:
        raise InvalidRequest("Each --region brings its own prompt.", "Leave the other prompt out.")
    if size is not None and not at:
        raise InvalidRequest("--size needs a place.", "Add --at x,y.")
    if mask:
        return [(prompt or "", open_mask(mask, source.size))]
    if regions:
        return [_region(source, text) for text in regions]
    return [(prompt or "", _marker(source, f"{where},{0.3 if size is None else size}")) for where in at or ()]


def _region(source: Picture, text: str) -> tuple[str, Mask]:
    where, _, prompt = text.partition(":")
    return prompt.strip(), _marker(source, where)


def _marker(source: Picture, text: str) -> Mask:
    try:
        x, y, diameter = (float(number) for number in text.split(","))
    except ValueError as error:
        raise InvalidRequest(
            f"“{text}” is no place.", "Write --at 0.3,0.7 --size 0.25, or --region '0.3,0.7,0.25:a red car'."
        ) from error
    return place_marker(source.size, (x, y), diameter)


def _prompt_for(source: Picture, prompt: str | None) -> str:
    if prompt is not None:
        return prompt
    return source.recipe.prompt if source.recipe else ""
