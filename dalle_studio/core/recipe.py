"""A recipe: everything needed to make a picture again, as plain JSON that travels inside the picture's file.

Source pictures are named by file name and SHA-256 of their pixels, masks are kept whole as small PNGs.
"""

from __future__ import annotations

import base64
import io
import json
from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass, fields, is_dataclass
from functools import cache
from typing import Any, TypeVar, get_origin, get_type_hints

import numpy as np
from PIL import Image

from dalle_studio.core.errors import StudioError, UnreadablePicture
from dalle_studio.core.format import Size, check_size
from dalle_studio.core.mask import Mask
from dalle_studio.core.picture import Picture
from dalle_studio.core.request import (
    Edit,
    Extend,
    Follow,
    Generate,
    Guide,
    Intent,
    Keep,
    Lora,
    Place,
    Region,
    Request,
    Sampling,
    Upscale,
    Vary,
    sources,
)
from dalle_studio.core.sentence import say

SCHEMA = 1
_T = TypeVar("_T")
_VERBS: dict[str, type[Any]] = {
    verb.__name__.lower(): verb for verb in (Generate, Place, Vary, Extend, Edit, Upscale)
}


@dataclass(frozen=True)
class Parent:
    """A picture that another one was made from."""

    name: str
    sha256: str


@dataclass(frozen=True, kw_only=True)
class Provenance:
    """What made the picture, beside the request.

    Attributes:
        model_version: of the model named in the request.
        device: for example "cpu".
        precision: number format of the weights that were used.
        native: size at which the model worked.
        upscaler: what brought it to its final size; empty where nothing did.
        elapsed_s: seconds for the whole request, shared by all its pictures.
        created: UTC, ISO 8601, to the second.
        software: names and versions.
        notes: what the user should know, such as a fallback that was taken.
        licence: of the model; empty where that was not recorded.
        commercial: whether that allows use in business, a `core.model.Commercial`; empty like the above.
        memory: how the model lay in memory, in words.
        memory_mib: the most that the model and its work took; 0 where that was not measured.
        concerns: why not everybody may want to see the picture, in words.
    """

    model_version: str
    device: str
    precision: str
    native: str
    upscaler: str
    elapsed_s: float
    created: str
    software: str
    notes: tuple[str, ...] = ()
    licence: str = ""
    commercial: str = ""
    memory: str = ""
    memory_mib: int = 0
    concerns: tuple[str, ...] = ()


@dataclass(frozen=True, eq=False)
class Recipe:
    """How one picture was made. `request` describes this picture alone (count 1, its own seed)."""

    verb: str
    request: Mapping[str, Any]
    parents: tuple[Parent, ...]
    provenance: Provenance

    def to_json(self) -> str:
        """The recipe as JSON in ASCII, which also holds file names that are no Unicode; `from_json` reads it."""
        return json.dumps(
            {
                "schema": SCHEMA,
                "verb": self.verb,
                "request": self.request,
                "parents": [asdict(parent) for parent in self.parents],
                "provenance": asdict(self.provenance),
            }
        )

    @property
    def seed(self) -> int | None:
        """The picture's own seed, where it has one."""
        return self.request.get("sampling", {}).get("seed")

    @property
    def prompt(self) -> str:
        """What the model was told, in one line."""
        regions = self.request.get("regions", ())
        return "; ".join(region["prompt"] for region in regions if region["prompt"]) or self.request.get(
            "prompt", ""
        )

    @property
    def said(self) -> str:
        """What was asked for, in one line; the prompt is that in the model's language."""
        regions = [region.get("said") or region["prompt"] for region in self.request.get("regions", ())]
        return "; ".join(filter(None, regions)) or self.request.get("said") or self.prompt


def record(request: Request, provenance: Provenance) -> Recipe:
    """The recipe of the one picture that `request` (of count 1) made."""
    parents = tuple(Parent(source.name, source.sha256) for source in sources(request))
    return Recipe(type(request).__name__.lower(), _to_plain(request), parents, provenance)


def from_json(text: str) -> Recipe:
    """Read a recipe. Raises UnreadablePicture where the text is not one, or is of a later schema."""
    try:
        data = json.loads(text)
        schema = int(data["schema"])
        if schema <= SCHEMA:
            return _read(data)
    except Exception as error:  # the text comes from a file: it can be wrong in every way
        raise UnreadablePicture(
            say("The recipe in this picture is damaged."),
            say("Save the picture anew with another program to use its pixels alone."),
            repr(error),
        ) from error
    raise UnreadablePicture(
        say(
            "The recipe in this picture has schema {schema}, newer than this studio reads ({known}).",
            schema=schema,
            known=SCHEMA,
        ),
        say("Update Dalle Studio."),
    )


