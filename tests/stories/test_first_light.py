"""A designer's first minute: the whole demonstration, from an empty home to a labelled sheet."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from dalle_studio.core.picture import Picture
from dalle_studio.core.recipe import request_of
from dalle_studio.core.request import Place
from dalle_studio.storage.library import open_picture


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Path:
    home = tmp_path_factory.mktemp("home")
    environment = {**os.environ, "HOME": str(home), "XDG_CACHE_HOME": str(home / "cache")}
    command = [sys.executable, "-m", "dalle_studio", "demo", "-o", "demo-output"]
    result = subprocess.run(command, cwd=home, env=environment, capture_output=True, text=True, check=False)
    assert result.returncode == 0, result.stderr
    assert "leaked" not in result.stderr
    return home / "demo-output"


def named(folder: Path, start: str) -> list[Picture]:
    return [open_picture(path) for path in sorted(folder.rglob(f"{start}*.png"))]


@pytest.mark.parametrize(
    ("start", "count"),
    [
        ("an-astronaut-riding-a-horse", 4),
        ("teddy-bears-shopping-for-groceries", 4),
        ("an-astronaut-lounging", 4),
        ("a-pink-flamingo", 3),
        ("variations-of-night", 4),
        ("a-red-car", 2),
        ("a-blue-car", 2),
        ("一个宇航员在外太空骑马", 4),
    ],
)
def test_every_picture_is_there_with_a_recipe_of_its_own(demo: Path, start: str, count: int) -> None:
    pictures = named(demo, start)
    assert len(pictures) == count
    assert all(picture.recipe for picture in pictures)
    assert len({picture.sha256 for picture in pictures}) == count
    assert all(min(picture.size.wh) >= 900 for picture in pictures)


def test_flamingos_are_only_where_they_were_put(demo: Path) -> None:
    (beach,) = named(demo, "a-palm-tree-on-a-beach")
    for picture in named(demo, "a-pink-flamingo"):
        assert picture.recipe is not None
        request = request_of(picture.recipe, lambda parent: beach)
        assert isinstance(request, Place)
        regions = request.regions
        outside = np.maximum.reduce([region.mask for region in regions]) == 0
        assert len(regions) == 3 and outside.mean() > 0.5
        assert np.array_equal(picture.pixels[outside], beach.pixels[outside])
        for region in regions:
            inside = region.mask == 255
            assert (picture.pixels[inside] != beach.pixels[inside]).mean() > 0.2


def test_the_window_is_shown_at_the_end_of_each_story(demo: Path) -> None:
    for story in ("teddy-bears", "flamingos", "variations"):
        with Image.open(demo / f"window-{story}.png") as window:
            assert window.size == (1440, 900)
            assert np.asarray(window.convert("L")).std() > 20


def test_red_is_redder_than_blue(demo: Path) -> None:
    def redness(start: str) -> float:
        return float(np.mean([p.pixels[..., 0].mean() - p.pixels[..., 2].mean() for p in named(demo, start)]))

    assert redness("a-red-car") > redness("a-blue-car") + 40


def test_variations_resemble_the_painting_and_are_not_it(demo: Path) -> None:
    from dalle_studio.storage.paths import resources_dir

    painting = open_picture(resources_dir() / "samples" / "night_over_the_bay.jpg")
    other = named(demo, "a-red-car")[0]
    for variation in named(demo, "variations-of-night"):
        assert 1 < difference(variation, painting) < difference(variation, other) / 2


def test_the_sheet_is_there_and_holds_every_row(demo: Path) -> None:
    with Image.open(demo / "contact-sheet.png") as sheet:
        assert sheet.width > 1500
        assert sheet.height > 3000


def difference(a: Picture, b: Picture) -> float:
    small = [np.asarray(picture.image.resize((64, 64)), float) for picture in (a, b)]
    return float(np.abs(small[0] - small[1]).mean())
