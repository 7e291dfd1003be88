"""The prompt history on disk: it comes back as it was, and damage costs no more than what is damaged."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from dalle_studio.core.errors import CannotWrite
from dalle_studio.storage.prompts import Prompt, read_prompts, write_prompts

CAT: Prompt = {
    "text": "a cat",
    "who": (),
    "doing": ("on a beach",),
    "styles": ("oil",),
    "each_subject": False,
}
BEARS: Prompt = {"text": "熊", "who": ("a dog",), "doing": (), "styles": (), "each_subject": True}


def test_prompts_come_back_in_their_order(tmp_path: Path) -> None:
    path = tmp_path / "new folder" / "prompts.json"
    assert read_prompts(path) == []
    write_prompts(path, [CAT, BEARS])
    assert read_prompts(path) == [CAT, BEARS]


@pytest.mark.parametrize("text", ["", "[]", "{}", '{"prompts": 5}', '{"prompts": [[]', "\\ud800"])
def test_a_damaged_file_holds_nothing(tmp_path: Path, text: str) -> None:
    (tmp_path / "prompts.json").write_text(text)
    assert read_prompts(tmp_path / "prompts.json") == []


def test_of_damaged_prompts_only_they_are_lost(tmp_path: Path) -> None:
    path = tmp_path / "prompts.json"
    write_prompts(path, [CAT, BEARS])
    data = json.loads(path.read_text())
    data["prompts"][1:1] = ["a cat", {"text": 5}, {**CAT, "who": [1]}, {**CAT, "doing": "here"}, {}]
    path.write_text(json.dumps(data))
    assert read_prompts(path) == [CAT, BEARS]


def test_a_place_that_takes_no_file_is_told(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(CannotWrite):
        write_prompts(tmp_path / "file" / "prompts.json", [CAT])
