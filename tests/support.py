"""What several tests use: running a request to its end, a picture no model made, a tiny starter model."""

from __future__ import annotations

import io
import json
import threading
import zipfile
from pathlib import Path
from typing import Any

import numpy as np
from PIL import Image

from dalle_studio.core.event import LAST_EVENTS, Event, Failed, Finished
from dalle_studio.core.model import Model
from dalle_studio.core.picture import Picture
from dalle_studio.core.request import Request
from dalle_studio.core.scene import Lexicon, Look, Setting, Thing
from dalle_studio.engine.base import Engine
from dalle_studio.storage.models.installed import read_model


def run(engine: Engine, request: Request, cancel: threading.Event | None = None) -> list[Event]:
    """Every event of a request, its last one at the end and nowhere else."""
    events: list[Event] = []
    engine.run(request, events.append, cancel or threading.Event())
    assert [isinstance(event, LAST_EVENTS) for event in events] == [False] * (len(events) - 1) + [True]
    return events


def made(engine: Engine, request: Request) -> tuple[Picture, ...]:
    """The pictures of a request that must succeed."""
    last = run(engine, request)[-1]
    assert not isinstance(last, Failed), f"{last.error} {last.error.details}"
    assert isinstance(last, Finished)
    return last.pictures


def scene(width_px: int = 640, height_px: int = 640) -> Picture:
    """A picture no model made: sky, ground, a sun, and enough texture to notice every changed pixel."""
    rows, columns = np.mgrid[0:height_px, 0:width_px]
    sky = rows < height_px * 0.6
    texture = (rows * 7 + columns * 13) % 23
    red = np.where(sky, 90, 150) + texture
    green = np.where(sky, 150, 120) + texture
    blue = np.where(sky, 220, 60) + texture
    sun = (rows - height_px * 0.2) ** 2 + (columns - width_px * 0.7) ** 2 < (height_px * 0.08) ** 2
    pixels = np.stack([np.where(sun, 250, red), np.where(sun, 230, green), np.where(sun, 120, blue)], axis=2)
    return Picture(pixels.astype(np.uint8), name="scene.png")


def tiny_starter(folder: Path, image_prompt: bool = True) -> Model:
    """Write a starter model with random weights into an empty folder; it draws noise, fast, at 128 px.

    Args:
        folder: for the model.
        image_prompt: whether it gets an image encoder and an IP-Adapter.
    """
    import torch

    with torch.random.fork_rng(devices=[]):
        torch.manual_seed(0)
        pipeline = _tiny_pipeline()
        pipeline.save_pretrained(folder)
        _save_tiny_adapter(folder)
        if image_prompt:
            _save_tiny_image_prompt(pipeline.unet, folder)
    _write_words_and_art(folder)
    return read_model("starter", folder)


def _tiny_pipeline() -> Any:
    from diffusers.models.autoencoders.autoencoder_tiny import AutoencoderTiny
    from diffusers.models.unets.unet_2d_condition import UNet2DConditionModel
    from diffusers.pipelines.stable_diffusion.pipeline_stable_diffusion import StableDiffusionPipeline
    from diffusers.schedulers.scheduling_dpmsolver_multistep import DPMSolverMultistepScheduler
    from transformers import CLIPTextConfig, CLIPTextModel

    unet = UNet2DConditionModel(
        sample_size=8,
        in_channels=16,
        out_channels=16,
        down_block_types=("CrossAttnDownBlock2D",) * 3,
        up_block_types=("CrossAttnUpBlock2D", "CrossAttnUpBlock2D", "UpBlock2D"),
        block_out_channels=(16, 24, 32),
        norm_num_groups=8,
        layers_per_block=1,
        cross_attention_dim=32,
        attention_head_dim=2,
    )
    widths = (8,) * 5
    autoencoder = AutoencoderTiny(
        encoder_block_out_channels=widths,
        decoder_block_out_channels=widths,
        num_encoder_blocks=(0, 0, 1, 1, 1),
        num_decoder_blocks=(1, 1, 1, 0, 0),
        latent_channels=16,
    )
    tokenizer = _byte_tokenizer()
    text = CLIPTextConfig(
        vocab_size=len(tokenizer),
        hidden_size=32,
        intermediate_size=37,
        num_hidden_layers=2,
        num_attention_heads=4,
        max_position_embeddings=32,
        bos_token_id=0,
        eos_token_id=1,
        pad_token_id=1,
    )
    scheduler = DPMSolverMultistepScheduler(
        beta_start=0.00085,
        beta_end=0.012,
        beta_schedule="scaled_linear",
        prediction_type="v_prediction",
        rescale_betas_zero_snr=True,
        timestep_spacing="trailing",
        steps_offset=1,
    )
    parts: dict[str, Any] = {
        "vae": autoencoder,
        "text_encoder": CLIPTextModel(text),
        "tokenizer": tokenizer,
        "unet": unet,
        "scheduler": scheduler,
    }
    return StableDiffusionPipeline(
        **parts,
        safety_checker=None,  # pyright: ignore[reportArgumentType]
        feature_extractor=None,  # pyright: ignore[reportArgumentType]
        requires_safety_checker=False,
    )


