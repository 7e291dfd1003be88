"""Pictures as prompts, with a starter model of random weights."""

from __future__ import annotations

import shutil
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest

torch = pytest.importorskip("torch")

from dalle_studio.core.errors import ModelUnusable  # noqa: E402
from dalle_studio.core.format import Size  # noqa: E402
from dalle_studio.core.model import Model  # noqa: E402
from dalle_studio.core.request import Generate, Sampling, Vary  # noqa: E402
from dalle_studio.engine.base import Pixels, Sample  # noqa: E402
from dalle_studio.engine.make import make  # noqa: E402
from dalle_studio.engine.pipelines import image_prompt, starter  # noqa: E402
from dalle_studio.engine.pipelines.starter import Starter  # noqa: E402
from dalle_studio.engine.watch import Watch  # noqa: E402
from tests.support import scene  # noqa: E402

ONE, OTHER = scene(300, 260).pixels, np.ascontiguousarray(scene(200, 320).pixels[::-1, :, ::-1])
pytestmark = pytest.mark.filterwarnings("ignore:__array__ implementation:DeprecationWarning")  # diffusers


def watch() -> Watch:
    return Watch(lambda event: None, lambda: False)


def loaded(model: Model, precision: str = "float32") -> Starter:
    return starter.load(model, precision, None, watch())


@pytest.fixture(scope="module")
def blind(tiny_starter: Model, tmp_path_factory: pytest.TempPathFactory) -> Starter:
    """The same model without encoder and IP-Adapter."""
    folder = tmp_path_factory.mktemp("models") / "blind"
    left_out = shutil.ignore_patterns("image_encoder", "ip_adapter")
    shutil.copytree(tiny_starter.folder, folder, ignore=left_out)
    return loaded(replace(tiny_starter, folder=folder))


@pytest.fixture(scope="module")
def family(tiny_starter: Model) -> Starter:
    return loaded(tiny_starter)


def sample(*prompts: Pixels, seeds: tuple[int, ...] = (1, 2, 3), **changes: Any) -> Sample:
    whole = Sample(
        prompt="a cat",
        negative_prompt="",
        size=Size(128, 96),
        seeds=seeds,
        steps=3,
        guidance_scale=3.0,
        image_prompts=prompts,
    )
    return replace(whole, **changes)


def drawn(family: Starter, what: Sample) -> Pixels:
    return family.sample(what, 0, watch())


def test_what_a_picture_shows_changes_what_is_drawn(family: Starter) -> None:
    plain, one, other = (drawn(family, sample(*prompts)) for prompts in ((), (ONE,), (OTHER,)))
    assert not np.array_equal(plain, one)
    assert not np.array_equal(one, other)


def test_a_mix_lies_between_its_two_pictures(family: Starter) -> None:
    def mixed(mix: float) -> Pixels:
        return drawn(family, sample(ONE, OTHER, image_mix=mix))

    ends = [drawn(family, sample(picture)) for picture in (ONE, OTHER)]
    assert np.array_equal(mixed(0), ends[0])
    assert np.abs(mixed(1).astype(int) - ends[1]).max() <= 1
    assert len({mixed(mix).tobytes() for mix in (0, 0.3, 0.7, 1)}) == 4


@pytest.mark.parametrize("precision", ["float32", "float32 channels-last", "bfloat16 channels-last"])
@pytest.mark.parametrize("guidance_scale", [1.0, 3.0])
def test_a_picture_does_not_depend_on_its_company(
    tiny_starter: Model, precision: str, guidance_scale: float
) -> None:
    family = loaded(tiny_starter, precision)
    how: dict[str, Any] = {"guidance_scale": guidance_scale, "steps": 5}  # the last step is unguided
    three = drawn(family, sample(ONE, OTHER, image_mix=0.4, **how))
    for place, seed in enumerate((1, 2, 3)):
        alone = drawn(family, sample(ONE, OTHER, image_mix=0.4, seeds=(seed,), **how))
        assert np.array_equal(alone[0], three[place])


