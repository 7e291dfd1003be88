"""The models and add-ons on this machine. Each lies in a folder that also holds a `studio.json`.

Models are diffusers folders in `models_dir()`, add-ons lie in its `add-ons`; the starter model came with the
studio. A folder that cannot be read is told by `damaged()` and hides no other.
"""

from __future__ import annotations

import contextlib
import json
import re
import shutil
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from types import MappingProxyType
from typing import Any

from dalle_studio.core.errors import CannotWrite, InvalidRequest, ModelUnusable
from dalle_studio.core.model import Ability, AddOn, AddOnKind, Model
from dalle_studio.core.scene import Lexicon
from dalle_studio.core.sentence import Sentence, say
from dalle_studio.storage.durable import cannot_write
from dalle_studio.storage.models.catalogue import catalogue, read_licence
from dalle_studio.storage.models.recognisers import SPEECH_WEIGHTS, is_recogniser
from dalle_studio.storage.models.record import read_record
from dalle_studio.storage.paths import data_dir, resources_dir

STARTER = "starter"
ADD_ONS = "add-ons"
INCOMING = ".incoming"
"""Where what is being fetched or brought in lies until it is complete."""
BLEND_BY_ADD_ON = {"stable-diffusion", "stable-diffusion-xl"}
"""Families that vary by themselves, and blend with an image prompt add-on."""
_READ_ENGLISH = ("stable-diffusion", "stable-diffusion-xl", "kandinsky")
"""Families whose text encoders learnt English alone, for records that do not say it."""

_NAME = re.compile(r"[a-z0-9][a-z0-9._-]{0,63}")


def models_dir() -> Path:
    """Where models are installed. May not exist."""
    return data_dir() / "models"


def installed() -> tuple[Model | AddOn, ...]:
    """Everything that can be used: the starter model, then models, then add-ons, each by name."""
    return (*_models(), *add_ons())


def add_ons() -> tuple[AddOn, ...]:
    """The add-ons that can be used, by name."""
    return tuple(each for each in map(_add_on_or_none, _folders(models_dir() / ADD_ONS)) if each)


def recognisers() -> tuple[AddOn, ...]:
    """The installed models that understand Chinese and English, the largest first: it understands best."""
    found = (each for each in add_ons() if each.kind is AddOnKind.SPEECH)
    return tuple(sorted(found, key=lambda each: -(each.path / SPEECH_WEIGHTS).stat().st_size))


def damaged() -> dict[str, ModelUnusable]:
    """What lies in the models' folder and cannot be used: by name, with the reason."""
    told: dict[str, ModelUnusable] = {}
    for folder, read in (
        *((each, read_model) for each in _folders(models_dir())),
        *((each, read_add_on) for each in _folders(models_dir() / ADD_ONS)),
    ):
        try:
            read(folder.name, folder)
        except ModelUnusable as error:
            told[folder.name] = error
    return told


def find_model(name: str = STARTER) -> Model:
    """The model of that name, with the add-ons that go with it and what it can do with them.

    Raises:
        InvalidRequest: where there is none of that name.
        ModelUnusable: where its folder cannot be read.
    """
    folder = resources_dir() / STARTER if name == STARTER else folder_of(name)
    if folder is None or folder.parent.name == ADD_ONS:
        raise _not_here(name)
    return _with_add_ons(read_model(name, folder), add_ons())


def find_add_on(name: str) -> AddOn:
    """The add-on of that name. Raises InvalidRequest where there is none, ModelUnusable where it is damaged."""
    folder = folder_of(name)
    if folder is None or folder.parent.name != ADD_ONS:
        names = ", ".join(each.name for each in add_ons())
        raise InvalidRequest(
            say("There is no add-on called “{name}” here.", name=name),
            say("Use one of: {names}.", names=names) if names else say("Install it first."),
        )
    return read_add_on(name, folder)


def folder_of(name: str) -> Path | None:
    """Where the model or add-on of that name lies; None where there is none. The starter model is none of them."""
    if not _NAME.fullmatch(name) or name == ADD_ONS:
        return None
    places = (models_dir() / name, models_dir() / ADD_ONS / name)
    return next((each for each in places if each.is_dir()), None)


def check_name(name: str) -> None:
    """Raises InvalidRequest where no model can be called so."""
    if not _NAME.fullmatch(name) or name in (ADD_ONS, STARTER):
        raise InvalidRequest(
            say("A model cannot be called “{name}”.", name=name),
            say(
                "Use up to 64 small letters, digits, full stops, hyphens and underscores; “starter” is taken."
            ),
        )


def partly_fetched() -> dict[str, int]:
    """Names of what was begun and is not complete, each with the bytes that have come."""
    folders = _folders(models_dir() / INCOMING)
    return {each.name: length for each in folders if (length := _length(each))}


def used_bytes(name: str) -> int:
    """What the model or add-on takes on the disk. Raises InvalidRequest where there is none of that name."""
    return _length(resources_dir() / STARTER if name == STARTER else _own_folder(name))


def remove(name: str) -> int:
    """Delete a model or add-on, or what has come of one; returns how many bytes that has freed.

    Raises:
        InvalidRequest: there is none of that name, or it is the starter model.
        CannotWrite: it is a link to somewhere else, or in use.
    """
    if name == STARTER:
        raise InvalidRequest(say("The starter model is a part of Dalle Studio."), say("Remove another one."))
    folder = _own_folder(name)
    freed = _length(folder)
    gone = folder.with_name(f".removed-{name}")
    try:
        shutil.rmtree(gone, ignore_errors=True)  # what an earlier call could not delete
        folder.rename(gone)  # gone at once, even where deleting takes its time
        shutil.rmtree(gone)
    except OSError as error:
        raise cannot_write(folder, error) from error
    return freed


