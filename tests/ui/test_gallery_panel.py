"""The gallery panel with real files: search, filters, stars, keys, menu, trash, dragging out."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QAction, QImage
from PySide6.QtWidgets import QLabel, QLineEdit, QMenu, QPushButton
from pytestqt.qtbot import QtBot

from dalle_studio.state.gallery import Gallery
from dalle_studio.state.notices import Notices
from dalle_studio.storage.pictures.library import Library
from dalle_studio.storage.pictures.row import Row
from dalle_studio.ui.gallery_delegate import star_rect
from dalle_studio.ui.gallery_grid import GalleryGrid
from dalle_studio.ui.gallery_panel import GalleryPanel
from dalle_studio.ui.theme import Theme
from dalle_studio.ui.thumbnails import Thumbnails
from tests.scripted import asking, recorded

Key = Qt.Key
PROMPTS = ("a cat", "a dog in the snow", "a red boat", "a cat in the snow", "a moon")


@pytest.fixture
def gallery(qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Gallery]:
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))  # a trash of our own
    gallery = Gallery(tmp_path / "pictures", Notices())
    yield gallery
    gallery.close()


@pytest.fixture
def saved(gallery: Gallery) -> list[Row]:
    """Five pictures; the last one is the newest, and so the first in the grid."""
    return [
        gallery.save(recorded(asking(prompt, seed=number), created=f"2026-01-0{number}T00:00:00Z"), prompt)
        for number, prompt in enumerate(PROMPTS, 1)
    ]


class AskedThumbnails(Thumbnails):
    """Notes what was asked for."""

    def __init__(self, gallery: Gallery) -> None:
        super().__init__(gallery)
        self.asked: list[Row] = []

    def thumbnail(self, entry: Row, side_px: int) -> QImage | None:
        self.asked.append(entry)
        return super().thumbnail(entry, side_px)


@pytest.fixture
def thumbnails(gallery: Gallery) -> Iterator[AskedThumbnails]:
    thumbnails = AskedThumbnails(gallery)
    yield thumbnails
    thumbnails.close()


@pytest.fixture
def panel(qtbot: QtBot, gallery: Gallery, theme: Theme, thumbnails: AskedThumbnails) -> GalleryPanel:
    panel = GalleryPanel(gallery, thumbnails, theme)
    qtbot.addWidget(panel)
    panel.resize(316, 600)
    with qtbot.waitExposed(panel):
        panel.show()
    return panel


@pytest.fixture
def grid(panel: GalleryPanel, saved: list[Row]) -> GalleryGrid:
    """The grid of five pictures, with the keyboard."""
    found = panel.findChild(GalleryGrid)
    assert found is not None
    found.setFocus()
    return found


def centre(grid: GalleryGrid, row: int) -> QPoint:
    return grid.visualRect(grid.model().index(row, 0)).center()


def click(qtbot: QtBot, grid: GalleryGrid, row: int, modifier: Qt.KeyboardModifier | None = None) -> None:
    modifier = modifier or Qt.KeyboardModifier.NoModifier
    qtbot.mouseClick(grid.viewport(), Qt.MouseButton.LeftButton, modifier, centre(grid, row))


def button(panel: GalleryPanel, name: str) -> QPushButton:
    found = panel.findChild(QPushButton, name)
    assert found is not None
    return found


def text(panel: GalleryPanel, name: str) -> str:
    label = panel.findChild(QLabel, name)
    assert label is not None
    return label.text()


def search_for(qtbot: QtBot, panel: GalleryPanel, words: str) -> None:
    field = panel.findChild(QLineEdit, "gallery_search")
    assert field is not None
    field.selectAll()
    qtbot.keyClicks(field, words)
    qtbot.keyClick(field, Key.Key_Return)


def act(panel: GalleryPanel, label: str) -> None:
    menu = panel.menu()
    submenus = menu.findChildren(QMenu)
    for action in [*menu.actions(), *(each for submenu in submenus for each in submenu.actions())]:
        if action.text().split("\t")[0] == label:
            action.trigger()
            menu.deleteLater()
            return
    raise AssertionError(f"no {label} in {[action.text() for action in menu.actions()]}")


def test_pictures_stand_in_three_columns_the_newest_first(grid: GalleryGrid, saved: list[Row]) -> None:
    rects = [grid.visualRect(grid.model().index(row, 0)) for row in range(5)]
    assert [rect.y() for rect in rects] == [rects[0].y()] * 3 + [rects[3].y()] * 2
    assert rects[3].x() == rects[0].x() < rects[1].x() < rects[2].x()
    assert rects[3].y() == rects[0].y() + rects[0].height()
    assert grid.model().index(0, 0).data() == "a moon"


def test_a_click_selects_and_arrows_go_on_over_the_row_end(
    qtbot: QtBot, grid: GalleryGrid, gallery: Gallery, saved: list[Row]
) -> None:
    click(qtbot, grid, 1)
    assert gallery.selected is not None
    assert gallery.selected.prompt == "a cat in the snow"
    for key, prompt in (
        (Key.Key_Right, "a red boat"),
        (Key.Key_Right, "a dog in the snow"),
        (Key.Key_Up, "a moon"),
        (Key.Key_Down, "a dog in the snow"),
        (Key.Key_Left, "a red boat"),
    ):
        qtbot.keyClick(grid, key)
        assert gallery.selected.prompt == prompt


def test_the_selection_follows_the_gallery_and_stays_when_a_picture_comes(
    grid: GalleryGrid, gallery: Gallery, saved: list[Row]
) -> None:
    gallery.select(saved[0].path)
    assert grid.paths == (saved[0].path,)
    gallery.save(recorded(asking("a comet"), created="2026-02-01T00:00:00Z"), "comet")
    assert grid.paths == (saved[0].path,)
    assert gallery.selected is not None
    assert gallery.selected.path == saved[0].path
    gallery.select(None)
    assert grid.paths == ()


def test_the_selection_stays_when_another_program_adds_and_takes_away(
    qtbot: QtBot, grid: GalleryGrid, gallery: Gallery, saved: list[Row]
) -> None:
    click(qtbot, grid, 1)
    click(qtbot, grid, 3, Qt.KeyboardModifier.ControlModifier)
    chosen = (saved[3].path, saved[1].path)
    assert grid.paths == chosen
    with Library(gallery.folder, gallery.folder.parent / "cache") as other:
        for number in (1, 2):
            other.save(recorded(asking("a comet", seed=20 + number), created="2026-02-01T00:00:00Z"), "comet")
        saved[2].path.unlink()
        other.forget([saved[2].id])
        gallery.refresh()
        gallery.finish()
    assert grid.model().rowCount() == 6 and grid.model().index(0, 0).data() == "a comet"
    assert grid.paths == chosen and grid.path == saved[1].path
    assert gallery.selected is not None and gallery.selected.path == saved[1].path


def test_search_finds_and_nothing_found_says_how_to_go_back(
    qtbot: QtBot, panel: GalleryPanel, grid: GalleryGrid, gallery: Gallery
) -> None:
    search_for(qtbot, panel, "snow cat")
    assert [entry.prompt for entry in gallery.entries] == ["a cat in the snow"]
    search_for(qtbot, panel, "zebra")
    assert not grid.isVisible()
    assert text(panel, "gallery_empty_title") == "Nothing found for “zebra”"
    qtbot.mouseClick(button(panel, "gallery_empty_button"), Qt.MouseButton.LeftButton)
    assert grid.isVisible()
    assert len(gallery.entries) == 5
    field = panel.findChild(QLineEdit, "gallery_search")
    assert field is not None
    assert field.text() == ""


def test_search_runs_while_typing(
    qtbot: QtBot, panel: GalleryPanel, grid: GalleryGrid, gallery: Gallery
) -> None:
    field = panel.findChild(QLineEdit, "gallery_search")
    assert field is not None
    qtbot.keyClicks(field, "boat")
    qtbot.waitUntil(lambda: grid.model().rowCount() == 1)
    qtbot.keyClick(field, Key.Key_Down)
    assert gallery.selected is not None
    assert gallery.selected.prompt == "a red boat"
    qtbot.keyClick(field, Key.Key_Escape)
    qtbot.waitUntil(lambda: grid.model().rowCount() == 5)


def test_an_empty_gallery_says_what_to_do(qtbot: QtBot, panel: GalleryPanel) -> None:
    assert text(panel, "gallery_empty_title") == "No pictures yet"
    assert "Generate" in text(panel, "gallery_empty_advice")
    with qtbot.waitSignal(panel.import_wanted):
        qtbot.mouseClick(button(panel, "gallery_empty_button"), Qt.MouseButton.LeftButton)


def test_s_stars_and_the_chip_shows_only_the_starred(
    qtbot: QtBot, panel: GalleryPanel, grid: GalleryGrid, gallery: Gallery, saved: list[Row]
) -> None:
    qtbot.mouseClick(button(panel, "filter_starred"), Qt.MouseButton.LeftButton)
    assert text(panel, "gallery_empty_title") == "Nothing starred yet"
    qtbot.mouseClick(button(panel, "gallery_empty_button"), Qt.MouseButton.LeftButton)
    click(qtbot, grid, 4)
    qtbot.keyClick(grid, Key.Key_S)
    qtbot.mouseClick(button(panel, "filter_starred"), Qt.MouseButton.LeftButton)
    assert [entry.prompt for entry in gallery.entries] == ["a cat"]
    assert button(panel, "filter_starred").isChecked()
    assert not button(panel, "filter_all").isChecked()
    assert button(panel, "filter_all").text() == "All 5"


def test_a_click_on_the_star_stars_without_selecting(
    qtbot: QtBot, grid: GalleryGrid, gallery: Gallery, saved: list[Row]
) -> None:
    star = star_rect(grid.visualRect(grid.model().index(2, 0))).center()
    qtbot.mouseClick(grid.viewport(), Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, star)
    assert [entry.prompt for entry in gallery.entries if entry.starred] == ["a red boat"]
    assert gallery.selected is None


def test_enter_and_a_double_click_open(
    qtbot: QtBot, panel: GalleryPanel, grid: GalleryGrid, saved: list[Row]
) -> None:
    click(qtbot, grid, 0)
    with qtbot.waitSignal(panel.open_wanted) as opened:
        qtbot.keyClick(grid, Key.Key_Return)
    assert opened.args == [saved[4].path]
    with qtbot.waitSignal(panel.open_wanted) as opened:
        qtbot.mouseDClick(grid.viewport(), Qt.MouseButton.LeftButton, pos=centre(grid, 3))
    assert opened.args == [saved[1].path]


def test_delete_moves_every_selected_picture_to_the_trash_and_undo_brings_them_back(
    qtbot: QtBot, grid: GalleryGrid, gallery: Gallery, saved: list[Row]
) -> None:
    click(qtbot, grid, 0)
    click(qtbot, grid, 2, Qt.KeyboardModifier.ControlModifier)
    qtbot.keyClick(grid, Key.Key_Delete)
    assert [entry.prompt for entry in gallery.entries] == ["a cat in the snow", "a dog in the snow", "a cat"]
    assert grid.model().rowCount() == 3
    assert not saved[4].path.exists()
    gallery.undo_delete()
    assert grid.model().rowCount() == 5
    assert saved[4].path.exists()


@pytest.mark.parametrize(
    ("label", "signal"),
    [
        ("Open on canvas", "open_wanted"),
        ("Vary", "vary_wanted"),
        ("Place into", "place_wanted"),
        ("Compare with the canvas", "compare_wanted"),
        ("Blend with the canvas", "blend_wanted"),
        ("Copy", "copy_wanted"),
    ],
)
def test_the_menu_asks_for_what_it_says(
    qtbot: QtBot, panel: GalleryPanel, grid: GalleryGrid, saved: list[Row], label: str, signal: str
) -> None:
    click(qtbot, grid, 1)
    with qtbot.waitSignal(getattr(panel, signal)) as wanted:
        act(panel, label)
    assert wanted.args == [saved[3].path]


@pytest.mark.parametrize(
    ("label", "with_recipe"), [("Export picture…", False), ("Export with recipe…", True)]
)
def test_the_menu_exports_with_the_recipe_or_without(
    qtbot: QtBot, panel: GalleryPanel, grid: GalleryGrid, saved: list[Row], label: str, with_recipe: bool
) -> None:
    click(qtbot, grid, 1)
    with qtbot.waitSignal(panel.export_wanted) as wanted:
        act(panel, label)
    assert wanted.args == [saved[3].path, with_recipe]


def test_the_menu_stars_and_deletes(
    qtbot: QtBot, panel: GalleryPanel, grid: GalleryGrid, gallery: Gallery
) -> None:
    click(qtbot, grid, 1)
    act(panel, "Star")
    assert gallery.entries[1].starred
    act(panel, "Remove star")
    assert not gallery.entries[1].starred
    act(panel, "Move to trash")
    assert gallery.count == 4


def test_a_collection_is_named_in_place_and_filled_by_the_menu(
    qtbot: QtBot, panel: GalleryPanel, grid: GalleryGrid, gallery: Gallery, saved: list[Row]
) -> None:
    click(qtbot, grid, 0)
    act(panel, "New collection…")
    field = panel.findChild(QLineEdit, "collection_name")
    assert field is not None
    qtbot.keyClicks(field, "Night sky")
    qtbot.keyClick(field, Key.Key_Return)
    assert gallery.collections == ("Night sky",)
    assert not field.isVisible()
    click(qtbot, grid, 3)
    act(panel, "Night sky")
    qtbot.mouseClick(button(panel, "filter_collection:Night sky"), Qt.MouseButton.LeftButton)
    assert [entry.prompt for entry in gallery.entries] == ["a moon", "a dog in the snow"]
    click(qtbot, grid, 0)
    act(panel, "Night sky")
    assert [entry.prompt for entry in gallery.entries] == ["a dog in the snow"]


def test_esc_leaves_the_collection_unnamed(
    qtbot: QtBot, panel: GalleryPanel, grid: GalleryGrid, gallery: Gallery
) -> None:
    click(qtbot, grid, 0)
    act(panel, "New collection…")
    field = panel.findChild(QLineEdit, "collection_name")
    assert field is not None
    qtbot.keyClicks(field, "Night")
    qtbot.keyClick(field, Key.Key_Escape)
    assert gallery.collections == ()
    assert not field.isVisible()


def test_dragging_out_gives_files_and_an_image(grid: GalleryGrid, saved: list[Row]) -> None:
    model = grid.model()
    data = model.mimeData([model.index(0, 0), model.index(2, 0)])
    assert [url.toLocalFile() for url in data.urls()] == [str(saved[4].path), str(saved[2].path)]
    assert data.hasImage()
    image = data.imageData()
    assert isinstance(image, QImage)
    assert image.size().toTuple() == (48, 32)


def test_every_action_of_the_menu_has_an_icon(qtbot: QtBot, panel: GalleryPanel, grid: GalleryGrid) -> None:
    click(qtbot, grid, 0)
    menu = panel.menu()
    actions: list[QAction] = [action for action in menu.actions() if not action.isSeparator()]
    assert len(actions) == 13
    assert not any(action.icon().isNull() for action in actions)


def test_the_menu_brings_pictures_in_with_and_without_a_picture(
    qtbot: QtBot, panel: GalleryPanel, grid: GalleryGrid
) -> None:
    click(qtbot, grid, 1)
    with qtbot.waitSignal(panel.import_wanted):
        act(panel, "Import a folder of pictures…")
    panel._gallery.select(None)
    assert [action.text() for action in panel.menu().actions()] == ["Import a folder of pictures…"]


def test_what_is_not_seen_is_not_read(
    qtbot: QtBot, gallery: Gallery, theme: Theme, thumbnails: AskedThumbnails
) -> None:
    for number in range(1, 31):
        gallery.save(
            recorded(asking(f"picture {number}"), created=f"2026-01-{number:02d}T00:00:00Z"), "picture"
        )
    panel = GalleryPanel(gallery, thumbnails, theme)
    qtbot.addWidget(panel)
    panel.resize(316, 420)
    panel.grab()
    assert {"picture.png", "picture-15.png"} & {entry.name for entry in thumbnails.asked} == set()
    assert "picture-30.png" in {entry.name for entry in thumbnails.asked}
