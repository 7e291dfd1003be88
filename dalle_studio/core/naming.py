"""What a thing is called as it stands in an English sentence."""

from __future__ import annotations

import re

from dalle_studio.core.reading_en import is_plural
from dalle_studio.core.reading_tags import listed
from dalle_studio.core.scene import Thing

_OWN_PHRASES = {
    "bactrian camel": "a Bactrian camel",
    "cd": "a CD",
    "christmas tree": "a Christmas tree",
    "ferris wheel": "a Ferris wheel",
    "french fries": "French fries",
    "greek temple": "a Greek temple",
    "japanese castle": "a Japanese castle",
    "hindu temple": "a Hindu temple",
    "moon": "the moon",
    "mount fuji": "Mount Fuji",
    "mrs claus": "Mrs Claus",
    "planet earth": "planet Earth",
    "santa claus": "Santa Claus",
    "sikh man": "a Sikh man",
    "statue of liberty": "the Statue of Liberty",
    "sun": "the sun",
    "sun behind cloud": "the sun behind a cloud",
    "t-rex": "a T-rex",
    "t-shirt": "a T-shirt",
    "tokyo tower": "Tokyo Tower",
    "suv": "an SUV",
}
_UNCOUNTED = listed("""
    bacon, broccoli, bubble tea, butter, candy, cheese, coral, corn, curry rice, fire, fried shrimp, garlic,
    lettuce, maracas, meat on bone, paella, popcorn, shaved ice, skis, soap, soda, spaghetti, sushi, wheat
""")
_AN = re.compile("[aeio]|um|un(?!i)|hour")


def natural(thing: Thing) -> str:
    """A thing's name as it stands in a sentence: “an owl”, “grapes”, “Santa Claus”."""
    name = thing.name
    if name in _OWN_PHRASES:
        return _OWN_PHRASES[name]
    if name in _UNCOUNTED or is_plural(name):
        return name
    return with_article(name)


def with_article(noun: str) -> str:
    """A noun with “a” or “an” before it."""
    return f"{'an' if _AN.match(noun) else 'a'} {noun}"


def is_counted(name: str) -> bool:
    """Whether a thing of that name is one of several: “an owl”, but no “grapes”, “cheese” or “the moon”."""
    return name not in _OWN_PHRASES and name not in _UNCOUNTED and not is_plural(name)
