"""Small pictures of latents while they are being denoised, at nearly no cost.

One linear map from latent channels to red, green and blue, fitted by least squares when the model is loaded:
works for every autoencoder, needs no decoder.
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import torch
import torch.nn.functional as F

from dalle_studio.engine.base import Pixels

_PICTURES = 6


class LatentPreview:
    """Renders latents of one autoencoder as RGB."""

    def __init__(self, encode: Callable[[torch.Tensor], torch.Tensor], side_px: int) -> None:
        """Fit the map.

        Args:
            encode: (n, 3, h, w) from -1 to 1 -> (n, channels, rows, columns).
            side_px: of the pictures to fit it on.
        """
        images = _smooth_noise(side_px)
        with torch.inference_mode():
            latents = torch.cat([encode(image[None]) for image in images]).float().cpu()
        colours = F.adaptive_avg_pool2d(images, (latents.shape[-2], latents.shape[-1]))
        design = torch.cat([latents, torch.ones_like(latents[:, :1])], dim=1)
        rows, wanted = (x.permute(0, 2, 3, 1).reshape(-1, x.shape[1]).numpy() for x in (design, colours))
        self._weights: np.ndarray = np.linalg.lstsq(rows, wanted, rcond=None)[0]

    def render(self, latents: torch.Tensor) -> Pixels:
        """(n, channels, rows, columns) -> uint8 (n, rows, columns, 3)."""
        values = latents.float().cpu().permute(0, 2, 3, 1).numpy()
        colours = values @ self._weights[:-1] + self._weights[-1]
        return np.clip(colours * 127.5 + 127.5, 0, 255).astype(np.uint8)


def _smooth_noise(side_px: int) -> torch.Tensor:
    generator = torch.Generator().manual_seed(0)
    coarse = torch.rand(_PICTURES, 3, 6, 6, generator=generator) * 2 - 1
    return F.interpolate(coarse, size=(side_px, side_px), mode="bicubic", align_corners=False).clamp(-1, 1)