def request_of(recipe: Recipe, find: Callable[[Parent], Picture]) -> Request:
    """The request that makes the picture again. `find` brings its source pictures and raises where it cannot.

    Raises UnreadablePicture where the recipe is damaged, InvalidRequest where its numbers are out of range.
    """
    verb = _VERBS.get(recipe.verb)
    if verb is None:
        raise UnreadablePicture(
            say("The recipe says “{verb}”, which this studio cannot do.", verb=recipe.verb),
            say("Update Dalle Studio."),
        )
    by_hash = {parent.sha256: parent for parent in recipe.parents}
    try:
        values = {key: _from_plain(key, value, by_hash, find) for key, value in recipe.request.items()}
        return _build(verb, values)
    except StudioError:
        raise
    except Exception as error:  # as above
        raise UnreadablePicture(
            say("The recipe in this picture is damaged."), say("Make the picture anew."), repr(error)
        ) from error


def _read(data: Any) -> Recipe:
    made = data["provenance"]
    recipe = Recipe(
        verb=data["verb"],
        request=data["request"],
        parents=tuple(_build(Parent, parent) for parent in data["parents"]),
        provenance=_build(
            Provenance,
            {**made, "notes": tuple(made["notes"]), "concerns": tuple(made.get("concerns", ()))},
        ),
    )
    negative = recipe.request.get("sampling", {}).get("negative_prompt", "")
    texts = (recipe.verb, recipe.request["model"], recipe.prompt, recipe.said, negative)
    if not all(isinstance(text, str) for text in (*texts, *_texts_of(recipe.provenance))):
        raise TypeError(f"not all of {texts!r} are texts")
    return recipe


def _build(kind: type[_T], values: Mapping[str, Any]) -> _T:
    """An instance of a dataclass from foreign values. Raises TypeError where one is not of its field's type."""
    wanted = _types_of(kind)
    for key, value in values.items():
        allowed = get_origin(wanted[key]) if get_origin(wanted[key]) is tuple else wanted[key]
        if not isinstance(value, int | float if allowed is float else allowed):
            raise TypeError(f"{key} is {value!r}")
    return kind(**values)


@cache
def _types_of(kind: type[Any]) -> dict[str, Any]:
    """Types of the fields; a gallery asks for them with every picture, and reading them takes its time."""
    return get_type_hints(kind)


def _to_plain(value: Any) -> Any:
    match value:
        case Picture():
            return {"sha256": value.sha256}
        case np.ndarray():
            return {"png": _mask_to_text(value)}  # type: ignore[reportUnknownArgumentType]
        case tuple():
            return [_to_plain(item) for item in value]  # type: ignore[reportUnknownVariableType]
        case _ if is_dataclass(value):
            named = (field.name for field in fields(value))
            known = {name: getattr(value, name) for name in named}
            return {name: _to_plain(each) for name, each in known.items() if name != "said" or each}
        case _:
            return value


def _from_plain(
    key: str, value: Any, parents: Mapping[str, Parent], find: Callable[[Parent], Picture]
) -> Any:
    match value:
        case {"sha256": sha256}:
            return find(parents[sha256])
        case list() if key == "regions":
            return tuple(_region(item) for item in value)  # type: ignore[reportUnknownVariableType, reportUnknownArgumentType]
        case list() if key == "references":
            return tuple(_from_plain("", item, parents, find) for item in value)  # type: ignore[reportUnknownVariableType]
        case dict() if key == "sampling":
            return _sampling(value)  # type: ignore[reportUnknownArgumentType]
        case dict() if key == "size":
            return _build(Size, value)  # type: ignore[reportUnknownArgumentType]
        case dict() if key == "guide":
            source = _from_plain("", value["source"], parents, find)  # type: ignore[reportUnknownArgumentType]
            return Guide(source, Follow(value["follow"]), value["weight"])  # type: ignore[reportUnknownArgumentType]
        case str() if key == "keep":
            return Keep(value)
        case _:
            return value


def _region(plain: Mapping[str, Any]) -> Region:
    intent = Intent(plain.get("intent", Intent.FILL))
    return Region(plain["prompt"], _mask_from_text(plain["mask"]["png"]), intent, plain.get("said", ""))


def _sampling(plain: Mapping[str, Any]) -> Sampling:
    loras = tuple(_build(Lora, lora) for lora in plain.get("loras", ()))
    return _build(Sampling, {**plain, "loras": loras})


def _texts_of(made: Provenance) -> tuple[Any, ...]:
    return (*made.notes, *made.concerns, made.licence, made.commercial, made.memory)


def _mask_to_text(mask: Mask) -> str:
    buffer = io.BytesIO()
    Image.fromarray(mask).save(buffer, "PNG", optimize=True)
    return base64.b64encode(buffer.getvalue()).decode("ascii")


def _mask_from_text(text: str) -> Mask:
    with Image.open(io.BytesIO(base64.b64decode(text)), formats=("PNG",)) as image:
        check_size(Size(*image.size))
        return np.array(image.convert("L"))
