"""The starter model's own ways, with random weights: what its adapter is shown, and that every bit is steady."""

from __future__ import annotations

import shutil
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest

torch = pytest.importorskip("torch")

from dalle_studio.core.errors import ModelUnusable  # noqa: E402
from dalle_studio.core.event import Event, Progress  # noqa: E402
from dalle_studio.core.format import Size  # noqa: E402
from dalle_studio.core.model import Model  # noqa: E402
from dalle_studio.core.request import Keep  # noqa: E402
from dalle_studio.engine.base import Pixels, Sample  # noqa: E402
from dalle_studio.engine.pipelines import starter  # noqa: E402
from dalle_studio.engine.pipelines.conditions import Conditions, adapted, pooled_palette  # noqa: E402
from dalle_studio.engine.pipelines.starter import Starter  # noqa: E402
from dalle_studio.engine.watch import Watch  # noqa: E402
from tests.support import scene  # noqa: E402

SIZE = Size(128, 128)
SOURCE = np.ascontiguousarray(scene(128, 128).pixels)
pytestmark = pytest.mark.filterwarnings("ignore:__array__ implementation:DeprecationWarning")  # diffusers


def watch() -> Watch:
    return Watch(lambda event: None, lambda: False)


@pytest.fixture(scope="module")
def family(tiny_starter: Model) -> Starter:
    return starter.load(tiny_starter, "float32", None, watch())


def sample(prompt: str, seeds: tuple[int, ...] = (1,), **changes: Any) -> Sample:
    whole = Sample(prompt=prompt, negative_prompt="", size=SIZE, seeds=seeds, steps=3, guidance_scale=3.0)
    return replace(whole, **changes)


def drawn(family: Starter, what: Sample) -> Pixels:
    return family.sample(what, 0, watch())


def shown(family: Starter, what: Sample) -> Conditions:
    with torch.inference_mode():
        return family._conditions(what)


def test_the_sketch_changes_what_is_drawn(family: Starter) -> None:
    placed, unplaced = (drawn(family, sample("a cat", places_things=places)) for places in (True, False))
    assert not np.array_equal(placed, unplaced)


@pytest.mark.parametrize("prompt", ["a cat", "a cat on a beach"])
def test_pictures_do_not_depend_on_their_company(family: Starter, prompt: str) -> None:
    together = drawn(family, sample(prompt, seeds=(1, 2, 3)))
    for place, seed in enumerate((1, 2, 3)):
        assert np.array_equal(together[place : place + 1], drawn(family, sample(prompt, seeds=(seed,))))


def test_every_picture_of_a_batch_has_its_own_sketch(family: Starter) -> None:
    sketches = shown(family, sample("a cat", seeds=(1, 2))).coverage
    assert not torch.equal(sketches[0], sketches[1])


def test_around_things_the_colours_of_a_plain_ground_are_shown(family: Starter) -> None:
    conditions = shown(family, sample("a cat on a red background", seeds=(1, 2)))
    assert torch.equal(conditions.palette_mask, 1 - conditions.coverage)
    red, green, blue = ((colour + 1) * 127.5 for colour in conditions.palette.mean((0, 2, 3)))
    assert red > 170
    assert green < 60
    assert blue < 60
    assert not shown(family, sample("a cat on a beach")).palette_mask.any()


def test_around_a_mask_the_picture_is_known_and_nothing_is_sketched(family: Starter) -> None:
    mask = np.zeros((1, 128, 128), np.uint8)
    mask[:, 32:96, 32:96] = 255
    conditions = shown(family, sample("a cat", images=SOURCE[None], masks=mask))
    hole = torch.zeros(1, 1, 8, 8)
    hole[..., 2:6, 2:6] = 1
    assert torch.equal(conditions.known_mask, 1 - hole)
    assert conditions.coverage.any()
    assert not (conditions.coverage * (1 - hole)).any()
    assert not conditions.palette_mask.any()


@pytest.mark.parametrize(("strength", "cells"), [(0.3, 8), (0.9, 4)])
def test_a_variation_is_shown_its_source_and_the_colours_of_it(
    family: Starter, strength: float, cells: int
) -> None:
    what = sample("", images=SOURCE[None], strength=strength, places_things=False)
    conditions = shown(family, what)
    assert conditions.coverage.all()
    assert conditions.palette_mask.all()
    assert not conditions.known_mask.any()
    seen = SOURCE / 127.5 - 1
    averages = torch.from_numpy(seen).permute(2, 0, 1).unflatten(1, (8, 16)).unflatten(3, (8, 16))
    expected = pooled_palette(averages.mean((2, 4))[None].float(), cells, torch.ones(1, 1, 8, 8))
    assert torch.allclose(conditions.palette, expected, atol=0.01)


