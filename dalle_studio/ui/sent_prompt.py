"""What is sent to a model that does not read what was written: told, and open to be written otherwise."""

from __future__ import annotations

from PySide6.QtCore import QObject, Qt, Signal, Slot
from PySide6.QtGui import QFocusEvent, QKeyEvent
from PySide6.QtWidgets import QLabel, QPlainTextEdit

from dalle_studio.core.sentence import joined
from dalle_studio.state.composer import Composer
from dalle_studio.ui.buttons import IconButton
from dalle_studio.ui.language import tr
from dalle_studio.ui.theme import Theme

_EDITOR_PX = 76


class SentPrompt(QObject):
    """The pencil that opens the English of the composed sentences, and the field it is written in.

    Signals:
        editing(bool): whether it is being written.
    """

    editing = Signal(bool)

    def __init__(self, composer: Composer, theme: Theme, parent: QObject) -> None:
        super().__init__(parent)
        self._composer = composer
        self._theme = theme
        self._sentences: tuple[str, ...] = ()
        self.button = IconButton(theme, "pencil", tr("Write the English yourself"), size_px=16)
        self.button.setObjectName("edit_sent")
        self.button.clicked.connect(self._open)
        self.editor = _Editor()
        self.editor.done.connect(self._take)
        self.editor.abandoned.connect(self._close)
        self.editor.hide()
        composer.changed.connect(self._show)
        self._show()

    def marked(self, markup: str) -> str:
        """The prompt's markup with a line under what is not known in English."""
        style = f"color: {self._theme.value('accent')}; text-decoration: underline"
        for word in unknown_words(self._composer):
            markup = markup.replace(word, f'<span style="{style}">{word}</span>')
        return markup

    @Slot()
    def _show(self) -> None:
        translates = self._composer.translates
        self.button.setVisible(translates and bool(self._composer.value.sentence))
        if self.editor.isVisible() and self._sentences != tuple(self._composer.english):
            self._close()

    @Slot()
    def _open(self) -> None:
        english = self._composer.english
        self._sentences = tuple(english)
        self.editor.setPlainText("\n".join(english.values()))
        self.editor.show()
        self.editor.setFocus()
        self.editing.emit(True)

    @Slot()
    def _take(self) -> None:
        if self.editor.isVisible():
            lines = self.editor.toPlainText().split("\n")
            lines = lines if len(self._sentences) > 1 else [" ".join(lines)]
            self._close()
            self._composer.translate(dict(zip(self._sentences, lines, strict=False)))

    @Slot()
    def _close(self) -> None:
        self.editor.hide()
        self.editing.emit(False)


class SentNote(QLabel):
    """Says that something else is sent than was written, and which words have no English."""

    def __init__(self, composer: Composer, theme: Theme) -> None:
        super().__init__()
        self._composer = composer
        self.setObjectName("sent_note")
        self.setProperty("kind", "small")
        self.setWordWrap(True)
        self.setTextFormat(Qt.TextFormat.PlainText)
        composer.changed.connect(self._show)
        self._show()

    @Slot()
    def _show(self) -> None:
        composer = self._composer
        self.setVisible(composer.translates)
        if not composer.translates:
            return
        lines = [tr("{model} reads English only, and is sent this.", model=composer.model.label)]
        if composer.value.negative_prompt:
            lines.append(tr("Not: {prompt}", prompt=composer.sent(composer.value.negative_prompt)))
        if unknown := unknown_words(composer):
            words = joined((f"“{word}”" for word in unknown), ", ")
            lines.append(
                tr(
                    "Without English: {words}. Write it in English, or choose a model that reads Chinese.",
                    words=words,
                )
            )
        self.setText("\n".join(lines))


def unknown_words(composer: Composer) -> tuple[str, ...]:
    """Chinese words that are sent as they are, because the glossary has none for them."""
    if not composer.translates:
        return ()
    return tuple(dict.fromkeys(word for each in composer.translations for word in each.unknown))


class _Editor(QPlainTextEdit):
    """Return and leaving it take what is written, Esc does not; of several sentences each has a line."""

    done = Signal()
    abandoned = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("sent_prompt")
        self.setAccessibleName(tr("What is sent, in English"))
        self.setTabChangesFocus(True)
        self.setFixedHeight(_EDITOR_PX)

    def keyPressEvent(self, e: QKeyEvent) -> None:
        """See above."""
        if e.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.done.emit()
        elif e.key() == Qt.Key.Key_Escape:
            self.abandoned.emit()
        else:
            super().keyPressEvent(e)

    def focusOutEvent(self, e: QFocusEvent) -> None:
        """See above."""
        super().focusOutEvent(e)
        self.done.emit()
