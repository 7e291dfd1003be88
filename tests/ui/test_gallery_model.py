"""The gallery's rows: views keep their place while pictures come and go."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QPersistentModelIndex
from pytestqt.qtbot import QtBot

from dalle_studio.state.gallery import Gallery
from dalle_studio.state.notices import Notices
from dalle_studio.storage.pictures.library import Library
from dalle_studio.storage.pictures.row import Row
from dalle_studio.ui.gallery_model import GalleryModel
from tests.scripted import asking, recorded


@pytest.fixture
def gallery(qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Gallery]:
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))
    gallery = Gallery(tmp_path / "pictures", Notices())
    yield gallery
    gallery.close()


@pytest.fixture
def model(gallery: Gallery, qtmodeltester: object) -> Iterator[GalleryModel]:
    for number in range(1, 7):
        save(gallery, number)
    model = GalleryModel(gallery)
    gallery.changed.connect(model.refresh)
    yield model
    qtmodeltester.check(model)  # type: ignore[attr-defined]


def save(gallery: Gallery, number: int) -> Row:
    picture = recorded(asking(f"picture {number}", seed=number), created=f"2026-01-{number:02d}T00:00:00Z")
    return gallery.save(picture, f"picture {number}")


def titles(model: GalleryModel) -> list[str]:
    return [model.index(row).data() for row in range(model.rowCount())]


def test_rows_stand_as_in_the_gallery(model: GalleryModel) -> None:
    assert titles(model) == [f"picture {number}" for number in (6, 5, 4, 3, 2, 1)]


def test_a_new_picture_moves_the_others_down(model: GalleryModel, gallery: Gallery) -> None:
    third = QPersistentModelIndex(model.index(2))
    save(gallery, 7)
    assert titles(model)[0] == "picture 7"
    assert third.row() == 3
    entry = model.entry(third)
    assert entry is not None and entry.prompt == "picture 4"


def test_search_and_back_keep_what_stayed(model: GalleryModel, gallery: Gallery) -> None:
    newest, oldest = QPersistentModelIndex(model.index(0)), QPersistentModelIndex(model.index(5))
    gallery.delete([gallery.entries[2].path, gallery.entries[3].path])
    assert titles(model) == [f"picture {number}" for number in (6, 5, 2, 1)]
    assert (newest.row(), oldest.row()) == (0, 3)
    gallery.set_query("nothing")
    assert titles(model) == []
    gallery.set_query("")
    assert titles(model) == [f"picture {number}" for number in (6, 5, 2, 1)]


def test_of_many_pictures_only_some_are_read_and_searching_takes_another_list(
    gallery: Gallery, monkeypatch: pytest.MonkeyPatch
) -> None:
    for number in range(300):
        gallery.save(recorded(asking(f"{'cat' if number % 2 else 'dog'} {number}", seed=number)), "many")
    read: list[int] = []
    page = Library.page

    def noted(library: Library, ids: Iterable[int]) -> tuple[Row, ...]:
        read.extend(ids)
        return page(library, ids)

    monkeypatch.setattr(Library, "page", noted)
    gallery.refresh()
    gallery.finish()
    model = GalleryModel(gallery)
    gallery.changed.connect(model.refresh)
    assert model.rowCount() == 300 and read == []
    assert model.index(200).data().startswith("dog") or model.index(200).data().startswith("cat")
    assert 0 < len(read) <= 60
    resets: list[bool] = []
    model.modelReset.connect(lambda: resets.append(True))
    gallery.set_query("cat")
    assert model.rowCount() == 150 and resets == [True]
    assert all(model.index(row).data().startswith("cat") for row in range(150))


def test_only_the_starred_row_is_told_as_altered(qtbot: QtBot, model: GalleryModel, gallery: Gallery) -> None:
    altered: list[int] = []
    model.dataChanged.connect(lambda first, last: altered.append(first.row()))
    gallery.toggle_star(gallery.entries[4].path)
    assert altered == [4]
    assert model.index(4).data(11) == "picture 2, starred"  # Qt.AccessibleTextRole


def test_a_row_is_found_by_its_picture(model: GalleryModel, gallery: Gallery) -> None:
    assert [model.place_of(entry.id) for entry in gallery.entries] == list(range(6))
    assert model.place_of(1) is None
