"""`make bench-gpu`: real-size models with random weights, the engine against the script of their documentation.

Prints figures and ratios; asserts nothing, since machines differ. Builder, script and engine have the device to
themselves, each in a process of its own, one after the other, with the same weights, steps and size. `--tiny` goes
through the same motions on a CPU with tiny models: its figures mean nothing.
"""

from __future__ import annotations

import argparse
import importlib
import multiprocessing
import statistics
import tempfile
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from multiprocessing.connection import Connection
from pathlib import Path
from types import MappingProxyType
from typing import Any

from rich.console import Console
from rich.table import Table

from dalle_studio.core.event import Event, Failed, Finished, Preview
from dalle_studio.core.format import Size
from dalle_studio.core.model import Commercial, Licence, Model
from dalle_studio.core.request import Generate, Sampling
from dalle_studio.engine.local import LocalEngine, Patience
from dalle_studio.engine.without_torchvision import hide_torchvision

PROMPT = "an astronaut riding a horse in outer space"
BATCH = 4
CONSOLE = Console()


@dataclass(frozen=True)
class Options:
    """Of one run: which model, at what size, how often."""

    name: str
    folder: Path
    device: str
    turns: int


@dataclass(frozen=True)
class Figures:
    """Of one side. `first_s`: from nothing to the first picture. `peak_mib`: 0 where nobody counts it."""

    first_s: float
    batch_s: float
    peak_mib: int


