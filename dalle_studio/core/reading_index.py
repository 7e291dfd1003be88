"""What a lexicon's names, and the words around them, look like in a sentence: the index of a `Reader`."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from dalle_studio.core import nearest
from dalle_studio.core.prompt import STYLES
from dalle_studio.core.reading_en import ARTICLES, english_words, is_plural, plural, singular
from dalle_studio.core.reading_tags import Kind, Tag, listed
from dalle_studio.core.reading_zh import bare_name, bare_place, chinese_words, short_colours
from dalle_studio.core.scene import Lexicon, Setting
from dalle_studio.core.script import CJK, IS_CJK

WORD = re.compile(rf"[^\W_{CJK}]+")

_LEADING = listed("""
    in, on, at, by, near, among, inside, under, floating, front, of, surface, bottom, middle, standing, against,
    to, from, into, within, beside, next, through, over, above, below, behind
""")
_PLAIN_LEADING = frozenset(("in", "on", "at"))
_TIMES = listed("""
    night, sunset, sunrise, dusk, dawn, moonlight, starry, sky, autumn, winter, summer, spring, rain, rainy, snow,
    fog, evening, morning, stormy, storm, thunderstorm
""")
_TIMES_ZH = re.compile("^在?(?:[夜晚]|日落|夕阳|黄昏|日出|秋|冬|春|夏|雨|雪|下雨|下雪|星空|月光)")
_UNITS = listed(
    "cup, glass, slice, loaf, piece, bowl, plate, mug, stack, ball, pair, bag, box, set, bunch, ear, house"
)


def spelled(name: str) -> str:
    """A name as the index keeps it: its lower-case words without articles."""
    found = WORD.findall(name.lower())
    return " ".join([word for word in found if word not in ARTICLES] or found)


class Index:
    """Every phrase that a reader knows, and what it may be.

    Attributes:
        english: phrases by their first word, the longest first.
        chinese: phrases.
        longest: length of the longest Chinese phrase by its first character.
        vocabulary: every word of the English phrases.
        by_letter: the longer ones of them, by first letter.
    """

    def __init__(self, lexicon: Lexicon) -> None:
        self._english: dict[str, list[Tag]] = {}
        self.chinese: dict[str, list[Tag]] = {}
        self._add_lexicon(lexicon)
        self._add_grammar()
        self._add_nearest()
        self._add_skipped()
        self.english = self._by_first_word()
        self.longest: dict[str, int] = {}
        for phrase in self.chinese:
            self.longest[phrase[0]] = max(len(phrase), self.longest.get(phrase[0], 0))
        self.vocabulary = {word for phrase in self._english for word in phrase.split()}
        self.by_letter: dict[str, list[str]] = {}
        for word in sorted(self.vocabulary):
            self.by_letter.setdefault(word[0], []).append(word)

    def _put(self, phrase: str, tag: Tag, *, zh: bool = False, also: bool = False) -> None:
        """Enter a phrase; `also` lets it mean something of another kind as well."""
        key = "".join(phrase.lower().split()) if zh else spelled(phrase)
        if not key:
            return
        tags = (self.chinese if zh else self._english).setdefault(key, [])
        if not tags or (also and all(each.kind is not tag.kind for each in tags)):
            tags.append(tag.keyed(key, zh))

    def _add_lexicon(self, lexicon: Lexicon) -> None:
        for thing in lexicon.things:
            tag = Tag(Kind.THING, thing=thing)
            for name in (*thing.names.get("en", ()), thing.name):
                self._put(name, tag)
            for name in thing.names.get("zh", ()):
                self._put(name, tag, zh=True)
        for name, words in lexicon.colours.items():
            self._put_all(Tag(Kind.COLOUR, colour=name), {**words, "en": (name, *words.get("en", ()))})
        for look in lexicon.looks:
            if look.name != "none":
                phrases = [style.phrase.replace("{}", "") for style in STYLES if style.name == look.name]
                names = {**look.names, "en": (*look.names.get("en", ()), look.name, *phrases)}
                self._put_all(Tag(Kind.LOOK, look=look), names)
        self._add_settings(lexicon.settings)
        bare = _bare_places(lexicon.settings)
        for place in (each for each in bare if not each.indirect):
            self._put(place.noun, place.tag)
        self._add_forms(lexicon)
        for place in bare:
            self._put(place.noun, place.tag)

    def _put_all(self, tag: Tag, names: Mapping[str, Iterable[str]]) -> None:
        for name in names.get("en", ()):
            self._put(name.replace("{}", ""), tag, also=True)
        for name in names.get("zh", ()):
            self._put(name.replace("{}", ""), tag, zh=True, also=True)

    def _add_forms(self, lexicon: Lexicon) -> None:
        """Plurals, singulars of plural names, names written together, and Chinese names without “一束”."""
        for thing in lexicon.things:
            tag, several = Tag(Kind.THING, thing=thing), Tag(Kind.THING, thing=thing, plural=True)
            for name in (*thing.names.get("en", ()), thing.name):
                many = plural(name)
                if is_plural(name):
                    self._put(singular(name), tag)
                elif many != name:
                    for form in (many, name + "s", many.replace("-", "").replace(" ", "")):
                        self._put(form, several)
                self._put(name.replace("-", "").replace(" ", ""), tag)
            for name in thing.names.get("zh", ()):
                self._put(bare_name(name), tag, zh=True)
        for name, words in lexicon.colours.items():
            for word in short_colours(tuple(words.get("zh", ()))):
                self._put(word, Tag(Kind.COLOUR, colour=name), zh=True)

    def _add_settings(self, settings: tuple[Setting, ...]) -> None:
        for setting in settings:
            for phrase in (*setting.names.get("en", ()), setting.name):
                self._put(phrase, _place(setting, phrase))
            for phrase in setting.names.get("zh", ()):
                self._put(phrase, _place_zh(setting, phrase), zh=True)
        for setting in settings:
            for phrase in setting.names.get("zh", ()):
                for bare in bare_place(phrase):
                    if len(bare) > 1:
                        self._put(bare, _place_zh(setting, phrase), zh=True)

    def _add_grammar(self) -> None:
        self._skipped = english_words(), chinese_words()
        for words, zh in zip(self._skipped, (False, True), strict=True):
            for phrase, tags in words.items():
                for tag in tags:
                    if tag.kind is not Kind.SKIP:
                        self._put_word(phrase, tag, zh)

    def _put_word(self, phrase: str, tag: Tag, zh: bool) -> None:
        """Enter a word of the grammar as it stands: it may be an article or a sign."""
        tags = (self.chinese if zh else self._english).setdefault(phrase, [])
        if not tags:
            tags.append(tag.keyed(phrase, zh))

    def _add_nearest(self) -> None:
        for word, names in nearest.SHADES.items():
            zh = bool(IS_CJK.search(word))
            found = next((name for name in names if self._is(spelled(name), Kind.COLOUR)), None)
            if found:
                colour = Tag(Kind.COLOUR, colour=self._english[spelled(found)][0].colour)
                for each in short_colours((word,)) if zh else (word,):
                    self._put(each, colour, zh=zh)
        for table, zh in ((nearest.ENGLISH, False), (nearest.CHINESE, True)):
            entries = self.chinese if zh else self._english
            meant = {word: self._target(targets, entries, zh) for word, targets in table.items()}
            for word, tag in meant.items():
                if tag is not None:
                    self._put_near(word, tag, zh)
        self._add_heads()

    def _is(self, phrase: str, kind: Kind) -> bool:
        return any(tag.kind is kind for tag in self._english.get(phrase, ()))

    @staticmethod
    def _target(targets: tuple[str, ...], entries: Mapping[str, list[Tag]], zh: bool) -> Tag | None:
        """What the first known target is."""
        for target in targets:
            for tag in entries.get(target if zh else spelled(target), ()):
                if tag.kind in (Kind.THING, Kind.PLACE):
                    return replace(tag, meant=target) if zh else tag
        return None

    def _put_near(self, word: str, tag: Tag, zh: bool) -> None:
        bare = (word[1:] if word[0] in "小大老" else bare_name(word)) if zh else word.rpartition(" of ")[2]
        if bare != word and any(
            not each.near for each in (self.chinese if zh else self._english).get(bare, ())
        ):
            return  # “茶” is known by itself, so “一杯茶” needs no help
        tag = replace(tag, near=True, plural=False)
        if not zh and tag.kind is Kind.THING:
            counted = is_plural(word) or word in ("people", "women", "cattle")
            self._put(word, replace(tag, plural=counted))
            self._put(plural(word), replace(tag, plural=True))
        else:
            self._put(word, tag, zh=zh)

    def _add_heads(self) -> None:
        """The last word of a long name stands for it where nothing else does: "glove" for "boxing glove"."""
        named = [
            tags[0] for tags in self._english.values() if tags[0].kind is Kind.THING and not tags[0].near
        ]
        for tag in named:
            head = tag.text.partition(" of ")[0].rpartition(" ")[2]
            if head != tag.text and len(head) > 3 and head not in _UNITS:
                self._put_word(head, replace(tag, near=True), zh=False)

    def _add_skipped(self) -> None:
        for words, zh in zip(self._skipped, (False, True), strict=True):
            for phrase, tags in words.items():
                styled = self._is(phrase.removesuffix(" of"), Kind.LOOK)  # "sketch of"
                if not styled:
                    self._put_word(phrase, tags[0], zh)

    def _by_first_word(self) -> dict[str, list[tuple[tuple[str, ...], list[Tag]]]]:
        found: dict[str, list[tuple[tuple[str, ...], list[Tag]]]] = {}
        for phrase, tags in self._english.items():
            words = tuple(phrase.split())
            found.setdefault(words[0], []).append((words, tags))
        for entries in found.values():
            entries.sort(key=lambda entry: -len(entry[0]))
        return found


def _place(setting: Setting, phrase: str) -> Tag:
    """A place that says a lot comes before one that says little, and any place before a time of day."""
    words = [word for word in spelled(phrase).split() if word not in _LEADING]
    telling = 0 if all(word in _TIMES for word in words) else 10 + len(words)
    return Tag(Kind.PLACE, setting=setting, number=telling)


def _place_zh(setting: Setting, phrase: str) -> Tag:
    return Tag(Kind.PLACE, setting=setting, number=0 if _TIMES_ZH.match(phrase) else 11)


@dataclass(frozen=True)
class _BarePlace:
    """A setting's noun without its preposition, which is no plain in, on or at where it is `indirect`."""

    noun: str
    tag: Tag
    indirect: bool
    rank: int


def _bare_places(settings: tuple[Setting, ...]) -> list[_BarePlace]:
    """The nouns of all phrases; first those that one is plainly in, on or at."""
    found: list[_BarePlace] = []
    for setting in settings:
        for rank, phrase in enumerate(dict.fromkeys((*setting.names.get("en", ()), setting.name))):
            words = spelled(phrase).split()
            bare = list(words)
            while bare and bare[0] in _LEADING:
                bare.pop(0)
            if bare and bare != words:
                lead = words[: len(words) - len(bare)]
                indirect = len(lead) > 1 or lead[0] not in _PLAIN_LEADING
                found.append(_BarePlace(" ".join(bare), _place(setting, phrase), indirect, rank))
    return sorted(found, key=lambda each: (each.indirect, each.rank))
