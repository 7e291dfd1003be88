"""The field people write in: it grows, suggests words, marks unknown ones and remembers what was asked."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from PySide6.QtCore import QEvent, QMimeData, Qt, Signal, Slot
from PySide6.QtGui import (
    QContextMenuEvent,
    QFocusEvent,
    QFontMetrics,
    QHelpEvent,
    QKeyEvent,
    QKeySequence,
    QMouseEvent,
    QResizeEvent,
    QSyntaxHighlighter,
    QTextBlockFormat,
    QTextCharFormat,
    QTextCursor,
    QTextDocument,
)
from PySide6.QtWidgets import QMenu, QTextEdit, QToolTip, QWidget

from dalle_studio.core.script import IS_CJK
from dalle_studio.ui.completion import Completion
from dalle_studio.ui.language import tr
from dalle_studio.ui.theme import Theme, app_font

LINE_PX = 21
MIN_LINES, MAX_LINES = 3, 8
_PADDING_PX = 20
_MARGIN_PX = 1
_TYPED_WORD = re.compile(r"[\w'’-]+$")

Suggest = Callable[[str], Sequence[str]]
"""The text before the cursor -> words and phrases that go on from there."""
Spans = Callable[[str], Sequence[tuple[int, int]]]
"""A text -> where its words begin and end."""
Complete = Callable[[str, str], str]
"""The text before the cursor and a suggestion -> the text with the suggestion in it."""


class PromptField(QTextEdit):
    """Plain text in 3 to 8 lines.

    Up in the first line and Down in the last one (with Ctrl anywhere) bring back older and newer prompts;
    Tab or Return take a suggestion, Esc closes them; Ctrl+Return submits. Undo and redo are left to the
    window, which undoes everything in one order.

    Args:
        theme: the look.
        suggest: finds suggestions.
        complete: puts one in.
        spans: finds words where no spaces stand between them.
        parent: the widget it lies in.

    Signals:
        edited(str): the user changed the text.
        submitted(): Ctrl+Return.
        recalled(int): -1 for an older, +1 for a newer prompt.
        replaced(str, str): a word, and what the user wants in its place.
        marks_changed(): other words are underlined.
    """

    edited = Signal(str)
    submitted = Signal()
    recalled = Signal(int)
    replaced = Signal(str, str)
    marks_changed = Signal()

    def __init__(
        self,
        theme: Theme,
        suggest: Suggest,
        complete: Complete,
        parent: QWidget | None = None,
        *,
        spans: Spans = lambda text: (),
    ) -> None:
        super().__init__(parent)
        self._theme = theme
        self._suggest = suggest
        self._complete = complete
        self._shown = ""
        self._unknown: dict[str, str | None] = {}
        self._spans = spans
        self._marks = _UnknownWords(theme, self.document(), spans)
        self.completion = Completion(theme, self)
        self.completion.chosen.connect(self._take)
        self._set_up()
        self.textChanged.connect(self._changed)
        self.cursorPositionChanged.connect(self._mark)

    def _set_up(self) -> None:
        self.setAcceptRichText(False)
        self.setUndoRedoEnabled(False)
        self.setFont(app_font(14))
        self.document().setDocumentMargin(_MARGIN_PX)
        self.setTabChangesFocus(True)
        self.setCursorWidth(2)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAsNeeded)
        self.setAccessibleName(tr("Prompt"))
        self.setAccessibleDescription(tr("What you want to see, in English or Chinese."))
        self._space_lines()
        self._grow()

    @property
    def text(self) -> str:
        """What is written."""
        return self.toPlainText()

    def set_text(self, text: str) -> None:
        """Show this text; the cursor goes to its end if it is another one."""
        if text == self._shown:
            return
        self._shown = text
        self.setPlainText(text)
        self.moveCursor(QTextCursor.MoveOperation.End)
        self._space_lines()
        self._grow()

    def set_unknown(self, words: Sequence[tuple[str, str | None]]) -> None:
        """Mark these words; each may come with the known one that is nearest to it."""
        self._unknown = dict(words)
        self._mark()

    @property
    def marked(self) -> tuple[str, ...]:
        """The words that are underlined now."""
        return self._marks.words

    def is_writing(self, word: str) -> bool:
        """Whether that word stands before the cursor while the field has the focus; it is not judged yet."""
        found = _TYPED_WORD.search(self._before_cursor()) if self.hasFocus() else None
        written = found[0].casefold() if found else ""
        return word.casefold() == written if word.isascii() else written.endswith(word.casefold())

    def _changed(self) -> None:
        """Highlighting a word is a change to Qt, but not to us."""
        text = self.toPlainText()
        if text == self._shown:
            return
        self._shown = text
        self._space_lines()
        self._grow()
        self.edited.emit(text)
        self._offer()

    def _space_lines(self) -> None:
        spaced = QTextBlockFormat()
        spaced.setLineHeight(LINE_PX, QTextBlockFormat.LineHeightTypes.FixedHeight.value)
        cursor = QTextCursor(self.document())
        cursor.select(QTextCursor.SelectionType.Document)
        cursor.mergeBlockFormat(spaced)

    def _grow(self) -> None:
        lines = round((self.document().size().height() - 2) / LINE_PX)
        height = LINE_PX * max(MIN_LINES, min(MAX_LINES, lines)) + _PADDING_PX
        if height != self.height():
            self.setFixedHeight(height)

    def _mark(self) -> None:
        """Underline unknown words, except the one being written."""
        words = tuple(word for word in self._unknown if not self.is_writing(word))
        if words != self._marks.words:
            self._marks.show_words(words)
            self.marks_changed.emit()

    # suggestions

    def _before_cursor(self) -> str:
        return self.toPlainText()[: self.textCursor().position()]

    def _offer(self) -> None:
        """Suggest where a word is being written at the end of a line or before a space."""
        before = self._before_cursor()
        after = self.toPlainText()[len(before) : len(before) + 1]
        writing = self.hasFocus() and _TYPED_WORD.search(before) and not after.strip()
        found = self._suggest(before) if writing else ()
        self.completion.offer(found, self.viewport(), self.cursorRect())

    @Slot(str)
    def _take(self, suggestion: str) -> None:
        before = self._before_cursor()
        text = self._complete(before, suggestion)
        cursor = self.textCursor()
        cursor.setPosition(0)
        cursor.setPosition(len(before), QTextCursor.MoveMode.KeepAnchor)
        cursor.insertText(text)
        self.setTextCursor(cursor)
        self.completion.close()

    # events

    def keyPressEvent(self, e: QKeyEvent) -> None:
        """Suggestions first, then history and submitting, then typing."""
        if not (self._key_of_completion(e) or self._key_of_history(e)):
            if _is_return(e):
                self._key_return(e)
            else:
                super().keyPressEvent(e)

    def _key_of_completion(self, event: QKeyEvent) -> bool:
        if not self.completion.isVisible():
            return False
        key, plain = event.key(), event.modifiers() == Qt.KeyboardModifier.NoModifier
        if key in (Qt.Key.Key_Up, Qt.Key.Key_Down) and plain:
            self.completion.step(1 if key == Qt.Key.Key_Down else -1)
        elif key in (Qt.Key.Key_Tab, Qt.Key.Key_Return, Qt.Key.Key_Enter) and plain:
            self._take(self.completion.current)
        elif key == Qt.Key.Key_Escape:
            self.completion.close()
        else:
            return False
        return True

    def _key_of_history(self, event: QKeyEvent) -> bool:
        if event.key() not in (Qt.Key.Key_Up, Qt.Key.Key_Down):
            return False
        older = event.key() == Qt.Key.Key_Up
        control = bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier)
        if not control and (
            event.modifiers() & Qt.KeyboardModifier.ShiftModifier or not self._at_edge(older)
        ):
            return False
        self.recalled.emit(-1 if older else 1)
        return True

    def _at_edge(self, top: bool) -> bool:
        """Whether there is no line further up, or further down."""
        cursor = self.textCursor()
        way = QTextCursor.MoveOperation.Up if top else QTextCursor.MoveOperation.Down
        return not cursor.movePosition(way)

    def _key_return(self, event: QKeyEvent) -> None:
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self.completion.close()
            self.submitted.emit()
        else:
            super().keyPressEvent(event)

    def event(self, e: QEvent) -> bool:
        """Tab takes a suggestion before it leaves; undo is the window's; hovering explains a marked word."""
        if isinstance(e, QKeyEvent) and e.type() == QEvent.Type.KeyPress and e.key() == Qt.Key.Key_Tab:
            if self._key_of_completion(e):
                return True
        elif isinstance(e, QKeyEvent) and e.type() == QEvent.Type.ShortcutOverride:
            if e.matches(QKeySequence.StandardKey.Undo) or e.matches(QKeySequence.StandardKey.Redo):
                e.ignore()
                return False
            is_submit = _is_return(e) and bool(e.modifiers() & Qt.KeyboardModifier.ControlModifier)
            if is_submit or (e.key() == Qt.Key.Key_Escape and self.completion.isVisible()):
                e.accept()  # it comes here as a key, before it is the window's shortcut
                return True
        return super().event(e)

    def viewportEvent(self, event: QEvent) -> bool:
        """Hovering over a marked word explains it."""
        if event.type() == QEvent.Type.ToolTip and isinstance(event, QHelpEvent):
            word = self._unknown_at(self.cursorForPosition(event.pos()).position())
            QToolTip.showText(event.globalPos(), self._explanation(word) if word else "", self)
            return True
        return super().viewportEvent(event)

    def mouseDoubleClickEvent(self, e: QMouseEvent) -> None:
        """Select a word, also in Chinese, which has no spaces."""
        at = self.cursorForPosition(e.position().toPoint()).position()
        unknown = ((start, end) for start, end, _ in _found(self.text, self.marked, self._spans))
        known = self._spans(self.text) if IS_CJK.search(self.text) else ()
        found = next(((start, end) for start, end in (*unknown, *known) if start <= at < end), None)
        if found is None or not IS_CJK.search(self.text[slice(*found)]):
            super().mouseDoubleClickEvent(e)
            return
        cursor = self.textCursor()
        cursor.setPosition(found[0])
        cursor.setPosition(found[1], QTextCursor.MoveMode.KeepAnchor)
        self.setTextCursor(cursor)

    def _unknown_at(self, position: int) -> str | None:
        spans = _found(self.text, self.marked, self._spans)
        return next((word for start, end, word in spans if start <= position <= end), None)

    def _explanation(self, word: str) -> str:
        near = self._unknown.get(word)
        if near is None:
            return tr("This model does not know “{word}”, so it may leave it out.", word=word)
        return tr("Did you mean “{near}”? This model does not know “{word}”.", near=near, word=word)

    def contextMenuEvent(self, e: QContextMenuEvent) -> None:
        """The usual menu, with what was probably meant in place of an unknown word."""
        menu = self.createStandardContextMenu()
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        word = self._unknown_at(self.cursorForPosition(e.pos()).position())
        near = self._unknown.get(word) if word else None
        if word and near:
            self._offer_replacement(menu, word, near)
        menu.popup(e.globalPos())

    def _offer_replacement(self, menu: QMenu, word: str, near: str) -> None:
        first = menu.actions()[0]
        words = tr("Replace “{word}” with “{near}”", word=word, near=near)
        action = menu.addAction(words, lambda: self.replaced.emit(word, near))
        menu.insertAction(first, action)
        menu.insertSeparator(first)

    def focusOutEvent(self, e: QFocusEvent) -> None:
        """Suggestions do not stay behind."""
        super().focusOutEvent(e)
        self.completion.close()
        self._mark()

    def resizeEvent(self, e: QResizeEvent) -> None:
        """Another width breaks lines elsewhere."""
        super().resizeEvent(e)
        self._grow()
        self._fit_example()

    def _fit_example(self) -> None:
        """Qt has room for one line of it."""
        room = self.viewport().width() - 2 * _MARGIN_PX
        shown = QFontMetrics(app_font(14)).elidedText(
            tr("A teddy bear on a skateboard"), Qt.TextElideMode.ElideRight, room
        )
        self.setPlaceholderText(shown)

    def insertFromMimeData(self, source: QMimeData) -> None:
        """Only text; pictures are the window's."""
        if source.hasText():
            super().insertFromMimeData(source)


