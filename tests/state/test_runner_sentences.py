"""What people read comes through the engine's process and thread as it was said."""

from __future__ import annotations

from dataclasses import replace

from pytestqt.qtbot import QtBot

from dalle_studio.core.event import Failed
from dalle_studio.core.model import Model
from dalle_studio.core.request import Generate, Sampling
from dalle_studio.core.sentence import Sentence
from dalle_studio.engine.local import LocalEngine
from dalle_studio.state.runner import Runner


def test_an_error_of_the_worker_arrives_as_a_sentence(qtbot: QtBot, starter: Model) -> None:
    model = replace(starter, abilities=frozenset())
    runner = Runner(LocalEngine(lambda _: model))
    with qtbot.waitSignal(runner.happened, timeout=60_000) as heard:
        runner.start(Generate(model="starter", prompt="a cat", sampling=Sampling(seed=1, count=1)))
    runner.close()
    _, event = heard.args or (0, None)
    assert isinstance(event, Failed)
    error = event.error
    assert error.message == "Starter model cannot create."
    assert isinstance(error.message, Sentence) and isinstance(error.remedy, Sentence)
