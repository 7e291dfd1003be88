"""Readers that behave as a library does on a file that was made to break it."""

from __future__ import annotations

import os
import re
import signal
import sys
import time
from pathlib import Path

import numpy as np

from dalle_studio.core.errors import UnreadablePicture
from dalle_studio.core.picture import Picture
from dalle_studio.core.sentence import say


def crash(path: Path) -> None:
    os.kill(os.getpid(), signal.SIGSEGV)


def hang(path: Path) -> None:
    """In a library's own code, which lets no other thread work."""
    re.match(r"(a+)+$", "a" * 50 + "b")


def raise_anything(path: Path) -> None:
    raise RecursionError("too deep")


def refuse(path: Path) -> None:
    raise UnreadablePicture(say("It is torn."), say("Mend it."))


def big(path: Path) -> Picture:
    rows, columns = np.mgrid[0:3000, 0:4096]
    return Picture(np.stack([rows, columns, rows ^ columns], axis=2).astype(np.uint8), None, path.name)


def loaded(path: Path) -> list[str]:
    return list(sys.modules)


def slowly(path: Path) -> int:
    time.sleep(1)
    return 1


def pid(path: Path) -> int:
    return os.getpid()
