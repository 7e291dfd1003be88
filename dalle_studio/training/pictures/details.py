"""What the denoiser learns its second drawing from: compositions at twice their size, and what a first drawing
leaves of them.

A first drawing has one latent where the second has four, and nothing finer than that is in it. Details are
learnt on parts of the large pictures, each as large as a whole small one.
"""

# pyright: reportPrivateImportUsage=false
# diffusers exports its names lazily, which type checkers do not see.

from __future__ import annotations

from pathlib import Path

import numpy as np
import torch
from diffusers import AutoencoderTiny
from numpy.typing import NDArray
from torch import Tensor

from dalle_studio.engine.pipelines.contours import contours
from dalle_studio.training.networks.autoencoder import encode, enlarged, to_tensor
from dalle_studio.training.pictures.pairs import GRID, Pair, reduced
from dalle_studio.training.pictures.series import Drawn, Series
from dalle_studio.training.pictures.shards import CAPTIONS, Arrays, Shards, store_shards
from dalle_studio.training.run.device import Device
from dalle_studio.training.run.report import Report

MOST_NOISE = 0.5
"""The first drawing is not perfect either: at most so much noise, in standard deviations, is in its latents."""
PART = 32
"""Pictures that go through the autoencoder at once."""


def store_details(
    series: Series, count: int, model: AutoencoderTiny, device: Device, folder: Path, report: Report
) -> None:
    """Draw at least `count` pictures and keep their latents at twice their size (.npz)."""
    store_shards(series, count, lambda drawn: _arrays(drawn, model, device), folder, report)


def _arrays(drawn: list[Drawn], model: AutoencoderTiny, device: Device) -> Arrays:
    sketches = [enlarged(each.sketch, sharpness=0) for each in drawn]
    pixels = np.stack([each.pixels for each in drawn])
    return {
        "pictures": encode(model, np.stack([enlarged(each) for each in pixels]), device),
        "drawn_once": encode(model, drawn_once(model, pixels, device), device),
        "sketches": encode(model, np.stack(sketches), device),
        "contours": encode(model, np.stack([contours(each) for each in sketches]), device),
        "coverage": np.stack([reduced(each.coverage, 2 * GRID) for each in drawn]),
        "colours": np.stack([reduced(each, 2 * GRID).transpose(2, 0, 1) for each in pixels]),
        CAPTIONS: np.array([each.caption for each in drawn]),
    }


@torch.no_grad()
def drawn_once(model: AutoencoderTiny, pixels: NDArray[np.uint8], device: Device) -> NDArray[np.uint8]:
    """Pictures (count, height, width, 3) as small latents with some noise give them back, at twice their size."""
    made: list[NDArray[np.uint8]] = []
    for start in range(0, len(pixels), PART):
        small = to_tensor(pixels[start : start + PART], device.name)
        generator = device.generator(start, int(pixels[start].sum()))
        with device.precision():
            latents = model.encoder(small).float()
            noise = torch.randn(latents.shape, generator=generator, device=latents.device)
            share = torch.rand((len(latents), 1, 1, 1), generator=generator, device=latents.device)
            again = model.decoder(latents + noise * share * MOST_NOISE * latents.std()).float()
        levels = again.clamp(-1, 1).add(1).mul(127.5).permute(0, 2, 3, 1).byte().cpu().numpy()
        made += [enlarged(each, sharpness=0) for each in levels]
    return np.stack(made)


class Details(Shards):
    """All details that a folder holds so far, on a device."""

    def parts(self, chosen: Tensor, rng: np.random.Generator) -> tuple[Pair, Tensor]:
        """A random part of each large picture, and the same part as a first drawing shows it.

        Args:
            chosen: numbers of the pictures.
            rng: decides the parts.

        Returns:
            The parts, and unscaled latents (count, 16, `GRID`, `GRID`).
        """
        corners = rng.integers(0, GRID + 1, (len(chosen), 2)).tolist()

        def cut(name: str) -> Tensor:
            whole = self._tensors[name]
            parts = [
                whole[index, ..., top : top + GRID, left : left + GRID]
                for index, (top, left) in zip(chosen.tolist(), corners, strict=True)
            ]
            return torch.stack(parts).float()

        return Pair(
            cut("pictures"),
            cut("sketches"),
            cut("contours"),
            cut("coverage")[:, None] / 255,
            cut("colours") / 127.5 - 1,
        ), cut("drawn_once")
