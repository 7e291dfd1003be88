"""A worker process with a model that needs no weights: real engine, real pipe, pictures of plain colours."""

from __future__ import annotations

import sys
import time
from multiprocessing.connection import Connection
from multiprocessing.synchronize import Event as SharedEvent
from pathlib import Path
from types import ModuleType

import numpy as np

from dalle_studio.core.format import Size
from dalle_studio.core.machine import Machine
from dalle_studio.core.model import Model
from dalle_studio.engine import worker
from dalle_studio.engine.base import Pixels, Sample
from dalle_studio.engine.watch import Watch

FAMILY, STEP_S = "paper", 0.02


class Paper:
    """Paints every picture in a colour that tells its seed; keeps the `Family` protocol."""

    native_px = 64
    multiple_px = 16
    device = "paper"
    precision = "float32"
    software = "crayon 1"
    memory = ""

    def make_room(self) -> str | None:
        return None

    def batch_limit(self, size: Size) -> int:
        """See `Family.batch_limit`."""
        return 2

    def steps_of(self, sample: Sample) -> int:
        """See `Family.steps_of`."""
        return sample.steps_to_walk

    def sample(self, sample: Sample, first_index: int, watch: Watch) -> Pixels:
        """See `Family.sample`."""
        shape = (len(sample.seeds), sample.size.height_px, sample.size.width_px, 3)
        colours = np.array([(seed % 251, seed % 241, 40) for seed in sample.seeds], np.uint8)
        pixels = np.broadcast_to(colours[:, None, None], shape).copy()
        for _ in range(sample.steps_to_walk):
            time.sleep(STEP_S)
            watch.step()
            watch.preview(first_index, pixels[0])
        return pixels

    def autoencode(self, images: Pixels) -> Pixels:
        """See `Family.autoencode`."""
        return images


def load(model: Model, precision: str, cache: Path | None, watch: Watch) -> Paper:
    """Takes as long as a step."""
    time.sleep(STEP_S)
    watch.check()
    return Paper()


class Peak:
    """Paper takes no memory worth counting."""

    mib = 0

    def __init__(self, device: str, bare_bytes: int) -> None: ...

    def look(self) -> None: ...


def _device() -> ModuleType:
    """What the worker asks of the device; the real one would load torch."""
    module = ModuleType("dalle_studio.engine.pipelines.device")
    machine = Machine("paper", "Paper", 1, False)
    vars(module).update(Peak=Peak, process_bytes=lambda: 1, this_machine=lambda: machine, give_back=print)
    return module


def serve(connection: Connection, cancel: SharedEvent, cache: Path | None, log: Path | None) -> None:
    """The worker's main function, in a process that knows this family."""
    module = ModuleType(f"dalle_studio.engine.pipelines.{FAMILY}")
    vars(module)["load"] = load
    sys.modules[module.__name__] = module
    sys.modules["dalle_studio.engine.pipelines.device"] = _device()
    worker.serve(connection, cancel, cache, log)
