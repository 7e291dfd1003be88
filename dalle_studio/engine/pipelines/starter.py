"""The starter model: Stable Diffusion's parts and a T2I-Adapter that shows the denoiser a sketch of the prompt.

What is drawn, is drawn by the denoiser, from noise; the sketch tells it what the things look like and where they
go (see `sketch.py`). It draws at half the size first, as it learnt to, which decides light and masses, and then
draws that picture again at its own size, where a small thing has four times as many latents. When repainting it
also sees what is around the mask. For a variation the source is the sketch, and where the model has an image
encoder, the denoiser sees what that read (see `image_prompt.py`).
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np
import torch
import torch.nn.functional as F
from diffusers.models.adapter import T2IAdapter

from dalle_studio.core.format import Size
from dalle_studio.core.model import Model
from dalle_studio.core.request import Keep
from dalle_studio.engine.base import Pixels, Sample
from dalle_studio.engine.pipelines.backdrop import RGB, sweep
from dalle_studio.engine.pipelines.conditions import Conditions, adapted, pooled_palette
from dalle_studio.engine.pipelines.contours import contours
from dalle_studio.engine.pipelines.image_prompt import PictureReader
from dalle_studio.engine.pipelines.kernels import set_up
from dalle_studio.engine.pipelines.opening import opened
from dalle_studio.engine.pipelines.sketch import Sketch, Sketcher
from dalle_studio.engine.pipelines.stable_diffusion import StableDiffusion
from dalle_studio.engine.upscaler import resize
from dalle_studio.engine.variation import cropped
from dalle_studio.engine.watch import Watch

REDRAWN = 0.8
"""How far the small picture is thrown back to noise before it is drawn again at its own size."""
STYLE_GUIDANCE = 3.0
"""Guidance of the second drawing in a style whose dabs or grain are finer than the first one shows."""
GOES_ON = 0.5
"""How far a picture that goes on beyond its side is thrown back to noise: what it starts from fits already."""
FINE_PALETTE, MIDDLE_PALETTE, COARSE_PALETTE = 16, 8, 4
"""Cells in which a variation keeps its source's colours, from close to far."""
REFRAMED_FROM = 0.6
"""The strength from which on variations are cropped differently, where they are to keep nothing."""


@dataclass(frozen=True, kw_only=True, eq=False)
class _Redraw(Sample):
    """The second drawing: starts from the small picture enlarged, and is shown what the wanted sample asks for."""

    wanted: Sample


@dataclass(frozen=True, kw_only=True, eq=False)
class _Half(Sample):
    """The first drawing, at half the size of the wanted sample."""

    wanted: Sample


def load(model: Model, precision: str, cache: Path | None, watch: Watch) -> Starter:
    """Load the starter's folder. Raises ModelUnusable where it is missing or damaged."""
    return opened(model, lambda: Starter(model, precision, cache, watch))


