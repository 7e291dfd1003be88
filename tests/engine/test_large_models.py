"""Kandinsky, FLUX.2, Z-Image and Qwen-Image, as small random-weight models, through the worker process.

Random weights draw no things, but they follow what they are given: seeds, prompts, pictures, masks, guidance.
"""

from __future__ import annotations

import importlib
import shutil
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from types import MappingProxyType
from typing import Any

import numpy as np
import pytest
import torch

from dalle_studio.core.errors import InvalidRequest, ModelUnusable
from dalle_studio.core.event import Cancelled, Event, Failed, Finished, Preview, Progress
from dalle_studio.core.format import Size
from dalle_studio.core.mask import place_marker
from dalle_studio.core.model import Ability, AddOn, AddOnKind, Commercial, Licence, Model
from dalle_studio.core.picture import Picture
from dalle_studio.core.recipe import request_of
from dalle_studio.core.request import (
    Edit,
    Extend,
    Generate,
    Intent,
    Keep,
    Lora,
    Place,
    Region,
    Request,
    Sampling,
    Vary,
)
from dalle_studio.engine.base import Pixels, Sample
from dalle_studio.engine.local import LocalEngine
from dalle_studio.engine.pipelines.opening import opened
from dalle_studio.engine.watch import CancelledByUser, Watch
from tests.models import flux2, kandinsky, qwen_image, z_image
from tests.models.add_ons import add_on_of, build_transformer_lora
from tests.support import made, run, scene

CREATES = {Ability.CREATE, Ability.PLACE, Ability.VARY, Ability.EXTEND}
SOURCE, OTHER = scene(96, 64), scene(64, 80)
ONE = Sampling(seed=3, count=1, steps=2)


@dataclass(frozen=True)
class Kind:
    family: str
    build: Callable[[Path], None]
    abilities: set[Ability]


KINDS = {
    "kandinsky": Kind("kandinsky", kandinsky.build, CREATES | {Ability.BLEND}),
    "kandinsky-fill": Kind("kandinsky", partial(kandinsky.build, inpaint=True), {Ability.PLACE}),
    "flux2": Kind("flux2", flux2.build, set(Ability)),
    "flux2-base": Kind("flux2", partial(flux2.build, is_distilled=False), {Ability.CREATE}),
    "z-image": Kind("z-image", z_image.build, CREATES),
    "qwen": Kind("qwen-image", qwen_image.build, CREATES),
    "qwen-edit": Kind("qwen-image", qwen_image.build_edit, set(Ability) - {Ability.CREATE}),
    "qwen-edit-one": Kind("qwen-image", partial(qwen_image.build_edit, plus=False), {Ability.EDIT}),
}


SHOWN = [name for name in KINDS if name not in ("flux2-base", "qwen-edit-one")]
"""Those that are tried in everything they can; the two others differ in a single thing."""


def described(name: str, folder: Path) -> Model:
    kind = KINDS[name]
    return Model(
        name=name,
        label=name.title(),
        version="1",
        family=kind.family,
        folder=folder,
        native_px=64,
        steps=MappingProxyType({"draft": 2, "standard": 3, "fine": 4}),
        guidance_scale=4.0,
        licence=Licence("none", Commercial.NO),
        abilities=frozenset(kind.abilities),
    )


@pytest.fixture(scope="module")
def find(tmp_path_factory: pytest.TempPathFactory) -> Callable[[str], Model]:
    """Builds a model when it is first asked for."""
    folder = tmp_path_factory.mktemp("large")

    def find(name: str) -> Model:
        if not (folder / name).exists() and name in KINDS:
            KINDS[name].build(folder / name)
        return described(name, folder / name)

    return find


@pytest.fixture(scope="module", autouse=True)
def _one_thread() -> Iterator[None]:
    """Models this small are no faster with several, and much slower where other tests run beside them."""
    threads = torch.get_num_threads()
    torch.set_num_threads(1)
    yield
    torch.set_num_threads(threads)


