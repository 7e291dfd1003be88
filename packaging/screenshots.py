"""Drive the studio and write the pictures of its window that the README shows (`make screenshots [ALL=FOLDER]`).

With a folder as argument, every state of the window goes there too, in dark and the main ones in light.
"""

from __future__ import annotations

import sys
import tempfile
import threading
from pathlib import Path

from PySide6.QtGui import QImage, QPainter
from PySide6.QtWidgets import QWidget

sys.path.insert(0, str(Path(__file__).parents[1]))  # the shelf of models in the pictures is that of the tests

from dalle_studio.core.request import Follow, Lora
from dalle_studio.engine.local import LocalEngine
from dalle_studio.state.model_store import ModelStore
from dalle_studio.state.stroke import Tool
from dalle_studio.storage.models.download import Transfer
from dalle_studio.storage.models.installed import find_model
from dalle_studio.storage.paths import resources_dir
from dalle_studio.tour import Tour, flamingos, teddy_bears, variations
from dalle_studio.ui.model_menu import ModelButton
from dalle_studio.ui.models_page import ModelsPage
from dalle_studio.ui.pixels import picture_of
from dalle_studio.ui.theme import Scheme
from tests.shelves import ScriptedStore, flux, sdxl

TARGET = resources_dir() / "samples"
PAINTING = TARGET / "night_over_the_bay.jpg"
SHOWN = ("compose", "place", "vary", "gallery", "light", "models", "chinese")  # in the README
STYLES = ("3d render", "watercolour", "ukiyo-e")


class ShownStore(ScriptedStore):
    """Two models that are not here, so that pictures show what it is like; costs are learnt as they are."""

    def __init__(self, data: Path) -> None:
        super().__init__((sdxl(), flux()))
        self._data = data

    estimate = ModelStore.estimate
    learn = ModelStore.learn

    def used_bytes(self, name: str) -> int:
        return next((each.size_bytes for each in self.entries if each.name == name), 0)


class Shoot:
    """A tour of every state of the window."""

    def __init__(self, tour: Tour, store: ShownStore, everything: Path | None) -> None:
        self.tour, self.store = tour, store
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

    def models(self) -> None:
        """All models, one being fetched, what a licence asks for; the menu; options that add-ons bring."""
        studio, window = self.tour.studio, self.tour.window
        window.commands["models"].trigger()
        studio.models.finish()
        page = window.findChild(ModelsPage)
        assert page is not None
        self.tour.wait(lambda: page.is_whole)
        studio.models.install("kandinsky-2.2")
        studio.models.finish()
        self.store.downloads[-1].events = [_FETCHED]
        self.tour.wait(lambda: not self.store.downloads[-1].events)
        self.shoot("models", light=True)
        window.commands["models"].trigger()
        button = window.findChild(ModelButton)
        assert button is not None
        button.click()
        self.shoot_with("model-menu", button.menu_popup)
        button.menu_popup.hide()

    def add_ons(self) -> None:
        """More, with what goes with a model; then a picture that is edited."""
        studio, window = self.tour.studio, self.tour.window
        self.tour.begin(count=4)
        studio.models.choose("sdxl")
        studio.composer.change(
            text="a lighthouse", loras=(Lora("watercolour-sdxl", 0.8),), guide=Follow.EDGES
        )
        window.composer.more.toggle.setChecked(True)
        self.shoot("more", light=True)
        window.composer.more.toggle.setChecked(False)
        studio.models.choose("flux2-klein")
        studio.open(PAINTING)
        studio.files.finish()
        studio.composer.change(text="make it snow, as in picture 2")
        studio.references.add_file(PAINTING)
        studio.files.finish()
        self.shoot("edit", light=True)
        studio.models.choose("starter")

    def chinese(self) -> None:
        """The same window in Chinese, from words to pictures; models and options."""
        self.tour.speak("zh_CN")
        studio = self.tour.studio
        self.tour.begin(count=4)
        studio.composer.add_block("who", "一位宇航员")
        for doing in ("骑着马", "在外太空"):
            studio.composer.add_block("doing", doing)
        self.tour.make(studio.make)
        studio.gallery.select(studio.gallery.entries[0].path)
        self.shoot("chinese", light=True)
        if self._everything is not None:
            self.tour.window.composer.more.toggle.setChecked(True)
            self.shoot("chinese-more")
            self.tour.window.commands["models"].trigger()
            studio.models.finish()
            self.shoot("chinese-models", light=True)
            self.tour.window.commands["models"].trigger()
        self.tour.speak("en")

    def shoot_with(self, name: str, popup: QWidget) -> None:
        """The window with a popup of it, which is a window of its own."""
        if self._everything is None:
            return
        self.tour.settle()
        window = self.tour.window
        shown = QImage(window.grab().toImage())
        painter = QPainter(shown)
        painter.drawPixmap(window.mapFromGlobal(popup.pos()), popup.grab())
        painter.end()
        picture_of(shown).image.save(self._everything / f"{name}.png")
        print(name, flush=True)


_FETCHED = Transfer(5_900_000_000, 19_000_000_000, 41e6, 320.0)


def main(everything: Path | None) -> None:
    with tempfile.TemporaryDirectory() as folder:
        engine = LocalEngine(find_model, Path(folder) / "cache")
        store = ShownStore(Path(folder))
        tour = Tour(engine, Path(folder) / "pictures", threading.Event(), store)
        try:
            shoot = Shoot(tour, store, everything)
            for scene in (shoot.first_page, shoot.compose, shoot.place, shoot.vary):
                scene()
            for scene in (shoot.compare, shoot.extend, shoot.gallery):
                scene()
            shoot.models()
            shoot.chinese()
            if everything is not None:
                shoot.sheet()
                shoot.add_ons()
        finally:
            tour.close()
            engine.unload()


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else None)
