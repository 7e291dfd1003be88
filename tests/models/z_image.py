"""A tiny Z-Image-Turbo with random weights, saved as its repository on the hub is."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from tests.models.tokenizers import qwen_tokenizer

WIDTH = 16


def build(folder: Path) -> None:
    """Write the model into a folder. Draws at 64 px."""
    import torch
    from diffusers.models.autoencoders.autoencoder_kl import AutoencoderKL
    from diffusers.pipelines.z_image.pipeline_z_image import ZImagePipeline
    from diffusers.schedulers.scheduling_flow_match_euler_discrete import FlowMatchEulerDiscreteScheduler

    with torch.random.fork_rng(devices=[]):
        torch.manual_seed(0)
        kind: Any = AutoencoderKL
        autoencoder = kind(
            down_block_types=("DownEncoderBlock2D",) * 4,
            up_block_types=("UpDecoderBlock2D",) * 4,
            block_out_channels=(8, 8, 8, 8),
            layers_per_block=1,
            latent_channels=16,
            norm_num_groups=4,
            scaling_factor=0.3611,
            shift_factor=0.1159,
            use_quant_conv=False,
            use_post_quant_conv=False,
        )
        tokenizer = qwen_tokenizer()
        parts: dict[str, Any] = {
            "transformer": _transformer(),
            "vae": autoencoder,
            "text_encoder": _text_encoder(len(tokenizer)),
            "tokenizer": tokenizer,
            "scheduler": FlowMatchEulerDiscreteScheduler(shift=3.0),
        }
        ZImagePipeline(**parts).save_pretrained(folder)


def _transformer() -> Any:
    from diffusers.models.transformers.transformer_z_image import ZImageTransformer2DModel

    return ZImageTransformer2DModel(
        in_channels=16,
        dim=32,
        n_layers=2,
        n_refiner_layers=1,
        n_heads=2,
        n_kv_heads=2,
        cap_feat_dim=WIDTH,
        axes_dims=[8, 4, 4],
        axes_lens=[768, 64, 64],
    )


def _text_encoder(vocabulary: int) -> Any:
    from transformers import Qwen3Config, Qwen3Model

    config = Qwen3Config(
        vocab_size=vocabulary,
        hidden_size=WIDTH,
        intermediate_size=WIDTH,
        num_hidden_layers=2,
        num_attention_heads=2,
        num_key_value_heads=2,
        head_dim=8,
        max_position_embeddings=512,
    )
    return Qwen3Model(config)
