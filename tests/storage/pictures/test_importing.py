"""A folder of pictures from elsewhere comes in whole, once, and leaves the originals as they were."""

from __future__ import annotations

import contextlib
import shutil
import threading
from pathlib import Path

import pytest
from PIL import Image

from dalle_studio.core.errors import CannotWrite
from dalle_studio.storage.export import export_picture
from dalle_studio.storage.pictures.importing import Imported, import_folder
from dalle_studio.storage.pictures.library import Library
from dalle_studio.storage.pictures.scan import quiet
from tests.storage.pictures.shelf import found, names, opened
from tests.storage.pictures.test_foreign import A1111, png
from tests.storage.samples import generated


def run(library: Library, source: Path) -> Imported:
    return import_folder(library, source, quiet, threading.Event())


@pytest.fixture
def source(tmp_path: Path) -> Path:
    folder = tmp_path / "from elsewhere"
    (folder / "deeper").mkdir(parents=True)
    png(folder / "fox.png", parameters=A1111)
    export_picture(generated("our own", seed=4), folder / "deeper" / "own.jpg", with_recipe=True)
    Image.new("RGB", (40, 30), "red").save(folder / "plain.webp")
    return folder


def test_pictures_are_copied_with_what_is_known_of_them(tmp_path: Path, source: Path) -> None:
    before = {path: path.read_bytes() for path in source.rglob("*.*")}
    seen: list[tuple[int, int]] = []
    with opened(tmp_path) as library:
        result = import_folder(library, source, lambda done, of: seen.append((done, of)), threading.Event())
        assert result == Imported(added=3, known=0, refused=(), is_whole=True)
        assert seen == [(1, 3), (2, 3), (3, 3)]
        assert sorted(names(library)) == ["fox.png", "own.jpg", "plain.webp"]
        (fox,) = [row for row in library.rows() if row.name == "fox.png"]
        assert (fox.origin, fox.model, fox.seed) == ("AUTOMATIC1111", "anything-v4.5", 2**64 - 1)
        assert found(library, "snow automatic") == ["fox.png"] and found(library, "our own") == ["own.jpg"]
        assert fox.path.is_relative_to(library.folder) and fox.path.read_bytes() == before[source / "fox.png"]
        assert library.scan().added == 0
    assert {path: path.read_bytes() for path in source.rglob("*.*")} == before


def test_a_second_time_nothing_comes_twice(tmp_path: Path, source: Path) -> None:
    with opened(tmp_path) as library:
        run(library, source)
        shutil.copy(source / "plain.webp", source / "the same.webp")
        assert run(library, source) == Imported(added=0, known=4, refused=(), is_whole=True)


def test_what_is_damaged_hidden_or_a_link_stays_outside(tmp_path: Path, source: Path) -> None:
    whole = (source / "fox.png").read_bytes()
    (source / "half.png").write_bytes(whole[: len(whole) - 30])
    (source / "text.png").write_text("no picture")
    Image.new("RGB", (40, 30)).save(source / "a bitmap.png", "BMP")
    (source / ".hidden.png").write_bytes(whole)
    with contextlib.suppress(OSError):  # Windows asks for a right
        (source / "link.png").symlink_to(source / "fox.png")
    with opened(tmp_path) as library:
        result = run(library, source)
        assert (result.added, result.known, len(result.refused)) == (3, 0, 3)
        assert all(error.message.endswith(".") and error.remedy for error in result.refused)


def test_names_that_are_taken(tmp_path: Path, source: Path) -> None:
    Image.new("RGB", (40, 30), "blue").save(source / "deeper" / "fox.png")
    with opened(tmp_path) as library:
        run(library, source)
        assert {"fox.png", "fox-2.png"} <= set(names(library))


def test_cancel_and_go_on(tmp_path: Path, source: Path) -> None:
    cancel = threading.Event()
    with opened(tmp_path) as library:
        result = import_folder(library, source, lambda done, of: cancel.set(), cancel)
        assert result == Imported(added=1, known=0, refused=(), is_whole=False)
        assert run(library, source) == Imported(added=2, known=1, refused=(), is_whole=True)


def test_a_folder_around_the_library_does_not_import_the_library(tmp_path: Path, source: Path) -> None:
    with opened(tmp_path) as library:
        library.save(generated(seed=1), "mine")
        assert run(library, tmp_path).added == 3


def test_a_disk_that_is_too_small_is_told_of_before_anything_is_copied(
    tmp_path: Path, source: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Usage:
        free = 64 * 1024**2 + 10

    with opened(tmp_path) as library:
        monkeypatch.setattr("shutil.disk_usage", lambda path: Usage)
        with pytest.raises(CannotWrite) as caught:
            run(library, source)
        assert "need" in caught.value.message and library.count() == 0
