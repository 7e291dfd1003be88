"""Pictures out of the window and into it: export, copy, paste, drop."""

from __future__ import annotations

from functools import partial
from pathlib import Path

from PySide6.QtCore import QMimeData, QObject, Slot
from PySide6.QtGui import QAction, QGuiApplication, QImage
from PySide6.QtWidgets import QWidget

from dalle_studio.core.errors import InvalidRequest
from dalle_studio.core.picture import Picture
from dalle_studio.core.sentence import say
from dalle_studio.state.studio import Studio
from dalle_studio.ui.dialogs import ask_export, ask_folder
from dalle_studio.ui.language import tr
from dalle_studio.ui.pixels import image_of, picture_of

_ENCODED = ("image/png", "image/jpeg", "image/webp", "image/tiff", "image/gif", "image/bmp")
"""Kinds in which other programs hand pictures over."""


class PictureCommands(QObject):
    """Connects the window's commands for pictures with the studio.

    Args:
        studio: all state.
        actions: of the window, by name.
        window: asks for files.
    """

    def __init__(self, studio: Studio, actions: dict[str, QAction], window: QWidget) -> None:
        super().__init__(window)
        self._studio, self._window = studio, window
        does = {
            "import": self.import_folder,
            "paste": self._paste,
            "copy": self._copy,
            "export": partial(self._export, with_recipe=False),
            "export_recipe": partial(self._export, with_recipe=True),
        }
        for name, do in does.items():
            actions[name].triggered.connect(lambda _=False, do=do: do())

    @Slot()
    def import_folder(self) -> None:
        """Ask for a folder whose pictures come into the gallery."""
        folder = ask_folder(self._window, tr("Import a folder of pictures"))
        if folder is not None:
            self._studio.gallery.import_folder(folder)

    @Slot(object)
    @Slot(object, bool)
    def export_file(self, path: Path, with_recipe: bool = False) -> None:
        """Ask where a picture of the gallery is to be exported to."""
        self._export_as(path, path.stem, with_recipe)

    @Slot(object)
    def copy_file(self, path: Path) -> None:
        """Put a picture of the gallery on the clipboard."""
        self._studio.files.open(path, self._put_on_clipboard)

    def drop(self, data: QMimeData) -> None:
        """Show what was dropped on the window."""
        if not self._take(data):
            error = InvalidRequest(
                say("What was dropped is no picture on this computer."), say("Save it as a file first.")
            )
            self._studio.notices.tell_error(error, key="open")

    def _paste(self) -> None:
        if not self._take(QGuiApplication.clipboard().mimeData() or QMimeData()):  # None where it is empty
            error = InvalidRequest(
                say("There is no picture on the clipboard."), say("Copy one in another program first.")
            )
            self._studio.notices.tell_error(error, key="paste")

    def _copy(self) -> None:
        picture = self._studio.looked_at
        if picture is not None:
            self._put_on_clipboard(picture)

    def _export(self, *, with_recipe: bool) -> None:
        """What is looked at, whether it is in the gallery or not."""
        picture = self._studio.looked_at
        if picture is not None:
            self._export_as(picture, Path(picture.name).stem, with_recipe)

    def _export_as(self, source: Path | Picture, stem: str, with_recipe: bool) -> None:
        with_recipe = with_recipe or self._studio.preferences.value.adds_recipe
        target = ask_export(self._window, stem, with_recipe=with_recipe)
        if target is not None:
            self._studio.exports.export(source, target, with_recipe=with_recipe)

    def _put_on_clipboard(self, picture: Picture) -> None:
        QGuiApplication.clipboard().setImage(image_of(picture))
        self._studio.notices.tell(say("Copied."), key="copy")

    def _take(self, data: QMimeData) -> bool:
        """Show the first local file, or else the image, or import the folder; say whether there was any."""
        files = [Path(url.toLocalFile()) for url in data.urls() if url.isLocalFile()]
        kind = next((kind for kind in _ENCODED if data.hasFormat(kind)), None)
        image = data.imageData() if data.hasImage() and not files and not kind else None
        if files:
            if files[0].is_dir():
                self._studio.gallery.import_folder(files[0])
            else:
                self._studio.open_first(files)
        elif kind:  # another program's: decoded where it can do no harm
            self._studio.show_bytes(bytes(data.data(kind).data()), tr("pasted picture"))
        elif isinstance(image, QImage) and not image.isNull():
            self._studio.show_later(lambda: picture_of(image, tr("pasted picture")))
        else:
            return False
        return True


def may_be_dropped(data: QMimeData) -> bool:
    """Whether there may be a picture, a folder or a project in it."""
    return data.hasUrls() or data.hasImage() or any(data.hasFormat(kind) for kind in _ENCODED)
