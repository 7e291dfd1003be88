"""LoRAs (Hu et al. 2021) that a loaded model wears: peft puts them on while they are asked for."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from pathlib import Path
from typing import Any

from dalle_studio.core.errors import InvalidRequest
from dalle_studio.core.model import AddOn, AddOnKind, Model
from dalle_studio.core.request import Lora
from dalle_studio.core.sentence import say
from dalle_studio.engine.pipelines.add_ons import read
from dalle_studio.engine.watch import Watch


class Wardrobe:
    """The LoRAs of one model. Those that are asked for again stay on; without any, the model is what it was."""

    def __init__(self, model: Model, pipeline: Any, settle: Callable[[], None]) -> None:
        """Nothing is put on yet.

        Args:
            model: with the add-ons that go with it.
            pipeline: a diffusers pipeline that takes LoRAs.
            settle: called after layers were added, to bring them where the others are.
        """
        self._model, self._pipeline, self._settle = model, pipeline, settle
        self._on: set[str] = set()
        self._weights: dict[str, float] = {}

    def wear(self, loras: tuple[Lora, ...], watch: Watch) -> None:
        """Put these on and take others off.

        Raises:
            InvalidRequest: one is not installed for this model. Nothing has changed then.
            ModelUnusable: one is damaged, or was made for another model. None is on then.
        """
        wanted = {lora.name: lora.weight for lora in loras if lora.weight != 0}
        if wanted == self._weights and self._on == set(wanted):
            return
        add_ons = [self._find(name) for name in wanted]
        self._take_off(self._on - set(wanted))
        for add_on in add_ons:
            if add_on.name not in self._on:
                watch.loading(say("loading {add_on}", add_on=add_on.label))
                self._put_on(add_on)
        if wanted:
            self._pipeline.set_adapters([_key(name) for name in wanted], list(wanted.values()))
        self._weights = wanted

    def _take_off(self, names: set[str]) -> None:
        if names == self._on:  # which brings the layers back that were there before
            self._pipeline.unload_lora_weights()
        elif names:
            self._pipeline.delete_adapters([_key(name) for name in names])
        self._on = self._on - names

    def _find(self, name: str) -> AddOn:
        for add_on in self._model.add_ons:
            if add_on.kind is AddOnKind.LORA and add_on.name == name:
                return add_on
        raise InvalidRequest(
            say("There is no LoRA “{name}” for {model} here.", name=name, model=self._model.label),
            say("Install one that was made for this model, or leave it out."),
        )

    def _put_on(self, add_on: AddOn) -> None:
        try:
            read(add_on, self._load)
        except BaseException:
            self._take_off(self._on)  # and what came of the layers that were loaded already
            raise
        self._on.add(add_on.name)

    def _load(self, add_on: AddOn) -> None:
        file, key = weights_file(add_on.path), _key(add_on.name)
        self._pipeline.load_lora_weights(
            str(file.parent),
            weight_name=file.name,
            adapter_name=key,
            local_files_only=True,
            use_safetensors=True,
        )
        if not any(key in names for names in self._pipeline.get_list_adapters().values()):
            raise ValueError("no layer of it belongs to this model")
        self._settle()


def weights_file(path: Path) -> Path:
    """The safetensors file at a path: itself, or the only one in the folder. Raises ValueError otherwise."""
    files = [path] if path.is_file() else sorted(path.glob("*.safetensors"))
    if len(files) != 1 or files[0].suffix != ".safetensors":
        raise ValueError(f"{path} holds {len(files)} files of weights instead of one in safetensors")
    return files[0]


def _key(name: str) -> str:
    """What peft calls a LoRA: it takes no dots."""
    return f"lora_{hashlib.sha256(name.encode()).hexdigest()[:16]}"
