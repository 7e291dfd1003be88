"""The page with all models, in the window: read, filter, fetch, pause, check, remove, import."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QEvent, QMimeData, QObject, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDesktopServices, QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from dalle_studio.core.errors import EngineError, UnreadableFile
from dalle_studio.core.model import Commercial, Licence, Model
from dalle_studio.storage.models.catalogue import catalogue
from dalle_studio.storage.models.download import FailedDownload, Installed, Transfer
from dalle_studio.ui.models_page import ModelsPage
from dalle_studio.ui.theme import Theme
from tests.scripted import ScriptedEngine
from tests.shelves import GB, MACHINE, Found, ScriptedStore, as_installed
from tests.ui.test_accessible import nameless
from tests.user import User, user_of

GATED = replace(
    next(each for each in catalogue() if each.name == "z-image-turbo"),
    name="shy",
    label="Shy",
    gated=True,
    licence=Licence("Shy-1.0", Commercial.NO, "https://example.org/shy", "For research only."),
)


@pytest.fixture
def store() -> ScriptedStore:
    return ScriptedStore((as_installed("sd15"),), (GATED, *catalogue()[:6]))


@pytest.fixture
def user(qtbot: QtBot, theme: Theme, starter: Model, home: Path, store: ScriptedStore) -> Iterator[User]:
    with user_of(ScriptedEngine(), starter, None, home / "pictures", theme, qtbot, None, store) as user:
        user.studio.models.set_machine(MACHINE)
        user.press("Ctrl+Shift+M")
        read(user)
        yield user


def read(user: User) -> None:
    """Wait until everything that is being done is shown."""
    user.studio.models.finish()
    user.wait(lambda: user.find("models_page", ModelsPage).is_whole)


def card(user: User, name: str) -> str:
    """Everything that a card says."""
    labels = user.find(f"model_{name}").findChildren(QLabel)
    return "\n".join(each.text() for each in labels if each.isVisible() and each.text())


def test_the_catalogue_is_not_read_before_the_page_is_opened(
    qtbot: QtBot, theme: Theme, starter: Model, home: Path
) -> None:
    class Watched(ScriptedStore):
        read = 0

        def catalogue(self) -> Any:
            Watched.read += 1
            return super().catalogue()

    with user_of(ScriptedEngine(), starter, None, home / "p", theme, qtbot, None, Watched()) as user:
        user.type("a cat")
        assert Watched.read == 0 and not user.sees("models_page")
        user.press("Ctrl+Shift+M")
        read(user)
        assert Watched.read == 1 and user.sees("models_page")


class Windows(QObject):
    """Whatever becomes a window of its own."""

    shown: list[QWidget]

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802  Qt's
        if event.type() is QEvent.Type.Show and isinstance(watched, QWidget) and watched.isWindow():
            self.shown.append(watched)
        return False


def test_nothing_flashes_up_while_the_page_is_made(
    qtbot: QtBot, theme: Theme, starter: Model, home: Path, store: ScriptedStore
) -> None:
    with user_of(ScriptedEngine(), starter, None, home / "p", theme, qtbot, None, store) as user:
        windows, application = Windows(), QApplication.instance()
        windows.shown = []
        assert application is not None
        application.installEventFilter(windows)
        user.press("Ctrl+Shift+M")
        read(user)
        user.click("Install Shy")
        user.studio.models.choose("sd15")
        user.studio.models.look_into(Path("/somewhere/ink.safetensors"))
        read(user)
        application.removeEventFilter(windows)
        assert windows.shown == []
        user.studio.models.importing.drop()


def test_a_card_says_what_a_model_is_and_what_it_asks_for(user: User) -> None:
    told = card(user, "z-image-turbo")
    for part in (
        "Z-Image-Turbo",
        "Photographs and posters",
        "Create",
        "Place",
        "33 GB to download",
        "needs 22 GB of memory: ",
        "Commercial use",
    ):
        assert part in told, told
    assert "Edit" not in told and "Use" not in told
    assert "NVIDIA GeForce RTX 4070: 12 GB of memory" in user.text("machine")


def test_the_licence_stands_before_the_download(user: User, store: ScriptedStore) -> None:
    user.click("Install Shy")
    assert user.text("licence_shy") == "Shy-1.0 · No commercial use"
    assert "For research only." in card(user, "shy")
    assert store.downloads == [] and not user.sees("install_shy")
    user.click("later_shy")
    assert not user.sees("consent_shy") and user.sees("install_shy")


def test_links_open_in_the_browser(user: User, monkeypatch: pytest.MonkeyPatch) -> None:
    opened: list[str] = []
    monkeypatch.setattr(QDesktopServices, "openUrl", lambda url: opened.append(url.toString()))
    user.click("Install Shy")
    user.click("licence_link_shy")
    assert opened == ["https://example.org/shy"]


def test_makers_who_want_a_name_get_a_token_first(user: User, store: ScriptedStore) -> None:
    user.click("Install Shy")
    assert not user.find("download_shy").isEnabled()
    field = user.find("token_shy", QLineEdit)
    assert field.echoMode() is QLineEdit.EchoMode.Password
    field.setFocus()
    user.type("hf_secret")
    user.click("keep_token_shy")
    read(user)
    assert store.known == "hf_secret" and field.text() == ""
    user.click("download_shy")
    read(user)
    assert [each.entry.name for each in store.downloads] == ["shy"]


def test_a_download_runs_is_paused_goes_on_and_ends(user: User, store: ScriptedStore) -> None:
    user.click("Install Z-Image-Turbo")
    user.click("download_z-image-turbo")
    assert user.text("progress_words_z-image-turbo") == "Asking the hub …"
    read(user)
    store.downloads[0].events = [Transfer(9_300_000_000, 33 * GB, 41e6, 575.0)]
    words = "progress_words_z-image-turbo"
    user.wait(lambda: user.text(words) == "9.3 GB of 33 GB · 41 MB/s · 9 min 35 s left")
    assert not user.sees("consent_z-image-turbo")
    user.click("pause_z-image-turbo")
    assert user.text(words) == "Paused · 9.3 GB of 33 GB" and not user.sees("pause_z-image-turbo")
    user.click("resume_z-image-turbo")
    read(user)
    store.owned = (*store.owned, as_installed("z-image-turbo"))
    store.downloads[1].events = [Installed("z-image-turbo")]
    user.wait(lambda: user.sees("use_z-image-turbo"))
    assert ("Z-Image-Turbo is installed.", "") in user.notices
    user.click("use_z-image-turbo")
    assert "In use" in card(user, "z-image-turbo") and user.text("model_button") == "Z-Image-Turbo"
    user.press("Esc")  # the keyboard has stayed on the page
    assert not user.sees("models_page")


def test_a_download_that_fails_says_why_and_what_to_do(user: User, store: ScriptedStore) -> None:
    user.studio.models.install("z-image-turbo")
    read(user)
    error = EngineError("The hub cannot be reached.", "Look after the network.")
    store.downloads[0].events = [FailedDownload(error)]
    user.wait(lambda: "The hub cannot be reached. Look after" in user.text("progress_words_z-image-turbo"))
    assert user.text("resume_z-image-turbo") == "Try again"
    user.click("dismiss_z-image-turbo")
    assert not user.sees("progress_words_z-image-turbo") and user.sees("install_z-image-turbo")


def test_damage_is_found_and_can_be_repaired(user: User, store: ScriptedStore) -> None:
    assert not user.sees("repair_sd15")
    store.damaged = ("unet/model.safetensors",)
    user.click("verify_sd15")
    read(user)
    user.click("repair_sd15")
    read(user)
    assert [each.entry.name for each in store.downloads] == ["sd15"]


def test_a_model_is_removed_and_brought_back(user: User, store: ScriptedStore) -> None:
    user.click("remove_sd15")
    read(user)
    assert user.sees("install_sd15") and not user.sees("use_sd15")
    user.click("notice_action")
    read(user)
    assert user.sees("use_sd15") and store.removed == []
    assert not user.sees("remove_starter") and not user.sees("verify_starter")


def test_filters_leave_what_fits_and_say_when_nothing_does(user: User) -> None:
    user.click("model_commercial")
    assert not user.sees("model_shy") and user.sees("model_starter")
    user.click("what_it_can_do_edit")
    assert user.sees("model_flux2-klein") and not user.sees("model_starter")
    user.click("what_it_can_do_blend")
    assert user.sees("model_kandinsky-2.2") and not user.sees("model_z-image-turbo")


def test_where_nothing_fits_that_is_said_with_a_way_out(user: User, store: ScriptedStore) -> None:
    store.entries, store.owned = (), store.owned[:1]
    user.studio.models.read_again()
    read(user)
    user.click("what_it_can_do_edit")
    assert "No model does all of that." in user.text("models_empty")
    user.click("models_again")
    assert user.sees("model_starter") and not user.sees("models_empty")


def test_a_catalogue_that_cannot_be_read_is_told_with_a_way_out(user: User, store: ScriptedStore) -> None:
    store.problem = EngineError("The list of models is damaged.", "Install the studio again.")
    user.studio.models.read_again()
    read(user)
    assert "The list of models is damaged. Install the studio again." in user.text("models_empty")
    store.problem = None
    user.click("models_again")
    read(user)
    assert not user.sees("models_empty")


def drop(page: QWidget, path: Path) -> None:
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(path))])
    copy, left, keys = Qt.DropAction.CopyAction, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    entering = QDragEnterEvent(QPoint(50, 50), copy, data, left, keys)
    page.dragEnterEvent(entering)
    assert entering.isAccepted()
    page.dropEvent(QDropEvent(QPointF(50, 50), copy, data, left, keys))


def test_a_dropped_file_is_looked_into_and_copied_under_a_name(user: User, store: ScriptedStore) -> None:
    drop(user.find("models_page", ModelsPage), Path("/somewhere/My Ink_v2.safetensors"))
    read(user)
    assert user.text("import_title") == "Ink"
    assert "LoRA for Stable Diffusion 1.5" in user.text("import_facts")
    assert user.text("import_name") == "my-ink-v2"
    user.find("import_licence").setFocus()
    user.type("CC-BY-4.0")
    user.click("business_use_yes")
    user.click("import_take")
    read(user)
    made = store.owned[-1]
    assert (made.name, made.licence) == ("my-ink-v2", Licence("CC-BY-4.0", Commercial.YES))
    assert not user.sees("import_card") and user.sees("model_my-ink-v2")


def test_what_is_no_model_is_refused_with_a_reason(user: User, store: ScriptedStore) -> None:
    store.found = UnreadableFile("old.ckpt is a pickle.", "Convert it to safetensors.")
    drop(user.find("models_page", ModelsPage), Path("/somewhere/old.ckpt"))
    read(user)
    assert user.text("import_facts") == "old.ckpt is a pickle. Convert it to safetensors."
    assert not user.sees("import_take")
    user.click("import_leave")
    assert not user.sees("import_card")


def test_a_model_in_a_file_is_asked_for_by_a_dialog(user: User, store: ScriptedStore, home: Path) -> None:
    store.found = Found(None, "stable-diffusion-xl", "Stable Diffusion XL checkpoint")
    path = home / "sdxl.safetensors"
    path.write_bytes(b"")
    user.answer_with(path)
    user.click("import_model_file")
    read(user)
    assert f"A model like Stable Diffusion XL, from {path}" in user.text("import_facts")
    user.click("import_leave")


def test_escape_leads_back_to_the_words(user: User) -> None:
    user.press("Esc")
    assert not user.sees("models_page")
    user.type("a cat")
    assert user.studio.composer.value.text == "a cat"
    user.press("Ctrl+Shift+M")
    assert user.sees("models_page")


def test_what_is_asked_for_meanwhile_is_seen(user: User) -> None:
    user.find("prompt").setFocus()
    user.type("a cat")
    user.press("Ctrl+Return")
    assert not user.sees("models_page")
    user.wait_for_pictures(4)


def test_everything_on_the_page_has_its_names(user: User) -> None:
    user.click("Install Shy")
    user.studio.models.install("z-image-turbo")
    user.studio.models.look_into(Path("/somewhere/ink.safetensors"))
    read(user)
    assert nameless(user) == []
    user.studio.models.importing.drop()
