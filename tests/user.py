"""Someone in front of the window, with a mouse and a keyboard: finds things by their names, as people do."""

from __future__ import annotations

import gc
from collections.abc import Callable, Generator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any, TypeVar, cast

from PySide6.QtCore import QEvent, QMimeData, QPoint, Qt, QTimer, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QKeySequence, QMouseEvent
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from dalle_studio.core.model import Model
from dalle_studio.core.scene import Lexicon
from dalle_studio.engine.base import Engine
from dalle_studio.state.model_store import ModelStore
from dalle_studio.state.speech import Hears
from dalle_studio.state.studio import Studio
from dalle_studio.storage.decoder import Decoder
from dalle_studio.ui.candidate_tile import CandidateTile
from dalle_studio.ui.canvas_view import CanvasView
from dalle_studio.ui.main_window import MainWindow
from dalle_studio.ui.theme import Theme
from tests.leftovers import settle, things, windows

LEFT, RIGHT = Qt.MouseButton.LeftButton, Qt.MouseButton.RightButton
DECODER = Decoder()  # one for all tests: it ends with them
_Place = tuple[float, float]
_Widget = TypeVar("_Widget", bound=QWidget)


class User:
    """Does what a user does, and reads what a user can read.

    Places on the picture are shares of its width and height, from 0 to 1.
    """

    def __init__(self, window: MainWindow, studio: Studio, qtbot: QtBot) -> None:
        self.window = window
        self.studio = studio  # to check what came of it, never to do anything
        self._qtbot = qtbot

    # Finding

    def find(self, name: str, kind: type[_Widget] = QWidget) -> _Widget:
        """The one visible widget of that object name or accessible name."""
        found = [each for each in self._named(name) if isinstance(each, kind)]
        assert len(found) == 1, f"{len(found)} widgets are called “{name}”"
        return found[0]

    def sees(self, name: str) -> bool:
        """Whether something of that object name or accessible name is visible."""
        return bool(self._named(name))

    def text(self, name: str) -> str:
        """What a label, button or field says."""
        said = cast("Any", self.find(name)).text
        return said if isinstance(said, str) else said()

    @property
    def tiles(self) -> list[str]:
        """The candidates, as a screen reader tells them."""
        return [tile.accessibleName() for tile in self._tiles()]

    @property
    def notices(self) -> list[tuple[str, str]]:
        """Sentence and remedy of every message on show."""
        toasts = [
            each for each in self.window.notices.findChildren(QWidget) if each.property("kind") == "bar"
        ]
        return [
            (_said(toast, "notice_text"), _said(toast, "notice_remedy"))
            for toast in toasts
            if toast.isVisible()
        ]

    # Doing

    def click(self, name: str, button: Qt.MouseButton = LEFT) -> None:
        """Click the middle of a widget, which must be there and enabled."""
        widget = self.find(name)
        assert widget.isEnabled(), f"“{name}” is disabled"
        self._qtbot.mouseClick(widget, button)
        self._wait_for_files()

    def type(self, text: str) -> None:
        """Type into what has the keyboard."""
        self._qtbot.keyClicks(self._keyboard(), text)

    def press(self, *keys: str) -> None:
        """Press keys, written as in “Ctrl+Return”."""
        for each in keys:
            combination = cast("Any", QKeySequence(each))[0]
            self._qtbot.keyClick(self._keyboard(), combination.key(), combination.keyboardModifiers())
            self._wait_for_files()

    def pull(self, *places: _Place, button: Qt.MouseButton = LEFT) -> None:
        """Press, drag and let go on the picture; at one place, that is a click."""
        self._send(QEvent.Type.MouseButtonPress, places[0], button)
        for place in places[1:]:
            self._send(QEvent.Type.MouseMove, place, button)
        self._send(QEvent.Type.MouseButtonRelease, places[-1], button)

    def double_click(self, place: _Place) -> None:
        """Double-click on the picture."""
        self.pull(place)
        self._send(QEvent.Type.MouseButtonDblClick, place, LEFT)
        self._send(QEvent.Type.MouseButtonRelease, place, LEFT)

    def drop(self, paths: Sequence[Path] = (), data: QMimeData | None = None) -> None:
        """Drop files from the file manager, or something else, onto the canvas."""
        if data is None:
            data = QMimeData()
            data.setUrls([QUrl.fromLocalFile(str(path)) for path in paths])
        point = QPoint(600, 400)
        copy, none = Qt.DropAction.CopyAction, Qt.KeyboardModifier.NoModifier
        entering = QDragEnterEvent(point, copy, data, LEFT, none)
        QApplication.sendEvent(self.window, entering)
        if entering.isAccepted():
            QApplication.sendEvent(self.window, QDropEvent(point.toPointF(), copy, data, LEFT, none))
        self._wait_for_files()

    def answer_with(self, path: Path) -> None:
        """The next file dialog gets this path, typed into its field, and Return."""

        def answer() -> None:
            dialog = QApplication.activeModalWidget()
            assert dialog is not None, "no file dialog came"
            field = dialog.findChild(QLineEdit, "fileNameEdit")
            assert field is not None
            field.setText(str(path))
            self._qtbot.keyClick(field, Qt.Key.Key_Return)

        QTimer.singleShot(200, self.window, answer)

    # Waiting

    def wait(self, what: Callable[[], object], seconds: float = 5) -> None:
        """Until something is so."""
        self._qtbot.waitUntil(lambda: bool(what()), timeout=round(1000 * seconds))

    def wait_for_pictures(self, count: int, seconds: float = 120) -> None:
        """Until so many candidates are ready, and nothing is being made any more."""
        self.wait(lambda: self._ready() == count and not self.sees("job_text"), seconds)

    def _wait_for_files(self) -> None:
        """Until what is being opened has come, as people do."""
        self.wait(lambda: not self.studio.files.is_busy, seconds=30)

    def _named(self, name: str) -> list[QWidget]:
        """The visible widgets of that name; a popup is both a window and somebody's child."""
        tops = QApplication.topLevelWidgets()
        everything = dict.fromkeys(each for top in tops for each in (top, *top.findChildren(QWidget)))
        return [
            each
            for each in everything
            if each.isVisible() and name in (each.objectName(), each.accessibleName())
        ]

    def _keyboard(self) -> QWidget:
        """What has the keyboard."""
        above = QApplication.activePopupWidget() or QApplication.activeModalWidget()
        if above is not None:
            return above.focusWidget() or above
        if QApplication.activeWindow() is None:  # offscreen no window manager gives it back after a popup
            self.window.activateWindow()
            self.wait(self.window.isActiveWindow)
        widget = QApplication.focusWidget()
        assert widget is not None, "nothing has the keyboard"
        return widget

    def _ready(self) -> int:
        return sum(tile.endswith("ready") or "kept" in tile for tile in self.tiles)

    def _tiles(self) -> list[CandidateTile]:
        tiles = [tile for tile in self.window.strip.findChildren(CandidateTile) if tile.isVisible()]
        return sorted(tiles, key=lambda tile: tile.x())

    def _send(self, kind: QEvent.Type, place: _Place, button: Qt.MouseButton) -> None:
        view, picture = self.find("canvas_view", CanvasView), self.studio.canvas.picture
        assert picture is not None, "there is no picture on the canvas"
        point = view.widget_position(place[0] * picture.size.width_px, place[1] * picture.size.height_px)
        held = Qt.MouseButton.NoButton if kind is QEvent.Type.MouseButtonRelease else button
        which = Qt.MouseButton.NoButton if kind is QEvent.Type.MouseMove else button
        if kind is QEvent.Type.MouseButtonPress:
            view.setFocus(Qt.FocusReason.MouseFocusReason)  # as Qt does for a click
        event = QMouseEvent(kind, point, view.mapToGlobal(point), which, held, Qt.KeyboardModifier.NoModifier)
        QApplication.sendEvent(view, event)


@contextmanager
def user_of(
    engine: Engine,
    model: Model,
    lexicon: Lexicon | None,
    folder: Path,
    theme: Theme,
    qtbot: QtBot,
    data: Path | None = None,
    store: ModelStore | None = None,
    listener: Hears | None = None,
) -> Generator[User]:
    """A user with an open window; it leaves no widget, timer or thread behind."""
    before = things()
    shared: dict[str, Any] = {"decoder": DECODER, "store": store, "listener": listener}
    studio = Studio(engine, model, lexicon, folder, data=data, **shared)
    window = MainWindow(studio, theme)
    window.show()
    qtbot.waitExposed(window)
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    own = windows()
    try:
        yield User(window, studio, qtbot)
        settle()
        opened = windows() - own
    finally:
        window.close()
        window.deleteLater()
        studio.deleteLater()
        settle()
    gc.collect()
    assert not opened, f"opened and not deleted: {opened}"
    after = things()
    for kind, known in before.items():
        assert after[kind] <= known, f"left behind: {kind} {after[kind] - known}"


def _said(toast: QWidget, name: str) -> str:
    label = toast.findChild(QLabel, name)
    return label.text() if label is not None else ""
