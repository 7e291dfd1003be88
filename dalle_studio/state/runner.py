"""The background thread between the window and the engine.

A request goes to the thread by a queued signal; its events come back by a queued signal and are delivered in
a slot of an object that lives on the main thread. A cancel waits in no queue: it is a plain event.
"""

from __future__ import annotations

import threading

from PySide6.QtCore import QObject, QThread, Signal, Slot

from dalle_studio.core.event import LAST_EVENTS, Event
from dalle_studio.core.request import Request
from dalle_studio.engine.base import Engine


class Runner(QObject):
    """Runs requests one after the other on an engine, off the main thread.

    Signals:
        happened(int, Event): an event of the request with that number, on the main thread, in order.
    """

    happened = Signal(int, object)
    _wanted = Signal(int, object, object)

    def __init__(self, engine: Engine, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._cancels: dict[int, threading.Event] = {}
        self._numbers = 0
        self._thread = QThread(self)
        self._desk = _Desk(engine)
        self._desk.moveToThread(self._thread)
        self._wanted.connect(self._desk.work)
        self._desk.told.connect(self._deliver)
        self._thread.finished.connect(self._desk.deleteLater)
        self._thread.start()

    @property
    def waiting(self) -> int:
        """Requests not ended yet, the running one among them."""
        return len(self._cancels)

    def start(self, request: Request) -> int:
        """Queue a request; returns its number."""
        self._numbers += 1
        cancel = self._cancels[self._numbers] = threading.Event()
        self._wanted.emit(self._numbers, request, cancel)
        return self._numbers

    def cancel(self, number: int) -> None:
        """Give a request up, running or waiting. Its last event (mostly Cancelled) still comes."""
        if number in self._cancels:
            self._cancels[number].set()

    def close(self) -> None:
        """Cancel everything, end the thread and unload the engine. Returns when that is done."""
        for cancel in self._cancels.values():
            cancel.set()
        self._thread.quit()
        self._thread.wait()

    @Slot(int, object)
    def _deliver(self, number: int, event: Event) -> None:
        if isinstance(event, LAST_EVENTS):
            del self._cancels[number]
        self.happened.emit(number, event)


class _Desk(QObject):
    """Lives on the thread and works there."""

    told = Signal(int, object)

    def __init__(self, engine: Engine) -> None:
        super().__init__()
        self._engine = engine

    @Slot(int, object, object)
    def work(self, number: int, request: Request, cancel: threading.Event) -> None:
        self._engine.run(request, lambda event: self.told.emit(number, event), cancel)
