"""The status bar with a scripted engine behind real jobs."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractButton, QLabel, QProgressBar, QWidget
from pytestqt.qtbot import QtBot

from dalle_studio.state.jobs import Jobs
from dalle_studio.state.runner import Runner
from dalle_studio.ui.status_bar import StatusBar, duration_text
from dalle_studio.ui.theme import Theme
from tests.scripted import ScriptedEngine, asking


@pytest.fixture
def engine() -> ScriptedEngine:
    return ScriptedEngine(free=False)


@pytest.fixture
def jobs(qtbot: QtBot, engine: ScriptedEngine) -> Iterator[Jobs]:
    jobs = Jobs(Runner(engine))
    yield jobs
    jobs.close()


@pytest.fixture
def bar(qtbot: QtBot, jobs: Jobs, theme: Theme) -> StatusBar:
    bar = StatusBar(jobs, theme)
    qtbot.addWidget(bar)
    bar.resize(1000, 30)
    bar.show()
    return bar


def text(bar: StatusBar, name: str) -> str:
    label = bar.findChild(QLabel, name)
    assert label is not None
    return label.text()


def button(bar: StatusBar, name: str) -> QAbstractButton:
    found = bar.findChild(QAbstractButton, name)
    assert found is not None
    return found


def dot(bar: StatusBar) -> str:
    found = bar.findChild(QWidget, "engine_dot")
    assert found is not None
    return found.accessibleName()


def test_idle_it_shows_the_engine_and_no_job(bar: StatusBar) -> None:
    bar.set_engine_text("Starter model · CPU")
    assert text(bar, "engine_text") == "Starter model · CPU"
    assert dot(bar) == "The engine is ready"
    for name in ("cancel_job", "queue"):
        assert not button(bar, name).isVisible()


def test_a_job_is_shown_step_by_step(
    qtbot: QtBot, bar: StatusBar, jobs: Jobs, engine: ScriptedEngine
) -> None:
    jobs.start(asking(steps=4), "Filling 3 of 6")
    qtbot.waitUntil(lambda: text(bar, "job_text") == "Filling 3 of 6 · warming up")
    assert dot(bar) == "The engine is loading"
    engine.go()
    qtbot.waitUntil(lambda: text(bar, "job_text") == "Filling 3 of 6 · step 1 of 4 · 3 s left")
    progress = bar.findChild(QProgressBar)
    assert progress is not None
    assert (progress.value(), progress.maximum()) == (1, 4)
    assert dot(bar) == "The engine is working"
    engine.go(4)
    qtbot.waitUntil(lambda: not progress.isVisible())
    assert dot(bar) == "The engine is ready"


def test_a_cancel_is_acknowledged_at_once(qtbot: QtBot, bar: StatusBar, jobs: Jobs) -> None:
    jobs.start(asking(), "A long job")
    qtbot.waitUntil(lambda: "warming up" in text(bar, "job_text"))
    qtbot.mouseClick(button(bar, "cancel_job"), Qt.MouseButton.LeftButton)
    assert text(bar, "job_text") == "A long job · Cancelling…"
    assert not button(bar, "cancel_job").isEnabled()
    qtbot.waitUntil(lambda: not button(bar, "cancel_job").isVisible())


def test_a_cancel_from_elsewhere_is_shown_too(qtbot: QtBot, bar: StatusBar, jobs: Jobs) -> None:
    number = jobs.start(asking(), "A long job")
    jobs.cancel(number)
    assert "Cancelling…" in text(bar, "job_text")


def test_the_queue_opens_and_each_job_can_be_given_up(qtbot: QtBot, bar: StatusBar, jobs: Jobs) -> None:
    jobs.start(asking(), "First")
    second = jobs.start(asking(), "Second")
    third = jobs.start(asking(), "Third")
    assert button(bar, "queue").text() == "2 more in queue"
    qtbot.mouseClick(button(bar, "queue"), Qt.MouseButton.LeftButton)
    queue = bar.findChild(QWidget, "queue_list")
    assert queue is not None
    assert queue.isVisible()
    qtbot.mouseClick(button(bar, f"cancel_job_{second}"), Qt.MouseButton.LeftButton)
    assert [job.title for job in jobs.jobs] == ["First", "Third"]
    assert button(bar, "queue").text() == "1 more in queue"
    qtbot.mouseClick(button(bar, f"cancel_job_{third}"), Qt.MouseButton.LeftButton)
    assert not queue.isVisible()
    assert not button(bar, "queue").isVisible()


@pytest.mark.parametrize(
    ("seconds", "words"),
    [(0.0, "1 s"), (4.4, "4 s"), (59.6, "1 min 0 s"), (80, "1 min 20 s"), (7500, "2 h 5 min")],
)
def test_times_are_told_for_people(seconds: float, words: str) -> None:
    assert duration_text(seconds) == words
