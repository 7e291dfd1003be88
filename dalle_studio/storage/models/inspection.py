"""What a folder or a file from elsewhere is: told from names and shapes, before anything is loaded."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from dalle_studio.core.errors import UnreadableFile
from dalle_studio.core.model import AddOnKind
from dalle_studio.core.sentence import Sentence, joined, say
from dalle_studio.storage.models.recognisers import is_multilingual, is_recogniser
from dalle_studio.storage.models.selection import PICKLES
from dalle_studio.storage.models.weights import Header, read_weights_header

SD, SDXL = "stable-diffusion", "stable-diffusion-xl"
FAMILY_OF_PIPELINE = {
    "StableDiffusionPipeline": SD,
    "StableDiffusionXLPipeline": SDXL,
    "Flux2KleinPipeline": "flux2",
    "ZImagePipeline": "z-image",
    "QwenImagePipeline": "qwen-image",
    "QwenImageEditPipeline": "qwen-image",
    "QwenImageEditPlusPipeline": "qwen-image",
}
_FAMILY_OF_WIDTH = {768: SD, 2048: SDXL}
_BASE_OF_WIDTH = {768: "Stable Diffusion 1.5", 1024: "Stable Diffusion 2", 2048: "Stable Diffusion XL"}
_MAX_JSON_BYTES = 1_000_000
_LORA = re.compile(r"lora_(unet|te\d?|transformer)_|[._]lora[._](A|B|down|up)\.")
_UPSCALER = re.compile(
    r"(params(_ema)?\.)?(conv_first\.weight|model\.0\.weight|model\.1\.sub\.0\..*|body\.0\.(rdb1\..*|weight)"
    r"|layers\.0\.residual_group\.blocks\.0\..*|block_1\.c1_r\..*|feats\.0\.weight)"
)


@dataclass(frozen=True)
class Found:
    """What something from elsewhere is.

    Attributes:
        kind: what it does for a model; None for a model.
        family: what runs it, or what it goes with (empty: all).
        label: in words, such as "Stable Diffusion XL checkpoint".
        path: the folder, or the one safetensors file.
        needs_conversion: whether it is a checkpoint in one file, which becomes a diffusers folder.
        edits: whether it is a model that only edits.
    """

    kind: AddOnKind | None
    family: str
    label: str
    path: Path
    needs_conversion: bool = False
    edits: bool = False


def inspect(path: Path) -> Found:
    """What a folder or safetensors file is. Raises UnreadableFile, saying why, where it is nothing of use."""
    if path.is_dir():
        return _folder(path)
    if path.suffix.lower() in PICKLES:
        raise UnreadableFile(
            say(
                "{name} is a pickle, which could run code on this machine, and was not opened.",
                name=path.name,
            ),
            say(
                "Use the model's safetensors file, or convert it in the program it came from, for "
                "example at https://huggingface.co/spaces/safetensors/convert."
            ),
        )
    if path.suffix.lower() != ".safetensors" and path.exists():
        raise unusable(path, say("it does not end in .safetensors"))
    return _file(path, read_weights_header(path))


def unusable(path: Path, why: Sentence) -> UnreadableFile:
    """That something is no model or add-on this studio can use."""
    return UnreadableFile(
        say("{name} is no model or add-on that this studio can use: {why}.", name=path.name, why=why),
        say(
            "Take a diffusers folder, a Stable Diffusion 1.5 or XL checkpoint, a LoRA, an upscaler, or a Whisper "
            "folder in CTranslate2's format."
        ),
    )


def _folder(path: Path) -> Found:
    readers: tuple[Callable[[Path], Found | None], ...] = (
        _recogniser,
        _pipeline,
        _kandinsky,
        _part,
        _image_prompt,
        _alone,
    )
    for reader in readers:
        if found := reader(path):
            return found
    if any(each.suffix.lower() in PICKLES for each in path.rglob("*")):
        raise unusable(path, say("its weights are pickles, which could run code on this machine"))
    raise unusable(path, say("it holds neither a model_index.json nor a single safetensors file"))


def _recogniser(path: Path) -> Found | None:
    try:
        if not is_recogniser(path):
            return None
        if is_multilingual(path):
            return Found(AddOnKind.SPEECH, "", "recogniser of speech", path)
    except (OSError, ValueError) as error:
        raise unusable(path, say("it cannot be read ({error})", error=error)) from error
    raise unusable(path, say("it is a recogniser for English alone, of which one is built in"))


def _pipeline(path: Path) -> Found | None:
    index = _json(path / "model_index.json")
    if index is None:
        return None
    name = index.get("_class_name")
    if not isinstance(name, str) or name not in FAMILY_OF_PIPELINE:
        raise unusable(path, say("it is made for {name}", name=name))
    for part, value in index.items():
        is_part = isinstance(value, list) and bool(value and value[0])  # pyright: ignore[reportUnknownArgumentType]
        if is_part and part not in ("safety_checker", "feature_extractor") and not (path / part).is_dir():
            raise unusable(path, say("its folder “{part}” is missing", part=part))
    return Found(None, FAMILY_OF_PIPELINE[name], say("{name} folder", name=name), path, edits="Edit" in name)


def _kandinsky(path: Path) -> Found | None:
    names = {each.name for each in path.iterdir() if (each / "model_index.json").is_file()}
    return (
        Found(None, "kandinsky", say("Kandinsky 2.2 folder"), path) if {"prior", "decoder"} <= names else None
    )


def _part(path: Path) -> Found | None:
    config = _json(path / "config.json")
    if config is None:
        return None
    architectures = str(config.get("architectures") or "")
    if config.get("_class_name") == "ControlNetModel":
        return _control_net(path, config)
    if "ForDepthEstimation" in architectures:
        return Found(AddOnKind.DEPTH_READER, "", say("depth reader"), path)
    if "ForImageClassification" in architectures:
        return Found(AddOnKind.SAFETY, "", say("safety check"), path)
    what = config.get("_class_name") or architectures or say("a part of something")
    raise unusable(path, say("it is {what} alone", what=what))


def _control_net(path: Path, config: dict[str, Any]) -> Found:
    width = config.get("cross_attention_dim")
    family = _FAMILY_OF_WIDTH.get(width) if isinstance(width, int) else None
    if family is None:
        raise unusable(path, say("it is a ControlNet for another base than Stable Diffusion 1.5 or XL"))
    name = f"{path.name} {config.get('_name_or_path', '')}".lower()
    if "depth" in name:
        return Found(AddOnKind.DEPTH, family, say("ControlNet for depth"), path)
    if any(word in name for word in ("canny", "edge", "lineart", "hed", "scribble")):
        return Found(AddOnKind.EDGES, family, say("ControlNet for edges"), path)
    raise UnreadableFile(
        say("{name} is a ControlNet, and nothing in it says for what.", name=path.name),
        say("Give the folder a name that says “canny” or “depth”."),
    )


def _image_prompt(path: Path) -> Found | None:
    weights = list(path.glob("ip-adapter*.safetensors"))
    if not (path / "image_encoder" / "config.json").is_file() or len(weights) != 1:
        return None
    family = _image_prompt_family(read_weights_header(weights[0]))
    if family is None:
        raise unusable(path, say("its IP-Adapter is for another base than Stable Diffusion 1.5 or XL"))
    return Found(AddOnKind.IMAGE_PROMPT, family, "IP-Adapter", path)


def _alone(path: Path) -> Found | None:
    weights = list(path.rglob("*.safetensors"))
    return _file(weights[0], read_weights_header(weights[0])) if len(weights) == 1 else None


def _file(path: Path, header: Header) -> Found:
    shapes = header.shapes
    if any(_LORA.search(name) for name in shapes):
        return _lora(path, header)
    if "model.diffusion_model.input_blocks.0.0.weight" in shapes:
        return _checkpoint(path, header)
    if _image_prompt_family(header):
        raise unusable(path, say("it is an IP-Adapter without its image encoder; take the folder with both"))
    for name, what in _ALONE.items():
        if any(re.search(name, each) for each in shapes):
            raise unusable(path, what)
    if any(_UPSCALER.fullmatch(name) for name in shapes):
        return Found(AddOnKind.UPSCALER, "", say("upscaler"), path)
    raise unusable(path, say("nothing in it is known here"))


_ALONE = {
    r"^(control_model\.)?input_hint_block\.|controlnet_cond_embedding": say(
        "it is a ControlNet in one file; take the diffusers folder with its config.json"
    ),
    r"\.(hada|lokr)_w": say("it is a LyCORIS network, of which only LoRA is taken"),
    r"^(double_blocks|single_blocks|model\.diffusion_model\.double_blocks)\.": say(
        "it is a FLUX transformer alone; take the diffusers folder"
    ),
    r"joint_blocks\.": say("it is Stable Diffusion 3, for which nothing is here"),
    r"^(emb_params|clip_[lg]|string_to_param)": say("it is a textual inversion, which is not taken"),
    r"^(first_stage_model\.)?(encoder|decoder)\.(down|up|mid)": say("it is an autoencoder alone"),
    r"^(down_blocks|up_blocks|transformer_blocks|time_embedding)\.": say(
        "it is a part of a diffusers folder; take the whole folder"
    ),
}


def _checkpoint(path: Path, header: Header) -> Found:
    names = " ".join(header.shapes)
    first = header.shapes["model.diffusion_model.input_blocks.0.0.weight"]
    channels = first[1] if len(first) == 4 else 0
    if "conditioner.embedders.1.model." in names:
        family, label = SDXL, say("Stable Diffusion XL checkpoint")
    elif "cond_stage_model.transformer." in names:
        family, label = SD, say("Stable Diffusion 1.5 checkpoint")
    elif "cond_stage_model.model." in names:
        raise unusable(
            path,
            say("it is Stable Diffusion 2, whose add-ons do not fit those of 1.5; take its diffusers folder"),
        )
    elif "conditioner.embedders.0.model." in names:
        raise unusable(path, say("it is a refiner, which draws nothing by itself"))
    else:
        raise unusable(path, say("its text encoder is missing"))
    if channels != 4:
        raise unusable(
            path,
            say("it is made for inpainting or editing alone") if channels in (8, 9) else say("it is unusual"),
        )
    if "first_stage_model.decoder." not in names:
        raise unusable(path, say("its autoencoder is missing"))
    return Found(None, family, label, path, needs_conversion=True)


def _lora(path: Path, header: Header) -> Found:
    family = _lora_family(header)
    if family is None:
        widths = _widths(header)
        bases = [
            _BASE_OF_WIDTH.get(width) or say("a text width of {width}", width=width)
            for width in sorted(widths)
        ]
        base = joined(bases, say(" or ")) or say("a base that cannot be told")
        raise unusable(path, say("it is a LoRA for {base}", base=base))
    return Found(AddOnKind.LORA, family, say("LoRA for {family}", family=family), path)


def _lora_family(header: Header) -> str | None:
    names = "\n".join(header.shapes)
    if re.search(r"to_qkv_mlp_proj|single_stream_modulation", names):
        return "flux2"
    if re.search(r"(img|txt)_(mlp|mod)|add_k_proj", names) and re.search(r"transformer_blocks[._]5\d", names):
        return "qwen-image"
    if re.search(r"layers[._]\d+[._]attention[._]to_q", names):
        return "z-image"
    if re.search(r"lora_te[12]_|text_encoder_2\.", names):
        return SDXL
    widths = _widths(header)
    return _FAMILY_OF_WIDTH.get(widths.pop()) if len(widths) == 1 else None


def _widths(header: Header) -> set[int]:
    """Widths of the text that a LoRA's denoiser attends to, or else of the text encoder that it changes."""
    inner = {
        name: shape[1]
        for name, shape in header.shapes.items()
        if len(shape) >= 2 and re.search(r"lora[._](down|A)\b", name)
    }
    attended = {
        width for name, width in inner.items() if re.search(r"attn2[._](processor[._])?to_[kv]", name)
    }
    return attended or {
        width for name, width in inner.items() if re.search(r"text_model.*q_proj|text_encoder", name)
    }


def _image_prompt_family(header: Header) -> str | None:
    widths = {
        shape[1]
        for name, shape in header.shapes.items()
        if re.fullmatch(r"ip_adapter\.\d+\.to_k_ip\.weight", name) and len(shape) == 2
    }
    return _FAMILY_OF_WIDTH.get(widths.pop()) if len(widths) == 1 else None


def _json(path: Path) -> dict[str, Any] | None:
    """The object in a JSON file; None where there is no such file."""
    if not path.is_file():
        return None
    try:
        if path.stat().st_size > _MAX_JSON_BYTES:
            raise ValueError("too long")
        table = json.loads(path.read_text(encoding="utf-8"))
        if not isinstance(table, dict):
            raise TypeError("no object")
        return table  # pyright: ignore[reportUnknownVariableType]
    except (OSError, ValueError, TypeError, RecursionError) as error:
        raise unusable(path, say("it cannot be read ({reason})", reason=str(error))) from error
