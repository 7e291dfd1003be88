"""Widgets wrap like words."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from dalle_studio.ui.flow import FlowLayout


def row_of(
    qtbot: QtBot, *widths_px: int, align: Qt.AlignmentFlag = Qt.AlignmentFlag.AlignLeft
) -> tuple[QWidget, list[QWidget]]:
    row = QWidget()
    qtbot.addWidget(row)
    layout = FlowLayout(row, gap_px=6, align=align)
    items = [QWidget() for _ in widths_px]
    for item, width in zip(items, widths_px, strict=True):
        item.setFixedSize(width, 20)
        layout.addWidget(item)
    return row, items


def test_what_does_not_fit_goes_to_the_next_row(qtbot: QtBot) -> None:
    row, items = row_of(qtbot, 50, 50, 50)
    row.resize(110, 100)
    row.show()
    assert [(item.x(), item.y()) for item in items] == [(0, 0), (56, 0), (0, 26)]


def test_the_height_follows_from_the_width(qtbot: QtBot) -> None:
    row, _ = row_of(qtbot, 50, 50, 50)
    assert [row.heightForWidth(width) for width in (400, 110, 60)] == [20, 46, 72]


def test_a_widget_can_be_put_between_others(qtbot: QtBot) -> None:
    row, items = row_of(qtbot, 30, 30)
    layout = row.layout()
    assert isinstance(layout, FlowLayout)
    between = QWidget()
    between.setFixedSize(QSize(40, 20))
    layout.insert_widget(1, between)
    row.resize(200, 40)
    row.show()
    assert (between.x(), items[1].x()) == (36, 82)


def test_rows_can_stand_in_the_middle_or_reach_from_edge_to_edge(qtbot: QtBot) -> None:
    row, items = row_of(qtbot, 50, 50, 50, align=Qt.AlignmentFlag.AlignHCenter)
    row.resize(126, 100)
    row.show()
    assert [(item.x(), item.y()) for item in items] == [(10, 0), (66, 0), (38, 26)]
    row, items = row_of(qtbot, 50, 30, align=Qt.AlignmentFlag.AlignJustify | Qt.AlignmentFlag.AlignVCenter)
    items[0].setFixedHeight(10)
    row.resize(200, 20)
    row.show()
    assert [(item.x(), item.y()) for item in items] == [(0, 5), (170, 0)]
