"""Kandinsky 2.2, which like DALL·E 2 draws from image embeddings (unCLIP, Ramesh et al. 2022).

A prior turns text into the embedding of a picture that it may belong to; the decoder draws from an embedding.
Pictures have embeddings of their own: variations, and blends between two, are drawn from those. The model's folder
holds `prior/`, `decoder/`, and maybe `inpaint/`, a decoder that sees what is around a mask. Without that one, the
latents outside the mask are set back to the source after every step (see `latents.py`).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import lru_cache
from pathlib import Path
from typing import Any

import numpy as np
import torch
from diffusers.image_processor import VaeImageProcessor
from diffusers.pipelines.kandinsky2_2.pipeline_kandinsky2_2 import KandinskyV22Pipeline
from diffusers.pipelines.kandinsky2_2.pipeline_kandinsky2_2_img2img import KandinskyV22Img2ImgPipeline
from diffusers.pipelines.kandinsky2_2.pipeline_kandinsky2_2_inpainting import KandinskyV22InpaintPipeline
from diffusers.pipelines.kandinsky2_2.pipeline_kandinsky2_2_prior import KandinskyV22PriorPipeline
from PIL import Image

from dalle_studio.core.format import Size
from dalle_studio.core.model import Model
from dalle_studio.core.request import Keep
from dalle_studio.core.sentence import say
from dalle_studio.engine.base import Pixels, Sample
from dalle_studio.engine.pipelines.flow import UNGUIDED
from dalle_studio.engine.pipelines.large import (
    Large,
    alike,
    alone,
    note_truncation,
    read_pipeline,
    to_tensor,
)
from dalle_studio.engine.pipelines.latents import Blend, generators
from dalle_studio.engine.pipelines.opening import opened
from dalle_studio.engine.pipelines.precision import DTYPES
from dalle_studio.engine.watch import Watch

PRIOR_STEPS, FEWEST_PRIOR_STEPS = 25, 2
"""Of the prior: at most, and at least; else as many as the decoder takes."""
PRIOR_GUIDANCE = 4.0
"""What the prior is guided by; the asked guidance scale is the decoder's."""
TEXT_SHARE = 0.3
"""Share of a prompt in an embedding where pictures have one, too."""
FROM_NOISE = 0.9
"""The strength from which on free variations are drawn from their embedding and noise alone."""

Generators = list[torch.Generator]


def load(model: Model, precision: str, cache: Path | None, watch: Watch) -> Kandinsky:
    """Load a folder with those of the hub in it. Raises ModelUnusable where one is missing or damaged."""
    return opened(model, lambda: Kandinsky(model, precision, watch))