class Starter(StableDiffusion):
    """A loaded starter model; keeps the `Family` protocol."""

    weighs_words = False  # it reads prompts its own way

    def __init__(self, model: Model, precision: str, cache: Path | None, watch: Watch) -> None:
        """Load the folder `model.folder`."""
        super().__init__(model, precision, cache, watch)
        adapter: Any = T2IAdapter.from_pretrained(str(model.folder / "adapter"), local_files_only=True)
        self._adapter = self._precision.apply(adapter.to(self.device)).eval()
        set_up(self._adapter, self._precision, self.device)
        self._sketcher = Sketcher(model.folder)
        readable = PictureReader.is_in(model.folder)
        self._reader = PictureReader(model.folder, self.device) if readable else None
        self.multiple_px *= 2  # half of it must do, too

    def steps_of(self, sample: Sample) -> int:
        """See `Family.steps_of`: those of both drawings."""
        if self._goes_on(sample):
            sample = replace(sample, strength=GOES_ON)
        if sample.strength <= REDRAWN:
            return sample.steps_to_walk
        return sample.steps_to_walk + replace(sample, strength=REDRAWN).steps_to_walk

    def sample(self, sample: Sample, first_index: int, watch: Watch) -> Pixels:
        """Draw the batch small, and then again; what is to stay near its source is drawn once."""
        sample = self._going_on(sample) if self._goes_on(sample) else _reframed(sample)
        if sample.strength <= REDRAWN:
            return super().sample(sample, first_index, watch)
        small = super().sample(_halved(sample), first_index, watch)
        guided = (
            sample.images is None and sample.guidance_scale > 1 and self._sketcher.is_textured(sample.prompt)
        )
        again = _redraw(sample, small, STYLE_GUIDANCE if guided else 1.0)
        return super().sample(again, first_index, watch)

    def _goes_on(self, sample: Sample) -> bool:
        """Whether pictures are to go on beyond one of their sides, through a place that is known."""
        if sample.masks is None or sample.places_things or sample.makes_place:
            return False
        return self._sketcher.can_go_on(sample.prompt, sample.masks[0])

    def _going_on(self, sample: Sample) -> Sample:
        """The same, started from the sketches in which its pictures go on."""
        assert sample.images is not None
        assert sample.masks is not None
        sketches = [self._sketch(sample, number).pixels for number in range(len(sample.seeds))]
        starts = np.where(np.array(sample.masks)[..., None] > 0, np.stack(sketches), sample.images)
        return replace(sample, images=starts, strength=GOES_ON)

    def _denoise(self, sample: Sample, first_index: int, watch: Watch) -> torch.Tensor:
        for note in self._sketcher.notes(sample.prompt):
            watch.note(note)
        stacked = self._conditions(sample).stack()
        # one at a time: same bits
        shown = [self._adapter(self._precision.lay(each[None])) for each in stacked]
        features = [torch.cat(level) for level in zip(*shown, strict=True)]
        said = replace(sample, prompt=self._sketcher.as_captions_say(sample.prompt))
        with adapted(self._create.unet, features):
            return super()._denoise(said, first_index, watch)

    def _conditions(self, sample: Sample) -> Conditions:
        """What the adapter is shown for each picture of the batch."""
        if isinstance(sample, _Redraw):
            sample = sample.wanted
        rows, columns = (side // self._reduction for side in (sample.size.height_px, sample.size.width_px))
        channels, dtype = self._create.unet.config.in_channels, self._create.unet.dtype
        blank = torch.zeros(len(sample.seeds), channels, rows, columns, device=self.device, dtype=dtype)
        conditions = Conditions.none(blank)
        if sample.keep is Keep.SUBJECT:
            self._show(conditions, np.array(sample.images))
            conditions.coverage = torch.ones_like(conditions.coverage)
        elif sample.places_things or sample.masks is not None:
            self._add_sketches(conditions, sample)
        if sample.images is not None:
            self._add_source(conditions, sample, self._to_tensor(sample.images))
        return conditions

    def _add_sketches(self, conditions: Conditions, sample: Sample) -> None:
        sketches = [self._sketch(sample, number) for number in range(len(sample.seeds))]
        self._show(conditions, np.stack([sketch.pixels for sketch in sketches]))
        conditions.coverage = torch.cat([self._cells(sketch) for sketch in sketches])
        for number, sketch in enumerate(sketches):
            if sketch.backdrop is not None:
                self._add_backdrop(conditions, number, sketch.backdrop)

    @staticmethod
    def _add_backdrop(conditions: Conditions, number: int, colour: RGB) -> None:
        """The colours of a plain ground, around what is sketched of picture `number`."""
        bare = 1 - conditions.coverage[number : number + 1]
        colours = (
            torch.from_numpy(sweep(colour, *bare.shape[-2:])).permute(2, 0, 1)[None].to(bare) / 127.5 - 1
        )
        conditions.palette[number] = pooled_palette(colours, COARSE_PALETTE, bare)[0]
        conditions.palette_mask[number] = bare[0]

    def _sketch(self, sample: Sample, number: int) -> Sketch:
        """Of picture `number`: things where they belong, or what may continue a picture."""
        seed = sample.seeds[number]
        if sample.images is None or sample.masks is None:
            return self._sketcher.draw(sample.prompt, sample.size, seed)
        if sample.makes_place:
            return self._sketcher.draw_behind(sample.prompt, sample.size, seed)
        if sample.places_things:
            return self._placed(sample, number)
        return self._sketcher.draw_around(sample.prompt, seed, sample.images[number], sample.masks[number])

    def _placed(self, sample: Sample, number: int) -> Sketch:
        """Things in the mask of picture `number`, fitted at the wanted size, so that both drawings agree."""
        whole = sample.wanted if isinstance(sample, _Half) else sample
        assert whole.images is not None
        assert whole.masks is not None
        sketch = self._sketcher.draw_into(
            whole.prompt, whole.seeds[number], whole.images[number], whole.masks[number]
        )
        return sketch if whole is sample else sketch.resized(sample.size)

    def _show(self, conditions: Conditions, sketches: Pixels) -> None:
        """Show sketches, uint8 (batch, height, width, 3), and their contours."""
        lines = np.stack([contours(sketch) for sketch in sketches])
        conditions.sketch, conditions.contours = (
            self._encode_each(self._to_tensor(pixels)) for pixels in (sketches, lines)
        )

    def _cells(self, sketch: Sketch) -> torch.Tensor:
        coverage = torch.from_numpy(sketch.coverage.astype(np.float32) / 255)[None, None]
        return F.avg_pool2d(coverage, self._reduction).to(self.device, self._create.unet.dtype)

    def _add_source(self, conditions: Conditions, sample: Sample, images: torch.Tensor) -> None:
        """What is known around the mask; a picture without mask is its variations' sketch and palette."""
        if sample.masks is None:
            self._show(conditions, np.array(sample.images))
            conditions.coverage = torch.ones_like(conditions.coverage)
            conditions.palette_mask = torch.ones_like(conditions.palette_mask)
            colours = F.avg_pool2d(images, self._reduction)
            cells = self._palette_cells(sample.strength)
            conditions.palette = pooled_palette(colours, cells, conditions.palette_mask)
            return
        masks = torch.from_numpy((np.array(sample.masks) > 0).astype(np.float32))[:, None]
        hole = F.max_pool2d(masks, self._reduction).to(images)
        conditions.known, conditions.known_mask = self._encode_each(images), 1 - hole
        conditions.coverage, conditions.palette_mask = (
            conditions.coverage * hole,
            conditions.palette_mask * hole,
        )

    @staticmethod
    def _palette_cells(strength: float) -> int:
        if strength < 0.5:
            return FINE_PALETTE
        return MIDDLE_PALETTE if strength < 0.8 else COARSE_PALETTE


def _reframed(sample: Sample) -> Sample:
    """With other crops of a variation's source, some mirrored; the farther it is to go, the closer they are."""
    if (
        sample.images is None
        or sample.masks is not None
        or sample.strength <= REFRAMED_FROM
        or sample.keep is not Keep.FREE
    ):
        return sample
    far = (sample.strength - REFRAMED_FROM) / (1 - REFRAMED_FROM)
    pairs = zip(sample.images, sample.seeds, strict=True)
    return replace(sample, images=np.stack([cropped(pixels, seed, far) for pixels, seed in pairs]))


def _halved(sample: Sample) -> _Half:
    """The same at half the size; a mask's smaller cell is repainted where any of the four is."""
    size = Size(sample.size.width_px // 2, sample.size.height_px // 2)
    images, masks = sample.images, sample.masks
    if images is not None:
        images = np.stack([resize(each, size) for each in images])
    if masks is not None:
        masks = np.maximum.reduce([masks[:, top::2, left::2] for top in (0, 1) for left in (0, 1)])
    values: dict[str, Any] = vars(sample) | {"size": size, "images": images, "masks": masks}
    return _Half(**values, wanted=sample)


def _redraw(sample: Sample, small: Pixels, guidance_scale: float = 1.0) -> _Redraw:
    """From the small pictures to their own size; around a mask, what is there is kept.

    Mostly without guidance: it has done its work by then, and would double the passes.
    """
    start = np.stack([resize(each, sample.size) for each in small])
    if sample.images is not None and sample.masks is not None:
        start = np.where(np.array(sample.masks)[..., None] > 0, start, sample.images)
    changes = {"images": start, "strength": REDRAWN, "guidance_scale": guidance_scale, "wanted": sample}
    values: dict[str, Any] = vars(sample) | changes
    return _Redraw(**values)
