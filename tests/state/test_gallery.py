"""The gallery: a library, searched, starred, sorted into collections, emptied and filled again."""

from __future__ import annotations

import contextlib
import gc
import json
import os
import sqlite3
import threading
import time
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from PIL import Image
from pytestqt.qtbot import QtBot

from dalle_studio.core.errors import CannotWrite, StudioError, UnreadableLibrary, UnreadablePicture
from dalle_studio.core.format import Size
from dalle_studio.core.picture import Picture
from dalle_studio.core.recipe import Parent
from dalle_studio.core.request import Generate, Sampling, Vary
from dalle_studio.state.gallery import Gallery
from dalle_studio.state.notices import Level, Notices
from dalle_studio.storage.library import open_picture, save_picture
from dalle_studio.storage.pictures import records
from dalle_studio.storage.pictures.facts import read_facts
from dalle_studio.storage.pictures.files import day_folder
from dalle_studio.storage.pictures.library import Library
from dalle_studio.storage.pictures.old_marks import FILE
from dalle_studio.storage.pictures.row import Facts
from tests.scripted import asking, drawn, recorded

SAMPLING = Sampling(seed=5, count=1, steps=2)


@pytest.fixture(autouse=True)
def trash(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A system's trash of our own."""
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))
    return tmp_path / "data" / "Trash"


@pytest.fixture
def notices(qtbot: QtBot) -> Notices:
    return Notices()


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "pictures"


Open = Callable[[], Gallery]


@pytest.fixture
def opened(folder: Path, notices: Notices) -> Iterator[Open]:
    """Opens a gallery on the folder and reads it."""
    galleries: list[Gallery] = []

    def open_gallery() -> Gallery:
        gallery = Gallery(folder, notices)
        galleries.append(gallery)
        return read(gallery)

    yield open_gallery
    for gallery in galleries:
        gallery.close()


@pytest.fixture
def gallery(opened: Open) -> Gallery:
    return opened()


def read(gallery: Gallery) -> Gallery:
    gallery.refresh()
    gallery.finish()
    return gallery


def found(gallery: Gallery) -> list[str]:
    return [entry.name for entry in gallery.entries]


def today(folder: Path) -> Path:
    """Where pictures are saved."""
    return day_folder(folder, date.today())


def told(notices: Notices) -> list[str]:
    return [notice.text for notice in notices.notices]


def put(folder: Path, prompt: str, seed: int = 1, created: str = "2026-01-02T03:04:05Z") -> Path:
    return save_picture(recorded(asking(prompt, count=1, seed=seed), created=created), folder, prompt)


def varied(source: Picture, seed: int = 5) -> Picture:
    request = Vary(model="starter", source=source, sampling=SAMPLING, size=Size(48, 32))
    return Picture(drawn(seed).pixels, recorded(request).recipe)


# --- reading


def test_an_entry_says_how_its_picture_was_made(gallery: Gallery, folder: Path) -> None:
    request = Generate(model="starter", prompt="a cat in the style of ukiyo-e", sampling=SAMPLING)
    path = save_picture(recorded(request), folder, "a")
    (entry,) = read(gallery).entries
    assert (entry.path, entry.name, entry.prompt) == (path, "a.png", "a cat in the style of ukiyo-e")
    assert (entry.verb, entry.seed, entry.model, entry.style) == ("generate", 5, "starter", "ukiyo-e")
    assert (entry.width_px, entry.height_px) == (48, 32)
    assert (entry.created, entry.elapsed_s, entry.parents) == ("2026-01-02T03:04:05Z", 1.25, ())
    recipe = gallery.recipe(entry)
    assert recipe and recipe.to_json() == open_picture(path).recipe.to_json()  # type: ignore[union-attr]
    assert not entry.starred and not entry.kept and not entry.collections


