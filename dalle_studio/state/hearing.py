"""Which recogniser hears what is said, and in which language."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QLocale

from dalle_studio.core.model import AddOn
from dalle_studio.state.preferences import Preferences
from dalle_studio.state.spoken import known_language
from dalle_studio.state.vocabulary import Language


@dataclass(frozen=True)
class Ear:
    """What hears the next utterance.

    Attributes:
        wanted: the language that is to be spoken, "en" or "zh".
        recogniser: for both languages; None for the one that is built in, which understands English alone.
    """

    wanted: Language
    recogniser: AddOn | None = None

    @property
    def language(self) -> Language:
        """The language that it hears."""
        return "en" if self.recogniser is None else self.wanted

    @property
    def folder(self) -> Path | None:
        """Where the recogniser lies; None for the one that is built in."""
        return None if self.recogniser is None else self.recogniser.path


class Hearing:
    """The user's choice of language and recogniser.

    English is heard by what is built in, unless another recogniser is preferred; Chinese by the preferred one, or
    the best there is.

    Args:
        preferences: keep the choice.
        installed: reads which recognisers are here, the best first.
    """

    def __init__(self, preferences: Preferences, installed: Callable[[], tuple[AddOn, ...]]) -> None:
        self._preferences = preferences
        self.installed = installed

    @property
    def chosen_language(self) -> str:
        """A language that the user chose; empty where it follows the window's."""
        return self._preferences.value.speech_language

    @property
    def wanted(self) -> Language:
        """The language that is to be spoken."""
        return known_language(self.chosen_language) or window_language()

    def ear(self) -> Ear:
        """What hears the next utterance."""
        preferred = self._preferences.value.recogniser
        here = self.installed()
        found = next((each for each in here if each.name == preferred), None)
        if found is None and self.wanted == "zh" and here:
            found = here[0]
        return Ear(self.wanted, found)

    def choose_language(self, code: str) -> None:
        """Speak that language from now on; the window's, where it is empty."""
        self._preferences.change(speech_language=code)

    def choose_recogniser(self, name: str) -> None:
        """Let a recogniser hear in both languages; the one that is built in, where it is empty: in English."""
        changes = {} if name or self.wanted == "en" else {"speech_language": "en"}
        self._preferences.change(recogniser=name, **changes)


def window_language() -> Language:
    """The window's language, of those that can be spoken."""
    return "zh" if QLocale().language() == QLocale.Language.Chinese else "en"
