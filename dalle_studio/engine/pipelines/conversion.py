"""A checkpoint in one file as a diffusers folder, without a network: what its parts look like is known here.

Configurations of Stable Diffusion 1.5 and XL stand in `checkpoints.json`, CLIP's vocabulary in OpenAI's own file.
"""

from __future__ import annotations

import gzip
import json
from pathlib import Path
from typing import Any

import torch
from diffusers.pipelines.stable_diffusion.pipeline_stable_diffusion import StableDiffusionPipeline
from diffusers.pipelines.stable_diffusion_xl.pipeline_stable_diffusion_xl import StableDiffusionXLPipeline
from safetensors import safe_open
from transformers import CLIPTokenizer

from dalle_studio.core.errors import CannotWrite, StudioError, UnreadableFile
from dalle_studio.core.sentence import say

PIPELINES: dict[str, Any] = {
    "stable-diffusion": StableDiffusionPipeline,
    "stable-diffusion-xl": StableDiffusionXLPipeline,
}
VOCABULARY = "bpe_simple_vocab_16e6.txt.gz"
_START, _END = "<|startoftext|>", "<|endoftext|>"
_MERGES = 49152 - 256 - 2
"""As many of the file's merges CLIP uses, as its `simple_tokenizer.py` says."""


def converted(source: Path, family: str, folder: Path, knowledge: Path) -> StudioError | None:
    """Write the folder; see `engine.conversion.convert`. Returns what went wrong, where something did."""
    try:
        _convert(source, family, folder, knowledge)
    except OSError as error:
        return CannotWrite(
            say("{folder} does not take the converted model.", folder=folder),
            say("Free some space."),
            repr(error),
        )
    except Exception as error:  # diffusers raises nearly everything on checkpoints it does not know
        return UnreadableFile(
            say("{name} could not be converted: something in it is missing or unusual.", name=source.name),
            say("Use another version of it, or its diffusers folder."),
            repr(error),
        )
    return None


def tokenizer(vocabulary: Path, pad: str = _END) -> CLIPTokenizer:
    """CLIP's tokenizer (Radford et al. 2021).

    Args:
        vocabulary: the merges of its byte pair encoding, as OpenAI publishes them.
        pad: what fills a prompt up to 77 tokens.
    """
    with gzip.open(vocabulary, "rt", encoding="utf-8") as file:
        merges = file.read().split("\n")[1 : _MERGES + 1]
    letters = _letters()
    pieces = [
        *letters,
        *(letter + "</w>" for letter in letters),
        *(merge.replace(" ", "") for merge in merges),
    ]
    numbers: Any = {piece: number for number, piece in enumerate([*pieces, _START, _END])}
    pairs: Any = [tuple(merge.split()) for merge in merges]
    return CLIPTokenizer(
        vocab=numbers,
        merges=pairs,
        bos_token=_START,
        eos_token=_END,
        unk_token=_END,
        pad_token=pad,
        model_max_length=77,
    )


def _convert(source: Path, family: str, folder: Path, knowledge: Path) -> None:
    known = json.loads((knowledge / "checkpoints.json").read_text(encoding="utf-8"))[family]
    names, number_format = _content(source)
    if "v_pred" in names:  # how its makers mark one that predicts velocity
        known["scheduler/scheduler_config.json"]["prediction_type"] = "v_prediction"
        known["scheduler/scheduler_config.json"]["rescale_betas_zero_snr"] = "ztsnr" in names
    for path, content in known.items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_text(json.dumps(content), encoding="utf-8")
    tokenizers = {"tokenizer": tokenizer(knowledge / VOCABULARY)}
    if family == "stable-diffusion-xl":
        tokenizers["tokenizer_2"] = tokenizer(knowledge / VOCABULARY, pad="!")
    pipeline = PIPELINES[family].from_single_file(
        str(source), config=str(folder), local_files_only=True, torch_dtype=number_format, **tokenizers
    )
    pipeline.save_pretrained(folder, safe_serialization=True)


def _content(source: Path) -> tuple[set[str], torch.dtype]:
    """Names of the tensors, and the number format to keep them in: bfloat16 where the denoiser has it."""
    with safe_open(source, framework="pt") as file:  # pyright: ignore[reportUnknownVariableType]
        names: set[str] = set(file.keys())
        denoiser = file.get_slice("model.diffusion_model.input_blocks.0.0.weight").get_dtype()
    return names, torch.bfloat16 if denoiser == "BF16" else torch.float16


def _letters() -> list[str]:
    """A character for each byte, in CLIP's order: printable ones themselves, the others from 256 on."""
    printable = [
        *range(ord("!"), ord("~") + 1),
        *range(ord("¡"), ord("¬") + 1),
        *range(ord("®"), ord("ÿ") + 1),
    ]
    others = [byte for byte in range(256) if byte not in printable]
    return [*map(chr, printable), *(chr(256 + number) for number in range(len(others)))]
