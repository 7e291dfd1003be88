"""Which processor is found, with torch's answers made up: the machines that tests run on have one kind each."""

from __future__ import annotations

import shutil
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
import torch

from dalle_studio.engine.pipelines import device
from dalle_studio.engine.pipelines.device import AMD, NVIDIA, Peak, find_machine, free_bytes

GIB = 2**30


@pytest.fixture(autouse=True)
def bare(monkeypatch: pytest.MonkeyPatch) -> None:
    """A machine with nothing but a processor, and a torch without any card's kernels."""
    for accelerator in (torch.cuda, torch.xpu, torch.backends.mps):
        monkeypatch.setattr(accelerator, "is_available", lambda: False)
    monkeypatch.setattr(torch.version, "cuda", None)
    monkeypatch.setattr(torch.version, "hip", None)
    monkeypatch.setattr(shutil, "which", lambda name: None)


def card(
    monkeypatch: pytest.MonkeyPatch, capability: tuple[int, int], archs: list[str], **facts: Any
) -> None:
    found = SimpleNamespace(name="Card 9000", total_memory=12 * GIB, is_integrated=False, **facts)
    monkeypatch.setattr(torch.cuda, "is_available", lambda: True)
    monkeypatch.setattr(torch.cuda, "get_device_properties", lambda index: found)
    monkeypatch.setattr(torch.cuda, "get_device_capability", lambda index: capability)
    monkeypatch.setattr(torch.cuda, "get_arch_list", lambda: archs)


def pci(root: Path, vendor: str, kind: str = "0x030000") -> None:
    folder = root / "sys/bus/pci/devices/0000:01:00.0"
    folder.mkdir(parents=True)
    (folder / "vendor").write_text(f"{vendor}\n")
    (folder / "class").write_text(f"{kind}\n")


@pytest.mark.parametrize("archs", [["sm_80", "sm_86"], ["sm_80"], ["sm_75", "compute_80"]])
def test_a_card_that_torch_has_kernels_for_is_used(monkeypatch: pytest.MonkeyPatch, archs: list[str]) -> None:
    card(monkeypatch, (8, 6), archs)
    machine = find_machine()
    assert (machine.device, machine.name, machine.memory_bytes) == ("cuda", "Card 9000", 12 * GIB)
    assert (machine.is_shared, machine.problem) == (False, "")


@pytest.mark.parametrize("archs", [["sm_90"], ["sm_87"], ["sm_75"], ["compute_90"], []])
def test_a_card_without_kernels_is_told_and_not_used(
    monkeypatch: pytest.MonkeyPatch, archs: list[str]
) -> None:
    card(monkeypatch, (8, 6), archs)
    machine = find_machine()
    assert machine.device == "cpu"
    assert "Card 9000" in machine.problem
    assert "Install a CUDA build" in machine.problem


def test_rocm_is_told_from_cuda_and_checked_by_name(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(torch.version, "hip", "7.1")
    card(monkeypatch, (11, 0), ["gfx1100"], gcnArchName="gfx1100:sramecc-:xnack-")
    assert find_machine().device == "rocm"
    monkeypatch.setattr(device, "this_machine", find_machine)
    assert device.torch_device() == "cuda"
    card(monkeypatch, (10, 3), ["gfx1100"], gcnArchName="gfx1036")
    machine = find_machine()
    assert machine.device == "cpu"
    assert "Install a ROCm build" in machine.problem


def test_apple_and_intel_processors_are_found(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(torch.backends.mps, "is_available", lambda: True)
    monkeypatch.setattr(torch.mps, "recommended_max_memory", lambda: 20 * GIB)
    assert (find_machine().device, find_machine().is_shared, find_machine().memory_bytes) == (
        "mps",
        True,
        20 * GIB,
    )
    arc = SimpleNamespace(name="Intel Arc B580", total_memory=12 * GIB)
    monkeypatch.setattr(torch.xpu, "is_available", lambda: True)
    monkeypatch.setattr(torch.xpu, "get_device_properties", lambda index: arc)
    assert (find_machine().device, find_machine().name, find_machine().is_shared) == ("xpu", arc.name, False)


def test_a_machine_without_cards_has_no_problem(tmp_path: Path) -> None:
    pci(tmp_path, "0x8086")
    machine = find_machine(tmp_path)
    assert (machine.device, machine.is_shared, machine.problem) == ("cpu", True, "")
    assert machine.memory_bytes > GIB


def test_an_nvidia_card_beside_a_torch_without_cuda_is_told(tmp_path: Path) -> None:
    pci(tmp_path, NVIDIA)
    assert "is not built for CUDA. Install a CUDA build" in find_machine(tmp_path).problem


def test_an_nvidia_audio_device_alone_is_none(tmp_path: Path) -> None:
    pci(tmp_path, NVIDIA, "0x040300")
    assert find_machine(tmp_path).problem == ""


def test_the_driver_or_its_tool_tell_of_a_card_too(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "proc/driver/nvidia").mkdir(parents=True)
    (tmp_path / "proc/driver/nvidia/version").write_text("NVRM")
    assert "NVIDIA" in find_machine(tmp_path).problem
    assert find_machine(tmp_path / "elsewhere").problem == ""
    monkeypatch.setattr(shutil, "which", lambda name: "C:/nvidia-smi.exe" if name == "nvidia-smi" else None)
    assert "NVIDIA" in find_machine(tmp_path / "elsewhere").problem


def test_a_card_whose_driver_does_not_answer_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    pci(tmp_path, NVIDIA)
    monkeypatch.setattr(torch.version, "cuda", "13.0")
    assert "driver does not answer" in find_machine(tmp_path).problem


def test_an_amd_card_needs_its_compute_driver_to_be_told(tmp_path: Path) -> None:
    pci(tmp_path, AMD)
    assert find_machine(tmp_path).problem == ""
    (tmp_path / "dev").mkdir()
    (tmp_path / "dev/kfd").touch()
    assert "Install a ROCm build" in find_machine(tmp_path).problem


def test_free_memory_counts_what_torch_keeps_for_reuse(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(torch.cuda, "mem_get_info", lambda: (3 * GIB, 12 * GIB))
    monkeypatch.setattr(torch.cuda, "memory_reserved", lambda: 6 * GIB)
    monkeypatch.setattr(torch.cuda, "memory_allocated", lambda: 4 * GIB)
    assert free_bytes("cuda") == 5 * GIB
    assert 0 < free_bytes("cpu") < 2**50


def test_the_peak_on_a_processor_is_the_most_that_was_seen() -> None:
    peak = Peak("cpu", device.process_bytes())
    large = torch.ones(64 * 2**18)  # 64 MiB
    peak.look()
    del large
    assert 60 <= peak.mib <= 80


def test_the_peak_on_a_card_is_its_own_count(monkeypatch: pytest.MonkeyPatch) -> None:
    reset: list[bool] = []
    monkeypatch.setattr(torch.cuda, "reset_peak_memory_stats", lambda: reset.append(True))
    monkeypatch.setattr(torch.cuda, "max_memory_allocated", lambda: 5 * 2**20 + 1)
    assert (Peak("cuda").mib, reset) == (6, [True])
