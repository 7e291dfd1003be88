"""The sketch of a prompt: the library's art of the things it names, each in its place on grey, and a palette."""

from __future__ import annotations

import json
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from dalle_studio.core.format import Size
from dalle_studio.core.layout import Placement, arrange
from dalle_studio.core.mask import Mask, bounds
from dalle_studio.core.reading import Reader
from dalle_studio.core.scene import Lexicon, Mention, Scene
from dalle_studio.engine.pipelines.art import ArtLibrary
from dalle_studio.engine.pipelines.paint import repaint

GREY = 128
"""Where nothing is drawn."""
FILLED = 0.94
"""Share of a place's box that the things put there take up."""


@dataclass(frozen=True, eq=False)
class Sketch:
    """What the denoiser is shown of a prompt.

    Attributes:
        pixels: drawings on grey, uint8 (height, width, 3).
        coverage: how opaque they are, uint8 (height, width).
        palette: how colours lie where the scene is set, uint8 (side, side, 3), whatever the frame's proportions.
            None where no place is named.
    """

    pixels: NDArray[np.uint8]
    coverage: NDArray[np.uint8]
    palette: NDArray[np.uint8] | None = None


class Sketcher:
    """Draws sketches with the art and the words of a model's folder."""

    def __init__(self, folder: Path) -> None:
        """Read ``lexicon.json`` and open ``art.zip``. Raises OSError, ValueError or KeyError for damaged ones."""
        lexicon = Lexicon.from_json(json.loads((folder / "lexicon.json").read_text("utf-8")))
        self._reader = Reader(lexicon)
        self._plain = next(look for look in lexicon.looks if look.name == "none")
        self._art = ArtLibrary(folder / "art.zip")

    def notes(self, prompt: str) -> list[str]:
        """What to tell about words that the model does not know, in sentences."""
        found = self._reader.notes(prompt)
        read = [f"“{word}” was read as “{known}”." for word, known in found if known is not None]
        lost = ", ".join(f"“{word}”" for word, known in found if known is None)
        return [*read, *([f"This model does not know {lost}; the rest of the prompt leads."] if lost else [])]

    def draw(self, prompt: str, frame: Size, seed: int, mask: Mask | None = None) -> Sketch:
        """The sketch of a prompt.

        Args:
            prompt: in English or Chinese.
            frame: of the picture.
            seed: decides what the prompt leaves open: poses, places, the family of art.
            mask: uint8 (height, width) of the frame; things go where it is white, and there is no palette. None
                means anywhere.
        """
        scene, rng = self._reader.read(prompt), np.random.default_rng(seed)
        families = (scene.look or self._plain).families
        family = families[int(rng.integers(len(families)))]
        shape = partial(self._shape, family)
        box = None if mask is None else bounds(mask)
        if box is None:
            sketch = self._drawn(arrange(scene, frame, shape, rng), family, frame)
            return replace(sketch, palette=self._palette(scene, rng))
        placements = arrange(_bare(scene), box.size, shape, rng, fill=FILLED)
        moved = [replace(each, x=each.x + box.left, y=each.y + box.top) for each in placements]
        return self._drawn(moved, family, frame)

    def _shape(self, family: str, mention: Mention) -> tuple[float, float]:
        return self._art.shape(mention.thing.name, family)

    def _palette(self, scene: Scene, rng: np.random.Generator) -> NDArray[np.uint8] | None:
        if scene.setting is None:
            return None
        known = self._art.palettes(scene.setting.name, (scene.look or self._plain).name)
        palette = known[int(rng.integers(len(known)))]
        return palette[:, ::-1] if rng.random() < 0.5 else palette

    def _drawn(self, placements: list[Placement], family: str, frame: Size) -> Sketch:
        canvas = Image.new("RGBA", frame.wh, (GREY, GREY, GREY, 0))
        for placement in placements:
            drawing = self._art.drawing(placement.mention.thing.name, family)
            if placement.mention.colour is not None:
                drawing = repaint(drawing, placement.mention.colour)
            ready = _laid_out(drawing, placement)
            left, top = round(placement.x - ready.width / 2), round(placement.y - ready.height)
            layer = Image.new("RGBA", frame.wh, (GREY, GREY, GREY, 0))
            layer.paste(ready, (left, top))
            canvas = Image.alpha_composite(canvas, layer)
        ground = Image.new("RGBA", frame.wh, (GREY, GREY, GREY, 255))
        pixels = np.asarray(Image.alpha_composite(ground, canvas).convert("RGB"))
        return Sketch(pixels, np.asarray(canvas.getchannel("A")))


def _bare(scene: Scene) -> Scene:
    """The things alone: where they go is said by the mask."""
    return replace(scene, setting=None)


def _laid_out(drawing: NDArray[np.uint8], placement: Placement) -> Image.Image:
    """A drawing at its size, mirrored and turned, cropped to what is opaque."""
    image = Image.fromarray(drawing)
    scale = placement.size / max(image.size)
    width, height = (max(1, round(side * scale)) for side in image.size)
    ready = image.convert("RGBa").resize((width, height), Image.Resampling.BICUBIC).convert("RGBA")
    if placement.flip:
        ready = ready.transpose(Image.Transpose.FLIP_LEFT_RIGHT)
    if placement.turn_deg:
        turned = ready.convert("RGBa").rotate(placement.turn_deg, Image.Resampling.BICUBIC, expand=True)
        ready = turned.convert("RGBA")
        ready = ready.crop(ready.getchannel("A").point(lambda alpha: 255 * (alpha > 8)).getbbox())
    return ready
