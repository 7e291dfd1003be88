"""The window's composition root: `dalle-studio` without a command, or with projects or pictures to open."""

from __future__ import annotations

import gc
import sys
from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QObject, Qt, QTimer, Slot
from PySide6.QtWidgets import QApplication

from dalle_studio import __version__
from dalle_studio.engine.local import LocalEngine
from dalle_studio.state.single_instance import SingleInstance
from dalle_studio.state.studio import Studio
from dalle_studio.storage.models.installed import STARTER, find_model, read_lexicon
from dalle_studio.storage.paths import cache_dir, data_dir, log_dir, pictures_dir
from dalle_studio.ui.front import Front
from dalle_studio.ui.language import Language
from dalle_studio.ui.theme import Theme, app_icon, scheme_of


def make_application(arguments: Sequence[str]) -> QApplication:
    """The one application, named so that settings and window managers know it."""
    # a thread that computes in Python hands over after 5 ms otherwise, and the window asks many times a turn
    sys.setswitchinterval(0.0005)
    application = QApplication([*arguments])
    application.setApplicationName("dalle-studio")
    application.setApplicationDisplayName("Dalle Studio")
    application.setApplicationVersion(__version__)
    application.setDesktopFileName("dalle-studio")
    application.setWindowIcon(app_icon())
    return application


class Door(QObject):
    """Where later studios knock, with files or without: the window comes to the front and opens the first one."""

    def __init__(self, instance: SingleInstance, studio: Studio, front: Front) -> None:
        super().__init__(front)
        self._studio, self._front = studio, front
        instance.asked.connect(self._welcome)

    @Slot(object)
    def _welcome(self, files: tuple[Path, ...]) -> None:
        window = self._front.window
        window.setWindowState(window.windowState() & ~Qt.WindowState.WindowMinimized)
        window.show()
        window.raise_()
        window.activateWindow()
        if files:
            self._studio.open_first(files)


def open_window(files: Sequence[Path], folder: Path | None = None) -> int:
    """Show the window, with the first of some files in it. Returns its exit code when it is closed.

    Where a studio runs already, that one gets the files, and this one ends at once.
    """
    application = make_application(sys.argv[:1])
    instance = SingleInstance(data_dir())
    if not instance.claim() and instance.hand_over(files):
        return 0
    model = find_model()
    engine = LocalEngine(find_model, cache_dir(), log_dir() / "engine.log", enlarges=STARTER)
    studio = Studio(engine, model, read_lexicon(model), folder or pictures_dir(), data=data_dir())
    studio.models.recall()
    theme = Theme(scheme_of(studio.preferences.value.scheme))
    theme.install(application)
    studio.composer.keep_prompts_in(data_dir() / "prompts.json")
    front = Front(studio, theme, Language(application, studio.preferences.value.language))
    Door(instance, studio, front)
    front.window.show()
    QTimer.singleShot(0, front, studio.gallery.refresh)
    QTimer.singleShot(0, front, studio.recovery.look)
    QTimer.singleShot(0, front, studio.files.get_ready)
    QTimer.singleShot(0, front, lambda: engine.start(studio.model))  # loads behind the window
    QTimer.singleShot(0, front, studio.models.refresh)
    studio.models.watch(lambda: engine.machine)
    if files:
        studio.open_first(files)
    gc.collect()
    gc.freeze()  # what is there now stays, and later collections need not look at it
    gc.enable()
    code = application.exec()
    instance.release()
    return code
