"""Says that the picture on the canvas is blurred and why, and shows it on wish."""

from __future__ import annotations

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QWidget

from dalle_studio.core.sentence import joined
from dalle_studio.state.studio import Studio
from dalle_studio.state.veil import concerns_of
from dalle_studio.ui.buttons import TextButton
from dalle_studio.ui.language import tr
from dalle_studio.ui.model_parts import IconLabel
from dalle_studio.ui.theme import Theme


class VeilBar(QFrame):
    """Floats over the middle of the canvas while what is on show is blurred."""

    def __init__(self, studio: Studio, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self._studio = studio
        self.setObjectName("veil_bar")
        self.setProperty("kind", "bar")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._words = QLabel()
        self._words.setObjectName("veil_reason")
        self._words.setTextFormat(Qt.TextFormat.PlainText)
        self._words.setWordWrap(True)
        self._words.setFixedWidth(260)
        self.show_button = TextButton(theme, tr("Show"), icon="eye")
        self.show_button.setObjectName("veil_show")
        self.show_button.setAccessibleName(tr("Show the blurred picture"))
        self.show_button.setToolTip(tr("Show this picture here, in its tile and in the gallery"))
        self.show_button.clicked.connect(self._lift)
        row = QHBoxLayout(self)
        row.setContentsMargins(16, 12, 12, 12)
        row.setSpacing(12)
        row.addWidget(IconLabel(theme, "eye-off", "second", 18))
        row.addWidget(self._words)
        row.addWidget(self.show_button)
        self.sync()

    @Slot()
    def sync(self) -> None:
        """Show or hide it."""
        picture = self._studio.looked_at
        is_hidden = picture is not None and self._studio.veil.hides_picture(picture)
        if picture is not None and is_hidden:
            concerns = joined(concerns_of(picture), ", ")
            self._words.setText(tr("Blurred: {concerns}", concerns=concerns))
            self.setAccessibleName(self._words.text())
        self.setVisible(is_hidden)
        self.adjustSize()

    @Slot()
    def _lift(self) -> None:
        picture = self._studio.looked_at
        if picture is not None:
            self._studio.veil.lift(picture.sha256)
