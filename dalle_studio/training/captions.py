"""Captions: the phrases they are made of, how they are put together, and the words they can contain."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

import numpy as np

from dalle_studio.training.built_places import BACKGROUNDS
from dalle_studio.training.canvas import chance, pick
from dalle_studio.training.colours import GROUNDS, PAINTS, QUIET_GROUNDS
from dalle_studio.training.concepts import THINGS, plural, with_article
from dalle_studio.training.styles import STYLES, Style

LEFT_OF = ("to the left of", "left of", "on the left of")
RIGHT_OF = ("to the right of", "right of", "on the right of")
BESIDE = ("next to", "beside", "near")
RIDING = ("riding", "riding", "riding", "riding on", "on")
ON_TOP_OF = ("on top of", "on", "standing on")
ABOVE = ("above", "over", "flying over", "flying above")
WITH_CART = ("pushing", "with", "next to")
PERSON_POSES = ("standing", "lounging", "relaxing")
ANIMAL_POSES = ("sitting", "standing")
NUMBERS = {2: "two", 3: "three", 4: "four"}
PLAIN_GROUND = ("on {} background", "against {} background")
UNSTYLED = (
    "an image of {}", "a picture of {}", "{}, beautiful", "{}, high quality", "{}, detailed", "{}, colorful",
)  # fmt: skip
"""Used now and then for pictures in no named style."""
SHOPPING = "shopping for groceries"

_WORD = re.compile(r"[^\W_]+(?:['-][^\W_]+)*")


def listing(parts: list[str]) -> str:
    """Join phrases as English does: "a, b and c"."""
    return " and ".join([", ".join(parts[:-1]), parts[-1]])


def ground_phrase(colour: str, rng: np.random.Generator) -> str:
    """How a caption names a plain ground, or nothing.

    Vivid grounds are mostly named. Otherwise a model learns that "a red car" may mean a red ground.
    """
    named = chance(rng, 0.4 if colour in QUIET_GROUNDS else 0.85)
    return pick(rng, PLAIN_GROUND).format(with_article(colour)) if named else ""


def caption(subject: str, place: str, style: Style, rng: np.random.Generator) -> str:
    """Put together what is shown, where (may be empty) and in which style."""
    if style.name == "none" and place and chance(rng, 0.1):
        return f"{place}, {subject}"
    comma = "," if place.endswith("background") and chance(rng, 0.3) else ""
    scene = f"{subject}{comma} {place}" if place else subject
    if style.name == "none":
        return pick(rng, UNSTYLED).format(scene) if chance(rng, 0.15) else scene
    return pick(rng, style.templates).format(scene)


def phrases() -> Iterator[str]:
    """Everything that captions are made of; templates with their braces left empty."""
    for thing in THINGS:
        for name in thing.names:
            yield from (name, with_article(name), plural(name))
    for background in BACKGROUNDS:
        yield from background.phrases
    for style in STYLES:
        yield from style.templates
    yield from (*PAINTS, *GROUNDS, *PLAIN_GROUND, *UNSTYLED, *NUMBERS.values(), "a", "an", "and", SHOPPING)
    for table in (LEFT_OF, RIGHT_OF, BESIDE, RIDING, ON_TOP_OF, ABOVE, WITH_CART, PERSON_POSES, ANIMAL_POSES):
        yield from table


def caption_words(texts: Iterable[str]) -> list[str]:
    """The distinct lower-case words of some texts, sorted.

    A word with a hyphen or an apostrophe counts whole and in its parts, since the tokenizer splits it:
    "ukiyo-e" gives "ukiyo-e", "ukiyo" and "e".
    """
    words: set[str] = set()
    for text in texts:
        for word in _WORD.findall(text.lower()):
            words.update((word, *re.split(r"['-]", word)))
    return sorted(words)
