"""Stars, kept pictures and collections are written whole, and survive damage and company."""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import Any

import pytest

from dalle_studio.core.errors import CannotWrite
from dalle_studio.storage.albums import FILE, Albums, Mark

STAR = Mark(starred=True, kept=True, collections=("Beach", "夏天"), sha256="ab" * 32, length_bytes=1234)


def reopened(folder: Path) -> Albums:
    albums = Albums(folder)
    assert albums.refresh() is None
    return albums


def names(folder: Path) -> set[str]:
    return {path.name for path in folder.iterdir()}


def test_marks_come_back(tmp_path: Path) -> None:
    Albums(tmp_path / "new").put({"a.png": STAR, "一只猫.png": Mark(kept=True)})
    albums = reopened(tmp_path / "new")
    assert dict(albums.marks) == {"a.png": STAR, "一只猫.png": Mark(kept=True)}
    assert albums.of("b.png") == Mark()


def test_a_folder_without_the_file_has_no_marks_and_gets_none_for_nothing(tmp_path: Path) -> None:
    albums = reopened(tmp_path)
    albums.put({"a.png": Mark(), "b.png": None})
    assert not albums.marks and not names(tmp_path)


def test_a_mark_that_says_nothing_any_more_is_forgotten(tmp_path: Path) -> None:
    albums = Albums(tmp_path)
    albums.put({"a.png": STAR, "b.png": STAR, "c.png": STAR})
    albums.put({"a.png": Mark(sha256=STAR.sha256), "b.png": None})
    assert set(reopened(tmp_path).marks) == {"c.png"}


def test_what_another_process_wrote_meanwhile_is_not_overrun(tmp_path: Path) -> None:
    ours, theirs = Albums(tmp_path), Albums(tmp_path)
    ours.put({"a.png": STAR})
    theirs.put({"b.png": STAR})
    ours.put({"c.png": STAR})
    assert set(reopened(tmp_path).marks) == {"a.png", "b.png", "c.png"}


@pytest.mark.parametrize(
    "text", ["", "{", "[]", "null", '{"schema": 99, "pictures": {}}', "[" * 100_000, "\0"]
)
def test_a_damaged_file_is_set_aside_and_nothing_of_it_lost(tmp_path: Path, text: str) -> None:
    (tmp_path / FILE).write_text(text)
    albums = Albums(tmp_path)
    assert albums.refresh() == tmp_path / f"{FILE}.damaged"
    assert (tmp_path / f"{FILE}.damaged").read_text() == text
    albums.put({"a.png": STAR})
    assert set(reopened(tmp_path).marks) == {"a.png"}
    assert (tmp_path / f"{FILE}.damaged").read_text() == text


def test_damage_never_takes_the_place_of_older_damage(tmp_path: Path) -> None:
    for text in ("first", "second", "third"):
        (tmp_path / FILE).write_text(text)
        Albums(tmp_path).refresh()
    found = {path.name: path.read_text() for path in tmp_path.glob("*.damaged*")}
    assert found == {
        f"{FILE}.damaged": "first",
        f"{FILE}.damaged-2": "second",
        f"{FILE}.damaged-3": "third",
    }


@pytest.mark.parametrize(
    "wrong",
    [
        None,
        "a star",
        {},
        {"starred": "yes"},
        {"collections": "Beach"},
        {"collections": [1]},
        {"sha256": 5},
        {"length_bytes": None},
        {"more": 1},
    ],
)
def test_of_a_file_that_is_partly_wrong_the_rest_is_read(tmp_path: Path, wrong: Any) -> None:
    Albums(tmp_path).put({"a.png": STAR, "b.png": STAR})
    data = json.loads((tmp_path / FILE).read_text())
    data["pictures"]["b.png"] = (
        {**data["pictures"]["b.png"], **wrong} if isinstance(wrong, dict) and wrong else wrong
    )
    (tmp_path / FILE).write_text(json.dumps(data))
    albums = Albums(tmp_path)
    assert albums.refresh() == tmp_path / f"{FILE}.damaged"
    assert dict(albums.marks) == {"a.png": STAR}
    assert dict(reopened(tmp_path).marks) == {"a.png": STAR}


def test_a_disk_that_does_not_take_it_changes_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    albums = Albums(tmp_path)
    albums.put({"a.png": STAR})

    def full(_: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(CannotWrite) as caught:
        albums.put({"a.png": None, "b.png": STAR})
    assert "No space left" in caught.value.message and caught.value.remedy.endswith(".")
    assert set(albums.marks) == {"a.png"} == set(reopened(tmp_path).marks)
    assert names(tmp_path) == {FILE}


def test_a_folder_in_the_place_of_the_file_is_set_aside_too(tmp_path: Path) -> None:
    (tmp_path / FILE).mkdir()
    (tmp_path / FILE / "mine").write_text("text")
    Albums(tmp_path).put({"a.png": STAR})
    assert (tmp_path / f"{FILE}.damaged" / "mine").read_text() == "text"
    assert set(reopened(tmp_path).marks) == {"a.png"}
