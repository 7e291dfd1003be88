"""The recipe panel: facts, family, and what can be taken over."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractButton, QLabel, QPlainTextEdit, QToolButton, QWidget
from pytestqt.qtbot import QtBot

from dalle_studio.core.format import Size
from dalle_studio.core.picture import Picture
from dalle_studio.core.request import Generate, Sampling, Vary
from dalle_studio.state.gallery import Gallery
from dalle_studio.state.notices import Notices
from dalle_studio.storage.pictures.row import Row
from dalle_studio.ui.family_strip import FamilyTile
from dalle_studio.ui.recipe_panel import RecipePanel, facts_of, grouped
from dalle_studio.ui.theme import Theme
from dalle_studio.ui.thumbnails import Thumbnails
from tests.scripted import recorded

PROMPT = "a teddy bear riding a horse in outer space"


@pytest.fixture
def gallery(qtbot: QtBot, tmp_path: Path) -> Iterator[Gallery]:
    gallery = Gallery(tmp_path, Notices())
    yield gallery
    gallery.close()


@pytest.fixture
def panel(qtbot: QtBot, gallery: Gallery, theme: Theme) -> Iterator[RecipePanel]:
    thumbnails = Thumbnails(gallery)
    panel = RecipePanel(gallery, thumbnails, theme)
    qtbot.addWidget(panel)
    panel.resize(316, 300)
    panel.show()
    yield panel
    thumbnails.close()


@pytest.fixture
def entry(gallery: Gallery) -> Row:
    sampling = Sampling(seed=48213, count=1, steps=12, guidance_scale=4.5, negative_prompt="fog")
    return gallery.save(recorded(Generate(model="starter", prompt=PROMPT, sampling=sampling)), "teddy")


def vary(gallery: Gallery, entry: Row, seed: int) -> Row:
    sampling = Sampling(seed=seed, count=1)
    request = Vary(model="starter", source=gallery.open(entry.path), sampling=sampling, size=Size(48, 32))
    return gallery.save(recorded(request, created=f"2026-02-01T00:00:{seed:02d}Z"), f"vary {seed}")


def choose(gallery: Gallery, entry: Row) -> None:
    """Select it, and wait for its recipe."""
    gallery.select(entry.path)
    gallery.finish()


def text(panel: RecipePanel, name: str) -> str:
    label = panel.findChild(QLabel, f"recipe_{name}")
    assert label is not None
    return label.text()


def press(qtbot: QtBot, panel: RecipePanel, name: str) -> None:
    button = panel.findChild(QAbstractButton, f"recipe_{name}")
    assert button is not None
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)


def family(panel: RecipePanel) -> list[FamilyTile]:
    return [tile for tile in panel.findChildren(FamilyTile) if tile.isVisible()]


def test_it_takes_no_room_while_nothing_is_selected(panel: RecipePanel, gallery: Gallery, entry: Row) -> None:
    assert panel.maximumHeight() == 0
    gallery.select(entry.path)
    assert panel.maximumHeight() > 200
    assert panel.sizeHint().height() > 100
    gallery.select(None)
    assert panel.maximumHeight() == 0


def test_the_recipe_is_told_in_words(panel: RecipePanel, gallery: Gallery, entry: Row) -> None:
    choose(gallery, entry)
    prompt = panel.findChild(QPlainTextEdit, "recipe_prompt")
    assert prompt is not None
    assert prompt.toPlainText() == PROMPT
    assert text(panel, "seed") == "48\u202f213"
    assert text(panel, "model") == "starter 0.1"
    assert text(panel, "size") == "48 × 32 · 1.2 s"
    assert text(panel, "steps") == "12 · guidance 4.5"
    assert text(panel, "not") == "fog"


def test_the_prompt_can_be_selected_and_copied_but_not_changed(
    qtbot: QtBot, panel: RecipePanel, gallery: Gallery, entry: Row
) -> None:
    gallery.select(entry.path)
    prompt = panel.findChild(QPlainTextEdit, "recipe_prompt")
    assert prompt is not None
    qtbot.keyClicks(prompt, "no")
    assert prompt.toPlainText() == PROMPT
    prompt.selectAll()
    assert prompt.textCursor().selectedText() == PROMPT


def test_a_long_prompt_stays_within_four_lines(panel: RecipePanel, gallery: Gallery) -> None:
    sampling = Sampling(seed=1, count=1)
    long = gallery.save(recorded(Generate(model="starter", prompt="very " * 390, sampling=sampling)), "long")
    gallery.select(long.path)
    prompt = panel.findChild(QPlainTextEdit, "recipe_prompt")
    assert prompt is not None
    assert prompt.height() <= 4 * prompt.fontMetrics().lineSpacing() + 2


@pytest.mark.parametrize("name", ["remix", "use_all", "use_seed"])
def test_the_buttons_hand_the_entry_over(
    qtbot: QtBot, panel: RecipePanel, gallery: Gallery, entry: Row, name: str
) -> None:
    gallery.select(entry.path)
    with qtbot.waitSignal(getattr(panel, f"{name}_wanted")) as wanted:
        press(qtbot, panel, name)
    assert wanted.args == [entry]


def test_export_hands_the_file_over(qtbot: QtBot, panel: RecipePanel, gallery: Gallery, entry: Row) -> None:
    gallery.select(entry.path)
    export = panel.findChild(QToolButton, "recipe_export")
    assert export is not None
    with qtbot.waitSignal(panel.export_wanted) as wanted:
        qtbot.mouseClick(export, Qt.MouseButton.LeftButton)
    assert wanted.args == [entry.path]


def test_a_picture_from_elsewhere_has_nothing_to_take_over(panel: RecipePanel, gallery: Gallery) -> None:
    plain = gallery.save(Picture(np.zeros((40, 60, 3), np.uint8)), "holiday")
    gallery.select(plain.path)
    prompt = panel.findChild(QPlainTextEdit, "recipe_prompt")
    assert prompt is not None
    assert prompt.toPlainText() == "holiday.png"
    for name in ("remix", "use_all", "use_seed"):
        button = panel.findChild(QAbstractButton, f"recipe_{name}")
        assert button is not None
        assert not button.isEnabled()
    assert family(panel) == []


def test_the_family_goes_to_parents_and_children(
    qtbot: QtBot, panel: RecipePanel, gallery: Gallery, entry: Row
) -> None:
    child = vary(gallery, entry, 1)
    grandchild = vary(gallery, child, 2)
    gallery.select(child.path)
    assert [tile.accessibleName() for tile in family(panel)] == [
        f"Made from: {PROMPT}",
        "This picture: vary-1.png",
        "Made from this: vary-2.png",
    ]
    qtbot.mouseClick(family(panel)[2], Qt.MouseButton.LeftButton)
    assert gallery.selected is not None
    assert gallery.selected.path == grandchild.path
    qtbot.mouseClick(family(panel)[0], Qt.MouseButton.LeftButton)
    qtbot.mouseClick(family(panel)[0], Qt.MouseButton.LeftButton)
    assert gallery.selected.path == entry.path


def test_many_variations_are_counted(panel: RecipePanel, gallery: Gallery, entry: Row) -> None:
    for seed in range(1, 6):
        vary(gallery, entry, seed)
    gallery.select(entry.path)
    more = panel.findChild(QWidget, "family_more")
    assert isinstance(more, QAbstractButton)
    assert more.text() == "+3 variations"


def test_a_parent_that_is_gone_is_named_but_cannot_be_reached(
    panel: RecipePanel, gallery: Gallery, entry: Row, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))
    child = vary(gallery, entry, 1)
    gallery.select(child.path)
    gallery.delete([entry.path])
    parent = family(panel)[0]
    assert "not in this folder" in parent.accessibleName()
    assert not parent.isEnabled()


def test_numbers_are_grouped_and_unknown_facts_left_out(gallery: Gallery) -> None:
    assert grouped(4294967295) == "4\u202f294\u202f967\u202f295"
    plain = gallery.save(Picture(np.zeros((40, 60, 3), np.uint8)), "plain")
    facts = {name: value for name, value in facts_of(plain, None).items() if value}
    assert set(facts) == {"Size", "Made"}
