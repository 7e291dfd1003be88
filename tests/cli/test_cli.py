"""The command line as people and scripts use it, with the real starter model, each in a process of its own."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from dalle_studio.core.mask import place_marker
from dalle_studio.storage.library import open_picture, save_picture
from dalle_studio.storage.pictures.library import Library
from dalle_studio.storage.pictures.scan import Changes
from tests.support import scene
from tests.takes import PENGUINS

Studio = Callable[..., subprocess.CompletedProcess[str]]
QUICK = ("--steps", "3")


@pytest.fixture
def environment(tmp_path: Path, cache: Path) -> dict[str, str]:
    """A home of its own; the shared cache keeps the measured precision."""
    home = tmp_path / "home"
    home.mkdir()
    return {**os.environ, "HOME": str(home), "XDG_CACHE_HOME": str(cache), "COLUMNS": "200"}


@pytest.fixture
def studio(environment: dict[str, str], tmp_path: Path) -> Studio:
    def call(*arguments: object) -> subprocess.CompletedProcess[str]:
        command = [sys.executable, "-m", "dalle_studio", *map(str, arguments)]
        return subprocess.run(
            command, cwd=tmp_path, env=environment, capture_output=True, text=True, check=False
        )

    return call


@pytest.fixture
def picture(tmp_path: Path) -> Path:
    return save_picture(scene(320, 280), tmp_path, "scene")


def pictures(folder: Path) -> list[Path]:
    return sorted(folder.glob("*.png"))


def test_generate_makes_named_seeded_pictures(studio: Studio, tmp_path: Path) -> None:
    result = studio("generate", "a red car", "-n", 2, "--seed", 7, "-o", "out", *QUICK)
    assert result.returncode == 0, result.stderr
    assert [Path(line).name for line in result.stdout.split()] == ["a-red-car-7.png", "a-red-car-8.png"]
    assert [open_picture(path).size.wh for path in pictures(tmp_path / "out")] == [(1024, 1024)] * 2


def test_without_a_folder_pictures_go_into_the_library_which_a_studio_has_open(
    studio: Studio, tmp_path: Path
) -> None:
    folder = tmp_path / "home" / "Pictures" / "Dalle Studio"
    with Library(folder, tmp_path / "thumbnails") as window:
        result = studio("generate", "a red car", "-n", 1, "--seed", 7, *QUICK)
        assert result.returncode == 0, result.stderr
        assert window.has_changed()
        (row,) = window.rows()
        assert str(row.path) == result.stdout.strip() and row.prompt == "a red car"
        assert row.path.parents[1] == folder and window.scan() == Changes()


def test_blocks_styles_and_format_make_one_set_each(studio: Studio, tmp_path: Path) -> None:
    blocks = ("--who", "Teddy bears", "--doing", "shopping for groceries")
    styles = ("--style", "ukiyo-e", "--style", "watercolor")
    result = studio("generate", *blocks, *styles, "-n", 1, "--format", "banner", "-o", "out", *QUICK)
    assert result.returncode == 0, result.stderr
    recipes = [open_picture(path).recipe for path in pictures(tmp_path / "out")]
    assert {recipe.prompt for recipe in recipes if recipe} == {
        "Teddy bears shopping for groceries in the style of ukiyo-e",
        "Teddy bears shopping for groceries, watercolor",
    }
    assert {open_picture(path).size.wh for path in pictures(tmp_path / "out")} == {(1536, 512)}


def test_place_again_and_show(studio: Studio, picture: Path, tmp_path: Path) -> None:
    placed = studio(
        "place", picture, "a pink flamingo", "--at", "0.3,0.7", "--size", "0.25", "-n", 1, "-o", ".", *QUICK
    )
    assert placed.returncode == 0, placed.stderr
    path = tmp_path / placed.stdout.strip()
    source, result = open_picture(picture), open_picture(path)
    outside = place_marker(source.size, (0.3, 0.7), 0.25) == 0
    assert np.array_equal(source.pixels[outside], result.pixels[outside])
    assert not np.array_equal(source.pixels, result.pixels)

    shown = studio("show", path)
    assert shown.returncode == 0
    assert "a pink flamingo" in shown.stdout
    assert picture.name in shown.stdout

    again = studio("again", path, "-o", "again", "--source-folder", tmp_path)
    assert again.returncode == 0, again.stderr
    assert "Identical" in again.stderr
    assert open_picture(tmp_path / again.stdout.strip()).sha256 == result.sha256


def test_place_by_mask_and_by_regions(studio: Studio, picture: Path, tmp_path: Path) -> None:
    mask = np.zeros((280, 320), np.uint8)
    mask[50:150, 60:200] = 255
    Image.fromarray(mask).save(tmp_path / "mask.png")
    by_mask = studio("place", picture, "a cat", "--mask", "mask.png", "-n", 1, "-o", "out", *QUICK)
    regions = ("--region", "0.3,0.6,0.3:a red car", "--region", "0.8,0.4,0.2:a cat")
    by_regions = studio("place", picture, *regions, "--style", "neon", "-n", 1, "-o", "out", *QUICK)
    assert (by_mask.returncode, by_regions.returncode) == (0, 0), by_mask.stderr + by_regions.stderr
    changed = open_picture(tmp_path / by_mask.stdout.strip()).pixels != scene(320, 280).pixels
    assert not changed[mask == 0].any()
    recipe = open_picture(tmp_path / by_regions.stdout.strip()).recipe
    assert recipe is not None
    assert recipe.prompt == "a red car, neon; a cat, neon"


def test_vary_blend_extend_and_upscale(studio: Studio, picture: Path, tmp_path: Path) -> None:
    other = save_picture(scene(200, 300), tmp_path, "other")
    varied = studio("vary", picture, "-n", 2, "--how-far", "0.3", "--keep", "layout", "-o", "out", *QUICK)
    blended = studio("vary", picture, "--blend", other, "--mix", "0.5", "-n", 1, "-o", "out", *QUICK)
    extended = studio(
        "extend", picture, "--format", "banner", "--anchor", "left", "-n", 1, "-o", "out", *QUICK
    )
    upscaled = studio("upscale", picture, "--to", 640, "-o", "out")
    for result in (varied, blended, extended, upscaled):
        assert result.returncode == 0, result.stderr
    assert len(varied.stdout.split()) == 2
    recipe = open_picture(tmp_path / varied.stdout.split()[0]).recipe
    assert recipe is not None and recipe.request["keep"] == "layout"
    banner = open_picture(tmp_path / extended.stdout.strip())
    assert banner.size.wh == (840, 280)
    assert np.array_equal(banner.pixels[:, :320], open_picture(picture).pixels)
    large = open_picture(tmp_path / upscaled.stdout.strip())
    assert large.size.wh == (640, 560)
    assert large.recipe is not None
    assert large.recipe.provenance.upscaler == "starter x4"


def test_json_is_one_object_a_line(studio: Studio, tmp_path: Path) -> None:
    result = studio("generate", "a zzyzx car", "-n", 1, "--seed", 5, "-o", "out", "--json", *QUICK)
    events = [json.loads(line) for line in result.stdout.splitlines()]
    kinds = [event["event"] for event in events]
    assert kinds[0] == "begin"
    assert kinds.count("progress") == 9  # three steps, two of the second drawing, four tiles enlarged
    assert kinds[-1] == "picture"
    (note,) = [event["text"] for event in events if event["event"] == "note"]
    assert "zzyzx" in note
    assert open_picture(tmp_path / events[-1]["path"]).sha256 == events[-1]["sha256"]
    assert events[-1]["seed"] == 5


BAD = [
    (["generate", ""], 2, "empty"),
    (["generate", "x" * 10_000], 2, "10,000"),
    (["generate", "a", "--who", "b"], 2, "Use either"),
    (["generate", "a", "--style", "nonsense"], 2, "ukiyo-e"),
    (["generate", "a", "--format", "nonsense"], 2, "banner"),
    (["generate", "a", "--speed", "nonsense"], 2, "draft"),
    (["generate", "a", "--speed", "fine", "--steps", "3"], 2, "one of them"),
    (["generate", "a", "-n", "0"], 2, "1 to 64"),
    (["generate", "a", "--seed", "-1"], 2, "0 to"),
    (["generate", "a", "--guidance", "99"], 2, "1 to 30"),
    (["place", "scene.png", "a"], 2, "--at"),
    (["place", "scene.png", "a", "--at", "0.1,0.1", "--mask", "scene.png"], 2, "--mask"),
    (["place", "scene.png", "a", "--at", "2,2"], 2, "from 0 to 1"),
    (["place", "scene.png", "a", "--at", "here"], 2, "--at 0.3,0.7"),
    (["place", "scene.png", "a", "--region", "0.1,0.1,0.1:b"], 2, "Leave the other"),
    (["place", "scene.png", "a", "--mask", "small.png"], 3, "own size"),
    (["place", "scene.png", "a", "--mask", "black.png"], 2, "mask is empty"),
    (["place", "missing.png", "a", "--at", "0.5,0.5"], 3, "missing.png"),
    (["vary", "broken.png"], 3, "damaged"),
    (["vary", "tiny.png"], 3, "1 × 1"),
    (["vary", "giant.png"], 3, "too many"),
    (["vary", "scene.png", "--mix", "0.5"], 2, "--blend"),
    (["vary", "scene.png", "--how-far", "7"], 2, "0 to 1"),
    (["vary", "scene.png", "--keep", "mood"], 2, "palette"),
    (["extend", "wide.png", "--format", "banner"], 2, "does not reach beyond"),
    (["upscale", "scene.png", "--to", "100"], 2, "not larger"),
    (["upscale", "scene.png", "--to", "99999"], 2, "8192"),
    (["show", "scene.png"], 1, "no recipe"),
    (["again", "scene.png"], 3, "no recipe"),
    (["generate", "a", "-o", "scene.png/inside"], 4, "another folder"),
]


@pytest.mark.parametrize(("arguments", "code", "words"), BAD, ids=[" ".join(bad[0])[:40] for bad in BAD])
def test_bad_input_is_a_sentence_a_remedy_and_an_exit_code(
    arguments: list[str], code: int, words: str, studio: Studio, picture: Path, tmp_path: Path
) -> None:
    Image.new("L", (10, 10), 255).resize((64, 64)).save(tmp_path / "small.png")
    Image.new("L", (320, 280), 0).save(tmp_path / "black.png")
    Image.new("RGB", (1, 1)).save(tmp_path / "tiny.png")
    Image.new("RGB", (300, 100)).save(tmp_path / "wide.png")
    Image.new("1", (20_000, 20_000)).save(tmp_path / "giant.png")
    (tmp_path / "broken.png").write_bytes(picture.read_bytes()[:500])
    before = sorted(tmp_path.rglob("*"))
    result = studio(*arguments)
    assert result.returncode == code, result.stderr
    assert words in result.stderr
    assert result.stderr.startswith("error: ")
    assert "Traceback" not in result.stderr
    assert result.stdout == ""
    after = [path for path in sorted(tmp_path.rglob("*")) if "home" not in path.parts]
    assert after == [path for path in before if "home" not in path.parts]


def test_errors_are_json_too(studio: Studio) -> None:
    result = studio("vary", "missing.png", "--json")
    error = json.loads(result.stdout)
    assert result.returncode == error["exit_code"] == 3
    assert error["message"]
    assert error["remedy"]


def test_ctrl_c_cancels_and_leaves_nothing_half_written(environment: dict[str, str], tmp_path: Path) -> None:
    command = [
        sys.executable,
        "-m",
        "dalle_studio",
        "generate",
        "a cat",
        "--steps",
        "200",
        "-o",
        "out",
        "--json",
    ]
    with subprocess.Popen(
        command, cwd=tmp_path, env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    ) as process:
        assert process.stdout is not None
        while json.loads(process.stdout.readline())["event"] != "progress":
            pass
        started = time.monotonic()
        process.send_signal(signal.SIGINT)
        rest = process.stdout.read()
        assert process.wait() == 130
    assert time.monotonic() - started < 20
    assert json.loads(rest.splitlines()[-1])["event"] == "cancelled"
    assert list((tmp_path / "out").iterdir()) == []


def test_two_commands_at_once_share_a_folder(environment: dict[str, str], tmp_path: Path) -> None:
    command = [
        sys.executable,
        "-m",
        "dalle_studio",
        "generate",
        "a cat",
        "-n",
        "2",
        "--seed",
        "1",
        "-o",
        "out",
        *QUICK,
    ]
    both = [
        subprocess.Popen(command, cwd=tmp_path, env=environment, stdout=subprocess.DEVNULL) for _ in range(2)
    ]
    assert [process.wait() for process in both] == [0, 0]
    made = pictures(tmp_path / "out")
    assert len(made) == 4
    assert len({open_picture(path).sha256 for path in made}) == 2


def test_a_cache_that_cannot_be_written_is_no_hindrance(environment: dict[str, str], tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    blocked = {
        **environment,
        "XDG_CACHE_HOME": str(tmp_path / "file" / "cache"),
        "XDG_STATE_HOME": "/dev/null/state",
    }
    command = [sys.executable, "-m", "dalle_studio", "generate", "a cat", "-n", "1", "-o", "out", *QUICK]
    result = subprocess.run(command, cwd=tmp_path, env=blocked, capture_output=True, text=True, check=False)
    assert result.returncode == 0, result.stderr
    assert len(pictures(tmp_path / "out")) == 1


def test_help_and_version(studio: Studio) -> None:
    assert "Exit codes" in studio("--help").stdout
    assert studio("--version").stdout.startswith("dalle-studio 0")


def test_a_recording_is_heard_told_and_drawn(studio: Studio, tmp_path: Path) -> None:
    ran = studio("generate", "--speech-file", PENGUINS, *QUICK, "-n", 1, "-o", tmp_path, "--json")
    assert ran.returncode == 0, ran.stderr
    events = [json.loads(line) for line in ran.stdout.splitlines()]
    kinds = [event["event"] for event in events]
    said = events[kinds.index("said")]["text"]
    assert said.lower() == "three penguins holding balloons in the snow"
    assert kinds.index("said") < kinds.index("progress") < kinds.index("picture")
    recipe = open_picture(Path(events[kinds.index("picture")]["path"])).recipe
    assert recipe is not None and recipe.prompt == said


@pytest.mark.parametrize(
    ("arguments", "code", "told"),
    [
        (("--speech-file", "none.wav"), 3, "There is no file “none.wav”."),
        (("--speak", "--speech-file", "take.wav"), 2, "The prompt comes from several places."),
        (
            ("--speech-file", "a.wav", "--speech-language", "zh"),
            2,
            "dalle-studio models install whisper-base",
        ),
        (("--speech-file", "a.wav", "--speech-language", "fr"), 2, "Use one of: en, zh."),
    ],
)
def test_what_cannot_be_heard_is_an_error_with_a_remedy(
    studio: Studio, arguments: tuple[str, ...], code: int, told: str
) -> None:
    ran = studio("generate", *arguments)
    assert ran.returncode == code and told in ran.stderr and ran.stdout == ""
