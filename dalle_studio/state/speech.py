"""Saying the prompt: what the microphone is doing, and what was said so far. Nothing leaves this machine."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Protocol

from PySide6.QtCore import QObject, QTimer, Signal, Slot

from dalle_studio.core.sentence import say
from dalle_studio.engine.speech.base import (
    MAX_S,
    Heard,
    Level,
    Listen,
    Opened,
    Said,
    SpeechEvent,
    Unheard,
)
from dalle_studio.state.hearing import Hearing
from dalle_studio.state.notices import Level as Importance
from dalle_studio.state.notices import Notices
from dalle_studio.state.vocabulary import Language

_POLL_MS = 40
_KEY, _NO_CHINESE = "speech", "no recogniser for Chinese"
Expected = Callable[[Language], tuple[str, tuple[str, ...]]]
"""Of a language: a hint and known phrases, see `Listen`."""


class Hears(Protocol):
    """What `engine.speech.local.Listener` does; see there."""

    def get_ready(self, recogniser: Path | None) -> None:
        """Start, so that the first utterance need not wait."""
        ...

    def listen(self, listen: Listen) -> None:
        """Begin an utterance."""
        ...

    def finish(self) -> None:
        """Take what was said so far."""
        ...

    def cancel(self) -> None:
        """Drop it, and let go of the microphone."""
        ...

    def poll(self) -> tuple[SpeechEvent, ...]:
        """What happened since the last time."""
        ...


class Speech(QObject):
    """Listens to one utterance at a time.

    Args:
        listener: hears and recognises, in a process of its own.
        notices: told when nothing was heard.
        expected: tells what is likely to be said, which another model may change.
        hearing: which recogniser hears, and in which language.
        parent: owner in Qt's sense.

    Attributes:
        listens: whether the microphone is wanted, or what was said is still being read.
        is_open: whether the microphone is open.
        level: how loud it is, from 0 to 1.
        text: what was said so far.

    Signals:
        changed(): one of these is another one now.
        said(str): an utterance has ended, and this was it.
        recogniser_wanted(): the user wants to install one.
    """

    changed = Signal()
    said = Signal(str)
    recogniser_wanted = Signal()

    def __init__(
        self,
        listener: Hears,
        notices: Notices,
        expected: Expected,
        hearing: Hearing,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._listener, self._notices = listener, notices
        self._expected, self.hearing = expected, hearing
        self._was_told = False
        notices.acted.connect(self._act)
        self._timer = QTimer(self)
        self._timer.setInterval(_POLL_MS)
        self._timer.timeout.connect(self._poll)
        self.listens = self.is_open = False
        self.level = 0.0
        self.text = ""

    @Slot()
    def get_ready(self) -> None:
        """Load the recogniser, so that no first word is lost; call it when speaking is likely."""
        if not self.listens:
            self._listener.get_ready(self.hearing.ear().folder)

    @Slot()
    def start(self) -> None:
        """Open the microphone.

        Where Chinese is wanted and nothing here understands it, that is told instead, once; then English is heard.
        """
        if self.listens:
            return
        ear = self.hearing.ear()
        if ear.language != ear.wanted and not self._was_told:
            self._tell_no_chinese()
            return
        hint, phrases = self._expected(ear.language)
        self._listener.listen(Listen(hint, phrases, recogniser=ear.folder, language=ear.language))
        self.listens = True
        self._timer.start()
        self.changed.emit()

    @Slot()
    def finish(self) -> None:
        """That was all: read what was said."""
        if self.listens:
            self._listener.finish()

    @Slot()
    def cancel(self) -> None:
        """Drop what was said; the microphone is closed when this returns."""
        if self.listens:
            self._listener.cancel()
            self._rest()

    @Slot()
    def toggle(self) -> None:
        """Open the microphone, or read what was said."""
        if self.listens:
            self.finish()
        else:
            self.start()

    def close(self) -> None:
        """End the process that hears."""
        self.cancel()
        self._listener.cancel()

    @Slot()
    def _poll(self) -> None:
        for event in self._listener.poll():
            self._take(event)
        if self.listens:
            self.changed.emit()

    def _take(self, event: SpeechEvent) -> None:
        match event:
            case Opened():
                self.is_open = True
            case Level(value=level):
                self.level = level
            case Heard(text=text):
                self.text = text
            case Said(text=text, cut=cut):
                self._rest()
                self.said.emit(text)
                if cut:
                    self._notices.tell(
                        say("Only the first {seconds} seconds were heard.", seconds=f"{MAX_S:.0f}"),
                        key=_KEY,
                        remedy=say("Say the rest now; it is added."),
                    )
            case Unheard(error=error):
                self._rest()
                self._notices.tell_error(error, key=_KEY)

    def _tell_no_chinese(self) -> None:
        self._was_told = True
        self._notices.tell(
            say("Only English is understood until a recogniser for Chinese is installed."),
            key=_NO_CHINESE,
            level=Importance.WARNING,
            remedy=say("Install one, or press the microphone once more and speak English."),
            action=say("Install a recogniser …"),
        )

    @Slot(str)
    def _act(self, key: str) -> None:
        if key == _NO_CHINESE:
            self.recogniser_wanted.emit()

    def _rest(self) -> None:
        self._timer.stop()
        self.listens = self.is_open = False
        self.level, self.text = 0.0, ""
        self.changed.emit()
