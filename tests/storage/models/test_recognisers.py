"""Recognisers of speech: fetched, paused, verified, repaired, imported and removed like other add-ons."""

from __future__ import annotations

import json
import pickle
import shutil
from pathlib import Path

import pytest

from dalle_studio.core.errors import DownloadFailed, UnreadableFile
from dalle_studio.core.model import AddOn, AddOnKind
from dalle_studio.storage.models.catalogue import Source, catalogue
from dalle_studio.storage.models.download import Download, Installed, Transfer
from dalle_studio.storage.models.importing import import_model
from dalle_studio.storage.models.inspection import inspect
from dalle_studio.storage.models.installed import (
    damaged,
    find_add_on,
    find_model,
    partly_fetched,
    recognisers,
    remove,
)
from dalle_studio.storage.models.selection import Remote, select
from dalle_studio.storage.models.verify import verify
from tests.hub import Hub
from tests.models.whisper import build_whisper
from tests.storage.models.shop import entry, followed

REPO = "studio/ears"
FILES = ("config.json", "model.bin", "tokenizer.json", "vocabulary.json")
EARS = entry(
    "ears", Source(REPO, "main", FILES), kind=AddOnKind.SPEECH, family="", abilities=frozenset(), steps={}
)


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    pytest.importorskip("torch")
    folder = tmp_path_factory.mktemp("ears") / "ears"
    build_whisper(folder)
    return folder


@pytest.fixture
def ears(built: Path, hub: Hub) -> Path:
    """A repository on the hub, with files that nobody needs."""
    folder = hub.folder / REPO
    shutil.copytree(built, folder)
    (folder / "README.md").write_text("ears")
    return folder


def test_one_is_fetched_listed_verified_repaired_and_removed(ears: Path, models: Path) -> None:
    assert followed(Download(EARS))[-1] == Installed("ears")
    found = find_add_on("ears")
    assert recognisers() == (found,) and found.kind is AddOnKind.SPEECH
    assert {each.name for each in found.path.iterdir()} == {*FILES, "studio.json"}
    assert verify("ears") == () and find_model().add_ons == ()

    (found.path / "model.bin").write_bytes(pickle.dumps("other"))
    assert verify("ears") == ("model.bin",) and recognisers() == () and set(damaged()) == {"ears"}
    assert followed(Download(EARS))[-1] == Installed("ears")
    assert verify("ears") == () and recognisers() == (found,)
    assert remove("ears") > 100_000 and recognisers() == ()


def test_a_paused_one_goes_on_where_it_stopped(ears: Path, hub: Hub) -> None:
    hub.faults.drip_bytes_per_s = 400_000
    download = Download(EARS)
    followed(download, until=lambda event: isinstance(event, Transfer) and event.bytes_done > 60_000)
    download.pause()
    assert partly_fetched()["ears"] > 50_000 and recognisers() == ()
    hub.faults.drip_bytes_per_s = None
    events = followed(download)
    first = next(event for event in events if isinstance(event, Transfer))
    assert events[-1] == Installed("ears") and first.bytes_done > 50_000


def test_the_largest_comes_first(built: Path, models: Path) -> None:
    for name in ("alpha", "beta"):
        import_model(built, name)
    with (models / "add-ons/beta/model.bin").open("ab") as file:
        file.write(bytes(10))
    assert [each.name for each in recognisers()] == ["beta", "alpha"]


def test_a_folder_of_the_user_s_is_imported_with_what_is_needed(built: Path, models: Path) -> None:
    (built / "notes.json").write_text("{}")
    assert inspect(built).kind is AddOnKind.SPEECH
    made = import_model(built, "mine")
    assert (made,) == recognisers() and isinstance(made, AddOn)
    assert {each.name for each in made.path.iterdir()} == {*FILES, "studio.json"}


def test_one_for_english_alone_is_refused(built: Path, tmp_path: Path) -> None:
    folder = shutil.copytree(built, tmp_path / "english")
    words = json.loads((folder / "vocabulary.json").read_text())
    (folder / "vocabulary.json").write_text(json.dumps([word or "nothing" for word in words]))
    with pytest.raises(UnreadableFile, match="English alone"):
        inspect(folder)


@pytest.mark.parametrize("pattern", ["*", "model.*", "pytorch_model.bin"])
def test_weights_of_that_kind_are_taken_only_by_their_name(pattern: str) -> None:
    name = "pytorch_model.bin" if "torch" in pattern else "model.bin"
    with pytest.raises(DownloadFailed, match="only as a pickle"):
        select([Remote("config.json", 1, "g"), Remote(name, 1, "g")], Source("o/r", "main", (pattern,)))


def test_the_catalogue_has_recognisers_that_are_pinned() -> None:
    entries = [each for each in catalogue() if each.kind is AddOnKind.SPEECH]
    assert [each.name for each in entries] == ["whisper-base", "whisper-small", "whisper-large-v3-turbo"]
    for each in entries:
        assert {"config.json", "model.bin", "tokenizer.json"} <= set(each.sources[0].include)
        assert len(each.sources[0].revision) == 40 and each.licence.name == "MIT"
