"""What a recogniser of speech looks like on disk: a Whisper model for many languages, in CTranslate2's format.

`model.bin` begins with the format's version, the length of a name and the name, which ends with a zero
(CTranslate2, `python/ctranslate2/specs/model_spec.py`). Nothing in it is code.
"""

from __future__ import annotations

import json
import struct
from pathlib import Path

SPEECH_WEIGHTS = "model.bin"
NEEDED = ("config.json", SPEECH_WEIGHTS, "tokenizer.json")
VOCABULARIES = ("vocabulary.json", "vocabulary.txt")
"""Of which there is one."""
_SPEC = b"WhisperSpec\0"
_MAX_VOCABULARY_BYTES = 10_000_000


def is_recogniser(folder: Path) -> bool:
    """Whether a folder holds a Whisper model in CTranslate2's format, whatever languages it understands.

    Raises OSError where a file cannot be read.
    """
    if not all((folder / name).is_file() for name in NEEDED):
        return False
    with (folder / SPEECH_WEIGHTS).open("rb") as file:
        head = file.read(6 + len(_SPEC))
    return head[6:] == _SPEC and struct.unpack("<H", head[4:6])[0] == len(_SPEC)


def is_multilingual(folder: Path) -> bool:
    """Whether a recogniser understands more than English, which CTranslate2 tells by an empty token.

    Raises OSError or ValueError where its vocabulary cannot be read.
    """
    path = next((folder / name for name in VOCABULARIES if (folder / name).is_file()), None)
    if path is None or path.stat().st_size > _MAX_VOCABULARY_BYTES:
        return False
    text = path.read_text(encoding="utf-8")
    return "" in (json.loads(text) if path.suffix == ".json" else text.removesuffix("\n").split("\n"))
