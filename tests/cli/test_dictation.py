"""A spoken prompt of the command line in Chinese: heard by what is installed, told as it stands in a prompt."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from dalle_studio import dictation
from dalle_studio.engine.speech.base import Listen, Said, SpeechEvent
from dalle_studio.session import Session
from dalle_studio.storage.models.importing import import_model
from dalle_studio.storage.models.installed import find_model
from tests.models.whisper import build_whisper


class Ear:
    """Hears one sentence, whatever is said."""

    def __init__(self) -> None:
        self.asked: Listen | None = None

    def listen(self, listen: Listen) -> None:
        self.asked = listen

    def wait(self, timeout_s: float) -> None:
        pass

    def cancel(self) -> None:
        pass

    def poll(self) -> tuple[SpeechEvent, ...]:
        return (Said("一只 猫，水彩画。", 2.0),)


@pytest.fixture
def ear(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[Ear]:
    pytest.importorskip("torch")
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))
    build_whisper(tmp_path / "ears")
    import_model(tmp_path / "ears", "ears")
    ear = Ear()
    monkeypatch.setattr(dictation, "Listener", lambda: ear)
    yield ear


def test_chinese_is_heard_by_what_is_installed(ear: Ear, tmp_path: Path) -> None:
    with Session(as_json=True) as session:
        prompt = dictation.said_prompt(session, find_model(), tmp_path / "take.wav", "zh")
    assert prompt == "一只猫，水彩画"
    assert ear.asked is not None and ear.asked.language == "zh"
    assert ear.asked.recogniser is not None and ear.asked.recogniser.name == "ears"
    assert "火烈鸟" in ear.asked.phrases
