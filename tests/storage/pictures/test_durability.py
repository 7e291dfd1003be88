"""Kill it, cut its power, damage it, fill its disk: nothing is lost, and the user is told in a sentence."""

from __future__ import annotations

import contextlib
import errno
import multiprocessing
import os
import shutil
import sqlite3
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from dalle_studio.core.errors import CannotWrite, StudioError, UnreadableLibrary
from dalle_studio.storage.pictures import database as database_module
from dalle_studio.storage.pictures import schema
from dalle_studio.storage.pictures.backup import KEPT, Backups, check
from dalle_studio.storage.pictures.database import as_studio_error, is_on_network
from dalle_studio.storage.pictures.row import Filter
from tests.storage.pictures.shelf import database, found, names, only, opened
from tests.storage.samples import generated, only_posix
from tests.torture.library import cut_the_power, kill_writers


def is_a_sentence(error: StudioError) -> bool:
    return error.message.endswith(".") and error.remedy.endswith(".") and "\n" not in str(error)


def starred_library(home: Path, *stems: str) -> None:
    with opened(home) as library:
        ids = [library.save(generated(seed=seed), stem).id for seed, stem in enumerate(stems)]
        library.set_star(ids, True)
        library.add_to(ids, "夏天")


def damage(path: Path) -> None:
    """As a bad disk does: rubbish in the middle of every page."""
    data = bytearray(path.read_bytes())
    for start in range(1000, len(data), 4096):
        data[start : start + 2000] = b"\xa5" * len(data[start : start + 2000])
    path.write_bytes(data)


# --- killed


@only_posix
def test_writers_that_are_killed_break_no_promise(tmp_path: Path) -> None:
    assert kill_writers(tmp_path, kills=3)


def test_a_cut_of_power_loses_no_picture(tmp_path: Path) -> None:
    cut_the_power(tmp_path, cuts=6)


def write_some(home: Path, number: int) -> None:
    with opened(home) as library:
        for seed in range(8):
            row = library.save(generated(seed=100 * number + seed), f"{number}-{seed}")
            library.add_to([row.id], f"collection {number}")
            library.scan()
            library.has_changed()


def test_three_programs_write_one_library_without_an_error(tmp_path: Path) -> None:
    context = multiprocessing.get_context("spawn")
    writers = [context.Process(target=write_some, args=(tmp_path, number)) for number in range(2)]
    for writer in writers:
        writer.start()
    write_some(tmp_path, 2)
    for writer in writers:
        writer.join()
    assert [writer.exitcode for writer in writers] == [0, 0]
    with opened(tmp_path) as library:
        assert library.count() == 24
        assert [library.count(Filter(collection=name)) for name in library.collections()] == [8, 8, 8]
        assert library.scan().added == 0


# --- damaged


@pytest.mark.parametrize("content", [b"no database at all" * 1000, None])
def test_a_damaged_database_is_set_aside_and_made_anew_from_backup_and_pictures(
    tmp_path: Path, content: bytes | None
) -> None:
    starred_library(tmp_path, "a", "b")
    with opened(tmp_path) as library:
        assert library.maintain() == ()
        library.save(generated(seed=7), "since-the-backup")
    database(tmp_path).write_bytes(content) if content else damage(database(tmp_path))
    with opened(tmp_path) as library:
        (warning,) = library.warnings
        assert is_a_sentence(warning) and Path(warning.details).is_file()
        assert library.scan().added == 1
        assert names(library) == ["since-the-backup.png", "b.png", "a.png"]
        assert [row.starred for row in library.rows()] == [False, True, True]
        assert found(library, "夏") == ["b.png", "a.png"]
        check(database(tmp_path))
    with opened(tmp_path) as library:
        assert library.warnings == ()


def test_without_any_backup_the_pictures_are_enough(tmp_path: Path) -> None:
    starred_library(tmp_path, "a", "b")
    with opened(tmp_path) as library:
        before = [(row.name, row.prompt, row.created, row.parents) for row in library.rows()]
    shutil.rmtree(database(tmp_path).parent)
    with opened(tmp_path) as library:
        library.scan()
        assert [(row.name, row.prompt, row.created, row.parents) for row in library.rows()] == before


@pytest.mark.parametrize("ruin", [lambda path: path.unlink(), lambda path: path.write_bytes(b"")])
def test_a_lost_database_comes_back_from_its_backup(tmp_path: Path, ruin: object) -> None:
    starred_library(tmp_path, "a")
    with opened(tmp_path) as library:
        library.maintain()
    assert callable(ruin)
    ruin(database(tmp_path))
    with opened(tmp_path) as library:
        assert only(library).starred and library.warnings == ()


