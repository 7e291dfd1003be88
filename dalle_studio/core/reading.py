"""From a sentence, as people write them in English and Chinese, to a scene.

A `Reader` cuts the sentence into pieces that its index knows, always the longest that fits ("polar bear"
before "bear"), says of every piece what it does, and hands them to the grammar of `core/reading_grammar.py`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import lru_cache, partial

from dalle_studio.core.nearest import near_spelling
from dalle_studio.core.reading_en import ARTICLES, seems_no_noun
from dalle_studio.core.reading_grammar import parse
from dalle_studio.core.reading_index import Index
from dalle_studio.core.reading_tags import Kind, Sense, Tag
from dalle_studio.core.reading_zh import MEASURES
from dalle_studio.core.scene import Lexicon, Scene
from dalle_studio.core.script import CJK

MAX_SPELLINGS = 12
"""Unknown words of a sentence that are compared with the known ones; it takes time."""

_TOKEN = re.compile(
    rf"(?P<owner>['’]s\b)|(?P<cjk>[{CJK}])|(?P<word>[^\W_{CJK}]+)|(?P<stop>[^\w\s'’\"“”*~-]|[\n_])"
)
_HORSEBACK = re.compile(r"\bon\s+horse-?back\b|\bhorse-?back\s+riding\b", re.IGNORECASE)
_GAPS = 2
"""Adjectives that may stand within a phrase of a place: "on a beautiful sandy beach"."""


@dataclass(frozen=True)
class _Token:
    """A word, a Chinese character or a sign.

    Attributes:
        word: in lower case and, if `respelled`, corrected.
        kind: a group name of `_TOKEN`.
        glued: whether a hyphen follows.
    """

    word: str
    start: int
    end: int
    kind: str
    glued: bool = False
    respelled: bool = False


class Reader:
    """Reads sentences with the names of one lexicon."""

    def __init__(self, lexicon: Lexicon) -> None:
        self.lexicon = lexicon
        self._index = Index(lexicon)
        self._spelling = lru_cache(4096)(partial(near_spelling, by_letter=self._index.by_letter))

    def read(self, prompt: str) -> Scene:
        """The scene that a sentence describes; empty where it names nothing known."""
        tags = self.tags(prompt)
        return replace(parse(tags), unknown=tuple(word for word, _ in _notes(tags)))

    def notes(self, prompt: str) -> list[tuple[str, str | None]]:
        """The words that name nothing known, each with what it was read as, if anything, in its own language."""
        return _notes(self.tags(prompt))

    def tags(self, prompt: str) -> list[Tag]:
        """The pieces of a sentence."""
        text = _HORSEBACK.sub(lambda found: "riding a horse", prompt)
        low = "".join(sign.lower() if len(sign.lower()) == 1 else sign for sign in text)
        tokens = self._respelled(_tokens(text))
        return _settled(list(self._pieces(text, low, tokens)))

    def _respelled(self, tokens: list[_Token]) -> list[_Token]:
        """Correct misspelt words."""
        known, left = self._index.vocabulary, MAX_SPELLINGS
        for place, token in enumerate(tokens):
            if left and token.kind == "word" and token.word not in known and not token.word[0].isdigit():
                left -= 1
                word = self._spelling(token.word)
                if word is not None:
                    tokens[place] = replace(token, word=word, respelled=True)
        return tokens

    def _pieces(self, text: str, low: str, tokens: list[_Token]) -> Iterator[Tag]:
        place = 0
        while place < len(tokens):
            tag, length = self._piece(low, tokens, place)
            last = tokens[place + length - 1]
            if tag is not None:
                start = tokens[place].start
                wrong = (token for token in tokens[place : place + length] if token.respelled)
                misspelt = " ".join(text[token.start : token.end] for token in wrong)
                yield replace(
                    tag, text=text[start : last.end], near=tag.near or bool(misspelt), misspelt=misspelt
                )
            place += length

    def _piece(self, low: str, tokens: list[_Token], place: int) -> tuple[Tag | None, int]:
        """The piece that begins at a token, and how many tokens it takes."""
        token = tokens[place]
        if token.kind == "owner":
            return Tag(Kind.OWNER), 1
        found = self._chinese(low, tokens, place)
        if found is not None:
            return found
        if token.kind == "cjk":
            return Tag(Kind.UNKNOWN, zh=True), 1
        if token.kind == "stop":
            return Tag(Kind.AND if token.word == "&" else Kind.BREAK), 1
        return self._english(tokens, place) or self._loose(tokens, place)

    def _chinese(self, low: str, tokens: list[_Token], place: int) -> tuple[Tag, int] | None:
        start = tokens[place].start
        longest = self._index.longest.get(low[start], 0)
        for end in range(min(len(low), start + longest), start, -1):
            tags = self._index.chinese.get(low[start:end])
            length = _covered(tokens, place, end) if tags else 0
            if tags and length:
                return _after_chinese(_either(tags), tokens, place, length)
        return None

    def _english(self, tokens: list[_Token], place: int) -> tuple[Tag, int] | None:
        for words, tags in self._index.english.get(tokens[place].word, ()):
            length = self._reach(words, tokens, place, _may_have_gaps(words, tags[0]))
            if length:
                tag = _either(tags)
                if tag.kind is Kind.COUNT and tokens[place + length - 1].glued:
                    return Tag(Kind.SKIP), length  # "two-headed"
                return _after_chinese(tag, tokens, place, length) if tag.kind is Kind.COUNT else (tag, length)
        return None

    def _reach(self, words: tuple[str, ...], tokens: list[_Token], place: int, gaps: bool) -> int:
        """How many tokens the words take from here on, with articles and some adjectives; 0: they differ."""
        at, skipped = place + 1, 0
        for word in words[1:]:
            while at < len(tokens) and tokens[at].word != word:
                inner = tokens[at]
                if inner.word == "." and len(tokens[at - 1].word) == 1:  # "T. rex"
                    at += 1
                    continue
                if inner.kind != "word" or not (inner.word in ARTICLES or (gaps and self._is_skipped(inner))):
                    return 0
                skipped += inner.word not in ARTICLES
                at += 1
                if skipped > _GAPS:
                    return 0
            if at >= len(tokens):
                return 0
            at += 1
        return at - place

    def _is_skipped(self, token: _Token) -> bool:
        found = self._index.english.get(token.word, [])
        return any(words == (token.word,) and tags[0].kind is Kind.SKIP for words, tags in found)

    @staticmethod
    def _loose(tokens: list[_Token], place: int) -> tuple[Tag, int]:
        """A word that the index does not have."""
        token = tokens[place]
        if token.word.isdecimal() and token.word.isascii() and len(token.word) < 4:
            number = min(4, int(token.word))
            if number and not token.glued:
                return _after_chinese(Tag(Kind.COUNT, number=number), tokens, place, 1)
            return Tag(Kind.SKIP), 1
        if len(token.word) == 1 or token.word[0].isdigit() or seems_no_noun(token.word):
            return Tag(Kind.SKIP), 1
        return Tag(Kind.UNKNOWN), 1


_STYLE = ("style", "styled", "风格", "风", "画风", "画")
_APART = (Kind.BREAK, Kind.SKIP, Kind.PLACE, Kind.THING, Kind.LOOK)
_NOUNS = (Kind.THING, Kind.PLACE, Kind.COLOUR)
_readers: dict[int, Reader] = {}


def read_scene(prompt: str, lexicon: Lexicon) -> Scene:
    """The scene that a sentence describes. The last lexicon's reader is kept."""
    reader = _readers.get(id(lexicon))
    if reader is None:
        reader = Reader(lexicon)
        _readers.clear()
        _readers[id(lexicon)] = reader
    return reader.read(prompt)


