"""What the worker tells people can still be translated when it arrives in the studio's own process."""

from __future__ import annotations

from dataclasses import replace

from dalle_studio.core.event import Failed, Finished, Loading
from dalle_studio.core.format import Size
from dalle_studio.core.model import Ability, Model
from dalle_studio.core.recipe import from_json
from dalle_studio.core.request import Generate, Sampling
from dalle_studio.core.sentence import Sentence
from dalle_studio.engine.local import LocalEngine
from tests.support import run

REQUEST = Generate(
    model="starter",
    prompt="a cat and a xylqzt",
    sampling=Sampling(seed=1, count=1, steps=2, precision="float32"),
    size=Size(64, 64),
)


def test_phases_notes_and_memory_are_sentences(tiny_starter: Model) -> None:
    engine = LocalEngine(lambda _: tiny_starter)
    events = run(engine, REQUEST)
    engine.unload()
    phases = [event.phase for event in events if isinstance(event, Loading)]
    assert "loading Tiny starter" in phases
    last = events[-1]
    assert isinstance(last, Finished)
    assert last.notes == ("This model does not know “xylqzt”; the rest of the prompt leads.",)
    recipe = last.pictures[0].recipe
    assert recipe is not None and "in main memory" in recipe.provenance.memory
    for told in (*phases, *last.notes, recipe.provenance.memory):
        assert isinstance(told, Sentence), told
    assert from_json(recipe.to_json()).provenance == recipe.provenance, "on disk it is plain text"


def test_an_error_of_the_worker_is_told_in_sentences(starter: Model) -> None:
    model = replace(starter, label="Kandinsky", abilities=frozenset({Ability.VARY}))
    engine = LocalEngine(lambda _: model)
    last = run(engine, REQUEST)[-1]
    engine.unload()
    assert isinstance(last, Failed)
    message = last.error.message
    assert message == "Kandinsky cannot create."
    assert isinstance(message, Sentence) and isinstance(last.error.remedy, Sentence)
    assert isinstance(message.values["needed"], Sentence)
