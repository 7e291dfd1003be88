"""Stored pictures come back, and what is there is not drawn again."""
# pyright: reportMissingParameterType=false

import sys

import numpy as np
import pytest
from rich.console import Console

from dalle_studio.training import __main__ as command
from dalle_studio.training.art.concepts import THINGS
from dalle_studio.training.art.sprites import Sprites
from dalle_studio.training.networks.autoencoder import make_autoencoder
from dalle_studio.training.pictures import pixels as pictures
from dalle_studio.training.pictures.compose import picture
from dalle_studio.training.pictures.series import Series
from dalle_studio.training.run.report import Report

QUIET = Report(Console(quiet=True))


@pytest.fixture
def series(sprites, tmp_path, monkeypatch):
    monkeypatch.setattr(pictures, "PIXEL_SHARD", 4)
    np.savez(
        tmp_path / "sprites.npz", **{f"{thing.name}/3d": sprites.get(thing.name, "3d") for thing in THINGS}
    )
    return Series(tmp_path / "sprites.npz", seed=5, processes=1)


def test_pixels_are_drawn_once_and_only_what_is_missing(series, tmp_path):
    folder, sprites = tmp_path / "pictures", Sprites.load(series.sprites)
    pictures.store_pixels(series, 8, folder, QUIET)
    (folder / "00000004.npy").unlink()
    kept = (folder / "00000000.npy").stat().st_mtime_ns
    pictures.store_pixels(series, 8, folder, QUIET)
    assert (folder / "00000000.npy").stat().st_mtime_ns == kept
    pixels, captions = pictures.load_pixels(7, folder), pictures.load_captions(7, folder)
    assert len(pixels) == len(captions) == 7
    for index in range(7):
        expected = picture(sprites, index, seed=5)
        assert np.array_equal(pixels[index], expected.pixels)
        assert captions[index] == expected.caption


def test_fingerprints_tell_autoencoders_apart():
    one, same, other = make_autoencoder(8), make_autoencoder(8), make_autoencoder(8, seed=1)
    assert pictures.fingerprint(one) == pictures.fingerprint(same) != pictures.fingerprint(other)


@pytest.mark.parametrize("stage", ["pictures", "tokenizer", "autoencoder", "pairs", "denoiser", "export"])
def test_stages_say_that_earlier_ones_are_missing(stage, tmp_path, monkeypatch, capsys):
    monkeypatch.setattr(sys, "argv", ["training", stage, "--work", str(tmp_path), "--threads", "1"])
    monkeypatch.setattr(command, "_keep_libraries_quiet", lambda: None)
    with pytest.raises(SystemExit, match="run the earlier stages first"):
        command.main()
