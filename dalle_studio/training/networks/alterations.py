"""What happens to pictures before the image encoder sees them in training."""

from __future__ import annotations

import torch
import torch.nn.functional as nnf
from torch import Tensor


def altered(pictures: Tensor, generator: torch.Generator) -> Tensor:
    """Pictures (count, 3, side, side), -1 to 1, each moved, recoloured, blurred and made noisy a little."""
    count = len(pictures)

    def between(low: float, high: float) -> Tensor:
        return torch.rand(count, 1, 1, 1, generator=generator, device=pictures.device) * (high - low) + low

    grid = nnf.affine_grid(_moves(count, generator), list(pictures.shape), align_corners=False)
    made = nnf.grid_sample(pictures, grid, padding_mode="reflection", align_corners=False)
    grey = made.mean(1, keepdim=True)
    made = (grey + (made - grey) * between(0.8, 1.2)) * between(0.85, 1.1) + between(-0.1, 0.1)
    for width in (3, 5):
        blurred = nnf.avg_pool2d(made, width, 1, width // 2, count_include_pad=False)
        made = torch.lerp(made, blurred, between(-0.5, 1).clamp(min=0))
    noise = torch.randn(made.shape, generator=generator, device=made.device)
    return (made + noise * between(-0.1, 0.15).clamp(min=0)).clamp(-1, 1)


def _moves(count: int, generator: torch.Generator) -> Tensor:
    """Affine maps (count, 2, 3): a crop of 0.7 to 1, turned and stretched a little, rarely mirrored."""

    def between(low: float, high: float) -> Tensor:
        return torch.rand(count, generator=generator, device=generator.device) * (high - low) + low

    angle, zoom, stretch = between(-0.12, 0.12), between(0.7, 1), between(-0.1, 0.1).exp()
    mirror = torch.where(between(0, 1) < 0.03, -1.0, 1.0)
    right, down = (1 - zoom) * between(-1, 1), (1 - zoom) * between(-1, 1)
    cos, sin = angle.cos() * zoom, angle.sin() * zoom
    rows = (cos * stretch * mirror, -sin, right, sin * mirror, cos / stretch, down)
    return torch.stack(rows, dim=1).view(count, 2, 3)


def strange_pictures(pictures: Tensor, generator: torch.Generator) -> Tensor:
    """As many pictures of other kinds: textures, gradients, other colours, collages."""
    count, side = len(pictures), pictures.shape[-1]
    made: list[Tensor] = []
    for place, picture in enumerate(pictures):
        kind, other = place % 4, pictures[(place + 1) % count]
        choice = int(torch.randint(4, (1,), generator=generator, device=picture.device))
        if kind < 2:
            cells = (4, 8, 16, 32)[choice] if kind == 0 else 2 + choice // 2
            coarse = torch.randn(1, 3, cells, cells, generator=generator, device=picture.device)
            made.append(nnf.interpolate(coarse, side, mode="bilinear")[0].mul(0.8))
        elif kind == 2:
            order = torch.randperm(3, generator=generator, device=picture.device)
            made.append(picture[order] * (-1 if choice < 2 else 1))
        else:
            turned = torch.rot90(other, choice, (1, 2))
            half = torch.arange(side, device=picture.device) < side * (2 + choice) / 7
            made.append(torch.where(half if choice % 2 else half[:, None], picture, turned))
    return torch.stack(made).clamp(-1, 1)
