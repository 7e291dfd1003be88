"""A small repository on a hub of our own, and an entry of the catalogue that takes its files from there."""

from __future__ import annotations

import json
import random
import struct
import time
from collections.abc import Callable, Iterable
from pathlib import Path

from dalle_studio.core.model import SPEEDS, Ability, Commercial, Licence
from dalle_studio.storage.models.catalogue import Entry, Source
from dalle_studio.storage.models.download import Download, DownloadEvent, FailedDownload, Installed

REPO = "studio/tiny"
WEIGHTS_BYTES = 400_000
Fetch = Callable[..., list[DownloadEvent]]


def weights(number_of_bytes: int = WEIGHTS_BYTES, seed: int = 0) -> bytes:
    """A safetensors file with one tensor of random bytes."""
    header = {"weight": {"dtype": "U8", "shape": [number_of_bytes], "data_offsets": [0, number_of_bytes]}}
    return safetensors(header, random.Random(seed).randbytes(number_of_bytes))


def safetensors(header: object, data: bytes = b"") -> bytes:
    """A safetensors file with that header."""
    text = json.dumps(header).encode()
    return struct.pack("<Q", len(text)) + text + data


def fill(folder: Path, files: Iterable[str], repo: str = REPO) -> None:
    """Put files into a repository: weights where the name says so, JSON otherwise."""
    for number, name in enumerate(files):
        path = folder / repo / name
        path.parent.mkdir(parents=True, exist_ok=True)
        is_json = path.suffix in (".json", ".txt")
        path.write_bytes(b'{"number": %d}' % number if is_json else weights(seed=number))


TINY = (
    "model_index.json",
    "unet/config.json",
    "unet/diffusion_pytorch_model.safetensors",
    "vae/model.safetensors",
)


def entry(name: str = "tiny", *sources: Source, **changes: object) -> Entry:
    """An entry for that repository."""
    made: dict[str, object] = {
        "name": name,
        "label": "Tiny",
        "summary": "For tests.",
        "kind": None,
        "family": "stable-diffusion",
        "sources": sources or (Source(REPO, "main"),),
        "licence": Licence("MIT", Commercial.YES),
        "abilities": frozenset({Ability.CREATE}),
        "native_px": 64,
        "steps": dict.fromkeys(SPEEDS, 2),
        "homepage": "https://example.org/tiny",
    }
    return Entry(**{**made, **changes})  # type: ignore[arg-type]


def followed(
    download: Download, until: Callable[[DownloadEvent], bool] = lambda event: False, limit_s: float = 30.0
) -> list[DownloadEvent]:
    """Start a download and collect what it tells, to its end or to an event."""
    download.start()
    events: list[DownloadEvent] = []
    end_s = time.monotonic() + limit_s
    while time.monotonic() < end_s:
        for event in download.poll():
            events.append(event)
            if isinstance(event, Installed | FailedDownload) or until(event):
                return events
        time.sleep(0.01)
    raise AssertionError(f"did not end: {events[-3:]}")
