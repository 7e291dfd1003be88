"""Where things lie on this machine."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import platformdirs

_DIRS = platformdirs.PlatformDirs("dalle-studio", appauthor=False)


@cache
def resources_dir() -> Path:
    """The folder of icons, fonts, samples and the starter model: inside a wheel, or beside a checkout."""
    package = Path(__file__).parents[1]
    inside = package / "resources"
    return inside if inside.is_dir() else package.parent / "resources"


def cache_dir() -> Path:
    """For what can be measured or made again. May not exist, may not be writable."""
    return Path(_DIRS.user_cache_dir)


def data_dir() -> Path:
    """For what belongs to the user and is no picture. May not exist, may not be writable."""
    return Path(_DIRS.user_data_dir)


def log_dir() -> Path:
    """For the engine's log. May not exist, may not be writable."""
    return Path(_DIRS.user_log_dir)


def pictures_dir() -> Path:
    """Where pictures go when no folder is named."""
    return Path(platformdirs.user_pictures_dir()) / "Dalle Studio"
