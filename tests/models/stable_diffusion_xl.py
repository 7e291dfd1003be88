"""A small Stable Diffusion XL, base or Lightning: random weights, the real classes, the files a hub would hold."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from tests.models.parts import LATENT_CHANNELS, PX, autoencoder, save_index, save_tokenizer, text_config

_WIDTHS = 32, 24
"""Of the two text encoders."""
_TIME_CHANNELS = 8


def build(folder: Path) -> None:
    """Write the model into a folder that is empty or not there. Lightning is the same with other weights."""
    import torch
    from diffusers.schedulers.scheduling_euler_discrete import EulerDiscreteScheduler
    from transformers import CLIPTextModel, CLIPTextModelWithProjection

    tokens = save_tokenizer(folder / "tokenizer")
    save_tokenizer(folder / "tokenizer_2", pad="!")
    with torch.random.fork_rng(devices=[]):
        torch.manual_seed(2)
        parts: dict[str, Any] = {
            "vae": autoencoder(0.13025, force_upcast=True),
            "text_encoder": CLIPTextModel(text_config(tokens, _WIDTHS[0])),
            "text_encoder_2": CLIPTextModelWithProjection(text_config(tokens, _WIDTHS[1])),
            "unet": _denoiser(),
        }
    parts["scheduler"] = EulerDiscreteScheduler(
        beta_start=0.00085,
        beta_end=0.012,
        beta_schedule="scaled_linear",
        timestep_spacing="leading",
        steps_offset=1,
    )
    parts["tokenizer"] = parts["tokenizer_2"] = ("transformers", "CLIPTokenizer")
    parts.update(feature_extractor=None, image_encoder=None)
    save_index(folder, "StableDiffusionXLPipeline", parts, force_zeros_for_empty_prompt=True)


def _denoiser() -> Any:
    from diffusers.models.unets.unet_2d_condition import UNet2DConditionModel

    depths: dict[str, Any] = {"transformer_layers_per_block": (1, 2), "attention_head_dim": (2, 3)}
    return UNet2DConditionModel(
        **depths,
        sample_size=PX // 8,
        in_channels=LATENT_CHANNELS,
        out_channels=LATENT_CHANNELS,
        down_block_types=("DownBlock2D", "CrossAttnDownBlock2D"),
        up_block_types=("CrossAttnUpBlock2D", "UpBlock2D"),
        block_out_channels=(16, 24),
        layers_per_block=1,
        norm_num_groups=8,
        cross_attention_dim=sum(_WIDTHS),
        use_linear_projection=True,
        addition_embed_type="text_time",
        addition_time_embed_dim=_TIME_CHANNELS,
        projection_class_embeddings_input_dim=6 * _TIME_CHANNELS + _WIDTHS[1],
    )
