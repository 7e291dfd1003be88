"""What the primary button would do now, and why not where it cannot."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from dalle_studio.core.errors import StudioError
from dalle_studio.state.canvas import Canvas
from dalle_studio.state.composer import Composer


class Verb(StrEnum):
    """What can be made from what is composed and what is on the canvas."""

    GENERATE = "generate"
    FILL = "fill"
    EXTEND = "extend"
    VARY = "vary"


@dataclass(frozen=True)
class Due:
    """What is due.

    Attributes:
        verb: what the primary button does.
        text: its name, such as "Fill 2 regions".
        hint: what will be made, or the sentence and remedy that say why nothing can be.
        is_possible: whether it can be pressed.
        pictures: how many will be made.
    """

    verb: Verb
    text: str
    hint: str
    is_possible: bool
    pictures: int


def due(composer: Composer, canvas: Canvas) -> Due:
    """A frame is to be extended into, painted regions are to be filled; a picture alone is to be varied."""
    verb = _verb(composer, canvas)
    styles, count = len(composer.value.styles), composer.value.count
    pictures = styles if verb is Verb.FILL and styles > 1 else count * max(1, styles)
    problem = _problem(verb, composer, canvas)
    if problem is not None:
        return Due(verb, _TEXTS[verb], str(problem), False, 0)
    regions = sum(region.box is not None for region in canvas.regions)
    text = f"Fill {regions} regions" if verb is Verb.FILL and regions > 1 else _TEXTS[verb]
    return Due(verb, text, _hint(verb, regions, styles, count), True, pictures)


_TEXTS = {Verb.GENERATE: "Generate", Verb.FILL: "Fill", Verb.EXTEND: "Extend", Verb.VARY: "Vary"}


def _verb(composer: Composer, canvas: Canvas) -> Verb:
    if canvas.picture is None:
        return Verb.GENERATE
    if canvas.frame is not None:
        return Verb.EXTEND
    if any(region.box for region in canvas.regions):
        return Verb.FILL
    return Verb.GENERATE if composer.value.sentence else Verb.VARY


def _problem(verb: Verb, composer: Composer, canvas: Canvas) -> StudioError | None:
    if verb is Verb.GENERATE or composer.value.sentence:
        return composer.problem
    painted = [region for region in canvas.regions if region.box]
    if verb is Verb.FILL and not all(region.prompt.strip() for region in painted):
        return composer.problem
    return None


def _hint(verb: Verb, regions: int, styles: int, count: int) -> str:
    parts = [f"{regions} regions"] if verb is Verb.FILL and regions > 1 else []
    if styles > 1:
        parts.append(f"{styles} styles")
    if not (verb is Verb.FILL and styles > 1):
        parts.append("1 picture" if count == 1 else f"{count} pictures")
    return " × ".join(parts)
