"""Upscalers of many kinds (ESRGAN, SPAN, SwinIR, ...) from one safetensors file, which spandrel tells apart."""

from __future__ import annotations

from importlib import import_module
from typing import Any

import numpy as np
import torch
from safetensors.torch import load_file

from dalle_studio.core.errors import ModelUnusable
from dalle_studio.core.model import AddOn
from dalle_studio.core.sentence import say
from dalle_studio.engine.pipelines.add_ons import read
from dalle_studio.engine.pipelines.device import torch_device
from dalle_studio.engine.pipelines.memory import within_memory
from dalle_studio.engine.upscaler import Pixels
from dalle_studio.engine.without_torchvision import stand_in_for_torchvision

MARGIN_PX = 32
"""What such networks see around a tile. Some see farther, but what is there hardly matters to them."""


class SpandrelEnlarger:
    """A loaded network; keeps the `Enlarger` protocol."""

    margin_px = MARGIN_PX

    def __init__(self, network: Any, name: str, device: str) -> None:
        """Take the network over, a spandrel descriptor of one that makes colour pictures larger."""
        self.factor: int = network.scale
        self.name = f"{name} x{self.factor}"
        self._device = device
        half = device != "cpu" and network.supports_half  # bfloat16 would show as bands in the sky
        self._network = network.to(torch.device(device), torch.float16 if half else torch.float32).eval()

    @torch.inference_mode()
    def enlarge(self, pixels: Pixels) -> Pixels:
        """See `Enlarger.enlarge`."""
        with within_memory(self._device):
            picture = torch.from_numpy(np.array(pixels)).to(self._device).permute(2, 0, 1)[None] / 255
            large = self._network(picture.to(self._network.dtype))[0].float()
            large = (large * 255).round().clamp(0, 255).to(torch.uint8)
            return large.permute(1, 2, 0).contiguous().cpu().numpy()


def load(add_on: AddOn) -> SpandrelEnlarger:
    """The network in the add-on's file. Raises ModelUnusable where it is damaged or does something else."""
    spandrel = _spandrel()

    def network_of(add_on: AddOn) -> Any:
        weights: Any = load_file(add_on.path)  # no pickles: spandrel itself would read them
        return spandrel.ModelLoader().load_from_state_dict(spandrel.canonicalize_state_dict(weights))

    network = read(add_on, network_of)
    is_of_images = isinstance(network, spandrel.ImageModelDescriptor)
    if not is_of_images or _shape(network) != (3, 3) or network.scale < 2:
        raise ModelUnusable(
            say("{add_on} does not make colour pictures larger.", add_on=add_on.label),
            say("Take another upscaler."),
        )
    return SpandrelEnlarger(network, add_on.name, torch_device())


def _spandrel() -> Any:
    try:
        with stand_in_for_torchvision():
            return import_module("spandrel")
    except ImportError as error:
        raise ModelUnusable(
            say("spandrel, which reads upscalers, is not installed."),
            say("Run: pip install --no-deps spandrel; or leave the choice of the upscaler to the model."),
            repr(error),
        ) from error


def _shape(network: Any) -> tuple[int, int]:
    return network.input_channels, network.output_channels
