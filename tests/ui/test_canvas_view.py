"""The canvas on the screen, worked with mouse and keyboard."""

from __future__ import annotations

from dataclasses import dataclass
from typing import cast

import numpy as np
import pytest
from PySide6.QtCore import QEvent, QObject, QPoint, QPointF, Qt
from PySide6.QtGui import QColor, QImage, QMouseEvent, QPaintEvent, QWheelEvent
from PySide6.QtTest import QSignalSpy
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit, QPushButton
from pytestqt.qtbot import QtBot

from dalle_studio.core.errors import InvalidRequest
from dalle_studio.core.format import Size
from dalle_studio.core.picture import Picture
from dalle_studio.state.canvas import Canvas
from dalle_studio.state.frame import Frame
from dalle_studio.state.history import History
from dalle_studio.state.stroke import Tool
from dalle_studio.ui.canvas_view import CanvasView
from dalle_studio.ui.theme import Scheme, Theme

LEFT = Qt.MouseButton.LeftButton
GREY = (100, 110, 120)


def plain(width: int = 400, height: int = 300, colour: tuple[int, int, int] = GREY) -> Picture:
    return Picture(np.full((height, width, 3), colour, np.uint8))


NO_KEYS = Qt.KeyboardModifier.NoModifier


@dataclass
class Desk:
    canvas: Canvas
    history: History
    view: CanvasView
    qtbot: QtBot

    def at(self, x: float, y: float) -> QPoint:
        return self.view.widget_position(x, y).toPoint()

    def send(
        self,
        kind: QEvent.Type,
        x: float,
        y: float,
        button: Qt.MouseButton = LEFT,
        keys: Qt.KeyboardModifier = NO_KEYS,
    ) -> None:
        point = self.view.widget_position(x, y)
        held = Qt.MouseButton.NoButton if kind is QEvent.Type.MouseButtonRelease else button
        which = Qt.MouseButton.NoButton if kind is QEvent.Type.MouseMove else button
        event = QMouseEvent(kind, point, self.view.mapToGlobal(point), which, held, keys)
        QApplication.sendEvent(self.view, event)

    def pull(
        self, *points: tuple[float, float], button: Qt.MouseButton = LEFT, keys: Qt.KeyboardModifier = NO_KEYS
    ) -> None:
        """Press, drag and let go at places of the picture as it lies before."""
        self.send(QEvent.Type.MouseButtonPress, *points[0], button)
        for point in points[1:]:
            self.send(QEvent.Type.MouseMove, *point, button, keys)
        self.send(QEvent.Type.MouseButtonRelease, *points[-1], button)

    def wheel(self, modifier: Qt.KeyboardModifier, notches: int, at: QPointF | None = None) -> None:
        point = at or QPointF(self.view.rect().center())
        event = QWheelEvent(
            point,
            self.view.mapToGlobal(point),
            QPoint(),
            QPoint(0, 120 * notches),
            Qt.MouseButton.NoButton,
            modifier,
            Qt.ScrollPhase.NoScrollPhase,
            False,
        )
        QApplication.sendEvent(self.view, event)

    def colour(self, x: float, y: float) -> QColor:
        """What is seen at a place of the picture."""
        image: QImage = self.view.grab().toImage()
        return image.pixelColor(self.at(x, y) * image.devicePixelRatio())


@pytest.fixture
def desk(qtbot: QtBot, theme: Theme) -> Desk:
    history = History()
    canvas = Canvas(history)
    view = CanvasView(canvas, theme)
    qtbot.addWidget(view)
    view.resize(640, 480)
    view.show()
    qtbot.waitExposed(view)
    canvas.show(plain())
    return Desk(canvas, history, view, qtbot)


def prompt_field(desk: Desk) -> QLineEdit:
    return cast("QLineEdit", desk.view.findChild(QLineEdit, "region_prompt_edit"))


def rgb(colour: QColor) -> tuple[int, int, int]:
    return colour.red(), colour.green(), colour.blue()


