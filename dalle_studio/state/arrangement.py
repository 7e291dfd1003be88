"""What is on the canvas, as one frozen value: a picture, painted regions, and a frame around."""

from __future__ import annotations

from dataclasses import dataclass, fields, replace

from dalle_studio.core.errors import InvalidRequest
from dalle_studio.core.format import Size
from dalle_studio.core.mask import Box, Mask
from dalle_studio.core.picture import Picture
from dalle_studio.core.sentence import say
from dalle_studio.state.frame import NO_FRAME, Frame
from dalle_studio.state.tiles import TiledMask

MAX_REGIONS = 5


@dataclass(frozen=True, eq=False)
class Region:
    """A painted place with its own prompt.

    Attributes:
        number: 1 to 5, unique on the canvas.
        prompt: what to make there; may be empty.
        painting: the mask and its memory.
    """

    number: int
    prompt: str
    painting: TiledMask

    @property
    def colour(self) -> int:
        """0 to 4, index into the theme's region colours."""
        return self.number - 1

    @property
    def mask(self) -> Mask:
        """uint8 (height, width) of the picture, read-only; shows what is painted now."""
        return self.painting.view

    @property
    def box(self) -> Box | None:
        """The smallest box around the painted pixels, or None; up to date after every stroke."""
        return self.painting.box


@dataclass(frozen=True, eq=False)
class Arrangement:
    """What is on the canvas, but for the pixels of the masks.

    Attributes:
        picture: on show.
        regions: in the order they were made.
        active: number of the region that tools work on.
        frame: how far the frame reaches beyond the picture.
    """

    picture: Picture | None = None
    regions: tuple[Region, ...] = ()
    active: int | None = None
    frame: Frame = NO_FRAME

    @property
    def size(self) -> Size | None:
        """Of the picture."""
        return self.picture and self.picture.size

    def find(self, number: int | None) -> Region | None:
        """The region of that number."""
        return next((region for region in self.regions if region.number == number), None)

    def region_at(self, x: float, y: float) -> int | None:
        """Number of the newest region painted at this pixel, or None."""
        for region in reversed(self.regions):
            height, width = region.mask.shape
            if 0 <= x < width and 0 <= y < height and region.mask[int(y), int(x)]:
                return region.number
        return None

    @property
    def targets(self) -> tuple[Region, ...]:
        """What tools work on that make no region: the active one, or all."""
        active = self.find(self.active)
        return (active,) if active else self.regions

    def with_region(self, prompt: str = "") -> Arrangement:
        """One more empty region, active. Raises InvalidRequest without a picture or beyond five."""
        if self.size is None:
            raise InvalidRequest(
                say("There is no picture to paint on."),
                say("Open a picture or generate one, then paint where things go."),
            )
        free = [n for n in range(1, MAX_REGIONS + 1) if self.find(n) is None]
        if not free:
            raise InvalidRequest(
                say("A picture has at most {count} regions.", count=MAX_REGIONS),
                say("Click the name of one to paint in it, or remove one first."),
            )
        region = Region(free[0], prompt, TiledMask(self.size))
        return replace(self, regions=(*self.regions, region), active=region.number)

    def without_region(self, number: int) -> Arrangement:
        """The same without that region."""
        left = tuple(region for region in self.regions if region.number != number)
        return replace(self, regions=left, active=None if self.active == number else self.active)

    def with_prompt(self, number: int, text: str) -> Arrangement:
        """The same with another prompt for that region."""
        regions = (replace(r, prompt=text) if r.number == number else r for r in self.regions)
        return replace(self, regions=tuple(regions))

    def moved(self, start: Arrangement, end: Arrangement) -> Arrangement:
        """This arrangement with everything that differs between start and end as it is at the end."""
        names = [field.name for field in fields(self)]
        differing = {
            name: getattr(end, name) for name in names if getattr(start, name) is not getattr(end, name)
        }
        after = replace(self, **differing)
        return after if after.find(after.active) else replace(after, active=None)
