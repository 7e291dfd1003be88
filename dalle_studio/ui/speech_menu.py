"""The menu of the microphone: the language that is spoken, and the recogniser that hears it."""

from __future__ import annotations

from PySide6.QtCore import Signal, Slot
from PySide6.QtGui import QAction, QActionGroup
from PySide6.QtWidgets import QMenu, QWidget

from dalle_studio.core.sentence import say
from dalle_studio.state.hearing import Hearing, window_language
from dalle_studio.ui.language import told, tr

_LANGUAGES = {"en": say("English"), "zh": say("Chinese")}


class SpeechMenu(QMenu):
    """Filled anew whenever it opens, because recognisers come and go.

    Args:
        hearing: what is chosen.
        parent: a widget of the window.

    Signals:
        recogniser_wanted(): one is to be installed.
    """

    recogniser_wanted = Signal()

    def __init__(self, hearing: Hearing, parent: QWidget) -> None:
        super().__init__(tr("Spoken language"), parent)
        self._hearing = hearing
        self.setObjectName("speech_menu")
        self.setAccessibleName(tr("Spoken language"))
        self._languages, self._recognisers = QActionGroup(self), QActionGroup(self)
        self._languages.triggered.connect(self._choose_language)
        self._recognisers.triggered.connect(self._choose_recogniser)
        self.aboutToShow.connect(self.fill)

    @Slot()
    def fill(self) -> None:
        """List what can be chosen now."""
        self.clear()
        hearing, ear = self._hearing, self._hearing.ear()
        window = tr("As the window ({language})", language=_LANGUAGES[window_language()])
        for code, label in {"": window, **_LANGUAGES}.items():
            self._add(self._languages, told(label), code, code == hearing.chosen_language)
        self.addSeparator()
        heard_by = ear.recogniser.name if ear.recogniser else ""
        self._add(self._recognisers, tr("English (built in)"), "", not heard_by)
        installed = hearing.installed()
        for each in installed:
            label = tr("Chinese and English: {recogniser} (installed)", recogniser=each.label)
            self._add(self._recognisers, label, each.name, each.name == heard_by)
        self.addSeparator()
        more = tr("More recognisers …") if installed else tr("Install a recogniser for Chinese …")
        self.addAction(more, self.recogniser_wanted.emit)

    def _add(self, group: QActionGroup, label: str, data: str, checked: bool) -> None:
        action = group.addAction(self.addAction(label))
        action.setCheckable(True)
        action.setData(data)
        action.setChecked(checked)

    @Slot(QAction)
    def _choose_language(self, action: QAction) -> None:
        self._hearing.choose_language(action.data())

    @Slot(QAction)
    def _choose_recogniser(self, action: QAction) -> None:
        self._hearing.choose_recogniser(action.data())
