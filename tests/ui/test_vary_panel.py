"""How far, and a second picture: the panel that stands there while a picture can be varied."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QImage
from PySide6.QtTest import QSignalSpy
from PySide6.QtWidgets import QAbstractButton
from pytestqt.qtbot import QtBot

from dalle_studio.core.model import Model
from dalle_studio.core.request import Keep, Vary
from dalle_studio.state.stroke import Tool
from dalle_studio.state.studio import Studio
from dalle_studio.storage.library import save_picture
from dalle_studio.ui.theme import Theme
from dalle_studio.ui.vary_panel import VaryPanel
from tests.scripted import ScriptedEngine, drawn

LEFT = Qt.MouseButton.LeftButton


@pytest.fixture
def engine() -> ScriptedEngine:
    return ScriptedEngine()


@pytest.fixture
def studio(qtbot: QtBot, engine: ScriptedEngine, starter: Model, tmp_path: Path) -> Iterator[Studio]:
    studio = Studio(engine, starter, None, tmp_path / "gallery")
    yield studio
    studio.close()


@pytest.fixture
def panel(qtbot: QtBot, studio: Studio, theme: Theme) -> VaryPanel:
    panel = VaryPanel(studio, theme)
    qtbot.addWidget(panel)
    panel.resize(308, 150)
    return panel


def drop(panel: VaryPanel, data: QMimeData) -> None:
    where, keys = QPointF(20, 20), Qt.KeyboardModifier.NoModifier
    copy = Qt.DropAction.CopyAction
    enter = QDragEnterEvent(where.toPoint(), copy, data, LEFT, keys)
    panel.dragEnterEvent(enter)
    assert enter.isAccepted()
    panel.dropEvent(QDropEvent(where, copy, data, LEFT, keys))


def test_it_is_there_while_a_picture_can_be_varied(panel: VaryPanel, studio: Studio) -> None:
    assert panel.isHidden()
    studio.show(drawn(1))
    assert not panel.isHidden()
    studio.canvas.set_frame_format(3.0)
    assert panel.isHidden()
    studio.canvas.set_frame_format(None)
    studio.canvas.set_tool(Tool.MARKER)
    assert not panel.isHidden(), "a tool alone prepares nothing"
    studio.canvas.press(20, 20)
    studio.canvas.release(20, 20)
    assert panel.isHidden()
    studio.canvas.clear()
    assert not panel.isHidden()


def test_one_click_varies_as_far_as_the_slider_says(
    qtbot: QtBot, panel: VaryPanel, studio: Studio, engine: ScriptedEngine
) -> None:
    studio.composer.set_text("a boat")
    studio.show(drawn(1))
    panel.how_far.slider.setValue(80)
    qtbot.mouseClick(panel.vary, LEFT)
    qtbot.waitUntil(lambda: not studio.jobs.jobs and bool(engine.requests))
    (request,) = engine.requests
    assert isinstance(request, Vary) and request.how_far == 0.8


def test_what_is_chosen_is_kept_and_can_be_undone(
    qtbot: QtBot, panel: VaryPanel, studio: Studio, engine: ScriptedEngine
) -> None:
    studio.show(drawn(1))
    assert panel.keep.value == Keep.FREE
    for keep in (Keep.LAYOUT, Keep.SUBJECT):
        qtbot.mouseClick(panel.keep.button(keep), LEFT)
    studio.vary()
    qtbot.waitUntil(lambda: not studio.jobs.jobs and bool(engine.requests))
    (request,) = engine.requests
    assert isinstance(request, Vary) and request.keep is Keep.SUBJECT
    studio.history.undo()
    assert studio.composer.value.keep is Keep.LAYOUT and panel.keep.value == Keep.LAYOUT


def test_every_choice_says_what_it_keeps_and_fits(panel: VaryPanel, studio: Studio) -> None:
    studio.show(drawn(1))
    panel.show()
    buttons = [panel.keep.button(keep) for keep in Keep]
    assert len({button.toolTip() for button in buttons}) == len(buttons)
    for button in buttons:
        button.click()
        assert button.fontMetrics().horizontalAdvance(button.text()) <= button.width()


def test_no_two_buttons_say_the_same(panel: VaryPanel, studio: Studio) -> None:
    studio.show(drawn(1))
    assert panel.vary.isHidden()  # the primary button varies
    studio.composer.set_text("a boat")
    assert not panel.vary.isHidden()


def test_what_changes_elsewhere_is_shown(panel: VaryPanel, studio: Studio) -> None:
    studio.composer.change(how_far=0.1, keep=Keep.PALETTE)
    assert panel.how_far.figure.value() == 10 and panel.keep.value == Keep.PALETTE
    studio.show(drawn(1))
    studio.blend_with(drawn(2))
    studio.set_mix(0.25)
    assert panel.mix.value() == 25 and panel.vary.text() == "Blend"


def test_a_second_picture_comes_and_goes(qtbot: QtBot, panel: VaryPanel, studio: Studio) -> None:
    chosen = QSignalSpy(panel.choose_wanted)
    studio.show(drawn(1))
    assert panel.mix.isHidden() and panel.second.isHidden()
    qtbot.mouseClick(panel.choose, LEFT)
    assert chosen.count() == 1
    studio.blend_with(drawn(2))
    assert panel.choose.isHidden() and not panel.first.isHidden() and not panel.second.isHidden()
    panel.mix.setValue(90)
    assert studio.blend and studio.blend.mix == 0.9
    qtbot.mouseClick(panel.end, LEFT)
    assert studio.blend is None and panel.mix.isHidden() and not panel.choose.isHidden()


def test_both_pictures_are_shown_at_the_ends(panel: VaryPanel, studio: Studio) -> None:
    studio.show(drawn(1))
    studio.blend_with(drawn(2))
    shown = [end.grab().toImage() for end in (panel.first, panel.second)]
    assert shown[0] != shown[1]
    studio.show(drawn(2))
    assert panel.first.grab().toImage() == shown[1]


def test_a_file_or_an_image_is_dropped_on_it(panel: VaryPanel, studio: Studio, tmp_path: Path) -> None:
    studio.show(drawn(1))
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(save_picture(drawn(2), tmp_path, "b")))])
    drop(panel, data)
    studio.files.finish()
    assert studio.blend and studio.blend.second.sha256 == drawn(2).sha256
    image = QImage(30, 20, QImage.Format.Format_RGB32)
    image.fill(Qt.GlobalColor.red)
    data = QMimeData()
    data.setImageData(image)
    drop(panel, data)
    assert studio.blend.second.size.wh == (30, 20)


def test_every_button_has_a_name_of_its_own(panel: VaryPanel, studio: Studio) -> None:
    studio.show(drawn(1))
    names = [button.accessibleName() for button in panel.findChildren(QAbstractButton)]
    assert all(names) and len(set(names)) == len(names)
