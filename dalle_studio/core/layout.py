"""Where the things of a scene go: a small theatre director.

Things that belong together (a rider and the horse) form a group, built around the one that carries the
others. Groups stand in a row from left to right, as large as the frame allows. The same director sets the
scenes that the starter model learnt from, so what it is shown at work looks like what it was taught.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass, replace
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from dalle_studio.core import anatomy
from dalle_studio.core.format import Size
from dalle_studio.core.scene import Link, Mention, Relation, Scene

PLAIN_GROUND = (0.82, 0.9)
_POSSESSIVE = (Relation.HOLDING, Relation.EATING, Relation.WEARING, Relation.PUSHING)
"""Relations in which the subject carries the object, and each subject one of its own."""
_BESIDE = (Relation.LEFT_OF, Relation.RIGHT_OF, Relation.BESIDE)
_OVERHEAD = ("plant", "place", "vehicle", "mount", "animal", "actor", "person")
_MARGIN = 0.03
"""Least distance from the frame, as a share of its shorter side."""
_ROW = 5
"""Most groups that stand in one row."""

Shape = Callable[[Mention], tuple[float, float]]
"""Width and height of a mention's drawing, the longer of them 1."""


@dataclass(frozen=True)
class Placement:
    """One drawing in the frame. Later ones cover earlier ones.

    Attributes:
        mention: what is drawn.
        number: place of the mention in its scene.
        x: horizontal centre, pixels from the left.
        y: lower edge, pixels from the top.
        size: longer side, pixels, before turning.
        flip: mirrored left and right.
        turn_deg: counter-clockwise.
        grounded: whether it stands on the ground (and throws a shadow there).
    """

    mention: Mention
    number: int
    x: float
    y: float
    size: float
    flip: bool = False
    turn_deg: float = 0.0
    grounded: bool = True


@dataclass(frozen=True)
class _Part:
    """A drawing within its group: units of a person's height, x from the group's middle, y up from its foot."""

    number: int
    x: float
    y: float
    size: float
    layer: float = 0
    flip: bool = False
    grounded: bool = True
    turn_deg: float = 0.0


@dataclass(frozen=True)
class _Group:
    """Parts that belong together, farthest first, and the box around them; its lower edge is at 0."""

    parts: tuple[_Part, ...]
    left: float
    right: float
    top: float
    aloft: bool

    @property
    def width(self) -> float:
        return self.right - self.left


def arrange(
    scene: Scene, frame: Size, shape: Shape, rng: np.random.Generator, fill: float | None = None
) -> list[Placement]:
    """Place every thing of a scene.

    Args:
        scene: what to show; more than four things get small.
        frame: the picture's size.
        shape: proportions of the drawings.
        rng: decides what the sentence leaves open.
        fill: share of the frame that the row takes up, 0 to 1; None lets chance decide.
    """
    director = _Director(scene, shape, rng)
    groups = [director.group(number, copy) for number, copy in director.roots()]
    return _Stage(scene, frame, rng).place(groups, fill) if groups else []


