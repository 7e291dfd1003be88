"""Log-mel spectrograms as Whisper was trained on (Radford et al. 2022, section 2.2)."""

from __future__ import annotations

from functools import cache

import numpy as np
from numpy.typing import NDArray

from dalle_studio.engine.speech.base import RATE_HZ

HOP = 160
_WINDOW = 400


def log_mel(audio: NDArray[np.float32], bands: int = 80) -> NDArray[np.float32]:
    """The spectrogram of sound from -1 to 1 at 16 kHz: (bands, samples // 160), from about -1 to 1.

    Models since large-v3 were trained on 128 bands, those before on 80.
    """
    padded = np.pad(audio, _WINDOW // 2, mode="reflect")
    frames = np.lib.stride_tricks.sliding_window_view(padded, _WINDOW)[::HOP][: len(audio) // HOP]
    window = np.hanning(_WINDOW + 1)[:-1].astype(np.float32)
    power = np.abs(np.fft.rfft(frames * window, axis=1)) ** 2
    mel = np.log10(np.maximum(power @ _filters(bands).T, 1e-10))
    return ((np.maximum(mel, mel.max() - 8) + 4) / 4).T.astype(np.float32)


@cache
def _filters(bands: int) -> NDArray[np.float64]:
    """Slaney's triangles of equal area: (bands, 201)."""
    bins_hz = np.fft.rfftfreq(_WINDOW, 1 / RATE_HZ)
    edges_hz = _hertz(np.linspace(0, _mels(RATE_HZ / 2), bands + 2))
    widths = np.diff(edges_hz)
    slopes = edges_hz[:, None] - bins_hz
    rising, falling = -slopes[:-2] / widths[:-1, None], slopes[2:] / widths[1:, None]
    heights = 2 / (edges_hz[2:] - edges_hz[:-2])
    return np.maximum(0, np.minimum(rising, falling)) * heights[:, None]


_LINEAR_HZ, _LINEAR_MELS, _STEP = 1000.0, 15.0, np.log(6.4) / 27


def _mels(hertz: float) -> float:
    """Slaney's scale: linear up to 1 kHz, logarithmic above; only asked for above."""
    return _LINEAR_MELS + float(np.log(hertz / _LINEAR_HZ) / _STEP)


def _hertz(mels: NDArray[np.float64]) -> NDArray[np.float64]:
    above = _LINEAR_HZ * np.exp(_STEP * (mels - _LINEAR_MELS))
    return np.where(mels < _LINEAR_MELS, mels * _LINEAR_HZ / _LINEAR_MELS, above)
