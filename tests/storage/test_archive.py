"""Archives that users hand us: what is whole is read, what could do harm is refused, nothing is trusted."""

from __future__ import annotations

import io
import random
import stat
import struct
import zipfile
import zlib
from collections.abc import Iterable
from pathlib import Path

import pytest

from dalle_studio.core.errors import UnreadableFile
from dalle_studio.storage.archive import MIB, Archive, Limits, salvage

Entry = tuple[str | zipfile.ZipInfo, bytes]


def zipped(entries: Iterable[Entry], compression: int = zipfile.ZIP_STORED) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", compression) as archive:
        for entry, data in entries:
            archive.writestr(entry, data)
    return buffer.getvalue()


def linked(name: str, kind: int) -> zipfile.ZipInfo:
    entry = zipfile.ZipInfo(name)
    entry.external_attr = (kind | 0o777) << 16
    return entry


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "a.zip"


def refusal(path: Path, data: bytes, limits: Limits | None = None, name: str = "") -> UnreadableFile:
    """Why an archive, or one member of it, is not read."""
    path.write_bytes(data)
    with pytest.raises(UnreadableFile) as caught, Archive(path, limits or Limits()) as archive:
        archive.read(name or archive.names[0])
    for sentence in (caught.value.message, caught.value.remedy):
        assert sentence.endswith(".") and "\n" not in sentence
    return caught.value


@pytest.mark.parametrize("compression", [zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED])
def test_members_are_read_and_streamed(path: Path, compression: int) -> None:
    long = random.Random(1).randbytes(2 * MIB)
    path.write_bytes(
        zipped([("a/", b""), ("a/b.txt", b"hello"), ("猫.bin", long), ("empty", b"")], compression)
    )
    with Archive(path) as archive:
        assert archive.names == ("a/b.txt", "猫.bin", "empty")
        assert archive.read("a/b.txt") == b"hello" and archive.read("empty") == b""
        chunks = list(archive.stream("猫.bin"))
        assert b"".join(chunks) == long and max(map(len, chunks)) <= MIB
        with pytest.raises(UnreadableFile, match="There is no “c”"):
            archive.read("c")


@pytest.mark.parametrize(
    "name",
    [
        "../evil",
        "a/../../evil",
        "/etc/passwd",
        "//server/share/evil",
        "C:\\evil",
        "C:evil",
        "c:/evil",
        "..\\evil",
        "a\\..\\evil",
        "\\\\server\\evil",
        "./evil",
        "a//evil",
        "..",
        ".",
        "/",
        "evil\nname",
        "evil\x7f",
        "a" * 600,
    ],
)
def test_a_name_that_leads_elsewhere_is_refused(path: Path, name: str) -> None:
    data = zipped([("good", b"1"), (name, b"2")])
    assert "name leads elsewhere" in refusal(path, data, name="good").message
    assert [found for found, _ in salvage(path)] == ["good"]


def test_a_name_with_a_zero_byte_is_refused(path: Path) -> None:
    data = zipped([("goodXevil", b"1")]).replace(b"goodXevil", b"good\0evil")
    assert "name leads elsewhere" in refusal(path, data).message


@pytest.mark.parametrize(
    "names",
    [("a.png", "a.png"), ("a.png", "A.PNG"), ("é", "e\u0301"), ("straße", "STRASSE"), ("a", "a/")],
)
def test_two_members_of_one_name_are_refused(path: Path, names: tuple[str, str]) -> None:
    with pytest.warns(UserWarning) if names[0] == names[1] else memoryview(b""):
        data = zipped([(name, b"") for name in names])
    assert "two members" in refusal(path, data).message


@pytest.mark.parametrize("kind", [stat.S_IFLNK, stat.S_IFIFO, stat.S_IFCHR])
def test_links_and_devices_are_refused(path: Path, kind: int) -> None:
    assert "link" in refusal(path, zipped([(linked("a", kind), b"/etc/passwd")])).message


def test_encrypted_and_unusual_members_are_refused(path: Path) -> None:
    data = bytearray(zipped([("a", b"1")]))
    data[data.index(b"PK\x01\x02") + 8] |= 1
    assert "encrypted" in refusal(path, bytes(data)).message
    assert "unusual" in refusal(path, zipped([("a", b"1" * 99)], zipfile.ZIP_LZMA)).message


