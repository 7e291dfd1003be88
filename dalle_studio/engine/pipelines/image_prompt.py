"""Pictures as prompts: an image encoder and an IP-Adapter (Ye et al. 2023), which shows the denoiser what it saw.

The denoiser's attention to the text gets a second part, to four tokens made from the picture. Keys and values of
those tokens are computed once for a run. Outside `prompted` the denoiser is what it would be without an adapter.
"""

from __future__ import annotations

from collections.abc import Callable, Generator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import numpy as np
import torch
import torch.nn.functional as F
from PIL import Image
from safetensors.torch import load_file
from torch import nn
from transformers import CLIPVisionModelWithProjection

from dalle_studio.core.model import AddOn
from dalle_studio.engine.base import Pixels
from dalle_studio.engine.pipelines.add_ons import read

ENCODER = "image_encoder"
"""Folder of the encoder inside a model's folder."""
WEIGHTS = "ip_adapter/ip-adapter.safetensors"
"""The adapter's file there."""
TOKENS = 4
MEAN, DEVIATION = (0.48145466, 0.4578275, 0.40821073), (0.26862954, 0.26130258, 0.27577711)
"""CLIP's own, for red, green and blue: what diffusers assumes where a pipeline brings no image processor."""

Attention = Callable[[torch.Tensor, torch.Tensor, torch.Tensor, int], torch.Tensor]
"""From queries, keys, values (batch, tokens, channels) and the number of heads."""
Layers = Sequence[tuple[torch.Tensor, torch.Tensor]]
"""Keys and values (batch, `TOKENS`, channels) for every attention to the text, in the denoiser's order."""


class ImagePrompt(nn.Module):
    """The weights of an IP-Adapter of the plain kind, named as in its file."""

    def __init__(self, width: int, text_width: int, channels: Mapping[str, int]) -> None:
        """Make untrained ones.

        Args:
            width: of an embedding of a picture.
            text_width: of the denoiser's text tokens.
            channels: of each attention to the text, by its number in the file (see `channels_of`).
        """
        super().__init__()
        norm = nn.LayerNorm(text_width)
        self.image_proj = nn.ModuleDict({"proj": nn.Linear(width, TOKENS * text_width), "norm": norm})
        self.ip_adapter = nn.ModuleDict(
            {
                number: nn.ModuleDict(
                    {name: nn.Linear(text_width, size, bias=False) for name in ("to_k_ip", "to_v_ip")}
                )
                for number, size in channels.items()
            }
        )

    @classmethod
    def of(cls, weights: Mapping[str, torch.Tensor]) -> ImagePrompt:
        """The adapter with those weights, in float32.

        Raises LookupError, TypeError or RuntimeError where they are no such.
        """
        width, text_width = weights["image_proj.proj.weight"].shape[1], len(weights["image_proj.norm.weight"])
        channels = {name.split(".")[1]: len(weight) for name, weight in weights.items() if "to_k_ip" in name}
        with torch.device("meta"):  # a damaged file can name sides for which there is no memory
            prompt = cls(width, text_width, channels)
        copies = {name: weight.to(torch.float32, copy=True) for name, weight in weights.items()}
        prompt.load_state_dict(copies, assign=True)
        return prompt

    def forward(self, embeddings: torch.Tensor) -> list[tuple[torch.Tensor, torch.Tensor]]:
        """What the denoiser is shown of pictures with embeddings (batch, width); zeros stand for no picture."""
        tokens = self.image_proj["proj"](embeddings).unflatten(1, (TOKENS, -1))
        tokens = self.image_proj["norm"](tokens)
        numbers = sorted(self.ip_adapter, key=int)
        layers: list[Any] = [self.ip_adapter[number] for number in numbers]
        return [(layer["to_k_ip"](tokens), layer["to_v_ip"](tokens)) for layer in layers]


def text_attentions(denoiser: Any) -> dict[str, str]:
    """Names of the processors of a denoiser's attentions to the text, by their numbers in an adapter's file."""
    names = enumerate(denoiser.attn_processors)
    return {str(number): name for number, name in names if name.endswith("attn2.processor")}


