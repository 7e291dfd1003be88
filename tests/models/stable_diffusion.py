"""A small Stable Diffusion 1.5: random weights, the real classes, the files a hub would hold."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from tests.models.parts import LATENT_CHANNELS, PX, autoencoder, save_index, save_tokenizer, text_config


def build(folder: Path) -> None:
    """Write the model into a folder that is empty or not there."""
    import torch
    from diffusers.schedulers.scheduling_pndm import PNDMScheduler
    from transformers import CLIPTextModel

    tokens = save_tokenizer(folder / "tokenizer")
    with torch.random.fork_rng(devices=[]):
        torch.manual_seed(1)
        parts: dict[str, Any] = {
            "vae": autoencoder(0.18215, force_upcast=True),
            "text_encoder": CLIPTextModel(text_config(tokens)),
            "unet": _denoiser(),
        }
    parts["scheduler"] = PNDMScheduler(
        beta_start=0.00085,
        beta_end=0.012,
        beta_schedule="scaled_linear",
        skip_prk_steps=True,
        steps_offset=1,
    )
    parts["tokenizer"] = ("transformers", "CLIPTokenizer")
    parts.update(safety_checker=None, feature_extractor=None, image_encoder=None)
    save_index(folder, "StableDiffusionPipeline", parts, requires_safety_checker=False)


def _denoiser() -> Any:
    from diffusers.models.unets.unet_2d_condition import UNet2DConditionModel

    return UNet2DConditionModel(
        sample_size=PX // 8,
        in_channels=LATENT_CHANNELS,
        out_channels=LATENT_CHANNELS,
        down_block_types=("CrossAttnDownBlock2D", "DownBlock2D"),
        up_block_types=("UpBlock2D", "CrossAttnUpBlock2D"),
        block_out_channels=(16, 24),
        layers_per_block=1,
        norm_num_groups=8,
        cross_attention_dim=32,
        attention_head_dim=4,
    )
