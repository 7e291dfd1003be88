"""The image encoder and the IP-Adapter (Ye et al., 2023) that let the denoiser keep the content of a picture.

Both learn from what the denoiser, which stays as it is, makes of a noisy picture when it is shown a thumbnail of
that picture, cropped, blurred and recoloured a little. A contrastive term (InfoNCE: van den Oord et al., 2018)
keeps apart the embeddings of pictures unlike any of the library: textures, gradients, collages.
"""

# pyright: reportPrivateImportUsage=false
# diffusers exports its names lazily, which type checkers do not see.

from __future__ import annotations

from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import numpy as np
import torch
import torch.nn.functional as nnf
from diffusers import StableDiffusionPipeline, T2IAdapter
from diffusers.models.attention_processor import AttnProcessor
from PIL import Image
from safetensors.torch import save_file
from torch import Tensor, nn
from transformers import CLIPImageProcessor, CLIPVisionConfig, CLIPVisionModelWithProjection

from dalle_studio.engine.pipelines.conditions import Conditions, adapted
from dalle_studio.engine.pipelines.image_prompt import (
    ENCODER,
    WEIGHTS,
    Attention,
    ImagePrompt,
    channels_of,
    fused_attention,
    normalised,
    prompted,
    text_attentions,
)
from dalle_studio.training.draw.frame import SIDE
from dalle_studio.training.networks.alterations import altered, strange_pictures
from dalle_studio.training.networks.conditioning import Shares, random_conditions, unadapted
from dalle_studio.training.networks.denoiser import HELD_OUT
from dalle_studio.training.networks.muon import MuonAdamW
from dalle_studio.training.networks.unet import noise_schedule
from dalle_studio.training.pictures.pairs import THUMBNAIL_SIDE, Pairs
from dalle_studio.training.run.device import Device
from dalle_studio.training.run.files import whole_file, whole_folder
from dalle_studio.training.run.loop import cosine
from dalle_studio.training.words.tokenizer import encode_captions

BATCH = 64
SHARES = Shares(inpainted=0.0, with_palette=0.5, palette_alone=0.8, unsketched=0.8, unadapted=0.15)
"""What pictures are shown beside their thumbnails: little, and as variations are."""
CAPTION_DROPOUT = 0.5
PICTURE_DROPOUT = 0.1
"""Share of pictures made without their thumbnails, which makes guidance possible."""
CONTRASTED = 16
"""Thumbnails whose embeddings are contrasted, and as many strange pictures."""
CONTRAST_WEIGHT = 0.01
TEMPERATURE = 0.1
MUON_LR = 0.01
ADAMW_LR = 1e-3
SHOWN = 16
"""Held-out pictures on sample sheets."""


@dataclass(frozen=True)
class EncoderSize:
    """How large the image encoder is, in the terms of CLIP."""

    patch: int = 8
    width: int = 192
    layers: int = 4
    heads: int = 4
    projection: int = 256


def make_encoder(size: EncoderSize) -> CLIPVisionModelWithProjection:
    """An untrained image encoder."""
    config = CLIPVisionConfig(
        image_size=THUMBNAIL_SIDE,
        patch_size=size.patch,
        hidden_size=size.width,
        intermediate_size=4 * size.width,
        num_hidden_layers=size.layers,
        num_attention_heads=size.heads,
        projection_dim=size.projection,
        hidden_act="gelu",
    )
    encoder = CLIPVisionModelWithProjection(config)
    if not torch.cuda.is_available():
        encoder.set_attn_implementation("eager")  # its backward pass is faster, see `plain_attention`
    return encoder


class Networks(nn.Module):
    """What is trained together."""

    def __init__(self, size: EncoderSize, denoiser: Any, seed: int) -> None:
        """Make them for a denoiser; the same for the same seed. Keys and values start as those of its text."""
        super().__init__()
        with torch.random.fork_rng(devices=[]):
            torch.manual_seed(seed)
            self.encoder = make_encoder(size)
            width, channels = denoiser.config.cross_attention_dim, channels_of(denoiser)
            self.prompt = ImagePrompt(size.projection, width, channels)
        weights = self.prompt.state_dict()
        for number, name in text_attentions(denoiser).items():
            attention = denoiser.get_submodule(name.removesuffix(".processor"))
            weights[f"ip_adapter.{number}.to_k_ip.weight"].copy_(attention.to_k.weight)
            weights[f"ip_adapter.{number}.to_v_ip.weight"].copy_(attention.to_v.weight)

    def embed(self, thumbnails: Tensor) -> Tensor:
        """Embeddings (batch, width) of thumbnails, -1 to 1."""
        return self.encoder(normalised(thumbnails / 2 + 0.5)).image_embeds


