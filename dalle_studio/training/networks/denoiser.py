"""How the denoiser is trained: UNet, text encoder and adapter (see `unet.py`) together.

They learn two drawings: the first, from pure noise, and the second, which starts from the first at twice its
size (see `pictures/details.py`).

A sketch holds the library's art of the things that a caption names, each in its place (retrieval-augmented, after
Blattmann et al., 2022, and grounded, after Li et al., 2023): a model this small need not remember what four
hundred things look like, only how to draw them into a picture.

It predicts v (Salimans and Ho, 2022) under a noise schedule that ends in pure noise, sampled from
the trailing end (zero terminal SNR: Lin et al., 2023), and an exponential moving average of its
weights is what is used.
"""

# pyright: reportPrivateImportUsage=false
# diffusers exports its names lazily, which type checkers do not see.

from __future__ import annotations

import copy
from pathlib import Path
from typing import Any

import numpy as np
import torch
from diffusers import AutoencoderTiny, StableDiffusionPipeline, T2IAdapter
from numpy.typing import NDArray
from PIL import Image
from torch import Tensor
from transformers import CLIPTokenizer

from dalle_studio.engine.pipelines.conditions import Conditions, adapted
from dalle_studio.training.draw.frame import SIDE
from dalle_studio.training.networks.conditioning import random_conditions, unadapted
from dalle_studio.training.networks.muon import MuonAdamW
from dalle_studio.training.networks.unet import Networks, Size, make_pipeline, noise_schedule
from dalle_studio.training.pictures.compose import Lesson, lesson_of
from dalle_studio.training.pictures.details import Details
from dalle_studio.training.pictures.pairs import Pairs
from dalle_studio.training.run.device import Device
from dalle_studio.training.run.loop import cosine
from dalle_studio.training.words.tokenizer import encode_captions

BATCH = 64
HELD_OUT = 512
"""The first pictures are never trained on; the held-out loss is measured on them."""
CAPTION_DROPOUT = 0.1
"""Share of captions left empty, which makes classifier-free guidance possible (Ho and Salimans, 2022)."""
EMA_DECAY = 0.995
MUON_LR = 0.01
ADAMW_LR = 1e-3
SHOWN = tuple(range(5, 29))
"""Held-out pictures on sample sheets."""
REDRAWN = (0.5, 0.9)
"""How far first drawings are thrown back to noise before they are drawn again."""
GROWTH_STEPS = 50
"""Steps between two looks for new pairs."""


def lesson_shares(progress: float) -> tuple[float, float, float]:
    """Shares of the three lessons in a batch, at a progress from 0 to 1: single things first."""
    relations = 0.5 * min(1.0, progress / 0.4)
    places = (1 - relations) * min(0.75, 0.1 + 2 * progress)
    return 1 - places - relations, places, relations


