"""Every model of the catalogue: from a hub on loopback to this machine, all that it claims to do, and away again.

The hub holds small models with random weights, in the repositories and under the file names that the catalogue
expects.
"""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from dalle_studio.core.errors import InvalidRequest
from dalle_studio.core.event import Failed
from dalle_studio.core.format import Size
from dalle_studio.core.mask import place_marker
from dalle_studio.core.model import Ability, Model
from dalle_studio.core.picture import Picture
from dalle_studio.core.request import (
    Edit,
    Extend,
    Generate,
    Place,
    Region,
    Request,
    Sampling,
    Upscale,
    Vary,
    ability_of,
)
from dalle_studio.engine.local import LocalEngine
from dalle_studio.storage.models.catalogue import Entry, catalogue, find_entry
from dalle_studio.storage.models.download import Download, Installed
from dalle_studio.storage.models.installed import find_model, remove
from tests.hub import Hub
from tests.models import flux2, kandinsky, qwen_image, stable_diffusion, stable_diffusion_xl, z_image
from tests.models.add_ons import build_image_prompt
from tests.storage.models.shop import followed
from tests.support import made, run, scene

MODELS = [entry.name for entry in catalogue() if entry.kind is None]
IMAGE_PROMPTS = {"sd15": "ip-adapter-sd15", "sdxl": "ip-adapter-sdxl"}
SOURCE, OTHER = scene(96, 64), scene(64, 80)
SAMPLING = Sampling(seed=3, count=1, steps=2, guidance_scale=1.5)


@pytest.fixture
def hub(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Hub]:
    """A hub that is still empty, and a home for what comes from it."""
    (tmp_path / "repos").mkdir()
    with Hub.serve(tmp_path / "repos") as running:
        monkeypatch.setenv("HF_ENDPOINT", running.url)
        monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))
        monkeypatch.setenv("HF_HOME", str(tmp_path / "no-token"))
        monkeypatch.setenv("OMP_NUM_THREADS", "1")  # models this small are no faster with several
        yield running


@pytest.fixture(scope="module")
def engine(cache: Path) -> Iterator[LocalEngine]:
    """A worker for all of them: each takes the last one's place."""
    engine = LocalEngine(drawing_small, cache)
    yield engine
    engine.unload()


def drawing_small(name: str) -> Model:
    return replace(find_model(name), native_px=64)


BUILDERS: dict[str, Callable[[Path], None]] = {
    "flux2-klein": flux2.build,
    "kandinsky-2.2": lambda folder: kandinsky.build(folder, inpaint=True),
    "z-image-turbo": z_image.build,
    "sdxl": stable_diffusion_xl.build,
    "sdxl-lightning": stable_diffusion_xl.build,
    "sd15": stable_diffusion.build,
    "qwen-image": qwen_image.build,
    "qwen-image-edit": qwen_image.build_edit,
}


def publish(entry: Entry, folder: Path, hub: Hub) -> None:
    """Put what lies in an installed model's folder into the repositories that it comes from."""
    for source in entry.sources:
        if len(source.revision) == 40:
            hub.commits[source.repo] = source.revision
        place = hub.folder / source.repo / source.under
        if not source.named:
            shutil.copytree(folder / source.into, place, dirs_exist_ok=True)
        else:
            place.mkdir(parents=True, exist_ok=True)
            shutil.copy(folder / source.into / source.named, place / source.include[0])


def install(name: str) -> None:
    events = followed(Download(find_entry(name)), limit_s=60)
    assert events[-1] == Installed(name), events[-1]


def requests(name: str) -> list[Request]:
    """One for each ability there is."""
    region = Region("a cat", place_marker(SOURCE.size, (0.4, 0.6), 0.5))
    vary = Vary(model=name, source=SOURCE, sampling=SAMPLING, size=SOURCE.size, prompt="a hill")
    return [
        Generate(model=name, prompt="a red car", sampling=SAMPLING, size=Size(96, 64)),
        Place(model=name, source=SOURCE, regions=(region,), sampling=SAMPLING),
        vary,
        replace(vary, blend=OTHER),
        Extend(model=name, source=SOURCE, sampling=SAMPLING, size=Size(128, 64)),
        Edit(model=name, source=SOURCE, prompt="make it night", sampling=SAMPLING, size=SOURCE.size),
    ]


def check(picture: Picture, request: Request, model: Model) -> None:
    assert picture.pixels.std() > 1 and picture.recipe is not None
    assert picture.recipe.provenance.licence == model.licence.name
    assert picture.recipe.provenance.model_version == model.version
    if isinstance(request, Place):
        outside = request.regions[0].mask == 0
        assert np.array_equal(picture.pixels[outside], SOURCE.pixels[outside])
        assert not np.array_equal(picture.pixels, SOURCE.pixels)
    else:
        assert not isinstance(request, Upscale) and picture.size == request.size
    if isinstance(request, Extend):
        assert np.array_equal(picture.pixels[request.known.slices], SOURCE.pixels)


def test_every_model_has_a_small_likeness() -> None:
    assert set(MODELS) == set(BUILDERS)


@pytest.mark.parametrize("name", MODELS)
def test_a_model_comes_does_all_it_claims_and_no_more_and_goes(
    hub: Hub, engine: LocalEngine, tmp_path: Path, name: str
) -> None:
    BUILDERS[name](tmp_path / "small")
    publish(find_entry(name), tmp_path / "small", hub)
    install(name)
    if name in IMAGE_PROMPTS:
        build_image_prompt(tmp_path / "small", tmp_path / "adapter")
        adapter = find_entry(IMAGE_PROMPTS[name])
        (weights,) = (tmp_path / "adapter").glob("*.safetensors")
        weights.rename(weights.with_name(adapter.sources[0].include[0]))
        publish(adapter, tmp_path / "adapter", hub)
        install(adapter.name)
    model = find_model(name)
    assert model.abilities == find_entry(name).abilities | (
        {Ability.BLEND} if name in IMAGE_PROMPTS else set()
    )
    pictures: list[Picture] = []
    for request in requests(name):
        if ability_of(request) in model.abilities:
            pictures += made(engine, request)
            check(pictures[-1], request, model)
        else:
            failed = run(engine, request)[-1]
            assert isinstance(failed, Failed) and isinstance(failed.error, InvalidRequest)
            assert f"cannot {ability_of(request)}" in failed.error.message
    (large,) = made(engine, Upscale(model=name, source=pictures[0], size=Size(192, 128)))
    assert large.size == Size(192, 128)
    assert remove(name) > 0
    with pytest.raises(InvalidRequest, match="no model called"):
        find_model(name)
