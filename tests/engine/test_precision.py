"""The fastest number format: measured once, remembered, and never in the way."""

from __future__ import annotations

from pathlib import Path

import pytest
import torch
from torch import nn

from dalle_studio.core.request import PRECISIONS
from dalle_studio.engine.pipelines.kernels import set_up
from dalle_studio.engine.pipelines.precision import DTYPES, Precision, fastest, usable

EVERY = tuple(Precision(dtype, layout) for dtype in DTYPES for layout in (False, True))
BEST = Precision("bfloat16", True)


def measure(candidate: Precision) -> float:
    return 0.1 if candidate == BEST else 1.0


def forbidden(candidate: Precision) -> float:
    raise AssertionError("measured although it was remembered")


def test_the_fastest_is_remembered(tmp_path: Path) -> None:
    assert fastest("model", EVERY, tmp_path, measure) == BEST
    assert fastest("model", EVERY, tmp_path, forbidden) == BEST


def test_another_model_is_measured_anew(tmp_path: Path) -> None:
    fastest("model", EVERY, tmp_path, measure)
    with pytest.raises(AssertionError, match="measured although"):
        fastest("other", EVERY, tmp_path, forbidden)


@pytest.mark.parametrize(
    "damage", ["", "{", "[]", '{"dtype": "float99", "channels_last": true}', '{"dtype": 1}']
)
def test_a_damaged_memory_is_measured_anew_and_mended(tmp_path: Path, damage: str) -> None:
    fastest("model", EVERY, tmp_path, measure)
    (path,) = tmp_path.iterdir()
    path.write_text(damage)
    assert fastest("model", EVERY, tmp_path, measure) == BEST
    assert fastest("model", EVERY, tmp_path, forbidden) == BEST


def test_what_another_processor_remembered_is_not_taken_over(tmp_path: Path) -> None:
    fastest("model", EVERY, tmp_path, measure)
    assert fastest("model", EVERY[:2], tmp_path, measure).dtype == "float32"


@pytest.mark.parametrize("has_units", [True, False])
def test_bfloat16_is_tried_only_where_the_processor_is_made_for_it(
    has_units: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(torch.ops.mkldnn, "_is_mkldnn_bf16_supported", lambda: has_units)
    assert [each.dtype for each in usable("cpu")] == ["float32"] * 2 + ["bfloat16"] * 2 * has_units
    assert usable("cuda") == EVERY


def test_without_a_place_to_remember_it_is_measured_every_time(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    assert fastest("model", EVERY, None, measure) == BEST
    assert fastest("model", EVERY, tmp_path / "file" / "cache", measure) == BEST


class Net(nn.Module):
    def __init__(self) -> None:
        super().__init__()
        self.conv = nn.Conv2d(16, 32, 3, padding=1)
        self.strided = nn.Conv2d(32, 32, 3, stride=2, padding=1, bias=False)
        self.norm = nn.GroupNorm(8, 32)
        self.time = nn.Linear(24, 32)
        self.last = nn.Linear(32, 16)

    def forward(self, x: torch.Tensor, t: torch.Tensor) -> torch.Tensor:
        x = self.norm(self.strided(self.conv(x))) + self.time(t)[:, :, None, None]
        return self.last(x.permute(0, 2, 3, 1))


@pytest.mark.parametrize(
    "precision", [Precision(d, c) for d in ("float32", "bfloat16") for c in (False, True)]
)
@pytest.mark.parametrize("sides", [(16, 16), (15, 17), (9, 27), (64, 64)])
@torch.inference_mode()
def test_set_up_layers_compute_the_same_and_whatever_the_batch(
    precision: Precision, sides: tuple[int, int]
) -> None:
    torch.manual_seed(0)
    plain = Net()
    tuned = Net()
    tuned.load_state_dict(plain.state_dict())
    tuned = precision.apply(tuned)
    set_up(tuned, precision, "cpu")
    x, t = (
        precision.lay(torch.randn(8, 16, *sides)),
        torch.randn(8, 24).to(precision.lay(torch.zeros(1, 1, 1, 1)).dtype),
    )
    whole = tuned(x, t)
    tolerance = 1e-4 if precision.dtype == "float32" else 0.06
    assert (whole.float() - plain(x.float(), t.float())).abs().max() < tolerance
    for batch in (1, 2, 3, 4) if precision.dtype == "bfloat16" else (2, 3, 4):  # see `steady_batches`
        starts = range(0, 9 - batch, batch)
        parts = [tuned(precision.lay(x[i : i + batch].clone()), t[i : i + batch]) for i in starts]
        assert torch.equal(torch.cat(parts), whole[: len(parts) * batch])


@pytest.mark.parametrize("name", PRECISIONS[1:])
def test_a_recipe_names_number_format_and_layout(name: str) -> None:
    assert Precision.named(name).name == name
    assert Precision.named(name).dtype in name
