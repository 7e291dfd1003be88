"""Upscalers from files: small networks of real architectures with random weights."""

from __future__ import annotations

import sys
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import torch
from safetensors.torch import save_file

from dalle_studio.core.errors import ModelUnusable
from dalle_studio.core.event import Event, Progress
from dalle_studio.core.format import Size
from dalle_studio.core.model import AddOn, AddOnKind, Commercial, Licence
from dalle_studio.core.request import Upscale
from dalle_studio.engine.make import make
from dalle_studio.engine.pipelines.spandrel_upscaler import SpandrelEnlarger, _spandrel, load
from dalle_studio.engine.upscaler import Upscaler
from dalle_studio.engine.watch import CancelledByUser, Watch
from tests.support import scene

NONE = Licence("none", Commercial.NO)


def network(kind: str) -> Any:
    """Untrained; its picture is far from grey, so that seams would show."""
    _spandrel()
    from spandrel.architectures.Compact import Compact
    from spandrel.architectures.ESRGAN import ESRGAN
    from spandrel.architectures.SPAN import SPAN

    torch.manual_seed(0)
    match kind:
        case "span x2":
            return SPAN(num_in_ch=3, num_out_ch=3, feature_channels=8, upscale=2)
        case "esrgan x4":
            return ESRGAN(num_filters=8, num_blocks=1, scale=4)
        case _:
            return Compact(num_in_ch=3, num_out_ch=3, num_feat=8, num_conv=2, upscale=1)


def add_on(folder: Path, kind: str) -> AddOn:
    path = folder / "network.safetensors"
    weights = {name: each.contiguous() for name, each in network(kind).state_dict().items()}
    save_file(weights, path)
    return AddOn(kind.split()[0], kind, AddOnKind.UPSCALER, "", path, "1", NONE)


@pytest.fixture(params=["span x2", "esrgan x4"])
def enlarger(request: pytest.FixtureRequest, tmp_path: Path) -> SpandrelEnlarger:
    return load(add_on(tmp_path, request.param))


def watched() -> tuple[Watch, list[Event]]:
    events: list[Event] = []
    return Watch(events.append, lambda: False), events


def progress(events: list[Event]) -> list[tuple[int, int]]:
    return [(event.step, event.steps) for event in events if isinstance(event, Progress)]


def test_a_file_tells_what_it_is(enlarger: SpandrelEnlarger) -> None:
    assert enlarger.name in ("span x2", "esrgan x4")
    assert f"x{enlarger.factor}" in enlarger.name
    large = enlarger.enlarge(scene(40, 24).pixels)
    assert large.shape == (24 * enlarger.factor, 40 * enlarger.factor, 3)
    assert large.std() > 1


def test_any_size_is_reached_in_tiles_without_seams(enlarger: SpandrelEnlarger) -> None:
    source, size = scene(100, 80), Size(520, 416)  # two passes
    whole, tiled = Upscaler(enlarger, watched()[0]), Upscaler(enlarger, watched()[0])
    whole._tile_px, tiled._tile_px = 2000, 64
    one, many = (each.resize(source.pixels, size) for each in (whole, tiled))
    assert one.shape == (416, 520, 3)
    assert np.abs(one.astype(int) - many).mean() < 0.5
    assert whole.name == enlarger.name


def test_a_shortage_makes_the_tiles_smaller_and_is_told(
    enlarger: SpandrelEnlarger, monkeypatch: pytest.MonkeyPatch
) -> None:
    request = Upscale(model="m", source=scene(200, 200), size=Size(400, 400))
    wanted = make(request, None, watched()[0], enlarger).pictures[0]
    call = enlarger._network._call_fn

    def narrow(model: Any, image: torch.Tensor) -> torch.Tensor:
        if image.shape[-1] > 190:
            raise RuntimeError("DefaultCPUAllocator: can't allocate memory")
        return call(model, image)

    monkeypatch.setattr(enlarger._network, "_call_fn", narrow)
    watch, events = watched()
    made = make(request, None, watch, enlarger)
    assert watch.notes == ["Enlarged in smaller tiles: memory was short."]
    assert np.abs(made.pictures[0].astype(int) - wanted).mean() < 0.5
    steps = progress(events)
    assert steps[-1][0] == steps[-1][1] > 1


def test_no_tile_is_small_enough_where_there_is_no_memory(
    enlarger: SpandrelEnlarger, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(enlarger, "enlarge", lambda pixels: (_ for _ in ()).throw(MemoryError()))
    with pytest.raises(MemoryError):
        Upscaler(enlarger, watched()[0]).resize(scene(200, 200).pixels, Size(400, 400))


def test_a_cancel_takes_effect_after_one_tile(enlarger: SpandrelEnlarger) -> None:
    seen: list[Event] = []
    watch = Watch(seen.append, lambda: bool(seen))
    with pytest.raises(CancelledByUser):
        make(Upscale(model="m", source=scene(320, 320), size=Size(640, 640)), None, watch, enlarger)
    assert len(progress(seen)) == 1


def test_what_does_not_enlarge_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ModelUnusable, match="does not make colour pictures larger"):
        load(add_on(tmp_path, "sharpener x1"))


def test_pickles_and_other_weights_are_refused(tmp_path: Path) -> None:
    good = add_on(tmp_path, "span x2")
    pickle, other = tmp_path / "network.pth", tmp_path / "other.safetensors"
    torch.save(network("span x2").state_dict(), pickle)
    save_file({"lora_down.weight": torch.zeros(4, 4)}, other)
    for path in (pickle, other, tmp_path / "nothing.safetensors", tmp_path):
        with pytest.raises(ModelUnusable, match="is damaged, or was made") as caught:
            load(replace(good, path=path))
        assert "Install it again" in caught.value.remedy


def test_without_spandrel_it_is_told_what_to_install(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "spandrel", None)
    with pytest.raises(ModelUnusable, match="spandrel, which reads upscalers, is not installed") as caught:
        _spandrel()
    assert "pip install --no-deps spandrel" in caught.value.remedy