def plain_attention(query: Tensor, key: Tensor, value: Tensor, heads: int) -> Tensor:
    """Attention in single operations; on a CPU its backward pass takes half the time of torch's fused one."""
    q, k, v = (each.unflatten(2, (heads, -1)).transpose(1, 2) for each in (query, key, value))
    shares = (q @ k.mT * q.shape[-1] ** -0.5).softmax(-1)
    return (shares @ v).transpose(1, 2).flatten(2)


class ImagePromptLearner:
    """Trains image encoder and IP-Adapter for a denoiser that is trained already."""

    name = "image_prompt"

    def __init__(
        self,
        pipeline: StableDiffusionPipeline,
        adapter: T2IAdapter,
        pairs: Pairs,
        device: Device,
        seed: int = 0,
        size: EncoderSize | None = None,
    ) -> None:
        """Prepare.

        Args:
            pipeline: with the denoiser, its text encoder and the autoencoder, trained and on the device.
            adapter: that belongs to the denoiser.
            pairs: in the order of `compose.picture`.
            device: where to train.
            seed: decides the first weights, the batches, the conditions and the noise.
            size: of the image encoder.
        """
        self._pipeline, self._adapter, self._pairs = pipeline, adapter, pairs
        for part in (pipeline.unet, pipeline.text_encoder, adapter):
            part.eval().requires_grad_(False)
        self._attend: Attention = fused_attention
        if device.name == "cpu":
            self._attend = plain_attention
            pipeline.unet.set_attn_processor(AttnProcessor())
        self._device, self._seed, self._size = device, seed, size or EncoderSize()
        self._scale: float = pipeline.vae.config.scaling_factor
        self._schedule = noise_schedule()
        self.networks = Networks(self._size, pipeline.unet, seed).to(device.name)
        self._optimizer = MuonAdamW(
            self.networks.named_parameters(),
            for_adamw=("embed",),
            muon_lr=MUON_LR,
            adamw_lr=ADAMW_LR,
            weight_decay=0.02,
            newton_schulz_steps=4,
        )

    def step(self, number: int, total: int) -> float:
        """One step on a batch drawn afresh; returns the loss of the denoiser alone."""
        rng = np.random.default_rng((self._seed, number))
        generator = self._device.generator(self._seed, number)
        count = BATCH * self._device.batch_scale
        chosen = torch.from_numpy(rng.integers(HELD_OUT, len(self._pairs), count)).to(self._device.name)
        embeddings, contrast = self._embeddings(chosen, generator)
        kept = torch.from_numpy((rng.random(count) >= PICTURE_DROPOUT).astype(np.float32))
        captions = [
            "" if empty else self._pairs.captions[index]
            for index, empty in zip(chosen.tolist(), rng.random(count) < CAPTION_DROPOUT, strict=True)
        ]
        loss = self._loss(chosen, embeddings * kept.to(embeddings)[:, None], captions, rng, generator)
        self._optimizer.step(loss + CONTRAST_WEIGHT * contrast, cosine(number, total, warm_up=50))
        return loss.item()

    def _embeddings(self, chosen: Tensor, generator: torch.Generator) -> tuple[Tensor, Tensor]:
        """Embeddings of altered thumbnails, and how badly alterations of one picture agree."""
        thumbnails = self._pairs.thumbnails(chosen)
        strange = strange_pictures(thumbnails[-CONTRASTED:], generator)
        seen = torch.cat([strange, thumbnails])
        again = seen[: len(strange) + CONTRASTED]
        views = [altered(pictures, generator) for pictures in (seen, again)]
        with self._device.precision():
            embeddings = self.networks.embed(torch.cat(views)).float()
        first, second = embeddings[: len(again)], embeddings[len(seen) :]
        return embeddings[len(strange) : len(seen)], disagreement(first, second)

    def _loss(
        self,
        chosen: Tensor,
        embeddings: Tensor,
        captions: list[str],
        rng: np.random.Generator,
        generator: torch.Generator,
    ) -> Tensor:
        """Mean squared error of v, every time step weighing the same."""
        count, clean = len(chosen), self._pairs.pictures(chosen) * self._scale
        noise = torch.randn(clean.shape, generator=generator, device=clean.device)
        part = torch.rand(count, generator=generator, device=clean.device)
        times = ((torch.arange(count, device=clean.device) + part) / count * 1000).long().clamp(0, 999)
        conditions = random_conditions(self._pairs[chosen], self._scale, rng, SHARES).stack()
        weight = unadapted(count, rng, clean.device, SHARES)
        noisy = self._schedule.add_noise(clean, noise, times)  # pyright: ignore[reportArgumentType]
        velocity = self._schedule.get_velocity(clean, noise, times)  # pyright: ignore[reportArgumentType]
        with self._device.precision():
            made = self._velocity(noisy, times, captions, conditions, weight, embeddings)
        return (made.float() - velocity).square().mean()

    def _velocity(
        self,
        noisy: Tensor,
        times: Tensor,
        captions: list[str],
        conditions: Tensor,
        weight: Tensor,
        embeddings: Tensor,
    ) -> Tensor:
        """What the denoiser makes of noisy latents when it is shown pictures with some embeddings."""
        unet = self._pipeline.unet
        with torch.no_grad():
            text = self._text(captions)
            features = [feature * weight for feature in self._adapter(conditions)]
        shown = self.networks.prompt(embeddings)
        noisy = noisy.contiguous(memory_format=torch.channels_last)
        with adapted(unet, features), prompted(unet, shown, shown, 1.0, self._attend):
            return unet(noisy, times, text).sample

    def _text(self, captions: list[str]) -> Tensor:
        """Text tokens of captions; equal ones, such as the many empty ones, are read once."""
        different = sorted(set(captions))
        tokens = torch.tensor(encode_captions(self._pipeline.tokenizer, different), device=self._device.name)
        text = self._pipeline.text_encoder(tokens).last_hidden_state
        places = {caption: place for place, caption in enumerate(different)}
        return text[torch.tensor([places[caption] for caption in captions], device=text.device)]

    def state_dict(self) -> dict[str, Any]:
        """Weights, the encoder's size, and the optimizer."""
        return {
            "networks": self.networks.state_dict(),
            "size": asdict(self._size),
            "optimizer": self._optimizer.state_dict(),
        }

    def load_state_dict(self, state: dict[str, Any]) -> None:
        """Go on from `state_dict`, or from weights alone."""
        self.networks.load_state_dict(state["networks"])
        if "optimizer" in state:
            self._optimizer.load_state_dict(state["optimizer"])

    def examine(self, sheet: Path) -> str:
        """Vary held-out pictures, and measure what seeing them is worth on held-out pictures.

        The sheet shows pictures, and under each what was made of its embedding alone; at the end pictures made of
        embeddings between the first two.
        """
        self._draw_sheet(sheet)
        seeing, blind = (self.held_out_loss(seeing) for seeing in (True, False))
        recognised = self.recognised_share()
        return (
            f"held-out loss {seeing:.4f}, without the picture {blind:.4f}; {recognised:.0%} recognised again"
        )

    @torch.no_grad()
    def held_out_loss(self, seeing: bool = True) -> float:
        """Loss on the held-out pictures without captions, shown their thumbnails or nothing."""
        rng, generator, losses = np.random.default_rng(self._seed), self._device.generator(self._seed), []
        for start in range(0, min(HELD_OUT, len(self._pairs)), 64):
            chosen = torch.arange(start, min(start + 64, len(self._pairs)), device=self._device.name)
            embeddings = self.networks.embed(self._pairs.thumbnails(chosen))
            losses.append(self._loss(chosen, embeddings * seeing, [""] * len(chosen), rng, generator))
        return torch.stack(losses).mean().item()

    @torch.no_grad()
    def recognised_share(self) -> float:
        """Share of held-out pictures whose two alterations have embeddings nearer than to any other's."""
        generator = self._device.generator(self._seed)
        chosen = torch.arange(min(HELD_OUT, 256, len(self._pairs)), device=self._device.name)
        views = [altered(self._pairs.thumbnails(chosen), generator) for _ in range(2)]
        one, other = (nnf.normalize(self.networks.embed(view)) for view in views)
        return ((one @ other.mT).argmax(1) == torch.arange(len(one), device=one.device)).float().mean().item()

    @torch.no_grad()
    def _draw_sheet(self, sheet: Path) -> None:
        chosen = torch.arange(min(SHOWN, HELD_OUT, len(self._pairs)), device=self._device.name)
        embeddings = self.networks.embed(self._pairs.thumbnails(chosen))
        mixes = torch.linspace(0, 1, 8, device=embeddings.device)[:, None]
        blends = torch.lerp(embeddings[:1], embeddings[1:2], mixes)
        made, between = self._drawn(embeddings), self._drawn(blends)
        pictures = self._pairs.pictures(chosen)
        rows = [
            self._row(latents[start : start + 8])
            for start in range(0, len(chosen), 8)
            for latents in (pictures, made)
        ]
        whole = torch.cat([*rows, self._row(between)], dim=1).permute(1, 2, 0).cpu().numpy()
        Image.fromarray(whole).save(sheet)

    def _drawn(self, embeddings: Tensor, steps: int = 12, guidance: float = 3.0) -> Tensor:
        """Unscaled latents of pictures made of embeddings alone."""
        pipeline, count = self._pipeline, len(embeddings)
        pipeline.set_progress_bar_config(disable=True)
        grid = SIDE // self._pipeline.vae_scale_factor
        blank = embeddings.new_zeros(count, pipeline.unet.config.in_channels, grid, grid)
        features = self._adapter(Conditions.none(blank).stack())
        shown, absent = self.networks.prompt(embeddings), self.networks.prompt(torch.zeros_like(embeddings))
        with adapted(pipeline.unet, features), prompted(pipeline.unet, shown, absent, 1.0, self._attend):
            made: Any = pipeline(
                [""] * count,
                num_inference_steps=steps,
                guidance_scale=guidance,
                height=SIDE,
                width=SIDE,
                generator=self._device.generator(1),
                output_type="latent",
            )
        return made.images / self._scale

    def _row(self, latents: Tensor) -> Tensor:
        """Pictures side by side, (3, 256, 8 x 256) bytes; missing ones are black."""
        made = self._pipeline.vae.decode(latents).sample.float()
        row = torch.cat(list(made.add(1).mul(127.5).round().clamp(0, 255).byte()), dim=2)
        return nnf.pad(row, (0, 8 * SIDE - row.shape[2]))


