"""Thumbnails: the library's, read in the background, kept within a bound."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtGui import QImage
from pytestqt.qtbot import QtBot

from dalle_studio.core.picture import Picture
from dalle_studio.state.gallery import Gallery
from dalle_studio.state.notices import Notices
from dalle_studio.storage.pictures.row import Row
from dalle_studio.ui.thumbnails import Thumbnails, shrunk
from tests.scripted import drawn

RED, BLUE = (250, 10, 10), (10, 10, 250)


@pytest.fixture
def gallery(qtbot: QtBot, tmp_path: Path) -> Iterator[Gallery]:
    gallery = Gallery(tmp_path / "pictures", Notices())
    yield gallery
    gallery.close()


@pytest.fixture
def thumbnails(gallery: Gallery) -> Iterator[Thumbnails]:
    thumbnails = Thumbnails(gallery)
    yield thumbnails
    thumbnails.close()


def save(gallery: Gallery, size: tuple[int, int], colour: tuple[int, int, int] = RED) -> Row:
    pixels = np.zeros((size[1], size[0], 3), np.uint8)
    pixels[:] = colour
    return gallery.save(Picture(pixels), "plain")


def get(qtbot: QtBot, thumbnails: Thumbnails, entry: Row, side_px: int = 32) -> QImage:
    image = thumbnails.thumbnail(entry, side_px)
    if image is None:
        with qtbot.waitSignal(thumbnails.ready, check_params_cb=lambda ready: ready == entry.id):
            pass
        image = thumbnails.thumbnail(entry, side_px)
    assert image is not None
    return image


def colour_of(image: QImage) -> tuple[int, int, int]:
    colour = image.pixelColor(0, 0)
    return colour.red(), colour.green(), colour.blue()


@pytest.mark.parametrize(
    ("size", "side", "expected"),
    [
        ((200, 200), 32, (32, 32)),
        ((300, 100), 32, (96, 32)),
        ((100, 200), 32, (32, 64)),
        ((20, 20), 32, (20, 20)),
        ((600, 300), 200, (400, 200)),  # 256 pixels would be too few for its height
        ((600, 600), 400, (400, 400)),
    ],
)
def test_a_thumbnail_covers_its_square_but_never_grows(
    qtbot: QtBot,
    gallery: Gallery,
    thumbnails: Thumbnails,
    size: tuple[int, int],
    side: int,
    expected: tuple[int, int],
) -> None:
    image = get(qtbot, thumbnails, save(gallery, size), side)
    assert image.size().toTuple() == expected
    assert np.allclose(colour_of(image), RED, atol=6)


def test_a_thumbnail_that_is_known_comes_at_once(
    qtbot: QtBot, gallery: Gallery, thumbnails: Thumbnails
) -> None:
    entry = save(gallery, (64, 64))
    assert thumbnails.thumbnail(entry, 32) is None
    get(qtbot, thumbnails, entry)
    assert thumbnails.thumbnail(entry, 32) is not None


def test_the_picture_itself_is_decoded_only_once(
    qtbot: QtBot, gallery: Gallery, thumbnails: Thumbnails
) -> None:
    entry = save(gallery, (64, 64))
    get(qtbot, thumbnails, entry)
    entry.path.unlink()
    again = Thumbnails(gallery)
    assert np.allclose(colour_of(get(qtbot, again, entry)), RED, atol=6)
    again.close()


@pytest.mark.parametrize("content", [b"", b"no picture", b"\x89PNG\r\n\x1a\n and then nothing", None])
def test_a_broken_or_missing_file_has_a_placeholder(
    qtbot: QtBot, gallery: Gallery, thumbnails: Thumbnails, content: bytes | None
) -> None:
    entry = gallery.save(drawn(int.from_bytes(content or b"none") % 10**6), "noise")
    entry.path.unlink()
    if content is not None:
        entry.path.write_bytes(content)
    image = get(qtbot, thumbnails, entry, 24)
    assert image.size().toTuple() == (24, 24) and image.pixelColor(0, 0).alpha() < 255


def test_a_file_that_changed_is_read_again(qtbot: QtBot, gallery: Gallery, thumbnails: Thumbnails) -> None:
    entry = save(gallery, (64, 64), RED)
    get(qtbot, thumbnails, entry)
    Picture(np.full((48, 64, 3), BLUE, np.uint8)).image.save(entry.path)
    gallery.refresh()
    gallery.finish()
    changed = gallery.entry(entry.path)
    assert changed is not None and changed.id == entry.id
    assert np.allclose(colour_of(get(qtbot, thumbnails, changed)), BLUE, atol=6)


def test_the_longest_unused_ones_are_let_go(qtbot: QtBot, gallery: Gallery) -> None:
    each_bytes = 32 * 32 * 4
    thumbnails = Thumbnails(gallery, limit_bytes=3 * each_bytes)
    entries = [save(gallery, (64, 64), (number, 0, 0)) for number in range(4)]
    for entry in entries[:3]:
        get(qtbot, thumbnails, entry)
    get(qtbot, thumbnails, entries[0])
    get(qtbot, thumbnails, entries[3])
    assert thumbnails.size_bytes == 3 * each_bytes
    assert thumbnails.thumbnail(entries[0], 32) is not None
    assert thumbnails.thumbnail(entries[1], 32) is None
    thumbnails.close()


def test_hundreds_asked_for_at_once_end_with_the_last_ones(
    qtbot: QtBot, gallery: Gallery, thumbnails: Thumbnails
) -> None:
    """What was scrolled past is given up; what was asked for last is there."""
    entries = [save(gallery, (16, 16), (number % 256, number // 256, 0)) for number in range(300)]
    for entry in entries:
        thumbnails.thumbnail(entry, 8)
    qtbot.waitUntil(lambda: all(thumbnails.thumbnail(entry, 8) is not None for entry in entries[-100:]))


def test_rubbish_is_no_picture() -> None:
    assert shrunk(b"rubbish", 20).isNull()
