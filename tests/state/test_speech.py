"""Saying the prompt, without a window: what is heard, what is told, and where the words go."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QLocale
from pytestqt.qtbot import QtBot

from dalle_studio.core.errors import CannotHear
from dalle_studio.core.model import AddOn, AddOnKind, Model
from dalle_studio.engine.speech.base import Heard, Level, Listen, Opened, Said, SpeechEvent, Unheard
from dalle_studio.state.composer import Composer
from dalle_studio.state.hearing import Hearing
from dalle_studio.state.history import History
from dalle_studio.state.notices import Notices
from dalle_studio.state.preferences import Preferences
from dalle_studio.state.speech import Speech
from dalle_studio.state.spoken import expected
from tests.shelves import add_on


class ScriptedListener:
    """Hears what it is given."""

    def __init__(self) -> None:
        self.calls: list[str] = []
        self.asked: Listen | None = None
        self.prepared: Path | None = None
        self.events: list[SpeechEvent] = []

    def get_ready(self, recogniser: Path | None = None) -> None:
        self.calls.append("get_ready")
        self.prepared = recogniser

    def listen(self, listen: Listen) -> None:
        self.calls.append("listen")
        self.asked = listen

    def finish(self) -> None:
        self.calls.append("finish")

    def cancel(self) -> None:
        self.calls.append("cancel")

    def poll(self) -> tuple[SpeechEvent, ...]:
        events, self.events = tuple(self.events), []
        return events


@pytest.fixture
def listener() -> ScriptedListener:
    return ScriptedListener()


@pytest.fixture
def notices(qapp: object) -> Notices:
    return Notices()


@pytest.fixture
def installed() -> list[AddOn]:
    """The recognisers that are installed."""
    return []


@pytest.fixture
def hearing(notices: Notices, installed: list[AddOn], tmp_path: Path) -> Iterator[Hearing]:
    preferences = Preferences(tmp_path / "settings.json", notices)
    yield Hearing(preferences, lambda: tuple(installed))
    preferences.close()


@pytest.fixture
def speech(listener: ScriptedListener, notices: Notices, hearing: Hearing) -> Iterator[Speech]:
    speech = Speech(listener, notices, lambda language: expected(language, None), hearing)
    yield speech
    speech.close()


@pytest.fixture
def chinese_window() -> Iterator[None]:
    before = QLocale()
    QLocale.setDefault(QLocale("zh_CN"))
    yield
    QLocale.setDefault(before)


@pytest.fixture
def history(qapp: object) -> History:
    return History()


@pytest.fixture
def composer(starter: Model, history: History) -> Iterator[Composer]:
    composer = Composer(starter, None, history)
    yield composer
    composer.close()


def test_what_is_said_can_be_followed_and_comes_once(
    qtbot: QtBot, speech: Speech, listener: ScriptedListener
) -> None:
    speech.start()
    assert speech.listens and not speech.is_open
    assert listener.asked is not None and "a raccoon" in listener.asked.phrases and listener.asked.hint
    listener.events = [Opened(), Level(0.4), Heard("a pink")]
    qtbot.waitUntil(lambda: speech.text == "a pink")
    assert (speech.is_open, speech.level) == (True, 0.4)
    with qtbot.waitSignal(speech.said) as said:
        listener.events = [Said("A pink flamingo.", 2.0)]
    assert said.args == ["A pink flamingo."]
    assert (speech.listens, speech.is_open, speech.level, speech.text) == (False, False, 0.0, "")


def test_a_cancel_lets_go_of_the_microphone_and_says_nothing(
    qtbot: QtBot, speech: Speech, listener: ScriptedListener, notices: Notices
) -> None:
    speech.start()
    with qtbot.assertNotEmitted(speech.said):
        speech.cancel()
        listener.events = [Said("a late word", 1.0)]
        qtbot.wait(100)
    assert listener.calls == ["listen", "cancel"] and not speech.listens and notices.notices == ()


def test_what_went_wrong_is_a_notice(
    qtbot: QtBot, speech: Speech, listener: ScriptedListener, notices: Notices
) -> None:
    speech.start()
    listener.events = [Unheard(CannotHear("There is no microphone.", "Connect one."))]
    qtbot.waitUntil(lambda: not speech.listens)
    assert [(notice.text, notice.remedy) for notice in notices.notices] == [
        ("There is no microphone.", "Connect one.")
    ]


def test_who_speaks_too_long_is_told(
    qtbot: QtBot, speech: Speech, listener: ScriptedListener, notices: Notices
) -> None:
    speech.start()
    listener.events = [Said("on and on", 60.0, cut=True)]
    qtbot.waitUntil(lambda: not speech.listens)
    assert notices.notices[0].text == "Only the first 60 seconds were heard."


@pytest.mark.parametrize(
    ("text", "selected", "said", "result", "cursor"),
    [
        ("", (0, 0), "A red car.", "A red car", 9),
        ("a cat", (5, 5), "on a sofa.", "a cat on a sofa", 15),
        ("a cat , sepia", (6, 6), "and 2 dogs", "a cat and two dogs, sepia", 18),
        ("a on a sofa", (2, 2), "cat", "a cat on a sofa", 6),
        ("a dog on a sofa", (2, 5), "cat", "a cat on a sofa", 5),
        ("", (0, 0), "一只 猫 在 沙发 上。", "一只猫在沙发上", 7),
        ("一只猫", (3, 3), "戴着皇冠", "一只猫戴着皇冠", 7),
        ("一只，油画", (2, 2), "狗", "一只狗，油画", 3),
    ],
)
def test_words_land_where_the_cursor_is(
    composer: Composer,
    history: History,
    text: str,
    selected: tuple[int, int],
    said: str,
    result: str,
    cursor: int,
) -> None:
    composer.change(text=text)
    assert composer.dictate(said, *selected) == cursor
    assert composer.value.text == result
    history.undo()
    assert composer.value.text == text


def test_what_is_said_twice_is_undone_in_two_steps(composer: Composer, history: History) -> None:
    end = composer.dictate("a cat", 0, 0)
    composer.dictate("on a sofa", end, end)
    history.undo()
    assert composer.value.text == "a cat"


BASE = add_on("whisper-base", AddOnKind.SPEECH)
SMALL = add_on("whisper-small", AddOnKind.SPEECH)


def test_english_is_heard_by_what_is_built_in(
    speech: Speech, listener: ScriptedListener, installed: list[AddOn]
) -> None:
    installed.append(BASE)
    speech.start()
    assert listener.asked is not None
    assert (listener.asked.recogniser, listener.asked.language) == (None, "en")


@pytest.mark.usefixtures("chinese_window")
def test_in_a_chinese_window_the_best_recogniser_hears_chinese(
    speech: Speech, listener: ScriptedListener, installed: list[AddOn], notices: Notices
) -> None:
    installed += [SMALL, BASE]
    speech.get_ready()
    assert listener.prepared == SMALL.path
    speech.start()
    assert listener.asked is not None and notices.notices == ()
    assert (listener.asked.recogniser, listener.asked.language) == (SMALL.path, "zh")
    assert len(listener.asked.hint) > 50 and "一只熊猫" in listener.asked.phrases
    assert not any(letter.isascii() for letter in listener.asked.hint)


@pytest.mark.usefixtures("chinese_window")
def test_without_a_recogniser_for_chinese_that_is_told_once_and_english_is_heard_then(
    qtbot: QtBot, speech: Speech, listener: ScriptedListener, notices: Notices, installed: list[AddOn]
) -> None:
    speech.start()
    assert listener.calls == [] and not speech.listens
    (notice,) = notices.notices
    assert notice.text == "Only English is understood until a recogniser for Chinese is installed."
    assert "speak English" in notice.remedy
    with qtbot.waitSignal(speech.recogniser_wanted):
        notices.act(notice.number)
    speech.start()
    assert listener.asked is not None and listener.asked.language == "en" and "a" in listener.asked.hint
    speech.cancel()
    installed.append(BASE)
    speech.start()
    assert (listener.asked.recogniser, listener.asked.language) == (BASE.path, "zh")


def test_language_and_recogniser_can_be_chosen(hearing: Hearing, installed: list[AddOn]) -> None:
    installed += [SMALL, BASE]
    hearing.choose_recogniser("whisper-base")
    assert (hearing.ear().recogniser, hearing.ear().language) == (BASE, "en")
    hearing.choose_language("zh")
    assert (hearing.ear().recogniser, hearing.ear().language) == (BASE, "zh")
    hearing.choose_recogniser("")  # what is built in hears English alone
    assert (hearing.ear().recogniser, hearing.wanted) == (None, "en")
    hearing.choose_language("zh")
    hearing.choose_recogniser("whisper-base")
    installed.remove(BASE)  # it was taken away
    assert hearing.ear().recogniser == SMALL
