"""Layers of a loaded network, set up to run fast on a CPU and to give every picture the same bits in any batch."""

from __future__ import annotations

from typing import Any

import psutil
import torch
import torch.nn.functional as F
from torch import nn

from dalle_studio.engine.pipelines.precision import Precision

_FULL_ROWS = 8


def set_up(network: nn.Module, precision: Precision, device: str) -> None:
    """Replace the layers' way of computing, in place; their weights stay what they are.

    Call it once, after the network has its final number format. `device`: what it will be used on.
    """
    packs = device == "cpu" and _can_pack(network, precision)
    rows_first = packs or (precision.channels_last and device == "cpu")
    for module in network.modules():
        if type(module) is nn.Linear:
            module.__class__ = _PackedLinear if packs else _SteadyLinear
        elif packs and type(module) is nn.Conv2d and not isinstance(module.padding, str):
            module.__class__ = _PackedConv2d
        elif rows_first and type(module) is nn.GroupNorm:
            module.__class__ = _RowMajorGroupNorm


def steady_batches(denoiser: nn.Module, precision: Precision) -> None:
    """Fix the layout of what goes into a denoiser (see `Precision.lay`), and let no float32 batch be of one.

    For a batch of one oneDNN takes another float32 convolution, which rounds otherwise. The same for a ControlNet.
    """
    forward: Any = denoiser.forward

    def steady(
        sample: torch.Tensor, timestep: Any, encoder_hidden_states: torch.Tensor, **options: Any
    ) -> Any:
        if len(sample) > 1 or precision.dtype != "float32":
            return forward(precision.lay(sample), timestep, encoder_hidden_states, **options)
        twice = precision.lay(sample.expand(2, -1, -1, -1))
        return _first(forward(twice, timestep, _twice(encoder_hidden_states), **_twice(options)))

    denoiser.forward = steady


def _twice(value: Any) -> Any:
    """The same with every tensor of one picture there twice."""
    match value:
        case torch.Tensor() if value.ndim and len(value) == 1:
            return value.expand(2, *value.shape[1:])
        case dict():
            return {name: _twice(each) for name, each in value.items()}
        case list() | tuple():
            return [_twice(each) for each in value]
        case _:
            return value


def _first(value: Any) -> Any:
    """The same with the first picture alone."""
    return value[:1] if isinstance(value, torch.Tensor) else tuple(map(_first, value))


class _SteadyLinear(nn.Linear):
    """Fills up few rows (the time embedding): below eight, BLAS takes other kernels, which round otherwise."""

    def forward(self, input: torch.Tensor) -> torch.Tensor:
        if input.ndim != 2 or len(input) >= _FULL_ROWS:
            return self.multiply(input)
        return self.multiply(F.pad(input, (0, 0, 0, _FULL_ROWS - len(input))))[: len(input)]

    def multiply(self, input: torch.Tensor) -> torch.Tensor:
        return F.linear(input, self.weight, self.bias)


class _PackedLinear(_SteadyLinear):
    """Keeps its weight in the order oneDNN's kernels read it, instead of reordering it at every call."""

    packed: torch.Tensor | None = None

    def multiply(self, input: torch.Tensor) -> torch.Tensor:
        if self.packed is None:
            rows = input.numel() // input.shape[-1]
            self.packed = torch.ops.mkldnn._reorder_linear_weight(self.weight, rows)
        return torch.ops.mkldnn._linear_pointwise(input, self.packed, self.bias, "none", [], "")


class _PackedConv2d(nn.Conv2d):
    """The same for a convolution."""

    packed: torch.Tensor | None = None

    def forward(self, input: torch.Tensor) -> torch.Tensor:
        how = (self.padding, self.stride, self.dilation, self.groups)
        if self.packed is None:
            weight = self.weight.to_mkldnn()
            reorder: Any = torch._C._nn.mkldnn_reorder_conv2d_weight  # type: ignore[attr-defined]
            self.packed = reorder(weight, *how, list(input.shape))
        return torch.ops.mkldnn._convolution_pointwise(input, self.packed, self.bias, *how, "none", [], "")


class _RowMajorGroupNorm(nn.GroupNorm):
    """Normalises rows-first. PyTorch's channels-last kernel takes eight times as long in bfloat16, and it adds up
    by thread, not by picture: in a batch of three on two threads the second picture would get other last bits."""

    def forward(self, input: torch.Tensor) -> torch.Tensor:
        return super().forward(input.contiguous())


def _can_pack(network: nn.Module, precision: Precision) -> bool:
    """bfloat16, memory for a second copy, and a torch that has what its own compiler emits."""
    size = sum(p.numel() * p.element_size() for p in network.parameters())
    return (
        precision.dtype == "bfloat16"
        and torch.backends.mkldnn.is_available()
        and torch.ops.mkldnn._is_mkldnn_bf16_supported()
        and hasattr(torch.ops.mkldnn, "_convolution_pointwise")
        and size
        < psutil.virtual_memory().total / 16  # not by what is free now: packing changes the last bits
    )
