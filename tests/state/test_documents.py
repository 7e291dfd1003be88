"""Projects: saved and opened they are the same, and nothing that was not saved is given up for another."""

from __future__ import annotations

from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from dalle_studio.core.request import Intent
from dalle_studio.state.notices import Level
from dalle_studio.state.studio import Studio
from dalle_studio.storage import durable
from dalle_studio.storage.openraster import open_project
from tests.state.desks import Start, everything, picture_file, start, told, work_on
from tests.storage.test_project import full_disk

__all__ = ["start"]


def settle(studio: Studio, qtbot: QtBot) -> None:
    """Until everything is read, written and set aside."""
    studio.files.finish()
    studio.documents.session._background.finish()
    studio.files.finish()


def saved(studio: Studio, path: Path) -> bytes:
    studio.documents.save(path)
    studio.files.finish()
    return path.read_bytes()


def test_what_is_saved_is_opened_again(start: Start, home: Path, qtbot: QtBot) -> None:
    studio = start()
    work_on(studio, picture_file(home))
    studio.canvas.set_intent(Intent.REMOVE)
    before = everything(studio)
    saved(studio, home / "night.ora")
    assert not studio.documents.is_changed and studio.documents.name == "night"
    other = start()
    other.open(home / "night.ora")
    settle(other, qtbot)
    assert everything(other) == before and not other.documents.is_changed
    assert other.documents.file == home / "night.ora" and other.history.undo_label is None
    assert other.preferences.value.recent == (str(home / "night.ora"), str(home / "painting.png"))


def test_every_change_can_be_saved_and_taking_it_back_is_none(start: Start, home: Path) -> None:
    studio = start()
    documents = studio.documents
    assert not documents.is_changed
    studio.composer.set_text("a cat")
    assert documents.is_changed
    studio.history.undo()
    assert not documents.is_changed
    work_on(studio, picture_file(home))
    saved(studio, home / "a.ora")
    for change in (
        lambda: studio.canvas.set_prompt(1, "a cat"),
        lambda: studio.canvas.invert(),
        lambda: studio.canvas.set_intent(Intent.BACKGROUND),
        lambda: studio.canvas.remove_region(1),
        lambda: studio.canvas.set_frame_format(3.0),
        lambda: studio.composer.change(count=2),
        lambda: studio.composer.add_block("who", "a fox"),
    ):
        change()
        assert documents.is_changed, change
        documents.save()
        studio.files.finish()
        assert not documents.is_changed


def test_what_is_no_work_is_no_change(start: Start, home: Path) -> None:
    studio = start()
    studio.open(picture_file(home))
    studio.files.finish()
    saved(studio, home / "a.ora")
    studio.canvas.set_brush_px(9)
    studio.canvas.set_compare(studio.canvas.picture)
    studio.composer.sampling()  # rolls a seed
    studio.composer.remember()
    assert not studio.documents.is_changed
    studio.composer.change(seed_locked=True)
    assert studio.documents.is_changed


def test_a_change_during_a_save_stays_to_be_saved(start: Start, home: Path) -> None:
    studio = start()
    studio.composer.set_text("a cat")
    studio.documents.save(home / "a.ora")
    studio.composer.set_text("a cat and a dog")
    studio.files.finish()
    assert studio.documents.is_changed
    assert open_project(home / "a.ora").project.composition["text"] == "a cat"


def test_save_keeps_the_version_before(start: Start, home: Path) -> None:
    studio = start()
    studio.composer.set_text("first")
    first = saved(studio, home / "a.ora")
    studio.composer.set_text("second")
    studio.documents.save()
    studio.files.finish()
    assert (home / "a.ora~").read_bytes() == first
    studio.documents.new()
    studio.open(home / "a.ora~")
    studio.files.finish()
    assert studio.composer.value.text == "first"


def test_a_new_project_sets_aside_what_was_not_saved(start: Start, home: Path, qtbot: QtBot) -> None:
    studio = start()
    work_on(studio, picture_file(home))
    studio.composer.change(count=7)
    before = everything(studio)
    studio.documents.new()
    settle(studio, qtbot)
    assert studio.canvas.picture is None and studio.composer.value.sentence == ""
    assert studio.composer.value.count == 7 and studio.canvas.brush_px == 20  # how it is drawn stays
    assert not studio.documents.is_changed and studio.history.undo_label is None
    notice = told(studio, "kept")
    assert notice and notice.text == "What was not saved of “painting.png” is kept."
    studio.notices.act(notice.number)
    qtbot.waitUntil(lambda: studio.canvas.picture is not None)
    assert everything(studio) == before and studio.documents.is_changed


def test_opening_sets_aside_what_was_not_saved(start: Start, home: Path, qtbot: QtBot) -> None:
    studio = start()
    studio.composer.set_text("a castle")
    saved(studio, home / "castle.ora")
    studio.documents.new()
    work_on(studio, picture_file(home))
    studio.open(home / "castle.ora")
    settle(studio, qtbot)
    assert studio.composer.value.text == "a castle" and told(studio, "kept")
    qtbot.waitUntil(lambda: [work.name for work in studio.recovery.works] == ["painting.png"])
    studio.open(home / "castle.ora")  # where nothing changed, nothing is set aside
    settle(studio, qtbot)
    assert len(studio.recovery.works) == 1


