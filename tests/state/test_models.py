"""The shelf of models: what is here, what can be had, what draws; downloads, checks, removal and import."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtTest import QSignalSpy
from pytestqt.qtbot import QtBot

from dalle_studio.core.errors import CannotWrite, EngineError, UnreadableFile
from dalle_studio.core.machine import Machine
from dalle_studio.core.model import Ability, AddOnKind, Commercial, Licence, Model
from dalle_studio.state.models import Models
from dalle_studio.state.notices import Level, Notices
from dalle_studio.state.preferences import Preferences
from dalle_studio.state.shelf import Doing, Fit, Item, Stage, fit_of
from dalle_studio.storage.models.catalogue import catalogue
from dalle_studio.storage.models.download import Checking, FailedDownload, Installed, Transfer
from dalle_studio.storage.models.estimates import Estimate
from dalle_studio.storage.settings import SettingsFile
from tests.shelves import GB, MACHINE, Found, ScriptedDownload, ScriptedStore, add_on, as_installed, model

OFFLINE = EngineError("The hub cannot be reached.", "Look after the network.")


class Desk:
    """Models over a scripted store, with what they tell."""

    def __init__(self, starter: Model, store: ScriptedStore, folder: Path) -> None:
        self.store, self.file = store, folder / "settings.json"
        self.notices = Notices()
        self.preferences = Preferences(self.file, self.notices)
        self.used: set[str] = set()
        self.models = Models(
            starter, None, store, self.preferences, self.notices, lambda name: name in self.used
        )

    @property
    def said(self) -> str:
        return self.notices.notices[-1].text

    def item(self, name: str) -> Item:
        item = self.models.item(name)
        assert item is not None
        return item

    def doing(self, name: str) -> Doing:
        doing = self.item(name).doing
        assert doing is not None
        return doing

    def open(self) -> None:
        self.models.open()
        self.models.finish()

    def fetch(self, name: str) -> ScriptedDownload:
        self.models.install(name)
        self.models.finish()
        return self.store.downloads[-1]

    def close(self) -> None:
        self.models.close()
        self.preferences.close()


MakeDesk = Callable[..., Desk]


@pytest.fixture
def make_desk(qapp: object, starter: Model, tmp_path: Path) -> Iterator[MakeDesk]:
    desks: list[Desk] = []

    def make(*owned: Model, folder: Path = tmp_path) -> Desk:
        desks.append(Desk(starter, ScriptedStore(owned), folder))
        return desks[-1]

    yield make
    for desk in desks:
        desk.close()


@pytest.fixture
def desk(make_desk: MakeDesk) -> Desk:
    return make_desk(as_installed("sd15"))


# --- what is on the shelf


def test_before_it_is_opened_only_the_starter_is_known(desk: Desk) -> None:
    assert [item.name for item in desk.models.value.items] == ["starter"]
    assert not desk.models.value.is_read


def test_what_is_installed_stands_before_what_can_be_had(desk: Desk) -> None:
    desk.open()
    names = [item.name for item in desk.models.value.items]
    assert names[:2] == ["starter", "sd15"]
    assert set(names) == {"starter", *(entry.name for entry in catalogue())}
    assert desk.item("sd15").owned and desk.item("sd15").entry
    assert desk.item("sdxl").owned is None


def test_a_filter_leaves_what_a_business_may_use_and_what_can_do_it(desk: Desk) -> None:
    desk.store.entries = tuple(
        entry for entry in catalogue() if entry.licence.commercial is not Commercial.NO
    )
    bad = add_on("bad", AddOnKind.LORA)
    desk.store.owned = (
        *desk.store.owned,
        model("toy", Ability.EDIT, licence=Licence("x", Commercial.NO)),
        bad,
    )
    desk.open()
    desk.models.show_only(ability=Ability.EDIT)
    assert {item.name for item in desk.models.value.shown(add_ons=False)} == {
        "toy",
        *(e.name for e in catalogue() if Ability.EDIT in e.abilities),
    }
    assert desk.models.value.shown(add_ons=True) == ()
    desk.models.show_only(ability=Ability.BLEND)
    kinds = {item.kind for item in desk.models.value.shown(add_ons=True)}
    assert kinds == {AddOnKind.IMAGE_PROMPT}  # it gives a model that ability
    desk.models.show_only(ability=Ability.EDIT)
    desk.models.show_only(commercial=True)
    assert "toy" not in {item.name for item in desk.models.value.shown(add_ons=False)}


def test_a_catalogue_that_cannot_be_read_is_told_and_read_again(desk: Desk) -> None:
    desk.store.problem = OFFLINE
    desk.open()
    assert desk.models.value.problem is OFFLINE
    assert desk.item("sd15").owned is not None  # what is here works all the same
    desk.store.problem = None
    desk.models.read_again()
    desk.models.finish()
    assert desk.models.value.problem is None and desk.models.item("sdxl") is not None


def test_seconds_are_what_a_picture_of_the_models_own_size_took(desk: Desk) -> None:
    desk.open()
    assert desk.models.seconds_per_picture("sd15") == 0
    desk.store.learnt = Estimate(2.5, 4 * GB)
    desk.models.refresh()
    desk.models.finish()
    assert desk.models.seconds_per_picture("sd15") == 2.5


# --- this machine


@pytest.mark.parametrize(
    ("needed_gb", "machine", "fit"),
    [
        (8, MACHINE, Fit.FITS),
        (11.5, MACHINE, Fit.OFFLOAD),  # pictures need some of the 12
        (40, MACHINE, Fit.TOO_LARGE),
        (11.5, Machine("mps", "Apple M3", 12 * GB, True), Fit.TOO_LARGE),  # there is no other memory
        (20, Machine("cpu", "", 0, True), Fit.FITS),
        (30, Machine("cpu", "", 0, True), Fit.TOO_LARGE),
        (8, None, Fit.UNKNOWN),
        (0, MACHINE, Fit.UNKNOWN),
    ],
)
def test_a_model_is_measured_against_the_machine(needed_gb: float, machine: Machine | None, fit: Fit) -> None:
    assert fit_of(round(needed_gb * GB), machine, 32 * GB) is fit


def test_a_problem_with_the_machine_is_told_once(desk: Desk) -> None:
    lost = Machine("cpu", "", 0, True, problem="Your graphics card is not supported by this build of torch.")
    desk.models.set_machine(lost)
    assert desk.said == lost.problem and desk.notices.notices[-1].level is Level.WARNING
    desk.notices.dismiss(desk.notices.notices[-1].number)
    desk.models.set_machine(Machine("cpu", "AMD", 0, True, problem=lost.problem))
    assert desk.notices.notices == ()


def test_the_engine_is_asked_until_it_tells_what_it_draws_on(desk: Desk, qtbot: QtBot) -> None:
    answers = [None, MACHINE]
    desk.models.watch(lambda: answers.pop(0))
    qtbot.waitUntil(lambda: desk.models.value.machine == MACHINE, timeout=5000)
    assert answers == []  # and not asked again: popping from it would fail


# --- what draws


def test_another_model_draws_from_now_on_and_after_the_next_start(make_desk: MakeDesk) -> None:
    desk = make_desk(as_installed("sd15"))
    desk.open()
    chosen = QSignalSpy(desk.models.chosen)
    desk.models.choose("sd15")
    assert desk.models.current.name == "sd15" and chosen.count() == 1
    desk.preferences.close()
    assert SettingsFile(desk.file).value.model == "sd15"
    later = make_desk(as_installed("sd15"))
    later.models.recall()
    assert later.models.current.name == "sd15"
    assert {each.name for each in later.models.value.models} == {"starter", "sd15"}


def test_a_model_that_is_gone_at_the_start_gives_way_to_the_starter(make_desk: MakeDesk) -> None:
    desk = make_desk()
    desk.preferences.change(model="sd15")
    desk.models.recall()
    assert desk.models.current.name == "starter"
    assert desk.said == "The model “sd15”, which drew last, cannot be used: Starter model draws now."
    assert desk.notices.notices[-1].remedy == "Install it again."
    assert desk.preferences.value.model == "starter"


def test_a_model_that_is_not_here_cannot_be_chosen(desk: Desk) -> None:
    desk.open()
    desk.models.choose("sdxl")
    assert desk.models.current.name == "starter" and "“sdxl”" in desk.said


def test_an_add_on_that_came_is_with_the_model_at_once(desk: Desk) -> None:
    desk.open()
    desk.models.choose("sd15")
    chosen = QSignalSpy(desk.models.chosen)
    desk.store.owned = (desk.store.owned[0], as_installed("sd15", add_on("ink", AddOnKind.LORA)))
    desk.models.refresh()
    desk.models.finish()
    assert [each.name for each in desk.models.add_ons(AddOnKind.LORA)] == ["ink"] and chosen.count() == 1


# --- downloads


def test_a_download_is_told_from_beginning_to_end(desk: Desk, qtbot: QtBot) -> None:
    desk.open()
    download = desk.fetch("sdxl")
    assert download.started == 1 and desk.doing("sdxl").stage is Stage.STARTING
    download.events = [Transfer(2 * GB, 7 * GB, 1e8, 50.0)]
    qtbot.waitUntil(lambda: desk.doing("sdxl").stage is Stage.DOWNLOADING)
    assert desk.doing("sdxl") == Doing(Stage.DOWNLOADING, 2 * GB, 7 * GB, 1e8, 50.0)
    download.events = [Checking("unet/model.safetensors")]
    qtbot.waitUntil(lambda: desk.doing("sdxl").stage is Stage.CHECKING)
    assert desk.doing("sdxl").remaining_s is None
    desk.store.owned = (*desk.store.owned, as_installed("sdxl"))
    download.events = [Installed("sdxl")]
    qtbot.waitUntil(lambda: desk.item("sdxl").owned is not None)
    assert desk.item("sdxl").doing is None and desk.said == "Stable Diffusion XL is installed."


def test_a_download_is_paused_and_goes_on(desk: Desk, qtbot: QtBot) -> None:
    desk.open()
    first = desk.fetch("sdxl")
    first.events = [Transfer(2 * GB, 7 * GB, 1e8, 50.0)]
    qtbot.waitUntil(lambda: desk.doing("sdxl").stage is Stage.DOWNLOADING)
    desk.models.installs.pause("sdxl")
    assert first.paused == 1 and desk.doing("sdxl") == Doing(Stage.PAUSED, 2 * GB, 7 * GB)
    second = desk.fetch("sdxl")
    assert second is not first and desk.doing("sdxl").bytes_done == 2 * GB  # the bar stays where it was
    desk.models.install("sdxl")
    desk.models.finish()
    assert len(desk.store.downloads) == 2  # one is under way
    desk.models.close()
    assert second.paused == 1


def test_a_failed_download_says_why_and_can_be_tried_again(desk: Desk, qtbot: QtBot) -> None:
    desk.open()
    desk.fetch("sdxl").events = [FailedDownload(OFFLINE)]
    qtbot.waitUntil(lambda: desk.doing("sdxl").stage is Stage.FAILED)
    assert desk.doing("sdxl").problem is OFFLINE
    desk.store.problem = CannotWrite("The disk is full.", "Free some space.")
    desk.models.install("sdxl")
    desk.models.finish()
    assert desk.doing("sdxl").problem is desk.store.problem
    desk.models.installs.forget("sdxl")
    assert desk.item("sdxl").doing is None


# --- checks and removal


def test_a_check_finds_what_is_damaged_and_a_repair_ends_that(desk: Desk, qtbot: QtBot) -> None:
    desk.open()
    desk.store.damaged = ("unet/model.safetensors",)
    desk.models.verify("sd15")
    assert desk.doing("sd15").stage is Stage.CHECKING
    desk.models.finish()
    assert desk.item("sd15").damaged == desk.store.damaged and desk.item("sd15").doing is None
    assert desk.said == "Of Stable Diffusion 1.5, 1 file is damaged."
    desk.fetch("sd15").events = [Installed("sd15")]
    qtbot.waitUntil(lambda: not desk.item("sd15").damaged)
    desk.store.damaged = ()
    desk.models.verify("sd15")
    desk.models.finish()
    assert desk.said == "Stable Diffusion 1.5 is whole."


def press(desk: Desk) -> None:
    desk.notices.act(desk.notices.notices[-1].number)


def test_what_is_removed_leaves_the_disk_when_its_notice_is_gone(desk: Desk, qtbot: QtBot) -> None:
    desk.open()
    desk.models.choose("sd15")
    desk.models.remove("sd15")
    desk.models.finish()
    assert desk.item("sd15").owned is None and desk.models.current.name == "starter"
    assert desk.store.removed == []
    removed = next(each for each in desk.notices.notices if each.action == "Undo")
    desk.notices.dismiss(removed.number)
    qtbot.waitUntil(lambda: desk.store.removed == ["sd15"])
    desk.models.finish()
    assert desk.item("sd15").owned is None and desk.item("sd15").entry is not None


def test_a_removal_can_be_undone(desk: Desk, qtbot: QtBot) -> None:
    desk.open()
    desk.models.remove("sd15")
    press(desk)
    desk.models.finish()
    qtbot.wait(20)  # what was queued would have come by now
    desk.models.finish()
    assert desk.item("sd15").owned is not None and desk.store.removed == []


def test_installing_what_is_just_being_removed_keeps_it(desk: Desk) -> None:
    desk.open()
    desk.models.remove("sd15")
    desk.models.finish()
    desk.models.install("sd15")
    desk.models.finish()
    assert desk.item("sd15").owned is not None and desk.store.downloads == []


def test_the_end_of_the_studio_ends_a_removal(desk: Desk) -> None:
    desk.open()
    desk.models.remove("sd15")
    desk.close()
    assert desk.store.removed == ["sd15"]


def test_what_draws_or_is_the_starter_cannot_be_removed(desk: Desk) -> None:
    desk.open()
    desk.used.add("sd15")
    desk.models.remove("sd15")
    assert desk.item("sd15").owned is not None and "has pictures to draw" in desk.said
    desk.models.remove("starter")
    desk.models.finish()
    assert desk.item("starter").owned is not None and desk.store.removed == []


def test_a_removal_that_fails_is_told_and_the_model_is_still_there(desk: Desk, qtbot: QtBot) -> None:
    desk.open()
    desk.models.remove("sd15")
    desk.store.problem = CannotWrite("It is in use.", "Close the other program.")
    desk.notices.dismiss(desk.notices.notices[-1].number)
    qtbot.waitUntil(lambda: bool(desk.notices.notices) and desk.said == "It is in use.")
    desk.models.finish()
    assert desk.item("sd15").owned is not None


# --- import


def test_what_a_file_is_is_told_before_it_is_copied(desk: Desk, tmp_path: Path) -> None:
    desk.open()
    importing = desk.models.importing
    desk.models.look_into(tmp_path / "ink.safetensors")
    assert importing.is_looking
    desk.models.finish()
    assert isinstance(importing.found, Found) and importing.found.label == "Ink"
    desk.models.take_in("ink", Licence("CC0-1.0", Commercial.YES))
    assert importing.share == 0
    desk.models.finish()
    assert importing.path is None and desk.said == "ink is imported."
    assert desk.item("ink").kind is AddOnKind.LORA and desk.item("ink").licence.name == "CC0-1.0"


def test_a_file_that_is_no_model_is_refused_with_a_reason(desk: Desk, tmp_path: Path) -> None:
    refused = UnreadableFile("This is a pickle.", "Convert it to safetensors.")
    desk.store.found = refused
    desk.models.look_into(tmp_path / "old.ckpt")
    desk.models.finish()
    assert desk.models.importing.problem is refused
    desk.models.importing.drop()
    assert desk.models.importing.path is None and desk.models.importing.problem is None


def test_a_copy_that_fails_can_be_tried_again(desk: Desk, tmp_path: Path) -> None:
    desk.models.look_into(tmp_path / "ink.safetensors")
    desk.models.finish()
    desk.store.problem = CannotWrite("The disk is full.", "Free some space.")
    desk.models.take_in("ink", Licence("x", Commercial.NO))
    desk.models.finish()
    importing = desk.models.importing
    assert importing.problem is desk.store.problem and importing.share is None and importing.found
    desk.store.problem = None
    desk.models.take_in("ink", Licence("x", Commercial.NO))
    desk.models.finish()
    assert desk.models.item("ink") is not None


# --- the hub's token


def test_the_token_is_kept_and_forgotten(desk: Desk) -> None:
    desk.open()
    assert desk.models.value.has_token is False
    desk.models.keep_token(" hf_secret ")
    desk.models.finish()
    assert desk.store.known == "hf_secret" and desk.models.value.has_token is True
    desk.models.keep_token("")
    desk.models.finish()
    assert desk.store.known is None and desk.models.value.has_token is False


def test_a_keyring_that_refuses_is_told(desk: Desk) -> None:
    desk.store.problem = CannotWrite("The keyring is locked.", "Unlock it.")
    desk.models.keep_token("hf_secret")
    desk.models.finish()
    assert desk.said == "The keyring is locked." and desk.models.value.has_token is None


def test_the_window_reads_of_models_without_loading_what_is_heavy(tmp_path: Path) -> None:
    code = (
        "import sys, pathlib, dalle_studio.app, dalle_studio.ui.models_page;"
        "from dalle_studio.state.model_store import ModelStore;"
        f"store = ModelStore(pathlib.Path({str(tmp_path)!r}));"
        "store.installed(); store.download(store.catalogue()[0]);"
        "print(*sys.modules)"
    )
    command = [sys.executable, "-c", code]
    loaded = subprocess.run(command, capture_output=True, text=True, check=True).stdout.split()
    assert "dalle_studio.storage.models.download" in loaded
    assert not {"torch", "diffusers", "transformers", "huggingface_hub"} & set(loaded)
