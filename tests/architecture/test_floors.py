"""The house stands as DESIGN says: what each floor may import, and what the window's process never loads."""

from __future__ import annotations

import ast
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

PACKAGE = Path(__file__).parents[2] / "dalle_studio"
HEAVY = {"torch", "diffusers", "transformers", "accelerate", "safetensors", "huggingface_hub"}
IN_CHILDREN = {"ctranslate2", "tokenizers", "sounddevice", "soundfile", "pymicro_vad", "rapidfuzz", "keyring"}
MAY_BE_HEAVY = ("engine/pipelines/", "training/")
MAY_REACH_THE_HUB = "storage/models/hub.py"  # in a download's own process


def modules() -> list[Path]:
    return sorted(PACKAGE.rglob("*.py"))


def imported(path: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name.split(".")[0] for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"relative import in {path}"
            yield (node.module or "").split(".")[0]


@pytest.mark.parametrize("path", modules(), ids=lambda p: p.relative_to(PACKAGE).as_posix())
def test_only_the_worker_imports_what_is_heavy(path: Path) -> None:
    place = path.relative_to(PACKAGE).as_posix()
    if not place.startswith(MAY_BE_HEAVY):
        allowed = {"huggingface_hub"} if place == MAY_REACH_THE_HUB else set[str]()
        assert not HEAVY & set(imported(path)) - allowed


@pytest.mark.parametrize("path", sorted((PACKAGE / "state").glob("*.py")), ids=lambda p: p.name)
def test_state_knows_no_windows(path: Path) -> None:
    nodes = ast.walk(ast.parse(path.read_text(encoding="utf-8")))
    named = {node.module for node in nodes if isinstance(node, ast.ImportFrom)}
    allowed = {"PySide6.QtCore", "PySide6.QtNetwork"}
    assert {name for name in named if name and name.startswith("PySide6")} <= allowed


def test_init_files_import_nothing() -> None:
    for path in PACKAGE.rglob("__init__.py"):
        assert not list(imported(path)), path


def test_the_import_contracts_are_kept() -> None:
    command = [str(Path(sys.executable).with_name("lint-imports")), "--no-cache"]
    result = subprocess.run(command, cwd=PACKAGE.parent, capture_output=True, text=True, check=False)
    assert result.returncode == 0, result.stdout


def test_the_studio_process_never_loads_torch() -> None:
    code = "import sys, dalle_studio.cli, dalle_studio.app; print(*sys.modules)"
    loaded = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True
    ).stdout.split()
    assert not (HEAVY | IN_CHILDREN) & set(loaded)


def test_the_command_line_loads_no_qt() -> None:
    code = "import sys, dalle_studio.cli; print(*sys.modules)"
    loaded = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True
    ).stdout.split()
    assert "PySide6" not in loaded