def test_each_limit_is_kept(path: Path) -> None:
    two = zipped([("a", b"1" * 60), ("b", b"2" * 60)])
    assert "2 members" in refusal(path, two, Limits(members=1)).message
    assert "“a”, which unpacks to too much" in refusal(path, two, Limits(member_bytes=59)).message
    assert "would unpack to too much" in refusal(path, two, Limits(total_bytes=119)).message or len(two) > 119
    bomb = zipped([("a", bytes(2 * MIB))], zipfile.ZIP_DEFLATED)
    assert "too much" in refusal(path, bomb).message
    many = zipped([(f"{number:0250}", b"") for number in range(4_000)])
    assert "too long a list" in refusal(path, many).message


def lying(length: int, told: int) -> bytes:
    """An archive whose headers say that a member has another length than it has."""
    data = zipped([("a", bytes(length))], zipfile.ZIP_DEFLATED)
    assert data.count(struct.pack("<I", length)) == 2
    return data.replace(struct.pack("<I", length), struct.pack("<I", told))


def test_what_the_file_says_of_its_sizes_is_not_believed(path: Path) -> None:
    assert "damaged" in refusal(path, lying(5 * MIB, 100)).message
    assert list(salvage(path)) == []


def test_members_that_lie_over_each_other_count_each_time(path: Path) -> None:
    """A list of a thousand names for the same bytes (Fifield 2019) unpacks to no more than the limit."""
    one = zipped([("aaaa", bytes(MIB))], zipfile.ZIP_DEFLATED)
    start = one.index(b"PK\x01\x02")
    entry, end = one[start:-22], bytearray(one[-22:])
    entries = b"".join(entry.replace(b"aaaa", f"{number:04}".encode()) for number in range(900))
    struct.pack_into("<HHI", end, 8, 900, 900, len(entries))
    assert refusal(path, one[:start] + entries + end, Limits(total_bytes=100 * MIB)).message


def test_no_archive_and_a_cut_one_are_told_apart_from_nothing(path: Path) -> None:
    whole = zipped([("a", b"1" * 50), ("b", b"2" * 50)], zipfile.ZIP_DEFLATED)
    for data in (b"", b"PK", b"\0" * 100, whole[:-1], whole[: len(whole) // 2]):
        assert "damaged" in refusal(path, data).message
    with pytest.raises(UnreadableFile, match="cannot be opened"):
        Archive(path.with_name("missing.zip"))
    with pytest.raises(UnreadableFile, match="cannot be opened"):
        Archive(path.parent)


def test_a_wrong_checksum_is_found(path: Path) -> None:
    data = zipped([("a", b"hello")]).replace(b"hello", b"hallo")
    assert "damaged" in refusal(path, data).message
    assert list(salvage(path)) == []


def test_what_is_whole_is_saved_from_a_cut_or_scratched_archive(path: Path) -> None:
    whole = zipped([("a", b"1" * 50), ("b", b"2" * 500), ("c", b"3")], zipfile.ZIP_DEFLATED)
    second = whole.index(b"PK\x03\x04", 4)
    scratched = bytearray(whole)
    scratched[second + 35] ^= 0xFF
    path.write_bytes(scratched)
    assert list(salvage(path)) == [("a", b"1" * 50), ("c", b"3")]
    path.write_bytes(whole[: whole.index(b"PK\x03\x04", second + 4) + 3])
    assert list(salvage(path)) == [("a", b"1" * 50), ("b", b"2" * 500)]
    path.write_bytes(b"")
    with pytest.raises(UnreadableFile):
        list(salvage(path))


def test_a_file_made_of_headers_alone_ends_soon(path: Path) -> None:
    """Each claims the whole rest of the file: without a limit this would take the square of its length."""
    header = b"PK\x03\x04" + struct.pack("<HHHHHIIIHH", 20, 0, 0, 0, 0, zlib.crc32(b""), 500_000, 1, 1, 0)
    path.write_bytes((header + b"a") * 60_000)
    assert list(salvage(path, Limits(total_bytes=100 * MIB))) == []
