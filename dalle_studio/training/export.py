"""The finished model: an ordinary Stable Diffusion folder that any diffusers installation can load."""

# pyright: reportPrivateImportUsage=false
# diffusers exports its names lazily, which type checkers do not see.

from __future__ import annotations

import json
from pathlib import Path
from string import Template

import torch
from diffusers import StableDiffusionPipeline

from dalle_studio.training.art import PACKAGES
from dalle_studio.training.captions import caption_words, phrases
from dalle_studio.training.files import whole_folder

LARGEST_FILE = "15MB"
"""Weights are divided so that no file exceeds 16 MB, a limit many hosts of source code set."""
_MODEL_CARD = Template("""\
---
license: apache-2.0
language: en
library_name: diffusers
pipeline_tag: text-to-image
---

# Dalle Studio starter model

A text-to-image model of $parameters million parameters, small enough to come with the studio. It draws
single things and simple scenes in a clip-art world, 256 x 256 pixels, in well under a second on a laptop.

It was trained from nothing, on $pictures pictures that a program composed from openly licensed emoji
art, each with its exact caption: $steps steps of the denoiser, $autoencoder_steps of the autoencoder.
No photographs, no pictures of real people and no artist's works were used. `vocabulary.json` lists all
the words it has read; it understands English only.

## How to use it

    from diffusers import StableDiffusionPipeline

    pipeline = StableDiffusionPipeline.from_pretrained("path/to/this/folder")
    pipeline("a red car on a beach", num_inference_steps=20, guidance_scale=3, height=256, width=256)

## What it cannot do

Faces, hands, text, photographs, more than three or four things at once, words outside its vocabulary.

## Parts

| part | kind |
|---|---|
| `unet` | UNet2DConditionModel, v-prediction, zero terminal SNR |
| `text_encoder`, `tokenizer` | CLIP text model with a vocabulary of its own |
| `vae` | AutoencoderTiny, 16 x 16 x 16 latents |
| `scheduler` | DPM-Solver++ (trailing) |

## Art it was trained on

$credits
""")


def export(pipeline: StableDiffusionPipeline, folder: Path, figures: dict[str, int]) -> None:
    """Write a pipeline in half precision with its vocabulary and model card.

    Args:
        pipeline: its networks are turned to float16.
        folder: replaced as a whole, once everything is written.
        figures: ``pictures``, ``steps`` and ``autoencoder_steps`` for the model card.
    """
    pipeline.to(dtype=torch.float16)
    with whole_folder(folder) as target:
        pipeline.save_pretrained(target, max_shard_size=LARGEST_FILE)
        for config in target.rglob("*.json"):
            _tidy(config)
        write_vocabulary(target / "vocabulary.json", caption_words(phrases()))
        (target / "README.md").write_text(model_card(pipeline, figures), "utf-8")


def _tidy(config: Path) -> None:
    """Make a configuration say float32, and nothing of the folder that a network was once loaded from.

    transformers loads a network in the number format its configuration names, diffusers in float32 whatever the
    files hold: they agree when the configuration says so.
    """
    values = json.loads(config.read_text("utf-8"))
    before = dict(values)
    values.pop("_name_or_path", None)
    if "dtype" in values:
        values["dtype"] = "float32"
    if values != before:
        config.write_text(json.dumps(values, indent=2) + "\n", "utf-8")


def write_vocabulary(path: Path, words: list[str]) -> None:
    """Write the words a model was trained on, in the form that the studio reads."""
    path.write_text(
        json.dumps({"language": ["en"], "words": words}, indent=0, ensure_ascii=False) + "\n", "utf-8"
    )


def model_card(pipeline: StableDiffusionPipeline, figures: dict[str, int]) -> str:
    """The README.md of an exported model."""
    networks = (pipeline.unet, pipeline.text_encoder, pipeline.vae)
    count = sum(weight.numel() for network in networks for weight in network.parameters())
    credits = "\n".join(
        f"- {package.credit} ({package.licence}), npm package `{package.name}`" for package in PACKAGES
    )
    counts = {name: f"{value:,}" for name, value in figures.items()}
    return _MODEL_CARD.substitute(counts, parameters=f"{count / 1e6:.0f}", credits=credits)
