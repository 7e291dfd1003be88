"""What the worker keeps, tells and gives back: models switched, the machine, upscalers and checks, peak memory."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from types import MappingProxyType

import numpy as np
import psutil
import pytest
import torch
from diffusers.models.unets.unet_2d_condition import UNet2DConditionModel

from dalle_studio.core.errors import InvalidRequest, StudioError
from dalle_studio.core.event import Failed, Finished
from dalle_studio.core.format import Size
from dalle_studio.core.model import Commercial, Licence, Model
from dalle_studio.core.picture import Picture
from dalle_studio.core.recipe import Provenance
from dalle_studio.core.request import Generate, Sampling, Upscale
from dalle_studio.engine.local import LocalEngine
from tests import support
from tests.engine import test_safety, test_spandrel_upscaler
from tests.support import made, run, scene

MIB = 2**20
SAMPLING = Sampling(seed=1, count=2, steps=2, precision="float32")
Models = dict[str, Model]


def find_in(models: Models) -> Callable[[str], Model]:
    def find(name: str) -> Model:
        if name not in models:
            raise InvalidRequest(f"There is no {name}.", "Take another one.")
        return models[name]

    return find


def generate(model: str) -> Generate:
    return Generate(model=model, prompt="a cat", sampling=SAMPLING, size=Size(64, 64))


def provenance(picture: Picture) -> Provenance:
    assert picture.recipe is not None
    return picture.recipe.provenance


@pytest.fixture(scope="module")
def large(tmp_path_factory: pytest.TempPathFactory) -> Model:
    """About 150 MB of random weights."""
    folder = tmp_path_factory.mktemp("models") / "large"
    pipeline = support._tiny_pipeline()
    unet = UNet2DConditionModel(
        sample_size=8,
        in_channels=16,
        out_channels=16,
        down_block_types=("DownBlock2D", "CrossAttnDownBlock2D"),
        up_block_types=("CrossAttnUpBlock2D", "UpBlock2D"),
        block_out_channels=(32, 448),
        layers_per_block=1,
        cross_attention_dim=32,
        attention_head_dim=8,
    )
    pipeline.register_modules(unet=unet)
    pipeline.save_pretrained(folder)
    licence = Licence("none", Commercial.NO)
    steps = MappingProxyType({"standard": 1})
    return Model("one", "One", "1", "stable-diffusion", folder, 64, steps, 3.0, licence)


def test_switching_models_gives_their_memory_back(large: Model) -> None:
    weights = sum(path.stat().st_size for path in large.folder.rglob("*.safetensors"))
    assert 120 * MIB < weights < 200 * MIB
    models = {"one": large, "other": replace(large, name="other")}
    engine = LocalEngine(find_in(models))
    taken: list[int] = []
    most = 0
    for turn in range(11):
        (picture, _) = made(engine, generate(("one", "other")[turn % 2]))
        taken.append(psutil.Process(engine.pid).memory_info().rss)
        most = max(most, provenance(picture).memory_mib * MIB)
    pid = engine.pid
    highest = _highest(pid)
    engine.unload()
    assert pid is not None and not psutil.pid_exists(pid)
    assert max(taken) - taken[0] < 0.2 * weights, [each // MIB for each in taken]
    assert highest is None or highest - taken[0] < 0.5 * weights, "both were there at once"
    assert weights < most < 4 * weights


def _highest(pid: int | None) -> int | None:
    """The most memory that a process ever had, in bytes; only Linux keeps count."""
    status = Path(f"/proc/{pid}/status")
    lines = status.read_text().splitlines() if status.exists() else []
    return next((int(line.split()[1]) * 1024 for line in lines if line.startswith("VmHWM")), None)


@pytest.fixture(scope="module")
def workshop(
    tiny_starter: Model, tmp_path_factory: pytest.TempPathFactory, large: Model
) -> Iterator[LocalEngine]:
    """An engine with tiny models, some with add-ons; the real starter's upscaler for those that have none."""
    folder = tmp_path_factory.mktemp("add-ons")
    check = test_safety.add_on(folder / "check", 3.0)
    upscaler = test_spandrel_upscaler.add_on(folder, "span x2")
    models = {
        "starter": replace(
            tiny_starter, name="starter", folder=_gifted(tiny_starter.folder, folder / "gifted")
        ),
        "plain": replace(tiny_starter, name="plain"),
        "checked": replace(tiny_starter, name="checked", add_ons=(upscaler, check)),
    }
    engine = LocalEngine(find_in(models), enlarges="starter")
    yield engine
    engine.unload()


