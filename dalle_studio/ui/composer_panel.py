"""The left panel: the sentence out of words and building blocks, and how its pictures are to be drawn."""

from __future__ import annotations

import sys

from PySide6.QtCore import Qt, QTimer, Signal, Slot
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QScrollArea, QVBoxLayout, QWidget

from dalle_studio.core.model import SPEEDS
from dalle_studio.core.sentence import joined, say
from dalle_studio.state.composer import Composer
from dalle_studio.ui.blocks_view import BlocksView, has_word, with_word
from dalle_studio.ui.buttons import IconButton, TextButton
from dalle_studio.ui.fade import Fade
from dalle_studio.ui.final_prompt import FinalPrompt
from dalle_studio.ui.format_row import FormatRow
from dalle_studio.ui.language import told, tr
from dalle_studio.ui.more_options import MoreOptions, named_row
from dalle_studio.ui.primary_button import PrimaryButton
from dalle_studio.ui.prompt_field import PromptField
from dalle_studio.ui.segmented import Segmented
from dalle_studio.ui.theme import Theme

WIDTH_PX = 340
MAX_COUNT = 8
_MARGIN_PX = 16
_SPEEDS = {"draft": say("Draft"), "standard": say("Standard"), "fine": say("Fine")}
_SHORTCUT = "⌘↵" if sys.platform == "darwin" else "Ctrl ↵"


