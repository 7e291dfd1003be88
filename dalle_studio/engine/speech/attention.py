"""Notices when somebody speaks, when they have ended, and what was there instead."""

from __future__ import annotations

import numpy as np

from dalle_studio.core.errors import CannotHear
from dalle_studio.core.sentence import say
from dalle_studio.engine.speech.base import RATE_HZ, Samples

_FRAME = RATE_HZ // 100
_SPOKEN_S = 0.25
"""So much of it is a word, and no click."""
_LIKELY = 0.5
_QUIET_RMS = 60.0
"""Below this, 0.2 % of the loudest, nothing is said."""


class Attention:
    """Follows one utterance.

    Attributes:
        heard_s: how much was listened to.
        spoken_s: in how much of it somebody spoke.
        quiet_s: how long ago that was.
    """

    def __init__(self) -> None:
        from pymicro_vad import MicroVad

        self._vad = MicroVad()
        self._rest = np.zeros(0, np.int16)
        self._loudest = 0.0
        self.heard_s = self.spoken_s = self.quiet_s = 0.0

    @property
    def has_spoken(self) -> bool:
        """Whether there were words."""
        return self.spoken_s >= _SPOKEN_S

    def follow(self, samples: Samples) -> float:
        """Take the next samples; how loud they are, from 0 to 1."""
        self.heard_s += len(samples) / RATE_HZ
        waiting = np.concatenate([self._rest, samples])
        whole = len(waiting) // _FRAME * _FRAME
        self._rest = waiting[whole:]
        for frame in waiting[:whole].reshape(-1, _FRAME):
            speaks = self._vad.process_10ms(frame.tobytes()) > _LIKELY
            self.spoken_s += 0.01 * speaks
            self.quiet_s = 0.0 if speaks else self.quiet_s + 0.01
        rms = float(np.sqrt(np.mean(samples.astype(np.float32) ** 2))) if len(samples) else 0.0
        self._loudest = max(self._loudest, rms)
        return float(np.clip(1 + np.log10(max(rms, 1.0) / 32768) / 3, 0, 1))

    def nothing(self) -> CannotHear:
        """What there was instead of words."""
        if self._loudest == 0:
            return CannotHear(
                say("The microphone is silent."),
                say("Unmute it, and allow the studio to use it in the system's privacy settings."),
            )
        if self._loudest < _QUIET_RMS:
            return CannotHear(
                say("Nothing was said."), say("Say it again, louder or closer to the microphone.")
            )
        return CannotHear(say("No words were heard, only noise."), say("Say it again where it is quieter."))
