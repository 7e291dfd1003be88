"""Labels of candidates: “subject · style”."""

from __future__ import annotations

from dalle_studio.core import sentence
from dalle_studio.core.prompt import find_style
from dalle_studio.core.sentence import Sentence, say

_BETWEEN = say(" · ")


def joined(*parts: str) -> str:
    """One label of several parts; empty ones are left out."""
    there = [part for part in parts if part]
    return sentence.joined(there, _BETWEEN) if len(there) > 1 else there[0] if there else ""


def beside(title: str, label: str) -> str:
    """What a label says that the title does not say already."""
    return joined(*(part for part in _parts(label) if part not in title))


def numbered(label: str, count: int) -> tuple[str, ...]:
    """The label for each of so many pictures, with its number."""
    *before, last = _parts(label)
    return tuple(joined(*before, say("{label} {number}", label=last, number=n)) for n in range(1, count + 1))


def of_style(name: str) -> str:
    """What a style is called; empty for none."""
    return find_style(name).name if name else ""


def _parts(label: str) -> tuple[str, ...]:
    if isinstance(label, Sentence) and label.values.get("separator") == _BETWEEN:
        parts = (value for name, value in label.values.items() if name != "separator")
        return tuple(part for part in parts if isinstance(part, str))
    return (label,) if label else ()
