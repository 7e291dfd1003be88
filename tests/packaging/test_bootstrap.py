"""The set-up script: what it says on a machine that lacks something, and that it does nothing twice."""

from __future__ import annotations

import importlib.util
import os
import subprocess
import sys
from pathlib import Path
from types import ModuleType

import pytest

SCRIPT = Path(__file__).parents[2] / "packaging" / "bootstrap.py"


@pytest.fixture
def bootstrap(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> ModuleType:
    """The script, at work in an empty checkout."""
    spec = importlib.util.spec_from_file_location("bootstrap", SCRIPT)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    for name in module.INPUTS:
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(name)
    monkeypatch.setattr(module, "ROOT", tmp_path)
    monkeypatch.setattr(module, "VENV", tmp_path / ".venv")
    monkeypatch.setattr(module, "missing_libraries", list)
    monkeypatch.setattr(module, "install_display", lambda: None)
    monkeypatch.setattr(module, "install_sound", lambda: None)
    monkeypatch.delenv("DISPLAY", raising=False)
    return module


def with_only(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, *programs: str) -> None:
    folder = tmp_path / "bin"
    folder.mkdir()
    for program in programs:
        (folder / program).write_text("#!/bin/sh\nexit 1\n")
        (folder / program).chmod(0o755)
    monkeypatch.setenv("PATH", str(folder))


@pytest.mark.parametrize(
    ("program", "command"),
    [
        ("apt-get", "sudo apt-get update && sudo apt-get install -y libegl1 libgl1"),
        ("dnf", "sudo dnf install -y libglvnd-egl"),
        ("pacman", "sudo pacman -S --noconfirm libglvnd"),
        ("brew", "brew install fontconfig"),
    ],
)
def test_missing_libraries_are_told_with_the_exact_command(
    program: str,
    command: str,
    bootstrap: ModuleType,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    with_only(tmp_path, monkeypatch, program)
    monkeypatch.setattr(bootstrap, "missing_libraries", lambda: ["libEGL.so.1"])
    monkeypatch.setattr(os, "geteuid", lambda: 1000)
    assert bootstrap.main(["dev"]) == 1
    told = capsys.readouterr().err
    assert "libEGL.so.1" in told
    assert command in told


def test_a_display_asks_for_the_libraries_of_a_window(
    bootstrap: ModuleType, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("shutil.which", lambda name: "/usr/bin/apt-get" if name == "apt-get" else None)
    assert "libxcb-cursor0" not in bootstrap.install_command()
    monkeypatch.setenv("DISPLAY", ":0")
    assert "libxcb-cursor0" in bootstrap.install_command()


@pytest.mark.parametrize(("user", "installs"), [(0, True), (1000, False)])
def test_the_tests_get_a_display_where_that_asks_for_no_password(
    user: int, installs: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    spec = importlib.util.spec_from_file_location("bootstrap", SCRIPT)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    calls: list[list[str]] = []
    monkeypatch.setattr(sys, "platform", "linux")
    monkeypatch.setattr(os, "geteuid", lambda: user)
    monkeypatch.setattr("shutil.which", lambda name: "/usr/bin/apt-get" if name == "apt-get" else None)
    monkeypatch.setattr(subprocess, "run", lambda command, check: calls.append(command))
    module.install_display()
    assert any("xvfb" in command for command in calls) is installs


def test_libraries_of_this_machine_are_found_or_missed() -> None:
    code = f"import runpy; loads = runpy.run_path({str(SCRIPT)!r})['loads']; "
    code += "print(loads('libc.so.6'), loads('libno.so'))"
    told = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout
    assert told == ("True False\n" if sys.platform == "linux" else "False False\n")


def test_an_old_python_is_told(
    bootstrap: ModuleType, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(sys, "version_info", (3, 10, 2))
    assert bootstrap.main(["dev"]) == 1
    assert "PYTHON=python3" in capsys.readouterr().err


def test_a_failed_installation_is_told_and_tried_again(
    bootstrap: ModuleType, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    calls: list[list[str]] = []

    def run(command: list[str], check: bool) -> subprocess.CompletedProcess[bytes]:
        calls.append(command)
        return subprocess.CompletedProcess(command, 1)

    bootstrap.python().parent.mkdir(parents=True)
    bootstrap.python().write_text("")
    monkeypatch.setattr(subprocess, "run", run)
    assert bootstrap.main(["dev"]) == 1
    assert "network" in capsys.readouterr().err
    assert bootstrap.main(["dev"]) == 1
    assert len(calls) == 2


def test_what_is_installed_is_not_installed_again_until_its_inputs_change(
    bootstrap: ModuleType, monkeypatch: pytest.MonkeyPatch
) -> None:
    calls: list[list[str]] = []

    def run(command: list[str], check: bool) -> subprocess.CompletedProcess[bytes]:
        calls.append(command)
        return subprocess.CompletedProcess(command, 0)

    bootstrap.python().parent.mkdir(parents=True)
    bootstrap.python().write_text("")
    monkeypatch.setattr(subprocess, "run", run)
    assert bootstrap.main(["dev"]) == 0
    assert all("constraints.txt" in " ".join(call) for call in calls)
    assert [call[-2:] for call in calls][-1] == ["--no-deps", *bootstrap.ALONE] and len(calls) == 2
    assert bootstrap.main(["dev"]) == 0
    assert len(calls) == 2
    (bootstrap.ROOT / "constraints.txt").write_text("numpy==1")
    assert bootstrap.main(["dev"]) == 0
    assert len(calls) == 4
