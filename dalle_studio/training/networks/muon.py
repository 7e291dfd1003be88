"""Muon: momentum, orthogonalised (Keller Jordan and others, 2024).

The update of every hidden weight matrix is replaced by the nearest matrix whose singular values are
all about 1, so that rare directions of the gradient move the weights as much as common ones do.
Vectors, embeddings and the first and last layers are left to AdamW, as the authors advise.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

import torch
from torch import Tensor
from torch.optim import AdamW, Optimizer

NEWTON_SCHULZ = (3.4445, -4.7750, 2.0315)
"""Coefficients of the quintic iteration; they drive singular values into 0.7 to 1.2 within five steps."""


def orthogonalise(matrices: Tensor, steps: int = 5) -> Tensor:
    """Matrices (..., rows, columns) with the same singular vectors and singular values near 1.

    The iteration runs on the small square of products of rows and meets the long matrix only at its start and
    end: on a CPU that takes two thirds of the usual time. All of it is float32: a rounded square may have
    eigenvalues below 0, which the iteration blows up.
    """
    tall = matrices.shape[-2] > matrices.shape[-1]
    x = matrices.mT if tall else matrices
    x = (x / (x.norm(dim=(-2, -1), keepdim=True) + 1e-7)).float()
    a, b, c = NEWTON_SCHULZ
    gram = x @ x.mT
    factor = torch.eye(gram.shape[-1], device=gram.device)
    for left in reversed(range(steps)):
        step = b * gram + c * gram @ gram
        step.diagonal(dim1=-2, dim2=-1).add_(a)
        factor = step @ factor
        if left:
            gram = step @ gram @ step
    made = factor @ x
    return made.mT if tall else made


class Muon(Optimizer):
    """Stochastic gradient descent with Nesterov momentum whose steps are orthogonalised.

    Convolution kernels (out, in, height, width) count as matrices (out, in * height * width).
    """

    def __init__(
        self,
        params: Iterable[Tensor],
        lr: float = 0.02,
        momentum: float = 0.95,
        weight_decay: float = 0.0,
        steps: int = 5,
    ) -> None:
        """Set up.

        Args:
            params: weights of two or more dimensions.
            lr: size of a step; its root-mean-square effect on a matrix does not depend on the gradient.
            momentum: share of the running mean of gradients that is kept, 0 to 1.
            weight_decay: share of a weight lost at each step, times lr.
            steps: Newton-Schulz iterations, 4 or 5.
        """
        defaults = {"lr": lr, "momentum": momentum, "weight_decay": weight_decay, "steps": steps}
        super().__init__(params, defaults)

    @torch.no_grad()
    def step(self, closure: None = None) -> None:  # pyright: ignore[reportIncompatibleMethodOverride]
        """Update every weight that has a gradient. Weights of one shape are done together."""
        for group in self.param_groups:
            alike: dict[tuple[int, ...], list[Tensor]] = defaultdict(list)
            for weight in group["params"]:
                if weight.grad is not None:
                    alike[tuple(weight.shape)].append(weight)
            for weights in alike.values():
                self._step_alike(weights, group)

    def _step_alike(self, weights: list[Tensor], group: dict[str, float]) -> None:
        momentum = group["momentum"]
        directions = []
        for weight in weights:
            gradient, state = weight.grad, self.state[weight]
            assert gradient is not None
            if not state:
                state["mean"] = torch.zeros_like(gradient)
            state["mean"].lerp_(gradient, 1 - momentum)
            directions.append(gradient.lerp(state["mean"], momentum).flatten(1))
        updates = _orthogonalised(directions, int(group["steps"]))
        rows, columns = updates[0].shape
        size = group["lr"] * max(1, rows / columns) ** 0.5
        for weight, update in zip(weights, updates, strict=True):
            weight.mul_(1 - group["lr"] * group["weight_decay"])
            weight.add_(update.view(weight.shape), alpha=-size)


def _orthogonalised(matrices: list[Tensor], steps: int) -> list[Tensor]:
    """On a GPU all at once, which saves launches; on a CPU one by one, which is half as fast again."""
    if matrices[0].is_cuda:
        return list(orthogonalise(torch.stack(matrices), steps))
    return [orthogonalise(matrix, steps) for matrix in matrices]


class MuonAdamW:
    """Muon for hidden matrices and AdamW for all other weights, stepped and scheduled together."""

    def __init__(
        self,
        named: Iterable[tuple[str, torch.nn.Parameter]],
        *,
        for_adamw: tuple[str, ...],
        muon_lr: float,
        adamw_lr: float,
        weight_decay: float = 0.0,
        newton_schulz_steps: int = 5,
    ) -> None:
        """Divide the weights.

        Args:
            named: names and weights, as from ``named_parameters()``.
            for_adamw: parts of names whose matrices go to AdamW: embeddings, first and last layers.
            muon_lr: highest learning rate of Muon.
            adamw_lr: highest learning rate of AdamW.
            weight_decay: of Muon.
            newton_schulz_steps: of Muon.
        """
        matrices, others = [], []
        for name, weight in named:
            plain = weight.ndim < 2 or any(part in name for part in for_adamw)
            (others if plain else matrices).append(weight)
        self._adamw_weights = others
        muon = Muon(matrices, lr=muon_lr, weight_decay=weight_decay, steps=newton_schulz_steps)
        adamw = AdamW(others, adamw_lr, betas=(0.9, 0.95), weight_decay=0.0)
        self._optimizers, self._highest = (muon, adamw), (muon_lr, adamw_lr)

    def step(self, loss: Tensor, rate: float) -> None:
        """One step down the gradient of `loss`, with `rate` (0 to 1) of the highest learning rates.

        The gradient that AdamW sees is clipped to length 1; Muon's steps have a fixed size anyway.
        """
        for optimizer, highest in zip(self._optimizers, self._highest, strict=True):
            optimizer.zero_grad(set_to_none=True)
            for group in optimizer.param_groups:
                group["lr"] = highest * rate
        loss.backward()
        torch.nn.utils.clip_grad_norm_(self._adamw_weights, 1.0)
        for optimizer in self._optimizers:
            optimizer.step()

    def state_dict(self) -> list[dict[str, object]]:
        """The states of both optimizers."""
        return [optimizer.state_dict() for optimizer in self._optimizers]

    def load_state_dict(self, states: list[dict[str, object]]) -> None:
        """Go on from what `state_dict` returned."""
        for optimizer, state in zip(self._optimizers, states, strict=True):
            optimizer.load_state_dict(state)
