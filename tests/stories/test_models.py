"""A model comes from a hub into the window, draws there, and goes: everything real but the hub's address."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from dalle_studio.core.model import Ability, Commercial, Licence, Model
from dalle_studio.core.recipe import Recipe
from dalle_studio.engine.local import LocalEngine
from dalle_studio.state.model_store import ModelStore
from dalle_studio.storage.models.catalogue import Entry, Source
from dalle_studio.storage.models.installed import find_model, folder_of
from dalle_studio.ui.theme import Theme
from tests.hub import Hub
from tests.models import stable_diffusion
from tests.user import User, user_of

REPO = "studio/tiny-sd"
TERMS = "Keep the notices when you pass the model on."
TINY = Entry(
    name="tiny-sd",
    label="Tiny Diffusion",
    summary="Random weights: it draws noise.",
    kind=None,
    family="stable-diffusion",
    sources=(Source(REPO, "main"),),
    licence=Licence("OpenRAIL-M", Commercial.CONDITIONS, "https://example.org/licence", TERMS),
    abilities=frozenset({Ability.CREATE, Ability.PLACE, Ability.VARY}),
    native_px=64,
    steps={"draft": 2, "standard": 2, "fine": 3},
    guidance_scale=2.0,
    homepage="https://example.org/tiny",
)


class HubStore(ModelStore):
    """The real one, with a catalogue of one."""

    def catalogue(self) -> tuple[Entry, ...]:
        return (TINY,)


@pytest.fixture
def user(
    qtbot: QtBot, theme: Theme, starter: Model, home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[User]:
    monkeypatch.delenv("HF_TOKEN", raising=False)
    monkeypatch.setenv("HF_HOME", str(tmp_path / "no-token"))
    stable_diffusion.build(tmp_path / "repos" / REPO)
    engine, store = LocalEngine(find_model, tmp_path / "cache"), HubStore(home / "learnt")
    with Hub.serve(tmp_path / "repos") as hub:
        monkeypatch.setenv("HF_ENDPOINT", hub.url)
        with user_of(engine, starter, None, home / "pictures", theme, qtbot, None, store) as user:
            yield user
    engine.unload()


def recipe_of_first(user: User) -> Recipe:
    picture = user.studio.candidates.candidates[0].picture
    assert picture is not None and picture.recipe is not None
    return picture.recipe


def test_a_model_comes_draws_and_goes(user: User) -> None:
    user.press("Ctrl+Shift+M")
    user.wait(lambda: user.sees("install_tiny-sd"))
    user.click("Install Tiny Diffusion")
    assert user.text("licence_tiny-sd") == "OpenRAIL-M · Commercial use with conditions"
    user.click("download_tiny-sd")
    user.wait(lambda: user.sees("use_tiny-sd"), seconds=60)
    user.click("use_tiny-sd")
    user.press("Esc")
    assert user.text("model_button") == "Tiny Diffusion"

    user.type("a lighthouse")
    user.press("Ctrl+Return")
    user.wait_for_pictures(4, seconds=40)
    made = recipe_of_first(user)
    assert made.request["model"] == "tiny-sd" and made.request["sampling"]["steps"] == 2
    assert made.provenance.model_version == find_model("tiny-sd").version
    user.wait(lambda: "about" in user.text("estimate"))

    user.press("Ctrl+Shift+M")
    user.click("remove_tiny-sd")
    user.wait(lambda: user.text("model_button") == "Starter model")
    assert ("Tiny Diffusion is gone: Starter model draws now.", "") in user.notices
    for notice in user.studio.notices.notices:
        user.studio.notices.dismiss(notice.number)
    user.wait(lambda: folder_of("tiny-sd") is None)
    user.studio.models.finish()
    assert user.sees("install_tiny-sd")
