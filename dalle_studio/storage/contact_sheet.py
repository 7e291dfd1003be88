"""One labelled picture of many pictures: what the command line leaves beside its results.

Every row is a prompt, its pictures at one height, and what is worth knowing about them, in the dark
theme of the window. Text falls back glyph by glyph from Inter to Noto Sans SC; where there are no
spaces it wraps as the W3C's *Requirements for Chinese Text Layout* ask (no closing mark begins a line).
Knows nothing of engines or the library, and reads no file but its fonts.
"""

import re
import unicodedata
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache, partial
from itertools import chain, combinations, pairwise
from typing import Literal

import numpy as np
from PIL import Image, ImageDraw, ImageFont

from dalle_studio.storage.paths import resources_dir

WIDTH_PX, MARGIN_PX, SECTION_PX, GAP_PX = 1792, 64, 48, 16
CONTENT_PX = WIDTH_PX - 2 * MARGIN_PX  # three squares of 544, four of 404 or six of 264, and their gaps
MEASURE_PX = 1104  # two columns of three: a line that the eye can follow
LOWEST_PX, TALLEST_PX = 240, 544
FINE = 4  # text is drawn this many times larger
NARROWEST = 0.25  # a cell is at least this part of its height wide, so that a caption fits below
WINDOW, LINE, TEXT, SECOND = "#15161a", "#2c3038", "#eceef2", "#9aa1ad"
LOGO = np.array([[255, 122, 144], [255, 184, 105]])  # top left, bottom right

Face = Literal["Inter-Regular", "Inter-SemiBold", "NotoSansSC-Regular"]
LATIN: Face = "Inter-Regular"
BOLD: Face = "Inter-SemiBold"
HAN: Face = "NotoSansSC-Regular"
UNKNOWN = "□"
CHINESE = "\u2e80-\u9fff\uac00-\ud7af\uf900-\ufaff\uff00-\uffef\U00020000-\U0003ffff"
OPENING, CLOSING = r"（《「『【〈〔“‘(\[", r"，。、；：？！）》」』】〉〕”’…—·,.;:?!)\]"
SHARED = "“”‘’…—·"  # in both fonts: they follow the text they stand in
# What no line is broken inside of: a word or one Chinese character, with its punctuation.
UNIT = re.compile(rf"[{OPENING}]*(?:[^\s{CHINESE}“‘]+|[{CHINESE}])[{CLOSING}]*\s*|\S\s*")
INVISIBLE = re.compile("[\ufe00-\ufe0f\U0001f3fb-\U0001f3ff\U000e0100-\U000e01ef]")

_Mark = Callable[[Image.Image], None]  # paints one thing on the sheet
_Block = tuple[list[_Mark], int]  # what to paint, and the y in px below it
_Place = tuple[int, int, int, int]  # left, top, width and height in px
_Cell = tuple[Image.Image, str]  # a picture and its caption


@dataclass(frozen=True)
class Row:
    """A prompt and the 1 to 8 RGB pictures made from it; captions: none, or one for each picture."""

    title: str
    pictures: tuple[Image.Image, ...]
    captions: tuple[str, ...] = ()
    note: str = ""

    def __post_init__(self) -> None:
        if not 1 <= len(self.pictures) <= 8:
            raise ValueError(f"A row of a contact sheet has 1 to 8 pictures, not {len(self.pictures)}.")
        if self.captions and len(self.captions) != len(self.pictures):
            raise ValueError(f"{len(self.captions)} captions do not fit {len(self.pictures)} pictures.")


def contact_sheet(rows: Sequence[Row], heading: str, footer: str = "") -> Image.Image:
    """An RGB sheet 1792 px wide and as tall as it needs; the same input gives the same pixels.

    Raises ValueError when there are no rows.
    """
    if not rows:
        raise ValueError("A contact sheet needs at least one row.")
    marks, y = _heading(heading)
    for row in rows:
        row_marks, y = _row(row, y + SECTION_PX)
        marks += [*row_marks, partial(_paint_rule, y + SECTION_PX)]
        y += SECTION_PX
    lines, below = _paragraph(footer, MARGIN_PX, y + 24, CONTENT_PX, SMALL)
    bottom = below + 40 if lines else y + MARGIN_PX - SECTION_PX
    sheet = Image.new("RGB", (WIDTH_PX, bottom), WINDOW)
    for mark in [*marks, *lines] if lines else marks[:-1]:
        mark(sheet)
    return sheet


