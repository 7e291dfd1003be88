"""Mask tools: they draw where they are told, say where they drew, and only ever strengthen or only weaken."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dalle_studio.core import mask_tools
from dalle_studio.core.format import Size
from dalle_studio.core.mask import Box, Mask, bounds, place_marker

WIDTH, HEIGHT = 96, 64

coordinates = st.floats(-40, 140)
points = st.tuples(coordinates, coordinates)
values = st.sampled_from([0, 255])
Draw = Callable[[Mask, int], Box | None]


def empty() -> Mask:
    return np.zeros((HEIGHT, WIDTH), np.uint8)


def noise(seed: int) -> Mask:
    return np.random.default_rng(seed).integers(0, 256, (HEIGHT, WIDTH), np.uint8)


@st.composite
def drawings(draw: st.DrawFn) -> Draw:
    """Any tool with any arguments."""
    start, end = draw(points), draw(points)
    diameter, hardness = draw(st.floats(1, 60)), draw(st.floats(0, 1))
    line = draw(st.lists(points, max_size=8))
    return draw(
        st.sampled_from(
            [
                lambda mask, value: mask_tools.dab(mask, *start, diameter, hardness, value),
                lambda mask, value: mask_tools.stroke(mask, start, end, diameter, hardness, value),
                lambda mask, value: mask_tools.rectangle(mask, start, end, value),
                lambda mask, value: mask_tools.lasso(mask, line, value),
                lambda mask, value: mask_tools.marker(mask, start, diameter, 2 * diameter, value),
            ]
        )
    )


@given(drawings(), values, st.integers(0, 5))
@settings(max_examples=300)
def test_a_tool_changes_nothing_outside_the_box_that_it_tells(draw: Draw, value: int, seed: int) -> None:
    before, mask = noise(seed), noise(seed)
    box = draw(mask, value)
    changed = mask != before
    if box is None:
        assert not changed.any()
    else:
        assert 0 <= box.left < box.right <= WIDTH and 0 <= box.top < box.bottom <= HEIGHT
        changed[box.slices] = False
        assert not changed.any()


@given(drawings(), st.integers(0, 5))
@settings(max_examples=200)
def test_painting_only_strengthens_and_erasing_only_weakens(draw: Draw, seed: int) -> None:
    before, painted, erased = noise(seed), noise(seed), noise(seed)
    draw(painted, 255)
    draw(erased, 0)
    assert (painted >= before).all()
    assert (erased <= before).all()


@given(drawings())
def test_what_was_painted_is_erased_by_the_same_gesture(draw: Draw) -> None:
    mask = empty()
    draw(mask, 255)
    full = mask == 255
    draw(mask, 0)
    assert not mask[full].any()


def test_a_dab_of_one_pixel_is_the_pixel_under_the_pointer() -> None:
    mask = empty()
    assert mask_tools.dab(mask, 10.99, 20.01, 1)
    assert bounds(mask) == Box(10, 20, 11, 21) and mask[20, 10] == 255


@pytest.mark.parametrize("diameter", [5, 20, 41])
def test_a_hard_dab_is_a_disc(diameter: float) -> None:
    mask = empty()
    mask_tools.dab(mask, 48, 32, diameter)
    assert mask.sum() / 255 == pytest.approx(np.pi * diameter**2 / 4, rel=0.1)
    assert mask[32, 48] == 255


def test_a_soft_dab_fades_from_its_middle() -> None:
    mask = empty()
    mask_tools.dab(mask, 48, 32, 40, hardness=0)
    ray = mask[32, 48:70].astype(int)
    assert ray[0] == 255 and ray[-1] == 0
    assert (np.diff(ray) <= 0).all() and len(np.unique(ray)) > 15


def test_a_stroke_has_no_gaps_and_an_even_edge() -> None:
    mask = empty()
    mask_tools.dab(mask, 10, 32, 20)
    mask_tools.stroke(mask, (10, 32), (86, 32), 20)
    heights = mask[:, 12:84].sum(axis=0) / 255
    assert heights.min() > 19.5 and np.ptp(heights) < 0.5


def test_a_rectangle_holds_every_pixel_it_touches() -> None:
    mask = empty()
    assert mask_tools.rectangle(mask, (20.5, 30.2), (10, 12)) == Box(10, 12, 21, 31)
    assert bounds(mask) == Box(10, 12, 21, 31) and mask.sum() == 11 * 19 * 255


def test_a_lasso_fills_its_polygon() -> None:
    mask = empty()
    mask_tools.lasso(mask, [(10, 10), (50, 10), (50, 40), (10, 40)])
    assert bounds(mask) == Box(10, 10, 50, 40) and mask[10:40, 10:50].all()


def test_a_lasso_of_a_line_holds_nothing() -> None:
    assert mask_tools.lasso(empty(), [(1, 1), (50, 50)]) is None


def test_a_marker_lies_where_core_s_place_marker_does() -> None:
    mask = empty()
    mask_tools.marker(mask, (0.25 * WIDTH, 0.5 * HEIGHT), 0.4 * WIDTH, 0.4 * HEIGHT)
    placed = place_marker(Size(WIDTH, HEIGHT), (0.25, 0.5), 0.4)
    assert np.array_equal(mask >= 128, placed > 0)


def test_inverting_twice_is_nothing() -> None:
    mask = noise(3)
    mask_tools.invert(mask)
    assert np.array_equal(mask, 255 - noise(3))
    mask_tools.invert(mask)
    assert np.array_equal(mask, noise(3))


def test_growing_a_pixel_makes_a_disc() -> None:
    mask = empty()
    mask[32, 48] = 200
    assert mask_tools.grow(mask, 8) == Box(40, 24, 57, 41)
    rows, columns = np.ogrid[0:HEIGHT, 0:WIDTH]
    assert np.array_equal(mask == 200, (rows - 32) ** 2 + (columns - 48) ** 2 <= 64)


def test_growing_and_shrinking_undo_each_other_on_a_large_rectangle() -> None:
    mask = empty()
    mask[20:44, 20:70] = 255
    before = mask.copy()
    mask_tools.grow(mask, 5)
    assert mask.sum() > before.sum()
    mask_tools.shrink(mask, 5)
    assert np.array_equal(mask, before)


def test_the_picture_s_edge_is_no_edge_to_shrink_from() -> None:
    mask = empty()
    mask[:, :30] = 255
    mask_tools.shrink(mask, 4)
    assert bounds(mask) == Box(0, 0, 26, HEIGHT)


@pytest.mark.parametrize("tool", [mask_tools.grow, mask_tools.shrink])
def test_growing_nothing_is_nothing(tool: Callable[[Mask, int], Box | None]) -> None:
    mask = empty()
    assert tool(mask, 5) is None and not mask.any()
    full = noise(1)
    assert tool(full, 0) is None and np.array_equal(full, noise(1))


def test_growing_by_more_than_the_picture_fills_it() -> None:
    mask = empty()
    mask[0, 0] = 255
    mask_tools.grow(mask, 200)
    assert mask.all()
