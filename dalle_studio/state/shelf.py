"""What stands on the shelf of models: each thing that is installed or can be, and what is going on with it."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum, auto
from typing import TYPE_CHECKING

from dalle_studio.core.errors import StudioError
from dalle_studio.core.model import Ability, AddOn, AddOnKind, Commercial, Licence, Model

if TYPE_CHECKING:
    from dalle_studio.core.machine import Machine
    from dalle_studio.storage.models.catalogue import Entry

_SPARE = 0.9
"""Share of a memory that a model may take: pictures being made need the rest."""


class Stage(StrEnum):
    """What is going on with something on the shelf."""

    STARTING = auto()
    DOWNLOADING = auto()
    CHECKING = auto()
    PAUSED = auto()
    FAILED = auto()


@dataclass(frozen=True)
class Doing:
    """How far it has come.

    Attributes:
        bytes_done, bytes_total: both 0 before that is known.
        bytes_per_s: lately; 0 where that is not known.
        remaining_s: None where that is not known.
        problem: why it FAILED.
    """

    stage: Stage
    bytes_done: int = 0
    bytes_total: int = 0
    bytes_per_s: float = 0.0
    remaining_s: float | None = None
    problem: StudioError | None = None

    @property
    def is_running(self) -> bool:
        """Whether it goes on by itself."""
        return self.stage in (Stage.STARTING, Stage.DOWNLOADING, Stage.CHECKING)


@dataclass(frozen=True)
class Item:
    """A model or an add-on, installed or not.

    Attributes:
        entry: of the catalogue; None for what came with the studio or was imported.
        owned: as it is installed; None where it is not.
        doing: what is going on with it; None where nothing is.
        damaged: its files that the last check found damaged.
        used_bytes: on this disk; 0 where that is not known.
    """

    entry: Entry | None = None
    owned: Model | AddOn | None = None
    doing: Doing | None = None
    damaged: tuple[str, ...] = ()
    used_bytes: int = 0

    @property
    def _known(self) -> Model | AddOn | Entry:
        known = self.owned or self.entry
        assert known is not None
        return known

    @property
    def name(self) -> str:
        """What recipes call it."""
        return self._known.name

    @property
    def label(self) -> str:
        """What people read."""
        return self.entry.label if self.entry else self._known.label

    @property
    def summary(self) -> str:
        """What it is good for, one sentence; empty where nobody wrote one."""
        return self.entry.summary if self.entry else ""

    @property
    def kind(self) -> AddOnKind | None:
        """What it adds to a model; None for a model."""
        return None if isinstance(self._known, Model) else self._known.kind

    @property
    def family(self) -> str:
        """The family of models it belongs to; empty where it goes with all."""
        return self._known.family

    @property
    def licence(self) -> Licence:
        """What it may be used for."""
        return self._known.licence

    @property
    def abilities(self) -> frozenset[Ability]:
        """What a model can be asked for, now that it is installed, or would be able to."""
        return frozenset() if isinstance(self._known, AddOn) else self._known.abilities

    @property
    def size_bytes(self) -> int:
        """On disk; 0 where that is not known."""
        return self.used_bytes or (self.entry.size_bytes if self.entry else 0)

    @property
    def memory_bytes(self) -> int:
        """Of an accelerator, to run as it comes; 0 where that is not known."""
        return self.entry.memory_bytes if self.entry else 0


@dataclass(frozen=True)
class Filter:
    """What of the shelf is shown.

    Attributes:
        commercial: only what a business may use, with conditions or without.
        ability: only models that can do this.
    """

    commercial: bool = False
    ability: Ability | None = None

    def takes(self, item: Item) -> bool:
        """Whether it is shown; of add-ons, those that give a model the ability."""
        if self.commercial and item.licence.commercial is Commercial.NO:
            return False
        if self.ability is None:
            return True
        return self.ability in (item.abilities if item.kind is None else _GIVES.get(item.kind, ()))


EVERYTHING = Filter()


_GIVES = {AddOnKind.IMAGE_PROMPT: (Ability.VARY, Ability.BLEND)}


class Fit(StrEnum):
    """How a model goes with this machine."""

    FITS = "fits"
    OFFLOAD = "offload"
    TOO_LARGE = "too large"
    UNKNOWN = "unknown"


def fit_of(needed_bytes: int, machine: Machine | None, ram_bytes: int) -> Fit:
    """How a model that needs so much of an accelerator goes with this machine.

    Where the accelerator's memory is too small, parts wait in the computer's own: both together must hold it.
    """
    if machine is None or not needed_bytes:
        return Fit.UNKNOWN
    own_bytes = ram_bytes if machine.device == "cpu" or not machine.memory_bytes else machine.memory_bytes
    if needed_bytes <= _SPARE * own_bytes:
        return Fit.FITS
    is_apart = machine.device != "cpu" and not machine.is_shared
    return Fit.OFFLOAD if is_apart and needed_bytes <= _SPARE * ram_bytes else Fit.TOO_LARGE
