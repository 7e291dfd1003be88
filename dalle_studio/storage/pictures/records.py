"""Statements about pictures, each on a connection that the caller has begun a transaction on."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterable, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from dalle_studio.core.recipe import Parent
from dalle_studio.storage.pictures.row import Facts, Filter, Row
from dalle_studio.storage.pictures.words import expression, indexed

_OF_FILE = (
    "width_px", "height_px", "created", "modified_ns", "length_bytes", "origin", "prompt", "negative_prompt",
    "verb", "model", "style", "steps", "elapsed_s", "concerns",
)  # fmt: skip
_COLUMNS = ("path", "sha256", *_OF_FILE, "seed")
_INSERT = f"""
    INSERT INTO pictures (id, {", ".join(_COLUMNS)}) VALUES ({", ".join("?" * (len(_COLUMNS) + 1))})
    ON CONFLICT (path) WHERE forgotten IS NULL DO UPDATE
    SET {", ".join(f"{column} = excluded.{column}" for column in _COLUMNS[1:])} RETURNING id
"""
_UPDATE = f"UPDATE pictures SET {', '.join(f'{column} = ?' for column in _COLUMNS)} WHERE id = ?"
_ROW = f"SELECT id, starred, kept, {', '.join(_COLUMNS)} FROM pictures"
_SAVED_WITHIN_US = 10 * 10**6  # after it was made
_STRIDE = 4096
_TAKEN = """
    SELECT id FROM pictures WHERE id BETWEEN ? AND ? AND EXISTS (SELECT 1 FROM pictures WHERE id = ?1)
    ORDER BY id DESC LIMIT 1
