"""What is sent to a model that reads English only, in the composer; and pickers that speak Chinese."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from dalle_studio.core.model import Model
from dalle_studio.state.composer import Composer, Row
from dalle_studio.state.history import History
from dalle_studio.storage.models.installed import read_lexicon
from dalle_studio.ui.composer_panel import ComposerPanel
from dalle_studio.ui.theme import Theme

LEFT = Qt.MouseButton.LeftButton


@pytest.fixture
def composer(qapp: object, starter: Model) -> Iterator[Composer]:
    model = replace(starter, label="English Diffusion", reads=frozenset(("en",)))
    composer = Composer(model, read_lexicon(starter), History())
    composer.speak("zh")
    yield composer
    composer.close()


@pytest.fixture
def panel(qtbot: QtBot, composer: Composer, theme: Theme) -> ComposerPanel:
    panel = ComposerPanel(composer, theme)
    qtbot.addWidget(panel)
    panel.resize(340, 860)
    panel.show()
    return panel


def test_english_is_shown_and_told(panel: ComposerPanel, composer: Composer) -> None:
    assert not panel.final.note.isVisible() and not panel.final.sent.button.isVisible()
    composer.change(text="一只猫", styles=("oil",), negative_prompt="模糊")
    assert "a cat, oil painting" in panel.final.label.text()
    assert panel.final.note.text() == "English Diffusion reads English only, and is sent this.\nNot: blurry"
    composer.set_text("a cat")
    composer.change(negative_prompt="")
    assert not panel.final.note.isVisible()


def test_words_without_english_are_marked_and_have_a_remedy(panel: ComposerPanel, composer: Composer) -> None:
    composer.set_text("一只齉齾在沙滩上")
    assert "underline" in panel.final.label.text() and ">齉齾</span>" in panel.final.label.text()
    assert "Without English: “齉齾”. Write it in English" in panel.final.note.text()


def test_the_english_is_edited_in_place(qtbot: QtBot, panel: ComposerPanel, composer: Composer) -> None:
    composer.set_text("一只猫")
    sent = panel.final.sent
    qtbot.mouseClick(sent.button, LEFT)
    assert sent.editor.toPlainText() == "a cat" and not panel.final.label.isVisible()
    sent.editor.selectAll()
    qtbot.keyClicks(sent.editor, "a tabby")
    qtbot.keyClick(sent.editor, Qt.Key.Key_Return)
    assert panel.final.label.isVisible() and "a tabby" in panel.final.label.text()
    assert composer.sent("一只猫") == "a tabby"
    qtbot.mouseClick(sent.button, LEFT)
    qtbot.keyClicks(sent.editor, "no ")
    qtbot.keyClick(sent.editor, Qt.Key.Key_Escape)
    assert composer.sent("一只猫") == "a tabby"


def test_chinese_is_picked_and_joined(qtbot: QtBot, panel: ComposerPanel, composer: Composer) -> None:
    rows: tuple[tuple[Row, str], ...] = (("who", "bicycle"), ("doing", "海面"))
    for row, typed in rows:
        panel.blocks.open_picker(row)
        assert panel.blocks.picker is not None
        panel.blocks.picker.field.setText(typed)  # keys type only letters
        qtbot.keyClick(panel.blocks.picker.field, Qt.Key.Key_Return)
    assert (composer.value.who, composer.value.doing) == (("一辆红色的自行车",), ("在海面上",))
    assert composer.value.sentence == "一辆红色的自行车在海面上"


@pytest.mark.parametrize("typed", ["水彩", "watercol"])
def test_a_style_picked_in_chinese_is_the_same(
    qtbot: QtBot, panel: ComposerPanel, composer: Composer, typed: str
) -> None:
    panel.blocks.open_picker("styles")
    picker = panel.blocks.picker
    assert picker is not None
    assert picker.list.item(0).text() == "3D渲染"
    picker.field.setText(typed)
    qtbot.keyClick(picker.field, Qt.Key.Key_Return)
    assert composer.value.styles == ("watercolour",)
    assert panel.blocks.rows["styles"].chips[0].accessibleName() == "水彩画"


def test_a_double_click_takes_a_chinese_word(qtbot: QtBot, panel: ComposerPanel, composer: Composer) -> None:
    composer.set_text("一只猫头鹰在沙滩上")
    prompt = panel.prompt
    cursor = prompt.textCursor()
    cursor.setPosition(3)
    place = prompt.cursorRect(cursor).center() + QPoint(3, 0)
    QTest.mouseDClick(prompt.viewport(), LEFT, Qt.KeyboardModifier.NoModifier, place)
    assert prompt.textCursor().selectedText() == "猫头鹰"


def test_only_the_word_itself_is_marked(panel: ComposerPanel) -> None:
    panel.prompt.set_text("一个滑板和一个板。")
    panel.prompt.set_unknown([("板", None)])
    assert panel.prompt.marked == ("板",)
    assert panel.prompt._unknown_at(8) == "板" and panel.prompt._unknown_at(2) is None
