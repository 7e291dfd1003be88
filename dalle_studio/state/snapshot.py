"""From what is on the canvas and composed to a project that can be kept, and back."""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Mapping
from dataclasses import asdict, replace
from typing import Any

from dalle_studio.core import mask_tools
from dalle_studio.core.errors import StudioError
from dalle_studio.core.format import find_format
from dalle_studio.core.mask import Mask
from dalle_studio.core.model import SPEEDS
from dalle_studio.core.prompt import check_prompt, find_style
from dalle_studio.core.request import MAX_SEED, Follow, Intent, Keep, Lora
from dalle_studio.state.arrangement import Arrangement, Region
from dalle_studio.state.canvas import Canvas
from dalle_studio.state.composer import Composer
from dalle_studio.state.composition import Composition
from dalle_studio.state.frame import Frame
from dalle_studio.state.options import Options
from dalle_studio.state.tiles import TiledMask
from dalle_studio.storage.project import PaintedRegion, Project

MAX_BLOCKS = 100


class Snapshots:
    """Takes projects of one canvas and composer, on the main thread.

    Masks go on being painted, so they are copied; those that are as they were the last time are not again.
    """

    def __init__(self, canvas: Canvas, composer: Composer) -> None:
        self._canvas, self._composer = canvas, composer
        self._copies: dict[TiledMask, tuple[int, Mask]] = {}

    def take(self) -> Project:
        """Everything as it stands now; does not change any more."""
        canvas, copies = self._canvas, self._copies
        self._copies = {region.painting: self._copy(region, copies) for region in canvas.regions}
        frame = canvas.margins
        return Project(
            picture=canvas.picture,
            regions=tuple(
                PaintedRegion(
                    number=region.number,
                    mask=self._copies[region.painting][1],
                    prompt=region.prompt,
                    intent=canvas.intent,
                )
                for region in canvas.regions
            ),
            active=canvas.active and canvas.active.number,
            frame=(frame.left, frame.top, frame.right, frame.bottom),
            composition=asdict(self._composer.value),
            options={
                "intent": canvas.intent,
                "brush_px": canvas.brush_px,
                "feather_px": canvas.feather_px,
                "hardness": canvas.hardness,
            },
        )

    def _copy(self, region: Region, copies: Mapping[TiledMask, tuple[int, Mask]]) -> tuple[int, Mask]:
        painting = region.painting
        kept = copies.get(painting)
        if kept and kept[0] == painting.revision and region.number not in self._canvas.live:
            return kept
        copy = painting.view.copy()
        copy.setflags(write=False)
        return painting.revision, copy


def arrangement_of(project: Project) -> Arrangement:
    """What is to be put on the canvas."""
    regions = tuple(
        Region(region.number, region.prompt, _painting(region.mask)) for region in project.regions
    )
    return Arrangement(project.picture, regions, project.active, Frame(*project.frame))


def composition_of(data: Mapping[str, Any]) -> Composition:
    """What is to be composed. A value that is missing or makes no sense stays at its default."""
    fields: dict[str, Any] = {}
    for name, valid in _VALID.items():
        with contextlib.suppress(StudioError, ValueError, TypeError, KeyError):
            fields[name] = valid(data[name])
    return Composition(**fields)


def options_of(data: Mapping[str, Any]) -> Options:
    """How the tools are to be set; as above."""
    options = Options()
    for name, put in _PUT.items():
        with contextlib.suppress(ValueError, TypeError, KeyError, OverflowError):
            options = put(options, data[name])
    return options


def _painting(mask: Mask) -> TiledMask:
    everything = mask_tools.whole(mask)
    painting = TiledMask(everything.size)
    painting.touch(everything)
    painting.pixels[:] = mask
    painting.commit()
    return painting


def _text(value: object) -> str:
    if not isinstance(value, str):
        raise TypeError(f"{value!r} is no text")
    return check_prompt(value, may_be_empty=True)


def _texts(value: object) -> tuple[str, ...]:
    if not isinstance(value, list | tuple):
        raise TypeError(f"{value!r} is no list")
    return tuple(_text(each) for each in value[:MAX_BLOCKS])  # type: ignore[reportUnknownVariableType]


def _flag(value: object) -> bool:
    if not isinstance(value, bool):
        raise TypeError(f"{value!r} is neither yes nor no")
    return value


def _whole(least: int, most: int) -> Callable[[object], int]:
    def valid(value: object) -> int:
        if not isinstance(value, int) or not least <= value <= most:
            raise ValueError(f"{value!r} is not from {least} to {most}")
        return value

    return valid


def _share(least: float, most: float) -> Callable[[object], float]:
    def valid(value: object) -> float:
        if not isinstance(value, int | float) or not least <= value <= most:
            raise ValueError(f"{value!r} is not from {least} to {most}")
        return float(value)

    return valid


def _or_none(valid: Callable[[object], Any]) -> Callable[[object], Any]:
    return lambda value: None if value is None else valid(value)


def _speed(value: object) -> str:
    if value not in SPEEDS:
        raise ValueError(f"{value!r} is no speed")
    return str(value)


def _lora(value: Any) -> Lora:
    return Lora(_text(value["name"]), _share(-2, 2)(value["weight"]))


_VALID: Mapping[str, Callable[[Any], Any]] = {
    "text": _text,
    "who": _texts,
    "doing": _texts,
    "styles": lambda value: tuple(find_style(name).name for name in _texts(value)),
    "each_subject": _flag,
    "format": lambda value: find_format(_text(value)).name,
    "count": _whole(1, 8),
    "speed": _speed,
    "seed": _whole(0, MAX_SEED),
    "seed_locked": _flag,
    "negative_prompt": _text,
    "guidance_scale": _or_none(_share(1, 30)),
    "steps": _or_none(_whole(1, 200)),
    "how_far": _share(0, 1),
    "keep": Keep,
    "loras": lambda value: tuple(_lora(each) for each in value),
    "guide": _or_none(Follow),
    "guide_weight": _share(0, 2),
    "upscaler": _text,
    "translated": lambda value: tuple((_text(said), _text(english)) for said, english in value),
}

_PUT: Mapping[str, Callable[[Options, Any], Options]] = {
    "brush_px": Options.with_brush_px,
    "feather_px": Options.with_feather_px,
    "hardness": Options.with_hardness,
    "intent": lambda options, value: replace(options, intent=Intent(value)),
}
