"""Stored pictures come back, and what is there is not drawn again."""
# pyright: reportMissingParameterType=false

import sys

import numpy as np
import pytest
import torch
from rich.console import Console

from dalle_studio.engine.pipelines.contours import contours
from dalle_studio.training import __main__ as command
from dalle_studio.training.art.concepts import THINGS
from dalle_studio.training.art.sprites import Sprites
from dalle_studio.training.networks.autoencoder import encode, enlarged, make_autoencoder
from dalle_studio.training.pictures.compose import picture
from dalle_studio.training.pictures.details import Details, drawn_once, store_details
from dalle_studio.training.pictures.pairs import Pairs, store_pairs
from dalle_studio.training.pictures.pixels import fingerprint, load_pixels, store_pixels
from dalle_studio.training.pictures.series import Series
from dalle_studio.training.run.device import Device
from dalle_studio.training.run.report import Report

CPU = Device("cpu", autocast=False, batch_scale=1)
QUIET = Report(Console(quiet=True))


@pytest.fixture
def series(sprites, tmp_path, monkeypatch):
    monkeypatch.setattr("dalle_studio.training.pictures.pixels.PIXEL_SHARD", 4)
    monkeypatch.setattr("dalle_studio.training.pictures.shards.SHARD", 4)
    np.savez(
        tmp_path / "sprites.npz", **{f"{thing.name}/3d": sprites.get(thing.name, "3d") for thing in THINGS}
    )
    return Series(tmp_path / "sprites.npz", seed=5, processes=1)


def test_pixels_are_drawn_once_and_only_what_is_missing(series, tmp_path):
    folder, sprites = tmp_path / "pictures", Sprites.load(series.sprites)
    store_pixels(series, 8, folder, QUIET)
    (folder / "00000004.npy").unlink()
    kept = (folder / "00000000.npy").stat().st_mtime_ns
    store_pixels(series, 8, folder, QUIET)
    assert (folder / "00000000.npy").stat().st_mtime_ns == kept
    pixels = load_pixels(7, folder)
    assert len(pixels) == 7
    for index in range(7):
        assert np.array_equal(pixels[index], picture(sprites, index, seed=5).pixels)


def test_pairs_are_drawn_once_and_grow_while_somebody_learns_from_them(series, tmp_path):
    folder, model = tmp_path / "pairs", make_autoencoder(8)
    store_pairs(series, 4, model, CPU, folder, QUIET)
    kept = (folder / "00000000.npz").stat().st_mtime_ns
    pairs = Pairs(folder, 8, "cpu")
    assert (len(pairs), pairs.grow()) == (4, False)
    store_pairs(series, 8, model, CPU, folder, QUIET)
    assert (folder / "00000000.npz").stat().st_mtime_ns == kept
    assert (pairs.grow(), len(pairs), pairs.grow()) == (True, 8, False)
    assert len(Pairs(folder, 4, "cpu")) == 4

    drawn = [picture(Sprites.load(series.sprites), index, seed=5) for index in range(8)]
    chosen = torch.arange(8)
    assert pairs.captions == [each.caption for each in drawn]
    pair = pairs[chosen]
    for latents, pixels in (
        (pair.pictures, [each.pixels for each in drawn]),
        (pair.sketches, [each.sketch for each in drawn]),
        (pair.contours, [contours(each.sketch) for each in drawn]),
    ):
        assert latents.shape == (8, 16, 16, 16)
        wanted = torch.from_numpy(encode(model, np.stack(pixels), CPU)).float()
        assert torch.allclose(latents, wanted, atol=1e-2)
    small = pairs.thumbnails(chosen)
    assert (pair.coverage.shape, pair.colours.shape) == ((8, 1, 16, 16), (8, 3, 16, 16))
    assert small.shape == (8, 3, 64, 64)
    for number, each in enumerate(drawn):
        assert pair.colours[number].mean().item() == pytest.approx(each.pixels.mean() / 127.5 - 1, abs=0.01)
        assert pair.coverage[number].mean().item() == pytest.approx(each.coverage.mean() / 255, abs=0.01)
        assert small[number].mean().item() == pytest.approx(each.pixels.mean() / 127.5 - 1, abs=0.01)


def test_details_are_parts_of_pictures_at_twice_their_size(series, tmp_path):
    model, chosen = make_autoencoder(8), torch.tensor([3, 1])
    store_details(series, 4, model, CPU, tmp_path / "details", QUIET)
    details = Details(tmp_path / "details", 8, "cpu")
    drawn = [picture(Sprites.load(series.sprites), index, seed=5) for index in range(4)]
    assert details.captions == [each.caption for each in drawn]
    parts, once = details.parts(chosen, np.random.default_rng(0))
    assert parts.pictures.shape == once.shape == (2, 16, 16, 16)
    corners = np.random.default_rng(0).integers(0, 17, (2, 2)).tolist()
    for number, (top, left) in enumerate(corners):
        pixels, sketch = drawn[chosen[number]].pixels, drawn[chosen[number]].sketch
        whole = encode(model, enlarged(pixels)[None], CPU)[0].astype(np.float32)
        assert np.allclose(parts.pictures[number], whole[:, top : top + 16, left : left + 16], atol=1e-2)
        whole = encode(model, enlarged(sketch, sharpness=0)[None], CPU)[0].astype(np.float32)
        assert np.allclose(parts.sketches[number], whole[:, top : top + 16, left : left + 16], atol=1e-2)
        colours = pixels[top * 8 : (top + 16) * 8, left * 8 : (left + 16) * 8].mean((0, 1)) / 127.5 - 1
        assert np.allclose(parts.colours[number].mean((1, 2)), colours, atol=0.02)


def test_a_first_drawing_is_twice_as_large_blurred_and_always_the_same(series):
    pixels = np.stack([picture(Sprites.load(series.sprites), index, seed=5).pixels for index in range(2)])
    model = make_autoencoder(8)
    once = drawn_once(model, pixels, CPU)
    assert once.shape == (2, 512, 512, 3)
    assert np.array_equal(once, drawn_once(model, pixels, CPU))


def test_pairs_bring_latents_to_unit_variance(write_shard, tmp_path):
    write_shard(tmp_path, 0, ["a cat"] * 8)
    pairs = Pairs(tmp_path, 8, "cpu")
    assert (pairs.pictures(torch.arange(8)) * pairs.scale).std().item() == pytest.approx(1, abs=1e-3)


def test_without_a_first_shard_there_are_no_pairs(write_shard, tmp_path):
    write_shard(tmp_path, 4, ["a cat"] * 4)
    with pytest.raises(FileNotFoundError):
        Pairs(tmp_path, 8, "cpu")


def test_fingerprints_tell_autoencoders_apart():
    one, same, other = make_autoencoder(8), make_autoencoder(8), make_autoencoder(8, seed=1)
    assert fingerprint(one) == fingerprint(same) != fingerprint(other)


@pytest.mark.parametrize(
    "stage", ["pictures", "autoencoder", "pairs", "denoiser", "image_prompt", "library", "export"]
)
def test_stages_say_that_earlier_ones_are_missing(stage, tmp_path, monkeypatch, capsys):
    monkeypatch.setattr(sys, "argv", ["training", stage, "--work", str(tmp_path), "--threads", "1"])
    monkeypatch.setattr(command, "_keep_libraries_quiet", lambda: None)
    with pytest.raises(SystemExit, match="run the earlier stages first"):
        command.main()
