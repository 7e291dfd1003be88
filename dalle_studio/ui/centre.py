"""The centre of the window: the canvas, and the bars that float over it."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QLabel, QWidget

from dalle_studio.core.errors import StudioError
from dalle_studio.core.format import FORMATS, Format
from dalle_studio.state.canvas import Canvas
from dalle_studio.state.stroke import MARKING_TOOLS, Tool
from dalle_studio.state.studio import Studio
from dalle_studio.ui.brush_bar import BrushBar
from dalle_studio.ui.buttons import TextButton
from dalle_studio.ui.canvas_view import CanvasView
from dalle_studio.ui.compare_bar import CompareBar
from dalle_studio.ui.flow import FlowLayout
from dalle_studio.ui.intent_bar import IntentBar
from dalle_studio.ui.language import told, tr
from dalle_studio.ui.recovery_page import RecoveryPage
from dalle_studio.ui.theme import Theme
from dalle_studio.ui.tool_bar import ToolBar
from dalle_studio.ui.veil_bar import VeilBar

_GAP_PX = 14


class Centre(QWidget):
    """Lays the tools at the left of the view, at its top the options of the tool in use.

    At its bottom stands what becomes of the painted regions.
    """

    def __init__(self, studio: Studio, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._studio, self._canvas = studio, studio.canvas
        self.view = CanvasView(self._canvas, theme, self)
        self.tools = ToolBar(self._canvas, theme, self)
        self.brush = BrushBar(self._canvas, theme, self)
        self.frame = FrameBar(self._canvas, theme, self)
        self.viewed = ViewedBar(studio, theme, self)
        self.compare = CompareBar(studio, theme, self)
        self.intent = IntentBar(self._canvas, self)
        self.veil = VeilBar(studio, theme, self)
        self.view.blur(studio.veil.hides_picture)
        studio.veil.changed.connect(self.view.update)
        self.recovery = RecoveryPage(studio.recovery, theme, self)  # the last one: over all others
        studio.changed.connect(self._arrange)
        self._arrange()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The view fills the place; the bars keep to its edges."""
        super().resizeEvent(event)
        self.view.setGeometry(self.rect())
        self.recovery.setGeometry(self.rect())
        self._arrange()

    @Slot()
    def _arrange(self) -> None:
        canvas = self._canvas
        has_picture = canvas.picture is not None
        self.tools.setVisible(has_picture)
        views = self._studio.viewed is not None
        self.viewed.setVisible(views)
        compares = canvas.compare is not None and not views
        self.compare.setVisible(compares)
        self.frame.setVisible(has_picture and canvas.tool is Tool.FRAME and not (views or compares))
        paints = canvas.tool in MARKING_TOOLS or canvas.tool is Tool.ERASER or bool(canvas.regions)
        is_free = not (views or compares or self.frame.isVisibleTo(self))
        self.brush.setVisible(has_picture and paints and is_free)
        is_painted = any(region.box for region in canvas.regions)
        self.intent.setVisible(is_painted and canvas.frame is None and not (views or compares))
        self.tools.adjustSize()
        self.tools.move(_GAP_PX + 2, max(_GAP_PX, (self.height() - self.tools.height()) // 2))
        bars = (self.brush, self.frame, self.viewed, self.compare)
        for bar in bars:
            self._lay_above(bar)
        # of all, on show or not: another tool is no reason to move the picture
        self.view.keep_clear(max(bar.geometry().bottom() for bar in bars) + _GAP_PX)
        self.veil.sync()
        self.veil.move((self.width() - self.veil.width()) // 2, (self.height() - self.veil.height()) // 2)
        beside_tools = self.tools.geometry().right() + _GAP_PX
        self.intent.fit(self.width() - beside_tools - _GAP_PX)
        below = self.height() - self.intent.height() - _GAP_PX + 2
        self.intent.move(max(beside_tools, (self.width() - self.intent.width()) // 2), below)

    def _lay_above(self, bar: QWidget) -> None:
        """At the top: in the middle and over the tools, or, where it would cover them, beside them."""
        for left in (_GAP_PX, self.tools.geometry().right() + 8):
            width = min(_one_row_px(bar), self.width() - left - _GAP_PX)
            bar.resize(width, max(bar.heightForWidth(width), bar.minimumSizeHint().height()))
            bar.move(max(left, (self.width() - width) // 2), _GAP_PX - 2)
            if bar.geometry().bottom() < self.tools.y():
                return


def _one_row_px(bar: QWidget) -> int:
    """How wide a bar is that need not wrap."""
    row = bar.layout()
    if not isinstance(row, FlowLayout):
        return bar.sizeHint().width()
    items = [item for place in range(row.count()) if (item := row.itemAt(place)) and not item.isEmpty()]
    widths = [item.sizeHint().width() + row.spacing() for item in items]
    edges = [(each.left(), each.right()) for each in (row.contentsMargins(), bar.contentsMargins())]
    return sum(widths) - row.spacing() + sum(map(sum, edges))


class FrameBar(QFrame):
    """The formats a picture can be extended to.

    Signals:
        refused(StudioError): it could not be done; to be shown as a notice.
    """

    refused = Signal(object)

    def __init__(self, canvas: Canvas, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._canvas = canvas
        self.setObjectName("frame_bar")
        self.setAccessibleName(tr("Extend to"))
        self.setProperty("kind", "bar")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        row = FlowLayout(self, gap_px=2)
        row.setContentsMargins(8, 5, 8, 5)
        shapes = {each.size.aspect: each for each in reversed(FORMATS)}
        for each in FORMATS:
            if shapes[each.size.aspect] is each:  # an album cover has a square's shape
                row.addWidget(self._button(each, theme))
        self._none = TextButton(theme, tr("No frame"), kind="quiet", icon="x")
        self._none.setObjectName("frame_none")
        self._none.setToolTip(tr("Take the frame away: the picture keeps its own edges"))
        self._none.clicked.connect(lambda: self._frame(None))
        row.addWidget(self._none)
        canvas.changed.connect(self._sync)
        self._sync()

    def _button(self, shape: Format, theme: Theme) -> TextButton:
        button = TextButton(theme, told(shape.label), kind="quiet")
        button.setObjectName(f"frame_{shape.name}")
        button.setToolTip(
            tr(
                "Extend the picture to {format}; it stays in the middle, and can be dragged from there",
                format=shape.label,
            )
        )
        button.clicked.connect(lambda: self._frame(shape.size.aspect))
        return button

    def _frame(self, aspect: float | None) -> None:
        try:
            self._canvas.set_frame_format(aspect)
        except StudioError as error:
            self.refused.emit(error)

    @Slot()
    def _sync(self) -> None:
        self._none.setEnabled(self._canvas.frame is not None)


class ViewedBar(QFrame):
    """Says that a candidate is looked at, and leads back to the picture with its regions, or on from it."""

    def __init__(self, studio: Studio, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._studio = studio
        self.setObjectName("viewed_bar")
        self.setAccessibleName(tr("Candidate on show"))
        self.setProperty("kind", "bar")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._label = QLabel()
        self._label.setProperty("kind", "second")
        self._back = TextButton(theme, tr("Back to the picture"), kind="quiet", icon="undo-2")
        self._back.setObjectName("viewed_back")
        self._back.setToolTip(tr("Show the picture with its regions again"))
        self._back.clicked.connect(studio.look_at_canvas)
        self._use = TextButton(theme, tr("Go on from this one"), kind="quiet", icon="check")
        self._use.setObjectName("viewed_use")
        self._use.setToolTip(tr("Put this candidate on the canvas in the picture's place"))
        self._use.clicked.connect(self._go_on)
        self._label.setFixedHeight(32)
        row = FlowLayout(self)
        row.setContentsMargins(14, 5, 8, 5)
        for widget in (self._label, self._back, self._use):
            row.addWidget(widget)
        studio.changed.connect(self._sync)

    @Slot()
    def _go_on(self) -> None:
        if self._studio.viewed is not None:
            self._studio.place_into(self._studio.viewed.number)

    @Slot()
    def _sync(self) -> None:
        if self._studio.viewed is not None:
            self._label.setText(tr("Candidate: {label}", label=self._studio.viewed.label))
