"""Speech, silence and noise are told apart."""

from __future__ import annotations

import numpy as np
import pytest

from dalle_studio.engine.speech.attention import Attention
from dalle_studio.engine.speech.base import RATE_HZ, Samples
from dalle_studio.engine.speech.recording import read_recording
from tests.takes import PENGUINS


def noise(rms: float, seconds: float = 3) -> Samples:
    return np.random.default_rng(1).normal(0, rms, int(seconds * RATE_HZ)).astype(np.int16)


def followed(samples: Samples) -> Attention:
    attention = Attention()
    for start in range(0, len(samples), 777):
        attention.follow(samples[start : start + 777])
    return attention


def test_speech_is_noticed_and_its_end_too() -> None:
    attention = followed(np.concatenate([read_recording(PENGUINS)[0], noise(10, 2)]))
    assert attention.has_spoken
    assert 1.5 < attention.spoken_s < 3.8
    assert 0.8 < attention.quiet_s < 2.6
    assert attention.heard_s == pytest.approx(5.84, abs=0.01)


@pytest.mark.parametrize(
    ("samples", "message"),
    [
        (noise(0), "The microphone is silent."),
        (noise(20), "Nothing was said."),
        (noise(3000), "No words were heard, only noise."),
    ],
)
def test_what_there_was_instead_is_told(samples: Samples, message: str) -> None:
    attention = followed(samples)
    assert not attention.has_spoken
    assert attention.nothing().message == message


def test_the_level_follows_the_loudness() -> None:
    attention = Attention()
    levels = [attention.follow(noise(rms, 0.1)) for rms in (0, 30, 300, 3000, 20000)]
    assert levels == sorted(levels) and levels[0] == 0 and 0.85 < levels[-1] <= 1
