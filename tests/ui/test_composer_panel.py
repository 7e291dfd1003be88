"""The left panel, as people use it: every control changes the composition, and shows it."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QSignalSpy
from PySide6.QtWidgets import QAbstractButton, QWidget
from pytestqt.qtbot import QtBot

from dalle_studio.core.model import Model
from dalle_studio.state.composer import Composer
from dalle_studio.state.history import History
from dalle_studio.storage.models.installed import read_lexicon
from dalle_studio.ui.composer_panel import ComposerPanel
from dalle_studio.ui.theme import Theme

LEFT = Qt.MouseButton.LeftButton
CONTROL = Qt.KeyboardModifier.ControlModifier


def shown_panel(qtbot: QtBot, composer: Composer, theme: Theme) -> ComposerPanel:
    panel = ComposerPanel(composer, theme)
    qtbot.addWidget(panel)
    panel.resize(340, 860)
    panel.show()
    panel.prompt.setFocus()
    qtbot.waitUntil(panel.prompt.hasFocus)
    return panel


@pytest.fixture
def panel(qtbot: QtBot, composer: Composer, theme: Theme) -> ComposerPanel:
    return shown_panel(qtbot, composer, theme)


@pytest.fixture
def reading(qapp: object, starter: Model) -> Iterator[Composer]:
    """A composer that knows the starter model's words."""
    composer = Composer(starter, read_lexicon(starter), History())
    yield composer
    composer.close()


def click(qtbot: QtBot, button: QAbstractButton) -> None:
    qtbot.mouseClick(button, LEFT)


def test_what_is_typed_and_picked_becomes_the_final_prompt(
    qtbot: QtBot, panel: ComposerPanel, composer: Composer
) -> None:
    qtbot.keyClicks(panel.prompt, "Teddy bears")
    qtbot.keyClick(panel.prompt, Qt.Key.Key_Escape)
    click(qtbot, panel.blocks.rows["doing"].add_button)
    assert panel.blocks.picker is not None
    qtbot.keyClicks(panel.blocks.picker.field, "shopping for gro")
    qtbot.keyClick(panel.blocks.picker.field, Qt.Key.Key_Return)
    click(qtbot, panel.blocks.rows["styles"].add_button)
    qtbot.keyClicks(panel.blocks.picker.field, "ukiyo")
    qtbot.keyClick(panel.blocks.picker.field, Qt.Key.Key_Return)
    assert "Teddy bears shopping for groceries in the style of ukiyo-e" in panel.final.label.text()
    assert composer.value.styles == ("ukiyo-e",) and panel.blocks.picker is None


def test_copy_takes_every_final_prompt(qtbot: QtBot, panel: ComposerPanel, composer: Composer) -> None:
    composer.set_text("a cat")
    composer.add_block("styles", "oil")
    composer.add_block("styles", "neon")
    click(qtbot, panel.final.copy_button)
    assert QGuiApplication.clipboard().text() == "a cat, oil painting\na cat, neon"
    assert "1 more style<" in panel.final.label.text()


def test_angle_brackets_are_shown_as_written(panel: ComposerPanel, composer: Composer) -> None:
    composer.set_text("a <b>bold</b> cat")
    assert "&lt;b&gt;bold" in panel.final.label.text()


def test_a_chosen_style_is_taken_away_in_the_picker(
    qtbot: QtBot, panel: ComposerPanel, composer: Composer
) -> None:
    composer.add_block("styles", "flat")
    panel.blocks.open_picker("styles")
    assert panel.blocks.picker is not None
    qtbot.keyClicks(panel.blocks.picker.field, "flat")
    qtbot.keyClick(panel.blocks.picker.field, Qt.Key.Key_Return, CONTROL)
    assert composer.value.styles == ()
    panel.blocks.picker.close()


def test_chips_are_moved_edited_and_removed(qtbot: QtBot, panel: ComposerPanel, composer: Composer) -> None:
    for block in ("a cat", "a dog", "a fox"):
        composer.add_block("who", block)
    chips = panel.blocks.rows["who"].chips
    qtbot.keyClick(chips[0], Qt.Key.Key_Right, CONTROL)
    qtbot.keyClick(chips[2], Qt.Key.Key_Delete)
    qtbot.keyClick(chips[0], Qt.Key.Key_F2)
    editor = QGuiApplication.focusObject()
    assert isinstance(editor, QWidget)
    qtbot.keyClicks(editor, "a wolf")
    qtbot.keyClick(editor, Qt.Key.Key_Return)
    assert composer.value.who == ("a wolf", "a cat")


