"""Small add-ons for a small model's folder: IP-Adapter, LoRA, ControlNet, and a reader of depth for any model."""

from __future__ import annotations

from pathlib import Path
from typing import Any, Literal

from dalle_studio.core.model import AddOn, AddOnKind
from tests.models.parts import LICENCE

_ADAPTED = ("to_q", "to_k", "to_v", "to_out.0", "q_proj", "k_proj", "v_proj", "out_proj", "fc1", "fc2")
"""Layers that a LoRA usually changes."""


def add_on_of(path: Path, kind: AddOnKind, family: str) -> AddOn:
    """The add-on at a path, as it would be installed."""
    return AddOn(path.stem, f"Small {path.stem}", kind, family, path, "1", LICENCE)


def build_image_prompt(model: Path, folder: Path) -> None:
    """Write an IP-Adapter of the plain kind and its image encoder."""
    import torch
    from safetensors.torch import save_file
    from transformers import CLIPVisionConfig, CLIPVisionModelWithProjection

    from dalle_studio.engine.pipelines.image_prompt import ImagePrompt, channels_of

    config = CLIPVisionConfig(
        image_size=32,
        patch_size=16,
        hidden_size=16,
        intermediate_size=32,
        num_hidden_layers=2,
        num_attention_heads=2,
        projection_dim=24,
    )
    denoiser = _denoiser(model)
    with torch.random.fork_rng(devices=[]):
        torch.manual_seed(3)
        CLIPVisionModelWithProjection(config).save_pretrained(folder / "image_encoder")
        prompt = ImagePrompt(24, denoiser.config.cross_attention_dim, channels_of(denoiser))
    weights = {name: 3 * weight for name, weight in prompt.state_dict().items()}
    save_file(weights, folder / "ip-adapter_small.safetensors")


def build_lora(
    model: Path, path: Path, style: Literal["peft", "kohya"] = "peft", strength: float = 0.3
) -> None:
    """Write a LoRA of rank 2 for the denoiser's attentions and the first text encoder's."""
    import torch
    from safetensors.torch import save_file
    from torch import nn

    weights: dict[str, torch.Tensor] = {}
    random = torch.Generator().manual_seed(4)
    many = (model / "text_encoder_2").exists()
    parts = {"unet": _denoiser(model), "text_encoder": _text_encoder(model)}
    for part, network in parts.items():
        for name, module in network.named_modules():
            if not isinstance(module, nn.Linear) or not name.endswith(_ADAPTED):
                continue
            down = torch.randn(2, module.in_features, generator=random) * strength
            up = torch.randn(module.out_features, 2, generator=random) * strength
            if part == "text_encoder":
                name = f"text_model.{name.removeprefix('text_model.')}"
            if style == "peft":
                weights |= {f"{part}.{name}.lora_A.weight": down, f"{part}.{name}.lora_B.weight": up}
            else:
                short = {"unet": "lora_unet", "text_encoder": "lora_te1" if many else "lora_te"}[part]
                key = f"{short}_{name.replace('.', '_')}"
                weights |= {f"{key}.lora_down.weight": down, f"{key}.lora_up.weight": up}
                weights[f"{key}.alpha"] = torch.tensor(2.0)
    path.parent.mkdir(parents=True, exist_ok=True)
    save_file(weights, path)


def build_control(model: Path, folder: Path) -> None:
    """Write a ControlNet whose last layers are not zero, as they would be before training."""
    import torch
    from diffusers.models.controlnets.controlnet import ControlNetModel

    with torch.random.fork_rng(devices=[]):
        torch.manual_seed(5)
        control: Any = ControlNetModel.from_unet(
            _denoiser(model), conditioning_embedding_out_channels=(4, 4, 8, 8)
        )
        last = (*control.controlnet_down_blocks, control.controlnet_mid_block)
        for layer in (*last, control.controlnet_cond_embedding.conv_out):
            torch.nn.init.normal_(layer.weight, std=0.3)
    control.save_pretrained(folder)


def build_depth_reader(folder: Path) -> None:
    """Write an estimator of depth."""
    import torch
    from transformers import DPTConfig, DPTForDepthEstimation, DPTImageProcessor

    config = DPTConfig(
        hidden_size=16,
        num_hidden_layers=4,
        num_attention_heads=2,
        intermediate_size=32,
        image_size=32,
        patch_size=8,
        backbone_out_indices=[0, 1, 2, 3],
        neck_hidden_sizes=[8, 8, 8, 8],
        fusion_hidden_size=8,
        initializer_range=0.3,
    )
    with torch.random.fork_rng(devices=[]):
        torch.manual_seed(6)
        reader: Any = DPTForDepthEstimation(config)
    torch.nn.init.ones_(reader.head.head[-2].bias)  # what is below nothing counts as infinitely far
    reader.save_pretrained(folder)
    DPTImageProcessor(size={"height": 32, "width": 32}).save_pretrained(folder)


def _denoiser(model: Path) -> Any:
    from diffusers.models.unets.unet_2d_condition import UNet2DConditionModel

    return UNet2DConditionModel.from_pretrained(str(model / "unet"), local_files_only=True)


def _text_encoder(model: Path) -> Any:
    from transformers import CLIPTextModel

    return CLIPTextModel.from_pretrained(str(model / "text_encoder"), local_files_only=True)
