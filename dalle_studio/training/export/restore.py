"""Going on from a finished model: its weights become the checkpoints of a new work folder."""

# pyright: reportPrivateImportUsage=false
# diffusers exports its names lazily, which type checkers do not see.

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import Any

import torch
from diffusers import T2IAdapter, UNet2DConditionModel
from diffusers.utils import SAFETENSORS_WEIGHTS_NAME
from safetensors.torch import load_file
from torch import Tensor, nn
from transformers import CLIPTextModel, CLIPVisionModelWithProjection

from dalle_studio.engine.pipelines.compact import WEIGHTS as UPSCALER
from dalle_studio.engine.pipelines.image_prompt import ENCODER
from dalle_studio.engine.pipelines.image_prompt import WEIGHTS as PROMPT
from dalle_studio.training.run.files import whole_file, whole_folder
from dalle_studio.training.run.report import Report

FIGURES = "training.json"
"""What a finished model says of its training: ``pictures``, ``details``, and the steps of every network."""


def restore(folder: Path, work: Path, report: Report) -> None:
    """Write the checkpoints that a work folder lacks, from a model that `folder.export` wrote.

    They hold the averaged weights, rounded to half precision, and no optimizer: that begins anew.

    Args:
        folder: the finished model.
        work: where a run goes on from the checkpoints.
        report: told what was taken over.

    Raises:
        FileNotFoundError: `folder` is no such model.
    """
    figures = json.loads((folder / FIGURES).read_text("utf-8"))
    if not (work / "denoiser.pt").exists():
        with whole_file(work / FIGURES) as path:
            shutil.copyfile(folder / FIGURES, path)
    if not (work / "tokenizer").exists():
        with whole_folder(work / "tokenizer") as target:
            shutil.copytree(folder / "tokenizer", target, dirs_exist_ok=True)
    if not (work / "art.zip").exists():
        with whole_file(work / "art.zip") as path:
            shutil.copyfile(folder / "art.zip", path)
    parts = {
        "autoencoder": (_autoencoder, figures["autoencoder_steps"]),
        "decoder": (_autoencoder, figures["decoder_steps"]),
        "denoiser": (_denoiser, figures["steps"]),
        "upscaler": (_upscaler, figures["upscaler_steps"]),
        "image_prompt": (_image_prompt, figures["image_prompt_steps"]),
    }
    for name, (state_of, steps) in parts.items():
        checkpoint = work / f"{name}.pt"
        if steps and not checkpoint.exists():
            with whole_file(checkpoint) as path:
                torch.save({"step": steps, "state": state_of(folder)}, path)
            report.line(f"{name}: going on from step {steps} of {folder}")


def seen_before(work: Path) -> dict[str, int]:
    """How many ``pictures`` and ``details`` the model had learnt from that a work folder went on from."""
    figures = json.loads((work / FIGURES).read_text("utf-8")) if (work / FIGURES).exists() else {}
    return {name: figures.get(name, 0) for name in ("pictures", "details")}


def _autoencoder(folder: Path) -> dict[str, Any]:
    return {"model": _in_file(folder / "vae" / SAFETENSORS_WEIGHTS_NAME)}


def _denoiser(folder: Path) -> dict[str, Any]:
    networks: dict[str, Any] = {
        "unet": UNet2DConditionModel.from_pretrained(folder / "unet"),
        "text_encoder": CLIPTextModel.from_pretrained(folder / "text_encoder"),
        "adapter": T2IAdapter.from_pretrained(folder / "adapter"),
    }
    weights = {
        f"{part}.{name}": w for part, network in networks.items() for name, w in _weights(network).items()
    }
    scale = json.loads((folder / "vae" / "config.json").read_text("utf-8"))["scaling_factor"]
    return {"scale": scale, "networks": weights, "average": weights}


def _upscaler(folder: Path) -> dict[str, Any]:
    return {"network": _in_file(folder / UPSCALER)}


def _image_prompt(folder: Path) -> dict[str, Any]:
    encoder = CLIPVisionModelWithProjection.from_pretrained(folder / ENCODER)
    weights = {f"encoder.{name}": weight for name, weight in _weights(encoder).items()}
    weights |= {f"prompt.{name}": weight for name, weight in _in_file(folder / PROMPT).items()}
    config = encoder.config
    size = {
        "patch": config.patch_size,
        "width": config.hidden_size,
        "layers": config.num_hidden_layers,
        "heads": config.num_attention_heads,
        "projection": config.projection_dim,
    }
    return {"networks": weights, "size": size}


def _in_file(path: Path) -> dict[str, Tensor]:
    return {name: weight.float() for name, weight in load_file(path).items()}


def _weights(network: nn.Module) -> dict[str, Tensor]:
    return {
        name: weight.float() if weight.is_floating_point() else weight
        for name, weight in network.state_dict().items()
    }
