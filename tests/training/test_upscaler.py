"""The upscaler learns, goes on where it was killed, and is written in the form that the studio reads."""
# pyright: reportMissingParameterType=false, reportPrivateUsage=false

import json
import sys
from types import SimpleNamespace

import numpy as np
import pytest
import torch
from PIL import Image
from rich.console import Console

from dalle_studio.engine.pipelines import compact
from dalle_studio.engine.upscaler import WEIGHTS
from dalle_studio.training import __main__ as command
from dalle_studio.training.networks import upscaler
from dalle_studio.training.networks.autoencoder import AutoencoderLearner, make_autoencoder
from dalle_studio.training.networks.upscaler import (
    UpscalerLearner,
    export_upscaler,
    load_upscaler,
    make_upscaler,
)
from dalle_studio.training.pictures import large
from dalle_studio.training.pictures.large import Art, large_picture, load_large, store_large
from dalle_studio.training.run.device import Device
from dalle_studio.training.run.loop import resume, save
from dalle_studio.training.run.report import Report

CPU = Device("cpu", autocast=False, batch_scale=1)
QUIET = Report(Console(quiet=True))
SQUARE = '<rect x="2" y="2" width="12" height="12" fill="#c03020"/>'


@pytest.fixture(scope="module")
def packages(tmp_path_factory):
    """Two vector drawings and one picture, laid out as npm packages are."""
    folder = tmp_path_factory.mktemp("packages")
    for name in ("iconify-json-fluent-emoji-flat", "iconify-json-noto"):
        icons = folder / name / "package/icons.json"
        icons.parent.mkdir(parents=True)
        icons.write_text(json.dumps({"width": 16, "height": 16, "icons": {"square": {"body": SQUARE}}}))
    webps = folder / "lobehub-fluent-emoji-3d/package/assets"
    webps.mkdir(parents=True)
    Image.new("RGBA", (256, 256), (20, 90, 200, 255)).save(webps / "square.webp")
    return folder


@pytest.fixture(scope="module")
def pictures(packages):
    art = Art(packages)
    return [large_picture(art, number, seed=1) for number in range(12)]


@pytest.fixture
def make_learner(pictures, monkeypatch):
    monkeypatch.setattr(upscaler, "BATCH", 4)
    monkeypatch.setattr(upscaler, "EXAMINED_SIDE", 64)
    autoencoder = make_autoencoder(8).requires_grad_(False)
    return lambda: UpscalerLearner(make_upscaler(8, 2), pictures, autoencoder, CPU, crop_side=64)


def test_ten_steps_reduce_the_loss(make_learner, monkeypatch):
    monkeypatch.setattr(upscaler, "DECODED_SHARE", 0)  # this autoencoder has learnt nothing
    learner = make_learner()
    monkeypatch.setattr(learner, "_seed", 0)
    crops, shown = learner._crops, learner._shown
    same = crops(np.random.default_rng(0))
    small = shown(same, np.random.default_rng(0), CPU.generator(0))
    monkeypatch.setattr(learner, "_crops", lambda rng: same)
    monkeypatch.setattr(learner, "_shown", lambda large, rng, generator: small)
    losses = [learner.step(number, 100) for number in range(11)]
    assert losses[-1] < 0.97 * losses[0]


def test_resumed_weights_are_bit_identical(make_learner, tmp_path):
    straight, killed, resumed = make_learner(), make_learner(), make_learner()
    for number in range(4):
        straight.step(number, 4)
    for number in range(2):
        killed.step(number, 4)
    save(killed, 2, tmp_path / "checkpoint.pt")
    assert resume(resumed, tmp_path / "checkpoint.pt") == 2
    for number in range(2, 4):
        resumed.step(number, 4)
    one, other, half = (learner.network.state_dict() for learner in (straight, resumed, killed))
    assert all(torch.equal(one[name], other[name]) for name in one)
    assert not all(torch.equal(one[name], half[name]) for name in one)


def test_sheet_has_lanczos_above_and_the_network_below(make_learner, tmp_path):
    quality = make_learner().examine(tmp_path / "sheet.png")
    assert "Lanczos" in quality
    with Image.open(tmp_path / "sheet.png") as sheet:
        assert sheet.size == (upscaler.HELD_OUT * 64, 2 * 64)


def test_what_is_exported_is_what_the_studio_loads(make_learner, tmp_path):
    learner = make_learner()
    learner.step(0, 10)
    save(learner, 1, tmp_path / "upscaler.pt")
    export_upscaler(load_upscaler(tmp_path / "upscaler.pt"), tmp_path)
    model = SimpleNamespace(folder=tmp_path, name="starter", label="Starter")
    loaded = compact.load(model, "float32", "cpu")  # pyright: ignore[reportArgumentType]
    pixels = np.random.default_rng(0).integers(0, 255, (20, 24, 3), dtype=np.uint8)
    made = loaded.enlarge(pixels)
    with torch.no_grad():
        wanted = upscaler._pixels(learner.network(upscaler._unit(pixels[None], "cpu")))[0]
    assert loaded.name == "starter x4"
    assert np.abs(made.astype(int) - wanted).max() <= 1


def test_the_real_size_is_small_enough_to_ship(tmp_path):
    export_upscaler(make_upscaler(), tmp_path)
    assert (tmp_path / WEIGHTS).stat().st_size < 1_000_000


def test_pictures_differ_and_are_drawn_again_the_same(pictures, packages):
    again = large_picture(Art(packages), 3, seed=1)
    assert np.array_equal(again, pictures[3])
    assert len({picture.tobytes() for picture in pictures}) == len(pictures)
    assert {picture.shape for picture in pictures} == {(large.SIDE, large.SIDE, 3)}


@pytest.mark.parametrize("effect", large._EFFECTS, ids=lambda effect: effect.__name__)
def test_every_effect_keeps_the_shape(effect, pictures):
    drawn = effect(pictures[0], np.random.default_rng(0))
    assert drawn.shape == pictures[0].shape
    assert np.isfinite(drawn).all()


def test_pixel_art_has_crisp_squares(pictures):
    drawn = large._pixel_art(pictures[0], np.random.default_rng(0))
    steps = (np.diff(drawn, axis=1) != 0).any(axis=(0, 2)).sum()
    assert steps < 32


def test_shards_are_drawn_once_and_the_stage_uses_them(packages, tmp_path, monkeypatch):
    monkeypatch.setattr(large, "SHARD", 10)
    for start, low in ((0, 0), (10, 40)):
        (tmp_path / "large").mkdir(exist_ok=True)
        shard = np.random.default_rng(start).integers(low, 255, (10, 512, 512, 3), dtype=np.uint8)
        np.save(tmp_path / "large" / f"{start:08d}.npy", shard)
    store_large(packages, 20, tmp_path / "large", 0, 1, QUIET)  # nothing is missing: no process is started
    assert len(load_large(17, tmp_path / "large")) == 17
    monkeypatch.setattr(upscaler, "BATCH", 1)
    monkeypatch.setattr(upscaler, "EXAMINED_SIDE", 64)
    pixels = [picture[:256, :256] for picture in load_large(20, tmp_path / "large")]
    save(AutoencoderLearner(make_autoencoder(8), pixels, CPU), 1, tmp_path / "autoencoder.pt")
    words = f"training upscaler --work {tmp_path} --upscaler-steps 1 --upscaler-pictures 20 --threads 1"
    monkeypatch.setattr(sys, "argv", words.split())
    command.main()
    assert load_upscaler(tmp_path / "upscaler.pt").body
