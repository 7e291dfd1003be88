"""The harness can fail: a crash, a hang and an exception that nobody foresaw are seen, counted and saved."""

from __future__ import annotations

import ctypes
import io
import random
import time
import zipfile
import zlib
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.torture.bad_projects import projects, repaired_zip, zipped
from tests.torture.bad_weights import BadWeights
from tests.torture.figures import Figure, show
from tests.torture.mutants import chunks_of, repaired_png
from tests.torture.pictures import HEIGHT_PX, WIDTH_PX, decoded, samples
from tests.torture.trials import Became, save_broken, tally

pytestmark = pytest.mark.timeout(300)


@dataclass(frozen=True)
class Broken:
    """A decoder that crashes, hangs and raises."""

    def mutant(self, number: int) -> tuple[str, bytes]:
        return f"{number}.bin", bytes([number])

    def run(self, number: int, folder: Path) -> bool:
        match number:
            case 2:
                ctypes.string_at(0)
            case 5:
                time.sleep(60)
            case 7:
                raise KeyError("nobody foresaw this")
            case _:
                pass
        return number % 2 == 0


def test_crashes_hangs_and_exceptions_are_counted_and_the_rest_is_tried(tmp_path: Path) -> None:
    result = tally(Broken(), 10, limit_s=3)
    assert {each.number: each.became for each in result.broken} == {
        2: Became.CRASH,
        5: Became.HANG,
        7: Became.FAULT,
    }
    assert (result.counts[Became.OPENED], result.counts[Became.REFUSED]) == (4, 3)
    paths = {path.name: path for path in save_broken(Broken(), result.broken, tmp_path / "output")}
    assert paths["000002-crash-2.bin"].read_bytes() == b"\2"
    told = {name: path.with_name(f"{name}.txt").read_text() for name, path in paths.items()}
    assert "Segmentation fault" in told["000002-crash-2.bin"] and "string_at" in told["000002-crash-2.bin"]
    assert "nobody foresaw this" in told["000007-fault-7.bin"]


def test_a_broken_promise_is_seen_in_the_exit_code(capsys: pytest.CaptureFixture[str]) -> None:
    kept = Figure("damaged pictures", 50_000, "crashes 0")
    assert show([kept])
    assert not show([kept, Figure("damaged projects", 5_000, "crashes 1", is_kept=False)])
    assert "50,000" in capsys.readouterr().out


def test_every_sample_is_whole() -> None:
    names = [name for name, _ in samples()]
    assert len(set(names)) == len(names) > 60
    for name, data in samples():
        assert sorted(decoded(data).size) == [HEIGHT_PX, WIDTH_PX], name
    modes = {decoded(data).mode for _, data in samples()}
    assert {"1", "L", "LA", "P", "RGB", "RGBA", "CMYK", "I;16", "F"} <= modes


def test_checksums_are_made_right_so_that_a_mutant_gets_past_them() -> None:
    data = dict(samples())["png-RGB.png"]
    scratched = bytearray(data)
    scratched[data.index(b"IDAT") + 5] ^= 0x10
    (kind, content) = next(chunk for chunk in chunks_of(bytes(scratched)) if chunk[0] == b"IDAT")
    wrong = zlib.crc32(kind + content).to_bytes(4, "big")
    assert wrong not in scratched and wrong in repaired_png(bytes(scratched))


def test_an_archive_with_other_bytes_in_it_has_the_right_checksums() -> None:
    members = projects()[0]
    whole = zipped(members)
    scratched = bytearray(whole)
    scratched[whole.index(b"IHDR") + 8] ^= 1
    with zipfile.ZipFile(io.BytesIO(bytes(scratched))) as archive:
        assert archive.testzip()
    with zipfile.ZipFile(io.BytesIO(repaired_zip(bytes(scratched)))) as archive:
        assert archive.testzip() is None


def test_the_same_number_gives_the_same_mutant() -> None:
    pytest.importorskip("torch")
    numbers = random.Random(0).sample(range(10_000), 20)
    first, second, other = ([BadWeights(seed).mutant(n) for n in numbers] for seed in (0, 0, 1))
    assert first == second != other
