"""The schedule that can begin part-way."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
import torch
from diffusers.schedulers.scheduling_flow_match_euler_discrete import FlowMatchEulerDiscreteScheduler

from dalle_studio.engine.pipelines.schedule import PartialSchedule

KINDS: dict[str, dict[str, Any]] = {
    "static": {"shift": 3.0},
    "dynamic": {"use_dynamic_shifting": True},
    "terminal": {"use_dynamic_shifting": True, "shift_terminal": 0.02},
}


def schedule(kind: str, steps: int, share: float = 1.0, walked: int = 1) -> Any:
    made: Any = PartialSchedule(**KINDS[kind])
    made.begin_at(share, walked)
    made.set_timesteps(sigmas=np.linspace(1, 1 / steps, steps), mu=2.0)
    return made


@pytest.mark.parametrize("kind", KINDS)
def test_from_noise_alone_it_is_the_models_own(kind: str) -> None:
    own: Any = FlowMatchEulerDiscreteScheduler(**KINDS[kind])
    own.set_timesteps(sigmas=np.linspace(1, 1 / 8, 8), mu=2.0)
    assert torch.equal(schedule(kind, 8).sigmas, own.sigmas)
    assert torch.equal(schedule(kind, 8).timesteps, own.timesteps)


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize(("share", "walked"), [(0.15, 1), (0.5, 2), (0.95, 3), (0.9, 7)])
def test_it_begins_at_any_share_of_noise_and_walks_as_many_steps_as_asked(
    kind: str, share: float, walked: int
) -> None:
    part = schedule(kind, 4, share, walked)
    assert part.sigmas[0].item() == pytest.approx(share, abs=1e-6)
    assert part.sigmas[-1] == 0
    assert len(part.timesteps) == walked
    assert (part.sigmas.diff() < 0).all()
    assert torch.equal(part.timesteps, part.sigmas[:-1] * 1000)


def test_a_straight_flow_leads_back_to_the_source() -> None:
    """Started by its own measure of noise, and walked with what a perfect model would say."""
    generator = torch.Generator().manual_seed(0)
    source, noise = torch.randn(2, 1, 4, 3, 3, generator=generator)
    part = schedule("dynamic", 4, 0.6, 3)
    latents = part.add_noise(source, noise, part.timesteps[:1])
    assert torch.allclose(latents, 0.4 * source + 0.6 * noise)
    for step, timestep in enumerate(part.timesteps):
        latents = part.step(noise - source, timestep, latents, return_dict=False)[0]
        assert torch.allclose(part.clean, source, atol=1e-5)
        if step + 1 < len(part.timesteps):
            assert torch.allclose(latents, part.add_noise(source, noise, part.timesteps[step + 1]), atol=1e-5)
    assert torch.allclose(latents, source, atol=1e-5)
