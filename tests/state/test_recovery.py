"""Recovery: what one studio left is offered by the next, brought back whole, kept for later, or discarded."""

from __future__ import annotations

from pathlib import Path

from pytestqt.qtbot import QtBot

from dalle_studio.state.recovery import Recovery
from dalle_studio.state.studio import Studio
from tests.state.desks import Start, everything, picture_file, start, told, work_on

__all__ = ["start"]


def left_open(start: Start, home: Path, text: str = "") -> dict[str, object]:
    """A studio that is closed without saving."""
    studio = start()
    if text:
        studio.composer.set_text(text)
    else:
        work_on(studio, picture_file(home))
    before = everything(studio)
    studio.close()
    return before


def found(studio: Studio, qtbot: QtBot) -> Recovery:
    studio.recovery.look()
    qtbot.waitUntil(
        lambda: bool(studio.recovery.works) and all(work.is_read for work in studio.recovery.works)
    )
    return studio.recovery


def sessions(home: Path) -> list[Path]:
    return list((home / "data" / "sessions").glob("*/journal.json"))


def test_what_was_left_is_offered_and_comes_back_whole(start: Start, home: Path, qtbot: QtBot) -> None:
    before = left_open(start, home)
    studio = start()
    recovery = found(studio, qtbot)
    assert recovery.is_open
    (work,) = recovery.works
    assert (work.name, work.sentence, work.regions) == ("painting.png", "a red car", 1)
    assert work.picture and work.picture.size.wh == (96, 64) and work.left.size_bytes > 1000
    recovery.restore(work)
    qtbot.waitUntil(lambda: studio.canvas.picture is not None)
    assert everything(studio) == before and studio.documents.is_changed
    assert not recovery.is_open and recovery.works == ()
    studio.close()  # it is kept until it is saved
    studio = start()
    (work,) = found(studio, qtbot).works
    studio.recovery.restore(work)
    qtbot.waitUntil(lambda: studio.canvas.picture is not None)
    studio.documents.save(home / "a.ora")
    studio.close()
    assert sessions(home) == []


def test_a_project_comes_back_with_its_file(start: Start, home: Path, qtbot: QtBot) -> None:
    studio = start()
    studio.composer.set_text("a castle")
    studio.documents.save(home / "castle.ora")
    studio.files.finish()
    studio.composer.set_text("a castle at night")
    studio.close()
    studio = start()
    (work,) = found(studio, qtbot).works
    assert work.name == "castle" and work.left.file == home / "castle.ora"
    studio.recovery.restore(work)
    qtbot.waitUntil(lambda: studio.documents.file == home / "castle.ora")
    assert studio.composer.value.text == "a castle at night" and studio.documents.is_changed


def test_where_nothing_was_left_nothing_is_shown(start: Start, home: Path, qtbot: QtBot) -> None:
    start().close()
    studio = start()
    studio.composer.set_text("a cat")
    studio.history.undo()
    studio.close()
    studio = start()
    studio.recovery.look()
    studio.documents.session._background.finish()
    assert not studio.recovery.is_open and studio.recovery.works == ()


def test_a_running_studio_is_never_recovered(start: Start, home: Path, qtbot: QtBot) -> None:
    running = start()
    work_on(running, picture_file(home))
    qtbot.waitUntil(lambda: len(sessions(home)) == 1)
    other = start()
    other.recovery.look()
    other.documents.session._background.finish()
    assert other.recovery.works == ()


def test_later_keeps_it_for_this_start_and_the_next(start: Start, home: Path, qtbot: QtBot) -> None:
    left_open(start, home, "a fox")
    studio = start()
    recovery = found(studio, qtbot)
    recovery.later()
    assert not recovery.is_open and len(recovery.works) == 1
    recovery.open()
    assert recovery.is_open
    studio.close()
    assert [work.sentence for work in found(start(), qtbot).works] == ["a fox"]


def test_the_list_gives_way_to_a_picture(start: Start, home: Path, qtbot: QtBot) -> None:
    left_open(start, home, "a fox")
    studio = start()
    recovery = found(studio, qtbot)
    studio.composer.set_text("a cat")
    assert recovery.is_open
    studio.open(picture_file(home))
    studio.files.finish()
    assert not recovery.is_open and len(recovery.works) == 1
    recovery.open()
    assert recovery.is_open  # over that picture


def test_discarding_can_be_undone_until_the_end(start: Start, home: Path, qtbot: QtBot) -> None:
    left_open(start, home, "a fox")
    left_open(start, home, "a cat")
    studio = start()
    recovery = found(studio, qtbot)
    for work in recovery.works:
        recovery.discard(work)
    assert recovery.works == () and not recovery.is_open
    notice = told(studio, "discarded")
    assert notice and notice.text == "Discarded “a fox”."
    studio.notices.act(notice.number)
    assert [work.sentence for work in recovery.works] == ["a fox"] and recovery.is_open
    assert len(sessions(home)) == 2
    studio.close()
    assert len(sessions(home)) == 1
    assert [work.sentence for work in found(start(), qtbot).works] == ["a fox"]


def test_what_is_restored_is_not_deleted_though_it_was_discarded_meanwhile(
    start: Start, home: Path, qtbot: QtBot
) -> None:
    left_open(start, home, "a fox")
    studio = start()
    recovery = found(studio, qtbot)
    (work,) = recovery.works
    recovery.restore(work)
    recovery.discard(work)
    qtbot.waitUntil(lambda: studio.composer.value.text == "a fox")
    studio.close()
    assert len(sessions(home)) == 1


def test_what_is_on_the_canvas_changes_places_with_what_is_restored(
    start: Start, home: Path, qtbot: QtBot
) -> None:
    left_open(start, home, "a fox")
    studio = start()
    recovery = found(studio, qtbot)
    studio.composer.set_text("a cat")
    recovery.restore(recovery.works[0])
    qtbot.waitUntil(lambda: [work.sentence for work in recovery.works] == ["a cat"])
    assert studio.composer.value.text == "a fox"
    recovery.restore(recovery.works[0])
    qtbot.waitUntil(lambda: [work.sentence for work in recovery.works] == ["a fox"])
    assert studio.composer.value.text == "a cat"


def test_a_damaged_journal_is_told_and_can_be_discarded(start: Start, home: Path, qtbot: QtBot) -> None:
    left_open(start, home, "a fox")
    sessions(home)[0].write_bytes(b"{")
    studio = start()
    recovery = found(studio, qtbot)
    (work,) = recovery.works
    assert work.name == "Untitled" and work.picture is None
    recovery.restore(work)
    qtbot.waitUntil(lambda: told(studio, "restore") is not None)
    assert studio.composer.value.text == "" and len(recovery.works) == 1
    recovery.discard(work)
    studio.close()
    assert sessions(home) == []


def test_what_is_lost_of_a_journal_is_told(start: Start, home: Path, qtbot: QtBot) -> None:
    left_open(start, home)
    for path in (home / "data" / "sessions").glob("*/objects/*"):
        if path.stat().st_size > 10_000:  # the picture
            path.write_bytes(b"scratched")
    studio = start()
    recovery = found(studio, qtbot)
    recovery.restore(recovery.works[0])
    qtbot.waitUntil(lambda: told(studio, "restore") is not None)
    notice = told(studio, "restore")
    assert notice and "the picture" in notice.text and studio.composer.value.text == "a red car"