def test_damage_while_it_is_open_is_a_sentence_and_can_be_repaired(tmp_path: Path) -> None:
    starred_library(tmp_path, *"abcdefghijkl")
    with opened(tmp_path) as library:
        library.maintain()
        library._database._writer.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        damage(database(tmp_path))
        with opened(tmp_path) as other:
            assert other.warnings and other.scan().added == 0
        assert library.has_changed(), "the file is another one now"
        assert library.count() == 12 and all(row.starred for row in library.rows())
        assert library.repair() == ()


def test_a_damaged_search_index_is_built_anew(tmp_path: Path) -> None:
    starred_library(tmp_path, "a")
    with opened(tmp_path) as library:
        with library._database.write() as connection:
            connection.execute("UPDATE search_data SET block = x'ff' WHERE id > 10")
        with pytest.raises(UnreadableLibrary) as caught:
            found(library, "red")
        assert is_a_sentence(caught.value)
        assert library.repair() == ()
        assert found(library, "red") == ["a.png"]


# --- backups


def test_backups_are_weekly_and_with_each_version_and_only_ten_are_kept(tmp_path: Path) -> None:
    starred_library(tmp_path, "a")
    backups, now = Backups(database(tmp_path)), datetime.now(UTC)
    assert backups.is_due("1.0")
    taken = [backups.take("1.0") for _ in range(KEPT + 2)]
    assert backups.paths() == taken[:1:-1]
    assert not backups.is_due("1.0", now + timedelta(days=6, hours=23))
    assert backups.is_due("1.0", now + timedelta(days=7, minutes=1))
    assert backups.is_due("1.1", now)
    assert {path.suffix for path in taken[0].parent.iterdir()} == {".sqlite3"}


def test_a_damaged_database_pushes_no_backup_out(tmp_path: Path) -> None:
    starred_library(tmp_path, "a")
    backups = Backups(database(tmp_path))
    taken = [backups.take("1.0") for _ in range(KEPT)]
    damage(database(tmp_path))
    with pytest.raises(UnreadableLibrary):
        backups.take("1.0")
    assert backups.paths() == taken[::-1]


def test_a_damaged_backup_is_passed_over(tmp_path: Path) -> None:
    starred_library(tmp_path, "a")
    backups = Backups(database(tmp_path))
    good, bad = backups.take("1.0"), backups.take("1.0")
    damage(bad)
    database(tmp_path).unlink()
    assert backups.restore() == good
    with opened(tmp_path) as library:
        assert only(library).starred


def test_deleted_pictures_are_forgotten_for_good_after_ninety_days(tmp_path: Path) -> None:
    with opened(tmp_path) as library:
        rows = [library.save(generated(seed=seed), f"{seed}") for seed in range(2)]
        for row in rows:
            library.thumbnail(row, 256)
        library.forget([row.id for row in rows])
        with library._database.write() as connection:
            connection.execute("UPDATE pictures SET forgotten = '2020-01-01' WHERE id = ?", (rows[0].id,))
        library.maintain()
        with library._database.read() as connection:
            assert connection.execute("SELECT id FROM pictures").fetchall() == [(rows[1].id,)]
        assert len(list((tmp_path / "cache").rglob("*.jpg"))) == 1


# --- versions