class _Director:
    """Builds the groups of one scene."""

    def __init__(self, scene: Scene, shape: Shape, rng: np.random.Generator) -> None:
        self._scene, self._shape, self._rng = scene, shape, rng
        self._crowd = sum(mention.count for mention in scene.mentions)
        self._floating = scene.setting is not None and scene.setting.floating
        self._carriers = self._find_carriers()

    def _find_carriers(self) -> dict[int, Link]:
        """For each carried mention the link that says so; links that would close a ring are left out."""
        found: dict[int, Link] = {}
        for link in self._scene.links:
            carried, above = _carried(link), _carrier(link)
            if link.relation in _BESIDE or carried in found:
                continue
            while above != carried and above in found:
                above = _carrier(found[above])
            if above != carried:
                found[carried] = link
        return found

    def roots(self) -> list[tuple[int, int]]:
        """Carriers and loose things from left to right: number of the mention and of its copy."""
        order = [number for number in range(len(self._scene.mentions)) if number not in self._carriers]
        for _ in tuple(order):
            for link in self._scene.links:
                if link.relation in (Relation.LEFT_OF, Relation.RIGHT_OF):
                    _sort_pair(order, *self._left_and_right(link))
        return [(number, copy) for number in order for copy in range(self._scene.mentions[number].count)]

    def _left_and_right(self, link: Link) -> tuple[int, int]:
        pair = (self._root_of(link.subject), self._root_of(link.object))
        return pair if link.relation is Relation.LEFT_OF else (pair[1], pair[0])

    def _root_of(self, number: int) -> int:
        while number in self._carriers:
            number = _carrier(self._carriers[number])
        return number

    def group(self, number: int, copy: int) -> _Group:
        """The parts of the group around one copy of a carrier."""
        mention = self._scene.mentions[number]
        base = _Part(number, 0, 0, self._size(number), flip=self._flip())
        parts = self._with_carried(base, copy, mention.count)
        if self._floating and len(parts) == 1:
            parts = [replace(base, turn_deg=float(self._rng.uniform(-12, 12)))]
        lowest = min(part.y for part in parts)
        parts = [replace(part, y=part.y - lowest, grounded=_on_ground(part, lowest)) for part in parts]
        lefts, rights, tops = zip(*(self._edges(part) for part in parts), strict=True)
        aloft = len(parts) == 1 and mention.thing.category == "sky" and self._scene.setting is not None
        ordered = tuple(sorted(parts, key=lambda part: part.layer))
        return _Group(ordered, min(lefts), max(rights), max(tops), aloft and not self._floating)

    def _edges(self, part: _Part) -> tuple[float, float, float]:
        width, height = self._extent(part)
        return part.x - width / 2, part.x + width / 2, part.y + height

    def _with_carried(self, base: _Part, copy: int, copies: int) -> list[_Part]:
        """A part and what it carries; things carried by several are shared out among them."""
        links = [link for link in self._carriers.values() if _carrier(link) == base.number]
        if any(link.relation is Relation.RIDING for link in links):
            base = self._saddled(base)
        parts = [base]
        for link in links:
            count = len(range(copy, self._scene.mentions[_carried(link)].count, copies))
            count = max(1, count) if link.relation in _POSSESSIVE else count
            for place in range(count):
                part = self._attach(base, link, place, count)
                parts += self._with_carried(part, place, count)
        return parts

    def _saddled(self, base: _Part) -> _Part:
        """The mount as it is when ridden: a skateboard lies flat."""
        thing = self._scene.mentions[base.number].thing
        width, height = self._shape(self._scene.mentions[base.number])
        turn = anatomy.seat(thing.name, thing.category).turn_deg * min(1.0, height / width)
        return replace(base, turn_deg=-turn if base.flip else turn)

    def _size(self, number: int) -> float:
        """Sizes are drawn together the more things there are, so that none gets lost."""
        return self._scene.mentions[number].thing.size ** (0.6 if self._crowd > 1 else 0.25)

    def _flip(self) -> bool:
        return bool(self._rng.random() < 0.4)

    def _extent(self, part: _Part) -> tuple[float, float]:
        """Width and height of a part as it is turned."""
        width, height = (side * part.size for side in self._shape(self._scene.mentions[part.number]))
        angle = math.radians(part.turn_deg)
        sine, cosine = abs(math.sin(angle)), abs(math.cos(angle))
        return width * cosine + height * sine, width * sine + height * cosine

    def _attach(self, base: _Part, link: Link, place: int, count: int) -> _Part:
        """The carried thing of a link, or number `place` of `count` of them, on its carrier."""
        number, jitter = _carried(link), self._rng.uniform(-1, 1, 2)
        match link.relation:
            case Relation.RIDING:
                part = self._riding(base, number, jitter)
            case Relation.ON:
                size = base.size * (0.62 + 0.08 * jitter[0])
                part = self._at(base, number, 0.08 * jitter[1], self._top(base), size)
            case Relation.ABOVE:
                size = base.size * (0.75 + 0.1 * jitter[0])
                part = self._at(base, number, 0.2 * jitter[1], 1.1 + 0.04 * jitter[0], size)
            case Relation.UNDER:
                part = self._under(base, number, jitter)
            case Relation.HOLDING:
                part = self._at(base, number, -0.36, 0.08, self._held(number, base.size, 0.46))
            case Relation.EATING:
                part = self._eaten(base, number)
            case Relation.WEARING:
                part = self._worn(base, number)
            case _:
                part = self._pushed(base, number)
        return part if count == 1 else self._spread(part, base, place, count)

    def _top(self, base: _Part) -> float:
        return anatomy.top(self._scene.mentions[base.number].thing.name)

    def _spread(self, part: _Part, base: _Part, place: int, count: int) -> _Part:
        """One of several that share a carrier: smaller, side by side."""
        part = replace(part, size=part.size * (0.82, 0.66, 0.56)[min(count, 4) - 2])
        step = max(self._extent(base)[0] * 0.8 / count, self._extent(part)[0] * 0.85)
        return replace(part, x=part.x + (place - (count - 1) / 2) * step)

    def _at(self, base: _Part, number: int, x: float, y: float, size: float, layer: float = 1) -> _Part:
        """A part at a spot of its carrier, in shares of the carrier as it is drawn when not mirrored."""
        wide, high = self._extent(base)
        x, y = base.x + (-x if base.flip else x) * wide, base.y + y * high
        return _Part(number, x, y, size, base.layer + layer, self._flip(), grounded=False)

    def _riding(self, base: _Part, number: int, jitter: NDArray[np.float64]) -> _Part:
        thing = self._scene.mentions[base.number].thing
        seat = anatomy.seat(thing.name, thing.category)
        size = base.size * seat.size * (1 + 0.06 * jitter[0])
        part = self._at(base, number, seat.x, seat.y, size, 1 if seat.before else -1)
        ahead = self._rng.random() < 0.8  # most riders look where they go
        return replace(part, flip=base.flip if ahead else not base.flip)

    def _under(self, base: _Part, number: int, jitter: NDArray[np.float64]) -> _Part:
        """What is under a thing: before the foot of a tree, or beneath a rainbow that hangs in the air."""
        thing = self._scene.mentions[base.number].thing
        if thing.category in _OVERHEAD:
            size = base.size * (0.5 + 0.04 * jitter[0])
            aside = math.copysign(0.26, jitter[1])  # so that the trunk shows
            return replace(self._at(base, number, aside, -0.02, size), grounded=True)
        part = self._at(base, number, 0, 0, base.size * (0.95 + 0.1 * jitter[0]), -1)
        drop = self._extent(part)[1] * (0.78 if thing.name == "umbrella" else 1.06)
        return replace(part, y=base.y - drop, grounded=True)

    def _eaten(self, base: _Part, number: int) -> _Part:
        head = anatomy.head(self._scene.mentions[base.number].thing.name)
        size = self._held(number, base.size, 0.4)
        if head.x > -0.1:
            return self._at(base, number, -0.26, 0.1, size)
        return self._at(base, number, head.x - 0.12, max(0.0, head.y - 0.5), size)

    def _held(self, number: int, holder: float, share: float) -> float:
        return holder * share * max(0.75, min(1.2, self._scene.mentions[number].thing.size))

    def _worn(self, base: _Part, number: int) -> _Part:
        """A hat, glasses or clothes on a figure."""
        head = anatomy.head(self._scene.mentions[base.number].thing.name)
        wide, category = self._extent(base)[0] * head.size, self._scene.mentions[number].thing.category
        if category == "eyewear":
            part = self._at(base, number, head.x, head.y - 0.3, wide * 0.9)
        elif category == "clothes":
            part = self._at(base, number, head.x / 2, 0.0, wide * 0.8)
        else:
            part = self._at(base, number, head.x, head.y, wide)
        return replace(part, flip=base.flip)

    def _pushed(self, base: _Part, number: int) -> _Part:
        part = replace(self._at(base, number, 0, 0, base.size * 0.78), grounded=True, flip=base.flip)
        reach = 0.44 * (self._extent(base)[0] + self._extent(part)[0])
        return replace(part, x=base.x + (reach if base.flip else -reach))


