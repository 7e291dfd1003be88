"""Times of day as seen from a room or a street."""

from __future__ import annotations

from dataclasses import dataclass

from dalle_studio.training.draw.canvas import Canvas
from dalle_studio.training.draw.chance import pick
from dalle_studio.training.draw.colours import RGB, WHITE, mix


@dataclass(frozen=True)
class Hour:
    """A time of day as seen from a room."""

    high: RGB
    """The sky above."""
    low: RGB
    """The sky at the horizon."""
    light: RGB
    """What falls through windows on the floor; its brightness says how strongly."""
    tint: RGB
    """Factor on what stands in the room."""
    dark: bool = False


MORNING = Hour((112, 184, 245), (222, 241, 252), (96, 86, 62), (1.03, 1.02, 1.0))
NOON = Hour((84, 164, 240), (196, 230, 250), (84, 80, 66), (1.02, 1.02, 1.02))
GOLDEN = Hour((247, 178, 122), (255, 232, 186), (128, 84, 34), (1.06, 0.99, 0.9))
DUSK = Hour((104, 92, 176), (252, 174, 150), (90, 46, 40), (1.0, 0.91, 0.93))
EVENING = Hour((16, 24, 66), (58, 70, 132), (14, 18, 38), (0.9, 0.84, 0.86), True)
HOURS = (MORNING, NOON, GOLDEN, DUSK, EVENING)


def hour(canvas: Canvas, dark: float = 1.0) -> Hour:
    """A time of day, evening in proportion to `dark`."""
    return pick(canvas.rng, HOURS, (1.4, 1.2, 1.3, 0.7, 0.9 * dark))


def open_sky(canvas: Canvas, time: Hour, bottom: float) -> None:
    """Draw the sky of an hour down to `bottom`, by day with clouds."""
    canvas.gradient([time.high, mix(time.high, time.low, 0.75), time.low], 0, bottom)
    if not time.dark:
        canvas.clouds(int(canvas.rng.integers(1, 4)), 60, mix(WHITE, time.low, 0.25), 0.8)
