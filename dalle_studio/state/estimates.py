"""What the primary button's pictures will cost: seconds and memory, learnt from what was made on this machine."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from dalle_studio.core.format import Size, find_format, fit_area
from dalle_studio.core.recipe import Recipe
from dalle_studio.state.background import Background
from dalle_studio.state.canvas import Canvas
from dalle_studio.state.composer import Composer
from dalle_studio.state.model_store import ModelStore
from dalle_studio.state.verbs import Due, Verb

if TYPE_CHECKING:
    from dalle_studio.storage.models.estimates import Estimate

_RECORDED = {Verb.FILL: "place"}
"""Verbs that recipes call otherwise."""


class Estimates(QObject):
    """Answers quickly: what was asked before is not looked up again until something was learnt.

    Signals:
        changed(): something was learnt.
    """

    changed = Signal()

    def __init__(self, store: ModelStore, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._store = store
        self._background = Background(self)
        self._known: dict[tuple[object, ...], Estimate | None] = {}

    def of(self, due: Due, composer: Composer, canvas: Canvas) -> Estimate | None:
        """For what the primary button would do; None where nothing like it was made here yet."""
        if not due.pictures:
            return None
        model, size, steps = composer.model, _size(due, composer, canvas), composer.steps
        verb = _RECORDED.get(due.verb, due.verb)
        key = (model.name, model.version, size, steps, due.pictures, verb)
        if key not in self._known:
            self._known[key] = self._store.estimate(model, size, steps, due.pictures, verb)
        return self._known[key]

    def learn(self, recipe: Recipe, count: int) -> None:
        """Remember what a finished request took that made so many pictures; `changed` tells when that is done."""
        self._background.do(lambda: self._store.learn(recipe, count), lambda _: self._forget())

    def finish(self) -> None:
        """Wait until everything is learnt."""
        self._background.finish()

    def _forget(self) -> None:
        self._known.clear()
        self.changed.emit()


def _size(due: Due, composer: Composer, canvas: Canvas) -> Size:
    picture = canvas.picture
    if due.verb is Verb.GENERATE or picture is None:
        return find_format(composer.value.format).size
    return canvas.frame or fit_area(picture.size)
