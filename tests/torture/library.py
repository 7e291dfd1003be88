"""The library under fire: writers killed at random moments, power cut while they write.

A writer is a process that saves, stars, collects, deletes and renames in a loop, and says on its standard output
what was done, after it was done. Whatever it said must be true when the library is opened again.
"""

from __future__ import annotations

import json
import random
import shutil
import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path

import numpy as np

from dalle_studio.core.errors import CannotWrite
from dalle_studio.core.format import Size
from dalle_studio.core.picture import Picture
from dalle_studio.core.recipe import Provenance, record
from dalle_studio.core.request import Generate, Sampling
from dalle_studio.storage.library import open_picture
from dalle_studio.storage.pictures.backup import Backups, check
from dalle_studio.storage.pictures.files import INDEX_FOLDER
from dalle_studio.storage.pictures.library import Library
from dalle_studio.storage.pictures.opening import NAME

COLLECTION = "Beach"
MADE = Provenance(
    model_version="0.1",
    device="cpu",
    precision="float32",
    native="64 × 64",
    upscaler="",
    elapsed_s=1.0,
    created="2026-01-02T03:04:05Z",
    software="Dalle Studio",
)


Promises = dict[int, bool | None]  # by the picture's id: starred or not; None where it was to be deleted


def kill_writers(home: Path, kills: int, seed: int = 0) -> Promises:
    """Kill that many writers on one library, and see after each that all they promised is kept.

    Raises AssertionError.
    """
    moments = random.Random(seed)
    promises: Promises = {}
    for number in range(kills):
        for line in _writer_killed_after(home, moments.randrange(1, 12), moments.uniform(0, 0.05), number):
            hear(line, promises)
        see_that_all_is_kept(home, promises)
    return promises


def cut_the_power(home: Path, cuts: int, seed: int = 0) -> None:
    """Open what a cut of power could leave: the database and some of its log, the log's end being anything.

    Raises AssertionError where that is not sound or a picture is lost.
    """
    moments = random.Random(seed)
    with Library(home / "pictures", home / "cache") as library:
        for number in range(20):
            row = library.save(_small(number), f"{number}")
            library.set_star([row.id], True)
        saved = library.count()
        for number in range(cuts):
            after = home / f"after {number}"
            _leave(library.folder, after, moments)
            with Library(after, home / "cache") as left:
                check(after / INDEX_FOLDER / NAME)
                left.scan()
                assert left.count() == saved, "a picture is lost"
            shutil.rmtree(after)


def fill_the_disk(home: Path) -> int:
    """Write to a library until its small disk is full, star and back up on it, then free it and look.

    Returns how many writes were refused, each with a sentence. Raises AssertionError.
    """
    ballast, refused = home / "ballast", 0
    promises: Promises = {}
    with Library(home / "pictures", home / "cache") as library:
        ballast.write_bytes(bytes(shutil.disk_usage(home).free // 3))
        works = [
            lambda: promises.update({library.save(_noisy(len(promises)), "a").id: False}),
            lambda: _star(library, promises),
            lambda: library.thumbnail(library.rows(limit=1)[0], 256),
            lambda: Backups(home / "pictures" / INDEX_FOLDER / NAME).take("full"),
        ]
        while refused < 20 * len(works):
            for work in works:
                try:
                    work()
                except CannotWrite as error:
                    refused += 1
                    assert error.message.endswith(".") and error.remedy.startswith("Free some space"), error
    with Library(home / "pictures", home / "cache") as library:  # still full
        assert library.count() >= len(promises)
    ballast.unlink()
    see_that_all_is_kept(home, promises)
    return refused


def _star(library: Library, promises: Promises) -> None:
    row = library.rows(limit=1)[0]
    library.set_star([row.id], True)
    if row.id in promises:
        promises[row.id] = True


def _noisy(seed: int) -> Picture:
    return _small(seed, side_px=192)


def see_that_all_is_kept(home: Path, promises: Promises) -> None:
    """Raises AssertionError where a promise is broken, the database is damaged or half a file is listed."""
    with Library(home / "pictures", home / "cache") as library:
        check(home / "pictures" / INDEX_FOLDER / NAME)
        library.scan()
        rows = {row.id: row for row in library.rows(limit=1_000_000)}
        for id_, starred in promises.items():
            if starred is not None:
                assert id_ in rows, f"picture {id_} is lost"
                assert rows[id_].starred >= starred, f"the star of {rows[id_].name} is lost"
        for row in [*rows.values()][:8]:
            assert open_picture(row.path).size.width_px == row.width_px
        assert all(row.path.is_file() for row in rows.values())
        assert not library.warnings


def write_for_ever(home: Path, seed: int) -> None:
    """The writer: every line on standard output is a promise."""
    choices = random.Random(seed)
    library = Library(home / "pictures", home / "cache")
    while True:
        row = library.save(_small(choices.randrange(10**6)), f"{seed}")
        _say(row.id, starred=False)
        if choices.random() < 0.6:
            library.set_star([row.id], True)
            library.add_to([row.id], COLLECTION)
            _say(row.id, starred=True)
        if choices.random() < 0.2:
            row.path.rename(row.path.with_name(f"renamed {row.id}.png"))
            library.scan()
        elif choices.random() < 0.2:
            _say(row.id, starred=None)
            row.path.unlink()
            library.forget([row.id])


def _writer_killed_after(home: Path, lines: int, seconds: float, seed: int) -> Iterator[str]:
    with _writer(home, seed) as writer:
        assert writer.stdout is not None
        for _ in range(lines):
            yield writer.stdout.readline()
        timer = threading.Timer(seconds, writer.kill)
        timer.start()
        yield from writer.stdout
        timer.join()


def _writer(home: Path, seed: int) -> subprocess.Popen[str]:
    command = [sys.executable, "-m", "tests.torture.library", str(home), str(seed)]
    return subprocess.Popen(command, stdout=subprocess.PIPE, text=True)


def hear(line: str, promises: Promises) -> None:
    """Take down what a writer said."""
    if line.endswith("\n"):  # else the writer was killed while it spoke
        said = json.loads(line)
        promises[said["id"]] = said["starred"]


def _leave(folder: Path, after: Path, moments: random.Random) -> None:
    """Pictures are whole, since they were flushed; of the log, a random part was, with rubbish at its end."""
    shutil.copytree(folder, after, ignore=shutil.ignore_patterns("*-shm"))
    log = after / INDEX_FOLDER / f"{NAME}-wal"
    length = moments.randrange(log.stat().st_size)
    with log.open("r+b") as file:
        file.truncate(length)
        file.seek(max(0, length - moments.randrange(1, 5000)))
        file.write(moments.randbytes(100))


def _small(seed: int, side_px: int = 32) -> Picture:
    sampling = Sampling(seed=seed, count=1)
    request = Generate(model="starter", prompt=f"a red car {seed}", sampling=sampling, size=Size(64, 64))
    pixels = np.random.default_rng(seed).integers(0, 256, (side_px, side_px, 3), np.uint8)
    return Picture(pixels, record(request, MADE))


def _say(id_: int, starred: bool | None) -> None:
    print(json.dumps({"id": id_, "starred": starred}), flush=True)


if __name__ == "__main__":
    write_for_ever(Path(sys.argv[1]), int(sys.argv[2]))
