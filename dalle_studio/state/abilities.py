"""What models can be asked for, in words, and why not where they cannot."""

from __future__ import annotations

from dalle_studio.core.errors import InvalidRequest
from dalle_studio.core.model import Ability, Model

CANNOT = {
    Ability.CREATE: "make pictures from words alone",
    Ability.PLACE: "place things in a picture",
    Ability.VARY: "make variations of a picture",
    Ability.BLEND: "blend two pictures",
    Ability.EXTEND: "continue a picture beyond its edges",
    Ability.EDIT: "change a picture as a sentence says",
}


def inability(model: Model, ability: Ability | None) -> InvalidRequest | None:
    """Why a model cannot be asked for something; None where it can."""
    if ability is None or ability in model.abilities:
        return None
    remedy = "Choose one that can, at the top of the window."
    if ability is Ability.CREATE and Ability.EDIT in model.abilities:
        remedy = "Open the picture that it is to change, or choose another model at the top of the window."
    return InvalidRequest(f"{model.label} cannot {CANNOT[ability]}.", remedy)


def check_ability(model: Model, ability: Ability | None) -> None:
    """Raises InvalidRequest where a model cannot be asked for something."""
    problem = inability(model, ability)
    if problem is not None:
        raise problem
