"""The protocols: what every engine keeps, and what every model family under `pipelines/` keeps."""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from dalle_studio.core.event import Event
from dalle_studio.core.format import Size
from dalle_studio.core.request import Follow, Keep, Lora, Request
from dalle_studio.engine.watch import Watch

Emit = Callable[[Event], None]
Pixels = NDArray[np.uint8]


class Engine(Protocol):
    """Makes pictures from requests, one request at a time."""

    def run(self, request: Request, emit: Emit, cancel: threading.Event) -> None:
        """Work on a request until it ends.

        Calls `emit` on the calling thread, any number of times; the last event, and only the last, is
        Finished, Failed or Cancelled. Never raises for the request's or the model's sake. Once `cancel` is
        set, ends within one denoising step.
        """
        ...

    def unload(self) -> None:
        """Give back all memory and processes. The next `run` loads again."""
        ...


@dataclass(frozen=True, eq=False)
class Structure:
    """What a batch is to follow: a picture of the sample's size, uint8 (height, width, 3), see `Guide`."""

    pixels: Pixels
    follow: Follow
    weight: float


@dataclass(frozen=True, kw_only=True, eq=False)
class Sample:
    """One batch to draw from a model at its own size.

    Attributes:
        prompt: may be empty.
        size: both sides multiples of the family's `multiple_px`.
        seeds: one for each picture of the batch.
        steps: of the whole noise schedule; `strength` of them are walked.
        images: uint8 (batch, height, width, 3) to start from; None starts from noise alone.
        masks: uint8 (batch, height, width), 255 = repaint; None repaints everything.
        places_things: whether the things that the prompt names are to be drawn anew; False where the prompt
            only describes what is there already.
        makes_place: whether the masks take the place that the prompt names, behind what stays; the things it
            names are taken to be among that.
        strength: above 0 to 1, the share of the noise schedule that `images` are thrown back to
            (SDEdit, Meng et al. 2022).
        keep: what variations of `images` hold on to. Images and masks have seen to it already; a family is not to
            undo it.
        image_prompts: one or two pictures of any size, uint8 (height, width, 3), whose content every picture of
            the batch is to have. A family that cannot read pictures leaves them out of account.
        image_mix: share of the second of them, 0 to 1.
        references: pictures of any size, uint8 (height, width, 3), that the prompt tells how to change: the first
            is the one to be edited. Empty where the prompt describes the picture itself.
        loras: what the model is adapted by.
        structure: what every picture follows.
    """

    prompt: str
    negative_prompt: str
    size: Size
    seeds: tuple[int, ...]
    steps: int
    guidance_scale: float
    images: Pixels | None = None
    masks: Pixels | None = None
    places_things: bool = True
    makes_place: bool = False
    strength: float = 1.0
    keep: Keep = Keep.FREE
    image_prompts: tuple[Pixels, ...] = ()
    image_mix: float = 0.0
    references: tuple[Pixels, ...] = ()
    loras: tuple[Lora, ...] = ()
    structure: Structure | None = None

    @property
    def steps_to_walk(self) -> int:
        """Denoising steps that are really computed, at least 1."""
        return max(1, int(self.steps * self.strength))


class Family(Protocol):
    """A loaded model. Lives in the worker process; `make.py` asks it for batches.

    Attributes:
        native_px: side of the square it was trained on.
        multiple_px: both sides of a sample are multiples of this.
        device: for example "cpu".
        precision: number format and layout of its weights, one of `core.request.PRECISIONS`.
        software: names and versions of what runs it.
        memory: how it lies in memory, in words; empty where there was nothing to choose.
    """

    native_px: int
    multiple_px: int
    device: str
    precision: str
    software: str

    @property
    def memory(self) -> str: ...  # noqa: D102

    def batch_limit(self, size: Size) -> int:
        """How many pictures of that size fit into the memory that is free now, at least 1."""
        ...

    def steps_of(self, sample: Sample) -> int:
        """How many steps of the watch a batch takes."""
        ...

    def sample(self, sample: Sample, first_index: int, watch: Watch) -> Pixels:
        """Draw the batch: uint8 (batch, height, width, 3).

        Tells `watch` of every step and shows it previews, numbered from `first_index`. Each picture depends on
        its own seed alone, not on its companions. Raises MemoryError where the batch does not fit.
        """
        ...

    def make_room(self) -> str | None:
        """Take the next way to need less memory, after a MemoryError of a single picture.

        Returns what was done, as a sentence, or None where there is no further way.
        """
        ...

    def autoencode(self, images: Pixels) -> Pixels:
        """The images, uint8 (batch, height, width, 3), after a round trip through the autoencoder alone."""
        ...
