"""Reads a project from its members, as far as they make sense, and writes down what is lost."""

from __future__ import annotations

import io
import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
from PIL import Image

from dalle_studio.core.errors import StudioError
from dalle_studio.core.format import MAX_SIDE_PX, Size, check_size
from dalle_studio.core.mask import Mask
from dalle_studio.core.picture import Picture
from dalle_studio.core.prompt import check_prompt
from dalle_studio.core.recipe import Recipe, from_json
from dalle_studio.core.request import Intent
from dalle_studio.core.sentence import say
from dalle_studio.storage.project import (
    CANVAS,
    COMPOSITION,
    MAX_REGIONS,
    MERGED,
    NO_FRAME,
    PICTURE,
    RECIPE,
    Json,
    PaintedRegion,
    Project,
    Unknown,
    layer_member,
    mask_member,
)

MAX_JSON_BYTES = 16 * 1024**2
_CANVAS_KEYS = {"picture_name", "size", "regions", "active", "frame", "options"}
_REGION_KEYS = {"number", "name", "prompt", "colour", "intent", "mask"}
_STAND_IN = 128  # grey, where the picture is lost and what was painted on it is not


@dataclass(frozen=True, eq=False)
class Found:
    """What is left of a project's members.

    Attributes:
        expected: names of all that there should be, as far as that is known.
        get: a member's bytes, checked; None where they are missing or damaged.
    """

    expected: frozenset[str]
    get: Callable[[str], bytes | None]


def read_project(found: Found) -> tuple[Project, tuple[str, ...]]:
    """The project, as far as it can be read, and what is lost of it, each as words for a list.

    Never raises: what makes no sense counts as lost.
    """
    reader = _Reader(found)
    return reader.project(), tuple(dict.fromkeys(reader.lost))


def read_json(data: bytes) -> dict[str, Any]:
    """An object in JSON. Raises ValueError where it is none, or is too long, too deep or no text."""
    if len(data) > MAX_JSON_BYTES:
        raise ValueError(f"{len(data)} bytes of JSON")
    try:
        value = json.loads(data)
        json.dumps(value, ensure_ascii=False).encode()  # half a surrogate pair is no text
    except RecursionError as error:
        raise ValueError("JSON is nested too deeply") from error
    if not isinstance(value, dict):
        raise ValueError(f"JSON is {type(value).__name__}")
    return value  # type: ignore[reportUnknownVariableType]


