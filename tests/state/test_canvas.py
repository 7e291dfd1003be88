"""The canvas: what is painted stays where it was painted, and undo brings everything back, bit for bit."""

from __future__ import annotations

import random
from dataclasses import dataclass

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PySide6.QtTest import QSignalSpy
from pytestqt.qtbot import QtBot

from dalle_studio.core.errors import InvalidRequest
from dalle_studio.core.format import Size
from dalle_studio.core.mask import Box
from dalle_studio.core.picture import Picture
from dalle_studio.state.canvas import Canvas
from dalle_studio.state.frame import NO_FRAME, Frame
from dalle_studio.state.history import History
from dalle_studio.state.stroke import Tool

SIZE = Size(320, 288)  # some tiles are cut off


def picture(size: Size = SIZE, value: int = 90) -> Picture:
    return Picture(np.full((size.height_px, size.width_px, 3), value, np.uint8))


@dataclass
class Desk:
    canvas: Canvas
    history: History


@pytest.fixture
def desk() -> Desk:
    return make_desk()


def make_desk() -> Desk:
    ticks = iter(range(0, 10**9, 10))  # no two changes within a second
    history = History(clock=lambda: float(next(ticks)))
    canvas = Canvas(history)
    canvas.show(picture())
    return Desk(canvas, history)


def draw(canvas: Canvas, tool: Tool, *points: tuple[float, float], erases: bool = False) -> None:
    canvas.set_tool(tool)
    canvas.press(*points[0], erases=erases)
    for point in points[1:]:
        canvas.drag(*point)
    canvas.release(*points[-1])


State = tuple[object, ...]


def state(canvas: Canvas) -> State:
    regions = tuple((r.number, r.colour, r.prompt, r.mask.tobytes(), r.box) for r in canvas.regions)
    active = canvas.active and canvas.active.number
    return canvas.picture, regions, active, canvas.frame, canvas.frame_offset


def test_a_brush_without_a_region_makes_one_in_the_first_colour(desk: Desk) -> None:
    desk.canvas.set_brush_px(20)
    draw(desk.canvas, Tool.BRUSH, (100, 100), (150, 100))
    assert len(desk.canvas.regions) == 1
    region = desk.canvas.regions[0]
    assert region is desk.canvas.active
    assert (region.number, region.colour, region.prompt) == (1, 0, "")
    assert region.box == Box(90, 90, 161, 111)
    assert region.mask[100, 125] == 255 and not region.mask[200].any()


def test_a_mask_cannot_be_written_from_outside(desk: Desk) -> None:
    region = desk.canvas.add_region()
    with pytest.raises(ValueError, match="read-only"):
        region.mask[0, 0] = 1


@pytest.mark.parametrize(
    ("tool", "points", "box"),
    [
        (Tool.RECTANGLE, [(10, 20), (60, 50)], Box(10, 20, 60, 50)),
        (Tool.LASSO, [(10, 20), (60, 20), (60, 50), (10, 50)], Box(10, 20, 60, 50)),
        (Tool.MARKER, [(160, 144)], Box(115, 104, 205, 184)),
        (Tool.MARKER, [(160, 144), (180, 154)], Box(140, 134, 180, 154)),
    ],
)
def test_shapes_are_drawn_on_release(
    desk: Desk, tool: Tool, points: list[tuple[float, float]], box: Box
) -> None:
    desk.canvas.set_tool(tool)
    desk.canvas.press(*points[0])
    for point in points[1:]:
        desk.canvas.drag(*point)
    assert desk.canvas.band and desk.canvas.band.tool is tool
    assert not desk.canvas.regions[0].mask.any()
    desk.canvas.release(*points[-1])
    drawn = desk.canvas.regions[0].box
    assert drawn and desk.canvas.band is None
    # a marker's antialiased edge may reach into the next pixel
    assert np.allclose((*drawn.size.wh, drawn.left), (*box.size.wh, box.left), atol=2 * (tool is Tool.MARKER))


def test_a_second_mark_goes_into_the_active_region_and_another_after_deactivating(desk: Desk) -> None:
    draw(desk.canvas, Tool.RECTANGLE, (10, 10), (30, 30))
    draw(desk.canvas, Tool.RECTANGLE, (50, 50), (70, 70))
    assert [region.number for region in desk.canvas.regions] == [1]
    desk.canvas.activate(None)
    draw(desk.canvas, Tool.MARKER, (200, 200))
    assert [region.number for region in desk.canvas.regions] == [1, 2]
    assert desk.canvas.active is desk.canvas.regions[-1]


