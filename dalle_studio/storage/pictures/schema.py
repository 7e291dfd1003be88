"""The tables, and the way from each earlier version to the next.

A version, once released, is never edited: what changes is a further step. `PRAGMA user_version` counts the steps
that a database has taken.
"""

from __future__ import annotations

import sqlite3

from dalle_studio.core.errors import UnreadableLibrary
from dalle_studio.core.sentence import say
from dalle_studio.storage.pictures.words import TOKENIZER

# `id` is the moment a picture came to be, in microseconds: so every index, the full-text one too, has them by age.
# `path` is relative, with “/”, as the file system's bytes: not every name is Unicode.
# `seed` is text: other programs' seeds have 64 bits without a sign, which SQLite's numbers do not hold.
# A picture that is `forgotten` was deleted or is missing: it keeps its marks, in case it comes back.
_FIRST = (
    """
    CREATE TABLE pictures (
        id INTEGER PRIMARY KEY,
        path BLOB NOT NULL,
        sha256 TEXT NOT NULL,
        width_px INTEGER NOT NULL,
        height_px INTEGER NOT NULL,
        created TEXT NOT NULL,
        modified_ns INTEGER NOT NULL,
        length_bytes INTEGER NOT NULL,
        origin TEXT NOT NULL,
        prompt TEXT NOT NULL,
        negative_prompt TEXT NOT NULL,
        verb TEXT NOT NULL,
        model TEXT NOT NULL,
        style TEXT NOT NULL,
        seed TEXT,
        steps INTEGER,
        elapsed_s REAL NOT NULL,
        starred INTEGER NOT NULL DEFAULT 0,
        kept INTEGER NOT NULL DEFAULT 0,
        forgotten TEXT
    )
    """,
    "CREATE UNIQUE INDEX pictures_here ON pictures (path) WHERE forgotten IS NULL",
    "CREATE INDEX pictures_forgotten ON pictures (forgotten)",
    "CREATE INDEX pictures_starred ON pictures (forgotten, starred)",
    "CREATE INDEX pictures_sha256 ON pictures (sha256)",
    """
    CREATE TABLE parents (
        picture_id INTEGER NOT NULL REFERENCES pictures ON DELETE CASCADE,
        place INTEGER NOT NULL,
        name TEXT NOT NULL,
        sha256 TEXT NOT NULL,
        PRIMARY KEY (picture_id, place)
    ) WITHOUT ROWID
    """,
    "CREATE INDEX parents_sha256 ON parents (sha256)",
    "CREATE INDEX parents_name ON parents (name)",
    "CREATE TABLE collections (id INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE)",
    """
    CREATE TABLE memberships (
        collection_id INTEGER NOT NULL REFERENCES collections ON DELETE CASCADE,
        picture_id INTEGER NOT NULL REFERENCES pictures ON DELETE CASCADE,
        PRIMARY KEY (collection_id, picture_id)
    ) WITHOUT ROWID
    """,
    "CREATE INDEX memberships_picture ON memberships (picture_id)",
    "CREATE TABLE facts (key TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID",
    f"""
    CREATE VIRTUAL TABLE search USING fts5 (
        prompt, title, tags, marks, prefix = '1 2 3', tokenize = "{TOKENIZER}"
    )
    """,
)
_CONCERNS = ("ALTER TABLE pictures ADD COLUMN concerns TEXT NOT NULL DEFAULT ''",)
STEPS: tuple[tuple[str, ...], ...] = (_FIRST, _CONCERNS)
VERSION = len(STEPS)


class LaterVersion(UnreadableLibrary):
    """The database was made by a later version of this program."""


def version_of(connection: sqlite3.Connection) -> int:
    """How many steps the database has taken; 0 for an empty one. Raises sqlite3.Error."""
    return int(connection.execute("PRAGMA user_version").fetchone()[0])


def migrate(connection: sqlite3.Connection, steps: tuple[tuple[str, ...], ...] = STEPS) -> None:
    """Take the steps that are missing, all or none. Two processes may do so at once.

    Raises sqlite3.Error, and LaterVersion.
    """
    if version_of(connection) == len(steps):
        return
    connection.execute("BEGIN IMMEDIATE")
    try:
        taken = version_of(connection)  # another process may have been first
        if taken > len(steps):
            raise LaterVersion(
                say(
                    "The library has version {taken}, later than this studio reads ({known}).",
                    taken=taken,
                    known=len(steps),
                ),
                say("Update Dalle Studio, or use another folder."),
            )
        for statement in (statement for step in steps[taken:] for statement in step):
            connection.execute(statement)
        connection.execute(f"PRAGMA user_version = {len(steps)}")
        connection.execute("COMMIT")
    except BaseException:
        if connection.in_transaction:
            connection.execute("ROLLBACK")
        raise
