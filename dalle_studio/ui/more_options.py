"""What is seldom needed, folded away: negative prompt, seed, guidance, steps."""

from __future__ import annotations

import random

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from dalle_studio.core.request import MAX_SEED
from dalle_studio.core.sentence import say
from dalle_studio.state.composer import Composer
from dalle_studio.ui.buttons import IconButton, TextButton
from dalle_studio.ui.language import tr
from dalle_studio.ui.model_options import ModelOptions
from dalle_studio.ui.number_row import NumberRow, group_label
from dalle_studio.ui.theme import Theme, app_font


class SeedRow(QWidget):
    """The seed as a number, dice for another, and the lock that keeps it."""

    def __init__(self, composer: Composer, theme: Theme) -> None:
        super().__init__()
        self._composer = composer
        self.field = QLineEdit()
        self.field.setAccessibleName(tr("Seed"))
        self.field.setToolTip(tr("The same seed and settings give the same picture again."))
        self.field.editingFinished.connect(self._take)
        self.dice = IconButton(theme, "dices", tr("Roll another seed"), size_px=16)
        self.dice.setObjectName("seed_dice")
        self.dice.clicked.connect(self._roll)
        self.lock = IconButton(theme, "lock-open", tr("Keep this seed for the next pictures"), size_px=16)
        self.lock.setObjectName("seed_lock")
        self.lock.setCheckable(True)
        self.lock.clicked.connect(self._set_lock)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(4)
        row.addWidget(group_label(tr("Seed")))
        row.addSpacing(4)
        row.addWidget(self.field, 1)
        row.addWidget(self.dice)
        row.addWidget(self.lock)

    def show_value(self) -> None:
        """Show what the composer has."""
        value = self._composer.value
        if not self.field.isModified():
            self.field.setText(str(value.seed))
        self.lock.setChecked(value.seed_locked)
        self.lock.set_icon("lock" if value.seed_locked else "lock-open")

    @Slot()
    def _take(self) -> None:
        """A seed that was typed is meant, so it is kept; what is no seed goes back to what was there."""
        if not self.field.isModified():
            return
        typed = "".join(self.field.text().split())
        self.field.setModified(False)
        if typed.isdecimal() and int(typed) <= MAX_SEED:
            self._composer.change(seed=int(typed), seed_locked=True)
        self.field.setText(str(self._composer.value.seed))

    @Slot()
    def _roll(self) -> None:
        self.field.setModified(False)
        self._composer.change(seed=random.randrange(MAX_SEED // 2))

    @Slot(bool)
    def _set_lock(self, locked: bool) -> None:
        self._composer.change(seed_locked=locked)


class MoreOptions(QWidget):
    """A head that folds the rest out and in; on its right stands the seed, which a click locks.

    Signals:
        folded(bool): it was folded out (True) or in.
    """

    folded = Signal(bool)

    def __init__(self, composer: Composer, theme: Theme) -> None:
        super().__init__()
        self._composer = composer
        self._theme = theme
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addLayout(self._head())
        self.fold = self._fold()
        self.fold.hide()
        column.addWidget(self.fold)
        composer.changed.connect(self._show_value)
        theme.changed.connect(self._dress)
        self._show_value()

    def _head(self) -> QHBoxLayout:
        self.toggle = TextButton(self._theme, tr("More"), kind="quiet", icon="chevron-right")
        self.toggle.setObjectName("more")
        self.toggle.setCheckable(True)
        self.toggle.setAccessibleName(tr("More options"))
        self.toggle.setToolTip(tr("Negative prompt, seed, guidance, steps"))
        self.toggle.setStyleSheet("QPushButton { padding: 0 8px 0 0; background: transparent; }")
        self.toggle.toggled.connect(self.set_open)
        self.seed_button = TextButton(self._theme, "", kind="quiet", icon="lock-open")
        self.seed_button.setStyleSheet("QPushButton { padding: 0 3px 0 8px; }")
        self.seed_button.setObjectName("seed_button")
        self.seed_button.setFont(app_font(tabular=True))
        self.seed_button.clicked.connect(self._switch_lock)
        head = QHBoxLayout()
        head.setContentsMargins(0, 0, 0, 0)
        head.addWidget(self.toggle)
        head.addStretch(1)
        head.addWidget(self.seed_button)
        return head

    def _fold(self) -> QWidget:
        fold = QWidget()
        column = QVBoxLayout(fold)
        column.setContentsMargins(0, 0, 0, 4)
        column.setSpacing(8)
        self.negative = self._negative_field()
        self.seed = SeedRow(self._composer, self._theme)
        self._make_numbers()
        self.model_options = ModelOptions(self._composer, self._theme)
        rows = (named_row(tr("Without"), self.negative), self.seed, self.guidance, self.steps)
        for widget in (*rows, self.model_options):
            column.addWidget(widget)
        return fold

    def _negative_field(self) -> QLineEdit:
        field = QLineEdit()
        field.setPlaceholderText(tr("what should not be there"))
        field.setAccessibleName(tr("Negative prompt"))
        field.setToolTip(tr("Negative prompt: what the pictures should stay away from"))
        field.textEdited.connect(self._set_negative)
        return field

    def _make_numbers(self) -> None:
        theme = self._theme
        guidance = say("Guidance scale: how closely the model keeps to the words; high values look harsh")
        self.guidance = NumberRow(theme, say("Guidance"), 1, 20, 0.5, guidance, resettable=True)
        self.guidance.changed.connect(self._set_guidance)
        self.guidance.reset_wanted.connect(self._reset_guidance)
        steps = say("Denoising steps: more are slower and finer. “Speed” sets them for you.")
        self.steps = NumberRow(theme, say("Steps"), 1, 100, 1, steps, resettable=True)
        self.steps.changed.connect(self._set_steps)
        self.steps.reset_wanted.connect(self._reset_steps)

    @property
    def is_open(self) -> bool:
        """Whether it is folded out."""
        return self.toggle.isChecked()

    @Slot(bool)
    def set_open(self, opened: bool) -> None:
        """Fold out or in."""
        self.toggle.setChecked(opened)
        self.fold.setVisible(opened)
        self._dress()
        self.folded.emit(opened)

    @Slot()
    def _show_value(self) -> None:
        value, composer = self._composer.value, self._composer
        if self.negative.text() != value.negative_prompt:
            self.negative.setText(value.negative_prompt)
        self.seed.show_value()
        self.guidance.show_value(composer.guidance_scale, own=value.guidance_scale is None)
        self.steps.show_value(composer.steps, own=value.steps is None)
        self._dress()

    @Slot()
    def _dress(self) -> None:
        locked = self._composer.value.seed_locked
        self.toggle.set_icon("chevron-down" if self.is_open else "chevron-right", "text")
        self.seed_button.set_icon("lock" if locked else "lock-open", "accent" if locked else "second")
        seed = f"{self._composer.value.seed:,}".replace(",", "\u2009")
        self.seed_button.setText(tr("seed {seed}", seed=seed))
        words = (
            tr("Seed is kept; click to let it change")
            if locked
            else tr("Seed changes each time; click to keep it")
        )
        self.seed_button.setToolTip(words)
        self.seed_button.setAccessibleName(words)

    @Slot()
    def _switch_lock(self) -> None:
        self._composer.change(seed_locked=not self._composer.value.seed_locked)

    @Slot(str)
    def _set_negative(self, text: str) -> None:
        self._composer.change(negative_prompt=text)

    @Slot(float)
    def _set_guidance(self, scale: float) -> None:
        self._composer.change(guidance_scale=scale)

    @Slot()
    def _reset_guidance(self) -> None:
        self._composer.change(guidance_scale=None)

    @Slot(float)
    def _set_steps(self, steps: float) -> None:
        self._composer.change(steps=round(steps))

    @Slot()
    def _reset_steps(self) -> None:
        self._composer.change(steps=None)


def named_row(name: str, widget: QWidget) -> QWidget:
    """A small name and a widget beside it."""
    named = QWidget()
    row = QHBoxLayout(named)
    row.setContentsMargins(0, 0, 0, 0)
    row.setSpacing(8)
    row.addWidget(group_label(name))
    row.addWidget(widget, 1)
    return named
