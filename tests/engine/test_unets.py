"""Stable Diffusion 1.5 and XL with all their add-ons, on small models with random weights, through the worker."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

pytest.importorskip("torch")

from dalle_studio.core.errors import InvalidRequest, ModelUnusable
from dalle_studio.core.event import Cancelled, Event, Failed, Finished, Loading, Progress
from dalle_studio.core.format import Size
from dalle_studio.core.mask import place_marker
from dalle_studio.core.model import AddOnKind, Model
from dalle_studio.core.picture import Picture
from dalle_studio.core.request import (
    Extend,
    Follow,
    Generate,
    Guide,
    Lora,
    Place,
    Region,
    Request,
    Sampling,
    Vary,
)
from dalle_studio.engine.local import LocalEngine
from tests.models.unets import FAMILIES
from tests.support import made, run, scene

SOURCE, OTHER = scene(96, 80), Picture(np.ascontiguousarray(scene(80, 96).pixels[::-1]))
SAMPLING = Sampling(seed=5, count=2, steps=2, guidance_scale=4.0)
ONE = replace(SAMPLING, count=1)
families = pytest.mark.parametrize("family", list(FAMILIES))


@pytest.fixture(scope="module")
def wrong(unets: dict[str, Model], tmp_path_factory: pytest.TempPathFactory) -> dict[str, Model]:
    """Each family with the other one's add-ons, and a LoRA that is no LoRA."""
    broken = tmp_path_factory.mktemp("broken") / "broken.safetensors"
    broken.write_bytes(b"\x08\x00\x00\x00\x00\x00\x00\x00{}      ")
    swapped: dict[str, Model] = {}
    for family, model in unets.items():
        other = next(each for name, each in unets.items() if name != family)
        lora = other.add_on(AddOnKind.LORA)
        assert lora is not None
        damaged = replace(lora, name="broken", path=broken)
        swapped[f"{family} wrong"] = replace(model, add_ons=(*other.add_ons, damaged))
    return swapped


@pytest.fixture(scope="module")
def worker(unets: dict[str, Model], wrong: dict[str, Model], cache: Path) -> Iterator[LocalEngine]:
    bare = {f"{name} bare": replace(model, add_ons=()) for name, model in unets.items()}
    engine = LocalEngine(lambda name: (unets | bare | wrong)[name], cache)
    yield engine
    engine.unload()


def create(family: str, sampling: Sampling = SAMPLING, guide: Guide | None = None) -> Generate:
    return Generate(
        model=family, prompt="a cat (sleeping)", sampling=sampling, size=Size(96, 96), guide=guide
    )


def verbs(family: str) -> dict[str, Request]:
    region = Region("a red car", place_marker(SOURCE.size, (0.4, 0.6), 0.5))
    vary = Vary(model=family, source=SOURCE, sampling=SAMPLING, size=SOURCE.size, how_far=0.8)
    return {
        "create": create(family),
        "place": Place(model=family, source=SOURCE, regions=(region,), sampling=SAMPLING, feather_px=4),
        "vary": vary,
        "blend": replace(vary, blend=OTHER),
        "extend": Extend(model=family, source=SOURCE, sampling=SAMPLING, size=Size(128, 80), prompt="a hill"),
    }


def hashes(engine: LocalEngine, request: Request) -> list[str]:
    return [picture.sha256 for picture in made(engine, request)]


@families
@pytest.mark.parametrize("verb", ["create", "place", "vary", "blend", "extend"])
def test_every_verb_is_made_and_each_picture_alone_is_the_same(
    worker: LocalEngine, family: str, verb: str
) -> None:
    request = verbs(family)[verb]
    pictures = made(worker, request)
    alone = made(worker, replace(request, sampling=replace(ONE, seed=6)))
    assert pictures[0].sha256 != pictures[1].sha256 == alone[0].sha256
    if isinstance(request, Place):
        outside = request.regions[0].mask == 0
        for picture in pictures:
            assert np.array_equal(picture.pixels[outside], SOURCE.pixels[outside])
            assert (picture.pixels[~outside] != SOURCE.pixels[~outside]).mean() > 0.3
    if isinstance(request, Extend):
        known = request.known
        assert np.array_equal(pictures[0].pixels[known.slices], SOURCE.pixels)


