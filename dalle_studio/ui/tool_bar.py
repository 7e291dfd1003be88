"""The tools of the canvas, as a narrow bar that floats at its left edge."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QSize, Qt, Slot
from PySide6.QtWidgets import QButtonGroup, QFrame, QVBoxLayout, QWidget

from dalle_studio.core.sentence import say
from dalle_studio.state.canvas import Canvas
from dalle_studio.state.stroke import Tool
from dalle_studio.ui.buttons import IconButton
from dalle_studio.ui.language import told, tr
from dalle_studio.ui.theme import Theme


@dataclass(frozen=True)
class ToolEntry:
    """How a tool is shown.

    Attributes:
        tool: what is chosen.
        name: in words.
        icon: of resources/icons.
        key: keyboard shortcut; the window's actions carry it out.
        hint: what it does.
    """

    tool: Tool
    name: str
    icon: str
    key: str
    hint: str


TOOL_ENTRIES = (
    ToolEntry(Tool.SELECT, say("Select"), "mouse-pointer-2", "V", say("Click a region to work on it")),
    ToolEntry(Tool.HAND, say("Hand"), "hand", "H", say("Move the view; Space does so with any tool")),
    ToolEntry(Tool.MARKER, say("Place marker"), "map-pin-plus", "M", say("Click where something should go")),
    ToolEntry(
        Tool.BRUSH, say("Brush"), "brush", "B", say("Paint where something should go; right button erases")
    ),
    ToolEntry(Tool.ERASER, say("Eraser"), "eraser", "E", say("Take away what was painted")),
    ToolEntry(Tool.RECTANGLE, say("Rectangle"), "square-dashed", "R", say("Drag from corner to corner")),
    ToolEntry(Tool.LASSO, say("Lasso"), "lasso", "L", say("Draw around a place")),
    ToolEntry(
        Tool.FRAME,
        say("Frame"),
        "frame",
        "F",
        say("Pull a handle past the edge to extend the picture; it stays in the middle, so both sides move"),
    ),
    ToolEntry(
        Tool.COMPARE,
        say("Compare"),
        "columns-2",
        "C",
        say("Drag the line between two pictures; first choose what to compare with"),
    ),
)


class ToolBar(QFrame):
    """One button a tool; the canvas's tool is checked."""

    def __init__(self, canvas: Canvas, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._canvas = canvas
        self.setObjectName("tool_bar")
        self.setAccessibleName(tr("Tools"))
        self.setProperty("kind", "bar")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._group = QButtonGroup(self)
        self._buttons = {entry.tool: self._button(entry, theme) for entry in TOOL_ENTRIES}
        column = QVBoxLayout(self)
        column.setContentsMargins(6, 6, 6, 6)
        column.setSpacing(2)
        for button in self._buttons.values():
            column.addWidget(button)
        self._group.idClicked.connect(self._choose)
        canvas.changed.connect(self._sync)
        self._sync()

    def _button(self, entry: ToolEntry, theme: Theme) -> IconButton:
        name, hint = told(entry.name), told(entry.hint)
        button = IconButton(
            theme, entry.icon, tr("{tool} ({key})\n{hint}.", tool=name, key=entry.key, hint=hint), parent=self
        )
        button.setObjectName(f"tool_{entry.tool}")
        button.setAccessibleName(tr("{name} tool", name=entry.name))
        button.setAccessibleDescription(hint)
        button.setCheckable(True)
        button.setFixedSize(QSize(34, 34))
        self._group.addButton(button, [each.tool for each in TOOL_ENTRIES].index(entry.tool))
        return button

    @Slot(int)
    def _choose(self, index: int) -> None:
        self._canvas.set_tool(TOOL_ENTRIES[index].tool)

    @Slot()
    def _sync(self) -> None:
        self._buttons[self._canvas.tool].setChecked(True)
        self._buttons[Tool.COMPARE].setEnabled(self._canvas.compare is not None)
