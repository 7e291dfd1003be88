"""An afternoon in the studio: the whole window with the starter model, worked by mouse and keyboard alone."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path

import numpy as np
import pytest
from PIL import Image
from PySide6.QtWidgets import QAbstractButton
from pytestqt.qtbot import QtBot

from dalle_studio.core.format import Size
from dalle_studio.core.model import Model
from dalle_studio.core.picture import Picture
from dalle_studio.engine.local import LocalEngine
from dalle_studio.storage.library import open_picture
from dalle_studio.storage.models.installed import read_lexicon
from dalle_studio.ui.theme import Theme
from tests.support import scene
from tests.user import User, user_of

OpenWindow = Callable[[], User]


@pytest.fixture
def open_window(
    qtbot: QtBot, theme: Theme, starter: Model, engine: LocalEngine, home: Path
) -> Iterator[OpenWindow]:
    pytest.importorskip("torch")
    lexicon = read_lexicon(starter)
    with ExitStack() as windows:
        yield lambda: windows.enter_context(
            user_of(engine, starter, lexicon, home / "pictures", theme, qtbot)
        )


@pytest.fixture
def user(open_window: OpenWindow) -> User:
    return open_window()


def files(home: Path) -> list[Picture]:
    """What lies in the folder, in the order it was made."""
    paths = sorted((home / "pictures").glob("*/*.png"), key=lambda path: path.stat().st_mtime_ns)
    return [open_picture(path) for path in paths]


def ask_for(user: User, variations: int) -> None:
    user.click("Speed: Draft")
    user.click(f"Variations: {variations}")


def pick(user: User, row: str, typed: str) -> None:
    user.click(f"Add {row}")
    user.type(typed)
    user.press("Return")


def write(user: User, prompt: str) -> None:
    """In place of what is in the prompt."""
    user.press("Ctrl+L", "Ctrl+A")
    user.type(prompt)
    user.press("Esc")


def painting(home: Path) -> Path:
    """A meadow under a sky, painted with broad strokes."""
    path = home / "painting.png"
    Image.fromarray(scene(360, 240).pixels).save(path)
    return path


def test_teddy_bears_shop_for_groceries(user: User, home: Path) -> None:
    pick(user, "who or what", "Teddy b")
    pick(user, "doing or where", "shopping for gro")
    pick(user, "in the style of", "ukiyo")
    ask_for(user, variations=4)
    assert user.text("estimate").startswith("4 pictures")
    user.click("primary_button")
    user.wait_for_pictures(4)
    assert all(f"ukiyo-e {number}, ready" in tile for number, tile in enumerate(user.tiles, 1))

    user.click("candidate_1")
    user.click("candidate_keep")
    user.press("Right", "Right", "K")
    user.wait(lambda: [tile.endswith("kept") for tile in user.tiles] == [True, False, True, False])

    user.click("candidate_clear")  # “Discard rest”
    user.wait(lambda: len(user.tiles) == 2)
    kept = files(home)
    assert len(kept) == 2
    for picture in kept:
        assert picture.recipe is not None and picture.size == Size(1024, 1024)
        assert picture.recipe.prompt == "Teddy bears shopping for groceries in the style of ukiyo-e"


def test_three_places_for_a_flamingo_in_three_styles(user: User, home: Path) -> None:
    user.type("a palm tree on a beach")
    user.press("Esc")
    ask_for(user, variations=1)
    user.press("Ctrl+Return")
    user.wait_for_pictures(1)
    beach = user.studio.canvas.picture
    assert beach is not None

    write(user, "a pink flamingo")
    user.click("Add in the style of")
    for style in ("oil", "neon", "watercolour"):
        user.press("Ctrl+A")
        user.type(style)
        user.press("Ctrl+Return")
    user.press("Esc")
    user.click("tool_marker")
    for x in (0.2, 0.5, 0.8):
        user.pull((x, 0.7))
        user.press("N")
    assert (user.text("primary_button"), user.text("estimate").split(" · ")[0]) == (
        "Fill 3 regions",
        "3 regions × 3 styles",
    )
    outside = user.studio.canvas.export_mask() == 0
    user.click("primary_button")
    user.wait_for_pictures(4)

    for number, style in ((2, "oil"), (3, "neon"), (4, "watercolour")):
        user.click(f"candidate_{number}")
        assert user.text("viewed_use") and style in user.tiles[number - 1]
    placed = files(home)[1:]
    assert len(placed) == 3
    for picture in placed:
        assert np.array_equal(picture.pixels[outside], beach.pixels[outside])
        for left in (0.1, 0.4, 0.7):  # something came to each place
            columns = slice(round(left * 1024), round((left + 0.2) * 1024))
            assert (picture.pixels[600:830, columns] != beach.pixels[600:830, columns]).mean() > 0.2
    assert len({picture.sha256 for picture in placed}) == 3

    user.click("viewed_back")
    assert user.studio.canvas.picture is beach and user.text("primary_button") == "Fill 3 regions"


def test_a_painting_is_varied_and_varied_again(open_window: OpenWindow, home: Path) -> None:
    user = open_window()
    user.drop([painting(home)])
    ask_for(user, variations=4)
    assert user.text("primary_button") == "Vary"
    user.click("primary_button")
    user.wait_for_pictures(4)
    first = files(home)
    assert len({picture.sha256 for picture in first}) == 4

    user.click("Variations: 1")
    user.click("candidate_2")
    user.press("V")
    user.wait_for_pictures(5)
    again = files(home)[-1]
    assert again.recipe is not None and again.recipe.request["how_far"] == pytest.approx(0.35)
    assert first[1].sha256 in {parent.sha256 for parent in again.recipe.parents}
    user.window.close()

    user = open_window()
    user.drop(list((home / "pictures").glob(f"*/{again.name}")))
    opened = user.studio.canvas.picture
    assert opened is not None and opened.recipe is not None
    assert opened.recipe.to_json() == again.recipe.to_json()
    assert again.name in (user.text("document"), user.find("document").toolTip())
    user.studio.gallery.refresh()  # as the application does when it has opened the window
    user.wait(lambda: user.sees("gallery_grid") and user.studio.gallery.count == 5)
    user.press("Ctrl+F", "Down")
    assert user.sees("family")
    user.click("recipe_use_all")
    assert str(again.recipe.seed) in user.text("seed_button").replace("\u2009", "")


def test_a_square_becomes_a_banner(user: User, home: Path) -> None:
    user.type("a sailing boat on the ocean")
    user.press("Esc")
    ask_for(user, variations=1)
    user.press("Ctrl+Return")
    user.wait_for_pictures(1)
    square = user.studio.canvas.picture
    assert square is not None

    user.click("tool_frame")
    user.click("frame_banner")
    assert user.text("primary_button") == "Extend"
    user.click("primary_button")
    user.wait_for_pictures(2)
    banner = files(home)[-1]
    assert banner.size == Size(3072, 1024)
    margin, feather = 1024, user.studio.canvas.feather_px
    kept = banner.pixels[:, margin + feather : 2 * margin - feather]
    assert np.array_equal(kept, square.pixels[:, feather:-feather])
    sides = banner.pixels[:, :margin], banner.pixels[:, 2 * margin :]
    assert all(side.std() > 5 for side in sides)  # something was painted there


def test_generate_and_cancel_and_generate_again_and_leave(user: User, home: Path) -> None:
    user.type("a red bicycle")
    user.press("Esc")
    ask_for(user, variations=2)
    user.click("Speed: Fine")
    user.press("Ctrl+Return")
    user.wait(lambda: "step" in user.text("job_text"), seconds=120)
    user.press("Ctrl+.")
    assert user.text("job_text").endswith("Cancelling…")
    user.wait(lambda: not user.sees("job_text"), seconds=30)
    assert all(tile.endswith("cancelled") for tile in user.tiles)
    assert user.sees("first_picture")

    user.click("Speed: Draft")
    user.press("Ctrl+Return")
    user.wait_for_pictures(2)
    assert len(files(home)) == 2

    user.press("Ctrl+Return", "Ctrl+Return")
    user.wait(lambda: "step" in user.text("job_text"), seconds=60)
    assert user.text("queue") == "1 more in queue"
    user.window.close()
    assert not user.window.isVisible() and user.studio.jobs.jobs == ()
    left = list((home / "pictures").rglob("*"))
    assert all(picture.recipe for picture in files(home)) and not [
        each for each in left if each.suffix == ".part"
    ]


def test_everything_is_undone_and_done_again(user: User, home: Path) -> None:
    user.drop([painting(home)])
    opened = user.studio.canvas.picture
    ask_for(user, variations=1)
    user.click("tool_brush")
    user.pull((0.2, 0.5), (0.3, 0.5))
    user.press("F2")
    user.type("a cat")
    user.press("Return", "N")
    user.click("tool_rectangle")
    user.pull((0.6, 0.3), (0.9, 0.8))
    user.press("F2")
    user.type("a dog")
    user.press("Return")
    marks = user.studio.canvas.export_mask()
    user.click("primary_button")
    user.wait_for_pictures(1)
    user.click("viewed_use")
    placed = user.studio.canvas.picture
    assert placed is not opened and user.studio.canvas.regions == ()

    steps: list[str] = []
    while user.find("undo_button").isEnabled() and user.studio.canvas.picture is not None:
        steps.append(user.window.commands["undo"].text())
        user.press("Ctrl+Z")
        if len(steps) == 1:
            assert user.studio.canvas.picture is opened
            assert np.array_equal(user.studio.canvas.export_mask(), marks)
            assert [region.prompt for region in user.studio.canvas.regions] == ["a cat", "a dog"]
    wanted = [
        "showing a picture",
        "a region's prompt",
        "rectangle",
        "new region",
        "a region's prompt",
        "brush stroke",
    ]
    assert steps[:6] == [f"Undo {step}" for step in wanted]
    assert user.studio.canvas.regions == ()

    for _ in steps:
        user.press("Ctrl+Shift+Z")
    assert not user.find("redo_button").isEnabled()
    assert user.studio.canvas.picture is placed and user.studio.canvas.regions == ()
    user.click("undo_button")
    assert np.array_equal(user.studio.canvas.export_mask(), marks)


def test_the_whole_picture_may_be_painted_over(user: User, home: Path) -> None:
    user.type("a cat")
    user.press("Esc")
    ask_for(user, variations=1)
    user.drop([painting(home)])
    user.click("tool_brush")
    user.click("invert_mask")
    user.click("primary_button")
    user.wait_for_pictures(1)
    assert user.notices == []
    (made,) = files(home)
    assert made.size == Size(360, 240)


def test_the_first_picture_is_one_click_away(user: User) -> None:
    user.click("Speed: Draft")
    user.click("Variations: 1")
    user.click("first_picture")
    user.wait_for_pictures(1)
    keep = user.find("candidate_keep", QAbstractButton)
    assert keep.isEnabled() and user.studio.canvas.picture is not None