@families
def test_blends_depend_on_their_mix(worker: LocalEngine, family: str) -> None:
    blend = verbs(family)["blend"]
    assert isinstance(blend, Vary)
    mixed = [hashes(worker, replace(blend, sampling=ONE, mix=mix))[0] for mix in (0.0, 0.5, 1.0)]
    assert len(set(mixed)) == 3


@families
def test_a_lora_counts_by_its_weight_and_leaves_nothing_behind(worker: LocalEngine, family: str) -> None:
    def worn(*loras: Lora) -> list[str]:
        return hashes(worker, create(family, replace(ONE, loras=loras)))

    plain = worn()
    half, full = worn(Lora("peft", 0.5)), worn(Lora("peft"))
    assert plain != half != full != plain
    assert worn(Lora("peft", 0)) == worn() == plain
    assert worn(Lora("peft"), Lora("kohya")) != full
    assert worn(Lora("peft")) == full


@families
def test_structures_are_followed(worker: LocalEngine, family: str) -> None:
    guides = [
        None,
        Guide(SOURCE, Follow.EDGES, 0),
        Guide(SOURCE, Follow.EDGES),
        Guide(SOURCE, Follow.DEPTH),
        Guide(OTHER, Follow.DEPTH),
        None,
    ]
    drawn = [hashes(worker, create(family, ONE, guide))[0] for guide in guides]
    assert drawn[0] == drawn[1] == drawn[-1]
    assert len(set(drawn)) == 4


@families
def test_what_is_not_installed_is_told_and_the_model_stays_usable(worker: LocalEngine, family: str) -> None:
    name = f"{family} bare"
    expected = hashes(worker, create(name, ONE))
    wishes = [
        create(name, replace(ONE, loras=(Lora("peft"),))),
        create(name, ONE, Guide(SOURCE, Follow.EDGES)),
        create(name, ONE, Guide(SOURCE, Follow.DEPTH)),
    ]
    for wish in wishes:
        last = run(worker, wish)[-1]
        assert isinstance(last, Failed)
        assert isinstance(last.error, InvalidRequest)
        assert "nstall" in last.error.remedy
    assert hashes(worker, create(name, ONE)) == expected
    assert hashes(worker, create(family, ONE)) == expected  # add-ons alone change nothing


@families
def test_cancel_while_loading_and_in_a_step_leaves_the_engine_usable(
    worker: LocalEngine, family: str
) -> None:
    expected = hashes(worker, create(family, ONE))
    other = next(name for name in FAMILIES if name != family)
    made(worker, create(other, ONE))

    def cancelled(request: Request, kind: type[Event], number: int) -> None:
        cancel, seen = threading.Event(), [0]

        def emit(event: Event) -> None:
            seen[0] += isinstance(event, kind)
            if seen[0] == number:
                cancel.set()
            last.append(event)

        last: list[Event] = []
        worker.run(request, emit, cancel)
        assert isinstance(last[-1], Cancelled)

    cancelled(create(family, ONE), Loading, 2)
    for step in (1, 30):
        cancelled(create(family, replace(ONE, steps=60)), Progress, step)
    assert hashes(worker, create(family, ONE)) == expected


@families
def test_add_ons_of_another_model_are_told_and_the_model_stays_usable(
    worker: LocalEngine, family: str
) -> None:
    expected, name = hashes(worker, create(family, ONE)), f"{family} wrong"
    wishes = [
        *(create(name, replace(ONE, loras=(Lora(lora),))) for lora in ("peft", "kohya", "broken")),
        create(name, ONE, Guide(SOURCE)),
        verbs(name)["vary"],
    ]
    for wish in wishes:
        last = run(worker, wish)[-1]
        assert isinstance(last, Failed), wish
        assert isinstance(last.error, ModelUnusable), f"{last.error} {last.error.details}"
        assert "another model" in last.error.message
    assert hashes(worker, create(name, ONE)) == expected


def test_recipes_say_how_it_was_made(worker: LocalEngine) -> None:
    sampling = replace(ONE, loras=(Lora("kohya", 0.7),))
    last = run(worker, create("stable-diffusion-xl", sampling, Guide(SOURCE)))[-1]
    assert isinstance(last, Finished)
    recipe = last.pictures[0].recipe
    assert recipe is not None
    assert recipe.request["sampling"]["loras"] == [{"name": "kohya", "weight": 0.7}]
    assert recipe.parents[0].sha256 == SOURCE.sha256
