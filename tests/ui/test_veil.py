"""Pictures that not everybody wants to see, wherever the window shows them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtGui import QColor, QImage
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from dalle_studio.core.model import Model
from dalle_studio.core.picture import Picture
from dalle_studio.ui.candidate_tile import CandidateTile
from dalle_studio.ui.theme import Theme
from dalle_studio.ui.veil import blurred, blurred_image
from tests.scripted import MADE, ScriptedEngine
from tests.user import User, user_of

CONCERNED = replace(MADE, concerns=("nudity",), licence="Apache-2.0", commercial="yes", memory_mib=5_800)


@pytest.fixture
def user(qtbot: QtBot, theme: Theme, starter: Model, home: Path) -> Iterator[User]:
    engine = ScriptedEngine(made=CONCERNED)
    with user_of(engine, starter, None, home / "pictures", theme, qtbot) as user:
        user.studio.composer.change(count=1)
        user.type("a cat")
        user.press("Ctrl+Return")
        user.wait_for_pictures(1)
        user.studio.gallery.finish()
        yield user


def roughness(widget: QWidget) -> float:
    """How much neighbouring pixels in the middle of a widget differ: noise is rough, a blur is not."""
    image = widget.grab().toImage().convertToFormat(QImage.Format.Format_RGB888)
    rows = np.frombuffer(image.constBits(), np.uint8).reshape(image.height(), image.bytesPerLine())
    middle = rows[image.height() // 4 : image.height() // 3, : 3 * image.width()].astype(int)
    return float(np.abs(middle[:, 6:] - middle[:, :-6]).mean())


def test_canvas_and_tile_are_blurred_until_show_is_pressed(user: User) -> None:
    canvas, tile = user.find("canvas_view"), user.window.findChild(CandidateTile)
    assert tile is not None and tile.is_veiled
    assert user.text("veil_reason") == "Blurred: nudity"
    before = roughness(canvas), roughness(tile)
    user.click("veil_show")
    assert not user.sees("veil_bar") and not tile.is_veiled
    after = roughness(canvas), roughness(tile)
    assert after[0] > 2 * before[0] and after[1] > 2 * before[1]


def test_the_gallery_is_blurred_and_its_panel_shows_it(user: User) -> None:
    (entry,) = user.studio.gallery.entries
    thumbnails = user.window.thumbnails
    user.wait(lambda: thumbnails.thumbnail(entry, 96) is not None)
    hidden = thumbnails.thumbnail(entry, 96)
    assert hidden is not None and thumbnails.is_veiled(entry)
    user.studio.gallery.select(entry.path)
    user.studio.gallery.finish()
    assert user.text("recipe_blurred") == "nudity"
    assert user.text("recipe_licence") == "Apache-2.0 · Commercial use"
    assert user.text("recipe_memory") == "6.1 GB"
    user.click("recipe_show")
    assert not user.sees("recipe_show") and not thumbnails.is_veiled(entry)
    assert thumbnails.thumbnail(entry, 96) != hidden


def test_whoever_wants_none_of_it_switches_it_off(user: User) -> None:
    user.window.commands["hide_concerning"].trigger()
    assert not user.sees("veil_bar")
    user.window.commands["hide_concerning"].trigger()
    assert user.sees("veil_bar")


def test_a_blur_leaves_colours_and_nothing_else() -> None:
    pixels = np.zeros((300, 400, 3), np.uint8)
    pixels[:, 200:] = 255
    pixels[::2, :, 0] = 255
    hidden = blurred(Picture(pixels))
    assert hidden.shape == pixels.shape
    assert np.abs(np.diff(hidden[:, :, 0].astype(int), axis=0)).max() < 12  # the stripes are gone
    assert hidden[150, 40, 1] < 20 and hidden[150, 360, 1] > 235  # the sides are told apart
    small = QImage(64, 48, QImage.Format.Format_RGB32)
    small.fill(QColor("teal"))
    assert blurred_image(small).size() == small.size()
    assert blurred_image(small).pixelColor(30, 20) == QColor("teal")
