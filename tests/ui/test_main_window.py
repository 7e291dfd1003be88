"""The whole window with a scripted engine: what is typed, clicked, dropped and pasted, good and bad."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path

import numpy as np
import pytest
from PIL import Image
from PySide6.QtCore import QMimeData, QObject, QTimer, QUrl
from PySide6.QtGui import QGuiApplication, QKeySequence
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractSlider,
    QAbstractSpinBox,
    QLineEdit,
    QScrollBar,
    QWidget,
)
from pytestqt.qtbot import QtBot

from dalle_studio.core.format import Size
from dalle_studio.core.model import Model
from dalle_studio.core.request import Extend, Generate, Upscale, Vary
from dalle_studio.state.model_store import ModelStore
from dalle_studio.state.studio import Studio
from dalle_studio.storage.models.estimates import Estimate
from dalle_studio.storage.settings import SettingsFile
from dalle_studio.ui.actions import COMMANDS
from dalle_studio.ui.main_window import FIRST_PROMPT, MainWindow
from dalle_studio.ui.theme import Scheme, Theme
from tests.scripted import LOST, ScriptedEngine, asking, drawn, recorded
from tests.shelves import ScriptedStore
from tests.user import User, user_of

OpenWindow = Callable[..., User]


@pytest.fixture
def open_window(qtbot: QtBot, theme: Theme, starter: Model, home: Path) -> Iterator[OpenWindow]:
    with ExitStack() as windows:

        def open_window(
            engine: ScriptedEngine | None = None, data: Path | None = None, store: ModelStore | None = None
        ) -> User:
            engine = engine or ScriptedEngine()
            context = user_of(engine, starter, None, home / "pictures", theme, qtbot, data, store)
            return windows.enter_context(context)

        yield open_window


@pytest.fixture
def engine() -> ScriptedEngine:
    return ScriptedEngine()


@pytest.fixture
def user(open_window: OpenWindow, engine: ScriptedEngine) -> User:
    return open_window(engine)


def file(folder: Path, name: str, width_px: int = 96, height_px: int = 64) -> Path:
    path = folder / name
    Image.fromarray(drawn(5, width_px, height_px).pixels).save(path)
    return path


def named(widget: QWidget) -> str:
    """What a screen reader calls it."""
    return widget.accessibleName() or (widget.text() if isinstance(widget, QAbstractButton) else "")


def on_show(user: User) -> tuple[int, int, int]:
    """The colour in the middle of the canvas."""
    view = user.find("canvas_view")
    colour = view.grab().toImage().pixelColor(view.rect().center())
    return colour.red(), colour.green(), colour.blue()


def test_whatever_a_window_leaves_behind_is_noticed(
    qtbot: QtBot, theme: Theme, starter: Model, home: Path
) -> None:
    def leaving(leak: Callable[[], QObject]) -> None:
        with user_of(ScriptedEngine(), starter, None, home / "pictures", theme, qtbot):
            leaks.append(leak())

    def ticking() -> QTimer:
        timer = QTimer()
        timer.start(60_000)
        return timer

    leaks: list[QObject] = []
    with pytest.raises(AssertionError, match="not deleted"):
        leaving(QWidget)
    leaks.pop().deleteLater()
    with pytest.raises(AssertionError, match="left behind: timers"):
        leaving(ticking)


# The first minute


def test_the_keyboard_begins_in_the_prompt(user: User) -> None:
    user.type("a cat")
    assert user.text("prompt") == "a cat"
    user.press("Ctrl+Return")
    user.wait_for_pictures(4)


def test_one_click_makes_a_first_picture(user: User, engine: ScriptedEngine) -> None:
    user.click("first_picture")
    user.wait_for_pictures(4)
    (request,) = engine.requests
    assert isinstance(request, Generate) and request.prompt == FIRST_PROMPT
    assert not user.sees("first_picture")


def test_the_first_picture_is_of_the_words_that_are_there(user: User, engine: ScriptedEngine) -> None:
    user.type("a red car")
    user.click("first_picture")
    user.wait_for_pictures(4)
    assert isinstance(engine.requests[0], Generate) and engine.requests[0].prompt == "a red car"


def test_surprise_fills_the_blocks(user: User) -> None:
    user.press("Ctrl+R")
    assert user.find("primary_button").isEnabled()
    assert "1 style" not in user.text("estimate") and "4 pictures" in user.text("estimate")


def test_the_primary_button_says_what_is_due(user: User, home: Path) -> None:
    assert user.text("primary_button") == "Generate"
    assert not user.find("primary_button").isEnabled()
    assert "Say what you want to see" in user.text("estimate")
    user.drop([file(home, "b.png")])
    assert user.text("primary_button") == "Vary"
    user.click("tool_marker")
    user.pull((0.5, 0.5))
    assert user.text("primary_button") == "Fill"
    user.click("tool_frame")
    user.click("frame_banner")
    assert user.text("primary_button") == "Extend"


def test_the_window_says_what_pictures_will_cost(open_window: OpenWindow, engine: ScriptedEngine) -> None:
    store = ScriptedStore()
    user = open_window(engine, store=store)
    user.type("a cat")
    assert user.text("estimate") == "4 pictures"
    store.learnt = Estimate(3.0, 6_100_000_000)
    user.press("Ctrl+Return")
    user.wait_for_pictures(4)
    assert user.text("estimate") == "4 pictures · about 12 s · 6.1 GB"


# Every command


def test_every_command_does_something(user: User) -> None:
    connected = {
        name for name, action in user.window.commands.items() if action.receivers("2triggered(bool)")
    }
    assert connected == {command.name for command in COMMANDS}


def test_no_two_commands_share_a_key(user: User) -> None:
    keys = [QKeySequence(key).toString() for command in COMMANDS for key in command.keys]
    assert len(keys) == len(set(keys))


def test_everything_that_can_be_pressed_has_a_name(user: User, home: Path) -> None:
    user.drop([file(home, "b.png")])
    user.click("tool_marker")
    user.pull((0.5, 0.5))
    user.click("More options")
    kinds = (QAbstractButton, QLineEdit, QAbstractSlider, QAbstractSpinBox)
    seen = [
        each
        for each in user.window.findChildren(QWidget)
        if isinstance(each, kinds) and each.isVisible() and not isinstance(each, QScrollBar)
        if not each.objectName().startswith("qt_")
        if not isinstance(each.parent(), QLineEdit)  # the lens in a search field is a picture
    ]
    assert len(seen) > 40
    assert [each for each in seen if not named(each)] == []
    buttons = [each for each in seen if isinstance(each, QAbstractButton)]
    bare = [each for each in buttons if not each.text() and not each.toolTip()]
    assert bare == []


@pytest.mark.parametrize(
    "tool", ["hand", "marker", "brush", "eraser", "rectangle", "lasso", "frame", "select"]
)
def test_a_tool_is_taken_by_its_key(user: User, home: Path, tool: str) -> None:
    user.drop([file(home, "b.png")])
    user.find("canvas_view").setFocus()
    user.press("B" if tool != "brush" else "E")
    key = next(command.keys[0] for command in COMMANDS if command.name == f"tool_{tool}")
    user.press(key)
    button = user.find(f"tool_{tool}")
    assert isinstance(button, QAbstractButton) and button.isChecked()


def test_suggestions_do_not_stay_while_pictures_are_made(user: User) -> None:
    user.type("a ca")
    assert user.sees("Suggestions")
    user.press("Ctrl+Return")
    assert not user.sees("Suggestions")
    user.type("r")
    assert user.sees("Suggestions")
    user.click("primary_button")
    assert not user.sees("Suggestions")
    user.wait_for_pictures(8)


def test_letters_typed_into_the_prompt_are_no_shortcuts(user: User, home: Path) -> None:
    user.drop([file(home, "b.png")])
    user.press("Ctrl+L")
    user.type("brave? 10 lemon vans")
    assert user.text("prompt") == "brave? 10 lemon vans"
    button = user.find("tool_select")
    assert isinstance(button, QAbstractButton) and button.isChecked()
    assert not user.sees("shortcut_sheet")


def test_n_begins_another_region(user: User, home: Path) -> None:
    user.type("a cat")
    user.drop([file(home, "b.png")])
    user.find("canvas_view").setFocus()
    user.press("M")
    user.pull((0.2, 0.5))
    user.press("N")
    user.pull((0.8, 0.5))
    assert user.text("primary_button") == "Fill 2 regions"
    user.press("N", "N", "N", "N")
    assert user.notices[-1][0] == "A picture has at most 5 regions."


def test_the_shortcut_sheet_opens_by_its_key_and_closes(user: User, home: Path) -> None:
    user.drop([file(home, "b.png")])
    user.find("canvas_view").setFocus()
    user.press("?")
    user.type("undo")
    assert user.text("shortcut_search") == "undo"
    user.press("Esc")
    assert not user.sees("shortcut_sheet")


def test_the_about_box_opens_by_its_button_and_closes(user: User) -> None:
    user.click("about_button")
    assert user.sees("Licences")
    user.press("Esc")
    assert not user.sees("about")


def test_zoom_is_shown_and_follows_its_keys(user: User, home: Path) -> None:
    user.drop([file(home, "b.png")])
    user.press("Ctrl+1")
    assert user.text("zoom") == "100 %"
    user.press("Ctrl++")
    assert user.text("zoom") == "125 %"
    user.click("zoom_out_button")
    assert user.text("zoom") == "100 %"
    user.press("Ctrl+0")
    assert user.text("zoom") != "100 %"


def test_without_a_picture_there_is_nothing_to_vary_or_zoom(user: User, home: Path) -> None:
    assert not user.window.commands["vary"].isEnabled()
    assert not user.find("zoom_in_button").isEnabled()
    user.drop([file(home, "b.png")])
    assert user.window.commands["vary"].isEnabled() and user.find("zoom_in_button").isEnabled()


def test_enlarging_and_varying_by_key(user: User, engine: ScriptedEngine, home: Path) -> None:
    user.drop([file(home, "b.png")])
    user.press("Ctrl+Shift+U")
    user.wait_for_pictures(1)
    user.press("Ctrl+Shift+V")
    user.wait_for_pictures(5)
    assert [type(request) for request in engine.requests] == [Upscale, Vary]


def test_undo_and_redo_say_what_they_do(user: User) -> None:
    assert not user.find("undo_button").isEnabled()
    user.type("a cat")
    assert user.window.commands["undo"].text() == "Undo typing"
    user.press("Ctrl+Z")
    assert user.text("prompt") == "" and user.window.commands["redo"].text() == "Redo typing"
    user.click("redo_button")
    assert user.text("prompt") == "a cat"


def test_dark_and_light_are_switched_and_remembered(
    open_window: OpenWindow, home: Path, theme: Theme
) -> None:
    user, settings = open_window(data=home / "data"), home / "data" / "settings.json"
    user.press("Ctrl+Shift+L")
    try:
        user.wait(settings.exists)
        assert SettingsFile(settings).value.scheme == Scheme.LIGHT and not theme.dark
    finally:
        user.press("Ctrl+Shift+L")
    user.wait(lambda: SettingsFile(settings).value.scheme == Scheme.DARK)


def test_the_window_comes_back_as_large_as_it_was(
    qtbot: QtBot, theme: Theme, starter: Model, home: Path
) -> None:
    def opened() -> MainWindow:
        studio = Studio(ScriptedEngine(), starter, None, home / "pictures", data=home / "data")
        window = MainWindow(studio, theme)
        qtbot.addWidget(window)
        window.show()
        return window

    first = opened()
    first.resize(1080, 700)
    first.close()
    assert opened().height() == 700


# Candidates


def test_candidates_are_flipped_through_from_anywhere(user: User) -> None:
    user.type("a cat")
    user.press("Ctrl+Return")
    user.wait_for_pictures(4)
    first = user.studio.canvas.picture
    user.press("Alt+Right")
    assert user.studio.canvas.picture is not first
    user.press("Alt+Left")
    assert user.studio.canvas.picture is not None and first is not None
    assert user.studio.canvas.picture.sha256 == first.sha256


def test_in_the_strip_its_own_keys_come_before_the_tools(user: User, engine: ScriptedEngine) -> None:
    user.type("a cat")
    user.press("Ctrl+Return")
    user.wait_for_pictures(4)
    user.click("candidate_2")
    user.press("K")
    user.wait(lambda: user.tiles[1].endswith("kept"))
    user.press("V")
    user.wait_for_pictures(8)
    assert isinstance(engine.requests[-1], Vary)


def test_discarding_can_be_undone_in_its_notice(user: User) -> None:
    user.type("a cat")
    user.press("Ctrl+Return")
    user.wait_for_pictures(4)
    user.click("candidate_discard")
    assert len(user.tiles) == 3
    user.click("notice_action")
    user.wait_for_pictures(4)


def test_the_picture_being_made_is_watched_on_the_empty_canvas(open_window: OpenWindow) -> None:
    engine = ScriptedEngine(free=False)
    user = open_window(engine)
    user.type("a cat")
    user.press("Ctrl+Return")
    before = on_show(user)
    engine.go(1)
    user.wait(lambda: on_show(user) != before)
    user.press("Ctrl+.")
    user.wait(lambda: on_show(user) == before)
    assert user.sees("first_picture")
    assert all(tile.endswith("cancelled") for tile in user.tiles)


def test_cancel_is_acknowledged_at_once(open_window: OpenWindow) -> None:
    user = open_window(ScriptedEngine(free=False))
    user.type("a cat")
    user.press("Ctrl+Return")
    user.click("cancel_job")
    assert user.text("job_text").endswith("Cancelling…") or not user.sees("job_text")
    user.wait(lambda: not user.sees("job_text"))


def test_a_second_job_waits_in_the_queue_and_can_be_given_up(open_window: OpenWindow) -> None:
    engine = ScriptedEngine(free=False)
    user = open_window(engine)
    user.type("a cat")
    user.press("Ctrl+Return", "Ctrl+Return")
    assert user.text("queue") == "1 more in queue"
    user.click("queue")
    user.click("cancel_job_2")
    user.wait(lambda: not user.sees("queue"))
    engine.go(30)
    user.wait_for_pictures(4)
    assert [tile.split(", ")[-1] for tile in user.tiles] == ["ready"] * 4 + ["cancelled"] * 4


def test_a_failure_is_told_in_one_place(open_window: OpenWindow) -> None:
    user = open_window(ScriptedEngine(error=LOST))
    user.type("a cat")
    user.press("Ctrl+Return")
    user.wait(lambda: user.notices)
    assert user.notices == [(LOST.message, LOST.remedy)]
    user.click("notice_copy")
    assert LOST.details in QGuiApplication.clipboard().text()


def test_the_window_closes_during_a_job(open_window: OpenWindow) -> None:
    user = open_window(ScriptedEngine(free=False))
    user.type("a cat")
    user.press("Ctrl+Return")
    user.wait(lambda: user.sees("job_text"))
    user.window.close()
    assert user.studio.jobs.jobs == ()


# Pictures in and out


def test_a_dropped_file_comes_to_the_canvas(user: User, home: Path) -> None:
    user.drop([file(home, "b.png")])
    assert user.text("document") == "b.png"
    assert user.studio.canvas.picture is not None


def test_a_file_is_opened_by_the_dialog(user: User, home: Path) -> None:
    user.answer_with(file(home, "b.png"))
    user.press("Ctrl+O")
    assert user.text("document") == "b.png"


def old_pictures(home: Path) -> Path:
    folder = home / "old pictures"
    folder.mkdir()
    for number in range(3):
        Image.fromarray(drawn(number).pixels).save(folder / f"{number}.png")
    return folder


def test_a_folder_that_is_dropped_comes_into_the_gallery(user: User, home: Path) -> None:
    user.drop([old_pictures(home)])
    user.wait(lambda: [text for text, _ in user.notices] == ["Imported old pictures: 3 new pictures."])
    assert user.text("filter_all") == "All 3" and user.studio.canvas.picture is None


@pytest.mark.parametrize("how", ["key", "empty page"])
def test_a_folder_is_chosen_to_be_imported(user: User, home: Path, how: str) -> None:
    user.answer_with(old_pictures(home))
    if how == "key":
        user.press("Ctrl+Shift+I")
    else:
        user.click("gallery_empty_button")
    user.wait(lambda: user.studio.gallery.count == 3)


def test_a_picture_goes_over_the_clipboard(user: User, home: Path) -> None:
    user.drop([file(home, "b.png")])
    user.press("Ctrl+Shift+C")
    user.drop([file(home, "c.png", 40, 40)])
    user.find("canvas_view").setFocus()
    user.press("Ctrl+V")
    picture = user.studio.canvas.picture
    assert picture is not None and picture.size == Size(96, 64)
    assert np.array_equal(picture.pixels, drawn(5, 96, 64).pixels)


def test_what_another_program_copied_is_decoded_from_its_bytes(user: User, home: Path) -> None:
    data = QMimeData()
    data.setData("image/png", file(home, "a.png").read_bytes())
    user.drop(data=data)
    user.wait(lambda: user.text("document") == "pasted picture")
    picture = user.studio.canvas.picture
    assert picture is not None and picture.size == Size(96, 64)
    data = QMimeData()
    data.setData("image/png", b"\x89PNG\r\n\x1a\n no picture")
    QGuiApplication.clipboard().setMimeData(data)
    user.press("Ctrl+Alt+V")
    user.wait(lambda: user.notices)
    assert "is damaged" in user.notices[0][0] and user.studio.canvas.picture is picture
    QGuiApplication.clipboard().clear()


def test_a_copied_file_is_pasted(user: User, home: Path) -> None:
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(file(home, "b.png")))])
    QGuiApplication.clipboard().setMimeData(data)
    user.press("Ctrl+Alt+V")
    assert user.text("document") == "b.png"


def test_the_gallery_leads_back_to_a_recipe(user: User) -> None:
    user.type("a cat")
    user.press("Ctrl+Return")
    user.wait_for_pictures(4)
    user.press("Ctrl+L", "Ctrl+A")
    user.type("a dog")
    user.press("Ctrl+F", "Down")
    user.click("recipe_use_all")
    assert user.text("prompt") == "a cat"


# Long words


def test_the_longest_prompt_there_may_be_leaves_the_window_in_shape(open_window: OpenWindow) -> None:
    engine = ScriptedEngine(free=False)
    user = open_window(engine)
    QGuiApplication.clipboard().setText("a cat " * 333)
    user.press("Ctrl+V", "Ctrl+Return", "Ctrl+Return")
    user.wait(lambda: user.sees("job_text"))
    for name in ("status_bar", "queue", "cancel_job", "gallery_panel"):
        widget = user.find(name)
        right = widget.mapTo(user.window, widget.rect().topRight()).x()
        assert right < user.window.width(), name
    assert user.find("queue").isVisible()
    engine.go(60)
    user.wait_for_pictures(8)


def test_a_long_file_name_leaves_the_window_in_shape(user: User, home: Path) -> None:
    user.drop([file(home, "b" * 240 + ".png")])
    button = user.find("about_button")
    assert button.mapTo(user.window, button.rect().topRight()).x() < user.window.width()
    assert "…" in user.text("document") and user.find("document").toolTip().endswith("bbb.png")


def test_a_remixed_frame_request_is_extended(user: User, engine: ScriptedEngine, home: Path) -> None:
    path = home / "lighthouse.png"
    Image.fromarray(recorded(asking("a lighthouse")).pixels).save(path)
    user.drop([path])
    user.find("canvas_view").setFocus()
    user.press("F")
    user.click("frame_banner")
    user.press("Ctrl+Return")
    user.wait_for_pictures(4)
    (request,) = engine.requests
    assert isinstance(request, Extend) and request.size.aspect == pytest.approx(3, rel=0.02)
