"""Opening a model's folder: whatever is wrong with it becomes a sentence and a remedy."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from dalle_studio.core.errors import ModelUnusable, StudioError
from dalle_studio.core.model import Model
from dalle_studio.core.sentence import say
from dalle_studio.engine.pipelines.device import torch_device
from dalle_studio.engine.pipelines.memory import within_memory
from dalle_studio.engine.watch import CancelledByUser

_Family = TypeVar("_Family")


def opened(model: Model, read: Callable[[], _Family]) -> _Family:
    """The family that `read` makes of the model's folder.

    Raises:
        ModelUnusable: the folder is missing or damaged.
        MemoryError: the model does not fit.
    """
    try:
        with within_memory(torch_device()):
            return read()
    except (CancelledByUser, StudioError, MemoryError):
        raise
    except Exception as error:  # diffusers and transformers raise nearly everything on damaged folders
        raise ModelUnusable(
            say(
                "The model {model} in {folder} is incomplete or damaged.",
                model=model.label,
                folder=model.folder,
            ),
            say("Install it again."),
            repr(error),
        ) from error
