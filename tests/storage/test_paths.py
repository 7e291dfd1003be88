"""Where things lie: resources beside a checkout or inside a wheel, the rest where the system says."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from dalle_studio.storage import paths


@pytest.fixture
def elsewhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """The package's folder, as if it were installed there."""
    monkeypatch.setattr(paths, "__file__", str(tmp_path / "dalle_studio" / "storage" / "paths.py"))
    paths.resources_dir.cache_clear()
    yield tmp_path / "dalle_studio"
    paths.resources_dir.cache_clear()


def test_resources_are_here() -> None:
    for name in ("fonts", "starter"):
        assert (paths.resources_dir() / name).is_dir()


def test_a_wheel_carries_its_resources_inside(elsewhere: Path) -> None:
    (elsewhere / "resources").mkdir(parents=True)
    (elsewhere.parent / "resources").mkdir()
    assert paths.resources_dir() == elsewhere / "resources"


def test_a_checkout_has_them_beside(elsewhere: Path) -> None:
    assert paths.resources_dir() == elsewhere.parent / "resources"


@pytest.mark.skipif(sys.platform != "linux", reason="XDG variables")
def test_folders_follow_the_system(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for variable in ("XDG_CACHE_HOME", "XDG_STATE_HOME", "XDG_PICTURES_DIR"):
        monkeypatch.setenv(variable, str(tmp_path / variable))
    assert paths.cache_dir() == tmp_path / "XDG_CACHE_HOME" / "dalle-studio"
    assert paths.log_dir().is_relative_to(tmp_path / "XDG_STATE_HOME" / "dalle-studio")
    assert paths.pictures_dir() == tmp_path / "XDG_PICTURES_DIR" / "Dalle Studio"
    assert not any(tmp_path.iterdir()), "asking makes nothing"
