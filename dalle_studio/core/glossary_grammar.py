"""From Chinese words in their order to English ones in theirs."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum, auto

from dalle_studio.core.glossary_words import MEASURES_MEAN
from dalle_studio.core.naming import with_article
from dalle_studio.core.reading_en import plural
from dalle_studio.core.reading_zh import MEASURES


class Part(Enum):
    """What a word does in its sentence."""

    NOUN = auto()
    DESCRIBE = auto()
    COUNT = auto()
    VERB = auto()
    """Takes an object."""
    ACT = auto()
    """Takes none, or has one in it."""
    PLACE = auto()
    """“on a beach”."""
    SPOT = auto()
    """“on”, “to the left of”, after its noun."""
    AT = auto()
    """Before a place; its English, such as “sitting”, comes before that of the place."""
    LOOK = auto()
    STYLE = auto()
    """The word “style”, which English leaves out."""
    AND = auto()
    DE = auto()
    """Between what describes and what is described."""
    HAVE = auto()
    IS = auto()
    FROM = auto()
    NOT = auto()
    SKIP = auto()
    MEASURE = auto()
    STOP = auto()


class Article(Enum):
    """What stands before a noun in English."""

    A = auto()
    NONE = auto()
    WHOLE = auto()
    """It has its article or number in itself: “the moon”, “two cats”."""


@dataclass(frozen=True)
class Word:
    """A piece of a Chinese sentence.

    Attributes:
        part: what it does.
        text: as written.
        en: in English.
        article: of a noun.
        unknown: whether it stays as it was written.
    """

    part: Part
    text: str
    en: str
    article: Article = Article.NONE
    unknown: bool = False


@dataclass(frozen=True)
class _Found:
    """What was made out, in English, and the number of the word after it."""

    part: Part
    text: str
    end: int


_END = Word(Part.STOP, "", "")
_CLAUSES = (Part.VERB, Part.ACT, Part.PLACE, Part.AT, Part.NOT, Part.FROM)
_DESCRIBED = (Part.NOUN, Part.DESCRIBE, Part.COUNT)
_OWNERS = {"he": "his", "she": "her", "it": "its", "they": "their", "I": "my", "you": "your", "we": "our"}
_MAX_WORDS = 40
"""Of one clause; a longer one is nobody's sentence, and is taken piece by piece."""
_NOUN_COMES = (Part.NOUN, Part.DESCRIBE, Part.COUNT, *_CLAUSES)


def english_of(words: Sequence[Word]) -> str:
    """The words between two commas, in English."""
    telling = [word for word in words if word.part is not Part.SKIP]
    starts = range(0, len(telling), _MAX_WORDS)
    return " ".join(_Clause(telling[start : start + _MAX_WORDS]).english() for start in starts)


