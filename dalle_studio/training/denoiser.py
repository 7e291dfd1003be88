"""The denoiser: a UNet with cross-attention to a small CLIP text encoder, trained together.

It predicts v (Salimans and Ho, 2022) under a noise schedule that ends in pure noise, sampled from
the trailing end (zero terminal SNR: Lin et al., 2023), and an exponential moving average of its
weights is what is used.
"""

# pyright: reportPrivateImportUsage=false
# diffusers exports its names lazily, which type checkers do not see.

from __future__ import annotations

import copy
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import torch
from diffusers import (
    AutoencoderTiny,
    DDIMScheduler,
    DPMSolverMultistepScheduler,
    StableDiffusionPipeline,
    UNet2DConditionModel,
)
from numpy.typing import NDArray
from PIL import Image
from torch import Tensor
from transformers import CLIPTextConfig, CLIPTextModel, CLIPTokenizer

from dalle_studio.training.autoencoder import DOWNSAMPLING, LATENT_CHANNELS
from dalle_studio.training.canvas import SIDE
from dalle_studio.training.compose import Lesson, lesson_of
from dalle_studio.training.device import Device
from dalle_studio.training.loop import cosine
from dalle_studio.training.muon import MuonAdamW
from dalle_studio.training.tokenizer import MAX_TOKENS, encode_captions

BATCH = 32
HELD_OUT = 512
"""The first pictures are never trained on; the held-out loss is measured on them."""
CAPTION_DROPOUT = 0.1
"""Share of captions left empty, which makes classifier-free guidance possible (Ho and Salimans, 2022)."""
EMA_DECAY = 0.999
MUON_LR = 0.01
ADAMW_LR = 1e-3
PROMPTS = (
    "an astronaut riding a horse in outer space",
    "a teddy bear shopping for groceries in the style of ukiyo-e",
    "an astronaut lounging in a tropical resort in space",
    "a pink flamingo on a beach",
    "a red car on a white background",
    "a blue car on a yellow background",
    "a cat left of a dog in a forest",
    "a rocket above a city at night, pixel art",
    "a watercolor of a fox in the snow",
    "a pizza on a table",
    "a robot in a living room, 3d render",
    "three flamingos",
)
"""What sample sheets show, four to a row."""


@dataclass(frozen=True)
class Size:
    """How large the denoiser is."""

    channels: tuple[int, int, int] = (128, 192, 256)
    """UNet channels at 16 x 16, 8 x 8 and 4 x 4; only the last two levels attend to the text."""
    heads: int = 4
    """Attention heads. diffusers calls their number ``attention_head_dim``."""
    text_width: int = 256
    text_layers: int = 4


def make_unet(size: Size) -> UNet2DConditionModel:
    """An untrained UNet for 16 x 16 x 16 latents."""
    unet = UNet2DConditionModel(
        sample_size=SIDE // DOWNSAMPLING,
        in_channels=LATENT_CHANNELS,
        out_channels=LATENT_CHANNELS,
        down_block_types=("DownBlock2D", "CrossAttnDownBlock2D", "CrossAttnDownBlock2D"),
        up_block_types=("CrossAttnUpBlock2D", "CrossAttnUpBlock2D", "UpBlock2D"),
        block_out_channels=size.channels,
        layers_per_block=1,
        cross_attention_dim=size.text_width,
        attention_head_dim=size.heads,
    )
    return unet.to(memory_format=torch.channels_last)  # pyright: ignore[reportCallIssue]


def make_text_encoder(size: Size, tokenizer: CLIPTokenizer) -> CLIPTextModel:
    """An untrained text encoder for the vocabulary of a tokenizer."""
    config = CLIPTextConfig(
        vocab_size=len(tokenizer),
        hidden_size=size.text_width,
        intermediate_size=4 * size.text_width,
        num_hidden_layers=size.text_layers,
        num_attention_heads=size.heads,
        max_position_embeddings=MAX_TOKENS,
        projection_dim=size.text_width,
        bos_token_id=tokenizer.bos_token_id,  # pyright: ignore[reportArgumentType]
        eos_token_id=tokenizer.eos_token_id,  # pyright: ignore[reportArgumentType]
        pad_token_id=tokenizer.pad_token_id,  # pyright: ignore[reportArgumentType]
        hidden_act="gelu",
    )
    return CLIPTextModel(config)


def _untrained(size: Size, tokenizer: CLIPTokenizer, seed: int) -> torch.nn.ModuleList:
    """UNet and text encoder, the same for the same seed."""
    with torch.random.fork_rng(devices=[]):
        torch.manual_seed(seed)
        return torch.nn.ModuleList([make_unet(size), make_text_encoder(size, tokenizer)])


