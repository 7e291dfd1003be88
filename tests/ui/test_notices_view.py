"""Toasts: where they stand, what they say, which go by themselves."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QEvent, QPointF, Qt
from PySide6.QtGui import QEnterEvent, QGuiApplication
from PySide6.QtWidgets import QAbstractButton, QApplication, QLabel, QWidget
from pytestqt.qtbot import QtBot

from dalle_studio.core.errors import OutOfMemory
from dalle_studio.state.notices import Level, Notices
from dalle_studio.ui.notices_view import NoticesView, Toast
from dalle_studio.ui.theme import Theme

AREA = (800, 600)


@pytest.fixture
def notices(qtbot: QtBot) -> Notices:
    return Notices()


@pytest.fixture
def view(qtbot: QtBot, notices: Notices, theme: Theme) -> NoticesView:
    area = QWidget()
    qtbot.addWidget(area)
    area.resize(*AREA)
    view = NoticesView(notices, theme, area)
    area.show()
    return view


def toasts(view: NoticesView) -> list[Toast]:
    return sorted((toast for toast in view.findChildren(Toast) if toast.isVisible()), key=lambda t: t.y())


def press(qtbot: QtBot, toast: Toast, name: str) -> None:
    button = toast.findChild(QAbstractButton, name)
    assert button is not None
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)


def words(toast: Toast) -> list[str]:
    return [label.text() for label in toast.findChildren(QLabel) if label.text()]


def test_nothing_is_in_the_way_without_messages(view: NoticesView) -> None:
    assert not view.isVisible()


def test_messages_stand_in_the_lower_right_the_newest_last(view: NoticesView, notices: Notices) -> None:
    notices.tell("First.")
    notices.tell("Second.", remedy="Do this.")
    assert [words(toast) for toast in toasts(view)] == [["First."], ["Second.", "Do this."]]
    last = toasts(view)[-1]
    assert view.geometry().right() < AREA[0]
    assert AREA[0] - view.mapToParent(last.geometry().topRight()).x() < 30
    assert AREA[1] - view.mapToParent(last.geometry().bottomRight()).y() < 30
    assert last.height() > 40


def test_they_stay_in_the_corner_of_a_resized_window(view: NoticesView, notices: Notices) -> None:
    notices.tell("First.")
    area = view.parentWidget()
    assert area is not None
    area.resize(1200, 900)
    assert 1200 - view.geometry().right() < 30
    area.resize(200, 300)
    assert view.geometry().left() >= 0


def test_long_words_wrap_into_a_higher_card(view: NoticesView, notices: Notices) -> None:
    notices.tell("Short.")
    notices.tell("A sentence that is so long that it does not fit into one line of a card. " * 3)
    short, long = toasts(view)
    assert long.height() > short.height() + 30
    assert long.width() == short.width()


def test_closing_and_the_same_key_take_a_message_away(
    qtbot: QtBot, view: NoticesView, notices: Notices
) -> None:
    notices.tell("Half done.", key="export")
    notices.tell("Done.", key="export")
    (toast,) = toasts(view)
    assert words(toast) == ["Done."]
    press(qtbot, toast, "notice_close")
    assert notices.notices == ()
    assert not view.isVisible()


def test_the_action_is_told(qtbot: QtBot, view: NoticesView, notices: Notices) -> None:
    notices.tell("Moved a picture to the trash.", key="delete", action="Undo")
    with qtbot.waitSignal(notices.acted) as acted:
        press(qtbot, toasts(view)[0], "notice_action")
    assert acted.args == ["delete"]
    assert toasts(view) == []


def test_details_are_copied_with_the_sentence(qtbot: QtBot, view: NoticesView, notices: Notices) -> None:
    notices.tell_error(OutOfMemory("Not enough memory.", "Choose a smaller format.", "line 1"))
    press(qtbot, toasts(view)[0], "notice_copy")
    assert QGuiApplication.clipboard().text() == "Not enough memory.\n\nChoose a smaller format.\n\nline 1"
    assert len(toasts(view)) == 1


def test_without_details_or_action_there_is_no_button_for_them(view: NoticesView, notices: Notices) -> None:
    notices.tell("Plain.")
    names = [button.objectName() for button in toasts(view)[0].findChildren(QAbstractButton)]
    assert names == ["notice_close"]


@pytest.mark.parametrize(
    ("level", "passes"),
    [(Level.INFO, True), (Level.DONE, True), (Level.WARNING, False), (Level.ERROR, False)],
)
def test_only_what_informs_goes_by_itself(
    view: NoticesView, notices: Notices, level: Level, passes: bool
) -> None:
    notices.tell("Something.", level=level)
    assert toasts(view)[0].is_passing == passes


def test_a_message_whose_time_is_over_is_dismissed(
    qtbot: QtBot, view: NoticesView, notices: Notices, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("dalle_studio.ui.notices_view.STAY_MS", 1)
    notices.tell("Going.")
    notices.tell("Staying.", level=Level.ERROR)
    qtbot.waitUntil(lambda: [notice.text for notice in notices.notices] == ["Staying."])
    assert [words(toast) for toast in toasts(view)] == [["Staying."]]


def test_the_mouse_holds_a_message(view: NoticesView, notices: Notices) -> None:
    notices.tell("Read me.")
    toast = toasts(view)[0]
    QApplication.sendEvent(toast, QEnterEvent(QPointF(), QPointF(), QPointF()))
    assert not toast.is_passing
    QApplication.sendEvent(toast, QEvent(QEvent.Type.Leave))
    assert toast.is_passing


def test_the_keyboard_holds_a_message(qtbot: QtBot, view: NoticesView, notices: Notices) -> None:
    notices.tell("Read me.", action="Undo", key="x")
    toast = toasts(view)[0]
    button = toast.findChild(QAbstractButton, "notice_action")
    assert button is not None
    view.activateWindow()
    button.setFocus()
    qtbot.waitUntil(button.hasFocus)
    assert not toast.is_passing
    button.clearFocus()
    assert toast.is_passing


def test_screen_readers_hear_level_and_sentence(view: NoticesView, notices: Notices) -> None:
    notices.tell("The disk is full.", level=Level.ERROR, remedy="Free some space.")
    toast = toasts(view)[0]
    assert toast.accessibleName() == "Error: The disk is full."
    assert toast.accessibleDescription() == "Free some space."


def test_what_goes_on_stays_and_its_words_change_in_place(view: NoticesView, notices: Notices) -> None:
    number = notices.tell("1 of 9 …", action="Stop", lasts=True)
    (toast,) = toasts(view)
    notices.retell(number, "2 of 9, which is a longer sentence than before, so that it needs more lines …")
    assert toasts(view) == [toast] and words(toast)[0].startswith("2 of 9") and not toast.is_passing
    assert toast.accessibleName().startswith("Information: 2 of 9")
    notices.dismiss(number)
    notices.retell(number, "3 of 9 …")
    assert toasts(view) == []