class _Clause:
    """Goes through the words from left to right: who, what they do, and where."""

    def __init__(self, words: Sequence[Word]) -> None:
        self._words = words
        self._told = ""
        self._joint = ""
        self._noun = ""
        self._acts: list[str] = []
        self._places: list[str] = []
        self._looks: dict[str, None] = {}
        self._nouns: dict[tuple[int, bool], _Found | None] = {}

    def english(self) -> str:
        """All of it; how it is drawn comes last."""
        at = 0
        while at < len(self._words):
            at = self._next(at)
        self._flush("")
        return ", ".join(filter(None, (self._told, *self._looks)))

    def _word(self, at: int) -> Word:
        return self._words[at] if at < len(self._words) else _END

    def _next(self, at: int) -> int:
        word = self._word(at)
        if word.part is Part.AND:
            self._flush(" and ")
            return at + 1
        found = self._noun_or_place(at) if not self._noun else None
        found = found or self._clause(at) or self._noun_or_place(at) or self._small(at)
        if found.part is Part.NOUN:
            if self._noun:
                self._flush(", ")
            self._noun = found.text
        elif found.text:
            (self._places if found.part is Part.PLACE else self._acts).append(found.text)
        return found.end

    def _flush(self, joint: str) -> None:
        """Put down what belongs together; `joint` comes before what follows."""
        chunk = " ".join(filter(None, (self._noun, " and ".join(self._acts), *self._places)))
        if chunk:
            self._told += (self._joint if self._told else "") + chunk
            self._joint = joint
        self._noun, self._acts, self._places = "", [], []

    def _noun_or_place(self, at: int) -> _Found | None:
        found = self._noun_phrase(at)
        return (found and self._spot(found)) or found

    def _spot(self, found: _Found) -> _Found | None:
        """A noun before “on”, “to the left of” and the like is a place."""
        end = found.end + (self._word(found.end).part is Part.DE)
        spot = self._word(end)
        return _Found(Part.PLACE, f"{spot.en} {found.text}", end + 1) if spot.part is Part.SPOT else None

    def _small(self, at: int) -> _Found:
        """What stands for nothing by itself, or only describes."""
        word = self._word(at)
        if word.part is Part.LOOK:
            self._looks[word.en] = None
        says = word.part in (Part.DESCRIBE, Part.COUNT) or (word.part is Part.IS and self._noun)
        return _Found(Part.ACT, word.en if says else "", at + 1)

    # what somebody does, and where

    def _clause(self, at: int, *, inner: bool = False) -> _Found | None:
        """Something done, or a place; `inner`: within what describes a later noun."""
        word = self._word(at)
        if word.part in (Part.ACT, Part.PLACE):
            found = _Found(word.part, word.en, at + 1)
            return self._further(found) if inner and word.part is Part.ACT else found
        if word.part is Part.VERB:
            return self._done(word, at + 1, inner)
        if word.part is Part.AT:
            return self._at_place(word, at + 1)
        if word.part is Part.NOT:
            return self._without(at + 1, inner)
        if word.part is Part.HAVE and (self._noun or inner):
            found = self._noun_phrase(at + 1, inner=inner)
            return found and _Found(Part.ACT, f"with {found.text}", found.end)
        if word.part is Part.FROM:
            found = self._noun_phrase(at + 1, inner=True)
            return found and _Found(Part.PLACE, f"from {found.text}", found.end)
        return None

    def _done(self, verb: Word, at: int, inner: bool) -> _Found:
        found = self._noun_phrase(at, inner=inner)
        if found is None:
            return _Found(Part.ACT, verb.en, at)
        found = self._further(found) if inner else found
        return _Found(Part.ACT, f"{verb.en} {found.text}", found.end)

    def _further(self, found: _Found) -> _Found:
        """“sunglasses and a hat”."""
        while self._word(found.end).part is Part.AND:
            other = self._noun_phrase(found.end + 1, inner=True)
            if other is None or self._word(other.end).part not in (Part.DE, Part.AND, Part.SPOT):
                break
            found = _Found(found.part, f"{found.text} and {other.text}", other.end)
        return found

    def _at_place(self, word: Word, at: int) -> _Found | None:
        following = self._word(at)
        if following.part is Part.PLACE:
            return _Found(Part.PLACE, f"{word.en} {following.en}".strip(), at + 1)
        found = self._noun_phrase(at, inner=True)
        if found is None:
            return None if word.en else self._clause(at)
        found = self._further(found)
        place = self._spot(found) or _Found(Part.PLACE, f"in {found.text}", found.end)
        return _Found(Part.PLACE, f"{word.en} {place.text}".strip(), place.end)

    def _without(self, at: int, inner: bool) -> _Found | None:
        if self._word(at).part in (Part.VERB, Part.ACT):
            found = self._clause(at, inner=inner)
            return found and _Found(Part.ACT, f"not {found.text}", found.end)
        found = self._noun_phrase(at, inner=inner)
        return found and _Found(Part.ACT, f"without {found.text}", found.end)

    # nouns

    def _noun_phrase(self, at: int, *, inner: bool = False) -> _Found | None:
        """A noun with all that describes it before; `inner`: it describes no later noun itself."""
        if (at, inner) not in self._nouns:
            self._nouns[at, inner] = self._described(at, inner)
        return self._nouns[at, inner]

    def _described(self, at: int, inner: bool) -> _Found | None:
        phrase = _NounPhrase()
        while True:
            word, following = self._word(at), self._word(at + 1)
            if word.part is Part.COUNT and not phrase.count:
                phrase.count = word.en
                is_measured = following.text in MEASURES
                phrase.measure = MEASURES_MEAN.get(following.text, "") if is_measured else ""
                at += 1 + is_measured
            elif word.part is Part.DESCRIBE:
                phrase.before.append(word.en)
                at += 1 + (following.part is Part.DE)
            elif word.part is Part.LOOK and (end := self._look_end(at)):
                self._looks[word.en] = None
                at = end
            elif word.part is Part.NOUN:
                owns = self._owns(at, inner)
                if not owns and (following.part is not Part.NOUN or word.article is Article.WHOLE):
                    return _Found(Part.NOUN, phrase.with_noun(word), at + 1)
                if owns and word.article is not Article.NONE:
                    phrase = _NounPhrase(_OWNERS.get(word.en) or f"{phrase.with_noun(word)}'s")
                else:
                    phrase.before.append(word.en)
                at += 1 + owns
            else:
                clause = self._relative(at)
                if clause is None:
                    return None
                phrase.after.append(clause.text)
                at = clause.end

    def _look_end(self, at: int) -> int:
        """Where the noun begins that a style describes: “in watercolour style”; 0 where it describes none."""
        end = at + 1
        while self._word(end).part in (Part.STYLE, Part.DE):
            end += 1
        return end if self._word(end).part in _NOUN_COMES and self._word(end - 1).part is Part.DE else 0

    def _owns(self, at: int, inner: bool) -> bool:
        """Whether this noun is only the owner of the next one."""
        is_next = self._word(at + 1).part is Part.DE and self._word(at + 2).part in _NOUN_COMES
        return is_next and not inner

    def _relative(self, at: int) -> _Found | None:
        """Clauses that describe the noun after them."""
        acts: list[str] = []
        places: list[str] = []
        while self._word(at).part is not Part.DE:
            at += bool(acts) and self._word(at).part is Part.AND
            found = self._clause(at, inner=True)
            if found is None and self._word(at).part in _DESCRIBED:
                noun = self._noun_phrase(at, inner=True)
                found = noun and self._spot(noun)
            if found is None:
                return None
            (places if found.part is Part.PLACE else acts).append(found.text)
            at = found.end
        told = " ".join(filter(None, (" and ".join(acts), *places)))
        return _Found(Part.ACT, told, at + 1) if told and self._noun_follows(at + 1) else None

    def _noun_follows(self, at: int) -> bool:
        while self._word(at).part in (Part.DESCRIBE, Part.COUNT, Part.DE, Part.MEASURE):
            at += 1
        return self._word(at).part is Part.NOUN or self._word(at).part in _CLAUSES