def _byte_tokenizer() -> Any:
    """A tokenizer that spells every word."""
    from tokenizers import pre_tokenizers
    from transformers import CLIPTokenizer

    letters = sorted(pre_tokenizers.ByteLevel.alphabet())
    pieces = ["<|startoftext|>", "<|endoftext|>", *letters, *(letter + "</w>" for letter in letters)]
    vocabulary: Any = {piece: number for number, piece in enumerate(pieces)}
    return CLIPTokenizer(vocab=vocabulary, merges=[], model_max_length=32)


def _save_tiny_adapter(folder: Path) -> None:
    from diffusers.models.adapter import T2IAdapter

    from dalle_studio.engine.pipelines.conditions import channel_count

    adapter = T2IAdapter(
        in_channels=channel_count(16), channels=[16, 24, 32], num_res_blocks=1, downscale_factor=1
    )
    adapter.save_pretrained(folder / "adapter")


def _save_tiny_image_prompt(denoiser: Any, folder: Path) -> None:
    from safetensors.torch import save_file
    from transformers import CLIPVisionConfig, CLIPVisionModelWithProjection

    from dalle_studio.engine.pipelines.image_prompt import ENCODER, WEIGHTS, ImagePrompt, channels_of

    config = CLIPVisionConfig(
        image_size=64,
        patch_size=16,
        hidden_size=32,
        intermediate_size=64,
        num_hidden_layers=2,
        num_attention_heads=2,
        projection_dim=24,
    )
    CLIPVisionModelWithProjection(config).save_pretrained(folder / ENCODER)
    prompt = ImagePrompt(24, denoiser.config.cross_attention_dim, channels_of(denoiser))
    (folder / WEIGHTS).parent.mkdir()
    save_file({name: 3 * weight for name, weight in prompt.state_dict().items()}, folder / WEIGHTS)


def _write_words_and_art(folder: Path) -> None:
    things = (
        Thing("cat", {"en": ["cat"], "zh": ["猫"]}, "animal", 0.5),
        Thing("flamingo", {"en": ["flamingo"], "zh": ["火烈鸟"]}, "animal", 0.9),
        Thing("car", {"en": ["car"], "zh": ["汽车"]}, "vehicle", 1.2, colourable=True),
    )
    lexicon = Lexicon(
        things=things,
        settings=(Setting("on a beach", {"en": ["on a beach"], "zh": ["海滩"]}),),
        looks=(
            Look("none", {"en": [], "zh": []}, ("flat",), shows_ground=True),
            Look("line art", {"en": ["line art", "line drawing"], "zh": ["线稿"]}, ("flat",), has_lines=True),
            Look("oil", {"en": ["oil painting"], "zh": ["油画"]}, ("flat",)),
        ),
        colours={name: {"en": [name], "zh": [zh]} for name, zh in (("red", "红色"), ("pink", "粉色"))},
    )
    (folder / "lexicon.json").write_text(json.dumps(lexicon.to_json()), "utf-8")
    entry = {
        "label": "Tiny starter",
        "version": "1",
        "family": "starter",
        "abilities": ["create", "place", "vary", "blend", "extend"],
        "native_px": 128,
        "steps": {"draft": 2, "standard": 3, "fine": 4},
        "guidance_scale": 3.0,
        "licence": {"name": "none", "commercial": "no"},
    }
    (folder / "studio.json").write_text(json.dumps(entry), "utf-8")
    with zipfile.ZipFile(folder / "art.zip", "w") as packed:
        for place, thing in enumerate(things):
            data = io.BytesIO()
            Image.new("RGBA", (48, 30 + 9 * place), (200, 60 * place, 90, 255)).save(data, "webp")
            packed.writestr(f"flat/{thing.name}.webp", data.getvalue())
        data = io.BytesIO()
        _beaches().save(data, "webp", lossless=True)
        packed.writestr("places/on_a_beach.webp", data.getvalue())


def _beaches() -> Image.Image:
    """Two drawings of a beach, side by side: sky above, sand from 86 % of the height; the second is darker."""
    strip = np.zeros((50, 100, 3), np.uint8)
    strip[:43], strip[43:] = (120, 180, 240), (230, 200, 120)
    strip[:, 50:] //= 2
    return Image.fromarray(strip)
