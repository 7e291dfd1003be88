"""Requests: what cannot be made is refused when asked for, in one sentence with one remedy."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import FrozenInstanceError
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from dalle_studio.core.errors import InvalidRequest
from dalle_studio.core.format import DEFAULT_SIZE, Size
from dalle_studio.core.mask import Box, Mask
from dalle_studio.core.picture import Picture
from dalle_studio.core.request import (
    MAX_SEED,
    Edit,
    Extend,
    Generate,
    Guide,
    Intent,
    Lora,
    Place,
    Region,
    Request,
    Sampling,
    Upscale,
    Vary,
    ability_of,
    for_picture,
    sources,
)
from dalle_studio.core.wording import prompt_of


def picture(width_px: int = 64, height_px: int = 48, grey: int = 90) -> Picture:
    return Picture(np.full((height_px, width_px, 3), grey, np.uint8), name=f"{grey}.png")


def mask(width_px: int = 64, height_px: int = 48) -> Mask:
    return np.full((height_px, width_px), 255, np.uint8)


def sampling(**changes: Any) -> Sampling:
    values: dict[str, Any] = {"seed": 7}
    return Sampling(**values | changes)


def generate(**changes: Any) -> Generate:
    values: dict[str, Any] = {"model": "starter", "prompt": "a car", "sampling": sampling()}
    return Generate(**values | changes)


def place(**changes: Any) -> Place:
    regions = (Region("a car", mask()), Region("a hat", mask()))
    values: dict[str, Any] = {"regions": regions, "sampling": sampling()}
    return Place(**given_a_picture() | values | changes)


def vary(**changes: Any) -> Vary:
    values: dict[str, Any] = {"sampling": sampling(), "size": DEFAULT_SIZE, "prompt": "a car"}
    return Vary(**given_a_picture() | values | changes)


def extend(**changes: Any) -> Extend:
    values: dict[str, Any] = {"sampling": sampling(), "size": Size(96, 48), "prompt": "a car"}
    return Extend(**given_a_picture() | values | changes)


def edit(**changes: Any) -> Edit:
    values: dict[str, Any] = {"sampling": sampling(), "size": DEFAULT_SIZE, "prompt": "make it night"}
    return Edit(**given_a_picture() | values | changes)


def lora(**changes: Any) -> Lora:
    return Lora("ink", **changes)


def guide(**changes: Any) -> Guide:
    values: dict[str, Any] = {"source": picture()}
    return Guide(**values | changes)


def upscale(**changes: Any) -> Upscale:
    values: dict[str, Any] = {"size": Size(128, 96)}
    return Upscale(**given_a_picture() | values | changes)


def given_a_picture() -> dict[str, Any]:
    return {"model": "starter", "source": picture()}


REFUSED: list[tuple[Callable[..., object], dict[str, Any], str, str]] = [
    (lora, {"weight": 2.5}, "The weight of ink is 2.5.", "-2 to 2"),
    (sampling, {"loras": (Lora("ink"), Lora("ink", 0.5))}, "A LoRA is named twice.", "Name each once"),
    (guide, {"weight": -1}, "The weight of the guide is -1.", "0 to 2"),
    (edit, {"prompt": " "}, "The prompt is empty.", "Say"),
    (edit, {"references": (picture(),) * 4}, "The number of reference pictures is 4.", "0 to 3"),
    (sampling, {"count": 0}, "The number of pictures is 0.", "1 to 64"),
    (sampling, {"count": 65}, "The number of pictures is 65.", "1 to 64"),
    (sampling, {"seed": -1}, "The seed is -1.", "0 to 4294967295"),
    (sampling, {"seed": 2**32}, "The seed is 4294967296.", "0 to 4294967295"),
    (sampling, {"seed": MAX_SEED, "count": 2}, "The last picture's seed is 4294967296.", "0 to 4294967295"),
    (sampling, {"steps": 0}, "The number of steps is 0.", "1 to 200"),
    (sampling, {"steps": 201}, "The number of steps is 201.", "1 to 200"),
    (sampling, {"guidance_scale": 0.5}, "The guidance scale is 0.5.", "1 to 30"),
    (sampling, {"guidance_scale": 30.5}, "The guidance scale is 30.5.", "1 to 30"),
    (sampling, {"guidance_scale": float("nan")}, "The guidance scale is nan.", "1 to 30"),
    (sampling, {"negative_prompt": "x" * 2001}, "The prompt has 2,001 characters.", "2,000"),
    (
        sampling,
        {"precision": "int8"},
        "There is no precision “int8”.",
        "auto, float32, float32 channels-last, bfloat16",
    ),
    (generate, {"prompt": " "}, "The prompt is empty.", "a red car"),
    (generate, {"size": Size(15, 64)}, "15 × 64", "16 to 8192"),
    (place, {"regions": ()}, "No place was given.", "--at"),
    (place, {"feather_px": -1}, "The feather is -1.", "0 to 256"),
    (place, {"feather_px": 257}, "The feather is 257.", "0 to 256"),
    (place, {"source": picture(48, 64)}, "The mask has 64 × 48 pixels and the picture 48 × 64.", "own size"),
    (place, {"source": picture(64, 8)}, "64 × 8", "16 to 8192"),
    (vary, {"how_far": -0.1}, "How far is -0.1.", "0 to 1"),
    (vary, {"how_far": 1.1}, "How far is 1.1.", "0 to 1"),
    (vary, {"mix": 2}, "The mix is 2.", "0 to 1"),
    (vary, {"mix": -1}, "The mix is -1.", "0 to 1"),
    (vary, {"size": Size(9000, 64)}, "9000 × 64", "16 to 8192"),
    (vary, {"source": picture(8, 8)}, "8 × 8", "16 to 8192"),
    (vary, {"blend": picture(8, 9)}, "8 × 9", "16 to 8192"),
    (vary, {"prompt": "x" * 2001}, "2,001 characters", "2,000"),
    (extend, {"size": Size(64, 48)}, "A frame of 64 × 48 does not reach beyond", "wider or taller"),
    (extend, {"size": Size(128, 40)}, "A frame of 128 × 40 does not reach beyond", "wider or taller"),
    (extend, {"size": Size(60, 100)}, "A frame of 60 × 100 does not reach beyond", "wider or taller"),
    (extend, {"left_px": -1}, "The picture's left edge is -1.", "0 to 32"),
    (extend, {"left_px": 33}, "The picture's left edge is 33.", "0 to 32"),
    (extend, {"top_px": 1}, "The picture's top edge is 1.", "0 to 0"),
    (extend, {"feather_px": 300}, "The feather is 300.", "0 to 256"),
    (extend, {"size": Size(8193, 48)}, "8193 × 48", "16 to 8192"),
    (extend, {"source": picture(8, 8)}, "8 × 8", "16 to 8192"),
    (extend, {"prompt": "x" * 2001}, "2,001 characters", "2,000"),
    (upscale, {"size": Size(64, 48)}, "64 × 48 is not larger than the picture's own 64 × 48.", "longer side"),
    (upscale, {"size": Size(32, 24)}, "32 × 24 is not larger", "longer side"),
    (upscale, {"size": Size(10000, 7500)}, "10000 × 7500", "16 to 8192"),
    (upscale, {"source": picture(8, 8)}, "8 × 8", "16 to 8192"),
]


@pytest.mark.parametrize(("make", "changes", "message", "remedy"), REFUSED)
def test_what_cannot_be_made_is_refused(
    make: Callable[..., object], changes: dict[str, Any], message: str, remedy: str
) -> None:
    make()
    with pytest.raises(InvalidRequest) as caught:
        make(**changes)
    assert message in caught.value.message
    assert remedy in caught.value.remedy
    for sentence in (caught.value.message, caught.value.remedy):
        assert (sentence[0].isupper() or sentence[0].isdigit()) and sentence.endswith(".")


def test_the_edges_of_every_range_are_allowed() -> None:
    sampling(seed=0, count=1, steps=1, guidance_scale=1, precision="float32")
    sampling(seed=MAX_SEED, count=1, steps=200, guidance_scale=30)
    sampling(seed=MAX_SEED - 63, count=64)
    place(feather_px=0)
    place(feather_px=256)
    vary(how_far=0, mix=0, prompt="")
    vary(how_far=1, mix=1, blend=picture(16, 16))
    extend(size=Size(64, 49), prompt="")
    extend(size=Size(65, 48))
    extend(left_px=0, top_px=0)
    extend(left_px=32)
    upscale(size=Size(65, 48))


def test_the_source_lies_in_the_middle_of_the_frame_or_where_it_is_put() -> None:
    assert extend(size=Size(97, 60)).known == Box(16, 6, 80, 54)
    assert extend(size=Size(97, 60), left_px=33, top_px=0).known == Box(33, 0, 97, 48)


def test_a_region_needs_a_prompt_and_a_mask_and_keeps_both() -> None:
    with pytest.raises(InvalidRequest, match="The prompt is empty"):
        Region(" ", mask())
    with pytest.raises(InvalidRequest, match="The mask is empty"):
        Region("a car", np.zeros((48, 64), np.uint8))
    with pytest.raises(ValueError, match="read-only"):
        Region("a car", mask()).mask[0, 0] = 0


def test_requests_are_frozen() -> None:
    for request in (generate(), place(), vary(), extend(), upscale(), sampling()):
        with pytest.raises(FrozenInstanceError):
            request.model = "other"  # type: ignore[misc, union-attr]


def test_every_source_is_named() -> None:
    a, b = picture(grey=1), picture(grey=2)
    assert sources(generate()) == ()
    assert sources(place(source=a)) == (a,)
    assert sources(vary(source=a)) == (a,)
    assert sources(vary(source=a, blend=b)) == (a, b)
    assert sources(extend(source=a)) == (a,)
    assert sources(upscale(source=a)) == (a,)


def test_the_prompt_is_told_in_one_line() -> None:
    told = [prompt_of(request) for request in (generate(), place(), vary(), extend(), upscale())]
    assert told == ["a car", "a car; a hat", "a car", "a car", ""]


@pytest.mark.parametrize("make", [generate, place, vary, extend])
@given(st.integers(0, MAX_SEED - 63), st.integers(0, 63))
def test_one_of_many_is_asked_for_alone_by_its_own_seed(
    make: Callable[..., Request], seed: int, index: int
) -> None:
    request: Any = make(sampling=sampling(seed=seed, count=64, steps=3, negative_prompt="fog"))
    alone: Any = for_picture(request, index, "bfloat16")
    assert type(alone) is type(request)
    assert alone.sampling == sampling(
        seed=seed + index, count=1, steps=3, negative_prompt="fog", precision="bfloat16"
    )
    assert {**vars(alone), "sampling": 0} == {**vars(request), "sampling": 0}


def test_an_upscaled_picture_needs_no_seed() -> None:
    request = upscale()
    assert for_picture(request, 0, "float32") is request


@pytest.mark.parametrize("intent", list(Intent))
def test_only_what_is_removed_needs_no_prompt(intent: Intent) -> None:
    if intent is Intent.REMOVE:
        assert Region("", mask(), intent).prompt == ""
    else:
        with pytest.raises(InvalidRequest, match="prompt is empty"):
            Region("", mask(), intent)


def test_regions_without_a_prompt_leave_no_trace_in_the_prompt() -> None:
    regions = (Region("", mask(), Intent.REMOVE), Region("a cat", mask()), Region("", mask(), Intent.REMOVE))
    request = Place(model="m", source=picture(), regions=regions, sampling=Sampling(seed=1))
    assert prompt_of(request) == "a cat"


def test_it_tells_what_a_model_must_be_able_to_do() -> None:
    blend = vary(blend=picture(grey=5))
    verbs = (generate(), place(), vary(), blend, extend(), edit(), upscale())
    needed = [ability_of(request) for request in verbs]
    assert needed == ["create", "place", "vary", "blend", "extend", "edit", None]


def test_guides_and_references_are_sources_too() -> None:
    other = picture(grey=5)
    assert sources(generate(guide=Guide(other))) == (other,)
    assert sources(edit(references=(other,)))[1] is other
