"""Tiny checkpoints in one file, in the layout of Stability AI's own programs, and what is known of their parts."""

from __future__ import annotations

import json
import re
import shutil
from pathlib import Path
from typing import Any

from dalle_studio.storage.paths import resources_dir

_RESNET = {
    "norm1": "in_layers.0",
    "conv1": "in_layers.2",
    "norm2": "out_layers.0",
    "conv2": "out_layers.3",
    "time_emb_proj": "emb_layers.1",
    "conv_shortcut": "skip_connection",
}
_UNET_ENDS = {
    "time_embedding.linear_1": "time_embed.0",
    "time_embedding.linear_2": "time_embed.2",
    "add_embedding.linear_1": "label_emb.0.0",
    "add_embedding.linear_2": "label_emb.0.2",
    "conv_in": "input_blocks.0.0",
    "conv_norm_out": "out.0",
    "conv_out": "out.2",
}
_VAE = (
    ("mid_block.resnets.0", "mid.block_1"),
    ("mid_block.resnets.1", "mid.block_2"),
    ("mid_block.attentions.0", "mid.attn_1"),
    ("conv_norm_out", "norm_out"),
    ("conv_shortcut", "nin_shortcut"),
    ("group_norm", "norm"),
    ("to_q", "q"),
    ("to_k", "k"),
    ("to_v", "v"),
    ("to_out.0", "proj_out"),
)
_OPEN_CLIP = (
    ("encoder.layers.", "transformer.resblocks."),
    ("layer_norm1", "ln_1"),
    ("layer_norm2", "ln_2"),
    (".fc1.", ".c_fc."),
    (".fc2.", ".c_proj."),
    (".self_attn.out_proj.", ".attn.out_proj."),
    ("final_layer_norm", "ln_final"),
    ("embeddings.token_embedding", "token_embedding"),
    ("embeddings.position_embedding.weight", "positional_embedding"),
)


def tiny_knowledge(folder: Path) -> Path:
    """As `resources/models`, but of models that are tiny; returns the folder."""
    known = json.loads((resources_dir() / "models" / "checkpoints.json").read_text(encoding="utf-8"))
    for parts in known.values():
        unet, vae = parts["unet/config.json"], parts["vae/config.json"]
        depth = len(unet["block_out_channels"])
        unet |= {"block_out_channels": [32] * depth, "layers_per_block": 1, "sample_size": 8}
        unet |= {"cross_attention_dim": 32, "attention_head_dim": 4, "norm_num_groups": 8}
        if "addition_time_embed_dim" in unet:
            unet |= {
                "cross_attention_dim": 32 + 48,
                "addition_time_embed_dim": 8,
                "transformer_layers_per_block": 1,
            }
            unet["projection_class_embeddings_input_dim"] = 32 + 6 * 8
        vae |= {"block_out_channels": [8] * 4, "layers_per_block": 1, "norm_num_groups": 4}
        for part in ("text_encoder/config.json", "text_encoder_2/config.json"):
            if part in parts:
                parts[part] |= {"hidden_size": 32, "intermediate_size": 37, "num_attention_heads": 4}
                parts[part] |= {"num_hidden_layers": 2, "projection_dim": 32}
        if "text_encoder_2/config.json" in parts:  # their widths tell the two apart
            parts["text_encoder_2/config.json"] |= {"hidden_size": 48}
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "checkpoints.json").write_text(json.dumps(known), encoding="utf-8")
    for vocabulary in (resources_dir() / "models").glob("*.gz"):
        shutil.copy(vocabulary, folder)
    return folder