def test_without_a_picture_nothing_changes(family: Starter, blind: Starter) -> None:
    first = drawn(family, sample())
    drawn(family, sample(ONE))
    assert np.array_equal(drawn(family, sample()), first)
    assert np.array_equal(drawn(blind, sample()), first)
    assert np.array_equal(drawn(blind, sample(ONE)), first)


def test_variations_are_shown_their_sources_and_others_are_not(family: Starter, blind: Starter) -> None:
    sampling = Sampling(seed=3, count=2, steps=3)
    generate = Generate(model="starter", prompt="a cat", sampling=sampling)
    vary = Vary(model="starter", source=scene(), sampling=sampling, size=Size(256, 256), how_far=0.9)
    blend = replace(vary, blend=scene(200, 320))
    for request, alike in ((generate, True), (vary, False), (blend, False)):
        seeing, unseeing = (make(request, each, watch()).pictures for each in (family, blind))
        assert np.array_equal(seeing, unseeing) is alike


def test_an_adapter_without_its_encoder_is_damage(tiny_starter: Model, tmp_path: Path) -> None:
    shutil.copytree(tiny_starter.folder, tmp_path / "half", ignore=shutil.ignore_patterns("image_encoder"))
    with pytest.raises(ModelUnusable):
        loaded(replace(tiny_starter, folder=tmp_path / "half"))


def test_the_denoiser_is_left_as_it_was_after_an_error(family: Starter) -> None:
    first = drawn(family, sample())

    def fail() -> bool:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        family._denoise(sample(ONE), 0, Watch(lambda event: None, fail))  # pyright: ignore[reportPrivateUsage]
    assert np.array_equal(drawn(family, sample()), first)


def test_diffusers_reads_the_same_files_and_draws_the_same(family: Starter, tiny_starter: Model) -> None:
    from diffusers.pipelines.stable_diffusion.pipeline_stable_diffusion import StableDiffusionPipeline
    from PIL import Image

    theirs: Any = StableDiffusionPipeline.from_pretrained(str(tiny_starter.folder), local_files_only=True)
    theirs.load_ip_adapter(
        str(tiny_starter.folder),
        subfolder="ip_adapter",
        weight_name="ip-adapter.safetensors",
        image_encoder_folder="./image_encoder",
        local_files_only=True,
    )
    theirs.set_ip_adapter_scale(0.6)
    unet: Any = family._create.unet  # pyright: ignore[reportPrivateUsage]
    reader = image_prompt.PictureReader(tiny_starter.folder, "cpu")
    latents, text = torch.randn(2, 16, 8, 8), torch.randn(2, 7, 32)
    with torch.no_grad():
        seen = theirs.prepare_ip_adapter_image_embeds(Image.fromarray(ONE), None, "cpu", 1, True)
        wanted = theirs.unet(latents, 500, text, added_cond_kwargs={"image_embeds": seen})[0]
        shown, absent = reader.read((ONE,), 0.0, 1)
        with image_prompt.prompted(unet, shown, absent, 0.6):
            made = unet(latents, 500, encoder_hidden_states=text)[0]
        plain = unet(latents, 500, encoder_hidden_states=text)[0]
    assert torch.allclose(seen[0][1, 0], reader.embed(ONE)[0], atol=1e-4)
    assert torch.allclose(made, wanted, atol=1e-4)
    assert not torch.allclose(plain, wanted, atol=1e-2)


def test_blends_walk_the_arc() -> None:
    one, other = torch.tensor([[2.0, 0.0]]), torch.tensor([[0.0, 4.0]])
    half = image_prompt.between(one, other, 0.5)
    assert torch.allclose(half, torch.tensor([[3.0, 3.0]]) / 2**0.5)
    assert torch.allclose(image_prompt.between(one, one, 0.5), one)
    assert torch.allclose(image_prompt.between(one, other, 1), other, atol=1e-6)
