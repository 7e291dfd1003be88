"""What several tests use: running a request to its end, and a picture no model made."""

from __future__ import annotations

import threading

import numpy as np

from dalle_studio.core.event import LAST_EVENTS, Event, Failed, Finished
from dalle_studio.core.picture import Picture
from dalle_studio.core.request import Request
from dalle_studio.engine.base import Engine


def run(engine: Engine, request: Request, cancel: threading.Event | None = None) -> list[Event]:
    """Every event of a request, its last one at the end and nowhere else."""
    events: list[Event] = []
    engine.run(request, events.append, cancel or threading.Event())
    assert [isinstance(event, LAST_EVENTS) for event in events] == [False] * (len(events) - 1) + [True]
    return events


def made(engine: Engine, request: Request) -> tuple[Picture, ...]:
    """The pictures of a request that must succeed."""
    last = run(engine, request)[-1]
    assert not isinstance(last, Failed), f"{last.error} {last.error.details}"
    assert isinstance(last, Finished)
    return last.pictures


def scene(width_px: int = 640, height_px: int = 640) -> Picture:
    """A picture no model made: sky, ground, a sun, and enough texture to notice every changed pixel."""
    rows, columns = np.mgrid[0:height_px, 0:width_px]
    sky = rows < height_px * 0.6
    texture = (rows * 7 + columns * 13) % 23
    red = np.where(sky, 90, 150) + texture
    green = np.where(sky, 150, 120) + texture
    blue = np.where(sky, 220, 60) + texture
    sun = (rows - height_px * 0.2) ** 2 + (columns - width_px * 0.7) ** 2 < (height_px * 0.08) ** 2
    pixels = np.stack([np.where(sun, 250, red), np.where(sun, 230, green), np.where(sun, 120, blue)], axis=2)
    return Picture(pixels.astype(np.uint8), name="scene.png")
