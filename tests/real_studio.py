"""The application in a process of its own, to be killed: `python -m tests.real_studio WORK FOLDER [FILES]`.

Only its engine is a scripted one, since torch takes longer to load than a test may. WORK is

- `paint`: opens FOLDER/painting.png, then types and paints without end, and tells after each step what is there;
- `restore`: waits for the recovery page, restores what it lists, tells what is there, and closes;
- `wait`: tells what is on the canvas, whenever that changes.

Everything is told as JSON, one line each.
"""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from PySide6.QtCore import QPointF, Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QPushButton

from dalle_studio import app
from dalle_studio.ui import front
from dalle_studio.ui.main_window import MainWindow
from tests.scripted import QuietEngine

STEP_MS = 60


def opened(*arguments: Any) -> MainWindow:
    window = MainWindow(*arguments)
    work: Callable[[MainWindow], None] = {"paint": paint, "restore": restore, "wait": wait}[sys.argv[1]]
    QTimer.singleShot(0, window, lambda: work(window))
    return window


def paint(window: MainWindow) -> None:
    studio, view = window._studio, window.centre.view
    studio.open(Path(sys.argv[2]) / "painting.png")
    studio.files.finish()
    window.activateWindow()
    assert QTest.qWaitForWindowActive(window)
    number = 0
    while True:
        number += 1
        QTest.keyClicks(window.composer.prompt.focusWidget() or window.composer.prompt, "ab"[number % 2])
        window.commands["tool_brush"].trigger()
        start = view.widget_position(20 + number % 50, 10 + number // 2 % 45)
        QTest.mousePress(view, Qt.MouseButton.LeftButton, pos=start.toPoint())
        QTest.mouseMove(view, (start + QPointF(3, 1)).toPoint())
        QTest.mouseRelease(view, Qt.MouseButton.LeftButton, pos=(start + QPointF(3, 1)).toPoint())
        tell(window)
        QTest.qWait(STEP_MS)


def restore(window: MainWindow) -> None:
    page = window.centre.recovery
    try:
        until(lambda: page.isVisible() and window._studio.recovery.works[0].is_read)
        button = next(each for each in page.findChildren(QPushButton) if each.text() == "Restore")
        QTest.mouseClick(button, Qt.MouseButton.LeftButton)
        until(lambda: window._studio.canvas.picture is not None)
        tell(window)
    finally:
        window.close()


def until(is_so: Callable[[], bool]) -> None:
    end = time.monotonic() + 20
    while not is_so():
        assert time.monotonic() < end, "that took too long"
        QTest.qWait(20)


def wait(window: MainWindow) -> None:
    window._studio.canvas.changed.connect(lambda: tell(window))
    tell(window)


def tell(window: MainWindow) -> None:
    canvas = window._studio.canvas
    state = {
        "at_s": time.time(),
        "text": window.composer.prompt.text,
        "painted": int(sum(int((region.mask > 0).sum()) for region in canvas.regions)),
        "regions": len(canvas.regions),
        "picture": canvas.picture.sha256 if canvas.picture else None,
        "name": canvas.picture.name if canvas.picture else None,
        "left": len(window._studio.recovery.works),
        "notices": [notice.text for notice in window._studio.notices.notices],
    }
    print(json.dumps(state), flush=True)


if __name__ == "__main__":
    front.MainWindow = opened  # type: ignore[assignment,misc]
    app.LocalEngine = QuietEngine  # type: ignore[assignment,misc]
    sys.exit(app.open_window([Path(each) for each in sys.argv[3:]], Path(sys.argv[2]) / "pictures"))