class ComposerPanel(QWidget):
    """Everything on the left. Scrolls where the window is low; the primary button always stays in sight.

    Args:
        composer: the state it shows and changes.
        theme: the look.

    Signals:
        generate_wanted(): the primary button, or Ctrl+Return in the prompt.
    """

    generate_wanted = Signal()

    def __init__(self, composer: Composer, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._composer = composer
        self._theme = theme
        self.setObjectName("composer_panel")
        self.setAccessibleName(tr("Composer"))
        self.setProperty("kind", "panel")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setFixedWidth(WIDTH_PX)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self._scroll_area(), 1)
        column.addWidget(self._foot())
        self.setTabOrder(self.prompt, self.clear_button)
        self.setTabOrder(self.clear_button, self.surprise_button)
        self._connect()
        self._show_value()

    # building

    def _scroll_area(self) -> QScrollArea:
        content = QWidget()
        content.setProperty("kind", "content")
        column = QVBoxLayout(content)
        column.setContentsMargins(_MARGIN_PX, 12, _MARGIN_PX, 12)
        column.setSpacing(0)
        self._add_prompt(column)
        self._add_blocks(column)
        self._add_settings(column)
        column.addStretch(1)
        self._content = column
        self.area = area = QScrollArea()
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setWidgetResizable(True)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        area.setWidget(content)
        area.verticalScrollBar().rangeChanged.connect(self._make_room)
        Fade(area, self._theme)
        return area

    def _add_prompt(self, column: QVBoxLayout) -> None:
        self._head = head = QHBoxLayout()
        head.setSpacing(0)
        head.addWidget(_heading(tr("What do you see?")))
        head.addStretch(1)
        self.clear_button = IconButton(self._theme, "list-restart", tr("Start over with an empty prompt"))
        self.clear_button.setObjectName("clear_prompt")
        self.surprise_button = IconButton(self._theme, "dices", tr("Surprise me"))
        self.surprise_button.setObjectName("surprise")
        for button in (self.clear_button, self.surprise_button):
            head.addWidget(button)
        composer = self._composer
        self.prompt = PromptField(
            self._theme, composer.suggestions, composer.completed, spans=composer.word_spans
        )
        self.prompt.setObjectName("prompt")
        self.meant = TextButton(self._theme, "", kind="link")
        self.meant.setObjectName("did_you_mean")
        self.meant.setMinimumWidth(48)
        self.unknown = _second("")
        column.addLayout(head)
        column.addSpacing(6)
        column.addWidget(self.prompt)
        column.addLayout(self._hints())

    def _hints(self) -> QVBoxLayout:
        """Under the words they are about."""
        self._under_prompt = hints = QVBoxLayout()
        hints.setContentsMargins(7, 0, 0, 0)
        hints.setSpacing(0)
        hints.addWidget(self.meant, 0, Qt.AlignmentFlag.AlignLeft)
        hints.addWidget(self.unknown)
        return hints

    def _add_blocks(self, column: QVBoxLayout) -> None:
        self.blocks = BlocksView(self._composer, self._theme)
        self.final = FinalPrompt(self._composer, self._theme)
        column.addWidget(self.blocks)
        column.addSpacing(14)
        column.addWidget(self.final)

    def _add_settings(self, column: QVBoxLayout) -> None:
        self.formats = FormatRow(self._theme)
        counts = [(str(count), str(count)) for count in range(1, MAX_COUNT + 1)]
        self.count = Segmented(say("Variations"), counts)
        self.speed = Segmented(say("Speed"), [(speed, _SPEEDS[speed]) for speed in SPEEDS])
        self.more = MoreOptions(self._composer, self._theme)
        column.addSpacing(16)
        column.addWidget(_heading(tr("Format")))
        column.addSpacing(7)
        column.addWidget(self.formats)
        column.addSpacing(14)
        column.addWidget(named_row(tr("Variations"), self.count))
        column.addSpacing(8)
        column.addWidget(named_row(tr("Speed"), self.speed))
        column.addSpacing(8)
        column.addWidget(self.more)

    def _foot(self) -> QWidget:
        foot = QWidget()
        column = QVBoxLayout(foot)
        column.setContentsMargins(_MARGIN_PX, 8, _MARGIN_PX, 16)
        column.setSpacing(8)
        self.estimate = _second("")
        self.estimate.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        self.estimate.setWordWrap(True)
        self.estimate.setObjectName("estimate")
        self.primary = PrimaryButton(self._theme, "sparkles", _SHORTCUT)
        self.primary.setObjectName("primary_button")
        self._foot_column = column
        column.addWidget(self.estimate)
        column.addWidget(self.primary)
        self.set_primary(say("Generate"), "", "", enabled=True)
        return foot

    def _connect(self) -> None:
        composer = self._composer
        composer.changed.connect(self._show_value)
        self.prompt.edited.connect(composer.set_text)
        self.prompt.recalled.connect(composer.recall)
        self.prompt.replaced.connect(self._replace_word)
        self.prompt.marks_changed.connect(self._show_unknown)
        self.prompt.submitted.connect(self.generate_wanted)
        self.primary.clicked.connect(self.prompt.completion.close)  # the keyboard stays there
        self.primary.clicked.connect(self.generate_wanted)
        self.clear_button.clicked.connect(self._clear)
        self.surprise_button.clicked.connect(self._surprise)
        self.meant.clicked.connect(self._take_meant)
        self.more.folded.connect(self._show_more)
        self.formats.chosen.connect(self._set_format)
        self.count.chosen.connect(self._set_count)
        self.speed.chosen.connect(self._set_speed)

    def add_speech(self, button: QWidget, menu: QWidget, bar: QWidget) -> None:
        """Put the microphone and its menu beside the other buttons, and what is heard under the prompt."""
        self._head.addWidget(button)
        self._head.addWidget(menu)
        self._under_prompt.insertWidget(0, bar)
        self.setTabOrder(self.surprise_button, button)
        self.setTabOrder(button, menu)

    @Slot(str)
    def take_words(self, words: str) -> None:
        """Put what was said in place of what is selected in the prompt, or at the cursor."""
        cursor = self.prompt.textCursor()
        end = self._composer.dictate(words, cursor.selectionStart(), cursor.selectionEnd())
        cursor.setPosition(end)
        self.prompt.setTextCursor(cursor)
        self.prompt.setFocus()

    def add_to_foot(self, widget: QWidget) -> None:
        """Put a widget above the primary button, where it is always in sight."""
        self._foot_column.insertWidget(0, widget)

    # the primary button

    def set_primary(self, text: str, hint: str, estimate: str, enabled: bool) -> None:
        """Name the button after what is due.

        Args:
            text: a verb and its object, for example "Fill 2 regions".
            hint: what will be made, or why nothing can be; stands above the button.
            estimate: how long it will take, for example "about 9 s on this computer".
            enabled: whether it can be pressed.
        """
        name = told(text)
        self.primary.setText(name)
        self.primary.setAccessibleName(name)
        self.primary.setToolTip(f"{name} ({_SHORTCUT})")
        self.primary.setEnabled(enabled)
        self.primary.update()
        above = " · ".join(filter(None, (told(hint), told(estimate))))
        self.estimate.setText(above)
        self.estimate.setVisible(bool(above))

    # showing

    @Slot()
    def _show_value(self) -> None:
        value = self._composer.value
        self.prompt.set_text(value.text)
        self.prompt.set_unknown(self._composer.unknown_words)
        self._show_unknown()
        self.formats.set_value(value.format)
        self.count.set_value(str(value.count))
        self.count.setToolTip(tr("A contact sheet has one picture of each") if value.is_sheet else "")
        self.speed.set_value(value.speed)
        self.clear_button.setEnabled(bool(value.sentence or value.styles or value.negative_prompt))

    @Slot()
    def _show_unknown(self) -> None:
        """The first word with something near it can be mended; others are only named."""
        unknown = self._composer.unknown_words
        words = [(word, meant) for word, meant in unknown if not self.prompt.is_writing(word)]
        near = next(((word, meant) for word, meant in words if meant), None)
        self._near = near
        self.meant.setVisible(near is not None)
        self.meant.setText(
            tr("“{word}”: did you mean “{meant}”?", word=near[0], meant=near[1]) if near else ""
        )
        self.meant.setAccessibleName(self.meant.text())
        self.meant.setToolTip(self.meant.text())
        lost = [word for word, meant in words if meant is None]
        listed = joined([f"“{word}”" for word in lost[:3]], say(", "))
        self.unknown.setText(tr("This model does not know {words}.", words=listed))
        self.unknown.setVisible(bool(lost) and near is None)

    @Slot(int, int)
    def _make_room(self, low: int, high: int) -> None:
        """The scroll bar stands in the margin, so that nothing moves when it comes."""
        bar = self.area.verticalScrollBar().sizeHint().width() if high > low else 0
        self._content.setContentsMargins(_MARGIN_PX, 12, _MARGIN_PX - bar, 12)

    @Slot(bool)
    def _show_more(self, opened: bool) -> None:
        if opened:
            self._content.activate()
            QTimer.singleShot(0, self, self._scroll_to_more)

    @Slot()
    def _scroll_to_more(self) -> None:
        self.area.ensureWidgetVisible(self.more, 0, 12)

    # doing

    @Slot()
    def _clear(self) -> None:
        self._composer.clear()

    @Slot()
    def _surprise(self) -> None:
        self._composer.surprise()

    @Slot()
    def _take_meant(self) -> None:
        if self._near is not None:
            self._replace_word(*self._near)

    @Slot(str, str)
    def _replace_word(self, word: str, meant: str) -> None:
        """Put what was meant in place of a word, where it stands first."""
        text = self._composer.value.text
        if has_word(text, word):
            self._composer.change(text=with_word(text, word, meant))
        else:
            self.blocks.replace_word(word, meant)

    @Slot(str)
    def _set_format(self, name: str) -> None:
        self._composer.change(format=name)

    @Slot(str)
    def _set_count(self, count: str) -> None:
        self._composer.change(count=int(count))

    @Slot(str)
    def _set_speed(self, speed: str) -> None:
        self._composer.change(speed=speed)


def _heading(text: str) -> QLabel:
    label = QLabel(text)
    label.setProperty("kind", "group")
    return label


def _second(text: str) -> QLabel:
    label = QLabel(text)
    label.setProperty("kind", "small")
    label.setWordWrap(True)
    return label
