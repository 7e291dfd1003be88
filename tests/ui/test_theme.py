"""The look: contrast of every text colour, fonts and icons that exist, dark and light."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from PySide6.QtCore import QSize
from PySide6.QtGui import QColor, QFontInfo, QIcon, QRawFont
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from dalle_studio.storage.paths import resources_dir
from dalle_studio.ui.buttons import IconButton, TextButton
from dalle_studio.ui.stylesheet import stylesheet
from dalle_studio.ui.theme import Scheme, Theme, app_font, app_icon
from dalle_studio.ui.tokens import DARK, LIGHT, REGIONS, SURFACES

ICONS = sorted((resources_dir() / "icons").glob("*.svg"))
SCHEMES = {"dark": DARK, "light": LIGHT}
READ_ON = [
    *((text, surface) for text in ("text", "second") for surface in SURFACES),
    *((text, surface) for text in ("third", "accent") for surface in ("panel", "field")),
    *((text, surface) for text in ("good", "warning", "danger") for surface in ("panel", "field")),
    ("third", "window"),
    ("text", "hover"),
    ("text", "accent_soft"),
    ("on_accent", "accent"),
    ("on_accent", "accent_hover"),
    ("danger", "raised"),
]


def luminance(colour: str) -> float:
    """Relative luminance, WCAG 2.2."""
    solid = QColor(colour)
    rgb = solid.redF(), solid.greenF(), solid.blueF()
    shares = (share / 12.92 if share <= 0.04045 else ((share + 0.055) / 1.055) ** 2.4 for share in rgb)
    return sum(weight * share for weight, share in zip((0.2126, 0.7152, 0.0722), shares, strict=True))


def contrast(one: str, other: str) -> float:
    dark, light = sorted((luminance(one), luminance(other)))
    return (light + 0.05) / (dark + 0.05)


def ink(icon: QIcon, mode: QIcon.Mode = QIcon.Mode.Normal, state: QIcon.State = QIcon.State.Off) -> str:
    """The colour of the most solid point of an icon."""
    image = icon.pixmap(QSize(24, 24), 1.0, mode, state).toImage()
    points = (image.pixelColor(x, y) for x in range(image.width()) for y in range(image.height()))
    return max(points, key=lambda colour: colour.alpha()).name()


@pytest.mark.parametrize("scheme", SCHEMES)
@pytest.mark.parametrize(("text", "surface"), READ_ON)
def test_text_can_be_read(scheme: str, text: str, surface: str) -> None:
    tokens = SCHEMES[scheme]
    assert contrast(tokens[text], tokens[surface]) >= 4.5


@pytest.mark.parametrize("region", REGIONS)
def test_dark_words_can_be_read_on_region_colours(region: str) -> None:
    assert contrast(DARK["window"], DARK[region]) >= 4.5


def test_both_schemes_have_the_same_tokens() -> None:
    assert DARK.keys() == LIGHT.keys()


def test_every_colour_of_the_stylesheet_is_a_token() -> None:
    names = ("check", "minus", "chevron-down", "chevron-up", "chevron-right")
    icons = {name: f"{name}.svg" for name in names}
    dark, light = stylesheet(DARK, icons), stylesheet(LIGHT, icons)
    assert set(re.findall(r"#\w{6}\b", dark)) <= set(DARK.values())
    assert set(re.findall(r"#\w{6}\b", light)) <= set(LIGHT.values())
    assert dark != light


def test_what_was_chosen_wins_over_the_system(qapp: QApplication, qtbot: QtBot) -> None:
    theme = Theme(Scheme.LIGHT)
    assert not theme.dark and theme.colour("window").name() == LIGHT["window"]
    with qtbot.waitSignal(theme.changed):
        theme.choose(Scheme.DARK)
    assert theme.dark and theme.colour("window").name() == DARK["window"]
    with qtbot.assertNotEmitted(theme.changed):
        theme.choose(Scheme.DARK)


def test_a_scheme_installed_reaches_the_application(qapp: QApplication, theme: Theme) -> None:
    theme.choose(Scheme.LIGHT)
    light = qapp.palette().window().color().name()
    theme.choose(Scheme.DARK)
    assert (light, qapp.palette().window().color().name()) == (LIGHT["window"], DARK["window"])


def test_icons_take_the_colour_of_their_role_and_state(theme: Theme) -> None:
    icon = theme.icon("brush")
    assert ink(icon) == DARK["second"]
    assert ink(icon, QIcon.Mode.Active) == DARK["text"]
    assert ink(icon, state=QIcon.State.On) == DARK["accent"]
    assert ink(theme.icon("brush", "accent")) == DARK["accent"]


def test_buttons_follow_the_theme(qtbot: QtBot, theme: Theme) -> None:
    icon = IconButton(theme, "brush", "Brush")
    words = TextButton(theme, "Keep", kind="primary", icon="check")
    for button in (icon, words):
        qtbot.addWidget(button)
    theme.choose(Scheme.LIGHT)
    seen = ink(icon.icon()), ink(words.icon())
    theme.choose(Scheme.DARK)
    assert seen == (LIGHT["second"], LIGHT["on_accent"])
    assert icon.accessibleName() == icon.toolTip() == "Brush"


@pytest.mark.parametrize("path", ICONS, ids=lambda path: path.stem)
def test_every_icon_draws_something(path: Path, theme: Theme) -> None:
    image = theme.pixmap(path.stem, "text", 24).toImage()
    assert any(image.pixelColor(x, y).alpha() > 128 for x in range(24) for y in range(24))


@pytest.mark.parametrize("size_px", [16, 32, 256])
def test_the_app_icon_shows_a_white_neck_on_flamingo(qapp: QApplication, size_px: int) -> None:
    image = app_icon().pixmap(QSize(size_px, size_px), 1.0).toImage()
    assert image.size() == QSize(size_px, size_px)
    colours = [image.pixelColor(x, y) for x in range(size_px) for y in range(size_px)]
    white = sum(min(c.red(), c.green(), c.blue()) > 235 for c in colours)
    warm = sum(c.red() > 230 and c.green() < 190 for c in colours)
    assert white > len(colours) * 0.05 and warm > len(colours) * 0.5


def test_the_bundled_fonts_are_used(qapp: QApplication) -> None:
    assert QFontInfo(app_font(14)).family() == "Inter"
    assert QFontInfo(app_font(14)).pixelSize() == 14
    assert QRawFont.fromFont(app_font(bold=True)).weight() == 600
