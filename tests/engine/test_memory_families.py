"""The ways to fit, taken by every family of large models: pictures stay the same, to rounding."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pytest

from dalle_studio.core.format import Size
from dalle_studio.core.request import Generate, Sampling
from dalle_studio.engine.make import make
from dalle_studio.engine.pipelines import memory
from dalle_studio.engine.pipelines.memory import PLACES, WAYS, Placing
from dalle_studio.engine.watch import Watch
from tests.benchmarks import gpu
from tests.engine.test_memory import LAYERS, ROUNDED, TURNS, short_at

pytestmark = pytest.mark.filterwarnings("ignore:__array__ implementation:DeprecationWarning")  # diffusers
REQUEST = Generate(
    model="tiny",
    prompt="a cat",
    sampling=Sampling(seed=3, count=1, steps=2, precision="float32"),
    size=Size(64, 64),
)


def loaded(options: gpu.Options) -> Any:
    model, _, _ = gpu._model_and_steps(options)
    name = f"dalle_studio.engine.pipelines.{model.family.replace('-', '_')}"
    return gpu.importlib.import_module(name).load(model, "float32", None, watch())


def watch() -> Watch:
    return Watch(lambda event: None, lambda: False)


@pytest.mark.parametrize("name", ["sdxl", "kandinsky", "flux2", "z-image"])
def test_parts_that_take_turns_draw_the_same_picture(
    name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    options = gpu.Options(name, tmp_path / name, "cpu", 1)
    gpu._build(options)
    plain = make(REQUEST, loaded(options), watch()).pictures[0]
    monkeypatch.setattr(memory, "can_offload", lambda device: True)
    family, told = loaded(options), watch()
    pipelines = family._placement._pipelines
    parts = {key: part for each in pipelines for key, part in each.components.items()}
    denoiser = parts.get("unet") or parts["transformer"]
    placement = family._placement
    placement._ways = [way for way in placement._ways if not way.in_8_bits]
    short_at(denoiser, "forward", 2 + placement._can_tile(), monkeypatch)
    made = make(REQUEST, family, told).pictures[0]
    assert told.notes[-2:] == [TURNS, LAYERS]
    assert PLACES[Placing.BY_LAYER] in family.memory
    assert np.abs(made.astype(int) - plain).max() <= 1
    family = loaded(options)
    family._placement._ways = list(WAYS[2:])
    assert family.make_room() == ROUNDED
    rounded = make(REQUEST, family, watch()).pictures[0]
    assert 0 < np.abs(rounded.astype(int) - plain).mean() < 30
    assert family.make_room() == LAYERS
    layers = make(REQUEST, family, watch()).pictures[0]
    assert np.abs(layers.astype(int) - rounded).max() <= 1
