"""The about box: everything that is inside is named with its licence."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPushButton, QTextBrowser
from pytestqt.qtbot import QtBot

from dalle_studio import __version__
from dalle_studio.core.model import Model
from dalle_studio.ui.about import AboutBox, about_text
from dalle_studio.ui.theme import Theme


def test_it_names_every_part_and_licence(starter: Model) -> None:
    text = about_text(starter)
    for part in (f"**Dalle Studio** {__version__}", "LGPL-3.0", "Lucide", "ISC", "SIL Open Font License"):
        assert part in text
    assert f"**{starter.label}**, version {starter.version}: {starter.licence.name}" in text
    for package in ("PyTorch", "Diffusers", "Transformers", "NumPy", "Pillow"):
        assert package in text


def test_the_notices_of_the_models_art_are_in_it(starter: Model) -> None:
    notice = (starter.folder / "NOTICE.md").read_text("utf-8")
    assert notice in about_text(starter)


def test_a_model_without_notices_is_named_all_the_same(starter: Model) -> None:
    other = replace(starter, label="Another model", folder=starter.folder / "no such folder")
    assert "Another model" in about_text(other)


def test_it_shows_the_text_and_closes(qtbot: QtBot, theme: Theme, starter: Model) -> None:
    box = AboutBox(starter, theme)
    box.open()
    browser, close = box.findChild(QTextBrowser), box.findChild(QPushButton)
    assert browser is not None and close is not None
    assert "Nothing you make leaves this computer." in browser.toPlainText()
    assert browser.accessibleName() == "Licences"
    with qtbot.waitSignal(box.destroyed):
        qtbot.mouseClick(close, Qt.MouseButton.LeftButton)


def test_escape_closes_it(qtbot: QtBot, theme: Theme, starter: Model) -> None:
    box = AboutBox(starter, theme)
    box.open()
    with qtbot.waitSignal(box.destroyed):
        qtbot.keyClick(box, Qt.Key.Key_Escape)
