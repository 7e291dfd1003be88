"""A shelf of models that does as it is told: nothing on disk, no hub, no process."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from pathlib import Path
from types import MappingProxyType
from typing import Any

from dalle_studio.core.errors import InvalidRequest, StudioError
from dalle_studio.core.format import Size
from dalle_studio.core.machine import Machine
from dalle_studio.core.model import Ability, AddOn, AddOnKind, Commercial, Licence, Model
from dalle_studio.core.recipe import Recipe
from dalle_studio.state.model_store import ModelStore
from dalle_studio.storage.models.catalogue import Entry, catalogue
from dalle_studio.storage.models.download import DownloadEvent
from dalle_studio.storage.models.estimates import Estimate
from dalle_studio.storage.models.installed import find_model

GB = 10**9
MACHINE = Machine("cuda", "NVIDIA GeForce RTX 4070", 12 * GB, False)
OPEN = Licence("Apache-2.0", Commercial.YES, "https://example.org/licence", "Keep the notices.")


def model(name: str, *abilities: Ability, add_ons: tuple[AddOn, ...] = (), **fields: Any) -> Model:
    """An installed model that can do these things."""
    values: dict[str, Any] = {
        "label": name.upper(),
        "version": "1",
        "family": "stable-diffusion",
        "folder": Path(name),
        "native_px": 512,
        "steps": MappingProxyType({"draft": 12, "standard": 25, "fine": 50}),
        "guidance_scale": 7.5,
        "licence": OPEN,
        **fields,
    }
    return Model(name=name, abilities=frozenset(abilities), add_ons=add_ons, **values)


def add_on(name: str, kind: AddOnKind, label: str = "") -> AddOn:
    """An installed add-on."""
    return AddOn(name, label or name, kind, "stable-diffusion", Path(name), "1", OPEN)


def as_installed(name: str, *add_ons: AddOn) -> Model:
    """A model of the catalogue, as if it were here."""
    entry = next(each for each in catalogue() if each.name == name)
    return model(
        name,
        *entry.abilities,
        add_ons=add_ons,
        label=entry.label,
        family=entry.family,
        licence=entry.licence,
        native_px=entry.native_px,
        steps=MappingProxyType(dict(entry.steps)),
        guidance_scale=entry.guidance_scale,
    )


@dataclass
class ScriptedDownload:
    """Says what it is told to say, when it is polled."""

    entry: Entry
    events: list[DownloadEvent] = field(default_factory=list[DownloadEvent])
    started: int = 0
    paused: int = 0

    def start(self) -> None:
        """See `Download.start`."""
        self.started += 1

    def pause(self) -> None:
        """See `Download.pause`."""
        self.paused += 1

    def poll(self) -> tuple[DownloadEvent, ...]:
        """See `Download.poll`."""
        told, self.events = tuple(self.events), []
        return told


@dataclass(frozen=True)
class Found:
    """What a file was found to be."""

    kind: AddOnKind | None
    family: str
    label: str


class ScriptedStore(ModelStore):
    """Owns what it is given; downloads are scripted."""

    def __init__(
        self, owned: tuple[Model | AddOn, ...] = (), entries: tuple[Entry, ...] | None = None
    ) -> None:
        super().__init__(Path())
        self.owned: tuple[Model | AddOn, ...] = (find_model(), *owned)
        self.entries = catalogue() if entries is None else entries
        self.downloads: list[ScriptedDownload] = []
        self.problem: StudioError | None = None
        self.damaged: tuple[str, ...] = ()
        self.found: Found | StudioError = Found(AddOnKind.LORA, "stable-diffusion", "Ink")
        self.known: str | None = None
        self.removed: list[str] = []
        self.learnt: Estimate | None = None
        self.lessons: list[tuple[str, int]] = []

    def catalogue(self) -> tuple[Entry, ...]:
        self._may()
        return self.entries

    def installed(self) -> tuple[Model | AddOn, ...]:
        return self.owned

    def recognisers(self) -> tuple[AddOn, ...]:
        return tuple(each for each in self.owned if isinstance(each, AddOn) and each.kind is AddOnKind.SPEECH)

    def find(self, name: str) -> Model:
        for each in self.owned:
            if isinstance(each, Model) and each.name == name:
                return each
        raise InvalidRequest(f"There is no model called “{name}” here.", "Install it again.")

    def used_bytes(self, name: str) -> int:
        return 3 * GB

    def remove(self, name: str) -> None:
        self._may()
        self.removed.append(name)
        self.owned = tuple(each for each in self.owned if each.name != name)

    def download(self, entry: Entry) -> Any:
        self._may()
        self.downloads.append(ScriptedDownload(entry))
        return self.downloads[-1]

    def verify(self, name: str, on_progress: Callable[[int, int], object]) -> tuple[str, ...]:
        on_progress(1, 2)
        return self.damaged

    def inspect(self, path: Path) -> Any:
        if isinstance(self.found, StudioError):
            raise self.found
        return self.found

    def import_model(
        self, path: Path, name: str, licence: Licence, on_progress: Callable[[int, int], object]
    ) -> Model | AddOn:
        self._may()
        on_progress(5 * GB, 10 * GB)
        made = replace(add_on(name, AddOnKind.LORA), licence=licence)
        self.owned = (*self.owned, made)
        return made

    def estimate(self, model: Model, size: Size, steps: int, count: int, verb: str) -> Estimate | None:
        return self.learnt and replace(self.learnt, seconds=(self.learnt.seconds or 0) * count)

    def learn(self, recipe: Recipe, count: int) -> None:
        self.lessons.append((recipe.verb, count))

    def token(self) -> str | None:
        return self.known

    def has_token(self) -> bool:
        return self.known is not None

    def keep_token(self, text: str) -> None:
        self._may()
        self.known = text

    def forget_token(self) -> None:
        self.known = None

    def _may(self) -> None:
        if self.problem is not None:
            raise self.problem


def sdxl() -> Model:
    """Stable Diffusion XL with everything that goes with it."""
    kinds = (
        ("watercolour-sdxl", AddOnKind.LORA, "Watercolour wash"),
        ("ink-sdxl", AddOnKind.LORA, "Ink and brush"),
        ("ip-adapter-sdxl", AddOnKind.IMAGE_PROMPT, "IP-Adapter"),
        ("edges-sdxl", AddOnKind.EDGES, "Edges"),
        ("depth-sdxl", AddOnKind.DEPTH, "Depth"),
        ("depth-reader", AddOnKind.DEPTH_READER, "Depth Anything V2 Small"),
        ("real-esrgan-x4", AddOnKind.UPSCALER, "Real-ESRGAN x4plus"),
    )
    return as_installed("sdxl", *(add_on(*each) for each in kinds))


def flux() -> Model:
    """FLUX.2 Klein, which edits."""
    return as_installed("flux2-klein")