def test_pictures_from_elsewhere_are_there_too(gallery: Gallery, folder: Path) -> None:
    image = drawn(1).image
    for name in ("a.jpg", "b.webp", "c.PNG", "d.jpeg"):
        image.save(folder / name)
    exif = Image.Exif()
    exif[0x0112] = 6
    image.save(folder / "turned.jpg", exif=exif)
    assert set(found(read(gallery))) == {"a.jpg", "b.webp", "c.PNG", "d.jpeg", "turned.jpg"}
    sizes = {entry.name: (entry.width_px, entry.height_px) for entry in gallery.entries}
    assert sizes["a.jpg"] == (48, 32) and sizes["turned.jpg"] == (32, 48)
    assert {(entry.prompt, entry.verb, entry.seed, gallery.recipe(entry)) for entry in gallery.entries} == {
        ("", "", None, None)
    }
    assert all(entry.created.startswith("20") and entry.created.endswith("Z") for entry in gallery.entries)


def test_what_is_broken_hidden_or_no_picture_is_left_out(gallery: Gallery, folder: Path) -> None:
    good = put(folder, "a cat")
    (folder / "text.png").write_text("no picture")
    (folder / "short.png").write_bytes(good.read_bytes()[:20])
    (folder / "empty.jpg").touch()
    (folder / ".hidden.png").write_bytes(good.read_bytes())
    (folder / "notes.txt").write_text("mine")
    (folder / "folder.png").mkdir()
    Image.new("1", (20_000, 20)).save(folder / "long.png")
    assert found(read(gallery)) == [good.name]


def test_the_recipe_is_read_without_the_pixels(gallery: Gallery, folder: Path) -> None:
    """A file cut off in its pixels still tells what it was; opening it says that it is damaged."""
    path = put(folder, "a cat")
    path.write_bytes(path.read_bytes()[:-500])
    (entry,) = read(gallery).entries
    assert entry.prompt == "a cat"
    with pytest.raises(UnreadablePicture):
        gallery.open(path)


def test_before_the_folder_is_read_nothing_is_made_of_it(folder: Path, notices: Notices) -> None:
    gallery = Gallery(folder, notices)
    assert (list(gallery.entries), gallery.count, gallery.collections, told(notices)) == ([], 0, (), [])
    assert gallery.entry(folder / "a.png") is None and not folder.exists()
    gallery.close()


def test_a_folder_that_cannot_be_read_is_told(folder: Path, opened: Open, notices: Notices) -> None:
    folder.write_text("a file")
    gallery = opened()
    assert gallery.count == 0 and not gallery.is_reading
    assert {notice.level for notice in notices.notices} == {Level.ERROR, Level.WARNING}
    assert all(str(folder) in notice.text and notice.remedy for notice in notices.notices)
    folder.unlink()
    put(folder, "a cat")
    assert read(gallery).count == 1


