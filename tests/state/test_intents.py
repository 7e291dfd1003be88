"""Fill, remove, replace the background: what the engine is asked for a picture with painted regions."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from pytestqt.qtbot import QtBot

from dalle_studio.core.model import Model
from dalle_studio.core.picture import Picture
from dalle_studio.core.request import Intent, Place
from dalle_studio.state.stroke import Tool
from dalle_studio.state.studio import Studio
from tests.scripted import ScriptedEngine, asking, drawn, recorded

FOUND = recorded(asking("a cat on a beach, oil painting"))


@pytest.fixture
def engine() -> ScriptedEngine:
    return ScriptedEngine()


@pytest.fixture
def studio(qtbot: QtBot, engine: ScriptedEngine, starter: Model, tmp_path: Path) -> Iterator[Studio]:
    studio = Studio(engine, starter, None, tmp_path / "gallery")
    yield studio
    studio.close()


def paint(studio: Studio, picture: Picture, *corners: tuple[int, int]) -> None:
    """Show a picture and paint a region of 8 x 8 pixels from each corner on."""
    studio.show(picture)
    studio.canvas.set_tool(Tool.RECTANGLE)
    for x, y in corners:
        studio.canvas.activate(None)
        studio.canvas.press(x, y)
        studio.canvas.drag(x + 8, y + 8)
        studio.canvas.release(x + 8, y + 8)


def asked(qtbot: QtBot, studio: Studio, engine: ScriptedEngine) -> list[Place]:
    """What the engine was asked, when everything is made."""
    qtbot.waitUntil(lambda: not studio.jobs.jobs and bool(engine.requests))
    places = [request for request in engine.requests if isinstance(request, Place)]
    assert len(places) == len(engine.requests)
    return places


def test_removing_needs_no_prompt_and_goes_on_with_what_the_picture_shows(
    qtbot: QtBot, studio: Studio, engine: ScriptedEngine
) -> None:
    paint(studio, FOUND, (4, 4), (20, 12))
    studio.canvas.set_intent(Intent.REMOVE)
    assert (studio.due.text, studio.due.is_possible) == ("Remove 2 regions", True)
    studio.make()
    (place,) = asked(qtbot, studio, engine)
    assert [region.intent for region in place.regions] == [Intent.REMOVE] * 2
    assert {region.prompt for region in place.regions} == {"a cat on a beach, oil painting"}


def test_removing_pays_no_heed_to_prompts_of_regions_and_to_styles(
    qtbot: QtBot, studio: Studio, engine: ScriptedEngine
) -> None:
    paint(studio, FOUND, (4, 4))
    studio.canvas.set_prompt(1, "a boat")
    for style in ("oil", "neon"):
        studio.composer.add_block("styles", style)
    studio.composer.change(count=3)
    studio.canvas.set_intent(Intent.REMOVE)
    assert studio.due.pictures == 3
    studio.make()
    (place,) = asked(qtbot, studio, engine)
    assert place.sampling.count == 3 and place.regions[0].prompt == "a cat on a beach, oil painting"


def test_from_a_picture_without_recipe_something_is_removed_too(
    qtbot: QtBot, studio: Studio, engine: ScriptedEngine
) -> None:
    paint(studio, drawn(1), (4, 4))
    studio.canvas.set_intent(Intent.REMOVE)
    studio.make()
    (place,) = asked(qtbot, studio, engine)
    assert place.regions[0].prompt == ""


def test_a_new_background_is_everything_but_the_regions(
    qtbot: QtBot, studio: Studio, engine: ScriptedEngine
) -> None:
    paint(studio, FOUND, (4, 4), (20, 12))
    studio.canvas.set_prompt(1, "a boat")
    painted = studio.canvas.export_mask().copy()
    studio.canvas.set_intent(Intent.BACKGROUND)
    studio.composer.set_text("on the moon")
    assert studio.due.text == "Replace background"
    studio.make()
    (place,) = asked(qtbot, studio, engine)
    (region,) = place.regions
    assert (region.prompt, region.intent) == ("on the moon", Intent.BACKGROUND)
    assert np.array_equal(region.mask, 255 - painted)


def test_a_new_background_comes_in_every_style(qtbot: QtBot, studio: Studio, engine: ScriptedEngine) -> None:
    paint(studio, FOUND, (4, 4))
    studio.composer.set_text("on the moon")
    for style in ("oil", "neon"):
        studio.composer.add_block("styles", style)
    studio.canvas.set_intent(Intent.BACKGROUND)
    studio.make()
    prompts = [place.regions[0].prompt for place in asked(qtbot, studio, engine)]
    assert prompts == ["on the moon, oil painting", "on the moon, neon"]


def test_a_new_background_needs_a_prompt_even_if_regions_have_theirs(studio: Studio) -> None:
    paint(studio, FOUND, (4, 4))
    studio.canvas.set_prompt(1, "a boat")
    assert studio.due.is_possible
    studio.canvas.set_intent(Intent.BACKGROUND)
    assert not studio.due.is_possible and "prompt" in studio.due.hint


def test_where_everything_is_to_stay_a_sentence_says_so(studio: Studio, engine: ScriptedEngine) -> None:
    paint(studio, FOUND, (4, 4))
    studio.canvas.grow(200)
    studio.composer.set_text("on the moon")
    studio.canvas.set_intent(Intent.BACKGROUND)
    studio.make()
    (notice,) = studio.notices.notices
    assert "no background" in notice.text and notice.remedy and not engine.requests


def test_pixels_that_stay_are_the_regions_own(qtbot: QtBot, studio: Studio, engine: ScriptedEngine) -> None:
    """The mask of a request is a copy: painting on changes no job in the queue."""
    paint(studio, FOUND, (4, 4))
    studio.canvas.set_intent(Intent.REMOVE)
    engine.free = False
    studio.make()
    studio.canvas.clear()
    engine.free = True
    engine.go(100)
    (place,) = asked(qtbot, studio, engine)
    assert place.regions[0].mask.any()


def test_the_recipe_says_what_was_done(qtbot: QtBot, studio: Studio, engine: ScriptedEngine) -> None:
    paint(studio, replace(FOUND, name="cat.png"), (4, 4))
    studio.canvas.set_intent(Intent.REMOVE)
    studio.make()
    asked(qtbot, studio, engine)
    qtbot.waitUntil(lambda: bool(studio.gallery.entries))
    recipe = studio.gallery.recipe(studio.gallery.entries[0])
    assert recipe and recipe.request["regions"][0]["intent"] == "remove"
