"""The studio with several models: what draws, what it is adapted by, what pictures cost, what is blurred."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from pytestqt.qtbot import QtBot

from dalle_studio.core.model import Ability, AddOnKind, Model
from dalle_studio.core.picture import Picture
from dalle_studio.core.request import Edit, Follow, Generate, Lora, Upscale
from dalle_studio.core.scene import Lexicon
from dalle_studio.state.studio import Studio
from dalle_studio.storage.library import open_picture
from dalle_studio.storage.models.estimates import Estimate
from dalle_studio.storage.models.installed import read_lexicon
from tests.scripted import MADE, ScriptedEngine, asking, drawn, recorded
from tests.shelves import GB, ScriptedStore, add_on, model
from tests.user import DECODER

LORAS = add_on("ink", AddOnKind.LORA), add_on("wash", AddOnKind.LORA)
EDGES, LARGE = add_on("edges", AddOnKind.EDGES), add_on("large", AddOnKind.UPSCALER)
RICH = model("rich", *Ability, add_ons=(*LORAS, EDGES, LARGE))
PLAIN = model("plain", Ability.CREATE, guidance_scale=2.0)
CONCERNED = replace(MADE, concerns=("nudity",), memory="all of it on the GPU")


class Desk:
    def __init__(self, studio: Studio, engine: ScriptedEngine, store: ScriptedStore, qtbot: QtBot) -> None:
        self.studio, self.engine, self.store, self._qtbot = studio, engine, store, qtbot
        studio.models.open()
        studio.models.finish()

    def made(self) -> None:
        self._qtbot.waitUntil(lambda: not self.studio.jobs.jobs)
        self.studio.gallery.finish()

    def use(self, name: str) -> None:
        self.studio.models.choose(name)
        assert self.studio.model.name == name


@pytest.fixture
def make_desk(home: Path, qtbot: QtBot, starter: Model) -> Iterator[Callable[..., Desk]]:
    studios: list[Studio] = []

    def make(engine: ScriptedEngine | None = None, lexicon: Lexicon | None = None) -> Desk:
        engine, store = engine or ScriptedEngine(), ScriptedStore((RICH, PLAIN))
        folder = home / "pictures"
        studios.append(Studio(engine, starter, lexicon, folder, decoder=DECODER, store=store))
        studios[-1].composer.change(text="a cat", count=1)
        return Desk(studios[-1], engine, store, qtbot)

    yield make
    for studio in studios:
        studio.close()


@pytest.fixture
def desk(make_desk: Callable[..., Desk]) -> Desk:
    return make_desk()


def test_the_models_own_numbers_follow_it_and_those_of_the_one_before_are_left(desk: Desk) -> None:
    composer = desk.studio.composer
    composer.change(steps=7, guidance_scale=9.0)
    desk.use("plain")
    assert (composer.steps, composer.guidance_scale) == (25, 2.0)
    desk.use("starter")
    assert composer.steps == desk.studio.model.steps["standard"]


def test_a_job_keeps_the_model_it_was_asked_of(make_desk: Callable[..., Desk]) -> None:
    desk = make_desk(ScriptedEngine(free=False))
    desk.use("plain")
    desk.studio.make()
    desk.use("rich")
    desk.studio.make()
    desk.studio.models.remove("plain")  # its picture is still being drawn
    assert "has pictures to draw" in desk.studio.notices.notices[-1].text
    desk.engine.go(1000)
    desk.made()
    assert [request.model for request in desk.engine.requests] == ["plain", "rich"]


def test_words_are_checked_against_what_the_current_model_knows(
    make_desk: Callable[..., Desk], starter: Model, qtbot: QtBot
) -> None:
    desk = make_desk(lexicon=read_lexicon(starter))
    composer = desk.studio.composer
    composer.set_text("a corgi")
    qtbot.waitUntil(lambda: composer.unknown_words == (("corgi", "dog"),))
    desk.use("plain")
    assert composer.unknown_words == ()  # what it knows is not written down
    desk.use("starter")
    qtbot.waitUntil(lambda: composer.unknown_words == (("corgi", "dog"),))


def test_loras_go_with_the_model_they_are_installed_for(desk: Desk) -> None:
    desk.studio.composer.change(loras=(Lora("ink", 0.5), Lora("unheard-of")))
    desk.use("rich")
    desk.studio.make()
    desk.use("starter")
    desk.studio.make()
    desk.made()
    asked = [each.sampling.loras for each in desk.engine.requests if isinstance(each, Generate)]
    assert asked == [(Lora("ink", 0.5),), ()]


def test_pictures_follow_the_one_on_the_canvas(desk: Desk) -> None:
    desk.use("rich")
    desk.studio.composer.change(guide=Follow.EDGES, guide_weight=0.5)
    desk.studio.make()
    desk.made()
    source = drawn(5, 64, 64)
    desk.studio.show(source)
    desk.studio.make()
    desk.made()
    alone, following = desk.engine.requests
    assert isinstance(alone, Generate) and alone.guide is None
    assert isinstance(following, Generate) and following.guide is not None
    assert (following.guide.source, following.guide.weight) == (source, 0.5)


def test_a_picture_is_edited_with_others_to_refer_to(desk: Desk) -> None:
    desk.use("rich")
    source, other = drawn(5, 64, 64), drawn(6, 64, 64)
    desk.studio.show(source)
    for picture in (other, other, other):
        desk.studio.references.add(picture)
    desk.studio.references.add(drawn(7))  # one too many
    assert desk.studio.notices.notices[-1].text == "There are 3 reference pictures already."
    desk.studio.references.remove(0)
    desk.studio.make()
    desk.made()
    (request,) = desk.engine.requests
    assert isinstance(request, Edit) and request.source is source and request.references == (other, other)


def test_what_a_model_cannot_do_is_a_notice_wherever_it_is_asked_for(desk: Desk) -> None:
    desk.use("plain")
    desk.studio.vary(drawn(5, 64, 64))
    assert desk.engine.requests == []
    assert desk.studio.notices.notices[-1].text == "PLAIN cannot make variations of a picture."


def test_the_chosen_upscaler_enlarges(desk: Desk) -> None:
    desk.studio.composer.change(upscaler="large")
    desk.studio.show(drawn(5, 64, 64))
    desk.studio.upscale()
    desk.use("rich")
    desk.studio.upscale()
    desk.made()
    assert [r.upscaler for r in desk.engine.requests if isinstance(r, Upscale)] == ["", "large"]


def test_a_recipe_brings_its_loras_back(desk: Desk) -> None:
    desk.use("rich")
    request = asking(steps=25)
    request = replace(request, sampling=replace(request.sampling, loras=(Lora("wash", -1.0),)))
    recipe = recorded(request).recipe
    assert recipe is not None
    desk.studio.composer.load(recipe, seed=True)
    assert desk.studio.composer.loras == (Lora("wash", -1.0),)


def test_the_same_picture_again_comes_from_the_same_model(desk: Desk) -> None:
    desk.use("plain")
    desk.studio.make()
    desk.made()
    (entry,) = desk.studio.gallery.entries
    desk.use("rich")
    desk.studio.use(entry, seed=False)
    assert desk.studio.model.name == "rich"  # others of it, by the model of today
    desk.studio.use(entry, seed=True)
    assert desk.studio.model.name == "plain"
    desk.store.owned = desk.store.owned[:1]
    desk.studio.models.refresh()
    desk.studio.models.finish()
    desk.studio.use(entry, seed=True)
    assert desk.studio.model.name == "starter"
    told = "“plain”, which made this picture, is not installed: Starter model draws another."
    assert desk.studio.notices.notices[-1].text == told


def test_the_cost_is_what_was_learnt_and_is_looked_up_anew_after_each_job(desk: Desk) -> None:
    desk.studio.composer.change(count=3)
    assert desk.studio.estimate is None
    desk.store.learnt = Estimate(2.0, 6 * GB)
    assert desk.studio.estimate is None  # known already
    desk.studio.make()
    desk.made()
    desk.studio.estimates.finish()
    assert desk.store.lessons == [("generate", 3)]
    assert desk.studio.estimate == Estimate(6.0, 6 * GB)


# What not everybody wants to see


@pytest.fixture
def concerned(make_desk: Callable[..., Desk]) -> Desk:
    desk = make_desk(ScriptedEngine(made=CONCERNED))
    desk.studio.make()
    desk.made()
    return desk


def test_a_picture_with_concerns_is_hidden_until_it_is_asked_for(concerned: Desk) -> None:
    studio = concerned.studio
    (tile,) = studio.candidates.candidates
    picture = studio.looked_at
    assert picture is not None and tile.concerns == ("nudity",)
    assert studio.veil.hides_picture(picture) and studio.veil.hides(tile.concerns, tile.fingerprint)
    studio.veil.lift(picture.sha256)
    assert not studio.veil.hides_picture(picture)
    assert not studio.veil.hides(tile.concerns, tile.fingerprint)
    assert studio.veil.hides(("nudity",), "another")


def test_whoever_wants_to_see_everything_does(concerned: Desk) -> None:
    picture = concerned.studio.looked_at
    assert picture is not None
    concerned.studio.preferences.change(hides_concerning=False)
    assert not concerned.studio.veil.hides_picture(picture)


def test_the_gallery_knows_concerns_and_the_file_is_untouched(concerned: Desk) -> None:
    (entry,) = concerned.studio.gallery.entries
    assert entry.concerns == "nudity"
    picture = concerned.studio.looked_at
    assert isinstance(picture, Picture)
    assert np.array_equal(open_picture(entry.path).pixels, picture.pixels)
    assert entry.sha256 == picture.sha256


def test_how_it_lay_in_memory_is_known_after_a_picture_of_that_model(concerned: Desk) -> None:
    assert concerned.studio.memory == "all of it on the GPU"
    concerned.use("plain")
    assert concerned.studio.memory == ""
