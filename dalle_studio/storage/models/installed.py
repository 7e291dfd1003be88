"""The models on this machine. Each lies in a diffusers folder that also holds a `studio.json`."""

from __future__ import annotations

import json
from pathlib import Path
from types import MappingProxyType
from typing import Any

from dalle_studio.core.errors import InvalidRequest, ModelUnusable
from dalle_studio.core.model import Ability, Commercial, Licence, Model
from dalle_studio.core.scene import Lexicon
from dalle_studio.storage.paths import resources_dir

STARTER = "starter"


def find_model(name: str = STARTER) -> Model:
    """The model of that name.

    Raises:
        InvalidRequest: where there is none of that name.
        ModelUnusable: where its folder cannot be read.
    """
    if name != STARTER:
        raise InvalidRequest(f"There is no model called “{name}” here.", f"Use “{STARTER}”.")
    return read_model(name, resources_dir() / STARTER)


def read_model(name: str, folder: Path) -> Model:
    """The model in that folder. Raises ModelUnusable where it cannot be read."""
    try:
        entry = _read_json(folder / "studio.json")
        return Model(
            name=name,
            label=entry["label"],
            version=entry["version"],
            family=entry["family"],
            folder=folder,
            native_px=entry["native_px"],
            steps=MappingProxyType(entry["steps"]),
            guidance_scale=entry["guidance_scale"],
            licence=_licence(entry["licence"]),
            abilities=frozenset(map(Ability, entry["abilities"])),
        )
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise ModelUnusable(
            f"The model “{name}” in {folder} cannot be read.", "Install Dalle Studio again.", repr(error)
        ) from error


def read_lexicon(model: Model) -> Lexicon | None:
    """What a model knows by name; None where that is not written down. Raises ModelUnusable where damaged."""
    path = model.folder / "lexicon.json"
    try:
        return Lexicon.from_json(_read_json(path)) if path.is_file() else None
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise ModelUnusable(
            f"The words of the model “{model.name}” in {path} cannot be read.",
            "Install Dalle Studio again.",
            repr(error),
        ) from error


def _licence(entry: Any) -> Licence:
    return Licence(
        entry["name"], Commercial(entry["commercial"]), entry.get("url", ""), entry.get("terms", "")
    )


def _read_json(path: Path) -> Any:
    return json.loads(path.read_text(encoding="utf-8"))
