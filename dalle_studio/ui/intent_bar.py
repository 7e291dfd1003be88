"""What becomes of the painted regions, as a bar that floats under the picture."""

from __future__ import annotations

from PySide6.QtCore import Qt, Slot
from PySide6.QtGui import QFontMetrics
from PySide6.QtWidgets import QFrame, QHBoxLayout, QWidget

from dalle_studio.core.request import Intent
from dalle_studio.core.sentence import say
from dalle_studio.state.canvas import Canvas
from dalle_studio.ui.language import told, tr
from dalle_studio.ui.segmented import Segmented
from dalle_studio.ui.theme import app_font

_CHOICES = (
    (
        Intent.FILL,
        say("Fill"),
        say("Put what the prompts say into the regions; what is around them stays"),
    ),
    (
        Intent.REMOVE,
        say("Remove"),
        say("Take away what the regions cover; what is around goes on through them"),
    ),
    (
        Intent.BACKGROUND,
        say("Replace background"),
        say("Keep what the regions cover; make everything else anew, as the prompt on the left says"),
    ),
)
_AROUND_PX = 28  # the words of a button
_EDGES_PX = 20  # of the bar and the row in it


class IntentBar(QFrame):
    """Fill, remove, or replace the background."""

    def __init__(self, canvas: Canvas, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._canvas = canvas
        self.setObjectName("intent_bar")
        self.setAccessibleName(tr("Regions"))
        self.setProperty("kind", "bar")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.intents = Segmented(
            say("What becomes of the regions"), [(intent, label) for intent, label, _ in _CHOICES]
        )
        self.intents.setObjectName("intents")
        for intent, _, tooltip in _CHOICES:
            button = self.intents.button(intent)
            button.setToolTip(told(tooltip))
        self.intents.chosen.connect(self._choose)
        row = QHBoxLayout(self)
        row.setContentsMargins(6, 5, 6, 5)
        row.addWidget(self.intents)
        self.fit()
        canvas.changed.connect(self._show_value)
        self._show_value()

    def fit(self, width_px: int = 4096) -> None:
        """Have generous buttons, or narrower ones where the bar would be wider than this."""
        buttons = [self.intents.button(intent) for intent, _, _ in _CHOICES]
        metrics = QFontMetrics(app_font(bold=True))  # as the chosen one is written
        words = [metrics.horizontalAdvance(button.text()) for button in buttons]
        around = min(_AROUND_PX, (width_px - _EDGES_PX - sum(words)) // len(words))
        for button, width in zip(buttons, words, strict=True):
            button.setMinimumWidth(max(0, width + around))
        self.resize(sum(words) + len(words) * around + _EDGES_PX, self.sizeHint().height())

    @Slot()
    def _show_value(self) -> None:
        self.intents.set_value(self._canvas.intent)

    @Slot(str)
    def _choose(self, intent: str) -> None:
        self._canvas.set_intent(Intent(intent))