def region_colour(number: int) -> tuple[int, int, int]:
    """A third of the region's colour over the picture."""
    tint = rgb(QColor(("#ff7a90", "#6aa9ff")[number - 1]))
    return tuple(round(0.33 * a + 0.67 * b) for a, b in zip(tint, GREY, strict=True))  # type: ignore[return-value]


def test_a_picture_is_shown_whole_and_in_the_middle(desk: Desk) -> None:
    left_top, right_bottom = desk.at(0, 0), desk.at(400, 300)
    assert desk.view.rect().contains(left_top) and desk.view.rect().contains(right_bottom)
    assert abs((left_top.x() + right_bottom.x()) / 2 - 320) <= 1
    assert rgb(desk.colour(200, 150)) == GREY


def test_an_empty_canvas_says_what_to_do(qtbot: QtBot, theme: Theme) -> None:
    canvas = Canvas(History())
    view = CanvasView(canvas, theme)
    qtbot.addWidget(view)
    view.resize(640, 480)
    view.empty.add(QPushButton("Open"))
    view.show()
    assert view.empty.isVisible()
    assert any("Describe a picture" in label.text() for label in view.empty.findChildren(QLabel))
    canvas.show(plain())
    assert not view.empty.isVisible()


def test_painting_with_the_mouse_shows_the_region_s_colour(desk: Desk) -> None:
    desk.canvas.set_tool(Tool.BRUSH)
    desk.canvas.set_brush_px(60)
    desk.send(QEvent.Type.MouseButtonPress, 100, 200)
    desk.send(QEvent.Type.MouseMove, 300, 200)
    live = desk.colour(200, 200)
    desk.send(QEvent.Type.MouseButtonRelease, 300, 200)
    for seen in (live, desk.colour(200, 200)):
        assert np.allclose(rgb(seen), region_colour(1), atol=2)
    assert rgb(desk.colour(200, 40)) == GREY
    assert desk.canvas.regions[0].mask[200, 200] == 255