def test_of_a_large_folder_the_newest_pictures_are_there_first(
    gallery: Gallery, folder: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What the folder holds is shown as it is read, twenty pictures at a time."""

    def slowly(path: Path) -> Facts | None:
        time.sleep(0.01)
        return read_facts(path)

    monkeypatch.setattr("dalle_studio.state.upkeep.NEWS_S", 0.0)
    monkeypatch.setattr("dalle_studio.storage.pictures.scan.read_facts", slowly)
    for number in range(50):
        os.utime(put(folder, f"cat {number}", seed=number), (number, number))
    seen: list[set[str]] = []
    gallery.changed.connect(lambda: seen.append({entry.prompt for entry in gallery.entries}))
    gallery.refresh()
    qtbot.waitUntil(lambda: not gallery.is_reading)
    assert {20, 40, 50} <= {len(shown) for shown in seen}
    assert all(shown == {f"cat {number}" for number in range(50 - len(shown), 50)} for shown in seen)


def test_a_closed_gallery_reads_no_more_and_what_was_to_be_saved_is(opened: Open, folder: Path) -> None:
    gallery = opened()
    gallery.save(drawn(1), "a cat")
    gallery.refresh()
    gallery.save_later(drawn(2), "a dog")
    gallery.close()
    gallery.refresh()
    assert not gallery.is_reading and found(gallery) == []
    with pytest.raises(CannotWrite):
        gallery.save(drawn(3), "late")
    assert set(found(opened())) == {"a-cat.png", "a-dog.png"}


def test_the_newest_comes_first(gallery: Gallery, folder: Path) -> None:
    for number, day in enumerate((3, 1, 2)):
        put(folder, f"cat {day}", seed=number, created=f"2026-01-0{day}T00:00:00Z")
    assert [entry.prompt for entry in read(gallery).entries] == ["cat 3", "cat 2", "cat 1"]


def test_a_changed_file_is_read_anew_and_a_gone_one_goes(
    gallery: Gallery, folder: Path, qtbot: QtBot
) -> None:
    cat, dog = put(folder, "a cat"), put(folder, "a dog")
    read(gallery).select(dog)
    dog.unlink()
    cat.write_bytes(put(folder, "a much longer cat").read_bytes())
    with qtbot.waitSignal(gallery.selected_changed):
        read(gallery)
    assert {entry.prompt for entry in gallery.entries} == {"a much longer cat"}
    assert gallery.selected is None


def test_reading_never_holds_up_the_main_thread(
    gallery: Gallery, folder: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A reading that takes forever: the gallery answers, and takes a new picture in meanwhile."""
    put(folder, "a cat")
    gate, opener = threading.Event(), Image.open
    gallery.finish()

    def slow(*args: object, **options: object) -> Image.Image:
        gate.wait()
        return opener(*args, **options)  # type: ignore[arg-type]

    monkeypatch.setattr(Image, "open", slow)
    gallery.refresh()
    gallery.refresh()
    assert gallery.is_reading and found(gallery) == []
    gallery.save(recorded(asking("a dog"), 1), "a dog")
    assert found(gallery) == ["a-dog.png"]
    gate.set()
    qtbot.waitUntil(lambda: set(found(gallery)) == {"a-dog.png", "a cat.png"})


def test_one_who_forgets_to_close_it_loses_nothing(folder: Path, notices: Notices, qtbot: QtBot) -> None:
    Gallery(folder, notices).save_later(drawn(1), "a cat")  # and nobody holds it
    gc.collect()
    qtbot.waitUntil((today(folder) / "a-cat.png").exists)


# --- other programs


def test_what_another_studio_does_is_seen_within_two_seconds(opened: Open, qtbot: QtBot) -> None:
    one, other = opened(), opened()
    seen = one.save(recorded(asking("a dog"), 1), "dog")
    one.select(seen.path)
    saved = other.save(recorded(asking("a cat")), "cat")
    qtbot.waitUntil(lambda: len(one.entries) == 2, timeout=4000)
    assert one.selected == seen and one.count == 2
    other.toggle_star(seen.path)
    qtbot.waitUntil(lambda: one.selected is not None and one.selected.starred, timeout=4000)
    other.delete([saved.path])
    qtbot.waitUntil(lambda: found(one) == ["dog.png"], timeout=4000)


def test_a_damaged_library_is_repaired_and_goes_on(opened: Open, notices: Notices, qtbot: QtBot) -> None:
    gallery = opened()
    path = gallery.save(recorded(asking("a red car")), "car").path
    gallery.toggle_star(path)
    library = gallery._upkeep.open()
    library.maintain()
    with library._database.write() as connection:
        connection.execute("UPDATE search_data SET block = x'ff' WHERE id > 10")
    gallery.set_query("red")
    assert found(gallery) == []
    gallery.finish()
    assert found(gallery) == ["car.png"] and gallery.entries[0].starred
    assert told(notices) == []


def test_a_library_that_was_damaged_meanwhile_is_made_anew_and_told(
    opened: Open, folder: Path, notices: Notices
) -> None:
    first = opened()
    first.save(recorded(asking("a red car")), "car")
    first.close()
    database = folder / ".dalle-studio" / "library.sqlite3"
    database.write_bytes(b"no database" * 5000)
    again = opened()
    assert found(again) == ["car.png"]
    (notice,) = notices.notices
    assert notice.level is Level.WARNING and "damaged" in notice.text and notice.remedy


def test_a_picture_whose_listing_finds_the_library_damaged_is_listed_after_its_repair(
    gallery: Gallery, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    insert, damage = records.insert, [UnreadableLibrary("The library's database is damaged.", "Wait.")]

    def fail_once(*values: Any, **more: Any) -> int:
        if damage:
            raise damage.pop()
        return insert(*values, **more)

    monkeypatch.setattr(records, "insert", fail_once)
    with qtbot.waitSignal(gallery.unsaved):
        gallery.save_later(recorded(asking("a cat")), "cat")
    gallery.finish()
    assert found(gallery) == ["cat.png"]


def test_a_library_that_no_repair_helps_is_told_in_the_end(
    gallery: Gallery, notices: Notices, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object) -> None:
        raise UnreadableLibrary("The library's database is damaged.", "Wait.")

    monkeypatch.setattr(Library, "ids", refuse)
    gallery.changed.connect(lambda: len(gallery.entries))  # as a window asks
    read(gallery)
    assert told(notices) == ["The library's database is damaged."] and found(gallery) == []


def test_a_library_of_a_later_studio_is_told_and_left_alone(
    opened: Open, folder: Path, notices: Notices
) -> None:
    opened().close()
    database = folder / ".dalle-studio" / "library.sqlite3"
    with contextlib.closing(sqlite3.connect(database)) as connection:
        connection.execute("PRAGMA user_version = 99")
    before = database.read_bytes()
    again = opened()
    assert found(again) == [] and "Update" in notices.notices[0].remedy
    assert database.read_bytes() == before


def test_a_backup_is_made_a_moment_after_the_start(
    folder: Path, notices: Notices, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("dalle_studio.state.upkeep.CARE_AFTER_MS", 50)
    gallery = Gallery(folder, notices)
    read(gallery)
    backups = folder / ".dalle-studio" / "backups"
    assert not list(backups.glob("*.sqlite3"))
    qtbot.waitUntil(lambda: len(list(backups.glob("*.sqlite3"))) == 1)
    gallery.close()


def test_what_a_scan_found_is_known_to_its_family_and_has_a_thumbnail(gallery: Gallery, folder: Path) -> None:
    mother = recorded(asking())
    path = save_picture(mother, folder, "mother")
    child = gallery.save(varied(Picture(mother.pixels, mother.recipe, path.name)), "child")
    entry = read(gallery).entry(path)
    assert entry is not None and entry.sha256 == mother.sha256
    assert gallery.children(entry) == (child,)


# --- search


def test_search_wants_all_words_wherever_they_stand(gallery: Gallery, folder: Path) -> None:
    for prompt in ("a red car, watercolor", "a red cat", "Ein Café"):
        put(folder, prompt)
    read(gallery)
    gallery.add_to([folder / "a red cat.png"], "Holiday pets")

    def search(text: str) -> set[str]:
        gallery.set_query(text)
        return {entry.prompt for entry in gallery.entries}

    assert search("RED") == {"a red car, watercolor", "a red cat"}
    assert search("  cat  red ") == search("holiday") == search("a red cat.png") == {"a red cat"}
    assert search("watercolour") == {"a red car, watercolor"}  # the style's name, not in the prompt
    assert search("café") == {"Ein Café"}
    assert search("red bicycle") == set()
    assert len(search("generate")) == len(search("")) == gallery.count == 3


def test_stars_and_collections_can_be_shown_alone(gallery: Gallery, folder: Path) -> None:
    paths = [put(folder, prompt) for prompt in ("a cat", "a dog", "a car")]
    read(gallery)
    gallery.toggle_star(paths[0])
    gallery.add_to(paths[1::-1], " My   pets ")
    gallery.add_to(paths[:1], "animals")
    gallery.add_to(paths[2:], "  ")
    assert gallery.collections == ("animals", "My pets")
    gallery.show("starred")
    assert found(gallery) == ["a cat.png"] and gallery.shown == "starred"
    gallery.show("collection:My pets")
    assert set(found(gallery)) == {"a cat.png", "a dog.png"}
    gallery.set_query("dog")
    assert found(gallery) == ["a dog.png"] and gallery.count == 3
    gallery.remove_from(paths[1:], "My pets")
    assert found(gallery) == [] and gallery.collections == ("animals", "My pets")
    gallery.remove_from(paths[:1], "My pets")
    assert gallery.collections == ("animals",)


def test_changes_are_told(gallery: Gallery, folder: Path, qtbot: QtBot) -> None:
    path = put(folder, "a cat")
    read(gallery)
    for act in (
        lambda: gallery.set_query("cat"),
        lambda: gallery.show("starred"),
        lambda: gallery.toggle_star(path),
        lambda: gallery.save(drawn(1), "b"),
        lambda: gallery.delete([path]),
        lambda: gallery.undo_delete(),
    ):
        with qtbot.waitSignal(gallery.changed, timeout=0):
            act()
    with qtbot.assertNotEmitted(gallery.changed):
        gallery.set_query("cat")
        gallery.show("starred")


# --- what the user thinks of them


def test_stars_and_the_rest_are_there_again_next_time(opened: Open, folder: Path) -> None:
    path = put(folder, "a cat")
    first = opened()
    first.toggle_star(path)
    first.set_kept([path], True)
    first.add_to([path], "pets")
    entry = opened().entry(path)
    assert entry and (entry.starred, entry.kept, entry.collections) == (True, True, ("pets",))
    first.toggle_star(path)
    first.set_kept([path], False)
    entry = opened().entry(path)
    assert entry and (entry.starred, entry.kept, entry.collections) == (False, False, ("pets",))


def test_a_picture_renamed_by_another_program_keeps_its_star(opened: Open, folder: Path) -> None:
    first = opened()
    path = first.save(recorded(asking()), "a cat").path
    first.save(recorded(asking(), 1), "another")
    first.toggle_star(path)
    path.rename(path.with_name("katze.png"))
    again = opened()
    assert {entry.name for entry in again.entries if entry.starred} == {"katze.png"}


def test_a_new_picture_does_not_inherit_the_star_of_an_old_name(gallery: Gallery, folder: Path) -> None:
    old = gallery.save(drawn(1), "a cat")
    gallery.toggle_star(old.path)
    gallery.delete([old.path])
    new = gallery.save(drawn(2), "a cat")
    assert new.path == old.path
    assert [entry.starred for entry in read(gallery).entries] == [False]
    gallery.undo_delete()
    assert {entry.name: entry.starred for entry in read(gallery).entries} == {
        "a-cat.png": False,
        "a-cat-2.png": True,
    }


def test_stars_of_an_earlier_version_are_taken_over(opened: Open, folder: Path) -> None:
    path = put(folder, "a cat")
    mark = {"starred": True, "kept": False, "collections": ["Pets"], "sha256": "", "length_bytes": 0}
    (folder / FILE).write_text(json.dumps({"schema": 1, "pictures": {path.name: mark}}))
    (entry,) = opened().entries
    assert entry.starred and entry.collections == ("Pets",)


def test_a_damaged_file_of_stars_is_kept_and_told(opened: Open, folder: Path, notices: Notices) -> None:
    path = put(folder, "a cat")
    (folder / FILE).write_text("{")
    opened().toggle_star(path)
    (notice,) = notices.notices
    assert "damaged" in notice.text and str(folder / FILE) in notice.remedy
    assert (folder / FILE).read_text() == "{"


def test_many_pictures_are_marked_in_one_go(gallery: Gallery, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("dalle_studio.state.gallery._MANY", 3)
    paths = [gallery.save(drawn(seed), "many").path for seed in range(6)]
    changes: list[int] = []
    gallery.changed.connect(lambda: changes.append(sum(entry.kept for entry in gallery.entries)))
    gallery.set_kept(paths, True)
    gallery.set_kept(paths[:2], False)
    assert changes == [6, 4]


def test_a_star_that_cannot_be_written_is_not_shown(
    gallery: Gallery, folder: Path, notices: Notices, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = put(folder, "a cat")
    read(gallery)

    def refuse(*_: object) -> None:
        raise CannotWrite("No.", "Wait.")

    monkeypatch.setattr(Library, "set_star", refuse)
    gallery.toggle_star(path)
    assert not gallery.entries[0].starred and told(notices) == ["No."]


# --- in


def test_a_saved_picture_is_there_at_once(gallery: Gallery, folder: Path) -> None:
    picture = recorded(asking("a cat"))
    entry = gallery.save(picture, "A red car/..!")
    assert entry.path == today(folder) / "a-red-car.png"
    assert list(gallery.entries) == [entry] and entry.sha256 == picture.sha256
    assert open_picture(entry.path).sha256 == picture.sha256
    again = read(gallery).entries[0]
    assert (again.sha256, again.prompt, again.created) == (entry.sha256, entry.prompt, entry.created)


def test_a_picture_saved_beside_the_main_thread_is_told(gallery: Gallery, qtbot: QtBot) -> None:
    with qtbot.waitSignal(gallery.saved) as saved:
        ticket = gallery.save_later(drawn(1), "a cat")
    assert saved.args == [ticket, gallery.entries[0]]


def test_a_folder_that_takes_nothing_is_told(folder: Path, opened: Open, qtbot: QtBot) -> None:
    folder.write_text("a file")
    gallery = opened()
    with pytest.raises(CannotWrite):
        gallery.save(drawn(1), "a cat")
    with qtbot.waitSignal(gallery.unsaved) as unsaved:
        ticket = gallery.save_later(drawn(1), "a cat")
    assert unsaved.args and unsaved.args[0] == ticket and isinstance(unsaved.args[1], CannotWrite)
    assert gallery.count == 0


def test_what_nobody_foresaw_is_told_with_its_trace(
    gallery: Gallery, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object) -> None:
        raise RuntimeError("a surprise")

    monkeypatch.setattr("dalle_studio.storage.pictures.library.save_picture", fail)
    with qtbot.waitSignal(gallery.unsaved) as unsaved:
        gallery.save_later(drawn(1), "a cat")
    assert unsaved.args and isinstance(unsaved.args[1], StudioError)
    assert "a surprise" in unsaved.args[1].details and "Traceback" in unsaved.args[1].details


def test_another_folder_can_be_opened(gallery: Gallery, folder: Path, tmp_path: Path) -> None:
    old = gallery.save(drawn(1), "a cat")
    put(tmp_path / "other", "a dog")
    gallery.select(old.path)
    gallery.refresh()
    gallery.save_later(drawn(2), "late")
    gallery.set_folder(tmp_path / "other")
    assert gallery.selected is None and found(gallery) == []
    gallery.finish()
    assert found(gallery) == ["a dog.png"]
    assert gallery.folder == tmp_path / "other"
    assert (today(folder) / "late.png").exists()


# --- families


def test_parents_and_children_find_each_other(opened: Open, folder: Path) -> None:
    gallery = opened()
    parent = gallery.save(recorded(asking()), "a cat")
    source = gallery.open(parent.path)
    children = [gallery.save(varied(source, seed), "variation") for seed in (5, 6)]
    lonely = gallery.save(recorded(asking("a dog"), 1), "a dog")
    for each in (gallery, opened()):  # the second knows no pixels, only names
        parent_again, child = each.entry(parent.path), each.entry(children[0].path)
        assert parent_again and child
        assert each.parents(child) == (parent_again,)
        assert {entry.path for entry in each.children(parent_again)} == {entry.path for entry in children}
        lonely_again = each.entry(lonely.path)
        assert lonely_again and each.parents(lonely_again) == each.children(lonely_again) == ()


def test_a_parent_that_is_gone_is_still_named(gallery: Gallery) -> None:
    parent = gallery.save(recorded(asking()), "a cat")
    source = gallery.open(parent.path)
    child = gallery.save(varied(source), "variation")
    grandchild = gallery.save(varied(gallery.open(child.path), 7), "variation")
    gallery.delete([parent.path, child.path])
    assert gallery.parents(grandchild) == (Parent("variation.png", child.sha256),)
    assert gallery.parents(child) == (Parent("a-cat.png", source.sha256),)
    assert gallery.children(child) == (grandchild,)
    assert gallery.children(parent) == ()
    gallery.undo_delete()
    assert gallery.children(parent) == (child,)


# --- out


def test_the_selection_moves_on_when_its_picture_is_deleted(gallery: Gallery, folder: Path) -> None:
    a, b, c = (put(folder, name, created=f"2026-01-0{4 - i}T00:00:00Z") for i, name in enumerate("abc"))
    read(gallery).select(b)
    gallery.delete([b])
    assert gallery.selected and gallery.selected.path == c
    gallery.delete([c])
    assert gallery.selected and gallery.selected.path == a
    gallery.delete([a])
    assert gallery.selected is None
    gallery.select(a)
    assert gallery.selected is None


def test_deleted_pictures_are_in_the_trash_and_come_back(
    gallery: Gallery, folder: Path, notices: Notices, trash: Path
) -> None:
    cat, dog = put(folder, "a cat"), put(folder, "a dog")
    read(gallery).toggle_star(cat)
    before = {path: path.read_bytes() for path in (cat, dog)}
    gallery.delete([cat, dog, cat, folder / "nothing.png"])
    assert gallery.count == 0 and not cat.exists()
    assert sorted(path.name for path in (trash / "files").iterdir()) == ["a cat.png", "a dog.png"]
    (notice,) = notices.notices
    assert "2 pictures" in notice.text and notice.action == "Undo"
    notices.act(notice.number)
    assert {path: path.read_bytes() for path in (cat, dog)} == before
    assert list((trash / "info").iterdir()) == []
    entry = gallery.entry(cat)
    assert gallery.count == 2 and entry and entry.starred
    gallery.undo_delete()
    assert gallery.count == 2


def test_without_a_trash_they_go_to_a_folder_beside(
    gallery: Gallery, folder: Path, tmp_path: Path, notices: Notices
) -> None:
    (tmp_path / "data").write_text("no folder, so no trash")
    first = gallery.save(drawn(1), "a cat").path
    gallery.delete([first])
    second = gallery.save(drawn(2), "a cat").path
    gallery.delete([second])
    assert sorted(path.name for path in (today(folder) / ".trash").iterdir()) == ["a-cat-2.png", "a-cat.png"]
    assert read(gallery).count == 0
    gallery.undo_delete()
    gallery.undo_delete()
    assert {open_picture(entry.path).sha256 for entry in gallery.entries} == {
        drawn(1).sha256,
        drawn(2).sha256,
    }


def test_a_picture_that_cannot_be_deleted_stays(
    gallery: Gallery, folder: Path, tmp_path: Path, notices: Notices
) -> None:
    (tmp_path / "data").write_text("no trash")
    path = gallery.save(drawn(1), "a cat").path
    (today(folder) / ".trash").write_text("no folder either")
    gallery.delete([path])
    assert path.exists() and gallery.count == 1
    assert [notice.level for notice in notices.notices] == [Level.ERROR]


def test_what_cannot_come_back_can_be_tried_again(
    gallery: Gallery, folder: Path, notices: Notices, trash: Path
) -> None:
    path = gallery.save(drawn(1), "a cat").path
    gallery.delete([path])
    (trash / "files").rename(trash / "away")
    gallery.undo_delete()
    assert gallery.count == 0 and notices.notices[-1].level is Level.ERROR
    (trash / "away").rename(trash / "files")
    gallery.undo_delete()
    assert found(gallery) == ["a-cat.png"]