def read_model(name: str, folder: Path) -> Model:
    """The model in that folder, without add-ons. Raises ModelUnusable where it cannot be read."""
    try:
        entry = read_record(folder)
        return Model(
            name=name,
            label=say(entry["label"]) if name == STARTER else entry["label"],
            version=entry["version"],
            family=entry["family"],
            folder=folder,
            native_px=entry["native_px"],
            steps=MappingProxyType(entry["steps"]),
            guidance_scale=entry["guidance_scale"],
            licence=read_licence(entry["licence"]),
            abilities=frozenset(map(Ability, entry["abilities"])),
            reads=frozenset(entry.get("reads") or _reads(entry["family"])),
            size_bytes=_size_bytes(entry),
            photographic=bool(entry.get("photographic")),
        )
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise ModelUnusable(
            say("The model “{name}” in {folder} cannot be read.", name=name, folder=folder),
            _remedy(name, folder),
            repr(error),
        ) from error


def read_add_on(name: str, folder: Path) -> AddOn:
    """The add-on in that folder. Raises ModelUnusable where it cannot be read."""
    try:
        entry = read_record(folder)
        path = folder / entry["file"] if entry["file"] else folder
        if not path.exists():
            raise FileNotFoundError(path)
        if entry["kind"] == AddOnKind.SPEECH and not is_recogniser(path):
            raise ValueError(f"{path / SPEECH_WEIGHTS} holds no Whisper model")
        return AddOn(
            name=name,
            label=entry["label"],
            kind=AddOnKind(entry["kind"]),
            family=entry["family"],
            path=path,
            version=entry["version"],
            licence=read_licence(entry["licence"]),
        )
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise ModelUnusable(
            say("The add-on “{name}” in {folder} cannot be read.", name=name, folder=folder),
            _remedy(name, folder),
            repr(error),
        ) from error


def read_lexicon(model: Model) -> Lexicon | None:
    """What a model knows by name; None where that is not written down. Raises ModelUnusable where damaged."""
    path = model.folder / "lexicon.json"
    try:
        text = path.read_text(encoding="utf-8") if path.is_file() else None
        return None if text is None else Lexicon.from_json(json.loads(text))
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise ModelUnusable(
            say("The words of the model “{name}” in {path} cannot be read.", name=model.name, path=path),
            _remedy(model.name, model.folder),
            repr(error),
        ) from error


def _models() -> Iterator[Model]:
    known = add_ons()
    for name, folder in (
        (STARTER, resources_dir() / STARTER),
        *((f.name, f) for f in _folders(models_dir())),
    ):
        with contextlib.suppress(ModelUnusable):
            yield _with_add_ons(read_model(name, folder), known)


def _add_on_or_none(folder: Path) -> AddOn | None:
    try:
        return read_add_on(folder.name, folder)
    except ModelUnusable:
        return None


def _folders(folder: Path) -> list[Path]:
    """What lies in a folder under names that models and add-ons can have."""
    try:
        return sorted(
            f for f in folder.iterdir() if f.is_dir() and _NAME.fullmatch(f.name) and f.name != ADD_ONS
        )
    except OSError:
        return []


def _with_add_ons(model: Model, known: tuple[AddOn, ...]) -> Model:
    fitting = tuple(
        each
        for each in known
        if each.family in ("", model.family)
        and each.kind is not AddOnKind.SPEECH
        and (model.photographic or each.kind is not AddOnKind.SAFETY)
    )
    abilities = model.abilities
    if model.family in BLEND_BY_ADD_ON:
        blends = any(each.kind is AddOnKind.IMAGE_PROMPT for each in fitting)
        abilities = abilities - {Ability.BLEND} | {Ability.VARY}
        abilities = abilities | {Ability.BLEND} if blends else abilities
    return replace(model, add_ons=fitting, abilities=abilities)


def _length(folder: Path) -> int:
    return sum(each.lstat().st_size for each in folder.rglob("*") if not each.is_dir())


def _own_folder(name: str) -> Path:
    """A folder that is really ours to delete."""
    folder = folder_of(name)
    if folder is None and name in partly_fetched():
        folder = models_dir() / INCOMING / name
    if folder is None:
        raise _not_here(name)
    if folder.is_symlink() or not folder.resolve().is_relative_to(models_dir().resolve()):
        raise CannotWrite(
            say(
                "“{name}” is a link to {target}, which is not ours to touch.",
                name=name,
                target=folder.resolve(),
            ),
            say("Delete the link {folder} yourself, if you want it gone.", folder=folder),
        )
    return folder


def _not_here(name: str) -> InvalidRequest:
    if any(entry.name == name for entry in catalogue()):
        remedy = say(
            "Install it: dalle-studio models install {name}. “{starter}” is always here.",
            name=name,
            starter=STARTER,
        )
    else:
        names = ", ".join(model.name for model in _models())
        remedy = say("Use one of: {names}.", names=names)
    return InvalidRequest(say("There is no model called “{name}” here.", name=name), remedy)


def _reads(family: str) -> tuple[str, ...]:
    return ("en",) if family in _READ_ENGLISH else ("en", "zh")


def _size_bytes(entry: dict[str, Any]) -> int:
    return sum(file["size_bytes"] for file in entry.get("files", ()))


def _remedy(name: str, folder: Path) -> Sentence:
    if folder.parent == resources_dir():
        return say("Install Dalle Studio again.")
    return say("Install it again: dalle-studio models install {name}; or remove it.", name=name)
