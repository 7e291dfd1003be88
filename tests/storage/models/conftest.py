"""A home of its own for models, and a hub on loopback."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from dalle_studio.storage.models.catalogue import Entry
from dalle_studio.storage.models.download import DownloadEvent, FailedDownload
from tests.hub import Hub
from tests.storage.models import shop

os.environ.setdefault("HF_HUB_DISABLE_PROGRESS_BARS", "1")
os.environ.setdefault("HF_HUB_DISABLE_TELEMETRY", "1")


@pytest.fixture(autouse=True)
def models(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Where models are installed in this test."""
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))
    for name in ("HF_TOKEN", "HF_HUB_OFFLINE", "HTTP_PROXY", "http_proxy"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("HF_HOME", str(tmp_path / "no-token"))
    return tmp_path / "data" / "dalle-studio" / "models"


@pytest.fixture
def hub(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Hub]:
    """A hub with one tiny repository."""
    shop.fill(tmp_path / "repos", shop.TINY)
    with Hub.serve(tmp_path / "repos") as running:
        monkeypatch.setenv("HF_ENDPOINT", running.url)
        yield running


@pytest.fixture
def fetch(hub: Hub, models: Path, monkeypatch: pytest.MonkeyPatch) -> shop.Fetch:
    """What a download's process does, in this one; returns what it tells."""
    from dalle_studio.storage.models import hub as fetching

    template = f"{hub.url}/{{repo_id}}/resolve/{{revision}}/{{filename}}"
    monkeypatch.setattr(fetching.constants, "ENDPOINT", hub.url)
    monkeypatch.setattr(fetching.constants, "HUGGINGFACE_CO_URL_TEMPLATE", template)
    monkeypatch.setattr(fetching, "WAITS_S", (0.01, 0.02))

    def call(entry: Entry, token: str | None = None, folder: Path = models) -> list[DownloadEvent]:
        events: list[DownloadEvent] = []
        try:
            fetching.install(entry, folder, token, events.append)
        except Exception as error:
            events.append(FailedDownload(fetching.explained(error, entry)))
        return events

    return call
