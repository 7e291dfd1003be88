"""The schedule of flow-matching models, which can also begin part-way."""

from __future__ import annotations

from typing import Any

import numpy as np
import torch
from diffusers.schedulers.scheduling_flow_match_euler_discrete import FlowMatchEulerDiscreteScheduler


class PartialSchedule(FlowMatchEulerDiscreteScheduler):
    """The model's own schedule; starts at any share of noise, in any number of steps.

    diffusers' pipelines for existing pictures cut the schedule after whole steps. Distilled models have four to
    nine, shifted towards the noise: the smallest change that they could make would be a large one. Here the curve
    of noise is followed between its steps.

    Attributes:
        clean: what the last step expects at the end, as noise-free latents.
    """

    clean: torch.Tensor | None = None
    _share = 1.0
    _steps = 1

    def begin_at(self, share: float, steps: int) -> None:
        """Begin the next walks at a share of noise, above 0 to 1, and end them after so many steps."""
        self._share, self._steps = share, steps

    def set_timesteps(
        self,
        num_inference_steps: int | None = None,
        device: str | torch.device | None = None,
        sigmas: list[float] | None = None,
        mu: float | None = None,
        timesteps: list[float] | None = None,
    ) -> None:
        """See the base class; the shares of noise (`sigmas`) then fall from where the walk begins."""
        super().set_timesteps(num_inference_steps, device, sigmas, mu, timesteps)  # type: ignore[arg-type]
        if self._share == 1:
            return
        whole = self.sigmas.cpu().numpy()
        places = np.arange(len(whole))
        first = np.interp(self._share, whole[::-1], places[::-1])
        part = np.interp(np.linspace(first, places[-1], self._steps + 1), places, whole)
        self.sigmas = torch.from_numpy(part.astype(np.float32)).to(self.sigmas.device)
        self.timesteps = self.sigmas[:-1] * self.config["num_train_timesteps"]
        self.num_inference_steps = self._steps

    def step(
        self, model_output: torch.Tensor, timestep: Any, sample: torch.Tensor, *args: Any, **options: Any
    ) -> Any:
        """See the base class."""
        result = super().step(model_output, timestep, sample, *args, **options)  # type: ignore[arg-type]
        assert self.step_index is not None
        self.clean = sample - self.sigmas[self.step_index - 1] * model_output
        return result

    def add_noise(self, clean: torch.Tensor, noise: torch.Tensor, timesteps: torch.Tensor) -> torch.Tensor:
        """Noise-free latents (batch, ...) as they are at some of the timesteps, one for each."""
        sigmas = (timesteps / self.config["num_train_timesteps"]).to(clean.device, clean.dtype)
        sigmas = sigmas.reshape(-1, *[1] * (clean.ndim - 1))
        return clean + (noise - clean) * sigmas