def _tokens(text: str) -> list[_Token]:
    tokens: list[_Token] = []
    for found in _TOKEN.finditer(text):
        glued = text[found.end() : found.end() + 1] == "-"
        word = found[0].lower().lstrip("'’")
        tokens.append(_Token(word, found.start(), found.end(), found.lastgroup or "", glued))
    return tokens


def _covered(tokens: list[_Token], place: int, end: int) -> int:
    """How many tokens end exactly there, or 0."""
    length = 1
    while place + length < len(tokens) and tokens[place + length].start < end:
        length += 1
    return length if tokens[place + length - 1].end == end else 0


def _after_chinese(tag: Tag, tokens: list[_Token], place: int, length: int) -> tuple[Tag, int]:
    """Take the measure word after a number, and the 们 after a noun."""
    follower = tokens[place + length].word if place + length < len(tokens) else ""
    if tag.kind is Kind.COUNT and follower in MEASURES and tag.text[-1:] not in MEASURES:
        return tag, length + 1
    if tag.kind is Kind.THING and follower == "们":
        return replace(tag, plural=True), length + 1
    return tag, length


def _either(tags: list[Tag]) -> Tag:
    return replace(tags[0], other=tags[1]) if len(tags) > 1 else tags[0]


def _may_have_gaps(words: tuple[str, ...], tag: Tag) -> bool:
    return tag.kind in (Kind.PLACE, Kind.TIE) or (tag.kind is Kind.THING and "of" in words)


