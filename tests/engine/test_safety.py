"""The safety check: any image classifier, pictures left as they are, and what goes wrong."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
import torch
from transformers import ViTConfig, ViTForImageClassification
from transformers.models.vit.image_processing_pil_vit import ViTImageProcessorPil

from dalle_studio.core.errors import ModelUnusable
from dalle_studio.core.model import AddOn, AddOnKind, Commercial, Licence
from dalle_studio.engine.pipelines.safety import load
from dalle_studio.engine.safety import judged
from tests.support import scene


def add_on(folder: Path, worry: float, labels: tuple[str, ...] = ("normal", "nsfw")) -> AddOn:
    """A classifier that sees no picture and is always as worried as that (a logit)."""
    config = ViTConfig(
        image_size=32,
        patch_size=16,
        hidden_size=16,
        intermediate_size=16,
        num_hidden_layers=1,
        num_attention_heads=2,
        id2label=dict(enumerate(labels)),
    )
    network: Any = ViTForImageClassification(config)
    with torch.no_grad():
        network.classifier.weight.zero_()
        network.classifier.bias.copy_(torch.tensor([0.0, *[worry] * (len(labels) - 1)]))
    network.save_pretrained(folder)
    ViTImageProcessorPil(size={"height": 32, "width": 32}).save_pretrained(folder)
    licence = Licence("none", Commercial.NO)
    return AddOn("check", "The check", AddOnKind.SAFETY, "", folder, "1", licence)


def test_a_worry_is_a_sentence_and_no_worry_is_none(tmp_path: Path) -> None:
    pixels = scene(60, 40).pixels
    before = pixels.copy()
    assert judged(load(add_on(tmp_path / "one", 3.0)), pixels) == (
        "This picture may not be for everybody: “nsfw”, 95% certain.",
    )
    assert judged(load(add_on(tmp_path / "other", -0.1)), pixels) == ()
    assert (pixels == before).all()


def test_worries_of_several_kinds_add_up(tmp_path: Path) -> None:
    three = load(add_on(tmp_path, -0.5, ("neutral", "nudity", "gore")))
    label, certainty = three.concern(scene(60, 40).pixels)
    assert label in ("nudity", "gore")
    assert certainty == pytest.approx(0.548, abs=0.001)


def test_a_picture_that_cannot_be_checked_is_kept_and_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    judge = load(add_on(tmp_path, 0.0))

    def short(**inputs: object) -> None:
        raise RuntimeError("DefaultCPUAllocator: can't allocate memory")

    monkeypatch.setattr(judge, "_network", short)
    assert judged(judge, scene(60, 40).pixels) == ("This picture could not be checked: memory was short.",)


def test_labels_that_say_nothing_and_damaged_folders_are_refused(tmp_path: Path) -> None:
    strange = add_on(tmp_path / "strange", 0.0, ("cat", "dog"))
    damaged = add_on(tmp_path / "damaged", 0.0)
    (damaged.path / "model.safetensors").write_bytes(b"nothing")
    missing = replace(damaged, path=tmp_path / "missing")
    for each in (strange, damaged, missing):
        with pytest.raises(ModelUnusable, match="The check") as caught:
            load(each)
        assert "leave it out" in caught.value.remedy