def test_the_eraser_takes_away_from_the_active_region_only(desk: Desk) -> None:
    draw(desk.canvas, Tool.RECTANGLE, (0, 0), (100, 100))
    desk.canvas.activate(None)
    draw(desk.canvas, Tool.RECTANGLE, (0, 0), (100, 100))
    draw(desk.canvas, Tool.ERASER, (50, 50))
    first, second = desk.canvas.regions
    assert first.mask[50, 50] == 255 and second.mask[50, 50] == 0


def test_an_eraser_without_active_region_erases_in_all_and_makes_none(desk: Desk) -> None:
    draw(desk.canvas, Tool.ERASER, (50, 50))
    assert desk.canvas.regions == () and desk.history.undo_label is None
    draw(desk.canvas, Tool.RECTANGLE, (0, 0), (100, 100))
    desk.canvas.activate(None)
    draw(desk.canvas, Tool.ERASER, (50, 50))
    assert desk.canvas.regions[0].mask[50, 50] == 0


def test_every_marking_tool_can_take_away(desk: Desk) -> None:
    draw(desk.canvas, Tool.RECTANGLE, (0, 0), (100, 100))
    draw(desk.canvas, Tool.RECTANGLE, (50, 0), (100, 100), erases=True)
    assert desk.canvas.regions[0].box == Box(0, 0, 50, 100)


def test_select_activates_what_is_painted_there(desk: Desk) -> None:
    draw(desk.canvas, Tool.RECTANGLE, (0, 0), (50, 50))
    desk.canvas.activate(None)
    draw(desk.canvas, Tool.RECTANGLE, (100, 100), (150, 150))
    draw(desk.canvas, Tool.SELECT, (20, 20))
    assert desk.canvas.active is desk.canvas.regions[0]
    draw(desk.canvas, Tool.SELECT, (250, 20))
    assert desk.canvas.active is None


def test_there_are_five_regions_at_most_and_colours_are_used_again(desk: Desk) -> None:
    for _ in range(5):
        desk.canvas.add_region()
    with pytest.raises(InvalidRequest, match="at most 5 regions"):
        desk.canvas.add_region()
    desk.canvas.remove_region(3)
    assert desk.canvas.add_region().colour == 2
    desk.canvas.activate(None)
    desk.canvas.set_tool(Tool.BRUSH)
    with pytest.raises(InvalidRequest, match="at most 5 regions"):
        desk.canvas.press(5, 5)


def test_without_a_picture_nothing_can_be_painted() -> None:
    canvas = Canvas(History())
    draw(canvas, Tool.BRUSH, (5, 5))
    assert canvas.regions == ()
    with pytest.raises(InvalidRequest, match="no picture"):
        canvas.add_region()


def test_cancelling_a_stroke_leaves_no_trace(desk: Desk) -> None:
    draw(desk.canvas, Tool.BRUSH, (100, 100), (120, 140))
    before = state(desk.canvas)
    label = desk.history.undo_label
    for active in (1, None):
        desk.canvas.activate(active)
        desk.canvas.press(30, 30)
        desk.canvas.drag(300, 200)
        desk.canvas.cancel_stroke()
        desk.canvas.release(300, 200)
        desk.canvas.activate(1)
        assert state(desk.canvas) == before
    assert desk.history.undo_label == label


def test_a_stroke_beside_the_picture_leaves_no_trace(desk: Desk) -> None:
    draw(desk.canvas, Tool.BRUSH, (-500, -500), (-400, -400))
    assert desk.canvas.regions == () and desk.history.undo_label is None


def test_a_dab_tells_where_it_painted_and_nothing_else(desk: Desk, qtbot: QtBot) -> None:
    desk.canvas.add_region()
    desk.canvas.set_tool(Tool.BRUSH)
    desk.canvas.set_brush_px(10)
    changed, painted = QSignalSpy(desk.canvas.changed), QSignalSpy(desk.canvas.painted)
    desk.canvas.press(100, 100)
    desk.canvas.drag(110, 100)
    assert changed.count() == 0
    assert [painted.at(i)[0] for i in range(painted.count())] == [
        Box(95, 95, 106, 106),
        Box(96, 95, 116, 106),
    ]
    desk.canvas.release(110, 100)
    assert changed.count() == 1


def test_options_stay_within_their_limits(desk: Desk) -> None:
    canvas = desk.canvas
    canvas.set_brush_px(0)
    canvas.set_feather_px(-4)
    canvas.set_hardness(-1)
    assert (canvas.brush_px, canvas.feather_px, canvas.hardness) == (1, 0, 0)
    canvas.set_brush_px(1e9)
    canvas.set_feather_px(1e9)
    canvas.set_hardness(7)
    assert (canvas.brush_px, canvas.feather_px, canvas.hardness) == (2048, 256, 1)


