"""Both small UNet families with every add-on there is for them."""

from __future__ import annotations

from pathlib import Path
from types import ModuleType

from dalle_studio.core.model import AddOnKind, Model
from tests.models import stable_diffusion, stable_diffusion_xl
from tests.models.add_ons import (
    add_on_of,
    build_control,
    build_depth_reader,
    build_image_prompt,
    build_lora,
)
from tests.models.parts import model_of

FAMILIES: dict[str, ModuleType] = {
    "stable-diffusion": stable_diffusion,
    "stable-diffusion-xl": stable_diffusion_xl,
}


def build_all(root: Path) -> dict[str, Model]:
    """Write both models and their add-ons: IP-Adapter, LoRAs `peft` and `kohya`, ControlNet, a reader of depth."""
    build_depth_reader(root / "reader")
    models: dict[str, Model] = {}
    for family, builder in FAMILIES.items():
        folder, extra = root / family, root / f"{family}-extra"
        builder.build(folder)
        build_image_prompt(folder, extra / "adapter")
        build_lora(folder, extra / "peft.safetensors", "peft")
        build_lora(folder, extra / "kohya.safetensors", "kohya")
        build_control(folder, extra / "control")
        kinds = {
            "adapter": AddOnKind.IMAGE_PROMPT,
            "peft.safetensors": AddOnKind.LORA,
            "kohya.safetensors": AddOnKind.LORA,
            "control": AddOnKind.EDGES,
        }
        add_ons = [add_on_of(extra / name, kind, family) for name, kind in kinds.items()]
        add_ons.append(add_on_of(extra / "control", AddOnKind.DEPTH, family))
        add_ons.append(add_on_of(root / "reader", AddOnKind.DEPTH_READER, ""))
        models[family] = model_of(folder, family, tuple(add_ons))
    return models
