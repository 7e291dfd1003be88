"""The models on this machine: the starter is there, and a damaged folder is told."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from dalle_studio.core.errors import InvalidRequest, ModelUnusable
from dalle_studio.core.model import SPEEDS, Ability, Commercial, Licence
from dalle_studio.storage.models.installed import STARTER, find_model, read_lexicon, read_model
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