def test_format_count_and_speed(qtbot: QtBot, panel: ComposerPanel, composer: Composer) -> None:
    click(qtbot, panel.formats.button("banner"))
    click(qtbot, panel.count.button("8"))
    click(qtbot, panel.speed.button("fine"))
    value = composer.value
    assert (value.format, value.count, value.speed) == ("banner", 8, "fine")


def test_what_changes_elsewhere_is_shown(panel: ComposerPanel, composer: Composer) -> None:
    composer.change(text="a boat", format="story", count=2, speed="draft", negative_prompt="rain")
    assert (panel.prompt.text, panel.formats.value, panel.count.value) == ("a boat", "story", "2")
    assert (panel.speed.value, panel.more.negative.text()) == ("draft", "rain")


def test_surprise_fills_and_start_over_empties(
    qtbot: QtBot, panel: ComposerPanel, composer: Composer
) -> None:
    assert not panel.clear_button.isEnabled()
    click(qtbot, panel.surprise_button)
    assert composer.value.sentence and composer.value.styles
    assert panel.blocks.rows["who"].chips
    click(qtbot, panel.clear_button)
    assert not composer.value.sentence and not panel.blocks.rows["who"].chips


def test_arrows_bring_back_prompts(qtbot: QtBot, panel: ComposerPanel, composer: Composer) -> None:
    for text in ("a cat", "a dog"):
        composer.set_text(text)
        composer.remember()
    composer.set_text("")
    qtbot.keyClick(panel.prompt, Qt.Key.Key_Up)
    qtbot.keyClick(panel.prompt, Qt.Key.Key_Up)
    assert panel.prompt.text == "a cat"
    qtbot.keyClick(panel.prompt, Qt.Key.Key_Down)
    assert panel.prompt.text == "a dog"


def test_the_primary_button_says_what_is_due(qtbot: QtBot, panel: ComposerPanel) -> None:
    wanted = QSignalSpy(panel.generate_wanted)
    panel.set_primary("Fill 2 regions", "2 regions × 3 styles", "about 9 s on this computer", enabled=True)
    assert panel.primary.text() == panel.primary.accessibleName() == "Fill 2 regions"
    assert panel.estimate.text() == "2 regions × 3 styles · about 9 s on this computer"
    click(qtbot, panel.primary)
    qtbot.keyClick(panel.prompt, Qt.Key.Key_Return, CONTROL)
    assert wanted.count() == 2


def test_what_cannot_be_made_yet_can_be_asked_for_by_key_alone(qtbot: QtBot, panel: ComposerPanel) -> None:
    wanted = QSignalSpy(panel.generate_wanted)
    panel.set_primary("Generate", "Say what you want to see.", "", enabled=False)
    click(qtbot, panel.primary)
    assert not wanted.count() and panel.estimate.isVisible()
    qtbot.keyClick(panel.prompt, Qt.Key.Key_Return, CONTROL)
    assert wanted.count() == 1  # a notice says what is missing


def test_more_holds_the_rest(qtbot: QtBot, panel: ComposerPanel, composer: Composer) -> None:
    more = panel.more
    assert not more.fold.isVisible()
    click(qtbot, more.toggle)
    qtbot.keyClicks(more.negative, "text, frames")
    more.guidance.figure.setValue(7.5)
    more.steps.slider.setValue(30)
    value = composer.value
    assert more.fold.isVisible()
    assert (value.negative_prompt, value.guidance_scale, value.steps) == ("text, frames", 7.5, 30)


def test_numbers_go_back_to_the_model_s_own(qtbot: QtBot, panel: ComposerPanel, composer: Composer) -> None:
    more = panel.more
    click(qtbot, more.toggle)
    own = more.steps.figure.value()
    assert own == composer.steps and not more.steps.reset.isEnabled()
    composer.change(steps=50, guidance_scale=9.0)
    assert more.steps.figure.value() == 50
    click(qtbot, more.steps.reset)
    click(qtbot, more.guidance.reset)
    assert composer.value.steps is None and composer.value.guidance_scale is None
    assert more.steps.figure.value() == own


def test_a_seed_that_is_typed_is_kept(qtbot: QtBot, panel: ComposerPanel, composer: Composer) -> None:
    seed = panel.more.seed
    click(qtbot, panel.more.toggle)
    seed.field.selectAll()
    qtbot.keyClicks(seed.field, "48 213")
    qtbot.keyClick(seed.field, Qt.Key.Key_Return)
    assert (composer.value.seed, composer.value.seed_locked) == (48213, True)
    assert seed.lock.isChecked() and panel.more.seed_button.text() == "seed 48\u2009213"


