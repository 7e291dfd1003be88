"""The contact sheet: pictures keep their shape, words stay on the page and are real words."""

from itertools import pairwise

import numpy as np
import pytest
from PIL import Image

from dalle_studio.storage.contact_sheet import Row, contact_sheet, font

WINDOW = (0x15, 0x16, 0x1A)
MARGIN_PX, RIGHT_PX = 64, 1792 - 64
COLOURS = [
    *((250, 10, 20), (10, 240, 30), (20, 30, 230), (240, 230, 10)),
    *((10, 220, 230), (230, 20, 210), (250, 130, 0), (120, 0, 250)),
]
SHAPES = [(512, 512), (900, 300), (360, 640), (1920, 1080), (64, 64), (480, 640), (333, 777), (700, 500)]

Box = tuple[int, int, int, int]  # left, top, right, bottom in px; right and bottom lie outside


def picture(number: int, size: tuple[int, int] = (64, 64)) -> Image.Image:
    return Image.new("RGB", size, COLOURS[number])


def squares(count: int) -> tuple[Image.Image, ...]:
    return tuple(picture(number) for number in range(count))


def extent(where: np.ndarray) -> Box:
    ys, xs = np.nonzero(where)
    return int(xs.min()), int(ys.min()), int(xs.max()) + 1, int(ys.max()) + 1


def found(sheet: Image.Image, number: int) -> Box:
    """Where the picture of that number lies."""
    return extent((np.asarray(sheet) == COLOURS[number]).all(axis=2))


def ink(sheet: Image.Image, box: Box) -> Box:
    """The extent of what is not background inside a part of the sheet, measured from that part."""
    return extent((np.asarray(sheet.crop(box)) != WINDOW).any(axis=2))


def titled(title: str, heading: str = "A heading") -> Image.Image:
    return contact_sheet([Row(title, squares(1))], heading)


def title_box(sheet: Image.Image) -> Box:
    return 0, 160, sheet.width, found(sheet, 0)[1] - 8


@pytest.mark.parametrize("count", range(1, 9))
def test_every_picture_keeps_its_shape(count: int) -> None:
    pictures = tuple(picture(number, SHAPES[number]) for number in range(count))
    sheet = contact_sheet([Row("shapes", pictures)], "Shapes")
    for number in range(count):
        left, top, right, bottom = found(sheet, number)
        width, height = SHAPES[number]
        assert right - left == pytest.approx((bottom - top) * width / height, abs=1.5)


def test_pictures_of_any_shape_share_one_height_and_reach_both_margins() -> None:
    pictures = tuple(picture(number, SHAPES[number]) for number in range(4))
    boxes = [found(contact_sheet([Row("mixed", pictures)], "Mixed"), number) for number in range(4)]
    assert {(top, bottom) for _, top, _, bottom in boxes} == {boxes[0][1::2]}
    assert (boxes[0][0], boxes[-1][2]) == (MARGIN_PX, RIGHT_PX)
    assert [after[0] - before[2] for before, after in pairwise(boxes)] == [16, 16, 16]


def test_eight_squares_stand_in_two_lines_under_the_columns_of_four() -> None:
    sheet = contact_sheet([Row("eight", squares(8)), Row("four", squares(4))], "Twelve")
    eight = contact_sheet([Row("eight", squares(8))], "Eight")
    lefts = [found(eight, number)[0] for number in range(8)]
    assert lefts == [64, 484, 904, 1324] * 2
    assert found(sheet, 3)[2] == found(eight, 7)[2] == RIGHT_PX
    assert found(eight, 4)[1] - found(eight, 0)[3] == 16


@pytest.mark.parametrize("shape", [(2, 4000), (9000, 2), (1, 1)])
def test_extreme_shapes_stay_on_the_sheet(shape: tuple[int, int]) -> None:
    sheet = contact_sheet([Row("extreme", (picture(0, shape), picture(1)), ("a caption", "another"))], "Far")
    assert_margins_are_empty(sheet)


def test_a_caption_has_room_under_a_sliver() -> None:
    sliver = (picture(0, (40, 4000)),)
    without = contact_sheet([Row("sliver", sliver)], "Thin").height
    assert contact_sheet([Row("sliver", sliver, ("watercolour painting",))], "Thin").height <= without + 72


def assert_margins_are_empty(sheet: Image.Image) -> None:
    left, top, right, bottom = ink(sheet, (0, 0, *sheet.size))
    assert min(left, top, sheet.width - right, sheet.height - bottom) >= 40


