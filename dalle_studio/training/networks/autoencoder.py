"""The autoencoder: diffusers' AutoencoderTiny (the TAESD of Ollin Boer Bohan), trained from nothing.

256 x 256 pictures become 16 x 16 x 16 latents of about unit variance: as many values as the usual
32 x 32 x 4, on a grid on which a denoiser is about three times faster.
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
import torch.nn.functional as nnf
from diffusers import AutoencoderTiny
from diffusers.models.autoencoders.vae import AutoencoderTinyBlock
from numpy.typing import NDArray
from PIL import Image
from torch import Tensor, nn

from dalle_studio.training.draw.frame import SIDE
from dalle_studio.training.networks.muon import MuonAdamW
from dalle_studio.training.run.device import Device
from dalle_studio.training.run.loop import cosine

LATENT_CHANNELS = 16
DOWNSAMPLING = 16
ENCODER_WIDTH = 48
DECODER_WIDTH = 64
CROP_SIDE = 96
BATCH = 16
HELD_OUT = 48
"""The first pictures are never trained on; quality is measured on them."""
LATENT_NOISE = 0.08
"""Standard deviation of the noise added in training, which teaches the decoder to forgive small errors."""
MUON_LR = 5e-3
ADAMW_LR = 2e-3


def make_autoencoder(
    encoder_width: int = ENCODER_WIDTH, decoder_width: int = DECODER_WIDTH, seed: int = 0
) -> AutoencoderTiny:
    """An untrained autoencoder; its residual branches start small.

    Args:
        encoder_width: channels at every level of the encoder, through which every training picture goes.
        decoder_width: channels at every level of the decoder.
        seed: decides the weights.
    """
    with torch.random.fork_rng(devices=[]):
        torch.manual_seed(seed)
        model = _untrained(encoder_width, decoder_width)
        _scale_weights(model)
    return model.to(memory_format=torch.channels_last)  # pyright: ignore[reportCallIssue]


def _untrained(encoder_width: int, decoder_width: int) -> AutoencoderTiny:
    model = AutoencoderTiny(
        encoder_block_out_channels=(encoder_width,) * 5,
        decoder_block_out_channels=(decoder_width,) * 5,
        num_encoder_blocks=(0, 0, 1, 2, 4),
        num_decoder_blocks=(4, 2, 1, 0, 0),
        latent_channels=LATENT_CHANNELS,
    )
    for module in model.modules():
        if isinstance(module, nn.Conv2d):
            nn.init.kaiming_normal_(module.weight, nonlinearity="relu")
            if module.bias is not None:
                nn.init.zeros_(module.bias)
    return model


@torch.no_grad()
def _scale_weights(model: AutoencoderTiny) -> None:
    for module in model.modules():
        if isinstance(module, AutoencoderTinyBlock):
            module.conv[-1].weight.mul_(0.2)  # pyright: ignore[reportCallIssue, reportArgumentType]
    last = model.decoder.layers[-1]
    model.encoder.layers[-1].weight.mul_(0.5)  # pyright: ignore[reportCallIssue, reportArgumentType]
    last.weight.mul_(0.1)  # pyright: ignore[reportCallIssue, reportArgumentType]
    last.bias.fill_(0.5)  # pyright: ignore[reportCallIssue, reportArgumentType]


def to_tensor(pixels: NDArray[np.uint8], device: str) -> Tensor:
    """Pictures (batch, height, width, 3), 0 to 255, as a tensor (batch, 3, height, width), -1 to 1."""
    tensor = torch.from_numpy(np.ascontiguousarray(pixels)).to(device).permute(0, 3, 1, 2)
    return tensor.float().div_(127.5).sub_(1).contiguous(memory_format=torch.channels_last)


def reconstruction_loss(made: Tensor, wanted: Tensor) -> Tensor:
    """L1 at four scales, plus a quarter of the L1 between gradients at the two finest."""
    loss = made.new_zeros(())
    for scale in range(4):
        loss = loss + (made - wanted).abs().mean()
        if scale < 2:
            for dim in (-1, -2):
                loss = loss + 0.25 * (made.diff(dim=dim) - wanted.diff(dim=dim)).abs().mean()
        made, wanted = nnf.avg_pool2d(made, 2), nnf.avg_pool2d(wanted, 2)
    return loss


def standardness_loss(latents: Tensor) -> Tensor:
    """Zero where every channel of the latents has mean 0 and variance 1."""
    variance = latents.var((0, 2, 3)) + 1e-5
    return latents.mean((0, 2, 3)).square().mean() + variance.log().square().mean()


class AutoencoderLearner:
    """Trains an autoencoder on random crops of pictures."""

    name = "autoencoder"

    def __init__(
        self,
        model: AutoencoderTiny,
        pixels: Sequence[NDArray[np.uint8]],
        device: Device,
        seed: int = 0,
        crop_side: int = CROP_SIDE,
    ) -> None:
        """Prepare.

        Args:
            model: what to train.
            pixels: pictures, each (256, 256, 3), 0 to 255; may be memory-mapped.
            device: where to train.
            seed: decides the crops and the noise.
            crop_side: pixels, a multiple of 16.
        """
        self.model = model.to(device.name)  # pyright: ignore[reportArgumentType]
        self._pixels, self._device, self._seed, self._crop_side = pixels, device, seed, crop_side
        self._optimizer = MuonAdamW(
            ((name, weight) for name, weight in model.named_parameters() if weight.requires_grad),
            for_adamw=("encoder.layers.0.", f"decoder.layers.{len(model.decoder.layers) - 1}."),
            muon_lr=MUON_LR,
            adamw_lr=ADAMW_LR,
        )
        device.compile(model.encoder, model.decoder)

    def step(self, number: int, total: int) -> float:
        """One step on a fresh batch of crops."""
        pictures = to_tensor(self._crops(np.random.default_rng((self._seed, number))), self._device.name)
        generator = self._device.generator(self._seed, number)
        with self._device.precision():
            latents = self.model.encoder(pictures).float()
            noise = torch.randn(latents.shape, generator=generator, device=latents.device)
            made = self.model.decoder(latents + noise * LATENT_NOISE)
        loss = reconstruction_loss(made.float(), pictures) + 0.01 * standardness_loss(latents)
        self._optimizer.step(loss, cosine(number, total, warm_up=100))
        return loss.item()

    def _crops(self, rng: np.random.Generator) -> NDArray[np.uint8]:
        side = self._crop_side
        crops = []
        for _ in range(BATCH * self._device.batch_scale):
            index = int(rng.integers(HELD_OUT, len(self._pixels)))
            top, left = rng.integers(0, SIDE - side + 1, 2)
            crops.append(_varied(self._crop(index, int(top), int(left), rng), rng))
        return np.stack(crops)

    def _crop(self, index: int, top: int, left: int, rng: np.random.Generator) -> NDArray[np.uint8]:
        side = self._crop_side
        return self._pixels[index][top : top + side, left : left + side]

    def state_dict(self) -> dict[str, Any]:
        """Weights and optimizer."""
        return {"model": self.model.state_dict(), "optimizer": self._optimizer.state_dict()}

    def load_state_dict(self, state: dict[str, Any]) -> None:
        """Go on from `state_dict`, or from weights alone."""
        self.model.load_state_dict(state["model"])
        if "optimizer" in state:
            self._optimizer.load_state_dict(state["optimizer"])

    def examine(self, sheet: Path) -> str:
        """Reconstruct the held-out pictures: originals above, reconstructions below, and the mean PSNR."""
        wanted = to_tensor(np.stack(self._pixels[:HELD_OUT]), self._device.name)
        made = torch.cat([self._reconstruct(part) for part in wanted.split(16)])
        error = (made - wanted).square().mean((1, 2, 3)) / 4
        rows = [torch.cat(list(part[:8]), dim=2) for part in (wanted, made, wanted[8:], made[8:])]
        picture = torch.cat(rows, dim=1).permute(1, 2, 0).add(1).mul(127.5)
        Image.fromarray(picture.byte().cpu().numpy()).save(sheet)
        return f"{(-10 * error.log10()).mean().item():.2f} dB on held-out pictures"

    @torch.no_grad()
    def _reconstruct(self, pictures: Tensor) -> Tensor:
        with self._device.precision():
            made = self.model.decoder(self.model.encoder(pictures))
        return made.float().clamp(-1, 1)


class DecoderLearner(AutoencoderLearner):
    """Trains the decoder alone, when latents of the encoder are in use already.

    Half of the crops come from pictures enlarged to twice their size, as the product draws them.
    """

    name = "decoder"

    def __init__(
        self, model: AutoencoderTiny, pixels: Sequence[NDArray[np.uint8]], device: Device, seed: int = 0
    ) -> None:
        """Fix the encoder of a trained autoencoder; see `AutoencoderLearner`."""
        model.encoder.requires_grad_(False)
        model.decoder.requires_grad_(True)
        super().__init__(model, pixels, device, seed)

    def _crop(self, index: int, top: int, left: int, rng: np.random.Generator) -> NDArray[np.uint8]:
        crop = super()._crop(index, top, left, rng)
        if rng.random() < 0.5:
            return crop
        half = self._crop_side // 2
        return enlarged(crop[:half, :half])


def enlarged(pixels: NDArray[np.uint8], sharpness: float = 0.6) -> NDArray[np.uint8]:
    """Pixels (height, width, 3) at twice their size, their edges sharpened (unsharp mask) by so much."""
    height, width = pixels.shape[:2]
    large = cv2.resize(pixels, (2 * width, 2 * height), interpolation=cv2.INTER_LANCZOS4)
    soft = cv2.GaussianBlur(large, (0, 0), 1.5)
    return np.asarray(cv2.addWeighted(large, 1 + sharpness, soft, -sharpness, 0), np.uint8)


def _varied(crop: NDArray[np.uint8], rng: np.random.Generator) -> NDArray[np.uint8]:
    """A crop mirrored or turned, every second one in other colours: paintings hold more than clip art does."""
    crop = np.rot90(crop, int(rng.integers(4)))
    if rng.random() < 0.5:
        crop = crop[:, ::-1]
    if rng.random() < 0.5:
        return crop
    levels = np.linspace(0, 1, 256)[:, None] ** rng.uniform(0.6, 1.6, 3)
    low, high = rng.uniform(0, 0.3, 3), rng.uniform(0.7, 1, 3)
    table = ((low + (high - low) * levels) * 255).astype(np.uint8)
    return table[crop[..., rng.permutation(3)], np.arange(3)]


def load_autoencoder(checkpoint: Path) -> AutoencoderTiny:
    """The autoencoder of a checkpoint, ready for use and fixed."""
    saved = torch.load(checkpoint, map_location="cpu", weights_only=True)
    weights = saved["state"]["model"]
    model = make_autoencoder(len(weights["encoder.layers.0.bias"]), len(weights["decoder.layers.0.bias"]))
    model.load_state_dict(weights)
    return model.eval().requires_grad_(False)


@torch.no_grad()
def encode(model: AutoencoderTiny, pixels: NDArray[np.uint8], device: Device) -> NDArray[np.float16]:
    """Latents (count, 16, 16, 16) of pictures (count, 256, 256, 3), unscaled."""
    with device.precision():
        parts = [
            model.encoder(to_tensor(pixels[start : start + 32], device.name)).float()
            for start in range(0, len(pixels), 32)
        ]
    return torch.cat(parts).cpu().numpy().astype(np.float16)
