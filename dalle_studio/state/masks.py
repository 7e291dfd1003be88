"""What is painted, as picture files: white = make it here."""

from __future__ import annotations

from functools import partial
from pathlib import Path

import numpy as np
from PySide6.QtCore import QObject

from dalle_studio.core.errors import InvalidRequest, StudioError
from dalle_studio.core.picture import Picture
from dalle_studio.core.sentence import say
from dalle_studio.state.canvas import Canvas
from dalle_studio.state.files import Files
from dalle_studio.state.notices import Notices
from dalle_studio.storage.export import export_picture
from dalle_studio.storage.library import open_mask

_KEY = "mask"


class Masks(QObject):
    """Reads and writes masks of a canvas. What fails becomes a notice."""

    def __init__(self, canvas: Canvas, files: Files, notices: Notices, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._canvas, self._files, self._notices = canvas, files, notices

    def open(self, path: Path) -> None:
        """Paint the active region, or a new one, as a picture says: white = there."""
        if self._canvas.picture is None:
            error = InvalidRequest(
                say("There is no picture to paint on."), say("Open or generate one first.")
            )
            self._notices.tell_error(error, _KEY)
            return
        read = partial(self._files.decoder.call, open_mask, path, self._canvas.picture.size)
        doing = say("Opening {file} …", file=path.name)
        self._files.do(doing, read, self._canvas.import_mask, key=_KEY)

    def save(self, path: Path) -> None:
        """Write everything that is painted as a picture: white = there."""
        try:
            mask = self._canvas.export_mask()
        except StudioError as error:
            self._notices.tell_error(error, _KEY)
            return
        target = path if path.suffix else path.with_suffix(".png")

        def write() -> None:
            export_picture(Picture(np.repeat(mask[..., None], 3, axis=2)), target, with_recipe=False)

        self._files.do(say("Writing {file} …", file=target.name), write, lambda _: None, key=_KEY)
