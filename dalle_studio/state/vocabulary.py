"""Words to pick from and words to complete: natural phrases, and every name that the model knows.

Every phrase here is understood by `core.reading.Reader` as it stands, which is the promise of the pickers.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from heapq import nsmallest
from random import Random
from typing import Literal

from dalle_studio.core import phrases
from dalle_studio.core.naming import natural
from dalle_studio.core.prompt import STYLES
from dalle_studio.core.reading_zh import bare_name
from dalle_studio.core.scene import Lexicon, Thing

Language = Literal["en", "zh"]
_LEFT_OUT = ("poop emoji",)
"""Understood, but not offered."""


@dataclass(frozen=True)
class Curated:
    """The phrases of `core.phrases` in one language."""

    subjects: tuple[str, ...]
    outings: tuple[str, ...]
    actions: tuple[str, ...]
    places: tuple[str, ...]

    @property
    def all(self) -> tuple[str, ...]:
        """All of them."""
        return (*self.subjects, *self.outings, *self.actions, *self.places)


@cache
def curated(language: Language) -> Curated:
    """The curated phrases of a language."""

    def said(pairs: Iterable[phrases.Phrase]) -> tuple[str, ...]:
        return tuple(getattr(pair, language) for pair in pairs)

    return Curated(*map(said, (phrases.SUBJECTS, phrases.OUTINGS, phrases.ACTIONS, phrases.PLACES)))


@dataclass(frozen=True)
class Vocabulary:
    """Phrases for the pickers, the best known first.

    Attributes:
        subjects: who or what.
        doings: doing what, or where.
        styles: names of `core.prompt.STYLES`.
        language: of subjects and doings.
        english: what Chinese phrases mean, for who looks for that.
    """

    subjects: tuple[str, ...]
    doings: tuple[str, ...]
    styles: tuple[str, ...]
    language: Language = "en"
    english: Mapping[str, str] = field(default_factory=dict[str, str])

    @property
    def phrases(self) -> tuple[str, ...]:
        """All of them."""
        return (*self.subjects, *self.doings, *self.styles)

    def surprise(self, dice: Random) -> dict[str, tuple[str, ...]]:
        """Blocks by chance, by the row they go into."""
        known = curated(self.language)
        outing = (dice.choice(known.outings),)
        deed = dice.choice(known.actions), dice.choice(known.places)
        return {
            "who": tuple(dice.sample(known.subjects, dice.choice((1, 1, 2)))),
            "doing": dice.choice((outing, deed, deed, deed[1:])),
            "styles": (dice.choice(self.styles),),
        }


def vocabulary_of(lexicon: Lexicon | None, language: Language = "en") -> Vocabulary:
    """The curated phrases, and after them everything else that the lexicon names."""
    return _chinese(lexicon) if language == "zh" else _english(lexicon)


def _english(lexicon: Lexicon | None) -> Vocabulary:
    known = curated("en")
    things = sorted(map(natural, _things(lexicon)), key=_bare)
    places = (place.name for place in lexicon.settings) if lexicon else ()
    return Vocabulary(
        subjects=tuple(dict.fromkeys((*known.subjects, *things))),
        doings=tuple(dict.fromkeys((*known.outings, *known.actions, *known.places, *places))),
        styles=tuple(style.name for style in STYLES),
    )


def _chinese(lexicon: Lexicon | None) -> Vocabulary:
    known = curated("zh")
    english = {pair.zh: pair.en for pair in phrases.ALL}
    bare = {bare_name(subject) for subject in known.subjects}
    things = {thing.names["zh"][0]: natural(thing) for thing in _things(lexicon) if thing.names.get("zh")}
    settings = lexicon.settings if lexicon else ()
    places = {place.names["zh"][0]: place.name for place in settings if place.names.get("zh")}
    subjects = (*known.subjects, *(name for name in things if name not in bare))
    return Vocabulary(
        subjects=tuple(dict.fromkeys(subjects)),
        doings=tuple(dict.fromkeys((*known.outings, *known.actions, *known.places, *places))),
        styles=tuple(style.name for style in STYLES),
        language="zh",
        english={**things, **places, **english, **{style.name: style.chinese for style in STYLES}},
    )


def _things(lexicon: Lexicon | None) -> Iterator[Thing]:
    return (thing for thing in lexicon.things if thing.name not in _LEFT_OUT) if lexicon else iter(())


_WORD = re.compile(r"[^\W\u0250-\U0010ffff]+|[^\W\u0000-\u024f]")
"""A word in Latin letters, or one character of another script."""
_MAX_WORDS = 8
"""Words at the end of a text that a suggestion may go on from."""


def spoken_hint(vocabulary: Vocabulary) -> str:
    """Sentences as people say them, for a recogniser that goes on from the text before.

    Few, because it takes in 200 tokens; in lower case, because it then writes so, and understands more.
    """
    chance, known = Random(_HINT_SEED), curated("en")
    subjects, styles = chance.sample(known.subjects, _HINTS), chance.sample(vocabulary.styles, _HINTS)
    doings = chance.sample((*known.actions, *known.places), _HINTS)
    told = zip(subjects, doings, styles, strict=True)
    return " ".join(f"{subject} {doing}, {style}." for subject, doing, style in told).lower()


def written(said: str) -> str:
    """Spoken words as they stand in a prompt: without a full stop at the end, small numbers as words."""
    tidy = " ".join(said.split()).rstrip(".,;:!? ")
    return _SMALL_NUMBER.sub(lambda found: _NUMBERS[int(found[0])], tidy)


_HINTS, _HINT_SEED = 15, 1
_NUMBERS = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine")
_SMALL_NUMBER = re.compile(r"(?<![\w.-])\d(?![\w.-])")


def _bare(phrase: str) -> str:
    return re.sub("^(an?|the) ", "", phrase).lower()


class Phrases:
    """Everything that can be suggested while somebody types."""

    def __init__(self, lexicon: Lexicon | None) -> None:
        ranks = dict.fromkeys(_others(lexicon), 2)
        ranks |= dict.fromkeys(_usual(lexicon), 1)
        ranks |= dict.fromkeys(_curated(lexicon), 0)
        self._entries = sorted((phrase.casefold(), rank, phrase) for phrase, rank in ranks.items())
        self._keys = [key for key, _, _ in self._entries]

    def suggestions(self, text: str, limit: int) -> tuple[str, ...]:
        """Phrases that go on from the last words of a text, those that fit most of them first."""
        found: dict[str, str] = {}
        for tail in _tails(text):
            for phrase in self._going_on_from(tail, limit):
                found.setdefault(completed(text, phrase).casefold(), phrase)
        return tuple(found.values())[:limit]

    def _going_on_from(self, tail: str, limit: int) -> list[str]:
        """The best phrases that begin like that and are longer: usual names first, then short ones."""
        start = tail.casefold()
        first, end = bisect_left(self._keys, start), bisect_left(self._keys, start + "\U0010ffff")
        longer = (entry for entry in self._entries[first:end] if entry[0] != start)
        best = nsmallest(limit, longer, key=lambda entry: (entry[1], len(entry[0]), entry[0]))
        return [phrase for _, _, phrase in best]


def completed(text: str, suggestion: str) -> str:
    """The text with a suggestion in place of the words at its end that it completes."""
    for tail in _tails(text):
        if suggestion.casefold().startswith(tail.casefold()):
            return text + suggestion[len(tail) :]
    return text + suggestion


def _tails(text: str) -> Iterator[str]:
    """The ends of a text that begin with a word, the longest first; none shorter than two letters."""
    if text[-1:].isspace():
        return
    text = text[-100:]
    starts = [found.start() for found in _WORD.finditer(text)]
    for start in starts[-_MAX_WORDS:]:
        tail = text[start:]
        if len(tail) > 1 or not tail.isascii():
            yield tail


def _curated(lexicon: Lexicon | None) -> Iterator[str]:
    """The curated phrases, and the usual names of what they name."""
    known = curated("en")
    yield from (*known.all, *curated("zh").all)
    bare = {_bare(phrase) for phrase in (*known.subjects, *known.places)}
    for named in (*_things(lexicon), *(lexicon.settings if lexicon else ())):
        if _bare(named.name) in bare:
            yield from (names[0] for names in named.names.values())


def _usual(lexicon: Lexicon | None) -> Iterator[str]:
    """What the pickers show in each language, and the usual name of everything."""
    yield from (*_english(lexicon).phrases, *_chinese(lexicon).phrases)
    yield from (names[0] for names in _names(lexicon) if names)


def _others(lexicon: Lexicon | None) -> Iterator[str]:
    for names in _names(lexicon):
        yield from names


def _names(lexicon: Lexicon | None) -> Iterator[Sequence[str]]:
    """All names of one thing, place, style or colour in one language, the usual one first."""
    if lexicon:
        for named in (*_things(lexicon), *lexicon.settings, *lexicon.looks):
            yield from named.names.values()
        for words in lexicon.colours.values():
            yield from words.values()
