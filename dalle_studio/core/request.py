"""Requests: everything an engine needs to make pictures. Frozen, complete, validated when made.

Of a request for `count` pictures, picture number i (from 0) is made with seed `seed + i`, and looks the same
whether it is asked for alone or in company.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import StrEnum

from dalle_studio.core.errors import InvalidRequest
from dalle_studio.core.format import DEFAULT_SIZE, Size, check_size
from dalle_studio.core.mask import Box, Mask, bounds
from dalle_studio.core.model import Ability
from dalle_studio.core.picture import Picture
from dalle_studio.core.prompt import check_prompt
from dalle_studio.core.sentence import say

MAX_COUNT = 64
MAX_SEED = 2**32 - 1
PRECISIONS = ("auto", "float32", "float32 channels-last", "bfloat16", "bfloat16 channels-last")


@dataclass(frozen=True)
class Lora:
    """A low-rank adaptation of the model (LoRA, Hu et al. 2021).

    Attributes:
        name: of the installed add-on.
        weight: -2 to 2; 0 is without it, 1 as it was trained.
    """

    name: str
    weight: float = 1.0

    def __post_init__(self) -> None:
        _check_range(say("The weight of {name}", name=self.name), self.weight, -2, 2)


@dataclass(frozen=True, kw_only=True)
class Sampling:
    """How pictures are drawn from the model.

    Attributes:
        seed: of the first picture, 0 to 2**32 - 1.
        count: how many pictures, 1 to 64.
        steps: denoising steps, 1 to 200.
        guidance_scale: 1 to 30; 1 switches classifier-free guidance off (Ho and Salimans 2022).
        negative_prompt: what to stay away from; needs a guidance scale above 1 to matter.
        precision: number format and memory layout of the model; "auto" takes the fastest measured here. Either
            changes the last bits, so a recipe names both.
        loras: what the model is adapted by, each once.
    """

    seed: int
    count: int = 4
    steps: int = 16
    guidance_scale: float = 4.0
    negative_prompt: str = ""
    precision: str = "auto"
    loras: tuple[Lora, ...] = ()

    def __post_init__(self) -> None:
        _check_range(say("The number of pictures"), self.count, 1, MAX_COUNT)
        _check_range(say("The seed"), self.seed, 0, MAX_SEED)
        _check_range(say("The last picture's seed"), self.seed + self.count - 1, 0, MAX_SEED)
        _check_range(say("The number of steps"), self.steps, 1, 200)
        _check_range(say("The guidance scale"), self.guidance_scale, 1, 30)
        check_prompt(self.negative_prompt, may_be_empty=True)
        if self.precision not in PRECISIONS:
            raise InvalidRequest(
                say("There is no precision “{name}”.", name=self.precision),
                say("Use {names}.", names=", ".join(PRECISIONS)),
            )
        if len({lora.name for lora in self.loras}) < len(self.loras):
            raise InvalidRequest(
                say("A LoRA is named twice."), say("Name each once, with the weight it is to have.")
            )

    def of_picture(self, index: int, precision: str) -> Sampling:
        """The sampling that makes picture `index` alone, in the precision it was really made with."""
        return replace(self, seed=self.seed + index, count=1, precision=precision)


class Follow(StrEnum):
    """What of a picture a new one is to follow."""

    EDGES = "edges"
    DEPTH = "depth"


@dataclass(frozen=True, eq=False)
class Guide:
    """A picture whose structure new pictures follow (ControlNet, Zhang et al. 2023).

    Attributes:
        source: of any size; its middle part in the shape of the new picture counts.
        follow: what of it.
        weight: 0 to 2; 1 is as it was trained.
    """

    source: Picture
    follow: Follow = Follow.EDGES
    weight: float = 1.0

    def __post_init__(self) -> None:
        check_size(self.source.size)
        _check_range(say("The weight of the guide"), self.weight, 0, 2)


@dataclass(frozen=True, kw_only=True)
class Generate:
    """Make pictures from a sentence (text-to-image), which may follow the structure of another picture.

    Attributes:
        said: what was written, where the prompt is that in the model's language; as in other requests. No engine
            reads it.
    """

    model: str
    prompt: str
    sampling: Sampling
    size: Size = DEFAULT_SIZE
    guide: Guide | None = None
    said: str = ""

    def __post_init__(self) -> None:
        check_prompt(self.prompt)
        check_size(self.size)


class Intent(StrEnum):
    """What becomes of a region.

    FILL: the things of the prompt, in what is there. REMOVE: what is around goes on through the region; the prompt
    describes the whole picture. BACKGROUND: the place of the prompt, behind what lies outside the region.
    """

    FILL = "fill"
    REMOVE = "remove"
    BACKGROUND = "background"


@dataclass(frozen=True, eq=False)
class Region:
    """A place in a picture and what to make there.

    Attributes:
        prompt: may be empty where something is removed.
        mask: uint8 (height, width) of the picture.
        intent: what becomes of it.
        said: what was written, where the prompt is that in the model's language.
    """

    prompt: str
    mask: Mask
    intent: Intent = Intent.FILL
    said: str = ""

    def __post_init__(self) -> None:
        check_prompt(self.prompt, may_be_empty=self.intent is Intent.REMOVE)
        if bounds(self.mask) is None:
            raise InvalidRequest(
                say("The mask is empty."), say("Paint where the thing should go: white means there.")
            )
        self.mask.setflags(write=False)


@dataclass(frozen=True, kw_only=True, eq=False)
class Place:
    """Make things at places in a picture (inpainting). Outside the masks every pixel stays as it is.

    Attributes:
        feather_px: how softly each mask's edge blends, inwards; 0 to 256.
    """

    model: str
    source: Picture
    regions: tuple[Region, ...]
    sampling: Sampling
    feather_px: int = 16

    def __post_init__(self) -> None:
        check_size(self.source.size)
        _check_range(say("The feather"), self.feather_px, 0, 256)
        if not self.regions:
            raise InvalidRequest(
                say("No place was given."), say("Use --at, --region or --mask to say where.")
            )
        for region in self.regions:
            size = Size(region.mask.shape[1], region.mask.shape[0])
            if size != self.source.size:
                raise InvalidRequest(
                    say(
                        "The mask has {size} pixels and the picture {source}.",
                        size=size,
                        source=self.source.size,
                    ),
                    say("Use a mask of the picture's own size."),
                )


class Keep(StrEnum):
    """What variations hold on to, however far they go.

    FREE: nothing in particular. LAYOUT: where things stand and the shapes they have; light and colours become
    others. PALETTE: the colours; frame and shapes become others. SUBJECT: what stands in the foreground; what is
    around it becomes other.
    """

    FREE = "free"
    LAYOUT = "layout"
    PALETTE = "palette"
    SUBJECT = "subject"


@dataclass(frozen=True, kw_only=True, eq=False)
class Vary:
    """Make variations of a picture, or of a blend of two.

    Attributes:
        prompt: what the picture shows; may be empty.
        how_far: 0 = almost the same, 1 = only the idea.
        keep: what they hold on to; `how_far` says how far all else goes.
        blend: a second picture to mix in.
        mix: 0 = only the source, 1 = only the second picture.
    """

    model: str
    source: Picture
    sampling: Sampling
    size: Size
    prompt: str = ""
    how_far: float = 0.5
    keep: Keep = Keep.FREE
    blend: Picture | None = None
    mix: float = 0.5
    said: str = ""

    def __post_init__(self) -> None:
        check_prompt(self.prompt, may_be_empty=True)
        check_size(self.source.size)
        check_size(self.size)
        _check_range(say("How far"), self.how_far, 0, 1)
        _check_range(say("The mix"), self.mix, 0, 1)
        if self.blend is not None:
            check_size(self.blend.size)


@dataclass(frozen=True, kw_only=True, eq=False)
class Extend:
    """Continue a picture beyond its edges (outpainting).

    Attributes:
        size: of the new frame.
        prompt: what the whole shows; may be empty.
        feather_px: how softly the new begins at the source's edge, outwards; 0 to 256.
        left_px, top_px: where the source's left top corner lies in the frame; None: in the middle.
    """

    model: str
    source: Picture
    sampling: Sampling
    size: Size
    prompt: str = ""
    feather_px: int = 16
    left_px: int | None = None
    top_px: int | None = None
    said: str = ""

    def __post_init__(self) -> None:
        check_prompt(self.prompt, may_be_empty=True)
        check_size(self.source.size)
        check_size(self.size)
        _check_range(say("The feather"), self.feather_px, 0, 256)
        before, after = self.source.size, self.size
        if after.width_px < before.width_px or after.height_px < before.height_px or after == before:
            raise InvalidRequest(
                say(
                    "A frame of {after} does not reach beyond a picture of {before}.",
                    after=after,
                    before=before,
                ),
                say("Choose a wider or taller format than the picture has."),
            )
        _check_range(say("The picture's left edge"), self.known.left, 0, after.width_px - before.width_px)
        _check_range(say("The picture's top edge"), self.known.top, 0, after.height_px - before.height_px)

    @property
    def known(self) -> Box:
        """Where the source lies in the frame."""
        width, height = self.source.size.wh
        left = (self.size.width_px - width) // 2 if self.left_px is None else self.left_px
        top = (self.size.height_px - height) // 2 if self.top_px is None else self.top_px
        return Box(left, top, left + width, top + height)


MAX_REFERENCES = 3


@dataclass(frozen=True, kw_only=True, eq=False)
class Edit:
    """Change a picture as a sentence says (instruction-based editing).

    Attributes:
        prompt: what to change, such as “make it night”.
        references: up to 3 more pictures that the sentence may speak of, such as “the hat of picture 2”.
    """

    model: str
    source: Picture
    prompt: str
    sampling: Sampling
    size: Size
    references: tuple[Picture, ...] = ()
    said: str = ""

    def __post_init__(self) -> None:
        check_prompt(self.prompt)
        check_size(self.size)
        for picture in (self.source, *self.references):
            check_size(picture.size)
        _check_range(say("The number of reference pictures"), len(self.references), 0, MAX_REFERENCES)


@dataclass(frozen=True, kw_only=True, eq=False)
class Upscale:
    """Make a picture larger, up to 8192 pixels a side.

    Attributes:
        upscaler: the installed add-on that does it; empty takes the model's own, or else the starter's.
    """

    model: str
    source: Picture
    size: Size
    upscaler: str = ""

    def __post_init__(self) -> None:
        check_size(self.source.size)
        check_size(self.size)
        if self.size.area_px <= self.source.size.area_px:
            raise InvalidRequest(
                say(
                    "{size} is not larger than the picture's own {source}.",
                    size=self.size,
                    source=self.source.size,
                ),
                say("Ask for a longer side than the picture has."),
            )


Request = Generate | Place | Vary | Extend | Edit | Upscale


def sources(request: Request) -> tuple[Picture, ...]:
    """The pictures that a request starts from."""
    match request:
        case Generate(guide=guide):
            return () if guide is None else (guide.source,)
        case Edit(source=source, references=references):
            return source, *references
        case Vary(source=source, blend=Picture() as other):
            return source, other
        case _:
            return (request.source,)


def ability_of(request: Request) -> Ability | None:
    """What a model must be able to do for a request; None where none is needed."""
    match request:
        case Generate():
            return Ability.CREATE
        case Place():
            return Ability.PLACE
        case Vary():
            return Ability.VARY if request.blend is None else Ability.BLEND
        case Extend():
            return Ability.EXTEND
        case Edit():
            return Ability.EDIT
        case Upscale():
            return None


def for_picture(request: Request, index: int, precision: str) -> Request:
    """The request that makes picture `index` of a larger request alone, pixel for pixel."""
    if isinstance(request, Upscale):
        return request
    return replace(request, sampling=request.sampling.of_picture(index, precision))


def _check_range(what: str, value: float, least: float, most: float) -> None:
    if not least <= value <= most:
        raise InvalidRequest(
            say("{what} is {value}.", what=what, value=value),
            say("Use a number from {least} to {most}.", least=least, most=most),
        )
