"""The command line: `dalle-studio`. A composition root that also serves scripts (`--json`).

Paths of finished pictures go to standard output, everything else to standard error. Exit codes: 0 made,
1 an error of ours, 2 wrong options, 3 unreadable picture, 4 cannot write, 5 engine failure, 6 download failed,
130 cancelled.
"""

from __future__ import annotations

import io
import sys
from pathlib import Path
from typing import Annotated

import typer

from dalle_studio import __version__
from dalle_studio.cli_models import models
from dalle_studio.cli_options import (
    FORMAT_NAMES,
    Anchor,
    Count,
    Folder,
    FormatName,
    Guidance,
    Json,
    Loras,
    ModelName,
    Negative,
    PictureFile,
    Seed,
    Speak,
    SpeechFile,
    Speed,
    SpokenLanguage,
    Steps,
    Styles,
    guide_of,
    is_spoken,
    keep_of,
    looks_of,
    places_of,
    prompt_for,
    sampling_of,
    sentence_of,
)
from dalle_studio.core.errors import InvalidRequest
from dalle_studio.core.format import find_format, fit_area, fit_long_side, frame_around
from dalle_studio.core.prompt import styled
from dalle_studio.core.request import Edit, Extend, Generate, Place, Region, Upscale, Vary
from dalle_studio.demo import make_demo
from dalle_studio.dictation import said_prompt
from dalle_studio.session import Session, Task
from dalle_studio.storage.library import file_stem, open_picture, open_request
from dalle_studio.storage.models.installed import STARTER, find_model
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
app.add_typer(models, name="models")


@app.command()
def generate(
    prompt: Annotated[str | None, typer.Argument(help="What you want to see.")] = None,
    who: Annotated[list[str] | None, typer.Option(help="A building block: who or what.")] = None,
    doing: Annotated[list[str] | None, typer.Option(help="A building block: doing what, or where.")] = None,
    style: Styles = None,
    format: FormatName = "square",
    guide: Annotated[Path | None, typer.Option(help="A picture whose structure new ones follow.")] = None,
    follow: Annotated[
        str | None, typer.Option(help="With --guide: edges or depth. [default: edges]", show_default=False)
    ] = None,
    guide_weight: Annotated[float | None, typer.Option(help="With --guide: 0 to 2. [default: 1]")] = None,
    count: Count = 4,
    seed: Seed = None,
    speed: Speed = None,
    steps: Steps = None,
    guidance: Guidance = None,
    negative: Negative = "",
    model: ModelName = STARTER,
    lora: Loras = None,
    output: Folder = None,
    speak: Speak = False,
    speech_file: SpeechFile = None,
    speech_language: SpokenLanguage = "en",
    json: Json = False,
) -> None:
    """Make pictures from a sentence, from building blocks, or from what is said."""
    with Session(json) as session:
        chosen = find_model(model)
        if is_spoken(prompt, who, doing, speak, speech_file):
            sentence = said_prompt(session, chosen, speech_file, speech_language)
        else:
            sentence = sentence_of(prompt, who, doing)
        sampling = sampling_of(chosen, count, seed, speed, steps, guidance, negative, lora)
        size = find_format(format).size
        requests = [
            Generate(
                model=chosen.name,
                prompt=styled(sentence, look),
                sampling=sampling,
                size=size,
                guide=guide_of(guide, follow, guide_weight),
            )
            for look in looks_of(style)
        ]
        session.make([Task(request, file_stem(request.prompt)) for request in requests], output, chosen)


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
    model: ModelName = STARTER,
    lora: Loras = None,
    output: Folder = None,
    json: Json = False,
) -> None:
    """Put things where you say; every pixel outside stays as it is."""
    with Session(json) as session:
        chosen = find_model(model)
        source = open_picture(picture)
        places = places_of(source, prompt, at, size, mask, region)
        sampling = sampling_of(chosen, count, seed, speed, steps, guidance, negative, lora)
        tasks = [
            Task(
                Place(
                    model=chosen.name,
                    source=source,
                    regions=tuple(Region(styled(what, look), where) for what, where in places),
                    sampling=sampling,
                    feather_px=feather,
                ),
                file_stem(" ".join([picture.stem, places[0][0], look.name if look else ""])),
            )
            for look in looks_of(style)
        ]
        session.make(tasks, output, chosen)


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
        str | None, typer.Option("--format", help=f"{FORMAT_NAMES}; the picture's own if left out.")
    ] = None,
    count: Count = 4,
    seed: Seed = None,
    speed: Speed = None,
    steps: Steps = None,
    guidance: Guidance = None,
    negative: Negative = "",
    model: ModelName = STARTER,
    lora: Loras = None,
    output: Folder = None,
    json: Json = False,
) -> None:
    """Make variations of a picture, or blend two."""
    with Session(json) as session:
        if mix is not None and blend is None:
            raise InvalidRequest("--mix needs a second picture.", "Add --blend PICTURE.")
        chosen = find_model(model)
        source = open_picture(picture)
        request = Vary(
            model=chosen.name,
            source=source,
            prompt=prompt_for(source, prompt),
            how_far=how_far,
            keep=keep_of(keep),
            blend=open_picture(blend) if blend else None,
            mix=0.5 if mix is None else mix,
            size=find_format(format).size if format else fit_area(source.size),
            sampling=sampling_of(chosen, count, seed, speed, steps, guidance, negative, lora),
        )
        session.make([Task(request, file_stem(f"{picture.stem} variation"))], output, chosen)


