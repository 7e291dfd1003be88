"""What models that edit are shown and told: pictures as references, and a sentence on what to make of them."""

from __future__ import annotations

from collections.abc import Iterator

from PIL import Image

from dalle_studio.engine.base import Pixels, Sample
from dalle_studio.engine.pipelines.large import alike, alone

VARIATION = "Draw another picture of the same things in the same style."
COMPLETION = "Complete the picture seamlessly."
LESS_THAN_HALF, MORE_THAN_HALF = 0.4, 0.6
"""Shares of the second picture between which a blend is an even one."""
MAX_ASPECT = 8
MIN_SIDE_PX = 64
"""What FLUX.2 takes at most, and at least."""


def instruction(sample: Sample) -> str:
    """The prompt; before it, for variations and blends, what is to become of the references."""
    if sample.image_prompts:
        task = VARIATION if len(sample.image_prompts) == 1 else _blend(sample.image_mix)
        return f"{task} {sample.prompt}".strip()
    if sample.masks is not None and not sample.prompt:
        return COMPLETION
    return sample.prompt


def _blend(share: float) -> str:
    if share < LESS_THAN_HALF:
        return "Draw picture 1 with something of the things and the style of picture 2."
    if share > MORE_THAN_HALF:
        return "Draw picture 2 with something of the things and the style of picture 1."
    return "Draw one picture that blends the things and the style of picture 1 and picture 2 evenly."


def references(sample: Sample) -> list[Image.Image]:
    """The pictures that the model is shown: those to edit or to vary, or what is around a mask.

    A batch is shown the same; see `shown_alike`.
    """
    if sample.references:
        shown = sample.references
    elif sample.image_prompts:
        shown = sample.image_prompts
    elif sample.masks is not None and sample.images is not None:
        shown = (sample.images[0],)
    else:
        shown = ()
    return [_presentable(pixels) for pixels in shown]


def shown_alike(sample: Sample) -> Iterator[Sample]:
    """The sample, whole where its `references` are the same for every picture, and else picture by picture."""
    differs = not (sample.references or sample.image_prompts) and sample.masks is not None
    if differs and sample.images is not None and not alike(sample.images):
        return alone(sample)
    return iter((sample,))


def _presentable(pixels: Pixels) -> Image.Image:
    """The middle of a picture that is too long, and a small one enlarged."""
    image = Image.fromarray(pixels)
    width, height = min(image.width, MAX_ASPECT * image.height), min(image.height, MAX_ASPECT * image.width)
    left, top = (image.width - width) // 2, (image.height - height) // 2
    image = image.crop((left, top, left + width, top + height))
    larger = MIN_SIDE_PX / min(image.size)
    if larger <= 1:
        return image
    size = (max(MIN_SIDE_PX, round(width * larger)), max(MIN_SIDE_PX, round(height * larger)))
    return image.resize(size, Image.Resampling.LANCZOS)
