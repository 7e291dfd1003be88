"""`make bench`: the engine against a plain diffusers script with the same weights, steps and size.

Prints figures and ratios; asserts nothing, since machines differ. Both sides take turns in one run, each in a
process of its own, and each figure is the median of its turns.
"""

from __future__ import annotations

import argparse
import importlib
import logging
import multiprocessing
import pickle
import statistics
import sys
import tempfile
import threading
import time
from collections.abc import Callable
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any

import psutil
from PIL import Image
from rich.console import Console
from rich.table import Table

from dalle_studio.core.event import Cancelled, Event, Finished, Loading, Preview, Progress
from dalle_studio.core.model import Model
from dalle_studio.core.request import Generate, Sampling
from dalle_studio.engine.local import LocalEngine
from dalle_studio.engine.upscaler import WEIGHTS, Upscaler
from dalle_studio.engine.watch import Watch
from dalle_studio.storage.models.installed import find_model

PROMPT = "an astronaut riding a horse in outer space"
COUNT = 4
CONSOLE = Console()


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--turns", type=int, default=7)
    turns = parser.parse_args().turns
    model = find_model()
    with tempfile.TemporaryDirectory() as folder:
        cache = Path(folder)
        ready_s = first_start(model, cache)
        engine = LocalEngine(lambda _: model, cache)
        plain = PlainScript(model)
        warm_up(engine, plain, model)
        ours, theirs = take_turns(engine, plain, model, turns)
        figures = Table("figure", "value", title="Dalle Studio engine")
        figures.add_row("four 1024 × 1024 pictures, this engine", f"{ours:.2f} s")
        figures.add_row("the same by plain StableDiffusionPipeline and upscaler", f"{theirs:.2f} s")
        figures.add_row(
            "[bold]ratio[/bold] (aim: 0.5 with bf16 units, 0.9 without)", f"[bold]{ours / theirs:.2f}[/bold]"
        )
        for name, value in [
            *ready_s,
            *overhead(engine, model, cache, turns),
            *memory(engine),
            *cancel(engine, model),
        ]:
            figures.add_row(name, value)
        engine.unload()
        plain.close()
    CONSOLE.print(figures)


def request(model: Model, seed: int, count: int = COUNT, steps: int | None = None) -> Generate:
    sampling = Sampling(
        seed=seed, count=count, steps=steps or model.steps["standard"], guidance_scale=model.guidance_scale
    )
    return Generate(model=model.name, prompt=PROMPT, sampling=sampling)


def run(
    engine: LocalEngine, wanted: Generate, cancel: threading.Event | None = None
) -> list[tuple[float, Event]]:
    """Every event with the seconds since the request was made."""
    events: list[tuple[float, Event]] = []
    start = time.perf_counter()
    engine.run(
        wanted, lambda event: events.append((time.perf_counter() - start, event)), cancel or threading.Event()
    )
    return events


def first_start(model: Model, cache: Path) -> list[tuple[str, str]]:
    """From nothing to the first step: once measuring the precision, once remembering it."""
    seconds: list[float] = []
    for _ in range(2):
        engine = LocalEngine(lambda _: model, cache)
        events = run(engine, request(model, 1, count=1, steps=2))
        seconds.append(next(at for at, event in events if isinstance(event, Progress)))
        engine.unload()
    return [
        ("first start ever to first step (number formats are measured)", f"{seconds[0]:.1f} s"),
        ("later start to first step", f"{seconds[1]:.1f} s"),
    ]


def warm_up(engine: LocalEngine, plain: PlainScript, model: Model) -> None:
    run(engine, request(model, 0))
    plain.seconds()


def take_turns(engine: LocalEngine, plain: PlainScript, model: Model, turns: int) -> tuple[float, float]:
    ours: list[float] = []
    theirs: list[float] = []
    for turn in range(turns):
        ours.append(run(engine, request(model, turn))[-1][0])
        theirs.append(plain.seconds())
        print(f"turn {turn + 1} of {turns}: {ours[-1]:.2f} s against {theirs[-1]:.2f} s", file=sys.stderr)
    return statistics.median(ours), statistics.median(theirs)


def overhead(engine: LocalEngine, model: Model, cache: Path, turns: int) -> list[tuple[str, str]]:
    """What the engine adds to the model's own forward passes and the upscaling, and the pipe to the engine."""
    context = multiprocessing.get_context("spawn")
    ours, theirs = context.Pipe()
    process = context.Process(target=_timed_passes, args=(theirs, model, cache, turns), daemon=True)
    process.start()
    engine_share = ours.recv()
    process.join()
    pipe_shares: list[float] = []
    for turn in range(turns):
        events = run(engine, request(model, turn))
        last = events[-1][1]
        assert isinstance(last, Finished)
        assert last.pictures[0].recipe is not None
        worker_s = last.pictures[0].recipe.provenance.elapsed_s
        pipe_shares.append((events[-1][0] - worker_s) / worker_s)
    pipe_share = statistics.median(pipe_shares)
    return [
        ("engine over the model's own passes and the upscaling", f"{engine_share:.1%}"),
        ("pipe between the processes, over that", f"{pipe_share:.1%}"),
        ("[bold]both together[/bold] (aim: below 5 %)", f"[bold]{engine_share + pipe_share:.1%}[/bold]"),
    ]


