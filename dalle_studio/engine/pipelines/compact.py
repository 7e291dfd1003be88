"""A small network that draws a picture four times as large: Real-ESRGAN's compact one (Wang et al. 2021).

A plain row of convolutions at the small size; the last one makes the 4 x 4 pixels that each pixel becomes. The
weights are named as in the authors' SRVGGNetCompact, so every program that reads such files reads these.
"""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import torch
import torch.nn.functional as F
from safetensors import SafetensorError
from safetensors.torch import load_file
from torch import Tensor, nn

from dalle_studio.core.errors import ModelUnusable
from dalle_studio.core.model import Model
from dalle_studio.core.sentence import say
from dalle_studio.engine.base import Pixels
from dalle_studio.engine.pipelines.memory import within_memory
from dalle_studio.engine.pipelines.precision import Precision
from dalle_studio.engine.upscaler import FACTOR, WEIGHTS


class Compact(nn.Module):
    """SRVGGNetCompact: (batch, 3, height, width), 0 to 1 -> the same, `FACTOR` times as high and as wide."""

    def __init__(self, channels: int, convolutions: int) -> None:
        """Untrained; `convolutions` counts those between the first and the last."""
        super().__init__()
        layers: list[nn.Module] = [nn.Conv2d(3, channels, 3, padding=1), nn.PReLU(channels)]
        for _ in range(convolutions):
            layers += [nn.Conv2d(channels, channels, 3, padding=1), nn.PReLU(channels)]
        self.body = nn.Sequential(*layers, nn.Conv2d(channels, 3 * FACTOR**2, 3, padding=1))

    def forward(self, pictures: Tensor) -> Tensor:
        """See the class."""
        return F.interpolate(pictures, scale_factor=FACTOR) + self.drawn(pictures)

    def drawn(self, pictures: Tensor) -> Tensor:
        """What is drawn into the large squares that the pixels become; float32, however it was computed."""
        return F.pixel_shuffle(self.body(pictures), FACTOR).float()


def compact_of(weights: Mapping[str, Tensor]) -> Compact:
    """The network that has these weights, in float32.

    Raises LookupError, TypeError or RuntimeError where they do not fit.
    """
    convolutions = (len({name.split(".")[1] for name in weights}) - 3) // 2
    with torch.device("meta"):  # a damaged file can name sides for which there is no memory
        network = Compact(len(weights["body.0.bias"]), convolutions)
    copies = {name: weight.to(torch.float32, copy=True) for name, weight in weights.items()}
    network.load_state_dict(copies, assign=True)
    return network.eval().requires_grad_(False)


class CompactEnlarger:
    """A loaded network; keeps the `Enlarger` protocol. One picture at a time, so that none has company."""

    factor = FACTOR

    def __init__(self, network: Compact, name: str, precision: Precision, device: str) -> None:
        """Take the network over: it changes number format, layout and device."""
        self.name = name
        self.margin_px = sum(isinstance(layer, nn.Conv2d) for layer in network.body)
        self._precision, self._device, self._network = precision, device, network
        precision.apply(network.to(device))

    @torch.inference_mode()
    def enlarge(self, pixels: Pixels) -> Pixels:
        """See `Enlarger.enlarge`. The squares stay float32: bfloat16 would show as bands in the sky."""
        with within_memory(self._device):
            picture = torch.from_numpy(np.array(pixels)).to(self._device).permute(2, 0, 1)[None] / 255
            large = F.interpolate(picture, scale_factor=FACTOR)
            large = large + self._network.drawn(self._precision.lay(picture))
            large = (large[0] * 255).round().clamp(0, 255).to(torch.uint8)
            return large.permute(1, 2, 0).contiguous().cpu().numpy()


def load(model: Model, precision: str, device: str) -> CompactEnlarger:
    """The network in the model's folder. Raises ModelUnusable where it is damaged.

    Args:
        model: whose network.
        precision: one of `core.request.PRECISIONS` but "auto".
        device: for example "cpu".
    """
    try:
        network = compact_of(load_file(model.folder / WEIGHTS))
    except (OSError, ValueError, LookupError, TypeError, RuntimeError, SafetensorError) as error:
        raise ModelUnusable(
            say(
                "The upscaler of the model {model} in {folder} is damaged.",
                model=model.label,
                folder=model.folder,
            ),
            say("Install the model again."),
            repr(error),
        ) from error
    return CompactEnlarger(network, f"{model.name} x{FACTOR}", Precision.named(precision), device)
