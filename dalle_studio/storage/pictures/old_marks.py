"""Stars, kept pictures and collections as earlier versions kept them: one JSON file in the folder, only read."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

FILE = ".dalle-studio.json"
SCHEMA = 1


@dataclass(frozen=True, kw_only=True)
class Mark:
    """What the user thought of one picture.

    Attributes:
        sha256: of its pixels, and `length_bytes` of its file: how it is found again under another name.
            Empty and 0 where they were not known.
    """

    starred: bool = False
    kept: bool = False
    collections: tuple[str, ...] = ()
    sha256: str = ""
    length_bytes: int = 0

    @property
    def says_something(self) -> bool:
        """Whether there is anything worth taking over."""
        return self.starred or self.kept or bool(self.collections)


def read_marks(folder: Path) -> tuple[dict[str, Mark], bool]:
    """Every mark that can be read, by file name, and whether that is all. The file stays as it is."""
    try:
        data = json.loads((folder / FILE).read_bytes())
        pictures = dict(data["pictures"])
        is_whole = data["schema"] == SCHEMA
    except FileNotFoundError:
        return {}, True
    except Exception:  # the file can be wrong in every way
        return {}, False
    marks: dict[str, Mark] = {}
    for name, values in pictures.items():
        try:
            marks[name] = _mark(**values)
        except TypeError:
            is_whole = False
    return marks, is_whole


def _mark(starred: Any, kept: Any, collections: Any, sha256: Any, length_bytes: Any) -> Mark:
    """A mark from foreign values. Raises TypeError where one is of a wrong type."""
    if not isinstance(collections, list):
        raise TypeError(f"collections are {collections!r}")
    texts: list[object] = [sha256, *collections]  # type: ignore[reportUnknownArgumentType]
    if not all(isinstance(text, str) for text in texts):
        raise TypeError(f"not all of {texts!r} are texts")
    if not all(isinstance(value, int) for value in (starred, kept, length_bytes)):
        raise TypeError(f"not all of {(starred, kept, length_bytes)!r} are numbers")
    return Mark(
        starred=bool(starred),
        kept=bool(kept),
        collections=tuple(str(name) for name in collections),  # type: ignore[reportUnknownVariableType]
        sha256=sha256,
        length_bytes=length_bytes,
    )