@pytest.fixture(scope="module")
def large(find: Callable[[str], Model], cache: Path) -> Iterator[LocalEngine]:
    engine = LocalEngine(find, cache)
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("OMP_NUM_THREADS", "1")
        yield engine
        engine.unload()


def loaded(name: str, folder: Path, watch: Watch | None = None, *add_ons: AddOn) -> Any:
    """The family itself, in this process."""
    watch = watch or Watch(lambda event: None, lambda: False)
    module = importlib.import_module(f"dalle_studio.engine.pipelines.{KINDS[name].family.replace('-', '_')}")
    return module.load(replace(described(name, folder), add_ons=add_ons), "float32", None, watch)


def create(model: str, **changes: Any) -> Generate:
    request = Generate(model=model, prompt="a red car", sampling=ONE, size=Size(96, 64))
    return replace(request, **changes)


def vary(model: str, **changes: Any) -> Vary:
    return replace(Vary(model=model, source=SOURCE, sampling=ONE, size=SOURCE.size, how_far=0.8), **changes)


def place(model: str, *regions: Region, **changes: Any) -> Place:
    regions = regions or (Region("a cat", place_marker(SOURCE.size, (0.4, 0.6), 0.5)),)
    return replace(Place(model=model, source=SOURCE, regions=regions, sampling=ONE), **changes)


def edit(model: str, **changes: Any) -> Edit:
    return replace(
        Edit(model=model, source=SOURCE, prompt="make it night", sampling=ONE, size=SOURCE.size), **changes
    )


def verbs(name: str) -> dict[str, Request]:
    """One request for each ability that the model is said to have, and for the ways of repainting."""
    mask = place_marker(SOURCE.size, (0.4, 0.6), 0.5)
    requests: dict[str, tuple[Ability, Request]] = {
        "create": (Ability.CREATE, create(name)),
        "place": (Ability.PLACE, place(name)),
        "vary": (Ability.VARY, vary(name)),
        "blend": (Ability.BLEND, vary(name, blend=OTHER, prompt="a hill")),
        "extend": (Ability.EXTEND, Extend(model=name, source=SOURCE, sampling=ONE, size=Size(128, 64))),
        "edit": (Ability.EDIT, edit(name, references=(OTHER,))),
    }
    if name in ("kandinsky", "flux2"):  # the others take all of these by the same way
        requests |= {
            "remove": (Ability.PLACE, place(name, Region("", mask, Intent.REMOVE))),
            "background": (Ability.PLACE, place(name, Region("a beach", 255 - mask, Intent.BACKGROUND))),
            "keep": (Ability.VARY, vary(name, prompt="a hill", keep=Keep.SUBJECT)),
            "farthest": (Ability.VARY, vary(name, how_far=1.0)),
        }
    return {
        verb: request for verb, (ability, request) in requests.items() if ability in KINDS[name].abilities
    }


@pytest.mark.parametrize(("name", "verb"), [(name, verb) for name in SHOWN for verb in verbs(name)])
def test_what_a_model_is_said_to_do_it_does(large: LocalEngine, name: str, verb: str) -> None:
    request = verbs(name)[verb]
    events = run(large, request)
    last = events[-1]
    assert not isinstance(last, Failed), f"{last.error} {last.error.details}"
    assert isinstance(last, Finished)
    (picture,) = last.pictures
    assert picture.pixels.std() > 1
    assert picture.size == (request.size if not isinstance(request, Place) else SOURCE.size)
    if isinstance(request, Place):
        outside = request.regions[0].mask == 0
        assert np.array_equal(picture.pixels[outside], SOURCE.pixels[outside])
        assert (picture.pixels[~outside] != SOURCE.pixels[~outside]).mean() > 0.5
    if isinstance(request, Extend):
        assert np.array_equal(picture.pixels[request.known.slices], SOURCE.pixels)
    progress = [event for event in events if isinstance(event, Progress)]
    assert {event.steps for event in progress} == {len(progress)}  # as many as were told at the start
    assert any(isinstance(event, Preview) for event in events)
    if verb not in ("place", "edit"):
        return
    assert picture.recipe is not None
    again = request_of(picture.recipe, lambda parent: {p.sha256: p for p in (SOURCE, OTHER)}[parent.sha256])
    assert made(large, again)[0].sha256 == picture.sha256