def channels_of(denoiser: Any) -> dict[str, int]:
    """Channels of a denoiser's attentions to the text, by their numbers in an adapter's file."""
    return {
        number: denoiser.get_submodule(name.removesuffix(".processor")).to_q.out_features
        for number, name in text_attentions(denoiser).items()
    }


def fused_attention(query: torch.Tensor, key: torch.Tensor, value: torch.Tensor, heads: int) -> torch.Tensor:
    """Attention by torch's own kernel."""
    q, k, v = (each.unflatten(2, (heads, -1)).transpose(1, 2) for each in (query, key, value))
    return F.scaled_dot_product_attention(q, k, v).transpose(1, 2).flatten(2)


@contextmanager
def prompted(
    denoiser: Any, shown: Layers, absent: Layers, scale: float, attend: Attention = fused_attention
) -> Generator[None]:
    """Let a denoiser see pictures for the length of the block.

    Args:
        denoiser: a UNet with attention to text.
        shown: what it sees, one for each picture of the batch.
        absent: what it sees without a picture, as many; used for the unguided half of a batch.
        scale: weight of what it sees beside the text.
        attend: how attention is computed.
    """
    count, before, forward = len(shown[0][0]), denoiser.attn_processors, denoiser.forward
    names = text_attentions(denoiser).values()
    seeing = {
        name: _Seeing(each, none, scale, attend)
        for name, each, none in zip(names, shown, absent, strict=True)
    }

    def watched(sample: torch.Tensor, *rest: Any, **options: Any) -> Any:
        for processor in seeing.values():
            processor.guided = len(sample) > count
        return forward(sample, *rest, **options)

    denoiser.set_attn_processor({**before, **seeing})
    denoiser.forward = watched
    try:
        yield
    finally:
        denoiser.forward = forward
        denoiser.set_attn_processor(before)


