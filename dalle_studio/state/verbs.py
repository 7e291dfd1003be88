"""What the primary button would do now, and why not where it cannot."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from dalle_studio.core.errors import InvalidRequest, StudioError
from dalle_studio.core.model import Ability
from dalle_studio.core.request import Follow, Intent
from dalle_studio.core.sentence import joined, say
from dalle_studio.state.abilities import inability
from dalle_studio.state.canvas import Canvas
from dalle_studio.state.composer import Composer


class Verb(StrEnum):
    """What can be made from what is composed and what is on the canvas."""

    GENERATE = "generate"
    FILL = "fill"
    EXTEND = "extend"
    VARY = "vary"
    EDIT = "edit"


@dataclass(frozen=True)
class Due:
    """What is due.

    Attributes:
        verb: what the primary button does.
        text: its name, such as "Fill 2 regions".
        hint: what will be made, or the sentence and remedy that say why nothing can be.
        pictures: how many will be made.
        problem: why nothing can be made; None where it can.
    """

    verb: Verb
    text: str
    hint: str
    pictures: int
    problem: StudioError | None = None

    @property
    def is_possible(self) -> bool:
        """Whether it can be pressed."""
        return self.problem is None


def due(composer: Composer, canvas: Canvas, *, blends: bool = False) -> Due:
    """A frame is to be extended into, painted regions are to be filled; a picture alone is to be varied.

    With a model that edits, a sentence says what to change of the picture on the canvas, unless new pictures are
    to follow that one. `blends` says whether variations are of two pictures.
    """
    verb = _verb(composer, canvas)
    is_styled = verb is not Verb.VARY and not (verb is Verb.FILL and canvas.intent is Intent.REMOVE)
    styles = len(composer.value.styles) if is_styled else 0
    count = composer.value.count
    pictures = styles if verb is Verb.FILL and styles > 1 else count * max(1, styles)
    problem = inability(composer.model, _ability(verb, blends)) or _problem(verb, composer, canvas)
    if verb is Verb.GENERATE and composer.value.is_sheet and problem is None:
        return _sheet(composer)
    if problem is not None:
        why = say("{message} {remedy}", message=problem.message, remedy=problem.remedy)
        return Due(verb, _text(verb, canvas, blends), why, 0, problem)
    hint = _hint(verb, _places(canvas), styles, count)
    if verb is Verb.GENERATE and composer.guide is not None and canvas.picture is not None:
        hint = (
            say("{pictures}, with the edges of this one", pictures=hint)
            if composer.guide is Follow.EDGES
            else say("{pictures}, with the depth of this one", pictures=hint)
        )
    return Due(verb, _text(verb, canvas, blends), hint, pictures)


def _sheet(composer: Composer) -> Due:
    """One picture of each subject in each style."""
    subjects, styles = len(composer.value.subjects), len(composer.value.styles)
    parts = [say("{count} subjects", count=subjects)]
    parts += [say("{count} styles", count=styles)] * (styles > 1)
    return Due(Verb.GENERATE, _TEXTS[Verb.GENERATE], joined(parts, _TIMES), subjects * max(1, styles))


_TEXTS = {Verb.GENERATE: say("Generate"), Verb.EXTEND: say("Extend"), Verb.EDIT: say("Edit")}
_ABILITIES = {
    Verb.GENERATE: Ability.CREATE,
    Verb.FILL: Ability.PLACE,
    Verb.EXTEND: Ability.EXTEND,
    Verb.EDIT: Ability.EDIT,
}
_INTENTS = {
    Intent.FILL: say("Fill"),
    Intent.REMOVE: say("Remove"),
    Intent.BACKGROUND: say("Replace background"),
}
_TIMES = say(" × ")


def _text(verb: Verb, canvas: Canvas, blends: bool) -> str:
    if verb is Verb.VARY:
        return say("Blend") if blends else say("Vary")
    if verb is not Verb.FILL:
        return _TEXTS[verb]
    places = _places(canvas)
    if places < 2:
        return _INTENTS[canvas.intent]
    if canvas.intent is Intent.REMOVE:
        return say("Remove {count} regions", count=places)
    return say("Fill {count} regions", count=places)


def _places(canvas: Canvas) -> int:
    """How many places are to be painted: the regions, or all around them."""
    regions = sum(region.box is not None for region in canvas.regions)
    return min(1, regions) if canvas.intent is Intent.BACKGROUND else regions


def _verb(composer: Composer, canvas: Canvas) -> Verb:
    if canvas.picture is None:
        return Verb.GENERATE
    if canvas.frame is not None:
        return Verb.EXTEND
    if any(region.box for region in canvas.regions):
        return Verb.FILL
    edits = Ability.EDIT in composer.model.abilities
    if composer.value.sentence:
        return Verb.EDIT if edits and composer.guide is None else Verb.GENERATE
    return Verb.EDIT if edits and Ability.VARY not in composer.model.abilities else Verb.VARY


def _ability(verb: Verb, blends: bool) -> Ability:
    if verb is Verb.VARY:
        return Ability.BLEND if blends else Ability.VARY
    return _ABILITIES[verb]


def _problem(verb: Verb, composer: Composer, canvas: Canvas) -> StudioError | None:
    if verb is Verb.FILL and canvas.intent is Intent.REMOVE:
        return None
    if verb is Verb.EDIT and not composer.value.sentence:
        return InvalidRequest(say("Nothing says what to change."), say("Write it, such as “make it night”."))
    if verb is Verb.GENERATE or composer.value.sentence:
        return composer.problem
    if verb is Verb.FILL and canvas.intent is Intent.BACKGROUND:
        return composer.problem
    painted = [region for region in canvas.regions if region.box]
    if verb is Verb.FILL and not all(region.prompt.strip() for region in painted):
        return composer.problem
    return None


def _hint(verb: Verb, regions: int, styles: int, count: int) -> str:
    parts = [say("{count} regions", count=regions)] if verb is Verb.FILL and regions > 1 else []
    if styles > 1:
        parts.append(say("{count} styles", count=styles))
    if not (verb is Verb.FILL and styles > 1):
        parts.append(say("1 picture") if count == 1 else say("{count} pictures", count=count))
    return joined(parts, _TIMES)
