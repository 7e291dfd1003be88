"""The one guarded way to read a ZIP file that a user hands us. Members are read, never unpacked to the disk.

Follows PKWARE's APPNOTE 6.3.10, of which files of this size need little: members stored or deflated, no
encryption, no ZIP64.
"""

from __future__ import annotations

import mmap
import re
import stat
import struct
import unicodedata
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import BinaryIO, Self

from dalle_studio.core.errors import UnreadableFile
from dalle_studio.core.sentence import Sentence, say

MIB = 1024**2
CHUNK_BYTES = MIB
RATIO_FREE_BYTES = MIB  # an even picture or a run of blanks shrinks to nothing, and does no harm
MAX_NAME_BYTES = 512
MAX_DIRECTORY_BYTES = MIB  # at most 22,000 entries to look at before they can be counted
ENCRYPTED_FLAGS = 0x0001 | 0x0040 | 0x2000
LATER_FLAG = 0x0008  # sizes come after the data
UTF_8_FLAG = 0x0800
LOCAL, END, END_64 = b"PK\x03\x04", b"PK\x05\x06", b"PK\x06\x07"
_LOCAL_HEADER = struct.Struct("<4sHHHHHIIIHH")


@dataclass(frozen=True)
class Limits:
    """What an archive may have. The ratio is that of bytes inflated to bytes in the file, above 1 MiB."""

    members: int = 1000
    member_bytes: int = 512 * MIB
    total_bytes: int = 2048 * MIB
    ratio: int = 100


DEFAULT_LIMITS = Limits()


class Archive:
    """A ZIP file, open for reading; use it in a `with`.

    Raises UnreadableFile when made, where the file is missing or damaged or breaks a rule: a name that is
    absolute or leads out of the archive, a link, two members of one name, encryption, a limit.
    """

    def __init__(self, path: Path, limits: Limits = DEFAULT_LIMITS) -> None:
        self._path, self._limits = path, limits
        self._bytes_left = limits.total_bytes
        try:
            self._file = path.open("rb")
        except OSError as error:
            raise UnreadableFile(
                say("{name} cannot be opened: {reason}.", name=path.name, reason=error.strerror),
                say("Check the path, and who may read the file."),
                repr(error),
            ) from error
        try:
            self._zip = self._opened()
            self._members = self._checked(self._zip.infolist())
        except BaseException:
            self._file.close()
            raise

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Read nothing more."""
        self._zip.close()
        self._file.close()

    @property
    def names(self) -> tuple[str, ...]:
        """Of all members but folders, in the archive's order."""
        return tuple(self._members)

    def read(self, name: str) -> bytes:
        """A member's bytes. Raises UnreadableFile where there is none of that name, or as `stream` does."""
        return b"".join(self.stream(name))

    def stream(self, name: str) -> Iterator[bytes]:
        """A member's bytes, at most 1 MiB at a time.

        The limits hold for what is really inflated, whatever the file says of its sizes. Raises
        UnreadableFile where one is passed, and where the member is damaged or missing.
        """
        member = self._members.get(name)
        if member is None:
            raise UnreadableFile(
                say("There is no “{name}” in {file}.", name=name, file=self._path.name),
                say("Use another copy of the file."),
            )
        gauge = _Gauge(member.compress_size, self._limits, self._bytes_left)
        try:
            with self._zip.open(member) as file:
                while chunk := file.read(CHUNK_BYTES):
                    gauge.count(chunk)
                    yield chunk
        except UnreadableFile:
            raise
        except Exception as error:  # zipfile raises BadZipFile, EOFError, OSError, ValueError, zlib.error
            raise self._damaged(error) from error
        finally:
            self._bytes_left = gauge.total_left

    def _opened(self) -> zipfile.ZipFile:
        try:
            count = _check_directory(self._file, self._limits)
            archive = zipfile.ZipFile(self._file)
            if len(archive.infolist()) != count:
                raise zipfile.BadZipFile(f"{len(archive.infolist())} members are listed, and {count} told")
            return archive
        except UnreadableFile:
            raise
        except Exception as error:  # as above
            raise self._damaged(error) from error

    def _checked(self, members: list[zipfile.ZipInfo]) -> dict[str, zipfile.ZipInfo]:
        if len(members) > self._limits.members:
            raise _too_large(
                say("The file has {count} members, so it was not opened.", count=f"{len(members):,}")
            )
        by_name: dict[str, zipfile.ZipInfo] = {}
        seen: set[str] = set()
        for member in members:
            _check_member(member, self._limits)
            key = _same(member.filename)
            if key in seen:
                raise _unsafe(
                    say(
                        "The file has two members called “{name}”, so it was not opened.",
                        name=_shown(member.filename),
                    )
                )
            seen.add(key)
            if not member.is_dir():
                by_name[member.filename] = member
        if sum(member.file_size for member in members) > self._limits.total_bytes:
            raise _too_large(say("The file would unpack to too much, so it was not opened."))
        return by_name

    def _damaged(self, error: Exception) -> UnreadableFile:
        return UnreadableFile(
            say("{file} is damaged, or no file of this kind.", file=self._path.name),
            say("Use another copy of it."),
            repr(error),
        )


