"""Chinese prompts in English, for models that read nothing else: known words by a table, in English order.

No language model: a sentence is cut into words that the lexicon, `core.phrases` or `core.glossary_words` know, in
the way that leaves the least unknown, and `core.glossary_grammar` puts these into English order. What is not known
stays as it was written.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from dalle_studio.core import glossary_words, nearest, phrases
from dalle_studio.core.glossary_grammar import Article, Part, Word, english_of
from dalle_studio.core.naming import is_counted, natural
from dalle_studio.core.prompt import STYLES, Style, styled, unstyled
from dalle_studio.core.reading_zh import MEASURES, bare_place, short_colours
from dalle_studio.core.scene import Lexicon, Setting
from dalle_studio.core.script import CJK, IS_CJK

_LATIN = re.compile(rf"[^\W_{CJK}]+(?:['’ -][^\W_{CJK}]+)*")
_QUOTED = re.compile('“[^”]*”|「[^」]*」|《[^》]*》|"[^"]*"')
_STOPS = {
    "，": ", ",
    "、": ", ",
    "。": ". ",
    "；": "; ",
    "：": ": ",
    "！": "! ",
    "？": "? ",
    "（": " (",
    "）": ") ",
}
_UNKNOWN_COST = 10
_WHOLE = ("he", "she", "it", "they", "I", "you", "we")
_SHORTEST_SHARED = 2
"""Characters of a word that another name for the same is taken for."""
_LEAD = re.compile(
    "^(?:in front of|at the bottom of|on the (?:surface|shore) of|"
    "in|on|at|by|under|among|near|inside|above|high in) "
)


@dataclass(frozen=True)
class Translation:
    """A prompt in English.

    Attributes:
        text: in English, as far as it is known.
        unknown: Chinese words in it that are not, each once.
    """

    text: str
    unknown: tuple[str, ...] = ()


class Glossary:
    """Puts Chinese prompts into English. The same prompt always becomes the same.

    Args:
        lexicon: names of things, places and styles in both languages; None for none.
    """

    def __init__(self, lexicon: Lexicon | None) -> None:
        self._words = _dictionary(lexicon)
        whole = {pair.zh for pair in phrases.ALL}
        self._single = {
            text: word
            for text, word in self._words.items()
            if text not in whole and word.part is not Part.PLACE
        }
        self._longest = max(map(len, self._words))

    def english(self, prompt: str) -> Translation:
        """The prompt in English; one without Chinese stays as it is."""
        if not IS_CJK.search(prompt):
            return Translation(prompt)
        text, clause = "", list[Word]()
        words = self._cut(prompt, self._words)
        for word in (*words, Word(Part.STOP, "", "")):
            if word.part is Part.STOP:
                text += english_of(clause) + word.en
                clause = []
            else:
                clause.append(word)
        unknown = dict.fromkeys(word.text for word in words if word.unknown)
        tidy = re.sub(r"\s+([,.;:!?)])", r"\1", " ".join(text.split()))
        return Translation(tidy.strip(" ,;"), tuple(unknown))

    def prompt(self, prompt: str, own: Mapping[str, str] | None = None) -> Translation:
        """A final prompt, with its style's phrase in English.

        Args:
            prompt: as `core.prompt.styled` makes it.
            own: English that somebody wrote for a sentence, which goes before what the glossary says.
        """
        if own and prompt in own:
            return _checked(own[prompt])
        sentence, style = unstyled(prompt)
        if own and sentence in own:
            return _in_style(_checked(own[sentence]), style)
        if not IS_CJK.search(prompt):
            return Translation(prompt)
        return _in_style(self.english(sentence), style)

    def spans(self, text: str) -> list[tuple[int, int]]:
        """Where the words of a text begin and end; several unknown signs are one word."""
        place, found = 0, list[tuple[int, int]]()
        for word in self._cut(text, self._single):
            place = text.index(word.text, place)
            if word.part is not Part.STOP and not word.text.isspace():
                found.append((place, place + len(word.text)))
            place += len(word.text)
        return found

    def _cut(self, text: str, known: Mapping[str, Word]) -> list[Word]:
        """The words of a text: as little unknown as can be, and then as few words."""
        best: list[tuple[int, Word | None, int]] = [(0, None, 0)] * (len(text) + 1)
        for start in range(len(text) - 1, -1, -1):
            choices = [
                (cost + best[start + len(word.text)][0], -len(word.text), word)
                for word, cost in self._choices(text, start, known)
            ]
            cost, length, word = min(choices, key=lambda choice: choice[:2])
            best[start] = cost, word, start - length
        return list(_joined(_path(best)))

    def _choices(self, text: str, start: int, known: Mapping[str, Word]) -> Iterator[tuple[Word, int]]:
        """Words that begin there, with what each costs."""
        sign = text[start]
        low = text[start : start + self._longest].lower()
        for length in range(1, len(low) + 1):
            word = known.get(low[:length])
            if word is not None and not _within_latin(text, start, start + length):
                yield Word(word.part, text[start : start + length], word.en, word.article), 1
        if found := _QUOTED.match(text, start):
            yield Word(Part.NOUN, found[0], found[0]), 0
        elif found := _LATIN.match(text, start):
            part = Part.COUNT if found[0].isdecimal() else Part.NOUN
            yield Word(part, found[0], found[0]), 1
        elif IS_CJK.match(sign):
            yield Word(Part.NOUN, sign, sign, unknown=True), _UNKNOWN_COST
        elif sign.isspace():
            yield Word(Part.SKIP, sign, ""), 0
        else:
            stop = _STOPS.get(sign, f"{sign} " if sign in ",.;:!?)" else sign)
            yield Word(Part.STOP, sign, stop), 0


def _in_style(sentence: Translation, style: Style | None) -> Translation:
    return Translation(styled(sentence.text, style, chinese=False), sentence.unknown)


def _checked(english: str) -> Translation:
    """What somebody wrote, and the Chinese that is still in it."""
    return Translation(english, tuple(dict.fromkeys(re.findall(f"[{CJK}]+", english))))


def _path(best: list[tuple[int, Word | None, int]]) -> Iterator[Word]:
    place = 0
    while (step := best[place])[1] is not None:
        yield step[1]
        place = step[2]


def _joined(words: Iterator[Word]) -> Iterator[Word]:
    """Unknown signs that follow one another are one word."""
    held: Word | None = None
    for word in words:
        if held is not None and word.unknown:
            text = held.text + word.text
            held = Word(Part.NOUN, text, text, unknown=True)
        else:
            if held is not None:
                yield held
            held = word if word.unknown else None
            if held is None:
                yield word
    if held is not None:
        yield held


def _within_latin(text: str, start: int, end: int) -> bool:
    """Whether a word in letters is only a part of a longer one."""
    before = start > 0 and bool(_LATIN.match(text[start - 1])) and bool(_LATIN.match(text[start]))
    after = end < len(text) and bool(_LATIN.match(text[end - 1])) and bool(_LATIN.match(text[end]))
    return before or after


# the words


def _dictionary(lexicon: Lexicon | None) -> dict[str, Word]:
    """Every Chinese word and phrase; what is entered first stays."""
    found: dict[str, Word] = {}
    for pair in (*phrases.SUBJECTS, *phrases.OUTINGS, *phrases.ACTIONS, *phrases.PLACES):
        found[pair.zh] = _phrase(pair)
    for text, word in (*_little(), *_table(), *_of_lexicon(lexicon), *_styles()):
        found.setdefault(text.lower(), word)
    for text, targets in nearest.CHINESE.items():
        same = next((found[target] for target in targets if target in found), None)
        if same is not None and len(text) >= _SHORTEST_SHARED:
            found.setdefault(text, same)
    return found


def _phrase(pair: phrases.Phrase) -> Word:
    if pair in phrases.SUBJECTS:
        return Word(Part.NOUN, pair.zh, pair.en, Article.WHOLE)
    return Word(Part.PLACE if pair in phrases.PLACES else Part.ACT, pair.zh, pair.en)


def _little() -> Iterator[tuple[str, Word]]:
    for text, part in glossary_words.LITTLE.items():
        yield text, Word(Part[part], text, "")
    for text, english in glossary_words.COUNTS.items():
        yield text, Word(Part.COUNT, text, english)
    for text, english in glossary_words.SPOTS.items():
        yield text, Word(Part.SPOT, text, english)


def _table() -> Iterator[tuple[str, Word]]:
    for part, table, article in (
        (Part.NOUN, glossary_words.NOUNS, Article.A),
        (Part.NOUN, glossary_words.MASS_NOUNS, Article.NONE),
        (Part.DESCRIBE, glossary_words.ADJECTIVES, Article.NONE),
        (Part.VERB, glossary_words.VERBS, Article.NONE),
        (Part.ACT, glossary_words.ACTS, Article.NONE),
    ):
        for text, english in table.items():
            whole = Article.WHOLE if english in _WHOLE or english.startswith(("the ", "a ")) else article
            yield text, Word(part, text, english, whole)
            if part in (Part.VERB, Part.ACT):
                for form in (
                    f"{text}着",
                    f"{text}了",
                    f"正{text}",
                    f"正在{text}",
                    f"在{text}",
                    f"正{text}着",
                ):
                    yield form, Word(part, form, english)
                yield f"{text}在", Word(Part.AT, f"{text}在", english)
    for text in MEASURES:
        yield text, Word(Part.MEASURE, text, "")


def _of_lexicon(lexicon: Lexicon | None) -> Iterator[tuple[str, Word]]:
    if lexicon is None:
        return
    for thing in lexicon.things:
        article = Article.A if is_counted(thing.name) else Article.NONE
        whole = natural(thing)
        is_whole = article is Article.NONE and whole != thing.name
        for name in thing.names.get("zh", ()):
            yield (
                name,
                Word(
                    Part.NOUN, name, whole if is_whole else thing.name, Article.WHOLE if is_whole else article
                ),
            )
    for colour, names in lexicon.colours.items():
        for name in short_colours(tuple(names.get("zh", ()))):
            yield name, Word(Part.DESCRIBE, name, colour)
    for setting in lexicon.settings:
        yield from _places(setting)


def _places(setting: Setting) -> Iterator[tuple[str, Word]]:
    """“on a beach”, with and without 在, and “beach” itself."""
    english, chinese = setting.names.get("en", ()), setting.names.get("zh", ())
    alike = len(english) == len(chinese)
    for number, name in enumerate(chinese):
        said = english[number] if alike else setting.name
        yield name, Word(Part.PLACE, name, said)
        inner, *core = bare_place(name) or [name]
        if inner != name:
            yield inner, Word(Part.PLACE, inner, said)
        for bare in core:
            noun = _LEAD.sub("", said)
            lead, _, rest = noun.partition(" ")
            article = Article.A if lead in ("a", "an") else Article.WHOLE if lead == "the" else Article.NONE
            if not noun.endswith(" at night"):
                yield bare, Word(Part.NOUN, bare, rest if article is Article.A else noun, article)


def _styles() -> Iterator[tuple[str, Word]]:
    for style in STYLES:
        english = style.phrase.removeprefix("{}").strip(", ")
        for name in (style.chinese, style.chinese_phrase.removeprefix("{}，")):
            yield name, Word(Part.LOOK, name, english)
