"""The ways to fit: planned from figures, taken in turn on a real pipeline whose shortages are made up."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path
from types import MappingProxyType, SimpleNamespace
from typing import Any

import numpy as np
import pytest
import torch
from diffusers.models.autoencoders.autoencoder_kl import AutoencoderKL

from dalle_studio.core.errors import OutOfMemory
from dalle_studio.core.event import Event, Progress
from dalle_studio.core.format import Size
from dalle_studio.core.model import Commercial, Licence, Model
from dalle_studio.core.request import Generate, Sampling, Vary
from dalle_studio.engine.base import Pixels
from dalle_studio.engine.make import Made, make
from dalle_studio.engine.pipelines import memory, stable_diffusion
from dalle_studio.engine.pipelines.memory import (
    PLACES,
    WAYS,
    Placing,
    Way,
    Weights,
    is_shortage,
    planned,
    within_memory,
)
from dalle_studio.engine.pipelines.stable_diffusion import StableDiffusion
from dalle_studio.engine.watch import CancelledByUser, Watch
from tests import support

GIB = 2**30
TILES = "Decoded in tiles: memory was short."
TURNS = "The model's parts took turns on the device (model offload): memory was short."
ROUNDED = "The denoiser's weights were rounded to 8 bits (float8): memory was short."
LAYERS = "The model came to the device layer by layer (group offload): memory was short."
SAMPLING = Sampling(seed=3, count=1, steps=3, guidance_scale=3.0, precision="float32")
REQUEST = Generate(model="tiny", prompt="a cat", sampling=SAMPLING, size=Size(128, 128))
CPU_SHORTAGE = (
    "[enforce fail at alloc_cpu.cpp:127] . DefaultCPUAllocator: can't allocate memory: you tried to"
)
pytestmark = pytest.mark.filterwarnings("ignore:__array__ implementation:DeprecationWarning")  # diffusers


@pytest.mark.parametrize(
    ("free_gib", "way"),
    [(11, WAYS[0]), (9.5, WAYS[1]), (6, WAYS[2]), (4, WAYS[3]), (2, WAYS[4]), (0.1, WAYS[4])],
)
def test_the_fastest_way_that_fits_is_planned(free_gib: float, way: Way) -> None:
    weights = Weights([5 * GIB], [3 * GIB, GIB // 4])
    assert planned(weights, 2 * GIB, int(free_gib * GIB), WAYS) == way


@pytest.mark.parametrize(
    ("error", "short"),
    [
        (MemoryError(), True),
        (torch.OutOfMemoryError("CUDA out of memory. Tried to allocate 2 GiB"), True),
        (RuntimeError("MPS backend out of memory (MPS allocated: 8 GB)"), True),
        (RuntimeError(CPU_SHORTAGE), True),
        (RuntimeError("CUDNN_STATUS_ALLOC_FAILED"), True),
        (RuntimeError("UR_RESULT_ERROR_OUT_OF_DEVICE_MEMORY"), True),
        (RuntimeError("mat1 and mat2 shapes cannot be multiplied"), False),
        (CancelledByUser(), False),
        (OSError("out of memory"), False),
    ],
)
def test_every_kind_of_shortage_is_known(error: Exception, short: bool) -> None:
    assert is_shortage(error) == short
    with pytest.raises(MemoryError if short else type(error)), within_memory("cpu"):
        raise error


def test_a_shortage_holds_on_to_nothing() -> None:
    freed: list[bool] = []

    class Large:
        def __del__(self) -> None:
            freed.append(True)

    def draw() -> None:
        large = Large()
        raise RuntimeError(f"{CPU_SHORTAGE} hold {type(large)}")

    with pytest.raises(MemoryError) as caught, within_memory("cpu"):
        draw()
    assert freed and "DefaultCPUAllocator" in str(caught.value)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("models") / "tiny"
    with torch.random.fork_rng(devices=[]):
        torch.manual_seed(0)
        pipeline = support._tiny_pipeline()
        kind: Any = AutoencoderKL
        autoencoder = kind(
            block_out_channels=(8, 8, 8, 16),
            down_block_types=("DownEncoderBlock2D",) * 4,
            up_block_types=("UpDecoderBlock2D",) * 4,
            layers_per_block=1,
            norm_num_groups=4,
            latent_channels=16,
            sample_size=128,
        )
        pipeline.register_modules(vae=autoencoder)
        pipeline.save_pretrained(path)
    return path


def model(folder: Path) -> Model:
    return Model(
        name="tiny",
        label="Tiny",
        version="1",
        family="stable-diffusion",
        folder=folder,
        native_px=128,
        steps=MappingProxyType({"standard": 3}),
        guidance_scale=3.0,
        licence=Licence("none", Commercial.NO),
    )


def loaded(folder: Path, watch: Watch | None = None) -> StableDiffusion:
    return stable_diffusion.load(model(folder), "float32", None, watch or watched()[0])


def watched() -> tuple[Watch, list[Event]]:
    events: list[Event] = []
    return Watch(events.append, lambda: False), events


def drawn(family: StableDiffusion, request: Generate | Vary = REQUEST) -> tuple[Made, Watch, list[Event]]:
    watch, events = watched()
    return make(request, family, watch), watch, events


@pytest.fixture
def offloads(monkeypatch: pytest.MonkeyPatch) -> None:
    """As on a card with memory of its own; weights then go from the processor to the processor."""
    monkeypatch.setattr(memory, "can_offload", lambda device: True)


@pytest.fixture(scope="module")
def plain(folder: Path) -> Pixels:
    """The picture as it is where memory is plentiful."""
    return drawn(loaded(folder))[0].pictures[0]


def short_at(part: Any, method: str, times: int, monkeypatch: pytest.MonkeyPatch, call: int = 1) -> None:
    """Let the method run short of memory, from its n-th call on, that many times."""
    original: Callable[..., Any] = getattr(part, method)
    calls, left = [0], [times]

    def short(*arguments: Any, **named: Any) -> Any:
        calls[0] += 1
        if calls[0] >= call and left[0]:
            left[0] -= 1
            raise torch.OutOfMemoryError("CUDA out of memory.")
        return original(*arguments, **named)

    monkeypatch.setattr(part, method, short)


PHASES: dict[str, tuple[Callable[[Any], Any], int]] = {
    "text": (lambda parts: parts.text_encoder.get_input_embeddings(), 1),
    "first step": (lambda parts: parts.unet.conv_in, 1),
    "last step": (lambda parts: parts.unet.conv_in, 3),
    "decode": (lambda parts: parts.vae.decoder.conv_in, 1),
}
"""A layer that works in that phase, and at which of its calls."""


@pytest.mark.parametrize("name", list(PHASES))
@pytest.mark.parametrize("rungs", [1, 2])
def test_one_rung_after_the_other_is_taken_and_pictures_stay_the_same(
    folder: Path, offloads: None, plain: Pixels, name: str, rungs: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    """At this size no tile is needed, so that not even tiling changes a pixel."""
    family = loaded(folder)
    layer_of, call = PHASES[name]
    short_at(layer_of(family._create), "forward", rungs, monkeypatch, call)
    made, watch, events = drawn(family)
    assert np.array_equal(made.pictures[0], plain)
    assert watch.notes == [TILES, TURNS][:rungs]
    where = "in main memory" if rungs == 1 else PLACES[Placing.BY_PART]
    assert family.memory == f"float32, {where}, decoded in tiles"
    progress = [event for event in events if isinstance(event, Progress)]
    assert progress[-1].step == progress[-1].steps
    again, later, _ = drawn(family)
    assert later.notes == [], "a later job starts on the rung that worked"
    assert np.array_equal(again.pictures[0], plain)


def test_weights_in_8_bits_change_pixels_a_little_and_are_told(
    folder: Path, offloads: None, plain: Pixels, monkeypatch: pytest.MonkeyPatch
) -> None:
    family = loaded(folder)
    bytes_before = sum(each.nbytes for each in family._create.unet.parameters())
    short_at(family._create.unet.conv_in, "forward", 3, monkeypatch)
    made, watch, _ = drawn(family)
    assert watch.notes == [TILES, TURNS, ROUNDED]
    assert family.memory == f"float32, weights in 8 bits, {PLACES[Placing.BY_PART]}, decoded in tiles"
    assert sum(each.nbytes for each in family._create.unet.parameters()) < 0.5 * bytes_before
    difference = np.abs(made.pictures[0].astype(int) - plain).mean()
    assert 0 < difference < 20
    short_at(family._create.unet.conv_in, "forward", 1, monkeypatch)
    made, watch, _ = drawn(family)
    assert watch.notes == [LAYERS]
    assert family.memory == f"float32, weights in 8 bits, {PLACES[Placing.BY_LAYER]}, decoded in tiles"
    assert 0 < np.abs(made.pictures[0].astype(int) - plain).mean() < 20


def test_tiles_change_pixels_a_little_and_are_told(
    folder: Path, plain: Pixels, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(memory, "TILE_PX", 64)
    family = loaded(folder)
    short_at(family._create.vae.decoder.conv_in, "forward", 1, monkeypatch)
    made, watch, _ = drawn(family)
    assert watch.notes == [TILES]
    assert not np.array_equal(made.pictures[0], plain)
    assert np.abs(made.pictures[0].astype(int) - plain).mean() < 20


def test_on_a_processor_alone_there_is_nowhere_to_offload_to(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """All ways fail, then all smaller sizes: a picture of 128 pixels is small enough."""
    family = loaded(folder)
    short_at(family._create.unet.conv_in, "forward", 99, monkeypatch)
    watch, _ = watched()
    with pytest.raises(OutOfMemory, match="one picture"):
        make(REQUEST, family, watch)
    assert watch.notes == [TILES]
    assert family.native_px == 128


def test_a_variation_gets_room_for_reading_its_source(
    folder: Path, offloads: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    request = Vary(
        model="tiny", source=support.scene(128, 128), sampling=SAMPLING, size=Size(128, 128), prompt="a cat"
    )
    wanted = drawn(loaded(folder), request)[0].pictures[0]
    family = loaded(folder)
    short_at(family._create.vae.encoder.conv_in, "forward", 2, monkeypatch, call=2)
    made, watch, _ = drawn(family, request)
    assert np.array_equal(made.pictures[0], wanted)
    assert watch.notes == [TILES, TURNS]


def test_what_was_too_many_is_not_tried_again(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    family = loaded(folder)
    four = Generate(
        model="tiny", prompt="a cat", sampling=Sampling(seed=3, count=4, steps=2, precision="float32")
    )
    short_at(family._create.unet.conv_in, "forward", 1, monkeypatch)
    made, watch, _ = drawn(family, four)
    assert (len(made.pictures), watch.notes) == (4, ["Made in smaller batches: memory was short."])
    assert family.batch_limit(Size(128, 128)) == 3
    assert family.batch_limit(Size(256, 256)) == 1


def test_a_model_that_does_not_fit_when_loaded_is_offloaded(
    folder: Path, offloads: None, plain: Pixels, monkeypatch: pytest.MonkeyPatch
) -> None:
    from dalle_studio.engine.pipelines.memory import Placement

    original = Placement._take

    def take(placement: Placement) -> None:
        if placement._ways[0].placing is Placing.WHOLE:
            raise MemoryError
        original(placement)

    monkeypatch.setattr(Placement, "_take", take)
    watch, _ = watched()
    family = loaded(folder, watch)
    assert watch.notes == [TURNS]
    assert PLACES[Placing.BY_PART] in family.memory
    assert np.array_equal(drawn(family)[0].pictures[0], plain)


def test_little_free_memory_plans_to_offload(
    folder: Path, offloads: None, plain: Pixels, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(memory, "free_bytes", lambda device: 1)
    watch, _ = watched()
    family = loaded(folder, watch)
    assert PLACES[Placing.BY_LAYER] in family.memory
    assert watch.notes == []
    assert np.array_equal(drawn(family)[0].pictures[0], plain)


def test_memory_that_is_shared_offers_no_place_to_offload_to(monkeypatch: pytest.MonkeyPatch) -> None:
    for shared in (True, False):
        monkeypatch.setattr(memory, "this_machine", partial(SimpleNamespace, is_shared=shared))
        assert memory.can_offload("cuda") is not shared
    assert not memory.can_offload("cpu")