@app.command()
def extend(
    picture: PictureFile,
    format: Annotated[str, typer.Option("--format", help=f"{FORMAT_NAMES}.")],
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
    model: ModelName = STARTER,
    lora: Loras = None,
    output: Folder = None,
    json: Json = False,
) -> None:
    """Continue a picture beyond its edges, to another format."""
    with Session(json) as session:
        chosen = find_model(model)
        source = open_picture(picture)
        size = frame_around(source.size, find_format(format).size.aspect)
        request = Extend(
            model=chosen.name,
            source=source,
            prompt=prompt_for(source, prompt),
            size=size,
            left_px={"left": 0, "right": size.width_px - source.size.width_px}.get(anchor),
            top_px={"top": 0, "bottom": size.height_px - source.size.height_px}.get(anchor),
            sampling=sampling_of(chosen, count, seed, speed, steps, guidance, negative, lora),
        )
        session.make([Task(request, file_stem(f"{picture.stem} {format}"))], output, chosen)


@app.command()
def edit(
    picture: PictureFile,
    prompt: Annotated[str, typer.Argument(help="What to change, such as “make it night”.")],
    reference: Annotated[
        list[Path] | None, typer.Option(help="A further picture the prompt may speak of. Up to 3.")
    ] = None,
    format: Annotated[
        str | None, typer.Option("--format", help=f"{FORMAT_NAMES}; the picture's own if left out.")
    ] = None,
    count: Count = 4,
    seed: Seed = None,
    speed: Speed = None,
    steps: Steps = None,
    guidance: Guidance = None,
    negative: Negative = "",
    model: ModelName = STARTER,
    lora: Loras = None,
    output: Folder = None,
    json: Json = False,
) -> None:
    """Change a picture as a sentence says, with a model that can."""
    with Session(json) as session:
        chosen = find_model(model)
        source = open_picture(picture)
        request = Edit(
            model=chosen.name,
            source=source,
            prompt=prompt,
            references=tuple(map(open_picture, reference or ())),
            size=find_format(format).size if format else fit_area(source.size),
            sampling=sampling_of(chosen, count, seed, speed, steps, guidance, negative, lora),
        )
        session.make([Task(request, file_stem(f"{picture.stem} {prompt}"))], output, chosen)


@app.command()
def upscale(
    picture: PictureFile,
    to: Annotated[int, typer.Option(help="Length of the longer side, in pixels.")],
    upscaler: Annotated[
        str, typer.Option(help="An installed upscaler, instead of the studio's own.", show_default=False)
    ] = "",
    model: ModelName = STARTER,
    output: Folder = None,
    json: Json = False,
) -> None:
    """Make a picture larger."""
    with Session(json) as session:
        source = open_picture(picture)
        request = Upscale(
            model=find_model(model).name,
            source=source,
            size=fit_long_side(source.size, to),
            upscaler=upscaler,
        )
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
