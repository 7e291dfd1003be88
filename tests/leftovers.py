"""What a test could leave behind: windows, ticking timers, running threads."""

from __future__ import annotations

import gc
import threading

from PySide6.QtCore import QCoreApplication, QEvent, QThread, QTimer
from PySide6.QtWidgets import QApplication
from shiboken6 import isValid


def settle() -> None:
    """Let what is to be deleted later be deleted."""
    QApplication.processEvents()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
    QApplication.processEvents()


def things() -> dict[str, set[str]]:
    """What there is now, by kind, each one told from the others. Takes some 30 ms."""
    objects = gc.get_objects()
    kinds = {kind for kind in {type(each) for each in objects} if issubclass(kind, QTimer | QThread)}
    alive = [each for each in objects if type(each) in kinds and isValid(each)]
    timers = [each for each in alive if isinstance(each, QTimer)]
    qt_threads = [each for each in alive if isinstance(each, QThread) and each.isRunning()]
    qt_threads = [each for each in qt_threads if each.objectName() != "Qt mainThread"]
    return {
        "widgets": windows(),
        "timers": {repr(each) for each in timers if each.isActive()},
        "threads": {repr(each) for each in (*qt_threads, *threads())},
    }


def windows() -> set[str]:
    """Top-level widgets, shown or not."""
    return {f"{each!r} {each.objectName()}" for each in QApplication.topLevelWidgets()}


def threads() -> set[threading.Thread]:
    """Python's own threads: not Qt's, which it calls dummies, nor the one that tqdm's progress bars share."""
    return {each for each in threading.enumerate() if not each.name.startswith(("Dummy", "tqdm_monitor"))}
