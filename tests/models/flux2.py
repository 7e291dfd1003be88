"""A tiny FLUX.2 Klein with random weights, saved as its repository on the hub is."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from tests.models.tokenizers import qwen_tokenizer

WIDTH = 16


def build(folder: Path, is_distilled: bool = True) -> None:
    """Write the model into a folder. Draws at 64 px."""
    import torch
    from diffusers.models.autoencoders.autoencoder_kl_flux2 import AutoencoderKLFlux2
    from diffusers.models.transformers.transformer_flux2 import Flux2Transformer2DModel
    from diffusers.pipelines.flux2.pipeline_flux2_klein import Flux2KleinPipeline
    from diffusers.schedulers.scheduling_flow_match_euler_discrete import FlowMatchEulerDiscreteScheduler

    with torch.random.fork_rng(devices=[]):
        torch.manual_seed(0)
        transformer = Flux2Transformer2DModel(
            patch_size=1,
            in_channels=16,
            num_layers=1,
            num_single_layers=1,
            attention_head_dim=16,
            num_attention_heads=2,
            joint_attention_dim=3 * WIDTH,  # the pipeline stacks three of the text encoder's layers
            timestep_guidance_channels=256,
            axes_dims_rope=(4, 4, 4, 4),
            guidance_embeds=False,
        )
        autoencoder = AutoencoderKLFlux2(
            down_block_types=("DownEncoderBlock2D",) * 4,
            up_block_types=("UpDecoderBlock2D",) * 4,
            block_out_channels=(8, 8, 8, 8),
            layers_per_block=1,
            latent_channels=4,
            norm_num_groups=4,
        )
        tokenizer = qwen_tokenizer()
        parts: dict[str, Any] = {
            "transformer": transformer,
            "vae": autoencoder,
            "text_encoder": _text_encoder(len(tokenizer)),
            "tokenizer": tokenizer,
            "scheduler": FlowMatchEulerDiscreteScheduler(use_dynamic_shifting=True, shift=3.0),
        }
        Flux2KleinPipeline(**parts, is_distilled=is_distilled).save_pretrained(folder)


def _text_encoder(vocabulary: int) -> Any:
    from transformers import Qwen3Config, Qwen3ForCausalLM

    config = Qwen3Config(
        vocab_size=vocabulary,
        hidden_size=WIDTH,
        intermediate_size=WIDTH,
        num_hidden_layers=28,  # the pipeline reads the 27th
        num_attention_heads=2,
        num_key_value_heads=2,
        head_dim=8,
        max_position_embeddings=512,
    )
    return Qwen3ForCausalLM(config)
