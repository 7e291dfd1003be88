"""Copies of pictures for the world outside, with what their user chose to tell."""

from __future__ import annotations

from dataclasses import replace
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from dalle_studio.core.errors import CannotWrite, StudioError
from dalle_studio.core.picture import Picture
from dalle_studio.core.sentence import say
from dalle_studio.state.files import Files
from dalle_studio.state.gallery import Gallery
from dalle_studio.state.notices import Level, Notices
from dalle_studio.state.preferences import Preferences
from dalle_studio.storage.export import export_picture

if TYPE_CHECKING:
    from dalle_studio.storage.credentials import Credential

_LIBRARIES = ("c2pa", "cryptography")


class Exports(QObject):
    """Writes copies of pictures, signed where that is set. What fails becomes a notice.

    Args:
        gallery: whose pictures are never replaced by a copy.
        files: reads and writes beside the main thread.
        notices: where is told what was written.
        preferences: say whether copies are signed, and with what.
        folder: for the certificate that the studio makes itself.
        parent: owner in Qt's sense.
    """

    def __init__(
        self,
        gallery: Gallery,
        files: Files,
        notices: Notices,
        preferences: Preferences,
        folder: Path,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._folder = folder
        self._gallery, self._files, self._notices, self._preferences = gallery, files, notices, preferences

    def export(self, source: Path | Picture, target: Path, *, with_recipe: bool) -> None:
        """Write a copy of a picture as PNG, JPEG or WebP, by the target's suffix, in place of what is there.

        Returns at once; a notice says when it is done.
        """
        if self._gallery.entry(target) is not None:
            problem = say("{file} is a picture of the gallery.", file=target.name)
            remedy = say("Choose another name or another folder, so that nothing is lost.")
            self._notices.tell_error(CannotWrite(problem, remedy), "export")
            return
        entry = self._gallery.entry(source) if isinstance(source, Path) else None
        recipe = self._gallery.recipe(entry) if entry else None
        settings = self._preferences.value

        def write() -> None:
            credential = self._credential(settings.credential) if settings.signs_exports else None
            picture = source if isinstance(source, Picture) else self._files.read(source)
            if picture.recipe is None:  # a file may keep it where only the gallery looks
                picture = replace(picture, recipe=recipe)
            export_picture(picture, target, with_recipe, self._gallery.recipe_of, credential)

        doing = say("Exporting {file} …", file=target.name)
        self._files.do(doing, write, lambda _: self._tell(target), key="export")

    def set_signing(self, signs: bool) -> None:
        """Whether copies carry signed Content Credentials. Refused where the libraries for that are missing."""
        if signs and not all(find_spec(name) for name in _LIBRARIES):
            self._notices.tell_error(_not_installed(), "signing")
            signs = False
        self._preferences.change(signs_exports=signs)

    def set_credential(self, path: Path | None) -> None:
        """Sign with a user's own certificate from now on, if it can be read; None: with one made by the studio."""
        if path is None:
            self._preferences.change(credential="")
            return
        self._files.do(
            say("Reading {file} …", file=path.name),
            lambda: self._credential(str(path)),
            lambda _: self._preferences.change(credential=str(path)),
            key="signing",
        )

    def _credential(self, path: str) -> Credential:
        """The user's own at that path, or the studio's. On another thread: the libraries are large."""
        try:
            from dalle_studio.storage import credentials
        except ImportError as error:
            raise _not_installed() from error
        return credentials.read_credential(Path(path)) if path else credentials.own_credential(self._folder)

    def _tell(self, target: Path) -> None:
        told = say("Exported {file}.", file=target.name)
        self._notices.tell(told, key="export", level=Level.DONE)
        if target.is_relative_to(self._gallery.folder):
            self._gallery.refresh()


def _not_installed() -> StudioError:
    return CannotWrite(
        say("The libraries that sign pictures are not installed."),
        say("Install them with: {command}", command="pip install 'dalle-studio[credentials]'"),
    )
