"""The embedded recogniser with real speech."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pytest

from dalle_studio.core.errors import ModelUnusable
from dalle_studio.engine.speech import whisper
from dalle_studio.engine.speech.base import RATE_HZ
from dalle_studio.engine.speech.mel import log_mel
from dalle_studio.engine.speech.recording import read_recording
from dalle_studio.state.vocabulary import spoken_hint, vocabulary_of, written
from tests.models.whisper import CATS, build_whisper
from tests.takes import FLAMINGO, PENGUINS, ROBOT

VOCABULARY = vocabulary_of(None)


@pytest.fixture(scope="module")
def recogniser() -> whisper.Whisper:
    return whisper.load_embedded()


def said(recogniser: whisper.Whisper, *samples: np.ndarray) -> str:
    recogniser.start(spoken_hint(VOCABULARY), VOCABULARY.phrases)
    for each in samples:
        recogniser.feed(each)
    return written(recogniser.final()).lower()


@pytest.mark.parametrize(
    ("take", "sentence"),
    [
        (PENGUINS, "three penguins holding balloons in the snow"),
        (FLAMINGO, "a pink flamingo on the moon"),
        (ROBOT, "a robot reading a newspaper in a library"),
    ],
)
def test_what_was_said_is_understood(recogniser: whisper.Whisper, take: Path, sentence: str) -> None:
    assert said(recogniser, read_recording(take)[0]) == sentence


def test_more_than_the_model_hears_at_once_is_understood_in_pieces(recogniser: whisper.Whisper) -> None:
    penguins, robot = read_recording(PENGUINS)[0], read_recording(ROBOT)[0]
    pause = np.zeros(12 * RATE_HZ, np.int16)
    text = said(recogniser, penguins, pause, pause, robot)
    assert "three penguins" in text and "a robot reading a newspaper" in text


def test_an_utterance_does_not_know_the_one_before(recogniser: whisper.Whisper) -> None:
    said(recogniser, read_recording(PENGUINS)[0])
    assert said(recogniser, read_recording(FLAMINGO)[0]) == "a pink flamingo on the moon"


def test_a_spectrogram_shows_a_tone_where_it_is() -> None:
    tone = np.sin(2 * np.pi * 1000 * np.arange(RATE_HZ) / RATE_HZ).astype(np.float32)
    mel = log_mel(tone)
    assert mel.shape == (80, 100)
    assert set(mel[:, 10:90].argmax(axis=0)) == {26}  # 1 kHz is the 15th mel of 45.2 at 8 kHz, in 81 steps
    assert mel.max() - mel.min() == pytest.approx(2)  # eight decades, of which four are one


def test_other_weights_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(whisper, "_SHA256", "0" * 64)
    with pytest.raises(ModelUnusable, match="missing or damaged"):
        whisper.load_embedded()


def test_a_folder_without_a_model_is_told(tmp_path: Path) -> None:
    with pytest.raises(ModelUnusable, match="The recogniser “ears” is missing or damaged") as told:
        whisper.Whisper(tmp_path / "ears")
    assert "dalle-studio models install ears" in told.value.remedy


@pytest.fixture(scope="module")
def many(tmp_path_factory: pytest.TempPathFactory) -> whisper.Whisper:
    """A model for many languages, with random weights and 128 bands."""
    pytest.importorskip("torch")
    folder = tmp_path_factory.mktemp("ears")
    build_whisper(folder)
    return whisper.Whisper(folder)


@pytest.mark.parametrize("language", ["en", "zh"])
def test_a_model_for_many_languages_is_told_which_one_is_spoken(
    many: whisper.Whisper, monkeypatch: pytest.MonkeyPatch, language: str
) -> None:
    asked: list[dict[str, Any]] = []
    model = many._model

    class Spy:
        n_mels, is_multilingual = model.n_mels, model.is_multilingual

        def encode(self, features: Any) -> Any:
            assert features.shape[1] == 128
            return model.encode(features)

        def generate(self, encoded: Any, prompts: list[list[int]], **how: Any) -> Any:
            asked.append({"prompt": prompts[0], **how})
            return model.generate(encoded, prompts, **how)

    monkeypatch.setattr(many, "_model", Spy())
    many.start("一只", ("一只猫",), language)
    many.feed(read_recording(PENGUINS)[0])
    assert isinstance(many.partial(), str) and isinstance(many.final(), str)
    for each in asked:
        spelled = [many._tokenizer.id_to_token(number) for number in each["prompt"]]
        begins = spelled[spelled.index("<|startoftranscript|>") :]
        assert begins == [
            "<|startoftranscript|>",
            f"<|{language}|>",
            "<|transcribe|>",
            "<|notimestamps|>",
        ]
        assert spelled[0] == "<|startofprev|>"
        decoded = [many._tokenizer.decode([number]) for number in each["suppress_tokens"][1:]]
        assert decoded == ([CATS[1]] if language == "zh" else [])


def test_a_model_for_english_hears_english_whatever_is_wanted(recogniser: whisper.Whisper) -> None:
    recogniser.start("a pink flamingo.", (), "zh")
    recogniser.feed(read_recording(FLAMINGO)[0])
    assert "flamingo" in recogniser.final()


def test_a_spectrogram_of_more_bands_is_finer() -> None:
    tone = np.sin(2 * np.pi * 1000 * np.arange(RATE_HZ) / RATE_HZ).astype(np.float32)
    mel = log_mel(tone, 128)
    assert mel.shape == (128, 100) and set(mel[:, 10:90].argmax(axis=0)) <= {41, 42}
