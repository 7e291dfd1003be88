"""Stable Diffusion 1.x and 2.x folders, the starter model among them, through diffusers' own pipelines.

Repainting works for any autoencoder and any number of latent channels: an image-to-image run whose latents are
set back to the (equally noisy) source outside the mask after every step (Blended Latent Diffusion, Avrahami et
al. 2023). The caller restores the exact pixels afterwards.
"""

from __future__ import annotations

import copy
import math
from collections.abc import Callable, Sequence
from functools import lru_cache
from pathlib import Path
from typing import Any

import diffusers
import numpy as np
import torch
import torch.nn.functional as F
from diffusers.pipelines.stable_diffusion.pipeline_stable_diffusion import StableDiffusionPipeline
from diffusers.pipelines.stable_diffusion.pipeline_stable_diffusion_img2img import (
    StableDiffusionImg2ImgPipeline,
)
from safetensors import SafetensorError

from dalle_studio.core.errors import ModelUnusable
from dalle_studio.core.format import Size
from dalle_studio.core.model import Model
from dalle_studio.engine.base import Pixels, Sample
from dalle_studio.engine.pipelines.device import torch_device
from dalle_studio.engine.pipelines.kernels import set_up, steady_batches
from dalle_studio.engine.pipelines.memory import Placement, within_memory
from dalle_studio.engine.pipelines.precision import DTYPES, Precision, fastest, seconds, usable
from dalle_studio.engine.pipelines.preview import LatentPreview
from dalle_studio.engine.watch import Watch

GUIDED_SHARE = 0.8
"""Share of the steps that classifier-free guidance is computed for, from the first on. Near the end it changes
little and costs a third of each step (Kynkäänniemi et al. 2024, guidance in a limited interval)."""


def load(model: Model, precision: str, cache: Path | None, watch: Watch) -> StableDiffusion:
    """Load a folder that `save_pretrained` wrote. Raises ModelUnusable where it is missing or damaged."""
    try:
        with within_memory(torch_device()):
            return StableDiffusion(model, precision, cache, watch)
    except (OSError, ValueError, KeyError, TypeError, RuntimeError, SafetensorError) as error:
        raise ModelUnusable(
            f"The model {model.label} in {model.folder} is incomplete or damaged.",
            "Install it again.",
            repr(error),
        ) from error