def test_a_setting_that_changes_nothing_is_not_told(desk: Desk, qtbot: QtBot) -> None:
    desk.canvas.set_brush_px(33)
    changed = QSignalSpy(desk.canvas.changed)
    desk.canvas.set_brush_px(33)
    desk.canvas.set_tool(desk.canvas.tool)
    assert changed.count() == 0


def random_step(canvas: Canvas, dice: random.Random) -> None:
    """Anything people do that can be undone."""

    def at() -> tuple[float, float]:
        return dice.uniform(-20, 340), dice.uniform(-20, 300)

    numbers = [region.number for region in canvas.regions]
    match dice.randrange(10):
        case 0 if len(numbers) < 5:
            canvas.add_region(dice.choice(["", "a boat"]))
        case 1 if numbers:
            canvas.remove_region(dice.choice(numbers))
        case 2 if numbers:
            canvas.set_prompt(dice.choice(numbers), f"thing {dice.randrange(99)}")
        case 3 if canvas.active:
            dice.choice([canvas.invert, canvas.clear, lambda: canvas.grow(3), lambda: canvas.shrink(3)])()
        case 4:
            canvas.set_frame(Frame(dice.randrange(50), dice.randrange(50)))
        case 5 if numbers:
            canvas.activate(dice.choice(numbers))
        case 6 if canvas.active:
            canvas.import_mask(np.full((SIZE.height_px, SIZE.width_px), dice.choice([33, 77]), np.uint8))
        case _ if canvas.active or len(numbers) < 5:
            canvas.set_brush_px(dice.choice([1, 12, 90]))
            canvas.set_hardness(dice.choice([0, 1]))
            tool = dice.choice([Tool.BRUSH, Tool.ERASER, Tool.RECTANGLE, Tool.LASSO, Tool.MARKER])
            draw(canvas, tool, *(at() for _ in range(dice.randrange(1, 6))), erases=dice.random() < 0.2)
        case _:
            canvas.activate(numbers[0])


@given(st.integers(0, 10**6))
@settings(max_examples=25)
def test_undo_and_redo_restore_every_bit(seed: int) -> None:
    desk, dice = make_desk(), random.Random(seed)
    labels: list[str | None] = []
    states = [visible(desk.canvas)]
    for _ in range(15):
        before = desk.history.undo_label, visible(desk.canvas)
        random_step(desk.canvas, dice)
        if (desk.history.undo_label, visible(desk.canvas)) != before:
            labels.append(desk.history.undo_label)
            states.append(visible(desk.canvas))
    seen = [visible(desk.canvas)]
    while desk.history.undo_label:
        desk.history.undo()
        seen.append(visible(desk.canvas))
    assert seen[-1] == states[0]
    assert deduplicated(seen[::-1]) == deduplicated(states)
    while desk.history.redo_label:
        desk.history.redo()
    assert visible(desk.canvas) == states[-1]


def visible(canvas: Canvas) -> State:
    """All but the active region, which is chosen and not undone."""
    now = state(canvas)
    return (*now[:2], *now[3:])


def deduplicated(states: list[State]) -> list[State]:
    return [each for i, each in enumerate(states) if i == 0 or each != states[i - 1]]


def test_one_gesture_is_one_step_even_where_it_makes_a_region(desk: Desk) -> None:
    draw(desk.canvas, Tool.BRUSH, (10, 10), (50, 50))
    assert desk.history.undo_label == "brush stroke"
    desk.history.undo()
    assert desk.canvas.regions == () and desk.history.undo_label is None
    desk.history.redo()
    assert desk.canvas.regions[0].mask[30, 30] == 255


def test_typing_a_prompt_is_one_step() -> None:
    history = History(clock=lambda: 0.0)
    canvas = Canvas(history)
    canvas.show(picture())
    canvas.add_region()
    for text in ("a", "a b", "a boat"):
        canvas.set_prompt(1, text)
    history.undo()
    assert canvas.regions[0].prompt == ""
    history.redo()
    assert canvas.regions[0].prompt == "a boat"


def test_undo_during_a_stroke_gives_the_stroke_up(desk: Desk) -> None:
    draw(desk.canvas, Tool.BRUSH, (10, 10))
    desk.canvas.press(100, 100)
    desk.history.undo()
    assert desk.canvas.regions == () and not desk.canvas.is_drawing
    desk.history.redo()
    assert desk.canvas.regions[0].mask[100, 100] == 0 and desk.canvas.regions[0].mask[10, 10] == 255


