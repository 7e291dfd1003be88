"""What is set on the canvas beside what is there: the tool, its options, and what is compared with."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Self

from dalle_studio.core.picture import Picture
from dalle_studio.core.request import Intent
from dalle_studio.state.stroke import Tool

MAX_BRUSH_PX = 2048
MAX_FEATHER_PX = 256


@dataclass(frozen=True)
class Options:
    """None of it can be undone.

    Attributes:
        brush_px: diameter in picture pixels, 1 to 2048.
        feather_px: 0 to 256 picture pixels.
        hardness: 0 = fading from the centre, 1 = sharp.
        compare_at: where the compare slider is, 0 = left edge of the picture, 1 = right edge.
    """

    tool: Tool = Tool.SELECT
    intent: Intent = Intent.FILL
    brush_px: int = 64
    feather_px: int = 16
    hardness: float = 1.0
    compare: Picture | None = None
    compare_at: float = 0.5

    def with_brush_px(self, diameter_px: float) -> Self:
        """The brush's diameter, brought into its limits."""
        return replace(self, brush_px=min(max(1, round(diameter_px)), MAX_BRUSH_PX))

    def with_feather_px(self, feather_px: float) -> Self:
        """The feather, brought into its limits."""
        return replace(self, feather_px=min(max(0, round(feather_px)), MAX_FEATHER_PX))

    def with_hardness(self, hardness: float) -> Self:
        """The hardness, to two places, brought into 0 to 1."""
        return replace(self, hardness=min(max(0.0, round(hardness, 2)), 1.0))
