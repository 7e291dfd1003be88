"""What new pictures follow: edges or depth of another one, through a ControlNet (Zhang et al. 2023)."""

from __future__ import annotations

from collections.abc import Callable, Generator
from contextlib import contextmanager
from typing import Any

import numpy as np
import torch
import torch.nn.functional as F
from diffusers.models.controlnets.controlnet import ControlNetModel
from PIL import Image
from transformers import AutoImageProcessor, AutoModelForDepthEstimation

from dalle_studio.core.errors import InvalidRequest
from dalle_studio.core.model import AddOn, AddOnKind, Model
from dalle_studio.core.request import Follow
from dalle_studio.core.sentence import say
from dalle_studio.engine.base import Pixels, Structure
from dalle_studio.engine.pipelines.add_ons import read
from dalle_studio.engine.pipelines.edges import edges
from dalle_studio.engine.watch import Watch

_KINDS = {Follow.EDGES: AddOnKind.EDGES, Follow.DEPTH: AddOnKind.DEPTH}
_NEEDED = {Follow.EDGES: say("a ControlNet for edges"), Follow.DEPTH: say("a ControlNet for depth")}


class Control:
    """The ControlNet of a model that was used last, and what it was shown last."""

    def __init__(self, model: Model, denoiser: Any, device: str, place: Callable[[Any], None]) -> None:
        """Nothing is loaded yet.

        Args:
            model: with the add-ons that go with it.
            denoiser: its UNet.
            device: where depth is read.
            place: brings a ControlNet where the denoiser is, in its number format.
        """
        self._model, self._denoiser, self._device, self._place = model, denoiser, device, place
        self._loaded: tuple[AddOn, Any] | None = None
        self._shown: tuple[Structure, torch.Tensor] | None = None

    def follow(self, structure: Structure, watch: Watch) -> tuple[Any, torch.Tensor]:
        """The ControlNet for a structure, and what it is shown: (1, 3, height, width), 0 to 1.

        Raises:
            InvalidRequest: an add-on that it takes is not installed.
            ModelUnusable: one is damaged, or was made for another model.
        """
        return self._network(structure.follow, watch), self._picture(structure, watch)

    def let_go(self) -> None:
        """Give the memory back."""
        self._loaded = self._shown = None

    def _network(self, follow: Follow, watch: Watch) -> Any:
        add_on = self._find(_KINDS[follow], _NEEDED[follow])
        if self._loaded is None or self._loaded[0] != add_on:
            self.let_go()
            watch.loading(say("loading {add_on}", add_on=add_on.label))
            self._loaded = add_on, read(add_on, self._load)
        return self._loaded[1]

    def _load(self, add_on: AddOn) -> Any:
        network: Any = ControlNetModel.from_pretrained(
            str(add_on.path), local_files_only=True, use_safetensors=True
        )
        for side in ("cross_attention_dim", "block_out_channels", "in_channels", "addition_embed_type"):
            if network.config[side] != self._denoiser.config[side]:
                raise ValueError(f"its {side} is {network.config[side]}, not {self._denoiser.config[side]}")
        self._place(network)
        return network

    def _picture(self, structure: Structure, watch: Watch) -> torch.Tensor:
        if self._shown is None or self._shown[0] is not structure:
            if structure.follow is Follow.EDGES:
                pixels = edges(structure.pixels)
            else:
                reader = self._find(AddOnKind.DEPTH_READER, say("a reader of depth"))
                watch.loading(say("loading {add_on}", add_on=reader.label))
                pixels = read(reader, lambda add_on: depth(structure.pixels, add_on, self._device))
            seen = torch.from_numpy(pixels).permute(2, 0, 1)[None].float() / 255
            self._shown = structure, seen.to(self._device)
        return self._shown[1]

    def _find(self, kind: AddOnKind, what: str) -> AddOn:
        add_on = self._model.add_on(kind)
        if add_on is None:
            raise InvalidRequest(
                say("{model} cannot follow a picture without {what}.", model=self._model.label, what=what),
                say("Install one that was made for this model, or leave the guide out."),
            )
        return add_on


def depth(pixels: Pixels, add_on: AddOn, device: str) -> Pixels:
    """How near everything in a picture is, as a reader estimates it: the nearest white, the farthest black.

    Args:
        pixels: uint8 (height, width, 3).
        add_on: a transformers folder of a model of inverse depth, such as Depth Anything or DPT.
        device: where it is to run.

    Returns:
        uint8 (height, width, 3), grey.
    """
    folder = str(add_on.path)
    processor: Any = AutoImageProcessor.from_pretrained(folder, local_files_only=True)
    reader: Any = AutoModelForDepthEstimation.from_pretrained(
        folder, local_files_only=True, use_safetensors=True, dtype=torch.float32
    )
    seen = processor(images=Image.fromarray(pixels), return_tensors="pt").pixel_values.to(device)
    with torch.inference_mode():
        read = reader.to(device).eval()(seen).predicted_depth[:, None].float()
        full = F.interpolate(read, size=pixels.shape[:2], mode="bicubic", align_corners=False)[0, 0]
    near = (full - full.min()) / (full.max() - full.min()).clamp(min=1e-6)
    grey = (near * 255).round().to(torch.uint8).cpu().numpy()
    return np.repeat(grey[..., None], 3, axis=2)


@contextmanager
def following(denoiser: Any, control: Any, shown: torch.Tensor, weight: float) -> Generator[None]:
    """Let a denoiser follow what its ControlNet is shown, for the length of the block.

    Args:
        denoiser: a UNet with attention to text.
        control: its ControlNet.
        shown: (1, 3, height, width), 0 to 1; all pictures of a batch follow the same.
        weight: 1 is as it was trained.
    """
    forward = denoiser.forward

    def followed(
        sample: torch.Tensor, timestep: Any, encoder_hidden_states: torch.Tensor, **options: Any
    ) -> Any:
        down, middle = control(
            sample,
            timestep,
            encoder_hidden_states,
            controlnet_cond=shown.to(sample.dtype).expand(len(sample), -1, -1, -1),
            conditioning_scale=weight,
            added_cond_kwargs=options.get("added_cond_kwargs"),
            return_dict=False,
        )
        return forward(
            sample,
            timestep,
            encoder_hidden_states,
            down_block_additional_residuals=down,
            mid_block_additional_residual=middle,
            **options,
        )

    denoiser.forward = followed
    try:
        yield
    finally:
        denoiser.forward = forward
