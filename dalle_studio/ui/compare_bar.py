"""Names the two pictures that are compared, and ends the comparison."""

from __future__ import annotations

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import QFrame, QLabel, QWidget

from dalle_studio.core.picture import Picture
from dalle_studio.state.studio import Studio
from dalle_studio.ui.buttons import TextButton
from dalle_studio.ui.flow import FlowLayout
from dalle_studio.ui.language import told, tr
from dalle_studio.ui.theme import Theme

_NAME_PX = 140  # two of them stand beside the tools in the smallest window


class CompareBar(QFrame):
    """“One picture | the other”, left and right of the slider, and a button that ends it."""

    def __init__(self, studio: Studio, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._canvas = canvas = studio.canvas
        self.setObjectName("compare_bar")
        self.setAccessibleName(tr("Comparison"))
        self.setProperty("kind", "bar")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._names = QLabel()
        self._names.setObjectName("compare_names")
        self._names.setProperty("kind", "second")
        self._names.setTextFormat(Qt.TextFormat.PlainText)
        end = TextButton(theme, tr("End"), kind="quiet", icon="x")
        end.setObjectName("compare_end")
        end.setToolTip(tr("End the comparison (Esc)"))
        end.clicked.connect(lambda: canvas.set_compare(None))
        self._names.setFixedHeight(32)
        row = FlowLayout(self)
        row.setContentsMargins(14, 5, 8, 5)
        row.addWidget(self._names)
        row.addWidget(end)
        studio.changed.connect(self._sync)
        self._sync()

    @Slot()
    def _sync(self) -> None:
        pictures = self._canvas.picture, self._canvas.compare
        if all(pictures):
            self._names.setText("  |  ".join(self._short(each) for each in pictures if each))
            self._names.setToolTip(" | ".join(told(each.name) for each in pictures if each))

    def _short(self, picture: Picture) -> str:
        name = told(picture.name) or tr("a picture")
        return self.fontMetrics().elidedText(name, Qt.TextElideMode.ElideMiddle, _NAME_PX)
