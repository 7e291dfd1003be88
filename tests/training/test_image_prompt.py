"""The image encoder and its IP-Adapter learn, go on where they were, and come out as diffusers reads them."""
# pyright: reportMissingParameterType=false, reportPrivateImportUsage=false

import numpy as np
import pytest
import torch
from diffusers import StableDiffusionPipeline
from PIL import Image
from transformers import CLIPImageProcessor, CLIPVisionModelWithProjection

from dalle_studio.engine.pipelines.image_prompt import PictureReader, normalised, thumbnail
from dalle_studio.training.networks import image_prompt
from dalle_studio.training.networks.alterations import altered, strange_pictures
from dalle_studio.training.networks.autoencoder import make_autoencoder
from dalle_studio.training.networks.image_prompt import (
    EncoderSize,
    ImagePromptLearner,
    disagreement,
    export_image_prompt,
    load_image_prompt,
)
from dalle_studio.training.networks.unet import (
    Size,
    make_adapter,
    make_pipeline,
    make_text_encoder,
    make_unet,
    noise_schedule,
)
from dalle_studio.training.pictures.pairs import Pairs
from dalle_studio.training.run.device import Device
from dalle_studio.training.run.loop import resume, save
from dalle_studio.training.words.captions import phrases
from dalle_studio.training.words.tokenizer import train_tokenizer

CPU = Device("cpu", autocast=False, batch_scale=1)
TINY = Size(channels=(32, 32, 32), heads=(1, 2, 2), text_width=32, text_layers=1)
TINY_ENCODER = EncoderSize(patch=16, width=32, layers=1, heads=2, projection=32)
COLOURS = [(-1.0, -1.0, 1.0), (1.0, -1.0, -1.0), (-1.0, 1.0, -1.0), (1.0, 1.0, 1.0)]


@pytest.fixture(autouse=True)
def small_batches(monkeypatch):
    monkeypatch.setattr(image_prompt, "BATCH", 8)
    monkeypatch.setattr(image_prompt, "CONTRASTED", 4)
    monkeypatch.setattr(image_prompt, "HELD_OUT", 16)


@pytest.fixture(scope="module")
def pairs(tmp_path_factory):
    """Latents that only a thumbnail's colour tells."""
    count, rng = 512, np.random.default_rng(0)
    kinds = rng.integers(0, 4, count)
    latents = rng.standard_normal((4, 16, 1, 1))[kinds] + 0.1 * rng.standard_normal((count, 16, 16, 16))
    colours = ((np.array(COLOURS) + 1) * 127.5)[kinds].astype(np.uint8)
    folder = tmp_path_factory.mktemp("pairs")
    np.savez(
        folder / "00000000.npz",
        pictures=latents.astype(np.float16),
        sketches=np.zeros((count, 16, 16, 16), np.float16),
        contours=np.zeros((count, 16, 16, 16), np.float16),
        coverage=np.zeros((count, 16, 16), np.uint8),
        thumbnails=np.broadcast_to(colours[:, None, None], (count, 64, 64, 3)),
        captions=kinds.astype(str),
    )
    return Pairs(folder, count, "cpu")


@pytest.fixture(scope="module")
def make_learner(pairs):
    tokenizer = train_tokenizer(list(phrases())[:64])

    def make():
        torch.manual_seed(0)
        autoencoder = make_autoencoder(8, 8)
        autoencoder.register_to_config(scaling_factor=pairs.scale)
        unet = make_unet(TINY)
        pipeline = make_pipeline(autoencoder, make_text_encoder(TINY, tokenizer), tokenizer, unet)
        return ImagePromptLearner(pipeline, make_adapter(TINY), pairs, CPU, size=TINY_ENCODER)

    return make


def test_resumed_weights_are_bit_identical(make_learner, tmp_path):
    straight, killed, resumed = make_learner(), make_learner(), make_learner()
    for number in range(4):
        straight.step(number, 4)
    for number in range(2):
        killed.step(number, 4)
    save(killed, 2, tmp_path / "checkpoint.pt")
    assert resume(resumed, tmp_path / "checkpoint.pt") == 2
    for number in range(2, 4):
        resumed.step(number, 4)
    weights = [list(each.networks.state_dict().values()) for each in (straight, resumed, killed)]
    assert all(torch.equal(one, other) for one, other in zip(weights[0], weights[1], strict=True))
    assert not all(torch.equal(one, other) for one, other in zip(weights[0], weights[2], strict=True))


