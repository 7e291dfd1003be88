"""The light of a place: what a background tells about itself, so that things look as if they stood there."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from dalle_studio.training.draw.colours import RGB


@dataclass(frozen=True)
class Light:
    """How things in a place are lit.

    Attributes:
        tint: factor on red, green and blue of everything put there, about 0.4 to 1.15: night is dark and blue.
        side: where the light comes from, -1 (left) to 1 (right); the other side of a thing gets darker.
        shading: how much darker the far side gets, 0 to 0.5.
        rim: light added along the lit edge of things, 0 to 255 for each channel; black for none.
        shadow: opacity of the shadow on the ground, 0 (none: floating, overcast) to 0.6.
        stretch: length of the cast shadow over the thing's height, 0 (only where it touches the ground) to 1.
        haze: colour of the air, mixed into things that stand far back, and by how much at most (0 to 0.5).
        foreground: draws what lies before the things, such as grass over their feet; called after them.
    """

    tint: RGB = (1.0, 1.0, 1.0)
    side: float = -0.5
    shading: float = 0.15
    rim: RGB = (0.0, 0.0, 0.0)
    shadow: float = 0.35
    stretch: float = 0.15
    haze: tuple[RGB, float] = ((255.0, 255.0, 255.0), 0.0)
    foreground: Callable[[], None] | None = None
