"""What variations start from, and what each of them keeps."""

from __future__ import annotations

import numpy as np
import pytest

from dalle_studio.core.format import Size
from dalle_studio.core.palette import oklab
from dalle_studio.core.request import Keep
from dalle_studio.engine.base import Pixels
from dalle_studio.engine.variation import Variations, bent
from tests.support import scene

SOURCE = scene(192, 160).pixels
SEEDS = range(4)


def starts(keep: Keep, how_far: float) -> list[Pixels]:
    variations = Variations(SOURCE, keep, how_far)
    return [variations.start(seed) for seed in SEEDS]


def layout(pixels: Pixels) -> float:
    """How alike large forms lie to those of the source, 1 = the same."""

    def forms(picture: Pixels) -> np.ndarray:
        return oklab(picture)[..., 0][:160, :192].reshape(20, 8, 24, 8).mean(axis=(1, 3)).ravel()

    return float(np.corrcoef(forms(pixels), forms(SOURCE))[0, 1])


def change(pixels: Pixels) -> np.ndarray:
    return np.abs(pixels.astype(int) - SOURCE).mean(axis=2)


@pytest.mark.parametrize("keep", Keep)
def test_what_hardly_varies_starts_from_its_source(keep: Keep) -> None:
    assert all(change(start).mean() < 3 for start in starts(keep, 0.0))


@pytest.mark.parametrize("keep", [Keep.LAYOUT, Keep.PALETTE, Keep.SUBJECT])
def test_each_starts_elsewhere_and_always_there(keep: Keep) -> None:
    far = starts(keep, 0.9)
    assert len({start.tobytes() for start in far}) == len(SEEDS)
    assert all(np.array_equal(one, other) for one, other in zip(far, starts(keep, 0.9), strict=True))
    assert all(start.shape == SOURCE.shape for start in far)


def test_with_nothing_kept_the_source_is_left_to_the_model() -> None:
    assert all(start is SOURCE for start in starts(Keep.FREE, 1.0))


def test_a_kept_layout_stays_in_other_colours_and_a_kept_palette_moves() -> None:
    kept, moved = starts(Keep.LAYOUT, 1.0), starts(Keep.PALETTE, 1.0)
    assert min(map(layout, kept)) > 0.95 > np.mean([layout(each) for each in moved])
    assert min(change(each).mean() for each in kept) > 8


def test_a_kept_palette_is_put_right_after_the_drawing() -> None:
    variations = Variations(SOURCE, Keep.PALETTE, 0.9)
    start = variations.start(1)
    pale = start // 3 + 120
    colours = [oklab(each).reshape(-1, 3).mean(axis=0) for each in (variations.finished(pale, start), start)]
    assert colours[0] == pytest.approx(colours[1], abs=0.01)
    assert Variations(SOURCE, Keep.LAYOUT, 0.9).finished(pale, start) is pale


def test_a_kept_subject_stays_while_its_surroundings_change() -> None:
    variations = Variations(SOURCE, Keep.SUBJECT, 0.9)
    subject = variations.subject
    assert subject is not None
    for seed in SEEDS:
        changed = change(variations.start(seed))
        assert changed[subject == 255].max() == 0
        assert changed[subject == 0].mean() > 8
    share = variations.detail_share(Size(192, 160))
    assert share[subject == 255].min() == 1 and share[subject == 0].max() < 0.02


def test_nothing_black_comes_in_where_a_picture_is_bent() -> None:
    white = np.full((90, 130, 3), 250, np.uint8)
    assert all((bent(white, seed, 1.0) == 250).all() for seed in range(20))