def main(arguments: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--turns", type=int, default=3)
    parser.add_argument("--tiny", action="store_true", help="tiny models on the CPU")
    parser.add_argument("models", nargs="*", help="sdxl, kandinsky, flux2, z-image; all by default")
    chosen = parser.parse_args(arguments)
    device = "cpu" if chosen.tiny else in_process(_device)
    if device is None:
        CONSOLE.print("There is no CUDA device that the installed torch can use: nothing was measured.")
        return 0
    rows: list[list[str]] = []
    for name in chosen.models or in_process(_names):
        with tempfile.TemporaryDirectory() as folder:
            rows.append(row(Options(name, Path(folder) / name, device, chosen.turns)))
    title = f"Seconds per picture, {BATCH} at a time, on {in_process(_machine)}"
    table = Table("figure", *(label for label, *_ in rows), title=title)
    for figure, *values in zip(FIGURES, *(values for _, *values in rows), strict=True):
        table.add_row(figure, *values)
    CONSOLE.print(table)
    return 0


FIGURES = (
    "plain script",
    "engine",
    "ratio (aim: 0.75)",
    "engine over drawing (aim: 2 %)",
    "memory, plain",
    "memory, engine",
    "first picture, plain",
    "the same, compiled",
    "first picture, engine",
    "compiled pays after",
)


def row(options: Options) -> list[str]:
    """The model's name and its figures."""
    label = in_process(_build, options)
    plain, compiled = in_process(_plain, options, False), in_process(_plain, options, True)
    engine, over = through_engine(options), in_process(_over_drawing, options)
    saved_s = plain.batch_s - compiled.batch_s
    pays = f"{(compiled.first_s - plain.first_s) / saved_s * BATCH:.0f} pictures" if saved_s > 0 else "never"
    return [
        label,
        f"{plain.batch_s / BATCH:.3f} s",
        f"{engine.batch_s / BATCH:.3f} s",
        f"{engine.batch_s / plain.batch_s:.2f}",
        f"{over:.1%}",
        f"{plain.peak_mib} MiB",
        f"{engine.peak_mib} MiB",
        f"{plain.first_s:.1f} s",
        f"{compiled.first_s:.1f} s",
        f"{engine.first_s:.1f} s",
        pays,
    ]


def in_process(function: Callable[..., Any], *arguments: Any) -> Any:
    """What a function returns that had a process, and so the device, to itself."""
    context = multiprocessing.get_context("spawn")
    ours, theirs = context.Pipe()
    process = context.Process(target=_answer, args=(theirs, function, arguments))
    process.start()
    theirs.close()
    try:
        return ours.recv()
    except EOFError:
        raise SystemExit(f"{function.__name__} of {arguments} failed; what it said stands above.") from None
    finally:
        process.join()
        process.close()


def _answer(connection: Connection, function: Callable[..., Any], arguments: tuple[Any, ...]) -> None:
    hide_torchvision()
    connection.send(function(*arguments))


def _names() -> list[str]:
    from tests.benchmarks.gpu_models import BENCHMARKS

    return list(BENCHMARKS)


def _device() -> str | None:
    from dalle_studio.engine.pipelines.device import torch_device

    return "cuda" if torch_device() == "cuda" else None


def _machine() -> str:
    from dalle_studio.engine.pipelines.device import this_machine

    return this_machine().name


def _scale(options: Options) -> Any:
    from tests.benchmarks.gpu_models import REAL, TINY

    return TINY if options.device == "cpu" else REAL


def _build(options: Options) -> str:
    """Write the model; returns what people call it."""
    import torch

    from tests.benchmarks.gpu_models import BENCHMARKS

    scale, benchmark = _scale(options), BENCHMARKS[options.name]
    torch.manual_seed(0)
    for place, pipeline in benchmark.build(scale).items():
        pipeline.save_pretrained(options.folder / place)
    return benchmark.label


def _plain(options: Options, compiles: bool) -> Figures:
    """The documentation's script, warmed up, with its repeated blocks compiled or not."""
    import torch

    from tests.benchmarks.gpu_models import BENCHMARKS

    scale, benchmark = _scale(options), BENCHMARKS[options.name]

    def placed(kind: Any, folder: Path) -> Any:
        pipeline = kind.from_pretrained(str(folder), dtype=scale.dtype, local_files_only=True)
        pipeline.set_progress_bar_config(disable=True)
        pipeline = pipeline.to(options.device)
        denoiser = pipeline.components.get("unet") or pipeline.components.get("transformer")
        if compiles and scale.is_real and getattr(denoiser, "_repeated_blocks", None):
            denoiser.compile_repeated_blocks(fullgraph=True)
        return pipeline

    start = time.perf_counter()
    draw, px, steps = benchmark.draw(options.folder, placed), scale.px, _steps(options)
    draw(PROMPT, 1, px, steps)
    first_s = time.perf_counter() - start
    draw(PROMPT, BATCH, px, steps)
    seconds: list[float] = []
    for _ in range(options.turns):
        start = time.perf_counter()
        draw(PROMPT, BATCH, px, steps)  # ends with pictures on the CPU, so that nothing is still being drawn
        seconds.append(time.perf_counter() - start)
    peak = torch.cuda.max_memory_allocated() // 2**20 if options.device == "cuda" else 0
    return Figures(first_s, statistics.median(seconds), peak)


def _steps(options: Options) -> int:
    from tests.benchmarks.gpu_models import BENCHMARKS

    return BENCHMARKS[options.name].steps if options.device == "cuda" else 2


def _model_and_steps(options: Options) -> tuple[Model, int, float]:
    from tests.benchmarks.gpu_models import BENCHMARKS

    benchmark, px = BENCHMARKS[options.name], _scale(options).px
    steps = MappingProxyType({"standard": _steps(options)})
    licence = Licence("none", Commercial.NO)
    scale = benchmark.guidance_scale
    model = Model(
        options.name, benchmark.label, "1", benchmark.family, options.folder, px, steps, scale, licence
    )
    return model, _steps(options), scale


def _request(model: Model, seed: int, count: int) -> Generate:
    size = Size(model.native_px, model.native_px)
    precision = "auto" if model.native_px > 64 else "float32"
    sampling = Sampling(
        seed=seed, count=count, steps=model.steps["standard"], guidance_scale=model.guidance_scale,
        precision=precision,
    )  # fmt: skip
    return Generate(model=model.name, prompt=PROMPT, sampling=sampling, size=size)


def through_engine(options: Options) -> Figures:
    """As the studio draws: in its worker, started anew."""
    model, _, _ = in_process(_model_and_steps, options)
    engine = LocalEngine(lambda _: model, patience=Patience(heartbeat_s=300, progress_s=900))
    try:
        first_s, _ = _drawn(engine, _request(model, 0, 1))
        _drawn(engine, _request(model, 0, BATCH))
        turns = [_drawn(engine, _request(model, turn, BATCH)) for turn in range(options.turns)]
    finally:
        engine.unload()
    peak_mib = max(peak for _, peak in turns) if options.device == "cuda" else 0
    return Figures(first_s, statistics.median(seconds for seconds, _ in turns), peak_mib)


def _drawn(engine: LocalEngine, request: Generate) -> tuple[float, int]:
    """Seconds to the pictures, and the worker's peak memory in MiB."""
    events: list[Event] = []
    start = time.perf_counter()
    engine.run(request, events.append, threading.Event())
    seconds, last = time.perf_counter() - start, events[-1]
    if isinstance(last, Failed):
        raise SystemExit(f"{last.error}\n{last.error.details}")
    assert isinstance(last, Finished) and last.pictures[0].recipe is not None
    return seconds, last.pictures[0].recipe.provenance.memory_mib


def _over_drawing(options: Options) -> float:
    """What the engine adds to the family's own drawing: sizes, events, previews sent, recipes' pixels."""
    from dalle_studio.engine.make import make
    from dalle_studio.engine.watch import Watch

    model, _, _ = _model_and_steps(options)
    name = f"dalle_studio.engine.pipelines.{model.family.replace('-', '_')}"
    sent: list[Event] = []
    watch = Watch(lambda event: None if isinstance(event, Preview) else sent.append(event), lambda: False)
    request = _request(model, 0, BATCH)
    family = importlib.import_module(name).load(model, request.sampling.precision, None, watch)
    spent = [0.0]
    sample = family.sample

    def timed(*arguments: Any) -> Any:
        start = time.perf_counter()
        try:
            return sample(*arguments)
        finally:
            spent[0] += time.perf_counter() - start

    family.sample = timed
    shares: list[float] = []
    for _ in range(options.turns + 1):
        spent[0], start = 0.0, time.perf_counter()
        make(request, family, watch)
        shares.append((time.perf_counter() - start) / spent[0] - 1)
    return statistics.median(shares[1:])


if __name__ == "__main__":
    raise SystemExit(main())
