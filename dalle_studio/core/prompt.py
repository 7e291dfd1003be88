"""From building blocks to the sentence a model reads."""

from __future__ import annotations

import re
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
    Style("vaporwave", "{}, vaporwave", ("synthwave",)),
    Style("impressionist", "{}, impressionist painting", ("impressionism", "van gogh")),
    Style("ink wash", "{}, ink wash painting", ("sumi-e", "ink painting")),
    Style("stained glass", "{}, stained glass"),
    Style("mosaic", "{}, mosaic"),
    Style("paper cut", "{}, paper cut", ("papercut", "paper art")),
    Style("clay", "{}, clay", ("claymation", "plasticine")),
    Style("risograph", "{}, risograph print", ("riso",)),
    Style("low poly", "{}, low poly"),
    Style("embroidery", "{}, embroidery", ("embroidered",)),
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
