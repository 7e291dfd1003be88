"""What add-ons bring into “More”: LoRAs with weights, a picture to follow, an upscaler."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QAbstractButton, QMenu, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from dalle_studio.core.model import Ability, AddOnKind, Model
from dalle_studio.core.request import Follow, Lora
from dalle_studio.state.composer import Composer
from dalle_studio.ui.model_options import ModelOptions
from dalle_studio.ui.number_row import NumberRow
from dalle_studio.ui.theme import Theme
from tests.shelves import add_on, model

INK, WASH = (
    add_on("ink", AddOnKind.LORA, "Ink"),
    add_on("wash", AddOnKind.LORA, "A very long watercolour wash"),
)
EDGES = add_on("edges", AddOnKind.EDGES)
DEPTH, READER = add_on("depth", AddOnKind.DEPTH), add_on("reader", AddOnKind.DEPTH_READER)
LARGE = add_on("large", AddOnKind.UPSCALER, "Large")


@pytest.fixture
def options(qtbot: QtBot, composer: Composer, theme: Theme) -> Iterator[ModelOptions]:
    panel = QWidget()
    qtbot.addWidget(panel)
    options = ModelOptions(composer, theme)
    QVBoxLayout(panel).addWidget(options)
    panel.resize(340, 300)
    panel.show()
    yield options


def rich(*add_ons: object) -> Model:
    return model("rich", *Ability, add_ons=add_ons)  # type: ignore[arg-type]


def button(options: ModelOptions, name: str) -> QAbstractButton:
    found = options.findChild(QAbstractButton, name)
    assert found is not None
    return found


def pick(qtbot: QtBot, options: ModelOptions, name: str, menu_name: str, text: str) -> list[str]:
    """Press a button and take an entry of the menu that comes; returns all of them."""
    qtbot.mouseClick(button(options, name), Qt.MouseButton.LeftButton)
    menu = options.findChildren(QMenu, menu_name)[-1]
    actions: dict[str, QAction] = {each.text(): each for each in menu.actions()}
    actions[text].trigger()
    menu.close()
    return list(actions)


def test_with_the_starter_alone_there_is_nothing(options: ModelOptions, starter: Model) -> None:
    assert options.isHidden() and starter.add_ons == ()


def test_loras_are_added_weighed_and_taken_away(
    qtbot: QtBot, options: ModelOptions, composer: Composer
) -> None:
    composer.use(rich(INK, WASH), None)
    assert not options.isHidden()
    assert pick(qtbot, options, "add_lora", "lora_menu", "Ink") == ["Ink", WASH.label]
    assert composer.value.loras == (Lora("ink", 1.0),)
    row = options.findChild(QWidget, "lora_ink")
    assert row is not None
    number = row.findChild(NumberRow)
    assert number is not None and (number.slider.minimum(), number.slider.maximum()) == (-20, 20)
    number.slider.setValue(-5)
    assert composer.value.loras == (Lora("ink", -0.5),)
    assert pick(qtbot, options, "add_lora", "lora_menu", WASH.label) == [WASH.label]
    assert not button(options, "add_lora").isEnabled()
    qtbot.mouseClick(button(options, "remove_lora_ink"), Qt.MouseButton.LeftButton)
    assert composer.value.loras == (Lora("wash", 1.0),)
    assert button(options, "add_lora").isEnabled()


def test_with_another_model_its_own_loras_are_offered(options: ModelOptions, composer: Composer) -> None:
    composer.use(rich(INK), None)
    composer.change(loras=(Lora("ink"),))
    assert options.findChild(QWidget, "lora_ink") is not None
    composer.use(rich(WASH, LARGE), None)
    assert options.loras._rows == {}


def test_edges_and_depth_are_followed_where_they_can_be(
    qtbot: QtBot, options: ModelOptions, composer: Composer
) -> None:
    composer.use(rich(EDGES, DEPTH), None)
    assert options.follow.button(Follow.EDGES).isVisible()
    assert not options.follow.button(Follow.DEPTH).isVisible()  # nothing reads it
    assert not options.weight.isVisible()
    qtbot.mouseClick(options.follow.button(Follow.EDGES), Qt.MouseButton.LeftButton)
    assert composer.guide is Follow.EDGES and options.weight.isVisible()
    options.weight.figure.setValue(0.4)
    assert composer.value.guide_weight == 0.4
    composer.use(rich(EDGES, DEPTH, READER), None)
    assert options.follow.button(Follow.DEPTH).isVisible()
    qtbot.mouseClick(options.follow.button("nothing"), Qt.MouseButton.LeftButton)
    assert composer.guide is None


def test_an_upscaler_is_chosen(qtbot: QtBot, options: ModelOptions, composer: Composer) -> None:
    composer.use(rich(LARGE), None)
    assert button(options, "upscaler").text() == "The studio's own"
    assert pick(qtbot, options, "upscaler", "upscaler_menu", "Large") == ["The studio's own", "Large"]
    assert composer.upscaler == "large" and button(options, "upscaler").text() == "Large"
    pick(qtbot, options, "upscaler", "upscaler_menu", "The studio's own")
    assert composer.upscaler == ""
