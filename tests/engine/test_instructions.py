"""What models that edit are shown and told."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from dalle_studio.core.format import Size
from dalle_studio.engine.base import Pixels, Sample
from dalle_studio.engine.pipelines.instructions import (
    COMPLETION,
    VARIATION,
    instruction,
    references,
    shown_alike,
)

SAMPLE = Sample(
    prompt="make it night", negative_prompt="", size=Size(64, 64), seeds=(3, 4), steps=2, guidance_scale=1.0
)


def picture(width: int, height: int, level: int = 0) -> Pixels:
    return np.full((height, width, 3), level, np.uint8)


def test_what_is_edited_comes_first_and_the_prompt_is_all_that_is_said() -> None:
    sample = replace(SAMPLE, references=(picture(80, 70, 1), picture(70, 80, 2)))
    assert [np.array(shown).max() for shown in references(sample)] == [1, 2]
    assert instruction(sample) == "make it night"


def test_variations_and_blends_are_asked_for_in_words() -> None:
    one = replace(SAMPLE, image_prompts=(picture(64, 64),))
    assert instruction(one) == f"{VARIATION} make it night"
    assert instruction(replace(one, prompt="")) == VARIATION
    two = replace(one, image_prompts=one.image_prompts * 2)
    assert len({instruction(replace(two, image_mix=share)) for share in (0.2, 0.5, 0.8)}) == 3


def test_a_model_sees_what_is_around_a_mask() -> None:
    images, masks = np.stack([picture(64, 64, 5)] * 2), np.full((2, 64, 64), 255, np.uint8)
    sample = replace(SAMPLE, images=images, masks=masks)
    assert [np.array(shown).max() for shown in references(sample)] == [5]
    assert instruction(replace(sample, prompt="")) == COMPLETION
    assert references(replace(SAMPLE, images=images)) == []


def test_pictures_that_see_different_surroundings_go_alone() -> None:
    images = np.stack([picture(64, 64, 5), picture(64, 64, 6)])
    sample = replace(SAMPLE, images=images, masks=np.zeros((2, 64, 64), np.uint8))
    assert [(part.seeds, references(part)[0].getextrema()[0]) for part in shown_alike(sample)] == [
        ((3,), (5, 5)),
        ((4,), (6, 6)),
    ]
    assert [part.seeds for part in shown_alike(replace(sample, images=images[[0, 0]]))] == [(3, 4)]
    assert [part.seeds for part in shown_alike(replace(sample, image_prompts=(images[0],)))] == [(3, 4)]


@pytest.mark.parametrize(
    ("size", "shown"),
    [((70, 90), (70, 90)), ((16, 32), (64, 128)), ((1000, 64), (512, 64)), ((1, 800), (64, 512))],
)
def test_references_are_neither_too_long_nor_too_small(size: tuple[int, int], shown: tuple[int, int]) -> None:
    sample = replace(SAMPLE, references=(picture(*size),))
    assert references(sample)[0].size == shown
