"""Studios that share one folder, one after the other, as starts of the program do."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PIL import Image
from pytestqt.qtbot import QtBot

from dalle_studio.core.model import Model
from dalle_studio.state.notices import Notice
from dalle_studio.state.stroke import Tool
from dalle_studio.state.studio import Studio
from tests.scripted import ScriptedEngine, drawn
from tests.user import DECODER

Start = Callable[[], Studio]


@pytest.fixture
def start(home: Path, qtbot: QtBot, starter: Model) -> Iterator[Start]:
    """Starts a studio; each one is closed in the end."""
    studios: list[Studio] = []

    def start_studio() -> Studio:
        data = home / "data"
        studios.append(Studio(ScriptedEngine(), starter, None, home / "pictures", data=data, decoder=DECODER))
        return studios[-1]

    yield start_studio
    for studio in studios:
        studio.close()


def picture_file(folder: Path, name: str = "painting.png", seed: int = 5) -> Path:
    Image.fromarray(drawn(seed, 96, 64).pixels).save(folder / name)
    return folder / name


def work_on(studio: Studio, path: Path) -> None:
    """A picture with a painted region, a prompt for it, and a sentence."""
    studio.open(path)
    studio.files.finish()
    studio.canvas.set_tool(Tool.BRUSH)
    studio.canvas.set_brush_px(20)
    studio.canvas.press(30, 30)
    studio.canvas.drag(60, 40)
    studio.canvas.release(62, 40)
    studio.canvas.set_prompt(1, "a dog")
    studio.composer.set_text("a red car")


def everything(studio: Studio) -> dict[str, object]:
    """All that a project holds, in values that can be compared."""
    canvas = studio.canvas
    return {
        "picture": canvas.picture and canvas.picture.sha256,
        "regions": [(each.number, each.prompt, each.mask.tobytes()) for each in canvas.regions],
        "frame": canvas.margins,
        "intent": canvas.intent,
        "composition": studio.composer.value,
    }


def told(studio: Studio, key: str) -> Notice | None:
    """The message of that key that is on show."""
    return next((each for each in studio.notices.notices if each.key == key), None)
