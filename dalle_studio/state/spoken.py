"""What is said, in either language: what to expect beforehand, and how it stands in a prompt afterwards."""

from __future__ import annotations

import re
from collections.abc import Iterator
from random import Random
from typing import get_args

from dalle_studio.core.prompt import STYLES
from dalle_studio.core.scene import Lexicon
from dalle_studio.core.script import CJK, IS_CJK, begins_chinese, ends_chinese
from dalle_studio.state import vocabulary
from dalle_studio.state.vocabulary import Language, curated, spoken_hint, vocabulary_of

LANGUAGES: tuple[Language, ...] = get_args(Language)
"""Codes of the languages that can be spoken."""
_HINTS, _HINT_SEED = 11, 1
_WIDE = f"{CJK}，。、；：！？“”（）《》"
_GAP = re.compile(rf"(?<=[{_WIDE}])\s+(?=[{_WIDE}])")
_NARROW = re.compile(rf"(?<=[{CJK}])\s*([,;:!?])\s*(?=[{CJK}])")
_FULL = str.maketrans(",;:!?", "，；：！？")
_WIDE_LETTERS = {0xFEE0 + code: code for code in range(0x21, 0x7F) if chr(code).isalnum()}
_ENDS = " .,;:!?…。．，、；：！？"


def known_language(code: str) -> Language | None:
    """The language of that code; None where it is not understood."""
    return next((each for each in LANGUAGES if each == code), None)


def expected(language: Language, lexicon: Lexicon | None) -> tuple[str, tuple[str, ...]]:
    """Text as people say it, for a recogniser that goes on from the text before, and phrases likely to be said.

    In Chinese the text is one long sentence in simplified characters, because it then writes one, too.
    """
    words = vocabulary_of(lexicon, language)
    if language == "en":
        return spoken_hint(words), words.phrases
    known = (*words.subjects, *words.doings, *(style.chinese for style in STYLES), *_names(lexicon))
    return _chinese_hint(), tuple(dict.fromkeys(known))


def _chinese_hint() -> str:
    chance, known = Random(_HINT_SEED), curated("zh")
    subjects = chance.sample(known.subjects, _HINTS)
    doings = chance.sample((*known.actions, *known.places), _HINTS)
    return "，".join(subject + doing for subject, doing in zip(subjects, doings, strict=True)) + "。"


def _names(lexicon: Lexicon | None) -> Iterator[str]:
    """What the model knows by Chinese names, without counts."""
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
    if not IS_CJK.search(said):
        return vocabulary.written(said)
    text = _GAP.sub("", " ".join(said.translate(_WIDE_LETTERS).split()))
    return _NARROW.sub(lambda found: found[1].translate(_FULL), text).strip(_ENDS)


def fitted(words: str, before: str, after: str) -> str:
    """Words with the spaces that they need between what stands before and after them; Chinese needs none."""
    if before and not (before[-1].isspace() or begins_chinese(words) or ends_chinese(before)):
        words = f" {words}"
    if after and not (
        after[0].isspace() or after[0] in ",.;:" or begins_chinese(after) or ends_chinese(words)
    ):
        words = f"{words} "
    return words
