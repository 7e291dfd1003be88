"""The library follows its folder, whoever changes it."""

from __future__ import annotations

import json
import os
import shutil
import threading
import time
from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from PIL import PngImagePlugin

from dalle_studio.storage.export import export_picture
from dalle_studio.storage.library import RECIPE_KEY, save_picture
from dalle_studio.storage.pictures.files import Stamp, walk
from dalle_studio.storage.pictures.old_marks import FILE, Mark
from dalle_studio.storage.pictures.scan import Changes
from tests.storage.pictures.shelf import found, names, only, opened, variation
from tests.storage.samples import MADE, generated

MADE_S = datetime.fromisoformat(MADE.created).timestamp()


def flat(home: Path, *stems: str) -> list[Path]:
    """Pictures as they lay before there was a library, each a second younger than the one before."""
    paths = [
        save_picture(generated(f"prompt of {stem}", seed=seed), home / "pictures", stem)
        for seed, stem in enumerate(stems, 1)
    ]
    for age_s, path in enumerate(paths):
        os.utime(path, (MADE_S + age_s, MADE_S + age_s))
    return paths


def leave_marks(home: Path, marks: dict[str, Mark]) -> None:
    """As an earlier version of the studio left them."""
    data = {"schema": 1, "pictures": {name: vars(mark) for name, mark in marks.items()}}
    (home / "pictures" / FILE).write_text(json.dumps(data), "utf-8")


def test_a_folder_without_a_library_is_listed_newest_first(tmp_path: Path) -> None:
    flat(tmp_path, "old", "middle", "new")
    (tmp_path / "pictures" / "notes.txt").write_text("no picture")
    (tmp_path / "pictures" / "broken.png").write_bytes(b"\x89PNG half")
    (tmp_path / "pictures" / ".hidden.png").write_bytes(b"")
    elsewhere = tmp_path / "pictures" / "holiday 2019"
    elsewhere.mkdir()
    shutil.copy(tmp_path / "pictures" / "old.png", elsewhere)
    seen: list[tuple[int, int]] = []
    with opened(tmp_path) as library:
        assert names(library) == []
        assert library.scan(lambda done, of: seen.append((done, of))) == Changes(added=3)
        assert names(library) == ["new.png", "middle.png", "old.png"]
        assert seen[-1] == (4, 4)
        assert found(library, "prompt of mid") == ["middle.png"]
        assert library.scan() == Changes()


def test_stars_and_collections_of_the_json_file_are_taken_over_once(tmp_path: Path) -> None:
    a, b, c = flat(tmp_path, "a", "b", "c")
    star = Mark(starred=True, kept=True, collections=("Beach", "夏天"))
    moved = Mark(collections=("Beach",), sha256=generated(seed=3).sha256, length_bytes=c.stat().st_size)
    leave_marks(tmp_path, {a.name: star, "c before it was renamed.png": moved})
    before = (tmp_path / "pictures" / FILE).read_bytes()
    with opened(tmp_path) as library:
        c.rename(c.with_name("renamed.png"))
        assert library.scan() == Changes(added=3)
        row = library.row(a)
        assert row is not None and row.starred and row.kept and row.collections == ("Beach", "夏天")
        assert found(library, "夏") == ["a.png"]
        library.set_star([row.id], False)
        assert (tmp_path / "pictures" / FILE).read_bytes() == before
    with opened(tmp_path) as library:
        library.scan()
        row = library.row(a)
        assert row is not None and not row.starred
        assert library.row(b) is not None


def test_a_mark_whose_file_was_renamed_finds_it_again(tmp_path: Path) -> None:
    (a,) = flat(tmp_path, "a")
    mark = Mark(starred=True, sha256=generated(seed=1).sha256, length_bytes=a.stat().st_size)
    leave_marks(tmp_path, {"gone.png": mark})
    with opened(tmp_path) as library:
        a.rename(a.with_name("b.tmp"))
        library.scan()
        a.with_name("b.tmp").rename(a.with_name("b.png"))
        assert library.scan() == Changes(returned=1)
        assert only(library).starred and only(library).prompt == "prompt of a"


