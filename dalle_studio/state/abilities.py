"""What models can be asked for, in words, and why not where they cannot."""

from __future__ import annotations

from dalle_studio.core.errors import InvalidRequest
from dalle_studio.core.model import Ability, Model
from dalle_studio.core.sentence import Sentence, say

_CANNOT = {
    Ability.CREATE: say("{model} cannot make pictures from words alone."),
    Ability.PLACE: say("{model} cannot place things in a picture."),
    Ability.VARY: say("{model} cannot make variations of a picture."),
    Ability.BLEND: say("{model} cannot blend two pictures."),
    Ability.EXTEND: say("{model} cannot continue a picture beyond its edges."),
    Ability.EDIT: say("{model} cannot change a picture as a sentence says."),
}


def inability(model: Model, ability: Ability | None) -> InvalidRequest | None:
    """Why a model cannot be asked for something; None where it can."""
    if ability is None or ability in model.abilities:
        return None
    remedy = say("Choose one that can, at the top of the window.")
    if ability is Ability.CREATE and Ability.EDIT in model.abilities:
        remedy = say(
            "Open the picture that it is to change, or choose another model at the top of the window."
        )
    return InvalidRequest(Sentence(_CANNOT[ability], {"model": model.label}), remedy)


def check_ability(model: Model, ability: Ability | None) -> None:
    """Raises InvalidRequest where a model cannot be asked for something."""
    problem = inability(model, ability)
    if problem is not None:
        raise problem
