"""Larger pictures by a network: whole, in tiles, in every verb, and what happens without one."""

from __future__ import annotations

import shutil
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import torch
from safetensors.torch import save_file

from dalle_studio.core.errors import ModelUnusable
from dalle_studio.core.event import Event, Failed, Progress
from dalle_studio.core.format import Size
from dalle_studio.core.mask import place_marker
from dalle_studio.core.model import Model
from dalle_studio.core.request import (
    PRECISIONS,
    Extend,
    Generate,
    Keep,
    Place,
    Region,
    Request,
    Sampling,
    Upscale,
    Vary,
)
from dalle_studio.engine import upscaler
from dalle_studio.engine.base import Pixels
from dalle_studio.engine.local import LocalEngine
from dalle_studio.engine.make import make
from dalle_studio.engine.pipelines.compact import Compact, CompactEnlarger, compact_of, load
from dalle_studio.engine.pipelines.precision import Precision
from dalle_studio.engine.upscaler import LANCZOS, WEIGHTS, Upscaler
from dalle_studio.engine.watch import CancelledByUser, Watch
from tests.engine.test_make import FlatFamily
from tests.support import made, run, scene

SAMPLING = Sampling(seed=5, count=2, steps=3)


def network(seed: int = 0) -> Compact:
    """Random weights, so large that every pixel within reach shows in the result."""
    torch.manual_seed(seed)
    return Compact(16, 4).eval().requires_grad_(False)


def enlarger(precision: str = "float32") -> CompactEnlarger:
    return CompactEnlarger(network(), "tiny x4", Precision.named(precision), "cpu")


def watched() -> tuple[Watch, list[Event]]:
    events: list[Event] = []
    return Watch(events.append, lambda: False), events


def steps(events: list[Event]) -> list[tuple[int, int]]:
    return [(event.step, event.steps) for event in events if isinstance(event, Progress)]


def in_tiles(tile_px: int, pixels: Pixels, size: Size, monkeypatch: pytest.MonkeyPatch, how: str) -> Pixels:
    monkeypatch.setattr(upscaler, "_TILE_PX", tile_px)
    return Upscaler(enlarger(how), watched()[0]).cover(pixels, size)


@pytest.mark.parametrize("precision", PRECISIONS[1:])
@pytest.mark.parametrize(
    "size", [Size(480, 400), Size(400, 400), Size(301, 173), Size(163, 140), Size(900, 700)]
)
def test_tiles_leave_no_seams(size: Size, precision: str, monkeypatch: pytest.MonkeyPatch) -> None:
    pixels = scene(120, 100).pixels
    whole = in_tiles(1000, pixels, size, monkeypatch, precision)
    tiled = in_tiles(30, pixels, size, monkeypatch, precision)
    assert whole.shape == tiled.shape == (size.height_px, size.width_px, 3)
    rounding = 1 if precision.startswith("float32") else 3  # bfloat16 kernels differ by the tile's shape
    assert np.abs(whole.astype(int) - tiled).max() <= rounding
    assert np.abs(whole.astype(int) - tiled).mean() < 0.1


def test_an_exact_fourfold_is_the_networks_own_picture() -> None:
    pixels = scene(64, 48).pixels
    large = Upscaler(enlarger(), watched()[0]).resize(pixels, Size(256, 192))
    assert np.array_equal(large, enlarger().enlarge(pixels))


def test_the_margin_is_as_far_as_a_pixel_matters() -> None:
    pixels = np.full((64, 64, 3), 128, np.uint8)
    changed = pixels.copy()
    changed[:, 32] = 255
    tiny = enlarger()
    differs = (tiny.enlarge(pixels) != tiny.enlarge(changed)).any(axis=(0, 2))
    assert differs[4 * (32 - tiny.margin_px) : 4 * (33 + tiny.margin_px)].mean() > 0.8
    assert differs.nonzero()[0].min() >= 4 * (32 - tiny.margin_px)
    assert differs.nonzero()[0].max() < 4 * (33 + tiny.margin_px)


@pytest.mark.parametrize("side", [100, 125])
def test_what_grows_little_is_left_to_lanczos(side: int) -> None:
    watch, events = watched()
    scaled, pixels = Upscaler(enlarger(), watch), scene(100, 100).pixels
    assert np.array_equal(scaled.cover(pixels, Size(side, side)), upscaler.cover(pixels, Size(side, side)))
    assert np.array_equal(scaled.resize(pixels, Size(side, side)), upscaler.resize(pixels, Size(side, side)))
    assert (scaled.name, events) == (LANCZOS, [])


