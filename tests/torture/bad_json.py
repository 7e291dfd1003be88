"""JSON gone wrong: values of other types, out of range, missing, nested too deeply."""

from __future__ import annotations

import copy
import json
import random
from typing import Any

ODD = (
    *(None, True, False, 0, -1, 1, 6, 2**31, 2**63, 2**64, 10**400, -(2**31), 0.5, 1e308, -1e-300),
    *(float("nan"), float("inf"), "", "x", "0", "\0", "\ud800", "a" * 5000, "\n\u202e猫", "../../x"),
    *([], {}, [[]], [None], [1, 2, 3, 4], {"a": 1}, [{}] * 9, [-1, 0, 9000, 9000], "fill", "NaN"),
)


def mutated_json(data: bytes, rng: random.Random) -> bytes:
    """One to three values of a JSON object replaced, removed, doubled under another name, or the text cut."""
    value = copy.deepcopy(json.loads(data))
    for _ in range(rng.choice((1, 1, 2, 3))):
        places = list(_places(value))
        if places:
            _change(*rng.choice(places), rng)
    text = json.dumps(value, ensure_ascii=rng.random() < 0.5, allow_nan=True)
    match rng.randrange(30):
        case 0:
            text = text[: rng.randrange(len(text) + 1)]
        case 1:
            text = "[" * 100_000 + text
        case 2:
            text = text[:-1] + ', "text": ' + '{"a":' * 900 + "1" + "}" * 901
        case _:
            pass
    return text.encode("utf-8", "surrogatepass")


def _places(value: Any) -> list[tuple[Any, Any]]:
    """Every container with every key in it."""
    keys: Any = (
        value.keys() if isinstance(value, dict) else range(len(value)) if isinstance(value, list) else ()
    )
    inside = [place for key in keys for place in _places(value[key])]
    return [*((value, key) for key in keys), *inside]


def _change(container: Any, key: Any, rng: random.Random) -> None:
    match rng.randrange(6):
        case 0:
            del container[key]
        case 1 if isinstance(container, dict):
            container[str(rng.choice(ODD))[:50]] = container[key]
        case 1:
            container.insert(key, copy.deepcopy(container[key]))
        case _:
            container[key] = copy.deepcopy(rng.choice(ODD))
