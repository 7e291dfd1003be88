"""Thumbnails: read in the background, kept within a bound."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from PIL import Image
from PySide6.QtGui import QImage
from pytestqt.qtbot import QtBot

from dalle_studio.ui.thumbnails import Thumbnails, read_thumbnail


def save(path: Path, size: tuple[int, int], colour: str = "red") -> Path:
    Image.new("RGB", size, colour).save(path)
    return path


def get(qtbot: QtBot, thumbnails: Thumbnails, path: Path, side_px: int = 32) -> QImage:
    image = thumbnails.thumbnail(path, side_px)
    if image is None:
        with qtbot.waitSignal(thumbnails.ready, check_params_cb=lambda ready: ready == path):
            pass
        image = thumbnails.thumbnail(path, side_px)
    assert image is not None
    return image


@pytest.fixture
def thumbnails(qtbot: QtBot) -> Iterator[Thumbnails]:
    thumbnails = Thumbnails()
    yield thumbnails
    thumbnails.close()


@pytest.mark.parametrize(
    ("size", "expected"),
    [
        ((200, 200), (32, 32)),
        ((300, 100), (96, 32)),
        ((100, 200), (32, 64)),
        ((4000, 100), (128, 3)),
        ((20, 20), (20, 20)),
    ],
)
def test_a_thumbnail_covers_its_square_but_never_grows(
    qtbot: QtBot, thumbnails: Thumbnails, tmp_path: Path, size: tuple[int, int], expected: tuple[int, int]
) -> None:
    image = get(qtbot, thumbnails, save(tmp_path / "a.png", size))
    assert image.size().toTuple() == expected
    assert image.pixelColor(0, 0).name() == "#ff0000"


def test_a_thumbnail_that_is_known_comes_at_once(
    qtbot: QtBot, thumbnails: Thumbnails, tmp_path: Path
) -> None:
    path = save(tmp_path / "a.png", (64, 64))
    assert thumbnails.thumbnail(path, 32) is None
    get(qtbot, thumbnails, path)
    assert thumbnails.thumbnail(path, 32) is not None


@pytest.mark.parametrize("content", [b"", b"no picture", b"\x89PNG\r\n\x1a\n and then nothing"])
def test_a_broken_file_has_a_placeholder(
    qtbot: QtBot, thumbnails: Thumbnails, tmp_path: Path, content: bytes
) -> None:
    path = tmp_path / "broken.png"
    path.write_bytes(content)
    assert get(qtbot, thumbnails, path).size().toTuple() == (32, 32)


def test_a_missing_file_has_a_placeholder(qtbot: QtBot, thumbnails: Thumbnails, tmp_path: Path) -> None:
    assert get(qtbot, thumbnails, tmp_path / "nowhere.png").size().toTuple() == (32, 32)


def test_a_file_that_changed_is_read_again(qtbot: QtBot, thumbnails: Thumbnails, tmp_path: Path) -> None:
    path = save(tmp_path / "a.png", (64, 64), "red")
    get(qtbot, thumbnails, path)
    save(path, (64, 64), "blue")
    os.utime(path, ns=(1, 1))
    assert get(qtbot, thumbnails, path).pixelColor(0, 0).name() == "#0000ff"


def test_the_longest_unused_ones_are_let_go(qtbot: QtBot, tmp_path: Path) -> None:
    each_bytes = 32 * 32 * 4
    thumbnails = Thumbnails(limit_bytes=3 * each_bytes)
    paths = [save(tmp_path / f"{number}.png", (64, 64)) for number in range(4)]
    for path in paths[:3]:
        get(qtbot, thumbnails, path)
    get(qtbot, thumbnails, paths[0])
    get(qtbot, thumbnails, paths[3])
    assert thumbnails.size_bytes == 3 * each_bytes
    assert thumbnails.thumbnail(paths[0], 32) is not None
    assert thumbnails.thumbnail(paths[1], 32) is None
    thumbnails.close()


def test_hundreds_asked_for_at_once_end_with_the_last_ones(qtbot: QtBot, tmp_path: Path) -> None:
    """What was scrolled past is given up; what was asked for last is there."""
    thumbnails = Thumbnails()
    paths = [save(tmp_path / f"{number}.png", (8, 8)) for number in range(300)]
    for path in paths:
        thumbnails.thumbnail(path, 8)
    qtbot.waitUntil(lambda: all(thumbnails.thumbnail(path, 8) is not None for path in paths[-100:]))
    thumbnails.close()


def test_a_photo_taken_upright_stands_upright(tmp_path: Path) -> None:
    picture = Image.new("RGB", (100, 50), "red")
    exif = picture.getexif()
    exif[0x0112] = 6  # turn it by 90 degrees
    picture.save(tmp_path / "a.jpg", exif=exif)
    assert read_thumbnail(tmp_path / "a.jpg", 20).size().toTuple() == (20, 40)
