"""The application in a window without a screen, to be killed: it paints, makes pictures, saves projects, says so.

Every line on standard output is a promise, in JSON: what was done, and what must be there from now on. Only its
engine is a scripted one, since torch takes longer to load than such a life lasts.
"""

from __future__ import annotations

import hashlib
import json
import os
import random
import sys
import time
from pathlib import Path
from typing import Any

from PySide6.QtCore import QCoreApplication, Qt, QTimer, Slot

from dalle_studio import app
from dalle_studio.core.picture import Picture
from dalle_studio.state.notices import Level
from dalle_studio.storage.pictures.row import Row
from dalle_studio.storage.project import Project
from dalle_studio.ui import front
from dalle_studio.ui.main_window import MainWindow
from tests.scripted import QuietEngine
from tests.storage.samples import noise

PICTURES, CACHE = "pictures", "cache"
SESSIONS, PROJECTS, SETTINGS, PROMPTS = "sessions", "projects", "settings.json", "prompts.json"
SIDE_PX = 192
_PAUSE_MS = 30


def edit_of(project: Project) -> int:
    """The number of the edit that a project was taken after; 0 before the first."""
    return int(project.composition.get("text") or 0)


def canvas_sum(project: Project) -> str:
    """Stands for everything on a canvas."""
    digest = hashlib.sha256(project.picture.sha256.encode() if project.picture else b"")
    for region in project.regions:
        digest.update(f"{region.number} {region.prompt}".encode() + region.mask.tobytes())
    return digest.hexdigest()


class BusyWindow(MainWindow):
    """Works for ever: something happens every few milliseconds."""

    def __init__(self, *arguments: Any) -> None:
        super().__init__(*arguments)
        self._home, self._rng = Path(sys.argv[1]), random.Random(int(sys.argv[2]))
        self._edit = int(1000 * time.time())  # later studios count from higher numbers
        self._saving: tuple[Path, int] | None = None
        self._has_looked = False
        studio = self._studio
        studio.recovery.changed.connect(self._take_up)
        studio.gallery.saved.connect(self._promise_picture)
        studio.documents.changed.connect(self._promise_project)
        studio.notices.changed.connect(self._look_for_errors)
        say(ready=True)

    @Slot()
    def _take_up(self) -> None:
        """Go on with what the last studio left, the newest of it."""
        if self._has_looked:
            return
        self._has_looked = True
        works, documents = self._studio.recovery.works, self._studio.documents
        if not works:
            self._studio.canvas.show(self._picture())
            self._work()
            return
        documents.replaced.connect(self._work, Qt.ConnectionType.SingleShotConnection)
        self._studio.recovery.restore(works[0])
        for work in works[1:]:  # a studio killed in the middle of taking them up leaves two
            documents.session.discard(work.left)

    @Slot()
    def _work(self) -> None:
        works = {self._paint: 60, self._make: 8, self._set: 5, self._show: 4, self._save: 1}
        self._rng.choices(list(works), list(works.values()))[0]()
        QTimer.singleShot(self._rng.randrange(_PAUSE_MS), self, self._work)

    def _paint(self) -> None:
        """In one go: with a real mouse the journal could be written between the stroke and its number."""
        self.commands["tool_brush"].trigger()
        x, y = (self._rng.uniform(0, SIDE_PX) for _ in range(2))
        self._studio.canvas.press(x, y)
        self._studio.canvas.release(x + 9, y + 5)
        self._changed()

    def _show(self) -> None:
        if not self._studio.jobs.jobs:  # the first picture of a job would come to the canvas, too
            self._studio.canvas.show(self._picture())
            self._changed()

    def _changed(self) -> None:
        """One more edit; its number stands in the prompt, so that it is found again."""
        self._edit += 1
        self._studio.composer.set_text(str(self._edit))
        say(edit=self._edit, at_s=time.time(), canvas=canvas_sum(self._studio.documents._take()))

    def _make(self) -> None:
        if self._studio.canvas.regions and not self._studio.jobs.jobs:
            self._studio.generate()

    @Slot(int, object)
    def _promise_picture(self, _: int, row: Row) -> None:
        gallery = self._studio.gallery
        if starred := self._rng.random() < 0.5:
            gallery.toggle_star(row.path)
            gallery.add_to([row.path], "Cars")
        say(picture=row.id, sha256=row.sha256, starred=starred)

    def _save(self) -> None:
        """Save the canvas as a project; then there is nothing in it to be recovered, if it stayed as it is."""
        (self._home / PROJECTS).mkdir(exist_ok=True)
        paths = {self._home / PROJECTS / f"{number}.ora" for number in range(5)}
        path = self._rng.choice(sorted(paths - {self._studio.documents.file}))
        self._saving = path, edit_of(self._studio.documents._take())
        self._studio.documents.save(path)

    @Slot()
    def _promise_project(self) -> None:
        if self._saving and self._studio.documents.file == self._saving[0]:
            say(project=self._saving[0].name, saved_edit=self._saving[1])
            self._saving = None

    def _set(self) -> None:
        studio, edit = self._studio, self._edit
        studio.preferences.change(geometry=str(edit))
        studio.composer.set_text(str(edit))
        studio.composer.remember()
        for each in (studio.preferences, studio.composer):
            each._background.finish()
        say(set=edit)

    def _picture(self) -> Picture:
        return Picture(noise(SIDE_PX, SIDE_PX, self._rng.randrange(10**9)))

    @Slot()
    def _look_for_errors(self) -> None:
        """No error is part of the play: the studio ends, and the one that kills it notices."""
        for notice in self._studio.notices.notices:
            if notice.level is not Level.INFO and notice.level is not Level.DONE:
                print(f"{notice.text} {notice.remedy} {notice.details}", file=sys.stderr, flush=True)
                QCoreApplication.exit(1)


def say(**facts: object) -> None:
    """Promise something."""
    print(json.dumps(facts), flush=True)


def main() -> int:
    """Run until killed; arguments are the home folder and a seed."""
    home = Path(sys.argv[1])
    os.environ |= {"QT_QPA_PLATFORM": "offscreen", "XDG_CACHE_HOME": str(home / CACHE)}
    app.data_dir = lambda: home
    front.MainWindow, app.LocalEngine = BusyWindow, QuietEngine  # type: ignore[misc]
    return app.open_window([], home / PICTURES)


if __name__ == "__main__":
    sys.exit(main())
