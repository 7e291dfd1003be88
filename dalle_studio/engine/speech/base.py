"""What is said of speech, and what every recogniser can do."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from dalle_studio.core.errors import StudioError

RATE_HZ = 16_000
"""Of all samples here; they are mono and 16 bits wide."""
MAX_S = 60.0
"""What is spoken for longer is cut here."""
Samples = NDArray[np.int16]


class Recogniser(Protocol):
    """Turns one utterance into text, while it is spoken or afterwards."""

    def start(self, hint: str, phrases: Sequence[str], language: str = "en") -> None:
        """Begin an utterance; see `Listen`."""
        ...

    def feed(self, samples: Samples) -> None:
        """Take the next samples."""
        ...

    def partial(self) -> str:
        """What was said so far, quickly."""
        ...

    def final(self) -> str:
        """What was said, as well as it can be told."""
        ...


class Source(Protocol):
    """Where samples come from.

    Attributes:
        is_over: whether nothing comes any more.
        has_more: whether there would have been more after that.
    """

    @property
    def is_over(self) -> bool:
        """See above."""
        ...

    @property
    def has_more(self) -> bool:
        """See above."""
        ...

    def read(self, timeout_s: float) -> Samples:
        """What came since, at least one sample if any comes in that time. Raises CannotHear where it is lost."""
        ...

    def close(self) -> None:
        """Let go of it."""
        ...


@dataclass(frozen=True)
class Prepare:
    """Load a recogniser, so that the first utterance need not wait for that.

    Attributes:
        recogniser: see `Listen`.
    """

    recogniser: Path | None = None


@dataclass(frozen=True)
class Finish:
    """That was all: take what was said so far."""


@dataclass(frozen=True)
class Listen:
    """Hear one utterance.

    Attributes:
        hint: a text such as may have been said before.
        phrases: known ones, of which some are likely to be said.
        recording: a sound file; None for the microphone.
        paced: feed a recording no faster than it was spoken.
        recogniser: folder of an installed model; None for the English one that comes along.
        language: what is spoken, "en" or "zh".
    """

    hint: str = ""
    phrases: tuple[str, ...] = ()
    recording: Path | None = None
    paced: bool = False
    recogniser: Path | None = None
    language: str = "en"


@dataclass(frozen=True)
class Opened:
    """The microphone is open, or the recording read: what is said from now on is heard."""


@dataclass(frozen=True)
class Level:
    """How loud it is, from 0 (silent) to 1 (as loud as can be recorded)."""

    value: float


@dataclass(frozen=True)
class Heard:
    """What was said so far; later words may change it."""

    text: str


@dataclass(frozen=True)
class Said:
    """The last event of an utterance.

    Attributes:
        text: what was said.
        seconds: how much was listened to.
        cut: whether there was more than `MAX_S`.
    """

    text: str
    seconds: float
    cut: bool = False


@dataclass(frozen=True)
class Unheard:
    """The last event of an utterance that came to nothing, and why."""

    error: StudioError


SpeechEvent = Opened | Level | Heard | Said | Unheard