class DenoiserLearner:
    """Trains UNet, text encoder and adapter on pairs of pictures and sketches."""

    name = "denoiser"

    def __init__(
        self,
        size: Size,
        autoencoder: AutoencoderTiny,
        tokenizer: CLIPTokenizer,
        pairs: Pairs,
        device: Device,
        seed: int = 0,
        details: Details | None = None,
    ) -> None:
        """Prepare.

        Args:
            size: how large the networks are.
            autoencoder: goes into the pipeline, with its scaling factor set to that of the latents.
            tokenizer: of the captions.
            pairs: in the order of `compose.picture`; more may appear while the training runs.
            device: where to train.
            seed: decides the first weights, the batches, the conditions and the noise.
            details: of the first of the pairs; more may appear. Without them only the first drawing is learnt.
        """
        self._details = details
        self._networks = Networks(size, tokenizer, seed).to(device.name)
        self._average = copy.deepcopy(self._networks).eval().requires_grad_(False)
        self._autoencoder, self._tokenizer, self._pairs = autoencoder, tokenizer, pairs
        self._device, self._seed, self._scale = device, seed, pairs.scale
        autoencoder.register_to_config(scaling_factor=self._scale)
        self._no_caption = torch.tensor(encode_captions(tokenizer, [""])[0], device=device.name)
        self._tokens = self._no_caption.new_empty(0, len(self._no_caption))
        self._read_captions()
        self._signal = noise_schedule().alphas_cumprod.to(device.name)
        self._optimizer = MuonAdamW(
            self._networks.named_parameters(),
            for_adamw=("embed", "conv_in", "unet.conv_out"),
            muon_lr=MUON_LR,
            adamw_lr=ADAMW_LR,
            weight_decay=0.02,
            newton_schulz_steps=4,
        )
        device.compile(self._networks)

    def _read_captions(self) -> None:
        """Encode the captions that are new, and sort all pictures but the held-out ones by lesson."""
        new = encode_captions(self._tokenizer, self._pairs.captions[len(self._tokens) :])
        self._tokens = torch.cat([self._tokens, self._tokens.new_tensor(new)])
        self._by_lesson = _numbers_by_lesson(len(self._tokens))

    def pipeline(self) -> StableDiffusionPipeline:
        """A pipeline with the averaged weights: what is exported beside `adapter`."""
        average = self._average
        return make_pipeline(self._autoencoder, average.text_encoder, self._tokenizer, average.unet)

    @property
    def adapter(self) -> T2IAdapter:
        """The adapter with its averaged weights."""
        return self._average.adapter

    def step(self, number: int, total: int) -> float:
        """One step on a batch drawn afresh."""
        if number % GROWTH_STEPS == 0:
            self._grow()
        rng = np.random.default_rng((self._seed, number))
        generator = self._device.generator(self._seed, number)
        count = BATCH * self._device.batch_scale
        large = count * 3 // 4 if self._details else 0  # the second drawing is what is seen
        chosen = self._choose(rng, number / total, count, large)
        empty = torch.from_numpy(rng.random(count) < CAPTION_DROPOUT).to(self._device.name)
        tokens = torch.where(empty[:, None], self._no_caption, self._tokens[chosen])
        times = _spread_times(count, generator)
        loss = self._loss(self._networks, chosen, large, tokens, times, rng, generator)
        self._optimizer.step(loss, cosine(number, total, warm_up=60))
        self._update_average(number)
        return loss.item()

    def _grow(self) -> None:
        if self._details:
            self._details.grow()
        if self._pairs.grow():
            self._read_captions()

    def _choose(self, rng: np.random.Generator, progress: float, count: int, large: int) -> Tensor:
        """Numbers of pictures, by lesson; the first `large` of them have details."""
        lessons = rng.choice(len(Lesson), count, p=lesson_shares(progress))
        places = rng.random(count)
        chosen: list[int] = []
        for lesson, place in zip(lessons, places, strict=True):
            numbers = self._by_lesson[lesson]
            if self._details and len(chosen) < large:
                numbers = numbers[: np.searchsorted(numbers, len(self._details))]
            chosen.append(int(numbers[int(place * len(numbers))]))
        return torch.tensor(chosen, device=self._device.name)

    def _loss(
        self,
        networks: Networks,
        chosen: Tensor,
        large: int,
        tokens: Tensor,
        times: Tensor,
        rng: np.random.Generator,
        generator: torch.Generator,
    ) -> Tensor:
        """Mean squared error of v, every time step weighing the same. The first `large` are second drawings.

        Min-SNR weights (Hang et al., 2023) would give the step of pure noise, where a sample's layout
        and colours are decided, the weight 0.
        """
        pair = self._pairs[chosen[large:]]
        noise = torch.randn(len(chosen), *pair.pictures.shape[1:], generator=generator, device=times.device)
        if large and self._details:
            parts, drawn_once = self._details.parts(chosen[:large], rng)
            starts = torch.from_numpy(rng.uniform(*REDRAWN, large)).to(times.device)
            times[:large] = (times[:large] * starts).long()
            noise[:large] += self._left_over(parts.pictures, drawn_once, starts)
            pair = parts + pair
        clean, signal = pair.pictures * self._scale, self._signal[times].view(-1, 1, 1, 1)
        noisy = signal.sqrt() * clean + (1 - signal).sqrt() * noise
        velocity = signal.sqrt() * noise - (1 - signal).sqrt() * clean
        shown = random_conditions(pair, self._scale, rng).stack()
        weight = unadapted(len(chosen), rng, clean.device)
        with self._device.precision():
            made = networks(noisy, times, tokens, shown, weight)
        return (made.float() - velocity).square().mean()

    def _left_over(self, pictures: Tensor, drawn_once: Tensor, starts: Tensor) -> Tensor:
        """What makes noise lead from the first drawing, thrown back to time `starts` (0 to 1), to the picture.

        The first drawing d, thrown back, is a d + s n. It is also a x + s (n + (a / s) (d - x)) for the picture x:
        the term beside n is to be taken away with the noise.
        """
        signal = self._signal[(starts * 999).long()].view(-1, 1, 1, 1)
        return (signal / (1 - signal)).sqrt() * (drawn_once - pictures) * self._scale

    @torch.no_grad()
    def _update_average(self, number: int) -> None:
        """Move the average towards the weights; early on by more, so that it forgets the first ones."""
        decay = min(EMA_DECAY, (1 + number) / (10 + number))
        for average, weight in zip(self._average.parameters(), self._networks.parameters(), strict=True):
            average.lerp_(weight, 1 - decay)

    def state_dict(self) -> dict[str, Any]:
        """Weights, their averages, the optimizer, and the scale of the latents they were trained with."""
        return {
            "scale": self._scale,
            "networks": self._networks.state_dict(),
            "average": self._average.state_dict(),
            "optimizer": self._optimizer.state_dict(),
        }

    def load_state_dict(self, state: dict[str, Any]) -> None:
        """Go on from `state_dict`, or from weights alone."""
        self._scale = state["scale"]
        self._autoencoder.register_to_config(scaling_factor=self._scale)
        self._networks.load_state_dict(state["networks"])
        self._average.load_state_dict(state["average"])
        if "optimizer" in state:
            self._optimizer.load_state_dict(state["optimizer"])

    def examine(self, sheet: Path) -> str:
        """Draw held-out captions with the averaged weights, and measure their loss on held-out pictures.

        The sheet shows, row under row, the sketch, what was made of it, and the picture it was taken from.
        """
        self._draw_sheet(sheet)
        details = f", second drawing {self.held_out_loss(of_details=True):.4f}" if self._details else ""
        return f"held-out loss {self.held_out_loss():.4f}{details}, {len(self._pairs)} pairs"

    @torch.no_grad()
    def held_out_loss(self, *, of_details: bool = False) -> float:
        """Loss of the averaged weights on the held-out pictures, over evenly spread time steps."""
        rng, generator, losses = np.random.default_rng(self._seed), self._device.generator(self._seed), []
        count = min(HELD_OUT, len(self._details if self._details and of_details else self._pairs))
        for start in range(0, count, 64):
            chosen = torch.arange(start, min(start + 64, count), device=self._device.name)
            times = torch.linspace(0, 999, len(chosen), device=chosen.device).long()
            large = len(chosen) if of_details else 0
            loss = self._loss(self._average, chosen, large, self._tokens[chosen], times, rng, generator)
            losses.append(loss)
        return torch.stack(losses).mean().item()

    @torch.no_grad()
    def _draw_sheet(self, sheet: Path, steps: int = 12, guidance: float = 3.0) -> None:
        chosen = torch.tensor([i for i in SHOWN if i < len(self._pairs)], device=self._device.name)
        pair = self._pairs[chosen]
        conditions = Conditions.none(pair.pictures)
        conditions.sketch, conditions.coverage = pair.sketches * self._scale, pair.coverage
        conditions.contours = pair.contours * self._scale
        pipeline = self.pipeline()
        pipeline.set_progress_bar_config(disable=True)
        with self._device.precision(), adapted(pipeline.unet, self.adapter(conditions.stack())):
            drawn: Any = pipeline(
                [self._pairs.captions[i] for i in chosen.tolist()],
                num_inference_steps=steps,
                guidance_scale=guidance,
                height=SIDE,
                width=SIDE,
                generator=self._device.generator(1),
                output_type="latent",
            )
        made = drawn.images / self._scale
        rows = [
            torch.cat(
                [self._decode(part[start : start + 8]) for part in (pair.sketches, made, pair.pictures)],
                dim=1,
            )
            for start in range(0, len(chosen), 8)
        ]
        whole = torch.cat(rows, dim=1).permute(1, 2, 0).cpu().numpy()
        Image.fromarray(whole).save(sheet)

    def _decode(self, latents: Tensor) -> Tensor:
        """Pictures side by side, (3, 256, 8 x 256) bytes; missing ones are black."""
        with self._device.precision():
            made = self._autoencoder.decode(latents).sample.float()  # pyright: ignore[reportAttributeAccessIssue]
        pixels = made.add(1).mul(127.5).round().clamp(0, 255).byte()
        row = torch.cat(list(pixels), dim=2)
        return torch.nn.functional.pad(row, (0, 8 * SIDE - row.shape[2]))


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
