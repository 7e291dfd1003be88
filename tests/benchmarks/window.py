"""`make bench`: how the window feels while the engine works, against the aims of the project.

Prints figures and ratios; asserts nothing, since machines differ. Meant for a machine that does nothing else.
Without a screen the window is drawn offscreen.
"""

from __future__ import annotations

import argparse
import json
import math
import os
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from pathlib import Path
from typing import Any

if not os.environ.get("DISPLAY") and not os.environ.get("WAYLAND_DISPLAY"):
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

import numpy as np
from PIL import Image
from PySide6.QtCore import QEvent, QPointF, Qt
from PySide6.QtGui import QMouseEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from rich.console import Console
from rich.table import Table

from dalle_studio.app import make_application
from dalle_studio.core.event import Event, Finished
from dalle_studio.core.picture import Picture
from dalle_studio.engine.local import LocalEngine
from dalle_studio.state.candidate import CandidateState
from dalle_studio.state.stroke import Tool
from dalle_studio.state.studio import Studio
from dalle_studio.storage.models.installed import find_model, read_lexicon
from dalle_studio.ui.main_window import MainWindow
from dalle_studio.ui.theme import Scheme, Theme
from tests.benchmarks.probes import DabProbe, Heart, PaintProbe, PreviewProbe, Spy

PROMPT = "an astronaut riding a horse in outer space"
DAB_EVERY_S = 0.008  # a mouse of 125 Hz
DABS = 1500
CONSOLE = Console()
Figures = list[tuple[str, str, str]]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--turns", type=int, default=7)
    turns = parser.parse_args().turns
    table = Table("figure", "value", "aim", title="Dalle Studio window")
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        figures = [*starts(folder, turns), *memory(folder)]
        with Desk(folder) as desk:
            gaps = story(desk, folder)
            figures += dabs(desk)
            figures += overhead(desk, turns)
            figures += cancels(desk)
            figures += [
                ("steps done when the first tile changes, at most", f"{max(desk.previews.steps)}", "1")
            ]
            figures += gaps
    for row in figures:
        table.add_row(*row)
    CONSOLE.print(table)


# Processes of their own


def starts(folder: Path, turns: int) -> Figures:
    """From process start to a key that is answered, cold processes taking turns."""
    for does in ("empty", "key"):  # bytecode is written, files are cached
        in_process(folder, does)
    ours, least, heavy = list[float](), list[float](), set[str]()
    computed: list[float] = []
    for turn in range(turns):
        seconds, found = in_process(folder, "key")
        ours.append(seconds)
        heavy.update(found["heavy"])
        computed.append(found["processor_s"])
        least.append(in_process(folder, "empty")[0])
        tell(f"start {turn + 1} of {turns}: {ours[-1]:.2f} s against {least[-1]:.2f} s")
    one, other = statistics.median(ours), statistics.median(least)
    return [
        ("process start to a key that is answered", f"{one:.2f} s", "< 1 s"),
        ("processor time of that", f"{statistics.median(computed):.2f} s", ""),
        ("process start to a key, in a window with nothing but a text field", f"{other:.2f} s", ""),
        ("ratio", f"{one / other:.1f}", ""),
        ("torch, diffusers or transformers in that process", ", ".join(sorted(heavy)) or "none", "none"),
    ]


def memory(folder: Path) -> Figures:
    opened = folder / "opened"
    opened.mkdir()
    for number in range(20):
        noise(number, 1024, 1024).save(opened / f"{number:02d}.png", compress_level=1)
    found = in_process(folder, "memory")[1]
    return [
        (
            "memory with 20 pictures opened one after the other (PSS)",
            f"{found['pss'] / 1e6:.0f} MB",
            "< 250 MB",
        ),
        ("the same with shared libraries in full (RSS)", f"{found['rss'] / 1e6:.0f} MB", ""),
    ]


