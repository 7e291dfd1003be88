"""A tiny Qwen-Image and a tiny Qwen-Image-Edit with random weights, saved as their repositories on the hub are."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from tests.models.tokenizers import qwen_tokenizer

WIDTH = 16


def build(folder: Path) -> None:
    """Write a Qwen-Image into a folder. Draws at 64 px."""
    import torch
    from diffusers.pipelines.qwenimage.pipeline_qwenimage import QwenImagePipeline

    with torch.random.fork_rng(devices=[]):
        torch.manual_seed(0)
        QwenImagePipeline(**_parts()).save_pretrained(folder)


def build_edit(folder: Path, plus: bool = True) -> None:
    """Write a Qwen-Image-Edit into a folder: of the kind that takes several pictures, or only one."""
    from transformers.models.qwen2_vl.image_processing_pil_qwen2_vl import Qwen2VLImageProcessorPil

    build(folder)
    path = folder / "model_index.json"
    index = json.loads(path.read_text())
    index["_class_name"] = "QwenImageEditPlusPipeline" if plus else "QwenImageEditPipeline"
    index["processor"] = ["transformers", "Qwen2VLProcessor"]
    path.write_text(json.dumps(index, indent=2))
    Qwen2VLImageProcessorPil().save_pretrained(folder / "processor")
    qwen_tokenizer().save_pretrained(folder / "processor")


def _parts() -> dict[str, Any]:
    from diffusers.models.autoencoders.autoencoder_kl_qwenimage import AutoencoderKLQwenImage
    from diffusers.models.transformers.transformer_qwenimage import QwenImageTransformer2DModel
    from diffusers.schedulers.scheduling_flow_match_euler_discrete import FlowMatchEulerDiscreteScheduler

    transformer = QwenImageTransformer2DModel(
        in_channels=16,
        out_channels=4,
        num_layers=1,
        attention_head_dim=16,
        num_attention_heads=2,
        joint_attention_dim=WIDTH,
        axes_dims_rope=(8, 4, 4),
    )
    autoencoder = AutoencoderKLQwenImage(
        base_dim=2,
        z_dim=4,
        dim_mult=[1, 1, 1, 1, 1],
        temperal_downsample=[False, False, True, True],  # once more than the real one: references are large
        num_res_blocks=1,
        latents_mean=[0.0] * 4,
        latents_std=[1.0] * 4,
    )
    tokenizer = qwen_tokenizer()
    scheduler = FlowMatchEulerDiscreteScheduler(
        use_dynamic_shifting=True, shift_terminal=0.02, base_shift=0.5, max_shift=0.9, max_image_seq_len=8192
    )
    return {
        "transformer": transformer,
        "vae": autoencoder,
        "text_encoder": _text_encoder(tokenizer),
        "tokenizer": tokenizer,
        "scheduler": scheduler,
    }


def _text_encoder(tokenizer: Any) -> Any:
    from transformers import Qwen2_5_VLConfig, Qwen2_5_VLForConditionalGeneration

    config = Qwen2_5_VLConfig(
        text_config={
            "vocab_size": len(tokenizer),
            "hidden_size": WIDTH,
            "intermediate_size": WIDTH,
            "num_hidden_layers": 2,
            "num_attention_heads": 2,
            "num_key_value_heads": 2,
            "bos_token_id": None,
            "eos_token_id": tokenizer.eos_token_id,
            "rope_parameters": {
                "rope_type": "default",
                "rope_theta": 1000000.0,
                "mrope_section": [1, 1, 2],
            },
        },
        vision_config={
            "depth": 1,
            "hidden_size": WIDTH,
            "intermediate_size": WIDTH,
            "num_heads": 2,
            "out_hidden_size": WIDTH,
            "fullatt_block_indexes": [0],
        },
        image_token_id=tokenizer.convert_tokens_to_ids("<|image_pad|>"),
        video_token_id=tokenizer.convert_tokens_to_ids("<|video_pad|>"),
        vision_start_token_id=tokenizer.convert_tokens_to_ids("<|vision_start|>"),
        vision_end_token_id=tokenizer.convert_tokens_to_ids("<|vision_end|>"),
    )
    return Qwen2_5_VLForConditionalGeneration(config)
