"""A number with a slider: a name, the slider, the figure, and back to the model's own value."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QFontMetrics
from PySide6.QtWidgets import QDoubleSpinBox, QHBoxLayout, QLabel, QSlider, QWidget

from dalle_studio.ui.buttons import IconButton
from dalle_studio.ui.language import told, tr
from dalle_studio.ui.theme import Theme, app_font

LABEL_PX = 72
_MOST_LABEL_PX = 104
_FIGURE_PX = 72


class NumberRow(QWidget):
    """A number between two bounds.

    Args:
        theme: the look.
        name: what the number is.
        low, high: its bounds.
        step: its smallest change.
        tooltip: what it does, in a sentence.
        resettable: whether there is a value of the model's own to go back to.

    Signals:
        changed(float): the user set it.
        reset_wanted(): back to the model's own.
    """

    changed = Signal(float)
    reset_wanted = Signal()

    def __init__(
        self, theme: Theme, name: str, low: float, high: float, step: float, tooltip: str, *, resettable: bool
    ) -> None:
        super().__init__()
        self._step = step
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        label = group_label(name)
        self.slider = self._slider(name, low, high, step)
        self.figure = self._figure(name, low, high, step)
        self.reset = IconButton(
            theme, "rotate-ccw", tr("{name}: back to the model's own", name=name), size_px=14
        )
        self.reset.setObjectName(f"reset_{name}".lower().replace(" ", "_"))
        self.reset.clicked.connect(self.reset_wanted)
        label.setToolTip("\n".join(filter(None, (label.toolTip(), told(tooltip)))))
        for widget in (self.slider, self.figure):
            widget.setToolTip(told(tooltip))
        row.addWidget(label)
        row.addWidget(self.slider, 1)
        row.addWidget(self.figure)
        if resettable:
            row.addWidget(self.reset)
        else:
            self.reset.setParent(self)
            self.reset.hide()

    def _slider(self, name: str, low: float, high: float, step: float) -> QSlider:
        slider = QSlider(Qt.Orientation.Horizontal)
        slider.setRange(round(low / step), round(high / step))
        slider.setPageStep(max(1, round((high - low) / step / 10)))
        slider.setAccessibleName(tr("{name} slider", name=name))
        slider.valueChanged.connect(self._slide)
        return slider

    def _figure(self, name: str, low: float, high: float, step: float) -> QDoubleSpinBox:
        figure = QDoubleSpinBox()
        figure.setDecimals(0 if step >= 1 else 1)
        figure.setRange(low, high)
        figure.setSingleStep(step)
        figure.setKeyboardTracking(False)
        figure.setFixedWidth(_FIGURE_PX)
        figure.lineEdit().setTextMargins(8, 0, 0, 0)  # where Qt forgets the stylesheet's padding
        figure.setAccessibleName(told(name))
        figure.valueChanged.connect(self.changed)
        return figure

    def show_value(self, value: float, *, own: bool) -> None:
        """Show this value; `own` says whether it is the model's own."""
        for widget in (self.slider, self.figure):
            widget.blockSignals(True)
        self.slider.setValue(round(value / self._step))
        self.figure.setValue(value)
        for widget in (self.slider, self.figure):
            widget.blockSignals(False)
        self.reset.setEnabled(not own)

    @Slot(int)
    def _slide(self, position: int) -> None:
        self.changed.emit(position * self._step)


def group_label(text: str) -> QLabel:
    """The small name before a row of the panel, as wide as in the other rows if it is not long."""
    words = told(text)
    metrics = QFontMetrics(app_font(11, bold=True))
    shown = metrics.elidedText(words, Qt.TextElideMode.ElideRight, _MOST_LABEL_PX)
    label = QLabel(shown)
    label.setProperty("kind", "group")
    label.setMinimumWidth(LABEL_PX)
    if shown != words:
        label.setToolTip(words)
    return label
