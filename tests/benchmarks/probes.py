"""Stopwatches on the window's main thread, its painting and the engine behind it."""

from __future__ import annotations

import faulthandler
import re
import tempfile
import threading
import time
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from PySide6.QtCore import QCoreApplication, QEvent, QEventLoop, QObject, QPointF, Qt, QTimer, Slot
from PySide6.QtGui import QMouseEvent

from dalle_studio.core.event import Event, Preview, Progress
from dalle_studio.core.request import Request
from dalle_studio.engine.base import Emit, Engine
from dalle_studio.ui.candidate_tile import CandidateTile
from dalle_studio.ui.canvas_view import CanvasView

BEAT_S = 0.005
_LATE_S = 0.02


class Spy:
    """An engine, and what it did."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self.requests: list[Request] = []
        self.steps = 0
        self.steps_at_preview: int | None = None
        self.ended_at = 0.0

    def run(self, request: Request, emit: Emit, cancel: threading.Event) -> None:
        """See `Engine.run`."""
        self.requests.append(request)
        self.steps, self.steps_at_preview = 0, None

        def heard(event: Event) -> None:
            if isinstance(event, Progress):
                self.steps = event.step
            elif isinstance(event, Preview) and self.steps_at_preview is None:
                self.steps_at_preview = self.steps
            emit(event)

        self._engine.run(request, heard, cancel)
        self.ended_at = time.perf_counter()

    def unload(self) -> None:
        """See `Engine.unload`."""
        self._engine.unload()


@dataclass(order=True)
class Gap:
    """A time in which the main thread did not turn its event loop."""

    seconds: float
    busy_s: float  # in which the thread computed; the rest it waited for the processor, a lock or a disk
    story: str = field(compare=False)
    stacks: list[str] = field(compare=False, default_factory=list[str])


class Heart(QObject):
    """Beats every 5 ms on the main thread; a thread beside it looks what runs while a beat is overdue."""

    def __init__(self) -> None:
        super().__init__()
        self.gaps: list[Gap] = []
        self.story = ""
        self._done: Callable[[], object] = lambda: False
        self._loop = QEventLoop()
        self._last, self._busy, self._stacks = time.perf_counter(), time.thread_time(), list[str]()
        self._dump = tempfile.TemporaryFile("w+")  # noqa: SIM115  as long as the heart beats
        self._main = threading.main_thread().ident or 0
        self._timer = QTimer(self)
        self._timer.setTimerType(Qt.TimerType.PreciseTimer)
        self._timer.timeout.connect(self._beat)
        self._timer.start(round(BEAT_S * 1000))
        self._stopped = threading.Event()
        self._watcher = threading.Thread(target=self._watch, daemon=True)
        self._watcher.start()

    def wait(self, done: Callable[[], object], seconds: float = 600) -> None:
        """Turn the event loop until something is so. Raises TimeoutError."""
        end = time.perf_counter() + seconds
        self._done = lambda: done() or time.perf_counter() > end
        self._loop.exec()
        if not done():
            raise TimeoutError(self.story)

    def pause(self, seconds: float) -> None:
        """Turn the event loop for a while."""
        end = time.perf_counter() + seconds
        self.wait(lambda: time.perf_counter() > end)

    def stop(self) -> None:
        """End timer and thread."""
        self._timer.stop()
        self._stopped.set()
        self._watcher.join()
        self._dump.close()

    @Slot()
    def _beat(self) -> None:
        now = time.perf_counter()
        gap = now - self._last - BEAT_S
        if gap > BEAT_S:
            self.gaps.append(Gap(gap, time.thread_time() - self._busy, self.story, self._stacks))
        self._stacks, self._last, self._busy = [], now, time.thread_time()
        if self._loop.isRunning() and self._done():
            self._loop.quit()

    def _watch(self) -> None:
        while not self._stopped.wait(0.01):
            if time.perf_counter() - self._last > _LATE_S:
                self._stacks.append(self._place())

    def _place(self) -> str:
        """The innermost functions of the studio on the main thread's stack.

        Not by `sys._current_frames`: to hold a frame of `paintEvent` keeps its painter alive, and Qt crashes.
        """
        self._dump.seek(0)
        self._dump.truncate()
        faulthandler.dump_traceback(self._dump, all_threads=True)
        self._dump.seek(0)
        stacks = self._dump.read().split("hread 0x")
        own = next(stack for stack in stacks[1:] if int(stack.split()[0], 16) == self._main)
        found = re.findall(r'dalle_studio/(\S+)", line \d+ in (\w+)', own)
        return " < ".join(f"{file}:{function}" for file, function in found[:3]) or "Qt"


class DabProbe:
    """From the moment at which a mouse event is due to the end of the painting it leads to.

    The events come from a thread with a clock of its own, so that a main thread that is late cannot put off the
    next event.
    """

    def __init__(self) -> None:
        self.seconds: list[float] = []
        self._due: deque[float] = deque()
        self._unpainted: list[float] = []
        _after(CanvasView, "mouseMoveEvent", self._moved)
        _after(CanvasView, "paintEvent", self._painted)

    def stroke(self, view: CanvasView, points: list[QPointF], every_s: float) -> threading.Thread:
        """Move the pressed mouse over these points; returns the thread that does."""
        none, left = Qt.MouseButton.NoButton, Qt.MouseButton.LeftButton

        def move() -> None:
            start = time.perf_counter() + every_s
            for number, point in enumerate(points):
                due = start + number * every_s
                time.sleep(max(0.0, due - time.perf_counter()))
                self._due.append(due)
                event = QMouseEvent(
                    QEvent.Type.MouseMove, point, point, none, left, Qt.KeyboardModifier.NoModifier
                )
                QCoreApplication.postEvent(view, event)

        thread = threading.Thread(target=move)
        thread.start()
        return thread

    def _moved(self, _: object) -> None:
        if self._due:
            self._unpainted.append(self._due.popleft())

    def _painted(self, _: object) -> None:
        now = time.perf_counter()
        self.seconds += [now - due for due in self._unpainted]
        self._unpainted.clear()


class PreviewProbe:
    """How many steps the engine had done when the first preview of a request was painted on a tile."""

    def __init__(self, spy: Spy) -> None:
        self.steps: list[int] = []
        self._spy = spy
        self._told = 0
        _after(CandidateTile, "paintEvent", self._painted)

    def _painted(self, tile: CandidateTile) -> None:
        number = len(self._spy.requests)
        if (
            self._told < number
            and self._spy.steps_at_preview is not None
            and tile.candidate.preview is not None
        ):
            self._told = number
            self.steps.append(self._spy.steps)


class PaintProbe(QObject):
    """When a widget is painted next."""

    def __init__(self, widget: Any) -> None:
        super().__init__()
        self.at: float | None = None
        widget.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802  Qt's
        if event.type() is QEvent.Type.Paint and self.at is None:
            self.at = time.perf_counter()
        return False


def _after(kind: type, name: str, then: Callable[[Any], None]) -> None:
    """Call `then` with the widget after each call of a method; before any widget of that kind is made."""
    method = getattr(kind, name)

    def wrapped(self: Any, event: Any) -> None:
        method(self, event)
        then(self)

    setattr(kind, name, wrapped)
