"""The door for messages: what is shown, what takes whose place, what goes."""

from __future__ import annotations

from pytestqt.qtbot import QtBot

from dalle_studio.core.errors import InvalidRequest
from dalle_studio.state.notices import MAX_NOTICES, Level, Notices


def texts(notices: Notices) -> list[str]:
    return [notice.text for notice in notices.notices]


def test_a_message_is_shown_whole(qtbot: QtBot) -> None:
    notices = Notices()
    with qtbot.waitSignal(notices.changed):
        number = notices.tell(
            "Saved.", key="save", level=Level.DONE, remedy="Look.", details="here", action="Undo"
        )
    (notice,) = notices.notices
    assert (notice.number, notice.text, notice.key, notice.level) == (number, "Saved.", "save", Level.DONE)
    assert (notice.remedy, notice.details, notice.action) == ("Look.", "here", "Undo")


def test_the_newest_stands_last_and_the_oldest_goes(qtbot: QtBot) -> None:
    notices = Notices()
    numbers = [notices.tell(str(number)) for number in range(MAX_NOTICES + 2)]
    assert texts(notices) == ["2", "3", "4", "5", "6"]
    assert len(set(numbers)) == len(numbers)


def test_a_message_takes_the_place_of_one_with_its_key(qtbot: QtBot) -> None:
    notices = Notices()
    for text, key in (("old", "save"), ("other", "open"), ("plain", ""), ("new", "save"), ("plain", "")):
        notices.tell(text, key=key)
    assert texts(notices) == ["other", "plain", "new", "plain"]


def test_an_error_comes_with_its_remedy(qtbot: QtBot) -> None:
    notices = Notices()
    notices.tell_error(InvalidRequest("It cannot be made.", "Ask for less.", "trace"), key="make")
    (notice,) = notices.notices
    assert (notice.level, notice.text, notice.remedy, notice.details, notice.key) == (
        Level.ERROR,
        "It cannot be made.",
        "Ask for less.",
        "trace",
        "make",
    )


def test_dismissing_takes_one_away_and_what_is_gone_stays_gone(qtbot: QtBot) -> None:
    notices = Notices()
    first, second = notices.tell("first"), notices.tell("second")
    notices.dismiss(first)
    assert texts(notices) == ["second"]
    with qtbot.assertNotEmitted(notices.changed):
        notices.dismiss(first)
    notices.dismiss(second)
    assert not notices.notices


def test_pressing_the_button_tells_the_key_and_takes_the_message_away(qtbot: QtBot) -> None:
    notices = Notices()
    number = notices.tell("Deleted.", key="delete", action="Undo")
    with qtbot.waitSignal(notices.acted) as caught:
        notices.act(number)
    assert caught.args == ["delete"]
    assert not notices.notices


def test_what_has_no_button_cannot_be_pressed(qtbot: QtBot) -> None:
    notices = Notices()
    number = notices.tell("Saved.", key="save")
    with qtbot.assertNotEmitted(notices.acted):
        notices.act(number)
        notices.act(number + 1)
    assert texts(notices) == ["Saved."]


def test_a_message_is_told_in_other_words_and_keeps_its_number(qtbot: QtBot) -> None:
    notices = Notices()
    number = notices.tell("1 of 9", action="Stop", lasts=True)
    notices.tell("Saved.")
    notices.retell(number, "2 of 9")
    notices.retell(number + 5, "nothing")
    assert texts(notices) == ["2 of 9", "Saved."]
    assert (notices.notices[0].number, notices.notices[0].lasts) == (number, True)