class Kandinsky(Large):
    """A loaded Kandinsky 2.2; keeps the `Family` protocol."""

    def _read(self, model: Model, watch: Watch) -> list[Any]:
        self._own_guidance = model.guidance_scale
        self._prior = self._read_one(KandinskyV22PriorPipeline, model.folder / "prior", watch)
        self._decoder = self._read_one(KandinskyV22Pipeline, model.folder / "decoder", watch)
        self.multiple_px = self._decoder.movq_scale_factor**2  # the pipelines round to it
        self._changer = KandinskyV22Img2ImgPipeline(**self._decoder.components)
        self._changer.set_progress_bar_config(disable=True)
        # It takes height for width; what it is given has its size already.
        self._changer.image_processor = VaeImageProcessor(do_resize=False)
        pipelines = [self._prior, self._decoder, self._changer]
        _remember_clean(self._decoder.scheduler)
        self._filler: Any = None
        if (model.folder / "inpaint").is_dir():
            shared = {"movq": self._decoder.movq}
            self._filler = self._read_one(
                KandinskyV22InpaintPipeline, model.folder / "inpaint", watch, **shared
            )
            _remember_clean(self._filler.scheduler)
            pipelines.append(self._filler)
        self._cache_embeddings()
        return pipelines

    def _read_one(self, kind: Any, folder: Path, watch: Watch, **parts: Any) -> Any:
        watch.check()
        return read_pipeline(kind, folder, self.precision, **parts)

    def _bytes_per_picture(self, size: Size) -> int:
        channels = max(self._decoder.movq.config.block_out_channels)
        return 8 * channels * size.area_px * DTYPES[self.precision].itemsize

    def steps_of(self, sample: Sample) -> int:
        """See `Family.steps_of`: those of the prior for each text, and those of the decoder."""
        texts = bool(sample.prompt) + bool(self._negative(sample))
        return texts * _prior_steps(sample) + (
            sample.steps if self._walks_all(sample) else sample.steps_to_walk
        )

    def _walks_all(self, sample: Sample) -> bool:
        return _from_noise(sample) or (sample.masks is not None and self._filler is not None)

    def _guidance(self, sample: Sample) -> float:
        """The decoder's: embeddings of pictures guide it where there is no prompt."""
        return sample.guidance_scale if sample.prompt else self._own_guidance

    def _negative(self, sample: Sample) -> str:
        return sample.negative_prompt if self._guidance(sample) > 1 else ""

    def _note(self, sample: Sample, watch: Watch) -> None:
        super()._note(sample, watch)
        tokenizer = self._prior.tokenizer
        note_truncation(tokenizer, sample.prompt, tokenizer.model_max_length - 2, watch)
        if sample.negative_prompt and not self._negative(sample):
            watch.note(UNGUIDED)
        if sample.loras:
            watch.note(say("This model takes no LoRAs; they were left out."))

    def _parts(self, sample: Sample) -> Iterator[Sample]:
        """As the inpainting pipeline can take it: it keeps the first picture for all."""
        if sample.masks is None or sample.images is None or self._filler is None or alike(sample.images):
            return iter((sample,))
        return alone(sample)

    def _denoise(self, sample: Sample, first_index: int, watch: Watch) -> torch.Tensor:
        """Noise-free latents of the batch, (batch, channels, rows, columns)."""
        chance = generators(sample.seeds)
        wanted, unwanted = self._embeddings(sample, chance, watch)
        start = None if sample.images is None or _from_noise(sample) else to_tensor(sample.images)
        options: dict[str, Any] = {
            "image_embeds": wanted,
            "negative_image_embeds": unwanted,
            "num_inference_steps": sample.steps,
            "guidance_scale": self._guidance(sample),
            "generator": chance,
            "output_type": "latent",
            "callback_on_step_end": self._after_step(sample, start, first_index, watch),
        }
        if start is None:
            return self._decoder(**options, width=sample.size.width_px, height=sample.size.height_px).images
        if sample.masks is not None and self._filler is not None:
            return self._fill(sample, start, options)
        strength = max(sample.strength, 1.001 / sample.steps)
        return self._changer(**options, image=start / 2 + 0.5, strength=strength).images  # type: ignore[union-attr]

    def _fill(self, sample: Sample, start: torch.Tensor, options: dict[str, Any]) -> torch.Tensor:
        masks = torch.from_numpy(np.array(sample.masks, np.float32) / 255)[:, None]
        width, height = sample.size.wh
        return self._filler(**options, image=start, mask_image=masks, width=width, height=height).images

    def _embeddings(
        self, sample: Sample, chance: Generators, watch: Watch
    ) -> tuple[torch.Tensor, torch.Tensor]:
        """Of what is wanted, and of what is not, each (batch, width)."""
        wanted = self._of_pictures(sample, watch)
        if sample.prompt:
            text = self._of_text(sample.prompt, sample, chance, watch)
            wanted = text if wanted is None else wanted + (text - wanted) * TEXT_SHARE
        assert wanted is not None  # Generate has a prompt, and all others have pictures
        if self._negative(sample):
            return wanted, self._of_text(sample.negative_prompt, sample, chance, watch)
        return wanted, self._prior.get_zero_embed(len(sample.seeds), self.device)

    def _of_pictures(self, sample: Sample, watch: Watch) -> torch.Tensor | None:
        """Of the pictures to be varied, or of what goes on from what is there; None where the prompt says all."""
        watch.check()
        count = len(sample.seeds)
        if sample.image_prompts:
            first, last = (
                self._of_picture(pixels) for pixels in (sample.image_prompts[0], sample.image_prompts[-1])
            )
            return (first + (last - first) * sample.image_mix).expand(count, -1)
        if sample.images is None or (sample.prompt and (sample.places_things or sample.makes_place)):
            return None
        return torch.cat([self._of_picture(pixels) for pixels in sample.images])

    def _of_picture(self, pixels: Pixels) -> torch.Tensor:
        """(1, width)"""
        values = self._prior.image_processor(Image.fromarray(pixels), return_tensors="np").pixel_values
        return self._embed_picture(values.astype(np.float32).tobytes(), values.shape)

    def _of_text(self, text: str, sample: Sample, chance: Generators, watch: Watch) -> torch.Tensor:
        """(batch, width), by the prior."""

        def after_step(pipeline: Any, step: int, timestep: Any, values: dict[str, Any]) -> dict[str, Any]:
            watch.step()
            return values

        return self._prior(
            text,
            num_images_per_prompt=len(sample.seeds),
            num_inference_steps=_prior_steps(sample),
            guidance_scale=PRIOR_GUIDANCE,
            generator=chance,
            callback_on_step_end=after_step,
        ).image_embeds

    def _cache_embeddings(self) -> None:
        """Have the encoders read the same text or picture once only."""
        read: Any = self._prior._encode_prompt

        @lru_cache(maxsize=16)
        def encoded(text: str, count: int, guided: bool) -> Any:
            return read([text], self.device, count, guided)

        def encode(texts: list[str], device: Any, count: int, guided: bool, negative: Any = None) -> Any:
            return encoded(texts[0], count, guided)

        @lru_cache(maxsize=16)
        def embed_picture(values: bytes, shape: tuple[int, ...]) -> torch.Tensor:
            pixels = torch.frombuffer(bytearray(values), dtype=torch.float32).reshape(shape)
            encoder = self._prior.image_encoder
            return encoder(pixels.to(self.device, encoder.dtype)).image_embeds

        self._prior._encode_prompt = encode
        self._embed_picture = embed_picture

    def _after_step(
        self, sample: Sample, start: torch.Tensor | None, first_index: int, watch: Watch
    ) -> Callable[[Any, int, Any, dict[str, torch.Tensor]], dict[str, torch.Tensor]]:
        """What diffusers calls at the end of each step: where a cancel takes effect and previews are shown."""
        blend = None
        if start is not None and sample.masks is not None and self._filler is None:
            blend = Blend(self._encode(np.array(sample.images)), sample, self._changer.scheduler)

        def after_step(
            pipeline: Any, step: int, timestep: Any, values: dict[str, torch.Tensor]
        ) -> dict[str, torch.Tensor]:
            watch.step()
            if blend is not None:
                values["latents"] = blend.apply(values["latents"], step)
            clean = getattr(pipeline.scheduler, "clean", None)
            for index, pixels in enumerate(
                self._preview.render(values["latents"] if clean is None else clean)
            ):
                watch.preview(first_index + index, pixels)
            return values

        return after_step

    def _encode_one(self, image: torch.Tensor) -> torch.Tensor:
        autoencoder = self._decoder.movq
        return autoencoder.encode(image.to(self.device, autoencoder.dtype)).latents

    def _decode_one(self, latents: torch.Tensor) -> torch.Tensor:
        autoencoder = self._decoder.movq
        return autoencoder.decode(latents.to(autoencoder.dtype), force_not_quantize=True).sample


def _from_noise(sample: Sample) -> bool:
    """Whether a variation is to go so far that its source's embedding says enough of it."""
    return (
        bool(sample.image_prompts)
        and sample.masks is None
        and sample.keep is Keep.FREE
        and sample.strength >= FROM_NOISE
    )


def _prior_steps(sample: Sample) -> int:
    return min(PRIOR_STEPS, max(FEWEST_PRIOR_STEPS, sample.steps))


def _remember_clean(scheduler: Any) -> None:
    """Have a scheduler keep what its last step expects at the end, as `clean`: previews show that."""
    step = scheduler.step

    def remembering(*arguments: Any, **options: Any) -> Any:
        output = step(*arguments, **options)
        scheduler.clean = getattr(output, "pred_original_sample", None)
        return output

    scheduler.step = remembering
