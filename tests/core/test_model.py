"""A model's description: frozen, and the same after a trip between processes."""

from __future__ import annotations

import pickle
from dataclasses import FrozenInstanceError
from pathlib import Path
from types import MappingProxyType

import pytest

from dalle_studio.core.model import SPEEDS, Commercial, Licence, Model


def example() -> Model:
    return Model(
        name="tiny",
        label="Tiny",
        version="1",
        family="stable-diffusion",
        folder=Path("models/tiny"),
        native_px=64,
        steps=MappingProxyType({"draft": 1, "standard": 2, "fine": 3}),
        guidance_scale=3.5,
        licence=Licence("MIT", Commercial.YES),
    )


@pytest.mark.parametrize("protocol", range(2, pickle.HIGHEST_PROTOCOL + 1))
def test_it_travels_whole(protocol: int) -> None:
    copy = pickle.loads(pickle.dumps(example(), protocol))
    assert copy == example()
    assert isinstance(copy.steps, MappingProxyType)
    assert [copy.steps[speed] for speed in SPEEDS] == [1, 2, 3]


def test_it_cannot_be_changed() -> None:
    with pytest.raises(FrozenInstanceError):
        example().version = "2"  # type: ignore[misc]
    with pytest.raises(TypeError):
        example().steps["draft"] = 9  # type: ignore[index]
