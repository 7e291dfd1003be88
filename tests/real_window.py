"""The installed application on a real display, worked by keys: `python -m tests.real_window FOLDER PROMPT`.

Types the prompt, makes one draft, writes what the screen shows to FOLDER/screen.png and tells, as JSON, where on
it the picture is. A process of its own: a test's process has an offscreen application already.
"""

from __future__ import annotations

import json
import sys
from functools import partial
from pathlib import Path
from typing import Any

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest

from dalle_studio import app
from dalle_studio.ui import front
from dalle_studio.ui.main_window import MainWindow


def opened(*arguments: Any) -> MainWindow:
    """A window that is worked as soon as the application runs."""
    window = MainWindow(*arguments)
    QTimer.singleShot(0, window, partial(work, window))
    return window


def work(window: MainWindow) -> None:
    try:
        make(window, sys.argv[2])
        print(json.dumps(shoot(window, Path(sys.argv[1]) / "screen.png")), flush=True)
    finally:
        window.close()


def make(window: MainWindow, prompt: str) -> None:
    assert QTest.qWaitForWindowExposed(window), "the window is not shown"
    window.activateWindow()  # no window manager is there to do it
    assert QTest.qWaitForWindowActive(window), "the window does not get the keyboard"
    window._studio.composer.change(count=1, speed="draft")
    keyboard = window.windowHandle()  # keys go the way that the window system's go
    for letter in prompt:
        QTest.keyClick(keyboard, Qt.Key(ord(letter.upper())))
    QTest.keyClick(keyboard, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    while not is_settled(window):
        QTest.qWait(50)


def is_settled(window: MainWindow) -> bool:
    """Whether the picture is made and saved."""
    studio = window._studio
    tiles = studio.candidates.candidates
    return len(tiles) == 1 and tiles[0].path is not None and not studio.jobs.jobs


def shoot(window: MainWindow, path: Path) -> dict[str, Any]:
    studio, view = window._studio, window.centre.view
    picture, tile = studio.canvas.picture, studio.candidates.candidates[0]
    assert picture is not None
    QTest.qWait(1000)  # for what fades in, and for the thumbnail
    assert QGuiApplication.primaryScreen().grabWindow(0).save(str(path))
    corners = (0, 0), picture.size.wh
    places = [view.mapToGlobal(view.widget_position(*corner)) for corner in corners]
    return {
        "platform": QGuiApplication.platformName(),
        "typed": window.composer.prompt.text,
        "file": str(tile.path),
        "box": [round(value) for place in places for value in (place.x(), place.y())],
        "windows": sum(each.isVisible() for each in QGuiApplication.topLevelWindows()),
    }


if __name__ == "__main__":
    front.MainWindow = opened  # type: ignore[assignment,misc]
    app.open_window([], Path(sys.argv[1]) / "pictures")
