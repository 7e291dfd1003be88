"""Styles redraw in the same way each time, without grain, and answer to the names that prompts know."""
# pyright: reportMissingParameterType=false

import cv2
import numpy as np
import pytest

from dalle_studio.core import prompt
from dalle_studio.storage.paths import resources_dir
from dalle_studio.training.styles.styles import STYLES, apply

NAMED = [style for style in STYLES if style.name != "none"]


@pytest.fixture(scope="module")
def scene():
    """A red ball on a meadow under a sky that fades."""
    pixels = np.zeros((256, 256, 3), np.uint8)
    pixels[:] = np.linspace((90, 150, 240), (200, 225, 250), 256)[:, None].astype(np.uint8)
    pixels[160:] = (80, 170, 70)
    return cv2.circle(pixels, (128, 140), 60, (220, 40, 40), -1, cv2.LINE_AA)


def test_prompts_and_pictures_know_the_same_styles():
    assert {style.name for style in NAMED} == {style.name for style in prompt.STYLES}
    templates = {style.name: style.templates for style in STYLES}
    for style in prompt.STYLES:
        assert style.phrase in templates[style.name]


@pytest.mark.parametrize("style", NAMED, ids=lambda style: style.name)
def test_a_style_can_be_said_in_both_languages(style):
    assert all(text.count("{}") == 1 for text in (*style.templates, *style.templates_zh))
    assert style.words == tuple(word.lower() for word in style.words)
    assert all(any(word in text.lower() for word in style.words) for text in style.templates)
    assert style.words_zh


@pytest.mark.parametrize("style", NAMED, ids=lambda style: style.name)
def test_a_style_redraws_in_the_same_way_each_time(style, scene):
    before = scene.copy()
    drawn = apply(style, scene, np.random.default_rng(3))
    assert np.array_equal(scene, before)
    assert drawn.shape == scene.shape
    assert drawn.dtype == np.uint8
    assert np.array_equal(drawn, apply(style, scene, np.random.default_rng(3)))
    assert np.abs(drawn.astype(int) - scene).mean() > 1


@pytest.mark.parametrize("style", NAMED, ids=lambda style: style.name)
@pytest.mark.parametrize("level", [0, 180, 255])
def test_an_empty_picture_stays_free_of_grain(style, level):
    """Patterns and strokes are wider than a median filter of three pixels, so it leaves most of them."""
    drawn = apply(style, np.full((256, 256, 3), level, np.uint8), np.random.default_rng(0))
    left = np.abs(cv2.medianBlur(drawn, 3).astype(int) - drawn).mean(-1)
    assert np.median(left) < 3


@pytest.mark.parametrize(
    "style", [style for style in STYLES if style.shows_ground], ids=lambda style: style.name
)
def test_a_light_ground_keeps_its_colour_where_a_style_says_so(style):
    ground = np.full((256, 256, 3), (232, 218, 190), np.uint8)
    drawn = apply(style, ground, np.random.default_rng(1))[20:-20, 20:-20]
    assert np.abs(drawn.mean((0, 1)) - ground[0, 0]).mean() < 40


@pytest.fixture(scope="module")
def autoencoder():
    """The one that comes with the studio."""
    pytest.importorskip("torch")
    from diffusers.models.autoencoders.autoencoder_tiny import AutoencoderTiny

    return AutoencoderTiny.from_pretrained(resources_dir() / "starter" / "vae", local_files_only=True)


@pytest.mark.parametrize("style", NAMED, ids=lambda style: style.name)
def test_no_style_is_finer_than_latents_can_hold(style, scene, autoencoder):
    """Dots, stones and threads come back from the autoencoder, twice as large as they are drawn first."""
    import torch

    from dalle_studio.training.networks.autoencoder import enlarged, to_tensor

    large = enlarged(apply(style, scene, np.random.default_rng(0)))[128:-128, 128:-128]
    with torch.inference_mode():
        back = autoencoder.decode(autoencoder.encode(to_tensor(large[None], "cpu")).latents).sample
    returned = back[0].clamp(-1, 1).add(1).mul(127.5).permute(1, 2, 0).numpy()
    assert np.corrcoef(grain(large).ravel(), grain(returned).ravel())[0, 1] > 0.5


def grain(pixels):
    """What differs from its surroundings."""
    grey = pixels.astype(np.float32).mean(axis=2)
    return grey - cv2.GaussianBlur(grey, (0, 0), 8)
