"""Small parts that tell of models: facts with icons, licences, abilities, and the words for all of it."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import QHBoxLayout, QLabel, QWidget

from dalle_studio.core.errors import StudioError
from dalle_studio.core.model import Ability, AddOnKind, Commercial, Licence
from dalle_studio.core.sentence import joined, say
from dalle_studio.ui.language import told, tr
from dalle_studio.ui.theme import Theme

ABILITIES = {
    Ability.CREATE: (say("Create"), say("Makes pictures from words")),
    Ability.PLACE: (say("Place"), say("Makes things at places in a picture")),
    Ability.VARY: (say("Vary"), say("Makes variations of a picture")),
    Ability.BLEND: (say("Blend"), say("Blends two pictures")),
    Ability.EXTEND: (say("Extend"), say("Continues a picture beyond its edges")),
    Ability.EDIT: (say("Edit"), say("Changes a picture as a sentence says")),
}
KINDS = {
    AddOnKind.LORA: "LoRA",
    AddOnKind.IMAGE_PROMPT: say("Variations and blends"),
    AddOnKind.EDGES: say("Follows edges"),
    AddOnKind.DEPTH: say("Follows depth"),
    AddOnKind.DEPTH_READER: say("Reads depth"),
    AddOnKind.UPSCALER: say("Upscaler"),
    AddOnKind.SAFETY: say("Safety check"),
    AddOnKind.SPEECH: say("Speech in Chinese and English"),
}
FAMILIES = {
    "starter": say("the starter model"),
    "stable-diffusion": "Stable Diffusion 1.5",
    "stable-diffusion-xl": "Stable Diffusion XL",
    "kandinsky": "Kandinsky 2.2",
    "flux2": "FLUX.2",
    "z-image": "Z-Image",
    "qwen-image": "Qwen-Image",
}
LICENCES = {
    Commercial.YES: ("circle-check", "good", say("Commercial use")),
    Commercial.CONDITIONS: ("scale", "warning", say("Commercial use with conditions")),
    Commercial.NO: ("ban", "danger", say("No commercial use")),
}
_SMALL_PX = 14


def family_text(family: str) -> str:
    """What people call a family of models; empty goes with all."""
    return FAMILIES.get(family, family) or say("every model")


def abilities_text(abilities: Iterable[Ability]) -> str:
    """“Create · Place · Vary”, in the order of the window."""
    able = frozenset(abilities)
    return joined((ABILITIES[each][0] for each in ABILITIES if each in able), " · ")


def problem_text(problem: StudioError) -> str:
    """What happened and what to do about it, in the window's language."""
    if not problem.remedy:
        return told(problem.message)
    return tr("{message} {remedy}", message=problem.message, remedy=problem.remedy)


class IconLabel(QLabel):
    """An icon in a colour of the theme."""

    def __init__(self, theme: Theme, icon: str, role: str = "second", size_px: int = _SMALL_PX) -> None:
        super().__init__()
        self._theme, self._icon, self._role, self._size_px = theme, icon, role, size_px
        self.setFixedSize(size_px, size_px)
        theme.changed.connect(self._dress)
        self._dress()

    def set_icon(self, icon: str, role: str) -> None:
        """Another one."""
        if (icon, role) != (self._icon, self._role):
            self._icon, self._role = icon, role
            self._dress()

    @Slot()
    def _dress(self) -> None:
        self.setPixmap(self._theme.pixmap(self._icon, self._role, self._size_px))


class Fact(QWidget):
    """A small icon and a few words beside it; takes no room without words."""

    def __init__(self, theme: Theme, icon: str, tooltip: str = "") -> None:
        super().__init__()
        self._icon = IconLabel(theme, icon)
        self._words = QLabel()
        self._words.setProperty("kind", "small")
        self._words.setTextFormat(Qt.TextFormat.PlainText)
        self.setToolTip(tooltip)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 8, 0)
        row.setSpacing(5)
        row.addWidget(self._icon)
        row.addWidget(self._words)

    def show_words(self, words: str, icon: str = "", role: str = "second") -> None:
        """Say it, under another icon where one is named."""
        if words != self._words.text():
            self._words.setText(words)
            self.setAccessibleName(words)
            self.updateGeometry()
        if icon:
            self._icon.set_icon(icon, role)
        self.setVisible(bool(words))


class LicenceBadge(Fact):
    """Whether a business may use it: an icon and words, so that nobody needs to tell its colours apart."""

    def __init__(self, theme: Theme) -> None:
        super().__init__(theme, "scale")

    def show_licence(self, licence: Licence) -> None:
        """Say what it allows; the tooltip names it."""
        icon, role, words = LICENCES[licence.commercial]
        self.show_words(told(words), icon, role)
        self.setAccessibleName(tr("Licence {licence}: {use}", licence=licence.name, use=words))
        self.setToolTip("\n".join(filter(None, (told(licence.name), told(licence.terms)))))


class Pill(QLabel):
    """A word on a rounded ground."""

    def __init__(self, text: str, tooltip: str = "") -> None:
        super().__init__(told(text))
        self.setProperty("kind", "pill")
        self.setToolTip(told(tooltip))
        self.setAccessibleName(told(tooltip or text))


class Blank(QLabel):
    """Where an example picture would be: none is shown that the model did not make here."""

    def __init__(self, theme: Theme, icon: str, side_px: int = 56) -> None:
        super().__init__()
        self._theme, self._icon = theme, icon
        self.setProperty("kind", "blank")
        self.setFixedSize(side_px, side_px)
        self.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.setToolTip(tr("No example: the studio shows none that was not made here"))
        theme.changed.connect(self._dress)
        self._dress()

    @Slot()
    def _dress(self) -> None:
        self.setPixmap(self._theme.pixmap(self._icon, "third", 24))
