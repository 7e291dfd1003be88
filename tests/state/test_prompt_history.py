"""Earlier prompts come back, as in a shell, in this session and in the next."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtTest import QSignalSpy
from pytestqt.qtbot import QtBot

from dalle_studio.state.composer import MAX_PROMPTS, Composer
from dalle_studio.state.composition import Composition
from dalle_studio.state.history import History
from dalle_studio.storage.models.installed import find_model

MakeComposer = Callable[[], Composer]


@pytest.fixture
def history(qtbot: QtBot) -> History:
    return History()


@pytest.fixture
def make_composer(history: History) -> Iterator[MakeComposer]:
    composers: list[Composer] = []

    def make() -> Composer:
        composers.append(Composer(find_model(), None, history))
        return composers[-1]

    yield make
    for composer in composers:
        composer.close()


@pytest.fixture
def composer(make_composer: MakeComposer) -> Composer:
    return make_composer()


def remember(composer: Composer, *texts: str) -> None:
    for text in texts:
        composer.set_text(text)
        composer.remember()


def test_prompts_come_back_as_in_a_shell(composer: Composer) -> None:
    for text in ("a cat", "a dog", "a dog", "an owl"):
        composer.set_text(text)
        composer.remember()
    assert composer.prompt_history == ("a cat", "a dog", "an owl")
    composer.set_text("a dr")
    seen: list[str] = []
    for step in (-1, -1, -1, -1, 1, 1, 1, 1):
        composer.recall(step)
        seen.append(composer.value.text)
    assert seen == ["an owl", "a dog", "a cat", "a cat", "a dog", "an owl", "a dr", "a dr"]


def test_the_first_step_back_skips_what_is_there_already(composer: Composer) -> None:
    for text in ("a cat", "a dog"):
        composer.set_text(text)
        composer.remember()
    composer.recall(-1)
    assert composer.value.text == "a cat"


def test_an_edit_starts_the_walk_anew(composer: Composer) -> None:
    for text in ("a cat", "a dog"):
        composer.set_text(text)
        composer.remember()
    composer.recall(-1)
    composer.set_text("a cat!")
    composer.recall(-1)
    assert composer.value.text == "a dog"
    composer.recall(1)
    assert composer.value.text == "a cat!"


def test_a_prompt_comes_back_with_its_blocks_and_can_be_undone(composer: Composer, history: History) -> None:
    composer.change(text="Teddy bears", who=("a cat",), doing=("on a beach",), styles=("oil",))
    composer.remember()
    composer.clear()
    composer.change(format="banner")
    composer.recall(-1)
    assert composer.value == Composition(
        text="Teddy bears", who=("a cat",), doing=("on a beach",), styles=("oil",), format="banner"
    )
    history.undo()
    assert composer.value == Composition(format="banner")


def test_nothing_is_remembered_of_nothing_and_not_without_end(composer: Composer) -> None:
    composer.remember()
    composer.recall(-1)
    assert composer.prompt_history == ()
    for number in range(MAX_PROMPTS + 5):
        composer.set_text(f"{number} cats")
        composer.remember()
    assert len(composer.prompt_history) == MAX_PROMPTS
    assert composer.prompt_history[-1] == f"{MAX_PROMPTS + 4} cats"


def test_the_next_session_goes_on_with_the_prompts_of_the_last(
    make_composer: MakeComposer, tmp_path: Path, qtbot: QtBot
) -> None:
    path = tmp_path / "prompts.json"
    first = make_composer()
    first.keep_prompts_in(path)
    remember(first, "a cat", "a dog")
    first.close()

    second = make_composer()
    second.set_text("an owl")
    second.keep_prompts_in(path)
    qtbot.waitUntil(lambda: second.prompt_history == ("a cat", "a dog"))
    second.recall(-1)
    assert second.value.text == "a dog"
    second.change(text="a cat", who=("a bird",), styles=("oil",))
    second.remember()
    second.close()

    third = make_composer()
    third.keep_prompts_in(path)
    qtbot.waitUntil(lambda: third.prompt_history == ("a cat", "a dog", "a cat and a bird"))
    third.recall(-1)
    assert third.value == Composition(text="a cat", who=("a bird",), styles=("oil",))


def test_a_disk_that_keeps_nothing_is_told_and_costs_no_prompt(
    composer: Composer, tmp_path: Path, qtbot: QtBot
) -> None:
    (tmp_path / "file").write_text("")
    failed = QSignalSpy(composer.failed)
    composer.keep_prompts_in(tmp_path / "file" / "prompts.json")
    remember(composer, "a cat")
    qtbot.waitUntil(lambda: failed.count() == 1)
    assert composer.prompt_history == ("a cat",)
