"""The end of what scrolls fades out while there is more below."""

from __future__ import annotations

from PySide6.QtWidgets import QScrollArea, QWidget
from pytestqt.qtbot import QtBot

from dalle_studio.ui.fade import HEIGHT_PX, Fade
from dalle_studio.ui.theme import Theme


def test_it_lies_at_the_lower_end_while_there_is_more_below(qtbot: QtBot, theme: Theme) -> None:
    area, content = QScrollArea(), QWidget()
    qtbot.addWidget(area)
    content.resize(100, 600)
    area.setWidget(content)
    fade = Fade(area, theme)
    area.resize(140, 200)
    area.show()
    below = area.viewport().geometry().bottom()
    assert fade.isVisible() and (fade.geometry().bottom(), fade.height()) == (below, HEIGHT_PX)
    area.verticalScrollBar().setValue(area.verticalScrollBar().maximum())
    assert not fade.isVisible()
    area.verticalScrollBar().setValue(0)
    area.resize(140, 700)
    assert not fade.isVisible()
