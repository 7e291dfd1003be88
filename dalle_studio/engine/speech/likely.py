"""Which of many known phrases may have been said, going by how they sound."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from rapidfuzz import fuzz, process

_SOUNDS = (
    (r"e\b", ""), ("ph", "f"), ("[sct]h|tch|[cg](?=[eiy])|[szjx]+", "s"), ("gh|[hw']", ""),
    ("[ckgq]+", "k"), ("[bp]+", "p"), ("[dt]+", "t"), ("[fv]+", "f"), ("[mn]+", "n"), ("l+", "l"),
    ("r+", "r"), ("[aeiouy]+", "a"),
)  # fmt: skip
"""Letters that are easily taken for one another become one; vowels are all alike."""
_ARTICLE = re.compile(r"\b(an?|the) ")
_LIKELY = 75.0
_NOTHING = "-" * 60
_SHORT = 4
"""Sounds; shorter phrases are found everywhere."""


def sounds(phrase: str) -> str:
    """How a phrase sounds, roughly, without articles and spaces."""
    text = _ARTICLE.sub("", phrase.lower())
    for letters, sound in _SOUNDS:
        text = re.sub(letters, sound, text)
    return re.sub(r"[^a-z]", "", text)


_WORD = re.compile(r"[a-z']+")
_CHINESE = re.compile("[\u4e00-\u9fff]")

_SMALL_WORDS = frozenset(
    _WORD.findall("""
        a an the and with without of to left right side next near by for from as is are its his her
        two three four five beside between under above below behind over on in at
    """)
)


def is_traditional(text: str) -> bool:
    """Whether there are Chinese characters in it that simplified writing (GB 2312) does not have."""
    return any(not _is_simplified(character) for character in _CHINESE.findall(text))


def _is_simplified(character: str) -> bool:
    try:
        character.encode("gb2312")
    except UnicodeEncodeError:
        return False
    return True


class Likely:
    """Known phrases, to be looked up by what was heard."""

    def __init__(self, phrases: Sequence[str]) -> None:
        chinese = (phrase for phrase in phrases if _CHINESE.search(phrase))
        self._chinese = re.compile("|".join(map(re.escape, sorted(chinese, key=len, reverse=True))) or "(?!)")
        self._words = _SMALL_WORDS.union(*(_WORD.findall(phrase.lower()) for phrase in phrases))
        self._pairs = {pair for phrase in phrases for pair in _pairs(phrase)}
        self._phrases = {sound: phrase for phrase in phrases if len(sound := sounds(phrase)) >= _SHORT}

    def strangers(self, text: str) -> float:
        """Which share of a text's words is in no known phrase; in Chinese, which share of its characters."""
        characters = len(_CHINESE.findall(text))
        if characters:
            return len(_CHINESE.findall(self._chinese.sub("", text))) / characters
        words = _WORD.findall(text.lower())
        return sum(word not in self._words for word in words) / max(1, len(words))

    def familiar(self, text: str) -> float:
        """How many of a text's words stand before the same word as in a known phrase, per word."""
        return sum(pair in self._pairs for pair in _pairs(text)) / max(1, len(_WORD.findall(text.lower())))

    def among(self, heard: str, limit: int) -> list[str]:
        """Phrases that may be part of what was heard, the likeliest first."""
        spoken = sounds(heard) + _NOTHING  # longer than any phrase, which is looked for in it
        found = process.extract(
            spoken, list(self._phrases), scorer=fuzz.partial_ratio, score_cutoff=_LIKELY, limit=None
        )
        found.sort(key=lambda each: (each[1] - 50) * len(each[0]), reverse=True)
        return [self._phrases[sound] for sound, _, _ in found[:limit]]


def _pairs(text: str) -> Iterator[tuple[str, str]]:
    return pairwise(_WORD.findall(text.lower()))
