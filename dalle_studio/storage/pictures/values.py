"""Values under the names that other programs give them, taken with care: they can be of any kind."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

_NAMES = {
    "prompt": ("prompt", "positive_prompt"),
    "negative_prompt": ("negative_prompt", "negativeprompt", "negative prompt"),
    "seed": ("seed",),
    "steps": ("steps", "num_inference_steps"),
    "model": ("model", "base_model", "model_name"),
}


@dataclass(frozen=True, kw_only=True)
class Foreign:
    """How another program made a picture, as far as it says so."""

    origin: str = ""
    prompt: str = ""
    negative_prompt: str = ""
    model: str = ""
    seed: int | None = None
    steps: int | None = None


def from_values(values: Mapping[str, Any], origin: str) -> Foreign:
    """Read values under the names that programs give them."""
    found = {
        ours: next((values[name] for name in names if name in values), None) for ours, names in _NAMES.items()
    }
    model = found["model"]
    if isinstance(model, Mapping):  # InvokeAI names its models at length
        model = model.get("name") or model.get("model_name")  # type: ignore[reportUnknownMemberType, reportUnknownVariableType]
    return Foreign(
        origin=origin,
        prompt=text_of(found["prompt"]),
        negative_prompt=text_of(found["negative_prompt"]),
        model=text_of(model),
        seed=number_of(found["seed"]),
        steps=number_of(found["steps"], bits=32),
    )


def text_of(value: Any) -> str:
    """A foreign value as text; empty where it is none."""
    return value.strip() if isinstance(value, str) else ""


def number_of(value: Any, bits: int = 64) -> int | None:
    """A foreign value as a whole number of at most that many bits, not negative; None where it is none."""
    if isinstance(value, str) and re.fullmatch(r"\d{1,20}", value, re.ASCII):
        value = int(value)
    if isinstance(value, int) and not isinstance(value, bool) and 0 <= value < 2**bits:
        return value
    return None
