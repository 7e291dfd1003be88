"""Sound files as samples; imported in the child process only, where a damaged file does no harm."""

from __future__ import annotations

import time
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from dalle_studio.core.errors import CannotHear
from dalle_studio.core.sentence import say
from dalle_studio.engine.speech.base import MAX_S, RATE_HZ, Samples


class Playback:
    """A recording as a `Source`: at once, or at the pace it was spoken."""

    def __init__(self, path: Path, *, paced: bool) -> None:
        """Read it. Raises CannotHear where that cannot be done."""
        self._samples, self.has_more = read_recording(path)
        self._paced = paced
        self._began, self._at = time.monotonic(), 0

    @property
    def is_over(self) -> bool:
        """Whether all was read."""
        return self._at >= len(self._samples)

    def read(self, timeout_s: float) -> Samples:
        """See `Source.read`."""
        end = len(self._samples)
        if self._paced:
            time.sleep(timeout_s)
            end = int((time.monotonic() - self._began) * RATE_HZ)
        piece = self._samples[self._at : end]
        self._at += len(piece)
        return piece

    def close(self) -> None:
        """Nothing is open any more."""


def read_recording(path: Path) -> tuple[Samples, bool]:
    """The first `MAX_S` of a WAV, FLAC, Ogg or MP3 file whatever its name says, and whether there is more.

    Raises CannotHear with the reason.
    """
    _check(path)
    import soundfile

    try:
        with soundfile.SoundFile(path) as file:
            rate_hz = file.samplerate
            wanted = int(MAX_S * rate_hz)
            channels = file.read(wanted + 1, dtype="float32", always_2d=True)
    except Exception as error:  # libsndfile's own errors, and what numpy says to absurd headers
        raise _unreadable(path, f"{type(error).__name__}: {error}") from error
    if not len(channels):
        raise CannotHear(
            say("“{name}” has no sound in it.", name=path.name),
            say("Record it again; the file may have been cut off."),
        )
    mono = np.nan_to_num(channels[:wanted].mean(axis=1), posinf=1, neginf=-1)
    return _as_samples(resampled(mono, rate_hz)), len(channels) > wanted


def resampled(sound: NDArray[np.float32], rate_hz: int) -> NDArray[np.float32]:
    """The same sound at 16 kHz, by cutting or widening its spectrum."""
    if rate_hz == RATE_HZ:
        return sound
    length = max(1, round(len(sound) * RATE_HZ / rate_hz))
    spectrum = np.fft.rfft(sound)
    bins = min(len(spectrum), length // 2 + 1)
    return (np.fft.irfft(spectrum[:bins], length) * (length / len(sound))).astype(np.float32)


def _as_samples(sound: NDArray[np.float32]) -> Samples:
    return np.rint(sound.clip(-1, 1) * 32767).astype(np.int16)


def _check(path: Path) -> None:
    try:
        if path.is_dir():
            raise CannotHear(
                say("“{path}” is a folder.", path=path), say("Name a sound file, such as take.wav.")
            )
        if path.stat().st_size == 0:
            raise CannotHear(say("“{name}” is empty.", name=path.name), say("Record it again."))
    except FileNotFoundError as error:
        raise CannotHear(
            say("There is no file “{path}”.", path=path), say("Check its name and folder.")
        ) from error
    except OSError as error:
        raise CannotHear(
            say("“{path}” cannot be read.", path=path),
            say("Check that you may read it."),
            f"{type(error).__name__}: {error}",
        ) from error


def _unreadable(path: Path, details: str) -> CannotHear:
    return CannotHear(
        say("“{name}” is no sound file that can be read.", name=path.name),
        say("Use a WAV, FLAC, Ogg or MP3 file; other programs can save as one."),
        details,
    )
