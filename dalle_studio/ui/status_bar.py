"""The line at the bottom of the window: the engine, the job it works on, and the queue behind it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, Qt, Signal, Slot
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QProgressBar, QSizePolicy, QWidget

from dalle_studio.core.model import Model
from dalle_studio.core.sentence import Bytes
from dalle_studio.state.jobs import Job, Jobs, JobState
from dalle_studio.ui.buttons import IconButton, TextButton
from dalle_studio.ui.language import told, tr, written
from dalle_studio.ui.popup import Popup
from dalle_studio.ui.theme import Theme
from dalle_studio.ui.words import Words

if TYPE_CHECKING:
    from dalle_studio.core.machine import Machine
    from dalle_studio.storage.models.estimates import Estimate

HEIGHT_PX = 30


class StatusBar(QWidget):
    """Shows what the engine does and gives each job up on wish."""

    def __init__(self, jobs: Jobs, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._jobs = jobs
        self._theme = theme
        self._build()
        self._queue.cancel_wanted.connect(jobs.cancel)
        jobs.changed.connect(self._show)
        jobs.progressed.connect(self._show)
        self._show()

    def set_engine_text(self, text: str) -> None:
        """What runs where, for example “Starter model · CPU, 2 cores · 0.9 GB”."""
        self._engine.setText(text)

    @Slot()
    def cancel(self) -> None:
        """Give up the running job; says so at once."""
        if self._jobs.running is not None:
            self._jobs.cancel(self._jobs.running.number)

    def _build(self) -> None:
        self.setObjectName("status_bar")
        self.setAccessibleName(tr("Status"))
        self.setProperty("kind", "strip")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setFixedHeight(HEIGHT_PX)
        self._dot = _Dot(self._theme)
        self._engine = _label("engine_text", tr("Engine"))
        self._job = _label("job_text", tr("Running job"))
        self._progress = self._build_progress()
        tip = tr("Cancel the running job (Ctrl+.)")
        self._cancel = self._small_button("cancel_job", tr("Cancel"), "x", tip)
        self._cancel.clicked.connect(self.cancel)
        self._more = self._small_button("queue", "", "", tr("Show the queue"))
        self._more.clicked.connect(self._open_queue)
        self._queue = _Queue(self._theme, self)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(12, 0, 8, 0)
        layout.setSpacing(8)
        layout.addWidget(self._dot)
        layout.addWidget(self._engine)
        layout.addStretch(1)
        layout.addWidget(self._job)
        layout.addSpacing(6)
        for widget in (self._progress, self._cancel, self._more):
            layout.addWidget(widget)

    def _build_progress(self) -> QProgressBar:
        progress = QProgressBar()
        progress.setObjectName("job_progress")
        progress.setAccessibleName(tr("Progress of the running job"))
        progress.setTextVisible(False)
        progress.setFixedWidth(180)
        return progress

    def _small_button(self, name: str, text: str, icon: str, tooltip: str) -> TextButton:
        button = TextButton(self._theme, text, kind="quiet", icon=icon)
        button.setObjectName(name)
        button.setAccessibleName(tooltip)
        button.setToolTip(tooltip)
        # the bar is lower than a button of the stylesheet
        button.setStyleSheet(
            "QPushButton { min-height: 22px; max-height: 22px; padding: 0 6px; font-size: 12px; }"
        )
        return button

    @Slot()
    def _show(self) -> None:
        jobs, running = self._jobs.jobs, self._jobs.running
        self._dot.show_state(running)
        for widget in (self._job, self._progress, self._cancel):
            widget.setVisible(running is not None)
        if running is not None:
            self._job.setText(job_text(running))
            self._progress.setRange(0, max(1, running.steps))
            self._progress.setValue(running.step)
            self._cancel.setEnabled(running.state is not JobState.CANCELLED)
        waiting = tuple(job for job in jobs if job is not running)
        self._more.setVisible(bool(waiting))
        self._more.setText(tr("{count} more in queue", count=len(waiting)))
        self._queue.show_jobs(waiting)

    @Slot()
    def _open_queue(self) -> None:
        self._queue.show_under(self._more)


class _Dot(QWidget):
    """A dot in the colour of what the engine does."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._role = "good"
        self.setObjectName("engine_dot")
        self.setFixedSize(8, 8)
        theme.changed.connect(self.update)

    def show_state(self, running: Job | None) -> None:
        """Green when idle, amber while loading, the accent while working."""
        if running is None:
            role, words = "good", tr("The engine is ready")
        elif running.phase and not running.step:
            role, words = "warning", tr("The engine is loading")
        else:
            role, words = "accent", tr("The engine is working")
        self.setToolTip(words)
        self.setAccessibleName(words)
        self._role = role
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint it."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(self._theme.colour(self._role))
        painter.drawEllipse(QPointF(4, 4), 4, 4)