@pytest.mark.parametrize(
    "words",
    ["flamingo " * 200, "W" * 700, "火烈鸟在海边、看日落。" * 60, "“火烈鸟”flamingo" * 40, "。" * 400],
)
def test_no_text_leaves_the_page_or_is_cut(words: str) -> None:
    rows = [Row(words, squares(8), (words[:60],) * 8, words)]
    sheet = contact_sheet(rows, words[:150], words[:150])
    assert_margins_are_empty(sheet)
    tall = contact_sheet([Row(words * 2, squares(1))], "").height
    once = contact_sheet([Row(words, squares(1))], "").height
    none = contact_sheet([Row("", squares(1))], "").height
    assert tall - none == pytest.approx(2 * (once - none), abs=40)


def test_a_long_title_keeps_to_two_columns_of_three() -> None:
    sheet = titled("a pink flamingo and a sailing boat, " * 20)
    _, _, right, _ = ink(sheet, title_box(sheet))
    assert 1000 < right <= MARGIN_PX + 1104 + 2


def test_no_line_begins_with_a_closing_mark() -> None:
    sheet = titled("字" * 39 + "。")  # 39 characters fill the line: the mark takes one of them along
    _, top, _, bottom = title_box(sheet)
    left, upper, right, lower = ink(sheet, (0, (top + bottom) // 2, sheet.width, bottom))
    assert lower - upper > 20
    assert right - left > 28


def test_chinese_is_drawn_and_unknown_characters_are_one_box() -> None:
    red, blue = titled("红色"), titled("蓝天")
    unknown, other = titled("\U0010ffff\U0010ffff"), titled("\U0010fffe\U0010fffe")
    assert unknown.tobytes() == other.tobytes()
    assert len({sheet.tobytes() for sheet in (red, blue, unknown, titled("□□"))}) == 3
    assert np.asarray(red.crop(title_box(red))).max() > 200


def test_the_fonts_share_a_baseline_and_latin_stays_where_it_was() -> None:
    alone, mixed = titled("Hamburg"), titled("Hamburg 汉堡")
    left, top, right, bottom = ink(alone, title_box(alone))
    box = (left, 160, right, 160 + bottom)
    assert alone.crop(box).tobytes() == mixed.crop(box).tobytes()
    _, mixed_top, mixed_right, mixed_bottom = ink(mixed, title_box(mixed))
    assert mixed_right - right == pytest.approx(2 * 28 + 7, abs=4)
    assert top - 6 <= mixed_top <= top
    assert mixed_bottom == bottom


def test_latin_is_set_in_inter() -> None:
    words = "MMMMMMMM"
    sheet = titled(words)
    left, _, right, _ = ink(sheet, title_box(sheet))
    inter, noto = (font(kind, 112).getlength(words) / 4 for kind in ("Inter-Regular", "NotoSansSC-Regular"))
    assert abs(right - left - inter) < 8 < abs(right - left - noto)


@pytest.mark.parametrize(
    "text", ["🦩", "👩🏽‍🚀 ❤️", "𠮷\U0010ffff", "\ud800", "a\u200bb\x00\r\n\tc", "हिन्दी", " "]
)
def test_no_text_raises(text: str) -> None:
    sheet = contact_sheet([Row(text, squares(2), (text, text), text)], text, text)
    assert_margins_are_empty(sheet)


def test_the_same_rows_give_the_same_pixels() -> None:
    rows = [Row("a flamingo 火烈鸟", squares(5), tuple("abcde"), "note"), Row("two", squares(2))]
    first, second = (contact_sheet(rows, "Twice", "footer") for _ in range(2))
    assert first.mode == "RGB"
    assert first.tobytes() == second.tobytes()


def test_captions_note_and_footer_each_leave_ink() -> None:
    full = Row("title", squares(2), ("left", "right"), "note")
    heights = [
        contact_sheet([Row("title", squares(2))], "H").height,
        contact_sheet([Row("title", squares(2), (), "note")], "H").height,
        contact_sheet([full], "H").height,
        contact_sheet([full], "H", "footer").height,
    ]
    assert heights == sorted(set(heights))


def test_other_modes_are_taken_as_rgb() -> None:
    assert contact_sheet([Row("grey", (Image.new("L", (9, 9), 128),))], "Grey").mode == "RGB"


def test_rows_without_pictures_raise() -> None:
    with pytest.raises(ValueError, match="at least one row"):
        contact_sheet([], "Nothing")
    with pytest.raises(ValueError, match="1 to 8"):
        Row("none", ())
    with pytest.raises(ValueError, match="1 to 8"):
        Row("nine", (*squares(8), picture(0)))
    with pytest.raises(ValueError, match="captions"):
        Row("two", squares(2), ("one",))
