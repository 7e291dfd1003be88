"""A studio without a window, to be killed: it paints, saves pictures and projects, and says so afterwards.

Every line on standard output is a promise, in JSON: what was done, and what must be there from now on. It works as
the window does: the canvas and the session on the main thread, pictures and projects behind it.
"""

from __future__ import annotations

import hashlib
import json
import random
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from PySide6.QtCore import QCoreApplication, QObject, QTimer

from dalle_studio.core.errors import StudioError
from dalle_studio.core.picture import Picture
from dalle_studio.state.background import Background
from dalle_studio.state.canvas import Canvas
from dalle_studio.state.composer import Composer
from dalle_studio.state.history import History
from dalle_studio.state.session import Session
from dalle_studio.state.snapshot import Snapshots
from dalle_studio.state.stroke import Tool
from dalle_studio.storage.journal import Left, Recovered
from dalle_studio.storage.models.installed import find_model
from dalle_studio.storage.openraster import save_project
from dalle_studio.storage.pictures.library import Library
from dalle_studio.storage.project import Project
from dalle_studio.storage.prompts import write_prompts
from dalle_studio.storage.settings import SettingsFile
from tests.storage.samples import generated, noise

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


class Studio(QObject):
    """Works for ever: something happens every few milliseconds."""

    def __init__(self, home: Path, seed: int) -> None:
        super().__init__()
        self._home, self._rng = home, random.Random(seed)
        self._library = Library(home / "pictures", home / "cache")
        self._settings = SettingsFile(home / SETTINGS)
        history = History()
        self._canvas, self._composer = Canvas(history, self), Composer(find_model(), None, history, self)
        self._snapshots = Snapshots(self._canvas, self._composer)
        self._session = Session(home / SESSIONS, self._snapshots.take, parent=self)
        self._background = Background(self)
        self._edit = int(1000 * time.time())  # later studios count from higher numbers

    def start(self) -> None:
        """Take up what the last studio left, the newest of it, and go on."""
        (self._home / PROJECTS).mkdir(parents=True, exist_ok=True)
        self._library.scan()
        say(ready=True)
        left = self._session.left_behind()
        if left:
            self._session.read(left[0], lambda recovered: self._go_on(recovered, left), _fail)
        else:
            self._canvas.show(self._picture())
            self._work()

    def _go_on(self, recovered: Recovered, found: tuple[Left, ...]) -> None:
        self._session.adopt(found[0])
        self._canvas.show(recovered.project.picture or self._picture())
        for left in found[1:]:  # a studio killed in the middle of taking them up leaves two
            self._session.discard(left)
        self._work()

    def _work(self) -> None:
        works = {self._paint: 60, self._keep: 25, self._set: 5, self._show: 4, self._save: 1}
        self._rng.choices(list(works), list(works.values()))[0]()
        QTimer.singleShot(self._rng.randrange(_PAUSE_MS), self._work)

    def _paint(self) -> None:
        self._canvas.set_tool(Tool.BRUSH)
        x, y = (self._rng.uniform(0, SIDE_PX) for _ in range(2))
        self._canvas.press(x, y)
        self._canvas.release(x + 9, y + 5)
        self._changed()

    def _show(self) -> None:
        self._canvas.show(self._picture())
        self._changed()

    def _changed(self) -> None:
        """One more edit; its number stands in the prompt, so that it is found again."""
        self._edit += 1
        self._composer.change(text=str(self._edit))
        self._session.touch()
        say(edit=self._edit, at_s=time.time(), canvas=canvas_sum(self._snapshots.take()))

    def _keep(self) -> None:
        picture = generated(f"car {self._rng.randrange(1000)}", seed=self._rng.randrange(10**9))
        starred = self._rng.random() < 0.5

        def save() -> tuple[int, str]:
            row = self._library.save(picture, "car")
            if starred:
                self._library.set_star([row.id], True)
                self._library.add_to([row.id], "Cars")
            return row.id, picture.sha256

        self._do(save, lambda saved: say(picture=saved[0], sha256=saved[1], starred=starred))

    def _save(self) -> None:
        """Save the canvas as a project; then there is nothing in it to be recovered, if it stayed as it is."""
        path = self._home / PROJECTS / f"{self._rng.randrange(5)}.ora"
        project = self._snapshots.take()
        edit = edit_of(project)

        def saved(_: None) -> None:
            say(project=path.name, saved_edit=edit)
            self._session.file = path
            if self._edit == edit:
                self._session.clear()

        self._do(lambda: save_project(project, path), saved)

    def _set(self) -> None:
        edit = self._edit
        self._settings.change(geometry=str(edit))
        prompt = {"text": str(edit), "who": [], "doing": [], "styles": [], "each_subject": False}
        write_prompts(self._home / PROMPTS, [prompt])
        say(set=edit)

    def _picture(self) -> Picture:
        return Picture(noise(SIDE_PX, SIDE_PX, self._rng.randrange(10**9)))

    def _do(self, work: Callable[[], Any], then: Callable[[Any], None]) -> None:
        self._background.do(work, then, _fail)


def say(**facts: object) -> None:
    """Promise something."""
    print(json.dumps(facts), flush=True)


def _fail(error: Exception) -> None:
    """No error is part of the play: the studio ends, and the one that kills it notices."""
    details = error.details if isinstance(error, StudioError) else ""
    print(f"{error!r} {details}", file=sys.stderr, flush=True)
    QCoreApplication.exit(1)


def main() -> int:
    """Run until killed; arguments are the home folder and a seed."""
    application = QCoreApplication([])
    studio = Studio(Path(sys.argv[1]), int(sys.argv[2]))
    QTimer.singleShot(0, studio.start)
    return application.exec()


if __name__ == "__main__":
    sys.exit(main())
