"""What a picture shows, told by its own recipe or by those of what it was made from."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
from pytestqt.qtbot import QtBot

from dalle_studio.core.format import Size
from dalle_studio.core.picture import Picture
from dalle_studio.core.request import Intent, Place, Region, Sampling, Upscale
from dalle_studio.state.ancestry import prompt_of_whole
from dalle_studio.state.gallery import Gallery
from dalle_studio.state.notices import Notices
from tests.scripted import asking, drawn, recorded


@pytest.fixture
def gallery(qtbot: QtBot, tmp_path: Path) -> Iterator[Gallery]:
    gallery = Gallery(tmp_path, Notices())
    yield gallery
    gallery.close()


def placed(source: Picture, prompt: str, intent: Intent = Intent.FILL) -> Picture:
    mask = np.full((source.size.height_px, source.size.width_px), 255, np.uint8)
    region = Region(prompt, mask, intent)
    return recorded(
        Place(model="starter", source=source, regions=(region,), sampling=Sampling(seed=9, count=1))
    )


def test_a_picture_made_of_a_sentence_shows_that(gallery: Gallery) -> None:
    assert prompt_of_whole(recorded(asking("a cat on a beach")), gallery) == "a cat on a beach"


def test_a_picture_from_elsewhere_shows_no_one_knows_what(gallery: Gallery) -> None:
    assert prompt_of_whole(drawn(1), gallery) == ""


def test_what_was_placed_is_only_a_part_so_its_source_is_asked(gallery: Gallery) -> None:
    source = recorded(asking("a cat on a beach"))
    gallery.save(source, "cat")
    twice = placed(placed(source, "a boat"), "a balloon")
    assert prompt_of_whole(placed(source, "a boat"), gallery) == "a cat on a beach"
    assert prompt_of_whole(twice, gallery) == "", "the picture between is in no file"
    assert prompt_of_whole(placed(drawn(77), "a boat"), gallery) == ""


def test_an_enlarged_picture_shows_what_its_source_does(gallery: Gallery) -> None:
    source = recorded(asking("a cat on a beach"))
    gallery.save(source, "cat")
    larger = recorded(Upscale(model="starter", source=source, size=Size(96, 64)))
    assert prompt_of_whole(larger, gallery) == "a cat on a beach"


@pytest.mark.parametrize("intent", [Intent.REMOVE, Intent.BACKGROUND])
def test_what_was_done_to_the_background_is_about_the_whole(gallery: Gallery, intent: Intent) -> None:
    assert prompt_of_whole(placed(drawn(1), "on the moon", intent), gallery) == "on the moon"