@cache
def font(kind: Face, size_px: int) -> ImageFont.FreeTypeFont:
    """One of the fonts the product ships, at so many px to the em."""
    return ImageFont.truetype(resources_dir() / "fonts" / f"{kind}.ttf", size_px)


@dataclass(frozen=True)
class _Style:
    face: Face
    size_px: int
    line_px: int
    colour: str


HEADING = _Style(BOLD, 48, 64, TEXT)
TITLE = _Style(LATIN, 28, 40, TEXT)
SMALL = _Style(LATIN, 20, 32, SECOND)


def _paint_line(x: int, y: int, text: str, style: _Style, sheet: Image.Image) -> None:
    """Draws large and shrinks, because hinting at 20 px would round the space between letters."""
    ink = Image.new("L", (WIDTH_PX * FINE, 2 * style.line_px * FINE))
    left, baseline = x * FINE, (style.line_px + round(style.size_px * 0.36)) * FINE
    for face, run in _runs(text, style.face):
        # Noto comes in one weight: a stroke of 1/64 em stands in for its semibold.
        bolder = style.size_px * FINE / 64 if (face, style.face) == (HAN, BOLD) else 0
        typeface = font(face, style.size_px * FINE)
        ImageDraw.Draw(ink).text((left, baseline), run, 255, typeface, anchor="ls", stroke_width=bolder)
        left += typeface.getlength(run)
    sheet.paste(style.colour, (0, y - style.line_px // 2), ink.reduce(FINE))


def _paint_picture(picture: Image.Image, place: _Place, sheet: Image.Image, radius: int = 8) -> None:
    """Fills the place; a rim in line colour keeps a night sky apart from the dark page."""
    x, y, width, height = place
    sheet.paste(LINE, (x - 1, y - 1), _rounded(width + 2, height + 2, radius + 1))
    resized = picture.convert("RGB").resize((width, height), Image.Resampling.LANCZOS)
    sheet.paste(resized, (x, y), _rounded(width, height, radius))


def _paint_rule(y: int, sheet: Image.Image) -> None:
    sheet.paste(LINE, (MARGIN_PX, y, WIDTH_PX - MARGIN_PX, y + 1))


def _heading(text: str) -> _Block:
    blend = np.add.outer(np.linspace(0, 0.5, 48), np.linspace(0, 0.5, 48))[..., None]
    logo = Image.fromarray((LOGO[0] * (1 - blend) + LOGO[1] * blend).astype(np.uint8))
    x = MARGIN_PX + 48 + 24
    lines, y = _paragraph(text, x, MARGIN_PX, WIDTH_PX - MARGIN_PX - x, HEADING)
    place = (MARGIN_PX, MARGIN_PX + 8, 48, 48)
    return [partial(_paint_picture, logo, place, radius=12), *lines], max(y, MARGIN_PX + 64)


def _row(row: Row, y: int) -> _Block:
    title, y = _paragraph(row.title, MARGIN_PX, y, MEASURE_PX, TITLE)
    note, y = _paragraph(row.note, MARGIN_PX, y + 8, CONTENT_PX, SMALL)
    cells = list(zip(row.pictures, row.captions or ("",) * 8, strict=False))
    strips = _strips(cells)
    height, marks = _height_px(strips), title + note
    for index, strip in enumerate(strips):
        strip_marks, y = _strip(strip, height, y + (GAP_PX if index and not row.captions else 24))
        marks += strip_marks
    return marks, y


def _paragraph(text: str, x: int, y: int, width_px: int, style: _Style) -> _Block:
    lines = _wrapped(text, width_px, style)
    marks: list[_Mark] = []
    marks += [partial(_paint_line, x, y + i * style.line_px, line, style) for i, line in enumerate(lines)]
    return marks, y + len(lines) * style.line_px


def _strip(cells: Sequence[_Cell], height_px: float, y: int) -> _Block:
    """Pictures side by side with their captions below; edges are rounded one by one, so none drifts."""
    marks: list[_Mark] = []
    height = max(1, round(height_px))
    left, bottom = float(MARGIN_PX), y + height
    for picture, caption in cells:
        x, right = round(left), left + height_px * _aspect((picture, caption))
        width = max(1, round(left + height_px * picture.width / picture.height) - x)
        lines, below = _paragraph(caption, x, y + height + 8, round(right) - x, SMALL)
        marks += [partial(_paint_picture, picture, (x, y, width, height)), *lines]
        bottom = max(bottom, below) if lines else bottom
        left = right + GAP_PX
    return marks, bottom


def _strips(cells: Sequence[_Cell]) -> list[Sequence[_Cell]]:
    """Breaks a row into as few strips as keep its pictures 240 px high, each as full as can be."""
    enough = min(LOWEST_PX, CONTENT_PX / max(map(_aspect, cells)))
    best = (max(_partitions(cells, cuts), key=_height_px) for cuts in range(len(cells)))
    return next(strips for strips in best if _height_px(strips) >= enough)


def _partitions(cells: Sequence[_Cell], cuts: int) -> list[list[Sequence[_Cell]]]:
    """All ways to cut a row so many times, longer strips first."""
    places = [(0, *inner, len(cells)) for inner in combinations(range(1, len(cells)), cuts)]
    return [[cells[a:b] for a, b in pairwise(edges)] for edges in reversed(places)]


def _height_px(strips: Sequence[Sequence[_Cell]]) -> float:
    """The one height at which the fullest strip spans the sheet, unless that is far too tall."""
    height = min((CONTENT_PX - GAP_PX * (len(s) - 1)) / sum(map(_aspect, s)) for s in strips)
    return height if height < TALLEST_PX * 1.1 else TALLEST_PX


def _aspect(cell: _Cell) -> float:
    return max(cell[0].width / cell[0].height, NARROWEST)


def _rounded(width_px: int, height_px: int, radius_px: int) -> Image.Image:
    """A mask of a rectangle with smooth round corners: 255 inside, the covered part at the edge."""
    radius = min(radius_px, width_px / 2, height_px / 2)
    x = np.abs(np.arange(width_px) + 0.5 - width_px / 2) - (width_px / 2 - radius)
    y = np.abs(np.arange(height_px) + 0.5 - height_px / 2) - (height_px / 2 - radius)
    distance = np.hypot(x.clip(0)[None, :], y.clip(0)[:, None])
    return Image.fromarray(((radius - distance + 0.5).clip(0, 1) * 255).round().astype(np.uint8))


def _wrapped(text: str, width_px: int, style: _Style) -> list[str]:
    """The lines of a text; a word longer than a line is broken between its letters."""
    lines, line = list[str](), ""
    words = UNIT.findall(_clean(text))
    units = ([word] if _length_px(word.rstrip(), style) <= width_px else word for word in words)
    for unit in chain.from_iterable(units):
        if line and _length_px((line + unit).rstrip(), style) > width_px:
            lines.append(line.rstrip())
            line = ""
        line += unit
    return [*lines, line.rstrip()] if line else lines


def _clean(text: str) -> str:
    """One line of drawable characters: white space folded, joiners dropped, the unknown as a box."""
    text = INVISIBLE.sub("", " ".join(unicodedata.normalize("NFC", text).split()))
    seen = (c for c in text if unicodedata.category(c) not in {"Cc", "Cf"})
    return "".join(c if _has(LATIN, c) or _has(HAN, c) else UNKNOWN for c in seen)


@cache
def _has(face: Face, character: str) -> bool:
    return _stamp(face, character) != _stamp(face, "\uffff")


def _stamp(face: Face, character: str) -> bytes:
    stamp = Image.new("L", (64, 64))
    ImageDraw.Draw(stamp).text((16, 16), character, 255, font(face, 32))
    return stamp.tobytes()


def _runs(text: str, latin: Face) -> list[tuple[Face, str]]:
    """A text cut where its font changes."""
    faces: list[Face] = []
    for index, character in enumerate(text):
        chinese = not _has(latin, character)
        if character in SHARED:
            chinese = faces[-1:] == [HAN] or re.match(f"[{CHINESE}]", text[index + 1 : index + 2])
        faces.append(HAN if chinese else latin)
    starts = [i for i, face in enumerate(faces) if faces[i - 1 : i] != [face]]
    return [(faces[a], text[a:b]) for a, b in pairwise([*starts, len(text)])]


def _length_px(text: str, style: _Style) -> float:
    runs = _runs(text, style.face)
    return sum(font(face, style.size_px * FINE).getlength(run) for face, run in runs) / FINE
