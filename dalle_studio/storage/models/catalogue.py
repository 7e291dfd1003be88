"""What can be had: models and add-ons on a hub, as a table in `resources/models/catalogue.json`.

Sizes and memory there are as published by those who made the models; what is really fetched is asked of the hub.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from typing import Any

from dalle_studio.core.errors import InvalidRequest
from dalle_studio.core.model import Ability, AddOnKind, Commercial, Licence
from dalle_studio.core.sentence import say
from dalle_studio.storage.paths import resources_dir


@dataclass(frozen=True)
class Source:
    """Files of one repository on a hub.

    Attributes:
        repo: "OWNER/NAME".
        revision: a commit, or a branch, which an install pins to the commit it is at.
        include: patterns of their paths below `under`; empty takes all that a model needs.
        under: the repository's folder that they are taken from; empty is its root.
        into: the folder in the model's own that they go into; empty is its root.
        named: what the one file is called here; empty keeps its name.
    """

    repo: str
    revision: str
    include: tuple[str, ...] = ()
    under: str = ""
    into: str = ""
    named: str = ""


@dataclass(frozen=True)
class Entry:
    """One thing that can be installed.

    Attributes:
        name: what recipes and the command line call it.
        label: what people read.
        summary: what it is good for, in one sentence.
        kind: what it does for a model; None for a model.
        family: the file under `engine/pipelines/` that runs it, or the family an add-on goes with (empty: all).
        sources: where its files come from.
        licence: its own.
        abilities: of a model, without add-ons.
        reads: languages that a model's prompts may be in, such as "en".
        native_px: side of the square a model was trained on.
        steps: denoising steps for each of `core.model.SPEEDS`.
        guidance_scale: its default.
        size_bytes: on disk, about.
        memory_bytes: of the accelerator, to run as it comes (bfloat16, all its parts at once), about.
        photographic: whether it makes pictures that can be taken for photographs.
        gated: whether the hub asks for an account first.
        homepage: where to read more.
        files: JSON files that it is given instead of, or beside, those of the repository: path to content.
        file: of an add-on that is a single file, the path of that.
    """

    name: str
    label: str
    summary: str
    kind: AddOnKind | None
    family: str
    sources: tuple[Source, ...]
    licence: Licence
    abilities: frozenset[Ability] = frozenset()
    reads: tuple[str, ...] = ()
    native_px: int = 0
    steps: Mapping[str, int] = field(default_factory=dict[str, int])
    guidance_scale: float = 1.0
    size_bytes: int = 0
    memory_bytes: int = 0
    photographic: bool = False
    gated: bool = False
    homepage: str = ""
    files: Mapping[str, Any] = field(default_factory=dict[str, Any])
    file: str = ""


@cache
def catalogue() -> tuple[Entry, ...]:
    """Everything that can be installed, models first."""
    table = json.loads((resources_dir() / "models" / "catalogue.json").read_text(encoding="utf-8"))
    licences = {key: read_licence(value) for key, value in table["licences"].items()}
    return tuple(_entry(each, licences) for each in table["entries"])


def find_entry(name: str) -> Entry:
    """The entry of that name. Raises InvalidRequest where there is none."""
    for entry in catalogue():
        if entry.name == name:
            return entry
    names = ", ".join(entry.name for entry in catalogue())
    raise InvalidRequest(
        say("The catalogue has no model “{name}”.", name=name), say("Use one of: {names}.", names=names)
    )


def read_licence(entry: Mapping[str, str]) -> Licence:
    """A licence from its JSON. Raises KeyError or ValueError where it is none."""
    return Licence(
        entry["name"], Commercial(entry["commercial"]), entry.get("url", ""), say(entry.get("terms", ""))
    )


def _entry(values: dict[str, Any], licences: Mapping[str, Licence]) -> Entry:
    made: dict[str, Any] = {
        **values,
        "summary": say(values["summary"]),
        "kind": AddOnKind(values["kind"]) if values["kind"] else None,
        "sources": tuple(_source(each) for each in values["sources"]),
        "licence": licences[values["licence"]],
        "abilities": frozenset(map(Ability, values.get("abilities", ()))),
        "reads": tuple(values.get("reads", ())),
        "steps": values.get("steps", {}),
        "files": values.get("files", {}),
    }
    return Entry(**made)


def _source(values: dict[str, Any]) -> Source:
    made: dict[str, Any] = {**values, "include": tuple(values.get("include", ()))}
    return Source(**made)
