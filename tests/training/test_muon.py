"""Muon takes orthogonal steps downhill."""
# pyright: reportMissingParameterType=false

import pytest
import torch

from dalle_studio.training.networks.muon import Muon, MuonAdamW, orthogonalise


@pytest.mark.parametrize("shape", [(24, 64), (64, 24), (3, 16, 40)])
def test_singular_values_become_about_one(shape):
    matrix = torch.randn(*shape, generator=torch.Generator().manual_seed(0)) * 37
    values = torch.linalg.svdvals(orthogonalise(matrix))
    assert values.min() > 0.5
    assert values.max() < 1.35


@pytest.mark.parametrize("steps", [4, 5])
@pytest.mark.parametrize("rank", [1, 2, 8])
def test_directions_without_gradient_are_not_blown_up(rank, steps):
    generator = torch.Generator().manual_seed(4)
    matrix = torch.randn(32, rank, generator=generator) @ torch.randn(rank, 64, generator=generator)
    values = torch.linalg.svdvals(orthogonalise(matrix, steps))
    assert values.max() < 1.35


def test_a_step_moves_all_directions_alike():
    weight = torch.nn.Parameter(torch.zeros(16, 32))
    gradient = torch.randn(16, 32, generator=torch.Generator().manual_seed(1))
    weight.grad = gradient * torch.logspace(0, -1, 16)[:, None]
    Muon([weight], lr=0.1).step()
    values = torch.linalg.svdvals(weight.detach())
    assert values.max() / values.min() < 2.5
    assert (weight.detach() * gradient).sum() < 0


def test_convolutions_are_taken_as_matrices_and_shapes_are_kept():
    weight = torch.nn.Parameter(torch.zeros(8, 4, 3, 3))
    weight.grad = torch.randn(8, 4, 3, 3, generator=torch.Generator().manual_seed(2))
    Muon([weight], lr=1.0).step()
    values = torch.linalg.svdvals(weight.detach().flatten(1))
    assert values.min() > 0.5
    assert values.max() < 1.35


def test_loss_of_a_toy_problem_falls():
    generator = torch.Generator().manual_seed(3)
    inputs, target = torch.randn(64, 12, generator=generator), torch.randn(64, 6, generator=generator)
    model = torch.nn.Sequential(torch.nn.Linear(12, 24), torch.nn.Tanh(), torch.nn.Linear(24, 6))
    optimizer = MuonAdamW(model.named_parameters(), for_adamw=("2.",), muon_lr=0.03, adamw_lr=0.01)
    losses = []
    for _ in range(60):
        loss = (model(inputs) - target).square().mean()
        losses.append(loss.item())
        optimizer.step(loss, rate=1.0)
    assert losses[-1] < 0.6 * losses[0]


def test_weights_without_gradient_stay():
    weight = torch.nn.Parameter(torch.ones(4, 4))
    Muon([weight]).step()
    assert torch.equal(weight, torch.ones(4, 4))
