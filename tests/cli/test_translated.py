"""The command line with a model that reads only English: it prints what it sends."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest

from dalle_studio import session as sessions
from dalle_studio.core.model import Model
from dalle_studio.core.request import Generate, Sampling
from dalle_studio.session import Session, Task
from dalle_studio.storage.library import open_picture
from tests.scripted import QuietEngine


@pytest.fixture
def reads_english(starter: Model) -> Model:
    return replace(starter, reads=frozenset(("en",)))


@pytest.fixture(autouse=True)
def engine(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sessions, "LocalEngine", QuietEngine)


def asked(prompt: str) -> Task:
    return Task(Generate(model="starter", prompt=prompt, sampling=Sampling(seed=1, count=1)), "picture")


def test_what_is_sent_is_told_and_kept(
    tmp_path: Path, reads_english: Model, capsys: pytest.CaptureFixture[str]
) -> None:
    with Session(as_json=False) as session:
        (path,) = session.make([asked("一只齉齾骑着马，油画")], tmp_path, reads_english)
    told = " ".join(capsys.readouterr().err.split())
    assert "sent: a 齉齾 riding a horse, oil painting (for 一只齉齾骑着马，油画)" in told
    assert "Not in the glossary: “齉齾”. Write it in English, or choose a model that reads Chinese." in told
    with Session(as_json=False) as session:
        session.show(open_picture(path))
    shown = capsys.readouterr().out
    assert "一只齉齾骑着马，油画" in shown and "a 齉齾 riding a horse, oil painting" in shown


def test_machines_are_told_too(
    tmp_path: Path, reads_english: Model, capsys: pytest.CaptureFixture[str]
) -> None:
    with Session(as_json=True) as session:
        session.make([asked("一只猫"), asked("a cat")], tmp_path, reads_english)
    lines = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert [each for each in lines if each["event"] == "sent"] == [
        {"event": "sent", "said": "一只猫", "prompt": "a cat"}
    ]


def test_the_same_picture_again_is_asked_for_as_it_was_sent(tmp_path: Path, starter: Model) -> None:
    with Session(as_json=True) as session:
        (again,) = session.make([asked("一只猫")], tmp_path)
        (reads,) = session.make([asked("一只猫")], tmp_path, starter)
    for path in (again, reads):
        recipe = open_picture(path).recipe
        assert recipe is not None and recipe.prompt == "一只猫" and "said" not in recipe.request