@pytest.mark.parametrize("name", ["kandinsky", "flux2", "z-image", "qwen"])
def test_pictures_follow_seed_and_prompt_and_no_company(large: LocalEngine, name: str) -> None:
    two = made(large, create(name, sampling=replace(ONE, count=2)))
    alone = made(large, create(name, sampling=replace(ONE, seed=4)))[0]
    assert alone.sha256 == two[1].sha256
    other = made(large, create(name, prompt="a city at night"))[0]
    assert len({picture.sha256 for picture in (*two, other)}) == 3


@pytest.mark.parametrize("name", ["kandinsky", "flux2-base", "z-image", "qwen"])
def test_what_is_not_wanted_counts_where_there_is_guidance(large: LocalEngine, name: str) -> None:
    guided = create(name, sampling=replace(ONE, guidance_scale=4.0))
    requests = [
        guided,
        replace(guided, sampling=replace(guided.sampling, negative_prompt="a beach")),
        create(name, sampling=replace(ONE, guidance_scale=1.0)),
    ]
    assert len({made(large, request)[0].sha256 for request in requests}) == 3


@pytest.mark.parametrize(("name", "scale"), [("flux2", 4.0), ("z-image", 1.0), ("kandinsky", 1.0)])
def test_what_is_not_wanted_is_said_to_be_left_out_without_guidance(
    large: LocalEngine, name: str, scale: float
) -> None:
    sampling = replace(ONE, guidance_scale=scale, negative_prompt="a beach")
    last = run(large, create(name, sampling=sampling))[-1]
    assert isinstance(last, Finished)
    assert any("negative prompt" in note for note in last.notes)
    without = replace(sampling, negative_prompt="")
    assert last.pictures[0].sha256 == made(large, create(name, sampling=without))[0].sha256


@pytest.mark.parametrize("name", ["flux2", "qwen-edit"])
def test_an_edit_follows_every_picture_it_is_shown(large: LocalEngine, name: str) -> None:
    requests = [
        edit(name),
        edit(name, source=Picture(255 - SOURCE.pixels)),
        edit(name, references=(OTHER,)),
    ]
    assert len({made(large, request)[0].sha256 for request in requests}) == len(requests)


def test_an_editor_of_one_picture_says_that_it_left_the_others_out(large: LocalEngine) -> None:
    last = run(large, edit("qwen-edit-one", references=(OTHER,)))[-1]
    assert isinstance(last, Finished)
    assert any("one picture only" in note for note in last.notes)


@pytest.mark.parametrize("name", ["kandinsky", "flux2"])
def test_blends_follow_their_share(large: LocalEngine, name: str) -> None:
    other = scene(80, 96)
    blends = [vary(name, blend=other, mix=mix) for mix in (0.2, 0.8)]
    assert len({made(large, request)[0].sha256 for request in blends}) == 2


def test_the_farthest_variations_start_from_noise_and_the_embedding_alone(large: LocalEngine) -> None:
    """Kandinsky's: what the source looks like counts only by what its image encoder says."""
    far = made(large, vary("kandinsky", how_far=1.0))[0]
    assert made(large, vary("kandinsky", how_far=1.0, source=OTHER, size=SOURCE.size))[0].sha256 != far.sha256
    assert made(large, vary("kandinsky", how_far=1.0, keep=Keep.LAYOUT))[0].sha256 != far.sha256


def test_what_goes_on_needs_no_prompt_but_takes_one(large: LocalEngine) -> None:
    bare = Extend(model="kandinsky", source=SOURCE, sampling=ONE, size=Size(128, 64))
    assert made(large, replace(bare, prompt="a hill"))[0].sha256 != made(large, bare)[0].sha256


def test_a_text_that_is_too_long_is_told(large: LocalEngine) -> None:
    last = run(large, create("kandinsky", prompt="a cat and a dog " * 20 + "quietly"))[-1]
    assert isinstance(last, Finished)
    assert any("too long" in note for note in last.notes)


