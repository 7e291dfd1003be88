"""What people want, as requests: pure functions from what is composed and what is on the canvas.

They raise InvalidRequest where that cannot be made. Of several styles each gets a request of its own.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np

from dalle_studio.core import request
from dalle_studio.core.errors import InvalidRequest
from dalle_studio.core.format import find_format, fit_area, fit_long_side
from dalle_studio.core.picture import Picture
from dalle_studio.core.prompt import find_style, styled
from dalle_studio.core.request import (
    Edit,
    Extend,
    Generate,
    Guide,
    Intent,
    Place,
    Request,
    Sampling,
    Upscale,
    Vary,
)
from dalle_studio.core.sentence import say
from dalle_studio.state.arrangement import Region
from dalle_studio.state.blend import Blend
from dalle_studio.state.canvas import Canvas
from dalle_studio.state.composer import Composer
from dalle_studio.state.composition import Composition, check_sheet
from dalle_studio.state.labels import beside, joined, numbered, of_style

UPSCALED_PX = 2048


@dataclass(frozen=True)
class Wanted:
    """Pictures that are wanted.

    Attributes:
        request: what makes them.
        title: what the job is called.
        label: what tells its pictures from those of its neighbours, such as a style; may be empty.
    """

    request: Request
    title: str
    label: str = ""

    @property
    def name(self) -> str:
        """Title and label in one, for a queue; what both say only once."""
        return joined(self.title, beside(self.title, self.label)) or say("A picture")

    @property
    def labels(self) -> tuple[str, ...]:
        """One for each picture: the label, with a number where there are several, or else its seed."""
        if isinstance(self.request, Upscale):
            return (str(self.request.size),)
        sampling = self.request.sampling
        seeds = range(sampling.seed, sampling.seed + sampling.count)
        if not self.label:
            return tuple(say("seed {seed}", seed=seed) for seed in seeds)
        return (self.label,) if len(seeds) == 1 else numbered(self.label, len(seeds))

    @property
    def aspect(self) -> float:
        """Width over height of its pictures."""
        wanted = self.request
        return (wanted.source.size if isinstance(wanted, Place) else wanted.size).aspect


def generate(model: str, value: Composition, sampling: Sampling, guide: Guide | None = None) -> list[Wanted]:
    """Pictures of the composed prompt; of a contact sheet, one of each subject in each style."""
    check_sheet(value)
    size = find_format(value.format).size
    if value.is_sheet:
        sampling = replace(sampling, count=1)
    titles = (sentence for _, sentence in value.sentences for _ in value.styles or ("",))
    return [
        Wanted(Generate(model=model, prompt=prompt, sampling=sampling, size=size, guide=guide), title, label)
        for (label, prompt), title in zip(value.final_prompts, titles, strict=True)
    ]


def fill(model: str, canvas: Canvas, value: Composition, sampling: Sampling, whole: str) -> list[Wanted]:
    """What becomes of the painted regions, as the canvas's intent says; of several styles, one picture each.

    Args:
        model: its name.
        canvas: has a picture.
        value: what is composed: of regions without a prompt of their own, and of a new background.
        sampling: how they are drawn.
        whole: what the whole picture shows, where that is known; where something is removed, that goes on.
    """
    assert canvas.picture is not None
    source, feather_px, intent = canvas.picture, canvas.feather_px, canvas.intent
    canvas.end_stroke()
    shows = whole or value.styled_prompts[0][1]
    regions = _places(canvas.regions, intent, shows if intent is Intent.REMOVE else value.sentence)
    styles = ("",) if intent is Intent.REMOVE else value.styles or ("",)
    if len(styles) > 1:
        sampling = replace(sampling, count=1)
    title = _fill_title(source, canvas.regions, intent, value.sentence)
    return [
        Wanted(
            Place(
                model=model,
                source=source,
                regions=tuple(_styled(region, style) for region in regions),
                sampling=sampling,
                feather_px=feather_px,
            ),
            title,
            of_style(style),
        )
        for style in styles
    ]


def vary(model: str, source: Picture, blend: Blend | None, value: Composition, sampling: Sampling) -> Wanted:
    """Variations of a picture, or of a blend, whose first picture it then is."""
    asked = Vary(
        model=model,
        source=source,
        sampling=sampling,
        size=fit_area(source.size),
        prompt=_prompt_of(blend.nearer if blend else source) or value.sentence,
        how_far=value.how_far,
        keep=value.keep,
        blend=blend and blend.second,
        mix=blend.mix if blend else 0.5,
    )
    if blend:
        first, second = name_of(source), name_of(blend.second)
        return Wanted(asked, say("Blends of {first} and {second}", first=first, second=second))
    return Wanted(asked, say("Variations of {picture}", picture=name_of(source)))


def extend(model: str, canvas: Canvas, value: Composition, sampling: Sampling) -> list[Wanted]:
    """The picture on the canvas, continued into its frame."""
    assert canvas.picture is not None and canvas.frame is not None
    picture, frame, feather_px = canvas.picture, canvas.frame, canvas.feather_px
    left_px, top_px = canvas.frame_offset
    return [
        Wanted(
            Extend(
                model=model,
                source=picture,
                sampling=sampling,
                size=frame,
                prompt=prompt or _prompt_of(picture),
                feather_px=feather_px,
                left_px=left_px,
                top_px=top_px,
            ),
            say("Extending {picture}", picture=name_of(picture)),
            style,
        )
        for style, prompt in value.styled_prompts
    ]


def guide(canvas: Canvas, composer: Composer) -> Guide | None:
    """What new pictures follow: the one on the canvas, where that was chosen and the model can."""
    if canvas.picture is None or composer.guide is None:
        return None
    return Guide(canvas.picture, composer.guide, composer.value.guide_weight)


def edit(
    model: str, source: Picture, references: tuple[Picture, ...], value: Composition, sampling: Sampling
) -> list[Wanted]:
    """The picture changed as the composed sentence says, for each style that is chosen."""
    return [
        Wanted(
            Edit(
                model=model,
                source=source,
                prompt=prompt,
                sampling=sampling,
                size=fit_area(source.size),
                references=references,
            ),
            value.sentence,
            style,
        )
        for style, prompt in value.styled_prompts
    ]


def upscale(model: str, source: Picture, upscaler: str = "") -> Wanted:
    """The picture twice as large, and at least `UPSCALED_PX` on its longer side."""
    size = fit_long_side(source.size, max(UPSCALED_PX, 2 * max(source.size.wh)))
    asked = Upscale(model=model, source=source, size=size, upscaler=upscaler)
    return Wanted(asked, say("Enlarging {picture}", picture=name_of(source)))


def name_of(picture: Picture) -> str:
    """What a picture is called in titles."""
    return Path(picture.name).stem or say("a picture")


def _places(regions: Iterable[Region], intent: Intent, prompt: str) -> tuple[request.Region, ...]:
    """The painted regions, or all around them. `prompt`: of those that have no own one, or may have none."""
    painted = [region for region in regions if region.box]
    if intent is Intent.BACKGROUND:
        free = 255 - np.maximum.reduce([region.mask for region in painted])
        if not free.any():
            raise InvalidRequest(
                say("The regions cover the whole picture: no background is left."),
                say("Paint only what is to stay."),
            )
        return (request.Region(prompt, free, intent),)
    return tuple(
        request.Region(
            prompt if intent is Intent.REMOVE else region.prompt.strip() or prompt, region.mask.copy(), intent
        )
        for region in painted
    )


def _fill_title(source: Picture, regions: Iterable[Region], intent: Intent, sentence: str) -> str:
    match intent:
        case Intent.REMOVE:
            return say("Removed from {picture}", picture=name_of(source))
        case Intent.BACKGROUND:
            return say("Behind {picture}: {prompt}", picture=name_of(source), prompt=sentence)
        case Intent.FILL:
            prompts = (region.prompt.strip() or sentence for region in regions if region.box)
            return "; ".join(dict.fromkeys(prompts))


def _styled(region: request.Region, style: str) -> request.Region:
    return replace(region, prompt=styled(region.prompt, find_style(style))) if style else region


def _prompt_of(picture: Picture) -> str:
    return picture.recipe.prompt if picture.recipe else ""
