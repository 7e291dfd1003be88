"""The models on this machine: the starter is there, and a damaged folder is told."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from dalle_studio.core.errors import CannotWrite, InvalidRequest, ModelUnusable
from dalle_studio.core.model import SPEEDS, Ability, Commercial, Licence
from dalle_studio.storage.models.installed import (
    STARTER,
    damaged,
    find_add_on,
    find_model,
    installed,
    partly_fetched,
    read_lexicon,
    read_model,
    remove,
    used_bytes,
)
from dalle_studio.storage.paths import resources_dir

ENTRY: dict[str, Any] = {
    "label": "Tiny",
    "version": "1",
    "family": "stable-diffusion",
    "abilities": ["create"],
    "native_px": 64,
    "steps": {"draft": 1, "standard": 2, "fine": 3},
    "guidance_scale": 3.5,
    "licence": {"name": "MIT", "commercial": "yes"},
}


def write(folder: Path, entry: str) -> Path:
    (folder / "studio.json").write_text(entry, encoding="utf-8")
    return folder


def test_the_starter_model_is_inside() -> None:
    model = find_model()
    assert model == find_model(STARTER)
    assert (model.name, model.folder) == ("starter", resources_dir() / "starter")
    assert (model.folder / "model_index.json").is_file()
    assert list(model.steps) == list(SPEEDS)
    assert model.label and model.version and model.licence


def test_another_model_is_not_here() -> None:
    with pytest.raises(InvalidRequest, match="no model called “dreamer” here") as caught:
        find_model("dreamer")
    assert "starter" in caught.value.remedy


def test_a_model_is_read_whole(tmp_path: Path) -> None:
    model = read_model("tiny", write(tmp_path, json.dumps(ENTRY)))
    expected = {**ENTRY, "name": "tiny", "folder": tmp_path, "add_ons": (), "size_bytes": 0}
    expected |= {"photographic": False, "reads": frozenset(("en",))}
    expected |= {"licence": Licence("MIT", Commercial.YES), "abilities": {Ability.CREATE}}
    assert {**vars(model), "steps": dict(model.steps)} == expected
    assert read_model("tiny", tmp_path) == model


@pytest.mark.parametrize("missing", ENTRY)
def test_a_missing_entry_is_told(tmp_path: Path, missing: str) -> None:
    entry = {key: value for key, value in ENTRY.items() if key != missing}
    with pytest.raises(ModelUnusable):
        read_model("tiny", write(tmp_path, json.dumps(entry)))


@pytest.mark.parametrize("entry", ["", json.dumps(ENTRY)[:-1], "[]", "7", json.dumps({**ENTRY, "steps": 4})])
def test_a_damaged_folder_is_told(tmp_path: Path, entry: str) -> None:
    with pytest.raises(ModelUnusable, match=r"The model “tiny” in .* cannot be read") as caught:
        read_model("tiny", write(tmp_path, entry))
    assert caught.value.remedy == "Install it again: dalle-studio models install tiny; or remove it."
    assert caught.value.details


def test_bytes_that_are_no_text_and_missing_folders_are_told(tmp_path: Path) -> None:
    (tmp_path / "studio.json").write_bytes(b"\xff\xfe\xff")
    with pytest.raises(ModelUnusable):
        read_model("tiny", tmp_path)
    with pytest.raises(ModelUnusable):
        read_model("tiny", tmp_path / "nowhere")


def test_the_starter_model_knows_words() -> None:
    lexicon = read_lexicon(find_model())
    assert lexicon is not None
    assert {"teddy bear", "flamingo"} <= {thing.name for thing in lexicon.things}


def test_a_model_may_have_no_list_of_words(tmp_path: Path) -> None:
    assert read_lexicon(read_model("tiny", write(tmp_path, json.dumps(ENTRY)))) is None


@pytest.mark.parametrize("words", ["", "[]", "{}", '{"things": 1}'])
def test_a_damaged_list_of_words_is_told(tmp_path: Path, words: str) -> None:
    (tmp_path / "lexicon.json").write_text(words, encoding="utf-8")
    with pytest.raises(ModelUnusable, match="The words of the model “tiny”") as caught:
        read_lexicon(read_model("tiny", write(tmp_path, json.dumps(ENTRY))))
    assert caught.value.details


def put(folder: Path, **changes: Any) -> Path:
    """Put a model or add-on into a folder of its own."""
    folder.mkdir(parents=True)
    (folder / "weights.bin").write_bytes(bytes(1000))
    return write(folder, json.dumps({**ENTRY, **changes}))


def test_everything_installed_is_listed_and_damage_hides_nothing(models: Path) -> None:
    put(models / "beta")
    put(models / "alpha")
    put(models / "add-ons/depth", kind="depth-reader", family="", file="")
    put(models / "add-ons/lost", kind="upscaler", family="", file="gone.safetensors")
    write(put(models / "broken"), "{")
    (models / ".incoming/half").mkdir(parents=True)
    (models / ".incoming/half/weights.part").write_bytes(bytes(77))
    assert [each.name for each in installed()] == ["starter", "alpha", "beta", "depth"]
    assert set(damaged()) == {"broken", "lost"} and partly_fetched() == {"half": 77}
    assert find_model("alpha").label == "Tiny" and find_add_on("depth").path == models / "add-ons/depth"
    with pytest.raises(ModelUnusable):
        find_model("broken")
    for name in ("depth", "half", "add-ons", ".incoming", "../models/alpha", ""):
        with pytest.raises(InvalidRequest):
            find_model(name)
    with pytest.raises(InvalidRequest, match="no add-on called “alpha”"):
        find_add_on("alpha")


def test_add_ons_go_with_their_family(models: Path) -> None:
    put(models / "sd", abilities=["create", "blend"], photographic=True)
    put(models / "other", family="flux2", abilities=["create", "blend"])
    put(models / "add-ons/edges", kind="edges", family="stable-diffusion", file="")
    put(models / "add-ons/check", kind="safety", family="", file="")
    assert [each.name for each in find_model("sd").add_ons] == ["check", "edges"]
    assert find_model("other").add_ons == find_model().add_ons == ()  # there is nothing to check
    assert find_model("sd").abilities == {Ability.CREATE, Ability.VARY}  # nothing here to blend with
    assert find_model("other").abilities == {Ability.CREATE, Ability.BLEND}
    put(models / "add-ons/pictures", kind="image-prompt", family="stable-diffusion", file="")
    assert Ability.BLEND in find_model("sd").abilities


def test_removing_frees_what_was_used(models: Path) -> None:
    folder = put(models / "sd")
    used = used_bytes("sd")
    assert used == 1000 + (folder / "studio.json").stat().st_size
    assert remove("sd") == used and not folder.exists()
    assert not list(models.iterdir())
    put(models / "add-ons/depth", kind="depth-reader", family="", file="")
    remove("depth")
    assert [each.name for each in installed()] == ["starter"]


def test_only_what_is_ours_is_removed(models: Path, tmp_path: Path) -> None:
    elsewhere = put(tmp_path / "elsewhere")
    models.mkdir(parents=True)
    (models / "linked").symlink_to(elsewhere)
    with pytest.raises(CannotWrite, match="a link to") as caught:
        remove("linked")
    assert "yourself" in caught.value.remedy and (elsewhere / "weights.bin").exists()
    folder = put(models / "mine")
    (folder / "inside").symlink_to(elsewhere)
    remove("mine")
    assert (elsewhere / "weights.bin").exists() and not folder.exists()
    for name in ("starter", "nothing", "..", "add-ons"):
        with pytest.raises(InvalidRequest):
            remove(name)
    assert find_model().folder.is_dir()