def test_a_database_of_an_earlier_version_is_backed_up_and_brought_up_to_date(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    starred_library(tmp_path, "a")
    steps = (*schema.STEPS, ("ALTER TABLE pictures ADD COLUMN note TEXT NOT NULL DEFAULT ''",))
    monkeypatch.setattr("dalle_studio.storage.pictures.opening.VERSION", len(steps))
    monkeypatch.setattr(database_module, "migrate", lambda connection: schema.migrate(connection, steps))
    with opened(tmp_path) as library:
        assert only(library).starred
        with library._database.read() as connection:
            assert connection.execute("SELECT note FROM pictures").fetchall() == [("",)]
    (backup,) = Backups(database(tmp_path)).paths()
    with contextlib.closing(sqlite3.connect(backup)) as connection:
        assert schema.version_of(connection) == schema.VERSION


def test_a_step_that_fails_leaves_the_version_before(tmp_path: Path) -> None:
    starred_library(tmp_path, "a")
    with contextlib.closing(sqlite3.connect(database(tmp_path), isolation_level=None)) as connection:
        with pytest.raises(sqlite3.OperationalError):
            schema.migrate(
                connection, (*schema.STEPS, ("CREATE TABLE fine (x)", "CREATE TABLE pictures (x)"))
            )
        assert schema.version_of(connection) == schema.VERSION
        assert not connection.execute("SELECT 1 FROM sqlite_master WHERE name = 'fine'").fetchall()


def test_pictures_of_the_first_version_have_no_concerns() -> None:
    with contextlib.closing(sqlite3.connect(":memory:", isolation_level=None)) as connection:
        schema.migrate(connection, schema.STEPS[:1])
        columns = [
            name
            for _, name, _, needed, default, _ in connection.execute("PRAGMA table_info(pictures)")
            if needed and default is None
        ]
        connection.execute(
            f"INSERT INTO pictures ({', '.join(columns)}) VALUES ({', '.join('1' for _ in columns)})"
        )
        schema.migrate(connection)
        assert connection.execute("SELECT concerns FROM pictures").fetchall() == [("",)]


def test_a_database_of_a_later_version_is_left_alone(tmp_path: Path) -> None:
    starred_library(tmp_path, "a")
    with contextlib.closing(sqlite3.connect(database(tmp_path))) as connection:
        connection.execute("PRAGMA user_version = 99")
    before = database(tmp_path).read_bytes()
    with pytest.raises(UnreadableLibrary) as caught:
        opened(tmp_path)
    assert "Update" in caught.value.remedy and database(tmp_path).read_bytes() == before


# --- disks and folders


def read_only(folder: Path) -> None:
    """What a file in the way of the library's own folder does is what a read-only disk does, also to root."""
    index = folder / ".dalle-studio"
    shutil.rmtree(index)
    index.write_text("in the way")


def test_a_folder_that_takes_no_files_can_be_looked_at(tmp_path: Path) -> None:
    starred_library(tmp_path, "a")
    read_only(tmp_path / "pictures")
    with opened(tmp_path) as library:
        assert library.is_read_only and is_a_sentence(library.warnings[0])
        assert library.scan().added == 1
        assert found(library, "red") == ["a.png"] and library.maintain() == ()
        with pytest.raises(CannotWrite) as caught:
            library.set_star([only(library).id], True)
        assert is_a_sentence(caught.value)


def test_stars_are_seen_in_a_database_that_may_not_be_written(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    starred_library(tmp_path, "a")

    make = Path.mkdir

    def refuse(path: Path, mode: int = 0o777, parents: bool = False, exist_ok: bool = False) -> None:
        if path.is_relative_to(tmp_path):
            raise OSError(errno.EROFS, os.strerror(errno.EROFS))
        make(path, mode, parents, exist_ok)

    monkeypatch.setattr(Path, "mkdir", refuse)
    with opened(tmp_path) as library:
        assert library.is_read_only and only(library).starred
        assert "Read-only" in library.warnings[0].message


def test_on_a_network_file_system_the_journal_is_a_plain_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert not is_on_network(tmp_path)
    starred_library(tmp_path, "a")
    with opened(tmp_path) as library:
        assert library._database.journal == "wal"

    class Mount:
        mountpoint, fstype = str(tmp_path), "nfs4"

    monkeypatch.setattr("psutil.disk_partitions", lambda all: [Mount])
    with opened(tmp_path) as library:
        assert library._database.journal == "delete"
        library.save(generated(seed=5), "b")
        assert names(library) == ["b.png", "a.png"]
    assert {path.name for path in database(tmp_path).parent.iterdir()} == {"library.sqlite3"}


@pytest.mark.parametrize(
    ("code", "kind", "word"),
    [
        (sqlite3.SQLITE_FULL, CannotWrite, "full"),
        (sqlite3.SQLITE_BUSY, CannotWrite, "Another program"),
        (sqlite3.SQLITE_READONLY, CannotWrite, "cannot be used"),
        (sqlite3.SQLITE_IOERR, CannotWrite, "cannot be used"),
        (sqlite3.SQLITE_CORRUPT, UnreadableLibrary, "damaged"),
        (sqlite3.SQLITE_NOTADB, UnreadableLibrary, "damaged"),
    ],
)
def test_every_failure_of_the_database_is_a_sentence(
    tmp_path: Path, code: int, kind: type[StudioError], word: str
) -> None:
    error = sqlite3.OperationalError("what SQLite says")
    error.sqlite_errorcode = code
    told = as_studio_error(error, database(tmp_path))
    assert isinstance(told, kind) and word in told.message and is_a_sentence(told)
