"""What the builders of small models share: CLIP tokenizer and text encoder, autoencoder, the `Model` of a folder.

They have random weights and the real classes, and lie on disk as a hub would hold them.
"""

from __future__ import annotations

import json
from pathlib import Path
from types import MappingProxyType
from typing import Any

from dalle_studio.core.model import AddOn, Commercial, Licence, Model

LICENCE = Licence("none", Commercial.NO)
PX = 64
"""Side of the square that the small models draw."""
LATENT_CHANNELS = 4


def model_of(
    folder: Path, family: str, add_ons: tuple[AddOn, ...] = (), guidance_scale: float = 4.0
) -> Model:
    """The model in a folder, as it would be installed."""
    return Model(
        name=folder.name,
        label=f"Small {folder.name}",
        version="1",
        family=family,
        folder=folder,
        native_px=PX,
        steps=MappingProxyType({"draft": 2, "standard": 3, "fine": 4}),
        guidance_scale=guidance_scale,
        licence=LICENCE,
        add_ons=add_ons,
    )


def save_tokenizer(folder: Path, pad: str = "<|endoftext|>") -> int:
    """Write the files of a CLIP tokenizer that spells every word; returns how many tokens it knows."""
    from tokenizers import pre_tokenizers

    letters = sorted(pre_tokenizers.ByteLevel.alphabet())
    pieces = ["<|startoftext|>", "<|endoftext|>", *letters, *(letter + "</w>" for letter in letters)]
    folder.mkdir(parents=True)
    (folder / "vocab.json").write_text(
        json.dumps({piece: place for place, piece in enumerate(pieces)}), "utf-8"
    )
    (folder / "merges.txt").write_text("#version: 0.2\n", "utf-8")
    config = {
        "tokenizer_class": "CLIPTokenizer",
        "model_max_length": 77,
        "bos_token": "<|startoftext|>",
        "eos_token": "<|endoftext|>",
        "unk_token": "<|endoftext|>",
        "pad_token": pad,
    }
    (folder / "tokenizer_config.json").write_text(json.dumps(config), "utf-8")
    return len(pieces)


def text_config(tokens: int, width: int = 32) -> Any:
    """Of a CLIP text encoder for that many tokens."""
    from transformers import CLIPTextConfig

    return CLIPTextConfig(
        vocab_size=tokens,
        hidden_size=width,
        intermediate_size=40,
        num_hidden_layers=3,
        num_attention_heads=4,
        max_position_embeddings=77,
        projection_dim=width,
        bos_token_id=0,
        eos_token_id=1,
        pad_token_id=1,
    )


def autoencoder(scaling_factor: float, force_upcast: bool) -> Any:
    """A variational autoencoder that makes a latent of 8 by 8 pixels."""
    from diffusers.models.autoencoders.autoencoder_kl import AutoencoderKL

    blocks: dict[str, Any] = {
        "down_block_types": ("DownEncoderBlock2D",) * 4,
        "up_block_types": ("UpDecoderBlock2D",) * 4,
        "block_out_channels": (8,) * 4,
    }
    return AutoencoderKL(
        **blocks,
        layers_per_block=1,
        norm_num_groups=4,
        latent_channels=LATENT_CHANNELS,
        sample_size=PX,
        scaling_factor=scaling_factor,
        force_upcast=force_upcast,
    )


def save_index(folder: Path, kind: str, parts: dict[str, Any], **settings: Any) -> None:
    """Write `model_index.json`. `parts` maps names to objects, to (library, class) or to None."""
    index: dict[str, Any] = {"_class_name": kind, "_diffusers_version": "0.42.1", **settings}
    for name, part in parts.items():
        if part is None or isinstance(part, tuple):
            index[name] = part or (None, None)
        else:
            index[name] = (type(part).__module__.split(".")[0], type(part).__name__)
            part.save_pretrained(folder / name)
    (folder / "model_index.json").write_text(json.dumps(index, indent=2), "utf-8")
