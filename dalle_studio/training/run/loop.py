"""The training loop that the autoencoder and the denoiser share: checkpoints, samples, progress.

All that is random in step number n is drawn from a generator made from the seed and n. A checkpoint
therefore holds no generator state, and a run that was killed and resumed ends with exactly the
weights of one that was not.
"""

from __future__ import annotations

import math
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol

import torch

from dalle_studio.training.run.files import whole_file
from dalle_studio.training.run.report import Advance, Report


class Learner(Protocol):
    """Something that is trained step by step."""

    name: str

    def step(self, number: int, total: int) -> float:
        """Do step `number` (from 0) of `total`, and return its loss."""
        ...

    def state_dict(self) -> dict[str, Any]:
        """Everything needed to go on: weights and optimizer, tensors and plain values only."""
        ...

    def load_state_dict(self, state: dict[str, Any]) -> None:
        """Go on from what `state_dict` returned."""
        ...

    def examine(self, sheet: Path) -> str:
        """Draw a sample sheet to a PNG file, and return a measure of quality for the log."""
        ...


@dataclass(frozen=True)
class Schedule:
    """How long to train and how often to look."""

    steps: int
    checkpoint_minutes: float = 5.0
    sample_minutes: float = 10.0


def train(learner: Learner, schedule: Schedule, checkpoint: Path, samples: Path, report: Report) -> None:
    """Train up to ``schedule.steps``, from `checkpoint` if it exists, and leave the last state there."""
    done = resume(learner, checkpoint)
    if done >= schedule.steps:
        return
    if done:
        report.line(f"{learner.name}: resuming at step {done}")
    with report.bar(f"Training {learner.name}", schedule.steps, done) as advance:
        _run(learner, done, schedule, checkpoint, samples, report, advance)
    save(learner, schedule.steps, checkpoint)
    _look(learner, schedule.steps, samples, report)


def _run(
    learner: Learner,
    done: int,
    schedule: Schedule,
    checkpoint: Path,
    samples: Path,
    report: Report,
    advance: Advance,
) -> None:
    saved = looked = time.monotonic()
    mean = math.nan
    for number in range(done, schedule.steps):
        loss = learner.step(number, schedule.steps)
        mean = loss if math.isnan(mean) else 0.98 * mean + 0.02 * loss
        advance(1, note=f"loss {mean:.4f}")
        now = time.monotonic()
        if now - saved > schedule.checkpoint_minutes * 60:
            save(learner, number + 1, checkpoint)
            report.line(f"{learner.name}: step {number + 1}, loss {mean:.4f}, saved")
            saved = time.monotonic()
        if now - looked > schedule.sample_minutes * 60:
            _look(learner, number + 1, samples, report)
            looked = time.monotonic()


def _look(learner: Learner, step: int, samples: Path, report: Report) -> None:
    sheet = samples / f"{learner.name}-{step:07d}.png"
    with whole_file(sheet) as path:
        quality = learner.examine(path)
    report.line(f"{learner.name}: step {step}, {quality}, samples in {sheet.name}")


def save(learner: Learner, step: int, checkpoint: Path) -> None:
    """Write a checkpoint in full, or leave the old one."""
    with whole_file(checkpoint) as path:
        torch.save({"step": step, "state": learner.state_dict()}, path)


def resume(learner: Learner, checkpoint: Path) -> int:
    """Load a checkpoint if there is one, and return the number of steps done."""
    if not checkpoint.exists():
        return 0
    saved = torch.load(checkpoint, map_location="cpu", weights_only=True)
    learner.load_state_dict(saved["state"])
    return saved["step"]


def steps_done(checkpoint: Path) -> int:
    """For how many steps a checkpoint was trained; 0 where there is none."""
    return torch.load(checkpoint, map_location="cpu", weights_only=True)["step"] if checkpoint.exists() else 0


def cosine(number: int, total: int, warm_up: int, floor: float = 0.02) -> float:
    """Learning rate as a share of its highest: linear warm-up, then half a cosine down to `floor`."""
    falling = 0.5 * (1 + math.cos(math.pi * number / total)) * (1 - floor) + floor
    return min(1.0, (number + 1) / warm_up) * falling
