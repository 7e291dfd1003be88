"""The prompts that pictures were made of, kept from one session to the next as one JSON file."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from dalle_studio.storage.durable import replace_bytes

SCHEMA = 1
_ROWS = ("who", "doing", "styles")
Prompt = Mapping[str, Any]
"""Typed text, rows of blocks and whether each subject gets pictures of its own, by the names of a composition."""


def read_prompts(path: Path) -> list[Prompt]:
    """What is kept in a file, the newest last. Nothing where it is missing or damaged: the next write mends it."""
    try:
        prompts = json.loads(path.read_bytes())["prompts"]
        return [prompt for plain in prompts if (prompt := _prompt(plain)) is not None]
    except (OSError, ValueError, KeyError, TypeError, RecursionError):
        return []


def write_prompts(path: Path, prompts: Sequence[Prompt]) -> None:
    """Replace the file. Raises CannotWrite."""
    data = {"schema": SCHEMA, "prompts": list(prompts)}
    replace_bytes(path, json.dumps(data, indent=1).encode(), mode=0o600)


def _prompt(plain: Any) -> Prompt | None:
    """One prompt, or None where it is none."""
    if not isinstance(plain, dict):
        return None
    known: dict[str, Any] = plain  # type: ignore[reportUnknownVariableType]
    text, rows = known.get("text"), {name: known.get(name) for name in _ROWS}
    are_texts = all(isinstance(row, list) and all(isinstance(b, str) for b in row) for row in rows.values())  # type: ignore[reportUnknownVariableType]
    if not isinstance(text, str) or not are_texts:
        return None
    each_subject = known.get("each_subject") is True
    return {
        "text": text,
        **{name: tuple(row or ()) for name, row in rows.items()},
        "each_subject": each_subject,
    }
