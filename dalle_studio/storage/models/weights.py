"""The header of a safetensors file: names, number formats and shapes of its tensors, read without the tensors.

The layout (https://github.com/huggingface/safetensors): eight bytes with the length of a JSON text, little-endian,
then the text, then the tensors.
"""

from __future__ import annotations

import json
import math
import struct
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from dalle_studio.core.errors import UnreadableFile
from dalle_studio.core.sentence import Bytes, say

MAX_HEADER_BYTES = 25_000_000
"""The hub's own limit; the largest in use are a twentieth of it."""
MAX_SIDES = 8
_NAMES_BY_BITS = {
    4: "F4",
    8: "BOOL U8 I8 F8_E4M3 F8_E5M2 F8_E8M0",
    16: "U16 I16 F16 BF16",
    32: "U32 I32 F32",
    64: "U64 I64 F64",
}
_BITS = {name: bits for bits, names in _NAMES_BY_BITS.items() for name in names.split()}


@dataclass(frozen=True)
class Header:
    """Shapes and number formats by name, and what the file says about itself."""

    shapes: Mapping[str, tuple[int, ...]]
    formats: Mapping[str, str]
    metadata: Mapping[str, str]


def read_weights_header(path: Path) -> Header:
    """The header of a file. Raises UnreadableFile where it is missing, too large, or does not fit the file."""
    try:
        with path.open("rb") as file:
            length = _length(file.read(8), path)
            text = file.read(length)
        return _header(json.loads(text), path.stat().st_size - 8 - length)
    except OSError as error:
        raise _unreadable(path, error.strerror or str(error)) from error
    except (ValueError, KeyError, TypeError, AttributeError, ArithmeticError, RecursionError) as error:
        raise _unreadable(
            path, say("what its header says does not fit the file"), repr(error)[:300]
        ) from error


def _header(table: Any, data_bytes: int) -> Header:
    metadata = table.pop("__metadata__", {})
    tensors = {name: _tensor(value, data_bytes) for name, value in table.items()}
    return Header(
        {name: shape for name, (shape, _) in tensors.items()},
        {name: number_format for name, (_, number_format) in tensors.items()},
        {str(key): str(value) for key, value in metadata.items()},
    )


def _length(start: bytes, path: Path) -> int:
    if len(start) < 8:
        raise _unreadable(path, say("it is too short"))
    (length,) = struct.unpack("<Q", start)
    if length > MAX_HEADER_BYTES:
        raise _unreadable(path, say("its header claims to be {size} long", size=Bytes(length)))
    if length > path.stat().st_size - 8:
        raise _unreadable(path, say("it breaks off within its header"))
    return length


def _tensor(value: Any, data_bytes: int) -> tuple[tuple[int, ...], str]:
    shape, (start, end) = tuple(map(int, value["shape"])), value["data_offsets"]
    fits = len(shape) <= MAX_SIDES and all(0 <= side <= 2 * data_bytes for side in shape)
    if not fits or not 0 <= start <= end <= data_bytes:
        raise ValueError(f"offsets {start} to {end} in {data_bytes} bytes, or sides beyond them")
    if math.prod(shape) * _BITS[value["dtype"]] != (end - start) * 8:
        raise ValueError(f"shape {shape} in {end - start} bytes")
    return shape, value["dtype"]


def _unreadable(path: Path, why: str, details: str = "") -> UnreadableFile:
    return UnreadableFile(
        say("{name} is no whole safetensors file: {why}.", name=path.name, why=why),
        say("Fetch it again, or use another file."),
        details,
    )