class _UnknownWords(QSyntaxHighlighter):
    """A dotted accent line under words."""

    def __init__(self, theme: Theme, document: QTextDocument, spans: Spans) -> None:
        super().__init__(document)
        self._spans = spans
        self._theme = theme
        self.words: tuple[str, ...] = ()
        theme.changed.connect(self.rehighlight)

    def show_words(self, words: tuple[str, ...]) -> None:
        self.words = words
        self.rehighlight()

    def highlightBlock(self, text: str) -> None:
        dotted = QTextCharFormat()
        dotted.setUnderlineStyle(QTextCharFormat.UnderlineStyle.DotLine)
        dotted.setUnderlineColor(self._theme.colour("accent"))
        for start, end, _ in _found(text, self.words, self._spans):
            self.setFormat(start, end - start, dotted)


def _is_return(event: QKeyEvent) -> bool:
    return event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)


def _found(text: str, words: Sequence[str], spans: Spans) -> list[tuple[int, int, str]]:
    """Start, end and word of each place where one of the words stands for itself."""
    places: list[tuple[int, int, str]] = []
    for word in words:
        pattern = rf"\b{re.escape(word)}\b" if word.isascii() else re.escape(word)
        found = [each.span() for each in re.finditer(pattern, text, re.IGNORECASE)]
        if len(found) > 1 and not word.isascii():
            longer = [(a, b) for a, b in spans(text) if b - a > len(word)]
            alone = [(s, e) for s, e in found if not any(a <= s and e <= b for a, b in longer)]
            found = alone or found
        places += [(*each, word) for each in found]
    return places
