"""How each kind of request becomes pictures, whatever model draws them.

Every verb ends in the same act: a batch drawn at the model's own size, brought to the finished size.
Knows no torch and no model: only the `Family` protocol.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from dalle_studio.core.composite import composite
from dalle_studio.core.errors import OutOfMemory
from dalle_studio.core.format import Size, native_size
from dalle_studio.core.mask import Box, Mask, bounds, context_box, feather, grow
from dalle_studio.core.request import (
    Edit,
    Extend,
    Generate,
    Guide,
    Intent,
    Keep,
    Place,
    Region,
    Request,
    Sampling,
    Upscale,
    Vary,
    sources,
)
from dalle_studio.core.sentence import say
from dalle_studio.engine.base import Family, Pixels, Sample, Structure
from dalle_studio.engine.continuation import continued
from dalle_studio.engine.upscaler import Enlarger, Upscaler, cover, resize
from dalle_studio.engine.variation import Variations
from dalle_studio.engine.watch import Watch
from dalle_studio.engine.windows import mirrored, windows

NEAREST_STRENGTH = 0.15  # a variation that is “almost the same” ...
FARTHEST_STRENGTH = 0.95  # ... and one that keeps “only the idea”
CONTINUE_STRENGTH = 0.9
"""Where a picture goes on, beyond its edges or through a place that something is removed from."""
_REGION_SEED_STRIDE = 7919
LEAST_PX = 256
"""Side of the smallest square that is drawn where memory is short."""


@dataclass(frozen=True, eq=False)
class Made:
    """Finished pixels of every picture, the size the model worked at, and what brought them to theirs."""

    pictures: list[Pixels]
    native: Size | None
    upscaler: str


class _TooLarge(Exception):  # no picture of the family's own size fits, whatever way is taken
    pass


def make(request: Request, family: Family | None, watch: Watch, enlarger: Enlarger | None = None) -> Made:
    """Make all pictures of a request. Only Upscale does without a family.

    Where not even one picture fits, all are drawn smaller, now and as long as the family is loaded. Raises
    OutOfMemory where even that is too large.
    """
    while True:
        try:
            return _make(request, family, Upscaler(enlarger, watch), watch)
        except _TooLarge as error:
            assert family is not None
            smaller_px = family.native_px * 3 // 4 // family.multiple_px * family.multiple_px
            if smaller_px < LEAST_PX:
                raise OutOfMemory(
                    say("There is not enough memory for one picture."),
                    say("Close other programs or take a smaller model."),
                    str(error),
                ) from None
        family.native_px = smaller_px
        watch.start_over()


def _make(request: Request, family: Family | None, upscaler: Upscaler, watch: Watch) -> Made:
    if isinstance(request, Upscale):
        return _upscale(request, upscaler, watch)
    assert family is not None
    match request:
        case Generate():
            return _generate(request, family, upscaler, watch)
        case Vary():
            return _vary(request, family, upscaler, watch)
        case Place():
            return _place(request, family, upscaler, watch)
        case Extend():
            return _extend(request, family, upscaler, watch)
        case Edit():
            return _edit(request, family, upscaler, watch)


def _upscale(request: Upscale, upscaler: Upscaler, watch: Watch) -> Made:
    watch.expect(1)
    upscaler.expect(request.source.size, request.size)
    pixels = upscaler.resize(request.source.pixels, request.size)
    watch.step()
    return Made([pixels], None, upscaler.name)


def _generate(request: Generate, family: Family, upscaler: Upscaler, watch: Watch) -> Made:
    size = native_size(request.size.aspect, family.native_px, family.multiple_px)
    sample = replace(
        _sample(request.prompt, request.sampling, size), structure=_structure(request.guide, size)
    )
    return _drawn_in_full(sample, request.size, family, upscaler, watch)


def _structure(guide: Guide | None, size: Size) -> Structure | None:
    return guide and Structure(cover(guide.source.pixels, size), guide.follow, guide.weight)


def _edit(request: Edit, family: Family, upscaler: Upscaler, watch: Watch) -> Made:
    size = native_size(request.size.aspect, family.native_px, family.multiple_px)
    pictures = (request.source, *request.references)
    sample = replace(
        _sample(request.prompt, request.sampling, size),
        references=tuple(picture.pixels for picture in pictures),
    )
    return _drawn_in_full(sample, request.size, family, upscaler, watch)


def _drawn_in_full(sample: Sample, size: Size, family: Family, upscaler: Upscaler, watch: Watch) -> Made:
    _expect([sample], family, watch)
    upscaler.expect(sample.size, size, len(sample.seeds))
    drawn = _draw(sample, family, watch)
    return Made(upscaler.cover_all(drawn, size), sample.size, upscaler.name)


def _vary(request: Vary, family: Family, upscaler: Upscaler, watch: Watch) -> Made:
    size = native_size(request.size.aspect, family.native_px, family.multiple_px)
    sample = replace(
        _sample(request.prompt, request.sampling, size),
        places_things=False,
        strength=NEAREST_STRENGTH + (FARTHEST_STRENGTH - NEAREST_STRENGTH) * request.how_far**1.5,
        keep=request.keep,
        image_prompts=tuple(source.pixels for source in sources(request)),
        image_mix=request.mix,
    )
    _expect([sample], family, watch)
    _expect_detail(request, size, upscaler)
    variations = Variations(_mixed(request, request.size, upscaler), request.keep, request.how_far)
    starts = [variations.start(seed) for seed in sample.seeds]
    images, subject = np.stack([resize(start, size) for start in starts]), variations.subject
    masks = None if subject is None else _repeat(255 - resize(subject, size), len(starts))
    drawn = _draw(replace(sample, images=images, masks=masks), family, watch)
    pictures: list[Pixels] = []
    detail, share = None, variations.detail_share(size)
    for start, image, pixels in zip(starts, images, drawn, strict=True):
        if detail is None or detail.full is not start:  # where nothing is kept, all start from one
            detail = _Detail(start, _autoencoded(image, family, watch), upscaler)
        pictures.append(variations.finished(detail.given_back_to(pixels, share), start))
    return Made(pictures, size, upscaler.name)


def _expect_detail(request: Vary, native: Size, upscaler: Upscaler) -> None:
    count = request.sampling.count
    upscaler.expect(native, request.size, count + (1 if request.keep is Keep.FREE else count))
    for source in sources(request):
        upscaler.expect(source.size, request.size)


def _mixed(request: Vary, size: Size, upscaler: Upscaler) -> Pixels:
    start = upscaler.cover(request.source.pixels, size)
    if request.blend is None:
        return start
    other = upscaler.cover(request.blend.pixels, size).astype(np.float32)
    return (start + (other - start) * request.mix).round().astype(np.uint8)


class _Detail:
    """What a picture loses on its way through the autoencoder at the model's own size.

    A variation gets it back where it still shows the same thing, and nowhere else: by how little the variation
    differs there from the source that went the same way.
    """

    _SAME = 24.0  # grey levels of difference at which a third of the detail is left

    def __init__(self, full: Pixels, encoded: Pixels, upscaler: Upscaler) -> None:
        """`full`: (height, width, 3) at the finished size; `encoded`: the same, back from the autoencoder."""
        self.full = full
        self._size = Size(full.shape[1], full.shape[0])
        self._encoded = encoded
        self._upscaler = upscaler
        self._lost = full.astype(np.float32) - upscaler.cover(encoded, self._size)

    def given_back_to(self, drawn: Pixels, share: NDArray[np.float32]) -> Pixels:
        """The drawn picture at the finished size, with up to `share` of the lost detail, 0 to 1 for each pixel."""
        change = np.abs(drawn.astype(np.float32) - self._encoded).mean(axis=2)
        sameness = share * np.exp(-change / self._SAME)
        weight = cover((sameness * 255).round().astype(np.uint8), self._size).astype(np.float32) / 255
        pixels = self._upscaler.cover(drawn, self._size) + self._lost * weight[..., None]
        return np.clip(pixels, 0, 255).round().astype(np.uint8)


def _place(request: Place, family: Family, upscaler: Upscaler, watch: Watch) -> Made:
    def fill(number: int) -> _Fill:
        region = request.regions[number]
        return _Fill(
            prompt=region.prompt,
            mask=region.mask,
            blend=_feathered(region.mask, request.feather_px),
            box=_window(region, request.source.size, family),
            sampling=_with_seed(request.sampling, number),
            strength=CONTINUE_STRENGTH if region.intent is Intent.REMOVE else 1.0,
            intent=region.intent,
        )

    fills = [fill(number) for number in range(len(request.regions))]
    _expect_fills(fills, family, upscaler, watch)
    canvases = [request.source.pixels] * request.sampling.count
    for each in fills:
        canvases = _fill(canvases, each, family, upscaler, watch)
    return Made(canvases, _fill_sample(fills[0], family).size, upscaler.name)


def _window(region: Region, picture: Size, family: Family) -> Box:
    """What the model sees of a picture: all, where the prompt is about all of it."""
    box = bounds(region.mask)
    assert box is not None  # Region has seen to it
    if region.intent is not Intent.FILL and region.prompt:
        return Box(0, 0, *picture.wh)
    return context_box(box, picture, family.native_px)


def _feathered(mask: Mask, radius_px: float) -> Mask:
    """The mask feathered as far as at least half of it is left: a thin stroke must not vanish."""
    soft = feather(mask, radius_px)
    while radius_px > 0.5 and soft.sum(dtype=np.int64) < mask.sum(dtype=np.int64) / 2:
        radius_px /= 2
        soft = feather(mask, radius_px)
    return soft


def _extend(request: Extend, family: Family, upscaler: Upscaler, watch: Watch) -> Made:
    frame = request.size

    def fill(number: int, window: Box, known: Box) -> _Fill:
        mask = np.full((frame.height_px, frame.width_px), 255, np.uint8)
        mask[known.slices] = 0
        return _Fill(
            prompt=request.prompt,
            mask=mask,
            blend=feather(mask, request.feather_px),
            box=window,
            sampling=_with_seed(request.sampling, number),
            strength=CONTINUE_STRENGTH,
            intent=None,
        )

    steps = list(windows(request.known, frame))
    fills = [fill(number, window, known) for number, (window, known) in enumerate(steps)]
    _expect_fills(fills, family, upscaler, watch)
    canvases = [mirrored(request.source.pixels, request.known, frame)] * request.sampling.count
    for each, (_, known) in zip(fills, steps, strict=True):
        canvases = [mirrored(canvas[known.slices], known, frame) for canvas in canvases]
        canvases = _fill(canvases, each, family, upscaler, watch)
    return Made(canvases, _fill_sample(fills[0], family).size, upscaler.name)


@dataclass(frozen=True, kw_only=True, eq=False)
class _Fill:
    """Repaint `mask` inside `box`, blend the result in by `blend`. `intent`: None goes on from what is there."""

    prompt: str
    mask: Mask
    blend: Mask
    box: Box
    sampling: Sampling
    strength: float
    intent: Intent | None


def _fill(
    canvases: list[Pixels], fill: _Fill, family: Family, upscaler: Upscaler, watch: Watch
) -> list[Pixels]:
    sample = _fill_sample(fill, family)
    seen = [resize(canvas[fill.box.slices], sample.size) for canvas in canvases]
    if fill.intent is Intent.REMOVE and sample.masks is not None:
        seen = [continued(pixels, mask) for pixels, mask in zip(seen, sample.masks, strict=True)]
    sample = replace(sample, images=np.stack(seen))
    patches = (upscaler.resize(pixels, fill.box.size) for pixels in _draw(sample, family, watch))
    return [
        composite(canvas, patch, fill.box, fill.blend)
        for canvas, patch in zip(canvases, patches, strict=True)
    ]


def _fill_sample(fill: _Fill, family: Family) -> Sample:
    """The sample that draws a fill, its images left out."""
    size = native_size(fill.box.size.aspect, family.native_px, family.multiple_px)
    mask = grow(resize(fill.mask[fill.box.slices], size), family.multiple_px // 4)
    return replace(
        _sample(fill.prompt, fill.sampling, size),
        masks=_repeat(mask, fill.sampling.count),
        strength=fill.strength,
        places_things=fill.intent is Intent.FILL,
        makes_place=fill.intent is Intent.BACKGROUND,
    )


def _sample(prompt: str, sampling: Sampling, size: Size) -> Sample:
    return Sample(
        prompt=prompt,
        negative_prompt=sampling.negative_prompt,
        size=size,
        seeds=tuple(range(sampling.seed, sampling.seed + sampling.count)),
        steps=sampling.steps,
        guidance_scale=sampling.guidance_scale if prompt else 1.0,
        loras=sampling.loras,
    )


def _with_seed(sampling: Sampling, number: int) -> Sampling:
    """The same sampling with seeds of its own for region `number`, so that two regions never look alike."""
    return replace(sampling, seed=(sampling.seed + number * _REGION_SEED_STRIDE) % (2**32 - sampling.count))


def _repeat(pixels: Pixels, count: int) -> Pixels:
    return np.broadcast_to(pixels, (count, *pixels.shape))


def _expect(samples: list[Sample], family: Family, watch: Watch) -> None:
    """Tell the watch how many steps all these samples will take."""
    for sample in samples:
        batches = -(-len(sample.seeds) // family.batch_limit(sample.size))
        watch.expect(batches * family.steps_of(sample))


def _expect_fills(fills: list[_Fill], family: Family, upscaler: Upscaler, watch: Watch) -> None:
    samples = [_fill_sample(fill, family) for fill in fills]
    _expect(samples, family, watch)
    for fill, sample in zip(fills, samples, strict=True):
        upscaler.expect(sample.size, fill.box.size, len(sample.seeds))


def _draw(sample: Sample, family: Family, watch: Watch) -> list[Pixels]:
    """Draw every picture of the sample, in as few batches as memory allows."""
    drawn: list[Pixels] = []
    limit = family.batch_limit(sample.size)
    while left := len(sample.seeds) - len(drawn):
        batch = _part(sample, len(drawn), len(drawn) + min(left, limit))
        before = watch.steps_done
        try:
            drawn.extend(family.sample(batch, len(drawn), watch))
            continue
        except MemoryError as error:
            reason = str(error)  # the error itself holds on to what took the memory
        batches = -(-left // limit)
        limit = _after_shortage(len(batch.seeds), reason, family, watch)
        again = -(-left // limit) - batches
        watch.expect(watch.steps_done - before + again * family.steps_of(sample))
    return drawn


def _after_shortage(count: int, reason: str, family: Family, watch: Watch) -> int:
    """How many pictures to try at once after so many did not fit: half as many, or one with more room."""
    if count > 1:
        watch.note(say("Made in smaller batches: memory was short."))
        return (count + 1) // 2
    _make_room(reason, family, watch)
    return 1


def _make_room(reason: str, family: Family, watch: Watch) -> None:
    watch.check()
    note = family.make_room()
    if note is None:
        raise _TooLarge(reason)
    watch.note(note)


def _autoencoded(image: Pixels, family: Family, watch: Watch) -> Pixels:
    """One picture after a round trip through the autoencoder."""
    while True:
        try:
            return family.autoencode(image[None])[0]
        except MemoryError as error:
            reason = str(error)
        _make_room(reason, family, watch)


def _part(sample: Sample, start: int, end: int) -> Sample:
    return replace(
        sample,
        seeds=sample.seeds[start:end],
        images=None if sample.images is None else sample.images[start:end],
        masks=None if sample.masks is None else sample.masks[start:end],
    )