@pytest.mark.parametrize(
    "text",
    ["", "{", "[]", "null", '{"schema": 99, "pictures": {}}', "[" * 100_000, "\0"]
    + [
        json.dumps({"schema": 1, "pictures": {"a.png": {**vars(Mark()), key: value}}})
        for key, value in [("starred", "yes"), ("collections", "Beach"), ("collections", [1]), ("sha256", 0)]
    ],
)
def test_marks_that_are_damaged_in_every_way_stop_nothing(tmp_path: Path, text: str) -> None:
    flat(tmp_path, "a")
    (tmp_path / "pictures" / FILE).write_text(text)
    with opened(tmp_path) as library:
        changes = library.scan()
        assert (changes.added, changes.damaged_marks) == (1, tmp_path / "pictures" / FILE)
        assert not only(library).starred and only(library).collections == ()
    assert (tmp_path / "pictures" / FILE).read_text() == text


def test_damaged_marks_are_told_of_and_kept(tmp_path: Path) -> None:
    a, b = flat(tmp_path, "a", "b")
    pictures = {a.name: {**vars(Mark(starred=True))}, b.name: {"nonsense": 1}}
    (tmp_path / "pictures" / FILE).write_text(json.dumps({"schema": 1, "pictures": pictures}))
    with opened(tmp_path) as library:
        damaged = library.scan().damaged_marks
        assert damaged is not None and "nonsense" in damaged.read_text()
        assert [row.starred for row in library.rows()] == [False, True]


def test_files_that_are_renamed_changed_deleted_and_brought_back(tmp_path: Path) -> None:
    with opened(tmp_path) as library:
        row = library.save(generated("fox", seed=1), "a")
        other = library.save(generated("car", seed=2), "b")
        library.set_star([row.id, other.id], True)

        row.path.rename(library.folder / "renamed.png")
        assert library.scan() == Changes(missing=1, returned=1)
        renamed = library.row(library.folder / "renamed.png")
        assert renamed is not None and (renamed.id, renamed.starred) == (row.id, True)

        export_picture(generated("bus", width_px=48, seed=3), other.path, with_recipe=True)
        assert library.scan() == Changes(changed=1)
        changed = library.row(other.path)
        assert changed is not None and (changed.prompt, changed.width_px, changed.starred) == (
            "bus",
            48,
            True,
        )
        assert changed.sha256 == "" and found(library, "car") == []
        assert library.thumbnail(changed, 256)
        assert library.rows()[0].sha256 == generated(width_px=48, seed=3).sha256

        shutil.move(other.path, tmp_path / "away.png")
        assert library.scan() == Changes(missing=1)
        assert names(library) == ["renamed.png"]
        shutil.move(tmp_path / "away.png", other.path)
        assert library.scan() == Changes(returned=1)
        assert only_starred(library.rows())


def only_starred(rows: tuple[object, ...]) -> bool:
    return all(getattr(row, "starred", False) for row in rows) and len(rows) == 2


def test_a_drive_that_is_away_for_a_while_costs_nothing(tmp_path: Path) -> None:
    with opened(tmp_path) as library:
        rows = [library.save(generated(seed=seed), f"{seed}") for seed in range(3)]
        library.add_to([row.id for row in rows], "Beach")
        day = rows[0].path.parent
        day.rename(tmp_path / "unplugged")
        assert library.scan() == Changes(missing=3)
        assert library.count() == 0
        (tmp_path / "unplugged").rename(day)
        assert library.scan() == Changes(returned=3)
        assert [row.collections for row in library.rows()] == [("Beach",)] * 3


@pytest.mark.parametrize(
    ("sampling", "provenance"),
    [
        ({"seed": "no number", "steps": 2**70}, {"elapsed_s": float("nan")}),
        ({"seed": [], "steps": {}}, {"elapsed_s": float("inf")}),
        ({"seed": 2**70, "steps": True}, {"elapsed_s": -1.0}),
        ({}, {"elapsed_s": 10**400, "created": "0001-01-01"}),
        ({}, {"created": "9999-12-31T23:59:59Z"}),
        ({}, {"created": "yesterday \ud83d"}),
    ],
)
def test_a_picture_whose_recipe_was_made_to_hurt_stops_nothing(
    tmp_path: Path, sampling: dict[str, Any], provenance: dict[str, Any]
) -> None:
    recipe = generated().recipe
    assert recipe is not None
    request = {**recipe.request, "sampling": {**recipe.request["sampling"], **sampling}}
    odd = replace(recipe, request=request, provenance=replace(recipe.provenance, **provenance))
    info = PngImagePlugin.PngInfo()
    info.add_itxt(RECIPE_KEY, odd.to_json())
    flat(tmp_path, "whole")
    generated(seed=2).image.save(tmp_path / "pictures" / "odd.png", pnginfo=info)
    with opened(tmp_path) as library:
        assert library.scan() == Changes(added=2)
        assert {"odd.png", "whole.png"} == set(names(library))
        assert library.scan() == Changes()


