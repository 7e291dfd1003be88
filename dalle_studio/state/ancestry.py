"""What a picture shows, found among the pictures that it was made from."""

from __future__ import annotations

from dalle_studio.core.picture import Picture
from dalle_studio.core.recipe import Recipe
from dalle_studio.core.request import Intent
from dalle_studio.state.gallery import Gallery
from dalle_studio.storage.pictures.row import Row


def prompt_of_whole(picture: Picture, gallery: Gallery) -> str:
    """The prompt that is about the whole of a picture, or of what it was made from; empty where there is none."""
    recipe = picture.recipe
    while recipe is not None:
        prompt = _own_prompt(recipe)
        if prompt is not None:
            return prompt
        parents = gallery.parents(recipe)
        recipe = gallery.recipe(parents[0]) if parents and isinstance(parents[0], Row) else None
    return ""


def _own_prompt(recipe: Recipe) -> str | None:
    """None where the recipe's prompts are about parts of the picture only."""
    if recipe.verb == "upscale":
        return None
    regions = recipe.request.get("regions")
    if regions is None:
        return recipe.prompt
    return next((each["prompt"] for each in regions if each.get("intent", Intent.FILL) != Intent.FILL), None)
