"""A studio with its window and a camera, worked step by step without a screen.

Plays the three stories of the demonstration; the screenshots of the documentation begin with them too.
"""

from __future__ import annotations

import os
import threading
import time
from collections.abc import Callable, Sequence
from pathlib import Path

from PySide6.QtCore import QCoreApplication, QMessageLogContext, QtMsgType, qInstallMessageHandler
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QApplication

from dalle_studio.core.picture import Picture
from dalle_studio.engine.base import Engine
from dalle_studio.state.candidate import Candidate
from dalle_studio.state.model_store import ModelStore
from dalle_studio.state.notices import Level
from dalle_studio.state.stroke import Tool
from dalle_studio.state.studio import Studio
from dalle_studio.storage.models.installed import find_model, read_lexicon
from dalle_studio.ui.front import Front
from dalle_studio.ui.language import Language
from dalle_studio.ui.main_window import MainWindow
from dalle_studio.ui.pixels import picture_of
from dalle_studio.ui.theme import Scheme, Theme

SIZE_PX = (1440, 900)
SEED = 7
PLACES = ((0.2, 0.66), (0.5, 0.62), (0.8, 0.66))
_SETTLED_S = 0.6  # what fades in has done so


class TourCancelled(Exception):
    """It was given up."""


class Tour:
    """Works the window as a user does, waits for what is made, and takes pictures of it.

    Args:
        engine: makes the pictures; not unloaded.
        folder: of the gallery.
        cancel: gives up what is waited for (TourCancelled).
        store: what is asked about models; without one, disk and hub.

    Attributes:
        saved: the files of all that was made.
    """

    def __init__(
        self, engine: Engine, folder: Path, cancel: threading.Event, store: ModelStore | None = None
    ) -> None:
        os.environ["QT_QPA_PLATFORM"] = "offscreen"
        qInstallMessageHandler(_tell_qt)
        self._application = QApplication(["dalle-studio"])
        self._cancel = cancel
        self.saved: list[Path] = []
        self.theme = Theme(Scheme.DARK)
        self.theme.install(self._application)
        model = find_model()
        self.studio = Studio(engine, model, read_lexicon(model), folder, store=store)
        self._front = Front(self.studio, self.theme, Language(self._application, "en"))
        self._open()
        self.studio.gallery.refresh()

    @property
    def window(self) -> MainWindow:
        """The one there is now: another language makes it anew."""
        return self._front.window

    def speak(self, language: str) -> None:
        """Choose the language of the window."""
        before = self.window
        self.studio.preferences.change(language=language)
        self.wait(lambda: self.window is not before)
        self._open()

    def _open(self) -> None:
        self.window.resize(*SIZE_PX)
        self.window.show()

    def wait(self, done: Callable[[], bool]) -> None:
        """Until something is so. Raises TourCancelled."""
        while not done():
            if self._cancel.is_set():
                raise TourCancelled
            QCoreApplication.processEvents()
            time.sleep(0.005)

    def settle(self, seconds: float = _SETTLED_S) -> None:
        """Let the window finish what it shows."""
        end = time.monotonic() + seconds
        self.wait(lambda: time.monotonic() > end and not self.window.thumbnails.is_busy)

    def make(self, start: Callable[[], None]) -> list[Candidate]:
        """Start something, wait until it is made and saved, look at the first; returns its tiles.

        Raises RuntimeError where the studio tells an error.
        """
        candidates = self.studio.candidates
        before = {each.number for each in candidates.candidates}
        start()
        self.studio.files.finish()
        self.wait(lambda: not self.studio.jobs.jobs)
        self.studio.gallery.finish()
        for notice in self.studio.notices.notices:
            if notice.level is Level.ERROR:
                raise RuntimeError(f"{notice.text} {notice.remedy} {notice.details}")
        made = [each for each in candidates.candidates if each.number not in before]
        self.saved += [each.path for each in made if each.path is not None]
        self.studio.look_at(made[0].number)
        return made

    def begin(self, *, count: int) -> None:
        """An empty composer and an empty strip; the files stay. Pictures come in that number, with one seed."""
        self.studio.candidates.clear_finished()
        self.studio.canvas.set_tool(Tool.SELECT)
        self.studio.composer.clear()
        self.studio.composer.change(count=count, seed=SEED, seed_locked=True)

    def shoot(self, path: Path) -> None:
        """Write what the window shows, in the format of the suffix."""
        self.settle()
        shown = picture_of(QImage(self.window.grab().toImage())).image
        if path.suffix == ".png":
            shown.save(path)
        else:
            shown.save(path, quality=88, subsampling=0, optimize=True)

    def close(self) -> None:
        """End the window; what is finished is saved."""
        self.window.close()
        qInstallMessageHandler(None)


def teddy_bears(tour: Tour) -> list[Picture]:
    """From chips to four pictures, two of them kept."""
    tour.begin(count=4)
    composer, candidates = tour.studio.composer, tour.studio.candidates
    composer.add_block("who", "Teddy bears")
    composer.add_block("doing", "shopping for groceries")
    composer.add_block("styles", "ukiyo-e")
    made = tour.make(tour.studio.make)
    for tile in made[:3:2]:
        candidates.keep(tile.number)
    return pictures_of(made)


def flamingos(tour: Tour, styles: Sequence[str]) -> list[Picture]:
    """Three places for a flamingo in a picture of a beach, in several styles; returns the beach and those."""
    tour.begin(count=1)
    studio = tour.studio
    studio.composer.set_text("a palm tree on a beach")
    (beach,) = pictures_of(tour.make(studio.make))
    for x, y in PLACES:
        mark(tour, "a pink flamingo", x, y)
    studio.composer.clear()
    for style in styles:
        studio.composer.add_block("styles", style)
    return [beach, *pictures_of(tour.make(studio.make))]


def variations(tour: Tour, painting: Path) -> list[Picture]:
    """Four variations of a painting; returns it and those."""
    tour.begin(count=4)
    studio = tour.studio
    studio.open(painting)
    studio.files.finish()
    source = studio.canvas.picture
    assert source is not None
    return [source, *pictures_of(tour.make(studio.vary))]


def mark(tour: Tour, prompt: str, x: float, y: float) -> None:
    """Put a marker at a place, in shares of the picture's width and height, and say what comes there."""
    canvas = tour.studio.canvas
    assert canvas.picture is not None
    width_px, height_px = canvas.picture.size.wh
    canvas.activate(None)
    canvas.set_tool(Tool.MARKER)
    canvas.press(x * width_px, y * height_px)
    canvas.release(x * width_px, y * height_px)
    assert canvas.active is not None
    canvas.set_prompt(canvas.active.number, prompt)


def pictures_of(tiles: list[Candidate]) -> list[Picture]:
    """The pictures of tiles that are ready."""
    return [tile.picture for tile in tiles if tile.picture is not None]


def _tell_qt(kind: QtMsgType, context: QMessageLogContext, message: str) -> None:
    """Without a screen, Qt tells of every window what it cannot do; that is no news."""
    if not message.startswith("This plugin does not support"):
        print(f"Qt: {message}", flush=True)