def test_cancel_keeps_what_was_read_and_the_next_look_takes_the_rest(tmp_path: Path) -> None:
    flat(tmp_path, *"abcde")
    cancel = threading.Event()
    with opened(tmp_path) as library:
        library.scan(lambda done, of: cancel.set() if done == 2 else None, cancel)
        assert names(library) == ["e.png", "d.png"]
        assert library.scan() == Changes(added=3)
        assert names(library) == ["e.png", "d.png", "c.png", "b.png", "a.png"]


def test_pictures_that_were_found_are_known_to_their_families_once_they_are_decoded(tmp_path: Path) -> None:
    mother, _ = flat(tmp_path, "mother", "other")
    (tmp_path / "pictures" / "broken.png").write_bytes(mother.read_bytes()[:-40])
    with opened(tmp_path) as library:
        library.scan()
        row = library.row(mother)
        assert row is not None and row.sha256 == ""
        child = library.save(variation(generated(seed=1), seed=8), "child")
        assert library.children(row) == () and library.parents(child.parents) == child.parents
        seen: list[tuple[int, int]] = []
        library.complete(lambda done, of: seen.append((done, of)))
        assert seen == [(1, 3), (2, 3), (3, 3)]
        row = library.row(mother)
        assert row is not None and row.sha256 == generated(seed=1).sha256
        assert library.children(row) == (child,) and library.parents(child.parents) == (row,)


def test_a_half_written_file_is_never_listed_and_swept_away_after_a_day(tmp_path: Path) -> None:
    with opened(tmp_path) as library:
        day = library.save(generated(), "a").path.parent
        fresh, stale = day / ".dalle-studio-1.part", day / ".dalle-studio-2.part"
        for part in (fresh, stale):
            part.write_bytes(b"\x89PNG")
        os.utime(stale, (time.time() - 90_000, time.time() - 90_000))
        assert library.scan() == Changes()
        assert fresh.exists() and not stale.exists()


def test_two_libraries_that_look_at_once_list_everything_once(tmp_path: Path) -> None:
    flat(tmp_path, *"abcdefgh")
    with opened(tmp_path) as one, opened(tmp_path) as two:
        threads = [threading.Thread(target=library.scan) for library in (one, two)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert sorted(names(one)) == [f"{stem}.png" for stem in "abcdefgh"] == sorted(names(two))


def test_pictures_of_one_moment_and_length_keep_their_own_marks(tmp_path: Path) -> None:
    """Two studios wrote them within one tick of the clock; one was deleted, the other renamed."""
    with opened(tmp_path) as library:
        rows = [library.save(generated(f"car {number}", seed=number), "car") for number in (1, 2)]
        for row in rows:
            os.utime(row.path, (MADE_S, MADE_S))
        library.scan()
        assert len({row.path.stat().st_size for row in rows}) == 1
        library.set_star([rows[1].id], True)
        rows[0].path.unlink()
        rows[1].path.rename(rows[1].path.with_name("renamed.png"))
        library.scan()
        row = only(library)
        assert (row.id, row.prompt, row.starred) == (rows[1].id, "car 2", True)


def test_a_look_takes_nothing_back_that_another_program_did_meanwhile(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Between a look at the list and one at the folder: a picture is renamed, another saved under its name."""
    with opened(tmp_path) as library, opened(tmp_path) as other:
        first = library.save(generated("car 1", seed=1), "car")
        library.set_star([first.id], True)

        def walk_later(folder: Path) -> Iterator[tuple[str, Stamp]]:
            monkeypatch.undo()
            first.path.rename(first.path.with_name("renamed.png"))
            other.scan()
            other.save(generated("car 2", seed=2), "car")
            yield from walk(folder)

        monkeypatch.setattr("dalle_studio.storage.pictures.scan.walk", walk_later)
        library.scan()
        listed = {row.name: (row.prompt, row.starred, row.id == first.id) for row in library.rows()}
        assert listed == {"renamed.png": ("car 1", True, True), "car.png": ("car 2", False, False)}
        assert library.scan() == Changes()