"""
_NOTHING = "SELECT id FROM pictures WHERE 0"


# --- writing


def insert(connection: sqlite3.Connection, path: str, facts: Facts, sha256: str = "") -> int:
    """Take a picture in, or anew where its path is known; returns its id."""
    values = (_free_id(connection, _moment(facts)), *_values(path, facts, sha256))
    id_ = int(connection.execute(_INSERT, values).fetchone()[0])
    _put_parents(connection, id_, facts.parents)
    index(connection, [id_])
    return id_


def update(connection: sqlite3.Connection, id_: int, path: str, facts: Facts, sha256: str) -> None:
    """Take over what a file says now; marks stay."""
    connection.execute(_UPDATE, (*_values(path, facts, sha256), id_))
    _put_parents(connection, id_, facts.parents)
    index(connection, [id_])


def forget(connection: sqlite3.Connection, ids: Sequence[int]) -> None:
    """These pictures are deleted or missing: no query finds them until they are back."""
    now = _now()
    connection.executemany(
        "UPDATE pictures SET forgotten = ? WHERE id = ? AND forgotten IS NULL", [(now, id_) for id_ in ids]
    )
    connection.executemany("DELETE FROM search WHERE rowid = ?", [(id_,) for id_ in ids])


def bring_back(connection: sqlite3.Connection, id_: int, path: str) -> None:
    """A picture is there again, under this path, with all its marks. What stood in its place gives way to it."""
    other = at_path(connection, path)
    if other is not None and other != id_:
        forget(connection, [other])
    connection.execute("UPDATE pictures SET forgotten = NULL, path = ? WHERE id = ?", (_stored(path), id_))
    index(connection, [id_])


def put_marks(
    connection: sqlite3.Connection, id_: int, starred: bool, kept: bool, collections: Iterable[str]
) -> None:
    """Add these marks to a picture."""
    connection.execute(
        "UPDATE pictures SET starred = starred OR ?, kept = kept OR ? WHERE id = ?", (starred, kept, id_)
    )
    for name in collections:
        put_into(connection, [id_], name)
    index(connection, [id_])


def put_into(connection: sqlite3.Connection, ids: Sequence[int], collection: str) -> None:
    """Put pictures into a collection, which comes to be with its first one."""
    connection.execute("INSERT OR IGNORE INTO collections (name) VALUES (?)", (collection,))
    connection.executemany(
        "INSERT OR IGNORE INTO memberships SELECT collections.id, ? FROM collections WHERE name = ?",
        [(id_, collection) for id_ in ids],
    )


def take_out(connection: sqlite3.Connection, ids: Sequence[int], collection: str) -> None:
    """Take pictures out of a collection."""
    connection.executemany(
        "DELETE FROM memberships WHERE picture_id = ?"
        " AND collection_id = (SELECT id FROM collections WHERE name = ?)",
        [(id_, collection) for id_ in ids],
    )


def index(connection: sqlite3.Connection, ids: Sequence[int]) -> None:
    """Write the search index anew for these pictures, as far as they are here."""
    connection.executemany("DELETE FROM search WHERE rowid = ?", [(id_,) for id_ in ids])
    here = (row for id_ in ids for row in rows(connection, "id = ? AND forgotten IS NULL", [id_], Path()))
    for row in here:
        tags = (row.style, row.verb, row.model, row.origin, *row.collections)
        marks = [f"c{number}" for number in _collection_ids(connection, row.id)] + ["starred"] * row.starred
        connection.execute(
            "INSERT INTO search (rowid, prompt, title, tags, marks) VALUES (?, ?, ?, ?, ?)",
            (
                row.id,
                indexed(row.prompt),
                indexed(clean(row.name)),
                indexed("\n".join(tags)),
                " ".join(marks),
            ),
        )


# --- reading


def rows(connection: sqlite3.Connection, where: str, values: Sequence[Any], folder: Path) -> list[Row]:
    """Rows by age, latest first. `where` is a condition on `pictures`."""
    found = connection.execute(f"{_ROW} WHERE {where} ORDER BY id DESC", values).fetchall()
    ids = [record[0] for record in found]
    parents, collections = _parents(connection, ids), _collections(connection, ids)
    return [
        _row(record, parents.get(record[0], ()), collections.get(record[0], ()), folder) for record in found
    ]


def selection(connection: sqlite3.Connection, filter_: Filter) -> tuple[str, list[Any]]:
    """A statement for the ids that fit, and its values. More conditions, an order and a limit may follow it."""
    collection = _collection_id(connection, filter_.collection) if filter_.collection else None
    if filter_.collection and collection is None:
        return _NOTHING, []
    if filter_.query.strip():
        return _searched(filter_, collection)
    if collection is not None:
        statement = (
            "SELECT picture_id AS id FROM memberships JOIN pictures ON pictures.id = picture_id"
            " WHERE collection_id = ? AND forgotten IS NULL"
        )
        return statement + " AND starred" * filter_.starred, [collection]
    return "SELECT id FROM pictures WHERE forgotten IS NULL" + " AND starred = 1" * filter_.starred, []


def at_path(connection: sqlite3.Connection, path: str) -> int | None:
    """The id of the picture that is there."""
    found = connection.execute(
        "SELECT id FROM pictures WHERE path = ? AND forgotten IS NULL", (_stored(path),)
    ).fetchone()
    return found[0] if found else None


def is_forgotten(connection: sqlite3.Connection, id_: int) -> bool:
    """Whether a picture is deleted or missing."""
    found = connection.execute("SELECT forgotten NOT NULL FROM pictures WHERE id = ?", (id_,)).fetchone()
    return found is not None and bool(found[0])


def clean(text: str) -> str:
    """Text that SQLite takes: recipes and file names can hold halves of surrogate pairs."""
    return text.encode("utf-8", "replace").decode("utf-8")


def marks_of(ids: Sequence[int], column: str = "id") -> str:
    """A condition that holds for these ids, which are its values."""
    return f"{column} IN ({', '.join('?' * len(ids))})"


# --- inside


def _stored(path: str) -> bytes:
    try:
        return os.fsencode(path)
    except UnicodeEncodeError:  # from a recipe, not from a folder: no file has that name
        return path.encode("utf-8", "replace")


def _values(path: str, facts: Facts, sha256: str) -> tuple[Any, ...]:
    plain = [getattr(facts, column) for column in _OF_FILE]
    seed = None if facts.seed is None else str(facts.seed)
    cleaned = [clean(value) if isinstance(value, str) else value for value in plain]
    return _stored(path), sha256, *cleaned, seed


def _moment(facts: Facts) -> int:
    """When the picture came to be, in microseconds of Unix time.

    Recipes tell the second; when the file was written tells more, unless it was copied since.
    """
    written = facts.modified_ns // 1000
    try:
        created = int(datetime.fromisoformat(facts.created).timestamp()) * 10**6
    except ValueError:  # the text comes from a file
        return written
    return created + min(max(written - created, 0), _SAVED_WITHIN_US)


def _free_id(connection: sqlite3.Connection, moment: int) -> int:
    """The first id from that moment on that no run of others reaches."""
    last = moment - 1
    while found := connection.execute(_TAKEN, (last + 1, last + _STRIDE)).fetchone():
        (last,) = found
    return last + 1


def _put_parents(connection: sqlite3.Connection, id_: int, parents: tuple[Parent, ...]) -> None:
    connection.execute("DELETE FROM parents WHERE picture_id = ?", (id_,))
    connection.executemany(
        "INSERT INTO parents (picture_id, place, name, sha256) VALUES (?, ?, ?, ?)",
        [(id_, place, clean(parent.name), clean(parent.sha256)) for place, parent in enumerate(parents)],
    )


def _row(
    record: tuple[Any, ...], parents: tuple[Parent, ...], collections: tuple[str, ...], folder: Path
) -> Row:
    id_, starred, kept, path, sha256, *values, seed = record
    return Row(
        id=id_,
        path=folder / os.fsdecode(path),
        sha256=sha256,
        starred=bool(starred),
        kept=bool(kept),
        seed=None if seed is None else int(seed),
        parents=parents,
        collections=collections,
        **dict(zip(_OF_FILE, values, strict=True)),
    )


def _parents(connection: sqlite3.Connection, ids: list[int]) -> dict[int, tuple[Parent, ...]]:
    found: dict[int, tuple[Parent, ...]] = {}
    statement = "SELECT picture_id, name, sha256 FROM parents WHERE "
    order = " ORDER BY picture_id, place"
    for id_, name, sha256 in connection.execute(statement + marks_of(ids, "picture_id") + order, ids):
        found[id_] = (*found.get(id_, ()), Parent(name, sha256))
    return found


def _collections(connection: sqlite3.Connection, ids: list[int]) -> dict[int, tuple[str, ...]]:
    found: dict[int, tuple[str, ...]] = {}
    statement = "SELECT picture_id, name FROM memberships JOIN collections ON collection_id = id WHERE "
    for id_, name in connection.execute(
        f"{statement}{marks_of(ids, 'picture_id')} ORDER BY picture_id, name", ids
    ):
        found[id_] = (*found.get(id_, ()), name)
    return found


def _collection_ids(connection: sqlite3.Connection, id_: int) -> list[int]:
    statement = "SELECT collection_id FROM memberships WHERE picture_id = ?"
    return [number for (number,) in connection.execute(statement, (id_,))]


def _collection_id(connection: sqlite3.Connection, name: str) -> int | None:
    found = connection.execute("SELECT id FROM collections WHERE name = ?", (clean(name),)).fetchone()
    return found[0] if found else None


def _searched(filter_: Filter, collection: int | None) -> tuple[str, list[Any]]:
    """All of it in the full-text index, which knows stars and collections too: joining would be slow."""
    words = expression(clean(filter_.query))
    if not words:
        return _NOTHING, []
    wanted = [f"{{prompt title tags}} : ({words})"]
    wanted += ["marks : starred"] * filter_.starred
    wanted += [f"marks : c{collection}"] * (collection is not None)
    return "SELECT rowid AS id FROM search WHERE search MATCH ?", [" AND ".join(wanted)]


def _now() -> str:
    return datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
