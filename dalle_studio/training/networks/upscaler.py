"""The upscaler's training: a compact network learns to draw at 1024 px what it is shown at 256 px.

After Real-ESRGAN (Wang et al. 2021): the small pictures are made from large ones, and made worse in the ways that
the product's are: most went through the autoencoder. Without its adversary, which would invent texture: drawn art
has edges and plain colours, and an L1 loss suffices for those.
"""

# pyright: reportPrivateImportUsage=false
# diffusers exports its names lazily, which type checkers do not see.

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import cv2
import numpy as np
import torch
from diffusers import AutoencoderTiny
from PIL import Image
from safetensors.torch import save_file
from torch import Tensor, nn

from dalle_studio.engine.pipelines.compact import Compact, compact_of
from dalle_studio.engine.upscaler import FACTOR, WEIGHTS
from dalle_studio.training.draw.chance import chance, pick
from dalle_studio.training.networks.autoencoder import LATENT_NOISE, reconstruction_loss, to_tensor
from dalle_studio.training.networks.muon import MuonAdamW
from dalle_studio.training.pictures.large import Pixels
from dalle_studio.training.run.device import Device
from dalle_studio.training.run.files import whole_file
from dalle_studio.training.run.loop import cosine

CHANNELS = 32
CONVOLUTIONS = 12
CROP_SIDE = 192
"""Side of what is to be drawn; what is shown is a quarter of it, a multiple of 16."""
BATCH = 16
HELD_OUT = 8
"""The first pictures are never trained on; quality is measured on them."""
EXAMINED_SIDE = 384
DECODED_SHARE = 0.6
"""Share of the small pictures that went through the autoencoder."""
MUON_LR = 5e-3
ADAMW_LR = 2e-3
_FILTERS = (Image.Resampling.BOX, Image.Resampling.BICUBIC, Image.Resampling.LANCZOS)


def make_upscaler(channels: int = CHANNELS, convolutions: int = CONVOLUTIONS, seed: int = 0) -> Compact:
    """An untrained upscaler, which draws little into the squares that pixels become.

    Args:
        channels: of every layer.
        convolutions: between the first and the last.
        seed: decides the weights.
    """
    with torch.random.fork_rng(devices=[]):
        torch.manual_seed(seed)
        network = Compact(channels, convolutions)
        layers = [layer for layer in network.body if isinstance(layer, nn.Conv2d)]
        for layer in layers:
            nn.init.kaiming_normal_(layer.weight, nonlinearity="relu")
            nn.init.zeros_(layer.bias)  # pyright: ignore[reportArgumentType]
        layers[-1].weight.data.mul_(0.1)
    return network.to(memory_format=torch.channels_last)  # pyright: ignore[reportCallIssue]


