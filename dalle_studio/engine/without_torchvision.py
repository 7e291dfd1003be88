"""The worker does without torchvision, whether it is installed or not.

Where transformers finds it, it prepares pictures with it instead of with Pillow, and a model sees slightly other
pixels; and where it was built for another torch (people exchange torch to suit their graphics card), transformers
cannot even be imported. Pictures are not to depend on either.
"""

from __future__ import annotations

import sys
from collections.abc import Generator
from contextlib import contextmanager
from types import ModuleType
from typing import Any

_MODULES: dict[str, Any] = sys.modules
_NAMES = ("torchvision", "torchvision.transforms", "torchvision.transforms.functional")


def hide_torchvision() -> None:
    """Let `import torchvision` fail, and every search for it find nothing, in this process.

    Call it before transformers or diffusers is imported.
    """
    _MODULES.setdefault("torchvision", None)


@contextmanager
def stand_in_for_torchvision() -> Generator[None]:
    """For the length of the block, the three names of torchvision that spandrel imports are there, empty.

    Two of its forty architectures use them, one that fills holes and one that restores faces; none enlarges.
    """
    before = {name: _MODULES.pop(name) for name in _NAMES if name in _MODULES}
    _MODULES.update({name: ModuleType(name) for name in _NAMES})
    functional: Any = _MODULES[_NAMES[-1]]
    functional.InterpolationMode = functional.rotate = functional.normalize = None
    try:
        yield
    finally:
        for name in _NAMES:
            del _MODULES[name]
        _MODULES.update(before)