def write_checkpoint(path: Path, family: str, knowledge: Path) -> dict[str, Any]:
    """Write a checkpoint with random weights; returns its denoiser's, by diffusers' names."""
    import torch
    from diffusers.models.autoencoders.autoencoder_kl import AutoencoderKL
    from diffusers.models.unets.unet_2d_condition import UNet2DConditionModel
    from safetensors.torch import save_file
    from transformers import CLIPTextConfig, CLIPTextModel, CLIPTextModelWithProjection

    known = json.loads((knowledge / "checkpoints.json").read_text(encoding="utf-8"))[family]
    with torch.random.fork_rng(devices=[]):
        torch.manual_seed(0)
        unet: Any = UNet2DConditionModel.from_config(known["unet/config.json"])
        vae: Any = AutoencoderKL.from_config(known["vae/config.json"])
        text = CLIPTextModel(CLIPTextConfig(**known["text_encoder/config.json"]))
        other = known.get("text_encoder_2/config.json")
        text_2 = CLIPTextModelWithProjection(CLIPTextConfig(**other)) if other else None
    weights = unet.state_dict()
    tensors = {f"model.diffusion_model.{_unet_name(name, 1)}": value for name, value in weights.items()}
    tensors |= {
        f"first_stage_model.{_vae_name(name)}": _conv(name, v) for name, v in vae.state_dict().items()
    }
    if text_2 is None:
        tensors |= _text("cond_stage_model.transformer.", text)
    else:
        tensors |= _text("conditioner.embedders.0.transformer.", text)
        tensors |= _open_clip("conditioner.embedders.1.model.", text_2)
    save_file({name: value.contiguous().half() for name, value in tensors.items()}, path)
    return weights


def _unet_name(name: str, layers: int) -> str:
    for theirs, ours in _UNET_ENDS.items():
        if name.startswith(theirs):
            return name.replace(theirs, ours, 1)
    if ".resnets." in name:
        head, _, tail = name.partition(".resnets.")
        for theirs, ours in _RESNET.items():
            tail = tail.replace(theirs, ours)
        name = f"{head}.resnets.{tail}"
    steps = layers + 1
    name = re.sub(r"^mid_block\.resnets\.(\d)", lambda m: f"middle_block.{2 * int(m[1])}", name)
    name = name.replace("mid_block.attentions.0", "middle_block.1")
    name = re.sub(
        r"^down_blocks\.(\d)\.(resnets|attentions)\.(\d)",
        lambda m: f"input_blocks.{int(m[1]) * steps + int(m[3]) + 1}.{int(m[2] == 'attentions')}",
        name,
    )
    name = re.sub(
        r"^down_blocks\.(\d)\.downsamplers\.0\.conv",
        lambda m: f"input_blocks.{(int(m[1]) + 1) * steps}.0.op",
        name,
    )
    name = re.sub(
        r"^up_blocks\.(\d)\.(resnets|attentions)\.(\d)",
        lambda m: f"output_blocks.{int(m[1]) * (steps) + int(m[3])}.{int(m[2] == 'attentions')}",
        name,
    )
    return re.sub(
        r"^up_blocks\.(\d)\.upsamplers\.0",
        lambda m: f"output_blocks.{int(m[1]) * steps + layers}.2",
        name,
    )


def _vae_name(name: str) -> str:
    for theirs, ours in _VAE:
        name = name.replace(theirs, ours)
    name = re.sub(r"down_blocks\.(\d)\.resnets\.", r"down.\1.block.", name)
    name = re.sub(r"down_blocks\.(\d)\.downsamplers\.0", r"down.\1.downsample", name)
    name = re.sub(r"up_blocks\.(\d)\.resnets\.", lambda m: f"up.{3 - int(m[1])}.block.", name)
    return re.sub(r"up_blocks\.(\d)\.upsamplers\.0", lambda m: f"up.{3 - int(m[1])}.upsample", name)


def _conv(name: str, value: Any) -> Any:
    """Attention in the autoencoder is a convolution there."""
    return value[:, :, None, None] if "attentions" in name and value.ndim == 2 else value


def _text(prefix: str, encoder: Any) -> dict[str, Any]:
    names = {
        name: name if name.startswith("text_model.") else f"text_model.{name}"
        for name in encoder.state_dict()
    }
    return {prefix + names[name]: value for name, value in encoder.state_dict().items()}


def _open_clip(prefix: str, encoder: Any) -> dict[str, Any]:
    import torch

    weights = {name.removeprefix("text_model."): value for name, value in encoder.state_dict().items()}
    tensors = {"text_projection": weights.pop("text_projection.weight").T}
    for layer in range(encoder.config.num_hidden_layers):
        start = f"encoder.layers.{layer}.self_attn"
        for end in ("weight", "bias"):
            parts = [weights.pop(f"{start}.{part}_proj.{end}") for part in "qkv"]
            tensors[f"transformer.resblocks.{layer}.attn.in_proj_{end}"] = torch.cat(parts)
    for name, value in weights.items():
        for theirs, ours in _OPEN_CLIP:
            name = name.replace(theirs, ours)
        tensors[name.replace(".mlp.fc1", ".mlp.c_fc")] = value
    return {prefix + name: value for name, value in tensors.items()}
