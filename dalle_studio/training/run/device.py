"""Where the training runs: one GPU if there is one, else the CPU, in bfloat16 where that is fast."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass

import torch


@dataclass(frozen=True)
class Device:
    """A device and how to compute on it. Weights stay float32 everywhere; only autocast differs."""

    name: str
    """``cuda`` or ``cpu``."""
    autocast: bool
    """Whether matrix products run in bfloat16."""
    batch_scale: int
    """How many times larger batches are than on a CPU."""

    def precision(self) -> AbstractContextManager[object]:
        """A context in which the heavy operations run in bfloat16, if that helps here."""
        return torch.autocast(self.name, torch.bfloat16) if self.autocast else nullcontext()

    def generator(self, *seed: int) -> torch.Generator:
        """A random generator on this device that depends on all the numbers given."""
        mixed = int.from_bytes(b"".join(part.to_bytes(8, "little") for part in seed), "little")
        return torch.Generator(self.name).manual_seed(mixed % (2**61 - 1))

    def compile(self, *modules: torch.nn.Module) -> None:
        """Compile modules in place on a GPU. What cannot be compiled runs as before."""
        if self.name == "cuda":
            torch._dynamo.config.suppress_errors = True  # pyright: ignore[reportPrivateUsage, reportAttributeAccessIssue]
            for module in modules:
                module.compile()


def pick_device(threads: int) -> Device:
    """The GPU if torch sees one, else the CPU with `threads` threads (0: torch decides)."""
    if torch.cuda.is_available():
        torch.backends.cuda.matmul.allow_tf32 = True
        return Device("cuda", autocast=True, batch_scale=16)
    if threads:
        torch.set_num_threads(threads)
    return Device("cpu", autocast=_cpu_has_bfloat16(), batch_scale=1)


def _cpu_has_bfloat16() -> bool:
    """Whether the CPU multiplies bfloat16 matrices in hardware (AVX-512 BF16 or AMX)."""
    checks: list[Callable[[], bool] | None] = [
        getattr(torch.cpu, name, None) for name in ("_is_avx512_bf16_supported", "_is_amx_tile_supported")
    ]
    return any(check is not None and check() for check in checks)