@pytest.mark.parametrize("size", [Size(126, 126), Size(500, 500), Size(1100, 1000), Size(2100, 1700)])
def test_steps_are_counted_beforehand(size: Size, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(upscaler, "_TILE_PX", 60)
    watch, events = watched()
    request = Upscale(model="m", source=scene(100, 90), size=size)
    drawn = make(request, None, watch, enlarger())
    total = steps(events)[-1][0]
    assert steps(events) == [(number, total) for number in range(1, total + 1)]
    assert total > 2
    assert drawn.upscaler == "tiny x4"


def every_verb() -> dict[str, Request]:
    source, common = scene(300, 260), {"model": "m", "sampling": SAMPLING}
    regions = (Region("a", place_marker(Size(1800, 1600), (0.5, 0.5), 0.6)),)
    return {
        "generate": Generate(prompt="a", **common),  # type: ignore[arg-type]
        "place": Place(source=scene(1800, 1600), regions=regions, **common),  # type: ignore[arg-type]
        "vary": Vary(source=source, size=Size(800, 700), **common),  # type: ignore[arg-type]
        "kept": Vary(source=source, size=Size(800, 700), keep=Keep.SUBJECT, **common),  # type: ignore[arg-type]
        "extend": Extend(source=scene(900, 600), size=Size(1500, 600), **common),  # type: ignore[arg-type]
        "upscale": Upscale(model="m", source=source, size=Size(600, 520)),
    }


@pytest.mark.parametrize("verb", list(every_verb()))
def test_every_verb_uses_it_and_says_so(verb: str) -> None:
    request, (watch, events) = every_verb()[verb], watched()
    drawn = make(request, FlatFamily(), watch, enlarger())
    assert drawn.upscaler == "tiny x4"
    assert steps(events)[-1][0] == steps(events)[-1][1] == steps(events)[0][1]
    plain = make(request, FlatFamily(), watched()[0])
    assert plain.upscaler == LANCZOS
    assert not np.array_equal(plain.pictures[0], drawn.pictures[0])


def test_a_near_variation_of_a_small_picture_is_the_enlarged_picture() -> None:
    class Faithful(FlatFamily):
        def sample(self, sample: Any, first_index: int, watch: Watch) -> Pixels:
            return np.array(sample.images)

    source = scene(256, 256)
    request = Vary(model="m", source=source, sampling=SAMPLING, size=Size(1024, 1024), how_far=0)
    (pixels, _) = make(request, Faithful(), watched()[0], enlarger()).pictures
    assert np.abs(pixels.astype(int) - enlarger().enlarge(source.pixels)).max() <= 1


def test_a_cancel_takes_effect_after_one_tile() -> None:
    seen: list[Event] = []
    watch = Watch(seen.append, lambda: bool(seen))
    with pytest.raises(CancelledByUser):
        make(Upscale(model="m", source=scene(640, 640), size=Size(2560, 2560)), None, watch, enlarger())
    assert len(steps(seen)) == 1


def test_weights_tell_the_networks_shape() -> None:
    pixels = scene(40, 30).pixels
    half = {name: weight.half() for name, weight in network().state_dict().items()}
    again = CompactEnlarger(compact_of(half), "again", Precision.named("float32"), "cpu")
    assert np.abs(again.enlarge(pixels).astype(int) - enlarger().enlarge(pixels)).max() <= 1
    assert {name.rsplit(".", 1)[0] for name in half} == {f"body.{number}" for number in range(11)}


@pytest.fixture
def gifted(starter: Model, tmp_path: Path) -> Model:
    """The starter model with a random upscaler in its folder, of which the rest is linked."""
    folder = tmp_path / "starter"
    shutil.copytree(starter.folder, folder, copy_function=lambda one, other: Path(other).symlink_to(one))
    (folder / "upscaler").mkdir(exist_ok=True)
    (folder / WEIGHTS).unlink(missing_ok=True)
    save_file({name: weight.half() for name, weight in network().state_dict().items()}, folder / WEIGHTS)
    return replace(starter, name="gifted", folder=folder)


def test_the_engine_finds_it_in_the_models_folder(gifted: Model, cache: Path) -> None:
    engine = LocalEngine(lambda _: gifted, cache)
    three = made(engine, Generate(model="gifted", prompt="a cat", sampling=replace(SAMPLING, count=3)))
    alone = made(
        engine, Generate(model="gifted", prompt="a cat", sampling=replace(SAMPLING, seed=6, count=1))
    )
    (large,) = made(engine, Upscale(model="gifted", source=scene(90, 60), size=Size(360, 240)))
    engine.unload()
    assert alone[0].sha256 == three[1].sha256
    for picture in (*three, large):
        assert picture.recipe is not None
        assert picture.recipe.provenance.upscaler == "gifted x4"
    wanted = load(gifted, "float32", "cpu").enlarge(scene(90, 60).pixels)
    assert np.array_equal(large.pixels, wanted)


def test_a_damaged_upscaler_is_an_error_with_a_remedy(gifted: Model, cache: Path) -> None:
    (gifted.folder / WEIGHTS).write_bytes(b"nothing")
    engine = LocalEngine(lambda _: gifted, cache)
    last = run(engine, Upscale(model="gifted", source=scene(90, 60), size=Size(360, 240)))[-1]
    engine.unload()
    assert isinstance(last, Failed)
    assert "Install" in last.error.remedy


@pytest.mark.parametrize(
    "weights",
    [
        {"body": torch.zeros(1)},
        {"body.0.bias": torch.tensor(1.0)},
        {"body.0.bias": torch.zeros(10**12, 0)},  # no bytes in the file
    ],
    ids=["no such name", "no side", "a side without end"],
)
def test_weights_of_something_else_are_an_error_with_a_remedy(
    gifted: Model, weights: dict[str, torch.Tensor]
) -> None:
    save_file(weights, gifted.folder / WEIGHTS)
    with pytest.raises(ModelUnusable) as caught:
        load(gifted, "float32", "cpu")
    assert "Install" in caught.value.remedy


def test_a_header_of_more_than_100_mb_is_refused(gifted: Model) -> None:
    """JSON may begin with blanks; reading them would take the memory of as many."""
    header = b'{"body.0.bias":{"dtype":"F32","shape":[0],"data_offsets":[0,0]}}'.ljust(100_000_001)
    (gifted.folder / WEIGHTS).write_bytes(len(header).to_bytes(8, "little") + header)
    with pytest.raises(ModelUnusable) as caught:
        load(gifted, "float32", "cpu")
    assert "header too large" in caught.value.details
