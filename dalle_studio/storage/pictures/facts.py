"""What a picture's file says about itself: our recipe, or what other programs left in it."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

from dalle_studio.core.prompt import STYLES
from dalle_studio.core.recipe import Recipe
from dalle_studio.storage.header import Header, read_header
from dalle_studio.storage.pictures.foreign import read_foreign
from dalle_studio.storage.pictures.row import Facts
from dalle_studio.storage.pictures.values import number_of

OWN_ORIGIN = "Dalle Studio"
_MAX_S = 1e9


def read_facts(path: Path) -> Facts | None:
    """The facts in a file, without decoding its pixels. None where it is no picture this studio can open."""
    header = read_header(path)
    return None if header is None else facts_of(header)


def facts_of(header: Header) -> Facts:
    """The facts in a file whose header was read."""
    if header.recipe is not None:
        return _own_facts(header, header.recipe)
    foreign = read_foreign(header.path)
    return Facts(
        width_px=header.size.width_px,
        height_px=header.size.height_px,
        created=_written(header.modified_ns),
        modified_ns=header.modified_ns,
        length_bytes=header.length_bytes,
        origin=foreign.origin,
        prompt=foreign.prompt,
        negative_prompt=foreign.negative_prompt,
        model=foreign.model,
        seed=foreign.seed,
        steps=foreign.steps,
    )


def style_in(prompt: str) -> str:
    """The name of the style whose phrase ends a final prompt, the longest; empty where there is none."""
    phrases = ((phrase, s.name) for s in STYLES for phrase in (s.phrase, s.chinese_phrase))
    endings = [(phrase.removeprefix("{}"), name) for phrase, name in phrases]
    fitting = [(len(ending), name) for ending, name in endings if prompt.endswith(ending)]
    return max(fitting)[1] if fitting else ""


def _own_facts(header: Header, recipe: Recipe) -> Facts:
    # a recipe that was read need not be one that this program wrote
    sampling, elapsed_s = recipe.request.get("sampling", {}), recipe.provenance.elapsed_s
    return Facts(
        width_px=header.size.width_px,
        height_px=header.size.height_px,
        created=recipe.provenance.created,
        modified_ns=header.modified_ns,
        length_bytes=header.length_bytes,
        origin=OWN_ORIGIN,
        prompt=recipe.said,
        negative_prompt=sampling.get("negative_prompt", ""),
        verb=recipe.verb,
        model=recipe.request["model"],
        style=style_in(recipe.prompt),
        seed=number_of(recipe.seed),
        steps=number_of(sampling.get("steps"), bits=32),
        elapsed_s=float(min(elapsed_s, _MAX_S)) if elapsed_s >= 0 else 0.0,  # not a number is not either
        parents=recipe.parents,
        concerns=", ".join(str(each) for each in recipe.provenance.concerns),
    )


def _written(modified_ns: int) -> str:
    return datetime.fromtimestamp(modified_ns // 10**9, UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
