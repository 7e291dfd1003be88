"""Recipes: JSON that brings back the very same request, and a clear word where it cannot."""

from __future__ import annotations

import base64
import io
import json
import zlib
from dataclasses import fields, is_dataclass
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from dalle_studio.core.errors import InvalidRequest, StudioError, UnreadablePicture
from dalle_studio.core.format import Size
from dalle_studio.core.picture import Picture
from dalle_studio.core.recipe import Parent, Provenance, Recipe, from_json, record, request_of
from dalle_studio.core.request import (
    MAX_SEED,
    Edit,
    Extend,
    Follow,
    Generate,
    Guide,
    Intent,
    Keep,
    Lora,
    Place,
    Region,
    Request,
    Sampling,
    Upscale,
    Vary,
    sources,
)

MADE = Provenance(
    model_version="0.1",
    device="cpu",
    precision="float32",
    native="256 × 256",
    upscaler="lanczos",
    elapsed_s=1.25,
    created="2026-01-02T03:04:05Z",
    software="Dalle Studio 0.1.0",
    notes=("Made in smaller batches: memory was short.",),
    licence="Apache-2.0",
    commercial="yes",
    memory="in tiles",
    memory_mib=900,
    concerns=("It may show blood.",),
)

prompts = st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=60).filter(str.strip)
names = st.text(st.characters(exclude_characters="/\0"), max_size=20)
samplings = st.builds(
    Sampling,
    seed=st.integers(0, MAX_SEED),
    count=st.just(1),
    steps=st.integers(1, 200),
    guidance_scale=st.floats(1, 30),
    negative_prompt=st.one_of(st.just(""), prompts),
    precision=st.sampled_from(["auto", "float32", "bfloat16"]),
    loras=st.sampled_from([(), (Lora("线描", 0.5),), (Lora("a"), Lora("b", -2))]),
)


@st.composite
def pictures(draw: st.DrawFn) -> Picture:
    """Two pictures have the same pixels only where they have the same name."""
    name = draw(names)
    seed = list(name.encode("utf-8", "surrogatepass"))
    return Picture(np.random.default_rng(seed).integers(0, 256, (24, 32, 3), np.uint8), name=name)


@st.composite
def regions(draw: st.DrawFn) -> Region:
    mask = np.random.default_rng(draw(st.integers(0, 2**32))).integers(1, 256, (24, 32), np.uint8)
    mask[: draw(st.integers(0, 23))] = 0
    intent = draw(st.sampled_from(Intent))
    return Region(draw(st.one_of(st.just(""), prompts) if intent is Intent.REMOVE else prompts), mask, intent)


models = st.sampled_from(["starter", "kandinsky 2.2", "模型"])
frames = st.builds(Size, st.integers(33, 8192), st.integers(24, 8192))
shared: dict[str, Any] = {"model": models, "source": pictures()}
guides = st.builds(Guide, pictures(), st.sampled_from(Follow), st.floats(0, 2))
requests: st.SearchStrategy[Any] = st.one_of(
    st.builds(
        Generate,
        model=models,
        prompt=prompts,
        sampling=samplings,
        size=frames,
        guide=st.one_of(st.none(), guides),
    ),
    st.builds(
        Place,
        **shared,
        regions=st.lists(regions(), min_size=1, max_size=3).map(tuple),
        sampling=samplings,
        feather_px=st.integers(0, 256),
    ),
    st.builds(
        Vary,
        **shared,
        sampling=samplings,
        size=frames,
        prompt=st.one_of(st.just(""), prompts),
        how_far=st.floats(0, 1),
        keep=st.sampled_from(Keep),
        blend=st.one_of(st.none(), pictures()),
        mix=st.floats(0, 1),
    ),
    st.builds(
        Extend,
        **shared,
        sampling=samplings,
        size=frames,
        prompt=prompts,
        feather_px=st.just(3),
        left_px=st.sampled_from([None, 0, 1]),
    ),
    st.builds(
        Edit,
        **shared,
        prompt=prompts,
        sampling=samplings,
        size=frames,
        references=st.lists(pictures(), max_size=3).map(tuple),
    ),
    st.builds(Upscale, **shared, size=frames, upscaler=st.sampled_from(["", "ultra"])),
)