class StableDiffusion:
    """A loaded Stable Diffusion model; keeps the `Family` protocol."""

    def __init__(self, model: Model, precision: str, cache: Path | None, watch: Watch) -> None:
        self.native_px = model.native_px
        self.device = torch_device()
        self.software = f"torch {torch.__version__}, diffusers {diffusers.__version__}"
        self._create = _read_folder(model.folder)
        self._reduction = 2 ** (len(self._create.vae.config.block_out_channels) - 1)
        self.multiple_px = max(8, self._reduction)  # diffusers takes no other sizes
        self._precision = self._choose(model, precision, cache, watch)
        self.precision = self._precision.name
        for part in (self._create.unet, self._create.vae, self._create.text_encoder):
            self._precision.apply(part).eval()
        for part in (self._create.unet, self._create.vae):
            set_up(part, self._precision, self.device)
        steady_batches(self._create.unet, self._precision)
        self._vary = StableDiffusionImg2ImgPipeline(**self._create.components, requires_safety_checker=False)
        for pipeline in (self._create, self._vary):
            pipeline.set_progress_bar_config(disable=True)
        self._placement = Placement(
            (self._create, self._vary), self.device, self.precision, self._bytes_per_px(), self.native_px
        )
        self._placement.settle(watch)
        self._preview = LatentPreview(self._encode, self.native_px)
        self._encode_prompt = lru_cache(maxsize=16)(self._encode_prompt_anew)

    @property
    def memory(self) -> str:
        """See `Family.memory`."""
        return self._placement.words

    def batch_limit(self, size: Size) -> int:
        """See `Family.batch_limit`."""
        return self._placement.limit(size)

    def make_room(self) -> str | None:
        """See `Family.make_room`."""
        return self._placement.make_room()

    def steps_of(self, sample: Sample) -> int:
        """See `Family.steps_of`."""
        return sample.steps_to_walk

    @torch.inference_mode()
    def sample(self, sample: Sample, first_index: int, watch: Watch) -> Pixels:
        """Draw the batch; see `Family.sample`."""
        watch.check()
        with self._placement.drawing(sample.size, len(sample.seeds)):
            return self._decode(self._denoise(sample, first_index, watch), watch.check)

    @torch.inference_mode()
    def autoencode(self, images: Pixels) -> Pixels:
        """A round trip through the autoencoder; see `Family.autoencode`."""
        with self._placement.drawing(Size(images.shape[2], images.shape[1]), len(images)):
            return self._decode(self._encode_each(self._to_tensor(images)))

    def _denoise(self, sample: Sample, first_index: int, watch: Watch) -> torch.Tensor:
        """Noise-free latents of the batch, (batch, channels, rows, columns)."""
        guided, count = sample.guidance_scale > 1, len(sample.seeds)
        prompt, negative = self._encode_prompt(sample.prompt, sample.negative_prompt, guided)
        self._note_truncation(sample.prompt, watch)
        start = None if sample.images is None else self._to_tensor(sample.images)
        options: dict[str, Any] = {
            "prompt_embeds": prompt.expand(count, -1, -1),
            "negative_prompt_embeds": None if negative is None else negative.expand(count, -1, -1),
            "num_inference_steps": sample.steps,
            "guidance_scale": sample.guidance_scale,
            "output_type": "latent",
            "callback_on_step_end": self._after_step(sample, start, first_index, watch),
            "callback_on_step_end_tensor_inputs": ["latents", "prompt_embeds"],
        }
        if start is None:
            width, height = sample.size.wh
            options.update(latents=self._first_noise(sample), width=width, height=height)
            return self._create(**options).images  # type: ignore[union-attr]
        options["image"] = self._precision.lay(start / 2 + 0.5)
        options["strength"] = max(sample.strength, 1.001 / sample.steps)
        return self._vary(generator=_generators(sample.seeds), **options).images  # type: ignore[union-attr]

    def _after_step(
        self, sample: Sample, start: torch.Tensor | None, first_index: int, watch: Watch
    ) -> Callable[[Any, int, int, dict[str, torch.Tensor]], dict[str, torch.Tensor]]:
        """What diffusers calls at the end of each step: where a cancel takes effect and previews are shown."""
        last_guided = math.ceil(sample.steps_to_walk * GUIDED_SHARE)
        blend = None
        if start is not None and sample.masks is not None:
            blend = _Blend(self._encode_each(start), sample, self._vary.scheduler)

        def after_step(
            pipeline: Any, step: int, timestep: int, values: dict[str, torch.Tensor]
        ) -> dict[str, torch.Tensor]:
            watch.step()
            if step + 1 == last_guided and pipeline.do_classifier_free_guidance:
                pipeline._guidance_scale = 1.0
                values["prompt_embeds"] = values["prompt_embeds"].chunk(2)[1]
            if blend is not None:
                values["latents"] = blend.apply(values["latents"], step)
            for index, pixels in enumerate(self._preview.render(_clean_latents(pipeline, values["latents"]))):
                watch.preview(first_index + index, pixels)
            return values

        return after_step

    def _decode(self, latents: torch.Tensor, check: Callable[[], None] = lambda: None) -> Pixels:
        scale = self._create.vae.config.scaling_factor
        pictures: list[torch.Tensor] = []
        for latent in latents:  # one at a time: less memory, and a cancel in between
            check()
            pictures.append(self._create.vae.decode(self._precision.lay(latent[None] / scale)).sample[0])
        pixels = (torch.stack(pictures).float() * 127.5 + 127.5).round().clamp(0, 255).to(torch.uint8)
        return pixels.permute(0, 2, 3, 1).cpu().numpy()

    def _encode(self, images: torch.Tensor) -> torch.Tensor:
        encoded = self._create.vae.encode(self._precision.lay(images.to(self.device)))
        latents = encoded.latent_dist.mode() if hasattr(encoded, "latent_dist") else encoded.latents
        return latents * self._create.vae.config.scaling_factor

    def _encode_each(self, images: torch.Tensor) -> torch.Tensor:
        """One at a time, as diffusers does, so that a picture's latents do not depend on its companions."""
        return torch.cat([self._encode(image[None]) for image in images])

    @torch.inference_mode()
    def _encode_prompt_anew(
        self, prompt: str, negative: str, guided: bool
    ) -> tuple[torch.Tensor, torch.Tensor | None]:
        embeddings, negatives = self._create.encode_prompt(
            prompt, self.device, 1, guided, negative_prompt=negative or None
        )
        return embeddings, negatives if guided else None

    def _note_truncation(self, prompt: str, watch: Watch) -> None:
        tokenizer: Any = self._create.tokenizer
        tokens = tokenizer(prompt, truncation=False).input_ids[1:-1]
        most = tokenizer.model_max_length - 2
        if len(tokens) > most:
            lost = tokenizer.decode(tokens[most:])[:80].strip()
            watch.note(f"The prompt is too long for this model; it did not read from “{lost}” on.")

    def _first_noise(self, sample: Sample) -> torch.Tensor:
        rows, columns = (side // self._reduction for side in (sample.size.height_px, sample.size.width_px))
        shape = (self._create.unet.config.in_channels, rows, columns)
        return self._precision.lay(_noise(sample.seeds, shape, torch.float32).to(self.device))

    def _to_tensor(self, images: Pixels) -> torch.Tensor:
        """uint8 (n, h, w, 3) -> (n, 3, h, w) from -1 to 1, in the model's number format."""
        tensor = torch.from_numpy(np.array(images)).permute(0, 3, 1, 2)
        return self._precision.lay(tensor.to(self.device) / 127.5 - 1)

    def _choose(self, model: Model, precision: str, cache: Path | None, watch: Watch) -> Precision:
        candidates = usable(self.device)
        if precision != "auto" and Precision.named(precision) in candidates:
            return Precision.named(precision)
        unet = self._create.unet

        def measure(candidate: Precision) -> float:
            watch.loading("finding the fastest number format")
            trial = candidate.apply(copy.deepcopy(unet).to(self.device)).eval()
            set_up(trial, candidate, self.device)
            return seconds(self._one_step(trial, candidate))

        return fastest(f"{model.name} {model.version} {self.device}", candidates, cache, measure)

    def _bytes_per_px(self) -> int:
        """What drawing takes for each pixel, at most: that of the widest layers, at full size."""
        channels = max(self._create.vae.config.block_out_channels)
        return 8 * channels * DTYPES[self._precision.dtype].itemsize

    def _one_step(self, unet: Any, precision: Precision) -> Callable[[], None]:
        side = self.native_px // self._reduction
        latents = torch.zeros(8, unet.config.in_channels, side, side, device=self.device)
        text = torch.zeros(8, 8, unet.config.cross_attention_dim, device=self.device, dtype=unet.dtype)

        @torch.inference_mode()
        def forward() -> None:
            unet(precision.lay(latents), 500, encoder_hidden_states=text)
            if self.device == "cuda":
                torch.cuda.synchronize()

        return forward


class _Blend:
    """Sets latents outside the mask back to the source, as noisy as the next step expects them."""

    def __init__(self, source: torch.Tensor, sample: Sample, scheduler: Any) -> None:
        """`source`: noise-free latents of the sample's images, (batch, channels, rows, columns)."""
        assert sample.masks is not None
        masks = torch.from_numpy(np.array(sample.masks, dtype=np.float32) / 255)[:, None].to(source.device)
        self._mask = F.adaptive_avg_pool2d(masks, (source.shape[-2], source.shape[-1])).to(source.dtype)
        self._source = source
        self._noise = _noise(sample.seeds, source[0].shape, source.dtype).to(source.device)
        self._scheduler = scheduler
        self._walked = sample.steps_to_walk

    def apply(self, latents: torch.Tensor, step: int) -> torch.Tensor:
        """The latents after step number `step` (from 0), set back where the mask says so."""
        timesteps = self._scheduler.timesteps[-self._walked :]
        source = self._source
        if step + 1 < len(timesteps):
            source = self._scheduler.add_noise(source, self._noise, timesteps[step + 1].expand(len(source)))
        return (source + (latents - source) * self._mask).to(latents.dtype)


def _read_folder(folder: Path) -> Any:
    if not folder.is_dir():  # diffusers would take the path for a repository on the hub
        raise FileNotFoundError(f"no folder {folder}")
    return StableDiffusionPipeline.from_pretrained(
        str(folder),
        local_files_only=True,
        use_safetensors=True,
        safety_checker=None,
        requires_safety_checker=False,
    )


def _noise(seeds: tuple[int, ...], shape: Sequence[int], dtype: torch.dtype) -> torch.Tensor:
    """Gaussian noise of shape (seeds, *shape), each picture's from its own seed."""
    return torch.cat([torch.randn(1, *shape, generator=g, dtype=dtype) for g in _generators(seeds)])


def _generators(seeds: tuple[int, ...]) -> list[torch.Generator]:
    """One generator a picture, on the CPU, so that a seed gives the same noise on every device."""
    return [torch.Generator("cpu").manual_seed(seed) for seed in seeds]


def _clean_latents(pipeline: Any, latents: torch.Tensor) -> torch.Tensor:
    """The noise-free latents the scheduler expects at the end, where it keeps them (DPM-Solver++ does)."""
    outputs = getattr(pipeline.scheduler, "model_outputs", None)
    return outputs[-1] if outputs and outputs[-1] is not None else latents
