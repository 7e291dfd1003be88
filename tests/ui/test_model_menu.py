"""The button that names the model, and the list under it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QAbstractButton
from pytestqt.qtbot import QtBot

from dalle_studio.core.model import Ability, Commercial, Licence, Model
from dalle_studio.ui.theme import Theme
from tests.scripted import ScriptedEngine, drawn
from tests.shelves import MACHINE, ScriptedStore, as_installed, model
from tests.user import User, user_of

LIMITED = model("toy", Ability.CREATE, licence=Licence("Toy-1.0", Commercial.NO))


@pytest.fixture
def user(qtbot: QtBot, theme: Theme, starter: Model, home: Path) -> Iterator[User]:
    store = ScriptedStore((as_installed("sdxl"), LIMITED))
    with user_of(ScriptedEngine(), starter, None, home / "pictures", theme, qtbot, None, store) as user:
        user.studio.models.refresh()
        user.studio.models.finish()
        yield user


def test_it_lists_what_is_installed_with_abilities_and_licence(user: User) -> None:
    assert user.text("model_button") == "Starter model"
    user.click("model_button")
    told = user.find("choose_toy", QAbstractButton).accessibleName()
    assert told == "TOY: Create. No commercial use, Toy-1.0"
    assert user.find("choose_starter", QAbstractButton).accessibleName().endswith("Draws now")
    assert not user.sees("choose_flux2-klein")
    user.press("Esc")


def test_a_click_chooses(user: User) -> None:
    user.click("model_button")
    user.click("choose_sdxl")
    assert user.text("model_button") == "Stable Diffusion XL" and not user.sees("model_menu")
    assert user.text("engine_text") == "Stable Diffusion XL · on this computer, offline"
    user.studio.models.set_machine(MACHINE)
    assert user.text("engine_text") == "Stable Diffusion XL · NVIDIA GeForce RTX 4070"


def test_the_keyboard_chooses(user: User) -> None:
    user.click("model_button")
    user.press("Down", "Down", "Up", "Return")
    assert user.text("model_button") == "Stable Diffusion XL"
    user.click("model_button")
    assert user.find("choose_sdxl").hasFocus()
    user.press("Home", "Space")
    assert user.text("model_button") == "Starter model"


def test_its_end_leads_to_all_models(user: User) -> None:
    user.click("model_button")
    user.press("End", "Space")
    user.studio.models.finish()
    assert user.sees("models_page") and not user.sees("model_menu")


def test_a_model_that_cannot_vary_has_no_panel_for_it(user: User) -> None:
    user.studio.show(drawn(1, 64, 64))
    assert user.sees("vary_panel") and user.window.commands["vary"].isEnabled()
    user.click("model_button")
    user.click("choose_toy")
    assert not user.sees("vary_panel") and not user.window.commands["vary"].isEnabled()
    assert user.text("estimate").startswith("TOY cannot make variations of a picture.")
    assert not user.find("primary_button").isEnabled()
