"""From building blocks to the sentence a model reads."""

from __future__ import annotations

import re
from dataclasses import dataclass

from dalle_studio.core.errors import InvalidRequest
from dalle_studio.core.sentence import say

MAX_PROMPT_CHARS = 2000


@dataclass(frozen=True)
class Style:
    """A look: its name, and the phrase that asks a model for it (`{}` stands for the rest of the prompt)."""

    name: str
    phrase: str
    also: tuple[str, ...] = ()


STYLES = (
    Style(say("3d render"), "{}, 3d render", ("3d",)),
    Style(say("flat"), "{}, flat design", ("flat design",)),
    Style(say("cartoon"), "{}, cartoon style"),
    Style(say("pixel art"), "{}, pixel art", ("pixel",)),
    Style(say("pencil"), "{}, pencil drawing", ("pencil sketch",)),
    Style(say("watercolour"), "{}, watercolor", ("watercolor",)),
    Style(say("oil"), "{}, oil painting", ("oil painting",)),
    Style(say("ukiyo-e"), "{} in the style of ukiyo-e", ("ukiyoe", "woodblock")),
    Style(say("neon"), "{}, neon"),
    Style(say("comic"), "{}, comic book style", ("comic book", "pop art")),
    Style(say("line art"), "{}, line art", ("line",)),
    Style(say("blueprint"), "{}, blueprint"),
    Style(say("chalk"), "{}, chalk on a blackboard"),
    Style(say("black and white"), "{}, black and white", ("bw",)),
    Style(say("sepia"), "{}, sepia"),
    Style(say("vaporwave"), "{}, vaporwave", ("synthwave",)),
    Style(say("impressionist"), "{}, impressionist painting", ("impressionism", "van gogh")),
    Style(say("ink wash"), "{}, ink wash painting", ("sumi-e", "ink painting")),
    Style(say("stained glass"), "{}, stained glass"),
    Style(say("mosaic"), "{}, mosaic"),
    Style(say("paper cut"), "{}, paper cut", ("papercut", "paper art")),
    Style(say("clay"), "{}, clay", ("claymation", "plasticine")),
    Style(say("risograph"), "{}, risograph print", ("riso",)),
    Style(say("low poly"), "{}, low poly"),
    Style(say("embroidery"), "{}, embroidery", ("embroidered",)),
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
        say("There is no style called “{name}”.", name=name),
        say("Use one of: {names}.", names=", ".join(s.name for s in STYLES)),
    )


def styled(sentence: str, style: Style | None) -> str:
    """The final prompt: the sentence in the style's phrase, white space tidied."""
    tidy = " ".join(sentence.split())
    return tidy if style is None else style.phrase.format(tidy).removeprefix(", ").strip()


def check_prompt(prompt: str, *, may_be_empty: bool = False) -> str:
    """The prompt itself, if it can be used. Raises InvalidRequest where it is empty, too long or no text."""
    if not prompt.strip() and not may_be_empty:
        raise InvalidRequest(
            say("The prompt is empty."), say("Say what you want to see, for example “a red car”.")
        )
    if len(prompt) > MAX_PROMPT_CHARS:
        raise InvalidRequest(
            say("The prompt has {count} characters.", count=f"{len(prompt):,}"),
            say(
                "Shorten it to at most {most} characters; models read only the first few sentences.",
                most=f"{MAX_PROMPT_CHARS:,}",
            ),
        )
    if not prompt.isascii() and re.search("[\ud800-\udfff]", prompt):  # bytes that are no UTF-8
        raise InvalidRequest(say("The prompt has characters that are not text."), say("Type it again."))
    return prompt
