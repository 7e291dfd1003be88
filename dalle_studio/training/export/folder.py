"""The finished model: an ordinary Stable Diffusion folder that any diffusers installation can load."""

# pyright: reportPrivateImportUsage=false
# diffusers exports its names lazily, which type checkers do not see.

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import Any

import torch
from diffusers import StableDiffusionPipeline, T2IAdapter

from dalle_studio.training.export.model_card import model_card, notices
from dalle_studio.training.export.restore import FIGURES
from dalle_studio.training.run.files import whole_folder
from dalle_studio.training.words.lexicon import lexicon

LARGEST_FILE = "15MB"
"""Weights are divided so that no file exceeds 16 MB, a limit many hosts of source code set."""
STUDIO = {
    "label": "Starter model",
    "version": "1.4",
    "family": "starter",
    "abilities": ["create", "place", "vary", "blend", "extend"],
    "native_px": 512,
    "steps": {"draft": 6, "standard": 12, "fine": 24},
    "guidance_scale": 2.0,
    "licence": {
        "name": "Apache-2.0",
        "commercial": "yes",
        "url": "https://www.apache.org/licenses/LICENSE-2.0",
        "terms": "Keep the notices.",
    },
}
"""What the studio's catalogue says of the model; the version changes whenever its pictures change."""


def export(
    pipeline: StableDiffusionPipeline,
    adapter: T2IAdapter,
    library: Path,
    folder: Path,
    figures: dict[str, int],
) -> None:
    """Write the model in half precision, with its art, its words, its card and its notices.

    Args:
        pipeline: its networks are turned to float16.
        adapter: likewise.
        library: the file that `library.write_library` wrote.
        folder: replaced as a whole, once everything is written.
        figures: for the model card and `restore`, see `restore.FIGURES`.
    """
    pipeline.to(dtype=torch.float16)
    with whole_folder(folder) as target:
        pipeline.save_pretrained(target, max_shard_size=LARGEST_FILE)
        adapter.half().save_pretrained(target / "adapter")
        shutil.copyfile(library, target / "art.zip")
        for config in target.rglob("*.json"):
            _tidy(config)
        _write_json(target / "lexicon.json", lexicon().to_json())
        _write_json(target / "studio.json", STUDIO)
        _write_json(target / FIGURES, figures)
        (target / "README.md").write_text(model_card(figures, _parameters(pipeline, adapter)), "utf-8")
        (target / "NOTICE.md").write_text(notices(), "utf-8")


def _parameters(pipeline: StableDiffusionPipeline, adapter: T2IAdapter) -> int:
    networks = (pipeline.unet, pipeline.text_encoder, pipeline.vae, adapter)
    return sum(weight.numel() for network in networks for weight in network.parameters())


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


def _write_json(path: Path, values: dict[str, Any]) -> None:
    path.write_text(json.dumps(values, indent=1, ensure_ascii=False) + "\n", "utf-8")