class _Seeing:
    """Attention to the text and to a picture: diffusers' attention processor with keys and values of its own."""

    guided = False
    """Whether every picture is there twice, first without a prompt."""

    def __init__(
        self,
        shown: tuple[torch.Tensor, torch.Tensor],
        absent: tuple[torch.Tensor, torch.Tensor],
        scale: float,
        attend: Attention,
    ) -> None:
        self._shown, self._scale, self._attend = shown, scale, attend
        self._both = [torch.cat(pair) for pair in zip(absent, shown, strict=True)]

    def __call__(
        self,
        attn: Any,
        hidden_states: torch.Tensor,
        encoder_hidden_states: torch.Tensor,
        attention_mask: None = None,
    ) -> torch.Tensor:
        query, text = attn.to_q(hidden_states), encoder_hidden_states
        drawn = self._attend(query, attn.to_k(text), attn.to_v(text), attn.heads)
        # a lone picture may come twice, see `steady_batches`
        key, value = (
            each.to(query.dtype).repeat(len(query) // len(each), 1, 1)
            for each in (self._both if self.guided else self._shown)
        )
        drawn = drawn + self._scale * self._attend(query, key, value, attn.heads)
        return attn.to_out[1](attn.to_out[0](drawn))


class PictureReader:
    """Image encoder and adapter of a folder."""

    def __init__(self, folder: Path, device: str, dtype: torch.dtype = torch.float32) -> None:
        """Load them. Raises nearly everything where they are missing or damaged.

        Args:
            folder: a model's or an add-on's; somewhere in it are one `ip-adapter*.safetensors` and one encoder.
            device: where they are to be.
            dtype: number format of their weights.
        """
        (weights,), (where,) = folder.rglob("ip-adapter*.safetensors"), folder.rglob(ENCODER)
        encoder: Any = CLIPVisionModelWithProjection.from_pretrained(
            str(where), local_files_only=True, use_safetensors=True, dtype=dtype
        )
        self._encoder, self._device, self._dtype = encoder.to(device).eval(), device, dtype
        self._prompt = ImagePrompt.of(load_file(weights)).to(device, dtype).eval()

    def check(self, denoiser: Any) -> None:
        """Raise ValueError where the adapter was not made for a denoiser like this."""
        layers: dict[str, Any] = dict(self._prompt.ip_adapter.items())
        theirs = {number: layer["to_k_ip"].out_features for number, layer in layers.items()}
        if theirs != channels_of(denoiser):
            raise ValueError("it has other layers than the model's attention to the text")

    @staticmethod
    def is_in(folder: Path) -> bool:
        """Whether a model has an image encoder and an adapter at all."""
        return (folder / WEIGHTS).exists()

    def read(self, pictures: Sequence[Pixels], mix: float, count: int) -> tuple[Layers, Layers]:
        """What a denoiser is shown of one picture or of a mix of two, and what it sees without.

        Args:
            pictures: one or two, each uint8 (height, width, 3).
            mix: share of the second one, 0 to 1.
            count: pictures in the denoiser's batch; all are shown the same.
        """
        embeddings = [self.embed(picture) for picture in pictures]
        embedding = embeddings[0] if len(embeddings) == 1 else between(embeddings[0], embeddings[1], mix)
        return self._repeated(embedding, count), self._repeated(torch.zeros_like(embedding), count)

    def embed(self, picture: Pixels) -> torch.Tensor:
        """The embedding of a picture, (1, width). Pictures are read one by one, so that none alters another's."""
        side = self._encoder.config.image_size
        pixels = torch.from_numpy(thumbnail(picture, side)).to(self._device)[None]
        seen = normalised(pixels.permute(0, 3, 1, 2).float() / 255)
        return self._encoder(seen.to(self._dtype)).image_embeds

    def _repeated(self, embedding: torch.Tensor, count: int) -> Layers:
        return [
            (key.expand(count, -1, -1), value.expand(count, -1, -1)) for key, value in self._prompt(embedding)
        ]


def reader_of(add_on: AddOn, denoiser: Any, device: str, dtype: torch.dtype) -> PictureReader:
    """The reader that an add-on is for a denoiser. Raises ModelUnusable where it is damaged or does not fit."""

    def load(add_on: AddOn) -> PictureReader:
        reader = PictureReader(add_on.path, device, dtype)
        reader.check(denoiser)
        return reader

    return read(add_on, load)


def thumbnail(picture: Pixels, side: int) -> Pixels:
    """The middle of a picture, (side, side, 3), as CLIPImageProcessor takes it."""
    image = Image.fromarray(np.ascontiguousarray(picture))
    short = min(image.size)
    small = image.resize(
        (int(image.width * side / short), int(image.height * side / short)), Image.Resampling.BICUBIC
    )
    left, top = (small.width - side) // 2, (small.height - side) // 2
    return np.array(small.crop((left, top, left + side, top + side)))


def normalised(pictures: torch.Tensor) -> torch.Tensor:
    """Pictures (batch, 3, side, side), 0 to 1, as the encoder takes them."""
    mean, deviation = (pictures.new_tensor(each).view(-1, 1, 1) for each in (MEAN, DEVIATION))
    return (pictures - mean) / deviation


def between(one: torch.Tensor, other: torch.Tensor, mix: float) -> torch.Tensor:
    """An embedding on the arc between two, (1, width) each: as DALL-E 2 blends pictures (Ramesh et al. 2022)."""
    lengths = one.norm(), other.norm()
    cosine = ((one * other).sum() / (lengths[0] * lengths[1])).clamp(-1, 1)
    angle = torch.acos(cosine)
    if angle < 1e-3 or angle > torch.pi - 1e-3:  # no arc in particular
        return torch.lerp(one, other, mix)
    near, far = torch.sin((1 - mix) * angle), torch.sin(mix * angle)
    direction = (near * one / lengths[0] + far * other / lengths[1]) / torch.sin(angle)
    return direction * torch.lerp(lengths[0], lengths[1], mix)
