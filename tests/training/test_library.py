"""The library holds every thing in its families and every place, and reads back as it was written."""
# pyright: reportMissingParameterType=false

import numpy as np
import pytest
from rich.console import Console

from dalle_studio.engine.pipelines.art import ArtLibrary
from dalle_studio.training.art.concepts import BY_NAME, THINGS
from dalle_studio.training.art.sprites import Sprites
from dalle_studio.training.export import library
from dalle_studio.training.export.library import write_library
from dalle_studio.training.pictures.compose import PLACE_SIDE
from dalle_studio.training.places.built import BACKGROUNDS
from dalle_studio.training.run.report import Report

QUIET = Report(Console(quiet=True))
RED, BLUE = (220, 40, 40), (40, 60, 210)


def solid(colour, height=90, width=180):
    return np.full((height, width, 4), (*colour, 255), np.uint8)


@pytest.fixture(scope="module")
def sprites():
    """Red things everywhere; the cat is blue in another family."""
    red = {f"{thing.name}/3d": solid(RED) for thing in THINGS}
    return Sprites({**red, "cat/noto": solid(BLUE)})


@pytest.fixture(autouse=True)
def few(monkeypatch):
    monkeypatch.setattr(library, "THINGS", (BY_NAME["cat"], BY_NAME["teddy bear"]))
    monkeypatch.setattr(library, "BACKGROUNDS", BACKGROUNDS[:2])
    monkeypatch.setattr(library, "PLACES", 3)


def test_every_thing_is_there_in_its_families(sprites, tmp_path):
    write_library(sprites, tmp_path / "art.zip", QUIET)
    art = ArtLibrary(tmp_path / "art.zip")
    assert art.families_of("cat") == ("3d", "noto")
    assert art.families_of("teddy bear") == ("3d",)
    assert art.families_of("dog") == ()
    for name, family, colour in (("cat", "3d", RED), ("cat", "noto", BLUE), ("teddy bear", "noto", RED)):
        drawing = art.drawing(name, family)
        assert drawing.shape == (library.SIDE // 2, library.SIDE, 4)
        assert np.abs(drawing.astype(int) - (*colour, 255)).max() < 12
        assert art.shape(name, family) == (1, 0.5)


def test_every_place_is_there(sprites, tmp_path):
    write_library(sprites, tmp_path / "art.zip", QUIET)
    art = ArtLibrary(tmp_path / "art.zip")
    one, other = (art.places(place.name) for place in BACKGROUNDS[:2])
    assert one.shape == other.shape == (3, PLACE_SIDE, PLACE_SIDE, 3)
    assert not np.array_equal(one, other)
    assert not np.array_equal(one[0], one[1])
    with pytest.raises(KeyError):
        art.places(BACKGROUNDS[2].name)


def test_drawings_of_a_place_keep_their_order_and_stay_apart(sprites, tmp_path, monkeypatch):
    levels = iter((20, 120, 220, 50, 150, 250))

    def empty_place(*_):
        return np.full((PLACE_SIDE, PLACE_SIDE, 3), next(levels), np.uint8)

    monkeypatch.setattr(library, "empty_place", empty_place)
    write_library(sprites, tmp_path / "art.zip", QUIET)
    art = ArtLibrary(tmp_path / "art.zip")
    found = [art.places(place.name).mean((1, 2, 3)) for place in BACKGROUNDS[:2]]
    assert np.concatenate(found) == pytest.approx((20, 120, 220, 50, 150, 250), abs=4)


def test_the_same_art_gives_the_same_file(sprites, tmp_path):
    for name in ("one.zip", "other.zip"):
        write_library(sprites, tmp_path / name, QUIET)
    assert (tmp_path / "one.zip").read_bytes() == (tmp_path / "other.zip").read_bytes()
