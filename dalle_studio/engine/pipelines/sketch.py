"""The sketch of a prompt: the library's art of the things it names, each where it goes, in a place or on grey."""

from __future__ import annotations

import json
from dataclasses import dataclass, replace
from functools import lru_cache, partial
from itertools import product
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageFilter

from dalle_studio.core.format import Size
from dalle_studio.core.layout import Placement, arrange
from dalle_studio.core.mask import Box, Mask, bounds
from dalle_studio.core.prompt import STYLES, styled
from dalle_studio.core.reading import Reader
from dalle_studio.core.scene import Lexicon, Mention, Scene, Setting
from dalle_studio.core.sentence import joined, say
from dalle_studio.engine.pipelines.art import ArtLibrary
from dalle_studio.engine.pipelines.backdrop import NAMED, RGB, chosen
from dalle_studio.engine.pipelines.paint import repaint
from dalle_studio.engine.pipelines.stitch import open_side, seam, stitched

GREY = 128
"""Where nothing is drawn."""
LINES_ALONE = frozenset({"pencil", "line art", "blueprint", "chalk", "neon"})
"""Styles that leave most of a picture bare; urged, they cover it with lines."""
SOFTNESS = 0.012
"""How much a place is softened behind things that are drawn in lines: a deviation, over the longer side."""
LIKE = "像"
"""Chinese for “like”, and a part of the Chinese for “pixel art”."""
CLOSEST = 3
"""Drawings of a place among which chance chooses where a picture is continued."""
SMALLER = 8
"""How much smaller pictures are compared."""
FILLS = (0.94, 0.86, 0.78, 0.7, 0.62, 0.54, 0.46)
"""Shares of a place's box that the things put there may take up, the most first."""
RIM = 0.05
"""Width of the rim of a place, where what is drawn fades into the picture, as a share of its shorter side."""
SHIFT = 0.24
"""How far from its middle they may be moved, as a share of its width and its height."""
INSIDE = 0.98
"""Least share of the things that is to lie within the rim."""


@dataclass(frozen=True, eq=False)
class Sketch:
    """What the denoiser is shown of a prompt.

    Attributes:
        pixels: drawings, uint8 (height, width, 3), grey where there is none.
        coverage: how opaque they are, uint8 (height, width).
        backdrop: colour of the plain ground behind them; None where that is left to the denoiser.
    """

    pixels: NDArray[np.uint8]
    coverage: NDArray[np.uint8]
    backdrop: RGB | None = None

    def resized(self, size: Size) -> Sketch:
        """The same, smaller."""
        pixels, coverage = (
            np.asarray(Image.fromarray(each).resize(size.wh, Image.Resampling.BOX))
            for each in (self.pixels, self.coverage)
        )
        return replace(self, pixels=pixels, coverage=coverage)