def memory(engine: LocalEngine) -> list[tuple[str, str]]:
    peak = Path(f"/proc/{engine.pid}/status")
    if peak.exists():
        line = next(line for line in peak.read_text().splitlines() if line.startswith("VmHWM"))
        gb = int(line.split()[1]) * 1024 / 1e9
    else:
        gb = psutil.Process(engine.pid).memory_info().rss / 1e9
    return [("peak memory of the worker (aim: below 1.5 GB)", f"{gb:.2f} GB")]


def cancel(engine: LocalEngine, model: Model) -> list[tuple[str, str]]:
    """Steps and milliseconds between a cancel and the engine's being idle."""
    steps: list[int] = []
    waits: list[float] = []
    for seed in range(5):
        flag, seen, asked = threading.Event(), [0], [0.0]

        def emit(
            event: Event, flag: threading.Event = flag, seen: list[int] = seen, asked: list[float] = asked
        ) -> None:
            if isinstance(event, Progress):
                seen[0] = event.step
                if event.step == 3:
                    asked[0] = time.perf_counter()
                    flag.set()
            assert isinstance(event, Loading | Progress | Preview | Cancelled)

        engine.run(request(model, seed, steps=60), emit, flag)
        steps.append(seen[0] - 3)
        waits.append((time.perf_counter() - asked[0]) * 1000)
    return [
        ("steps done after a cancel, at most (aim: 1)", str(max(steps))),
        ("cancel to idle, median", f"{statistics.median(waits):.0f} ms"),
    ]


class PlainScript:
    """What somebody would write with diffusers alone, in a process of its own, kept warm."""

    def __init__(self, model: Model) -> None:
        context = multiprocessing.get_context("spawn")
        self._connection, theirs = context.Pipe()
        self._process = context.Process(target=_plain_script, args=(theirs, model), daemon=True)
        self._process.start()

    def seconds(self) -> float:
        """Seconds for the four pictures."""
        self._connection.send(True)
        return self._connection.recv()

    def close(self) -> None:
        self._process.kill()


def _plain_script(connection: Connection, model: Model) -> None:
    """Without the sketch and the adapter, which is less work than ours."""
    import torch
    from safetensors.torch import load_file

    from dalle_studio.engine.pipelines.compact import compact_of

    diffusers: Any = importlib.import_module("diffusers")
    transformers: Any = importlib.import_module("transformers")
    logging.disable(logging.WARNING)
    diffusers.utils.logging.disable_progress_bar()
    transformers.logging.disable_progress_bar()
    pipeline = diffusers.StableDiffusionPipeline.from_pretrained(str(model.folder), local_files_only=True)
    pipeline.set_progress_bar_config(disable=True)
    upscaler = compact_of(load_file(model.folder / WEIGHTS))
    while connection.recv():
        start = time.perf_counter()
        images = pipeline(
            PROMPT,
            num_images_per_prompt=COUNT,
            num_inference_steps=model.steps["standard"],
            guidance_scale=model.guidance_scale,
            height=model.native_px,
            width=model.native_px,
            generator=torch.Generator().manual_seed(1),
            output_type="pt",
        ).images
        with torch.inference_mode():
            for image in upscaler(images).clamp(0, 1):
                Image.fromarray((image.permute(1, 2, 0) * 255).round().to(torch.uint8).numpy())
        connection.send(time.perf_counter() - start)


def _timed_passes(connection: Connection, model: Model, cache: Path, turns: int) -> None:
    """The worker's work with a stopwatch on every forward pass; sends the median share that is not in them."""
    from dalle_studio.engine import make as make_module
    from dalle_studio.engine.pipelines import starter

    family = starter.load(model, "auto", cache, Watch(lambda _: None, lambda: False))
    spent, upscaling = [0.0], [0.0]

    def timed(function: Callable[..., Any], spent: list[float] = spent) -> Callable[..., Any]:
        def call(*arguments: Any, **named: Any) -> Any:
            start = time.perf_counter()
            try:
                return function(*arguments, **named)
            finally:
                spent[0] += time.perf_counter() - start

        return call

    def pickled(event: Event) -> None:
        pickle.dumps(event)

    parts = family._create
    parts.unet.forward = timed(parts.unet.forward)
    parts.text_encoder.forward = timed(parts.text_encoder.forward)
    parts.vae.decode = timed(parts.vae.decode)
    parts.vae.encode = timed(parts.vae.encode)
    family._adapter.forward = timed(family._adapter.forward)
    Upscaler.cover_all = timed(Upscaler.cover_all, upscaling)
    shares: list[float] = []
    for turn in range(turns + 1):
        spent[0] = upscaling[0] = 0.0
        start = time.perf_counter()
        make_module.make(request(model, turn), family, Watch(pickled, lambda: False))
        own = spent[0] + upscaling[0]
        shares.append((time.perf_counter() - start) / own - 1)
    connection.send(statistics.median(shares[1:]))


if __name__ == "__main__":
    main()
