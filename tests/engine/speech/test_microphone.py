"""The microphone as PortAudio shows it: there, not there, refused, unplugged."""

from __future__ import annotations

import sys
from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest

from dalle_studio.core.errors import CannotHear
from dalle_studio.engine.speech import microphone
from dalle_studio.engine.speech.microphone import Microphone


class PortAudioError(Exception):
    pass


class Sound:
    """What of sounddevice is used."""

    PortAudioError = PortAudioError

    def __init__(self, inputs: int, *, opens: bool = True) -> None:
        self._inputs, self._opens = inputs, opens
        self.closed = False

    def query_devices(self) -> list[dict[str, int]]:
        return [{"max_input_channels": self._inputs}]

    def RawInputStream(self, callback: Any, **how: Any) -> Any:  # noqa: N802
        if not self._opens:
            raise PortAudioError("Error opening")
        self.how, self.play = how, lambda data: callback(data, len(data) // 2, None, None)
        self.stream = SimpleNamespace(start=lambda: None, active=True, abort=self._end, close=self._end)
        return self.stream

    def _end(self, ignore_errors: bool) -> None:
        self.closed = True


@pytest.fixture
def sound(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Sound:
    sound: Sound = getattr(request, "param", Sound(1))
    monkeypatch.setitem(sys.modules, "sounddevice", sound)
    return sound


def test_what_comes_in_is_read_in_order(sound: Sound) -> None:
    source = Microphone()
    sound.play(np.array([1, 2], np.int16).tobytes())
    sound.play(np.array([3], np.int16).tobytes())
    assert list(source.read(0.1)) == [1, 2, 3]
    assert len(source.read(0.01)) == 0
    assert (sound.how["samplerate"], sound.how["channels"], sound.how["dtype"]) == (16_000, 1, "int16")
    source.close()
    assert sound.closed


@pytest.mark.parametrize(
    ("sound", "message"),
    [
        (Sound(0, opens=False), "There is no microphone."),
        (Sound(1, opens=False), "The microphone cannot be opened."),
    ],
    indirect=["sound"],
)
def test_a_microphone_that_cannot_be_had_is_told(sound: Sound, message: str) -> None:
    with pytest.raises(CannotHear, match=message):
        Microphone()


def test_one_that_is_unplugged_while_speaking_is_noticed(
    sound: Sound, monkeypatch: pytest.MonkeyPatch
) -> None:
    source = Microphone()
    sound.stream.active = False
    with pytest.raises(CannotHear, match="The microphone is gone"):
        source.read(0.01)
    sound.stream.active = True  # some systems go on, and deliver nothing
    monkeypatch.setattr(microphone, "_GONE_S", 0.0)
    with pytest.raises(CannotHear, match="The microphone is gone"):
        source.read(0.01)


def test_a_missing_library_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    class Missing:
        def find_spec(self, name: str, *_: object) -> None:
            if name == "sounddevice":
                raise OSError("PortAudio library not found")

    monkeypatch.delitem(sys.modules, "sounddevice", raising=False)
    monkeypatch.setattr(sys, "meta_path", [Missing(), *sys.meta_path])
    with pytest.raises(CannotHear, match="PortAudio, is missing"):
        Microphone()