def test_a_step_keeps_the_tiles_that_changed_and_not_the_picture(desk: Desk) -> None:
    big = Canvas(desk.history)
    big.show(picture(Size(4096, 4096)))
    sizes: list[int] = []
    desk.history.add = lambda change, merge_key="": sizes.append(change.size_bytes)  # type: ignore[method-assign]
    draw(big, Tool.BRUSH, (100, 100))
    big.invert()
    assert sizes[0] < 2 * 256 * 256 and sizes[1] < 300_000


def test_flipping_through_pictures_of_one_size_keeps_regions_and_is_no_step(desk: Desk) -> None:
    draw(desk.canvas, Tool.BRUSH, (10, 10))
    other = picture(value=200)
    desk.canvas.show(other, keep_regions=True)
    assert desk.canvas.picture is other and len(desk.canvas.regions) == 1
    desk.history.undo()
    assert desk.canvas.picture is other and desk.canvas.regions == ()


def test_a_new_picture_takes_regions_away_until_undone(desk: Desk) -> None:
    draw(desk.canvas, Tool.BRUSH, (10, 10))
    desk.canvas.set_frame(Frame(left=50))
    before = state(desk.canvas)
    for size, keep in ((SIZE, False), (Size(64, 64), True), (Size(64, 64), False)):
        desk.canvas.show(picture(size), keep_regions=keep)
        assert desk.canvas.regions == () and desk.canvas.frame is None
        desk.history.undo()
        assert state(desk.canvas) == before


def test_the_first_picture_is_no_step(desk: Desk) -> None:
    assert desk.history.undo_label is None


def test_a_mask_goes_out_and_comes_in_again(desk: Desk) -> None:
    draw(desk.canvas, Tool.MARKER, (100, 100))
    desk.canvas.activate(None)
    draw(desk.canvas, Tool.RECTANGLE, (200, 200), (220, 220))
    mask = desk.canvas.export_mask()
    first, second = desk.canvas.regions
    assert np.array_equal(mask, np.maximum(first.mask, second.mask))
    fresh = make_desk().canvas
    fresh.import_mask(mask)
    assert np.array_equal(fresh.regions[0].mask, mask)


def test_nothing_painted_cannot_be_exported(desk: Desk) -> None:
    desk.canvas.add_region()
    with pytest.raises(InvalidRequest, match="Nothing is painted"):
        desk.canvas.export_mask()


def test_invert_without_regions_paints_everything(desk: Desk) -> None:
    desk.canvas.invert()
    assert desk.canvas.regions[0].mask.all()
    desk.canvas.invert()
    assert desk.canvas.regions[0].box is None


def test_the_frame_reaches_as_far_as_each_side_is_pulled(desk: Desk) -> None:
    desk.canvas.set_frame(Frame(left=40, right=10, bottom=-5))
    assert desk.canvas.frame == Size(370, 288) and desk.canvas.frame_offset == (40, 0)
    desk.canvas.set_frame(Frame(top=99_999))
    assert desk.canvas.frame == Size(320, 8192)
    desk.canvas.set_frame(NO_FRAME)
    assert desk.canvas.frame is None


def test_the_picture_moves_in_its_frame_and_back(desk: Desk) -> None:
    desk.canvas.set_frame(Frame(left=40))
    desk.canvas.move_in_frame(15, 0)
    assert desk.canvas.margins == Frame(left=15, right=25)
    desk.history.undo()
    assert desk.canvas.margins == Frame(left=40)


def test_the_frame_takes_a_format(desk: Desk) -> None:
    desk.canvas.set_frame_format(3)
    assert desk.canvas.frame == Size(864, 288)
    desk.canvas.set_frame_format(None)
    assert desk.canvas.frame is None
    with pytest.raises(InvalidRequest, match="cannot be made"):
        desk.canvas.set_frame_format(100)


def test_comparing_slides_and_ends(desk: Desk) -> None:
    other = picture(value=1)
    desk.canvas.set_compare(other)
    desk.canvas.set_tool(Tool.COMPARE)
    desk.canvas.press(80, 10)
    assert desk.canvas.compare is other and desk.canvas.compare_at == 0.25
    desk.canvas.drag(9999, 10)
    assert desk.canvas.compare_at == 1
    desk.canvas.set_compare(None)
    assert desk.canvas.tool is Tool.SELECT
