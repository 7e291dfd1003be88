"""A project with everything in it, and what tells two projects apart."""

from __future__ import annotations

from typing import Any

import numpy as np

from dalle_studio.core.request import Intent
from dalle_studio.storage.project import PaintedRegion, Project
from tests.storage.samples import generated


def painted(seed: int, height: int = 24, width: int = 32) -> np.ndarray[Any, np.dtype[np.uint8]]:
    mask = np.random.default_rng(seed).integers(0, 256, (height, width), np.uint8)
    mask[: height // 2] = 0
    return mask


def full_project() -> Project:
    return Project(
        picture=generated("a red car"),
        regions=(
            PaintedRegion(number=2, mask=painted(2), prompt="a 猫 & a <dog>", intent=Intent.BACKGROUND),
            PaintedRegion(number=1, mask=painted(1), prompt="", name="Sky", intent=Intent.REMOVE),
        ),
        active=1,
        frame=(16, 8, 0, 4),
        composition={"text": "a red car", "who": ["🙂"], "seed": 7, "guidance_scale": None},
        options={"brush_px": 64},
    )


def facts(project: Project) -> dict[str, Any]:
    """Everything that a project says, in values that can be compared."""
    picture = project.picture
    return {
        "pixels": picture and picture.sha256,
        "name": picture and picture.name,
        "recipe": picture and picture.recipe and picture.recipe.to_json(),
        "regions": [
            (each.number, each.name, each.prompt, each.intent, each.mask.tobytes(), dict(each.unknown))
            for each in project.regions
        ],
        "active": project.active,
        "frame": project.frame,
        "composition": dict(project.composition),
        "options": dict(project.options),
        "unknown": (
            dict(project.unknown.manifest),
            dict(project.unknown.canvas),
            dict(project.unknown.members),
        ),
    }