class UpscalerLearner:
    """Trains an upscaler on random crops of large pictures."""

    name = "upscaler"

    def __init__(
        self,
        network: Compact,
        pictures: Sequence[Pixels],
        autoencoder: AutoencoderTiny,
        device: Device,
        seed: int = 0,
        crop_side: int = CROP_SIDE,
    ) -> None:
        """Prepare.

        Args:
            network: what to train.
            pictures: large ones, each (side, side, 3), 0 to 255; may be memory-mapped.
            autoencoder: through which most small pictures go, trained and fixed, on the device.
            device: where to train.
            seed: decides the crops and how the small pictures are made from them.
            crop_side: pixels, a multiple of 64.
        """
        self.network = network.to(device.name)
        self._pictures, self._autoencoder = pictures, autoencoder
        self._device, self._seed, self._crop_side = device, seed, crop_side
        last = f"body.{len(network.body) - 1}."
        self._optimizer = MuonAdamW(
            network.named_parameters(), for_adamw=("body.0.", last), muon_lr=MUON_LR, adamw_lr=ADAMW_LR
        )
        device.compile(network)

    def step(self, number: int, total: int) -> float:
        """One step on a fresh batch of crops."""
        rng = np.random.default_rng((self._seed, number))
        large = self._crops(rng)
        small = self._shown(large, rng, self._device.generator(self._seed, number))
        with self._device.precision():
            made = self.network(_unit(small, self._device.name))
        loss = reconstruction_loss(made, _unit(large, self._device.name))
        self._optimizer.step(loss, cosine(number, total, warm_up=50))
        return loss.item()

    def _crops(self, rng: np.random.Generator) -> Pixels:
        side, crops = self._crop_side, []
        for _ in range(BATCH * self._device.batch_scale):
            picture = self._pictures[int(rng.integers(HELD_OUT, len(self._pictures)))]
            top, left = rng.integers(0, len(picture) - side + 1, 2)
            crop = np.rot90(picture[top : top + side, left : left + side], int(rng.integers(4)))
            crops.append(crop[:, ::-1] if chance(rng, 0.5) else crop)
        return np.stack(crops)

    def _shown(self, large: Pixels, rng: np.random.Generator, generator: torch.Generator) -> Pixels:
        """The small pictures that belong to large ones, as the product would have drawn them."""
        small = np.stack([_reduced(each, rng) for each in large])
        decoded = rng.random(len(small)) < DECODED_SHARE
        if decoded.any():
            small[decoded] = self._decoded(small[decoded], generator)
        return np.stack([_worn(each, rng) for each in small])

    @torch.no_grad()
    def _decoded(self, small: Pixels, generator: torch.Generator) -> Pixels:
        """The pictures after a round trip through the autoencoder, whose latents a denoiser never quite hits."""
        with self._device.precision():
            latents = self._autoencoder.encoder(to_tensor(small, self._device.name)).float()
            noise = torch.randn(latents.shape, generator=generator, device=latents.device)
            made = self._autoencoder.decoder(latents + noise * LATENT_NOISE)
        return _pixels(made.float() / 2 + 0.5)

    def state_dict(self) -> dict[str, Any]:
        """Weights and optimizer."""
        return {"network": self.network.state_dict(), "optimizer": self._optimizer.state_dict()}

    def load_state_dict(self, state: dict[str, Any]) -> None:
        """Go on from `state_dict`, or from weights alone."""
        self.network.load_state_dict(state["network"])
        if "optimizer" in state:
            self._optimizer.load_state_dict(state["optimizer"])

    def examine(self, sheet: Path) -> str:
        """Enlarge the held-out pictures: by Lanczos above, by the network below, and how near each comes."""
        side = min(EXAMINED_SIDE, len(self._pictures[0]) // 64 * 64)
        wanted = np.stack([picture[:side, :side] for picture in self._pictures[:HELD_OUT]])
        small = np.stack([np.asarray(Image.fromarray(each).reduce(FACTOR)) for each in wanted])
        small = self._decoded(small, self._device.generator(self._seed))
        by_lanczos = np.stack([_lanczos(each, side) for each in small])
        with torch.no_grad(), self._device.precision():
            made = _pixels(
                torch.cat([self.network(part) for part in _unit(small, self._device.name).split(1)])
            )
        Image.fromarray(np.concatenate([np.hstack(list(rows)) for rows in (by_lanczos, made)])).save(sheet)
        before, after = _decibels(by_lanczos, wanted), _decibels(made, wanted)
        return f"{after:.2f} dB on held-out pictures, where Lanczos has {before:.2f} dB"


def _unit(pixels: Pixels, device: str) -> Tensor:
    """Pictures (batch, height, width, 3), 0 to 255, as a tensor (batch, 3, height, width), 0 to 1."""
    return to_tensor(pixels, device).div_(2).add_(0.5)


def _pixels(pictures: Tensor) -> Pixels:
    """The reverse of `_unit`."""
    levels = pictures.float().mul(255).round().clamp(0, 255).to(torch.uint8)
    return levels.permute(0, 2, 3, 1).cpu().numpy()


def _lanczos(pixels: Pixels, side: int) -> Pixels:
    return np.asarray(Image.fromarray(pixels).resize((side, side), Image.Resampling.LANCZOS))


def _decibels(made: Pixels, wanted: Pixels) -> float:
    """Mean peak signal-to-noise ratio."""
    error = np.square(made.astype(np.float64) - wanted).mean(axis=(1, 2, 3)) / 255**2
    return float(-10 * np.log10(np.maximum(error, 1e-10)).mean())


def _reduced(large: Pixels, rng: np.random.Generator) -> Pixels:
    """A picture at a quarter of its size, by one filter or another, some a little blurred."""
    side = len(large) // FACTOR
    small = np.asarray(Image.fromarray(large).resize((side, side), pick(rng, _FILTERS)))
    if chance(rng, 0.3):
        small = cv2.GaussianBlur(small, (0, 0), rng.uniform(0.3, 0.8))
    return small


def _worn(small: Pixels, rng: np.random.Generator) -> Pixels:
    """Some pictures with a little noise, and some with what JPEG does to them."""
    if chance(rng, 0.3):
        noise = rng.normal(0, rng.uniform(0.5, 3), small.shape)
        small = np.clip(small + noise, 0, 255).round().astype(np.uint8)
    if chance(rng, 0.15):
        quality = [cv2.IMWRITE_JPEG_QUALITY, int(rng.integers(60, 96))]
        return np.asarray(cv2.imdecode(cv2.imencode(".jpg", small, quality)[1], cv2.IMREAD_COLOR))
    return small


def load_upscaler(checkpoint: Path) -> Compact:
    """The upscaler of a checkpoint, ready for use and fixed."""
    return compact_of(torch.load(checkpoint, map_location="cpu", weights_only=True)["state"]["network"])


def export_upscaler(network: Compact, folder: Path) -> None:
    """Write an upscaler in half precision to where the studio looks for it in a model's folder."""
    weights = {name: weight.half().contiguous() for name, weight in network.state_dict().items()}
    with whole_file(folder / WEIGHTS) as path:
        save_file(weights, path)