def test_a_cancel_leaves_the_worker_usable(large: LocalEngine) -> None:
    picture = made(large, create("flux2"))[0]
    cancel = threading.Event()
    events: list[Event] = []

    def emit(event: Event) -> None:
        events.append(event)
        if isinstance(event, Progress):
            cancel.set()

    large.run(create("flux2", sampling=replace(ONE, steps=200)), emit, cancel)
    assert isinstance(events[-1], Cancelled)
    assert made(large, create("flux2"))[0].sha256 == picture.sha256


@pytest.mark.parametrize("name", ["kandinsky", "flux2", "z-image", "qwen"])
def test_a_cancel_at_any_point_leaves_the_model_usable(find: Callable[[str], Model], name: str) -> None:
    """At the start, around the reading of the prompt, in each step and before each picture is decoded."""
    family = loaded(name, find(name).folder)
    sample = samples(family)["noise"]
    checks: list[bool] = []
    watch = Watch(lambda event: None, lambda: checks.append(False) or False)
    drawn = family.sample(sample, 0, watch)
    assert len(checks) >= family.steps_of(sample) + 4
    for point in range(len(checks)):
        patience = iter([False] * point)
        with pytest.raises(CancelledByUser):
            family.sample(sample, 0, Watch(lambda event: None, lambda: next(patience, True)))  # noqa: B023
    assert np.array_equal(family.sample(sample, 0, watch), drawn)


@pytest.mark.parametrize("name", ["kandinsky", "flux2"])
def test_a_cancel_while_a_model_is_loaded_is_no_damage(find: Callable[[str], Model], name: str) -> None:
    with pytest.raises(CancelledByUser):
        loaded(name, find(name).folder, Watch(lambda event: None, lambda: True))


