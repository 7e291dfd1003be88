"""Motion: short where it is wanted, and none where nobody looks on."""

from __future__ import annotations

import pytest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from dalle_studio.ui import motion
from dalle_studio.ui.motion import Motion


@pytest.fixture
def widget(qtbot: QtBot) -> QWidget:
    widget = QWidget()
    qtbot.addWidget(widget)
    widget.show()
    return widget


def test_off_screen_everything_is_at_its_end_at_once(widget: QWidget) -> None:
    turning = Motion(widget)
    turning.begin()
    assert turning.share == 1 and turning.state() is Motion.State.Stopped


def test_motion_begins_at_nothing_and_comes_to_its_end(
    qtbot: QtBot, widget: QWidget, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(motion, "may_move", lambda _: True)
    turning = Motion(widget)
    assert turning.share == 1
    with qtbot.waitSignal(turning.finished):
        turning.begin()
        assert turning.share < 0.5
    assert turning.share == 1
