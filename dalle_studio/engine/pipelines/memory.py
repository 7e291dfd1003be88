"""How a model fits into the memory that is free: planned when it is loaded, changed where that was too bold.

The ways stand in one order, from fast to frugal (see `WAYS`). Planning takes the first that should fit; a shortage
takes the next. Tiles and weights in 8 bits change pixels; where a part lies while it waits does not.
"""

from __future__ import annotations

import traceback
from collections.abc import Generator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

import torch
from diffusers.models.autoencoders.autoencoder_tiny import AutoencoderTiny
from diffusers.models.modeling_utils import ModelMixin
from torch import nn

from dalle_studio.core.format import Size
from dalle_studio.core.sentence import joined, say
from dalle_studio.engine.pipelines.device import free_bytes, give_back, this_machine
from dalle_studio.engine.pipelines.precision import DTYPES
from dalle_studio.engine.watch import Watch

TILE_PX = 256
"""Side of the tiles that a picture is decoded in."""
_TILED_SHARE = 0.25
"""Of a picture's working memory, what is needed where it is decoded in tiles."""
_LAYERS_SHARE = 0.1
"""Of a model's weights, what lies on the device at a time where they come layer by layer."""
_DENOISERS = ("UNet2DConditionModel", "TransformerModel", "Transformer2DModel")
"""How the classes' names end whose weights may be rounded."""
_KEPT = ("encoder_hid_proj", "add_embedding")
"""Layers that bring their input into the format of their weights (Kandinsky has them); they are not rounded."""
_SIGNS = (
    "out of memory",
    "can't allocate memory",
    "defaultcpuallocator",
    "cudnn_status_alloc_failed",
    "cublas_status_alloc_failed",
    "out_of_device_memory",
    "out_of_resources",
)
"""What libraries say of a shortage that they report as any RuntimeError."""


class Placing(StrEnum):
    """Where weights are while they are not needed."""

    WHOLE = "whole"
    BY_PART = "by part"
    BY_LAYER = "by layer"


PLACES = {
    Placing.WHOLE: say("all of it on the device"),
    Placing.BY_PART: say("its parts on the device in turn (model offload)"),
    Placing.BY_LAYER: say("on the device layer by layer (group offload)"),
}
"""In words, for `Family.memory`."""


@dataclass(frozen=True)
class Way:
    """One way to fit.

    Attributes:
        placing: where weights wait.
        tiled: pictures are decoded in tiles.
        in_8_bits: the denoiser's weights are kept as float8 (e4m3, Micikevicius et al. 2022); each layer computes
            in the number format as before.
    """

    placing: Placing
    tiled: bool
    in_8_bits: bool = False


WAYS = (
    Way(Placing.WHOLE, tiled=False),
    Way(Placing.WHOLE, tiled=True),
    Way(Placing.BY_PART, tiled=True),
    Way(Placing.BY_PART, tiled=True, in_8_bits=True),
    Way(Placing.BY_LAYER, tiled=True),
)
_TAKEN = {
    WAYS[1]: say("Decoded in tiles: memory was short."),
    WAYS[2]: say("The model's parts took turns on the device (model offload): memory was short."),
    WAYS[3]: say("The denoiser's weights were rounded to 8 bits (float8): memory was short."),
    WAYS[4]: say("The model came to the device layer by layer (group offload): memory was short."),
}


@contextmanager
def within_memory(device: str) -> Generator[None]:
    """Raise MemoryError for every kind of shortage in the block, with what the block held given back."""
    try:
        yield
        return
    except Exception as error:
        if not is_shortage(error):
            raise
        reason = str(error)
        traceback.clear_frames(
            error.__traceback__
        )  # they hold the tensors that there was no more room beside
    give_back(device)
    raise MemoryError(reason)


def is_shortage(error: BaseException) -> bool:
    """Whether an error means that memory was too small, of the device or of the machine."""
    if isinstance(error, MemoryError | torch.OutOfMemoryError):
        return True
    return isinstance(error, RuntimeError) and any(sign in str(error).lower() for sign in _SIGNS)


def can_offload(device: str) -> bool:
    """Whether there is another memory than the device's own for what is not needed."""
    return device in ("cuda", "xpu") and not this_machine().is_shared