def test_around_a_kept_subject_the_changed_source_is_the_sketch(family: Starter) -> None:
    mask = np.full((1, 128, 128), 255, np.uint8)
    mask[:, 32:96, 32:96] = 0
    what = sample(
        "on a beach", images=SOURCE[None], masks=mask, strength=0.9, places_things=False, keep=Keep.SUBJECT
    )
    conditions = shown(family, what)
    stays = torch.zeros(1, 1, 8, 8)
    stays[..., 2:6, 2:6] = 1
    assert torch.equal(conditions.known_mask, stays)
    assert torch.equal(conditions.coverage, 1 - stays)
    free = shown(family, replace(what, masks=None, keep=Keep.LAYOUT))
    assert torch.equal(conditions.sketch, free.sketch)


def test_only_far_variations_are_reframed_each_in_its_own_way() -> None:
    def seen(strength: float, seed: int, keep: Keep = Keep.FREE) -> Pixels:
        what = sample(
            "", seeds=(seed,), images=SOURCE[None], strength=strength, places_things=False, keep=keep
        )
        images = starter._reframed(what).images
        assert images is not None
        return images[0]

    assert np.array_equal(seen(0.5, 1), SOURCE)
    assert all(np.array_equal(seen(1.0, 1, keep), SOURCE) for keep in Keep if keep is not Keep.FREE)
    far = [seen(1.0, seed) for seed in range(4)]
    assert len({each.tobytes() for each in far}) == 4
    assert np.array_equal(far[2], seen(1.0, 2))
    assert all(each.shape == SOURCE.shape for each in far)


@pytest.mark.parametrize(
    "what",
    [
        sample("a cat"),
        sample("", images=SOURCE[None], strength=0.3, places_things=False),
        sample("", images=SOURCE[None], strength=0.9, places_things=False),
        sample("a cat", images=SOURCE[None], masks=np.full((1, 128, 128), 255, np.uint8)),
        sample(
            "",
            images=SOURCE[None],
            masks=np.full((1, 128, 128), 255, np.uint8),
            strength=0.3,
            keep=Keep.SUBJECT,
        ),
    ],
    ids=["generate", "near", "far", "place", "near a subject"],
)
def test_as_many_steps_are_counted_as_were_announced(family: Starter, what: Sample) -> None:
    steps: list[Event] = []
    family.sample(
        what, 0, Watch(lambda event: steps.append(event) if isinstance(event, Progress) else None, bool)
    )
    assert len(steps) == family.steps_of(what)


def test_the_second_drawing_starts_from_the_first_and_keeps_what_is_around_a_mask() -> None:
    mask = np.zeros((1, 128, 128), np.uint8)
    mask[:, 32:96, 33:96] = 255
    what = sample("a cat", images=SOURCE[None], masks=mask)
    half = starter._halved(what)
    assert half.size == Size(64, 64)
    assert half.masks is not None
    assert half.masks[0, 16:48, 16:48].all()  # cells of which a part is repainted are repainted
    assert half.masks.sum() == 255 * 32 * 32
    again = starter._redraw(what, np.full((1, 64, 64, 3), 7, np.uint8))
    assert again.images is not None
    assert np.array_equal(again.images[0][mask[0] == 0], SOURCE[mask[0] == 0])
    assert (again.images[0][mask[0] > 0] == 7).all()
    assert again.wanted is what


def test_both_drawings_place_a_thing_in_one_spot(family: Starter) -> None:
    mask = np.zeros((1, 128, 128), np.uint8)
    mask[:, 11:107, 21:61] = mask[:, 71:107, 21:118] = 255  # it has to be sought where a thing fits
    for seed in range(6):
        what = sample("a cat", (seed,), images=SOURCE[None], masks=mask)
        half = starter._halved(what)
        assert half.images is not None
        (top, left), (bottom, right) = extent(family._sketch(what, 0).pixels, SOURCE)
        small = extent(family._sketch(half, 0).pixels, half.images[0])
        assert np.abs(np.array(small) * 2 - ((top, left), (bottom, right))).max() <= 2


