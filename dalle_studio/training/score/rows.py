"""The rows of the scorecard: what is asked of the model, and when a picture is right."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import cv2
import numpy as np

from dalle_studio.core.format import Size
from dalle_studio.core.mask import Mask, bounds, place_marker
from dalle_studio.core.picture import Picture
from dalle_studio.core.request import Generate, Place, Region, Request, Sampling, Vary
from dalle_studio.core.scene import Relation, Scene
from dalle_studio.engine.make import make
from dalle_studio.engine.pipelines.starter import load
from dalle_studio.engine.upscaler import resize
from dalle_studio.engine.watch import Watch
from dalle_studio.storage.models.installed import read_model
from dalle_studio.training.draw.arrays import Floats
from dalle_studio.training.draw.canvas import Canvas
from dalle_studio.training.draw.chance import pick
from dalle_studio.training.draw.colours import Sprite, hsv
from dalle_studio.training.draw.frame import SIDE, Pixels
from dalle_studio.training.score.judge_pictures import COLOURS, LOOKS, SETTINGS
from dalle_studio.training.score.judges import Judges, View
from dalle_studio.training.score.prompts import (
    Case,
    Made,
    Writer,
    alone,
    coloured,
    in_setting,
    related,
    styled,
    two,
)
from dalle_studio.training.score.stage import PLACES, Stage

STEPS = 12
FRAME = Size(SIDE, SIDE)
FAR = 0.5
OTHERS = 7
"""A variation is compared with so many pictures besides its source."""
DIFFERENT = 6.0
"""Least mean difference of a variation from its source, in grey levels at 64 x 64 pixels."""
SHAPES = ("disc", "box", "blob")


class Studio:
    """The product's own way from a request to a picture, in this process."""

    def __init__(self, folder: Path, cache_folder: Path | None = None, steps: int = STEPS) -> None:
        """Load the model in `folder`; what was measured about its speed is kept in `cache_folder`."""
        self.model = read_model("starter", folder)
        self.steps = steps
        self._family = load(self.model, "auto", cache_folder, self._watch())

    @staticmethod
    def _watch() -> Watch:
        return Watch(lambda _: None, lambda: False)

    def make(self, request: Request) -> list[Pixels]:
        """The pictures of a request, (256, 256, 3) each."""
        pictures = make(request, self._family, self._watch()).pictures
        return [_at_size(pixels) for pixels in pictures]

    def sampling(self, seed: int, count: int = 1) -> Sampling:
        """The default guidance and few steps."""
        guidance = self.model.guidance_scale
        return Sampling(seed=seed, count=count, steps=self.steps, guidance_scale=guidance)

    def generate(self, prompt: str, seed: int) -> Pixels:
        """A picture from a sentence."""
        request = Generate(model=self.model.name, prompt=prompt, size=FRAME, sampling=self.sampling(seed))
        return self.make(request)[0]

    def place(self, source: Pixels, mask: Mask, prompt: str, seed: int) -> Pixels:
        """Something at a place in a picture."""
        native = Size(self.model.native_px, self.model.native_px)  # as pictures are that the studio has made
        request = Place(
            model=self.model.name,
            source=Picture(resize(source, native)),
            regions=(Region(prompt, resize(mask, native)),),
            sampling=self.sampling(seed),
        )
        return self.make(request)[0]

    def vary(self, source: Pixels, prompt: str, seed: int, count: int = 1) -> list[Pixels]:
        """Variations of a picture."""
        request = Vary(
            model=self.model.name,
            source=Picture(source.copy()),
            size=FRAME,
            prompt=prompt,
            how_far=FAR,
            sampling=self.sampling(seed, count),
        )
        return self.make(request)


def _at_size(pixels: Pixels) -> Pixels:
    if pixels.shape[:2] == (SIDE, SIDE):
        return pixels
    return cv2.resize(pixels, (SIDE, SIDE), interpolation=cv2.INTER_AREA)


