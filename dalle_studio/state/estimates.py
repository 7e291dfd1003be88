"""What the primary button's pictures will cost: seconds and memory, learnt from what was made on this machine."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dalle_studio.core.format import Size, find_format, fit_area
from dalle_studio.core.model import Model
from dalle_studio.state.canvas import Canvas
from dalle_studio.state.composer import Composer
from dalle_studio.state.model_store import ModelStore
from dalle_studio.state.verbs import Due, Verb

if TYPE_CHECKING:
    from dalle_studio.storage.models.estimates import Estimate


class Estimates:
    """Answers quickly: what was asked before is not looked up again until something was learnt."""

    def __init__(self, store: ModelStore) -> None:
        self._store = store
        self._known: dict[tuple[object, ...], Estimate | None] = {}

    def of(self, due: Due, composer: Composer, canvas: Canvas) -> Estimate | None:
        """For what the primary button would do; None where nothing like it was made here yet."""
        if not due.pictures:
            return None
        return self._look_up(composer.model, _size(due, composer, canvas), composer.steps, due.pictures)

    def forget(self) -> None:
        """Something was learnt: look everything up anew."""
        self._known.clear()

    def _look_up(self, model: Model, size: Size, steps: int, count: int) -> Estimate | None:
        key = (model.name, model.version, size, steps, count)
        if key not in self._known:
            self._known[key] = self._store.estimate(model, size, steps, count)
        return self._known[key]


def _size(due: Due, composer: Composer, canvas: Canvas) -> Size:
    picture = canvas.picture
    if due.verb is Verb.GENERATE or picture is None:
        return find_format(composer.value.format).size
    return canvas.frame or fit_area(picture.size)
