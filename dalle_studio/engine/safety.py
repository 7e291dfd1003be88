"""A second look at finished pictures, for what not everybody wants to see. Nothing is changed: it is only told."""

from __future__ import annotations

from typing import Protocol

from dalle_studio.core.sentence import say
from dalle_studio.engine.upscaler import Pixels

THRESHOLD = 0.5
"""Share of certainty from which a concern is told: where the classifier thinks it more likely than not. It errs on
both sides; a wrong concern costs one click, for the picture is only covered."""


class Judge(Protocol):
    """A loaded classifier."""

    def concern(self, pixels: Pixels) -> tuple[str, float]:
        """Of a picture, uint8 (height, width, 3): the likeliest label that means concern, and how certain one is.

        The certainty is from 0 to 1. Raises MemoryError.
        """
        ...


def judged(judge: Judge, pixels: Pixels) -> tuple[str, ...]:
    """Sentences on why not everybody may want to see the picture; none where there is nothing to say."""
    try:
        label, certainty = judge.concern(pixels)
    except MemoryError:
        return (say("This picture could not be checked: memory was short."),)
    if certainty < THRESHOLD:
        return ()
    certain = f"{certainty:.0%}"
    return (
        say(
            "This picture may not be for everybody: “{label}”, {certain} certain.",
            label=label,
            certain=certain,
        ),
    )
