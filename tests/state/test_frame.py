"""The frame around a picture: its sides one by one, both at once, and its limits."""

from __future__ import annotations

import pytest

from dalle_studio.core.errors import InvalidRequest
from dalle_studio.core.format import MAX_SIDE_PX, Size
from dalle_studio.state.frame import NO_FRAME, Frame, frame_of

PICTURE = Size(300, 200)


@pytest.mark.parametrize(
    ("sides", "at", "alone", "both"),
    [
        ((-1, 0), (-40, 70), Frame(left=40), Frame(left=40, right=40)),
        ((1, 0), (340, 70), Frame(right=40), Frame(left=40, right=40)),
        ((0, -1), (70, -9), Frame(top=9), Frame(top=9, bottom=9)),
        ((0, 1), (70, 209), Frame(bottom=9), Frame(top=9, bottom=9)),
        ((1, -1), (340, -9), Frame(top=9, right=40), Frame(40, 9, 40, 9)),
    ],
)
def test_a_handle_pulls_its_own_sides_or_the_opposite_too(
    sides: tuple[int, int], at: tuple[int, int], alone: Frame, both: Frame
) -> None:
    assert NO_FRAME.pulled(sides, *at, PICTURE, both=False) == alone
    assert NO_FRAME.pulled(sides, *at, PICTURE, both=True) == both
    assert Frame(left=5).pulled((1, 0), 340, 0, PICTURE, both=False) == Frame(left=5, right=40)


def test_a_frame_never_cuts_the_picture_and_keeps_to_the_limit() -> None:
    assert NO_FRAME.become(Frame(-5, -5, 10, 0), PICTURE) == Frame(right=10)
    room = MAX_SIDE_PX - PICTURE.width_px
    assert Frame(left=50).become(Frame(left=50, right=99_999), PICTURE) == Frame(left=50, right=room - 50)
    assert Frame(right=50).become(Frame(left=99_999, right=50), PICTURE) == Frame(left=room - 50, right=50)
    both = NO_FRAME.become(Frame(left=99_999, right=99_999), PICTURE)
    assert both.size(PICTURE).width_px == MAX_SIDE_PX


def test_the_picture_moves_within_its_frame() -> None:
    frame = Frame(10, 20, 30, 40)
    moved = frame.with_picture_at(15, 99)
    assert moved == Frame(15, 60, 25, 0)
    assert moved.size(PICTURE) == frame.size(PICTURE)
    assert frame.with_picture_at(-1, -1) == Frame(0, 0, 40, 60)


def test_a_format_has_the_picture_in_its_middle() -> None:
    assert frame_of(PICTURE, 3) == Frame(left=150, right=150)
    assert frame_of(Size(301, 200), 2).size(Size(301, 200)) == Size(400, 200)
    assert not frame_of(PICTURE, 1.5)
    with pytest.raises(InvalidRequest, match="cannot be made"):
        frame_of(PICTURE, 100)
