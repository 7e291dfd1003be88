"""A disk that fills up: every write point is tried with no room at all, with one page, with two, until it works.

Run as a program in a process of its own, on a small disk of its own: a crash is seen, and nothing else gets full.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Generator, Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import asdict, dataclass, replace
from pathlib import Path

import numpy as np
from PIL import Image

from dalle_studio.core.errors import CannotWrite
from dalle_studio.core.picture import Picture
from dalle_studio.storage import journal
from dalle_studio.storage.export import export_picture
from dalle_studio.storage.journal import Journal
from dalle_studio.storage.library import open_picture, save_picture
from dalle_studio.storage.openraster import open_project, save_project
from dalle_studio.storage.pictures.backup import Backups
from dalle_studio.storage.pictures.files import INDEX_FOLDER
from dalle_studio.storage.pictures.library import Library
from dalle_studio.storage.pictures.opening import NAME
from dalle_studio.storage.project import Project
from dalle_studio.storage.prompts import read_prompts, write_prompts
from dalle_studio.storage.settings import SettingsFile
from tests.storage.projects import full_project
from tests.storage.samples import encoded, generated
from tests.torture.bad_pictures import see_that_it_is_told
from tests.torture.library import see_that_all_is_kept

DISK_BYTES = 8 * 1024**2
PAGE_BYTES = 4096
MOST_PAGES = 400
SIDE_PX = 96
LeaveFree = Callable[[Path, int], AbstractContextManager[None]]


@dataclass(frozen=True)
class Filled:
    """What a write point did on a disk without room.

    Attributes:
        what: was tried to be written.
        refused: how many times, each with a sentence and a remedy, nothing lost.
        done: how many times it went all the same, since there was room enough or it can do without.
        longest_s: of one try.
    """

    what: str
    refused: int
    done: int
    longest_s: float


@dataclass(frozen=True)
class Work:
    """A write point.

    Attributes:
        what: is written.
        write: does it once more; the number tells the tries apart.
        look: raises where something that was there is not any more; told whether the last try went.
        least_pages: of room to go up to, for what need not be refused, since it can do without.
    """

    what: str
    write: Callable[[int], object]
    look: Callable[[int, bool], object]
    least_pages: int = 0


def fill(folder: Path, step_pages: int = 1) -> tuple[list[Filled], str]:
    """Try every write point on a small disk that is mounted on `folder` for it alone, with more and more room.

    Returns what was tried, and why the trial ended early: a broken promise, or no right to mount; else "".
    """
    user = [] if os.geteuid() == 0 else ["--user", "--map-root-user"]
    mount = f'mount -t tmpfs -o size={DISK_BYTES} none "$1" && exec "$0" -m tests.torture.full_disk "$@"'
    arguments = [sys.executable, str(folder), str(step_pages)]
    command = ["unshare", "--mount", *user, "sh", "-c", mount, *arguments]
    ended = subprocess.run(command, capture_output=True, text=True, check=False)
    filled = [Filled(**json.loads(line)) for line in ended.stdout.splitlines()]
    return filled, "" if ended.returncode == 0 else f"code {ended.returncode}: {ended.stderr[-2000:]}"


def may_mount() -> str:
    """Why no disk can be mounted here; "" where one can."""
    if not shutil.which("unshare"):
        return "there is no unshare"
    with tempfile.TemporaryDirectory() as folder:
        user = [] if os.geteuid() == 0 else ["--user", "--map-root-user"]
        command = ["unshare", "--mount", *user, "mount", "-t", "tmpfs", "-o", "size=64k", "none", folder]
        ended = subprocess.run(command, capture_output=True, text=True, check=False)
    return ended.stderr.strip() if ended.returncode else ""


def tried(work: Work, home: Path, leave_free: LeaveFree, step_pages: int = 1) -> Filled:
    """Try a write point with more and more room, until it has gone three times. Raises AssertionError."""
    refused = done = 0
    longest_s = 0.0
    for pages in range(0, MOST_PAGES, step_pages):
        with leave_free(home, pages):
            started = time.perf_counter()
            went = _goes(work, pages)
            longest_s = max(longest_s, time.perf_counter() - started)
        work.look(pages, went)
        left = [path for path in home.rglob("*.part") if "thumbnails" not in path.parts]
        assert not left, f"{work.what}: left behind {left}"
        refused, done = refused + (not went), done + went
        if done >= 3 and pages >= work.least_pages:
            break
    assert done and (refused or work.least_pages), f"{work.what}: {refused} refused, {done} done"
    return Filled(work.what, refused, done, longest_s)


def _goes(work: Work, number: int) -> bool:
    try:
        work.write(number)
    except CannotWrite as error:
        see_that_it_is_told(error, error.message, error.remedy)
        assert "space" in error.remedy, f"{work.what}: {error!r}"
        return False
    return True


@contextmanager
def leave_free(home: Path, pages: int) -> Generator[None]:
    """Leave so many pages free as long as it lasts."""
    path = home / "ballast"
    with path.open("wb") as file:
        room = shutil.disk_usage(home).free - pages * PAGE_BYTES
        os.posix_fallocate(file.fileno(), 0, room)
    try:
        yield
    finally:
        path.unlink()


def _works(home: Path) -> Iterator[Work]:
    yield from _library_works(home / "library")
    yield from _plain_works(home / "files")
    yield from _export_works(home / "exports")


def _library_works(home: Path) -> Iterator[Work]:
    promises: dict[int, bool | None] = {}
    database = home / "pictures" / INDEX_FOLDER / NAME

    def look(*_: object) -> None:
        see_that_all_is_kept(home, promises)

    with Library(home / "pictures", home / "cache") as library:

        def save(number: int) -> None:
            promises[library.save(_noisy(number), "car").id] = False

        def star(_: int) -> None:
            row = library.rows(limit=1)[0]
            library.set_star([row.id], True)
            promises[row.id] = True
            library.add_to([row.id], "Cars" * 200)
            library.set_star([row.id], True)

        def take(number: int) -> None:
            source = Path(tempfile.gettempdir()) / "elsewhere.png"
            source.write_bytes(encoded(Image.fromarray(_pixels(number + 10_000))))
            row = library.take(source)
            assert row is not None
            promises[row.id] = False

        def thumbnail(number: int) -> None:
            assert library.thumbnail(library.rows(offset=number % 3, limit=1)[0], 256)

        for number in range(4):
            save(number)
        yield Work("library: a picture", save, look)
        yield Work("library: star and collection", star, look)
        yield Work("library: a picture from elsewhere", take, look)
        yield Work("library: a thumbnail", thumbnail, look, least_pages=20)
        yield Work("library: a backup", lambda number: Backups(database).take(f"{number}"), look)
    yield Work("library: opening", lambda _: _open(home), look, least_pages=40)

    def look_again(*_: object) -> None:
        _open(home)  # tells, once, that it was damaged
        look()
        _damage(database)

    _damage(database)
    yield Work("library: mending", lambda _: _open(home), look_again, least_pages=40)


def _open(home: Path) -> None:
    Library(home / "pictures", home / "cache").close()


def _damage(database: Path) -> None:
    """A damaged database, and a last backup that holds all that was promised."""
    shutil.rmtree(database.parent / "damaged", ignore_errors=True)
    with database.open("r+b") as file:
        file.write(b"\xa5" * 100)


def _plain_works(home: Path) -> Iterator[Work]:
    home.mkdir()
    path, listed = home / "night.ora", Journal(home / "sessions" / "one")
    settings, prompts = home / "settings.json", home / "prompts.json"

    def read_journal() -> str:
        recovered = journal.read(listed.folder)
        assert not recovered.lost
        return str(recovered.project.composition["text"])

    def read_project() -> str:
        opened = open_project(path)
        assert opened.is_whole
        return str(opened.project.composition["text"])

    def prompt(number: int) -> list[dict[str, object]]:
        row: list[str] = []
        return [{"text": f"{number}", "who": row, "doing": row, "styles": row, "each_subject": False}]

    listed.write(_project(-1))
    save_project(_project(-1), path)
    SettingsFile(settings).change(geometry="-1")
    write_prompts(prompts, prompt(-1))
    yield _numbered("journal", lambda number: listed.write(_project(number)), read_journal)
    yield _numbered("project", lambda number: save_project(_project(number), path), read_project)
    yield _numbered(
        "settings",
        lambda number: SettingsFile(settings).change(geometry=f"{number}"),
        lambda: SettingsFile(settings).value.geometry,
    )
    yield _numbered(
        "prompts",
        lambda number: write_prompts(prompts, prompt(number)),
        lambda: str(read_prompts(prompts)[-1]["text"]),
    )


def _export_works(home: Path) -> Iterator[Work]:
    home.mkdir()
    before = generated("before")
    for suffix in ("png", "jpg", "webp"):
        target = home / f"picture.{suffix}"
        export_picture(before, target, with_recipe=True)
        yield _replacing(
            f"export: {suffix}", target, lambda n, to=target: export_picture(_noisy(n), to, with_recipe=True)
        )
    folder = home / "made"
    yield Work(
        "command line: a picture",
        lambda number: save_picture(_noisy(number), folder, "car"),
        lambda *_: [open_picture(path) for path in folder.glob("*")],
    )


def _replacing(what: str, path: Path, write: Callable[[int], object]) -> Work:
    """A write point that replaces a picture: afterwards it is the new one or the one that was there."""
    state = [path.read_bytes()]

    def look(_: int, went: bool) -> None:
        assert went or path.read_bytes() == state[0], f"{what}: the file has changed"
        open_picture(path)
        state[0] = path.read_bytes()

    return Work(what, write, look)


def _numbered(what: str, write: Callable[[int], object], read: Callable[[], str]) -> Work:
    """A write point that replaces a text by the number of the try; after a refused one it is what it was."""
    state = ["-1"]

    def look(number: int, went: bool) -> None:
        state[0] = f"{number}" if went else state[0]
        assert read() == state[0], f"{what}: {read()} instead of {state[0]}"

    return Work(what, write, look)


def _project(number: int) -> Project:
    return replace(full_project(), picture=_noisy(number + 1), regions=(), composition={"text": f"{number}"})


def _noisy(seed: int) -> Picture:
    return replace(generated(f"car {seed}"), pixels=_pixels(seed))


def _pixels(seed: int) -> np.ndarray[tuple[int, ...], np.dtype[np.uint8]]:
    return np.random.default_rng(seed).integers(0, 256, (SIDE_PX, SIDE_PX, 3), np.uint8)


def main() -> None:
    """Try everything in the folder that is named; one JSON line for each write point."""
    home, step_pages = Path(sys.argv[1]), int(sys.argv[2])
    for work in _works(home):
        print(json.dumps(asdict(tried(work, home, leave_free, step_pages))), flush=True)


if __name__ == "__main__":
    main()
