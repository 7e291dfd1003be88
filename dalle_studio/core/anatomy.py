"""Where the usual drawings of things have their saddle and their head: they all look to the left.

Shares of a drawing's width (from its middle, positive to the right) and height (from its foot up).
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Seat:
    """Where riders sit or stand.

    Attributes:
        x: the rider's middle.
        y: the rider's lower edge.
        size: the rider's longer side over the mount's.
        before: whether the rider covers the mount, rather than the mount the rider's legs.
        turn_deg: how the mount is turned to carry somebody, counter-clockwise.
    """

    x: float = 0.05
    y: float = 0.5
    size: float = 0.56
    before: bool = False
    turn_deg: float = 0.0


@dataclass(frozen=True)
class Head:
    """Where a hat sits: its middle, its lower edge and its width over the figure's width."""

    x: float = 0.0
    y: float = 0.84
    size: float = 0.56


SEATS = {
    "horse": Seat(0.06, 0.52, 0.56),
    "unicorn": Seat(0.24, 0.56, 0.5),
    "zebra": Seat(0.1, 0.55, 0.56),
    "camel": Seat(0.16, 0.74, 0.52),
    "llama": Seat(0.12, 0.45, 0.52),
    "elephant": Seat(0.12, 0.8, 0.46),
    "dragon": Seat(0.22, 0.36, 0.52, before=True),
    "t-rex": Seat(0.12, 0.52, 0.46),
    "brontosaurus": Seat(0.12, 0.5, 0.42),
    "motorcycle": Seat(0.14, 0.56, 0.62),
    "scooter": Seat(0.16, 0.5, 0.62),
    "bicycle": Seat(0.12, 0.68, 0.62),
    "skateboard": Seat(0.0, 0.28, 1.05, True, -45),
    "canoe": Seat(0.0, 0.4, 0.5),
    "sailboat": Seat(0.0, 0.15, 0.4, True),
    "rocket": Seat(0.0, 0.42, 0.42, before=True),
    "airplane": Seat(0.0, 0.45, 0.4, before=True),
    "moon": Seat(0.0, 0.86, 0.56, before=True),
    "snail": Seat(0.12, 0.72, 0.5),
    "turtle": Seat(0.1, 0.7, 0.56),
    "flamingo": Seat(0.15, 0.6, 0.45),
    "swan": Seat(0.15, 0.4, 0.5),
    "shark": Seat(0.05, 0.72, 0.42, before=True),
    "dolphin": Seat(0.1, 0.72, 0.48, before=True),
    "bactrian camel": Seat(0.04, 0.6, 0.5),
    "sled": Seat(0.0, 0.45, 0.6, before=True),
    "shopping cart": Seat(-0.05, 0.5, 0.55),
}
SEATS_BY_CATEGORY = {
    "mount": Seat(),
    "ride": Seat(),
    "vehicle": Seat(0.05, 0.78, 0.5),
    "sky": Seat(0.0, 0.6, 0.45),
    "sea": Seat(0.1, 0.68, 0.48),
    "animal": Seat(0.12, 0.62, 0.5),
}
HEADS = {
    "dog": Head(-0.24, 0.84, 0.4),
    "poodle": Head(-0.25, 0.88, 0.32),
    "cat": Head(-0.28, 0.78, 0.36),
    "black cat": Head(-0.28, 0.78, 0.36),
    "tiger": Head(-0.3, 0.82, 0.32),
    "leopard": Head(-0.3, 0.82, 0.32),
    "deer": Head(-0.28, 0.82, 0.28),
    "cow": Head(-0.26, 0.86, 0.32),
    "pig": Head(-0.22, 0.84, 0.36),
    "ram": Head(-0.26, 0.86, 0.36),
    "sheep": Head(-0.26, 0.86, 0.36),
    "goat": Head(-0.28, 0.84, 0.3),
    "giraffe": Head(-0.25, 0.93, 0.32),
    "rhinoceros": Head(-0.28, 0.76, 0.32),
    "hippo": Head(-0.28, 0.8, 0.36),
    "mouse": Head(-0.2, 0.82, 0.36),
    "rabbit": Head(-0.2, 0.74, 0.34),
    "chipmunk": Head(-0.2, 0.88, 0.42),
    "hedgehog": Head(-0.28, 0.6, 0.34),
    "monkey": Head(-0.12, 0.88, 0.42),
    "gorilla": Head(-0.2, 0.9, 0.36),
    "rooster": Head(-0.18, 0.86, 0.3),
    "chick": Head(-0.14, 0.9, 0.46),
    "bird": Head(-0.18, 0.9, 0.4),
    "penguin": Head(0.0, 0.9, 0.56),
    "eagle": Head(-0.3, 0.8, 0.28),
    "duck": Head(-0.2, 0.92, 0.34),
    "swan": Head(-0.28, 0.92, 0.28),
    "owl": Head(0.0, 0.92, 0.56),
    "flamingo": Head(0.0, 0.94, 0.4),
    "peacock": Head(0.0, 0.66, 0.24),
    "parrot": Head(-0.14, 0.92, 0.42),
    "crocodile": Head(-0.3, 0.42, 0.3),
    "turtle": Head(-0.36, 0.56, 0.28),
    "snail": Head(-0.3, 0.6, 0.32),
    "snake": Head(-0.3, 0.88, 0.3),
    "kangaroo": Head(-0.24, 0.92, 0.32),
    "raccoon": Head(0.0, 0.84, 0.5),
    "horse": Head(-0.28, 0.92, 0.32),
    "unicorn": Head(-0.05, 0.86, 0.42),
    "zebra": Head(-0.26, 0.92, 0.32),
    "camel": Head(-0.32, 0.84, 0.3),
    "llama": Head(-0.3, 0.94, 0.26),
    "elephant": Head(-0.22, 0.92, 0.42),
    "dragon": Head(-0.2, 0.9, 0.3),
    "t-rex": Head(-0.22, 0.93, 0.44),
    "brontosaurus": Head(-0.34, 0.95, 0.24),
    "seal": Head(-0.24, 0.82, 0.38),
    "bee": Head(-0.28, 0.72, 0.36),
    "teddy bear": Head(0.0, 0.9, 0.5),
    "ghost": Head(0.0, 0.9, 0.5),
    "robot": Head(0.0, 0.86, 0.56),
}


TOPS = {
    "sofa": 0.36,
    "chair": 0.5,
    "bed": 0.42,
    "basket": 0.46,
    "bathtub": 0.5,
    "toilet": 0.52,
    "shopping cart": 0.62,
    "desert island": 0.3,
    "pickup truck": 0.6,
    "motorboat": 0.5,
    "rocking horse": 0.6,
    "horse": 0.58,
    "zebra": 0.6,
    "donkey": 0.58,
    "llama": 0.52,
    "t-rex": 0.6,
    "brontosaurus": 0.56,
    "skateboard": 0.62,
}
"""Height of the upper side of things that others stand or sit on."""


def top(name: str) -> float:
    """Height at which something on a thing stands, over the height of the thing."""
    return TOPS.get(name, 0.9)


def seat(name: str, category: str) -> Seat:
    """Where riders of a thing sit."""
    return SEATS.get(name) or SEATS_BY_CATEGORY.get(category, Seat(0.0, 0.85, 0.56))


def head(name: str) -> Head:
    """Where a figure wears its hat."""
    return HEADS.get(name, Head())
