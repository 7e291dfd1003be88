"""The classifier of an add-on that tells pictures not everybody wants to see: any of transformers' for images."""

from __future__ import annotations

from typing import Any

import numpy as np
import torch
from PIL import Image
from transformers import AutoImageProcessor, AutoModelForImageClassification

from dalle_studio.core.model import AddOn
from dalle_studio.engine.pipelines.add_ons import read
from dalle_studio.engine.pipelines.memory import within_memory
from dalle_studio.engine.upscaler import Pixels

HARMLESS = ("normal", "neutral", "safe", "sfw", "drawing", "drawings")
"""Labels that mean no concern, as the classifiers in use name them; every other label means one."""


class Classifier:
    """A loaded classifier; keeps the `Judge` protocol."""

    def __init__(self, add_on: AddOn) -> None:
        """Load the folder. Raises nearly everything where it is missing or damaged."""
        if not add_on.path.is_dir():  # transformers would take the path for a repository on the hub
            raise FileNotFoundError(f"no folder {add_on.path}")
        local: Any = {"local_files_only": True, "trust_remote_code": False}
        self._prepare: Any = AutoImageProcessor.from_pretrained(str(add_on.path), use_fast=False, **local)
        network: Any = AutoModelForImageClassification.from_pretrained(
            str(add_on.path), use_safetensors=True, **local
        )
        self._network = network.eval()  # on the CPU: it is small, and takes no memory from what draws
        labels: dict[int, str] = network.config.id2label
        self._worrying = {number: label for number, label in labels.items() if label.lower() not in HARMLESS}
        if not self._worrying or len(self._worrying) == len(labels):
            raise ValueError(f"labels that do not tell what is harmless: {labels}")

    @torch.inference_mode()
    def concern(self, pixels: Pixels) -> tuple[str, float]:
        """See `Judge.concern`. Certainties of all labels that mean concern add up."""
        with within_memory("cpu"):
            inputs = self._prepare(Image.fromarray(np.ascontiguousarray(pixels)), return_tensors="pt")
            shares = self._network(**inputs).logits[0].float().softmax(0)
        likeliest = max(self._worrying, key=lambda number: float(shares[number]))
        return self._worrying[likeliest], float(sum(shares[number] for number in self._worrying))


def load(add_on: AddOn) -> Classifier:
    """The classifier in the add-on's folder. Raises ModelUnusable where it is none, or damaged."""
    return read(add_on, Classifier)