def extent(pixels: Pixels, before: Pixels) -> tuple[tuple[int, int], tuple[int, int]]:
    """The first and the last row and column in which a picture differs from another by more than a shade."""
    rows, columns = np.nonzero(np.abs(pixels.astype(int) - before).max(axis=2) > 24)
    return (rows.min(), columns.min()), (rows.max() + 1, columns.max() + 1)


@pytest.mark.parametrize(
    ("prompt", "asked", "guided"),
    [
        ("a cat", 3.0, 1.0),
        ("a cat, line art", 3.0, 1.0),
        ("a cat, oil painting", 3.0, starter.STYLE_GUIDANCE),
        ("a cat, oil painting", 1.0, 1.0),
    ],
)
def test_the_second_drawing_is_guided_in_styles_of_dabs(
    family: Starter, monkeypatch: pytest.MonkeyPatch, prompt: str, asked: float, guided: float
) -> None:
    seen: list[float] = []
    redraw = starter._redraw

    def noted(wanted: Sample, small: Pixels, guidance_scale: float) -> Sample:
        seen.append(guidance_scale)
        return redraw(wanted, small, guidance_scale)

    monkeypatch.setattr(starter, "_redraw", noted)
    drawn(family, sample(prompt, guidance_scale=asked))
    assert seen == [guided]


def test_a_continued_picture_is_shown_what_may_follow_and_nothing_inside_itself(family: Starter) -> None:
    mask = np.zeros((1, 128, 128), np.uint8)
    mask[:, :, 64:] = 255
    for prompt in ("on a beach", ""):
        conditions = shown(family, sample(prompt, images=SOURCE[None], masks=mask, places_things=False))
        assert (conditions.coverage[..., 4:] == 1).all()
        assert not conditions.coverage[..., :4].any()


def test_a_new_background_is_shown_around_what_stays(family: Starter) -> None:
    mask = np.full((1, 128, 128), 255, np.uint8)
    mask[:, 32:96, 32:96] = 0
    what = sample("a cat on a beach", images=SOURCE[None], masks=mask, places_things=False, makes_place=True)
    conditions = shown(family, what)
    stays = torch.zeros(1, 1, 8, 8)
    stays[..., 2:6, 2:6] = 1
    assert torch.equal(conditions.known_mask, stays)
    assert torch.equal(conditions.coverage, 1 - stays)
    generated = shown(family, sample("on a beach"))
    assert torch.allclose(conditions.sketch, generated.sketch, atol=1e-4)


def test_weights_leave_colours_out_of_a_palette() -> None:
    colours = torch.ones(1, 3, 8, 8)
    colours[..., 4:] = -1
    weight = (colours[:, :1] > 0).float()
    assert torch.allclose(pooled_palette(colours, 2, weight)[..., :5], torch.ones(()))


def test_the_denoiser_is_itself_again_after_the_block(family: Starter) -> None:
    unet: Any = family._create.unet
    before = unet.forward
    with pytest.raises(RuntimeError, match="stop"), adapted(unet, [torch.zeros(1, 1, 1, 1)]):
        assert unet.forward is not before
        raise RuntimeError("stop")
    assert unet.forward == before


def test_a_part_that_says_odd_things_is_told(tiny_starter: Model, tmp_path: Path) -> None:
    shutil.copytree(tiny_starter.folder, tmp_path / "odd")
    config = tmp_path / "odd" / "vae" / "config.json"
    config.write_text(config.read_text("utf-8").replace('"relu"', "7"), "utf-8")
    with pytest.raises(ModelUnusable, match="incomplete or damaged"):
        starter.load(replace(tiny_starter, folder=tmp_path / "odd"), "float32", None, watch())


@pytest.mark.parametrize("part", ["adapter/config.json", "art.zip", "lexicon.json"])
def test_a_missing_part_is_told(tiny_starter: Model, tmp_path: Path, part: str) -> None:
    shutil.copytree(tiny_starter.folder, tmp_path / "half")
    (tmp_path / "half" / part).unlink()
    with pytest.raises(ModelUnusable, match="incomplete or damaged"):
        starter.load(replace(tiny_starter, folder=tmp_path / "half"), "float32", None, watch())