def in_process(folder: Path, does: str) -> tuple[float, dict[str, Any]]:
    """Seconds from its start to `at_s`, and what it told."""
    environment = {name: each for name, each in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    for name in ("XDG_CONFIG_HOME", "XDG_CACHE_HOME", "XDG_DATA_HOME", "PYTHONPYCACHEPREFIX"):
        environment[name] = str(folder / name.lower())
    start = time.time()
    told = subprocess.run(
        [sys.executable, "-m", "tests.benchmarks.window_start", does, str(folder)],
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        check=True,
    ).stdout
    found: dict[str, Any] = json.loads(told)
    return found.get("at_s", start) - start, found


# One window with the starter model


class Desk:
    """A window with an engine, both watched, and hands that type and paint."""

    def __init__(self, folder: Path) -> None:
        self.model = find_model()
        self.engine = LocalEngine(find_model, folder / "cache")
        self.spy = Spy(self.engine)
        self.previews, self.dabs = PreviewProbe(self.spy), DabProbe()
        self.application = make_application(["benchmark"])
        theme = Theme(Scheme.DARK)
        theme.install(self.application)
        self.studio = Studio(self.spy, self.model, read_lexicon(self.model), folder / "gallery")
        self.window = MainWindow(self.studio, theme)
        self.heart = Heart()

    def __enter__(self) -> Desk:
        self.window.show()
        self.window.activateWindow()
        self.heart.wait(self.window.isActiveWindow)
        self.studio.gallery.refresh()
        self.press("Speed: Draft")
        self.press("Variations: 1")
        return self

    def __exit__(self, *_: object) -> None:
        self.heart.stop()
        self.window.close()

    def press(self, name: str) -> None:
        """Click what has that object name or accessible name."""
        found = [
            each
            for each in self.window.findChildren(QWidget)
            if name in (each.objectName(), each.accessibleName())
        ]
        self.heart.pause(0.1)  # looking for it took time
        self.heart.story = name
        QTest.mouseClick(found[0], Qt.MouseButton.LeftButton)
        self.heart.pause(0.2)

    def type(self, text: str) -> None:
        self.heart.story = f"typing {text!r}"
        for letter in text:
            QTest.keyClicks(self.keyboard(), letter)
            self.heart.pause(0.04)

    def key(self, key: Qt.Key, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
        QTest.keyClick(self.keyboard(), key, modifier)

    def keyboard(self) -> QWidget:
        """What has the keyboard."""
        widget = QApplication.focusWidget()
        assert widget is not None
        return widget

    def paint(self, places: list[tuple[float, float]]) -> None:
        """Press, move and let go on the picture; places are shares of its width and height."""
        kinds = [QEvent.Type.MouseButtonPress, *[QEvent.Type.MouseMove] * (len(places) - 2)]
        for kind, place in zip([*kinds, QEvent.Type.MouseButtonRelease], places, strict=True):
            self.mouse(kind, self.point(*place))
            self.heart.pause(0.02)

    def point(self, x: float, y: float) -> QPointF:
        picture = self.studio.canvas.picture
        assert picture is not None
        return self.window.centre.view.widget_position(x * picture.size.width_px, y * picture.size.height_px)

    def mouse(self, kind: QEvent.Type, point: QPointF) -> None:
        held = (
            Qt.MouseButton.NoButton if kind is QEvent.Type.MouseButtonRelease else Qt.MouseButton.LeftButton
        )
        event = QMouseEvent(
            kind, point, point, Qt.MouseButton.LeftButton, held, Qt.KeyboardModifier.NoModifier
        )
        QApplication.sendEvent(self.window.centre.view, event)

    def wait_until_made(self, story: str) -> None:
        """Until nothing is being made and every finished picture is saved."""
        self.heart.story = story
        tiles, ready = self.studio.candidates, CandidateState.READY
        self.heart.wait(
            lambda: (
                not self.studio.jobs.jobs
                and all(each.path for each in tiles.candidates if each.state is ready)
            )
        )
        self.heart.pause(0.5)


def story(desk: Desk, folder: Path) -> Figures:
    """Generate, place, vary: the longest times in which the window did not answer, and why."""
    painting = folder / "painting.png"
    noise(0, 4000, 2500).save(painting, compress_level=1)
    desk.heart.pause(1)
    desk.heart.gaps.clear()
    desk.window.composer.prompt.setFocus()
    desk.type(PROMPT)
    desk.press("primary_button")
    desk.wait_until_made("generating")
    desk.press("tool_brush")
    desk.paint([(0.2 + 0.02 * step, 0.7) for step in range(20)])
    desk.window.composer.prompt.setFocus()
    desk.key(Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    desk.type("a pink flamingo")
    desk.press("primary_button")
    desk.wait_until_made("filling")
    desk.heart.story = "opening a painting of 10 megapixels"
    desk.studio.open(painting)
    desk.heart.wait(lambda: desk.studio.canvas.picture and desk.studio.canvas.picture.name == painting.name)
    desk.press("primary_button")
    desk.wait_until_made("varying")
    longest = sorted(desk.heart.gaps, reverse=True)[:5]
    busiest = max(gap.busy_s for gap in desk.heart.gaps)
    for gap in longest:
        ran = "; ".join(dict.fromkeys(gap.stacks)) or "Qt"
        tell(f"{gap.seconds * 1000:.0f} ms ({gap.busy_s * 1000:.0f} computing) while {gap.story}: {ran}")
    worst = longest[0]
    running = max(worst.stacks, key=worst.stacks.count).partition(" <")[0] if worst.stacks else "Qt"
    return [
        (
            "longest gap of the main thread in a generate, place, vary story",
            f"{worst.seconds * 1000:.0f} ms",
            "<= 50 ms",
        ),
        ("what ran in it", f"{running}, while {worst.story}", ""),
        ("longest time in which it computed at a stretch", f"{busiest * 1000:.0f} ms", "<= 50 ms"),
        ("gaps above 50 ms", str(sum(gap.seconds > 0.05 for gap in desk.heart.gaps)), "0"),
    ]


def dabs(desk: Desk) -> Figures:
    """A stroke of the brush on 4096 × 4096 pixels while the engine generates."""
    studio, view = desk.studio, desk.window.centre.view
    studio.composer.set_text(PROMPT)
    studio.composer.change(count=8, steps=40)
    studio.generate()
    desk.heart.story = "dabs"
    desk.heart.wait(lambda: desk.spy.steps > 0)
    studio.show(Picture(np.full((4096, 4096, 3), 200, np.uint8), name="large"))
    studio.canvas.set_tool(Tool.BRUSH)
    desk.heart.pause(1)
    middle = desk.point(0.5, 0.5)
    radius = 0.3 * view.height()
    turns = [0.02 * number for number in range(DABS)]
    points = [middle + QPointF(radius * math.cos(turn), radius * math.sin(turn)) for turn in turns]
    desk.mouse(QEvent.Type.MouseButtonPress, points[0])
    thread = desk.dabs.stroke(view, points[1:], DAB_EVERY_S)
    desk.heart.wait(lambda: not thread.is_alive())
    is_busy = bool(studio.jobs.jobs)
    desk.mouse(QEvent.Type.MouseButtonRelease, points[-1])
    studio.jobs.cancel_all()
    desk.heart.wait(lambda: not studio.jobs.jobs)
    studio.composer.change(count=1, steps=None)
    milliseconds = 1000 * np.array(desk.dabs.seconds)
    p50, p99 = np.percentile(milliseconds, (50, 99))
    while_busy = "while the engine generates" if is_busy else "while the engine generated, at first"
    return [
        (f"brush dab on 4096 × 4096 {while_busy}, event to paint, p50", f"{p50:.1f} ms", ""),
        (f"the same, p99 of {len(milliseconds)}", f"{p99:.1f} ms", "< 8 ms"),
    ]


def overhead(desk: Desk, turns: int) -> Figures:
    """The same request through the window and through the engine alone, taking turns."""
    studio, spy = desk.studio, desk.spy
    studio.canvas.show(None)
    studio.composer.set_text(PROMPT)
    studio.composer.change(speed="standard", count=4)
    windows, alone, shares = list[float](), list[float](), list[float]()
    ended: list[float] = []
    studio.jobs.finished.connect(lambda *_: ended.append(time.perf_counter()))
    for turn in range(turns + 1):
        start = time.perf_counter()
        studio.generate()
        desk.wait_until_made("overhead")
        windows.append(ended[-1] - start)
        events: list[Event] = []
        start = time.perf_counter()
        desk.engine.run(spy.requests[-1], events.append, threading.Event())
        alone.append(time.perf_counter() - start)
        last = events[-1]
        assert isinstance(last, Finished) and last.pictures[0].recipe is not None
        shares.append(windows[-1] / alone[-1] - 1)
        tell(f"turn {turn} of {turns}: {windows[-1]:.2f} s against {alone[-1]:.2f} s")
    return [
        ("four pictures through the window", f"{statistics.median(windows[1:]):.2f} s", ""),
        ("the same request through the engine alone", f"{statistics.median(alone[1:]):.2f} s", ""),
        ("what the window adds", f"{statistics.median(shares[1:]):.1%}", "< 3 %"),
    ]


def cancels(desk: Desk) -> Figures:
    """From Ctrl+. to what the user sees, and to an engine that is idle."""
    studio, spy = desk.studio, desk.spy
    label = desk.window.status.findChild(QWidget, "job_text")
    acknowledged, idle, steps = list[float](), list[float](), list[int]()
    studio.composer.set_text(PROMPT)
    studio.composer.change(steps=60)
    for _ in range(5):
        studio.generate()
        seen = len(spy.requests)
        desk.heart.wait(
            lambda seen=seen: len(spy.requests) > seen - 1 and studio.jobs.running and spy.steps >= 3
        )
        painted, before, start = PaintProbe(label), spy.steps, time.perf_counter()
        desk.window.status.cancel()
        desk.heart.wait(lambda: not studio.jobs.jobs)
        acknowledged.append((painted.at or math.inf) - start)
        idle.append(spy.ended_at - start)
        steps.append(spy.steps - before)
    return [
        ("cancel to the window's saying so, at most", f"{max(acknowledged) * 1000:.0f} ms", "< 100 ms"),
        ("steps done after a cancel, at most", str(max(steps)), "1"),
        ("cancel to idle, median", f"{statistics.median(idle) * 1000:.0f} ms", ""),
    ]


def noise(seed: int, width_px: int, height_px: int) -> Image.Image:
    """Clouds of colour."""
    small = np.random.default_rng(seed).integers(0, 256, (height_px // 16, width_px // 16, 3), np.uint8)
    return Image.fromarray(small).resize((width_px, height_px), Image.Resampling.BICUBIC)


def tell(text: str) -> None:
    print(text, file=sys.stderr)


if __name__ == "__main__":
    main()