@dataclass(frozen=True)
class Bench:
    """All that a row needs: the model, the judges, and a stage with the model's own art."""

    studio: Studio
    judges: Judges
    stage: Stage


Verdicts = Mapping[str, bool]
"""What was asked, and whether it is so."""


@dataclass(frozen=True)
class Row:
    """One row, or several that are read off the same pictures.

    Attributes:
        key: its name on the command line.
        write: makes the questions.
        made: the model's picture.
        real: a composed picture that shows what was asked.
        judged: says of either what is right about it.
        languages: of the prompts; "" where there is none.
    """

    key: str
    write: Callable[[Writer], Made]
    judged: Callable[[Case, Pixels, Bench], Verdicts]
    made: Callable[[Case, Bench], Pixels]
    real: Callable[[Case, Bench], Pixels]
    languages: tuple[str, ...] = ("en", "zh")


def _generated(case: Case, bench: Bench) -> Pixels:
    return bench.studio.generate(case.prompt, case.seed)


def _staged(case: Case, bench: Bench) -> Pixels:
    return bench.stage.compose(case.scene, case.seed)


def _names(case: Case) -> list[str]:
    return [mention.thing.name for mention in case.scene.mentions]


def _guesses(case: Case, view: View) -> list[str]:
    """Names from the surest down. What decorates the setting anyway does not count against it."""
    decoration = set() if case.scene.setting is None else decoration_of(case.scene.setting.name)
    return view.ranking(without=sorted(decoration - set(_names(case))))


@cache
def decoration_of(setting: str) -> frozenset[str]:
    """The things that a place is decorated with."""
    place = PLACES[setting]
    used: set[str] = set()

    def note(name: str) -> Sprite:
        used.add(name)
        return np.full((8, 8, 4), 255, np.uint8)

    for seed in range(12):
        place.draw(Canvas(np.random.default_rng(seed)), note)
    return frozenset(used)


def _thing_judged(case: Case, pixels: Pixels, bench: Bench) -> Verdicts:
    where = "in a setting" if case.scene.setting else "on plain ground"
    (name,), guesses = _names(case), _guesses(case, bench.judges.view(pixels).of_one())
    return {
        f"thing {where}, first guess": name == guesses[0],
        f"thing {where}, five guesses": name in guesses[:5],
    }


def _setting_judged(case: Case, pixels: Pixels, bench: Bench) -> Verdicts:
    seen = int(bench.judges.whole(pixels)["setting"].argmax())
    right = seen < len(SETTINGS) and SETTINGS[seen] == case.scene.setting
    return {**_thing_judged(case, pixels, bench), "setting": right}


def _colour_judged(case: Case, pixels: Pixels, bench: Bench) -> Verdicts:
    mention = case.scene.mentions[0]
    seen = bench.judges.view(pixels).colour(mention.thing.name, COLOURS)
    return {"colour": seen == mention.colour}


def _two_judged(case: Case, pixels: Pixels, bench: Bench) -> Verdicts:
    guesses = _guesses(case, bench.judges.view(pixels))[:4]
    return {"two things, both among four guesses": all(name in guesses for name in _names(case))}


def _relation_judged(case: Case, pixels: Pixels, bench: Bench) -> Verdicts:
    view = bench.judges.view(pixels)
    relation, names = case.scene.links[0].relation, _names(case)
    seen = all(name in _guesses(case, view)[:6] for name in names)
    holds = seen and stands(view, names[0], relation, names[1])
    return {"relation, all four kinds": holds, f"relation: {relation}": holds}


def stands(view: View, subject: str, relation: Relation, other: str) -> bool:
    """Whether a thing is where the relation says, seen from another thing."""
    one, two = view.best(subject), view.best(other)
    match relation:
        case Relation.LEFT_OF:
            return one.x < two.x - 0.04
        case Relation.RIGHT_OF:
            return one.x > two.x + 0.04
        case Relation.ABOVE:
            return one.y < two.y - 0.04
        case _:
            return one.y < two.y and abs(one.x - two.x) < 0.2


