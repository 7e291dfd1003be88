"""Variations of a picture and blends of two, as the studio asks for them."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from dalle_studio.core.model import Model
from dalle_studio.core.request import Keep, Vary
from dalle_studio.state.studio import Studio
from dalle_studio.storage.library import save_picture
from tests.scripted import ScriptedEngine, asking, drawn, recorded

A, B = recorded(asking("a cat")), recorded(asking("a dog", seed=2))


@pytest.fixture
def engine() -> ScriptedEngine:
    return ScriptedEngine()


@pytest.fixture
def studio(qtbot: QtBot, engine: ScriptedEngine, starter: Model, tmp_path: Path) -> Iterator[Studio]:
    studio = Studio(engine, starter, None, tmp_path / "gallery")
    yield studio
    studio.close()


def asked(qtbot: QtBot, studio: Studio, engine: ScriptedEngine) -> Vary:
    """What the engine was asked last, when everything is made."""
    qtbot.waitUntil(lambda: not studio.jobs.jobs and bool(engine.requests))
    request = engine.requests[-1]
    assert isinstance(request, Vary)
    return request


def test_a_picture_is_varied_by_its_own_prompt_whatever_is_written(
    qtbot: QtBot, studio: Studio, engine: ScriptedEngine
) -> None:
    studio.show(A)
    studio.composer.set_text("a boat")
    studio.composer.change(how_far=0.8, keep=Keep.PALETTE)
    studio.vary()
    request = asked(qtbot, studio, engine)
    assert (request.source, request.blend, request.prompt, request.how_far) == (A, None, "a cat", 0.8)
    assert request.keep is Keep.PALETTE


@pytest.mark.parametrize(("mix", "prompt"), [(0.2, "a cat"), (0.5, "a cat"), (0.9, "a dog")])
def test_a_blend_is_of_both_and_reads_the_prompt_of_the_nearer(
    qtbot: QtBot, studio: Studio, engine: ScriptedEngine, mix: float, prompt: str
) -> None:
    studio.show(A)
    studio.blend_with(B)
    studio.set_mix(mix)
    assert studio.due.text == "Blend"
    studio.make()
    request = asked(qtbot, studio, engine)
    assert (request.source, request.blend, request.mix, request.prompt) == (A, B, mix, prompt)


def test_a_blend_stays_while_its_results_are_looked_at(
    qtbot: QtBot, studio: Studio, engine: ScriptedEngine
) -> None:
    studio.show(A)
    studio.blend_with(B)
    studio.vary()
    qtbot.waitUntil(lambda: studio.candidates.current is not None)
    assert studio.canvas.picture is not A
    assert studio.blend and (studio.blend.first, studio.blend.second) == (A, B)


def test_what_is_put_on_the_canvas_becomes_the_first_of_the_blend(studio: Studio) -> None:
    studio.show(A)
    studio.blend_with(B)
    studio.set_mix(0.7)
    other = drawn(3)
    studio.show(other)
    assert studio.blend and (studio.blend.first, studio.blend.second, studio.blend.mix) == (other, B, 0.7)


def test_a_candidate_is_varied_alone(qtbot: QtBot, studio: Studio, engine: ScriptedEngine) -> None:
    studio.show(A)
    studio.blend_with(B)
    studio.vary()
    qtbot.waitUntil(lambda: studio.candidates.current is not None)
    current = studio.candidates.current
    assert current and current.picture
    studio.vary_candidate(current.number)
    request = asked(qtbot, studio, engine)
    assert (request.source, request.blend) == (current.picture, None)


def test_the_mix_keeps_its_limits_and_a_blend_can_end(studio: Studio) -> None:
    studio.set_mix(0.3)
    assert studio.blend is None
    studio.show(A)
    studio.blend_with(B)
    for mix, kept in ((-1.0, 0.0), (4.0, 1.0)):
        studio.set_mix(mix)
        assert studio.blend and studio.blend.mix == kept
    studio.end_blend()
    assert studio.blend is None and studio.due.text == "Vary"


def test_a_file_is_blended_in_and_a_broken_one_is_told(studio: Studio, tmp_path: Path) -> None:
    studio.show(A)
    studio.blend_with_file(save_picture(B, tmp_path, "b"))
    studio.files.finish()
    assert studio.blend and studio.blend.second.sha256 == B.sha256
    broken = tmp_path / "broken.png"
    broken.write_bytes(b"no picture")
    before = studio.blend
    studio.blend_with_file(broken)
    studio.files.finish()
    assert studio.blend is before and studio.notices.notices


def test_without_a_picture_there_is_nothing_to_blend_with(studio: Studio) -> None:
    studio.blend_with(B)
    (notice,) = studio.notices.notices
    assert studio.blend is None and "no picture" in notice.text and notice.remedy