def same(a: Any, b: Any) -> bool:
    """Whether two requests are equal in every field, down to pixels."""
    if isinstance(a, Picture):
        return isinstance(b, Picture) and a.sha256 == b.sha256 and a.name == b.name
    if isinstance(a, np.ndarray):
        return isinstance(b, np.ndarray) and a.dtype == b.dtype and np.array_equal(a, b)
    if isinstance(a, tuple):
        return isinstance(b, tuple) and len(a) == len(b) and all(map(same, a, b))
    if is_dataclass(a):
        return type(a) is type(b) and all(same(getattr(a, f.name), getattr(b, f.name)) for f in fields(a))
    return type(a) is type(b) and a == b


def finder(request: Request) -> Any:
    """Brings a request's own source pictures back, as a folder of them would."""
    by_parent = {Parent(source.name, source.sha256): source for source in sources(request)}
    return by_parent.__getitem__


@given(requests)
@settings(max_examples=120)
def test_every_request_comes_back_from_its_json(request: Request) -> None:
    text = record(request, MADE).to_json()
    recipe = from_json(text)
    assert recipe.provenance == MADE
    assert recipe.to_json() == text
    assert text.isascii() and "\n" not in text
    assert same(request_of(recipe, finder(request)), request)


def test_a_recipe_names_verb_parents_seed_and_prompt() -> None:
    a, b = (Picture(np.full((24, 32, 3), grey, np.uint8), name=f"{grey}.png") for grey in (1, 2))
    sampling = Sampling(seed=9, count=1)
    vary = record(
        Vary(model="starter", source=a, blend=b, sampling=sampling, size=Size(64, 64), prompt="fog"), MADE
    )
    assert (vary.verb, vary.seed, vary.prompt) == ("vary", 9, "fog")
    assert vary.parents == (Parent("1.png", a.sha256), Parent("2.png", b.sha256))
    mask = np.full((24, 32), 255, np.uint8)
    places = (Region("a car", mask), Region("a hat", mask))
    place = record(Place(model="starter", source=a, regions=places, sampling=sampling), MADE)
    assert (place.verb, place.prompt) == ("place", "a car; a hat")
    upscale = record(Upscale(model="starter", source=a, size=Size(64, 48)), MADE)
    assert (upscale.verb, upscale.seed, upscale.prompt) == ("upscale", None, "")


def test_a_blend_of_a_picture_with_itself_comes_back() -> None:
    a = Picture(np.full((24, 32, 3), 5, np.uint8), name="a.png")
    request = Vary(model="m", source=a, blend=a, sampling=Sampling(seed=1, count=1), size=Size(64, 64))
    assert same(request_of(from_json(record(request, MADE).to_json()), finder(request)), request)


def plain(**changes: Any) -> dict[str, Any]:
    """The JSON of a recipe, with changes."""
    request = Generate(model="starter", prompt="a car", sampling=Sampling(seed=9, count=1))
    return {**json.loads(record(request, MADE).to_json()), **changes}


def placing(mask: str) -> dict[str, Any]:
    regions = [{"prompt": "a car", "mask": {"png": mask}}]
    parents = [{"name": "a.png", "sha256": "0"}]
    request = {**plain()["request"], "source": {"sha256": "0"}, "regions": regions, "feather_px": 3}
    del request["prompt"], request["size"], request["guide"]
    return plain(verb="place", parents=parents, request=request)


def changed(part: str, **changes: Any) -> dict[str, Any]:
    return plain(**{part: {**plain()[part], **changes}})


