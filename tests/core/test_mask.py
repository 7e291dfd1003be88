"""Masks: a marker lies where it was put, feathering only ever takes away, the context fits the picture."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dalle_studio.core.errors import InvalidRequest
from dalle_studio.core.format import Size
from dalle_studio.core.mask import Box, Mask, bounds, context_box, feather, grow, place_marker


def rectangle(box: Box, value: int = 255) -> Mask:
    mask = np.zeros((64, 96), np.uint8)
    mask[box.slices] = value
    return mask


@st.composite
def boxes(draw: st.DrawFn, width_px: int, height_px: int) -> Box:
    left, top = draw(st.integers(0, width_px - 1)), draw(st.integers(0, height_px - 1))
    return Box(left, top, draw(st.integers(left + 1, width_px)), draw(st.integers(top + 1, height_px)))


@st.composite
def masks(draw: st.DrawFn) -> Mask:
    """A few rectangles of any strength, and now and then noise."""
    mask = np.zeros((48, 64), np.uint8)
    for box in draw(st.lists(boxes(64, 48), min_size=1, max_size=4)):
        mask[box.slices] = draw(st.integers(0, 255))
    if draw(st.booleans()):
        noise = np.random.default_rng(draw(st.integers(0, 9))).integers(0, 256, mask.shape)
        mask = np.where(noise > 128, mask, noise).astype(np.uint8)
    return mask


def test_a_box_knows_its_size_and_slices() -> None:
    box = Box(10, 20, 40, 30)
    assert box.size == Size(30, 10)
    assert rectangle(box)[20:30, 10:40].all() and rectangle(box).sum() == 300 * 255


def test_a_marker_is_a_filled_circle_where_it_was_put() -> None:
    mask = place_marker(Size(200, 100), (0.25, 0.5), 0.2)
    assert mask.dtype == np.uint8 and mask.shape == (100, 200)
    assert set(np.unique(mask)) == {0, 255}
    assert bounds(mask) == Box(30, 40, 70, 60)
    assert mask[50, 50] == 255 and mask[41, 31] == 0
    assert abs(np.count_nonzero(mask) - np.pi * 20 * 10) < 12


def test_a_marker_may_reach_over_the_edge_and_over_everything() -> None:
    assert bounds(place_marker(Size(100, 100), (0, 0), 0.5)) == Box(0, 0, 25, 25)
    assert bounds(place_marker(Size(64, 64), (0.5, 0.5), 1)) == Box(0, 0, 64, 64)


@pytest.mark.parametrize(
    ("centre", "diameter"),
    [
        ((-0.1, 0.5), 0.3),
        ((0.5, 1.1), 0.3),
        ((0.5, 0.5), 0),
        ((0.5, 0.5), 1.01),
        ((0.5, 0.5), -1),
        ((float("nan"), 0.5), 0.3),
        ((0.5, float("inf")), 0.3),
        ((0.5, 0.5), float("nan")),
    ],
)
def test_a_marker_outside_the_picture_is_refused(centre: tuple[float, float], diameter: float) -> None:
    with pytest.raises(InvalidRequest, match="not inside the picture") as caught:
        place_marker(Size(64, 64), centre, diameter)
    assert "--at 0.3,0.7" in caught.value.remedy


def test_bounds_hold_everything_above_zero_and_no_more() -> None:
    assert bounds(np.zeros((8, 8), np.uint8)) is None
    assert bounds(rectangle(Box(3, 5, 9, 6), value=1)) == Box(3, 5, 9, 6)
    assert bounds(rectangle(Box(0, 0, 96, 64))) == Box(0, 0, 96, 64)


def test_growing_widens_on_all_sides_and_stops_at_the_edge() -> None:
    mask = rectangle(Box(40, 30, 50, 40))
    assert np.array_equal(grow(mask, 3), rectangle(Box(37, 27, 53, 43)))
    assert np.array_equal(grow(mask, 0), mask)
    assert np.array_equal(grow(rectangle(Box(0, 0, 10, 10)), 4), rectangle(Box(0, 0, 14, 14)))


def test_growing_keeps_a_thin_stroke_alive_at_an_eighth_of_the_size() -> None:
    stroke = rectangle(Box(41, 0, 42, 64))
    assert grow(stroke, 4)[::8, ::8].any()


@given(masks(), st.integers(0, 5))
@settings(max_examples=50)
def test_growing_takes_nothing_away(mask: Mask, radius_px: int) -> None:
    assert (grow(mask, radius_px) >= mask).all()


@given(masks(), st.floats(0, 40))
def test_feathering_never_raises_a_mask_and_never_touches_outside(mask: Mask, radius_px: float) -> None:
    soft = feather(mask, radius_px)
    assert soft.dtype == np.uint8 and soft.shape == mask.shape
    assert (soft <= mask).all()
    assert not soft[mask == 0].any()


def test_feathering_is_soft_at_the_edge_and_whole_in_the_middle() -> None:
    mask = rectangle(Box(16, 0, 96, 64))  # its only edge inside the picture is at x = 16
    ramp = feather(mask, 6)[32]
    assert ramp[15] == 0
    assert ramp[16] < 40
    assert (np.diff(ramp[16:].astype(int)) >= 0).all()
    assert 60 < ramp[20] < 220
    assert (ramp[32:] == 255).all(), (
        "the ramp is about twice the radius long, and the picture's edge is no edge"
    )


def test_feathering_fills_no_hole() -> None:
    mask = np.full((64, 96), 255, np.uint8)
    mask[32, 48] = 0
    assert feather(mask, 2)[32, 48] == 0


@pytest.mark.parametrize("value", [1, 100, 128, 200, 255])
def test_feathering_ramps_up_to_the_mask_s_own_value(value: int) -> None:
    soft = feather(rectangle(Box(16, 0, 96, 64), value), 6)
    assert soft[32, 16] < 40
    assert (soft[:, 40:] == value).all()


def test_no_feather_changes_nothing() -> None:
    mask = rectangle(Box(1, 1, 9, 9))
    assert np.array_equal(feather(mask, 0), mask)


sides = st.integers(16, 700)


@given(st.data(), sides, sides, st.integers(8, 512))
def test_the_context_holds_its_inside_and_lies_in_the_picture(
    data: st.DataObject, width_px: int, height_px: int, least_px: int
) -> None:
    inner = data.draw(boxes(width_px, height_px))
    box = context_box(inner, Size(width_px, height_px), least_px)
    assert 0 <= box.left <= inner.left and inner.right <= box.right <= width_px
    assert 0 <= box.top <= inner.top and inner.bottom <= box.bottom <= height_px
    wanted = max(least_px, 2 * max(inner.size.wh))
    assert box.size == Size(min(wanted, width_px), min(wanted, height_px))


def test_the_context_is_centred_where_there_is_room() -> None:
    assert context_box(Box(480, 490, 520, 510), Size(1000, 1000), 200) == Box(400, 400, 600, 600)
    assert context_box(Box(480, 490, 520, 510), Size(1000, 1000), 16) == Box(460, 460, 540, 540)
    assert context_box(Box(0, 0, 20, 20), Size(1000, 1000), 200) == Box(0, 0, 200, 200)