def _style_judged(case: Case, pixels: Pixels, bench: Bench) -> Verdicts:
    seen = LOOKS[int(bench.judges.whole(pixels)["style"].argmax())].name
    return {"style": case.scene.look is not None and seen == case.scene.look.name}


def mask_of(case: Case) -> Mask:
    """Where something is to be placed: a disc, a box or a blob, in turn."""
    rng = np.random.default_rng((31, case.seed))
    x, y = rng.uniform(0.32, 0.68, 2).tolist()
    size = rng.uniform(0.42, 0.6)
    shape = SHAPES[case.number % len(SHAPES)]
    if shape == "disc":
        return place_marker(FRAME, (x, y), size)
    mask = np.zeros((SIDE, SIDE), np.uint8)
    if shape == "box":
        top, left = (round(max(0, middle - size / 2) * SIDE) for middle in (y, x))
        mask[top : top + round(size * SIDE), left : left + round(size * SIDE)] = 255
        return mask
    angles = np.linspace(0, 2 * np.pi, 24, endpoint=False)
    waves = sum(rng.uniform(0, 0.12) * np.sin(n * angles + rng.uniform(0, 6)) for n in (2, 3, 4))
    radii = size * SIDE * (0.5 + waves)
    points = np.stack([x * SIDE + radii * np.cos(angles), y * SIDE + radii * np.sin(angles)], -1)
    cv2.fillPoly(mask, [points.round().astype(np.int32)], 255)
    return mask


def _empty_place(case: Case, bench: Bench) -> Pixels:
    """A place without actors, in turn."""
    return bench.stage.compose(Scene(setting=SETTINGS[case.number % len(SETTINGS)]), case.seed)


def _inpainted(case: Case, bench: Bench) -> Pixels:
    return bench.studio.place(_empty_place(case, bench), mask_of(case), case.prompt, case.seed)


def _pasted(case: Case, bench: Bench) -> Pixels:
    """What a right inpainting might look like: the thing's sprite inside the mask."""
    canvas, box = Canvas(np.random.default_rng(case.seed)), bounds(mask_of(case))
    assert box is not None
    canvas.pixels = _empty_place(case, bench).copy()
    sprite = bench.stage.art.one(_names(case)[0], canvas.rng)
    middle = ((box.left + box.right) / 2, (box.top + box.bottom) / 2)
    canvas.paste(sprite, *middle, 0.85 * min(box.size.wh), anchor="centre")
    return canvas.pixels


def _inpainting_judged(case: Case, pixels: Pixels, bench: Bench) -> Verdicts:
    box = bounds(mask_of(case))
    assert box is not None
    edges = (box.left / SIDE, box.top / SIDE, box.right / SIDE, box.bottom / SIDE)
    guesses = bench.judges.view(pixels, edges).ranking()
    found = _names(case)[0] == guesses[0]
    return {
        "thing placed in a mask, first guess": found,
        "thing placed in a mask, five guesses": _names(case)[0] in guesses[:5],
    }


def _varied(case: Case, bench: Bench) -> Pixels:
    return bench.studio.vary(_staged(case, bench), case.prompt, case.seed)[0]


def _staged_again(case: Case, bench: Bench) -> Pixels:
    return bench.stage.compose(case.scene, case.seed + 500_000)


def _variation_judged(case: Case, pixels: Pixels, bench: Bench) -> Verdicts:
    sources = [bench.stage.compose(case.scene, case.seed)]
    sources += [bench.stage.random(case.seed + 31 * other) for other in range(1, OTHERS + 1)]
    return {"variation of a composed picture": is_variation(pixels, sources, bench.judges)}


def _painting_varied(case: Case, bench: Bench) -> Pixels:
    return bench.studio.vary(painted(case.seed), "", case.seed)[0]


