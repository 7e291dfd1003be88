"""A process that opens the studio's window and tells what came of it, as JSON. Started by `window.py`.

What it does once the window has been painted: `key` presses a key, `memory` opens twenty pictures one after the
other. `empty` presses a key in a window that has nothing but a text field: the least that Qt takes.
"""

from __future__ import annotations

import gc
import json
import sys
import time
from pathlib import Path
from typing import Any


def studio_window(folder: Path, does: str) -> None:
    gc.disable()  # as `dalle_studio.__main__` does
    from dalle_studio import app
    from dalle_studio.ui import front

    class Watched(front.MainWindow):
        def paintEvent(self, event: Any) -> None:  # noqa: N802  Qt's
            super().paintEvent(event)
            if not hasattr(self, "is_painted"):
                self.is_painted = True
                QTimer.singleShot(0, self, self.work)

        def work(self) -> None:
            if does == "key":
                press_key(self.composer.prompt, self.tell_time)
            else:
                self.open_next(sorted((folder / "opened").glob("*.png")))

        def tell_time(self) -> None:
            assert self._studio.composer.value.text == "a"
            heavy = [name for name in ("torch", "diffusers", "transformers") if name in sys.modules]
            tell(at_s=time.time(), processor_s=time.process_time(), heavy=heavy)
            self.close()

        def open_next(self, paths: list[Path]) -> None:
            canvas = self._studio.canvas
            if not paths:
                self.tell_memory()
            elif canvas.picture is not None and canvas.picture.name == paths[0].name:
                QTimer.singleShot(100, self, lambda: self.open_next(paths[1:]))
            else:
                if getattr(self, "asked", None) != paths[0]:
                    self.asked = paths[0]
                    self._studio.open(paths[0])
                QTimer.singleShot(10, self, lambda: self.open_next(paths))

        def tell_memory(self) -> None:
            import psutil

            memory: Any = psutil.Process().memory_full_info()
            tell(rss=memory.rss, pss=getattr(memory, "pss", memory.uss))
            self.close()

    from PySide6.QtCore import QTimer

    front.MainWindow = Watched
    app.open_window([], folder / "pictures")


def empty_window() -> None:
    from PySide6.QtCore import QTimer
    from PySide6.QtWidgets import QApplication, QMainWindow, QTextEdit

    class Watched(QMainWindow):
        def paintEvent(self, event: Any) -> None:  # noqa: N802  Qt's
            super().paintEvent(event)
            QTimer.singleShot(0, self, lambda: press_key(self.centralWidget(), self.tell_time))

        def tell_time(self) -> None:
            tell(at_s=time.time())
            QApplication.quit()

    application = QApplication(["empty"])
    window = Watched()
    window.setCentralWidget(QTextEdit())
    window.resize(1440, 900)
    window.show()
    application.exec()


def press_key(field: Any, then: Any) -> None:
    """Press “a” as the window system does: as an event that is waited for; then call `then`."""
    from PySide6.QtCore import QCoreApplication, QEvent, Qt, QTimer
    from PySide6.QtGui import QKeyEvent

    key = QKeyEvent(QEvent.Type.KeyPress, Qt.Key.Key_A.value, Qt.KeyboardModifier.NoModifier, "a")
    QCoreApplication.postEvent(field, key)
    QTimer.singleShot(0, field, then)


def tell(**found: object) -> None:
    print(json.dumps(found), flush=True)


if __name__ == "__main__":
    if sys.argv[1] == "empty":
        empty_window()
    else:
        studio_window(Path(sys.argv[2]), sys.argv[1])
