"""A layout that fills rows from left to right and wraps, as words do."""

from __future__ import annotations

from PySide6.QtCore import QMargins, QPoint, QRect, QSize, Qt
from PySide6.QtWidgets import QLayout, QLayoutItem, QWidget

_Row = list[tuple[QLayoutItem, QSize]]


class FlowLayout(QLayout):
    """Rows of widgets in their preferred sizes; its height follows from its width.

    Args:
        parent: whose layout it is.
        gap_px: between widgets, and between rows.
        align: `AlignHCenter` puts rows in the middle, `AlignJustify` what is behind a row's first widget to the
            right; `AlignVCenter` puts low widgets in the middle of their row.
    """

    def __init__(
        self,
        parent: QWidget | None = None,
        gap_px: int = 6,
        align: Qt.AlignmentFlag = Qt.AlignmentFlag.AlignLeft,
    ) -> None:
        super().__init__(parent)
        self._items: list[QLayoutItem] = []
        self._align = align
        self.setContentsMargins(0, 0, 0, 0)
        self.setSpacing(gap_px)

    def insert_widget(self, index: int, widget: QWidget) -> None:
        """Add a widget before number `index`."""
        self.addWidget(widget)
        self._items.insert(index, self._items.pop())
        self.invalidate()

    def addItem(self, arg__1: QLayoutItem) -> None:
        """Behind the others."""
        self._items.append(arg__1)

    def count(self) -> int:
        """Number of items."""
        return len(self._items)

    def itemAt(self, index: int) -> QLayoutItem | None:  # pyright: ignore[reportIncompatibleMethodOverride]
        """The item at a place, or None."""
        return self._items[index] if 0 <= index < len(self._items) else None

    def takeAt(self, index: int) -> QLayoutItem | None:  # pyright: ignore[reportIncompatibleMethodOverride]
        """Remove and return the item at a place, or None."""
        return self._items.pop(index) if 0 <= index < len(self._items) else None

    def expandingDirections(self) -> Qt.Orientation:
        """None: widgets keep their sizes."""
        return Qt.Orientation(0)

    def hasHeightForWidth(self) -> bool:
        """Narrower rows need more of them."""
        return True

    def heightForWidth(self, arg__1: int) -> int:
        """Height in pixels of all rows at a width."""
        return self._arrange(QRect(0, 0, arg__1, 0), move=False)

    def setGeometry(self, arg__1: QRect) -> None:
        """Place the items."""
        super().setGeometry(arg__1)
        self._arrange(arg__1, move=True)

    def sizeHint(self) -> QSize:
        """The least it needs; the height follows from the width."""
        return self.minimumSize()

    def minimumSize(self) -> QSize:
        """The largest item."""
        size = QSize()
        for item in self._items:
            size = size.expandedTo(item.minimumSize())
        return size.grownBy(self._margins())

    def _margins(self) -> QMargins:
        return self.contentsMargins()

    def _arrange(self, rect: QRect, *, move: bool) -> int:
        """Place the items in `rect` and return the height they take, in pixels."""
        inner = rect.marginsRemoved(self._margins())
        y, height = inner.y(), 0
        for number, row in enumerate(self._rows(inner.width())):
            y += height + self.spacing() if number else 0
            height = max(size.height() for _, size in row)
            if move:
                self._place(row, QRect(inner.x(), y, inner.width(), height))
        return y + height - rect.y() + self._margins().bottom()

    def _rows(self, width: int) -> list[_Row]:
        rows: list[_Row] = []
        taken = 0
        for item in self._items:
            if item.isEmpty():
                continue
            size = item.sizeHint().boundedTo(QSize(width, item.sizeHint().height()))
            if not rows or taken + self.spacing() + size.width() > width:
                rows.append([])
                taken = -self.spacing()
            rows[-1].append((item, size))
            taken += self.spacing() + size.width()
        return rows

    def _place(self, row: _Row, rect: QRect) -> None:
        spare = rect.width() - sum(size.width() + self.spacing() for _, size in row) + self.spacing()
        x = rect.x() + (spare // 2 if self._align & Qt.AlignmentFlag.AlignHCenter else 0)
        for item, size in row:
            is_low = self._align & Qt.AlignmentFlag.AlignVCenter
            down = (rect.height() - size.height()) // 2 if is_low else 0
            item.setGeometry(QRect(QPoint(x, rect.y() + down), size))
            x += size.width() + self.spacing()
            if item is row[0][0] and self._align & Qt.AlignmentFlag.AlignJustify:
                x += spare
