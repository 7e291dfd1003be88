"""In another language nothing of the composer, the canvas, the strip and the gallery stays English."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication, QPoint, Qt
from PySide6.QtGui import QContextMenuEvent, QImage
from PySide6.QtWidgets import QApplication, QFileDialog, QLabel, QMenu, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from dalle_studio.core.model import Model
from dalle_studio.core.request import Intent
from dalle_studio.state.candidate import CandidateState
from dalle_studio.state.gallery import ALL, STARRED
from dalle_studio.state.stroke import Tool
from dalle_studio.storage.library import save_picture
from dalle_studio.storage.models.installed import read_lexicon
from dalle_studio.ui import dialogs
from dalle_studio.ui.about import AboutBox, about_text
from dalle_studio.ui.buttons import TextButton
from dalle_studio.ui.candidate_tile import CandidateTile
from dalle_studio.ui.speech_controls import MicrophoneButton, SpeechBar
from dalle_studio.ui.theme import Theme
from tests.languages import Pseudo, untranslated
from tests.scripted import LOST, ScriptedEngine, drawn
from tests.shelves import ScriptedStore, flux
from tests.user import User, user_of

DATA = (
    "a cat",
    "a dog",
    "a horse",
    "in a forest",
    "a cat, a dog and a horse",
    "watercolour",
    "watercolor",
    "oil painting",
    "oil",
    "flamigno",
    "nothing such",
)
"""What the tests write and choose."""


@pytest.fixture
def pseudo(qapp: QApplication) -> Iterator[Pseudo]:
    translator = Pseudo()
    QCoreApplication.installTranslator(translator)
    yield translator
    QCoreApplication.removeTranslator(translator)


@pytest.fixture
def engine() -> ScriptedEngine:
    return ScriptedEngine()


@pytest.fixture
def user(
    pseudo: Pseudo, qtbot: QtBot, theme: Theme, starter: Model, home: Path, engine: ScriptedEngine
) -> Iterator[User]:
    store = ScriptedStore((flux(),))
    lexicon = read_lexicon(starter)
    with user_of(engine, starter, lexicon, home / "pictures", theme, qtbot, store=store) as user:
        yield user


def left(user: User, *data: str) -> list[str]:
    """What is English in the widgets of this file's subject; what lies in them and is another's does not count."""
    window, found = user.window, Counter[str]()
    family = window.recipe.findChild(QWidget, "family")
    assert family is not None
    prompt = window.composer.prompt
    for widget in (window.composer, prompt.completion, window.centre, window.strip, window.gallery, family):
        found.update(untranslated(widget, *DATA, *data))
    others: list[QWidget] = [
        prompt,
        window.vary,
        window.composer.more,
        window.centre.tools,
        window.centre.veil,
    ]
    others += [window.centre.recovery, *window.centre.view.empty.findChildren(QWidget, "first_picture")]
    others += window.centre.view.empty.findChildren(QWidget, "open_first")
    others += [*window.findChildren(MicrophoneButton), *window.findChildren(SpeechBar)]
    for widget in others:
        found.subtract(untranslated(widget, *DATA, *data))
    return sorted((+found).elements())


def is_foreign(text: str) -> bool:
    return not untranslated(QLabel(text), *DATA)


def make(user: User, engine: ScriptedEngine, count: int) -> None:
    """Press the button, and wait for so many pictures."""
    user.click("primary_button")
    tiles = user.studio.candidates
    user.wait(lambda: [each.state for each in tiles.candidates].count(CandidateState.READY) == count, 60)
    user.wait(lambda: user.studio.gallery.count == count, 60)


def names(user: User) -> list[str]:
    return [each.name for each in user.studio.gallery.entries[: user.studio.gallery.count]]


def test_the_first_minute(user: User) -> None:
    assert left(user) == []
    user.studio.composer.set_text("a flamigno and a cat")
    user.wait(lambda: user.window.composer.meant.isVisible(), 60)
    assert left(user, "a flamigno and a cat", "flamingo") == []


def test_words_and_blocks(user: User) -> None:
    composer = user.studio.composer
    composer.set_text("a cat")
    for row, text in (("who", "a dog"), ("who", "a horse"), ("doing", "in a forest"), ("styles", "oil")):
        composer.add_block(row, text)  # type: ignore[arg-type]
    assert left(user) == []
    composer.add_block("styles", "watercolour")
    assert left(user) == []
    rows = user.window.composer.blocks.rows
    assert [chip.accessibleName() for chip in rows["styles"].chips] == ["⟦øïl~⟧", "⟦wätérçøløür~~~⟧"]
    composer.change(each_subject=True)
    assert left(user) == []
    chip = rows["who"].chips[0]
    chip.edit()
    assert left(user) == []
    chip.contextMenuEvent(
        QContextMenuEvent(QContextMenuEvent.Reason.Mouse, QPoint(4, 4), chip.mapToGlobal(QPoint()))
    )
    (menu,) = chip.findChildren(QMenu)
    assert menu.actions() and untranslated(menu) == []
    menu.close()


def test_candidates(user: User, engine: ScriptedEngine, monkeypatch: pytest.MonkeyPatch) -> None:
    told: list[str] = []
    monkeypatch.setattr(CandidateTile, "_paint_reason", lambda *args: told.append(args[-1]))
    user.studio.composer.set_text("a cat")
    make(user, engine, 4)
    strip = user.window.strip
    assert left(user, *names(user)) == []
    user.click("candidate_keep")
    assert left(user, *names(user)) == []
    engine.error = LOST
    user.studio.make()
    tiles = user.studio.candidates
    user.wait(lambda: any(each.state is CandidateState.FAILED for each in tiles.candidates))
    engine.error, engine.free = None, False
    user.studio.make()
    engine.go(2)
    user.wait(lambda: any(each.state is CandidateState.MAKING for each in tiles.candidates))
    assert left(user, LOST.message, *names(user)) == []
    user.window.status.cancel()
    user.wait(lambda: any(each.state is CandidateState.CANCELLED for each in tiles.candidates))
    assert left(user, LOST.message, *names(user)) == []
    strip.grab()
    assert len(told) >= 8 and all(is_foreign(text) for text in told if text != LOST.message)


def test_the_canvas(user: User, engine: ScriptedEngine, home: Path) -> None:
    user.studio.composer.set_text("a cat")
    make(user, engine, 4)
    data = names(user)
    studio, view = user.studio, user.window.centre.view
    studio.place_into(studio.candidates.candidates[1].number)
    assert left(user, *data) == []
    studio.canvas.set_tool(Tool.MARKER)
    user.pull((0.2, 0.2))
    studio.canvas.add_region()
    user.pull((0.7, 0.7))
    for intent in Intent:
        studio.canvas.set_intent(intent)
        assert left(user, *data) == []
        chips = view._scene.chips(view.size())
        assert chips and all(is_foreign(chip.text) for chip in chips)
    studio.look_at(studio.candidates.candidates[2].number)
    assert user.sees("viewed_bar") and left(user, *data) == []
    studio.look_at_canvas()
    for region in studio.canvas.regions:
        studio.canvas.remove_region(region.number)
    studio.canvas.set_tool(Tool.FRAME)
    assert user.sees("frame_bar") and left(user, *data) == []
    studio.show(drawn(1, 64, 64))
    studio.compare_with(studio.gallery.entries[0].path)
    user.wait(lambda: studio.canvas.compare)
    this, other = user.text("compare_names").split("  |  ")
    assert user.sees("compare_bar") and left(user, other, *data) == [] and is_foreign(this)


def test_in_a_small_window_nothing_is_cut_or_stands_out(user: User, engine: ScriptedEngine) -> None:
    user.window.resize(1080, 640)
    user.studio.composer.set_text("a cat")
    for who in ("a dog", "a horse"):
        user.studio.composer.add_block("who", who)
    make(user, engine, 4)
    user.studio.place_into(user.studio.candidates.candidates[0].number)
    user.studio.canvas.set_tool(Tool.MARKER)
    user.pull((0.5, 0.5))
    window, centre = user.window, user.window.centre
    assert user.sees("brush_bar") and user.sees("intent_bar")
    for bar in (centre.brush, centre.intent, centre.frame, centre.viewed, centre.compare):
        assert centre.rect().contains(bar.geometry()), bar.objectName()
    intents = centre.intent.intents
    for button in intents.findChildren(QPushButton):
        assert intents.rect().contains(button.geometry()), button.text()
    content, area = window.composer.blocks.parentWidget(), window.composer.area
    assert content is not None and content.width() <= area.viewport().width()
    assert user.find("candidates_scroll").width() > 120
    labels = [each for each in centre.findChildren(QLabel) if each.isVisible() and not each.wordWrap()]
    assert labels and [each.text() for each in labels if each.width() < each.sizeHint().width()] == []


def test_words_that_are_too_long_end_with_an_ellipsis(qtbot: QtBot, theme: Theme) -> None:
    button = TextButton(theme, "")
    qtbot.addWidget(button)
    button.setFixedWidth(90)
    shown: list[QImage] = []
    for text in ("M" * 20, "I" + "M" * 20, "I" + "M" * 20 + "I"):
        button.setText(text)
        shown.append(button.grab().toImage())
    assert shown[0] != shown[1] and shown[1] == shown[2]


def test_editing(user: User, home: Path) -> None:
    studio = user.studio
    studio.models.refresh()
    studio.models.finish()
    studio.models.choose("flux2-klein")
    studio.show(drawn(1, 64, 64))
    studio.composer.set_text("a cat")
    assert user.sees("edit_panel") and left(user) == []
    studio.references.add_file(save_picture(drawn(3, 64, 64), home, "reference"))
    user.wait(lambda: studio.references.pictures)
    assert user.sees("generate_anew") and left(user, "reference.png") == []


def test_the_gallery(user: User, engine: ScriptedEngine) -> None:
    user.studio.composer.set_text("a cat")
    user.studio.composer.add_block("styles", "oil")
    make(user, engine, 4)
    gallery, panel = user.studio.gallery, user.window.gallery
    entry = gallery.entries[0]
    gallery.select(entry.path)
    user.click("new_collection")
    assert left(user, *names(user)) == []
    panel._filters.collection_named.emit("a horse")
    panel.can_refer = True
    for star in (True, False):
        gallery.toggle_star(entry.path)
        menu = panel.menu()
        assert untranslated(menu, "Ctrl+C", *DATA) == []
        menu.deleteLater()
        index = panel._grid.currentIndex()
        assert index.data() == "a cat · ⟦øïl~⟧"
        assert index.data(Qt.ItemDataRole.AccessibleTextRole).startswith("⟦") == star
        assert "⟦" in index.data(Qt.ItemDataRole.AccessibleDescriptionRole)
    gallery.show(STARRED)
    assert user.sees("gallery_empty") and left(user, *names(user)) == []
    gallery.show(ALL)
    gallery.set_query("nothing such")
    assert user.sees("gallery_empty") and left(user, *names(user)) == []
    gallery.set_query("")
    user.studio.vary_file(entry.path)
    user.wait(lambda: gallery.count == 8, 60)
    gallery.select(entry.path)
    gallery.finish()
    assert user.sees("family_more") and left(user, *names(user)) == []


def test_about(pseudo: Pseudo, qtbot: QtBot, theme: Theme, starter: Model) -> None:
    box = AboutBox(starter, theme)
    qtbot.addWidget(box)
    assert untranslated(box) == []
    lines = about_text(starter).splitlines()
    assert sum(line.startswith(("⟦", "- ⟦")) for line in lines) == 4


def test_dialogs(pseudo: Pseudo, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[str] = []

    def ask(parent: QWidget, title: str, *args: str) -> tuple[str, str]:
        asked.extend((title, *args[1:]))
        return "", ""

    def run(dialog: QFileDialog) -> int:
        asked.append(dialog.windowTitle())
        return 0

    monkeypatch.setattr(QFileDialog, "getOpenFileName", ask)
    monkeypatch.setattr(QFileDialog, "getSaveFileName", ask)
    monkeypatch.setattr(QFileDialog, "exec", run)
    window = QWidget()
    qtbot.addWidget(window)
    dialogs.ask_picture(window, "a cat")
    dialogs.ask_model(window)
    dialogs.ask_file(window)
    dialogs.ask_certificate(window)
    dialogs.ask_mask_target(window)
    dialogs.ask_project_target(window, Path("a cat.ora"))
    for with_recipe in (True, False):
        dialogs.ask_export(window, "a cat", with_recipe=with_recipe)
    formats = "PNG (*.png);;JPEG (*.jpg);;WebP (*.webp)"
    assert len(asked) == 15
    assert [text for text in asked if text not in (formats, "PNG (*.png)") and not is_foreign(text)] == []