def test_two_projects_opened_at_once_lose_nothing(start: Start, home: Path, qtbot: QtBot) -> None:
    studio = start()
    for name in ("one", "two"):
        studio.composer.set_text(name)
        saved(studio, home / f"{name}.ora")
    studio.composer.set_text("not saved")
    studio.open(home / "one.ora")
    studio.open(home / "two.ora")
    settle(studio, qtbot)
    assert studio.composer.value.text == "two" and studio.documents.file == home / "two.ora"
    qtbot.waitUntil(lambda: [work.sentence for work in studio.recovery.works] == ["not saved"])


def test_where_it_cannot_be_set_aside_it_stays(
    start: Start, home: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    studio = start()
    work_on(studio, picture_file(home))
    before = everything(studio)
    with monkeypatch.context() as patch:
        patch.setattr(durable.os, "fsync", full_disk)
        studio.documents.new()
        settle(studio, qtbot)
    assert everything(studio) == before and studio.documents.is_changed
    notice = told(studio, "journal")
    assert notice and notice.level is Level.ERROR and "cannot be kept safe" in notice.text
    assert notice.remedy.startswith("Free some space")


def test_a_full_disk_is_told_when_a_project_is_saved(
    start: Start, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    studio = start()
    studio.composer.set_text("first")
    first = saved(studio, home / "a.ora")
    studio.composer.set_text("second")
    with monkeypatch.context() as patch:
        patch.setattr(durable.os, "fsync", full_disk)
        studio.documents.save()
        studio.files.finish()
    notice = told(studio, "save")
    assert notice and notice.level is Level.ERROR and notice.remedy.startswith("Free some space")
    assert studio.documents.is_changed and (home / "a.ora").read_bytes() == first


def damage(path: Path) -> None:
    """Scratch the members that hold the picture."""
    data = bytearray(path.read_bytes())
    start, found = 0, 0
    while (place := data.find(b"IDAT", start)) >= 0:
        data[place + 6] ^= 255
        start, found = place + 4, found + 1
    assert found
    path.write_bytes(data)


def test_of_a_damaged_project_the_rest_is_opened_and_the_file_is_spared(
    start: Start, home: Path, qtbot: QtBot
) -> None:
    studio, path = start(), home / "night.ora"
    work_on(studio, picture_file(home))
    saved(studio, path)
    damage(path)
    damaged = path.read_bytes()
    other = start()
    other.open(path)
    settle(other, qtbot)
    assert other.composer.value.text == "a red car"
    notice = told(other, "open")
    assert notice and notice.level is Level.WARNING and "Lost: the picture" in notice.text
    assert "Save writes a new one" in notice.remedy
    documents = other.documents
    assert documents.file is None and documents.suggested == home / "night (recovered).ora"
    documents.save()  # asks for a name first
    documents.save(path)
    other.files.finish()
    refused = told(other, "save")
    assert refused and refused.level is Level.ERROR and path.read_bytes() == damaged
    saved(other, documents.suggested)
    assert documents.file == home / "night (recovered).ora" and path.read_bytes() == damaged
    assert documents.file and open_project(documents.file).is_whole


def test_a_file_that_is_no_project_changes_nothing(start: Start, home: Path) -> None:
    studio = start()
    work_on(studio, picture_file(home))
    before = everything(studio)
    (home / "bad.ora").write_bytes(b"no project")
    for name in ("bad.ora", "gone.ora"):
        studio.preferences.add_recent(home / name)
        studio.open(home / name)
        studio.files.finish()
        notice = told(studio, "open")
        assert notice and name in notice.text and notice.remedy
        studio.notices.dismiss(notice.number)
    assert everything(studio) == before
    assert studio.preferences.value.recent == tuple(str(home / name) for name in ("bad.ora", "painting.png"))


def test_the_ending_is_added_and_a_name_suggested(start: Start, home: Path) -> None:
    studio = start()
    assert studio.documents.suggested == Path.home() / "untitled.ora"
    studio.open(picture_file(home))
    studio.files.finish()
    assert studio.documents.suggested.name == "painting.ora"
    studio.documents.save(home / "my.work")
    studio.files.finish()
    assert studio.documents.file == home / "my.work.ora" and (home / "my.work.ora").exists()


def test_pictures_made_for_a_project_before_do_not_come_to_the_new_one(start: Start, qtbot: QtBot) -> None:
    studio = start()
    studio.composer.set_text("a cat")
    studio.generate()
    studio.documents.new()
    qtbot.waitUntil(lambda: not studio.jobs.jobs and len(studio.gallery.entries) == 4)
    settle(studio, qtbot)
    assert studio.canvas.picture is None and len(studio.candidates.candidates) == 4


def test_closing_right_after_save_leaves_nothing_to_recover(start: Start, home: Path, qtbot: QtBot) -> None:
    studio = start()
    work_on(studio, picture_file(home))
    studio.documents.save(home / "a.ora")
    studio.close()
    assert open_project(home / "a.ora").is_whole
    other = start()
    other.recovery.look()
    settle(other, qtbot)
    assert other.recovery.works == ()
