"""Models, recipes, recovery, messages and status in a pseudo-language: whatever they say can be translated.

Names of models, files and licences, prompts, and what a recipe or the catalogue has in writing are data.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication, QMimeData
from PySide6.QtWidgets import QApplication, QLabel, QMenu, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from dalle_studio.core.errors import EngineError, StudioError, UnreadableFile
from dalle_studio.core.model import AddOn, Commercial, Licence, Model
from dalle_studio.core.request import Follow, Lora
from dalle_studio.core.sentence import say
from dalle_studio.engine.speech.base import Level as Loudness
from dalle_studio.engine.speech.base import Opened
from dalle_studio.state.jobs import Jobs
from dalle_studio.state.notices import Level
from dalle_studio.state.runner import Runner
from dalle_studio.state.stroke import Tool
from dalle_studio.storage.models.catalogue import Entry, catalogue
from dalle_studio.storage.models.download import FailedDownload, Transfer
from dalle_studio.storage.models.estimates import Estimate
from dalle_studio.ui.model_options import ModelOptions
from dalle_studio.ui.models_page import ModelsPage, machine_text
from dalle_studio.ui.picker import Picker, StylePicker
from dalle_studio.ui.prompt_field import PromptField
from dalle_studio.ui.recovery_page import WorkCard
from dalle_studio.ui.shortcut_sheet import ShortcutSheet
from dalle_studio.ui.status_bar import StatusBar, duration_text, estimate_text
from dalle_studio.ui.theme import Theme
from tests.languages import Pseudo, untranslated
from tests.scripted import MADE, ScriptedEngine, asking, drawn
from tests.shelves import GB, MACHINE, ScriptedStore, as_installed, sdxl
from tests.state.test_speech import ScriptedListener
from tests.user import User, user_of

SHY = replace(
    next(each for each in catalogue() if each.name == "z-image-turbo"),
    name="shy",
    label="Shy",
    gated=True,
    licence=Licence("Shy-1.0", Commercial.NO, "https://example.org/shy", "For research only."),
)
LOST = EngineError(say("The hub cannot be reached."), say("Look after the network."))
NOTED = replace(
    MADE,
    licence="Apache-2.0",
    commercial="conditions",
    memory_mib=5_800,
    memory="bfloat16",
    concerns=("nudity",),
)
PROMPT = "a lighthouse in the fog"
OpenWindow = Callable[..., User]


@pytest.fixture
def pseudo(qapp: QApplication) -> Iterator[None]:
    translator = Pseudo()
    QCoreApplication.installTranslator(translator)
    yield
    QCoreApplication.removeTranslator(translator)


@pytest.fixture
def store() -> ScriptedStore:
    add_ons = tuple(each for each in catalogue() if each.kind is not None)
    return ScriptedStore((sdxl(), as_installed("sd15"), *sdxl().add_ons), (SHY, *catalogue()[:6], *add_ons))


@pytest.fixture
def listener() -> ScriptedListener:
    return ScriptedListener()


@pytest.fixture
def open_window(
    qtbot: QtBot,
    pseudo: None,
    theme: Theme,
    starter: Model,
    home: Path,
    store: ScriptedStore,
    listener: ScriptedListener,
) -> Iterator[OpenWindow]:
    with ExitStack() as windows:

        def open_window(model: Model = starter) -> User:
            engine, pictures = ScriptedEngine(made=NOTED), home / "pictures"
            context = user_of(engine, model, None, pictures, theme, qtbot, home / "data", store, listener)
            return windows.enter_context(context)

        yield open_window


def written(*things: Model | AddOn | Entry) -> list[str]:
    """Names and what is said in the catalogue."""
    return [
        text
        for each in things
        for text in (
            each.label,
            each.name,
            each.licence.name,
            *each.licence.terms.split("\n"),
            each.licence.url,
            getattr(each, "summary", ""),
            getattr(each, "homepage", ""),
        )
        if text
    ]


def open_models(user: User) -> ModelsPage:
    user.studio.models.set_machine(MACHINE)
    user.window.commands["models"].trigger()
    user.studio.models.finish()
    page = user.find("models_page", ModelsPage)
    user.wait(lambda: page.is_whole)
    return page


def press(user: User, name: str) -> None:
    user.find(name, QPushButton).click()
    user.studio.models.finish()


def make_a_picture(user: User) -> None:
    user.studio.composer.change(count=1)
    user.studio.composer.set_text(PROMPT)
    user.studio.make()
    user.wait(lambda: all(tile.picture for tile in user.studio.candidates.candidates))
    user.studio.gallery.finish()


def test_the_models_page(open_window: OpenWindow, store: ScriptedStore) -> None:
    user = open_window()
    page = open_models(user)
    data = written(*store.entries, *store.owned, user.studio.model)
    data += [
        "NVIDIA GeForce RTX 4070",
        "FLUX.2",
        "Kandinsky",
        "Stable Diffusion",
        "hf_…",
        "LoRA",
        "Qwen-Image",
    ]
    press(user, "install_shy")
    user.studio.models.install("z-image-turbo")
    user.studio.models.finish()
    assert untranslated(page, *data) == []
    store.downloads[0].events = [Transfer(9_300_000_000, 33 * GB, 41e6, 575.0)]
    words = "progress_words_z-image-turbo"
    user.wait(lambda: "MB/s" in user.text(words))
    assert untranslated(page, *data) == []
    store.downloads[0].events = [FailedDownload(LOST)]
    user.wait(lambda: user.sees("dismiss_z-image-turbo"))
    assert untranslated(page, *data) == []


def test_a_model_that_is_imported(open_window: OpenWindow, store: ScriptedStore) -> None:
    user = open_window()
    page = open_models(user)
    data = ["/somewhere/ink.safetensors", "ink.safetensors", "Stable Diffusion", "LoRA", "Ink", "ink"]
    user.studio.models.look_into(Path("/somewhere/ink.safetensors"))
    assert untranslated(page.importing, *data) == []
    user.studio.models.finish()
    assert untranslated(page.importing, *data) == []
    user.studio.models.importing.drop()
    store.found = UnreadableFile(say("It is a pickle."), say("Convert it."))
    user.studio.models.look_into(Path("/somewhere/ink.safetensors"))
    user.studio.models.finish()
    assert untranslated(page.importing, *data) == []
    user.studio.models.importing.drop()


@pytest.mark.parametrize("problem", [LOST, None])
def test_a_models_page_with_nothing_on_it(
    open_window: OpenWindow, store: ScriptedStore, problem: StudioError | None
) -> None:
    user = open_window()
    store.entries, store.owned, store.problem = (), store.owned[:1], problem
    page = open_models(user)
    user.find("what_it_can_do_edit", QPushButton).click()
    empty = page.findChild(QWidget, "models_empty")
    assert empty is not None and empty.isVisible()
    assert untranslated(empty) == [] and untranslated(page.again) == []


def test_machines(open_window: OpenWindow) -> None:
    user = open_window()
    said = QWidget()
    for machine in (None, MACHINE, replace(MACHINE, is_shared=True), replace(MACHINE, device="cpu")):
        user.studio.models.set_machine(machine)  # type: ignore[arg-type]
        said.setToolTip(machine_text(user.studio.models))
        assert untranslated(said, MACHINE.name) == [] and "⟦" in said.toolTip()
    said.deleteLater()


def test_the_model_menu(open_window: OpenWindow, store: ScriptedStore) -> None:
    user = open_window()
    user.studio.models.refresh()
    user.studio.models.finish()
    user.find("model_button", QPushButton).click()
    menu = user.find("model_menu")
    assert untranslated(menu, *written(*store.owned)) == []
    assert untranslated(user.window.model_button, *written(*store.owned)) == []
    menu.close()


def test_seldom_needed_options(open_window: OpenWindow) -> None:
    user = open_window(sdxl())
    more, composer = user.window.composer.more, user.studio.composer
    more.set_open(True)
    composer.change(loras=(Lora("ink-sdxl"),), guide=Follow.EDGES, seed_locked=True)
    data = [*written(*sdxl().add_ons), "LoRA"]
    assert untranslated(more, *data) == []
    composer.change(seed_locked=False)
    options = more.findChild(ModelOptions)
    assert options is not None and options.isVisible()
    options.upscaler.click()
    options.loras.add.click()
    assert untranslated(more, *data) == []
    for menu in more.findChildren(QMenu):
        menu.close()


def test_the_recipe_of_a_picture(open_window: OpenWindow) -> None:
    user = open_window()
    make_a_picture(user)
    (entry,) = user.studio.gallery.entries
    user.studio.gallery.select(entry.path)
    user.studio.gallery.finish()
    data = [PROMPT, "starter 0.1", "Apache-2.0", entry.name]
    assert "⟦" in user.text("recipe_made")
    family = [each for each in untranslated(user.window.recipe, *data) if not each.startswith("Family")]
    assert family == []
    assert untranslated(user.find("veil_bar"), *data) == []


def test_work_that_was_not_saved(open_window: OpenWindow) -> None:
    first = open_window()
    first.studio.show(drawn(1, 96, 64))
    first.studio.canvas.set_tool(Tool.MARKER)
    first.pull((0.5, 0.5))
    first.studio.composer.set_text(PROMPT)
    first.window.close()
    user = open_window()
    user.studio.recovery.look()
    user.wait(lambda: user.sees("recovery_page") and bool(user.window.findChildren(WorkCard)))
    user.wait(lambda: all(work.is_read for work in user.studio.recovery.works))
    page = user.find("recovery_page")
    user.window.resize(1440, 900)  # room for whole lines
    user.wait(lambda: not any("…" in label.text() for label in page.findChildren(QLabel)))
    assert untranslated(page, PROMPT) == []


def test_messages_of_all_kinds(open_window: OpenWindow) -> None:
    user = open_window()
    notices = user.studio.notices
    notices.tell(say("Something is so."), level=Level.INFO)
    number = notices.tell(say("It is done."), level=Level.DONE, action=say("Undo"))
    notices.tell(say("It may be late."), level=Level.WARNING, lasts=True)
    notices.tell_error(StudioError(LOST.message, LOST.remedy, "a trace"))
    notices.retell(number, say("It is done again."))
    user.window.pictures.drop(QMimeData())
    assert len(user.notices) == 5
    assert untranslated(user.window.notices) == []


def test_variations_and_a_blend(open_window: OpenWindow) -> None:
    user = open_window()
    user.studio.show(drawn(1, 96, 64))
    panel = user.window.vary
    assert panel.isVisible() and untranslated(panel) == []
    user.studio.composer.change(count=1)
    assert untranslated(panel) == []
    user.studio.blend_with(replace(drawn(2, 96, 64), name="holiday.png"))
    assert untranslated(panel, "holiday.png") == []


def test_the_status_bar_while_jobs_run(qtbot: QtBot, pseudo: None, theme: Theme) -> None:
    engine = ScriptedEngine(free=False)
    jobs = Jobs(Runner(engine))
    bar = StatusBar(jobs, theme)
    qtbot.addWidget(bar)
    assert untranslated(bar) == []
    jobs.start(asking(steps=4), say("Filling 3 of 6"))
    jobs.start(asking(), say("Filling 4 of 6"))
    assert untranslated(bar, "warming up") == []
    engine.go()
    qtbot.waitUntil(lambda: jobs.running is not None and jobs.running.step == 1)
    assert untranslated(bar) == []
    assert jobs.running is not None
    jobs.cancel(jobs.running.number)
    assert untranslated(bar) == []
    jobs.close()


def test_times_and_estimates(pseudo: None) -> None:
    assert [duration_text(seconds) for seconds in (4, 80, 7500)] == [
        "4 s",
        "⟦1 mïñ 20 ş~~~~~~~~⟧",
        "⟦2 h 5 mïñ~~~~~~~⟧",
    ]
    assert estimate_text(Estimate(seconds=12, memory_bytes=6_100_000_000)) == "⟦äbøüt 12 s~~~~⟧ · 6.1 GB"


def test_what_is_picked_from(qtbot: QtBot, pseudo: None, theme: Theme) -> None:
    parent = QWidget()
    qtbot.addWidget(parent)
    picker = Picker(theme, say("who or what"), parent, ["a cat"])
    picker.field.setText("a dog")
    styles = StylePicker(theme, parent, [say("pixel art"), say("neon")])
    assert untranslated(picker, "a cat", "a dog") == []
    assert untranslated(styles) == []
    for typed in ("pixel", "pïxél"):
        styles.field.setText(typed)
        assert styles.shown == ("pixel art",)
    styles.field.setText("no such style")
    assert untranslated(styles, "no such style") == []


def test_the_prompt_and_its_words(open_window: OpenWindow) -> None:
    user = open_window()
    field = user.find("prompt", PromptField)
    field.set_text("a lihgthouse in the fgo")
    field.set_unknown([("lihgthouse", "lighthouse"), ("fgo", None)])
    said = QWidget()
    for word in ("lihgthouse", "fgo"):
        said.setToolTip(field._explanation(word))
        assert untranslated(said) == [] and word in said.toolTip()
    said.deleteLater()
    assert untranslated(field, field.text, "Suggested words", "Suggestions") == []


def test_what_is_said_into_the_microphone(open_window: OpenWindow, listener: ScriptedListener) -> None:
    user = open_window()
    button = user.find("microphone")
    assert untranslated(button) == []
    user.studio.speech.toggle()
    bar = user.find("speech_bar")
    assert untranslated(bar) == [] and untranslated(button) == []
    listener.events = [Opened(), Loudness(0.5)]
    user.wait(lambda: user.studio.speech.is_open)
    assert untranslated(bar) == [] and untranslated(button) == []
    user.studio.speech.cancel()


def test_the_first_steps_projects_and_shortcuts(open_window: OpenWindow) -> None:
    user = open_window()
    window = user.window
    for name in ("first_picture", "open_first"):
        assert untranslated(user.find(name)) == []
    for menu in ("project_menu", "recent_menu"):
        found = window.findChild(QMenu, menu)
        assert found is not None and untranslated(found) == []
    for action in window.commands.values():
        assert "⟦" in action.text() or action.text() == "100 %"
    sheet = ShortcutSheet(window._theme, window)
    assert untranslated(sheet, "Right", "Left") == []
    sheet.deleteLater()
