"""Two pictures to be blended into variations of both."""

from __future__ import annotations

from dataclasses import dataclass

from dalle_studio.core.picture import Picture


@dataclass(frozen=True, eq=False)
class Blend:
    """Two pictures and how much of each.

    Attributes:
        first, second: A and B.
        mix: 0 = only the first, 1 = only the second.
    """

    first: Picture
    second: Picture
    mix: float = 0.5

    @property
    def nearer(self) -> Picture:
        """The one of which there is more."""
        return self.first if self.mix <= 0.5 else self.second
