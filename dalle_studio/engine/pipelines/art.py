"""What a starter model is shown of things and places, in ``art.zip``: drawings of both."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from dalle_studio.engine.pipelines.paint import Sprite


def art_path(name: str, family: str) -> str:
    """Where the drawing of a thing in a family lies inside the file."""
    return f"{family}/{name.replace(' ', '_')}.webp"


def places_path(setting: str) -> str:
    """Where the drawings of a setting lie inside the file: squares side by side."""
    return f"places/{setting.replace(' ', '_')}.webp"


class ArtLibrary:
    """Drawings by name of the thing and family, and by name of the setting; decoded when first asked for."""

    def __init__(self, path: Path) -> None:
        """Open a file.

        Args:
            path: a zip file with ``family/name.webp`` for every drawing (see `art_path`), and the places.

        Raises:
            FileNotFoundError: there is none.
            zipfile.BadZipFile: it is no zip file.
        """
        self._zip = zipfile.ZipFile(path)
        self._drawings: dict[str, Sprite] = {}
        self._places: dict[str, NDArray[np.uint8]] = {}
        paths = [each for each in self._zip.namelist() if each.endswith(".webp")]
        self._paths = frozenset(paths)
        drawings = (each for each in paths if not each.startswith("places/"))
        self._families = tuple(dict.fromkeys(each.partition("/")[0] for each in drawings))

    def families_of(self, name: str) -> tuple[str, ...]:
        """The families that have a drawing of a thing, in the order of the file."""
        return tuple(family for family in self._families if art_path(name, family) in self._paths)

    def drawing(self, name: str, family: str) -> Sprite:
        """The drawing of a thing in a family, or in the first one that has it: uint8 (height, width, 4).

        Raises KeyError where no family has it. Callers share the array; it cannot be written to.
        """
        path = self._path(name, family)
        if path not in self._drawings:
            with Image.open(io.BytesIO(self._zip.read(path))) as image:
                pixels = np.array(image.convert("RGBA"))
            pixels.flags.writeable = False
            self._drawings[path] = pixels
        return self._drawings[path]

    def shape(self, name: str, family: str) -> tuple[float, float]:
        """Width and height of a drawing, the longer of them 1. Raises KeyError as `drawing` does."""
        height, width = self.drawing(name, family).shape[:2]
        return width / max(width, height), height / max(width, height)

    def places(self, setting: str) -> NDArray[np.uint8]:
        """Drawings of an empty setting: uint8 (count, side, side, 3). Raises KeyError for an unknown one."""
        if setting not in self._places:
            with Image.open(io.BytesIO(self._zip.read(places_path(setting)))) as strip:
                pixels = np.array(strip.convert("RGB"))
            side = pixels.shape[0]
            self._places[setting] = pixels.reshape(side, -1, side, 3).swapaxes(0, 1)
        return self._places[setting]

    def _path(self, name: str, family: str) -> str:
        wanted = art_path(name, family)
        if wanted in self._paths:
            return wanted
        there = self.families_of(name)
        if not there:
            raise KeyError(f"no drawing of {name!r}")
        return art_path(name, there[0])
