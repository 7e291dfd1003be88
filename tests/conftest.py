"""What every test shares: an offscreen window system, folders of its own, one starter engine for all."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import settings

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
settings.register_profile("studio", derandomize=True, deadline=None)
settings.load_profile("studio")

from dalle_studio.core.model import Model  # noqa: E402
from dalle_studio.engine.local import LocalEngine  # noqa: E402
from dalle_studio.storage.models import find_model  # noqa: E402

if TYPE_CHECKING:
    from PySide6.QtWidgets import QApplication

    from dalle_studio.ui.theme import Theme


@pytest.fixture(scope="session")
def cache(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("cache")


@pytest.fixture(scope="session")
def starter() -> Model:
    return find_model()


@pytest.fixture(scope="session")
def engine(cache: Path) -> Iterator[LocalEngine]:
    """A warm engine with the starter model; tests that end its process leave it able to start again."""
    engine = LocalEngine(find_model, cache)
    yield engine
    engine.unload()


@pytest.fixture(scope="session")
def theme(qapp: QApplication) -> Theme:
    from dalle_studio.ui.theme import Scheme, Theme

    theme = Theme(Scheme.DARK)
    theme.install(qapp)
    return theme


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A home of its own: what is moved to the trash stays in it."""
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))
    return tmp_path
