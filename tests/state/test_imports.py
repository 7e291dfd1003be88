"""A folder of pictures comes into the gallery: told, watched, stopped, and started again."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from dalle_studio.state.gallery import Gallery
from dalle_studio.state.notices import Level, Notice, Notices
from dalle_studio.storage.pictures.library import Library
from dalle_studio.storage.pictures.row import Row
from tests.scripted import drawn
from tests.storage.pictures.test_foreign import A1111, png


@pytest.fixture
def notices(qtbot: QtBot) -> Notices:
    return Notices()


@pytest.fixture
def gallery(tmp_path: Path, notices: Notices) -> Iterator[Gallery]:
    gallery = Gallery(tmp_path / "pictures", notices)
    gallery.refresh()
    gallery.finish()
    yield gallery
    gallery.close()


@pytest.fixture
def source(tmp_path: Path) -> Path:
    folder = tmp_path / "old pictures"
    (folder / "deeper").mkdir(parents=True)
    png(folder / "fox.png", parameters=A1111)
    drawn(1).image.save(folder / "plain.webp")
    drawn(2).image.save(folder / "deeper" / "other.jpg")
    return folder


def only(notices: Notices) -> Notice:
    (notice,) = notices.notices
    return notice


class Gate:
    """Lets pictures in one at a time."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.pictures = threading.Semaphore(0)
        take = Library.take

        def slowly(library: Library, path: Path) -> Row | None:
            assert self.pictures.acquire(timeout=20)
            return take(library, path)

        monkeypatch.setattr(Library, "take", slowly)
        monkeypatch.setattr("dalle_studio.state.imports._NEWS_S", 0.0)


def test_a_folder_comes_in_with_what_other_programs_wrote(
    gallery: Gallery, notices: Notices, source: Path
) -> None:
    gallery.import_folder(source)
    gallery.finish()
    notice = only(notices)
    assert (notice.text, notice.level) == ("Imported old pictures: 3 new pictures.", Level.DONE)
    assert {entry.name for entry in gallery.entries} == {"fox.png", "plain.webp", "other.jpg"}
    gallery.set_query("automatic1111")
    (fox,) = gallery.entries
    assert fox.name == "fox.png" and fox.path.is_relative_to(gallery.folder)
    assert (source / "fox.png").exists()


def test_pictures_that_are_here_and_files_that_are_none_are_counted(
    gallery: Gallery, notices: Notices, source: Path
) -> None:
    gallery.save(drawn(1), "the same")
    drawn(1).image.save(source / "plain.png")
    (source / "broken.png").write_text("no picture")
    gallery.import_folder(source)
    gallery.finish()
    notice = only(notices)
    assert notice.level is Level.WARNING and "broken.png" in notice.details and notice.remedy
    assert "1 here already" in notice.text and "1 that cannot be read" in notice.text


def test_it_tells_how_far_it_is_and_shows_what_has_come(
    gallery: Gallery, notices: Notices, source: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    gate = Gate(monkeypatch)
    gallery.import_folder(source)
    number = only(notices).number
    gate.pictures.release()
    qtbot.waitUntil(lambda: "1 of 3" in only(notices).text)
    assert only(notices).number == number and only(notices).lasts and gallery.count == 1
    gate.pictures.release(2)
    gallery.finish()
    assert gallery.count == 3 and not only(notices).lasts


def test_it_is_stopped_by_its_notice_and_goes_on_when_it_is_started_again(
    gallery: Gallery, notices: Notices, source: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    gate = Gate(monkeypatch)
    gallery.import_folder(source)
    gate.pictures.release()
    qtbot.waitUntil(lambda: gallery.count == 1)
    notices.act(only(notices).number)
    gate.pictures.release()
    gallery.finish()
    assert only(notices).text.startswith("Stopped: ") and gallery.count <= 2
    gate.pictures.release(3)
    gallery.import_folder(source)
    gallery.finish()
    assert gallery.count == 3


def test_a_gallery_that_is_closed_meanwhile_waits_for_one_picture(
    gallery: Gallery, source: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    gate = Gate(monkeypatch)
    gallery.import_folder(source)
    gate.pictures.release()
    qtbot.waitUntil(lambda: gallery.count == 1)
    gate.pictures.release()
    gallery.close()
    assert len(list(gallery.folder.glob("2*/*.*"))) <= 2


def test_the_gallery_s_own_folder_is_no_folder_from_elsewhere(gallery: Gallery, notices: Notices) -> None:
    entry = gallery.save(drawn(1), "mine")
    for folder in (gallery.folder, entry.path.parent):
        gallery.import_folder(folder)
        gallery.finish()
        assert "own folder" in only(notices).text and gallery.count == 1


def test_a_folder_that_is_gone_or_a_disk_that_is_full_is_told(
    gallery: Gallery, notices: Notices, source: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Usage:
        free = 10

    monkeypatch.setattr("shutil.disk_usage", lambda path: Usage)
    gallery.import_folder(source)
    gallery.finish()
    assert only(notices).level is Level.ERROR and "Free some space" in only(notices).remedy
    assert gallery.count == 0
