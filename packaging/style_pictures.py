"""Make resources/styles/: what each style looks like, drawn by the starter model (`make styles`)."""

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
from dalle_studio.storage.models.installed import find_model
from dalle_studio.storage.paths import resources_dir

SENTENCE, ALONE = "a parrot in a jungle", "a parrot"
MADE_OF_LINES = {"blueprint", "chalk", "line art", "neon", "pencil", "stained glass"}
"""Styles that show best on plain ground."""
SEED = 7
SIDE_PX = 96
STEPS = 24


def main() -> None:
    folder = resources_dir() / "styles"
    folder.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory() as cache:
        engine = LocalEngine(find_model, Path(cache))
        for style in STYLES:
            picture = draw(engine, styled(ALONE if style.name in MADE_OF_LINES else SENTENCE, style))
            picture.resize((SIDE_PX, SIDE_PX), Image.Resampling.LANCZOS).save(
                folder / f"{style.name}.webp", quality=85, method=6
            )
            print(style.name)
        engine.unload()


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
