"""Which number format and memory layout the model runs fastest in on this machine.

Measured at the first start, remembered in the cache folder. bfloat16 halves the time where the processor has
bf16 units (AVX512-BF16, AMX, recent GPUs) and multiplies it where it has not.
"""

from __future__ import annotations

import hashlib
import json
import platform
import time
from collections.abc import Callable
from dataclasses import asdict, dataclass
from pathlib import Path

import torch
from torch import nn

_REPEATS = 3
_CHANNELS_LAST = "channels-last"
DTYPES = {"float32": torch.float32, "bfloat16": torch.bfloat16}


@dataclass(frozen=True)
class Precision:
    """A number format (a key of `DTYPES`) and whether tensors lie channels-last in memory."""

    dtype: str
    channels_last: bool

    @classmethod
    def named(cls, name: str) -> Precision:
        """The precision that a recipe calls by that name."""
        dtype, _, layout = name.partition(" ")
        return cls(dtype, layout == _CHANNELS_LAST)

    @property
    def name(self) -> str:
        """Its name in recipes, one of `core.request.PRECISIONS`."""
        return f"{self.dtype} {_CHANNELS_LAST}" if self.channels_last else self.dtype

    def apply(self, module: nn.Module) -> nn.Module:
        """The module itself, converted."""
        return module.to(dtype=DTYPES[self.dtype], memory_format=self._layout)  # type: ignore[call-overload]

    def lay(self, tensor: torch.Tensor) -> torch.Tensor:
        """The tensor (n, channels, rows, columns) in this number format and in this very layout.

        Kernels differ by layout in the last bits, and what layout a tensor happens to have depends on the batch
        size; so a picture would depend on its company if this were left to chance.
        """
        return tensor.to(DTYPES[self.dtype]).contiguous(memory_format=self._layout)

    @property
    def _layout(self) -> torch.memory_format:
        return torch.channels_last if self.channels_last else torch.contiguous_format


def fastest(key: str, cache: Path | None, measure: Callable[[Precision], float]) -> Precision:
    """The fastest precision, measured once for each `key`, torch version and processor.

    Args:
        key: names the model and the device.
        cache: a folder to remember in; what cannot be read or written there is simply measured again.
        measure: seconds for one forward pass.
    """
    path = None if cache is None else cache / f"precision-{_fingerprint(key)}.json"
    remembered = _read(path)
    if remembered is not None:
        return remembered
    candidates = [Precision(dtype, layout) for dtype in DTYPES for layout in (False, True)]
    best = min(candidates, key=measure)
    _write(path, best)
    return best


def seconds(forward: Callable[[], object]) -> float:
    """The shortest of a few runs, after one to warm up."""
    forward()
    times: list[float] = []
    for _ in range(_REPEATS):
        start = time.perf_counter()
        forward()
        times.append(time.perf_counter() - start)
    return min(times)


def _fingerprint(key: str) -> str:
    facts = [key, torch.__version__, platform.processor(), platform.machine(), torch.get_num_threads()]
    facts.append(torch.backends.cpu.get_cpu_capability())
    return hashlib.sha256(repr(facts).encode()).hexdigest()[:16]


def _read(path: Path | None) -> Precision | None:
    try:
        precision = None if path is None else Precision(**json.loads(path.read_text(encoding="utf-8")))
    except (OSError, ValueError, TypeError):
        return None
    return precision if precision is not None and precision.dtype in DTYPES else None


def _write(path: Path | None, precision: Precision) -> None:
    if path is None:
        return
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        temporary = path.with_suffix(f".{time.monotonic_ns()}.part")
        temporary.write_text(json.dumps(asdict(precision)), encoding="utf-8")
        temporary.replace(path)
    except OSError:
        pass
