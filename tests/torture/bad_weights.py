"""Damaged weights: a model is loaded or told to be damaged, whatever its safetensors files say."""

from __future__ import annotations

import json
import random
import shutil
import struct
from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import Any

import numpy as np

from dalle_studio.core.errors import ModelUnusable
from dalle_studio.core.model import Commercial, Licence, Model
from dalle_studio.engine.upscaler import FACTOR, WEIGHTS
from dalle_studio.engine.watch import Watch
from tests.support import tiny_starter
from tests.torture.bad_json import mutated_json
from tests.torture.bad_pictures import see_that_it_is_told
from tests.torture.mutants import scratched

DTYPES = ("BOOL", "U8", "I8", "F8_E4M3", "I16", "F16", "BF16", "I32", "F32", "F64", "I64", "F128", "")
SIDES = (0, 1, 2, 3, 8, 9, -1, 2**16, 2**31, 10**9, 2**62, 2**63, 2**64 - 1)
MAX_HEADER_BYTES = 100_000_000  # safetensors refuses more
SMALL = Model(
    name="small",
    label="Small",
    version="1",
    family="starter",
    folder=Path(),
    native_px=64,
    steps=MappingProxyType({"draft": 1, "standard": 1, "fine": 1}),
    guidance_scale=1.0,
    licence=Licence("none", Commercial.NO),
)


@cache
def upscaler() -> bytes:
    """A whole file of a small network's weights."""
    from safetensors.torch import save

    from dalle_studio.engine.pipelines.compact import Compact

    return save(Compact(channels=4, convolutions=2).state_dict())


@dataclass(frozen=True)
class BadWeights:
    """Mutants of the upscaler's weights; the same number gives the same file."""

    seed: int = 0

    def mutant(self, number: int) -> tuple[str, bytes]:
        """See `Trial.mutant`."""
        rng = random.Random(f"{self.seed} {number}")
        return Path(WEIGHTS).name, mutated_weights(upscaler(), rng)

    def run(self, number: int, folder: Path) -> bool:
        """See `Trial.run`. A network that is loaded must work."""
        from dalle_studio.engine.pipelines.compact import load

        path = folder / WEIGHTS
        path.parent.mkdir(exist_ok=True)
        path.write_bytes(self.mutant(number)[1])
        enlarger = _loaded(lambda: load(replace(SMALL, folder=folder), "float32", "cpu"))
        if enlarger is not None:
            large = enlarger.enlarge(np.zeros((4, 6, 3), np.uint8))
            assert large.dtype == np.uint8 and large.shape == (4 * FACTOR, 6 * FACTOR, 3)
        return enlarger is not None


@dataclass(frozen=True)
class BadModels:
    """Whole models, the weights of one part of which are damaged."""

    seed: int = 0

    def mutant(self, number: int) -> tuple[str, bytes]:
        """See `Trial.mutant`."""
        rng = random.Random(f"{self.seed} {number}")
        path = rng.choice(_parts())
        name = path.relative_to(_model().folder).as_posix().replace("/", "__")
        return name, mutated_weights(path.read_bytes(), rng)

    def run(self, number: int, folder: Path) -> bool:
        """See `Trial.run`."""
        from dalle_studio.engine.pipelines.starter import load

        name, data = self.mutant(number)
        place = folder / "model"
        shutil.copytree(_model().folder, place, dirs_exist_ok=True)  # also over the last mutant
        (place / name.replace("__", "/")).write_bytes(data)
        watch = Watch(lambda _: None, lambda: False)
        family = _loaded(lambda: load(replace(_model(), folder=place), "float32", folder, watch))
        return family is not None


def mutated_weights(data: bytes, rng: random.Random) -> bytes:
    """A damaged copy of a safetensors file: its header says other things, or its bytes are scratched."""
    (length,) = struct.unpack_from("<Q", data)
    header, body = data[8 : 8 + length], data[8 + length :]
    match rng.randrange(8):
        case 0:
            return scratched(data, rng, data)
        case 1:
            return data[:8] + scratched(header, rng, header) + body
        case 2:
            lie = rng.choice((0, 1, length - 1, length + 1, MAX_HEADER_BYTES + 1, 2**31, 2**63, 2**64 - 1))
            return struct.pack("<Q", lie) + header + body
        case 3:
            return data[: rng.randrange(len(data))]
        case 4:
            changed = mutated_json(header, rng)
        case _:
            changed = _mutated_header(json.loads(header), rng)
    return struct.pack("<Q", len(changed)) + changed + body


def _mutated_header(header: dict[str, Any], rng: random.Random) -> bytes:
    names = [name for name in header if name != "__metadata__"]
    for _ in range(rng.choice((1, 1, 2))):
        name = rng.choice(names)
        entry = header.get(name, {"dtype": "F32", "shape": [1], "data_offsets": [0, 4]})
        match rng.randrange(7):
            case 0:
                entry["dtype"] = rng.choice(DTYPES)
            case 1:
                entry["shape"] = [rng.choice(SIDES) for _ in range(rng.randrange(6))]
            case 2:
                entry["data_offsets"] = [rng.choice((*SIDES, *entry["data_offsets"])) for _ in range(2)]
            case 3:
                header[rng.choice(("", "body", "a.b.c", "__metadata__", f"{name}.x", "body.99.bias"))] = (
                    header.pop(name, entry)
                )
            case 4:  # no bytes at all, but sides without end
                start = entry["data_offsets"][0]
                entry |= {"shape": [rng.choice(SIDES), 0], "data_offsets": [start, start]}
            case 5:
                other = header.get(rng.choice(names), entry)
                entry["shape"], other["shape"] = other["shape"], entry["shape"]
            case _:
                entry["shape"] = [*entry["shape"], 1][:: rng.choice((1, -1))]
    return json.dumps(header).encode()


def _loaded(load: Callable[[], Any]) -> Any:
    """What was loaded; None where the model is told to be damaged."""
    try:
        return load()
    except ModelUnusable as error:
        see_that_it_is_told(error, error.message, error.remedy)
        return None


@cache
def _model() -> Model:
    """A whole tiny model."""
    import tempfile

    return tiny_starter(Path(tempfile.mkdtemp(prefix="dalle-studio-torture-")) / "tiny")


@cache
def _parts() -> tuple[Path, ...]:
    folder = _model().folder
    return tuple(sorted(folder.rglob("*.safetensors")))
