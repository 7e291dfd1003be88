"""The window's gallery over 100,000 pictures: first paint, scrolling, searching, memory.

    python -m tests.benchmarks.gallery [--pictures 100000] [--folder FOLDER]

Drives the real panel, offscreen where there is no screen. Rows and thumbnails are generated, as in
`tests.benchmarks.library`. Prints figures; asserts nothing.
"""

from __future__ import annotations

import argparse
import gc
import os
import random
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

if not os.environ.get("DISPLAY") and not os.environ.get("WAYLAND_DISPLAY"):
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

import psutil
from PySide6.QtCore import QCoreApplication, QEvent, QObject
from PySide6.QtWidgets import QWidget
from rich.console import Console
from rich.table import Table

from dalle_studio.app import make_application
from dalle_studio.state.gallery import Gallery
from dalle_studio.state.notices import Notices
from dalle_studio.storage.pictures.library import Library
from dalle_studio.storage.pictures.thumbnails import Thumbnails as KeptThumbnails
from dalle_studio.ui.gallery_grid import GalleryGrid
from dalle_studio.ui.gallery_panel import GalleryPanel
from dalle_studio.ui.recipe_panel import RecipePanel
from dalle_studio.ui.theme import Scheme, Theme
from dalle_studio.ui.thumbnails import Thumbnails
from tests.benchmarks.library import CHINESE, QUERIES, fill, sha, thumbnailed

