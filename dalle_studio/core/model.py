"""What is known of a model before it is loaded."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType

SPEEDS = ("draft", "standard", "fine")


@dataclass(frozen=True)
class Model:
    """One entry of the model catalogue.

    Attributes:
        name: what recipes and the command line call it.
        label: what people read.
        version: changes whenever its pictures change.
        family: the file under `engine/pipelines/` that runs it.
        folder: a diffusers folder on this machine.
        native_px: side of the square it was trained on.
        steps: denoising steps for each of `SPEEDS`.
        guidance_scale: its default.
        licence: an SPDX expression or a name.
    """

    name: str
    label: str
    version: str
    family: str
    folder: Path
    native_px: int
    steps: MappingProxyType[str, int]
    guidance_scale: float
    licence: str

    def __reduce__(self) -> tuple[object, ...]:
        """Mapping proxies do not pickle by themselves, and models travel to the engine's process."""
        values = {**self.__dict__, "steps": dict(self.steps)}
        return _unpickle, (values,)


def _unpickle(values: dict[str, object]) -> Model:
    return Model(**{**values, "steps": MappingProxyType(values["steps"])})  # type: ignore[arg-type]