class _NounPhrase:
    """What is said of a noun before it comes."""

    def __init__(self, owner: str = "") -> None:
        self.owner = owner
        self.count = self.measure = ""
        self.before: list[str] = []
        self.after: list[str] = []

    def with_noun(self, noun: Word) -> str:
        """The whole: “two red cats on a sofa”."""
        return " ".join((self._counted(noun), *self.after))

    def _counted(self, noun: Word) -> str:
        name = " ".join((*self.before, noun.en))
        if self.owner:
            return f"{self.owner} {name}"
        if noun.article is Article.WHOLE:
            lead, _, rest = noun.en.partition(" ")
            return f"{lead} {' '.join(self.before)} {rest}" if self.before and rest else noun.en
        if self.measure and " of " not in noun.en:
            return self._measured(name, noun)
        if self.count in ("", "1"):
            is_one = noun.article is Article.A or (noun.unknown and (self.count or self.before))
            return with_article(name) if is_one else name
        several = self.count not in ("this", "that", "every", "another", "half", "the whole")
        return f"{self.count} {plural(name) if several and noun.article is Article.A else name}"

    def _measured(self, name: str, noun: Word) -> str:
        several = noun.article is Article.A and self.measure not in ("slice", "piece", "cup", "bowl")
        content = plural(name) if several else name
        if self.count in ("", "1"):
            return f"a {self.measure} of {content}"
        return f"{self.count} {plural(self.measure)} of {content}"