class PaintWatch(QObject):
    """Writes down how large an area each paint event of a widget asks for."""

    def __init__(self) -> None:
        super().__init__()
        self.areas: list[int] = []

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 (Qt's name)
        if isinstance(event, QPaintEvent):
            self.areas.append(event.rect().width() * event.rect().height())
        return False


def test_a_dab_repaints_only_its_surroundings(desk: Desk) -> None:
    desk.canvas.add_region()
    desk.canvas.set_tool(Tool.BRUSH)
    desk.canvas.set_brush_px(20)
    desk.send(QEvent.Type.MouseButtonPress, 100, 100)
    QApplication.processEvents()
    watch = PaintWatch()
    desk.view.installEventFilter(watch)
    desk.send(QEvent.Type.MouseMove, 104, 103)
    desk.qtbot.waitUntil(lambda: bool(watch.areas))
    assert max(watch.areas) < 60 * 60
    desk.send(QEvent.Type.MouseButtonRelease, 104, 103)


def test_the_right_button_erases(desk: Desk) -> None:
    desk.canvas.set_tool(Tool.RECTANGLE)
    desk.pull((50, 50), (350, 250))
    desk.pull((50, 50), (200, 250), button=Qt.MouseButton.RightButton)
    mask = desk.canvas.regions[0].mask
    assert not mask[100, 100] and mask[100, 300] == 255


def test_undo_takes_the_paint_from_the_screen(desk: Desk) -> None:
    desk.canvas.set_tool(Tool.RECTANGLE)
    desk.pull((50, 100), (350, 250))
    assert rgb(desk.colour(200, 200)) != GREY
    desk.history.undo()
    assert rgb(desk.colour(200, 200)) == GREY


def test_a_sixth_region_is_refused_with_a_sentence(desk: Desk) -> None:
    for _ in range(5):
        desk.canvas.add_region()
    desk.canvas.activate(None)
    desk.canvas.set_tool(Tool.BRUSH)
    refused = QSignalSpy(desk.view.refused)
    desk.pull((300, 250), (310, 260))
    assert refused.count() == 1
    error = refused.at(0)[0]
    assert isinstance(error, InvalidRequest) and "at most 5" in error.message


def test_a_name_on_the_picture_is_clicked_to_activate_and_double_clicked_to_edit(desk: Desk) -> None:
    desk.canvas.set_tool(Tool.RECTANGLE)
    desk.pull((50, 150), (150, 250))
    desk.canvas.set_prompt(1, "a flamingo")
    desk.canvas.activate(None)
    desk.pull((250, 150), (350, 250))
    name = desk.at(100, 150) - QPoint(0, 20)
    desk.qtbot.mouseClick(desk.view, LEFT, pos=name)
    assert desk.canvas.active and desk.canvas.active.number == 1
    desk.qtbot.mouseDClick(desk.view, LEFT, pos=name)
    field = prompt_field(desk)
    assert field.isVisible() and field.text() == "a flamingo"
    field.selectAll()
    desk.qtbot.keyClicks(field, "a boat")
    desk.qtbot.keyClick(field, Qt.Key.Key_Return)
    assert desk.canvas.regions[0].prompt == "a boat" and not field.isVisible()
    assert "a boat" in desk.view.accessibleDescription()


def test_escape_leaves_a_name_as_it_was(desk: Desk) -> None:
    desk.canvas.add_region("a boat")
    desk.qtbot.keyClick(desk.view, Qt.Key.Key_F2)
    field = prompt_field(desk)
    assert field.isVisible()
    desk.qtbot.keyClicks(field, "something else")
    desk.qtbot.keyClick(field, Qt.Key.Key_Escape)
    assert desk.canvas.regions[0].prompt == "a boat" and not field.isVisible()


def test_delete_removes_the_active_region(desk: Desk) -> None:
    desk.canvas.add_region()
    desk.qtbot.keyClick(desk.view, Qt.Key.Key_Delete)
    assert desk.canvas.regions == ()


def test_escape_gives_a_stroke_up(desk: Desk) -> None:
    desk.canvas.set_tool(Tool.LASSO)
    desk.send(QEvent.Type.MouseButtonPress, 10, 10)
    desk.send(QEvent.Type.MouseMove, 200, 10)
    desk.qtbot.keyClick(desk.view, Qt.Key.Key_Escape)
    desk.send(QEvent.Type.MouseButtonRelease, 200, 10)
    assert desk.canvas.regions == () and not desk.canvas.is_drawing


def test_zoom_keeps_what_is_under_the_pointer(desk: Desk) -> None:
    point = QPointF(desk.at(100, 80))
    told = QSignalSpy(desk.view.zoom_changed)
    before = desk.view.zoom
    desk.wheel(Qt.KeyboardModifier.ControlModifier, 4, point)
    assert desk.view.zoom == pytest.approx(before * 1.25**4)
    assert told.at(told.count() - 1)[0] == desk.view.zoom
    assert (QPointF(desk.at(100, 80)) - point).manhattanLength() <= 2


def test_zoom_has_limits_and_shortcuts(desk: Desk) -> None:
    desk.view.set_zoom(99)
    assert desk.view.zoom == 32
    desk.view.set_zoom(0.001)
    assert desk.view.zoom == 0.05
    desk.view.zoom_to_100()
    assert desk.view.zoom == 1
    desk.view.zoom_in()
    assert desk.view.zoom == 1.25
    desk.view.zoom_out()
    assert desk.view.zoom == 1


def test_a_fitted_picture_stays_fitted_when_the_window_grows(desk: Desk) -> None:
    before = desk.view.zoom
    desk.view.resize(1200, 900)
    assert desk.view.zoom > before
    desk.view.set_zoom(2)
    desk.view.resize(800, 600)
    assert desk.view.zoom == 2
    desk.canvas.show(plain(64, 64))
    assert desk.view.rect().contains(desk.at(64, 64)), "another size is shown whole"


def test_pixels_are_sharp_from_200_per_cent(desk: Desk) -> None:
    pixels = np.zeros((40, 40, 3), np.uint8)
    pixels[::2] = 255
    desk.canvas.show(Picture(pixels))
    desk.view.set_zoom(8)
    image = desk.view.grab().toImage()
    middle = desk.at(20, 0).x()
    top = desk.at(20, 10).y()
    column = {image.pixelColor(middle, top + i).value() for i in range(32)}
    assert column == {0, 255}


@pytest.mark.parametrize("zoom", [0.05, 0.3, 1, 1.5, 3, 32])
def test_a_large_picture_is_painted_right_at_any_zoom(desk: Desk, zoom: float) -> None:
    pixels = np.zeros((3000, 4000, 3), np.uint8)
    pixels[:, :2000] = (255, 0, 0)
    pixels[:, 2000:] = (0, 0, 255)
    desk.canvas.show(Picture(pixels))
    desk.view.set_zoom(zoom)
    image, middle = desk.view.grab().toImage(), desk.at(2000, 1500)
    y = min(middle.y(), image.height() - 1)
    assert rgb(image.pixelColor(middle.x() - 8, y)) == (255, 0, 0)
    assert rgb(image.pixelColor(middle.x() + 8, y)) == (0, 0, 255)


def test_space_and_middle_button_move_the_view(desk: Desk) -> None:
    desk.canvas.set_tool(Tool.BRUSH)
    before = desk.at(0, 0)
    desk.qtbot.keyPress(desk.view, Qt.Key.Key_Space)
    desk.pull((100, 100), (130, 110))
    desk.qtbot.keyRelease(desk.view, Qt.Key.Key_Space)
    assert desk.canvas.regions == () and desk.at(0, 0).x() > before.x()
    there = desk.at(0, 0)
    desk.pull((100, 100), (90, 90), button=Qt.MouseButton.MiddleButton)
    assert desk.at(0, 0).x() < there.x()
    desk.wheel(Qt.KeyboardModifier.NoModifier, 1)
    assert desk.at(0, 0).y() > there.y() - 20


def test_brackets_and_alt_wheel_change_the_brush(desk: Desk) -> None:
    desk.canvas.set_brush_px(50)
    desk.qtbot.keyClick(desk.view, Qt.Key.Key_BracketRight)
    assert desk.canvas.brush_px > 50
    desk.qtbot.keyClick(desk.view, Qt.Key.Key_BracketLeft)
    assert desk.canvas.brush_px == 50
    desk.wheel(Qt.KeyboardModifier.AltModifier, 2)
    assert desk.canvas.brush_px > 57
    desk.canvas.set_brush_px(1)
    desk.qtbot.keyClick(desk.view, Qt.Key.Key_BracketRight)
    assert desk.canvas.brush_px == 2, "each press does something"


def test_a_place_can_be_painted_by_keyboard_alone(desk: Desk) -> None:
    desk.canvas.set_tool(Tool.BRUSH)
    desk.canvas.set_brush_px(11)
    desk.qtbot.keyClick(desk.view, Qt.Key.Key_Right)
    for _ in range(3):
        desk.qtbot.keyClick(desk.view, Qt.Key.Key_Down)
    desk.qtbot.keyClick(desk.view, Qt.Key.Key_Return)
    box = desk.canvas.regions[0].box
    assert box and box.size == Size(11, 11) and box.left == 195 and box.top > 150
    desk.qtbot.keyClick(desk.view, Qt.Key.Key_Right)
    desk.qtbot.keyClick(desk.view, Qt.Key.Key_Space)
    box = desk.canvas.regions[0].box
    assert box and box.size.width_px > 11


def test_a_rectangle_can_be_pulled_by_keyboard_alone(desk: Desk) -> None:
    desk.canvas.set_tool(Tool.RECTANGLE)
    desk.qtbot.keyClick(desk.view, Qt.Key.Key_Left)
    desk.qtbot.keyClick(desk.view, Qt.Key.Key_Return)
    for key in (Qt.Key.Key_Left, Qt.Key.Key_Up, Qt.Key.Key_Up):
        desk.qtbot.keyClick(desk.view, key)
    desk.qtbot.keyClick(desk.view, Qt.Key.Key_Return)
    box = desk.canvas.regions[0].box
    assert box and box.right == 200 and box.bottom == 150 and box.size.height_px > box.size.width_px


def test_a_handle_pulls_its_own_side_and_with_shift_the_opposite_too(desk: Desk) -> None:
    desk.canvas.set_tool(Tool.FRAME)
    desk.pull((400, 150), (450, 150))
    margins = desk.canvas.margins
    assert abs(margins.right - 50) <= 4 and margins == Frame(right=margins.right)
    desk.pull((200 + margins.right / 2, 300), (200, 330), keys=Qt.KeyboardModifier.ShiftModifier)
    assert abs(desk.canvas.margins.top - 30) <= 4 and desk.canvas.margins.top == desk.canvas.margins.bottom


def test_the_picture_is_moved_within_its_frame_while_the_frame_stays(desk: Desk) -> None:
    desk.canvas.set_tool(Tool.FRAME)
    desk.canvas.set_frame_format(2)
    frame = desk.canvas.frame
    corner = desk.view.widget_position(-desk.canvas.frame_offset[0], 0)
    desk.pull((200, 150), (230, 150))
    assert desk.canvas.frame == frame and abs(desk.canvas.frame_offset[0] - 130) <= 2
    after = desk.view.widget_position(-desk.canvas.frame_offset[0], 0)
    assert (after - corner).manhattanLength() <= 2


def test_arrow_keys_push_the_sides_of_the_frame(desk: Desk) -> None:
    desk.canvas.set_tool(Tool.FRAME)
    desk.qtbot.keyClick(desk.view, Qt.Key.Key_Left)
    desk.qtbot.keyClick(desk.view, Qt.Key.Key_Left)
    left = desk.canvas.margins.left
    assert left > 0 and desk.canvas.margins == Frame(left=left)
    desk.qtbot.keyClick(desk.view, Qt.Key.Key_Left, Qt.KeyboardModifier.ShiftModifier)
    assert desk.canvas.margins.left == left // 2


def test_the_slider_shows_both_pictures(desk: Desk) -> None:
    desk.canvas.set_compare(plain(colour=(9, 200, 9)))
    assert rgb(desk.colour(100, 200)) == GREY
    assert rgb(desk.colour(300, 200)) == (9, 200, 9)
    desk.pull((200, 150), (320, 150))
    assert desk.canvas.compare_at == pytest.approx(0.8, abs=0.02)
    assert rgb(desk.colour(300, 200)) == GREY


def test_a_preview_takes_the_picture_s_place_for_a_while(desk: Desk) -> None:
    desk.view.show_preview(np.full((30, 40, 3), (1, 2, 250), np.uint8))
    assert rgb(desk.colour(200, 150)) == (1, 2, 250)
    desk.view.show_preview(None)
    assert rgb(desk.colour(200, 150)) == GREY


def test_a_preview_of_another_shape_or_without_picture_is_shown_in_the_middle(desk: Desk) -> None:
    desk.view.show_preview(np.full((20, 80, 3), (1, 2, 250), np.uint8))
    middle = desk.view.rect().center()
    assert rgb(desk.view.grab().toImage().pixelColor(middle)) == (1, 2, 250)
    desk.canvas.show(None)
    assert not desk.view.empty.isVisible()
    assert rgb(desk.view.grab().toImage().pixelColor(middle)) == (1, 2, 250)


def test_the_canvas_follows_the_theme(desk: Desk, qtbot: QtBot) -> None:
    theme = Theme(Scheme.DARK)
    view = CanvasView(desk.canvas, theme)
    qtbot.addWidget(view)
    view.resize(640, 480)
    view.show()
    assert view.grab().toImage().pixelColor(3, 3) == QColor("#101114")
    theme.choose(Scheme.LIGHT)
    assert view.grab().toImage().pixelColor(3, 3) == QColor("#dfe2e7")
