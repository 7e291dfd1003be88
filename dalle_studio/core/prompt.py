"""From building blocks to the sentence a model reads."""

from __future__ import annotations

import difflib
import re
from collections.abc import Collection
from dataclasses import dataclass

from dalle_studio.core.errors import InvalidRequest

MAX_PROMPT_CHARS = 2000


@dataclass(frozen=True)
class Style:
    """A look: its name, and the phrase that asks a model for it (`{}` stands for the rest of the prompt)."""

    name: str
    phrase: str
    also: tuple[str, ...] = ()


STYLES = (
    Style("3d render", "{}, 3d render", ("3d",)),
    Style("flat", "{}, flat design", ("flat design",)),
    Style("cartoon", "{}, cartoon style"),
    Style("pixel art", "{}, pixel art", ("pixel",)),
    Style("pencil", "{}, pencil drawing", ("pencil sketch",)),
    Style("watercolour", "{}, watercolor", ("watercolor",)),
    Style("oil", "{}, oil painting", ("oil painting",)),
    Style("ukiyo-e", "{} in the style of ukiyo-e", ("ukiyoe", "woodblock")),
    Style("neon", "{}, neon"),
    Style("comic", "{}, comic book style", ("comic book", "pop art")),
    Style("line art", "{}, line art", ("line",)),
    Style("blueprint", "{}, blueprint"),
    Style("chalk", "{}, chalk on a blackboard"),
    Style("black and white", "{}, black and white", ("bw",)),
    Style("sepia", "{}, sepia"),
    Style("vaporwave", "{}, vaporwave"),
)


@dataclass(frozen=True)
class Blocks:
    """The building blocks of a prompt: who or what, doing or where."""

    who: tuple[str, ...] = ()
    doing: tuple[str, ...] = ()

    def sentence(self) -> str:
        """“Teddy bears” and “a robot”, “shopping for groceries” -> “Teddy bears and a robot shopping …”."""
        who = [block.strip() for block in self.who if block.strip()]
        listed = " and ".join(filter(None, [", ".join(who[:-1]), who[-1] if who else ""]))
        return " ".join([listed, *(block.strip() for block in self.doing)]).strip()


def find_style(name: str) -> Style:
    """The style of that name (or of one of its other names). Raises InvalidRequest where there is none."""
    wanted = name.strip().lower().removeprefix("in the style of ")
    for style in STYLES:
        if wanted == style.name or wanted in style.also:
            return style
    raise InvalidRequest(
        f"There is no style called “{name}”.", f"Use one of: {', '.join(s.name for s in STYLES)}."
    )


def styled(sentence: str, style: Style | None) -> str:
    """The final prompt: the sentence in the style's phrase, white space tidied."""
    tidy = " ".join(sentence.split())
    return tidy if style is None else style.phrase.format(tidy).removeprefix(", ").strip()


def check_prompt(prompt: str, *, may_be_empty: bool = False) -> str:
    """The prompt itself, if it can be used. Raises InvalidRequest where it is empty, too long or no text."""
    if not prompt.strip() and not may_be_empty:
        raise InvalidRequest("The prompt is empty.", "Say what you want to see, for example “a red car”.")
    if len(prompt) > MAX_PROMPT_CHARS:
        raise InvalidRequest(
            f"The prompt has {len(prompt):,} characters.",
            f"Shorten it to at most {MAX_PROMPT_CHARS:,} characters; models read only the first few sentences.",
        )
    if not prompt.isascii() and re.search("[\ud800-\udfff]", prompt):  # bytes that are no UTF-8
        raise InvalidRequest("The prompt has characters that are not text.", "Type it again.")
    return prompt


def words(prompt: str) -> list[str]:
    """The prompt's words in lower case, in order, each once; a run of Chinese characters counts as one."""
    found = re.findall(r"[㐀-鿿]+|[^\W_㐀-鿿]+(?:['’-][^\W_㐀-鿿]+)*", prompt.lower())
    return [word for word in dict.fromkeys(found) if not word.isdigit()]


def unknown_words(prompt: str, vocabulary: Collection[str]) -> list[str]:
    """The prompt's words that a model has never been shown. An empty vocabulary means “not known”: none."""
    if not vocabulary:
        return []
    return [word for word in words(prompt) if not _is_known(word, vocabulary)]


def nearest_word(word: str, vocabulary: Collection[str]) -> str | None:
    """The known word spelled most like this one, or None where none comes near."""
    return next(iter(difflib.get_close_matches(word, vocabulary, n=1, cutoff=0.75)), None)


def unknown_words_note(prompt: str, vocabulary: Collection[str]) -> str | None:
    """The sentence that tells which words are unknown and what they may have meant; None where all are known."""
    unknown = unknown_words(prompt, vocabulary)
    if not unknown:
        return None
    hints = ((word, nearest_word(word, vocabulary)) for word in unknown)
    told = [f"“{word}” (did you mean “{near}”?)" if near else f"“{word}”" for word, near in hints]
    return f"This model has never been shown {', '.join(told)}; the rest of the prompt leads."


def _is_known(word: str, vocabulary: Collection[str]) -> bool:
    parts = re.split(r"['’-]", word)
    return word in vocabulary or all(part in vocabulary for part in parts)
