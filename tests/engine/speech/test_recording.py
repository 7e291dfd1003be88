"""Sound files that come in: every width, rate and number of channels, and every kind of damage."""

from __future__ import annotations

import wave
from pathlib import Path

import numpy as np
import pytest
import soundfile

from dalle_studio.core.errors import CannotHear
from dalle_studio.engine.speech.base import MAX_S, RATE_HZ
from dalle_studio.engine.speech.recording import read_recording, resampled


def tone(rate_hz: int, seconds: float = 1.0, pitch_hz: float = 440) -> np.ndarray:
    return (0.5 * np.sin(2 * np.pi * pitch_hz * np.arange(int(rate_hz * seconds)) / rate_hz)).astype(
        np.float32
    )


def pitch_hz(samples: np.ndarray) -> float:
    return float(np.abs(np.fft.rfft(samples.astype(float))).argmax() * RATE_HZ / len(samples))


@pytest.mark.parametrize(
    ("rate_hz", "subtype", "channels"),
    [
        (8_000, "PCM_U8", 1),
        (16_000, "PCM_16", 1),
        (22_050, "PCM_16", 1),
        (44_100, "PCM_24", 2),
        (48_000, "FLOAT", 2),
        (96_000, "DOUBLE", 6),
        (11_025, "ULAW", 1),
    ],
)
def test_every_kind_of_wav_is_the_same_sound(
    tmp_path: Path, rate_hz: int, subtype: str, channels: int
) -> None:
    path = tmp_path / "take.wav"
    soundfile.write(path, np.repeat(tone(rate_hz)[:, None], channels, 1), rate_hz, subtype=subtype)
    samples, has_more = read_recording(path)
    assert samples.dtype == np.int16 and len(samples) == RATE_HZ and not has_more
    assert pitch_hz(samples) == pytest.approx(440, abs=1)
    assert np.sqrt(np.mean((samples / 32767) ** 2)) == pytest.approx(0.5 / np.sqrt(2), rel=0.03)


def test_what_is_too_high_for_16_khz_is_left_out_and_not_folded_down() -> None:
    sound = resampled(tone(48_000, pitch_hz=440) + tone(48_000, pitch_hz=11_000), 48_000)
    assert np.abs(sound - tone(RATE_HZ)).max() < 0.01


def test_of_ten_minutes_the_first_one_is_heard(tmp_path: Path) -> None:
    path = tmp_path / "lecture.wav"
    soundfile.write(path, np.tile(tone(8_000), 600), 8_000)
    samples, has_more = read_recording(path)
    assert len(samples) == MAX_S * RATE_HZ and has_more


@pytest.mark.parametrize("kind", ["MP3", "FLAC", "OGG"])
def test_a_file_that_is_called_wav_and_is_something_else_is_read_as_that(tmp_path: Path, kind: str) -> None:
    path = tmp_path / "take.wav"
    with path.open("wb") as file:
        soundfile.write(file, tone(44_100), 44_100, format=kind)
    assert pitch_hz(read_recording(path)[0]) == pytest.approx(440, abs=2)


def test_a_file_that_was_cut_off_is_heard_as_far_as_it_goes(tmp_path: Path) -> None:
    path = tmp_path / "take.wav"
    soundfile.write(path, tone(RATE_HZ, 2), RATE_HZ)
    path.write_bytes(path.read_bytes()[: 44 + RATE_HZ])
    assert len(read_recording(path)[0]) == RATE_HZ // 2


def test_a_header_that_promises_gigabytes_is_not_believed(tmp_path: Path) -> None:
    path = tmp_path / "take.wav"
    soundfile.write(path, tone(RATE_HZ), RATE_HZ)
    lying = bytearray(path.read_bytes())
    lying[40:44] = lying[4:8] = b"\xf0\xff\xff\x7f"
    path.write_bytes(lying)
    assert len(read_recording(path)[0]) == RATE_HZ


def test_numbers_that_are_none_become_silence_or_the_loudest(tmp_path: Path) -> None:
    path = tmp_path / "take.wav"
    sound = np.array([np.nan, np.inf, -np.inf, 7, 0.5] * 100, np.float32)
    soundfile.write(path, sound, RATE_HZ, subtype="FLOAT")
    assert list(read_recording(path)[0][:5]) == [0, 32767, -32767, 32767, 16384]


def no_header(path: Path) -> None:
    path.write_bytes(b"RIFF" + bytes(40))


def no_samples(path: Path) -> None:
    with wave.open(str(path), "wb") as file:
        file.setparams((1, 2, RATE_HZ, 0, "NONE", ""))


@pytest.mark.parametrize(
    ("make", "message"),
    [
        (lambda _: None, "There is no file"),
        (Path.mkdir, "is a folder"),
        (Path.touch, "is empty"),
        (lambda path: path.write_text("a red car"), "is no sound file that can be read"),
        (no_header, "is no sound file that can be read"),
        (no_samples, "has no sound in it"),
    ],
)
def test_what_cannot_be_heard_is_told_with_a_remedy(tmp_path: Path, make: object, message: str) -> None:
    path = tmp_path / "take.wav"
    assert callable(make)
    make(path)
    with pytest.raises(CannotHear, match=message) as told:
        read_recording(path)
    assert told.value.remedy.endswith(".")