def _settled(tags: list[Tag]) -> list[Tag]:
    """Choose between what a piece may be by its neighbours, and join unknown Chinese characters."""
    found: list[Tag] = []
    for place, tag in enumerate(tags):
        if tag.other is not None:
            tag = replace(_chosen(tags, place, tag, tag.other), text=tag.text, other=None)
        if found and tag.kind is Kind.UNKNOWN and tag.zh and found[-1].kind is Kind.UNKNOWN and found[-1].zh:
            tag = replace(tag, text=found.pop().text + tag.text)
        found.append(tag)
    return found


def _chosen(tags: list[Tag], place: int, tag: Tag, other: Tag) -> Tag:
    """ "an orange cat" has a colour, "an orange" none; a pencil after a comma is a style."""
    following = next((each for each in tags[place + 1 :] if each.kind is not Kind.SKIP), None)
    if other.kind is Kind.COLOUR:
        return other if following and following.kind in (Kind.THING, Kind.COLOUR, Kind.GROUND) else tag
    if other.kind is Kind.LOOK and tags[place + 1 :] and tags[place + 1].text in _STYLE:
        return other
    before = tags[place - 1] if place else Tag(Kind.BREAK)
    apart = before.kind in _APART or (before.tie is not None and before.tie.sense is Sense.IN)
    apart = apart and (following is None or following.kind is Kind.BREAK)
    named = any(each.kind is Kind.THING for at, each in enumerate(tags) if at != place)
    return other if other.kind is Kind.LOOK and apart and named else tag


def _before_ground(tags: list[Tag], place: int) -> bool:
    """Whether a word only says how the background looks."""
    return place + 1 < len(tags) and tags[place + 1].kind is Kind.GROUND


def _notes(tags: list[Tag]) -> list[tuple[str, str | None]]:
    """Each unknown word once, with what it was read as."""
    found: dict[str, str | None] = {}
    for place, tag in enumerate(tags):
        if tag.kind is Kind.UNKNOWN:
            following = tags[place + 1].kind if place + 1 < len(tags) else Kind.BREAK
            prefix = tag.zh and len(tag.text) == 1 and following in _NOUNS  # “柴犬”
            if not prefix and not _before_ground(tags, place):
                found.setdefault(tag.text, None)
        elif tag.near and (named := tag.thing or tag.setting) and not _before_ground(tags, place):
            found[tag.misspelt or tag.text] = tag.meant or named.name
    return list(found.items())