def salvage(path: Path, limits: Limits = DEFAULT_LIMITS) -> Iterator[tuple[str, bytes]]:
    """Whole members of a damaged archive, found without its directory, as (name, bytes) in the file's order.

    For an archive that was cut off or scratched: looks for the header that stands before each member, and
    passes over everything whose checksum is wrong or that breaks a rule. A name can come more than once.
    Raises UnreadableFile where the file cannot be read at all.
    """
    try:
        with path.open("rb") as file, mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) as data:
            yield from _whole_members(data, limits)
    except (OSError, ValueError) as error:  # an empty file cannot be mapped
        raise UnreadableFile(
            say("Nothing can be read from {name}.", name=path.name),
            say("Use another copy of it."),
            repr(error),
        ) from error


def is_safe_name(name: str) -> bool:
    """Whether a member may have this name: relative, with slashes, of plain parts, on every system."""
    if len(name.encode(errors="replace")) > MAX_NAME_BYTES or re.match("[A-Za-z]:", name):
        return False
    if "\\" in name or any(unicodedata.category(character) in ("Cc", "Cs") for character in name):
        return False
    return not {"", ".", ".."} & set(name.removesuffix("/").split("/"))


class _Gauge:
    """Counts what is inflated, and stops where a limit is passed."""

    def __init__(self, packed_bytes: int, limits: Limits, total_left: int) -> None:
        by_ratio = max(RATIO_FREE_BYTES, packed_bytes * limits.ratio)
        self._left = min(limits.member_bytes, by_ratio)
        self.total_left = total_left

    def count(self, chunk: bytes) -> None:
        self._left -= len(chunk)
        self.total_left -= len(chunk)
        if min(self._left, self.total_left) < 0:
            raise _too_large(say("The file unpacks to too much, so it was not opened."))


def _check_directory(file: BinaryIO, limits: Limits) -> int:
    """How many members it lists. Checks its length before it is read: a small file can list millions."""
    length = file.seek(0, 2)
    if length > limits.total_bytes:
        raise _too_large(say("The file is too large, so it was not opened."))
    file.seek(max(0, length - 0xFFFF - 42))
    tail = file.read()
    plain = tail[-22:]
    end = len(tail) - 22 if plain[:4] == END and plain[-2:] == b"\0\0" else tail.rfind(END)
    if end < 0 or len(tail) < end + 22:
        raise zipfile.BadZipFile("no end of central directory")
    count, directory_bytes = struct.unpack("<HI", tail[end + 10 : end + 16])
    if directory_bytes > MAX_DIRECTORY_BYTES or tail[end - 20 : end - 16] == END_64:
        raise _too_large(say("The file has too long a list of members, so it was not opened."))
    return count


