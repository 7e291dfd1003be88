"""Sentences of the studio's own, which a window can say in other languages.

A sentence is made where something happens, in English, and is its own English text. Beside it stand the template
it was made from and the values in it, so that whoever shows it can look the template up in a catalogue of
translations (Qt's, see `ui/language.py`) and put the same values in. Templates are found by Qt's `lupdate`: they
are written out in the call of `say`, never put together.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Self


class Bytes(int):
    """How much memory or disk, such as “412 KB” or “6.1 GB”; a KB is 1000 bytes."""

    def __str__(self) -> str:
        unit, name = next((each for each in _UNITS if self >= each[0]), _UNITS[-1])
        amount = self / unit
        return f"{amount:.1f} {name}" if amount < 10 and unit > 10**6 else f"{amount:.0f} {name}"

    __format__ = object.__format__


_UNITS = ((10**12, "TB"), (10**9, "GB"), (10**6, "MB"), (10**3, "KB"))


Value = object
"""What stands in a sentence. Another sentence is said in the other language too; `Bytes` are
written as its readers write them; anything else as `str` has it."""


class Sentence(str):
    """An English text that remembers how it was made.

    Attributes:
        template: with the names of values in braces.
        values: by their names.
    """

    template: str
    values: dict[str, Value]

    def __new__(cls, template: str, values: dict[str, Value]) -> Self:
        """Fill the template in."""
        sentence = super().__new__(cls, template.format(**values) if values else template)
        sentence.template, sentence.values = template, values
        return sentence

    def __reduce__(self) -> tuple[type[Self], tuple[str, dict[str, Value]]]:
        return type(self), (self.template, self.values)


def say(template: str, /, **values: Value) -> Sentence:
    """A sentence that can be translated, such as ``say("{name} is not there.", name=path.name)``.

    Args:
        template: English, written out here. Names of values stand in braces, without a format: a number is given
            as it is to be read.
        values: what stands for them.
    """
    return Sentence(template, values)


def read_back(text: str) -> Sentence:
    """A sentence that may have been kept as its English text; one that had values in it can only stay English."""
    return text if isinstance(text, Sentence) else Sentence(text, {})


def joined(parts: Iterable[str], separator: str) -> Sentence:
    """Texts one after the other, with a separator, itself perhaps a sentence, between them."""
    values: dict[str, Value] = {f"part{number}": part for number, part in enumerate(parts)}
    return Sentence("{separator}".join(f"{{{name}}}" for name in values), {**values, "separator": separator})


def translated(text: str, translate: Callable[[str], str], write: Callable[[Value], str] = str) -> str:
    """A sentence in another language; any other text is data, and stays as it is.

    Args:
        text: perhaps a sentence.
        translate: finds the template in the other language; gives back what it does not know.
        write: writes values that are not text.
    """
    if not isinstance(text, Sentence):
        return text
    template = translate(text.template)
    if not text.values:
        return template
    return template.format(
        **{
            name: translated(value, translate, write) if isinstance(value, str) else write(value)
            for name, value in text.values.items()
        }
    )