class Sketcher:
    """Draws sketches with the art and the words of a model's folder."""

    def __init__(self, folder: Path) -> None:
        """Read ``lexicon.json`` and open ``art.zip``. Raises OSError, ValueError or KeyError for damaged ones."""
        lexicon = Lexicon.from_json(json.loads((folder / "lexicon.json").read_text("utf-8")))
        self._reader = Reader(lexicon)
        self._read = lru_cache(8)(self._reader.read)  # both drawings of every picture ask for the scene
        self._plain = next(look for look in lexicon.looks if look.name == "none")
        self._art = ArtLibrary(folder / "art.zip")

    def notes(self, prompt: str) -> list[str]:
        """What to tell about words that the model does not know, in sentences."""
        found = self._reader.notes(prompt)
        read = [
            say("“{word}” was read as “{known}”.", word=word, known=known)
            for word, known in found
            if known is not None
        ]
        lost = joined([say("“{word}”", word=word) for word, known in found if known is None], say(", "))
        return [
            *read,
            *(
                [say("This model does not know {lost}; the rest of the prompt leads.", lost=lost)]
                if lost
                else []
            ),
        ]

    def is_textured(self, prompt: str) -> bool:
        """Whether a prompt names a style that fills the picture."""
        look = self._read(prompt).look
        return look is not None and look.name not in LINES_ALONE

    def as_captions_say(self, prompt: str) -> str:
        """The prompt in words that the denoiser has learnt.

        Its style is also named as captions name it: “film noir” is “black and white”. In Chinese “like” is a part
        of the name of pixel art, and brings pixels where it is not meant so.
        """
        look = self._read(prompt).look
        style = next((style for style in STYLES if look is not None and style.name == look.name), None)
        if style is None or style.name != "pixel art":
            prompt = prompt.replace(LIKE, "")
        if style is None:
            return prompt
        names = [phrase.removeprefix("{}").strip(" ,，") for phrase in (style.phrase, style.chinese_phrase)]
        return prompt if any(name in prompt.lower() for name in names) else styled(prompt, style)

    def draw(self, prompt: str, frame: Size, seed: int) -> Sketch:
        """The sketch of a prompt.

        Args:
            prompt: in English or Chinese.
            frame: of the picture.
            seed: decides what the prompt leaves open: poses, places, the family of art.
        """
        return self._draw(self._read(prompt), frame, seed)

    def draw_behind(self, prompt: str, frame: Size, seed: int) -> Sketch:
        """What may lie behind things that stay: the place that a prompt names, or else all that it names.

        Takes what `draw` takes.
        """
        scene = self._read(prompt)
        bare = scene if scene.setting is None else replace(scene, mentions=(), links=())
        return self._draw(bare, frame, seed)

    def _draw(self, scene: Scene, frame: Size, seed: int) -> Sketch:
        rng = np.random.default_rng(seed)
        family = self._family(scene, rng)
        placements = arrange(scene, frame, partial(self._shape, family), rng)
        sketch = self._drawn(placements, family, self._ground(scene, frame, rng))
        return replace(sketch, backdrop=self._backdrop(scene, family, rng))

    def _backdrop(self, scene: Scene, family: str, rng: np.random.Generator) -> RGB | None:
        """The colour that a prompt names, or else one before which its things stand out."""
        if scene.setting is not None or not (scene.look or self._plain).shows_ground:
            return None
        if scene.ground is not None or not scene.mentions:
            return NAMED.get(scene.ground or "")
        drawings = [self._drawing(mention, family) for mention in scene.mentions]
        return chosen(drawings, rng, deep=scene.look is None)

    def _drawing(self, mention: Mention, family: str) -> NDArray[np.uint8]:
        """The library's drawing of a thing, in the colour that is asked for."""
        drawing = self._art.drawing(mention.thing.name, family)
        return drawing if mention.colour is None else repaint(drawing, mention.colour)

    def draw_into(self, prompt: str, seed: int, picture: NDArray[np.uint8], mask: Mask) -> Sketch:
        """The things of a prompt where a mask says, in a picture; an empty sketch where it names no things.

        Args:
            prompt: in English or Chinese.
            seed: as for `draw`.
            picture: uint8 (height, width, 3).
            mask: uint8 (height, width); things go where it is white.
        """
        scene, box = self._read(prompt), bounds(mask)
        if box is None or not scene.mentions:
            return Sketch(picture, np.zeros_like(mask))
        rng = np.random.default_rng(seed)
        family, state = self._family(scene, rng), rng.bit_generator.state
        bare, inner = replace(scene, setting=None), _within_rim(mask, box)  # the mask says where they go
        tries: list[tuple[float, list[Placement]]] = []
        for fill in FILLS:
            rng.bit_generator.state = state
            placed = arrange(bare, box.size, partial(self._shape, family), rng, fill=fill)
            things = self._drawn(placed, family, _clear(box.size)).coverage
            share, right, down = _best_shift(things, inner)
            moved = [replace(each, x=each.x + box.left + right, y=each.y + box.top + down) for each in placed]
            tries.append((share, moved))
            if share >= INSIDE:
                break
        _, best = max(tries, key=lambda each: each[0])
        return self._drawn(best, family, Image.fromarray(picture).convert("RGBA"))

    def _family(self, scene: Scene, rng: np.random.Generator) -> str:
        families = (scene.look or self._plain).families
        return families[int(rng.integers(len(families)))]

    def can_go_on(self, prompt: str, mask: Mask) -> bool:
        """Whether `draw_around` goes on from the picture without a break."""
        return open_side(mask) is not None and self._read(prompt).setting is not None

    def draw_around(self, prompt: str, seed: int, picture: NDArray[np.uint8], mask: Mask) -> Sketch:
        """What may continue a picture: the place that the prompt names, or else what the picture holds there.

        Beyond a side of the picture the drawing of the place takes over along the line where the two are alike.

        Args:
            prompt: in English or Chinese.
            seed: chooses among the `CLOSEST` drawings of the place.
            picture: uint8 (height, width, 3), with something to go on from where the mask is.
            mask: uint8 (height, width), 0 where the picture stays.
        """
        frame, setting = Size(mask.shape[1], mask.shape[0]), self._read(prompt).setting
        if setting is None:
            return Sketch(picture, np.full_like(mask, 255))
        side, places = open_side(mask), self._places(setting)
        small = Size(*(max(1, length // SMALLER) for length in frame.wh))
        seen = np.asarray(Image.fromarray(picture).resize(small.wh, Image.Resampling.BOX))
        drawn = [np.asarray(_filling(place, small, setting)) for place in places]
        if side is None:
            stays = np.asarray(Image.fromarray(mask).resize(small.wh, Image.Resampling.BOX)) < 128
            chosen = _one_of_closest([_difference(each, seen, stays) for each in drawn], seed)
            return Sketch(np.asarray(_filling(places[chosen], frame, setting)), np.full_like(mask, 255))
        seams = [seam(seen, each, side) for each in drawn]
        chosen = _one_of_closest([cost for _, cost in seams], seed)
        drawing = np.asarray(_filling(places[chosen], frame, setting))
        return Sketch(stitched(picture, drawing, side, seams[chosen][0]), np.full_like(mask, 255))

    def _shape(self, family: str, mention: Mention) -> tuple[float, float]:
        return self._art.shape(mention.thing.name, family)

    def _ground(self, scene: Scene, frame: Size, rng: np.random.Generator) -> Image.Image:
        """The place of a scene, filling a frame; transparent grey where no place is named."""
        if scene.setting is None:
            return _clear(frame)
        places = self._places(scene.setting)
        place = _filling(places[int(rng.integers(len(places)))], frame, scene.setting)
        if scene.mentions and scene.look is not None and scene.look.has_lines:
            place = place.filter(ImageFilter.GaussianBlur(SOFTNESS * max(frame.wh)))
        return place.convert("RGBA")

    def _places(self, setting: Setting) -> list[Image.Image]:
        """All drawings of a setting and their mirror images."""
        drawn = [Image.fromarray(each) for each in self._art.places(setting.name)]
        return drawn + [each.transpose(Image.Transpose.FLIP_LEFT_RIGHT) for each in drawn]

    def _drawn(self, placements: list[Placement], family: str, ground: Image.Image) -> Sketch:
        canvas = ground
        for placement in placements:
            ready = _laid_out(self._drawing(placement.mention, family), placement)
            left, top = round(placement.x - ready.width / 2), round(placement.y - ready.height)
            layer = _clear(Size(*canvas.size))
            layer.paste(ready, (left, top))
            canvas = Image.alpha_composite(canvas, layer)
        grey = Image.new("RGBA", canvas.size, (GREY, GREY, GREY, 255))
        pixels = np.asarray(Image.alpha_composite(grey, canvas).convert("RGB"))
        return Sketch(pixels, np.asarray(canvas.getchannel("A")))


def _within_rim(mask: Mask, box: Box) -> NDArray[np.bool_]:
    """Where a mask is white and its edge is not near, in the box; all that is white where nothing else is left."""
    width = 2 * round(RIM * min(box.size.wh)) + 1
    framed = Image.fromarray(np.pad(mask[box.slices], width))
    inner = np.asarray(framed.filter(ImageFilter.MinFilter(width)))[width:-width, width:-width]
    return (inner if inner.any() else mask[box.slices]) > 127


def _best_shift(things: NDArray[np.uint8], inner: NDArray[np.bool_]) -> tuple[float, int, int]:
    """How far to the right and down things lie best, and how much of them is inside then, 0 to 1."""
    steps = [max(1, round(SHIFT * side / 4)) for side in things.shape]
    reach = [4 * step for step in steps]
    room, whole = np.pad(inner, [(each, each) for each in reach]), max(1, int(things.sum(dtype=np.int64)))
    found = (-1.0, 0, 0)
    for down, right in sorted(product(range(-4, 5), repeat=2), key=lambda each: each[0] ** 2 + each[1] ** 2):
        top, left = reach[0] + down * steps[0], reach[1] + right * steps[1]
        part = room[top : top + things.shape[0], left : left + things.shape[1]]
        share = float(things[part].sum(dtype=np.int64)) / whole
        if share > found[0] + 1e-3:  # the nearest that does
            found = share, right * steps[1], down * steps[0]
    return found


def _difference(drawing: NDArray[np.uint8], seen: NDArray[np.uint8], stays: NDArray[np.bool_]) -> float:
    """How much two small pictures differ where one of them stays."""
    return float(np.abs(drawing[stays].astype(np.float32) - seen[stays]).sum())


def _one_of_closest(differences: list[float], seed: int) -> int:
    closest = np.argsort(differences, kind="stable")[:CLOSEST]
    return int(np.random.default_rng(seed).choice(closest))


def _clear(frame: Size) -> Image.Image:
    return Image.new("RGBA", frame.wh, (GREY, GREY, GREY, 0))


def _filling(place: Image.Image, frame: Size, setting: Setting) -> Image.Image:
    """A square place, scaled to fill a frame, with its ground where the frame's is, as a share of the height."""
    side, ground = max(frame.wh), sum(setting.ground) / 2
    large = place.resize((side, side), Image.Resampling.BICUBIC)
    left, top = (side - frame.width_px) // 2, round((side - frame.height_px) * ground)
    return large.crop((left, top, left + frame.width_px, top + frame.height_px))


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
        ready = ready.crop(Image.fromarray(np.asarray(ready.getchannel("A")) > 8).getbbox())
    return ready