def noise_schedule() -> DDIMScheduler:
    """Stable Diffusion's schedule, rescaled so that its last step has no signal left."""
    return DDIMScheduler(
        beta_start=0.00085,
        beta_end=0.012,
        beta_schedule="scaled_linear",
        prediction_type="v_prediction",
        rescale_betas_zero_snr=True,
        timestep_spacing="trailing",
        steps_offset=1,
        clip_sample=False,
    )


def make_pipeline(
    autoencoder: AutoencoderTiny,
    text_encoder: CLIPTextModel,
    tokenizer: CLIPTokenizer,
    unet: UNet2DConditionModel,
) -> StableDiffusionPipeline:
    """An ordinary Stable Diffusion pipeline that samples with DPM-Solver++ (Lu et al., 2022)."""
    return StableDiffusionPipeline(
        vae=autoencoder,  # pyright: ignore[reportArgumentType]
        text_encoder=text_encoder,
        tokenizer=tokenizer,
        unet=unet,
        scheduler=DPMSolverMultistepScheduler.from_config(noise_schedule().config),  # pyright: ignore[reportArgumentType]
        safety_checker=None,  # pyright: ignore[reportArgumentType]
        feature_extractor=None,  # pyright: ignore[reportArgumentType]
        requires_safety_checker=False,
    )


def latent_scale(latents: NDArray[np.float16]) -> float:
    """The factor that brings latents to unit variance, measured on the first thousand."""
    return float(1 / latents[:1000].astype(np.float32).std())


def lesson_shares(progress: float) -> tuple[float, float, float]:
    """Shares of the three lessons in a batch, at a progress from 0 to 1: single things first."""
    relations = 0.5 * min(1.0, max(0.0, (progress - 0.2) / 0.4))
    places = (1 - relations) * min(0.6, 0.1 + progress)
    return 1 - places - relations, places, relations


