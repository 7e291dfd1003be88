"""`studio.json`: what every installed folder says about itself, with the hash of each of its files."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterable, Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from dalle_studio.core.model import Licence
from dalle_studio.storage.durable import replace_bytes
from dalle_studio.storage.models.catalogue import Entry

RECORD = "studio.json"
_PIECE_BYTES = 1024**2


@dataclass(frozen=True)
class File:
    """One file of an installed folder.

    Attributes:
        path: in the folder, with slashes.
        size_bytes: its length.
        sha256: of its content, in hex.
        repo: where it came from; empty for one that came from nowhere.
        commit: of the repository.
        source: its path there.
    """

    path: str
    size_bytes: int
    sha256: str
    repo: str = ""
    commit: str = ""
    source: str = ""


def write_record(folder: Path, entry: Entry, version: str, files: Iterable[File]) -> None:
    """Write what is known of an installed folder into it. Raises CannotWrite."""
    described = {
        "label": entry.label,
        "summary": entry.summary,
        "version": version,
        "kind": entry.kind,
        "family": entry.family,
        "licence": _licence(entry.licence),
        "abilities": sorted(entry.abilities),
        "reads": entry.reads,
        "native_px": entry.native_px,
        "steps": dict(entry.steps),
        "guidance_scale": entry.guidance_scale,
        "memory_bytes": entry.memory_bytes,
        "photographic": entry.photographic,
        "homepage": entry.homepage,
        "file": entry.file,
        "files": [asdict(each) for each in files],
    }
    text = json.dumps(described, indent=1, ensure_ascii=False)
    replace_bytes(folder / RECORD, text.encode())


def read_record(folder: Path) -> dict[str, Any]:
    """The record of a folder. Raises OSError or ValueError where there is none that can be read."""
    return json.loads((folder / RECORD).read_text(encoding="utf-8"))


def files_of(record: Mapping[str, Any]) -> tuple[File, ...]:
    """The files that a record lists. Raises KeyError, TypeError or ValueError where it is damaged."""
    files = tuple(File(**each) for each in record["files"])
    for file in files:
        if not is_inside(file.path):
            raise ValueError(f"{file.path} leads out of the folder")
    return files


def is_inside(path: str) -> bool:
    """Whether a relative path with slashes stays in the folder it is taken from, on every system."""
    parts = path.replace("\\", "/").split("/")
    return all(part not in ("", ".", "..") and ":" not in part for part in parts)


def digest(path: Path, name: str = "sha256", told: Callable[[int], object] | None = None) -> str:
    """The hash of a file's content, in hex.

    Args:
        path: the file, read piece by piece.
        name: "sha256", or "git" for what git calls the content (SHA-1).
        told: called with the length of each piece.
    """
    made = hashlib.sha256() if name == "sha256" else hashlib.sha1(b"blob %d\0" % path.stat().st_size)
    with path.open("rb") as file:
        while piece := file.read(_PIECE_BYTES):
            made.update(piece)
            if told:
                told(len(piece))
    return made.hexdigest()


def _licence(licence: Licence) -> dict[str, str]:
    return {key: str(value) for key, value in asdict(licence).items()}
