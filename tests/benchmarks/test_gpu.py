"""`make bench-gpu` on a machine without CUDA: its models have their real size, its motions are gone through."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
import torch

from tests.benchmarks import gpu
from tests.benchmarks.gpu_models import BENCHMARKS, REAL

pytestmark = pytest.mark.filterwarnings("ignore:__array__ implementation:DeprecationWarning")  # diffusers
MILLIONS = {
    ("sdxl", "unet"): 2567,
    ("kandinsky", "prior"): 1026,
    ("kandinsky", "unet"): 1253,
    ("flux2", "transformer"): 3876,
    ("z-image", "transformer"): 6155,
}
"""Parameters of the published models."""


@pytest.mark.parametrize("name", list(BENCHMARKS))
def test_models_have_their_real_size(name: str) -> None:
    pipelines = BENCHMARKS[name].build(replace(REAL, device="meta"))
    parts: dict[str, Any] = {
        key: part for each in pipelines.values() for key, part in each.components.items()
    }
    for (model, part), millions in MILLIONS.items():
        if model == name:
            assert round(sum(each.numel() for each in parts[part].parameters()) / 1e6) == millions
            assert {each.dtype for each in parts[part].parameters()} == {torch.bfloat16}


def test_without_cuda_it_says_so_and_that_is_all(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(gpu, "in_process", lambda function, *arguments: function(*arguments))
    monkeypatch.setattr(gpu, "_device", lambda: None)
    assert gpu.main([]) == 0
    told = " ".join(capsys.readouterr().out.split())
    assert told == "There is no CUDA device that the installed torch can use: nothing was measured."


@pytest.mark.parametrize("name", list(BENCHMARKS))
def test_every_model_is_drawn_by_its_script_and_by_the_engine(name: str, tmp_path: Path) -> None:
    pytest.importorskip(f"dalle_studio.engine.pipelines.{BENCHMARKS[name].family.replace('-', '_')}")
    options = gpu.Options(name, tmp_path / name, "cpu", 1)
    assert gpu._build(options) == BENCHMARKS[name].label
    assert gpu._plain(options, compiles=False).batch_s > 0
    assert -0.5 < gpu._over_drawing(options) < 5
