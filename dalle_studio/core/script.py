"""Which script a text is written in."""

from __future__ import annotations

import re

CJK = "㐀-鿿豈-﫿"
"""Chinese characters, as part of a pattern's character class."""
IS_CJK = re.compile(f"[{CJK}]")
_WORD = re.compile(rf"[^\W\d_{CJK}]+")
_CHINESE_SIGNS = "，。、；：！？…（）《》“”"


def is_chinese(text: str) -> bool:
    """Whether a text is a Chinese one: it has at least as many Chinese characters as words in letters."""
    characters = len(IS_CJK.findall(text))
    return characters > 0 and characters >= len(_WORD.findall(text))


def begins_chinese(text: str) -> bool:
    """Whether nothing need stand between a Chinese text and this one after it."""
    return IS_CJK.match(text) is not None or text[:1] in tuple(_CHINESE_SIGNS)


def ends_chinese(text: str) -> bool:
    """Whether nothing need stand between this text and a Chinese one after it."""
    return begins_chinese(text[-1:])


def ends_in_sign(text: str) -> bool:
    """Whether a text ends with a comma, a full stop or the like."""
    return text[-1:] in tuple("，。、；：！？…,.;:!?")
