"""The pipelines, on the real starter model and on small random-weight models of other shapes."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from types import MappingProxyType
from typing import Any

import numpy as np
import pytest

from dalle_studio.core.event import Finished, Preview
from dalle_studio.core.format import FORMATS, Size, find_format, frame_around
from dalle_studio.core.mask import place_marker
from dalle_studio.core.model import Commercial, Licence, Model
from dalle_studio.core.palette import oklab
from dalle_studio.core.picture import Picture
from dalle_studio.core.recipe import request_of
from dalle_studio.core.request import (
    PRECISIONS,
    Extend,
    Generate,
    Keep,
    Place,
    Region,
    Request,
    Sampling,
    Upscale,
    Vary,
)
from dalle_studio.core.subject import subject_of
from dalle_studio.engine.local import LocalEngine
from tests.support import made, run, scene

SAMPLING = Sampling(seed=7, count=4, steps=6)  # the last step is unguided


def generate(**changes: Any) -> Generate:
    return replace(
        Generate(model="starter", prompt="a pink flamingo on a beach", sampling=SAMPLING), **changes
    )


def verbs() -> dict[str, Request]:
    source, other = scene(300, 260), scene(200, 320)
    regions = (
        Region("a red car", place_marker(source.size, (0.3, 0.6), 0.4)),
        Region("a cat", place_marker(source.size, (0.75, 0.4), 0.3)),
    )
    two = replace(SAMPLING, count=2)
    wide = frame_around(source.size, 3)
    return {
        "generate": generate(sampling=two),
        "place": Place(model="starter", source=source, regions=regions, sampling=two),
        "vary": Vary(model="starter", source=source, sampling=two, size=source.size, prompt="a hill"),
        "keep": Vary(
            model="starter", source=source, sampling=two, size=source.size, how_far=0.8, keep=Keep.SUBJECT
        ),
        "blend": Vary(
            model="starter", source=source, blend=other, sampling=two, size=source.size, how_far=0.8
        ),
        "extend": Extend(model="starter", source=source, sampling=replace(two, count=1), size=wide),
        "upscale": Upscale(model="starter", source=source, size=Size(600, 520)),
    }


@pytest.fixture(scope="module")
def tiny_engine(tiny_starter: Model, cache: Path) -> Iterator[LocalEngine]:
    engine = LocalEngine(lambda _: tiny_starter, cache)
    yield engine
    engine.unload()


@pytest.mark.parametrize("size", [f.size for f in FORMATS], ids=[f.name for f in FORMATS])
def test_a_picture_does_not_depend_on_its_company(tiny_engine: LocalEngine, size: Size) -> None:
    """Whatever the batch: picture i of four, alone, in a pair, is the same to the last bit."""
    size = Size(size.width_px // 4, size.height_px // 4)  # about as the model draws it
    four = [picture.sha256 for picture in made(tiny_engine, generate(size=size))]
    assert len(set(four)) == 4
    pair = made(tiny_engine, generate(size=size, sampling=replace(SAMPLING, seed=9, count=2)))
    alone = made(tiny_engine, generate(size=size, sampling=replace(SAMPLING, seed=8, count=1)))
    assert [picture.sha256 for picture in pair] == four[2:]
    assert alone[0].sha256 == four[1]


@pytest.mark.parametrize("precision", PRECISIONS[1:])
@pytest.mark.parametrize("name", ["square", "poster"])
def test_company_does_not_matter_to_the_real_model_in_either_precision(
    engine: LocalEngine, precision: str, name: str
) -> None:
    sampling, size = replace(SAMPLING, precision=precision), find_format(name).size
    four = made(engine, generate(sampling=sampling, size=size))
    alone = made(engine, generate(sampling=replace(sampling, seed=9, count=1), size=size))
    assert alone[0].sha256 == four[2].sha256
    assert {p.recipe.provenance.precision for p in four if p.recipe} == {precision}


@pytest.mark.parametrize("verb", list(verbs()))
def test_every_verb_is_made_again_from_its_recipe(engine: LocalEngine, verb: str) -> None:
    request = verbs()[verb]
    sources = {picture.sha256: picture for picture in (scene(300, 260), scene(200, 320))}
    pictures = made(engine, request)
    for picture in pictures:
        assert picture.recipe is not None
        remade = request_of(picture.recipe, lambda parent: sources[parent.sha256])
        assert made(engine, remade)[0].sha256 == picture.sha256


def test_a_new_process_makes_the_same_pixels(engine: LocalEngine, starter: Model, cache: Path) -> None:
    first = [picture.sha256 for picture in made(engine, generate())]
    other = LocalEngine(lambda _: starter, cache)
    assert [picture.sha256 for picture in made(other, generate())] == first
    other.unload()


def test_place_keeps_every_pixel_outside_with_the_real_model(engine: LocalEngine) -> None:
    request = verbs()["place"]
    assert isinstance(request, Place)
    outside = np.max([region.mask for region in request.regions], axis=0) == 0
    for picture in made(engine, request):
        assert np.array_equal(picture.pixels[outside], request.source.pixels[outside])
        assert (picture.pixels[~outside] != request.source.pixels[~outside]).mean() > 0.5


def test_the_prompt_the_seed_and_the_negative_prompt_matter(engine: LocalEngine) -> None:
    one = replace(SAMPLING, count=1)
    base = generate(sampling=one)
    others = [
        replace(base, prompt="a city at night"),
        replace(base, sampling=replace(one, seed=8)),
        replace(base, sampling=replace(one, negative_prompt="a beach")),
        replace(base, sampling=replace(one, guidance_scale=1)),
        replace(base, sampling=replace(one, steps=4)),
    ]
    fingerprints = {made(engine, request)[0].sha256 for request in [base, *others]}
    assert len(fingerprints) == 6


def test_scenes_follow_the_prompt(engine: LocalEngine) -> None:
    """Outer space is darker than a beach: the starter model has learnt at least its settings."""
    sampling = replace(SAMPLING, steps=12)
    space = made(engine, generate(prompt="an astronaut in outer space", sampling=sampling))
    beach = made(engine, generate(sampling=sampling))
    assert np.mean([p.pixels.mean() for p in space]) + 40 < np.mean([p.pixels.mean() for p in beach])


def test_variations_stay_nearer_the_nearer_they_are_asked(engine: LocalEngine) -> None:
    source = scene(256, 256)

    def distance(how_far: float) -> float:
        sampling = replace(SAMPLING, count=2, steps=12)
        request = Vary(model="starter", source=source, sampling=sampling, size=source.size, how_far=how_far)
        return float(
            np.mean([np.abs(p.pixels.astype(float) - source.pixels).mean() for p in made(engine, request)])
        )

    near, middle, far = distance(0), distance(0.5), distance(1)
    assert near < middle < far


def test_variations_keep_what_they_are_told_to_with_the_real_model(engine: LocalEngine) -> None:
    source = scene(256, 256)
    subject = subject_of(source.pixels)

    def varied(keep: Keep) -> np.ndarray:
        """Of two variations, in Oklab."""
        sampling = replace(SAMPLING, count=2)
        request = Vary(
            model="starter", source=source, sampling=sampling, size=source.size, how_far=0.9, keep=keep
        )
        return np.stack([oklab(picture.pixels) for picture in made(engine, request)])

    def layout(colours: np.ndarray) -> float:
        forms = [each[..., 0].reshape(16, 16, 16, 16).mean(axis=(1, 3)).ravel() for each in colours]
        return float(np.mean([np.corrcoef(each, own)[0, 1] for each in forms]))

    lab = oklab(source.pixels)
    own = lab[..., 0].reshape(16, 16, 16, 16).mean(axis=(1, 3)).ravel()
    free = varied(Keep.FREE)
    assert layout(varied(Keep.LAYOUT)) > layout(free)
    moved = [
        np.abs(each.mean(axis=(1, 2)) - lab.mean(axis=(0, 1))).sum() for each in (varied(Keep.PALETTE), free)
    ]
    assert moved[0] < moved[1]
    change = np.abs(varied(Keep.SUBJECT) - lab).sum(axis=-1).mean(axis=0)
    assert change[subject == 255].mean() < change[subject == 0].mean() / 3


def test_previews_come_at_every_step_and_end_near_the_picture(engine: LocalEngine) -> None:
    events = run(engine, generate(sampling=replace(SAMPLING, count=2, steps=8)))
    previews = [event for event in events if isinstance(event, Preview)]
    assert [event.index for event in previews] == [0, 1] * (8 + 6)  # it draws twice
    last = events[-1]
    assert isinstance(last, Finished)
    for preview, picture in zip(previews[-2:], last.pictures, strict=True):
        rows, columns, _ = preview.pixels.shape
        small = np.asarray(picture.image.resize((columns, rows), resample=4), float)  # box filter
        assert np.abs(small - preview.pixels).mean() < 30


def test_unknown_words_and_too_long_prompts_are_told(engine: LocalEngine) -> None:
    long = "a cat and a dog " * 20 + "quietly"
    last = run(engine, generate(prompt=f"zzyzx {long}", sampling=replace(SAMPLING, count=1)))[-1]
    assert isinstance(last, Finished)
    assert any("zzyzx" in note for note in last.notes)
    assert any("too long" in note for note in last.notes)
    assert last.pictures[0].recipe is not None
    assert last.pictures[0].recipe.provenance.notes == last.notes


def test_chinese_prompts_are_made(engine: LocalEngine) -> None:
    (picture,) = made(engine, generate(prompt="一个宇航员在外太空骑马", sampling=replace(SAMPLING, count=1)))
    assert picture.size == Size(1024, 1024)
    assert picture.recipe is not None
    assert picture.recipe.prompt == "一个宇航员在外太空骑马"


BUILD = """
import sys, torch
from diffusers import AutoencoderKL, StableDiffusionPipeline, UNet2DConditionModel, PNDMScheduler
from transformers import CLIPTextConfig, CLIPTextModel, CLIPTokenizer
starter, folder = sys.argv[1:]
torch.manual_seed(0)
tokenizer = CLIPTokenizer.from_pretrained(starter, subfolder="tokenizer")
text = CLIPTextModel(CLIPTextConfig(vocab_size=len(tokenizer), hidden_size=32, intermediate_size=37,
    num_hidden_layers=2, num_attention_heads=4, max_position_embeddings=32, bos_token_id=0, eos_token_id=1,
    pad_token_id=1))
