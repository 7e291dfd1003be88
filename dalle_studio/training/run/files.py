"""Writing so that a file or folder is there in full or not at all."""

from __future__ import annotations

import shutil
from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path


@contextmanager
def whole_file(target: Path) -> Generator[Path, None, None]:
    """Give a path to write to, and rename it to `target` once the block ends without an error.

    The temporary name keeps the suffix, because some writers add theirs to names without it.
    """
    target.parent.mkdir(parents=True, exist_ok=True)
    partial = target.with_name(f".partial-{target.name}")
    try:
        yield partial
        partial.replace(target)
    finally:
        partial.unlink(missing_ok=True)


@contextmanager
def whole_folder(target: Path) -> Generator[Path, None, None]:
    """Give an empty folder to fill, and put it in the place of `target` once the block ends without an error.

    What an earlier, killed attempt left behind is removed first. An older `target` stays until the new
    one is complete.
    """
    partial = target.with_name(f".partial-{target.name}")
    old = target.with_name(f".old-{target.name}")
    for leftover in (partial, old):
        shutil.rmtree(leftover, ignore_errors=True)
    partial.mkdir(parents=True)
    try:
        yield partial
        if target.exists():
            target.rename(old)
        partial.rename(target)
    finally:
        shutil.rmtree(partial, ignore_errors=True)
        shutil.rmtree(old, ignore_errors=True)
