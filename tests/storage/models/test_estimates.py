"""What is learnt from pictures that were made, and what is said of those that are not yet."""

from __future__ import annotations

import json
from pathlib import Path
from types import MappingProxyType

import pytest

from dalle_studio.core.format import Size
from dalle_studio.core.model import Commercial, Licence, Model
from dalle_studio.core.recipe import Provenance, Recipe, record
from dalle_studio.core.request import Generate, Request, Sampling, Upscale, Vary
from dalle_studio.storage.models import estimates
from dalle_studio.storage.models.estimates import Estimate, estimate, learn
from tests.support import scene

SQUARE, BANNER = Size(1024, 1024), Size(1500, 500)
GIB = 2**30


def model(version: str = "1") -> Model:
    licence = Licence("none", Commercial.NO)
    return Model("m", "M", version, "f", Path("m"), 512, MappingProxyType({}), 4.0, licence)


def recipe(
    steps: int, seconds: float, *, request: Request | None = None, version: str = "1", device: str = "cuda"
) -> Recipe:
    sampling = Sampling(seed=1, count=1, steps=steps)
    made = Provenance(
        model_version=version,
        device=device,
        precision="bfloat16",
        native="512 × 512",
        upscaler="",
        elapsed_s=seconds,
        created="",
        software="",
        memory_mib=3000 + steps,
    )
    return record(request or Generate(model="m", prompt="a", sampling=sampling, size=SQUARE), made)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "new" / "estimates.json"


def seconds(path: Path, steps: int, count: int, size: Size = SQUARE) -> float:
    told = estimate(model(), size, steps, count, path=path)
    assert told is not None and told.seconds is not None
    return told.seconds


def test_before_the_first_run_only_memory_is_known(path: Path) -> None:
    assert estimate(model(), SQUARE, 20, 4, path=path) is None
    assert estimate(model(), SQUARE, 20, 4, memory_bytes=8 * GIB, path=path) == Estimate(None, 8 * GIB)


def test_one_run_is_taken_in_proportion(path: Path) -> None:
    learn(recipe(20, 10.0), 4, path)
    assert seconds(path, 20, 4) == pytest.approx(10)
    assert seconds(path, 40, 4) == pytest.approx(20)
    assert seconds(path, 20, 1) == pytest.approx(2.5)
    told = estimate(model(), SQUARE, 20, 4, memory_bytes=8 * GIB, path=path)
    assert told is not None and told.memory_bytes == 3020 * 2**20, "measured, not what is said of it"


def test_runs_of_different_length_tell_the_fixed_part_apart(path: Path) -> None:
    for steps, count in ((10, 1), (20, 2), (30, 4)):
        learn(recipe(steps, 3 + 0.1 * steps * count), count, path)
    assert seconds(path, 50, 4) == pytest.approx(23)
    assert seconds(path, 10, 1) == pytest.approx(4)


def test_a_run_that_was_disturbed_does_not_move_it(path: Path) -> None:
    for steps in (10, 20, 30, 40, 50):
        learn(recipe(steps, 3 + 0.1 * steps + (60 if steps == 10 else 0)), 1, path)
    assert seconds(path, 30, 1) == pytest.approx(6, rel=0.1)


def test_sizes_verbs_and_versions_are_kept_apart(path: Path) -> None:
    learn(recipe(20, 10.0), 1, path)
    banner = Generate(model="m", prompt="a", sampling=Sampling(seed=1, steps=20), size=BANNER)
    learn(recipe(20, 30.0, request=banner), 1, path)
    vary = Vary(model="m", source=scene(64, 64), sampling=Sampling(seed=1, steps=20), size=SQUARE)
    learn(recipe(20, 5.0, request=vary), 1, path)
    assert seconds(path, 20, 1) == pytest.approx(10)
    assert seconds(path, 20, 1, BANNER) == pytest.approx(30)
    assert seconds(path, 20, 1, Size(800, 600)) == pytest.approx(20), "the middle of all, where none is alike"
    varied = estimate(model(), SQUARE, 20, 1, "vary", path=path)
    assert varied is not None and varied.seconds == pytest.approx(5)
    assert estimate(model("2"), SQUARE, 20, 1, path=path) is None


def test_the_processor_that_ran_last_counts(path: Path) -> None:
    learn(recipe(20, 10.0), 1, path)
    learn(recipe(20, 90.0, device="cpu"), 1, path)
    assert seconds(path, 20, 1) == pytest.approx(90)
    learn(recipe(20, 10.0), 1, path)
    assert seconds(path, 20, 1) == pytest.approx(10)


def test_old_runs_are_forgotten(path: Path) -> None:
    for _ in range(estimates.KEPT):
        learn(recipe(20, 100.0), 1, path)
    for _ in range(estimates.KEPT):
        learn(recipe(20, 10.0), 1, path)
    assert seconds(path, 20, 1) == pytest.approx(10)
    assert path.read_text().count("seconds") == estimates.KEPT


def test_what_has_no_steps_teaches_nothing(path: Path) -> None:
    learn(recipe(1, 2.0, request=Upscale(model="m", source=scene(64, 64), size=SQUARE)), 1, path)
    assert not path.exists()


@pytest.mark.parametrize(
    "text",
    [
        "",
        "{",
        "[]",
        "null",
        '{"schema": 2, "kinds": []}',
        '{"schema": 1, "kinds": [{"runs": []}]}',
        "[" * 100_000,
        "\x00\xff",
    ],
)
def test_a_damaged_file_is_ignored_and_replaced(path: Path, text: str) -> None:
    path.parent.mkdir()
    path.write_text(text)
    assert estimate(model(), SQUARE, 20, 1, path=path) is None
    learn(recipe(20, 10.0), 1, path)
    assert seconds(path, 20, 1) == pytest.approx(10)


@pytest.mark.parametrize("value", [0, -1, "ten", None, 1e300])
def test_numbers_that_make_no_sense_are_ignored(path: Path, value: object) -> None:
    learn(recipe(20, 10.0), 1, path)
    data = json.loads(path.read_text())
    data["kinds"][0]["runs"][0]["steps"] = value
    path.write_text(json.dumps(data))
    assert estimate(model(), SQUARE, 20, 1, path=path) is None


def test_a_folder_that_cannot_be_written_is_no_fault(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    learn(recipe(20, 10.0), 1, tmp_path / "file" / "estimates.json")
