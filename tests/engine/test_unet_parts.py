"""What the UNet families do inside, on small models: steady bits, cancel anywhere, the same as plain diffusers."""

from __future__ import annotations

import importlib
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest

torch = pytest.importorskip("torch")

from dalle_studio.core.format import Size  # noqa: E402
from dalle_studio.core.model import AddOnKind, Model  # noqa: E402
from dalle_studio.core.request import Follow, Lora  # noqa: E402
from dalle_studio.engine.base import Pixels, Sample, Structure  # noqa: E402
from dalle_studio.engine.pipelines.edges import edges  # noqa: E402
from dalle_studio.engine.watch import CancelledByUser, Watch  # noqa: E402
from tests.models.unets import FAMILIES  # noqa: E402
from tests.support import scene  # noqa: E402

SOURCE, OTHER = scene(64, 48).pixels, np.ascontiguousarray(scene(50, 70).pixels[::-1])
MASK = np.zeros((48, 64), np.uint8)
MASK[16:40, 16:40] = 255
families = pytest.mark.parametrize("family", list(FAMILIES))
pytestmark = [
    pytest.mark.filterwarnings("ignore:__array__ implementation:DeprecationWarning"),  # diffusers
    pytest.mark.filterwarnings("ignore:Already found a `peft_config`:UserWarning"),  # of a second LoRA
]


def watch() -> Watch:
    return Watch(lambda event: None, lambda: False)


def load(model: Model, precision: str = "float32", watching: Watch | None = None) -> Any:
    module = importlib.import_module(f"dalle_studio.engine.pipelines.{model.family.replace('-', '_')}")
    return module.load(model, precision, None, watching or watch())


@pytest.fixture(scope="module")
def loaded(unets: dict[str, Model]) -> dict[str, Any]:
    return {family: load(model) for family, model in unets.items()}


def sample(*seeds: int, **changes: Any) -> Sample:
    whole = Sample(
        prompt="a cat (sleeping)",
        negative_prompt="a dog",
        size=Size(64, 48),
        seeds=seeds or (1,),
        steps=2,
        guidance_scale=4.0,
    )
    return replace(whole, **changes)


def drawn(family: Any, what: Sample) -> Pixels:
    return family.sample(what, 0, watch())


def with_everything(*seeds: int) -> Sample:
    """A sample that takes every add-on, weights, a mask and a last step without guidance."""
    many = len(seeds)
    return sample(
        *seeds,
        prompt="a (red:1.4) cat",
        steps=5,
        images=np.stack([SOURCE] * many),
        masks=np.stack([MASK] * many),
        image_prompts=(SOURCE, OTHER),
        image_mix=0.4,
        loras=(Lora("peft", 0.6), Lora("kohya", 0.2)),
        structure=Structure(SOURCE, Follow.EDGES, 0.8),
    )


@pytest.mark.parametrize(
    ("family", "precision"),
    [
        ("stable-diffusion", "float32"),
        ("stable-diffusion-xl", "float32"),
        ("stable-diffusion-xl", "bfloat16 channels-last"),
    ],
)
def test_company_does_not_matter_with_every_add_on(
    unets: dict[str, Model], family: str, precision: str
) -> None:
    unet = load(unets[family], precision)
    three = drawn(unet, with_everything(1, 2, 3))
    assert np.array_equal(three[1], drawn(unet, with_everything(2))[0])
    if family == "stable-diffusion-xl":  # in float32, whatever the denoiser is in
        assert unet._create.vae.dtype == torch.float32


@families
def test_pictures_as_prompts_count_and_only_with_an_adapter(
    unets: dict[str, Model], loaded: dict[str, Any], family: str
) -> None:
    vary = sample(images=SOURCE[None], strength=0.6)
    shown = [replace(vary, image_prompts=(SOURCE, OTHER), image_mix=mix) for mix in (0.0, 1.0)]
    plain, one, other = (drawn(loaded[family], what) for what in (vary, *shown))
    assert not np.array_equal(plain, one)
    assert not np.array_equal(one, other)
    assert np.array_equal(drawn(load(bare(unets[family])), shown[0]), plain)


def test_a_picture_alone_is_guided_to_as_words_would_be(loaded: dict[str, Any]) -> None:
    unet = loaded["stable-diffusion"]
    wordless = sample(prompt="", guidance_scale=1.0, images=SOURCE[None])
    assert unet._guidance_scale(wordless) == 1
    assert unet._guidance_scale(replace(wordless, image_prompts=(SOURCE,))) == 4


def bare(model: Model) -> Model:
    return replace(model, add_ons=())


def test_a_cancel_anywhere_leaves_the_model_as_it_was(loaded: dict[str, Any]) -> None:
    """At every point where one takes effect: encoding, loading an add-on, each step, decoding."""
    unet, what = loaded["stable-diffusion-xl"], with_everything(1)
    expected, plain = drawn(unet, what), drawn(unet, sample())
    cancelled = 0
    while True:
        left = [cancelled]

        def is_cancelled(left: list[int] = left) -> bool:
            left[0] -= 1
            return left[0] < 0

        try:
            again = unet.sample(what, 0, Watch(lambda event: None, is_cancelled))
            break
        except CancelledByUser:
            cancelled += 1
            if cancelled == 3:  # one of two LoRAs is on
                assert np.array_equal(drawn(unet, sample()), plain)
    assert cancelled >= what.steps + len(what.seeds) + 3
    assert np.array_equal(again, expected)
    assert np.array_equal(drawn(unet, sample()), plain)


