"""A project: what is on the canvas and what was composed, as plain values and as the members of a file.

A member has a name and bytes, whoever keeps them: `openraster` in a layered file, `journal` in a folder.
"""

from __future__ import annotations

import hashlib
import io
import json
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

import numpy as np
from PIL import Image, PngImagePlugin

from dalle_studio.core.mask import Mask
from dalle_studio.core.picture import Picture
from dalle_studio.core.request import Intent

MAX_REGIONS = 5
REGION_COLOURS = ("#ff7a90", "#6aa9ff", "#5ad19a", "#ffd166", "#c792ea")
OWN = "dalle-studio/"
CANVAS, COMPOSITION, RECIPE = f"{OWN}canvas.json", f"{OWN}composition.json", f"{OWN}recipe.json"
PICTURE, MERGED = "data/picture.png", "mergedimage.png"
NO_FRAME = (0, 0, 0, 0)

Json = Mapping[str, Any]


@dataclass(frozen=True, kw_only=True, eq=False)
class PaintedRegion:
    """A painted place with its own prompt.

    Attributes:
        number: 1 to 5, unique in the project.
        mask: uint8 (height, width) of the picture; must not change any more.
        prompt: what to make there; may be empty.
        intent: what becomes of it.
        name: what the user calls it; may be empty.
        unknown: what a later version of this studio wrote of it.
    """

    number: int
    mask: Mask
    prompt: str = ""
    intent: Intent = Intent.FILL
    name: str = ""
    unknown: Json = field(default_factory=dict[str, Any])

    @property
    def colour(self) -> str:
        """As #rrggbb, for programs that have no colours of their own for it."""
        return REGION_COLOURS[self.number - 1]


@dataclass(frozen=True, kw_only=True, eq=False)
class Unknown:
    """What a file holds that this version of the studio does not know, to be written again as it is."""

    manifest: Json = field(default_factory=dict[str, Any])
    canvas: Json = field(default_factory=dict[str, Any])
    members: Mapping[str, bytes] = field(default_factory=dict[str, bytes])


@dataclass(frozen=True, kw_only=True, eq=False)
class Project:
    """Everything that is worth keeping of a canvas and of what was composed for it.

    Attributes:
        picture: on the canvas, with its recipe; None where nothing was made yet.
        regions: in the order they were made.
        active: number of the region that tools work on.
        frame: how many pixels it reaches beyond the picture: left, top, right, bottom.
        composition: what is set on the left side of the window, as plain JSON.
        options: of the tools, as plain JSON.
        unknown: from a later version.
    """

    picture: Picture | None = None
    regions: tuple[PaintedRegion, ...] = ()
    active: int | None = None
    frame: tuple[int, int, int, int] = NO_FRAME
    composition: Json = field(default_factory=dict[str, Any])
    options: Json = field(default_factory=dict[str, Any])
    unknown: Unknown = field(default_factory=Unknown)

    def with_unknown_of(self, opened: Project) -> Project:
        """The same with what the project it was opened from had, and this version does not know."""
        unknown = {region.number: region.unknown for region in opened.regions}
        regions = (replace(each, unknown=unknown.get(each.number, {})) for each in self.regions)
        return replace(
            self,
            regions=tuple(regions),
            composition={**opened.composition, **self.composition},
            options={**opened.options, **self.options},
            unknown=opened.unknown,
        )


@dataclass(frozen=True, eq=False)
class Member:
    """A named piece of a project.

    Attributes:
        name: of the member in the file.
        source: says what it was made from: the same source gives the same bytes. Empty where it is quickly made.
        encode: makes the bytes.
    """

    name: str
    source: str
    encode: Callable[[], bytes]


def png(image: Image.Image) -> bytes:
    """A PNG that says it is sRGB."""
    info = PngImagePlugin.PngInfo()
    info.add(b"sRGB", b"\0")
    buffer = io.BytesIO()
    image.save(buffer, "PNG", pnginfo=info, compress_level=1)
    return buffer.getvalue()


def raw(image: Image.Image) -> bytes:
    """Without loss and without any work: a hundredth of the cost of a PNG, but as large as the pixels."""
    buffer = io.BytesIO()
    image.save(buffer, "PPM")
    return buffer.getvalue()


def mask_member(number: int) -> str:
    """Name of the member that holds what is painted in a region."""
    return f"{OWN}masks/{number}.png"


def layer_member(number: int) -> str:
    """Name of the member that shows the same to other programs."""
    return f"data/region-{number}.png"


def members_of(project: Project, encode: Callable[[Image.Image], bytes] = png) -> Iterator[Member]:
    """All that a project consists of, the small and precious first; `encode` makes the picture's bytes, a PNG."""
    yield Member(COMPOSITION, "", lambda: _to_json(project.composition))
    yield Member(CANVAS, "", lambda: _to_json(_canvas(project)))
    picture = project.picture
    if picture is not None and picture.recipe is not None:
        recipe = picture.recipe
        yield Member(RECIPE, "", lambda: recipe.to_json().encode())
    for region in project.regions:
        yield _mask(region.number, region.mask)
    if picture is not None:
        yield Member(PICTURE, picture.sha256, lambda: encode(picture.image))


def _to_json(value: Json) -> bytes:
    return json.dumps(value, ensure_ascii=False, indent=1).encode()


def _canvas(project: Project) -> Json:
    picture = project.picture
    return {
        **project.unknown.canvas,
        "picture_name": picture.name if picture else "",
        "size": list(picture.size.wh) if picture else None,
        "regions": [
            {
                **region.unknown,
                "number": region.number,
                "name": region.name,
                "prompt": region.prompt,
                "colour": region.colour,
                "intent": str(region.intent),
                "mask": mask_member(region.number),
            }
            for region in project.regions
        ],
        "active": project.active,
        "frame": list(project.frame),
        "options": project.options,
    }


def _mask(number: int, mask: Mask) -> Member:
    source = hashlib.sha256(f"{mask.shape}".encode())
    source.update(np.ascontiguousarray(mask).data)
    return Member(mask_member(number), source.hexdigest(), lambda: png(Image.fromarray(mask)))
