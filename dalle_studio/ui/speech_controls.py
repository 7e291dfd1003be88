"""The microphone in the composer: its button, and what is heard while somebody speaks."""

from __future__ import annotations

import time

from PySide6.QtCore import QRectF, QSize, Qt, Slot
from PySide6.QtGui import QContextMenuEvent, QEnterEvent, QKeySequence, QPainter, QPaintEvent, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QLabel, QToolButton, QVBoxLayout, QWidget

from dalle_studio.core.sentence import say
from dalle_studio.state.speech import Speech
from dalle_studio.ui.buttons import IconButton
from dalle_studio.ui.language import told, tr
from dalle_studio.ui.speech_menu import SpeechMenu
from dalle_studio.ui.theme import Theme

_HELD_S = 0.5
"""A button held for longer is let go to end what was said; a click leaves the microphone open."""
_IDLE = say(
    "Say the prompt: click, or hold while you speak. It is understood on this computer; nothing is uploaded."
)
_ACTIVE = say("That was all")


class MicrophoneButton(IconButton):
    """A click opens the microphone, the next one ends what was said; or hold it while speaking.

    The right button opens a menu of languages and recognisers.
    """

    def __init__(self, speech: Speech, theme: Theme) -> None:
        super().__init__(theme, "mic", told(_IDLE))
        self._speech = speech
        self._pressed_s: float | None = None
        self.setObjectName("microphone")
        self.setAccessibleName(tr("Say the prompt"))
        self.pressed.connect(self._press)
        self.released.connect(self._release)
        speech.changed.connect(self._show)
        self.menu_of_speech = SpeechMenu(speech.hearing, self)
        self.menu_of_speech.recogniser_wanted.connect(speech.recogniser_wanted)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """The right button, or the keyboard's key for menus."""
        self.menu_of_speech.popup(self.mapToGlobal(self.rect().bottomLeft()))
        event.accept()

    def enterEvent(self, event: QEnterEvent) -> None:
        """Who points at it will speak soon."""
        super().enterEvent(event)
        self._speech.get_ready()

    @Slot()
    def _press(self) -> None:
        self._pressed_s = None if self._speech.listens else time.monotonic()
        self._speech.toggle()

    @Slot()
    def _release(self) -> None:
        if self._pressed_s is not None and time.monotonic() - self._pressed_s > _HELD_S:
            self._speech.finish()
        self._pressed_s = None

    @Slot()
    def _show(self) -> None:
        tip = told(_ACTIVE if self._speech.listens else _IDLE)
        if tip != self.toolTip():
            self.setToolTip(tip)
            self.setAccessibleName(tip if self._speech.listens else tr("Say the prompt"))
            self.set_icon("mic", "accent" if self._speech.listens else "second")


class SpeechMenuButton(IconButton):
    """The arrow beside the microphone: opens the same menu as its right button."""

    def __init__(self, microphone: MicrophoneButton, theme: Theme) -> None:
        super().__init__(theme, "chevron-down", tr("Language and recogniser of what is spoken"), size_px=12)
        self.setObjectName("speech_menu_button")
        self.setStyleSheet("QToolButton::menu-indicator { image: none; }")
        self.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self.setMenu(microphone.menu_of_speech)


class SpeechBar(QWidget):
    """How loud it is and what was heard so far; there only while somebody speaks."""

    def __init__(self, speech: Speech, theme: Theme) -> None:
        super().__init__()
        self._speech = speech
        self.setObjectName("speech_bar")
        self.setAccessibleName(tr("What is heard"))
        self.meter = _Meter(theme)
        self.words = QLabel()
        self.words.setObjectName("speech_words")
        self.words.setWordWrap(True)
        self.state = QLabel()
        self.state.setObjectName("speech_state")
        self.state.setProperty("kind", "small")
        column = QVBoxLayout(self)
        column.setContentsMargins(7, 8, 7, 0)
        column.setSpacing(4)
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(self.state)
        row.addWidget(self.meter, 1)
        column.addLayout(row)
        column.addWidget(self.words)
        self._escape = QShortcut(QKeySequence(Qt.Key.Key_Escape), self, speech.cancel)
        self._escape.setContext(Qt.ShortcutContext.WindowShortcut)
        speech.changed.connect(self._show)
        self._show()

    @Slot()
    def _show(self) -> None:
        speech = self._speech
        self._escape.setEnabled(speech.listens)
        self.setVisible(speech.listens)
        words = tr("Listening · Esc drops it") if speech.is_open else tr("Opening the microphone")
        self.state.setText(words)
        self.words.setText(speech.text)
        self.words.setVisible(bool(speech.text))
        self.meter.set_level(speech.level)


class _Meter(QWidget):
    """A bar as long as it is loud."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme, self._level = theme, 0.0
        self.setAccessibleName(tr("Level of the microphone"))
        self.setFixedHeight(6)
        theme.changed.connect(self.update)

    def sizeHint(self) -> QSize:
        return QSize(80, 6)

    def set_level(self, level: float) -> None:
        if level != self._level:
            self._level = level
            self.setAccessibleDescription(f"{level:.0%}")
            self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        whole = QRectF(self.rect())
        for share, role in ((1.0, "raised"), (self._level, "accent")):
            painter.setBrush(self._theme.colour(role))
            painter.drawRoundedRect(QRectF(0, 0, whole.width() * share, whole.height()), 3, 3)
        painter.end()
