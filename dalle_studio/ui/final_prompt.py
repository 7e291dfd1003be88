"""The prompt as the model will read it, always in sight."""

from __future__ import annotations

from html import escape

from PySide6.QtCore import Qt, Slot
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QVBoxLayout

from dalle_studio.state.composer import Composer
from dalle_studio.ui.buttons import IconButton
from dalle_studio.ui.language import tr
from dalle_studio.ui.sent_prompt import SentNote, SentPrompt
from dalle_studio.ui.theme import Theme


class FinalPrompt(QFrame):
    """Words, blocks and style put together. With several styles the first is shown, and how many follow."""

    def __init__(self, composer: Composer, theme: Theme) -> None:
        super().__init__()
        self._composer = composer
        self._theme = theme
        self.setProperty("kind", "outline")
        self.label = QLabel()
        self.label.setWordWrap(True)
        self.label.setTextFormat(Qt.TextFormat.RichText)
        self.label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.label.setObjectName("final_prompt")
        self.copy_button = IconButton(theme, "copy", tr("Copy the final prompt"), size_px=16)
        self.copy_button.setObjectName("copy_prompt")
        self.copy_button.clicked.connect(self._copy)
        self.sent = SentPrompt(composer, theme, self)
        self.note = SentNote(composer, theme)
        column = QVBoxLayout()
        for widget in (self.label, self.sent.editor, self.note):
            column.addWidget(widget)
        row = QHBoxLayout(self)
        row.setContentsMargins(11, 5, 4, 5)
        row.setSpacing(4)
        row.addLayout(column, 1)
        row.addWidget(self.sent.button, 0, Qt.AlignmentFlag.AlignTop)
        row.addWidget(self.copy_button, 0, Qt.AlignmentFlag.AlignTop)
        self.sent.editing.connect(self.label.setHidden)
        composer.changed.connect(self._show_value)
        theme.changed.connect(self._show_value)
        self._show_value()

    @Slot()
    def _show_value(self) -> None:
        prompts = self._prompts()
        empty = not any(prompts)
        self.copy_button.setEnabled(not empty)
        self.label.setText(self._markup(prompts))
        self.label.setToolTip("\n".join(prompts) if len(prompts) > 1 else "")
        self.label.setAccessibleName(
            tr("Final prompt: empty") if empty else tr("Final prompt: {prompt}", prompt="; ".join(prompts))
        )

    def _markup(self, prompts: list[str]) -> str:
        second = self._theme.value("second")
        if not any(prompts):
            nothing = tr("The whole prompt stands here.")
            return f'<span style="color: {second}">{nothing}</span>'
        shown = self.sent.marked(escape(prompts[0]))
        first = f'<span style="color: {self._theme.value("text")}">{shown}</span>'
        others = _and_others(first, len(prompts) - 1, of_sheet=self._composer.value.is_sheet)
        return f'<span style="color: {second}">{others}</span>'

    def _prompts(self) -> list[str]:
        return [self._composer.sent(prompt) for _, prompt in self._composer.value.final_prompts]

    @Slot()
    def _copy(self) -> None:
        QGuiApplication.clipboard().setText("\n".join(self._prompts()))


def _and_others(prompt: str, more: int, *, of_sheet: bool) -> str:
    """A prompt, and how many others follow."""
    if more == 0:
        return prompt
    if of_sheet:
        return (
            tr("{prompt}, and 1 more picture", prompt=prompt)
            if more == 1
            else tr("{prompt}, and {count} more pictures", prompt=prompt, count=more)
        )
    return (
        tr("{prompt}, and in 1 more style", prompt=prompt)
        if more == 1
        else tr("{prompt}, and in {count} more styles", prompt=prompt, count=more)
    )
