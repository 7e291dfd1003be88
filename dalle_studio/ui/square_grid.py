"""A list in equal squares whose places are computed: ten thousand rows cost no more than ten."""

from __future__ import annotations

from PySide6.QtCore import (
    QItemSelection,
    QItemSelectionModel,
    QModelIndex,
    QPersistentModelIndex,
    QPoint,
    QRect,
    QSize,
    Qt,
)
from PySide6.QtGui import QCursor, QPainter, QPaintEvent, QRegion
from PySide6.QtWidgets import QAbstractItemView, QListView, QStyle, QStyleOptionViewItem

COLUMNS = 3
_Cursor = QAbstractItemView.CursorAction
_Index = QModelIndex | QPersistentModelIndex
_State = QStyle.StateFlag


class SquareGrid(QListView):
    """Lays out without a look at its rows, where QListView asks the model about each of them at every change.

    The side of a square is that of `gridSize`. Left and right go on in the row before and the next one.
    """

    # Where things are

    def visualRect(self, index: _Index) -> QRect:
        """The square of a row, in the viewport; empty for no row."""
        if not index.isValid():
            return QRect()
        down, across = divmod(index.row(), COLUMNS)
        side = self.gridSize().width()
        return QRect(across * side, down * side - self.verticalOffset(), side, side)

    def indexAt(self, point: QPoint) -> QModelIndex:
        """The row whose square lies under a point of the viewport."""
        side = self.gridSize().width()
        across, down = point.x() // side, (point.y() + self.verticalOffset()) // side
        row = down * COLUMNS + across
        is_there = 0 <= across < COLUMNS and 0 <= row < self.model().rowCount()
        return self.model().index(row, 0) if is_there else QModelIndex()

    def verticalOffset(self) -> int:
        """How far it is scrolled."""
        return self.verticalScrollBar().value()

    def horizontalOffset(self) -> int:
        """Nothing lies beside what is seen."""
        return 0

    def doItemsLayout(self) -> None:
        """There is nothing to lay out."""
        QAbstractItemView.doItemsLayout(self)

    def updateGeometries(self) -> None:
        """Tell the scroll bar how many rows there are."""
        rows = -(-self.model().rowCount() // COLUMNS)
        bar, height = self.verticalScrollBar(), self.viewport().height()
        bar.setPageStep(height)
        bar.setRange(0, max(0, rows * self.gridSize().height() - height))

    def scrollTo(
        self, index: _Index, hint: QListView.ScrollHint = QListView.ScrollHint.EnsureVisible
    ) -> None:
        """Scroll as little as need be to see the whole square."""
        rect, bar = self.visualRect(index), self.verticalScrollBar()
        below = rect.bottom() + 1 - self.viewport().height()
        if rect.top() < 0:
            bar.setValue(bar.value() + rect.top())
        elif below > 0:
            bar.setValue(bar.value() + below)

    # Selecting

    def setSelection(self, rect: QRect, command: QItemSelectionModel.SelectionFlag) -> None:
        """Select from the square under one corner to that under the other, as they are read."""
        ends = [self.indexAt(corner) for corner in (rect.topLeft(), rect.bottomRight())]
        found = sorted(index.row() for index in ends if index.isValid())
        selection = QItemSelection()
        if found:
            selection.select(self.model().index(found[0], 0), self.model().index(found[-1], 0))
        self.selectionModel().select(selection, command)

    def visualRegionForSelection(self, selection: QItemSelection) -> QRegion:
        """What is seen may be painted anew; it is not much."""
        return QRegion(self.viewport().rect())

    def moveCursor(self, action: _Cursor, modifiers: Qt.KeyboardModifier) -> QModelIndex:
        """The row to go to; the same where there is none."""
        last = self.model().rowCount() - 1
        row = self.currentIndex().row() if self.currentIndex().isValid() else 0
        page = COLUMNS * max(1, self.viewport().height() // self.gridSize().height())
        match action:
            case _Cursor.MoveLeft | _Cursor.MovePrevious:
                wanted = row - 1
            case _Cursor.MoveRight | _Cursor.MoveNext:
                wanted = row + 1
            case _Cursor.MoveUp:
                wanted = row - COLUMNS
            case _Cursor.MoveDown:
                wanted = row + COLUMNS
            case _Cursor.MovePageUp:
                wanted = max(row % COLUMNS, row - page)
            case _Cursor.MovePageDown:
                wanted = min(last, row + page)
            case _:
                wanted = 0 if action is _Cursor.MoveHome else last
        return self.model().index(wanted if 0 <= wanted <= last else row, 0)

    # Painting

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the squares that are seen."""
        option = QStyleOptionViewItem()
        self.initViewItemOption(option)
        state, side = option.state, self.gridSize().width()
        first = (event.rect().top() + self.verticalOffset()) // side * COLUMNS
        end = ((event.rect().bottom() + self.verticalOffset()) // side + 1) * COLUMNS
        hovered = self._hovered()
        painter = QPainter(self.viewport())
        for row in range(max(0, first), min(end, self.model().rowCount())):
            index = self.model().index(row, 0)
            option.rect, option.state = self.visualRect(index), state
            if self.selectionModel().isSelected(index):
                option.state |= _State.State_Selected
            if self.hasFocus() and index == self.currentIndex():
                option.state |= _State.State_HasFocus
            if index == hovered:
                option.state |= _State.State_MouseOver
            self.itemDelegate().paint(painter, option, index)
        painter.end()

    def _hovered(self) -> QModelIndex:
        if not self.viewport().underMouse():
            return QModelIndex()
        return self.indexAt(self.viewport().mapFromGlobal(QCursor.pos()))

    def viewportSizeHint(self) -> QSize:
        """As much as there is."""
        return QSize(COLUMNS * self.gridSize().width(), self.gridSize().height())
