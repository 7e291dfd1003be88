"""Files gone wrong in the ways that files go wrong: bytes scratched, cut, doubled; fields that lie.

Half of the changes know the format: they drop, double and swap a PNG's chunks, a JPEG's segments, a TIFF's tags,
a WebP's chunks, change what is packed inside them and pack it again. The checksums are made right afterwards, so
that a mutant is not sent home at the first one. The kinds are those of the broken files that Pillow's own tests
carry: missing and doubled chunks of animations, headers that claim other sizes and depths than there are, tags
that are missing or point outside, run lengths that overflow, ends that are cut off.
"""

from __future__ import annotations

import random
import re
import struct
import zlib
from collections.abc import Callable, Sequence

from tests.storage.samples import chunk

INTERESTING = (
    0,
    1,
    2,
    7,
    16,
    127,
    128,
    255,
    256,
    8192,
    8193,
    32767,
    32768,
    65535,
    2**31 - 1,
    2**31,
    2**32 - 1,
)
"""Numbers that programs stumble over: ends of ranges, and of the sizes that this studio takes."""
HEAD_BYTES = 128
PNG_START = b"\x89PNG\r\n\x1a\n"
_PACKED = {b"IDAT": 0, b"fdAT": 4}  # bytes before what is packed
_TIFF_TAGS = (256, 257, 258, 259, 262, 273, 274, 277, 278, 279, 284, 317, 320, 338, 339, 34675, 34665)

Chunks = list[tuple[bytes, bytes]]


def mutated(name: str, data: bytes, rng: random.Random, other: bytes) -> bytes:
    """A damaged copy of a picture's file. `other` is one to take pieces from."""
    by_format = _BY_FORMAT.get(name.rpartition(".")[2])
    if by_format and rng.random() < 0.5:
        data = by_format(data, rng)
    else:
        data = scratched(data, rng, other)
    return repaired_png(data) if name.endswith("png") and rng.random() < 0.9 else data


def scratched(data: bytes, rng: random.Random, other: bytes) -> bytes:
    """One to sixteen changes that know nothing of the format."""
    changed = bytearray(data)
    for _ in range(rng.choice((1, 1, 1, 2, 3, 6, 16))):
        if changed:
            rng.choice(_SCRATCHES)(changed, rng, other)
    return bytes(changed)


def repaired_png(data: bytes) -> bytes:
    """The same with the right checksum for every chunk that is there as a whole."""
    changed, place = bytearray(data), len(PNG_START)
    while place + 12 <= len(changed):
        (length,) = struct.unpack_from(">I", changed, place)
        end = place + 8 + length
        if end + 4 > len(changed):
            break
        struct.pack_into(">I", changed, end, zlib.crc32(changed[place + 4 : end]))
        place = end + 4
    return bytes(changed)


def chunks_of(data: bytes) -> Chunks:
    """Kind and content of every chunk of a whole PNG."""
    chunks, place = Chunks(), len(PNG_START)
    while place + 12 <= len(data):
        (length,) = struct.unpack_from(">I", data, place)
        chunks.append((data[place + 4 : place + 8], data[place + 8 : place + 8 + length]))
        place += 12 + length
    return chunks


def _mutated_png(data: bytes, rng: random.Random) -> bytes:
    chunks = chunks_of(data)
    for _ in range(rng.choice((1, 1, 2))):
        rng.choice((_rearrange, _rearrange, _change_chunk, _change_packed, _change_packed))(chunks, rng)
    return PNG_START + b"".join(chunk(kind, content) for kind, content in chunks)


def _rearrange(chunks: Chunks, rng: random.Random) -> None:
    """Drop, double, move or rename a chunk."""
    if not chunks:
        return
    index = rng.randrange(len(chunks))
    kind, content = chunks.pop(index)
    match rng.randrange(4):
        case 0:
            pass
        case 1:
            chunks[index:index] = [(kind, content)] * 2
        case 2:
            chunks.insert(rng.randrange(len(chunks) + 1), (kind, content))
        case _:
            kinds = (b"IHDR", b"PLTE", b"IDAT", b"IEND", b"tRNS", b"acTL", b"fcTL", b"fdAT", b"iCCP", b"zTXt")
            chunks.insert(index, (rng.choice(kinds), content))


def _change_chunk(chunks: Chunks, rng: random.Random) -> None:
    """Scratch what is in a chunk, most often in one of those that tell of all others."""
    heads = [i for i, (kind, _) in enumerate(chunks) if kind in (b"IHDR", b"acTL", b"fcTL", b"PLTE", b"tRNS")]
    if chunks:
        index = rng.choice(heads) if heads and rng.random() < 0.6 else rng.randrange(len(chunks))
        kind, content = chunks[index]
        chunks[index] = (kind, scratched(content or b"\0", rng, content))


