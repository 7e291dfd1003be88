"""Drive the studio and write the pictures of its window that the README shows (`make screenshots [ALL=FOLDER]`).

With a folder as argument, every state of the window goes there too, in dark and the main ones in light.
"""

from __future__ import annotations

import sys
import tempfile
import threading
from pathlib import Path

from dalle_studio.engine.local import LocalEngine
from dalle_studio.state.stroke import Tool
from dalle_studio.storage.models.installed import find_model
from dalle_studio.storage.paths import resources_dir
from dalle_studio.tour import Tour, flamingos, teddy_bears, variations
from dalle_studio.ui.theme import Scheme

TARGET = resources_dir() / "samples"
PAINTING = TARGET / "night_over_the_bay.jpg"
SHOWN = ("compose", "place", "vary", "gallery", "light")  # in the README
STYLES = ("3d render", "watercolour", "ukiyo-e")


class Shoot:
    """A tour of every state of the window."""

    def __init__(self, tour: Tour, everything: Path | None) -> None:
        self.tour = tour
        self._everything = everything

    def shoot(self, name: str, *, light: bool = False) -> None:
        if name in SHOWN:
            self.tour.shoot(TARGET / f"window-{name}.jpg")
        if self._everything is not None:
            self.tour.shoot(self._everything / f"{name}.png")
            if light:
                self.tour.theme.choose(Scheme.LIGHT)
                self.tour.shoot(self._everything / f"{name}-light.png")
                self.tour.theme.choose(Scheme.DARK)
        print(name, flush=True)

    def first_page(self) -> None:
        self.shoot("first", light=True)

    def compose(self) -> None:
        teddy_bears(self.tour)
        self.shoot("compose", light=True)

    def sheet(self) -> None:
        """Several subjects in several styles, the whole grid."""
        studio = self.tour.studio
        self.tour.begin(count=1)
        for who in ("an astronaut", "a fox"):
            studio.composer.add_block("who", who)
        studio.composer.add_block("doing", "in a forest")
        for style in STYLES:
            studio.composer.add_block("styles", style)
        studio.composer.change(each_subject=True)
        self.tour.make(studio.make)
        self.shoot("sheet")

    def place(self) -> None:
        flamingos(self.tour, STYLES)
        studio = self.tour.studio
        studio.look_at_canvas()
        self.shoot("place", light=True)
        self.tour.theme.choose(Scheme.LIGHT)
        self.shoot("light")
        self.tour.theme.choose(Scheme.DARK)
        studio.look_at(studio.candidates.candidates[-1].number)
        self.shoot("placed")

    def vary(self) -> None:
        variations(self.tour, PAINTING)
        self.shoot("vary", light=True)

    def compare(self) -> None:
        """What is on the canvas beside the painting, under the slider."""
        studio = self.tour.studio
        studio.compare_with(PAINTING)
        studio.files.finish()
        self.shoot("compare")
        studio.canvas.set_compare(None)

    def extend(self) -> None:
        studio = self.tour.studio
        studio.place_into(studio.candidates.candidates[0].number)
        studio.canvas.set_tool(Tool.FRAME)
        studio.canvas.set_frame_format(3.0)
        self.shoot("extend", light=True)
        studio.history.undo()
        studio.canvas.set_tool(Tool.SELECT)

    def gallery(self) -> None:
        """A picture on the canvas, its recipe, where it comes from and what came of it; some are starred."""
        studio = self.tour.studio
        for entry in studio.gallery.entries[2:8:3]:
            studio.gallery.toggle_star(entry.path)
        beach = next(entry for entry in studio.gallery.entries if "palm-tree" in entry.name)
        studio.gallery.select(beach.path)
        studio.open(studio.gallery.children(beach)[0].path)
        studio.files.finish()
        self.shoot("gallery", light=True)


def main(everything: Path | None) -> None:
    with tempfile.TemporaryDirectory() as folder:
        engine = LocalEngine(find_model, Path(folder) / "cache")
        tour = Tour(engine, Path(folder) / "pictures", threading.Event())
        try:
            shoot = Shoot(tour, everything)
            for scene in (shoot.first_page, shoot.compose, shoot.place, shoot.vary):
                scene()
            for scene in (shoot.compare, shoot.extend, shoot.gallery):
                scene()
            if everything is not None:
                shoot.sheet()
        finally:
            tour.close()
            engine.unload()


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else None)
