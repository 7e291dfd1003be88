"""Checkpoints in one file become diffusers folders offline, weight for weight; CLIP's tokenizer is itself."""

from __future__ import annotations

import json
import multiprocessing
from pathlib import Path
from typing import Any

import pytest

from dalle_studio.core.errors import UnreadableFile
from dalle_studio.core.model import Model
from dalle_studio.engine.conversion import convert
from dalle_studio.engine.pipelines.conversion import VOCABULARY, converted, tokenizer
from dalle_studio.storage.models.importing import import_model
from dalle_studio.storage.paths import resources_dir
from tests.checkpoints import tiny_knowledge, write_checkpoint

FAMILIES = ["stable-diffusion", "stable-diffusion-xl"]


def check(folder: Path, denoiser: dict[str, Any]) -> None:
    """Diffusers opens the folder, offline, and its denoiser is the one of the checkpoint, in half precision."""
    from diffusers.pipelines.auto_pipeline import AutoPipelineForText2Image

    pipeline = AutoPipelineForText2Image.from_pretrained(str(folder), local_files_only=True)
    weights = pipeline.unet.state_dict()
    assert weights.keys() == denoiser.keys()
    assert all((weights[name].float() == denoiser[name].half().float()).all() for name in weights)
    for name in ("text_encoder", "text_encoder_2", "vae"):
        part = getattr(pipeline, name, None)
        assert part is None or not any(parameter.is_meta for parameter in part.parameters())
    assert pipeline.tokenizer("a photo of a cat").input_ids == [49406, 320, 1125, 539, 320, 2368, 49407]


def test_an_imported_checkpoint_is_a_model(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))
    knowledge = tiny_knowledge(tmp_path / "knowledge")
    denoiser = write_checkpoint(tmp_path / "checkpoint.safetensors", "stable-diffusion", knowledge)
    model = import_model(
        tmp_path / "checkpoint.safetensors",
        "mine",
        convert=lambda source, name, folder, told: convert(source, name, folder, knowledge, told),
    )
    assert isinstance(model, Model) and model.family == "stable-diffusion"
    check(model.folder, denoiser)


def test_both_text_encoders_of_the_large_one_are_found(tmp_path: Path) -> None:
    knowledge = tiny_knowledge(tmp_path / "knowledge")
    denoiser = write_checkpoint(tmp_path / "checkpoint.safetensors", "stable-diffusion-xl", knowledge)
    (tmp_path / "out").mkdir()
    assert (
        converted(tmp_path / "checkpoint.safetensors", "stable-diffusion-xl", tmp_path / "out", knowledge)
        is None
    )
    check(tmp_path / "out", denoiser)


def test_a_damaged_checkpoint_is_told(tmp_path: Path) -> None:
    knowledge = tiny_knowledge(tmp_path / "knowledge")
    path = tmp_path / "checkpoint.safetensors"
    write_checkpoint(path, "stable-diffusion", knowledge)
    path.write_bytes(path.read_bytes()[:-1000])
    (tmp_path / "out").mkdir()
    error = converted(path, "stable-diffusion", tmp_path / "out", knowledge)
    assert isinstance(error, UnreadableFile) and "could not be converted" in error.message and error.details


def test_a_conversion_can_be_given_up(tmp_path: Path) -> None:
    def give_up() -> None:
        raise KeyboardInterrupt

    before = {child.pid for child in multiprocessing.active_children()}
    with pytest.raises(KeyboardInterrupt):
        convert(tmp_path / "none.safetensors", "stable-diffusion", tmp_path, tmp_path, give_up)
    assert {child.pid for child in multiprocessing.active_children()} <= before


def test_what_is_known_of_the_families_has_their_real_sizes() -> None:
    import torch
    from diffusers.models.unets.unet_2d_condition import UNet2DConditionModel

    known = json.loads((resources_dir() / "models/checkpoints.json").read_text(encoding="utf-8"))
    sizes: list[int] = []
    for family in FAMILIES:
        with torch.device("meta"):
            unet = UNet2DConditionModel.from_config(known[family]["unet/config.json"])
        sizes.append(sum(parameter.numel() for parameter in unet.parameters()))  # type: ignore[union-attr]
    assert sizes == [859_520_964, 2_567_463_684]  # as their makers count them


def test_the_second_tokenizer_pads_as_open_clip_does() -> None:
    made = tokenizer(resources_dir() / "models" / VOCABULARY, pad="!")
    assert len(made) == 49408 and made("hi", padding="max_length").input_ids[3:] == [0] * 74
