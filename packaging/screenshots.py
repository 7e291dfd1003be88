"""Drive the studio and write the pictures of its window that the README shows (`make screenshots`)."""

from __future__ import annotations

import os
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PIL import Image
from PySide6.QtCore import QCoreApplication
from PySide6.QtGui import QImage

from dalle_studio.app import make_application
from dalle_studio.engine.local import LocalEngine
from dalle_studio.state.stroke import Tool
from dalle_studio.state.studio import Studio
from dalle_studio.storage.models import find_model, read_lexicon
from dalle_studio.storage.paths import resources_dir
from dalle_studio.ui.main_window import MainWindow
from dalle_studio.ui.pixels import picture_of
from dalle_studio.ui.theme import Scheme, Theme

TARGET = resources_dir() / "samples"
PAINTING = TARGET / "night_over_the_bay.jpg"
PATIENCE_S = 300


class Shoot:
    """A studio with its window, and a camera."""

    def __init__(self, folder: Path) -> None:
        self.application = make_application(["screenshots"])
        self.theme = Theme(Scheme.DARK)
        self.theme.install(self.application)
        model = find_model()
        engine = LocalEngine(find_model, folder / "cache")
        self.studio = Studio(engine, model, read_lexicon(model), folder / "pictures")
        self.window = MainWindow(self.studio, self.theme)
        self.window.show()
        self.studio.gallery.refresh()

    def wait(self, done: Callable[[], bool]) -> None:
        end = time.monotonic() + PATIENCE_S
        while not done():
            QCoreApplication.processEvents()
            time.sleep(0.01)
            if time.monotonic() > end:
                raise TimeoutError("the engine did not finish")

    def made(self) -> None:
        """Wait until everything is made and saved."""
        self.wait(
            lambda: not self.studio.jobs.jobs and all(c.path for c in self.studio.candidates.candidates)
        )

    def settle(self, seconds: float = 1.0) -> None:
        end = time.monotonic() + seconds
        self.wait(lambda: time.monotonic() > end)

    def shoot(self, name: str) -> None:
        self.settle()
        grabbed = picture_of(QImage(self.window.grab().toImage()))
        Image.fromarray(grabbed.pixels).save(TARGET / f"window-{name}.jpg", quality=90, subsampling=0)
        print(name)

    def close(self) -> None:
        self.window.close()


def compose(shoot: Shoot) -> None:
    composer = shoot.studio.composer
    composer.change(seed=11, seed_locked=True)
    for who in ("an astronaut", "Teddy bears"):
        composer.add_block("who", who)
        composer.add_block("doing", "riding a horse" if who == "an astronaut" else "shopping for groceries")
        composer.add_block("doing", "in outer space") if who == "an astronaut" else None
        composer.add_block("styles", "watercolour" if who == "an astronaut" else "3d render")
        shoot.studio.make()
        shoot.made()
        if who == "an astronaut":
            shoot.shoot("compose")
            composer.clear()


def place(shoot: Shoot) -> None:
    studio, canvas = shoot.studio, shoot.studio.canvas
    studio.composer.clear()
    studio.composer.set_text("a beach with palm trees")
    studio.composer.change(count=1)
    studio.make()
    shoot.made()
    studio.look_at(studio.candidates.candidates[-1].number)
    for prompt, (x, y) in (("a pink flamingo", (300, 640)), ("a sailing boat", (760, 420))):
        canvas.activate(None)
        canvas.set_tool(Tool.MARKER)
        canvas.press(x, y)
        canvas.release(x, y)
        assert canvas.active is not None
        canvas.set_prompt(canvas.active.number, prompt)
    studio.composer.clear()
    for style in ("watercolour", "oil", "neon"):
        studio.composer.add_block("styles", style)
    studio.make()
    shoot.wait(lambda: sum(c.path is not None for c in studio.candidates.candidates) > 8)
    shoot.shoot("place")
    shoot.made()


def vary(shoot: Shoot) -> None:
    studio = shoot.studio
    studio.composer.clear()
    studio.composer.change(count=4)
    studio.candidates.keep_all()
    studio.candidates.clear_finished()
    studio.open(PAINTING)
    studio.vary()
    shoot.made()
    shoot.shoot("vary")


def gallery(shoot: Shoot) -> None:
    gallery = shoot.studio.gallery
    for entry in gallery.entries[2:8:3]:
        gallery.toggle_star(entry.path)
    gallery.select(gallery.entries[0].path)
    shoot.theme.choose(Scheme.LIGHT)
    shoot.shoot("light")


def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        shoot = Shoot(Path(folder))
        for scene in (compose, place, vary, gallery):
            scene(shoot)
        shoot.close()


if __name__ == "__main__":
    main()
