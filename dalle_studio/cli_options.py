"""What the commands that make pictures have in common: their options, and how these are read."""

from __future__ import annotations

import secrets
from collections.abc import Iterable, Sequence
from enum import StrEnum, auto
from pathlib import Path
from typing import Annotated

import typer

from dalle_studio.core.errors import InvalidRequest
from dalle_studio.core.format import FORMATS
from dalle_studio.core.mask import Mask, place_marker
from dalle_studio.core.model import SPEEDS, Model
from dalle_studio.core.picture import Picture
from dalle_studio.core.prompt import STYLES, Blocks, Style, find_style
from dalle_studio.core.request import MAX_SEED, Follow, Guide, Keep, Lora, Sampling
from dalle_studio.storage.library import open_mask, open_picture

STYLE_NAMES = ", ".join(style.name for style in STYLES)
FORMAT_NAMES = ", ".join(f"{f.name} ({f.size})" for f in FORMATS)

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
    typer.Option("--style", help=f"One set for each --style: {STYLE_NAMES}.", show_default=False),
]
FormatName = Annotated[str, typer.Option("--format", help=f"{FORMAT_NAMES}.")]
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
ModelName = Annotated[
    str, typer.Option("--model", help="An installed model; see “models list”.", show_default=True)
]
Loras = Annotated[
    list[str] | None,
    typer.Option(
        "--lora",
        help="NAME or NAME:WEIGHT of an installed LoRA, weight -2 to 2. Repeatable.",
        show_default=False,
    ),
]
Negative = Annotated[str, typer.Option(help="Negative prompt: what to stay away from.")]
Folder = Annotated[
    Path | None,
    typer.Option("-o", "--output", help="Folder for the pictures.", show_default="Pictures/Dalle Studio"),
]
Speak = Annotated[bool, typer.Option("--speak", help="Say the prompt; silence ends it.")]
SpeechFile = Annotated[
    Path | None, typer.Option(help="A recording of the prompt: WAV, FLAC, Ogg or MP3, up to 60 s.")
]
SpokenLanguage = Annotated[
    str,
    typer.Option(
        "--speech-language",
        help="What is spoken: en (built in), or zh, for which “models install whisper-base” is needed.",
    ),
]
Json = Annotated[bool, typer.Option("--json", help="Write one JSON object a line to standard output.")]


def is_spoken(
    prompt: str | None,
    who: Sequence[str] | None,
    doing: Sequence[str] | None,
    speak: bool,
    speech_file: Path | None,
) -> bool:
    """Whether the prompt is said rather than written. Raises InvalidRequest where it comes from several places."""
    spoken = speak + (speech_file is not None)
    if spoken > 1 or (spoken and (prompt is not None or who or doing)):
        raise InvalidRequest(
            "The prompt comes from several places.",
            "Use one of: a prompt, --who and --doing, --speak, or --speech-file.",
        )
    return bool(spoken)


def sentence_of(prompt: str | None, who: Sequence[str] | None, doing: Sequence[str] | None) -> str:
    """The prompt, or the sentence that building blocks make."""
    if prompt is not None and (who or doing):
        raise InvalidRequest(
            "A prompt and building blocks were given.", "Use either a prompt or --who and --doing."
        )
    return prompt if prompt is not None else Blocks(tuple(who or ()), tuple(doing or ())).sentence()


def looks_of(styles: Iterable[str] | None) -> list[Style | None]:
    """The styles of those names; one None where there are none."""
    return [find_style(name) for name in styles or ()] or [None]


def sampling_of(
    model: Model,
    count: int,
    seed: int | None,
    speed: str | None,
    steps: int | None,
    guidance: float | None,
    negative: str,
    loras: Sequence[str] | None = None,
) -> Sampling:
    """How pictures are to be drawn from a model, as the options say."""
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
        loras=tuple(map(_lora, loras or ())),
    )


def keep_of(name: str) -> Keep:
    """What variations keep, by its name."""
    try:
        return Keep(name)
    except ValueError as error:
        raise InvalidRequest(
            f"Variations cannot keep “{name}”.", f"Use one of: {', '.join(Keep)}."
        ) from error


def places_of(
    source: Picture,
    prompt: str | None,
    at: Sequence[str] | None,
    size: float | None,
    mask: Path | None,
    regions: Sequence[str] | None,
) -> list[tuple[str, Mask]]:
    """What is to be put where, by whichever of the options says so."""
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


def prompt_for(source: Picture, prompt: str | None) -> str:
    """The prompt, or that of the picture's recipe."""
    if prompt is not None:
        return prompt
    return source.recipe.prompt if source.recipe else ""


def guide_of(picture: Path | None, follow: str | None, weight: float | None) -> Guide | None:
    """What new pictures are to follow, as the options say."""
    if picture is None:
        if follow is not None or weight is not None:
            raise InvalidRequest("--follow and --guide-weight need a picture.", "Add --guide PICTURE.")
        return None
    try:
        kind = Follow(follow or Follow.EDGES)
    except ValueError as error:
        raise InvalidRequest(
            f"Pictures cannot follow “{follow}”.", f"Use one of: {', '.join(Follow)}."
        ) from error
    return Guide(open_picture(picture), kind, 1.0 if weight is None else weight)


def _lora(text: str) -> Lora:
    name, colon, weight = text.partition(":")
    try:
        return Lora(name, float(weight) if colon else 1.0)
    except ValueError as error:
        raise InvalidRequest(f"“{text}” is no LoRA with a weight.", "Write --lora NAME:0.8.") from error
