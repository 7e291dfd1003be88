"""Stable Diffusion 1.x and 2.x folders, the starter model among them, through diffusers' own pipelines.

Repainting works for any autoencoder and any number of latent channels: an image-to-image run whose latents are
blended outside the mask with the source after every step (see `latents.py`). The caller restores the exact pixels
afterwards. What a model is given beside words (pictures, structures, LoRAs) comes from its add-ons.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Generator
from contextlib import ExitStack, contextmanager
from functools import lru_cache
from pathlib import Path
from typing import Any

import diffusers
import numpy as np
import torch
from diffusers.pipelines.stable_diffusion.pipeline_stable_diffusion import StableDiffusionPipeline
from diffusers.pipelines.stable_diffusion.pipeline_stable_diffusion_img2img import (
    StableDiffusionImg2ImgPipeline,
)
from diffusers.schedulers.scheduling_euler_discrete import EulerDiscreteScheduler

from dalle_studio.core.format import Size
from dalle_studio.core.model import AddOnKind, Model
from dalle_studio.core.request import Lora
from dalle_studio.core.sentence import say
from dalle_studio.engine.base import Pixels, Sample
from dalle_studio.engine.pipelines.device import torch_device
from dalle_studio.engine.pipelines.image_prompt import PictureReader, prompted, reader_of
from dalle_studio.engine.pipelines.kernels import set_up, steady_batches
from dalle_studio.engine.pipelines.latents import Blend, clean_latents, generators, noise
from dalle_studio.engine.pipelines.lora import Wardrobe
from dalle_studio.engine.pipelines.memory import Placement
from dalle_studio.engine.pipelines.opening import opened
from dalle_studio.engine.pipelines.precision import DTYPES, Precision
from dalle_studio.engine.pipelines.preview import LatentPreview
from dalle_studio.engine.pipelines.prompt_weights import embedded, plain, weighs
from dalle_studio.engine.pipelines.structure import Control, following
from dalle_studio.engine.pipelines.trial import BATCH, measured, settled
from dalle_studio.engine.watch import Watch

GUIDED_SHARE = 0.8
"""Share of the steps that classifier-free guidance is computed for, from the first on. Near the end it changes
little and costs a third of each step (Kynkäänniemi et al. 2024, guidance in a limited interval)."""
NEAR_SCALE, MIDDLE_SCALE, FAR_SCALE = 1.0, 0.8, 0.6
"""Weight of what a variation is shown of its source's content, from close to far."""
PREVIEW_PX = 512
"""Side of the pictures that previews are fitted on, at most."""

Text = dict[str, torch.Tensor | None]
"""What the text encoders say of a prompt: the pipelines' options, each for a single picture."""


def load(model: Model, precision: str, cache: Path | None, watch: Watch) -> StableDiffusion:
    """Load a folder that `save_pretrained` wrote. Raises ModelUnusable where it is missing or damaged."""
    return opened(model, lambda: StableDiffusion(model, precision, cache, watch))