def disagreement(one: Tensor, other: Tensor) -> Tensor:
    """InfoNCE: how far embeddings (count, width) are from being nearest to those of the same number."""
    likeness = nnf.normalize(one) @ nnf.normalize(other).mT / TEMPERATURE
    numbers = torch.arange(len(one), device=one.device)
    return (nnf.cross_entropy(likeness, numbers) + nnf.cross_entropy(likeness.mT, numbers)) / 2


def load_image_prompt(checkpoint: Path) -> tuple[CLIPVisionModelWithProjection, ImagePrompt]:
    """Encoder and adapter of a checkpoint, ready for use and fixed."""
    state = torch.load(checkpoint, map_location="cpu", weights_only=True)["state"]
    encoder = make_encoder(EncoderSize(**state["size"]))
    encoder.load_state_dict(_under("encoder.", state["networks"]))
    prompt = ImagePrompt.of(_under("prompt.", state["networks"]))
    return encoder.eval().requires_grad_(False), prompt.eval().requires_grad_(False)


def _under(prefix: str, weights: dict[str, Tensor]) -> dict[str, Tensor]:
    return {name.removeprefix(prefix): each for name, each in weights.items() if name.startswith(prefix)}


def export_image_prompt(encoder: CLIPVisionModelWithProjection, prompt: ImagePrompt, folder: Path) -> None:
    """Write encoder and adapter in half precision to where the studio, and diffusers, look in a model's folder."""
    with whole_folder(folder / ENCODER) as target:
        encoder.config.architectures = [type(encoder).__name__]
        encoder.config.dtype = torch.float32  # what it is computed in, see `export.folder._tidy`
        encoder.config.save_pretrained(target)
        processor = CLIPImageProcessor(size=THUMBNAIL_SIDE, crop_size=THUMBNAIL_SIDE)
        processor.save_pretrained(target)
        _save_half(encoder, target / "model.safetensors")
    with whole_file(folder / WEIGHTS) as path:
        _save_half(prompt, path)


def _save_half(network: nn.Module, path: Path) -> None:
    weights = {
        name: each.half().contiguous() if each.is_floating_point() else each
        for name, each in network.state_dict().items()
    }
    save_file(weights, path, metadata={"format": "pt"})
