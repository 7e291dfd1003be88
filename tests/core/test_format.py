"""Sizes and formats: every size that is asked for is one a picture or a model can have."""

from __future__ import annotations

import itertools
import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dalle_studio.core.errors import InvalidRequest
from dalle_studio.core.format import (
    DEFAULT_SIZE,
    FORMATS,
    MAX_SIDE_PX,
    MIN_SIDE_PX,
    Size,
    check_size,
    find_format,
    fit_area,
    fit_long_side,
    frame_around,
    native_size,
)

sizes = st.builds(Size, st.integers(MIN_SIDE_PX, MAX_SIDE_PX), st.integers(MIN_SIDE_PX, MAX_SIDE_PX))
usual_sizes = sizes.filter(lambda size: 1 / 3 <= size.aspect <= 3)
aspects = st.floats(1 / 3, 3)


def test_a_size_knows_its_shape() -> None:
    size = Size(30, 20)
    assert (size.aspect, size.area_px, size.wh, str(size)) == (1.5, 600, (30, 20), "30 × 20")


def test_formats_have_the_shape_their_label_says() -> None:
    shapes = {f.name: f.size.aspect for f in FORMATS}
    assert shapes == {
        "square": 1,
        "album": 1,
        "banner": 3,
        "poster": 2 / 3,
        "story": 9 / 16,
        "slide": 16 / 9,
    }
    for f in FORMATS:
        assert check_size(f.size) is f.size


@pytest.mark.parametrize("name", ["poster", " Poster ", "POSTER"])
def test_a_format_is_found_by_name(name: str) -> None:
    assert find_format(name).size == Size(1024, 1536)


def test_an_unknown_format_names_the_known_ones() -> None:
    with pytest.raises(InvalidRequest, match="no format called “a4”") as caught:
        find_format("a4")
    for f in FORMATS:
        assert f.name in caught.value.remedy


@pytest.mark.parametrize("size", [Size(16, 16), Size(8192, 8192), Size(16, 8192)])
def test_sizes_within_the_limits_pass(size: Size) -> None:
    assert check_size(size) is size


@pytest.mark.parametrize("size", [Size(15, 16), Size(16, 15), Size(8193, 16), Size(16, 8193), Size(0, 0)])
def test_sizes_beyond_the_limits_are_refused(size: Size) -> None:
    with pytest.raises(InvalidRequest, match=str(size)) as caught:
        check_size(size)
    assert "16 to 8192 pixels" in caught.value.remedy


@given(aspects, st.sampled_from([(256, 8), (512, 8), (512, 64), (1024, 16), (1024, 64)]))
def test_a_model_works_at_multiples_near_the_wanted_shape_and_area(
    aspect: float, model: tuple[int, int]
) -> None:
    native_px, multiple_px = model
    size = native_size(aspect, native_px, multiple_px)
    assert size.width_px % multiple_px == 0 and size.height_px % multiple_px == 0
    # half a multiple of the shorter side is the best that rounding can promise
    shorter = native_px / math.sqrt(3)
    assert abs(math.log(size.aspect / aspect)) <= multiple_px / 2 / shorter
    assert 0.7 <= size.area_px / native_px**2 <= 1.3


@pytest.mark.parametrize("aspect", [1.6, 3, 0.37, 0.81, 1.0327, 0.468])
def test_no_other_size_is_nearer_to_the_wanted_shape_and_area(aspect: float) -> None:
    def misfit(size: Size) -> float:
        shape = size.aspect / aspect
        return 4 * (abs(shape - 1) + abs(1 / shape - 1)) + abs(size.area_px / 256**2 - 1)

    every = [Size(w, h) for w, h in itertools.product(range(16, 1024, 16), repeat=2)]
    assert native_size(aspect, 256, 16) == min(every, key=misfit)


def test_the_starter_model_works_at_known_sizes() -> None:
    found = [native_size(f.size.aspect, 256, 8) for f in FORMATS]
    assert found == [
        Size(256, 256),
        Size(256, 256),
        Size(432, 144),
        Size(208, 312),
        Size(192, 344),
        Size(344, 192),
    ]


@given(st.floats(1 / 512, 512))
def test_a_model_gets_a_size_for_every_shape_a_picture_can_have(aspect: float) -> None:
    size = native_size(aspect, 256, 8)
    assert min(size.wh) >= 16
    assert size.area_px <= 2.5 * 256**2


@given(usual_sizes)
def test_fitting_an_area_keeps_the_shape(size: Size) -> None:
    fitted = fit_area(size)
    assert fitted.width_px % 2 == 0 and fitted.height_px % 2 == 0
    assert abs(fitted.area_px / DEFAULT_SIZE.area_px - 1) < 0.01
    assert abs(fitted.aspect / size.aspect - 1) < 0.01


@given(sizes)
def test_fitting_an_area_gives_a_size_a_picture_may_have(size: Size) -> None:
    check_size(fit_area(size))


@given(sizes, st.integers(MIN_SIDE_PX, MAX_SIDE_PX))
def test_fitting_a_long_side_hits_it_exactly(size: Size, long_side_px: int) -> None:
    fitted = fit_long_side(size, long_side_px)
    assert max(fitted.wh) == long_side_px
    assert abs(min(fitted.wh) - min(size.wh) * long_side_px / max(size.wh)) <= 0.5 or min(fitted.wh) == 1
    assert (fitted.aspect >= 1) == (size.aspect >= 1) or 1 in fitted.wh or fitted.aspect == 1


@given(sizes, st.sampled_from([f.size.aspect for f in FORMATS]))
def test_a_frame_holds_the_picture_and_no_more(size: Size, aspect: float) -> None:
    frame = frame_around(size, aspect)
    assert frame.width_px >= size.width_px and frame.height_px >= size.height_px
    assert frame.width_px == size.width_px or frame.height_px == size.height_px
    assert abs(frame.width_px - frame.height_px * aspect) <= 0.5 * max(1, aspect) + 1e-6


def test_frames_around_a_square() -> None:
    square = Size(512, 512)
    assert frame_around(square, 3) == Size(1536, 512)
    assert frame_around(square, 0.5) == Size(512, 1024)
    assert frame_around(square, 1) == square
