"""The catalogue: complete, honest about licences, and true to what the families' files are called."""

from __future__ import annotations

import pickle
import re
from pathlib import Path

import pytest

from dalle_studio.core.errors import DownloadFailed, InvalidRequest
from dalle_studio.core.model import SPEEDS, Ability, AddOnKind, Commercial
from dalle_studio.storage.models.catalogue import Entry, Source, catalogue, find_entry
from dalle_studio.storage.models.installed import BLEND_BY_ADD_ON, check_name
from dalle_studio.storage.models.selection import Remote, select

MODELS = [entry for entry in catalogue() if entry.kind is None]
ADD_ONS = [entry for entry in catalogue() if entry.kind]


def test_it_has_the_models_and_add_ons_of_the_day() -> None:
    assert {entry.family for entry in MODELS} == {
        "stable-diffusion",
        "stable-diffusion-xl",
        "kandinsky",
        "flux2",
        "z-image",
        "qwen-image",
    }
    pairs = {(entry.kind, entry.family) for entry in ADD_ONS}
    for family in BLEND_BY_ADD_ON:
        assert {
            (kind, family) for kind in (AddOnKind.IMAGE_PROMPT, AddOnKind.EDGES, AddOnKind.DEPTH)
        } <= pairs
    for kind in (AddOnKind.DEPTH_READER, AddOnKind.SAFETY, AddOnKind.UPSCALER, AddOnKind.SPEECH):
        assert (kind, "") in pairs
    assert len({entry.name for entry in catalogue()}) == len(catalogue())


@pytest.mark.parametrize("entry", catalogue(), ids=lambda entry: entry.name)
def test_an_entry_is_complete(entry: Entry) -> None:
    check_name(entry.name)
    assert entry.label and entry.summary.endswith(".") and entry.homepage.startswith("https://")
    assert entry.licence.name and entry.licence.url and entry.licence.terms.endswith(".")
    assert entry.size_bytes > 10_000_000 and entry.memory_bytes > 100_000_000
    assert all(re.fullmatch(r"[0-9a-f]{40}|main", source.revision) for source in entry.sources)
    assert pickle.loads(pickle.dumps(entry)) == entry  # it travels to the download's process


@pytest.mark.parametrize("entry", MODELS, ids=lambda entry: entry.name)
def test_a_model_says_how_it_is_run(entry: Entry) -> None:
    assert list(entry.steps) == list(SPEEDS) and 1 <= entry.guidance_scale <= 30
    assert list(entry.steps.values()) == sorted(entry.steps.values())
    assert entry.native_px % 16 == 0 and entry.abilities and entry.photographic
    if entry.family in BLEND_BY_ADD_ON:
        assert Ability.BLEND not in entry.abilities  # its add-on brings that


def test_what_could_not_be_confirmed_is_not_promised() -> None:
    free = {entry.licence.name for entry in catalogue() if entry.licence.commercial is Commercial.YES}
    assert free == {"Apache-2.0", "BSD-3-Clause", "MIT"}


def test_an_unknown_name_is_told() -> None:
    with pytest.raises(InvalidRequest, match="no model “dreamer”") as caught:
        find_entry("dreamer")
    assert "sdxl" in caught.value.remedy


ALL = Source("o/r", "main")


def chosen(*paths: str, source: Source = ALL) -> dict[str, str]:
    files = [Remote(path, 1, "git", "sha" if path.endswith(".safetensors") else "") for path in paths]
    return {here: remote.path for here, remote in select(files, source).items()}


def test_one_number_format_is_taken_under_the_plain_name() -> None:
    assert chosen(
        "unet/config.json",
        "unet/m.safetensors",
        "unet/m.fp16.safetensors",
        "unet/m.non_ema.safetensors",
        "vae/m.safetensors",
    ) == {
        "unet/config.json": "unet/config.json",
        "unet/m.safetensors": "unet/m.fp16.safetensors",
        "vae/m.safetensors": "vae/m.safetensors",
    }


def test_parts_are_taken_with_their_index_and_only_if_all_are_there() -> None:
    parts = ("t/m-00001-of-00002.safetensors", "t/m-00002-of-00002.safetensors")
    index = "t/m.safetensors.index.json"
    other = ("t/m.fp16-00001-of-00002.safetensors", "t/m.fp16-00002-of-00002.safetensors")
    assert set(chosen(*parts, index, *other, "t/m.safetensors.index.fp16.json")) == {*parts, index}
    assert set(chosen(*parts, index, "t/m.fp16.safetensors")) == {"t/m.safetensors"}
    with pytest.raises(DownloadFailed, match="lacks a part"):
        chosen(parts[0], index)


def test_copies_for_other_programs_stay_there() -> None:
    paths = (
        "model_index.json",
        "unet/m.safetensors",
        "whole.safetensors",
        ".gitattributes",
        "unet/m.onnx",
        "a.png",
    )
    assert set(chosen(*paths, "LICENSE.md")) == {"model_index.json", "unet/m.safetensors", "LICENSE.md"}


def test_a_source_says_what_goes_where() -> None:
    source = Source("o/r", "main", ("a.safetensors", "encoder/*"), under="models", into="sub")
    paths = ("models/a.safetensors", "models/b.safetensors", "models/encoder/c.json", "a.safetensors")
    assert chosen(*paths, source=source) == {
        "sub/a.safetensors": "models/a.safetensors",
        "sub/encoder/c.json": "models/encoder/c.json",
    }
    named = Source("o/r", "main", ("x_4step.safetensors",), into="unet", named="m.safetensors")
    assert chosen("x_4step.safetensors", source=named) == {"unet/m.safetensors": "x_4step.safetensors"}


def test_what_a_source_promises_must_be_there() -> None:
    with pytest.raises(DownloadFailed, match=r"has no b\.safetensors any more"):
        chosen("a.safetensors", source=Source("o/r", "main", ("a.safetensors", "b.safetensors")))
    with pytest.raises(DownloadFailed, match="no weights"):
        chosen("config.json")


@pytest.mark.parametrize(
    "path", ["u/../../a.safetensors", "a/../../b.safetensors", "/etc/a.safetensors", "C:/a.safetensors"]
)
def test_names_that_lead_out_are_refused(path: str) -> None:
    with pytest.raises(DownloadFailed, match="leads out"):
        chosen(path)


def test_a_damaged_list_of_files_cannot_lead_out(tmp_path: Path) -> None:
    from dalle_studio.storage.models.record import files_of

    file = {"path": "../../secret", "size_bytes": 1, "sha256": "0"}
    with pytest.raises(ValueError, match="leads out"):
        files_of({"files": [file]})