ROUNDS = 600
FRAME_S = 1 / 60
Samples = list[tuple[float, float]]  # wall and processor time, ms


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--pictures", type=int, default=100_000)
    parser.add_argument("--folder", type=Path, help="keep the library there, or take the one that is there")
    parser.add_argument("--measure", action="store_true", help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.measure:
        measure(options.folder)
        return
    with tempfile.TemporaryDirectory() as folder:
        home = options.folder or Path(folder)
        if not (home / "pictures").exists():
            fill(home, options.pictures)
        link_thumbnails(home)
        command = [sys.executable, "-m", "tests.benchmarks.gallery", "--measure", "--folder", str(home)]
        # in a process of its own: its memory is the window's alone
        subprocess.run(command, check=True, env={**os.environ, "XDG_CACHE_HOME": str(home / "home")})


def link_thumbnails(home: Path) -> None:
    """Every picture gets one of fifty thumbnails, so that wherever one scrolls there is one to decode."""
    cache = home / "home" / "dalle-studio"
    if cache.exists():
        return
    with Library(home / "pictures", cache) as library:
        count = library.count()
    kept = KeptThumbnails(cache)
    for number in range(50):
        kept.make(thumbnailed(number), 256)
    for number in range(50, count):
        target = kept._path(sha(number), 256)
        target.parent.mkdir(parents=True, exist_ok=True)
        os.link(kept._path(sha(number % 50), 256), target)


class Screen(QObject):
    """The panel in a window of its own, and how long it takes until it is painted."""

    def __init__(self, home: Path, theme: Theme) -> None:
        super().__init__()
        self.painted = 0
        self.gallery = Gallery(home / "pictures", Notices())
        self.thumbnails = Thumbnails(self.gallery)
        self.window = QWidget()
        self.window.resize(316, 900)
        self.panel = GalleryPanel(self.gallery, self.thumbnails, theme, self.window)
        self.recipe = RecipePanel(self.gallery, self.thumbnails, theme, self.window)
        self.panel.resize(316, 900)
        grid = self.panel.findChild(GalleryGrid)
        assert grid is not None
        self.grid = grid
        self.grid.viewport().installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802  Qt's
        if event.type() is QEvent.Type.Paint and self.grid.model().rowCount():
            self.painted += 1
        return False

    def wait_for_paint(self) -> None:
        before = self.painted
        while self.painted == before:
            QCoreApplication.processEvents()

    def idle(self, seconds: float) -> None:
        """Turn the event loop, as between two frames: thumbnails come in meanwhile."""
        end = time.perf_counter() + seconds
        while time.perf_counter() < end:
            QCoreApplication.processEvents()

    def close(self) -> None:
        self.thumbnails.close()
        self.gallery.close()
        self.window.deleteLater()


def measure(home: Path) -> None:
    application = make_application([])
    theme = Theme(Scheme.DARK)
    theme.install(application)
    process = psutil.Process()
    start = time.perf_counter()
    screen = Screen(home, theme)
    screen.window.show()
    # rows without files would be found missing: the library is opened and watched, its folder not looked at
    screen.gallery._upkeep._scan = lambda library: None  # type: ignore[method-assign]
    screen.gallery.refresh()
    screen.wait_for_paint()
    first_ms = (time.perf_counter() - start) * 1000
    gc.collect()
    gc.freeze()  # as the application does
    count = len(screen.gallery.entries)
    chances = random.Random(1)
    figures = Table("figure", "median", "p99", "p99 of processor time", "aim", title=f"{count:,} pictures")
    figures.add_row("open to first paint with pictures", f"{first_ms:.0f} ms", "", "", "300 ms")
    for name, samples, aim in [
        ("scroll by the wheel, a frame", wheel(screen), "16 ms"),
        ("jump anywhere, a frame", jumps(screen, chances), "16 ms"),
        ("search, to the painted result", searches(screen, chances), "50 ms"),
        ("a star, to its paint", stars(screen, chances), ""),
        ("select a picture, to its recipe's paint", selects(screen, chances), ""),
    ]:
        figures.add_row(name, *spread(samples), aim)
    memory = process.memory_info().rss
    figures.add_row("memory of the process", f"{memory / 1e6:.0f} MB", "", "", "350 MB")
    figures.add_row("thumbnails of that", f"{screen.thumbnails.size_bytes / 1e6:.0f} MB", "", "", "")
    Console(width=110).print(figures)
    screen.close()


def timed(screen: Screen, act: Callable[[], object]) -> tuple[float, float]:
    """How long the main thread takes for something and the paint after it; processor time is this thread's."""
    screen.grid.viewport().update()  # there is a paint in any case
    before, busy = time.perf_counter(), time.thread_time()
    act()
    screen.grid.viewport().repaint()
    return (time.perf_counter() - before) * 1000, (time.thread_time() - busy) * 1000


def wheel(screen: Screen) -> Samples:
    bar, samples = screen.grid.verticalScrollBar(), list[tuple[float, float]]()
    for step in range(ROUNDS):
        samples.append(timed(screen, lambda step=step: bar.setValue(step * 150)))
        screen.idle(FRAME_S)
    return samples


def jumps(screen: Screen, chances: random.Random) -> Samples:
    bar, samples = screen.grid.verticalScrollBar(), list[tuple[float, float]]()
    for _ in range(ROUNDS):
        samples.append(timed(screen, lambda: bar.setValue(chances.randrange(bar.maximum()))))
        screen.idle(FRAME_S)
    return samples


def searches(screen: Screen, chances: random.Random) -> Samples:
    samples = list[tuple[float, float]]()
    for _ in range(ROUNDS // 2):
        query = chances.choice((*QUERIES, *CHINESE, "number 12", ""))
        screen.gallery.show(chances.choice(("all", "all", "starred", "collection:collection 3")))
        samples.append(timed(screen, lambda query=query: screen.gallery.set_query(query)))
        screen.idle(FRAME_S)
    screen.gallery.show("all")
    screen.gallery.set_query("")
    return samples


def stars(screen: Screen, chances: random.Random) -> Samples:
    samples = list[tuple[float, float]]()
    for _ in range(ROUNDS // 6):
        path = screen.gallery.entries[chances.randrange(200)].path
        samples.append(timed(screen, lambda path=path: screen.gallery.toggle_star(path)))
        screen.idle(FRAME_S)
    return samples


def selects(screen: Screen, chances: random.Random) -> Samples:
    samples = list[tuple[float, float]]()
    for _ in range(ROUNDS // 6):
        path = screen.gallery.entries[chances.randrange(200)].path

        def select(path: Path = path) -> None:
            screen.gallery.select(path)
            screen.recipe.repaint()

        samples.append(timed(screen, select))
        screen.idle(FRAME_S)
    return samples


def spread(samples: Samples) -> tuple[str, str, str]:
    wall, own = (sorted(times) for times in zip(*samples, strict=True))
    last = len(samples) * 99 // 100
    return f"{wall[len(wall) // 2]:.1f} ms", f"{wall[last]:.1f} ms", f"{own[last]:.1f} ms"


if __name__ == "__main__":
    main()
