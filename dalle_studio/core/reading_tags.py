"""What a piece of a sentence is, as `core/reading.py` sees it, and the words that every sentence shares."""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum, auto

from dalle_studio.core.scene import Look, Relation, Setting, Thing


class Kind(IntEnum):
    """What a piece of a sentence does."""

    THING = auto()
    COLOUR = auto()
    COUNT = auto()
    ARTICLE = auto()
    TIE = auto()
    """A relation: a verb or a preposition."""
    PLACE = auto()
    LOOK = auto()
    AND = auto()
    BREAK = auto()
    """A comma or a full stop."""
    DE = auto()
    """The Chinese particle between what describes and what is described."""
    AT = auto()
    """Chinese 在: a noun and a `SPOT` follow."""
    SPOT = auto()
    """Chinese “on top of”, “left of” and the like, after their noun."""
    HAVE = auto()
    """Chinese 有 and 是 after a `SPOT`."""
    SIDE = auto()
    """“on the left”, of nothing in particular."""
    GROUND = auto()
    """The word “background”."""
    PART = auto()
    """A part of a body or of a thing, which is not drawn for itself."""
    PRONOUN = auto()
    OWNER = auto()
    """“'s”."""
    NOT = auto()
    SKIP = auto()
    """Anything that says nothing about the layout."""
    UNKNOWN = auto()


class Sense(IntEnum):
    """Ties whose relation depends on what they join."""

    PLAIN = auto()
    ON = auto()
    IN = auto()
    WITH = auto()
    BETWEEN = auto()
    SEATED = auto()


@dataclass(frozen=True)
class Tie:
    """A relation word: what stands before it is the subject, or the object where it is `flipped`."""

    relation: Relation
    sense: Sense = Sense.PLAIN
    flipped: bool = False
    verb: bool = False
    """Whether only somebody alive can be its subject."""


@dataclass(frozen=True)
class Tag:
    """A piece of a sentence and what it is.

    Attributes:
        kind: what it does.
        text: as written (in an index: the key).
        number: how many, for `COUNT` (negative: as a set, which may be one thing); how telling, for `PLACE`.
        plural: for `THING`.
        zh: whether it is Chinese.
        near: whether it only comes near what it was read as: a synonym or another spelling.
        other: what else it may be.
        misspelt: its misspelt words, as written.
        meant: for a Chinese word that is `near`, the known one that it was read as.
    """

    kind: Kind
    text: str = ""
    thing: Thing | None = None
    setting: Setting | None = None
    look: Look | None = None
    colour: str | None = None
    tie: Tie | None = None
    number: int = 0
    plural: bool = False
    zh: bool = False
    near: bool = False
    other: Tag | None = None
    misspelt: str = ""
    meant: str = ""

    def keyed(self, text: str, zh: bool) -> Tag:
        """This tag with another text and language: `replace`, but quick, for an index has many thousands."""
        copy = object.__new__(Tag)
        vars(copy).update(vars(self), text=text, zh=zh)
        return copy


ON = Tie(Relation.ON, Sense.ON)
UPON = Tie(Relation.ON)
SEATED = Tie(Relation.ON, Sense.SEATED)
IN = Tie(Relation.ON, Sense.IN)
WITH = Tie(Relation.BESIDE, Sense.WITH)
AT_ONCE = frozenset((Relation.LEFT_OF, Relation.RIGHT_OF, Relation.BESIDE))
"""Relations that are as good as said of a rider and of what he rides."""
BETWEEN = Tie(Relation.BESIDE, Sense.BETWEEN)
BESIDE = Tie(Relation.BESIDE)
UNDER = Tie(Relation.UNDER)
ABOVE = Tie(Relation.ABOVE)
BELOW = Tie(Relation.ABOVE, flipped=True)
LEFT = Tie(Relation.LEFT_OF)
RIGHT = Tie(Relation.RIGHT_OF)
RIDING = Tie(Relation.RIDING, verb=True)
RIDDEN = Tie(Relation.RIDING, flipped=True)
HOLDING = Tie(Relation.HOLDING, verb=True)
HELD = Tie(Relation.HOLDING, flipped=True)
EATING = Tie(Relation.EATING, verb=True)
EATEN = Tie(Relation.EATING, flipped=True)
WEARING = Tie(Relation.WEARING, verb=True)
WORN = Tie(Relation.WEARING, flipped=True)
PUSHING = Tie(Relation.PUSHING, verb=True)
PUSHED = Tie(Relation.PUSHING, flipped=True)

WEARABLE = frozenset(("hat", "eyewear", "clothes"))
HEADGEAR = frozenset(("hat", "eyewear"))
ALIVE = frozenset(("animal", "mount", "sea", "person", "actor"))
SEATS = frozenset(("mount", "ride"))
"""What one sits on."""
CABINS = frozenset(("mount", "ride", "vehicle", "cart"))
"""What one sits in."""


def listed(text: str) -> frozenset[str]:
    """The entries of a comma-separated list."""
    return frozenset(" ".join(each.split()) for each in text.split(",") if each.strip())


def table(text: str) -> dict[str, tuple[str, ...]]:
    """Read ``word, word = target | target; ...``: every word to its targets, best first."""
    found: dict[str, tuple[str, ...]] = {}
    for entry in text.split(";"):
        keys, _, targets = entry.partition("=")
        for key in sorted(listed(keys)):
            found[key] = tuple(" ".join(each.split()) for each in targets.split("|"))
    return found
