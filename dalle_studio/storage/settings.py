"""What the studio remembers of its user's choices, as one JSON file.

A file of a later version keeps what this one does not know; a value that makes no sense is left at its default.
Two studios may write the same file: each changes only what was changed in it.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Any

from dalle_studio.storage.durable import cannot_write, replace_bytes
from dalle_studio.storage.project_reader import read_json

FILE = "settings.json"
SCHEMA = 1
MAX_RECENT = 10


@dataclass(frozen=True, kw_only=True)
class Settings:
    """Choices that outlive the window.

    Attributes:
        scheme: "system", "dark" or "light".
        language: code of the language of the window; empty for that of the system.
        geometry: the window's place and size as its toolkit writes them, in base64.
        recent: paths of projects and of pictures from elsewhere, the last used first, ten at most.
        adds_recipe: whether exported pictures carry their recipe.
        signs_exports: whether exported pictures carry signed Content Credentials.
        credential: path of the user's own certificate and key; empty for one made by the studio.
        model: name of the model that drew last; empty for the starter.
        speech_language: code of the language that is spoken, "en" or "zh"; empty for the window's.
        recogniser: name of the recogniser that hears it; empty for the one that is built in, which knows English.
        hides_concerning: whether pictures that not everybody wants to see are blurred until they are asked for.
    """

    scheme: str = "system"
    language: str = ""
    geometry: str = ""
    recent: tuple[str, ...] = ()
    adds_recipe: bool = False
    signs_exports: bool = False
    credential: str = ""
    model: str = ""
    speech_language: str = ""
    recogniser: str = ""
    hides_concerning: bool = True


class SettingsFile:
    """The settings and where they lie.

    Attributes:
        set_aside: the damaged file's new name, where there was one; to be told to the user.
    """

    def __init__(self, path: Path) -> None:
        self._path = path
        self.set_aside: Path | None = None
        self._unwritten: dict[str, Any] = {}
        try:
            self._written = self._read()
        except OSError:  # `change` says why, when it matters
            self._written = {}

    @property
    def value(self) -> Settings:
        """The settings as they stand."""
        return _settings({**self._written, **self._unwritten})

    def change(self, **changes: Any) -> None:
        """Set some of them, by their names.

        Raises CannotWrite where the disk does not take them; they hold until the studio ends all the same.
        """
        Settings(**changes)  # there is no other name
        self._unwritten |= changes
        try:
            current = self._read()
        except OSError as error:
            raise cannot_write(self._path, error) from error
        schema = current.get("schema")
        newest = max(SCHEMA, schema) if type(schema) is int else SCHEMA
        written = {**current, **self._unwritten, "schema": newest}
        replace_bytes(self._path, json.dumps(written, indent=1).encode())
        self._written, self._unwritten = written, {}

    def add_recent(self, path: Path) -> None:
        """Put a file first in the list of those last used. Raises CannotWrite."""
        others = [each for each in self.value.recent if each != str(path)]
        self.change(recent=[str(path), *others][:MAX_RECENT])

    def forget_recent(self, path: Path) -> None:
        """Take a file out of that list. Raises CannotWrite."""
        self.change(recent=[each for each in self.value.recent if each != str(path)])

    def _read(self) -> dict[str, Any]:
        """What the file holds; a damaged one gets another name. Raises OSError where that cannot be."""
        try:
            data = self._path.read_bytes()
        except FileNotFoundError:
            return {}
        try:
            return read_json(data)
        except ValueError:
            self.set_aside = _free_name(self._path)
            self._path.rename(self.set_aside)
            return {}


def _settings(data: Mapping[str, Any]) -> Settings:
    known: dict[str, Any] = {}
    for field in fields(Settings):
        value = data.get(field.name)
        if isinstance(field.default, tuple):
            if isinstance(value, list | tuple):
                known[field.name] = tuple(each for each in value if isinstance(each, str))  # type: ignore[reportUnknownVariableType]
        elif type(value) is type(field.default):
            known[field.name] = value
    return Settings(**known)


def _free_name(path: Path) -> Path:
    number, aside = 1, path.with_name(f"{path.name}.damaged")
    while aside.exists():
        number += 1
        aside = path.with_name(f"{path.name}.damaged-{number}")
    return aside
