"""The window's composition root: `dalle-studio` without a command, or with pictures to open."""

from __future__ import annotations

import gc
import sys
from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QSettings, QTimer
from PySide6.QtWidgets import QApplication

from dalle_studio import __version__
from dalle_studio.engine.local import LocalEngine
from dalle_studio.state.studio import Studio
from dalle_studio.storage.models import find_model, read_lexicon
from dalle_studio.storage.paths import cache_dir, data_dir, log_dir, pictures_dir
from dalle_studio.ui.main_window import MainWindow
from dalle_studio.ui.theme import Scheme, Theme, app_icon


def make_application(arguments: Sequence[str]) -> QApplication:
    """The one application, named so that settings and window managers know it."""
    application = QApplication([*arguments])
    application.setApplicationName("dalle-studio")
    application.setApplicationDisplayName("Dalle Studio")
    application.setApplicationVersion(__version__)
    application.setDesktopFileName("dalle-studio")
    application.setWindowIcon(app_icon())
    return application


def open_window(pictures: Sequence[Path], folder: Path | None = None) -> int:
    """Show the window, with the first of some pictures on its canvas. Returns its exit code when it is closed."""
    # a thread that computes in Python hands over after 5 ms otherwise, and the window asks many times a turn
    sys.setswitchinterval(0.0005)
    application = make_application(sys.argv[:1])
    settings = QSettings("dalle-studio", "dalle-studio")
    theme = Theme(Scheme(str(settings.value("scheme", Scheme.SYSTEM))))
    theme.install(application)
    model = find_model()
    engine = LocalEngine(find_model, cache_dir(), log_dir() / "engine.log")
    studio = Studio(engine, model, read_lexicon(model), folder or pictures_dir())
    studio.composer.keep_prompts_in(data_dir() / "prompts.json")
    window = MainWindow(studio, theme, settings)
    window.show()
    QTimer.singleShot(0, window, studio.gallery.refresh)
    QTimer.singleShot(0, window, lambda: engine.start(model))  # loads behind the window
    for picture in pictures[:1]:
        studio.open(picture)
    gc.collect()
    gc.freeze()  # what is there now stays, and later collections need not look at it
    gc.enable()
    return application.exec()