def _on_ground(part: _Part, lowest: float) -> bool:
    return part.grounded and part.y - lowest < 0.15 * part.size


def _carried(link: Link) -> int:
    return link.object if link.relation in _POSSESSIVE else link.subject


def _carrier(link: Link) -> int:
    return link.subject if link.relation in _POSSESSIVE else link.object


def _sort_pair(order: list[int], left: int, right: int) -> None:
    """Make two entries of a list stand in this order."""
    if left != right and left in order and right in order and order.index(left) > order.index(right):
        i, j = order.index(left), order.index(right)
        order[i], order[j] = order[j], order[i]


class _Stage:
    """The frame that groups are put in."""

    def __init__(self, scene: Scene, frame: Size, rng: np.random.Generator) -> None:
        self._scene, self._frame, self._rng = scene, frame, rng
        self._floating = scene.setting is not None and scene.setting.floating
        self._side = min(frame.width_px, frame.height_px)

    def place(self, groups: list[_Group], fill: float | None) -> list[Placement]:
        """Scale the row of groups to the frame and stand it on the ground, or let it float.

        Many groups stand in several rows, in turns, so that they keep their order from left to right.
        """
        rows = math.ceil(len(groups) / _ROW)
        middles, wide = _middles(groups, rows)
        lifts = self._lifts(groups, rows)
        high = max(group.top + lift for group, lift in zip(groups, lifts, strict=True))
        scale = self._scale(wide, high, fill, alone=len(groups) == 1)
        slack = max(0.0, (self._frame.width_px - wide * scale) / 2 - _MARGIN * self._side)
        left = (self._frame.width_px - wide * scale) / 2
        left += self._rng.uniform(-1, 1) * slack * (0.6 if len(groups) == 1 else 0.25)
        foot = self._foot(groups, high * scale)
        placements: list[Placement] = []
        for number in sorted(range(len(groups)), key=lambda number: -(number % rows)):
            group = groups[number]
            wobble = self._rng.uniform(-0.015, 0.015) * self._side * (len(groups) > 1)
            x = left + (middles[number] - (group.left + group.right) / 2) * scale
            placements += self._put(group, x, foot + wobble - lifts[number] * scale, scale)
        return placements

    def _lifts(self, groups: list[_Group], rows: int) -> list[float]:
        """How far above the foremost row each group stands or hangs."""
        grounded = max((group.top for group in groups if not group.aloft), default=0.0)
        step = 0.45 * max(group.top for group in groups)
        return [
            number % rows * step + (grounded * self._rng.uniform(0.35, 0.75) if group.aloft else 0.0)
            for number, group in enumerate(groups)
        ]

    def _scale(self, wide: float, high: float, fill: float | None, *, alone: bool) -> float:
        share = self._rng.uniform(0.74, 0.9) if fill is None else fill
        across = share if alone or fill is not None else max(share, 0.88)
        low = 1.0 if self._floating or self._scene.setting is None else self._scene.setting.ground[1]
        return min(
            across * min(self._frame.width_px, 1.6 * self._side) / wide,
            share * self._frame.height_px * 0.92 / high,
            (min(low, 1 - _MARGIN) - _MARGIN - 0.03) * self._frame.height_px / high,
        )

    def _foot(self, groups: list[_Group], height: float) -> float:
        """Where the row's foot is, in pixels from the top, so that its head stays inside."""
        frame, setting = self._frame.height_px, self._scene.setting
        room, least = frame * (1 - _MARGIN), height + _MARGIN * frame
        if setting is None or self._floating:
            return frame * (0.5 + 0.04 * self._rng.uniform(-1, 1)) + height / 2
        if all(group.aloft for group in groups):
            return min(room, max(least, frame * self._rng.uniform(0.38, 0.52) + height / 2))
        high, low = (share * frame for share in setting.ground)
        return min(max(self._rng.uniform(high, low), least), max(least, min(low, room)))

    def _put(self, group: _Group, x: float, foot: float, scale: float) -> list[Placement]:
        margin = 0.005 * self._side
        foot = min(max(foot, group.top * scale + margin), self._frame.height_px - margin)
        return [
            Placement(
                mention=replace(self._scene.mentions[part.number], count=1),
                number=part.number,
                x=float(x + part.x * scale),
                y=float(foot - part.y * scale),
                size=float(part.size * scale),
                flip=part.flip,
                turn_deg=part.turn_deg,
                grounded=part.grounded and not group.aloft and not self._floating,
            )
            for part in group.parts
        ]


def _middles(groups: list[_Group], rows: int) -> tuple[list[float], float]:
    """The horizontal middle of each group, and the width of all together."""
    gap = 0.12 * sum(group.width for group in groups) / len(groups)
    middles, x = [groups[0].width / 2], groups[0].width / 2
    for one, other in pairwise(groups):
        x += ((one.width + other.width) / 2 + gap) / rows
        middles.append(x)
    right = max(middle + group.width / 2 for middle, group in zip(middles, groups, strict=True))
    left = min(middle - group.width / 2 for middle, group in zip(middles, groups, strict=True))
    return [middle - left for middle in middles], right - left
