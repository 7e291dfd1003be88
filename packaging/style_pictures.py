"""Draw with the starter model what each style looks like (resources/styles/), and how a picture comes about."""

from __future__ import annotations

import tempfile
import threading
from pathlib import Path

from PIL import Image

from dalle_studio.core.event import Event, Failed, Finished
from dalle_studio.core.format import Size
from dalle_studio.core.prompt import STYLES, styled
from dalle_studio.core.request import Generate, Sampling
from dalle_studio.engine.local import LocalEngine
from dalle_studio.engine.pipelines.sketch import Sketcher
from dalle_studio.storage.contact_sheet import Row, contact_sheet
from dalle_studio.storage.models.installed import find_model
from dalle_studio.storage.paths import resources_dir

SENTENCE, ALONE = "a parrot in a jungle", "a parrot"
MADE_OF_LINES = {"blueprint", "chalk", "line art", "neon", "pencil", "stained glass"}
"""Styles that show best on plain ground."""
SEED = 7
SIDE_PX = 96
STEPS = 24
DRAWN = (
    "an astronaut riding a horse in outer space",
    "a lion in the jungle, oil painting",
    "three penguins in the snow, watercolor",
    "一只熊猫戴着墨镜坐在沙滩上",
    "a pizza to the left of a burger",
    "a frog on a skateboard, neon",
)
ACROSS = 3


def main() -> None:
    with tempfile.TemporaryDirectory() as cache:
        engine = LocalEngine(find_model, Path(cache))
        draw_styles(engine, resources_dir() / "styles")
        show_how_it_draws(engine, resources_dir() / "samples" / "how-it-draws.jpg")
        engine.unload()


def draw_styles(engine: LocalEngine, folder: Path) -> None:
    """A small picture in each style."""
    folder.mkdir(exist_ok=True)
    for style in STYLES:
        picture = draw(engine, styled(ALONE if style.name in MADE_OF_LINES else SENTENCE, style))
        picture.resize((SIDE_PX, SIDE_PX), Image.Resampling.LANCZOS).save(
            folder / f"{style.name}.webp", quality=85, method=6
        )
        print(style.name)


def show_how_it_draws(engine: LocalEngine, file: Path) -> None:
    """Sketches beside what is drawn over them."""
    model = find_model()
    sketcher, side = Sketcher(model.folder), model.native_px
    sketches = [Image.fromarray(sketcher.draw(prompt, Size(side, side), SEED).pixels) for prompt in DRAWN]
    pairs = [
        ((sketch, draw(engine, prompt)), (prompt, "drawn"))
        for prompt, sketch in zip(DRAWN, sketches, strict=True)
    ]
    rows = [
        Row(
            "The sketch that a sentence is turned into, and what is drawn over it" if start == 0 else "",
            tuple(picture for pictures, _ in pairs[start : start + ACROSS] for picture in pictures),
            tuple(caption for _, captions in pairs[start : start + ACROSS] for caption in captions),
        )
        for start in range(0, len(pairs), ACROSS)
    ]
    contact_sheet(rows, "How the starter model draws").save(file, quality=88, optimize=True)


def draw(engine: LocalEngine, prompt: str) -> Image.Image:
    model = find_model()
    sampling = Sampling(seed=SEED, count=1, steps=STEPS, guidance_scale=model.guidance_scale)
    size = Size(model.native_px, model.native_px)
    last: list[Event] = []
    engine.run(
        Generate(model=model.name, prompt=prompt, sampling=sampling, size=size),
        last.append,
        threading.Event(),
    )
    match last[-1]:
        case Finished(pictures=(picture,)):
            return picture.image
        case Failed(error=error):
            raise error
        case other:
            raise RuntimeError(f"{prompt}: {other}")


if __name__ == "__main__":
    main()