@dataclass(frozen=True)
class Weights:
    """Bytes of each part's weights, in the number format they will have."""

    denoisers: Sequence[int]
    others: Sequence[int]

    def needed(self, way: Way) -> int:
        """How many are on the device at a time, at most."""
        denoisers = [size // 2 for size in self.denoisers] if way.in_8_bits else self.denoisers
        sizes = [*denoisers, *self.others]
        match way.placing:
            case Placing.WHOLE:
                return sum(sizes)
            case Placing.BY_PART:
                return max(sizes)
            case Placing.BY_LAYER:
                return int(max(sizes) * _LAYERS_SHARE)


def planned(weights: Weights, work_bytes: int, free: int, ways: Sequence[Way]) -> Way:
    """The first of some ways that fits, else the last.

    Args:
        weights: of the model.
        work_bytes: what drawing one picture takes beside the weights, at most.
        free: bytes.
        ways: from fast to frugal.
    """

    def needed(way: Way) -> int:
        return weights.needed(way) + (int(work_bytes * _TILED_SHARE) if way.tiled else work_bytes)

    return next((way for way in ways if needed(way) <= free), ways[-1])


class Placement:
    """Where the parts of a family's pipelines lie, and what is done when there is no room.

    Pipelines may share parts. All parts are used on one device, wherever they wait.
    """

    def __init__(
        self, pipelines: Sequence[Any], device: str, precision: str, bytes_per_px: int, native_px: int
    ) -> None:
        """Nothing is moved yet; the parts are on the CPU, in their number format.

        Args:
            pipelines: diffusers'.
            device: torch's name of it.
            precision: one of `core.request.PRECISIONS` but "auto".
            bytes_per_px: what drawing takes beside the weights for each pixel of a picture, at most.
            native_px: side of the square that is drawn.
        """
        self._pipelines, self._device, self._precision = pipelines, device, precision
        self._bytes_per_px, self._native_px = bytes_per_px, native_px
        self._too_many_px: int | None = None
        self._is_in_8_bits = False
        self._ways = [way for way in WAYS if self._is_possible(way)]

    @property
    def words(self) -> str:
        """How it is, for `Family.memory`."""
        way = self._ways[0]
        is_plain = self._device == "cpu" and way.placing is Placing.WHOLE
        parts = [
            self._precision,
            *([say("weights in 8 bits")] if self._is_in_8_bits else []),
            say("in main memory") if is_plain else PLACES[way.placing],
            *([say("decoded in tiles")] if way.tiled else []),
        ]
        return joined(parts, say(", "))

    def settle(self, watch: Watch) -> None:
        """Bring the parts to where they belong, by what is free now. Raises MemoryError where no way does it."""
        work_bytes = self._bytes_per_px * self._native_px**2
        first = planned(self._weights(), work_bytes, free_bytes(self._device), self._ways)
        self._ways = self._ways[self._ways.index(first) :]
        try:
            self._take()
        except MemoryError:
            note = self.make_room()
            if note is None:
                raise
            watch.note(note)

    def make_room(self) -> str | None:
        """Take the next way that works; see `Family.make_room`."""
        while len(self._ways) > 1:
            self._ways = self._ways[1:]
            give_back(self._device)
            try:
                self._take()
            except MemoryError:
                continue
            return _TAKEN[self._ways[0]]
        return None

    @contextmanager
    def drawing(self, size: Size, count: int) -> Generator[None]:
        """A block that draws so many pictures. Remembers, for `limit`, how many were too many."""
        try:
            with within_memory(self._device):
                yield
        except MemoryError:
            self._too_many_px = min(self._too_many_px or count * size.area_px, count * size.area_px)
            raise
        finally:
            for pipeline in self._pipelines:
                pipeline.maybe_free_model_hooks()

    def limit(self, size: Size) -> int:
        """How many pictures of that size to draw at once, at least 1: by what is free and what failed before."""
        by_memory = free_bytes(self._device) // 2 // (self._bytes_per_px * size.area_px)
        if self._too_many_px is not None:
            by_memory = min(by_memory, (self._too_many_px - 1) // size.area_px)
        return max(1, by_memory)

    def _is_possible(self, way: Way) -> bool:
        if way.placing is not Placing.WHOLE:
            return can_offload(self._device) and (not way.in_8_bits or bool(self._denoisers()))
        return not way.tiled or self._can_tile()

    def _can_tile(self) -> bool:
        """An AutoencoderTiny cannot: diffusers takes every one to enlarge eightfold. It needs little anyway."""
        return hasattr(self._vae, "use_tiling") and not isinstance(self._vae, AutoencoderTiny)

    @property
    def _vae(self) -> Any:
        return next((part for part in self._parts() if "Autoencoder" in type(part).__name__), None)

    def _parts(self) -> list[nn.Module]:
        """All parts, each once."""
        found = (part for pipeline in self._pipelines for part in pipeline.components.values())
        return list({id(part): part for part in found if isinstance(part, nn.Module)}.values())

    def _whole(self) -> list[Any]:
        """As few of the pipelines as have all parts."""
        seen: set[int] = set()
        needed: list[Any] = []
        for pipeline in self._pipelines:
            parts = {id(part) for part in pipeline.components.values() if isinstance(part, nn.Module)}
            if parts - seen:
                needed.append(pipeline)
                seen |= parts
        return needed

    def _denoisers(self) -> list[Any]:
        parts = (part for part in self._parts() if isinstance(part, ModelMixin))
        return [part for part in parts if type(part).__name__.endswith(_DENOISERS)]

    def _weights(self) -> Weights:
        denoisers = self._denoisers()
        others = [part for part in self._parts() if all(part is not each for each in denoisers)]
        return Weights([_bytes_of(part) for part in denoisers], [_bytes_of(part) for part in others])

    def _take(self) -> None:
        """Go the first of the ways that are left. Raises MemoryError."""
        way = self._ways[0]
        with within_memory(self._device):
            if way.tiled and self._can_tile():
                _tile(self._vae)
            if way.in_8_bits and not self._is_in_8_bits:
                self._round()
            match way.placing:
                case Placing.WHOLE:
                    for part in self._parts():
                        part.to(self._device)
                case Placing.BY_PART:
                    for pipeline in self._whole():
                        pipeline.enable_model_cpu_offload(device=self._device)
                case Placing.BY_LAYER:
                    self._leave_parts()
                    for pipeline in self._whole():
                        pipeline.enable_group_offload(
                            onload_device=torch.device(self._device),
                            offload_type="leaf_level",
                            use_stream=self._device == "cuda",
                            exclude_modules=_indivisible(pipeline),
                        )

    def _round(self) -> None:
        """Keep the denoisers' weights in 8 bits, but for norms, embeddings and LoRAs."""
        for part in self._denoisers():
            number_format = DTYPES[self._precision.split()[0]]
            part._skip_layerwise_casting_patterns = (*(part._skip_layerwise_casting_patterns or ()), *_KEPT)
            part.enable_layerwise_casting(storage_dtype=torch.float8_e4m3fn, compute_dtype=number_format)
        self._is_in_8_bits = True

    def _leave_parts(self) -> None:
        """Undo the turns of whole parts; all of them are on the CPU then."""
        for pipeline in self._pipelines:
            pipeline.remove_all_hooks()
        for part in self._parts():
            part.to("cpu")


def _bytes_of(part: nn.Module) -> int:
    return sum(each.numel() * each.element_size() for each in part.parameters())


def _indivisible(pipeline: Any) -> list[str]:
    """Names of the parts that diffusers does not bring to the device layer by layer; they stay there whole."""
    parts = pipeline.components.items()
    return [name for name, part in parts if getattr(part, "_supports_group_offloading", True) is False]


def _tile(autoencoder: Any) -> None:
    """Decode in tiles of `TILE_PX`: diffusers' own are whole pictures with some models, and tiny with others."""
    autoencoder.enable_tiling()
    if hasattr(autoencoder, "tile_latent_min_size"):
        sample_px, latent_px = autoencoder.tile_sample_min_size, autoencoder.tile_latent_min_size
        sample_px = sample_px if isinstance(sample_px, int) else sample_px[0]
        autoencoder.tile_sample_min_size = TILE_PX
        autoencoder.tile_latent_min_size = TILE_PX * latent_px // sample_px
