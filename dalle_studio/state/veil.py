"""Pictures that not everybody wants to see: blurred until they are asked for, one by one."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal

from dalle_studio.core.picture import Picture
from dalle_studio.core.sentence import read_back
from dalle_studio.state.preferences import Preferences


class Veil(QObject):
    """Which pictures are blurred. Their files stay as they are, and so does everything made from them.

    A picture is known by the fingerprint of its pixels, wherever it is seen.

    Signals:
        changed(): others are blurred.
    """

    changed = Signal()

    def __init__(self, preferences: Preferences, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._preferences = preferences
        self._lifted: set[str] = set()
        self._hides = preferences.value.hides_concerning
        preferences.changed.connect(self._follow)

    def hides(self, concerns: tuple[str, ...], fingerprint: str) -> bool:
        """Whether a picture with these concerns is blurred."""
        return bool(concerns) and self._hides and fingerprint not in self._lifted

    def hides_picture(self, picture: Picture) -> bool:
        """Whether that picture is blurred."""
        concerns = concerns_of(picture)
        return bool(concerns) and self.hides(concerns, picture.sha256)

    def lift(self, fingerprint: str) -> None:
        """Show a picture from now on, until the studio ends."""
        self._lifted.add(fingerprint)
        self.changed.emit()

    def _follow(self) -> None:
        if self._preferences.value.hides_concerning != self._hides:
            self._hides = self._preferences.value.hides_concerning
            self.changed.emit()


def concerns_of(picture: Picture) -> tuple[str, ...]:
    """Why not everybody may want to see a picture; empty where its recipe names nothing."""
    return tuple(read_back(each) for each in picture.recipe.provenance.concerns) if picture.recipe else ()