def teach(unet, pairs, steps=80):
    """Let a denoiser learn what latents belong to what token of text."""
    schedule, generator = noise_schedule(), CPU.generator(0)
    words = torch.randn(4, 1, TINY.text_width, generator=generator)
    unet.requires_grad_(True)
    optimizer = torch.optim.AdamW(unet.parameters(), 3e-3)
    for _ in range(steps):
        chosen = torch.randint(16, len(pairs), (8,), generator=generator)
        clean = pairs.pictures(chosen) * pairs.scale
        noise = torch.randn(clean.shape, generator=generator)
        times = torch.randint(0, 1000, (8,), generator=generator)
        text = words[[int(pairs.captions[index]) for index in chosen]]
        noisy = schedule.add_noise(clean, noise, times)  # pyright: ignore[reportArgumentType]
        velocity = schedule.get_velocity(clean, noise, times)  # pyright: ignore[reportArgumentType]
        optimizer.zero_grad()
        (unet(noisy, times, text).sample - velocity).square().mean().backward()
        optimizer.step()
    unet.requires_grad_(False)


def test_seeing_a_picture_lowers_the_loss_and_the_denoiser_stays(make_learner, pairs):
    learner = make_learner()
    unet = learner._pipeline.unet
    teach(unet, pairs)
    before = {name: weight.clone() for name, weight in unet.state_dict().items()}
    first = learner.held_out_loss()
    losses = [learner.step(number, 80) for number in range(80)]
    assert np.mean(losses[-20:]) < 0.8 * np.mean(losses[:20])
    assert learner.held_out_loss() < 0.7 * min(first, learner.held_out_loss(seeing=False))
    assert all(torch.equal(weight, before[name]) for name, weight in unet.state_dict().items())


@pytest.mark.filterwarnings("ignore:__array__ implementation:DeprecationWarning")  # diffusers' scheduler
def test_sample_sheet(make_learner, tmp_path, monkeypatch):
    monkeypatch.setattr(image_prompt, "SHOWN", 8)
    words = make_learner().examine(tmp_path / "sheet.png")
    assert "held-out loss" in words
    with Image.open(tmp_path / "sheet.png") as sheet:
        assert sheet.size == (8 * 256, 3 * 256)


def test_exported_folder_is_what_diffusers_and_the_studio_read(make_learner, tmp_path):
    learner = make_learner()
    learner.step(0, 10)
    save(learner, 1, tmp_path / "image_prompt.pt")
    folder = tmp_path / "model"
    learner._pipeline.save_pretrained(folder)
    export_image_prompt(*load_image_prompt(tmp_path / "image_prompt.pt"), folder)
    pipeline = StableDiffusionPipeline.from_pretrained(folder, local_files_only=True)
    pipeline.load_ip_adapter(
        str(folder),
        subfolder="ip_adapter",
        weight_name="ip-adapter.safetensors",
        image_encoder_folder="./image_encoder",
        local_files_only=True,
    )
    picture = Image.effect_mandelbrot((90, 70), (-2, -1, 1, 1), 50).convert("RGB")
    (seen,) = pipeline.prepare_ip_adapter_image_embeds(picture, None, "cpu", 1, False)
    with torch.no_grad():
        read = PictureReader(folder, "cpu").embed(np.asarray(picture))
    assert torch.allclose(seen[0], read, atol=1e-4)
    assert CLIPVisionModelWithProjection.from_pretrained(folder / "image_encoder").dtype == torch.float32


def test_a_thumbnail_is_what_the_image_processor_makes(tmp_path):
    processor = CLIPImageProcessor(size=64, crop_size=64)
    pixels = np.random.default_rng(0).integers(0, 255, (100, 170, 3), dtype=np.uint8)
    theirs = processor(Image.fromarray(pixels), return_tensors="pt").pixel_values
    ours = normalised(torch.from_numpy(thumbnail(pixels, 64))[None].permute(0, 3, 1, 2) / 255)
    assert torch.allclose(theirs, ours, atol=1e-5)


def test_altered_and_strange_pictures_keep_their_range_and_follow_the_seed():
    pictures = torch.rand(8, 3, 64, 64) * 2 - 1
    for change in (altered, strange_pictures):
        one, again, other = (change(pictures, CPU.generator(seed)) for seed in (1, 1, 2))
        assert torch.equal(one, again)
        assert not torch.equal(one, other)
        assert one.shape == pictures.shape
        assert one.abs().max() <= 1


def test_altered_pictures_stay_alike():
    """Left stays left and red stays red, whatever else changes."""
    picture = torch.full((1, 3, 64, 64), -0.8)
    picture[:, 0, :, :32] = 0.8
    seen = altered(picture.expand(200, -1, -1, -1), CPU.generator(0))
    left, right = seen[:, :, 16:48, :24].mean((2, 3)), seen[:, :, 16:48, 40:].mean((2, 3))
    assert (left[:, 0] - left[:, 1] > 0.5).float().mean() > 0.9
    assert (left[:, 0] > right[:, 0]).float().mean() > 0.9


def test_embeddings_that_agree_are_better_than_ones_that_do_not():
    embeddings = torch.randn(8, 32, generator=CPU.generator(0))
    assert disagreement(embeddings, embeddings) < 0.2 < disagreement(embeddings, embeddings.flip(0))
