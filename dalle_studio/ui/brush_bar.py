"""Brush, feather and what is done to a whole region, as a flat bar that floats at the top of the canvas."""

from __future__ import annotations

from collections.abc import Callable
from math import log, log2

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QSlider, QWidget

from dalle_studio.core.errors import StudioError
from dalle_studio.state.canvas import Canvas
from dalle_studio.state.options import MAX_BRUSH_PX, MAX_FEATHER_PX
from dalle_studio.ui.buttons import IconButton, TextButton
from dalle_studio.ui.flow import FlowLayout
from dalle_studio.ui.language import tr
from dalle_studio.ui.theme import Theme

_SLIDER_STEPS = 200
_GROW_SHARE = 1 / 128  # of the picture's longer side, for each press of + and −


class BrushBar(QFrame):
    """Options of the painting tools.

    Signals:
        import_wanted(): choose a mask file to read.
        export_wanted(): choose a file to write the mask to.
        refused(StudioError): it could not be done; to be shown as a notice.
    """

    import_wanted = Signal()
    export_wanted = Signal()
    refused = Signal(object)

    def __init__(self, canvas: Canvas, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._canvas = canvas
        self._theme = theme
        self.setObjectName("brush_bar")
        self.setAccessibleName(tr("Brush and region"))
        self.setProperty("kind", "bar")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._size = _slider(
            "brush_size", tr("Brush size"), tr("Brush size in pixels of the picture ([ and ])")
        )
        self._feather = _slider(
            "feather", tr("Feather"), tr("How softly new parts blend in at a region's edge")
        )
        self._size_value, self._feather_value = _number("brush_size_value"), _number("feather_value")
        self._fill_row()
        self._size.valueChanged.connect(self._resize)
        self._feather.valueChanged.connect(self._soften)
        canvas.changed.connect(self._sync)
        self._sync()

    def _fill_row(self) -> None:
        groups = FlowLayout(self)  # where the canvas is narrow, they stand in rows
        groups.setContentsMargins(14, 5, 8, 5)
        row = _group(groups)
        for word, slider, value in (
            (tr("Size"), self._size, self._size_value),
            (tr("Feather"), self._feather, self._feather_value),
        ):
            row.addWidget(_caption(word))
            row.addWidget(slider)
            row.addWidget(value)
        row.addWidget(_divider())
        self._new = self._word(
            tr("New region"), "new_region", tr("Begin another region with its own prompt (N)"), self._add
        )
        self._invert = self._word(
            tr("Invert"), "invert_mask", tr("Swap painted and free"), self._canvas.invert
        )
        self._grow = self._icon("plus", "grow_mask", tr("Grow the region"), self._widen)
        self._shrink = self._icon("minus", "shrink_mask", tr("Shrink the region"), self._narrow)
        self._clear = self._word(tr("Clear"), "clear_mask", tr("Wipe what is painted"), self._canvas.clear)
        self._import = self._icon("upload", "import_mask", tr("Import a mask …"), self.import_wanted.emit)
        self._export = self._icon("download", "export_mask", tr("Export the mask …"), self.export_wanted.emit)
        together = (
            (self._new, self._invert),
            (self._shrink, _caption(tr("Grow")), self._grow),
            (self._clear, self._import, self._export),
        )
        for widgets in together:
            row = _group(groups)
            for widget in widgets:
                row.addWidget(widget)

    def _word(self, text: str, name: str, tooltip: str, act: Callable[[], object]) -> TextButton:
        button = TextButton(self._theme, text, kind="quiet", parent=self)
        button.setObjectName(name)
        button.setToolTip(tooltip)
        button.setStyleSheet("padding: 0 7px;")
        button.setAccessibleDescription(tooltip)
        button.clicked.connect(self._doing(act))
        return button

    def _icon(self, icon: str, name: str, tooltip: str, act: Callable[[], object]) -> IconButton:
        button = IconButton(self._theme, icon, tooltip, size_px=16, parent=self)
        button.setObjectName(name)
        button.clicked.connect(self._doing(act))
        return button

    def _doing(self, act: Callable[[], object]) -> Callable[[], None]:
        """The act, its refusal told by the signal."""

        def do() -> None:
            try:
                act()
            except StudioError as error:
                self.refused.emit(error)

        return do

    def _add(self) -> None:
        self._canvas.add_region()

    def _widen(self) -> None:
        self._canvas.grow(self._step_px())

    def _narrow(self) -> None:
        self._canvas.shrink(self._step_px())

    def _step_px(self) -> int:
        picture = self._canvas.picture
        return max(1, round(max(picture.size.wh) * _GROW_SHARE)) if picture else 1

    @Slot(int)
    def _resize(self, position: int) -> None:
        """Each step of the slider makes the brush larger by the same share."""
        self._canvas.set_brush_px(MAX_BRUSH_PX ** (position / _SLIDER_STEPS))

    @Slot(int)
    def _soften(self, position: int) -> None:
        """As with the brush, from 0."""
        self._canvas.set_feather_px((MAX_FEATHER_PX + 1) ** (position / _SLIDER_STEPS) - 1)

    @Slot()
    def _sync(self) -> None:
        canvas = self._canvas
        _place(self._size, log(canvas.brush_px) / log(MAX_BRUSH_PX))
        _place(self._feather, log2(canvas.feather_px + 1) / log2(MAX_FEATHER_PX + 1))
        self._size_value.setText(str(canvas.brush_px))
        self._feather_value.setText(str(canvas.feather_px))
        has_picture, is_painted = canvas.picture is not None, any(region.box for region in canvas.regions)
        for button in (self._new, self._invert, self._import):
            button.setEnabled(has_picture)
        for button in (self._grow, self._shrink, self._clear, self._export):
            button.setEnabled(is_painted)


def _slider(name: str, title: str, tooltip: str) -> QSlider:
    slider = QSlider(Qt.Orientation.Horizontal)
    slider.setRange(0, _SLIDER_STEPS)
    slider.setMinimumWidth(40)
    slider.setMaximumWidth(76)
    slider.setObjectName(name)
    slider.setAccessibleName(title)
    slider.setToolTip(tooltip)
    return slider


def _place(slider: QSlider, share: float) -> None:
    """Show a value without sending it back."""
    slider.blockSignals(True)
    slider.setValue(round(share * _SLIDER_STEPS))
    slider.blockSignals(False)


def _group(groups: FlowLayout) -> QHBoxLayout:
    group = QWidget()
    group.setFixedHeight(32)
    row = QHBoxLayout(group)
    row.setContentsMargins(0, 0, 0, 0)
    row.setSpacing(6)
    groups.addWidget(group)
    return row


def _caption(text: str) -> QLabel:
    label = QLabel(text)
    label.setProperty("kind", "second")
    return label


def _divider() -> QFrame:
    line = QFrame()
    line.setFrameShape(QFrame.Shape.VLine)
    line.setFixedHeight(18)
    return line


def _number(name: str) -> QLabel:
    label = QLabel()
    label.setObjectName(name)
    label.setFixedWidth(30)
    return label