def _change_packed(chunks: Chunks, rng: random.Random) -> None:
    """Unpack a chunk, scratch that, and pack it again."""
    packed = [(i, _packed_at(kind, content)) for i, (kind, content) in enumerate(chunks)]
    packed = [(i, place) for i, place in packed if place >= 0]
    if not packed:
        return
    index, place = rng.choice(packed)
    kind, content = chunks[index]
    try:
        plain = zlib.decompress(content[place:])
    except zlib.error:  # one of several parts of the pixels, or changed before
        return
    plain = rng.choice((plain * 50, b"", b"\xff" * 200_000)) if rng.random() < 0.1 else plain
    chunks[index] = (kind, content[:place] + zlib.compress(scratched(plain or b"\0", rng, plain)))


def _packed_at(kind: bytes, content: bytes) -> int:
    """Where in a chunk something packed begins; -1 where nothing is."""
    if kind in _PACKED:
        return _PACKED[kind]
    start = content.find(b"\x78")
    return start if kind in (b"iCCP", b"zTXt", b"iTXt") else -1


def _mutated_jpeg(data: bytes, rng: random.Random) -> bytes:
    """Segments dropped, doubled, moved, scratched, or with a length that lies."""
    segments, place = list[bytes](), 2
    while place + 4 <= len(data) and data[place] == 0xFF and data[place + 1] not in (0xD9, 0xDA):
        length = struct.unpack_from(">H", data, place + 2)[0] + 2
        segments.append(data[place : place + length])
        place += length
    index = rng.randrange(len(segments))
    segment = segments.pop(index)
    match rng.randrange(5):
        case 0:
            pass
        case 1:
            segments[index:index] = [segment, segment]
        case 2:
            segments.insert(rng.randrange(len(segments) + 1), segment)
        case 3:
            segments.insert(index, segment[:4] + scratched(segment[4:] or b"\0", rng, data))
        case _:
            length = rng.choice((0, 1, 2, len(segment) // 2, len(segment), 65535))
            segments.insert(index, segment[:2] + struct.pack(">H", length) + segment[4:])
    return data[:2] + b"".join(segments) + data[place:]


def _mutated_tiff(data: bytes, rng: random.Random) -> bytes:
    """Tags renamed, of another type, count or value, or gone."""
    order, is_big = ("<" if data[:2] == b"II" else ">"), data[2:4] in (b"+\0", b"\0+")
    start, entry, counts = (8, "HHQQ", "Q") if is_big else (4, "HHII", "H")
    (place,) = struct.unpack_from(f"{order}{'Q' if is_big else 'I'}", data, start)
    (count,) = struct.unpack_from(f"{order}{counts}", data, place)
    place += struct.calcsize(counts)
    changed, layout = bytearray(data), struct.Struct(f"{order}{entry}")
    for _ in range(rng.choice((1, 1, 2, 3))):
        at = place + layout.size * rng.randrange(count)
        fields = list(layout.unpack_from(changed, at))
        field = rng.randrange(4)
        fields[field] = [
            rng.choice(_TIFF_TAGS),
            rng.choice((0, 1, 2, 3, 4, 5, 7, 11, 12, 13, 16, 255)),
            rng.choice(INTERESTING),
            rng.choice((*INTERESTING, len(data) - 1, rng.randrange(len(data)))),
        ][field]
        layout.pack_into(changed, at, *fields)
    return bytes(changed)


def _mutated_webp(data: bytes, rng: random.Random) -> bytes:
    """Chunks as those of a PNG, with the right length of the whole file."""
    chunks, place = Chunks(), 12
    while place + 8 <= len(data):
        kind, length = struct.unpack_from("<4sI", data, place)
        chunks.append((kind, data[place + 8 : place + 8 + length]))
        place += 8 + length + length % 2
    rng.choice((_rearrange_webp, _change_chunk))(chunks, rng)
    body = b"".join(
        kind + struct.pack("<I", len(content)) + content + b"\0" * (len(content) % 2)
        for kind, content in chunks
    )
    return b"RIFF" + struct.pack("<I", len(body) + 4) + b"WEBP" + body


def _rearrange_webp(chunks: Chunks, rng: random.Random) -> None:
    index = rng.randrange(len(chunks))
    kind, content = chunks.pop(index)
    kinds = (b"VP8 ", b"VP8L", b"VP8X", b"ALPH", b"ANIM", b"ANMF", b"ICCP", b"EXIF", kind)
    for _ in range(rng.randrange(3)):
        chunks.insert(rng.randrange(len(chunks) + 1), (rng.choice(kinds), content))


def _mutated_bmp(data: bytes, rng: random.Random) -> bytes:
    """Fields of the header that lie."""
    changed = bytearray(data)
    fields = (
        (10, "I"),
        (14, "I"),
        (18, "i"),
        (22, "i"),
        (26, "H"),
        (28, "H"),
        (30, "I"),
        (34, "I"),
        (46, "I"),
    )
    for place, kind in rng.sample(fields, rng.choice((1, 1, 2))):
        most = 0xFFFF if kind == "H" else 0x7FFFFFFF
        value = rng.choice((*INTERESTING, 3, 4, 8, 12, 24, 40, 64, 108, 124)) & most
        struct.pack_into(f"<{kind}", changed, place, -value if kind == "i" and rng.random() < 0.3 else value)
    return bytes(changed)


def _mutated_gif(data: bytes, rng: random.Random) -> bytes:
    """Another screen or frame, no palette, blocks that are gone or come twice."""
    changed = bytearray(data)
    frames = [match.start() for match in re.finditer(rb"\x2c\0", data)] or [6]
    match rng.randrange(4):
        case 0:
            struct.pack_into("<H", changed, rng.choice((6, 8)), rng.choice(INTERESTING) & 0xFFFF)
        case 1:
            changed[10] ^= 1 << rng.randrange(8)
        case 2:
            place = rng.choice(frames) + rng.choice((1, 3, 5, 7, 9))
            struct.pack_into("<H", changed, min(place, len(data) - 2), rng.choice(INTERESTING) & 0xFFFF)
        case _:
            start = rng.choice(frames)
            piece = changed[start : start + rng.randrange(1, 300)]
            changed[start : start + (0 if rng.random() < 0.5 else len(piece))] = piece * rng.randrange(3)
    return bytes(changed)


def _flip(data: bytearray, rng: random.Random, _: bytes) -> None:
    data[place_in(data, rng)] ^= 1 << rng.randrange(8)


def _set(data: bytearray, rng: random.Random, _: bytes) -> None:
    data[place_in(data, rng)] = rng.choice((0, 1, 0x7F, 0x80, 0xFF, rng.randrange(256)))


def _number(data: bytearray, rng: random.Random, _: bytes) -> None:
    layout = rng.choice((">H", "<H", ">I", "<I"))
    size = struct.calcsize(layout)
    value = rng.choice(INTERESTING) & ((1 << 8 * size) - 1)
    place = place_in(data, rng)
    data[place : place + size] = struct.pack(layout, value)


def _cut(data: bytearray, rng: random.Random, _: bytes) -> None:
    del data[rng.randrange(len(data)) :]


def _delete(data: bytearray, rng: random.Random, _: bytes) -> None:
    place = place_in(data, rng)
    del data[place : place + rng.choice((1, 2, 4, 16, 64))]


def _double(data: bytearray, rng: random.Random, _: bytes) -> None:
    place = place_in(data, rng)
    data[place:place] = data[place : place + rng.choice((1, 4, 16, 200))]


def _rubbish(data: bytearray, rng: random.Random, _: bytes) -> None:
    place = place_in(data, rng)
    piece = rng.randbytes(rng.choice((1, 4, 20)))
    data[place : place + (0 if rng.random() < 0.5 else len(piece))] = piece


def _take(data: bytearray, rng: random.Random, other: bytes) -> None:
    start = rng.randrange(max(1, len(other)))
    piece = other[start : start + rng.choice((4, 16, 100))]
    place = place_in(data, rng)
    data[place : place + len(piece)] = piece


def place_in(data: Sequence[int], rng: random.Random) -> int:
    """Somewhere, half of the time near the beginning, where most is decided."""
    return rng.randrange(min(len(data), HEAD_BYTES) if rng.random() < 0.5 else len(data))


_SCRATCHES: tuple[Callable[[bytearray, random.Random, bytes], None], ...] = (
    *(_flip, _flip, _set, _set, _number, _number, _number),
    *(_cut, _delete, _double, _rubbish, _take),
)
_BY_FORMAT: dict[str, Callable[[bytes, random.Random], bytes]] = {
    "png": _mutated_png,
    "jpg": _mutated_jpeg,
    "tif": _mutated_tiff,
    "webp": _mutated_webp,
    "bmp": _mutated_bmp,
    "gif": _mutated_gif,
}
