"""What stands in front of the studio: its window, made anew when another language is chosen."""

from __future__ import annotations

from PySide6.QtCore import QObject, QTimer, Slot

from dalle_studio.state.studio import Studio
from dalle_studio.ui.language import Language
from dalle_studio.ui.main_window import MainWindow
from dalle_studio.ui.theme import Theme


class Front(QObject):
    """The window in the language that the user prefers.

    All that is at work or not saved yet is in the studio, so a window can be given up for another at any time.

    Args:
        studio: all state; it outlives every window but the last.
        theme: the look.
        language: follows the user's preference from here on.
    """

    def __init__(self, studio: Studio, theme: Theme, language: Language) -> None:
        super().__init__(studio)
        self._studio, self._theme, self._language = studio, theme, language
        self._window = self._made()
        studio.preferences.changed.connect(self._follow)

    @property
    def window(self) -> MainWindow:
        """The one there is now."""
        return self._window

    @Slot()
    def _follow(self) -> None:
        if self._language.choose(self._studio.preferences.value.language):
            QTimer.singleShot(0, self, self._renew)  # whoever chose is still at work in the old window

    def _renew(self) -> None:
        old = self._window
        state = old.windowState()
        old.leave()
        self._window = self._made()
        self._window.setWindowState(state)
        if old.isVisible():
            self._window.show()
        old.hide()
        old.deleteLater()

    def _made(self) -> MainWindow:
        self._studio.composer.speak("zh" if self._language.code.startswith("zh") else "en")
        return MainWindow(self._studio, self._theme)
