"""What every test shares: an offscreen window system, folders of its own, one starter engine for all.

A test fails that leaves a window or a thread behind, or a warning in the log that it did not ask for; a file of
tests fails that leaves a timer ticking or a Qt thread running. (Qt's and Python's own warnings: pyproject.toml.)
"""

from __future__ import annotations

import inspect
import logging
import os
import time
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
from dalle_studio.storage.models.installed import find_model  # noqa: E402
from tests.leftovers import settle, things, threads, windows  # noqa: E402

_CHATTY = ("PIL", "torch", "diffusers", "transformers", "accelerate", "huggingface_hub")
"""Loggers that warn of what tests do on purpose: damaged files, tiny models."""

if TYPE_CHECKING:
    from PySide6.QtWidgets import QApplication

    from dalle_studio.ui.theme import Theme


@pytest.fixture(scope="session")
def cache(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("cache")


@pytest.fixture(autouse=True, scope="session")
def cache_of_tests(tmp_path_factory: pytest.TempPathFactory) -> None:
    """No test's thumbnails go to the user's own cache."""
    os.environ["XDG_CACHE_HOME"] = str(tmp_path_factory.mktemp("home-cache"))


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


@pytest.fixture(autouse=True)
def clean(request: pytest.FixtureRequest, caplog: pytest.LogCaptureFixture) -> Iterator[None]:
    """No window and no thread is left behind, and no warning in the log but where a test asks for `caplog`."""
    before = _left()
    yield
    settle()
    end = time.monotonic() + 2
    while (left := _left() - before) and time.monotonic() < end:
        time.sleep(0.01)  # a thread may be about to end
    assert not left, f"left behind: {left}"
    if "caplog" not in inspect.signature(request.function).parameters:
        told = [record for when in ("setup", "call") for record in caplog.get_records(when)]
        stray = [each for each in told if each.levelno >= logging.WARNING and not _is_chatty(each)]
        assert not stray, f"in the log: {[each.getMessage() for each in stray]}"


@pytest.fixture(autouse=True, scope="module")
def quiet() -> Iterator[None]:
    """No timer ticks and no Qt thread runs after a file of tests that did not before."""
    before = things()
    yield
    settle()
    after = things()
    for kind in ("timers", "threads"):
        assert after[kind] <= before[kind], f"left behind: {kind} {after[kind] - before[kind]}"


def _left() -> set[str]:
    return {repr(each) for each in threads()} | windows()


def _is_chatty(record: logging.LogRecord) -> bool:
    return record.name.split(".")[0] in _CHATTY
