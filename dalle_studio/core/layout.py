"""Where the things of a scene go: a small theatre director.

Things that belong together (a rider and the horse) form a group, built around the one that carries the
others. Groups stand in a row from left to right, as large as the frame allows. The same director sets the
scenes that the starter model learnt from, so what it is shown at work looks like what it was taught.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

import numpy as np

from dalle_studio.core.format import Size
from dalle_studio.core.scene import Link, Mention, Relation, Scene

PLAIN_GROUND = (0.82, 0.9)
_ATTACHED = {
    Relation.RIDING,
    Relation.ON,
    Relation.UNDER,
    Relation.ABOVE,
    Relation.HOLDING,
    Relation.EATING,
    Relation.WEARING,
    Relation.PUSHING,
}
_OVERHEAD = ("plant", "place", "vehicle", "mount", "animal", "actor", "person")

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
    layer: int = 0
    flip: bool = False
    grounded: bool = True


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
    groups = [director.group(root) for root in director.roots()]
    if not groups:
        return []
    return _in_frame(groups, scene, frame, rng, fill, shape)


class _Director:
    """Builds the groups of one scene."""

    def __init__(self, scene: Scene, shape: Shape, rng: np.random.Generator) -> None:
        self._scene, self._shape, self._rng = scene, shape, rng
        self._attached = [link for link in scene.links if link.relation in _ATTACHED]
        self._crowd = sum(mention.count for mention in scene.mentions)

    def roots(self) -> list[tuple[int, int]]:
        """Carriers and loose things from left to right: number of the mention and of its copy."""
        carried = {self._carried(link) for link in self._attached}
        order = [number for number in range(len(self._scene.mentions)) if number not in carried]
        if not order:  # a ring of relations: the first thing carries
            order = [0]
        for link in self._scene.links:
            if link.relation in (Relation.LEFT_OF, Relation.RIGHT_OF):
                _sort_pair(order, *self._left_and_right(link))
        return [(number, copy) for number in order for copy in range(self._scene.mentions[number].count)]

    def _left_and_right(self, link: Link) -> tuple[int, int]:
        pair = (self._root_of(link.subject), self._root_of(link.object))
        return pair if link.relation is Relation.LEFT_OF else (pair[1], pair[0])

    def _root_of(self, number: int) -> int:
        for link in self._attached:
            if self._carried(link) == number and self._carrier(link) != number:
                return self._carrier(link)
        return number

    @staticmethod
    def _carried(link: Link) -> int:
        holds = link.relation in (Relation.HOLDING, Relation.EATING, Relation.WEARING, Relation.PUSHING)
        return link.object if holds or link.relation is Relation.UNDER else link.subject

    @classmethod
    def _carrier(cls, link: Link) -> int:
        return link.subject if cls._carried(link) == link.object else link.object

    def group(self, root: tuple[int, int]) -> list[_Part]:
        """The parts of the group around a carrier, with a flip of its own."""
        number, _ = root
        base = _Part(number, 0, 0, self._size(number), flip=self._flip())
        parts = [base]
        done = {number}
        for link in self._attached:
            if self._carrier(link) == number and self._carried(link) not in done:
                done.add(self._carried(link))
                parts += self._carry(base, link, done)
        return sorted(parts, key=lambda part: part.layer)

    def _carry(self, base: _Part, link: Link, done: set[int]) -> list[_Part]:
        part = self._attach(base, link)
        parts = [part]
        for other in self._attached:  # what the rider holds, wears or eats
            if self._carrier(other) == part.number and self._carried(other) not in done:
                done.add(self._carried(other))
                parts += self._carry(part, other, done)
        return parts

    def _size(self, number: int) -> float:
        """Sizes are drawn together the more things there are, so that none gets lost."""
        return self._scene.mentions[number].thing.size ** (0.6 if self._crowd > 1 else 0.25)

    def _flip(self) -> bool:
        return bool(self._rng.random() < 0.4)

    def _extent(self, number: int, size: float) -> tuple[float, float]:
        width, height = self._shape(self._scene.mentions[number])
        return width * size, height * size

    def _attach(self, base: _Part, link: Link) -> _Part:
        number, jitter = self._carried(link), self._rng.uniform(-1, 1, 2)
        wide, high = self._extent(base.number, base.size)
        side = -1 if base.flip else 1

        def at(x: float, y: float, size: float, layer: int, grounded: bool = False) -> _Part:
            flip = self._flip()
            return _Part(number, base.x + x, base.y + y, size, base.layer + layer, flip, grounded)

        match link.relation:
            case Relation.RIDING:
                size = base.size * (0.58 + 0.05 * jitter[0])
                return at(0.05 * side * wide, 0.47 * high, size, -1)
            case Relation.ON:
                size = base.size * (0.66 + 0.08 * jitter[0])
                return at(0.06 * jitter[1] * wide, 0.93 * high, size, 1)
            case Relation.ABOVE:
                size = base.size * (0.75 + 0.1 * jitter[0])
                return at(0.2 * jitter[1] * wide, high + 0.14 + 0.05 * jitter[0], size, 1)
            case Relation.UNDER:
                return self._overhead(base, number, jitter)
            case Relation.HOLDING:
                size = self._held(number, base.size, 0.46)
                return at(0.4 * side * wide, 0.12 * high, size, 1)
            case Relation.EATING:
                size = self._held(number, base.size, 0.4)
                return at(0.26 * side * wide, 0.16 * high, size, 1)
            case Relation.WEARING:
                return at(*self._worn(number, wide, high), 1)
            case _:
                size = base.size * 0.78
                cart = self._extent(number, size)[0]
                return at(side * (0.44 * wide + 0.44 * cart), 0, size, 1, grounded=True)

    def _held(self, number: int, holder: float, share: float) -> float:
        return holder * share * max(0.75, min(1.2, self._scene.mentions[number].thing.size))

    def _worn(self, number: int, wide: float, high: float) -> tuple[float, float, float]:
        """x, y and size of a hat, glasses or clothes on a figure."""
        category = self._scene.mentions[number].thing.category
        if category == "eyewear":
            return 0.0, 0.56 * high, 0.5 * wide
        if category == "clothes":
            return 0.0, 0.02 * high, 0.6 * wide
        return 0.0, 0.84 * high, 0.56 * wide

    def _overhead(self, base: _Part, number: int, jitter: np.ndarray) -> _Part:
        """What something is under: a tree behind it, or a rainbow in the air above."""
        thing = self._scene.mentions[number].thing
        flip = self._flip()
        if thing.category in _OVERHEAD:
            size = base.size * (1.75 + 0.15 * jitter[0])
            return _Part(number, base.x + 0.1 * jitter[1], base.y, size, base.layer - 1, flip)
        high = self._extent(base.number, base.size)[1]
        size = base.size * (1.0 + 0.1 * jitter[0])
        lift = 0.72 if thing.name == "umbrella" else 1.08
        return _Part(number, base.x, base.y + lift * high, size, base.layer - 1, flip, grounded=False)


def _sort_pair(order: list[int], left: int, right: int) -> None:
    """Make two entries of a list stand in this order."""
    if left != right and left in order and right in order and order.index(left) > order.index(right):
        i, j = order.index(left), order.index(right)
        order[i], order[j] = order[j], order[i]


def _in_frame(
    groups: list[list[_Part]],
    scene: Scene,
    frame: Size,
    rng: np.random.Generator,
    fill: float | None,
    shape: Shape,
) -> list[Placement]:
    """Scale the row of groups to the frame and stand it on the ground, or let it float."""
    side = min(frame.width_px, frame.height_px)
    spans = [_span(group, scene, shape) for group in groups]
    gap = 0.12 * float(np.mean([right - left for left, right, _ in spans]))
    row = sum(right - left for left, right, _ in spans) + gap * (len(groups) - 1)
    tallest = max(top for _, _, top in spans)
    share = rng.uniform(0.66, 0.86) if fill is None else fill
    alone = len(groups) == 1
    scale = min(
        (share if alone else max(share, 0.88)) * min(frame.width_px, 1.6 * side) / row,
        share * frame.height_px * 0.92 / tallest,
    )
    floating = scene.setting is not None and scene.setting.floating
    left = (frame.width_px - row * scale) / 2
    slack = max(0.0, left - 0.03 * side)
    left += rng.uniform(-1, 1) * slack * (0.6 if alone else 0.25)
    foot = _foot(scene, frame, tallest * scale, floating, rng)
    placements: list[Placement] = []
    for group, (near, far, _) in zip(groups, spans, strict=True):
        wobble = rng.uniform(-0.02, 0.02) * side
        turn = rng.uniform(-12, 12) if floating and len(group) == 1 else 0.0
        placements += [
            Placement(
                mention=replace(scene.mentions[part.number], count=1),
                number=part.number,
                x=left + (part.x - near) * scale,
                y=foot + wobble - part.y * scale,
                size=part.size * scale,
                flip=part.flip,
                turn_deg=turn,
                grounded=part.grounded and not floating,
            )
            for part in group
        ]
        left += (far - near + gap) * scale
    return placements


def _span(group: list[_Part], scene: Scene, shape: Shape) -> tuple[float, float, float]:
    """Leftmost, rightmost and highest point of a group, in its units."""
    edges: list[tuple[float, float, float]] = []
    for part in group:
        width, height = (side * part.size for side in shape(scene.mentions[part.number]))
        edges.append((part.x - width / 2, part.x + width / 2, part.y + height))
    lefts, rights, tops = zip(*edges, strict=True)
    return min(lefts), max(rights), max(tops)


def _foot(scene: Scene, frame: Size, height: float, floating: bool, rng: np.random.Generator) -> float:
    """Where the row's foot is, in pixels from the top, so that its head stays inside."""
    if floating or scene.setting is None:
        middle = frame.height_px * (0.5 + 0.05 * rng.uniform(-1, 1))
        return middle + height / 2
    high, low = (share * frame.height_px for share in scene.setting.ground)
    return max(rng.uniform(high, low), min(low, height + 0.03 * frame.height_px))
