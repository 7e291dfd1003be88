"""The menu of languages: each by the name that its readers give it, and the system's."""

from __future__ import annotations

from PySide6.QtCore import Slot
from PySide6.QtGui import QAction, QActionGroup
from PySide6.QtWidgets import QMenu, QWidget

from dalle_studio.state.preferences import Preferences
from dalle_studio.ui.language import LANGUAGES, tr


class LanguageMenu(QMenu):
    """Chooses the language of the window.

    Args:
        preferences: keep the choice.
        parent: a widget of the window.
    """

    def __init__(self, preferences: Preferences, parent: QWidget) -> None:
        super().__init__(tr("Language of the window"), parent)
        self._preferences = preferences
        self.setObjectName("language_menu")
        choices = QActionGroup(self)
        for code, name in {**LANGUAGES, "": tr("As the system")}.items():
            if not code:
                self.addSeparator()
            action = choices.addAction(self.addAction(name))
            action.setCheckable(True)
            action.setData(code)
            action.setChecked(code == preferences.value.language)
        choices.triggered.connect(self._choose)

    @Slot(QAction)
    def _choose(self, action: QAction) -> None:
        self._preferences.change(language=action.data())