def _check_member(member: zipfile.ZipInfo, limits: Limits) -> None:
    if not is_safe_name(member.orig_filename):
        raise _unsafe(
            say(
                "The file has a member whose name leads elsewhere, “{name}”, so it was not opened.",
                name=_shown(member.orig_filename),
            )
        )
    if stat.S_IFMT(member.external_attr >> 16) not in (0, stat.S_IFREG, stat.S_IFDIR):
        raise _unsafe(
            say(
                "The file has a link or device in it, “{name}”, so it was not opened.",
                name=_shown(member.filename),
            )
        )
    if member.flag_bits & ENCRYPTED_FLAGS:
        raise UnreadableFile(say("The file is encrypted."), say("Save it without a password."))
    if member.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
        raise UnreadableFile(
            say("The file is packed in an unusual way."), say("Pack it again as a plain ZIP.")
        )
    most = max(RATIO_FREE_BYTES, member.compress_size * limits.ratio)
    if member.file_size > min(limits.member_bytes, most):
        raise _too_large(
            say(
                "The file holds “{name}”, which unpacks to too much, so it was not opened.",
                name=_shown(member.filename),
            )
        )


@dataclass(frozen=True)
class _Header:
    """What stands before a member. `start` and `end` are those of its packed content."""

    name: str
    method: int
    crc: int
    start: int
    end: int
    unpacked: int


def _whole_members(data: mmap.mmap, limits: Limits) -> Iterator[tuple[str, bytes]]:
    tries_left, bytes_left = limits.members, limits.total_bytes
    place = data.find(LOCAL)
    while place >= 0 and tries_left > 0:
        header = _header_at(data, place, limits)
        content = None
        if header:
            tries_left, bytes_left = (
                tries_left - 1,
                bytes_left - (header.end - header.start) - header.unpacked,
            )
            if bytes_left < 0:
                return
            content = _unpacked(data[header.start : header.end], header)
        if header and content is not None:
            yield header.name, content
        place = data.find(LOCAL, header.end if header and content is not None else place + 4)


def _header_at(data: mmap.mmap, place: int, limits: Limits) -> _Header | None:
    """The header that begins there; None where it makes no sense or breaks a rule."""
    name_start = place + _LOCAL_HEADER.size
    if name_start > len(data):
        return None
    _, _, flags, method, _, _, crc, packed, unpacked, name_bytes, extra_bytes = _LOCAL_HEADER.unpack_from(
        data, place
    )
    start = name_start + name_bytes + extra_bytes
    encoding = "utf-8" if flags & UTF_8_FLAG else "cp437"
    name = data[name_start : name_start + name_bytes].decode(encoding, "replace")
    most = min(limits.member_bytes, max(RATIO_FREE_BYTES, packed * limits.ratio))
    is_plain = not flags & (ENCRYPTED_FLAGS | LATER_FLAG) and unpacked <= most
    if not is_plain or start + packed > len(data) or not is_safe_name(name):
        return None
    return _Header(name, method, crc, start, start + packed, unpacked)


def _unpacked(packed: bytes, header: _Header) -> bytes | None:
    """The content; None where it is damaged."""
    content = packed
    if header.method == zipfile.ZIP_DEFLATED:
        try:
            content = zlib.decompressobj(-15).decompress(packed, max(1, header.unpacked))
        except zlib.error:
            return None
    return content if zlib.crc32(content) == header.crc else None


def _shown(name: str) -> str:
    """Fit for a sentence."""
    return "".join(character if character.isprintable() else "�" for character in name[:60])


def _same(name: str) -> str:
    """Equal for names that some file system takes for one."""
    return unicodedata.normalize("NFKC", name).casefold().rstrip("/")


def _unsafe(message: Sentence) -> UnreadableFile:
    return UnreadableFile(message, say("Use it only from a source you trust."))


def _too_large(message: Sentence) -> UnreadableFile:
    return UnreadableFile(message, say("Check where it comes from."))