def png(mask: Any) -> str:
    buffer = io.BytesIO()
    Image.fromarray(mask).save(buffer, "PNG")
    return base64.b64encode(buffer.getvalue()).decode()


DAMAGED_TEXTS = {
    "empty": "",
    "no JSON": "a red car",
    "cut off": json.dumps(plain())[:-1],
    "a number": "1",
    "a list": "[]",
    "nothing in it": "{}",
    "deep": "[" * 100_000,
    "endless schema": '{"schema": 1e999}',
    "schema is text": json.dumps(plain(schema="new")),
    "schema is nothing": json.dumps(plain(schema=None)),
    "verb is a list": json.dumps(plain(verb=[])),
    "request is a list": json.dumps(plain(request=[])),
    "request is text": json.dumps(plain(request="a car")),
    "prompt is a number": json.dumps(changed("request", prompt=5)),
    "model is missing": json.dumps(plain(request={"prompt": "a car"})),
    "model is a number": json.dumps(changed("request", model=5)),
    "sampling is text": json.dumps(changed("request", sampling="x")),
    "negative prompt is a list": json.dumps(changed("request", sampling={"negative_prompt": []})),
    "regions are numbers": json.dumps(changed("request", regions=[1, 2])),
    "parents are nothing": json.dumps(plain(parents=None)),
    "a parent is text": json.dumps(plain(parents=["a.png"])),
    "a parent's name is a number": json.dumps(plain(parents=[{"name": 1, "sha256": "0"}])),
    "provenance is missing": json.dumps({k: v for k, v in plain().items() if k != "provenance"}),
    "provenance has more": json.dumps(changed("provenance", colour="red")),
    "elapsed is text": json.dumps(changed("provenance", elapsed_s="soon")),
    "notes are nothing": json.dumps(changed("provenance", notes=None)),
    "a note is a number": json.dumps(changed("provenance", notes=[1])),
}


@pytest.mark.parametrize("text", DAMAGED_TEXTS.values(), ids=DAMAGED_TEXTS.keys())
def test_a_damaged_recipe_is_told(text: str) -> None:
    with pytest.raises(UnreadablePicture, match="The recipe in this picture is damaged") as caught:
        from_json(text)
    assert "another program" in caught.value.remedy
    assert caught.value.details


def test_a_later_schema_is_told_from_damage() -> None:
    with pytest.raises(UnreadablePicture, match=r"schema 2, newer than this studio reads \(1\)") as caught:
        from_json(json.dumps({"schema": 2, "anything": "else"}))
    assert caught.value.remedy == "Update Dalle Studio."


def source_of_any(parent: Parent) -> Picture:
    return Picture(np.zeros((24, 32, 3), np.uint8), name=parent.name)