@pytest.mark.parametrize("damage", ["no folder", "no index", "half a file", "no file", "another model"])
def test_damaged_folders_are_told(find: Callable[[str], Model], tmp_path: Path, damage: str) -> None:
    folder = tmp_path / "model"
    if damage != "no folder":
        shutil.copytree(find("qwen").folder, folder)
    weights = folder / "transformer" / "diffusion_pytorch_model.safetensors"
    if damage == "no index":
        (folder / "model_index.json").unlink()
    elif damage == "half a file":
        weights.write_bytes(weights.read_bytes()[: weights.stat().st_size // 2])
    elif damage == "no file":
        weights.unlink()
    elif damage == "another model":
        (folder / "model_index.json").write_text('{"_class_name": "StableDiffusionPipeline"}')
    with pytest.raises(ModelUnusable, match="incomplete or damaged"):
        loaded("qwen", folder)


def samples(family: Any) -> dict[str, Sample]:
    """Batches of two: from noise, and with other surroundings for each."""
    side = 2 * family.multiple_px
    size = Size(side, side)
    noise = Sample(
        prompt="a cat", negative_prompt="a dog", size=size, seeds=(3, 4), steps=2, guidance_scale=4.0
    )
    masks = np.zeros((2, side, side), np.uint8)
    masks[:, : side // 2] = 255
    images = np.stack([scene(side, side).pixels, 255 - scene(side, side).pixels])
    return {"noise": noise, "fill": replace(noise, images=images, masks=masks, strength=0.9)}


@pytest.mark.parametrize("name", ["kandinsky", "flux2", "z-image", "qwen"])
def test_what_is_around_a_mask_is_kept_while_it_is_drawn(find: Callable[[str], Model], name: str) -> None:
    """Not only when the pixels are put back: the model is to see its surroundings."""
    family = loaded(name, find(name).folder)
    sample = samples(family)["fill"]
    with torch.inference_mode():
        drawn = family._denoise(sample, 0, Watch(lambda event: None, lambda: False))
        source = family._encode(sample.images)
    rows = drawn.shape[2]
    assert torch.allclose(drawn[:, :, -rows // 4 :].float(), source[:, :, -rows // 4 :], atol=1e-4)
    assert (drawn[:, :, : rows // 2] - source[:, :, : rows // 2]).abs().mean() > 0.01


@pytest.mark.parametrize("name", ["kandinsky", "flux2", "z-image", "qwen"])
def test_variations_go_farther_the_stronger_they_are(find: Callable[[str], Model], name: str) -> None:
    family = loaded(name, find(name).folder)
    fill = samples(family)["fill"]
    source = family.autoencode(np.array(fill.images)).astype(int)

    def distance(strength: float) -> float:
        sample = replace(fill, masks=None, strength=strength, steps=8, places_things=False)
        drawn = family.sample(sample, 0, Watch(lambda event: None, lambda: False))
        return float(np.abs(drawn - source).mean())

    near, middle, far = (distance(strength) for strength in (0.15, 0.5, 0.95))
    assert near < middle < far


@pytest.mark.parametrize("name", ["kandinsky", "kandinsky-fill", "flux2", "z-image", "qwen"])
def test_a_batch_draws_what_each_of_its_pictures_is_alone(find: Callable[[str], Model], name: str) -> None:
    """As accelerators draw them, which round otherwise in batches."""
    family = loaded(name, find(name).folder)
    for sample in samples(family).values():
        shown: list[Event] = []
        batch = family.sample(sample, 5, Watch(shown.append, lambda: False))
        assert {event.index for event in shown if isinstance(event, Preview)} == {5, 6}
        difference = np.abs(batch[0].astype(int) - batch[1]).mean()
        assert difference > 0.1
        for number, seed in enumerate(sample.seeds):
            one = slice(number, number + 1)
            alone = replace(
                sample,
                seeds=(seed,),
                images=None if sample.images is None else sample.images[one],
                masks=None if sample.masks is None else sample.masks[one],
            )
            drawn = family.sample(alone, 0, Watch(lambda event: None, lambda: False))
            assert np.abs(drawn[0].astype(int) - batch[number]).mean() < 0.1 * difference


def test_where_memory_ends_the_model_goes_on(
    find: Callable[[str], Model], monkeypatch: pytest.MonkeyPatch
) -> None:
    def too_large(*arguments: Any) -> None:
        raise torch.OutOfMemoryError("no room")

    family = loaded("z-image", find("z-image").folder)
    sample, watch = samples(family)["noise"], Watch(lambda event: None, lambda: False)
    drawn = family.sample(sample, 0, watch)
    with monkeypatch.context() as patch:
        patch.setattr(family, "_decode_one", too_large)
        with pytest.raises(MemoryError, match="no room"):
            family.sample(sample, 0, watch)
    assert np.array_equal(family.sample(sample, 0, watch), drawn)
    with pytest.raises(MemoryError, match="no room"):
        opened(described("z-image", Path()), too_large)


@pytest.mark.parametrize("name", ["flux2", "z-image", "qwen"])
def test_a_lora_changes_pictures_by_its_weight_and_leaves_nothing_behind(
    find: Callable[[str], Model], tmp_path: Path, name: str
) -> None:
    model = find(name)
    build_transformer_lora(model.folder, tmp_path / "ink.safetensors")
    ink = add_on_of(tmp_path / "ink.safetensors", AddOnKind.LORA, model.family)
    watch = Watch(lambda event: None, lambda: False)
    family = loaded(name, model.folder, watch, ink)
    sample = Sample(
        prompt="a cat", negative_prompt="", size=Size(64, 64), seeds=(3,), steps=2, guidance_scale=1.0
    )

    def drawn(*weights: float) -> Pixels:
        loras = tuple(Lora("ink", weight) for weight in weights)
        return family.sample(replace(sample, loras=loras), 0, watch)

    plain = drawn()
    strong, weak = drawn(1), drawn(0.2)
    assert not np.array_equal(strong, plain) and not np.array_equal(strong, weak)
    assert np.array_equal(drawn(0), plain) and np.array_equal(drawn(), plain)
    assert np.array_equal(drawn(1), strong)
    with pytest.raises(InvalidRequest, match="no LoRA “oil”"):
        family.sample(replace(sample, loras=(Lora("oil"),)), 0, watch)
