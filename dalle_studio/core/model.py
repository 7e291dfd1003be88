"""What is known of a model, and of what can be added to one, before anything is loaded."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from types import MappingProxyType

SPEEDS = ("draft", "standard", "fine")


class Ability(StrEnum):
    """What a model can be asked for."""

    CREATE = "create"
    PLACE = "place"
    VARY = "vary"
    BLEND = "blend"
    EXTEND = "extend"
    EDIT = "edit"


class Commercial(StrEnum):
    """Whether a licence lets pictures and model be used in business."""

    YES = "yes"
    CONDITIONS = "conditions"
    NO = "no"


@dataclass(frozen=True)
class Licence:
    """A licence, as data.

    Attributes:
        name: an SPDX expression, or what it calls itself.
        commercial: use in business.
        url: where its text stands; may be empty.
        terms: one sentence on what it asks for; may be empty.
    """

    name: str
    commercial: Commercial
    url: str = ""
    terms: str = ""


class AddOnKind(StrEnum):
    """What an add-on does for a model."""

    LORA = "lora"
    IMAGE_PROMPT = "image-prompt"
    """An IP-Adapter with its image encoder: variations and blends."""
    EDGES = "edges"
    DEPTH = "depth"
    """ControlNets that follow a picture's edges, or its depth."""
    DEPTH_READER = "depth-reader"
    """Estimates the depth that a ControlNet follows."""
    UPSCALER = "upscaler"
    SAFETY = "safety"
    """Tells pictures that not everybody wants to see."""
    SPEECH = "speech"
    """Understands what is said, in Chinese and English; goes with no model in particular."""


@dataclass(frozen=True)
class AddOn:
    """Something installed that models of one family, or of all, can use.

    Attributes:
        name: what recipes and the command line call it.
        label: what people read.
        kind: what it does.
        family: the family it was made for; empty where it goes with all.
        path: a folder, or one safetensors file.
        version: changes whenever what it does changes: a commit, or the SHA-256 of its file.
        licence: its own.
    """

    name: str
    label: str
    kind: AddOnKind
    family: str
    path: Path
    version: str
    licence: Licence


@dataclass(frozen=True)
class Model:
    """One model that is installed.

    Attributes:
        name: what recipes and the command line call it.
        label: what people read.
        version: changes whenever its pictures change.
        family: the file under `engine/pipelines/` that runs it.
        folder: a diffusers folder on this machine.
        native_px: side of the square it was trained on.
        steps: denoising steps for each of `SPEEDS`.
        guidance_scale: its default.
        licence: what it may be used for.
        abilities: what it can be asked for, with the add-ons that are installed.
        reads: languages that its prompts may be in.
        add_ons: the installed ones that go with it.
        size_bytes: of its weights; 0 where that was not counted.
        photographic: whether its pictures can be taken for photographs. Only those are checked for what not
            everybody wants to see, where a check is installed.
    """

    name: str
    label: str
    version: str
    family: str
    folder: Path
    native_px: int
    steps: MappingProxyType[str, int]
    guidance_scale: float
    licence: Licence
    abilities: frozenset[Ability] = frozenset(Ability)
    reads: frozenset[str] = frozenset(("en", "zh"))
    add_ons: tuple[AddOn, ...] = ()
    size_bytes: int = 0
    photographic: bool = False

    @property
    def reads_chinese(self) -> bool:
        """Whether it can be told in Chinese what to draw; all can in English."""
        return "zh" in self.reads

    def add_on(self, kind: AddOnKind) -> AddOn | None:
        """The first installed add-on of a kind that goes with it."""
        return next((each for each in self.add_ons if each.kind is kind), None)

    def __reduce__(self) -> tuple[object, ...]:
        """Mapping proxies do not pickle by themselves, and models travel to the engine's process."""
        values = {**self.__dict__, "steps": dict(self.steps)}
        return _unpickle, (values,)


def _unpickle(values: dict[str, object]) -> Model:
    return Model(**{**values, "steps": MappingProxyType(values["steps"])})  # type: ignore[arg-type]
