"""A grid of twenty thousand squares: where they are, how one gets about, and how little it asks of its model."""

from __future__ import annotations

from typing import Any

import pytest
from PySide6.QtCore import QAbstractListModel, QModelIndex, QPersistentModelIndex, QPoint, QSize, Qt
from PySide6.QtWidgets import QListView
from pytestqt.qtbot import QtBot

from dalle_studio.ui.square_grid import SquareGrid

COUNT, SIDE = 20_000, 40
Key, Modifier = Qt.Key, Qt.KeyboardModifier


class Rows(QAbstractListModel):
    """Rows that remember which of them were asked for."""

    def __init__(self) -> None:
        super().__init__()
        self.count = COUNT
        self.asked: set[int] = set()

    def rowCount(self, parent: QModelIndex | QPersistentModelIndex = QModelIndex()) -> int:  # noqa: B008, N802
        return 0 if parent.isValid() else self.count

    def data(self, index: QModelIndex | QPersistentModelIndex, role: int = 0) -> Any:
        self.asked.add(index.row())
        return str(index.row()) if role == Qt.ItemDataRole.DisplayRole else None

    def grow(self) -> None:
        self.beginInsertRows(QModelIndex(), 0, 0)
        self.count += 1
        self.endInsertRows()


@pytest.fixture
def grid(qtbot: QtBot) -> SquareGrid:
    grid = SquareGrid()
    grid.setProperty("kind", "bare")  # whatever stylesheet an earlier test has installed
    qtbot.addWidget(grid)
    rows = Rows()
    rows.setParent(grid)
    grid.setModel(rows)
    grid.setGridSize(QSize(SIDE, SIDE))
    grid.setFrameShape(QListView.Shape.NoFrame)
    grid.setSelectionMode(QListView.SelectionMode.ExtendedSelection)
    grid.resize(3 * SIDE + 20, 5 * SIDE)
    grid.show()
    qtbot.waitExposed(grid)
    frame = grid.height() - grid.viewport().height()  # of a look that another window has put on
    grid.resize(3 * SIDE + 20 + frame, 5 * SIDE + frame)
    return grid


def row_at(grid: SquareGrid, x: int, y: int) -> int:
    return grid.indexAt(QPoint(x, y)).row()


def selected(grid: SquareGrid) -> list[int]:
    return sorted(index.row() for index in grid.selectedIndexes())


def test_only_what_is_seen_is_asked_for(qtbot: QtBot, grid: SquareGrid) -> None:
    rows = grid.model()
    assert isinstance(rows, Rows)
    rows.asked.clear()
    rows.grow()
    grid.viewport().repaint()
    qtbot.waitUntil(lambda: grid.verticalScrollBar().maximum() == -(-(COUNT + 1) // 3) * SIDE - 5 * SIDE)
    assert rows.asked <= set(range(15))


def test_a_point_and_its_row_agree(grid: SquareGrid) -> None:
    grid.scrollTo(grid.model().index(COUNT - 1, 0))
    assert grid.verticalOffset() == grid.verticalScrollBar().maximum()
    for row in (COUNT - 9, COUNT - 2, COUNT - 1):
        centre = grid.visualRect(grid.model().index(row, 0)).center()
        assert row_at(grid, centre.x(), centre.y()) == row
        assert grid.viewport().rect().contains(centre)
    last = grid.visualRect(grid.model().index(COUNT - 1, 0))  # the second of its line
    assert row_at(grid, last.right() + SIDE // 2, last.top()) == -1
    assert row_at(grid, 3 * SIDE + 5, 5) == -1


@pytest.mark.parametrize(
    ("key", "start", "end"),
    [
        (Key.Key_Right, 2, 3),
        (Key.Key_Left, 3, 2),
        (Key.Key_Down, 4, 7),
        (Key.Key_Up, 1, 1),
        (Key.Key_PageDown, 4, 19),
        (Key.Key_PageUp, 7, 1),
        (Key.Key_End, 4, COUNT - 1),
        (Key.Key_Home, 400, 0),
        (Key.Key_Right, COUNT - 1, COUNT - 1),
    ],
)
def test_keys_go_about(qtbot: QtBot, grid: SquareGrid, key: Qt.Key, start: int, end: int) -> None:
    grid.setCurrentIndex(grid.model().index(start, 0))
    qtbot.keyClick(grid, key)
    assert grid.currentIndex().row() == end and selected(grid) == [end]
    assert grid.viewport().rect().contains(grid.visualRect(grid.currentIndex()))


def test_shift_selects_from_the_one_to_the_other_as_they_are_read(qtbot: QtBot, grid: SquareGrid) -> None:
    for row, modifier in ((7, Modifier.NoModifier), (3, Modifier.ShiftModifier)):
        centre = grid.visualRect(grid.model().index(row, 0)).center()
        qtbot.mouseClick(grid.viewport(), Qt.MouseButton.LeftButton, modifier, centre)
    assert selected(grid) == [3, 4, 5, 6, 7]
    qtbot.keyClick(grid, Key.Key_Down, Modifier.ShiftModifier)
    assert selected(grid) == [6, 7]
