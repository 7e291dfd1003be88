"""Spoken prompts, and a listener that hears one of them in place of the microphone."""

from __future__ import annotations

import time
from dataclasses import replace
from pathlib import Path

from dalle_studio.engine.speech.base import Listen, SpeechEvent
from dalle_studio.engine.speech.local import Listener

TAKES = Path(__file__).parent / "engine/speech/takes"
PENGUINS, FLAMINGO, ROBOT = (TAKES / f"{name}.flac" for name in ("penguins", "flamingo", "robot"))


class PlayedListener(Listener):
    """Hears a recording, at the pace it was spoken, where the microphone is asked for."""

    def __init__(self, recording: Path) -> None:
        super().__init__()
        self._recording = recording

    def listen(self, listen: Listen) -> None:
        super().listen(replace(listen, recording=self._recording, paced=True))


def heard(listener: Listener, listen: Listen, limit_s: float = 60) -> list[SpeechEvent]:
    """All events of an utterance."""
    listener.listen(listen)
    events: list[SpeechEvent] = []
    end = time.monotonic() + limit_s
    while listener.listens and time.monotonic() < end:
        listener.wait(0.2)
        events += listener.poll()
    return events
