"""Words of a search, in scripts with spaces and without.

SQLite's own tokenizers find no Chinese word: `unicode61` takes a sentence for one word, `trigram` needs three
characters, and most Chinese words have two. So a run of such a script is indexed as its pairs, one starting at
each character (“红色汽车” -> 红色 色汽 汽车 车); two or more characters are searched as a phrase of pairs, one
character as the beginning of a pair. Pairs are rarer than characters, so their lists are short and quick to join.
"""

from __future__ import annotations

import re
import unicodedata

TOKENIZER = "unicode61 remove_diacritics 2 categories 'L* N* M* Co'"
# Thai, Lao, Myanmar, Khmer; kana; CJK ideographs; Hangul; ideographs beyond the basic plane
_WITHOUT_SPACES = (
    "[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3005-\u30ff\u3400-\u9fff\uac00-\ud7af\uf900-\ufaff"
    "\U00020000-\U0003ffff]+"
)
_PIECES = re.compile(f"(?P<run>{_WITHOUT_SPACES})|[^\\s]+?(?={_WITHOUT_SPACES}|\\s|$)")
_RUN = re.compile(_WITHOUT_SPACES)


def indexed(text: str) -> str:
    """The text as it goes into the index."""
    return _RUN.sub(lambda found: f" {' '.join(_pairs(found[0]))} ", _folded(text))


def expression(query: str) -> str:
    """The query in FTS5's language: all words, each as a beginning. Empty where there is no word in it."""
    pieces = _PIECES.finditer(_folded(query))
    return " AND ".join(_phrase(piece) for piece in pieces if any(letter.isalnum() for letter in piece[0]))


def _phrase(piece: re.Match[str]) -> str:
    run = piece["run"]
    if run is None or len(run) == 1:
        return f'"{piece[0].replace(chr(34), " ")}" *'
    return f'"{" ".join(_pairs(run)[:-1])}"'


def _pairs(run: str) -> list[str]:
    """Two characters from each place on; the last stands alone."""
    return [run[place : place + 2] for place in range(len(run))]


def _folded(text: str) -> str:
    return unicodedata.normalize("NFKC", text).replace("\0", " ").casefold()