unet = UNet2DConditionModel(sample_size=8, block_out_channels=(32, 64), layers_per_block=1, norm_num_groups=8,
    in_channels=4, out_channels=4, cross_attention_dim=32, attention_head_dim=4,
    down_block_types=("DownBlock2D", "CrossAttnDownBlock2D"), up_block_types=("CrossAttnUpBlock2D", "UpBlock2D"))
vae = AutoencoderKL(block_out_channels=[32, 64], norm_num_groups=8, latent_channels=4,
    down_block_types=["DownEncoderBlock2D"] * 2, up_block_types=["UpDecoderBlock2D"] * 2)
pipeline = StableDiffusionPipeline(vae=vae, text_encoder=text, tokenizer=tokenizer, unet=unet,
    scheduler=PNDMScheduler(skip_prk_steps=True, beta_schedule="scaled_linear"), safety_checker=None,
    feature_extractor=None, requires_safety_checker=False)
pipeline.save_pretrained(folder)
"""


@pytest.fixture(scope="module")
def foreign(tmp_path_factory: pytest.TempPathFactory, starter: Model) -> Model:
    """A downloaded-looking model: four latent channels, a variational autoencoder, another scheduler."""
    folder = tmp_path_factory.mktemp("models") / "foreign"
    subprocess.run(
        [sys.executable, "-W", "ignore", "-c", BUILD, str(starter.folder), str(folder)], check=True
    )
    return Model(
        name="foreign",
        label="Foreign model",
        version="1",
        family="stable-diffusion",
        folder=folder,
        native_px=64,
        steps=MappingProxyType({"draft": 2, "standard": 3, "fine": 4}),
        guidance_scale=5.0,
        licence=Licence("none", Commercial.NO),
    )


@pytest.fixture(scope="module")
def foreign_engine(foreign: Model, starter: Model, cache: Path) -> Iterator[LocalEngine]:
    engine = LocalEngine(lambda name: {"foreign": foreign, "starter": starter}[name], cache)
    yield engine
    engine.unload()


@pytest.mark.parametrize("verb", [verb for verb in verbs() if verb != "upscale"])
def test_other_stable_diffusion_folders_take_the_same_path(foreign_engine: LocalEngine, verb: str) -> None:
    request = replace(verbs()[verb], model="foreign")
    pictures = made(foreign_engine, request)
    assert made(foreign_engine, request)[0].sha256 == pictures[0].sha256
    if isinstance(request, Place):
        outside = np.max([region.mask for region in request.regions], axis=0) == 0
        assert np.array_equal(pictures[0].pixels[outside], request.source.pixels[outside])


def test_models_can_be_switched_in_one_engine(foreign_engine: LocalEngine, engine: LocalEngine) -> None:
    one = replace(SAMPLING, count=1)
    expected: Picture = made(engine, generate(sampling=one))[0]
    made(foreign_engine, replace(generate(sampling=one), model="foreign", size=find_format("banner").size))
    assert made(foreign_engine, generate(sampling=one))[0].sha256 == expected.sha256