def _gifted(folder: Path, target: Path) -> Path:
    """The folder with an upscaler in it."""
    from safetensors.torch import save_file

    from dalle_studio.engine.pipelines.compact import Compact
    from dalle_studio.engine.upscaler import WEIGHTS

    target.mkdir()
    for each in folder.iterdir():
        (target / each.name).symlink_to(each)
    (target / WEIGHTS).parent.mkdir()
    torch.manual_seed(0)
    save_file(Compact(8, 2).state_dict(), target / WEIGHTS)
    return target


def test_a_check_tells_its_concern_and_leaves_the_picture(workshop: LocalEngine) -> None:
    plain, checked = (made(workshop, generate(name)) for name in ("plain", "checked"))
    assert [picture.sha256 for picture in checked] == [picture.sha256 for picture in plain]
    assert {provenance(picture).concerns for picture in plain} == {()}
    for picture in checked:
        assert provenance(picture).concerns == (
            "This picture may not be for everybody: “nsfw”, 95% certain.",
        )


def test_a_model_without_an_upscaler_takes_the_starters(workshop: LocalEngine) -> None:
    upscale = Upscale(model="plain", source=scene(60, 40), size=Size(240, 160))
    (large,) = made(workshop, upscale)
    assert provenance(large).upscaler == "starter x4"
    drawn = made(workshop, replace(generate("plain"), size=Size(512, 512)))
    assert provenance(drawn[0]).upscaler == "starter x4"


def test_an_upscaler_is_taken_by_its_name(workshop: LocalEngine) -> None:
    upscale = Upscale(model="checked", source=scene(60, 40), size=Size(240, 160), upscaler="span")
    (large,) = made(workshop, upscale)
    assert provenance(large).upscaler == "span x2"
    assert not np.array_equal(large.pixels, made(workshop, replace(upscale, upscaler=""))[0].pixels)
    last = run(workshop, replace(upscale, upscaler="nothing"))[-1]
    assert isinstance(last, Failed)
    assert "nothing" in last.error.message


def test_recipes_tell_how_the_model_lay_in_memory(workshop: LocalEngine) -> None:
    (picture, _) = made(workshop, generate("plain"))
    assert provenance(picture).memory == "float32, in main memory"
    assert 0 < provenance(picture).memory_mib < 2000


def test_the_machine_is_told_before_the_first_model_is_loaded(tiny_starter: Model) -> None:
    engine = LocalEngine(lambda name: tiny_starter)
    assert engine.machine is None
    engine.start(tiny_starter)
    end = time.monotonic() + 60
    while engine.machine is None and time.monotonic() < end:
        time.sleep(0.05)  # between jobs: nobody reads the pipe otherwise
    try:
        machine = engine.machine
        assert machine is not None
        assert machine.device in ("cpu", "cuda", "rocm", "mps", "xpu")
        assert machine.memory_bytes > MIB
        last = run(engine, replace(generate("starter"), sampling=replace(SAMPLING, count=1)))[-1]
        assert isinstance(last, Finished)
    finally:
        engine.unload()
    assert engine.machine == machine


def test_a_fault_of_the_search_is_told_by_the_request_alone(tiny_starter: Model) -> None:
    """The model whose upscaler serves the others may be missing."""

    def find(name: str) -> Model:
        if name == "starter":
            raise StudioError("There is no starter.", "Install it.")
        return tiny_starter

    engine = LocalEngine(find, enlarges="starter")
    (large,) = made(engine, Upscale(model="tiny", source=scene(60, 40), size=Size(240, 160)))
    engine.unload()
    assert provenance(large).upscaler == "Lanczos"