WHITE = png(np.full((24, 32), 255, np.uint8))
DAMAGED_REQUESTS = {
    "a number for a seed": changed("request", sampling={"seed": "9"}),
    "half a step": changed("request", sampling={"seed": 9, "steps": 1.5}),
    "a size in halves": changed("request", size={"width_px": 64.5, "height_px": 64}),
    "a size without height": changed("request", size={"width_px": 64}),
    "a size that is text": changed("request", size="64 × 64"),
    "an unknown field": changed("request", colour="red"),
    "no prompt": plain(request={k: v for k, v in plain()["request"].items() if k != "prompt"}),
    "sampling is missing": plain(request={"model": "starter", "prompt": "a car"}),
    "an unknown parent": changed("request", prompt={"sha256": "1"}) | {"verb": "vary"},
    "a source that is text": plain(
        verb="upscale", request={"model": "m", "source": "x", "size": {"width_px": 64, "height_px": 64}}
    ),
    "a mask that is no base64": placing("?"),
    "a mask that is no PNG": placing(base64.b64encode(b"mask").decode()),
    "a mask cut off": placing(WHITE[: len(WHITE) // 2]),
}


def unchecked(data: dict[str, Any]) -> Recipe:
    return Recipe(
        data["verb"],
        data["request"],
        tuple(Parent(**parent) for parent in data["parents"]),
        Provenance(**data["provenance"]),
    )


@pytest.mark.parametrize("data", DAMAGED_REQUESTS.values(), ids=DAMAGED_REQUESTS.keys())
def test_a_recipe_that_makes_no_request_is_told(data: dict[str, Any]) -> None:
    with pytest.raises(UnreadablePicture, match="The recipe in this picture is damaged"):
        request_of(unchecked(data), source_of_any)


def test_the_undamaged_ones_do_make_a_request() -> None:
    assert isinstance(request_of(unchecked(plain()), source_of_any), Generate)
    assert isinstance(request_of(unchecked(placing(WHITE)), source_of_any), Place)


def test_a_region_without_intent_is_filled_as_it_always_was() -> None:
    request = request_of(unchecked(placing(WHITE)), source_of_any)
    assert isinstance(request, Place)
    assert [region.intent for region in request.regions] == [Intent.FILL]


def test_variations_that_say_nothing_of_it_keep_nothing_as_they_always_did() -> None:
    source = source_of_any(Parent("a.png", "0"))
    request = Vary(
        model="m", source=source, sampling=Sampling(seed=1, count=1), size=Size(64, 64), keep=Keep.SUBJECT
    )
    data = json.loads(record(request, MADE).to_json())
    again = request_of(from_json(json.dumps(data)), source_of_any)
    assert isinstance(again, Vary) and again.keep is Keep.SUBJECT
    data["request"]["keep"] = "mood"
    with pytest.raises(UnreadablePicture, match="damaged"):
        request_of(from_json(json.dumps(data)), source_of_any)
    del data["request"]["keep"]
    again = request_of(from_json(json.dumps(data)), source_of_any)
    assert isinstance(again, Vary) and again.keep is Keep.FREE


def test_an_extension_that_names_no_place_has_its_source_in_the_middle_as_it_always_had() -> None:
    source = source_of_any(Parent("a.png", "0"))
    request = Extend(model="m", source=source, sampling=Sampling(seed=1, count=1), size=Size(64, 24))
    data = json.loads(record(request, MADE).to_json())
    for name in ("left_px", "top_px"):
        del data["request"][name]
    again = request_of(from_json(json.dumps(data)), source_of_any)
    assert isinstance(again, Extend) and again.known.left == 16


def test_an_unknown_verb_is_told() -> None:
    with pytest.raises(UnreadablePicture, match="“animate”, which this studio cannot do") as caught:
        request_of(from_json(json.dumps(plain(verb="animate"))), source_of_any)
    assert caught.value.remedy == "Update Dalle Studio."


def test_numbers_out_of_range_are_told_as_for_any_request() -> None:
    recipe = from_json(json.dumps(changed("request", sampling={"seed": 9, "steps": 900})))
    with pytest.raises(InvalidRequest, match="The number of steps is 900"):
        request_of(recipe, source_of_any)


def test_a_giant_mask_is_refused_before_it_is_decoded(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Image, "MAX_IMAGE_PIXELS", None)  # as the library sets it
    header = bytearray(base64.b64decode(WHITE))
    header[16:24] = (40_000).to_bytes(4, "big") * 2
    header[29:33] = zlib.crc32(bytes(header[12:29])).to_bytes(4, "big")
    recipe = unchecked(placing(base64.b64encode(header).decode()))
    with pytest.raises(StudioError, match="40000 × 40000"):
        request_of(recipe, source_of_any)


def test_what_the_finder_says_is_passed_on() -> None:
    def missing(parent: Parent) -> Picture:
        raise UnreadablePicture(f"{parent.name} is missing.", "Find it.")

    with pytest.raises(UnreadablePicture, match=r"a\.png is missing\. Find it\."):
        request_of(unchecked(placing(WHITE)), missing)
