"""Suggestions under a text cursor. The keyboard stays with the text; the list only shows and is clicked."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QRect, Qt, Signal, Slot
from PySide6.QtWidgets import QListWidget, QListWidgetItem, QWidget

from dalle_studio.ui.language import tr
from dalle_studio.ui.popup import SHADOW_PX, Popup
from dalle_studio.ui.theme import Theme

_ROW_PX = 30
_WIDTH_PX = 240


class Completion(Popup):
    """A list that opens at the cursor.

    Signals:
        chosen(str): one was clicked.
    """

    chosen = Signal(str)

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(theme, parent, Qt.WindowType.ToolTip)
        self.setAttribute(Qt.WidgetAttribute.WA_ShowWithoutActivating)
        self.setAccessibleName(tr("Suggestions"))
        self.body.setContentsMargins(*(SHADOW_PX + 5,) * 4)
        self.list = QListWidget()
        self.list.setAccessibleName(tr("Suggested words"))
        self.list.setProperty("kind", "bare")
        self.list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.ensurePolished()
        self.list.itemClicked.connect(self._click)
        self.body.addWidget(self.list)

    @property
    def current(self) -> str:
        """The marked suggestion, or “”."""
        item = self.list.currentItem()
        return item.text() if self.isVisible() and item else ""  # pyright: ignore[reportUnnecessaryComparison]

    def offer(self, suggestions: Sequence[str], anchor: QWidget, cursor: QRect) -> None:
        """Show the suggestions under the cursor's rectangle in `anchor`; close where there are none."""
        if not suggestions:
            self.close()
            return
        self.list.clear()
        self.list.addItems(list(suggestions))
        self.list.setCurrentRow(0)
        frame = 2 * (SHADOW_PX + 5)
        self.setFixedSize(_WIDTH_PX + frame, _ROW_PX * len(suggestions) + frame)
        self.show_under(anchor, cursor)

    def step(self, rows: int) -> None:
        """Mark the next or previous one, round and round."""
        self.list.setCurrentRow((self.list.currentRow() + rows) % self.list.count())

    @Slot(QListWidgetItem)
    def _click(self, item: QListWidgetItem) -> None:
        self.close()
        self.chosen.emit(item.text())