@pytest.mark.parametrize("typed", ["", "twelve", "-4", "4294967296", "²"])
def test_what_is_no_seed_changes_nothing(
    qtbot: QtBot, panel: ComposerPanel, composer: Composer, typed: str
) -> None:
    composer.change(seed=7)
    field = panel.more.seed.field
    field.selectAll()
    qtbot.keyClick(field, Qt.Key.Key_Delete)
    qtbot.keyClicks(field, typed)
    qtbot.keyClick(field, Qt.Key.Key_Return)
    assert composer.value.seed == 7 and field.text() == "7"


def test_dice_roll_and_locks_keep_the_seed(qtbot: QtBot, panel: ComposerPanel, composer: Composer) -> None:
    click(qtbot, panel.more.toggle)
    click(qtbot, panel.more.seed.dice)
    rolled = composer.value.seed
    assert str(rolled) == panel.more.seed.field.text() and rolled
    click(qtbot, panel.more.seed.lock)
    assert composer.value.seed_locked
    click(qtbot, panel.more.seed_button)
    assert not composer.value.seed_locked


def test_a_misspelt_word_is_mended_with_one_click(qtbot: QtBot, reading: Composer, theme: Theme) -> None:
    panel = shown_panel(qtbot, reading, theme)
    qtbot.keyClicks(panel.prompt, "a flamigno on the beach with ")
    qtbot.waitUntil(panel.meant.isVisible, timeout=60_000)
    assert panel.meant.text() == "“flamigno”: did you mean “flamingo”?"
    click(qtbot, panel.meant)
    assert reading.value.text == panel.prompt.text == "a flamingo on the beach with "
    assert not panel.meant.isVisible()


def test_a_misspelt_block_is_mended_too(qtbot: QtBot, reading: Composer, theme: Theme) -> None:
    panel = shown_panel(qtbot, reading, theme)
    reading.add_block("who", "a flamigno")
    qtbot.waitUntil(panel.meant.isVisible, timeout=60_000)
    click(qtbot, panel.meant)
    assert reading.value.who == ("a flamingo",)


def test_nothing_is_cut_off_in_a_low_window(qtbot: QtBot, panel: ComposerPanel) -> None:
    panel.resize(340, 400)
    click(qtbot, panel.more.toggle)
    assert panel.rect().contains(QRect(panel.primary.mapTo(panel, QPoint()), panel.primary.size()))
    assert panel.area.verticalScrollBar().maximum() > 0
    assert panel.area.horizontalScrollBar().maximum() == 0
    content = panel.area.widget()
    assert content
    qtbot.waitUntil(lambda: content.width() < 340)
    inner = {child for child in content.findChildren(QAbstractButton) if child.isVisible()}
    assert all(child.mapTo(content, child.rect().topRight()).x() <= 340 - 16 for child in inner)


def test_every_button_has_a_name_of_its_own(panel: ComposerPanel, composer: Composer) -> None:
    composer.add_block("who", "a cat")
    names = [button.accessibleName() for button in panel.findChildren(QAbstractButton) if button.isVisible()]
    assert all(names) and len(set(names)) == len(names)


def test_everything_can_be_reached_with_tab(qtbot: QtBot, panel: ComposerPanel) -> None:
    reached: list[str] = []
    for _ in range(30):
        widget = QGuiApplication.focusObject()
        assert isinstance(widget, QWidget)
        reached.append(widget.accessibleName())
        qtbot.keyClick(widget, Qt.Key.Key_Tab)
    wanted = {"Prompt", "Surprise me", "Add who or what", "Format: Square 1:1", "Variations: 4", "Generate"}
    assert wanted <= set(reached)


def test_two_subjects_can_have_pictures_of_their_own(
    qtbot: QtBot, panel: ComposerPanel, composer: Composer
) -> None:
    each = panel.blocks.each
    composer.add_block("who", "a cat")
    assert not each.isVisible()
    composer.add_block("who", "a dog")
    assert each.isVisible() and not each.isChecked()
    click(qtbot, each)
    assert composer.value.is_sheet and "a cat<" in panel.final.label.text()
    assert "and 1 more picture<" in panel.final.label.text()
    composer.change(each_subject=False)
    assert not each.isChecked()
