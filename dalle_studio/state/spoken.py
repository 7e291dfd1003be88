"""What is said, in either language: what to expect beforehand, and how it stands in a prompt afterwards."""

from __future__ import annotations

import re
from collections.abc import Iterator
from random import Random

from dalle_studio.core.scene import Lexicon
from dalle_studio.state import vocabulary
from dalle_studio.state.vocabulary import CHINESE, Vocabulary, spoken_hint

LANGUAGES = ("en", "zh")
"""Codes of the languages that can be spoken."""
_HINTS, _HINT_SEED = 11, 1
_HAN = "\u3400-\u4dbf\u4e00-\u9fff"
_WIDE = f"{_HAN}，。、；：！？“”（）《》"
_GAP = re.compile(rf"(?<=[{_WIDE}])\s+(?=[{_WIDE}])")
_NARROW = re.compile(rf"(?<=[{_HAN}])\s*([,;:!?])\s*(?=[{_HAN}])")
_FULL = str.maketrans(",;:!?", "，；：！？")
_WIDE_LETTERS = {0xFEE0 + code: code for code in range(0x21, 0x7F) if chr(code).isalnum()}
_ENDS = " .,;:!?…。．，、；：！？"


def hint_of(language: str, words: Vocabulary) -> str:
    """Sentences as people say them, for a recogniser that goes on from the text before; see `spoken_hint`.

    In Chinese it is one long sentence, because it then writes one, too.
    """
    if language == "en":
        return spoken_hint(words)
    chance = Random(_HINT_SEED)
    subjects = [phrase for phrase in CHINESE if phrase[0] in "一两"]
    doings = [phrase for phrase in CHINESE if phrase not in subjects]
    told = zip(chance.choices(subjects, k=_HINTS), chance.sample(doings, _HINTS), strict=True)
    return "，".join(subject + doing for subject, doing in told) + "。"


def phrases_of(language: str, words: Vocabulary, lexicon: Lexicon | None) -> tuple[str, ...]:
    """Known phrases, of which some are likely to be said."""
    return words.phrases if language == "en" else tuple(dict.fromkeys((*CHINESE, *_chinese(lexicon))))


def _chinese(lexicon: Lexicon | None) -> Iterator[str]:
    if lexicon is not None:
        for named in (*lexicon.things, *lexicon.settings, *lexicon.looks):
            yield from named.names.get("zh", ())
        for colour in lexicon.colours.values():
            yield from colour.get("zh", ())


def written(said: str) -> str:
    """Spoken words as they stand in a prompt: without a full stop at the end.

    In English small numbers become words; between Chinese characters there are no spaces, and commas are wide.
    Letters and digits are narrow in both.
    """
    if not is_chinese(said):
        return vocabulary.written(said)
    text = _GAP.sub("", " ".join(said.translate(_WIDE_LETTERS).split()))
    return _NARROW.sub(lambda found: found[1].translate(_FULL), text).strip(_ENDS)


def fitted(words: str, before: str, after: str) -> str:
    """Words with the spaces that they need between what stands before and after them; Chinese needs none."""
    if before and not before[-1].isspace() and not (is_chinese(words[:1]) or is_chinese(before[-1])):
        words = f" {words}"
    if after and not (after[0].isspace() or after[0] in ",.;:，。；：、"):
        words = words if is_chinese(words[-1:]) or is_chinese(after[0]) else f"{words} "
    return words


def is_chinese(text: str) -> bool:
    """Whether there is a Chinese character or a mark of Chinese writing in it."""
    return re.search(f"[{_WIDE}]", text) is not None