class _Reader:
    """Reads a project member by member, and writes down what is lost."""

    def __init__(self, found: Found) -> None:
        self._found = found
        self.lost: list[str] = []

    def project(self) -> Project:
        canvas = self._json(CANVAS, say("the prompts of the regions, and the frame"))
        composition = self._json(COMPOSITION, say("what was composed: prompt, style and settings"))
        recipe = self._recipe()
        pixels = self._picture(canvas)
        masks = self._masks(canvas)
        if pixels is None and masks:
            size = next(iter(masks.values())).shape
            pixels = np.full((*size, 3), _STAND_IN, np.uint8)
        picture = None if pixels is None else Picture(pixels, recipe, _text(canvas.get("picture_name")))
        regions = self._regions(canvas, masks, picture)
        numbers = [region.number for region in regions]
        active, options = canvas.get("active"), canvas.get("options")
        return Project(
            picture=picture,
            regions=regions,
            active=active if active in numbers else None,
            frame=self._frame(canvas, picture),
            composition=composition,
            options=options if isinstance(options, dict) else {},  # type: ignore[reportUnknownArgumentType]
            unknown=Unknown(canvas=_others(canvas, _CANVAS_KEYS)),
        )

    def _json(self, name: str, what: str) -> dict[str, Any]:
        data = self._found.get(name)
        try:
            if data is not None:
                return read_json(data)
        except ValueError:
            pass
        if data is not None or name in self._found.expected:
            self.lost.append(what)
        return {}

    def _recipe(self) -> Recipe | None:
        data = self._found.get(RECIPE)
        try:
            if data is not None:
                return from_json(data.decode())
        except (StudioError, ValueError):
            pass
        if data is not None or RECIPE in self._found.expected:
            self.lost.append(say("how the picture was made"))
        return None

    def _picture(self, canvas: Json) -> np.ndarray[Any, np.dtype[np.uint8]] | None:
        """From its layer, or from the rendering of all visible layers, which shows the same."""
        for name in (PICTURE, MERGED):
            data = self._found.get(name)
            pixels = None if data is None else _pixels(data, "RGB")
            if pixels is not None:
                has_none = "size" in canvas and canvas["size"] is None
                return None if has_none else pixels
        if PICTURE in self._found.expected or canvas.get("size"):
            self.lost.append(say("the picture"))
        return None

    def _masks(self, canvas: Json) -> dict[int, Mask]:
        """Whatever is left of what was painted, by number of the region."""
        masks: dict[int, Mask] = {}
        for number in range(1, MAX_REGIONS + 1):
            mask = self._mask(number)
            if mask is not None:
                masks[number] = mask
            elif {mask_member(number), layer_member(number)} & self._found.expected:
                self.lost.append(say("what was painted in region {number}", number=number))
        return masks

    def _mask(self, number: int) -> Mask | None:
        own, layer = self._found.get(mask_member(number)), self._found.get(layer_member(number))
        mask = None if own is None else _pixels(own, "L")
        if mask is None and layer is not None:
            coloured = _pixels(layer, "RGBA")
            mask = None if coloured is None else np.ascontiguousarray(coloured[..., 3])
        return mask

    def _regions(
        self, canvas: Json, masks: dict[int, Mask], picture: Picture | None
    ) -> tuple[PaintedRegion, ...]:
        described = self._described(canvas)
        regions: list[PaintedRegion] = []
        for number in dict.fromkeys((*described, *masks)):
            mask = masks.get(number)
            if mask is None or picture is None or mask.shape != picture.pixels.shape[:2]:
                self.lost.append(say("what was painted in region {number}", number=number))
            if picture is not None:
                height, width = picture.pixels.shape[:2]
                fits = mask is not None and mask.shape == (height, width)
                painted = mask if fits and mask is not None else np.zeros((height, width), np.uint8)
                painted.setflags(write=False)
                regions.append(PaintedRegion(number=number, mask=painted, **described.get(number, {})))
        return tuple(regions)

    def _described(self, canvas: Json) -> dict[int, dict[str, Any]]:
        """Everything about the regions but their masks, by number."""
        described: dict[int, dict[str, Any]] = {}
        regions = canvas.get("regions", [])
        for data in regions if isinstance(regions, list) else [None]:  # type: ignore[reportUnknownVariableType]
            try:
                number, fields = _region_fields(data)  # type: ignore[reportUnknownArgumentType]
                described.setdefault(number, fields)
            except (StudioError, LookupError, TypeError, ValueError, AttributeError):
                self.lost.append(say("the prompt of a region"))
        return described

    def _frame(self, canvas: Json, picture: Picture | None) -> tuple[int, int, int, int]:
        if picture is None or "frame" not in canvas:
            return NO_FRAME
        match canvas["frame"]:
            case [int(left), int(top), int(right), int(bottom)] if min(left, top, right, bottom) >= 0:
                width, height = picture.size.wh
                if max(left + width + right, top + height + bottom) <= MAX_SIDE_PX:
                    return left, top, right, bottom
            case _:
                pass
        self.lost.append(say("the frame"))
        return NO_FRAME


def _region_fields(data: Any) -> tuple[int, dict[str, Any]]:
    """Number and further fields of a region. Raises nearly everything where the data are not those of one."""
    number = data["number"]
    if type(number) is not int or not 1 <= number <= MAX_REGIONS:
        raise ValueError(f"region {number!r}")
    fields = {
        "prompt": check_prompt(data["prompt"], may_be_empty=True),
        "intent": Intent(data.get("intent", Intent.FILL)),
        "name": check_prompt(data.get("name", ""), may_be_empty=True),
        "unknown": _others(data, _REGION_KEYS),
    }
    return number, fields


def _pixels(data: bytes, mode: str) -> np.ndarray[Any, np.dtype[np.uint8]] | None:
    """Decoded, if it is whole and of a size that a picture may have."""
    Image.MAX_IMAGE_PIXELS = None  # the check below is stricter
    try:
        with Image.open(io.BytesIO(data), formats=("PNG", "PPM")) as image:
            check_size(Size(*image.size))
            return np.array(image.convert(mode))
    except Exception:  # Pillow raises nearly everything on broken files
        return None


def _others(data: Mapping[str, Any], known: set[str]) -> dict[str, Any]:
    return {key: value for key, value in data.items() if key not in known}


def _text(value: object) -> str:
    return value if isinstance(value, str) else ""
