"""The microphone; imported in the child process only. Closing the process closes it."""

from __future__ import annotations

import queue
import sys
import time
from typing import Any

import numpy as np

from dalle_studio.core.errors import CannotHear
from dalle_studio.core.sentence import say
from dalle_studio.engine.speech.base import RATE_HZ, Samples

_BLOCK = RATE_HZ // 20
_SETTINGS = {"darwin": say("Privacy & Security, Microphone"), "win32": say("Privacy, Microphone")}
"""Where in the system's settings programs are allowed to use the microphone."""
_GONE_S = 1.5
"""A microphone that says nothing at all for so long is not there any more."""


class Microphone:
    """The system's own microphone, open from the beginning."""

    def __init__(self) -> None:
        """Raises CannotHear where there is none or it cannot be opened."""
        sound = _library()
        self._blocks: queue.SimpleQueue[Samples] = queue.SimpleQueue()
        try:
            self._stream = sound.RawInputStream(
                samplerate=RATE_HZ, channels=1, dtype="int16", blocksize=_BLOCK, callback=self._take
            )
            self._stream.start()
        except (sound.PortAudioError, ValueError) as error:
            raise _closed(sound, str(error)) from error
        self._last = time.monotonic()

    is_over = has_more = False

    def read(self, timeout_s: float) -> Samples:
        """See `Source.read`. Raises CannotHear where it was unplugged."""
        try:
            blocks = [self._blocks.get(timeout=timeout_s)]
        except queue.Empty:
            if not self._stream.active or time.monotonic() - self._last > _GONE_S:
                raise CannotHear(
                    say("The microphone is gone."), say("Plug it in again, and say it once more.")
                ) from None
            return np.zeros(0, np.int16)
        while not self._blocks.empty():
            blocks.append(self._blocks.get())
        self._last = time.monotonic()
        return np.concatenate(blocks)

    def close(self) -> None:
        """Let go of it."""
        self._stream.abort(ignore_errors=True)
        self._stream.close(ignore_errors=True)

    def _take(self, data: Any, _frames: int, _time: Any, _status: Any) -> None:
        """On PortAudio's own thread."""
        self._blocks.put(np.frombuffer(bytes(data), np.int16))


def _library() -> Any:
    try:
        import sounddevice
    except OSError as error:  # no PortAudio on this machine
        raise CannotHear(
            say("The system's library for sound, PortAudio, is missing."),
            say("Install it: sudo apt-get install libportaudio2 (Debian, Ubuntu), or portaudio elsewhere."),
            str(error),
        ) from error
    return sounddevice


def _closed(sound: Any, details: str) -> CannotHear:
    try:
        is_there = any(device["max_input_channels"] for device in sound.query_devices())
    except sound.PortAudioError:
        is_there = False
    if not is_there:
        return CannotHear(
            say("There is no microphone."), say("Connect one, and press the button again."), details
        )
    where = _SETTINGS.get(sys.platform, say("sound"))
    return CannotHear(
        say("The microphone cannot be opened."),
        say("Allow it in the system's settings ({where}), and close programs that hold it.", where=where),
        details,
    )