@families
def test_a_cancel_while_loading_is_heard(unets: dict[str, Model], family: str) -> None:
    with pytest.raises(CancelledByUser):
        load(unets[family], watching=Watch(lambda event: None, lambda: True))


@families
def test_both_styles_of_lora_are_the_same_layers(loaded: dict[str, Any], family: str) -> None:
    peft, kohya, plain = (
        drawn(loaded[family], sample(loras=loras)).astype(int)
        for loras in ((Lora("peft"),), (Lora("kohya"),), ())
    )
    assert np.abs(peft - kohya).max() <= 1
    assert np.abs(peft - plain).mean() > 1


@families
def test_a_prompt_is_encoded_anew_for_every_set_of_loras(loaded: dict[str, Any], family: str) -> None:
    """Not only the denoiser's layers count: text that is remembered was encoded with those that were on."""
    unet = loaded[family]

    def said(*loras: Lora) -> Any:
        return unet._text(sample(loras=loras), True, watch())["prompt_embeds"]

    plain, worn = said(), said(Lora("peft"))
    assert not torch.equal(plain, worn)
    assert torch.equal(said(), plain)


@families
@pytest.mark.parametrize("controlled", [False, True])
def test_plain_diffusers_draws_the_same(
    unets: dict[str, Model], loaded: dict[str, Any], family: str, controlled: bool
) -> None:
    diffusers: Any = importlib.import_module("diffusers")
    model, unet = unets[family], loaded[family]
    short = {"stable-diffusion": "StableDiffusion", "stable-diffusion-xl": "StableDiffusionXL"}[family]
    what = sample(guidance_scale=1.0)
    options: dict[str, Any] = {"latents": unet._first_noise(what), "height": 48, "width": 64}
    parts: dict[str, Any] = {}
    if controlled:
        what = replace(what, structure=Structure(SOURCE, Follow.EDGES, 0.7))
        add_on = model.add_on(AddOnKind.EDGES)
        assert add_on is not None
        parts["controlnet"] = diffusers.ControlNetModel.from_pretrained(str(add_on.path))
        options["image"] = torch.from_numpy(edges(SOURCE)).permute(2, 0, 1)[None].float() / 255
        options["controlnet_conditioning_scale"] = 0.7
    kind = getattr(diffusers, f"{short}{'ControlNet' if controlled else ''}Pipeline")
    theirs = kind.from_pretrained(str(model.folder), local_files_only=True, **parts)
    theirs.set_progress_bar_config(disable=True)
    wanted = theirs(
        what.prompt, num_inference_steps=what.steps, guidance_scale=1.0, output_type="np", **options
    ).images[0]
    assert np.abs(drawn(unet, what)[0] - wanted * 255).max() <= 2


def test_few_step_models_begin_at_the_last_step_and_others_as_their_scheduler_says(
    unets: dict[str, Model],
) -> None:
    base = unets["stable-diffusion-xl"]
    lightning = load(bare(replace(base, guidance_scale=1.0)))
    few, many = lightning._create.scheduler, load(bare(base))._create.scheduler
    for scheduler in (few, many):
        scheduler.set_timesteps(4)
    assert few.timesteps.tolist() == [999, 749, 499, 249]
    assert many.timesteps.tolist() == [751, 501, 251, 1]
    assert len(lightning._vary.scheduler.timesteps) == 4  # it is the same for variations


def test_weights_in_half_precision_alone_are_read(unets: dict[str, Model], tmp_path: Path) -> None:
    diffusers: Any = importlib.import_module("diffusers")
    whole = diffusers.StableDiffusionXLPipeline.from_pretrained(
        str(unets["stable-diffusion-xl"].folder), local_files_only=True
    )
    whole.to(torch.float16).save_pretrained(tmp_path / "half", variant="fp16")
    half = load(bare(replace(unets["stable-diffusion-xl"], folder=tmp_path / "half")))
    full = load(bare(unets["stable-diffusion-xl"]))
    difference = drawn(half, sample()).astype(int) - drawn(full, sample())
    assert np.abs(difference).mean() < 2


@families
def test_words_have_their_weights(loaded: dict[str, Any], family: str) -> None:
    unet = loaded[family]

    def said(prompt: str) -> Any:
        return unet._text(sample(prompt=prompt), True, watch())["prompt_embeds"][0]

    plain, heavy, light, empty = (
        said(prompt) for prompt in ("a red cat", "a (red:1.5) cat", "a (red:0.5) cat", "")
    )
    spelt = slice(2, 5)  # the beginning, a, r e d
    assert torch.allclose(heavy[spelt], empty[spelt] + 1.5 * (plain - empty)[spelt], atol=1e-4)
    assert torch.allclose(heavy[5:], plain[5:], atol=1e-4)
    assert not torch.allclose(light, plain, atol=1e-3)
    assert torch.allclose(said("a red++ cat")[spelt], (empty + 1.21 * (plain - empty))[spelt], atol=1e-4)
    direct = unet._create.encode_prompt(
        "a cat (sleeping)", device="cpu", num_images_per_prompt=1, do_classifier_free_guidance=True
    )[0][0]
    assert torch.equal(said("a cat (sleeping)"), direct)
