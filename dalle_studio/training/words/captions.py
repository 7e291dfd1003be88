"""Captions: what is said of a picture, in English or Chinese, as people write it; and their words."""

from __future__ import annotations

import re
from collections.abc import Iterator

import numpy as np

from dalle_studio.core.scene import Mention, Relation
from dalle_studio.training.art.concepts import THINGS, counted_zh, plural, with_article
from dalle_studio.training.draw.chance import chance, pick
from dalle_studio.training.draw.colours import QUIET_GROUNDS
from dalle_studio.training.places.built import BACKGROUNDS
from dalle_studio.training.styles.styles import STYLES
from dalle_studio.training.words import captions_en as english
from dalle_studio.training.words import captions_zh as chinese
from dalle_studio.training.words.scenes import ANIMATE, Plan

_CHINESE = 0.4
"""Share of captions that are Chinese."""
_HASTY = 0.15
"""Share of captions that only list what is shown, where and how."""
_FREE = re.compile(r"{}($|[,，])")
"""A template that takes a whole sentence, rather than a noun."""
_SHOPPING = re.compile("shopping|买菜|购物|买东西|逛超市")


def caption(plan: Plan, rng: np.random.Generator) -> str:
    """What is said of a picture."""
    in_chinese = chance(rng, _CHINESE)
    place = _place(plan, rng, in_chinese=in_chinese)
    if chance(rng, _HASTY) and not any(link.relation in _SPOKEN for link in plan.scene.links):
        return _hasty(plan, place, rng, in_chinese=in_chinese)
    language = chinese if in_chinese else english
    templates = plan.style.templates_zh if in_chinese else plan.style.templates
    if plan.style.name == "none" and chance(rng, 0.12):
        templates = language.UNSTYLED
    if in_chinese and plan.scene.links and chance(rng, 0.8):  # much before one 的 is hard to read
        templates = tuple(each for each in templates if _FREE.match(each)) or templates
    template = pick(rng, templates)
    nominal = not _FREE.match(template)
    return template.format(language.sentence(plan.scene, place, rng, nominal=nominal))


_SPOKEN = tuple(relation for relation in Relation if relation is not Relation.BESIDE)
"""Relations that a mere list would lose."""


def _place(plan: Plan, rng: np.random.Generator, *, in_chinese: bool) -> str:
    """The phrase for where it is, or nothing.

    Vivid grounds are mostly named. Otherwise a model learns that "a red car" may mean a red ground.
    """
    if plan.place is None:
        named = plan.style.shows_colours and chance(rng, 0.35 if plan.ground in QUIET_GROUNDS else 0.85)
        language = chinese if in_chinese else english
        return language.ground_phrase(plan.ground, rng) if named else ""
    phrases = plan.place.phrases_zh if in_chinese else plan.place.phrases
    alive = bool(plan.scene.mentions) and not plan.scene.links
    alive = alive and all(mention.thing.category in ANIMATE for mention in plan.scene.mentions)
    if not alive:
        phrases = tuple(each for each in phrases if not _SHOPPING.search(each))
    return phrases[0] if chance(rng, 0.3) else pick(rng, phrases)


def _hasty(plan: Plan, place: str, rng: np.random.Generator, *, in_chinese: bool) -> str:
    """Things, place and style as a list: "two pandas, red car, beach, pixel art"."""
    language = chinese if in_chinese else english
    parts = [_tag(mention, rng, in_chinese=in_chinese) for mention in plan.scene.mentions]
    if place:
        parts.append(language.place_tag(place))
    if plan.style.name != "none":
        parts.append(pick(rng, plan.style.words_zh if in_chinese else plan.style.words))
    if len(parts) > 1 and place and chance(rng, 0.3):
        parts = [parts[-1], *parts[:-1]]
    joint = pick(rng, ("，", "，", " ", "、")) if in_chinese else pick(rng, (", ", ", ", " "))
    return joint.join(parts)


def _tag(mention: Mention, rng: np.random.Generator, *, in_chinese: bool) -> str:
    return chinese.tag(mention, rng) if in_chinese else english.tag(mention, rng)


def phrases() -> Iterator[str]:
    """Everything that captions are made of, in both languages; templates with their braces left empty."""
    for thing in THINGS:
        for name in thing.names["en"]:
            yield from (name, with_article(name), plural(name))
        for name in thing.names["zh"]:
            yield from (name, counted_zh(name, 1, thing.name), counted_zh(name, 2, thing.name))
    for background in BACKGROUNDS:
        yield from (*background.phrases, *background.phrases_zh)
    for style in STYLES:
        yield from (*style.templates, *style.templates_zh, *style.words, *style.words_zh)
    yield from english.phrases()
    yield from chinese.phrases()
