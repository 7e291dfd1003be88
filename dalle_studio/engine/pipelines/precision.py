"""Which number format and memory layout the model runs fastest in on this machine.

Measured at the first start, remembered in the cache folder. bfloat16 halves the time where the processor has
bf16 units (AVX512-BF16, AMX, recent GPUs). Where it has not even wide registers to stand in for them it takes
minutes for what float32 does in a second, so that there it is not so much as tried.
"""

from __future__ import annotations

import hashlib
import json
import platform
import time
from collections.abc import Callable, Sequence
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


def usable(device: str) -> tuple[Precision, ...]:
    """Every precision worth measuring on a device (``cpu``, ``cuda``, ...)."""
    has_bfloat16 = device != "cpu" or torch.ops.mkldnn._is_mkldnn_bf16_supported()
    dtypes = [name for name in DTYPES if name != "bfloat16" or has_bfloat16]
    return tuple(Precision(dtype, layout) for dtype in dtypes for layout in (False, True))


def expected(candidates: Sequence[Precision]) -> Precision:
    """The one that is fastest on most machines, where measuring takes too long."""
    return candidates[-1]


def fastest(
    key: str, candidates: Sequence[Precision], cache: Path | None, measure: Callable[[Precision], float]
) -> Precision:
    """The fastest of some precisions, measured once for each `key`, torch version and processor.

    Args:
        key: names the model and the device.
        candidates: see `usable`.
        cache: a folder to remember in; what cannot be read or written there is simply measured again.
        measure: seconds for one forward pass.
    """
    path = None if cache is None else cache / f"precision-{_fingerprint(key)}.json"
    remembered = _read(path)
    if remembered is not None and remembered in candidates:
        return remembered
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
        return None if path is None else Precision(**json.loads(path.read_text(encoding="utf-8")))
    except (OSError, ValueError, TypeError):
        return None


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
