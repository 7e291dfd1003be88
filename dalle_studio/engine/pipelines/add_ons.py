"""Reading what is installed beside a model: whatever is wrong with it becomes a sentence and a remedy."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

import torch

from dalle_studio.core.errors import ModelUnusable
from dalle_studio.core.model import AddOn
from dalle_studio.core.sentence import say
from dalle_studio.engine.watch import CancelledByUser

_T = TypeVar("_T")


def read(add_on: AddOn, load: Callable[[AddOn], _T]) -> _T:
    """What `load` makes of an add-on.

    Raises ModelUnusable where it is damaged or does not fit the model. Memory errors and a cancel pass through.
    """
    try:
        return load(add_on)
    except (MemoryError, torch.OutOfMemoryError, CancelledByUser):
        raise
    except Exception as error:  # diffusers, transformers and peft raise nearly everything on foreign files
        raise ModelUnusable(
            say(
                "{add_on} in {path} is damaged, or was made for another model.",
                add_on=add_on.label,
                path=add_on.path,
            ),
            say("Install it again or one that was made for this model, or leave it out."),
            repr(error),
        ) from error