class DenoiserLearner:
    """Trains a UNet and a text encoder on latents and captions."""

    name = "denoiser"

    def __init__(
        self,
        size: Size,
        autoencoder: AutoencoderTiny,
        tokenizer: CLIPTokenizer,
        latents: NDArray[np.float16],
        captions: list[str],
        device: Device,
        seed: int = 0,
    ) -> None:
        """Prepare.

        Args:
            size: how large the networks are.
            autoencoder: goes into the pipeline, with its scaling factor set to that of the latents.
            tokenizer: of the captions.
            latents: (count, 16, 16, 16), unscaled, in the order of `compose.picture`.
            captions: as many.
            device: where to train.
            seed: decides the first weights, the batches and the noise.
        """
        self._networks = _untrained(size, tokenizer, seed).to(device.name)
        self._average = copy.deepcopy(self._networks).eval().requires_grad_(False)
        self._autoencoder, self._tokenizer = autoencoder, tokenizer
        self._device, self._seed = device, seed
        scale = latent_scale(latents)
        autoencoder.register_to_config(scaling_factor=scale)
        self._latents = torch.from_numpy(latents).to(device.name).mul(scale)
        self._tokens = torch.tensor(encode_captions(tokenizer, captions), device=device.name)
        self._no_caption = torch.tensor(encode_captions(tokenizer, [""])[0], device=device.name)
        self._by_lesson = _numbers_by_lesson(len(captions))
        self._signal = noise_schedule().alphas_cumprod.to(device.name)
        self._optimizer = MuonAdamW(
            self._networks.named_parameters(),
            for_adamw=("embed", "conv_in", "conv_out"),
            muon_lr=MUON_LR,
            adamw_lr=ADAMW_LR,
            weight_decay=0.02,
            newton_schulz_steps=4,
        )
        device.compile(*self._networks)

    def pipeline(self) -> StableDiffusionPipeline:
        """A pipeline with the averaged weights: what is sampled from and exported."""
        unet, text_encoder = self._average
        return make_pipeline(self._autoencoder, text_encoder, self._tokenizer, unet)  # pyright: ignore[reportArgumentType]

    def step(self, number: int, total: int) -> float:
        """One step on a batch drawn afresh."""
        rng = np.random.default_rng((self._seed, number))
        generator = self._device.generator(self._seed, number)
        chosen = torch.from_numpy(self._choose(rng, number / total)).to(self._device.name)
        empty = torch.from_numpy(rng.random(len(chosen)) < CAPTION_DROPOUT).to(self._device.name)
        tokens = torch.where(empty[:, None], self._no_caption, self._tokens[chosen])
        times = _spread_times(len(chosen), generator)
        loss = self._loss(self._networks, self._latents[chosen], tokens, times, generator)
        self._optimizer.step(loss, cosine(number, total, warm_up=200))
        self._update_average(number)
        return loss.item()

    def _choose(self, rng: np.random.Generator, progress: float) -> NDArray[np.int64]:
        count = BATCH * self._device.batch_scale
        lessons = rng.choice(len(Lesson), count, p=lesson_shares(progress))
        places = rng.random(count)
        return np.array(
            [
                self._by_lesson[lesson][int(place * len(self._by_lesson[lesson]))]
                for lesson, place in zip(lessons, places, strict=True)
            ]
        )

    def _loss(
        self,
        networks: torch.nn.ModuleList,
        latents: Tensor,
        tokens: Tensor,
        times: Tensor,
        generator: torch.Generator,
    ) -> Tensor:
        """Mean squared error of v, every time step weighing the same.

        Min-SNR weights (Hang et al., 2023) would give the step of pure noise, where a sample's layout
        and colours are decided, the weight 0.
        """
        unet, text_encoder = networks
        clean = latents.float()
        noise = torch.randn(clean.shape, generator=generator, device=clean.device)
        signal = self._signal[times].view(-1, 1, 1, 1)
        noisy = signal.sqrt() * clean + (1 - signal).sqrt() * noise
        velocity = signal.sqrt() * noise - (1 - signal).sqrt() * clean
        with self._device.precision():
            text = text_encoder(tokens).last_hidden_state
            made = unet(noisy.contiguous(memory_format=torch.channels_last), times, text).sample
        return (made.float() - velocity).square().mean()

    @torch.no_grad()
    def _update_average(self, number: int) -> None:
        """Move the average towards the weights; early on by more, so that it forgets the first ones."""
        decay = min(EMA_DECAY, (1 + number) / (10 + number))
        for average, weight in zip(self._average.parameters(), self._networks.parameters(), strict=True):
            average.lerp_(weight, 1 - decay)

    def state_dict(self) -> dict[str, Any]:
        """Weights, their averages, and the optimizer."""
        return {
            "networks": self._networks.state_dict(),
            "average": self._average.state_dict(),
            "optimizer": self._optimizer.state_dict(),
        }

    def load_state_dict(self, state: dict[str, Any]) -> None:
        """Go on from `state_dict`."""
        self._networks.load_state_dict(state["networks"])
        self._average.load_state_dict(state["average"])
        self._optimizer.load_state_dict(state["optimizer"])

    def examine(self, sheet: Path) -> str:
        """Draw `PROMPTS` with the averaged weights, and measure their loss on held-out pictures."""
        draw_sheet(self.pipeline(), PROMPTS, sheet, self._device)
        return f"held-out loss {self.held_out_loss():.4f}"

    @torch.no_grad()
    def held_out_loss(self) -> float:
        """Loss of the averaged weights on the held-out pictures, over evenly spread time steps."""
        generator, losses = self._device.generator(self._seed), []
        for start in range(0, min(HELD_OUT, len(self._latents)), 64):
            latents, tokens = self._latents[start : start + 64], self._tokens[start : start + 64]
            times = torch.linspace(0, 999, len(latents), device=latents.device).long()
            losses.append(self._loss(self._average, latents, tokens, times, generator))
        return torch.stack(losses).mean().item()


def _numbers_by_lesson(count: int) -> list[NDArray[np.int64]]:
    """Numbers of the pictures to train on, for each lesson."""
    numbers = range(HELD_OUT, count)
    return [np.array([i for i in numbers if lesson_of(i) is lesson]) for lesson in Lesson]


def _spread_times(count: int, generator: torch.Generator) -> Tensor:
    """Time steps 0 to 999, one from each of `count` equal parts, in random order."""
    device = generator.device
    offset = torch.rand(1, generator=generator, device=device)
    order = torch.randperm(count, generator=generator, device=device)
    return ((order + offset) / count * 1000).long().clamp(0, 999)


def draw_sheet(
    pipeline: StableDiffusionPipeline,
    prompts: tuple[str, ...],
    sheet: Path,
    device: Device,
    steps: int = 20,
    guidance: float = 3.0,
) -> None:
    """Draw one picture for each prompt, four to a row, and save them as one PNG file."""
    pipeline.set_progress_bar_config(disable=True)
    pipeline.to(device.name)
    with torch.no_grad(), device.precision():
        drawn = pipeline(
            list(prompts),
            num_inference_steps=steps,
            guidance_scale=guidance,
            height=SIDE,
            width=SIDE,
            generator=device.generator(1),
        ).images  # pyright: ignore[reportAttributeAccessIssue]
    picture = Image.new("RGB", (4 * SIDE, -(-len(drawn) // 4) * SIDE))
    for place, image in enumerate(drawn):
        picture.paste(image, (place % 4 * SIDE, place // 4 * SIDE))
    picture.save(sheet)
