"""Small copies of pictures, made when they are wanted and kept in a cache folder that may be emptied any time."""

from __future__ import annotations

import contextlib
import io
import os
import tempfile
from pathlib import Path

from PIL import Image

from dalle_studio.core.picture import Picture

SIDES_PX = (256, 512)
# JPEG and not WebP: as small at this quality, and decoded in a third of the time when the grid is scrolled
_OPTIONS = {"quality": 87, "subsampling": 0}
_START, _END = b"\xff\xd8", b"\xff\xd9"


class Thumbnails:
    """JPEGs by the SHA-256 of their picture's pixels: right under every name and in every folder."""

    def __init__(self, cache: Path) -> None:
        self._folder = cache / "thumbnails"

    def find(self, sha256: str, side_px: int) -> bytes | None:
        """The thumbnail, where there is a whole one."""
        with contextlib.suppress(OSError):
            data = self._path(sha256, side_px).read_bytes()
            if data.startswith(_START) and data.endswith(_END):
                return data
        return None

    def make(self, picture: Picture, side_px: int) -> bytes:
        """Make the thumbnail: at most `side_px` a side, never larger than the picture. Takes 10 to 30 ms.

        It is kept where the cache folder takes it; if not, it is made again the next time.
        """
        image = picture.image
        image.thumbnail((side_px, side_px), Image.Resampling.LANCZOS, reducing_gap=2.0)
        buffer = io.BytesIO()
        image.save(buffer, "JPEG", **_OPTIONS)
        with contextlib.suppress(OSError):
            _replace(self._path(picture.sha256, side_px), buffer.getvalue())
        return buffer.getvalue()

    def forget(self, sha256: str) -> None:
        """Remove what is kept of a picture."""
        for side_px in SIDES_PX:
            with contextlib.suppress(OSError):
                self._path(sha256, side_px).unlink()

    def _path(self, sha256: str, side_px: int) -> Path:
        return self._folder / sha256[:2] / f"{sha256}-{side_px}.jpg"


def _replace(path: Path, data: bytes) -> None:
    """Write a file whole, though not durably: it can be made again."""
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(prefix=".", suffix=".part", dir=path.parent)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(data)
        Path(name).replace(path)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise
