"""What the engine runs on."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Machine:
    """The processor that draws, as the engine's process found it.

    Attributes:
        device: "cuda", "rocm", "mps", "xpu" or "cpu".
        name: what its maker calls it.
        memory_bytes: of its own, or of the whole machine where `is_shared`.
        is_shared: whether it shares that memory with all other programs.
        problem: why a graphics card that is here is not used, and what to do about it; empty where none is.
    """

    device: str
    name: str
    memory_bytes: int
    is_shared: bool
    problem: str = ""
