"""Going on from a finished model: its weights become the checkpoints of a new work folder."""

# pyright: reportPrivateImportUsage=false
# diffusers exports its names lazily, which type checkers do not see.

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import Any

import torch
from diffusers import AutoencoderTiny, T2IAdapter, UNet2DConditionModel
from safetensors.torch import load_file
from torch import Tensor, nn
from transformers import CLIPTextModel

from dalle_studio.engine.pipelines.compact import WEIGHTS as UPSCALER
from dalle_studio.training.run.files import whole_file, whole_folder
from dalle_studio.training.run.report import Report

FIGURES = "training.json"
"""What a finished model says of its training: ``pictures``, ``steps`` and ``autoencoder_steps``."""


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
    if not (work / "tokenizer").exists():
        with whole_folder(work / "tokenizer") as target:
            shutil.copytree(folder / "tokenizer", target, dirs_exist_ok=True)
    if not (work / "art.zip").exists():
        with whole_file(work / "art.zip") as path:
            shutil.copyfile(folder / "art.zip", path)
    parts = {
        "autoencoder": (_autoencoder, figures["autoencoder_steps"]),
        "denoiser": (_denoiser, figures["steps"]),
        "upscaler": (_upscaler, figures.get("upscaler_steps", 0)),
    }
    for name, (state_of, steps) in parts.items():
        checkpoint = work / f"{name}.pt"
        if not checkpoint.exists():
            with whole_file(checkpoint) as path:
                torch.save({"step": steps, "state": state_of(folder)}, path)
            report.line(f"{name}: going on from step {steps} of {folder}")


def _autoencoder(folder: Path) -> dict[str, Any]:
    return {"model": _weights(AutoencoderTiny.from_pretrained(folder / "vae"))}


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
    return {"network": {name: weight.float() for name, weight in load_file(folder / UPSCALER).items()}}


def _weights(network: nn.Module) -> dict[str, Tensor]:
    return {
        name: weight.float() if weight.is_floating_point() else weight
        for name, weight in network.state_dict().items()
    }