class StableDiffusion:
    """A loaded Stable Diffusion model; keeps the `Family` protocol. Others override what they do otherwise."""

    creates: Any = StableDiffusionPipeline
    varies: Any = StableDiffusionImg2ImgPipeline
    text_encoders: tuple[tuple[str, str], ...] = (("tokenizer", "text_encoder"),)
    guided_tensors: tuple[str, ...] = ("prompt_embeds",)
    """What the pipelines hold twice while they guide, the half without a prompt first."""
    weighs_words = True
    """Whether weights in a prompt are read, see `prompt_weights.py`."""

    def __init__(self, model: Model, precision: str, cache: Path | None, watch: Watch) -> None:
        self._model = model
        self.native_px = model.native_px
        self.device = torch_device()
        self.software = f"torch {torch.__version__}, diffusers {diffusers.__version__}"
        known = settled(model, precision, self.device)
        self._create = self._read_folder(known)
        watch.check()
        self._reduction = 2 ** (len(self._create.vae.config.block_out_channels) - 1)
        self.multiple_px = max(8, self._reduction)  # diffusers takes no other sizes
        self._precision = known or self._measured(cache, watch)
        self.precision = self._precision.name
        self._prepare_parts()
        watch.check()
        self._vary: Any = self.varies(**{**self._create.components, **self._options()})
        for pipeline in (self._create, self._vary):
            pipeline.set_progress_bar_config(disable=True)
        self._placement = Placement(
            (self._create, self._vary), self.device, self.precision, self._bytes_per_px(), self.native_px
        )
        self._placement.settle(watch)
        self._preview = LatentPreview(self._encode, min(PREVIEW_PX, self.native_px))
        self._encode_prompt = lru_cache(maxsize=16)(self._encode_prompt_anew)
        self._wardrobe = Wardrobe(model, self._create, self._settle_layers)
        self._control = Control(model, self._create.unet, self.device, self._place)
        self._reader: PictureReader | None = None

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
        count, guidance_scale = len(sample.seeds), self._guidance_scale(sample)
        start = None if sample.images is None else self._to_tensor(sample.images)
        options: dict[str, Any] = {
            **self._text(sample, guidance_scale > 1, watch),
            "num_inference_steps": sample.steps,
            "guidance_scale": guidance_scale,
            "output_type": "latent",
            "callback_on_step_end": self._after_step(sample, start, first_index, watch),
            "callback_on_step_end_tensor_inputs": ["latents", *self.guided_tensors],
        }
        with self._shown(sample, count, watch):
            if start is None:
                width, height = sample.size.wh
                options.update(latents=self._first_noise(sample), width=width, height=height)
                return self._create(**options).images
            options["image"] = self._start(start)
            options["strength"] = min(1.0, max(sample.strength, 1.001 / sample.steps))
            return self._vary(generator=generators(sample.seeds), **options).images

    def _guidance_scale(self, sample: Sample) -> float:
        """As asked for; where pictures alone are the prompt, they are guided to as words would be."""
        if sample.image_prompts and not sample.prompt and self._model.add_on(AddOnKind.IMAGE_PROMPT):
            return self._model.guidance_scale
        return sample.guidance_scale

    def _text(self, sample: Sample, guided: bool, watch: Watch) -> Text:
        """The pipeline's options that say the prompt, for every picture of the batch."""
        self._wardrobe.wear(sample.loras, watch)
        watch.check()
        said = self._encode_prompt(sample.prompt, sample.negative_prompt, guided, sample.loras)
        watch.check()
        self._note_truncation(sample.prompt, watch)
        count = len(sample.seeds)
        return {
            name: None if each is None else each.expand(count, *[-1] * (each.ndim - 1))
            for name, each in said.items()
        }

    @contextmanager
    def _shown(self, sample: Sample, count: int, watch: Watch) -> Generator[None]:
        """A block in which the denoiser sees the sample's image prompts and the structure that it is to follow."""
        with ExitStack() as stack:
            reader = self._picture_reader(watch) if sample.image_prompts else None
            if reader is not None:
                shown, absent = reader.read(sample.image_prompts, sample.image_mix, count)
                scale = image_scale(sample.strength)
                stack.enter_context(prompted(self._create.unet, shown, absent, scale))
            if sample.structure is None:
                self._control.let_go()
            else:
                control, seen = self._control.follow(sample.structure, watch)
                stack.enter_context(following(self._create.unet, control, seen, sample.structure.weight))
            yield

    def _picture_reader(self, watch: Watch) -> PictureReader | None:
        """What reads image prompts; None where nothing of the kind is installed."""
        add_on = self._model.add_on(AddOnKind.IMAGE_PROMPT)
        if self._reader is None and add_on is not None:
            watch.loading(say("loading {add_on}", add_on=add_on.label))
            self._reader = reader_of(add_on, self._create.unet, self.device, DTYPES[self._precision.dtype])
        return self._reader

    def _after_step(
        self, sample: Sample, start: torch.Tensor | None, first_index: int, watch: Watch
    ) -> Callable[[Any, int, int, dict[str, torch.Tensor]], dict[str, torch.Tensor]]:
        """What diffusers calls at the end of each step: where a cancel takes effect and previews are shown."""
        last_guided = math.ceil(sample.steps_to_walk * GUIDED_SHARE)
        blend = None
        if start is not None and sample.masks is not None:
            blend = Blend(self._encode_each(start), sample, self._vary.scheduler)

        def after_step(
            pipeline: Any, step: int, timestep: int, values: dict[str, torch.Tensor]
        ) -> dict[str, torch.Tensor]:
            watch.step()
            if step + 1 == last_guided and pipeline.do_classifier_free_guidance:
                pipeline._guidance_scale = 1.0
                for name in self.guided_tensors:
                    values[name] = values[name].chunk(2)[1]
            if blend is not None:
                values["latents"] = blend.apply(values["latents"], step)
            clean = clean_latents(pipeline.scheduler, values["latents"])
            for index, pixels in enumerate(self._preview.render(clean)):
                watch.preview(first_index + index, pixels)
            return values

        return after_step

    def _start(self, images: torch.Tensor) -> torch.Tensor:
        """Images from -1 to 1 as the pipeline takes them, which makes their latents with each picture's seed."""
        return self._precision.lay(images / 2 + 0.5)

    def _decode(self, latents: torch.Tensor, check: Callable[[], None] = lambda: None) -> Pixels:
        scale = self._create.vae.config.scaling_factor
        pictures: list[torch.Tensor] = []
        for latent in latents:  # one at a time: less memory, and a cancel in between
            check()
            pictures.append(self._create.vae.decode(self._vae_precision.lay(latent[None] / scale)).sample[0])
        pixels = (torch.stack(pictures).float() * 127.5 + 127.5).round().clamp(0, 255).to(torch.uint8)
        return pixels.permute(0, 2, 3, 1).cpu().numpy()

    def _encode(self, images: torch.Tensor) -> torch.Tensor:
        encoded = self._create.vae.encode(self._vae_precision.lay(images.to(self.device)))
        latents = encoded.latent_dist.mode() if hasattr(encoded, "latent_dist") else encoded.latents
        return (latents * self._create.vae.config.scaling_factor).to(DTYPES[self._precision.dtype])

    def _encode_each(self, images: torch.Tensor) -> torch.Tensor:
        """One at a time, as diffusers does, so that a picture's latents do not depend on its companions."""
        return torch.cat([self._encode(image[None]) for image in images])

    @torch.inference_mode()
    def _encode_prompt_anew(self, prompt: str, negative: str, guided: bool, loras: tuple[Lora, ...]) -> Text:
        """`loras` are on already; they are asked for so that what is remembered is told apart by them."""
        said = self._said(self._plain(prompt), self._plain(negative), guided)
        for name, text in (("prompt_embeds", prompt), ("negative_prompt_embeds", negative)):
            if self.weighs_words and said[name] is not None and weighs(text):
                said[name] = self._weighed(text)
        return said

    def _said(self, prompt: str, negative: str, guided: bool) -> Text:
        """What the text encoders make of plain words."""
        embeddings, negatives = self._create.encode_prompt(
            prompt, self.device, 1, guided, negative_prompt=negative or None
        )
        return {"prompt_embeds": embeddings, "negative_prompt_embeds": negatives if guided else None}

    def _weighed(self, text: str) -> torch.Tensor:
        """What they make of words with weights, (1, tokens, width)."""
        parts = [
            embedded(
                text,
                getattr(self._create, tokenizer),
                getattr(self._create, encoder),
                self.device,
                len(self.text_encoders) > 1,
            )
            for tokenizer, encoder in self.text_encoders
        ]
        return torch.cat(parts, dim=-1)

    def _plain(self, text: str) -> str:
        return plain(text) if self.weighs_words else text

    def _note_truncation(self, prompt: str, watch: Watch) -> None:
        tokenizer: Any = self._create.tokenizer
        tokens = tokenizer(self._plain(prompt), truncation=False).input_ids[1:-1]
        most = tokenizer.model_max_length - 2
        if len(tokens) > most:
            lost = tokenizer.decode(tokens[most:])[:80].strip()
            watch.note(
                say("The prompt is too long for this model; it did not read from “{lost}” on.", lost=lost)
            )

    def _first_noise(self, sample: Sample) -> torch.Tensor:
        rows, columns = (side // self._reduction for side in (sample.size.height_px, sample.size.width_px))
        shape = (self._create.unet.config.in_channels, rows, columns)
        return self._precision.lay(noise(sample.seeds, shape, torch.float32).to(self.device))

    def _to_tensor(self, images: Pixels) -> torch.Tensor:
        """uint8 (n, h, w, 3) -> (n, 3, h, w) from -1 to 1, in the autoencoder's number format."""
        tensor = torch.from_numpy(np.array(images)).permute(0, 3, 1, 2)
        return self._vae_precision.lay(tensor.to(self.device) / 127.5 - 1)

    @property
    def _vae_precision(self) -> Precision:
        return self._precision

    def _read_folder(self, precision: Precision | None) -> Any:
        """The folder's pipeline, in that number format where it is known already."""
        folder = self._model.folder
        if not folder.is_dir():  # diffusers would take the path for a repository on the hub
            raise FileNotFoundError(f"no folder {folder}")
        pipeline = self.creates.from_pretrained(
            str(folder),
            local_files_only=True,
            use_safetensors=True,
            dtype={"default": DTYPES[precision.dtype] if precision else torch.float32, "vae": torch.float32},
            **_variant(folder),
            **self._options(),
        )
        scheduler = pipeline.scheduler
        if self._model.guidance_scale <= 1 and isinstance(scheduler, EulerDiscreteScheduler):
            # models of few steps are distilled to begin at the very last one (SDXL-Lightning's card)
            trailing = EulerDiscreteScheduler.from_config(scheduler.config, timestep_spacing="trailing")
            pipeline.register_modules(scheduler=trailing)
        return pipeline

    def _options(self) -> dict[str, Any]:
        """What the pipelines are made with beside their parts."""
        return {"safety_checker": None, "requires_safety_checker": False}

    def _bytes_per_px(self) -> int:
        """What drawing takes for each pixel, at most: that of the widest layers, at full size."""
        channels = max(self._create.vae.config.block_out_channels)
        return 8 * channels * DTYPES[self._vae_precision.dtype].itemsize

    def _prepare_parts(self) -> None:
        """Bring all parts into their number formats."""
        for _, name in self.text_encoders:
            self._precision.apply(getattr(self._create, name)).eval()
        self._prepare(self._create.unet)
        self._vae_precision.apply(self._create.vae).eval()
        set_up(self._create.vae, self._vae_precision, self.device)

    def _prepare(self, denoiser: Any) -> None:
        self._precision.apply(denoiser).eval()
        set_up(denoiser, self._precision, self.device)
        steady_batches(denoiser, self._precision)

    def _place(self, network: Any) -> None:
        """Bring a ControlNet into the denoiser's number format, and to the device."""
        self._prepare(network.to(self.device))

    def _settle_layers(self) -> None:
        """Bring layers that came later into the format of the others."""
        for _, name in self.text_encoders:
            self._precision.apply(getattr(self._create, name))
        set_up(self._precision.apply(self._create.unet), self._precision, self.device)

    def _measured(self, cache: Path | None, watch: Watch) -> Precision:
        unet = self._create.unet.to(self.device)
        side = self.native_px // self._reduction
        return measured(self._model, unet, side, self._options_of_step(BATCH), cache, watch)

    def _options_of_step(self, count: int) -> dict[str, Any]:
        """What the denoiser takes beside latents and text, for a step of that many pictures."""
        return {}


def image_scale(strength: float) -> float:
    """Weight of what a variation is shown of its source's content, by how far it goes."""
    if strength < 0.5:
        return NEAR_SCALE
    return MIDDLE_SCALE if strength < 0.8 else FAR_SCALE


def _variant(folder: Path) -> dict[str, str]:
    """The suffix of its weights, where the folder holds them in half precision alone."""
    unet = folder / "unet"
    halves, all_files = (len(list(unet.glob(pattern))) for pattern in ("*.fp16.safetensors", "*.safetensors"))
    return {"variant": "fp16"} if halves and halves == all_files else {}