class _Queue(Popup):
    """A list over the status bar: each waiting job with a button that gives it up."""

    cancel_wanted = Signal(int)

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(theme, parent)
        self._rows: list[QWidget] = []
        self._shown: tuple[int, ...] = ()
        self.setObjectName("queue_list")
        self.setAccessibleName(tr("Jobs in the queue"))
        self.setMinimumWidth(300)
        self.body.setSpacing(2)

    def show_jobs(self, jobs: tuple[Job, ...]) -> None:
        """List these jobs; closes when none is left."""
        shown = tuple(job.number for job in jobs)
        if shown == self._shown:
            return
        self._shown = shown
        for row in self._rows:
            self.body.removeWidget(row)
            row.hide()
            row.deleteLater()
        self._rows = [self._row(job, place) for place, job in enumerate(jobs, 1)]
        for row in self._rows:
            self.body.addWidget(row)
        if not jobs:
            self.hide()
        elif self.isVisible():
            self.adjustSize()

    def _row(self, job: Job, place: int) -> QWidget:
        row = QWidget()
        title = QLabel(f"{place}.  {told(job.title)}")
        title.setTextFormat(Qt.TextFormat.PlainText)
        words = tr("Cancel “{job}”, number {place} in the queue", job=job.title, place=place)
        button = IconButton(self._theme, "x", words, size_px=14)
        button.setObjectName(f"cancel_job_{job.number}")
        button.clicked.connect(lambda: self.cancel_wanted.emit(job.number))
        layout = QHBoxLayout(row)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(title, 1)
        layout.addWidget(button)
        return row


def job_text(job: Job) -> str:
    """What a job does now, in one line: “Filling 3 of 6 · step 7 of 12 · 4 s left”."""
    if job.state is JobState.CANCELLED:
        return tr("{job} · Cancelling…", job=job.title)
    parts = [told(job.title)]
    if job.phase:
        parts.append(told(job.phase))
    elif job.steps:
        parts.append(tr("step {step} of {steps}", step=job.step, steps=job.steps))
    if job.remaining_s is not None:
        parts.append(left_text(job.remaining_s))
    return " · ".join(parts)


def duration_text(seconds: float) -> str:
    """A time for people: “4 s”, “1 min 20 s”, “2 h 5 min”."""
    whole = max(1, round(seconds))
    hours, minutes, rest = whole // 3600, whole // 60 % 60, whole % 60
    if hours:
        return tr("{hours} h {minutes} min", hours=hours, minutes=minutes)
    if minutes:
        return tr("{minutes} min {seconds} s", minutes=minutes, seconds=rest)
    return tr("{seconds} s", seconds=rest)


def left_text(seconds: float) -> str:
    """“4 s left”."""
    return tr("{time} left", time=duration_text(seconds))


def estimate_text(estimate: Estimate | None) -> str:
    """“about 12 s · 6.1 GB”; empty where nothing was learnt yet."""
    if estimate is None:
        return ""
    seconds = tr("about {time}", time=duration_text(estimate.seconds)) if estimate.seconds else ""
    memory = written(Bytes(estimate.memory_bytes)) if estimate.memory_bytes else ""
    return " · ".join(filter(None, (seconds, memory)))


def engine_text(model: Model, machine: Machine | None, memory: str) -> str:
    """What draws, on what, and how it lies in memory: “SDXL · NVIDIA RTX 4070 · parts wait in main memory”."""
    where = machine.name or machine.device.upper() if machine else tr("on this computer, offline")
    return " · ".join(filter(None, (told(model.label), where, told(memory))))


def _label(name: str, accessible: str) -> QLabel:
    label = Words()
    label.setObjectName(name)
    label.setAccessibleDescription(accessible)
    label.setProperty("kind", "second")
    label.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Preferred)
    return label
