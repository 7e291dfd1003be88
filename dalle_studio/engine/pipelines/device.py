"""The processor that the worker draws on: which one, how much memory is free there, how much was taken at most.

A graphics card that is there and cannot be used is told, instead of taking the slow way without a word.
"""

from __future__ import annotations

import ctypes
import gc
import platform
import shutil
import sys
from functools import cache
from pathlib import Path
from typing import Any

import psutil
import torch

from dalle_studio.core.machine import Machine
from dalle_studio.core.sentence import say

NVIDIA, AMD = "0x10de", "0x1002"
"""Vendors in the PCI registry."""
_DISPLAY_CLASS = "0x03"
_MIB = 2**20
_ACCELERATORS = ("cuda", "xpu", "mps")


@cache
def this_machine() -> Machine:
    """`find_machine`, asked once."""
    return find_machine()


def torch_device() -> str:
    """What torch calls the processor that is drawn on: "cuda" (ROCm's cards too), "mps", "xpu" or "cpu"."""
    device = this_machine().device
    return "cuda" if device == "rocm" else device


def find_machine(root: Path = Path("/")) -> Machine:
    """The best processor that the installed torch can use. `root`: of the file system that tells of cards."""
    problem = ""
    if torch.cuda.is_available():
        machine = _cuda()
        if not machine.problem:
            return machine
        problem = machine.problem
    if torch.xpu.is_available():
        found: Any = torch.xpu.get_device_properties(0)
        return Machine("xpu", found.name, found.total_memory, False, problem)
    if torch.backends.mps.is_available():
        return Machine(
            "mps", f"Apple {platform.machine()}", torch.mps.recommended_max_memory(), True, problem
        )
    return Machine(
        "cpu", _processor(root), psutil.virtual_memory().total, True, problem or _unused_card(root)
    )


def free_bytes(device: str) -> int:
    """Memory that new tensors can have on a torch device, what torch keeps for reuse included."""
    match device:
        case "cuda" | "xpu":
            module: Any = getattr(torch, device)
            kept = module.memory_reserved() - module.memory_allocated()
            return module.mem_get_info()[0] + kept
        case "mps":
            return max(0, torch.mps.recommended_max_memory() - torch.mps.driver_allocated_memory())
        case _:
            return psutil.virtual_memory().available


def give_back(device: str) -> None:
    """Give back the memory of what is in use no longer, and what torch and the C library keep for reuse."""
    gc.collect()
    if device in _ACCELERATORS:
        getattr(torch, device).empty_cache()
    if sys.platform == "linux" and hasattr(libc := ctypes.CDLL(None), "malloc_trim"):  # musl has none
        libc.malloc_trim(0)


class Peak:
    """The most memory taken while something was done: of the device, or of this process where that is the CPU."""

    def __init__(self, device: str, bare_bytes: int = 0) -> None:
        """Begin. `bare_bytes`: what the process had taken before any model was there."""
        self._device, self._bare, self._most = device, bare_bytes, 0
        if device in ("cuda", "xpu"):
            getattr(torch, device).reset_peak_memory_stats()
        self.look()

    def look(self) -> None:
        """Look how much is taken now. CUDA and XPU keep count themselves."""
        match self._device:
            case "cuda" | "xpu":
                self._most = getattr(torch, self._device).max_memory_allocated()
            case "mps":
                self._most = max(self._most, torch.mps.driver_allocated_memory())
            case _:
                self._most = max(self._most, process_bytes() - self._bare)

    @property
    def mib(self) -> int:
        """The most so far, in MiB, rounded up."""
        self.look()
        return -(-self._most // _MIB)


def process_bytes() -> int:
    """Memory that this process has taken."""
    return psutil.Process().memory_info().rss


def _cuda() -> Machine:
    """The first card that torch sees, with the problem that its kernels may not run there."""
    found: Any = torch.cuda.get_device_properties(0)
    is_rocm = torch.version.hip is not None
    problem = ""
    if not (_has_rocm_kernels(found) if is_rocm else _has_cuda_kernels()):
        kind = "ROCm" if is_rocm else "CUDA"
        problem = say(
            "{card} is not used: the installed torch {torch} has no kernels for it. "
            "Install a {build} build of torch that has, see pytorch.org/get-started.",
            card=found.name,
            torch=str(torch.__version__),
            build=kind,
        )
    shared = bool(getattr(found, "is_integrated", False))
    return Machine("rocm" if is_rocm else "cuda", found.name, found.total_memory, shared, problem)


def _has_cuda_kernels() -> bool:
    """Binaries run on later minor versions of the same major one, PTX ("compute_") on all later ones."""
    major, minor = torch.cuda.get_device_capability(0)
    for each in torch.cuda.get_arch_list():
        kind, _, number = each.partition("_")
        digits = "".join(filter(str.isdigit, number))
        version = int(digits[:-1]), int(digits[-1])
        if kind == "compute" and version <= (major, minor):
            return True
        if kind == "sm" and version[0] == major and version[1] <= minor:
            return True
    return False


def _has_rocm_kernels(properties: Any) -> bool:
    return properties.gcnArchName.partition(":")[0] in torch.cuda.get_arch_list()


def _unused_card(root: Path) -> str:
    if _has_card(root, NVIDIA, "proc/driver/nvidia/version") or shutil.which("nvidia-smi"):
        card, build = "NVIDIA", "CUDA"
    elif (root / "dev/kfd").exists() and _has_card(root, AMD):
        card, build = "AMD", "ROCm"
    else:
        return ""
    if (torch.version.hip if build == "ROCm" else torch.version.cuda) is not None:
        return say(
            "The {card} graphics card is not used: its driver does not answer. Install its current driver.",
            card=card,
        )
    return say(
        "The {card} graphics card is not used: the installed torch {torch} is not built for {build}. "
        "Install a {build} build of torch, see pytorch.org/get-started.",
        card=card,
        torch=str(torch.__version__),
        build=build,
    )


def _has_card(root: Path, vendor: str, driver: str = "") -> bool:
    if driver and (root / driver).exists():
        return True
    devices = (root / "sys/bus/pci/devices").glob("*")
    return any(
        _read(each / "vendor") == vendor and _read(each / "class").startswith(_DISPLAY_CLASS)
        for each in devices
    )


def _processor(root: Path) -> str:
    for line in _read(root / "proc/cpuinfo").splitlines():
        if line.startswith("model name"):
            return line.partition(":")[2].strip()
    return platform.processor() or platform.machine()


def _read(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8").strip()
    except OSError:
        return ""
