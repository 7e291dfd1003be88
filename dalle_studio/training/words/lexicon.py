"""What the product's reader knows by name, from the tables that captions are made of."""

from __future__ import annotations

from dalle_studio.core.scene import Lexicon, Look
from dalle_studio.training.art.concepts import THINGS
from dalle_studio.training.draw.colours import COLOUR_NAMES
from dalle_studio.training.places.built import BACKGROUNDS
from dalle_studio.training.styles.styles import STYLES, Style
from dalle_studio.training.words.scenes import look_of, setting_of


def lexicon() -> Lexicon:
    """All things, settings, looks and colours that the starter model learns."""
    settings = tuple(setting_of(place) for place in BACKGROUNDS)
    return Lexicon(THINGS, settings, tuple(_look(style) for style in STYLES), COLOUR_NAMES)


def _look(style: Style) -> Look:
    """A style as the reader knows it; "none" is among them, since it has its families too."""
    families = tuple(dict.fromkeys(style.families))
    plain = Look(style.name, {"en": (), "zh": ()}, families, shows_ground=style.shows_ground)
    return look_of(style) or plain
