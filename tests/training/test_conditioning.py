"""Conditions: what the denoiser is shown, and what of it hides the rest."""
# pyright: reportMissingParameterType=false

from dataclasses import fields

import numpy as np
import pytest
import torch

from dalle_studio.engine.pipelines.conditions import Conditions, adapted, channel_count, pooled_palette
from dalle_studio.training.networks.conditioning import Shares, random_conditions, unadapted
from dalle_studio.training.pictures.pairs import Pairs

ALL_PALETTES = Shares(inpainted=0, with_palette=1, palette_alone=0, unsketched=0)


@pytest.fixture(scope="module")
def pairs(write_shard, tmp_path_factory):
    folder = tmp_path_factory.mktemp("pairs")
    write_shard(folder, 0, ["a cat"] * 300)
    return Pairs(folder, 300, "cpu")


def conditions(pairs, shares, seed=0):
    return random_conditions(pairs[torch.arange(len(pairs))], 1.0, np.random.default_rng(seed), shares)


def tensors(conditions):
    return [getattr(conditions, field.name) for field in fields(conditions)]


@pytest.mark.parametrize("cells", [1, 4, 16])
def test_colours_of_no_weight_are_not_in_the_palette(cells):
    colours = torch.full((1, 3, 16, 24), 0.5)
    weight = torch.ones(1, 1, 16, 24)
    colours[..., 4:9, 3:14], weight[..., 4:9, 3:14] = -1, 0
    counted = weight[0, 0] > 0
    assert torch.allclose(pooled_palette(colours, cells, weight)[0, :, counted], torch.tensor(0.5), atol=1e-5)
    plain = pooled_palette(colours, cells, torch.ones_like(weight))
    assert plain.min() < 0.4


def test_the_palette_is_as_coarse_as_its_cells():
    colours = torch.rand(1, 3, 16, 16)
    spreads = [
        pooled_palette(colours, cells, torch.ones(1, 1, 16, 16)).std().item() for cells in (1, 4, 8, 16)
    ]
    assert spreads[0] < spreads[1] < spreads[2] < spreads[3]


def test_where_the_sketch_covers_there_is_no_palette(pairs):
    shown = conditions(pairs, ALL_PALETTES)
    assert torch.allclose(shown.palette_mask, 1 - shown.coverage)
    assert shown.coverage.max() == 1
    assert shown.palette.abs().max() > 0


def test_what_is_known_already_needs_no_sketch(pairs):
    shown = conditions(pairs, Shares(inpainted=1, with_palette=0))
    assert (shown.coverage[shown.known_mask == 1] == 0).all()
    assert 0.1 < shown.known_mask.mean() < 0.9
    assert set(shown.known_mask.unique().tolist()) == {0.0, 1.0}


def test_shares_decide_what_is_shown(pairs):
    nothing = conditions(pairs, Shares(inpainted=0, with_palette=0, unsketched=1))
    assert nothing.stack().abs().sum() == 0
    half = conditions(pairs, Shares(inpainted=0, with_palette=0.5, palette_alone=1, unsketched=1))
    assert half.coverage.sum() == 0
    assert 0.4 < half.palette_mask.mean() < 0.6
    seen = unadapted(1000, np.random.default_rng(0), torch.device("cpu"), Shares(unadapted=0.25))
    assert seen.shape == (1000, 1, 1, 1)
    assert 0.7 < seen.mean() < 0.8


def test_the_same_chance_gives_the_same_conditions(pairs):
    one, again, other = (conditions(pairs, Shares(), seed).stack() for seed in (1, 1, 2))
    assert torch.equal(one, again)
    assert not torch.equal(one, other)


def test_absent_conditions_are_independent_of_one_another():
    shown = Conditions.none(torch.ones(2, 16, 8, 12))
    assert shown.stack().shape == (2, channel_count(16), 8, 12)
    for tensor in tensors(shown):
        assert tensor.abs().sum() == 0
        tensor += 1
        assert sum(float(each.mean()) for each in tensors(shown)) == 1
        tensor -= 1


def test_a_denoiser_sees_the_features_for_the_length_of_the_block():
    class Denoiser:
        def forward(self, sample, **options):
            return options.get("down_intrablock_additional_residuals")

    denoiser, features = Denoiser(), [torch.arange(2.0).view(2, 1, 1, 1)]
    with adapted(denoiser, features):
        (seen,) = denoiser.forward(torch.zeros(4, 1, 1, 1))
    assert seen.flatten().tolist() == [0, 1, 0, 1]
    assert denoiser.forward(torch.zeros(4, 1, 1, 1)) is None