def _painting_repainted(case: Case, bench: Bench) -> Pixels:
    return painted(case.seed, jitter=1)


def _painting_judged(case: Case, pixels: Pixels, bench: Bench) -> Verdicts:
    sources = [painted(case.seed), *(painted(case.seed + 31 * other) for other in range(1, OTHERS + 1))]
    return {"variation of a painting": is_variation(pixels, sources, bench.judges)}


def is_variation(pixels: Pixels, sources: list[Pixels], judges: Judges) -> bool:
    """Whether a picture is more like the first source than like any other, and yet not the same."""
    like = judges.likeness(pixels)
    nearness = [float(like @ judges.likeness(source)) for source in sources]
    small, source = (
        cv2.resize(each, (64, 64), interpolation=cv2.INTER_AREA).astype(np.float32)
        for each in (pixels, sources[0])
    )
    return int(np.argmax(nearness)) == 0 and float(np.abs(small - source).mean()) >= DIFFERENT


def painted(seed: int, jitter: int = 0) -> Pixels:
    """A landscape in brush strokes, unlike any training picture; `jitter` varies the strokes alone."""
    rng, strokes = np.random.default_rng((67, seed)), np.random.default_rng((71, seed, jitter))
    canvas, hue = Canvas(rng), rng.uniform(0, 1)
    canvas.gradient(
        [hsv(hue + rng.uniform(-0.2, 0.2), rng.uniform(0.3, 0.8), rng.uniform(0.3, 1)) for _ in range(3)]
    )
    x, y = rng.uniform(30, 226), rng.uniform(30, 110)
    canvas.glow(x, y, rng.uniform(30, 80), hsv(hue + 0.5, 0.3, 1), 0.8)
    canvas.circle(x, y, rng.uniform(10, 24), hsv(hue + 0.45, 0.4, 1))
    for level in sorted(rng.uniform(110, 235, int(rng.integers(2, 5))).tolist()):
        canvas.hills(
            level, rng.uniform(6, 26), hsv(hue + rng.uniform(-0.35, 0.35), 0.6, rng.uniform(0.2, 0.8))
        )
    return _in_strokes(canvas.pixels, strokes)


def _in_strokes(pixels: Pixels, rng: np.random.Generator) -> Pixels:
    """Paint a picture over with short strokes of its own colours."""
    canvas: Floats = cv2.GaussianBlur(pixels, (0, 0), 3).astype(np.float32)
    for _ in range(2600):
        x, y = rng.uniform(0, SIDE, 2)
        angle, length = rng.normal(0.3, 0.7), rng.uniform(4, 11)
        colour = pixels[int(y), int(x)] + rng.normal(0, 13, 3)
        step = np.array([np.cos(angle), np.sin(angle)]) * length
        start, end = ((np.array([x, y]) + side * step).round().astype(int).tolist() for side in (-1, 1))
        cv2.line(canvas, start, end, colour.tolist(), int(rng.integers(2, 5)), cv2.LINE_AA)
    return np.clip(canvas, 0, 255).astype(np.uint8)


def _anything(writer: Writer) -> Made:
    """Any of the other rows' scenes."""
    return pick(writer.rng, (alone, in_setting, two, related, styled))(writer)


ROWS = (
    Row("thing", alone, _thing_judged, _generated, _staged),
    Row("setting", in_setting, _setting_judged, _generated, _staged),
    Row("colour", coloured, _colour_judged, _generated, _staged),
    Row("two", two, _two_judged, _generated, _staged),
    Row("relation", related, _relation_judged, _generated, _staged),
    Row("style", styled, _style_judged, _generated, _staged),
    Row("place", alone, _inpainting_judged, _inpainted, _pasted),
    Row("variation", _anything, _variation_judged, _varied, _staged_again),
    Row("painting", alone, _painting_judged, _painting_varied, _painting_repainted, ("",)),
)
